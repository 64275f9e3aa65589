; test wat
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

; (func $add (;0;) (type 0) (param i32 i32) (result i32)
;   local.get 0
;   local.get 1
;   i32.add
; )
; (func $poly (;1;) (type 1) (param i32) (result i32)
;   (local i32)
;   local.get 0
;   i32.const 3
;   i32.mul
;   local.tee 1
;   local.get 0
;   i32.mul
;   local.get 0
;   i32.sub
;   local.get 1
;   i32.add
; )
; (func $fib (;2;) (type 1) (param i32) (result i32)
;   local.get 0
;   i32.const 2
;   i32.lt_s
;   if (result i32) ;; label = @1
;     local.get 0
;   else
;     local.get 0
;     i32.const 1
;     i32.sub
;     call $fib
;     local.get 0
;     i32.const 2
;     i32.sub
;     call $fib
;     i32.add
;   end
; )
; (func $gcd (;3;) (type 0) (param i32 i32) (result i32)
;   loop (result i32) ;; label = @1
;     local.get 1
;     if ;; label = @2
;       local.get 0
;       local.get 1
;       i32.rem_u
;       local.get 1
;       local.set 0
;       local.set 1
;       br 1 (;@1;)
;     end
;     local.get 0
;   end
; )
; (func $max (;4;) (type 0) (param i32 i32) (result i32)
;   local.get 0
;   local.get 1
;   i32.le_s
;   if ;; label = @1
;     local.get 1
;     local.set 0
;   end
;   local.get 0
; )
; (func $wide (;5;) (type 2) (param i32) (result i64)
;   local.get 0
;   i64.extend_i32_u
;   local.get 0
;   i64.extend_i32_s
;   i64.add
; )
; (func $sext (;6;) (type 1) (param i32) (result i32)
;   local.get 0
;   i32.const 24
;   i32.shl
;   i32.const 24
;   i32.shr_s
; )
