; test wat
; The suspend slot stands behind the header; a function that resumes takes over the frame. Both are of one size, and
; functions with frames test the end of the stack in use.
global @runtime.shadowSP: i32 = 0
global @runtime.stackLimit: i32 = 0
global @runtime.stackReserve: i32 = 0
export "f" @f
export "limit" @limit
func @runtime.morestackc() noreturn {
block0:
    trap panic
}
func @runtime.morestack(i32) {
block0(v0: i32):
    v1 = global_get @runtime.stackReserve : i32
    global_set @runtime.stackLimit, v1
    return
}
func @runtime.lessstack() {
block0:
    return
}
func @limit() -> i32 {
block0:
    v0 = global_get @runtime.stackLimit : i32
    return v0
}
func @f(ref) -> ref suspends ss1 {
    ss0 = slot size 8 align 8
    ss1 = slot size 12 align 8 refs 8
block0(v0: ref):
    v1 = stack_addr ss0
    store.ref v1, v0
    v2 = stack_addr ss1
    v3 = func_index @f·resume
    store.i32 v2, v3
    store.ref v2 + 8, v0
    return v0
}
func @f·resume() suspends ss1 resumes @f {
    ss0 = slot size 8 align 8
    ss1 = slot size 12 align 8 refs 8
block0:
    v0 = stack_addr ss1
    v1 = load.ref v0 + 8
    v2 = stack_addr ss0
    store.ref v2, v1
    return
}

; (func $runtime.morestackc (;0;) (type 0)
;   unreachable
; )
; (func $runtime.morestack (;1;) (type 1) (param i32)
;   i32.const 128
;   global.set $runtime.stackLimit
; )
; (func $runtime.lessstack (;2;) (type 0))
; (func $limit (;3;) (type 2) (result i32)
;   global.get $runtime.stackLimit
; )
; (func $f (;4;) (type 3) (param i32) (result i32)
;   (local i32)
;   global.get $runtime.shadowSP
;   i32.const 32
;   i32.sub
;   local.tee 1
;   global.get $runtime.stackLimit
;   i32.lt_s
;   if ;; label = @1
;     i32.const 32
;     call $runtime.morestack
;     local.get 0
;     call $f
;     call $runtime.lessstack
;     return
;   end
;   local.get 1
;   global.set $runtime.shadowSP
;   local.get 1
;   i32.const 0
;   i32.store offset=16
;   local.get 1
;   local.get 0
;   i32.store offset=24
;   local.get 1
;   i32.const 1
;   i32.store offset=8
;   local.get 1
;   local.get 0
;   i32.store offset=16
;   local.get 0
;   local.get 1
;   i32.const 32
;   i32.add
;   global.set $runtime.shadowSP
; )
; (func $"f\u{b7}resume" (;5;) (type 0)
;   (local i32)
;   global.get $runtime.shadowSP
;   local.tee 0
;   i32.const 65536
;   i32.store
;   local.get 0
;   local.get 0
;   i32.load offset=16
;   i32.store offset=24
;   local.get 0
;   i32.const 32
;   i32.add
;   global.set $runtime.shadowSP
; )
