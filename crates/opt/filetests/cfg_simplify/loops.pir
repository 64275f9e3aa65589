; test cfg_simplify
; Endless loops stay endless.
func @f() {
block0:
    jump block1
block1:
    jump block2
block2:
    jump block1
}
func @g() {
block0:
    jump block1
block1:
    jump block1
}

; func @f() {
; block0:
;     jump block1
; block1:
;     jump block1
; }
;
; func @g() {
; block0:
;     jump block1
; block1:
;     jump block1
; }
