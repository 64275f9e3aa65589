; test promote,dce
; A heap object that nobody else sees; it is zero anew in each round. One that is stored elsewhere stays.
func @runtime.newobject(ref) -> ref {
block0(v0: ref):
    return v0
}
func @f(ref, i32) -> i32 {
block0(v0: ref, v1: i32):
    jump block1(v1)
block1(v2: i32):
    v3 = call @runtime.newobject(v0) : (ref) -> ref
    v4 = eqz v3
    brif v4, block4, block2
block2:
    v5 = load.i32 v3 + 4
    v6 = i32const 8
    v7 = ref_add v3, v6
    store.i32 v7, v2
    store.i32 v3 + 4, v1
    v8 = load.i32 v3 + 8
    v9 = iadd v5, v8
    v10 = load.i32 v3 + 4
    v11 = isub v9, v10
    brif v11, block1(v11), block3
block3:
    v12 = call @runtime.newobject(v0) : (ref) -> ref
    store.ref v0, v12
    v13 = load.i32 v12
    return v13
block4:
    trap panic
}

; func @runtime.newobject(ref) -> ref {
; block0(v0: ref):
;     return v0
; }
;
; func @f(ref, i32) -> i32 {
; block0(v0: ref, v1: i32):
;     v14 = i32const 0
;     jump block1(v1)
; block1(v2: i32):
;     v4 = i32const 0
;     brif v4, block4, block2
; block2:
;     v9 = iadd v14, v2
;     v11 = isub v9, v1
;     brif v11, block1(v11), block3
; block3:
;     v12 = call @runtime.newobject(v0) : (ref) -> ref
;     store.ref v0, v12
;     v13 = load.i32 v12
;     return v13
; block4:
;     trap panic
; }
