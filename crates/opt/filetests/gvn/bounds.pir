; test gvn
; A second bounds check, one that follows from it, and what is known in the other branch.
func @f(ref, i32, i32) -> i32 {
block0(v0: ref, v1: i32, v2: i32):
    v3 = lt_u v1, v2
    brif v3, block1, block5
block1:
    v4 = ge_u v1, v2
    brif v4, block5, block2
block2:
    v5 = gt_u v2, v1
    brif v5, block3, block5
block3:
    v6 = le_u v1, v2
    brif v6, block4, block5
block4:
    return v1
block5:
    v7 = lt_u v1, v2
    brif v7, block6, block7
block6:
    return v2
block7:
    v8 = i32const 0
    return v8
}

; func @f(ref, i32, i32) -> i32 {
; block0(v0: ref, v1: i32, v2: i32):
;     v3 = lt_u v1, v2
;     brif v3, block1, block5
; block1:
;     v4 = i32const 0
;     jump block2
; block2:
;     v5 = i32const 1
;     jump block3
; block3:
;     jump block4
; block4:
;     return v1
; block5:
;     brif v3, block6, block7
; block6:
;     return v2
; block7:
;     v8 = i32const 0
;     return v8
; }
