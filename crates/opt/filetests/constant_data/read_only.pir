; test constant_data,peephole
; What is only read becomes read-only, and loads from it are known (@read, @copied). What is written, given away, merged, or
; part of other data stays as it is.
data @read align 4 size 8 mutable "\07"
data @copied align 8 size 16 mutable "\01\02"
data @written align 4 size 4 mutable "\01"
data @filled align 4 size 8 mutable "\01"
data @given align 4 size 4 mutable "\01"
data @merged align 4 size 4 mutable "\01"
data @part align 4 size 4 mutable "\01"
data @holder align 4 size 4 mutable "" {
    refs 0
    0: addr @part
}
export "f" @f
func @take(ref) {
block0(v0: ref):
    return
}
func @f(i32, ref) -> (i32, i32, i32, i32, ref) {
block0(v0: i32, v1: ref):
    v2 = sym_addr @read
    v3 = load.i32 v2
    v4 = i32const 16
    v5 = sym_addr @copied
    mem_copy v1, v5, v4
    v6 = sym_addr @written
    v7 = load.i32 v6
    store.i32 v6, v0
    v8 = sym_addr @filled
    v9 = i32const 4
    v10 = ref_add v8, v9
    v11 = i32const 3
    mem_fill v10, v0, v11
    v12 = load.i32 v8
    v13 = sym_addr @given
    call @take(v13) : (ref)
    v14 = load.i32 v13
    v15 = sym_addr @merged
    v16 = select v0, v15, v1
    v17 = sym_addr @holder
    v18 = load.ref v17
    v19 = load.i32 v18
    store.i32 v16, v19
    return v3, v7, v12, v14, v18
}

; data @read align 4 size 8 readonly "\07"
; data @copied align 8 size 16 readonly "\01\02"
; data @written align 4 size 4 mutable "\01"
; data @filled align 4 size 8 mutable "\01"
; data @given align 4 size 4 mutable "\01"
; data @merged align 4 size 4 mutable "\01"
; data @part align 4 size 4 mutable "\01"
; data @holder align 4 size 4 readonly "" {
;     0: addr @part
; }
;
; export "f" @f
;
; func @take(ref) {
; block0(v0: ref):
;     return
; }
;
; func @f(i32, ref) -> (i32, i32, i32, i32, ref) {
; block0(v0: i32, v1: ref):
;     v2 = sym_addr @read
;     v3 = i32const 7
;     v4 = i32const 16
;     v5 = sym_addr @copied
;     v20 = i64const 513
;     v21 = i64const 0
;     store.i64 v1, v20
;     store.i64 v1 + 8, v21
;     v6 = sym_addr @written
;     v7 = load.i32 v6
;     store.i32 v6, v0
;     v8 = sym_addr @filled
;     v9 = i32const 4
;     v10 = sym_addr @filled + 4
;     v11 = i32const 3
;     mem_fill v10, v0, v11
;     v12 = load.i32 v8
;     v13 = sym_addr @given
;     call @take(v13) : (ref)
;     v14 = load.i32 v13
;     v15 = sym_addr @merged
;     v16 = select v0, v15, v1
;     v17 = sym_addr @holder
;     v18 = sym_addr @part
;     v19 = load.i32 v18
;     store.i32 v16, v19
;     return v3, v7, v12, v14, v18
; }
