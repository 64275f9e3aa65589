; test inline
; Recursion, `noinline`, `noreturn`, cold calls, a call with an exit check.
export "f" @f
func @rec(i32) -> i32 {
block0(v0: i32):
    brif v0, block1, block2
block1:
    v1 = call @rec(v0) : (i32) -> i32
    return v1
block2:
    return v0
}
func @a() {
block0:
    call @b() : ()
    return
}
func @b() {
block0:
    call @a() : ()
    return
}
func @noinline() noinline {
block0:
    return
}
func @noreturn() noreturn {
block0:
    trap panic
}
func @tiny() {
block0:
    return
}
func @f(i32) {
block0(v0: i32):
    v1 = call @rec(v0) : (i32) -> i32
    call @a() : ()
    call @noinline() : ()
    call @tiny() : ()
    v2 = exit_check
    brif v2, block1, block2
block1:
    call @tiny() : ()
    call @noreturn() : ()
    trap unreachable
block2:
    return
}

; export "f" @f
;
; func @rec(i32) -> i32 {
; block0(v0: i32):
;     brif v0, block1, block2
; block1:
;     v1 = call @rec(v0) : (i32) -> i32
;     return v1
; block2:
;     return v0
; }
;
; func @a() {
; block0:
;     call @b() : ()
;     return
; }
;
; func @b() {
; block0:
;     call @a() : ()
;     return
; }
;
; func @noinline() noinline {
; block0:
;     return
; }
;
; func @noreturn() noreturn {
; block0:
;     trap panic
; }
;
; func @tiny() {
; block0:
;     return
; }
;
; func @f(i32) {
; block0(v0: i32):
;     v1 = call @rec(v0) : (i32) -> i32
;     call @b() : ()
;     call @noinline() : ()
;     call @tiny() : ()
;     v2 = exit_check
;     brif v2, block1, block2
; block1:
;     call @tiny() : ()
;     call @noreturn() : ()
;     trap unreachable
; block2:
;     return
; }
