; test link
; part
data @a align 1 readonly "a"
; part
func @a() {
block0:
    return
}

; `a` is defined both as a data object and as a function
