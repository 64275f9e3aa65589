; test escape
; What moves inside of the memory that a parameter leads to is not kept (@builder, @moved), also through a call that
; returns it. It is kept where it moves to another parameter's memory (@other), or where the address is another one in each
; turn of a loop (@walk); an object whose own address is stored in itself is kept with what it holds (@cycle). A copy of
; bytes that are no references keeps nothing (@plain), another one keeps what they lead to (@copied).
import @host = "env" "host" (i32)
data @pair align 4 size 32 readonly "\08\00\00\00\04\00\00\00" {
    20: addr @mask
}
data @mask align 1 readonly "\01"
data @cell align 4 size 4 mutable "" {
    refs 0
}
export "builder" @builder
export "moved" @moved
export "other" @other
export "walk" @walk
export "cycle" @cycle
export "plain" @plain
export "copied" @copied
func @runtime.newobject(ref) -> ref {
block0(v0: ref):
    return v0
}
func @grow(ref) -> ref {
block0(v0: ref):
    v1 = load.i32 v0
    brif v1, block1(v0), block2
block2:
    v2 = sym_addr @pair
    v3 = call @runtime.newobject(v2) : (ref) -> ref
    jump block1(v3)
block1(v4: ref):
    return v4
}
func @append(ref) {
block0(v0: ref):
    v1 = load.ref v0
    v2 = call @grow(v1) : (ref) -> ref
    store.ref v0, v2
    return
}
func @move(ref) {
block0(v0: ref):
    v1 = load.ref v0 + 4
    v2 = load.ref v1
    v3 = load.ref v1 + 4
    v4 = ref_to_int v3
    store.ref v1 + 4, v2
    call @host(v4) : (i32)
    return
}
func @move_to(ref, ref) {
block0(v0: ref, v1: ref):
    v2 = load.ref v0
    store.ref v1, v2
    return
}
func @walk_on(ref) {
block0(v0: ref):
    v1 = null
    jump block1(v0, v1)
block1(v2: ref, v3: ref):
    store.ref v2, v3
    v4 = load.ref v2
    v5 = load.ref v2 + 4
    v6 = eqz v5
    brif v6, block2, block1(v5, v4)
block2:
    return
}
func @store_itself(ref) {
block0(v0: ref):
    store.ref v0, v0
    return
}
func @copy_plain(ref, ref) {
block0(v0: ref, v1: ref):
    v2 = i32const 20
    mem_copy_plain v0, v1, v2
    return
}
func @copy(ref, ref) {
block0(v0: ref, v1: ref):
    v2 = i32const 20
    mem_copy v0, v1, v2
    return
}
func @builder() {
block0:
    v1 = sym_addr @pair
    v2 = call @runtime.newobject(v1) : (ref) -> ref
    v3 = call @runtime.newobject(v1) : (ref) -> ref
    store.ref v3, v2
    call @append(v3) : (ref)
    return
}
func @moved() {
block0:
    v1 = sym_addr @pair
    v2 = call @runtime.newobject(v1) : (ref) -> ref
    v3 = call @runtime.newobject(v1) : (ref) -> ref
    v4 = call @runtime.newobject(v1) : (ref) -> ref
    store.ref v3, v2
    store.ref v4 + 4, v3
    call @move(v4) : (ref)
    return
}
func @other(ref) {
block0(v0: ref):
    v1 = sym_addr @pair
    v2 = call @runtime.newobject(v1) : (ref) -> ref
    v3 = call @runtime.newobject(v1) : (ref) -> ref
    store.ref v3, v2
    call @move_to(v3, v0) : (ref, ref)
    return
}
func @walk() {
block0:
    v1 = sym_addr @pair
    v2 = call @runtime.newobject(v1) : (ref) -> ref
    v3 = call @runtime.newobject(v1) : (ref) -> ref
    store.ref v3, v2
    call @walk_on(v3) : (ref)
    return
}
func @cycle() {
block0:
    v1 = sym_addr @pair
    v2 = call @runtime.newobject(v1) : (ref) -> ref
    call @store_itself(v2) : (ref)
    return
}
func @plain(ref) {
block0(v0: ref):
    v1 = sym_addr @pair
    v2 = call @runtime.newobject(v1) : (ref) -> ref
    v3 = call @runtime.newobject(v1) : (ref) -> ref
    store.ref v3, v2
    call @copy_plain(v0, v3) : (ref, ref)
    return
}
func @copied(ref) {
block0(v0: ref):
    v1 = sym_addr @pair
    v2 = call @runtime.newobject(v1) : (ref) -> ref
    v3 = call @runtime.newobject(v1) : (ref) -> ref
    store.ref v3, v2
    call @copy(v0, v3) : (ref, ref)
    return
}

