; test peephole
; Where control never comes a constant length may be negative: such a copy is left alone.
data @words align 8 size 16 readonly "\01\02\03\04\05\06\07\08\01\02\03\04\05\06\07\08"
func @f(ref) {
block0(v0: ref):
    v1 = sym_addr @words
    v2 = i32const -8
    mem_copy v0, v1, v2
    return
}

; data @words align 8 readonly "\01\02\03\04\05\06\07\08\01\02\03\04\05\06\07\08"
;
; func @f(ref) {
; block0(v0: ref):
;     v1 = sym_addr @words
;     v2 = i32const -8
;     mem_copy v0, v1, v2
;     return
; }
