; test peephole
; Comparisons that are decided, inverted or narrowed.
func @f(i32, i64, ref, ref) -> (i32, i32, i32, i32, i32, i32, i32, i32) {
block0(v0: i32, v1: i64, v2: ref, v3: ref):
    v4 = i32const 0
    v5 = lt_u v0, v4
    v6 = ge_s v0, v4
    v7 = eqz v6
    v8 = eq v0, v4
    v9 = eqz v8
    v10 = null
    v11 = eq v10, v2
    v12 = extend_u v0
    v13 = i64const 10
    v14 = lt_s v12, v13
    v15 = load.u8 v2
    v16 = i32const 256
    v17 = lt_s v15, v16
    v18 = i32const 5
    v19 = iadd v0, v18
    v20 = eq v19, v16
    v21 = ref_to_int v2
    v22 = ref_to_int v3
    v23 = ne v21, v22
    return v5, v7, v8, v9, v11, v14, v17, v20
}

; func @f(i32, i64, ref, ref) -> (i32, i32, i32, i32, i32, i32, i32, i32) {
; block0(v0: i32, v1: i64, v2: ref, v3: ref):
;     v4 = i32const 0
;     v5 = i32const 0
;     v6 = ge_s v0, v4
;     v7 = lt_s v0, v4
;     v8 = eqz v0
;     v24 = i32const 0
;     v9 = ne v0, v24
;     v10 = null
;     v11 = eqz v2
;     v12 = extend_u v0
;     v13 = i64const 10
;     v25 = i32const 10
;     v14 = lt_u v0, v25
;     v15 = load.u8 v2
;     v16 = i32const 256
;     v17 = i32const 1
;     v18 = i32const 5
;     v19 = iadd v0, v18
;     v26 = i32const 251
;     v20 = eq v0, v26
;     v21 = ref_to_int v2
;     v22 = ref_to_int v3
;     v23 = ne v2, v3
;     return v5, v7, v8, v9, v11, v14, v17, v20
; }
