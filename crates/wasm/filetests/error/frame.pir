; test error
export "f" @f
func @f() -> i32 {
    ss0 = slot size 100000 align 4
block0:
    v0 = stack_addr ss0
    v1 = load.i32 v0
    return v1
}

; stack frame of f too large (100008 bytes, the stack has 4096)
