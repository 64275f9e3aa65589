; test inline
; `return_exit` in a copy leaves the caller: so would the call have done.
global @runtime.exit: i32 = 0
export "f" @f
func @fails() noinline {
block0:
    v0 = i32const 1
    global_set @runtime.exit, v0
    return_exit
}
func @g(i32) -> i32 {
block0(v0: i32):
    brif v0, block1, block2
block1:
    return v0
block2:
    return_exit
}
func @f(i32) -> i32 {
block0(v0: i32):
    v1 = call @g(v0) : (i32) -> i32
    v2 = iadd v1, v0
    return v2
}

; global @runtime.exit: i32 = 0
;
; export "f" @f
;
; func @fails() noinline {
; block0:
;     v0 = i32const 1
;     global_set @runtime.exit, v0
;     return_exit
; }
;
; func @g(i32) -> i32 {
; block0(v0: i32):
;     brif v0, block1, block2
; block1:
;     return v0
; block2:
;     return_exit
; }
;
; func @f(i32) -> i32 {
; block0(v0: i32):
;     brif v0, block1, block2
; block1:
;     jump block3(v0)
; block2:
;     return_exit
; block3(v3: i32):
;     v2 = iadd v3, v0
;     return v2
; }
