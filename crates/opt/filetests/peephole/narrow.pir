; test peephole
; Extensions of what is in range, and masks of what has no other bits.
func @f(ref, i32) -> (i32, i32, i32, i64, i32) {
block0(v0: ref, v1: i32):
    v2 = i32const 255
    v3 = load.u8 v0
    v4 = and v3, v2
    v5 = load.s16 v0
    v6 = sext16 v5
    v7 = and v1, v2
    v8 = sext8 v7
    v9 = extend_s v3
    v10 = extend_u v1
    v11 = wrap v10
    v12 = iadd v3, v1
    v13 = and v12, v2
    store.u8 v0 + 4, v13
    store.s8 v0 + 5, v8
    return v4, v6, v8, v9, v11
}

; func @f(ref, i32) -> (i32, i32, i32, i64, i32) {
; block0(v0: ref, v1: i32):
;     v2 = i32const 255
;     v3 = load.u8 v0
;     v5 = load.s16 v0
;     v7 = and v1, v2
;     v8 = sext8 v1
;     v9 = extend_u v3
;     v10 = extend_u v1
;     v12 = iadd v3, v1
;     v13 = and v12, v2
;     store.u8 v0 + 4, v12
;     store.s8 v0 + 5, v1
;     return v3, v5, v8, v9, v1
; }
