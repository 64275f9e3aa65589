; test inline
; The function called traps on one path and never comes back on the other.
func @spin(i32) {
block0(v0: i32):
    brif v0, block1, block2
block1:
    jump block1
block2:
    trap panic
}
func @f(i32) -> i32 {
block0(v0: i32):
    call @spin(v0) : (i32)
    return v0
}

; func @spin(i32) {
; block0(v0: i32):
;     brif v0, block1, block2
; block1:
;     jump block1
; block2:
;     trap panic
; }
;
; func @f(i32) -> i32 {
; block0(v0: i32):
;     brif v0, block1, block2
; block1:
;     jump block1
; block2:
;     trap panic
; block3:
;     return v0
; }
