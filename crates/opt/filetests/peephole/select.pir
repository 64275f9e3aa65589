; test peephole
func @f(i32, i32, i32) -> (i32, i32, i32, i32, i32) {
block0(v0: i32, v1: i32, v2: i32):
    v3 = select v0, v1, v1
    v4 = i32const 0
    v5 = i32const 1
    v6 = eq v0, v4
    v7 = select v6, v1, v2
    v8 = lt_s v1, v2
    v9 = select v8, v5, v4
    v10 = select v1, v4, v5
    v11 = select v5, v1, v2
    return v3, v7, v9, v10, v11
}

; func @f(i32, i32, i32) -> (i32, i32, i32, i32, i32) {
; block0(v0: i32, v1: i32, v2: i32):
;     v4 = i32const 0
;     v5 = i32const 1
;     v6 = eqz v0
;     v7 = select v0, v2, v1
;     v8 = lt_s v1, v2
;     v10 = eqz v1
;     return v1, v7, v8, v10, v1
; }
