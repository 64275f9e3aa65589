; test link
; Equal definitions become one, whatever the order of their tables.
; part
data @str:a align 1 readonly mergeable "a"
export "f" @f
func @f() {
block0:
    call @g() : ()
    return
}
; part
data @str:a align 1 readonly mergeable "a"
data @str:b align 1 readonly mergeable "b"
export "f" @f
func @g() {
block0:
    return
}
func @f() {
block0:
    call @g() : ()
    return
}

; data @str:a align 1 readonly mergeable "a"
; data @str:b align 1 readonly mergeable "b"
;
; export "f" @f
;
; func @f() {
; block0:
;     call @g() : ()
;     return
; }
;
; func @g() {
; block0:
;     return
; }
