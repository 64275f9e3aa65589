; test none
; keep: g
; Without optimisation only what nothing refers to goes.
export "f" @f
func @f() -> i32 {
block0:
    v0 = i32const 1
    v1 = iadd v0, v0
    return v1
}
func @g() {
block0:
    return
}
func @h() {
block0:
    return
}

; export "f" @f
;
; func @f() -> i32 {
; block0:
;     v0 = i32const 1
;     v1 = iadd v0, v0
;     return v1
; }
;
; func @g() {
; block0:
;     return
; }
