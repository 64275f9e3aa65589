; test expand_exits
; Where nobody looks at `exit`, nothing is changed.
global @runtime.exit: i32 = 0
export "f" @f
func @fails() noinline noreturn {
block0:
    v0 = i32const 1
    global_set @runtime.exit, v0
    return_exit
}
func @f() -> i32 {
block0:
    call @fails() : ()
    trap panic
}

; global @runtime.exit: i32 = 0
;
; export "f" @f
;
; func @fails() noinline noreturn {
; block0:
;     v0 = i32const 1
;     global_set @runtime.exit, v0
;     return_exit
; }
;
; func @f() -> i32 {
; block0:
;     call @fails() : ()
;     trap panic
; }
