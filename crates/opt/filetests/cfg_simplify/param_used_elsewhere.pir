; test cfg_simplify
; A parameter that is used further down keeps its block.
func @f(i32) -> i32 {
block0(v0: i32):
    v1 = i32const 1
    brif v0, block1(v0), block2
block2:
    v9 = call @f(v1) : (i32) -> i32
    jump block1(v1)
block1(v2: i32):
    jump block3
block3:
    v3 = iadd v2, v0
    brif v3, block3, block4
block4:
    return v2
}

; func @f(i32) -> i32 {
; block0(v0: i32):
;     v1 = i32const 1
;     brif v0, block1(v0), block2
; block2:
;     v9 = call @f(v1) : (i32) -> i32
;     jump block1(v1)
; block1(v2: i32):
;     jump block3
; block3:
;     v3 = iadd v2, v0
;     brif v3, block3, block4
; block4:
;     return v2
; }
