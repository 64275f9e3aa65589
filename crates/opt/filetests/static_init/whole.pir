; test static_init
; All that the initialisers do is known: numbers, addresses, loads, copies, slots, calls, loops, methods of interfaces.
; What they store becomes data, and nothing of them is left.
data @number align 8 size 16 mutable ""
data @words align 4 size 16 mutable "\01\02" {
    refs 4, 8
    4: addr @number + 8
}
data @itab align 4 size 16 readonly "" {
    12: func @method
}
data @text align 1 readonly mergeable "hello"
data @table align 4 size 20 mutable ""
data @code align 4 size 4 mutable ""
export "f" @f
func @f() {
block0:
    call @go:init() : ()
    return
}
func @square(i32) -> (i32, ref) {
block0(v0: i32):
    v1 = imul v0, v0
    v2 = sym_addr @text
    return v1, v2
}
func @method(ref) -> i32 {
block0(v0: ref):
    v1 = load.u8 v0 + 1
    return v1
}
func @fill(ref, i32) {
block0(v0: ref, v1: i32):
    v2 = i32const 0
    jump block1(v2)
block1(v3: i32):
    v4 = i32const 2
    v5 = shl v3, v4
    v6 = ref_add v0, v5
    store.i32 v6, v3
    v7 = i32const 1
    v8 = iadd v3, v7
    v9 = lt_s v8, v1
    brif v9, block1(v8), block2
block2:
    return
}
func @go:init() {
    ss0 = slot size 8 align 4 refs 0
block0:
    v0 = sym_addr @number
    v1 = i64const 1000000
    store.i64 v0, v1
    v2 = i32const 12
    v3, v4 = call @square(v2) : (i32) -> (i32, ref)
    store.i32 v0 + 8, v3
    v5 = stack_addr ss0
    store.ref v5, v4
    store.i32 v5 + 4, v2
    v6 = sym_addr @words
    v7 = i32const 8
    v8 = ref_add v6, v7
    mem_copy v8, v5, v7
    v9 = load.ref v6 + 4
    v10 = load.i32 v9
    store.i32 v0 + 12, v10
    v11 = sym_addr @itab
    v12 = load.i32 v11 + 12
    v13 = sym_addr @text
    v14 = call_indirect v12(v13) : (ref) -> i32
    v15 = sym_addr @table
    v16 = i32const 4
    call @fill(v15, v16) : (ref, i32)
    store.u8 v15 + 16, v14
    v17 = sym_addr @code
    store.i32 v17, v12
    v18 = eqz v15
    brif v18, block1, block2
block1:
    trap unreachable
block2:
    return
}

; data @number align 8 size 16 mutable "@B\0f\00\00\00\00\00\90\00\00\00\90"
; data @words align 4 size 16 mutable "\01\02\00\00\00\00\00\00\00\00\00\00\0c" {
;     refs 4, 8
;     4: addr @number + 8
;     8: addr @text
; }
; data @itab align 4 size 16 readonly "" {
;     12: func @method
; }
; data @text align 1 readonly mergeable "hello"
; data @table align 4 size 20 mutable "\00\00\00\00\01\00\00\00\02\00\00\00\03\00\00\00e"
; data @code align 4 mutable "\00\00\00\00" {
;     0: func @method
; }
;
; export "f" @f
;
; func @f() {
; block0:
;     call @go:init() : ()
;     return
; }
;
; func @square(i32) -> (i32, ref) {
; block0(v0: i32):
;     v1 = imul v0, v0
;     v2 = sym_addr @text
;     return v1, v2
; }
;
; func @method(ref) -> i32 {
; block0(v0: ref):
;     v1 = load.u8 v0 + 1
;     return v1
; }
;
; func @fill(ref, i32) {
; block0(v0: ref, v1: i32):
;     v2 = i32const 0
;     jump block1(v2)
; block1(v3: i32):
;     v4 = i32const 2
;     v5 = shl v3, v4
;     v6 = ref_add v0, v5
;     store.i32 v6, v3
;     v7 = i32const 1
;     v8 = iadd v3, v7
;     v9 = lt_s v8, v1
;     brif v9, block1(v8), block2
; block2:
;     return
; }
;
; func @go:init() {
;     ss0 = slot size 8 align 4 refs 0
; block0:
;     return
; }
