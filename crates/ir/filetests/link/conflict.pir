; test link
; part
data @a align 1 readonly "a"
; part
data @a align 1 readonly "b"

; `a` is defined as a data object in two different ways
