//! What a collector finds on the shadow stack (decision record 0002): walks the frames in the memory of a running
//! module, as the runtime does.

use polkago_ir::parse_module;
use polkago_wasm::{Options, emit_module};
use wasmi::Val;

mod engine;

/// The stack of these tests: from the null page, so many bytes.
const STACK: u32 = 4096;
const STACK_HI: u32 = 1024 + STACK;

const PROGRAM: &str = r#"
import @snapshot = "env" "ext_snapshot" (i32)
global @runtime.shadowSP: i32 = 0
data @object align 4 size 64 mutable ""
export "run" @run
export "deep" @deep
export "sp" @sp

; The collector: reads the pointer, shows it to the test.
func @collect() noinline {
block0:
    v0 = global_get @runtime.shadowSP : i32
    call @snapshot(v0) : (i32)
    return
}
func @alloc(i32) -> ref {
block0(v0: i32):
    call @collect() : ()
    v1 = int_to_ref v0
    return v1
}
func @run(i32) -> i32 {
    ss0 = slot size 12 align 4 refs 4
block0(v0: i32):
    v1 = i32const 4096
    v2 = call @alloc(v1) : (i32) -> ref
    v3 = stack_addr ss0
    store.ref v3 + 4, v2
    v4 = i32const 8192
    v5 = call @alloc(v4) : (i32) -> ref
    v6 = call @middle(v5, v0) : (ref, i32) -> i32
    v7 = load.ref v3 + 4
    v8 = ref_to_int v7
    v9 = ref_to_int v5
    v10 = iadd v8, v9
    v11 = iadd v10, v6
    return v11
}
; An integer that looks like an address is no ref; one ref is derived from another.
func @middle(ref, i32) -> i32 {
block0(v0: ref, v1: i32):
    v2 = i32const 8
    v3 = ref_add v0, v2
    v4 = i32const 12288
    v5 = call @alloc(v4) : (i32) -> ref
    call @collect() : ()
    v6 = ref_to_int v3
    v7 = ref_to_int v5
    v8 = iadd v6, v7
    v9 = iadd v8, v1
    return v9
}
func @deep(i32) -> i32 {
block0(v0: i32):
    v1 = i32const 1
    v2 = iadd v0, v1
    v3 = call @deep(v2) : (i32) -> i32
    v4 = iadd v3, v0
    return v4
}
func @runtime.morestackc() {
block0:
    call @collect() : ()
    trap panic
}
func @sp() -> i32 {
block0:
    v0 = global_get @runtime.shadowSP : i32
    return v0
}
"#;

fn instance() -> engine::Instance {
    let module = parse_module(PROGRAM).expect("the program parses");
    let options = Options {
        stack_size: Some(STACK),
        ..Options::default()
    };
    let output = emit_module(&module, &options).expect("a module");
    engine::Instance::new(&output.bytes).expect("an instance")
}

fn word(memory: &[u8], at: u32) -> u32 {
    let at = at as usize;
    u32::from_le_bytes(memory[at..at + 4].try_into().expect("four bytes"))
}

/// The refs in each frame, the newest first.
fn walk(memory: &[u8], sp: u32) -> Vec<Vec<u32>> {
    let mut frames = Vec::new();
    let mut at = sp;
    while at < STACK_HI {
        let descriptor = word(memory, at);
        let (size, words) = (word(memory, descriptor), word(memory, descriptor + 4));
        assert!(size >= 8 && size % 8 == 0, "size {size}");
        let is_ref = |w: &u32| memory[(descriptor + 8 + w / 8) as usize] >> (w % 8) & 1 != 0;
        let refs = (0..words).filter(is_ref).map(|w| word(memory, at + 4 * w));
        frames.push(refs.collect());
        at += size;
    }
    assert_eq!(at, STACK_HI, "the frames end where the stack ends");
    frames
}

fn snapshots(instance: &engine::Instance) -> Vec<Vec<Vec<u32>>> {
    let calls = instance.host_calls().iter();
    calls
        .map(|call| match call.args.as_slice() {
            [Val::I32(sp)] => walk(&call.memory, *sp as u32),
            other => panic!("arguments {other:?}"),
        })
        .collect()
}

#[test]
fn the_collector_finds_what_lives() {
    let mut instance = instance();
    // What ran before leaves its marks in memory: frames must not depend on fresh zeros.
    instance.memory_mut()[1024..STACK_HI as usize].fill(0xcc);
    let result = instance.call("run", &[Val::I32(12345)]);
    assert!(matches!(result, Ok(Some(Val::I32(n))) if n == 4096 + 8192 + 8192 + 8 + 12288 + 12345));
    let found = snapshots(&instance);
    // In `run` before anything is known; then with the first object in the slot; then in `middle`, twice.
    let run = |refs: &[u32]| {
        let mut refs = refs.to_vec();
        refs.sort_unstable();
        refs
    };
    let sorted: Vec<Vec<Vec<u32>>> = found
        .iter()
        .map(|frames| frames.iter().map(|f| run(f)).collect())
        .collect();
    assert_eq!(sorted[0], [vec![0, 0]]);
    assert_eq!(sorted[1], [vec![0, 4096]]);
    assert_eq!(sorted[2], [vec![0, 8192], vec![4096, 8192]]);
    assert_eq!(sorted[3], [vec![8192, 12288], vec![4096, 8192]]);
    assert_eq!(sorted.len(), 4);
    let sp = instance.call("sp", &[]);
    assert!(matches!(sp, Ok(Some(Val::I32(n))) if n as u32 == STACK_HI));
}

#[test]
fn the_end_of_the_stack_is_found() {
    let mut instance = instance();
    assert!(instance.call("deep", &[Val::I32(0)]).is_err());
    let frames = snapshots(&instance);
    assert_eq!(frames.len(), 1, "morestackc has been called once");
    // The frame that did not fit was not made.
    let depth = (STACK - STACK / 2) / 8;
    assert_eq!(frames[0].len(), depth as usize);
    assert!(frames[0].iter().all(Vec::is_empty));
}
