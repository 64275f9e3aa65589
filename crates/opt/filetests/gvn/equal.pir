; test gvn,cfg_simplify,dce
; Behind n == 4 the checks of the first four indices go.
func @f(ref, i32) -> i32 {
block0(v0: ref, v1: i32):
    v2 = i32const 4
    v3 = ne v1, v2
    brif v3, block4, block1
block1:
    v4 = i32const 3
    v5 = le_u v1, v4
    brif v5, block4, block2
block2:
    v6 = load.u8 v0 + 3
    v7 = iadd v6, v1
    return v7
block4:
    return v1
}

; func @f(ref, i32) -> i32 {
; block0(v0: ref, v1: i32):
;     v2 = i32const 4
;     v3 = ne v1, v2
;     brif v3, block4, block1
; block1:
;     v6 = load.u8 v0 + 3
;     v7 = iadd v6, v2
;     return v7
; block4:
;     return v1
; }
