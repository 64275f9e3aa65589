; test gvn
; A second test for null, and a second branch on the same number.
func @f(ref, i32) -> i32 {
block0(v0: ref, v1: i32):
    v2 = eqz v0
    brif v2, block9, block1
block1:
    v3 = eqz v0
    brif v3, block9, block2
block2:
    brif v1, block3, block4
block3:
    brif v1, block5, block9
block4:
    brif v1, block9, block5
block5:
    v4 = load.i32 v0
    return v4
block9:
    trap panic
}

; func @f(ref, i32) -> i32 {
; block0(v0: ref, v1: i32):
;     v2 = eqz v0
;     brif v2, block9, block1
; block1:
;     jump block2
; block2:
;     brif v1, block3, block4
; block3:
;     jump block5
; block4:
;     jump block5
; block5:
;     v4 = load.i32 v0
;     return v4
; block9:
;     trap panic
; }
