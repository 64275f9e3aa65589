; test peephole
; Operations on constants, but not what traps.
func @f() -> (i32, i64, f64, i32, i32, i64, i64) {
block0:
    v0 = i32const 7
    v1 = i32const -3
    v2 = iadd v0, v1
    v3 = extend_s v1
    v4 = f64const 1.5
    v5 = f64const 0.25
    v6 = fdiv v4, v5
    v7 = lt_u v0, v1
    v8 = i32const 0
    v9 = div_s v0, v8
    v10 = bitcast v4
    v11 = f64const bits 0x7ff8000000000001
    v12 = bitcast v11
    return v2, v3, v6, v7, v9, v10, v12
}

; func @f() -> (i32, i64, f64, i32, i32, i64, i64) {
; block0:
;     v0 = i32const 7
;     v1 = i32const -3
;     v2 = i32const 4
;     v3 = i64const -3
;     v4 = f64const 1.5
;     v5 = f64const 0.25
;     v6 = f64const 6.0
;     v7 = i32const 1
;     v8 = i32const 0
;     v9 = div_s v0, v8
;     v10 = i64const 4609434218613702656
;     v11 = f64const bits 0x7ff8000000000001
;     v12 = bitcast v11
;     return v2, v3, v6, v7, v9, v10, v12
; }
