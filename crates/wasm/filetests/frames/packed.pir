; test wat
; A number made of a ref for the host, packed with a length, keeps the ref alive across calls that may collect, though
; the ref itself is not used any more.
global @runtime.shadowSP: i32 = 0
import @host = "env" "ext_f" (ref)
import @packed = "env" "ext_g" (i64)
export "twice" @twice
func @collect() {
block0:
    v0 = global_get @runtime.shadowSP : i32
    v1 = int_to_ref v0
    call @host(v1) : (ref)
    return
}
func @twice(ref) {
block0(v0: ref):
    v1 = ref_to_int v0
    v2 = extend_u v1
    v3 = i64const 17179869184
    v4 = or v3, v2
    call @packed(v4) : (i64)
    call @collect() : ()
    call @packed(v4) : (i64)
    return
}

; (func $collect (;2;) (type 2)
;   global.get $runtime.shadowSP
;   call $host
; )
; (func $twice (;3;) (type 0) (param i32)
;   (local i32 i64)
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
;   i64.const 17179869184
;   local.get 0
;   i64.extend_i32_u
;   i64.or
;   local.tee 2
;   call $packed
;   call $collect
;   local.get 2
;   call $packed
;   local.get 1
;   i32.const 16
;   i32.add
;   global.set $runtime.shadowSP
; )
