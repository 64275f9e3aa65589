; test suspend
; What is live behind a call is stored and read back; results come through globals. Constants are made again.
global @runtime.exit: i32 = 0
export "main" @main
func @runtime.park() noinline {
block0:
    v0 = i32const 2
    global_set @runtime.exit, v0
    return
}
func @runtime.enterSched() {
block0:
    return
}
func @runtime.leaveMain() {
block0:
    return
}
func @runtime.leaveSched() {
block0:
    return
}
func @wait(i32, ref) -> (i32, ref) {
block0(v0: i32, v1: ref):
    v2 = i32const 1
    call @runtime.park() : ()
    v3 = iadd v0, v2
    return v3, v1
}
func @main(i32, i64) -> i32 {
    ss0 = slot size 4 align 4
block0(v0: i32, v1: i64):
    v2 = stack_addr ss0
    store.i32 v2, v0
    jump block1(v0)
block1(v3: i32):
    v4 = sym_addr @data
    v5, v6 = call @wait(v3, v4) : (i32, ref) -> (i32, ref)
    v7 = load.i32 v2
    v8 = iadd v5, v7
    v9 = wrap v1
    v10 = lt_s v8, v9
    brif v10, block1(v8), block2
block2:
    v11 = load.i32 v6
    return v11
}
data @data align 4 size 4 mutable ""

; global @runtime.exit: i32 = 0
; global @runtime.resumed0.i32: i32 = 0
; global @runtime.resumed1.i32: i32 = 0
;
; data @data align 4 size 4 mutable ""
;
; export "main" @main·main
;
; func @runtime.park() noinline {
; block0:
;     v0 = i32const 2
;     global_set @runtime.exit, v0
;     return
; }
;
; func @runtime.enterSched() {
; block0:
;     return
; }
;
; func @runtime.leaveMain() {
; block0:
;     return
; }
;
; func @runtime.leaveSched() {
; block0:
;     return
; }
;
; func @wait(i32, ref) -> (i32, ref) suspends ss0 {
;     ss0 = slot size 16 align 8 refs 8
; block0(v0: i32, v1: ref):
;     v2 = i32const 1
;     call @runtime.park() : ()
;     v4 = exit_check
;     brif v4, block1, block2
; block2:
;     v3 = iadd v0, v2
;     return v3, v1
; block1:
;     v5 = stack_addr ss0
;     v6 = i32const 0
;     store.i32 v5 + 4, v6
;     store.ref v5 + 8, v1
;     store.i32 v5 + 12, v0
;     jump block3
; block3:
;     v7 = stack_addr ss0
;     v8 = func_index @wait·resume
;     store.i32 v7, v8
;     return_exit
; }
;
; func @main(i32, i64) -> i32 suspends ss1 {
;     ss0 = slot size 4 align 4
;     ss1 = slot size 16 align 8
; block0(v0: i32, v1: i64):
;     v2 = stack_addr ss0
;     store.i32 v2, v0
;     jump block1(v0)
; block1(v3: i32):
;     v4 = sym_addr @data
;     v5, v6 = call @wait(v3, v4) : (i32, ref) -> (i32, ref)
;     v12 = exit_check
;     brif v12, block3, block4
; block4:
;     v7 = load.i32 v2
;     v8 = iadd v5, v7
;     v9 = wrap v1
;     v10 = lt_s v8, v9
;     brif v10, block1(v8), block2
; block2:
;     v11 = load.i32 v6
;     return v11
; block3:
;     v13 = stack_addr ss1
;     v14 = i32const 0
;     store.i32 v13 + 4, v14
;     store.i64 v13 + 8, v1
;     jump block5
; block5:
;     v15 = stack_addr ss1
;     v16 = func_index @main·resume
;     store.i32 v15, v16
;     return_exit
; }
;
; func @main·main(i32, i64) -> i32 noinline exit_barrier {
; block0(v0: i32, v1: i64):
;     call @runtime.enterSched() : ()
;     v2 = call @main(v0, v1) : (i32, i64) -> i32
;     v3 = exit_check
;     call @runtime.leaveMain() : ()
;     call @runtime.leaveSched() : ()
;     brif v3, block2, block1
; block1:
;     return v2
; block2:
;     v4 = global_get @runtime.resumed0.i32 : i32
;     return v4
; }
;
; func @wait·resume() noinline suspends ss0 resumes @wait {
;     ss0 = slot size 16 align 8 refs 8
; block4:
;     jump block5
; block5:
;     v10 = stack_addr ss0
;     v11 = load.ref v10 + 8
;     v12 = load.i32 v10 + 12
;     v13 = i32const 1
;     v14 = stack_addr ss0 + 8
;     v15 = i32const 0
;     v16 = i32const 4
;     mem_fill v14, v15, v16
;     v17 = global_get @runtime.exit : i32
;     jump block2
; block2:
;     v3 = iadd v12, v13
;     global_set @runtime.resumed0.i32, v3
;     v9 = ref_to_int v11
;     global_set @runtime.resumed1.i32, v9
;     return
; }
;
; func @main·resume() noinline suspends ss1 resumes @main {
;     ss0 = slot size 4 align 4
;     ss1 = slot size 16 align 8
; block6:
;     jump block7
; block7:
;     v17 = global_get @runtime.resumed0.i32 : i32
;     v18 = global_get @runtime.resumed1.i32 : i32
;     v19 = int_to_ref v18
;     v20 = stack_addr ss1
;     v21 = load.i64 v20 + 8
;     v22 = stack_addr ss0
;     v23 = global_get @runtime.exit : i32
;     jump block4(v17, v19)
; block1:
;     v4 = sym_addr @data
;     v5, v6 = call @wait(v8, v4) : (i32, ref) -> (i32, ref)
;     v12 = exit_check
;     brif v12, block3, block4(v5, v6)
; block4(v25: i32, v27: ref):
;     v7 = load.i32 v22
;     v8 = iadd v25, v7
;     v9 = wrap v21
;     v10 = lt_s v8, v9
;     brif v10, block1, block2
; block2:
;     v11 = load.i32 v27
;     global_set @runtime.resumed0.i32, v11
;     return
; block3:
;     v13 = stack_addr ss1
;     v14 = i32const 0
;     store.i32 v13 + 4, v14
;     store.i64 v13 + 8, v21
;     jump block5
; block5:
;     v15 = stack_addr ss1
;     v16 = func_index @main·resume
;     store.i32 v15, v16
;     return_exit
; }
