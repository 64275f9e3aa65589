; test error
func @f(i32) {
block0(v0: i32):
    v1 = iadd v0, v7
    return
}

; 4:19: v7 is not defined
