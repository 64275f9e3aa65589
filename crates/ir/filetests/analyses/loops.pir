; test loops
func @f(i32) {
block0(v0: i32):
    brif v0, block1, block2
block1:
    jump block3
block2:
    jump block3
block3:
    v1 = iadd v0, v0
    brif v1, block4, block6
block4:
    v2 = iadd v0, v1
    brif v2, block4, block5
block5:
    br_table v0, [block3, block4], block6
block6:
    return
block7:
    jump block6
}

; block3: header block3 depth 1
; block4: header block4 depth 2
; block5: header block4 depth 2
; reducible
