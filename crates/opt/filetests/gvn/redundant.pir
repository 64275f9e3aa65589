; test gvn
; The same operation again, also with swapped operands; not from a branch that is not on every path.
func @f(i32, i32) -> (i32, i32, i32) {
block0(v0: i32, v1: i32):
    v2 = iadd v0, v1
    v3 = iadd v1, v0
    brif v2, block1, block2
block1:
    v4 = iadd v0, v1
    v5 = imul v0, v1
    jump block3(v5)
block2:
    v6 = imul v0, v1
    v7 = div_s v0, v1
    v8 = div_s v0, v1
    v9 = iadd v7, v8
    jump block3(v9)
block3(v10: i32):
    v11 = imul v0, v1
    return v3, v10, v11
}

; func @f(i32, i32) -> (i32, i32, i32) {
; block0(v0: i32, v1: i32):
;     v2 = iadd v0, v1
;     brif v2, block1, block2
; block1:
;     v5 = imul v0, v1
;     jump block3(v5)
; block2:
;     v6 = imul v0, v1
;     v7 = div_s v0, v1
;     v9 = iadd v7, v7
;     jump block3(v9)
; block3(v10: i32):
;     v11 = imul v0, v1
;     return v2, v10, v11
; }
