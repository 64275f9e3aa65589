; test error
func @f() {
block0:
    jump block3
}

; 4:10: block3 is not defined