; import @host = "env" "host" (i32)
;
; data @pair align 4 size 32 readonly "\08\00\00\00\04\00\00\00" {
;     20: addr @mask
; }
; data @mask align 1 readonly "\01"
; data @cell align 4 size 4 mutable "" {
;     refs 0
; }
;
; export "builder" @builder
; export "moved" @moved
; export "other" @other
; export "walk" @walk
; export "cycle" @cycle
; export "plain" @plain
; export "copied" @copied
;
; func @runtime.newobject(ref) -> ref borrows 0 {
; block0(v0: ref):
;     return v0
; }
;
; func @grow(ref) -> ref borrows 0 {
; block0(v0: ref):
;     v1 = load.i32 v0
;     brif v1, block1(v0), block2
; block2:
;     v2 = sym_addr @pair
;     v3 = call @runtime.newobject(v2) : (ref) -> ref
;     jump block1(v3)
; block1(v4: ref):
;     return v4
; }
;
; func @append(ref) borrows 0 {
; block0(v0: ref):
;     v1 = load.ref v0
;     v2 = call @grow(v1) : (ref) -> ref
;     store.ref v0, v2
;     return
; }
;
; func @move(ref) borrows 0 {
; block0(v0: ref):
;     v1 = load.ref v0 + 4
;     v2 = load.ref v1
;     v3 = load.ref v1 + 4
;     v4 = ref_to_int v3
;     store.ref v1 + 4, v2
;     call @host(v4) : (i32)
;     return
; }
;
; func @move_to(ref, ref) borrows 0, 1 {
; block0(v0: ref, v1: ref):
;     v2 = load.ref v0
;     store.ref v1, v2
;     return
; }
;
; func @walk_on(ref) borrows 0 {
; block0(v0: ref):
;     v1 = null
;     jump block1(v0, v1)
; block1(v2: ref, v3: ref):
;     store.ref v2, v3
;     v4 = load.ref v2
;     v5 = load.ref v2 + 4
;     v6 = eqz v5
;     brif v6, block2, block1(v5, v4)
; block2:
;     return
; }
;
; func @store_itself(ref) {
; block0(v0: ref):
;     store.ref v0, v0
;     return
; }
;
; func @copy_plain(ref, ref) borrows 0, 1 {
; block0(v0: ref, v1: ref):
;     v2 = i32const 20
;     mem_copy_plain v0, v1, v2
;     return
; }
;
; func @copy(ref, ref) borrows 0, 1 {
; block0(v0: ref, v1: ref):
;     v2 = i32const 20
;     mem_copy v0, v1, v2
;     return
; }
;
; func @builder() {
;     ss0 = slot size 8 align 8 refs 0
;     ss1 = slot size 8 align 8 refs 0
; block0:
;     v1 = sym_addr @pair
;     v2 = stack_addr ss0
;     v4 = null
;     store.ref v2, v4
;     v5 = i32const 0
;     store.i32 v2 + 4, v5
;     v3 = stack_addr ss1
;     v6 = i32const 0
;     store.i32 v3 + 4, v6
;     store.ref v3, v2
;     call @append(v3) : (ref)
;     return
; }
;
; func @moved() {
;     ss0 = slot size 8 align 8 refs 0
;     ss1 = slot size 8 align 8 refs 0
;     ss2 = slot size 8 align 8 refs 0
; block0:
;     v1 = sym_addr @pair
;     v2 = stack_addr ss0
;     v5 = null
;     store.ref v2, v5
;     v6 = i32const 0
;     store.i32 v2 + 4, v6
;     v3 = stack_addr ss1
;     v7 = null
;     store.ref v3, v7
;     v8 = i32const 0
;     store.i32 v3 + 4, v8
;     v4 = stack_addr ss2
;     v9 = null
;     store.ref v4, v9
;     store.ref v3, v2
;     store.ref v4 + 4, v3
;     call @move(v4) : (ref)
;     return
; }
;
; func @other(ref) borrows 0 {
;     ss0 = slot size 8 align 8 refs 0
; block0(v0: ref):
;     v1 = sym_addr @pair
;     v2 = call @runtime.newobject(v1) : (ref) -> ref
;     v3 = stack_addr ss0
;     v4 = i32const 0
;     store.i32 v3 + 4, v4
;     store.ref v3, v2
;     call @move_to(v3, v0) : (ref, ref)
;     return
; }
;
; func @walk() {
;     ss0 = slot size 8 align 8 refs 0
; block0:
;     v1 = sym_addr @pair
;     v2 = call @runtime.newobject(v1) : (ref) -> ref
;     v3 = stack_addr ss0
;     v4 = i32const 0
;     store.i32 v3 + 4, v4
;     store.ref v3, v2
;     call @walk_on(v3) : (ref)
;     return
; }
;
; func @cycle() {
; block0:
;     v1 = sym_addr @pair
;     v2 = call @runtime.newobject(v1) : (ref) -> ref
;     call @store_itself(v2) : (ref)
;     return
; }
;
; func @plain(ref) borrows 0 {
;     ss0 = slot size 8 align 8 refs 0
;     ss1 = slot size 8 align 8 refs 0
; block0(v0: ref):
;     v1 = sym_addr @pair
;     v2 = stack_addr ss0
;     v4 = null
;     store.ref v2, v4
;     v5 = i32const 0
;     store.i32 v2 + 4, v5
;     v3 = stack_addr ss1
;     v6 = i32const 0
;     store.i32 v3 + 4, v6
;     store.ref v3, v2
;     call @copy_plain(v0, v3) : (ref, ref)
;     return
; }
;
; func @copied(ref) borrows 0 {
;     ss0 = slot size 8 align 8 refs 0
; block0(v0: ref):
;     v1 = sym_addr @pair
;     v2 = call @runtime.newobject(v1) : (ref) -> ref
;     v3 = stack_addr ss0
;     v4 = i32const 0
;     store.i32 v3 + 4, v4
;     store.ref v3, v2
;     call @copy(v0, v3) : (ref, ref)
;     return
; }
