; test peephole
; Constant offsets move into the access, the symbol and the slot; read-only data is read.
data @table align 4 size 24 readonly "\01\02\ff\04" {
    8: addr @other + 4
    12: func @g
}
data @other align 4 size 8 mutable ""
func @g(i32) -> i32 {
block0(v0: i32):
    return v0
}
func @f(ref) -> (i32, i32, ref, i32, i32, i32, i64, i32) {
    ss0 = slot size 16 align 8
block0(v0: ref):
    v1 = i32const 8
    v2 = ref_add v0, v1
    v3 = load.i32 v2 + 4
    v4 = i32const -8
    v5 = ref_add v0, v4
    store.i32 v5, v3
    v6 = sym_addr @table
    v7 = load.s8 v6 + 2
    v8 = ref_add v6, v1
    v9 = load.ref v8
    v10 = load.i32 v6 + 12
    v11 = call_indirect v10(v3) : (i32) -> i32
    v12 = call_indirect v10() : () -> i32
    v13 = load.i32 v6 + 6
    v14 = load.i64 v6 + 16
    v15 = stack_addr ss0 + 4
    v16 = ref_add v15, v1
    store.i32 v16, v1
    v17 = load.i32 v9
    mem_copy v0, v16, v1
    v18 = i32const 0
    mem_fill v0, v18, v1
    v19 = i32const 4
    v20 = i32const 511
    mem_fill v0, v20, v19
    return v3, v7, v9, v10, v11, v12, v14, v17
}

; data @table align 4 size 24 readonly "\01\02\ff\04" {
;     8: addr @other + 4
;     12: func @g
; }
; data @other align 4 size 8 mutable ""
;
; func @g(i32) -> i32 {
; block0(v0: i32):
;     return v0
; }
;
; func @f(ref) -> (i32, i32, ref, i32, i32, i32, i64, i32) {
;     ss0 = slot size 16 align 8
; block0(v0: ref):
;     v1 = i32const 8
;     v2 = ref_add v0, v1
;     v3 = load.i32 v0 + 12
;     v4 = i32const -8
;     v5 = ref_add v0, v4
;     store.i32 v5, v3
;     v6 = sym_addr @table
;     v7 = i32const -1
;     v8 = sym_addr @table + 8
;     v9 = sym_addr @other + 4
;     v10 = func_index @g
;     v11 = call @g(v3) : (i32) -> i32
;     v12 = call_indirect v10() : () -> i32
;     v13 = load.i32 v6 + 6
;     v14 = i64const 0
;     v15 = stack_addr ss0 + 4
;     v16 = stack_addr ss0 + 12
;     store.i32 v16, v1
;     v17 = load.i32 v9
;     v21 = load.i64 v16
;     store.i64 v0, v21
;     v18 = i32const 0
;     v22 = i64const 0
;     store.i64 v0, v22
;     v19 = i32const 4
;     v20 = i32const 511
;     v23 = i32const -1
;     store.i32 v0, v23
;     return v3, v7, v9, v10, v11, v12, v14, v17
; }
