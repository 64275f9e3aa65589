; test devirtualize
; The code of a closure made here is known. What may be another function stays, and so does a wrong signature.
export "f" @f
func @runtime.mallocgc(i32, ref) -> ref {
block0(v0: i32, v1: ref):
    v2 = null
    return v2
}
func @code(ref, i32) -> i32 {
block0(v0: ref, v1: i32):
    return v1
}
func @other(ref, i32) -> i32 {
block0(v0: ref, v1: i32):
    v2 = load.i32 v0 + 4
    return v2
}
func @alone(ref, i64) {
block0(v0: ref, v1: i64):
    return
}
func @f(i32, ref) -> i32 {
block0(v0: i32, v1: ref):
    v2 = i32const 8
    v3 = null
    v4 = call @runtime.mallocgc(v2, v3) : (i32, ref) -> ref
    v5 = func_index @code
    store.i32 v4, v5
    v6 = load.i32 v4
    v7 = call_indirect v6(v4, v0) : (ref, i32) -> i32
    v8 = load.i32 v1
    v9 = call_indirect v8(v1, v7) : (ref, i32) -> i32
    v10 = func_index @other
    v11 = func_index @alone
    v12 = load.i32 v4
    call_indirect v12(v4) : (ref)
    v13 = i64const 1
    v14 = load.i32 v1
    call_indirect v14(v1, v13) : (ref, i64)
    return v9
}

; export "f" @f
;
; func @runtime.mallocgc(i32, ref) -> ref {
; block0(v0: i32, v1: ref):
;     v2 = null
;     return v2
; }
;
; func @code(ref, i32) -> i32 {
; block0(v0: ref, v1: i32):
;     return v1
; }
;
; func @other(ref, i32) -> i32 {
; block0(v0: ref, v1: i32):
;     v2 = load.i32 v0 + 4
;     return v2
; }
;
; func @alone(ref, i64) {
; block0(v0: ref, v1: i64):
;     return
; }
;
; func @f(i32, ref) -> i32 {
; block0(v0: i32, v1: ref):
;     v2 = i32const 8
;     v3 = null
;     v4 = call @runtime.mallocgc(v2, v3) : (i32, ref) -> ref
;     v5 = func_index @code
;     store.i32 v4, v5
;     v6 = load.i32 v4
;     v7 = call @code(v4, v0) : (ref, i32) -> i32
;     v8 = load.i32 v1
;     v9 = call_indirect v8(v1, v7) : (ref, i32) -> i32
;     v10 = func_index @other
;     v11 = func_index @alone
;     v12 = load.i32 v4
;     call_indirect v12(v4) : (ref)
;     v13 = i64const 1
;     v14 = load.i32 v1
;     call @alone(v1, v13) : (ref, i64)
;     return v9
; }
