; test run
; call add(2, 3)
; call poly(5)
; call fib(20)
; call gcd(1071, 462)
; call max(3, -4)
; call max(-4, 3)
; call wide(0xffffffff)
; call sext(0x80)
export "add" @add
export "poly" @poly
export "fib" @fib
export "gcd" @gcd
export "max" @max
export "wide" @wide
export "sext" @sext
func @add(i32, i32) -> i32 {
block0(v0: i32, v1: i32):
    v2 = iadd v0, v1
    return v2
}
func @poly(i32) -> i32 {
block0(v0: i32):
    v1 = i32const 3
    v2 = imul v0, v1
    v3 = imul v2, v0
    v4 = isub v3, v0
    v5 = iadd v4, v2
    return v5
}
func @fib(i32) -> i32 {
block0(v0: i32):
    v1 = i32const 2
    v2 = lt_s v0, v1
    brif v2, block1, block2
block1:
    return v0
block2:
    v3 = i32const 1
    v4 = isub v0, v3
    v5 = call @fib(v4) : (i32) -> i32
    v6 = isub v0, v1
    v7 = call @fib(v6) : (i32) -> i32
    v8 = iadd v5, v7
    return v8
}
func @gcd(i32, i32) -> i32 {
block0(v0: i32, v1: i32):
    jump block1(v0, v1)
block1(v2: i32, v3: i32):
    brif v3, block2, block3
block2:
    v4 = rem_u v2, v3
    jump block1(v3, v4)
block3:
    return v2
}
func @max(i32, i32) -> i32 {
block0(v0: i32, v1: i32):
    v2 = gt_s v0, v1
    brif v2, block1(v0), block1(v1)
block1(v3: i32):
    return v3
}
func @wide(i32) -> i64 {
block0(v0: i32):
    v1 = extend_u v0
    v2 = extend_s v0
    v3 = iadd v1, v2
    return v3
}
func @sext(i32) -> i32 {
block0(v0: i32):
    v1 = sext8 v0
    return v1
}

; add(2, 3) = 5
; poly(5) = 85
; fib(20) = 6765
; gcd(1071, 462) = 21
; max(3, -4) = 3
; max(-4, 3) = 3
; wide(0xffffffff) = 4294967294
; sext(0x80) = -128
