; test gvn
; for i := 0; i < n; i++ { sum += s[i] }: the check of the index goes. Counting by two, it stays.
func @f(ref, i32) -> i32 {
block0(v0: ref, v1: i32):
    v2 = i32const 0
    v3 = i32const 1
    jump block1(v2, v2)
block1(v4: i32, v5: i32):
    v6 = lt_s v4, v1
    brif v6, block2, block5
block2:
    v7 = ge_u v4, v1
    brif v7, block6, block3
block3:
    v8 = ref_add v0, v4
    v9 = load.u8 v8
    v10 = iadd v5, v9
    brif v9, block4, block5
block4:
    v11 = iadd v4, v3
    jump block1(v11, v10)
block5:
    return v5
block6:
    trap panic
}
func @g(ref, i32) {
block0(v0: ref, v1: i32):
    v2 = i32const 0
    v3 = i32const 2
    jump block1(v2)
block1(v4: i32):
    v6 = lt_s v4, v1
    brif v6, block2, block5
block2:
    v7 = ge_u v4, v1
    brif v7, block6, block3
block3:
    v11 = iadd v4, v3
    jump block1(v11)
block5:
    return
block6:
    trap panic
}

; func @f(ref, i32) -> i32 {
; block0(v0: ref, v1: i32):
;     v2 = i32const 0
;     v3 = i32const 1
;     jump block1(v2, v2)
; block1(v4: i32, v5: i32):
;     v6 = lt_s v4, v1
;     brif v6, block2, block5
; block2:
;     jump block3
; block3:
;     v8 = ref_add v0, v4
;     v9 = load.u8 v8
;     v10 = iadd v5, v9
;     brif v9, block4, block5
; block4:
;     v11 = iadd v4, v3
;     jump block1(v11, v10)
; block5:
;     return v5
; block6:
;     trap panic
; }
;
; func @g(ref, i32) {
; block0(v0: ref, v1: i32):
;     v2 = i32const 0
;     v3 = i32const 2
;     jump block1(v2)
; block1(v4: i32):
;     v6 = lt_s v4, v1
;     brif v6, block2, block5
; block2:
;     v7 = ge_u v4, v1
;     brif v7, block6, block3
; block3:
;     v11 = iadd v4, v3
;     jump block1(v11)
; block5:
;     return
; block6:
;     trap panic
; }
