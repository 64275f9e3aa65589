; test error wasip1
export "f" @f
func @f() {
block0:
    return
}

; no function is exported as _start, with which wasip1 starts a program
