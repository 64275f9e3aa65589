; test promote
; Parts of slots become values; one that is accessed in two ways stays, and so does a slot that escapes.
func @g(ref) {
block0(v0: ref):
    return
}
func @f(i32, ref) -> (i32, i32, ref, i64) {
    ss0 = slot size 24 align 8 refs 8
    ss1 = slot size 8 align 4
    ss2 = slot size 4 align 4
block0(v0: i32, v1: ref):
    v2 = stack_addr ss0
    store.i32 v2, v0
    v3 = stack_addr ss0 + 8
    store.ref v3, v1
    v4 = stack_addr ss1
    store.i32 v4, v0
    call @g(v4) : (ref)
    v5 = load.i32 v4
    store.u8 v2 + 4, v0
    brif v0, block1, block2
block1:
    v6 = load.i32 v2
    v7 = iadd v6, v6
    store.i32 v2, v7
    v20 = stack_addr ss2
    store.i32 v20, v0
    jump block2
block2:
    v8 = load.i32 v2
    v9 = load.s8 v2 + 4
    v10 = load.ref v3
    store.i32 v2 + 16, v0
    v11 = load.i64 v2 + 16
    v12 = iadd v5, v9
    return v8, v12, v10, v11
}

; func @g(ref) {
; block0(v0: ref):
;     return
; }
;
; func @f(i32, ref) -> (i32, i32, ref, i64) {
;     ss0 = slot size 24 align 8 refs 8
;     ss1 = slot size 8 align 4
;     ss2 = slot size 4 align 4
; block0(v0: i32, v1: ref):
;     v2 = stack_addr ss0
;     v3 = stack_addr ss0 + 8
;     v4 = stack_addr ss1
;     store.i32 v4, v0
;     call @g(v4) : (ref)
;     v5 = load.i32 v4
;     brif v0, block1, block2(v0)
; block1:
;     v7 = iadd v0, v0
;     v20 = stack_addr ss2
;     jump block2(v7)
; block2(v21: i32):
;     v9 = sext8 v0
;     store.i32 v2 + 16, v0
;     v11 = load.i64 v2 + 16
;     v12 = iadd v5, v9
;     return v21, v12, v1, v11
; }
