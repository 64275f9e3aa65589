; test run
; Tables, calls through the function table, functions and addresses in data.
; call pick(0, 5)
; call pick(1, 5)
; call pick(2, 5)
; call pick(9, 5)
; call through(0, 7)
; call through(1, 7)
; call word()
; call wrong()
data @funcs align 4 readonly "\00\00\00\00\00\00\00\00" {
    0: func @double
    4: func @square
}
data @pointer align 4 size 4 mutable "" {
    0: addr @text + 1
}
data @text align 1 readonly mergeable "abc"
data @part align 1 readonly mergeable "bc"
export "pick" @pick
export "through" @through
export "word" @word
export "wrong" @wrong
func @pick(i32, i32) -> i32 {
block0(v0: i32, v1: i32):
    v2 = i32const 100
    br_table v0, [block1(v1), block1(v2), block2], block1(v0)
block1(v3: i32):
    return v3
block2:
    v4 = i32const -1
    return v4
}
func @double(i32) -> i32 {
block0(v0: i32):
    v1 = iadd v0, v0
    return v1
}
func @square(i32) -> i32 {
block0(v0: i32):
    v1 = imul v0, v0
    return v1
}
func @through(i32, i32) -> i32 {
block0(v0: i32, v1: i32):
    v2 = sym_addr @funcs
    v3 = i32const 2
    v4 = shl v0, v3
    v5 = ref_add v2, v4
    v6 = load.i32 v5
    v7 = call_indirect v6(v1) : (i32) -> i32
    return v7
}
; `part` lies inside of `text`.
func @word() -> i32 {
block0:
    v0 = sym_addr @pointer
    v1 = load.ref v0
    v2 = load.u8 v1
    v3 = sym_addr @part
    v4 = eq v1, v3
    v5 = iadd v2, v4
    return v5
}
func @wrong() -> i32 {
block0:
    v0 = func_index @double
    v1 = call_indirect v0() : () -> i32
    return v1
}

; pick(0, 5) = 5
; pick(1, 5) = 100
; pick(2, 5) = -1
; pick(9, 5) = 9
; through(0, 7) = 14
; through(1, 7) = 49
; word() = 99
; wrong() = wasm `unreachable` instruction executed
