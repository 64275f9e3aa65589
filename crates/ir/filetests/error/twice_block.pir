; test error
func @f() {
block0:
    return
block0:
    return
}

; 5:1: block0 is defined twice
