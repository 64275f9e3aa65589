; test expand_exits
; A call through the table may reach every function of its signature whose index is taken.
global @runtime.exit: i32 = 0
export "outer" @outer
data @table align 4 size 4 mutable "" {
    0: func @throws
}
func @throws(ref) {
block0(v0: ref):
    v1 = i32const 1
    global_set @runtime.exit, v1
    return_exit
}
func @other(i32) -> i32 {
block0(v0: i32):
    return v0
}
func @inner(i32) -> i32 {
block0(v0: i32):
    call_indirect v0(v0) : (i32)
    v1 = func_index @other
    v2 = call_indirect v1(v0) : (i32) -> i32
    v3 = iadd v2, v1
    return v3
}
func @outer(i32) -> i32 {
block0(v0: i32):
    v1 = call @inner(v0) : (i32) -> i32
    v2 = exit_check
    v3 = select v2, v0, v1
    v4 = sym_addr @table
    return v3
}

; global @runtime.exit: i32 = 0
;
; data @table align 4 size 4 mutable "" {
;     0: func @throws
; }
;
; export "outer" @outer
;
; func @throws(ref) {
; block0(v0: ref):
;     v1 = i32const 1
;     global_set @runtime.exit, v1
;     return_exit
; }
;
; func @other(i32) -> i32 {
; block0(v0: i32):
;     return v0
; }
;
; func @inner(i32) -> i32 {
; block0(v0: i32):
;     call_indirect v0(v0) : (i32)
;     v4 = exit_check
;     brif v4, block1, block2
; block2:
;     v1 = func_index @other
;     v2 = call_indirect v1(v0) : (i32) -> i32
;     v3 = iadd v2, v1
;     return v3
; block1:
;     return_exit
; }
;
; func @outer(i32) -> i32 {
; block0(v0: i32):
;     v1 = call @inner(v0) : (i32) -> i32
;     v2 = exit_check
;     v3 = select v2, v0, v1
;     v4 = sym_addr @table
;     return v3
; }
