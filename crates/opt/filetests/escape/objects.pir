; test escape
; What is only written and read lives in the frame, also behind a call that keeps nothing. What is stored elsewhere,
; returned, or kept by a call does not; nor does an object in a loop that the next iteration still sees.
data @pair align 4 size 32 readonly "\08\00\00\00\04\00\00\00" {
    20: addr @mask
}
data @mask align 1 readonly "\01"
data @cell align 4 size 4 mutable "" {
    refs 0
}
export "f" @f
export "g" @g
export "h" @h
func @runtime.newobject(ref) -> ref {
block0(v0: ref):
    return v0
}
func @read(ref) -> i32 {
block0(v0: ref):
    v1 = load.i32 v0 + 4
    return v1
}
func @keep(ref) {
block0(v0: ref):
    v1 = sym_addr @cell
    store.ref v1, v0
    return
}
func @keep_contents(ref) {
block0(v0: ref):
    v1 = load.ref v0
    call @keep(v1) : (ref)
    return
}
func @f(i32) -> i32 {
block0(v0: i32):
    v1 = sym_addr @pair
    v2 = call @runtime.newobject(v1) : (ref) -> ref
    store.i32 v2 + 4, v0
    v3 = call @read(v2) : (ref) -> i32
    v4 = call @runtime.newobject(v1) : (ref) -> ref
    call @keep(v4) : (ref)
    v5 = call @runtime.newobject(v1) : (ref) -> ref
    v6 = call @runtime.newobject(v1) : (ref) -> ref
    store.ref v6, v5
    call @keep_contents(v6) : (ref)
    return v3
}
func @g() -> ref {
block0:
    v1 = sym_addr @pair
    v2 = call @runtime.newobject(v1) : (ref) -> ref
    return v2
}
func @h(i32) -> i32 {
block0(v0: i32):
    v1 = sym_addr @pair
    v2 = null
    jump block1(v2)
block1(v3: ref):
    v4 = call @runtime.newobject(v1) : (ref) -> ref
    v5 = call @runtime.newobject(v1) : (ref) -> ref
    v6 = call @read(v4) : (ref) -> i32
    brif v6, block1(v5), block2
block2:
    v7 = call @read(v3) : (ref) -> i32
    return v7
}

; data @pair align 4 size 32 readonly "\08\00\00\00\04\00\00\00" {
;     20: addr @mask
; }
; data @mask align 1 readonly "\01"
; data @cell align 4 size 4 mutable "" {
;     refs 0
; }
;
; export "f" @f
; export "g" @g
; export "h" @h
;
; func @runtime.newobject(ref) -> ref borrows 0 {
; block0(v0: ref):
;     return v0
; }
;
; func @read(ref) -> i32 borrows 0 {
; block0(v0: ref):
;     v1 = load.i32 v0 + 4
;     return v1
; }
;
; func @keep(ref) {
; block0(v0: ref):
;     v1 = sym_addr @cell
;     store.ref v1, v0
;     return
; }
;
; func @keep_contents(ref) borrows 0 {
; block0(v0: ref):
;     v1 = load.ref v0
;     call @keep(v1) : (ref)
;     return
; }
;
; func @f(i32) -> i32 {
;     ss0 = slot size 8 align 8 refs 0
;     ss1 = slot size 8 align 8 refs 0
; block0(v0: i32):
;     v1 = sym_addr @pair
;     v2 = stack_addr ss0
;     v7 = null
;     store.ref v2, v7
;     store.i32 v2 + 4, v0
;     v3 = call @read(v2) : (ref) -> i32
;     v4 = call @runtime.newobject(v1) : (ref) -> ref
;     call @keep(v4) : (ref)
;     v5 = call @runtime.newobject(v1) : (ref) -> ref
;     v6 = stack_addr ss1
;     v8 = i32const 0
;     store.i32 v6 + 4, v8
;     store.ref v6, v5
;     call @keep_contents(v6) : (ref)
;     return v3
; }
;
; func @g() -> ref {
; block0:
;     v1 = sym_addr @pair
;     v2 = call @runtime.newobject(v1) : (ref) -> ref
;     return v2
; }
;
; func @h(i32) -> i32 {
;     ss0 = slot size 8 align 8 refs 0
; block0(v0: i32):
;     v1 = sym_addr @pair
;     v2 = null
;     jump block1(v2)
; block1(v3: ref):
;     v4 = stack_addr ss0
;     v8 = null
;     store.ref v4, v8
;     v9 = i32const 0
;     store.i32 v4 + 4, v9
;     v5 = call @runtime.newobject(v1) : (ref) -> ref
;     v6 = call @read(v4) : (ref) -> i32
;     brif v6, block1(v5), block2
; block2:
;     v7 = call @read(v3) : (ref) -> i32
;     return v7
; }
