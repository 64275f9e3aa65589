; test cfg_simplify
; The smaller of two numbers.
func @min(i32, i32) -> i32 {
block0(v0: i32, v1: i32):
    v2 = lt_s v0, v1
    brif v2, block1, block2
block1:
    jump block3(v0)
block2:
    jump block3(v1)
block3(v3: i32):
    return v3
}

; func @min(i32, i32) -> i32 {
; block0(v0: i32, v1: i32):
;     v2 = lt_s v0, v1
;     v4 = select v2, v0, v1
;     return v4
; }
