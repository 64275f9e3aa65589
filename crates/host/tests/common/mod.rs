//! Small blobs in Wasm text form, and shortcuts to run them.
#![allow(dead_code, reason = "each test file uses a part")]

use polkago_host::{Answer, Blob, CallOptions, Error, Runtime, State};

/// A runtime with the imports and functions given, and all else that a runtime needs. Text
/// data may be put from address 16 on.
pub fn runtime(imports: &str, body: &str) -> Vec<u8> {
    let text = format!(
        r#"(module
            {imports}
            (import "env" "memory" (memory 2))
            (global (export "__heap_base") i32 (i32.const 65536))
            {body})"#
    );
    wat::parse_str(text).expect("the test's module is well formed")
}

/// Answers with its input.
pub const ECHO: &str = r#"
    (func (export "Test_echo") (param $ptr i32) (param $len i32) (result i64)
        (i64.or
            (i64.extend_i32_u (local.get $ptr))
            (i64.shl (i64.extend_i32_u (local.get $len)) (i64.const 32))))"#;

/// Compiles a blob and calls one of its methods on fresh state.
pub fn call(bytes: &[u8], method: &str, input: &[u8]) -> Result<Answer, Error> {
    let blob = Blob::from_bytes(bytes)?;
    let runtime = Runtime::compile(&blob)?;
    runtime.call(
        &mut State::new(&blob),
        method,
        input,
        &CallOptions::default(),
    )
}

/// The error of something that must fail.
pub fn error<T>(result: Result<T, Error>) -> Error {
    match result {
        Ok(_) => panic!("it must fail"),
        Err(error) => error,
    }
}
