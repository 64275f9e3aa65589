; test error
func @f() {
block0:
    v4000000 = i32const 1
    return
}

; 4:5: `v4000000` is not a legal number
