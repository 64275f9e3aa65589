; test wat
; What has effects keeps its order.
import @host = "env" "ext_f" (i32) -> i32
export "loads" @loads
export "calls" @calls
export "swap" @swap
; The first load is before the store.
func @loads(ref, i32) -> i32 {
block0(v0: ref, v1: i32):
    v2 = load.i32 v0
    store.i32 v0, v1
    v3 = load.i32 v0 + 4
    v4 = iadd v2, v3
    return v4
}
; The calls are in order on the stack.
func @calls(i32) -> i32 {
block0(v0: i32):
    v1 = call @host(v0) : (i32) -> i32
    v2 = call @host(v1) : (i32) -> i32
    v3 = call @host(v1) : (i32) -> i32
    v4 = isub v2, v3
    return v4
}
; Here they are not.
func @swap(i32) -> i32 {
block0(v0: i32):
    v1 = call @host(v0) : (i32) -> i32
    v2 = call @host(v0) : (i32) -> i32
    v3 = isub v2, v1
    return v3
}

; (func $loads (;1;) (type 1) (param i32 i32) (result i32)
;   (local i32)
;   local.get 0
;   i32.load
;   local.set 2
;   local.get 0
;   local.get 1
;   i32.store
;   local.get 2
;   local.get 0
;   i32.load offset=4
;   i32.add
; )
; (func $calls (;2;) (type 0) (param i32) (result i32)
;   local.get 0
;   call $host
;   local.tee 0
;   call $host
;   local.get 0
;   call $host
;   i32.sub
; )
; (func $swap (;3;) (type 0) (param i32) (result i32)
;   (local i32)
;   local.get 0
;   call $host
;   local.set 1
;   local.get 0
;   call $host
;   local.get 1
;   i32.sub
; )
