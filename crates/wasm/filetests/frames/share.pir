; test wat
; Refs that are not needed at the same time share a slot; two returns share one epilogue.
global @runtime.shadowSP: i32 = 0
export "f" @f
func @alloc() -> ref {
block0:
    v0 = global_get @runtime.shadowSP : i32
    v1 = int_to_ref v0
    return v1
}
func @f(ref, i32) -> ref {
block0(v0: ref, v1: i32):
    v2 = call @alloc() : () -> ref
    store.ref v2, v0
    brif v1, block1, block2
block1:
    v3 = call @alloc() : () -> ref
    store.ref v2, v3
    return v2
block2:
    v4 = call @alloc() : () -> ref
    v5 = call @alloc() : () -> ref
    store.ref v4, v5
    return v4
}

; (func $alloc (;0;) (type 0) (result i32)
;   global.get $runtime.shadowSP
; )
; (func $f (;1;) (type 1) (param i32 i32) (result i32)
;   (local i32 i32)
;   global.get $runtime.shadowSP
;   i32.const 16
;   i32.sub
;   local.tee 2
;   global.set $runtime.shadowSP
;   local.get 2
;   i32.const 65536
;   i32.store
;   local.get 2
;   local.get 0
;   i32.store offset=8
;   local.get 2
;   call $alloc
;   local.tee 3
;   i32.store offset=8
;   local.get 3
;   local.get 0
;   i32.store
;   local.get 1
;   if (result i32) ;; label = @1
;     local.get 3
;     call $alloc
;     i32.store
;     local.get 3
;   else
;     local.get 2
;     call $alloc
;     local.tee 0
;     i32.store offset=8
;     local.get 0
;     call $alloc
;     i32.store
;     local.get 0
;   end
;   local.get 2
;   i32.const 16
;   i32.add
;   global.set $runtime.shadowSP
; )
