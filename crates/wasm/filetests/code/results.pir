; test wat
; The second and later results go through globals, one for each place and type (decision record 0001).
export "f" @f
func @divmod(i32, i32) -> (i32, i32) {
block0(v0: i32, v1: i32):
    v2 = div_u v0, v1
    v3 = rem_u v0, v1
    return v2, v3
}
func @three(i64) -> (i64, f64, ref) {
block0(v0: i64):
    v1 = convert_s64 v0
    v2 = null
    return v0, v1, v2
}
func @f(i32) -> i32 {
block0(v0: i32):
    v1 = i32const 10
    v2, v3 = call @divmod(v0, v1) : (i32, i32) -> (i32, i32)
    v4, v5 = call @divmod(v2, v3) : (i32, i32) -> (i32, i32)
    v6 = extend_s v4
    v7, v8, v9 = call @three(v6) : (i64) -> (i64, f64, ref)
    v10 = wrap v7
    v11 = trunc_sat_s32 v8
    v12 = iadd v10, v11
    v13 = iadd v12, v5
    return v13
}

; (func $divmod (;0;) (type 0) (param i32 i32) (result i32)
;   local.get 0
;   local.get 1
;   i32.div_u
;   local.get 0
;   local.get 1
;   i32.rem_u
;   global.set $result1.i32
; )
; (func $three (;1;) (type 1) (param i64) (result i64)
;   local.get 0
;   local.get 0
;   f64.convert_i64_s
;   i32.const 0
;   global.set $result2.i32
;   global.set $result1.f64
; )
; (func $f (;2;) (type 2) (param i32) (result i32)
;   (local i32)
;   local.get 0
;   i32.const 10
;   call $divmod
;   global.get $result1.i32
;   call $divmod
;   local.set 0
;   global.get $result1.i32
;   local.set 1
;   local.get 0
;   i64.extend_i32_s
;   call $three
;   i32.wrap_i64
;   global.get $result1.f64
;   call $polkago.trunc_s32
;   i32.add
;   local.get 1
;   i32.add
; )
; (func $polkago.trunc_s32 (;3;) (type 3) (param f64) (result i32)
;   local.get 0
;   local.get 0
;   f64.eq
;   if (result i32) ;; label = @1
;     local.get 0
;     f64.const 0x1.fffffffcp+30 (;=2147483647;)
;     f64.min
;     f64.const -0x1p+31 (;=-2147483648;)
;     f64.max
;     i32.trunc_f64_s
;   else
;     i32.const 0
;   end
; )
