; test dce
; A call stays for the check behind it; a check that is not asked goes.
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
;     return v0
; }
