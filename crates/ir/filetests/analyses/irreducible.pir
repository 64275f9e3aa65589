; test loops
func @f(i32) {
block0(v0: i32):
    brif v0, block1, block2
block1:
    brif v0, block2, block3
block2:
    jump block1
block3:
    brif v0, block3, block4
block4:
    return
}

; block3: header block3 depth 1
; irreducible
