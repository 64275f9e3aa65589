; test wat
; Results passed on, an object's address in the offset, filling with zero.
data @array align 4 size 400 mutable ""
export "f" @f
export "index" @index
export "zero" @zero
func @pair(i32) -> (i32, i32) noinline {
block0(v0: i32):
    v1 = i32const 1
    v2 = iadd v0, v1
    return v0, v2
}
func @f(i32) -> (i32, i32) {
block0(v0: i32):
    v1 = i32const 3
    v2 = imul v0, v1
    v3, v4 = call @pair(v2) : (i32) -> (i32, i32)
    return v3, v4
}
func @index(i32) -> i32 {
block0(v0: i32):
    v1 = i32const 2
    v2 = shl v0, v1
    v3 = sym_addr @array
    v4 = ref_add v3, v2
    v5 = load.i32 v4 + 8
    v6 = iadd v5, v0
    store.i32 v4, v6
    return v6
}
func @zero(ref, i32) {
block0(v0: ref, v1: i32):
    v2 = i32const 0
    mem_fill v0, v2, v1
    return
}

; (func $pair (;0;) (type 0) (param i32) (result i32)
;   local.get 0
;   local.get 0
;   i32.const 1
;   i32.add
;   global.set $result1.i32
; )
; (func $f (;1;) (type 0) (param i32) (result i32)
;   local.get 0
;   i32.const 3
;   i32.mul
;   call $pair
; )
; (func $index (;2;) (type 0) (param i32) (result i32)
;   (local i32)
;   local.get 0
;   i32.const 2
;   i32.shl
;   local.tee 1
;   local.get 1
;   i32.load offset=5128
;   local.get 0
;   i32.add
;   local.tee 0
;   i32.store offset=5120
;   local.get 0
; )
; (func $zero (;3;) (type 1) (param i32 i32)
;   local.get 0
;   local.get 1
;   call $polkago.memzero
; )
; (func $polkago.memzero (;4;) (type 1) (param i32 i32)
;   loop ;; label = @1
;     local.get 1
;     i32.const 8
;     i32.ge_u
;     if ;; label = @2
;       local.get 0
;       i64.const 0
;       i64.store align=1
;       local.get 0
;       i32.const 8
;       i32.add
;       local.set 0
;       local.get 1
;       i32.const 8
;       i32.sub
;       local.set 1
;       br 1 (;@1;)
;     end
;   end
;   loop ;; label = @1
;     local.get 1
;     if ;; label = @2
;       local.get 0
;       i64.const 0
;       i64.store8
;       local.get 0
;       i32.const 1
;       i32.add
;       local.set 0
;       local.get 1
;       i32.const 1
;       i32.sub
;       local.set 1
;       br 1 (;@1;)
;     end
;   end
; )
