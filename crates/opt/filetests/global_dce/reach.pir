; test global_dce
import @used = "env" "a" ()
import @unused = "env" "b" ()
global @g: i32 = 0
global @h: i32 = 0
data @a align 4 size 8 readonly "" {
    0: addr @b
    4: func @by_table
}
data @b align 4 size 4 readonly ""
data @c align 4 size 4 readonly ""
export "f" @f
func @dead() {
block0:
    v0 = sym_addr @c
    return
}
func @f() -> ref {
block0:
    v0 = sym_addr @a
    v1 = global_get @g : i32
    call @used() : ()
    return v0
}
func @by_table() {
block0:
    return
}

; import @used = "env" "a" ()
;
; global @g: i32 = 0
;
; data @a align 4 size 8 readonly "" {
;     0: addr @b
;     4: func @by_table
; }
; data @b align 4 size 4 readonly ""
;
; export "f" @f
;
; func @f() -> ref {
; block0:
;     v0 = sym_addr @a
;     v1 = global_get @g : i32
;     call @used() : ()
;     return v0
; }
;
; func @by_table() {
; block0:
;     return
; }
