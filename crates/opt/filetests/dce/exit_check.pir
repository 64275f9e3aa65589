; test dce
; A check stays, and the call before it: without a check behind it the call might leave the function.
func @g() pure {
block0:
    return
}
func @f() -> i32 {
block0:
    call @g() : ()
    v0 = exit_check
    call @g() : ()
    v1 = exit_check
    return v0
}

; func @g() pure {
; block0:
;     return
; }
;
; func @f() -> i32 {
; block0:
;     call @g() : ()
;     v0 = exit_check
;     call @g() : ()
;     v1 = exit_check
;     return v0
; }
