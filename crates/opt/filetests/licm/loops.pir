; test licm
; The length and the product leave both loops; the load of what the loop writes stays.
func @f(ref, i32) -> i32 {
block0(v0: ref, v1: i32):
    v2 = i32const 0
    v3 = i32const 1
    jump block1(v2)
block1(v4: i32):
    jump block2(v2)
block2(v5: i32):
    v6 = load.i32 v0+4
    v7 = imul v1, v1
    v8 = load.i32 v0
    v9 = iadd v8, v7
    store.i32 v0, v9
    v10 = iadd v5, v3
    v11 = lt_s v10, v6
    brif v11, block2(v10), block3
block3:
    v12 = iadd v4, v3
    v13 = lt_s v12, v7
    brif v13, block1(v12), block4
block4:
    return v4
}
; A call may write anything; an address that may be wrong is not read.
func @g(ref, i32) -> i32 {
block0(v0: ref, v1: i32):
    jump block1
block1:
    v2 = load.i32 v0
    v3 = ref_add v0, v1
    v4 = load.i32 v3
    call @h() : ()
    v5 = iadd v2, v4
    brif v5, block1, block2
block2:
    return v5
}
; A slot whose address nobody else has keeps its contents.
func @s() -> i32 {
    ss0 = slot size 8 align 4
block0:
    v0 = i32const 7
    v1 = stack_addr ss0
    store.i32 v1, v0
    jump block1
block1:
    v2 = load.i32 v1
    call @h() : ()
    brif v2, block1, block2
block2:
    return v2
}
func @h() {
block0:
    return
}

; func @f(ref, i32) -> i32 {
; block0(v0: ref, v1: i32):
;     v2 = i32const 0
;     v3 = i32const 1
;     v6 = load.i32 v0 + 4
;     v7 = imul v1, v1
;     jump block1(v2)
; block1(v4: i32):
;     jump block2(v2)
; block2(v5: i32):
;     v8 = load.i32 v0
;     v9 = iadd v8, v7
;     store.i32 v0, v9
;     v10 = iadd v5, v3
;     v11 = lt_s v10, v6
;     brif v11, block2(v10), block3
; block3:
;     v12 = iadd v4, v3
;     v13 = lt_s v12, v7
;     brif v13, block1(v12), block4
; block4:
;     return v4
; }
;
; func @g(ref, i32) -> i32 {
; block0(v0: ref, v1: i32):
;     jump block1
; block1:
;     v2 = load.i32 v0
;     v3 = ref_add v0, v1
;     v4 = load.i32 v3
;     call @h() : ()
;     v5 = iadd v2, v4
;     brif v5, block1, block2
; block2:
;     return v5
; }
;
; func @s() -> i32 {
;     ss0 = slot size 8 align 4
; block0:
;     v0 = i32const 7
;     v1 = stack_addr ss0
;     store.i32 v1, v0
;     v2 = load.i32 v1
;     jump block1
; block1:
;     call @h() : ()
;     brif v2, block1, block2
; block2:
;     return v2
; }
;
; func @h() {
; block0:
;     return
; }
