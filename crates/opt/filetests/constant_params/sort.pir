; test constant_params
; The comparator of a sort that calls itself is always the same; so is the number. What is exported may get anything.
data @less align 4 readonly "\00\00\00\00" {
    0: func @less.code
}
data @more align 4 readonly "\00\00\00\00" {
    0: func @less.code
}
export "f" @f
func @less.code(ref, i32) -> i32 {
block0(v0: ref, v1: i32):
    return v1
}
func @sort(i32, ref, i32) -> i32 {
block0(v0: i32, v1: ref, v2: i32):
    v3 = load.i32 v1
    v4 = call_indirect v3(v1, v0) : (ref, i32) -> i32
    brif v4, block1, block2
block1:
    v5 = call @sort(v4, v1, v2) : (i32, ref, i32) -> i32
    return v5
block2:
    return v2
}
func @same_code(ref, i32) -> i32 {
block0(v0: ref, v1: i32):
    v2 = load.i32 v0
    v3 = call_indirect v2(v0, v1) : (ref, i32) -> i32
    return v3
}
func @f(i32) -> i32 {
block0(v0: i32):
    v1 = sym_addr @less
    v2 = i32const 7
    v3 = call @sort(v0, v1, v2) : (i32, ref, i32) -> i32
    v4 = call @same_code(v1, v0) : (ref, i32) -> i32
    v5 = sym_addr @more
    v6 = call @same_code(v5, v4) : (ref, i32) -> i32
    return v6
}

; data @less align 4 readonly "\00\00\00\00" {
;     0: func @less.code
; }
; data @more align 4 readonly "\00\00\00\00" {
;     0: func @less.code
; }
;
; export "f" @f
;
; func @less.code(ref, i32) -> i32 {
; block0(v0: ref, v1: i32):
;     return v1
; }
;
; func @sort(i32, ref, i32) -> i32 {
; block0(v0: i32, v1: ref, v2: i32):
;     v6 = sym_addr @less
;     v7 = i32const 7
;     v3 = load.i32 v6
;     v4 = call_indirect v3(v6, v0) : (ref, i32) -> i32
;     brif v4, block1, block2
; block1:
;     v5 = call @sort(v4, v6, v7) : (i32, ref, i32) -> i32
;     return v5
; block2:
;     return v7
; }
;
; func @same_code(ref, i32) -> i32 {
; block0(v0: ref, v1: i32):
;     v2 = load.i32 v0
;     v3 = call @less.code(v0, v1) : (ref, i32) -> i32
;     return v3
; }
;
; func @f(i32) -> i32 {
; block0(v0: i32):
;     v1 = sym_addr @less
;     v2 = i32const 7
;     v3 = call @sort(v0, v1, v2) : (i32, ref, i32) -> i32
;     v4 = call @same_code(v1, v0) : (ref, i32) -> i32
;     v5 = sym_addr @more
;     v6 = call @same_code(v5, v4) : (ref, i32) -> i32
;     return v6
; }
