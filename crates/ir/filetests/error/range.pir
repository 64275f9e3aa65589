; test error
func @f() {
block0:
    v1 = i32const 4000000000
    return
}

; 4:19: `4000000000` is no number in range
