; test inline
; The frame pointer is another one in each function.
global @runtime.shadowSP: i32 = 0
export "f" @f
func @sp() -> i32 {
block0:
    v0 = global_get @runtime.shadowSP : i32
    return v0
}
func @f() -> i32 {
block0:
    v0 = call @sp() : () -> i32
    return v0
}

; global @runtime.shadowSP: i32 = 0
;
; export "f" @f
;
; func @sp() -> i32 {
; block0:
;     v0 = global_get @runtime.shadowSP : i32
;     return v0
; }
;
; func @f() -> i32 {
; block0:
;     v0 = call @sp() : () -> i32
;     return v0
; }
