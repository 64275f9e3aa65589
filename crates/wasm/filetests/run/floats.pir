; test run
; Conversions that saturate, without the instruction for it.
; call s32(0)
; call s32(-1.9)
; call s32(2147483647.9)
; call s32(-2147483648.9)
; call s32(1e300)
; call s32(-inf)
; call s32(nan)
; call u32(-0.9)
; call u32(-5)
; call u32(4294967295.5)
; call u32(1e10)
; call u32(nan)
; call s64(9223372036854774784)
; call s64(9223372036854775807)
; call s64(-9223372036854775808)
; call s64(-1e300)
; call s64(nan)
; call u64(18446744073709549568)
; call u64(1e30)
; call u64(-1)
; call u64(nan)
; call f32_s32(-2147483648)
; call f32_s32(3e9)
; call f32_u64(1.5)
; call bits(nan)
; call bits32(1.5)
; call stored(nan)
; call sign(-nan)
; call sign(-1)
data @cell align 8 size 8 mutable ""
export "s32" @s32
export "u32" @u32
export "s64" @s64
export "u64" @u64
export "f32_s32" @f32_s32
export "f32_u64" @f32_u64
export "bits" @bits
export "bits32" @bits32
export "stored" @stored
export "sign" @sign
func @s32(f64) -> i32 {
block0(v0: f64):
    v1 = trunc_sat_s32 v0
    return v1
}
func @u32(f64) -> i32 {
block0(v0: f64):
    v1 = trunc_sat_u32 v0
    return v1
}
func @s64(f64) -> i64 {
block0(v0: f64):
    v1 = trunc_sat_s64 v0
    return v1
}
func @u64(f64) -> i64 {
block0(v0: f64):
    v1 = trunc_sat_u64 v0
    return v1
}
func @f32_s32(f32) -> i32 {
block0(v0: f32):
    v1 = trunc_sat_s32 v0
    return v1
}
func @f32_u64(f32) -> i64 {
block0(v0: f32):
    v1 = trunc_sat_u64 v0
    return v1
}
; The NaN that arithmetic gave is made canonical.
func @bits(f64) -> i64 {
block0(v0: f64):
    v1 = fneg v0
    v2 = bitcast v1
    return v2
}
func @bits32(f32) -> i32 {
block0(v0: f32):
    v1 = bitcast v0
    return v1
}
func @stored(f64) -> i64 {
block0(v0: f64):
    v1 = sym_addr @cell
    v2 = fneg v0
    store.f64 v1, v2
    v3 = load.i64 v1
    return v3
}
; The sign of a NaN that arithmetic gave is the host's choice, so it is made positive.
func @sign(f64) -> f64 {
block0(v0: f64):
    v1 = fadd v0, v0
    v2 = f64const 2
    v3 = copysign v2, v1
    return v3
}

; s32(0) = 0
; s32(-1.9) = -1
; s32(2147483647.9) = 2147483647
; s32(-2147483648.9) = -2147483648
; s32(1e300) = 2147483647
; s32(-inf) = -2147483648
; s32(nan) = 0
; u32(-0.9) = 0
; u32(-5) = 0
; u32(4294967295.5) = -1
; u32(1e10) = -1
; u32(nan) = 0
; s64(9223372036854774784) = 9223372036854774784
; s64(9223372036854775807) = 9223372036854775807
; s64(-9223372036854775808) = -9223372036854775808
; s64(-1e300) = -9223372036854775808
; s64(nan) = 0
; u64(18446744073709549568) = -2048
; u64(1e30) = -1
; u64(-1) = 0
; u64(nan) = 0
; f32_s32(-2147483648) = -2147483648
; f32_s32(3e9) = 2147483647
; f32_u64(1.5) = 1
; bits(nan) = 9221120237041090560
; bits32(1.5) = 1069547520
; stored(nan) = 9221120237041090560
; sign(-nan) = 2
; sign(-1) = -2
