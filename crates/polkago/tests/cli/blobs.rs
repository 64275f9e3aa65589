//! `inspect` and `call` on blobs that polkago did not make.

use crate::Folder;
use snapbox::str;

/// A runtime that echoes, and one method that logs and traps.
const RUNTIME: &str = r#"(module
    (import "env" "memory" (memory 17))
    (import "env" "ext_logging_log_version_1" (func $log (param i32 i64 i64)))
    (global (export "__heap_base") i32 (i32.const 65536))
    (data (i32.const 16) "runtimepanic: boom")
    (func $fail
        (call $log (i32.const 0) (i64.const 0x7_0000_0010) (i64.const 0xb_0000_0017))
        unreachable)
    (func (export "Test_panic") (param i32 i32) (result i64) (call $fail) (i64.const 0))
    (func (export "Test_odd") (result i32) (i32.const 0))
    (func (export "Test_echo") (param $ptr i32) (param $len i32) (result i64)
        (i64.or
            (i64.extend_i32_u (local.get $ptr))
            (i64.shl (i64.extend_i32_u (local.get $len)) (i64.const 32)))))"#;

fn folder() -> Folder {
    let blob = wat::parse_str(RUNTIME).expect("the module is well formed");
    let foreign = wat::parse_str(r#"(module (import "host" "f" (func)))"#).expect("well formed");
    Folder::with(&[
        ("test.wasm", blob),
        ("foreign.wasm", foreign),
        ("text.wasm", b"not Wasm\n".to_vec()),
        ("empty.wasm", Vec::new()),
        ("cut.wasm", b"\0asm\x01\0\0\0\x01\x7f".to_vec()),
    ])
}

#[test]
fn a_call() {
    folder()
        .run(&["call", "test.wasm", "Test_echo", "0x01aBff"])
        .success()
        .stdout_eq("0x01abff\n")
        .stderr_eq(str![[]]);
}

#[test]
fn repeated_calls() {
    folder()
        .run(&["call", "--repeat", "10", "test.wasm", "Test_echo"])
        .success()
        .stdout_eq("0x\n")
        .stderr_eq(str![[]]);
}

#[test]
fn an_inspection() {
    folder()
        .run(&["inspect", "test.wasm"])
        .success()
        .stderr_eq("")
        .stdout_eq(str![[]]);
}

#[test]
fn an_inspection_as_json() {
    folder()
        .run(&["inspect", "--json", "test.wasm"])
        .success()
        .stderr_eq("")
        .stdout_eq(str![[]]);
}

#[test]
fn a_trap_shows_what_was_logged_before_it() {
    folder().fails(&["call", "test.wasm", "Test_panic"], str![[]]);
}

#[test]
fn a_missing_blob() {
    folder().fails(&["inspect", "missing.wasm"], str![[]]);
    folder().fails(&["call", "missing.wasm", "Core_version"], str![[]]);
}

#[test]
fn a_blob_that_is_not_wasm() {
    folder().fails(&["inspect", "text.wasm"], str![[]]);
    folder().fails(&["call", "empty.wasm", "Core_version"], str![[]]);
    folder().fails(&["call", "cut.wasm", "Core_version"], str![[]]);
}

#[test]
fn a_blob_for_another_host() {
    folder().fails(&["call", "foreign.wasm", "Core_version"], str![[]]);
}

#[test]
fn a_method_that_the_blob_lacks() {
    folder().fails(&["call", "test.wasm", "Core_version"], str![[]]);
    folder().fails(&["call", "test.wasm", "test_echo"], str![[]]);
    folder().fails(&["call", "test.wasm", "Test_odd"], str![[]]);
}

#[test]
fn arguments_that_are_not_hexadecimal() {
    folder().fails(&["call", "test.wasm", "Test_echo", "0x123"], str![[]]);
    folder().fails(&["call", "test.wasm", "Test_echo", "0x12g4"], str![[]]);
}
