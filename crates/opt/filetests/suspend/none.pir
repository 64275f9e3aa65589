; test suspend
; A program in which nothing is suspended is not changed.
global @runtime.exit: i32 = 0
export "main" @main
func @unwind() {
block0:
    v0 = i32const 1
    global_set @runtime.exit, v0
    return_exit
}
func @main() {
block0:
    call @unwind() : ()
    return
}

; global @runtime.exit: i32 = 0
;
; export "main" @main
;
; func @unwind() {
; block0:
;     v0 = i32const 1
;     global_set @runtime.exit, v0
;     return_exit
; }
;
; func @main() {
; block0:
;     call @unwind() : ()
;     return
; }
