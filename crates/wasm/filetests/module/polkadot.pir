; test module
; Imports and exports of the profile; only what is used. The constants of the layout have no globals.
import @env.log = "env" "ext_logging_log_version_1" (i32, i64, i64)
import @env.unused = "env" "ext_misc_print_num_version_1" (i64)
global @counter: i32 = 5
global @unused: i32 = 0
global @runtime.arenaStart: i32 = 0
global @runtime.arenaEnd: i32 = 0
global @runtime.rootsAddr: i32 = 0
global @runtime.rootsLen: i32 = 0
data @str:hello align 1 readonly mergeable "hello"
data @str:again align 1 readonly mergeable "hello"
data @str:ell align 1 readonly mergeable "ell"
data @unused.data align 1 readonly "unused"
data @counters align 4 size 12 mutable "\07" {
    refs 4, 8
}
data @zeros align 8 size 100 mutable ""
export "Core_version" @main.version
func @main.version(i32, i32) -> i64 {
block0(v0: i32, v1: i32):
    v2 = global_get @counter : i32
    v3 = sym_addr @str:hello
    v4 = sym_addr @str:again
    v5 = sym_addr @str:ell
    v6 = sym_addr @counters
    v7 = sym_addr @zeros
    store.ref v6 + 4, v3
    store.ref v6 + 8, v4
    store.ref v7, v5
    v8 = global_get @runtime.arenaStart : i32
    v9 = global_get @runtime.arenaEnd : i32
    v10 = extend_u v8
    v11 = extend_u v9
    call @env.log(v2, v10, v11) : (i32, i64, i64)
    v12 = global_get @runtime.rootsAddr : i32
    v13 = global_get @runtime.rootsLen : i32
    v14 = iadd v12, v13
    v15 = func_index @add
    v16 = call_indirect v15(v14) : (i32) -> i32
    v17 = extend_u v16
    return v17
}
func @add(i32) -> i32 {
block0(v0: i32):
    return v0
}
func @dead() {
block0:
    return
}

; (module
;   (type (;0;) (func (param i32 i64 i64)))
;   (type (;1;) (func (param i32 i32) (result i64)))
;   (type (;2;) (func (param i32) (result i32)))
;   (type (;3;) (func (param i32 i32) (result i32)))
;   (import "env" "memory" (memory (;0;) 32))
;   (import "env" "ext_logging_log_version_1" (func $env.log (;0;) (type 0) (param i32 i64 i64)))
;   (global $counter (;0;) (mut i32) i32.const 5)
;   (global (;1;) i32 i32.const 131072)
;   (export "__heap_base" (global 1))
;   (export "Core_version" (func $main.version))
;   (func $main.version (;1;) (type 1) (param i32 i32) (result i64)
;     i32.const 0
;     i32.const 65544
;     i32.store offset=5124
;     i32.const 0
;     i32.const 65544
;     i32.store offset=5128
;     i32.const 0
;     i32.const 65545
;     i32.store offset=5136
;     global.get $counter
;     i32.const 5632
;     i64.extend_i32_u
;     i32.const 65536
;     i64.extend_i32_u
;     call $env.log
;     i32.const 65538
;     i32.const 1
;     call $polkago.dispatch
;     i64.extend_i32_u
;   )
;   (func $add (;2;) (type 2) (param i32) (result i32)
;     local.get 0
;   )
;   (func $polkago.dispatch (;3;) (type 3) (param i32 i32) (result i32)
;     local.get 1
;     i32.const 1
;     i32.ne
;     if ;; label = @1
;       unreachable
;     end
;     local.get 0
;     call $add
;   )
;   (data (;0;) (i32.const 5120) "\07")
;   (data (;1;) (i32.const 65536) "\04\14\00\00\08\14\00\00hello")
;   (@producers
;     (processed-by "polkago" "0.1.0")
;   )
; )
