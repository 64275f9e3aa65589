; test verify
func @f() {
    ss0 = slot size 8 align 1
block0:
    v0 = stack_addr ss0 + 8
    v1 = stack_addr ss0 + 9
    v2 = stack_addr ss0 - 1
    return
}

; f: block0: v1 = stack_addr ss0 + 9: outside of ss0 with 8 bytes
; f: block0: v2 = stack_addr ss0 - 1: outside of ss0 with 8 bytes
