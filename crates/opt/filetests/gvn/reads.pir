; test gvn
; Reads are carried along single edges; objects that are known to differ do not disturb each other.
data @a align 4 size 8 mutable ""
data @b align 4 size 8 mutable ""
data @const align 4 size 8 readonly ""
func @h() {
block0:
    return
}
func @f(i32, ref) -> (i32, i32, i32, i32) {
    ss0 = slot size 4 align 4
block0(v0: i32, v1: ref):
    v2 = sym_addr @a
    v3 = sym_addr @b
    v4 = load.i32 v2
    v5 = ref_add v3, v0
    store.i32 v5, v0
    v6 = stack_addr ss0
    store.i32 v6, v0
    v20 = sym_addr @const
    v21 = ref_add v20, v0
    v22 = load.u8 v21
    brif v0, block1, block2
block1:
    v7 = load.i32 v2
    jump block3(v7)
block2:
    call @h() : ()
    v8 = load.i32 v2
    jump block3(v8)
block3(v9: i32):
    v10 = load.i32 v2
    store.i32 v1, v0
    v11 = load.i32 v2
    v23 = load.u8 v21
    return v9, v10, v11, v23
}

; data @a align 4 size 8 mutable ""
; data @b align 4 size 8 mutable ""
; data @const align 4 size 8 readonly ""
;
; func @h() {
; block0:
;     return
; }
;
; func @f(i32, ref) -> (i32, i32, i32, i32) {
;     ss0 = slot size 4 align 4
; block0(v0: i32, v1: ref):
;     v2 = sym_addr @a
;     v3 = sym_addr @b
;     v4 = load.i32 v2
;     v5 = ref_add v3, v0
;     store.i32 v5, v0
;     v6 = stack_addr ss0
;     store.i32 v6, v0
;     v20 = sym_addr @const
;     v21 = ref_add v20, v0
;     v22 = load.u8 v21
;     brif v0, block1, block2
; block1:
;     jump block3(v4)
; block2:
;     call @h() : ()
;     v8 = load.i32 v2
;     jump block3(v8)
; block3(v9: i32):
;     v10 = load.i32 v2
;     store.i32 v1, v0
;     v11 = load.i32 v2
;     return v9, v10, v11, v22
; }
