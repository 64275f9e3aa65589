; test gvn
; Loads up to the next write that may be to the same place; what was stored.
global @g: i32 = 0
func @h() {
block0:
    return
}
func @f(ref, ref, i32) -> (i32, i32, i32, i32, i32, i32, i32) {
block0(v0: ref, v1: ref, v2: i32):
    v3 = load.i32 v0
    v4 = load.i32 v0
    store.i32 v0 + 4, v2
    v5 = load.i32 v0
    v6 = load.i32 v0 + 4
    store.u8 v0 + 4, v2
    v7 = load.i32 v0 + 4
    store.i32 v1, v2
    v8 = load.i32 v0
    v9 = global_get @g : i32
    global_set @g, v2
    v10 = global_get @g : i32
    call @h() : ()
    v11 = global_get @g : i32
    return v4, v5, v6, v7, v8, v10, v11
}

; global @g: i32 = 0
;
; func @h() {
; block0:
;     return
; }
;
; func @f(ref, ref, i32) -> (i32, i32, i32, i32, i32, i32, i32) {
; block0(v0: ref, v1: ref, v2: i32):
;     v3 = load.i32 v0
;     store.i32 v0 + 4, v2
;     store.u8 v0 + 4, v2
;     v7 = load.i32 v0 + 4
;     store.i32 v1, v2
;     v8 = load.i32 v0
;     v9 = global_get @g : i32
;     global_set @g, v2
;     call @h() : ()
;     v11 = global_get @g : i32
;     return v3, v3, v2, v7, v8, v2, v11
; }
