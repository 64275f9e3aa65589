; test static_init,global_dce
; Objects of known size that initialisers make become data, which the collector knows: one with a reference, an array of
; them, and bytes. What was made by a call that was not completed goes.
import @host = "env" "host" (i32) -> i32
data @pair align 4 size 32 readonly "\08\00\00\00\04\00\00\00" {
    20: addr @mask
}
data @mask align 1 readonly "\01"
data @root align 4 size 4 mutable "" {
    refs 0
}
export "f" @f
func @runtime.newobject(ref) -> ref {
block0(v0: ref):
    v1 = load.i32 v0
    v2 = call @runtime.mallocgc(v1, v0) : (i32, ref) -> ref
    return v2
}
func @runtime.mallocgc(i32, ref) -> ref {
block0(v0: i32, v1: ref):
    v2 = call @host(v0) : (i32) -> i32
    v3 = int_to_ref v2
    return v3
}
func @runtime.makeslice(ref, i32, i32) -> ref {
block0(v0: ref, v1: i32, v2: i32):
    v3 = call @runtime.mallocgc(v2, v0) : (i32, ref) -> ref
    return v3
}
func @f() -> ref {
block0:
    call @go:init() : ()
    v0 = sym_addr @root
    v1 = load.ref v0
    return v1
}
func @lost(ref) {
block0(v0: ref):
    v1 = sym_addr @pair
    v2 = call @runtime.newobject(v1) : (ref) -> ref
    store.ref v0, v2
    v3 = i32const 1
    v4 = call @host(v3) : (i32) -> i32
    return
}
func @go:init() {
block0:
    v0 = sym_addr @pair
    v1 = call @runtime.newobject(v0) : (ref) -> ref
    v2 = i32const 7
    store.i32 v1 + 4, v2
    v3 = i32const 1
    v4 = i32const 2
    v5 = call @runtime.makeslice(v0, v3, v4) : (ref, i32, i32) -> ref
    store.ref v1, v5
    v6 = null
    v7 = i32const 12
    v8 = call @runtime.mallocgc(v7, v6) : (i32, ref) -> ref
    store.u8 v8 + 11, v2
    store.ref v5 + 8, v8
    v9 = sym_addr @root
    store.ref v9, v1
    call @lost(v5) : (ref)
    return
}

; import @host = "env" "host" (i32) -> i32
;
; data @pair align 4 size 32 readonly "\08\00\00\00\04\00\00\00" {
;     20: addr @mask
; }
; data @mask align 1 readonly "\01"
; data @root align 4 mutable "\00\00\00\00" {
;     refs 0
;     0: addr @go:made.1
; }
; data @go:made.1 align 8 size 8 mutable "\00\00\00\00\07" {
;     refs 0
;     0: addr @go:made.2
; }
; data @go:made.2 align 8 size 16 mutable "\00\00\00\00\00\00\00\00\00\00\00\00" {
;     refs 0, 8
;     8: addr @go:made.3
; }
; data @go:made.3 align 8 mutable "\00\00\00\00\00\00\00\00\00\00\00\07"
;
; export "f" @f
;
; func @runtime.newobject(ref) -> ref {
; block0(v0: ref):
;     v1 = load.i32 v0
;     v2 = call @runtime.mallocgc(v1, v0) : (i32, ref) -> ref
;     return v2
; }
;
; func @runtime.mallocgc(i32, ref) -> ref {
; block0(v0: i32, v1: ref):
;     v2 = call @host(v0) : (i32) -> i32
;     v3 = int_to_ref v2
;     return v3
; }
;
; func @f() -> ref {
; block0:
;     call @go:init() : ()
;     v0 = sym_addr @root
;     v1 = load.ref v0
;     return v1
; }
;
; func @lost(ref) {
; block0(v0: ref):
;     v1 = sym_addr @pair
;     v2 = call @runtime.newobject(v1) : (ref) -> ref
;     store.ref v0, v2
;     v3 = i32const 1
;     v4 = call @host(v3) : (i32) -> i32
;     return
; }
;
; func @go:init() {
; block0:
;     v10 = sym_addr @pair
;     v11 = sym_addr @go:made.1
;     v12 = i32const 7
;     v13 = i32const 1
;     v14 = i32const 2
;     v15 = sym_addr @go:made.2
;     v16 = null
;     v17 = i32const 12
;     v18 = sym_addr @go:made.3
;     v19 = sym_addr @root
;     call @lost(v15) : (ref)
;     return
; }
