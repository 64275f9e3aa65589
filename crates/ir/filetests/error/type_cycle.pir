; test error
func @f() {
block0:
    v0 = iadd v1, v1
    v1 = iadd v0, v0
    return
}

; 4:5: the type of the result depends on itself
