; test peephole
; Neutral elements, merged constants, canonical forms.
func @f(i32, i32) -> (i32, i32, i32, i32, i32, i32, i32, i32, i32, i32, i32) {
block0(v0: i32, v1: i32):
    v2 = i32const 0
    v3 = iadd v2, v0
    v4 = i32const 8
    v5 = imul v4, v0
    v6 = isub v0, v4
    v7 = iadd v6, v4
    v8 = shl v5, v4
    v9 = i32const 31
    v10 = and v1, v9
    v11 = shl v0, v10
    v12 = xor v0, v0
    v13 = iadd v0, v1
    v14 = isub v13, v1
    v15 = isub v2, v1
    v16 = iadd v0, v15
    v17 = div_u v0, v4
    v18 = rem_s v0, v4
    v19 = and v0, v9
    v20 = rem_s v19, v4
    return v3, v5, v6, v7, v8, v11, v12, v14, v16, v17, v20
}

; func @f(i32, i32) -> (i32, i32, i32, i32, i32, i32, i32, i32, i32, i32, i32) {
; block0(v0: i32, v1: i32):
;     v2 = i32const 0
;     v4 = i32const 8
;     v21 = i32const 3
;     v5 = shl v0, v21
;     v22 = i32const -8
;     v6 = iadd v0, v22
;     v23 = i32const 0
;     v24 = i32const 11
;     v8 = shl v0, v24
;     v9 = i32const 31
;     v10 = and v1, v9
;     v11 = shl v0, v1
;     v12 = i32const 0
;     v13 = iadd v0, v1
;     v15 = isub v2, v1
;     v16 = isub v0, v1
;     v25 = i32const 3
;     v17 = shr_u v0, v25
;     v18 = rem_s v0, v4
;     v19 = and v0, v9
;     v26 = i32const 7
;     v27 = i32const 7
;     v20 = and v0, v27
;     return v0, v5, v6, v0, v8, v11, v12, v0, v16, v17, v20
; }
