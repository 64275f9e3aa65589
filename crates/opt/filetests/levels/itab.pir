; test speed
; A call through a static interface table becomes direct and is inlined; the table goes.
data @itab align 4 readonly "\00\00\00\00" {
    0: func @T.M
}
export "f" @f
func @T.M(i32) -> i32 {
block0(v0: i32):
    v1 = i32const 2
    v2 = imul v0, v1
    return v2
}
func @call(ref, i32) -> i32 {
block0(v0: ref, v1: i32):
    v2 = load.i32 v0
    v3 = call_indirect v2(v1) : (i32) -> i32
    return v3
}
func @f(i32) -> i32 {
block0(v0: i32):
    v1 = sym_addr @itab
    v2 = call @call(v1, v0) : (ref, i32) -> i32
    return v2
}

; export "f" @f
;
; func @f(i32) -> i32 {
; block0(v0: i32):
;     v3 = i32const 1
;     v4 = shl v0, v3
;     return v4
; }
