; test suspend
; Where calls may unwind as well, a call that was not suspended goes the way of its check, also when it is resumed.
global @runtime.exit: i32 = 0
func @runtime.park() noinline {
block0:
    v0 = i32const 2
    global_set @runtime.exit, v0
    return
}
func @unwind() {
block0:
    v0 = i32const 1
    global_set @runtime.exit, v0
    return_exit
}
func @deferring(i32) -> i32 {
block0(v0: i32):
    call @runtime.park() : ()
    v1 = exit_check
    brif v1, block1, block2
block1:
    v2 = i32const 7
    return v2
block2:
    call @unwind() : ()
    v3 = exit_check
    brif v3, block1, block3
block3:
    return v0
}
; The scheduler's own functions are not suspended.
func @callg(i32) exit_barrier {
block0(v0: i32):
    v1 = call @deferring(v0) : (i32) -> i32
    return
}

; global @runtime.exit: i32 = 0
; global @runtime.resumed0.i32: i32 = 0
;
; func @runtime.park() noinline {
; block0:
;     v0 = i32const 2
;     global_set @runtime.exit, v0
;     return
; }
;
; func @unwind() {
; block0:
;     v0 = i32const 1
;     global_set @runtime.exit, v0
;     return_exit
; }
;
; func @deferring(i32) -> i32 suspends ss0 {
;     ss0 = slot size 12 align 8
; block0(v0: i32):
;     call @runtime.park() : ()
;     v1 = exit_check
;     brif v1, block4, block2
; block1:
;     v2 = i32const 7
;     return v2
; block2:
;     call @unwind() : ()
;     v3 = exit_check
;     brif v3, block1, block3
; block3:
;     return v0
; block4:
;     v4 = i32const 2
;     v5 = eq v1, v4
;     brif v5, block6, block1
; block5:
;     v8 = stack_addr ss0
;     v9 = func_index @deferring·resume
;     store.i32 v8, v9
;     return_exit
; block6:
;     v6 = stack_addr ss0
;     v7 = i32const 0
;     store.i32 v6 + 4, v7
;     store.i32 v6 + 8, v0
;     jump block5
; }
;
; func @callg(i32) exit_barrier {
; block0(v0: i32):
;     v1 = call @deferring(v0) : (i32) -> i32
;     return
; }
;
; func @deferring·resume() noinline suspends ss0 resumes @deferring {
;     ss0 = slot size 12 align 8
; block7:
;     jump block8
; block8:
;     v10 = stack_addr ss0
;     v11 = load.i32 v10 + 8
;     v12 = global_get @runtime.exit : i32
;     brif v12, block1, block2
; block1:
;     v2 = i32const 7
;     global_set @runtime.resumed0.i32, v2
;     return
; block2:
;     call @unwind() : ()
;     v3 = exit_check
;     brif v3, block1, block3
; block3:
;     global_set @runtime.resumed0.i32, v11
;     return
; }
