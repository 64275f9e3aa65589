; test error
func @f(i32) {
block0(v0: i32):
    v0 = i32const 1
    return
}

; 4:5: v0 is defined twice
