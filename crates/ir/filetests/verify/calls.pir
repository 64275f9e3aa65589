; test verify
func @g(i32) -> i32 {
block0(v0: i32):
    return v0
}
func @f(i32, i64) {
block0(v0: i32, v1: i64):
    v2 = call @g(v0, v0) : (i32, i32) -> i32
    v3 = call @g(v1) : (i32) -> i32
    v4 = call @g() : (i32) -> i32
    v5 = call_indirect v1(v0) : (i32) -> i32
    return v0
}

; f: block0: v3 = call @g(v1) : (i32) -> i32: v1 must be i32, is i64
; f: block0: v4 = call @g() : (i32) -> i32: 0 arguments where the signature has 1
; f: block0: v5 = call_indirect v1(v0) : (i32) -> i32: v1 must be i32, is i64
; f: block0: return v0: 1 results where the signature has 0
