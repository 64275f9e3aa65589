; test run
; `return_exit` leaves a function without results that mean anything, its frame popped.
; call f(0)
; call f(1)
; call f(1)
; call f(0)
global @runtime.shadowSP: i32 = 0
global @runtime.exit: i32 = 0
export "f" @f
func @slot(i32) -> f64 {
    ss0 = slot size 8 align 8
block0(v0: i32):
    v1 = stack_addr ss0
    brif v0, block1, block2
block1:
    global_set @runtime.exit, v0
    return_exit
block2:
    v2 = f64const 2.5
    store.f64 v1, v2
    v3 = load.f64 v1
    return v3
}
func @inner(i32) -> f64 {
block0(v0: i32):
    v1 = call @slot(v0) : (i32) -> f64
    v2 = exit_check
    brif v2, block1, block2
block1:
    return_exit
block2:
    v3 = f64const 4.0
    v4 = fmul v1, v3
    return v4
}
func @f(i32) -> f64 {
block0(v0: i32):
    v1 = global_get @runtime.shadowSP : i32
    v2 = call @inner(v0) : (i32) -> f64
    v3 = exit_check
    brif v3, block1, block2
block1:
    v4 = i32const 0
    global_set @runtime.exit, v4
    v5 = global_get @runtime.shadowSP : i32
    v6 = isub v5, v1
    v7 = convert_s64 v6 : f64
    return v7
block2:
    return v2
}

; f(0) = 10
; f(1) = 0
; f(1) = 0
; f(0) = 10
