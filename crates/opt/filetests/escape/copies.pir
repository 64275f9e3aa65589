; test escape
; Eight bytes that are loaded and stored as a number may be two references: what they lead to is kept where they go to
; memory of others (@number), as it is by a copy (@copy). The same holds for what is copied out of an object that a
; loop makes anew (@loop).
data @pair align 4 size 32 readonly "\08\00\00\00\04\00\00\00" {
    20: addr @mask
}
data @mask align 1 readonly "\01"
export "number" @number
export "copy" @copy
export "loop" @loop
func @runtime.newobject(ref) -> ref {
block0(v0: ref):
    return v0
}
func @number(ref) {
    ss0 = slot size 8 align 4 refs 0, 4
block0(v0: ref):
    v1 = sym_addr @pair
    v2 = call @runtime.newobject(v1) : (ref) -> ref
    v3 = stack_addr ss0
    store.ref v3, v2
    v4 = load.i64 v3
    store.i64 v0, v4
    return
}
func @copy(ref) {
    ss0 = slot size 8 align 4 refs 0, 4
block0(v0: ref):
    v1 = sym_addr @pair
    v2 = call @runtime.newobject(v1) : (ref) -> ref
    v3 = stack_addr ss0
    store.ref v3, v2
    v4 = i32const 8
    mem_copy v0, v3, v4
    return
}
func @loop(i32) -> i32 {
    ss0 = slot size 8 align 4 refs 0, 4
block0(v0: i32):
    v1 = sym_addr @pair
    v2 = stack_addr ss0
    jump block1(v0)
block1(v3: i32):
    v4 = call @runtime.newobject(v1) : (ref) -> ref
    v5 = call @runtime.newobject(v1) : (ref) -> ref
    store.ref v5, v4
    v6 = load.i64 v5
    store.i64 v2, v6
    v7 = i32const -1
    v8 = iadd v3, v7
    brif v8, block1(v8), block2
block2:
    v9 = load.ref v2
    v10 = load.i32 v9 + 4
    return v10
}

; data @pair align 4 size 32 readonly "\08\00\00\00\04\00\00\00" {
;     20: addr @mask
; }
; data @mask align 1 readonly "\01"
;
; export "number" @number
; export "copy" @copy
; export "loop" @loop
;
; func @runtime.newobject(ref) -> ref borrows 0 {
; block0(v0: ref):
;     return v0
; }
;
; func @number(ref) borrows 0 {
;     ss0 = slot size 8 align 4 refs 0, 4
; block0(v0: ref):
;     v1 = sym_addr @pair
;     v2 = call @runtime.newobject(v1) : (ref) -> ref
;     v3 = stack_addr ss0
;     store.ref v3, v2
;     v4 = load.i64 v3
;     store.i64 v0, v4
;     return
; }
;
; func @copy(ref) borrows 0 {
;     ss0 = slot size 8 align 4 refs 0, 4
; block0(v0: ref):
;     v1 = sym_addr @pair
;     v2 = call @runtime.newobject(v1) : (ref) -> ref
;     v3 = stack_addr ss0
;     store.ref v3, v2
;     v4 = i32const 8
;     mem_copy v0, v3, v4
;     return
; }
;
; func @loop(i32) -> i32 {
;     ss0 = slot size 8 align 4 refs 0, 4
;     ss1 = slot size 8 align 8 refs 0
; block0(v0: i32):
;     v1 = sym_addr @pair
;     v2 = stack_addr ss0
;     jump block1(v0)
; block1(v3: i32):
;     v4 = call @runtime.newobject(v1) : (ref) -> ref
;     v5 = stack_addr ss1
;     v11 = i32const 0
;     store.i32 v5 + 4, v11
;     store.ref v5, v4
;     v6 = load.i64 v5
;     store.i64 v2, v6
;     v7 = i32const -1
;     v8 = iadd v3, v7
;     brif v8, block1(v8), block2
; block2:
;     v9 = load.ref v2
;     v10 = load.i32 v9 + 4
;     return v10
; }
