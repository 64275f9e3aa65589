; test escape
; An argument that a call returns is kept where the result is: not at all (@read_only, @indirect), or stored (@kept),
; returned (@passed_on). So is one that the result leads to (@inside), and what is read from one (@taken), but not the
; one that it was read from. In a loop a result that the next iteration sees keeps the argument (@next), one that it does
; not see keeps nothing (@same).
import @host = "env" "host" (i32)
data @pair align 4 size 32 readonly "\08\00\00\00\04\00\00\00" {
    20: addr @mask
}
data @mask align 1 readonly "\01"
data @cell align 4 size 4 mutable "" {
    refs 0
}
export "read_only" @read_only
export "indirect" @indirect
export "kept" @kept
export "passed_on" @passed_on
export "inside" @inside
export "inside_read" @inside_read
export "taken" @taken
export "next" @next
export "same" @same
func @runtime.newobject(ref) -> ref {
block0(v0: ref):
    return v0
}
func @append(ref, i32) -> (ref, i32) {
block0(v0: ref, v1: i32):
    brif v1, block1(v0), block2
block2:
    v2 = i32const 4
    v3 = ref_add v0, v2
    jump block1(v3)
block1(v4: ref):
    store.i32 v4 + 4, v1
    return v4, v1
}
func @again(ref, i32) -> (ref, i32) {
block0(v0: ref, v1: i32):
    v2, v3 = call @append(v0, v1) : (ref, i32) -> (ref, i32)
    v4, v5 = call @append(v2, v3) : (ref, i32) -> (ref, i32)
    return v4, v5
}
func @wrap(ref) -> ref {
block0(v0: ref):
    v1 = sym_addr @pair
    v2 = call @runtime.newobject(v1) : (ref) -> ref
    store.ref v2, v0
    return v2
}
func @first(ref) -> ref {
block0(v0: ref):
    v1 = load.ref v0
    return v1
}
func @read_only(i32) {
block0(v0: i32):
    v1 = sym_addr @pair
    v2 = call @runtime.newobject(v1) : (ref) -> ref
    v3, v4 = call @again(v2, v0) : (ref, i32) -> (ref, i32)
    v5 = ref_to_int v3
    call @host(v5) : (i32)
    return
}
func @indirect(i32) {
block0(v0: i32):
    v1 = sym_addr @pair
    v2 = func_index @wrap
    v3 = call @runtime.newobject(v1) : (ref) -> ref
    v4 = call_indirect v2(v3) : (ref) -> ref
    v5 = ref_to_int v4
    call @host(v5) : (i32)
    return
}
func @kept(i32) {
block0(v0: i32):
    v1 = sym_addr @pair
    v2 = call @runtime.newobject(v1) : (ref) -> ref
    v3, v4 = call @again(v2, v0) : (ref, i32) -> (ref, i32)
    v5 = sym_addr @cell
    store.ref v5, v3
    return
}
func @passed_on(i32) -> ref {
block0(v0: i32):
    v1 = sym_addr @pair
    v2 = call @runtime.newobject(v1) : (ref) -> ref
    v3, v4 = call @append(v2, v0) : (ref, i32) -> (ref, i32)
    return v3
}
func @inside() {
block0:
    v1 = sym_addr @pair
    v2 = call @runtime.newobject(v1) : (ref) -> ref
    v3 = call @wrap(v2) : (ref) -> ref
    v4 = load.ref v3
    v5 = sym_addr @cell
    store.ref v5, v4
    return
}
func @inside_read() -> i32 {
block0:
    v1 = sym_addr @pair
    v2 = call @runtime.newobject(v1) : (ref) -> ref
    v3 = call @wrap(v2) : (ref) -> ref
    v4 = load.ref v3
    v5 = load.i32 v4 + 4
    return v5
}
func @taken() {
block0:
    v1 = sym_addr @pair
    v2 = call @runtime.newobject(v1) : (ref) -> ref
    v3 = call @runtime.newobject(v1) : (ref) -> ref
    store.ref v3, v2
    v4 = call @first(v3) : (ref) -> ref
    v5 = sym_addr @cell
    store.ref v5, v4
    return
}
func @next(i32) {
block0(v0: i32):
    v1 = sym_addr @pair
    v2 = null
    jump block1(v2, v0)
block1(v3: ref, v4: i32):
    v5 = call @runtime.newobject(v1) : (ref) -> ref
    v6, v7 = call @again(v5, v4) : (ref, i32) -> (ref, i32)
    v8 = ref_to_int v3
    call @host(v8) : (i32)
    brif v7, block1(v6, v7), block2
block2:
    return
}
func @same(i32) {
block0(v0: i32):
    v1 = sym_addr @pair
    jump block1(v0)
block1(v3: i32):
    v4 = call @runtime.newobject(v1) : (ref) -> ref
    v5, v6 = call @again(v4, v3) : (ref, i32) -> (ref, i32)
    v7 = ref_to_int v5
    call @host(v7) : (i32)
    brif v6, block1(v6), block2
block2:
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
; export "read_only" @read_only
; export "indirect" @indirect
; export "kept" @kept
; export "passed_on" @passed_on
; export "inside" @inside
; export "inside_read" @inside_read
; export "taken" @taken
; export "next" @next
; export "same" @same
;
; func @runtime.newobject(ref) -> ref borrows 0 {
; block0(v0: ref):
;     return v0
; }
;
; func @append(ref, i32) -> (ref, i32) borrows 0 {
; block0(v0: ref, v1: i32):
;     brif v1, block1(v0), block2
; block2:
;     v2 = i32const 4
;     v3 = ref_add v0, v2
;     jump block1(v3)
; block1(v4: ref):
;     store.i32 v4 + 4, v1
;     return v4, v1
; }
;
; func @again(ref, i32) -> (ref, i32) borrows 0 {
; block0(v0: ref, v1: i32):
;     v2, v3 = call @append(v0, v1) : (ref, i32) -> (ref, i32)
;     v4, v5 = call @append(v2, v3) : (ref, i32) -> (ref, i32)
;     return v4, v5
; }
;
; func @wrap(ref) -> ref {
; block0(v0: ref):
;     v1 = sym_addr @pair
;     v2 = call @runtime.newobject(v1) : (ref) -> ref
;     store.ref v2, v0
;     return v2
; }
;
; func @first(ref) -> ref borrows 0 {
; block0(v0: ref):
;     v1 = load.ref v0
;     return v1
; }
;
; func @read_only(i32) {
;     ss0 = slot size 8 align 8 refs 0
; block0(v0: i32):
;     v1 = sym_addr @pair
;     v2 = stack_addr ss0
;     v6 = null
;     store.ref v2, v6
;     v7 = i32const 0
;     store.i32 v2 + 4, v7
;     v3, v4 = call @again(v2, v0) : (ref, i32) -> (ref, i32)
;     v5 = ref_to_int v3
;     call @host(v5) : (i32)
;     return
; }
;
; func @indirect(i32) {
;     ss0 = slot size 8 align 8 refs 0
; block0(v0: i32):
;     v1 = sym_addr @pair
;     v2 = func_index @wrap
;     v3 = stack_addr ss0
;     v6 = null
;     store.ref v3, v6
;     v7 = i32const 0
;     store.i32 v3 + 4, v7
;     v4 = call_indirect v2(v3) : (ref) -> ref
;     v5 = ref_to_int v4
;     call @host(v5) : (i32)
;     return
; }
;
; func @kept(i32) {
; block0(v0: i32):
;     v1 = sym_addr @pair
;     v2 = call @runtime.newobject(v1) : (ref) -> ref
;     v3, v4 = call @again(v2, v0) : (ref, i32) -> (ref, i32)
;     v5 = sym_addr @cell
;     store.ref v5, v3
;     return
; }
;
; func @passed_on(i32) -> ref {
; block0(v0: i32):
;     v1 = sym_addr @pair
;     v2 = call @runtime.newobject(v1) : (ref) -> ref
;     v3, v4 = call @append(v2, v0) : (ref, i32) -> (ref, i32)
;     return v3
; }
;
; func @inside() {
; block0:
;     v1 = sym_addr @pair
;     v2 = call @runtime.newobject(v1) : (ref) -> ref
;     v3 = call @wrap(v2) : (ref) -> ref
;     v4 = load.ref v3
;     v5 = sym_addr @cell
;     store.ref v5, v4
;     return
; }
;
; func @inside_read() -> i32 {
;     ss0 = slot size 8 align 8 refs 0
; block0:
;     v1 = sym_addr @pair
;     v2 = stack_addr ss0
;     v6 = null
;     store.ref v2, v6
;     v7 = i32const 0
;     store.i32 v2 + 4, v7
;     v3 = call @wrap(v2) : (ref) -> ref
;     v4 = load.ref v3
;     v5 = load.i32 v4 + 4
;     return v5
; }
;
; func @taken() {
;     ss0 = slot size 8 align 8 refs 0
; block0:
;     v1 = sym_addr @pair
;     v2 = call @runtime.newobject(v1) : (ref) -> ref
;     v3 = stack_addr ss0
;     v6 = i32const 0
;     store.i32 v3 + 4, v6
;     store.ref v3, v2
;     v4 = call @first(v3) : (ref) -> ref
;     v5 = sym_addr @cell
;     store.ref v5, v4
;     return
; }
;
; func @next(i32) {
; block0(v0: i32):
;     v1 = sym_addr @pair
;     v2 = null
;     jump block1(v2, v0)
; block1(v3: ref, v4: i32):
;     v5 = call @runtime.newobject(v1) : (ref) -> ref
;     v6, v7 = call @again(v5, v4) : (ref, i32) -> (ref, i32)
;     v8 = ref_to_int v3
;     call @host(v8) : (i32)
;     brif v7, block1(v6, v7), block2
; block2:
;     return
; }
;
; func @same(i32) {
;     ss0 = slot size 8 align 8 refs 0
; block0(v0: i32):
;     v1 = sym_addr @pair
;     jump block1(v0)
; block1(v3: i32):
;     v4 = stack_addr ss0
;     v8 = null
;     store.ref v4, v8
;     v9 = i32const 0
;     store.i32 v4 + 4, v9
;     v5, v6 = call @again(v4, v3) : (ref, i32) -> (ref, i32)
;     v7 = ref_to_int v5
;     call @host(v7) : (i32)
;     brif v6, block1(v6), block2
; block2:
;     return
; }
