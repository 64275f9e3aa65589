; test cfg_simplify
func @f(i32, i32) -> i32 {
block0(v0: i32, v1: i32):
    br_table v0, [block1, block2, block2], block2
block1:
    v2 = iadd v0, v1
    br_table v2, [block2], block2
block2:
    return v1
}

; func @f(i32, i32) -> i32 {
; block0(v0: i32, v1: i32):
;     brif v0, block2, block1
; block1:
;     v2 = iadd v0, v1
;     jump block2
; block2:
;     return v1
; }
