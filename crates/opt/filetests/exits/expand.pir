; test expand_exits
; Behind a call that may leave early, in a function that may be left early, there is a check; where control cannot
; go on, `return_exit` alone. What `outer` calls may be left, what only `top` calls may not.
global @runtime.exit: i32 = 0
export "outer" @outer
export "top" @top
func @throw(i32) noinline noreturn {
block0(v0: i32):
    v1 = i32const 1
    global_set @runtime.exit, v1
    return_exit
}
func @check(i32) -> i32 {
block0(v0: i32):
    brif v0, block1, block2
block1:
    return v0
block2:
    call @throw(v0) : (i32)
    trap panic
}
func @inner(i32) -> i32 {
block0(v0: i32):
    v1 = call @check(v0) : (i32) -> i32
    v2 = call @check(v1) : (i32) -> i32
    v3 = iadd v1, v2
    v4 = call @check(v3) : (i32) -> i32
    return v4
}
func @leaf(i32) -> i32 {
block0(v0: i32):
    return v0
}
func @outer(i32) -> i32 {
block0(v0: i32):
    v1 = call @inner(v0) : (i32) -> i32
    v2 = exit_check
    brif v2, block1, block2
block1:
    v3 = i32const 0
    global_set @runtime.exit, v3
    jump block2
block2:
    v4 = call @leaf(v0) : (i32) -> i32
    v5 = exit_check
    brif v5, block1, block3
block3:
    return v4
}
func @top(i32) -> i32 {
block0(v0: i32):
    v1 = call @outer(v0) : (i32) -> i32
    v2 = call @check(v1) : (i32) -> i32
    v3 = iadd v1, v2
    return v3
}

; global @runtime.exit: i32 = 0
;
; export "outer" @outer
; export "top" @top
;
; func @throw(i32) noinline noreturn {
; block0(v0: i32):
;     v1 = i32const 1
;     global_set @runtime.exit, v1
;     return_exit
; }
;
; func @check(i32) -> i32 {
; block0(v0: i32):
;     brif v0, block1, block2
; block1:
;     return v0
; block2:
;     call @throw(v0) : (i32)
;     return_exit
; }
;
; func @inner(i32) -> i32 {
; block0(v0: i32):
;     v1 = call @check(v0) : (i32) -> i32
;     v5 = exit_check
;     brif v5, block1, block2
; block2:
;     v2 = call @check(v1) : (i32) -> i32
;     v6 = exit_check
;     brif v6, block1, block3
; block3:
;     v3 = iadd v1, v2
;     v4 = call @check(v3) : (i32) -> i32
;     return v4
; block1:
;     return_exit
; }
;
; func @leaf(i32) -> i32 {
; block0(v0: i32):
;     return v0
; }
;
; func @outer(i32) -> i32 {
; block0(v0: i32):
;     v1 = call @inner(v0) : (i32) -> i32
;     v2 = exit_check
;     brif v2, block1, block2
; block1:
;     v3 = i32const 0
;     global_set @runtime.exit, v3
;     jump block2
; block2:
;     v4 = call @leaf(v0) : (i32) -> i32
;     v5 = i32const 0
;     jump block3
; block3:
;     return v4
; }
;
; func @top(i32) -> i32 {
; block0(v0: i32):
;     v1 = call @outer(v0) : (i32) -> i32
;     v2 = call @check(v1) : (i32) -> i32
;     v3 = iadd v1, v2
;     return v3
; }
