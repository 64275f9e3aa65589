; test verify
func @f(i32) {
block0:
    return
}
func @g() {
}

; f: block0: the parameters of the entry must be those of the signature
; g: no blocks
