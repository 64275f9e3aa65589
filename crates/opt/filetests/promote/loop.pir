; test promote
; A counter in a slot.
func @f(i32) -> i32 {
    ss0 = slot size 4 align 4
block0(v0: i32):
    v1 = stack_addr ss0
    v2 = i32const 0
    store.i32 v1, v2
    jump block1(v0)
block1(v3: i32):
    brif v3, block2, block3
block2:
    v4 = load.i32 v1
    v5 = iadd v4, v3
    store.i32 v1, v5
    v6 = i32const 1
    v7 = isub v3, v6
    jump block1(v7)
block3:
    v8 = load.i32 v1
    return v8
}

; func @f(i32) -> i32 {
;     ss0 = slot size 4 align 4
; block0(v0: i32):
;     v1 = stack_addr ss0
;     v2 = i32const 0
;     jump block1(v0, v2)
; block1(v3: i32, v9: i32):
;     brif v3, block2, block3
; block2:
;     v5 = iadd v9, v3
;     v6 = i32const 1
;     v7 = isub v3, v6
;     jump block1(v7, v5)
; block3:
;     return v9
; }
