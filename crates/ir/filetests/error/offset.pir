; test error
func @f(ref) {
block0(v0: ref):
    v1 = load.i32 v0 - 1
    return
}

; 4:22: offset -1 is out of range
