; test module
; Tables of interfaces, descriptors of what is allocated and small zero data stand beside mutable data, in front of large
; zero data; other read-only data stand behind the first arena.
data @"itab:a" align 4 size 16 readonly "\01" {
    12: func @main.version
}
data @"layout:b" align 4 size 8 readonly "\02"
data @"type:c" align 4 size 8 readonly "\03"
data @large align 8 size 1000 mutable ""
data @small align 8 size 8 mutable ""
data @word align 4 size 4 mutable "\04"
export "Core_version" @main.version
func @main.version(i32, i32) -> i64 {
block0(v0: i32, v1: i32):
    v2 = sym_addr @large
    v3 = sym_addr @small
    v4 = sym_addr @"itab:a"
    v5 = sym_addr @"layout:b"
    v6 = sym_addr @"type:c"
    v7 = sym_addr @word
    store.i32 v2, v0
    store.i32 v3, v0
    v8 = load.i32 v4
    v9 = load.i32 v5
    v10 = load.i32 v6
    store.i32 v7, v8
    store.i32 v7, v9
    store.i32 v7, v10
    v11 = i64const 0
    return v11
}

; (module
;   (type (;0;) (func (param i32 i32) (result i64)))
;   (import "env" "memory" (memory (;0;) 32))
;   (global (;0;) i32 i32.const 131072)
;   (export "__heap_base" (global 0))
;   (export "Core_version" (func $main.version))
;   (func $main.version (;0;) (type 0) (param i32 i32) (result i64)
;     i32.const 0
;     local.get 0
;     i32.store offset=5160
;     i32.const 0
;     local.get 0
;     i32.store offset=5128
;     i32.const 0
;     i32.load offset=5152
;     local.set 0
;     i32.const 0
;     i32.load offset=65536
;     local.set 1
;     i32.const 0
;     i32.const 0
;     i32.load offset=5136
;     i32.store offset=5120
;     i32.const 0
;     local.get 0
;     i32.store offset=5120
;     i32.const 0
;     local.get 1
;     i32.store offset=5120
;     i64.const 0
;   )
;   (data (;0;) (i32.const 5120) "\04")
;   (data (;1;) (i32.const 5136) "\01")
;   (data (;2;) (i32.const 5148) "\01\00\00\00\02")
;   (data (;3;) (i32.const 65536) "\03")
;   (@producers
;     (processed-by "polkago" "0.1.0")
;   )
; )
