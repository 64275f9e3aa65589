; test print
; One of everything.
import @env.log = "env" "ext_logging_log_version_1" (i32, i64, i64)
import @f·x = "env" "two" () -> (i64, ref)

global @counter: i32 = -1
global @ratio: f64 = 1.5
global @nan: f32 = bits 0x7fc00001
data @str:hello align 1 readonly mergeable "hello\0a\"\\"
data @table align 4 size 16 mutable "" {
    refs 0, 4
    0: addr @str:hello + 2
    8: func @main.add - 1
}
export "add" @main.add

func @main.add(i32, i32) -> i32 noinline nocollect noreturn pure {
    ss0 = slot size 8 align 4 refs 0, 4
    ss1 = slot size 1 align 1
    loc0 = "hello.go":5:9
    loc1 = "math.go":12:2 @math.Sqrt in loc0
block0(v0: i32, v1: i32):
    v2 = iadd v0, v1 !loc1
    v3 = stack_addr ss0 + 4
    store.i32 v3 + 4, v2
    v4 = load.u8 v3 !loc0
    v5 = call @"main.(*T[int]).M"(v4, v3) : (i32, ref) -> i32
    v60 = exit_check
    v6 = call_indirect v5(v3) : (ref) -> i32
    brif v6, block1(v4), block2
block1(v7: i32):
    br_table v7, [block2, block1(v7)], block2
block2:
    v8 = i32const -5
    v9 = i64const -9223372036854775808
    v10 = f32const -0.0
    v11 = f64const 1e300
    v12 = f64const bits 0x7ff0000000000000
    v13 = f64const 1e-7
    v14 = null
    v15 = sym_addr @table - 4
    v16 = func_index @main.add
    v17 = eqz v15
    v18 = extend_u v17
    v19 = bitcast v18
    v20 = fneg v19
    v21 = clz v17 : f32
    v22 = select v17, v9, v18
    v23, v24 = call @f·x() : () -> (i64, ref)
    mem_copy v24, v15, v17
    mem_fill v24, v17, v17
    v25 = global_get @counter : i32
    global_set @counter, v25
    v26 = memory_size
    v27 = memory_grow v26
    v28 = ref_add v24, v27
    v29 = load.ref v28 + 4294967295
    jump block7(v40)
block3:
    trap unreachable
block4:
    trap panic
block7(v30: i32):
    return v2
block8:
    v40 = iadd v41, v8
    jump block9
block9:
    v41 = iadd v2, v2
    return
}

func @empty() {
block0:
    return
}

; import @env.log = "env" "ext_logging_log_version_1" (i32, i64, i64)
; import @f·x = "env" "two" () -> (i64, ref)
;
; global @counter: i32 = -1
; global @ratio: f64 = 1.5
; global @nan: f32 = bits 0x7fc00001
;
; data @str:hello align 1 readonly mergeable "hello\0a\"\\"
; data @table align 4 size 16 mutable "" {
;     refs 0, 4
;     0: addr @str:hello + 2
;     8: func @main.add - 1
; }
;
; export "add" @main.add
;
; func @main.add(i32, i32) -> i32 noinline nocollect noreturn pure {
;     ss0 = slot size 8 align 4 refs 0, 4
;     ss1 = slot size 1 align 1
;     loc0 = "hello.go":5:9
;     loc1 = "math.go":12:2 @math.Sqrt in loc0
; block0(v0: i32, v1: i32):
;     v2 = iadd v0, v1 !loc1
;     v3 = stack_addr ss0 + 4
;     store.i32 v3 + 4, v2
;     v4 = load.u8 v3 !loc0
;     v5 = call @"main.(*T[int]).M"(v4, v3) : (i32, ref) -> i32
;     v60 = exit_check
;     v6 = call_indirect v5(v3) : (ref) -> i32
;     brif v6, block1(v4), block2
; block1(v7: i32):
;     br_table v7, [block2, block1(v7)], block2
; block2:
;     v8 = i32const -5
;     v9 = i64const -9223372036854775808
;     v10 = f32const -0.0
;     v11 = f64const 1e300
;     v12 = f64const bits 0x7ff0000000000000
;     v13 = f64const 1e-7
;     v14 = null
;     v15 = sym_addr @table - 4
;     v16 = func_index @main.add
;     v17 = eqz v15
;     v18 = extend_u v17
;     v19 = bitcast v18
;     v20 = fneg v19
;     v21 = clz v17 : f32
;     v22 = select v17, v9, v18
;     v23, v24 = call @f·x() : () -> (i64, ref)
;     mem_copy v24, v15, v17
;     mem_fill v24, v17, v17
;     v25 = global_get @counter : i32
;     global_set @counter, v25
;     v26 = memory_size
;     v27 = memory_grow v26
;     v28 = ref_add v24, v27
;     v29 = load.ref v28 + 4294967295
;     jump block7(v40)
; block3:
;     trap unreachable
; block4:
;     trap panic
; block7(v30: i32):
;     return v2
; block8:
;     v40 = iadd v41, v8
;     jump block9
; block9:
;     v41 = iadd v2, v2
;     return
; }
;
; func @empty() {
; block0:
;     return
; }
