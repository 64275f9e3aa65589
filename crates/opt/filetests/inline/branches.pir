; test inline
; Control flow, slots and symbols come along; order of the callers does not matter.
global @count: i32 = 0
func @main(i32) -> i32 {
    ss0 = slot size 4 align 4
block0(v0: i32):
    v1 = call @abs(v0) : (i32) -> i32
    brif v1, block1, block2
block1:
    v2 = call @slot() : () -> i32
    return v2
block2:
    return v0
}
func @abs(i32) -> i32 {
block0(v0: i32):
    v1 = i32const 0
    v2 = lt_s v0, v1
    brif v2, block1, block2(v0)
block1:
    v3 = isub v1, v0
    v4 = global_get @count : i32
    global_set @count, v0
    jump block2(v3)
block2(v5: i32):
    return v5
}
func @slot() -> i32 {
    ss0 = slot size 8 align 4 refs 4
block0:
    v0 = stack_addr ss0
    v1 = load.i32 v0
    return v1
}

; global @count: i32 = 0
;
; func @main(i32) -> i32 {
;     ss0 = slot size 4 align 4
;     ss1 = slot size 8 align 4 refs 4
; block0(v0: i32):
;     v5 = i32const 0
;     v6 = lt_s v0, v5
;     brif v6, block3, block4(v0)
; block3:
;     v7 = isub v5, v0
;     v8 = global_get @count : i32
;     global_set @count, v0
;     jump block4(v7)
; block4(v3: i32):
;     jump block5(v3)
; block5(v4: i32):
;     brif v4, block1, block2
; block1:
;     v9 = null
;     v10 = stack_addr ss1
;     store.ref v10 + 4, v9
;     v11 = stack_addr ss1
;     v12 = load.i32 v11
;     return v12
; block2:
;     return v0
; }
;
; func @abs(i32) -> i32 {
; block0(v0: i32):
;     v1 = i32const 0
;     v2 = lt_s v0, v1
;     brif v2, block1, block2(v0)
; block1:
;     v3 = isub v1, v0
;     v4 = global_get @count : i32
;     global_set @count, v0
;     jump block2(v3)
; block2(v5: i32):
;     return v5
; }
;
; func @slot() -> i32 {
;     ss0 = slot size 8 align 4 refs 4
; block0:
;     v0 = stack_addr ss0
;     v1 = load.i32 v0
;     return v1
; }
