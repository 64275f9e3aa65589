; test gvn,cfg_simplify,dce
; Behind n == 4 the checks of the first four indices go. Behind a comparison of two lengths, a check against one is one
; against the other (@lengths), and what was known of each stays known (@before). References stay what they are (@refs).
func @f(ref, i32) -> i32 {
block0(v0: ref, v1: i32):
    v2 = i32const 4
    v3 = ne v1, v2
    brif v3, block4, block1
block1:
    v4 = i32const 3
    v5 = le_u v1, v4
    brif v5, block4, block2
block2:
    v6 = load.u8 v0 + 3
    v7 = iadd v6, v1
    return v7
block4:
    return v1
}
func @lengths(ref, i32, ref, i32) -> i32 {
block0(v0: ref, v1: i32, v2: ref, v3: i32):
    v4 = ne v1, v3
    brif v4, block5, block1
block1:
    v5 = i32const 0
    jump block2(v5, v5)
block2(v6: i32, v7: i32):
    v8 = lt_s v6, v3
    brif v8, block3, block4
block3:
    v9 = ge_u v6, v1
    brif v9, block5, block6
block6:
    v10 = ref_add v0, v6
    v11 = load.u8 v10
    v12 = iadd v7, v11
    v13 = i32const 1
    v14 = iadd v6, v13
    jump block2(v14, v12)
block4:
    return v7
block5:
    trap panic
}
func @before(i32, i32, i32) -> i32 {
block0(v0: i32, v1: i32, v2: i32):
    v3 = lt_u v0, v2
    brif v3, block1, block4
block1:
    v4 = eq v1, v2
    brif v4, block2, block4
block2:
    v5 = lt_u v0, v2
    brif v5, block3, block4
block3:
    return v2
block4:
    return v0
}
func @refs(ref, ref) -> ref {
block0(v0: ref, v1: ref):
    v2 = eq v0, v1
    brif v2, block1, block2
block1:
    return v1
block2:
    return v0
}

; func @f(ref, i32) -> i32 {
; block0(v0: ref, v1: i32):
;     v2 = i32const 4
;     v3 = ne v1, v2
;     brif v3, block4, block1
; block1:
;     v6 = load.u8 v0 + 3
;     v7 = iadd v6, v2
;     return v7
; block4:
;     return v1
; }
;
; func @lengths(ref, i32, ref, i32) -> i32 {
; block0(v0: ref, v1: i32, v2: ref, v3: i32):
;     v4 = ne v1, v3
;     brif v4, block5, block1
; block1:
;     v5 = i32const 0
;     jump block2(v5, v5)
; block2(v6: i32, v7: i32):
;     v8 = lt_s v6, v1
;     brif v8, block6, block4
; block6:
;     v10 = ref_add v0, v6
;     v11 = load.u8 v10
;     v12 = iadd v7, v11
;     v13 = i32const 1
;     v14 = iadd v6, v13
;     jump block2(v14, v12)
; block4:
;     return v7
; block5:
;     trap panic
; }
;
; func @before(i32, i32, i32) -> i32 {
; block0(v0: i32, v1: i32, v2: i32):
;     v3 = lt_u v0, v2
;     brif v3, block1, block4
; block1:
;     v4 = eq v1, v2
;     brif v4, block2, block4
; block2:
;     return v1
; block4:
;     return v0
; }
;
; func @refs(ref, ref) -> ref {
; block0(v0: ref, v1: ref):
;     v2 = eq v0, v1
;     brif v2, block1, block2
; block1:
;     return v1
; block2:
;     return v0
; }
