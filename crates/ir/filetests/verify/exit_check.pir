; test verify
func @g() {
block0:
    return
}
func @f() {
block0:
    call @g() : ()
    v0 = exit_check
    v1 = exit_check
    brif v0, block1, block1
block1:
    v2 = exit_check
    return
}

; f: block0: v1 = exit_check: must stand directly behind a call
; f: block1: v2 = exit_check: must stand directly behind a call
