; test escape
; The host keeps nothing, of a reference as a number (@number) or packed with a length (@packed) either. A packed number
; that goes elsewhere is kept: returned (@returned), stored (@stored), given to a function (@passed), or changed in
; another way (@changed).
import @host = "env" "host" (i64)
import @host32 = "env" "host32" (i32)
data @word align 4 size 32 readonly "\04"
export "number" @number
export "packed" @packed
export "returned" @returned
export "stored" @stored
export "passed" @passed
export "changed" @changed
func @runtime.newobject(ref) -> ref {
block0(v0: ref):
    return v0
}
func @number() {
block0:
    v1 = sym_addr @word
    v2 = call @runtime.newobject(v1) : (ref) -> ref
    v3 = ref_to_int v2
    call @host32(v3) : (i32)
    return
}
func @packed(i32) {
block0(v0: i32):
    v1 = sym_addr @word
    v2 = call @runtime.newobject(v1) : (ref) -> ref
    v3 = ref_to_int v2
    v4 = extend_u v3
    v5 = i64const 17179869184
    v6 = or v5, v4
    call @host(v6) : (i64)
    return
}
func @returned() -> i64 {
block0:
    v1 = sym_addr @word
    v2 = call @runtime.newobject(v1) : (ref) -> ref
    v3 = ref_to_int v2
    v4 = extend_u v3
    v5 = i64const 17179869184
    v6 = or v5, v4
    return v6
}
func @stored(ref) {
block0(v0: ref):
    v1 = sym_addr @word
    v2 = call @runtime.newobject(v1) : (ref) -> ref
    v3 = ref_to_int v2
    v4 = extend_u v3
    store.i64 v0, v4
    return
}
func @keep(i64) {
block0(v0: i64):
    call @host(v0) : (i64)
    return
}
func @passed() {
block0:
    v1 = sym_addr @word
    v2 = call @runtime.newobject(v1) : (ref) -> ref
    v3 = ref_to_int v2
    v4 = extend_u v3
    call @keep(v4) : (i64)
    return
}
func @changed() {
block0:
    v1 = sym_addr @word
    v2 = call @runtime.newobject(v1) : (ref) -> ref
    v3 = ref_to_int v2
    v4 = extend_u v3
    v5 = i64const 4
    v6 = iadd v4, v5
    call @host(v6) : (i64)
    return
}

; import @host = "env" "host" (i64)
; import @host32 = "env" "host32" (i32)
;
; data @word align 4 size 32 readonly "\04"
;
; export "number" @number
; export "packed" @packed
; export "returned" @returned
; export "stored" @stored
; export "passed" @passed
; export "changed" @changed
;
; func @runtime.newobject(ref) -> ref borrows 0 {
; block0(v0: ref):
;     return v0
; }
;
; func @number() {
;     ss0 = slot size 4 align 8
; block0:
;     v1 = sym_addr @word
;     v2 = stack_addr ss0
;     v4 = i32const 0
;     store.i32 v2, v4
;     v3 = ref_to_int v2
;     call @host32(v3) : (i32)
;     return
; }
;
; func @packed(i32) {
;     ss0 = slot size 4 align 8
; block0(v0: i32):
;     v1 = sym_addr @word
;     v2 = stack_addr ss0
;     v7 = i32const 0
;     store.i32 v2, v7
;     v3 = ref_to_int v2
;     v4 = extend_u v3
;     v5 = i64const 17179869184
;     v6 = or v5, v4
;     call @host(v6) : (i64)
;     return
; }
;
; func @returned() -> i64 {
; block0:
;     v1 = sym_addr @word
;     v2 = call @runtime.newobject(v1) : (ref) -> ref
;     v3 = ref_to_int v2
;     v4 = extend_u v3
;     v5 = i64const 17179869184
;     v6 = or v5, v4
;     return v6
; }
;
; func @stored(ref) borrows 0 {
; block0(v0: ref):
;     v1 = sym_addr @word
;     v2 = call @runtime.newobject(v1) : (ref) -> ref
;     v3 = ref_to_int v2
;     v4 = extend_u v3
;     store.i64 v0, v4
;     return
; }
;
; func @keep(i64) {
; block0(v0: i64):
;     call @host(v0) : (i64)
;     return
; }
;
; func @passed() {
; block0:
;     v1 = sym_addr @word
;     v2 = call @runtime.newobject(v1) : (ref) -> ref
;     v3 = ref_to_int v2
;     v4 = extend_u v3
;     call @keep(v4) : (i64)
;     return
; }
;
; func @changed() {
; block0:
;     v1 = sym_addr @word
;     v2 = call @runtime.newobject(v1) : (ref) -> ref
;     v3 = ref_to_int v2
;     v4 = extend_u v3
;     v5 = i64const 4
;     v6 = iadd v4, v5
;     call @host(v6) : (i64)
;     return
; }
