; test wat
; A ref that lives across a call that may collect is kept in the frame (decision record 0002). A function may
; collect if it can reach one that reads the shadow stack pointer.
global @runtime.shadowSP: i32 = 0
import @host = "env" "ext_f" (ref)
export "keep" @keep
export "across_host" @across_host
export "slot" @slot
export "derived" @derived
export "leaf" @leaf
func @collect() {
block0:
    v0 = global_get @runtime.shadowSP : i32
    v1 = int_to_ref v0
    call @host(v1) : (ref)
    return
}
func @alloc(i32) -> ref {
block0(v0: i32):
    call @collect() : ()
    v1 = int_to_ref v0
    return v1
}
func @keep(ref) -> i32 {
block0(v0: ref):
    v1 = i32const 8
    v2 = call @alloc(v1) : (i32) -> ref
    v3 = load.i32 v0
    v4 = load.i32 v2
    v5 = iadd v3, v4
    return v5
}
; A function of the host does not collect.
func @across_host(ref) -> i32 {
block0(v0: ref):
    call @host(v0) : (ref)
    v1 = load.i32 v0
    return v1
}
; Stack slots: words that hold refs are null on entry.
func @slot() -> i32 {
    ss0 = slot size 16 align 8 refs 4, 8
block0:
    v0 = stack_addr ss0
    call @host(v0) : (ref)
    v1 = load.i32 v0 + 12
    return v1
}
; A ref made from another one needs no slot of its own. The first call finds the second slot unwritten.
func @derived(ref) -> i32 {
block0(v0: ref):
    v1 = i32const 16
    v2 = ref_add v0, v1
    v3 = call @alloc(v1) : (i32) -> ref
    v4 = call @alloc(v1) : (i32) -> ref
    v5 = load.i32 v2
    store.i32 v3, v5
    store.ref v4, v3
    return v5
}
; Two values that are not needed at the same time share a slot; a leaf has no descriptor.
func @leaf(i32) -> i32 {
    ss0 = slot size 4 align 4
block0(v0: i32):
    v1 = stack_addr ss0
    store.i32 v1, v0
    v2 = load.u8 v1 + 1
    return v2
}

; (func $collect (;1;) (type 1)
;   global.get $runtime.shadowSP
;   call $host
; )
; (func $alloc (;2;) (type 2) (param i32) (result i32)
;   call $collect
;   local.get 0
; )
; (func $keep (;3;) (type 2) (param i32) (result i32)
;   (local i32 i32)
;   global.get $runtime.shadowSP
;   i32.const 16
;   i32.sub
;   local.tee 1
;   global.set $runtime.shadowSP
;   local.get 1
;   i32.const 65536
;   i32.store
;   local.get 1
;   local.get 0
;   i32.store offset=8
;   i32.const 8
;   call $alloc
;   local.set 2
;   local.get 0
;   i32.load
;   local.get 2
;   i32.load
;   i32.add
;   local.get 1
;   i32.const 16
;   i32.add
;   global.set $runtime.shadowSP
; )
; (func $across_host (;4;) (type 2) (param i32) (result i32)
;   local.get 0
;   call $host
;   local.get 0
;   i32.load
; )
; (func $slot (;5;) (type 3) (result i32)
;   (local i32)
;   global.get $runtime.shadowSP
;   i32.const 24
;   i32.sub
;   local.tee 0
;   global.set $runtime.shadowSP
;   local.get 0
;   i32.const 65548
;   i32.store
;   local.get 0
;   i32.const 0
;   i32.store offset=12
;   local.get 0
;   i32.const 0
;   i32.store offset=16
;   local.get 0
;   i32.const 8
;   i32.add
;   call $host
;   local.get 0
;   i32.load offset=20
;   local.get 0
;   i32.const 24
;   i32.add
;   global.set $runtime.shadowSP
; )
; (func $derived (;6;) (type 2) (param i32) (result i32)
;   (local i32 i32 i32)
;   global.get $runtime.shadowSP
;   i32.const 16
;   i32.sub
;   local.tee 1
;   global.set $runtime.shadowSP
;   local.get 1
;   i32.const 65560
;   i32.store
;   local.get 1
;   i32.const 0
;   i32.store offset=12
;   local.get 1
;   local.get 0
;   i32.store offset=8
;   local.get 1
;   i32.const 16
;   call $alloc
;   local.tee 2
;   i32.store offset=12
;   i32.const 16
;   call $alloc
;   local.set 3
;   local.get 2
;   local.get 0
;   i32.load offset=16
;   local.tee 0
;   i32.store
;   local.get 3
;   local.get 2
;   i32.store
;   local.get 0
;   local.get 1
;   i32.const 16
;   i32.add
;   global.set $runtime.shadowSP
; )
; (func $leaf (;7;) (type 2) (param i32) (result i32)
;   (local i32)
;   global.get $runtime.shadowSP
;   i32.const 16
;   i32.sub
;   local.tee 1
;   global.set $runtime.shadowSP
;   local.get 1
;   local.get 0
;   i32.store offset=8
;   local.get 1
;   i32.load8_u offset=9
;   local.get 1
;   i32.const 16
;   i32.add
;   global.set $runtime.shadowSP
; )
