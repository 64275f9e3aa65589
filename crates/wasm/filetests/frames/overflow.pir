; test wat
; Each cycle of calls tests for the end of the stack, in one function.
global @runtime.shadowSP: i32 = 0
export "even" @even
export "both" @both
func @runtime.morestackc() noreturn {
block0:
    trap panic
}
func @even(i32) -> i32 {
block0(v0: i32):
    brif v0, block1, block2
block1:
    v1 = i32const 1
    v2 = isub v0, v1
    v3 = call @odd(v2) : (i32) -> i32
    return v3
block2:
    v4 = i32const 1
    return v4
}
func @odd(i32) -> i32 {
block0(v0: i32):
    brif v0, block1, block2
block1:
    v1 = i32const 1
    v2 = isub v0, v1
    v3 = call @even(v2) : (i32) -> i32
    return v3
block2:
    v4 = i32const 0
    return v4
}
; Through the table too; in a cycle, with a frame of its own.
func @both(i32) -> i32 {
    ss0 = slot size 8 align 8
block0(v0: i32):
    v1 = stack_addr ss0
    store.i32 v1, v0
    v2 = func_index @both
    v3 = call_indirect v2(v0) : (i32) -> i32
    v4 = load.i32 v1
    return v4
}

; (func $runtime.morestackc (;0;) (type 0)
;   unreachable
; )
; (func $even (;1;) (type 1) (param i32) (result i32)
;   (local i32)
;   global.get $runtime.shadowSP
;   i32.const 8
;   i32.sub
;   local.tee 1
;   i32.const 3072
;   i32.lt_s
;   if ;; label = @1
;     call $runtime.morestackc
;     unreachable
;   end
;   local.get 1
;   global.set $runtime.shadowSP
;   local.get 1
;   i32.const 65536
;   i32.store
;   local.get 0
;   if (result i32) ;; label = @1
;     local.get 0
;     i32.const 1
;     i32.sub
;     call $odd
;   else
;     i32.const 1
;   end
;   local.get 1
;   i32.const 8
;   i32.add
;   global.set $runtime.shadowSP
; )
; (func $odd (;2;) (type 1) (param i32) (result i32)
;   local.get 0
;   if (result i32) ;; label = @1
;     local.get 0
;     i32.const 1
;     i32.sub
;     call $even
;   else
;     i32.const 0
;   end
; )
; (func $both (;3;) (type 1) (param i32) (result i32)
;   (local i32)
;   global.get $runtime.shadowSP
;   i32.const 16
;   i32.sub
;   local.tee 1
;   i32.const 3072
;   i32.lt_s
;   if ;; label = @1
;     call $runtime.morestackc
;     unreachable
;   end
;   local.get 1
;   global.set $runtime.shadowSP
;   local.get 1
;   i32.const 65544
;   i32.store
;   local.get 1
;   local.get 0
;   i32.store offset=8
;   local.get 0
;   i32.const 1
;   call $polkago.dispatch
;   drop
;   local.get 1
;   i32.load offset=8
;   local.get 1
;   i32.const 16
;   i32.add
;   global.set $runtime.shadowSP
; )
; (func $polkago.dispatch (;4;) (type 2) (param i32 i32) (result i32)
;   local.get 1
;   i32.const 1
;   i32.ne
;   if ;; label = @1
;     unreachable
;   end
;   local.get 0
;   call $both
; )
