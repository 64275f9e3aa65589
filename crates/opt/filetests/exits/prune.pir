; test prune_exits
; What cannot leave early needs no check; behind what only leaves early the check is always taken.
global @runtime.exit: i32 = 0
export "f" @f
func @fails() noinline noreturn {
block0:
    v0 = i32const 1
    global_set @runtime.exit, v0
    return_exit
}
func @leaf() {
block0:
    return
}
func @f() -> i32 {
block0:
    call @leaf() : ()
    v0 = exit_check
    brif v0, block2, block1
block1:
    call @fails() : ()
    v1 = exit_check
    brif v1, block2, block3
block2:
    v2 = i32const 7
    return v2
block3:
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
; func @leaf() {
; block0:
;     return
; }
;
; func @f() -> i32 {
; block0:
;     call @leaf() : ()
;     v0 = i32const 0
;     jump block1
; block1:
;     call @fails() : ()
;     v1 = exit_check
;     jump block2
; block2:
;     v2 = i32const 7
;     return v2
; }
