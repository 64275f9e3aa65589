; test verify
func @f(ref, i32) borrows 0, 1, 2 {
block0(v0: ref, v1: i32):
    return
}

; f: parameter 1 is no ref to borrow
; f: parameter 2 is no ref to borrow
