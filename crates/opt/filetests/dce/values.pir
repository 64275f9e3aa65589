; test dce
; Unused results, a counter that only feeds itself, an unreachable block, a pure call.
func @pure(i32) -> i32 pure {
block0(v0: i32):
    return v0
}
func @f(i32, ref) -> i32 {
block0(v0: i32, v1: ref):
    v2 = i32const 0
    v3 = load.i32 v1
    v9 = call @pure(v0) : (i32) -> i32
    jump block1(v0, v2)
block1(v4: i32, v5: i32):
    v6 = i32const 1
    v7 = isub v4, v6
    v8 = iadd v5, v6
    brif v7, block1(v7, v8), block2(v5)
block2(v10: i32):
    return v7
block3:
    jump block3
}

; func @pure(i32) -> i32 pure {
; block0(v0: i32):
;     return v0
; }
;
; func @f(i32, ref) -> i32 {
; block0(v0: i32, v1: ref):
;     jump block1(v0)
; block1(v4: i32):
;     v6 = i32const 1
;     v7 = isub v4, v6
;     brif v7, block1(v7), block2
; block2:
;     return v7
; }
