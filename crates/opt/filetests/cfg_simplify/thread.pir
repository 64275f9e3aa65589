; test cfg_simplify
; Empty blocks, also with parameters; a branch on a constant argument; merging.
func @f(i32) -> i32 {
block0(v0: i32):
    v1 = i32const 1
    v2 = i32const 0
    brif v0, block1, block2
block1:
    jump block3(v1)
block2:
    jump block3(v2)
block3(v3: i32):
    brif v3, block4, block5
block4:
    v4 = iadd v0, v1
    jump block6
block6:
    jump block7(v4)
block7(v5: i32):
    v6 = iadd v5, v5
    return v6
block5:
    return v2
}

; func @f(i32) -> i32 {
; block0(v0: i32):
;     v1 = i32const 1
;     v2 = i32const 0
;     brif v0, block4, block5
; block4:
;     v4 = iadd v0, v1
;     v6 = iadd v4, v4
;     return v6
; block5:
;     return v2
; }
