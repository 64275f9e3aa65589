; test verify
func @f() {
    ss0 = slot size 8 align 3
    ss1 = slot size 8 align 4 refs 4, 0
    ss2 = slot size 8 align 8 refs 8
    ss3 = slot size 8 align 8 refs 2
    ss4 = slot size 8 align 1 refs 0
block0:
    v0 = stack_addr ss4 + 8
    v1 = stack_addr ss4 + 9
    v2 = stack_addr ss4 - 1
    return
}

; f: ss0: alignment must be 1, 2, 4 or 8
; f: ss1: refs must ascend
; f: ss2: a ref is outside of the object
; f: ss3: a ref is not aligned to 4
; f: ss4: an object with refs must be aligned to 4
