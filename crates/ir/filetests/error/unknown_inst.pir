; test error
func @f() {
block0:
    frobnicate v1
}

; 4:5: unknown instruction `frobnicate`
