; test error
func @f() {
block0:

; 4:1: expected a block or `}`, found the end of the text
