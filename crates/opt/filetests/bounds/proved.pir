; test bounds
import @runtime.panicIndex = "env" "panicIndex" (i32, i32)
; The middle of two indices.
func @search(ref, i32, i32) -> i32 {
block0(v0: ref, v1: i32, v2: i32):
    v3 = i32const 0
    v4 = i32const 1
    jump block1(v3, v1)
block1(v5: i32, v6: i32):
    v7 = lt_s v5, v6
    brif v7, block2, block7
block2:
    v8 = iadd v5, v6
    v9 = shr_u v8, v4
    v10 = lt_u v9, v1
    brif v10, block3, block4
block4:
    call @runtime.panicIndex(v9, v1) : (i32, i32)
    trap panic
block3:
    v11 = ref_add v0, v9
    v12 = load.u8 v11
    v13 = lt_s v12, v2
    brif v13, block5, block6
block5:
    v14 = iadd v9, v4
    jump block1(v14, v6)
block6:
    jump block1(v5, v9)
block7:
    return v5
}
; A counter that goes down to zero, tested at the bottom.
func @down(ref, i32) {
block0(v0: ref, v1: i32):
    v2 = i32const 1
    v3 = i32const 0
    v4 = isub v1, v2
    v5 = ge_s v4, v3
    brif v5, block1(v4), block4
block1(v6: i32):
    v7 = ge_u v6, v1
    brif v7, block2, block3
block2:
    call @runtime.panicIndex(v6, v1) : (i32, i32)
    trap panic
block3:
    v8 = isub v6, v2
    v9 = ge_s v8, v3
    brif v9, block1(v8), block4
block4:
    return
}
; The one before an index, and the last of what is not empty.
func @before(ref, i32, i32) {
block0(v0: ref, v1: i32, v2: i32):
    v3 = i32const 1
    v4 = lt_u v2, v1
    brif v4, block1, block2
block2:
    call @runtime.panicIndex(v2, v1) : (i32, i32)
    trap panic
block1:
    brif v2, block3, block9
block3:
    v5 = isub v2, v3
    v6 = lt_u v5, v1
    brif v6, block4, block5
block5:
    call @runtime.panicIndex(v5, v1) : (i32, i32)
    trap panic
block4:
    v7 = isub v1, v3
    v8 = lt_u v7, v1
    brif v8, block9, block6
block6:
    call @runtime.panicIndex(v7, v1) : (i32, i32)
    trap panic
block9:
    return
}

; import @runtime.panicIndex = "env" "panicIndex" (i32, i32)
;
; func @search(ref, i32, i32) -> i32 {
; block0(v0: ref, v1: i32, v2: i32):
;     v3 = i32const 0
;     v4 = i32const 1
;     jump block1(v3, v1)
; block1(v5: i32, v6: i32):
;     v7 = lt_s v5, v6
;     brif v7, block2, block7
; block2:
;     v8 = iadd v5, v6
;     v9 = shr_u v8, v4
;     v10 = lt_u v9, v1
;     jump block3
; block3:
;     v11 = ref_add v0, v9
;     v12 = load.u8 v11
;     v13 = lt_s v12, v2
;     brif v13, block5, block6
; block5:
;     v14 = iadd v9, v4
;     jump block1(v14, v6)
; block6:
;     jump block1(v5, v9)
; block7:
;     return v5
; }
;
; func @down(ref, i32) {
; block0(v0: ref, v1: i32):
;     v2 = i32const 1
;     v3 = i32const 0
;     v4 = isub v1, v2
;     v5 = ge_s v4, v3
;     brif v5, block1(v4), block4
; block1(v6: i32):
;     v7 = ge_u v6, v1
;     jump block3
; block3:
;     v8 = isub v6, v2
;     v9 = ge_s v8, v3
;     brif v9, block1(v8), block4
; block4:
;     return
; }
;
; func @before(ref, i32, i32) {
; block0(v0: ref, v1: i32, v2: i32):
;     v3 = i32const 1
;     v4 = lt_u v2, v1
;     brif v4, block1, block2
; block2:
;     call @runtime.panicIndex(v2, v1) : (i32, i32)
;     trap panic
; block1:
;     brif v2, block3, block9
; block3:
;     v5 = isub v2, v3
;     v6 = lt_u v5, v1
;     jump block4
; block4:
;     v7 = isub v1, v3
;     v8 = lt_u v7, v1
;     jump block9
; block9:
;     return
; }
