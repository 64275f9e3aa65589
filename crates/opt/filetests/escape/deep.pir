; test escape
; In a loop, what is read over two objects of the iteration and stored in one that outlives it is none that the next
; iteration may overwrite: the object that it is stays on the heap, and so does the one that leads to it.
data @pair align 4 size 32 readonly "\08\00\00\00\04\00\00\00" {
    20: addr @mask
}
data @mask align 1 readonly "\01"
export "loop" @loop
func @runtime.newobject(ref) -> ref {
block0(v0: ref):
    return v0
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
    v6 = call @runtime.newobject(v1) : (ref) -> ref
    store.ref v5, v4
    store.ref v6, v5
    v7 = load.ref v6
    v8 = load.ref v7
    v9 = load.ref v2
    store.ref v2 + 4, v9
    store.ref v2, v8
    v10 = i32const -1
    v11 = iadd v3, v10
    brif v11, block1(v11), block2
block2:
    v12 = load.ref v2 + 4
    v13 = load.i32 v12 + 4
    return v13
}

; data @pair align 4 size 32 readonly "\08\00\00\00\04\00\00\00" {
;     20: addr @mask
; }
; data @mask align 1 readonly "\01"
;
; export "loop" @loop
;
; func @runtime.newobject(ref) -> ref borrows 0 {
; block0(v0: ref):
;     return v0
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
;     v5 = call @runtime.newobject(v1) : (ref) -> ref
;     v6 = stack_addr ss1
;     v14 = i32const 0
;     store.i32 v6 + 4, v14
;     store.ref v5, v4
;     store.ref v6, v5
;     v7 = load.ref v6
;     v8 = load.ref v7
;     v9 = load.ref v2
;     store.ref v2 + 4, v9
;     store.ref v2, v8
;     v10 = i32const -1
;     v11 = iadd v3, v10
;     brif v11, block1(v11), block2
; block2:
;     v12 = load.ref v2 + 4
;     v13 = load.i32 v12 + 4
;     return v13
; }
