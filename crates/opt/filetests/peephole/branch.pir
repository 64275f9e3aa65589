; test peephole
func @f(i32, ref) -> i32 {
block0(v0: i32, v1: ref):
    v5 = i32const 1
    v2 = eqz v0
    brif v2, block1, block2
block1:
    v3 = null
    v4 = ne v1, v3
    brif v4, block2, block3
block2:
    brif v5, block3, block4
block3:
    br_table v5, [block1, block4], block5
block4:
    return v0
block5:
    return v5
}

; func @f(i32, ref) -> i32 {
; block0(v0: i32, v1: ref):
;     v5 = i32const 1
;     v2 = eqz v0
;     brif v0, block2, block1
; block1:
;     v3 = null
;     v4 = ne v1, v3
;     v6 = eqz v1
;     brif v6, block3, block2
; block2:
;     jump block3
; block3:
;     jump block4
; block4:
;     return v0
; block5:
;     return v5
; }
