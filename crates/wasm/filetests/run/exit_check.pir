; test run
; The check point of decision record 0003: it reads `exit` directly behind the call.
; call f(0)
; call f(1)
; call f(2)
global @runtime.exit: i32 = 0
export "f" @f
func @callee(i32) -> (i32, i32) {
block0(v0: i32):
    global_set @runtime.exit, v0
    v1 = i32const 10
    v2 = iadd v0, v1
    return v1, v2
}
func @f(i32) -> i32 {
block0(v0: i32):
    v1, v2 = call @callee(v0) : (i32) -> (i32, i32)
    v3 = exit_check
    brif v3, block1, block2
block1:
    v4 = global_get @runtime.exit : i32
    v5 = i32const 0
    global_set @runtime.exit, v5
    v6 = i32const 100
    v7 = imul v4, v6
    return v7
block2:
    v8 = iadd v1, v2
    return v8
}

; f(0) = 20
; f(1) = 100
; f(2) = 200
