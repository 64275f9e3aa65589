; test inline
; One block is spliced in; locations say where.
func @add(i32, i32) -> i32 {
    loc0 = "lib.go":3:2
block0(v0: i32, v1: i32):
    v2 = iadd v0, v1 !loc0
    return v2 !loc0
}
func @f(i32) -> i32 {
    loc0 = "main.go":7:9
block0(v0: i32):
    v1 = call @add(v0, v0) : (i32, i32) -> i32 !loc0
    v2 = call @add(v1, v0) : (i32, i32) -> i32 !loc0
    return v2
}
func @g(i32) -> i32 {
    loc0 = "main.go":11:3
block0(v0: i32):
    v1 = call @f(v0) : (i32) -> i32 !loc0
    return v1
}

; func @add(i32, i32) -> i32 {
;     loc0 = "lib.go":3:2
; block0(v0: i32, v1: i32):
;     v2 = iadd v0, v1 !loc0
;     return v2 !loc0
; }
;
; func @f(i32) -> i32 {
;     loc0 = "main.go":7:9
;     loc1 = "lib.go":3:2 @add in loc0
; block0(v0: i32):
;     v3 = iadd v0, v0 !loc1
;     v4 = iadd v3, v0 !loc1
;     return v4
; }
;
; func @g(i32) -> i32 {
;     loc0 = "main.go":11:3
;     loc1 = "main.go":7:9 @f in loc0
;     loc2 = "lib.go":3:2 @add in loc1
; block0(v0: i32):
;     v2 = iadd v0, v0 !loc2
;     v3 = iadd v2, v0 !loc2
;     return v3
; }
