; test wat
; The suspend slot stands behind the header; a function that resumes takes over the frame. Both are of one size, and
; functions with frames test the end of the stack in use.
global @runtime.shadowSP: i32 = 0
global @runtime.stackLimit: i32 = 0
global @runtime.stackReserve: i32 = 0
export "f" @f
export "limit" @limit
func @runtime.morestackc() noreturn {
block0:
    trap panic
}
func @runtime.morestack(i32) {
block0(v0: i32):
    v1 = global_get @runtime.stackReserve : i32
    global_set @runtime.stackLimit, v1
    return
}
func @runtime.lessstack() {
block0:
    return
}
func @limit() -> i32 {
block0:
    v0 = global_get @runtime.stackLimit : i32
    return v0
}
func @f(ref) -> ref suspends ss1 {
    ss0 = slot size 8 align 8
    ss1 = slot size 12 align 8 refs 8
block0(v0: ref):
    v1 = stack_addr ss0
    store.ref v1, v0
    v2 = stack_addr ss1
    v3 = func_index @f·resume
    store.i32 v2, v3
    store.ref v2 + 8, v0
    return v0
}
func @f·resume() suspends ss1 resumes @f {
    ss0 = slot size 8 align 8
    ss1 = slot size 12 align 8 refs 8
block0:
    v0 = stack_addr ss1
    v1 = load.ref v0 + 8
    v2 = stack_addr ss0
    store.ref v2, v1
    return
}
