; test run
; run: fib 20
; run: store 7 -1
; run: store 8 5
; run: divide 7 0
; run: divide -2147483648 -1
; run: call 1 21
; run: call 2 21
; run: call 0 21
; run: null
; run: log 3
; run: floats 2.25 -0.5
; run: spin
; run: deep
; run: slot
import @env.log = "env" "log" (i32) -> i64
data @mem align 8 size 16 mutable "\01\02" {
    8: addr @mem + 1
}
func @fib(i32) -> i64 {
block0(v0: i32):
    v1 = i64const 0
    v2 = i64const 1
    jump block1(v0, v1, v2)
block1(v3: i32, v4: i64, v5: i64):
    brif v3, block2, block3
block2:
    v6 = iadd v4, v5
    v7 = i32const 1
    v8 = isub v3, v7
    jump block1(v8, v5, v6)
block3:
    return v4
}
func @double(i32) -> i32 {
block0(v0: i32):
    v1 = iadd v0, v0
    return v1
}
func @store(i32, i32) -> (i32, i32, i32) {
block0(v0: i32, v1: i32):
    v2 = sym_addr @mem
    v3 = ref_add v2, v0
    store.u8 v3, v1
    v4 = load.s8 v3
    v5 = load.u8 v3
    v6 = load.ref v2 + 8
    v7 = load.u16 v6
    return v4, v5, v7
}
func @divide(i32, i32) -> i32 {
block0(v0: i32, v1: i32):
    v2 = div_s v0, v1
    return v2
}
func @call(i32, i32) -> i32 {
block0(v0: i32, v1: i32):
    v2 = func_index @double
    v3 = i32const 1
    v4 = isub v0, v3
    v5 = iadd v2, v4
    v6 = call_indirect v5(v1) : (i32) -> i32
    return v6
}
func @null() -> i32 {
block0:
    v0 = null
    v1 = load.i32 v0 + 1000000000
    return v1
}
func @log(i32) -> i64 {
block0(v0: i32):
    v1 = call @env.log(v0) : (i32) -> i64
    return v1
}
func @floats(f64, f64) -> (f64, f64, i32) {
block0(v0: f64, v1: f64):
    v2 = fmul v0, v1
    v3 = sqrt v0
    v4 = trunc_sat_s32 v2
    return v2, v3, v4
}
func @spin() {
block0:
    jump block1
block1:
    jump block1
}
func @deep() {
block0:
    call @deep() : ()
    return
}
func @slot() -> (i32, i32) {
    ss0 = slot size 8 align 4 refs 4
block0:
    v0 = stack_addr ss0
    v1 = load.i32 v0
    v2 = load.i32 v0 + 4
    return v1, v2
}

; fib 20: 6765
; store 7 -1: -1, 255, 2
; store 8 5: 5, 5, 0
; divide 7 0: trap: division
; divide -2147483648 -1: trap: division
; call 1 21: 42
; call 2 21: trap: indirect call
; call 0 21: trap: indirect call
; null: trap: memory access
; log 3: 0
;     env.log[I32(3)]
; floats 2.25 -0.5: -1.125, 1.5, -1
; spin: trap: out of fuel
; deep: trap: calls nested too deeply
; slot: -1431655766, 0
