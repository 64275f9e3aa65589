; test static_init
; At the first call of the host evaluation ends. What was done before is data, what it gave to the rest are constants, and
; what a call did before that call is undone (@b), as is what was written since a slot is used (@c).
import @host = "env" "host" (i32) -> i32
data @a align 4 size 8 mutable ""
data @b align 4 size 4 mutable ""
data @c align 4 size 4 mutable ""
export "f" @f
func @f() {
block0:
    call @go:init() : ()
    return
}
func @two(i32) -> (i32, ref) {
block0(v0: i32):
    v1 = sym_addr @a + 4
    v2 = iadd v0, v0
    return v2, v1
}
func @asks() {
block0:
    v0 = sym_addr @b
    v1 = i32const 5
    store.i32 v0, v1
    v2 = call @host(v1) : (i32) -> i32
    store.i32 v0, v2
    return
}
func @go:init() {
    ss0 = slot size 4 align 4
block0:
    v0 = i32const 21
    v1, v2 = call @two(v0) : (i32) -> (i32, ref)
    v3 = sym_addr @a
    store.i32 v3, v1
    v4 = stack_addr ss0
    store.i32 v4, v1
    v5 = sym_addr @c
    store.i32 v5, v0
    call @asks() : ()
    v6 = load.i32 v4
    v7 = iadd v6, v1
    store.i32 v2, v7
    return
}

; import @host = "env" "host" (i32) -> i32
;
; data @a align 4 size 8 mutable "*"
; data @b align 4 size 4 mutable ""
; data @c align 4 size 4 mutable ""
;
; export "f" @f
;
; func @f() {
; block0:
;     call @go:init() : ()
;     return
; }
;
; func @two(i32) -> (i32, ref) {
; block0(v0: i32):
;     v1 = sym_addr @a + 4
;     v2 = iadd v0, v0
;     return v2, v1
; }
;
; func @asks() {
; block0:
;     v0 = sym_addr @b
;     v1 = i32const 5
;     store.i32 v0, v1
;     v2 = call @host(v1) : (i32) -> i32
;     store.i32 v0, v2
;     return
; }
;
; func @go:init() {
;     ss0 = slot size 4 align 4
; block0:
;     v8 = i32const 21
;     v9 = i32const 42
;     v10 = sym_addr @a + 4
;     v11 = sym_addr @a
;     v4 = stack_addr ss0
;     store.i32 v4, v9
;     v5 = sym_addr @c
;     store.i32 v5, v8
;     call @asks() : ()
;     v6 = load.i32 v4
;     v7 = iadd v6, v9
;     store.i32 v10, v7
;     return
; }
