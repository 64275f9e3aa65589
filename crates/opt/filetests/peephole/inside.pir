; test peephole,dce
; The address of an element of static data is not null.
data @a align 4 size 16 mutable ""
func @f(i32) -> i32 {
block0(v0: i32):
    v1 = sym_addr @a
    v2 = ref_add v1, v0
    v3 = eqz v2
    return v3
}
func @g(ref, i32) -> i32 {
block0(v0: ref, v1: i32):
    v2 = ref_add v0, v1
    v3 = eqz v2
    return v3
}

; data @a align 4 size 16 mutable ""
;
; func @f(i32) -> i32 {
; block0(v0: i32):
;     v3 = i32const 0
;     return v3
; }
;
; func @g(ref, i32) -> i32 {
; block0(v0: ref, v1: i32):
;     v2 = ref_add v0, v1
;     v3 = eqz v2
;     return v3
; }
