; test verify
func @f(i32, i64, ref, f64) -> i32 {
block0(v0: i32, v1: i64, v2: ref, v3: f64):
    v4 = iadd v0, v1
    v5 = fadd v0, v0
    v6 = clz v3
    v7 = clz v0 : i64
    v8 = eq v2, v2
    v9 = lt_s v2, v2
    v10 = ref_add v0, v2
    v11 = load.i32 v0
    store.i64 v2, v0
    v12 = select v1, v0, v3
    v13 = wrap v0
    v14 = int_to_ref v2
    brif v1, block1, block1
block1:
    return v1
}

; f: block0: v4 = iadd v0, v1: v0 and v1 must have one type, are i32 and i64
; f: block0: v5 = fadd v0, v0: v0 must be a float, is i32
; f: block0: v6 = clz v3: v3 must be an integer, is f64
; f: block0: v7 = clz v0 : i64: the result type must be i32, is i64
; f: block0: v9 = lt_s v2, v2: v2 must be an integer, is ref
; f: block0: v10 = ref_add v0, v2: v0 must be ref, is i32
; f: block0: v10 = ref_add v0, v2: v2 must be i32, is ref
; f: block0: v11 = load.i32 v0: v0 must be ref, is i32
; f: block0: store.i64 v2, v0: v0 must be i64, is i32
; f: block0: v12 = select v1, v0, v3: v1 must be i32, is i64
; f: block0: v12 = select v1, v0, v3: v0 and v3 must have one type, are i32 and f64
; f: block0: v13 = wrap v0: v0 must be i64, is i32
; f: block0: v14 = int_to_ref v2: v2 must be i32, is ref
; f: block0: brif v1, block1, block1: v1 must be i32, is i64
; f: block1: return v1: v1 must be i32, is i64
