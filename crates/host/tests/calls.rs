//! Calls into blobs: what they answer, log, allocate and keep, and how they fail.

mod common;

use std::sync::{Arc, Mutex};
use std::time::Duration;

use common::{ECHO, call, error, runtime};
use polkago_host::{Blob, CallOptions, Error, LogLevel, Runtime, State};
use sc_executor_common::runtime_blob::RuntimeBlob;

const LOG: &str = r#"(import "env" "ext_logging_log_version_1" (func $log (param i32 i64 i64)))"#;

/// Logs `boom` as an error of `runtime`, then traps.
const PANIC: &str = r#"
    (data (i32.const 16) "runtimeboom")
    (func $fail
        (call $log (i32.const 0) (i64.const 0x7_0000_0010) (i64.const 0x4_0000_0017))
        unreachable)
    (func (export "Test_panic") (param i32 i32) (result i64) (call $fail) (i64.const 0))"#;

#[test]
fn echo_answers_with_its_input() {
    let blob = runtime("", ECHO);
    let mebibyte: Vec<u8> = (0..1 << 20).map(|i: u32| (i % 251) as u8).collect();
    for input in [&[][..], &[7], &mebibyte] {
        let answer = call(&blob, "Test_echo", input).unwrap();
        assert_eq!(answer.output, input);
        assert!(answer.time > Duration::ZERO);
        assert!(answer.allocations.peak as usize >= input.len());
    }
}

#[test]
fn an_exported_memory_does_as_well() {
    let text = format!(
        r#"(module (memory (export "memory") 2)
            (global (export "__heap_base") i32 (i32.const 65536)) {ECHO})"#
    );
    assert_eq!(
        call(text_blob(&text).as_slice(), "Test_echo", b"hi")
            .unwrap()
            .output,
        b"hi"
    );
}

#[test]
fn allocations_are_counted() {
    let blob = runtime(
        r#"(import "env" "ext_allocator_malloc_version_1" (func $malloc (param i32) (result i32)))
           (import "env" "ext_allocator_free_version_1" (func $free (param i32)))"#,
        r#"(func (export "Test_churn") (param i32 i32) (result i64)
            (call $free (call $malloc (i32.const 1016)))
            (call $free (call $malloc (i32.const 1016)))
            (i64.const 0))"#,
    );
    let allocations = call(&blob, "Test_churn", &[]).unwrap().allocations;
    // Twice 1,016 bytes, rounded up to 1,024, and a header of 8; the empty input takes 8 and 8.
    assert_eq!(allocations.sum, 2 * 1032 + 16);
    assert_eq!(allocations.peak, 1032 + 16);
    assert_eq!(allocations.address_space, 1032 + 16);
}

#[test]
fn a_panic_shows_its_log_and_its_stack() {
    let seen = Arc::new(Mutex::new(Vec::new()));
    let sink = Arc::clone(&seen);
    let options = CallOptions {
        log_sink: Some(Arc::new(move |line| {
            sink.lock().unwrap().push(line.to_string())
        })),
        ..CallOptions::default()
    };
    let blob = Blob::from_bytes(&runtime(LOG, PANIC)).unwrap();
    let result =
        Runtime::compile(&blob)
            .unwrap()
            .call(&mut State::new(&blob), "Test_panic", &[], &options);
    let Error::Trap(trap) = error(result) else {
        panic!("it must trap")
    };
    assert_eq!(trap.message, "wasm `unreachable` instruction executed");
    assert_eq!(
        trap.to_string(),
        "`Test_panic` trapped: wasm `unreachable` instruction executed"
    );
    assert_eq!(trap.logs.len(), 1);
    assert_eq!(trap.logs[0].level, LogLevel::Error);
    assert_eq!(
        (trap.logs[0].target.as_str(), trap.logs[0].message.as_str()),
        ("runtime", "boom")
    );
    assert_eq!(*seen.lock().unwrap(), ["error runtime: boom"]);
    assert_eq!(trap.backtrace.unwrap(), "0: fail\n1: function 2");
}

#[test]
fn the_log_level_is_the_runtimes_to_ask() {
    let blob = Blob::from_bytes(&runtime(
        &format!(
            r#"{LOG} (import "env" "ext_logging_max_level_version_1" (func $max (result i32)))"#
        ),
        r#"(data (i32.const 16) "tm")
           (func (export "Test_log") (param i32 i32) (result i64)
            (call $log (i32.const 3) (i64.const 0x1_0000_0010) (i64.const 0x1_0000_0011))
            (call $log (i32.const 2) (i64.const 0x1_0000_0010) (i64.const 0x1_0000_0011))
            (i32.store8 (i32.const 0) (call $max))
            (i64.const 0x1_0000_0000))"#,
    ))
    .unwrap();
    let runtime = Runtime::compile(&blob).unwrap();
    for (level, number, lines) in [(LogLevel::Info, 3, 1), (LogLevel::Debug, 4, 2)] {
        let options = CallOptions {
            log_level: level,
            log_sink: None,
        };
        let answer = runtime
            .call(&mut State::new(&blob), "Test_log", &[], &options)
            .unwrap();
        assert_eq!(answer.output, [number]);
        assert_eq!(answer.logs.len(), lines);
    }
}

#[test]
fn a_panic_of_the_host_is_a_trap() {
    let blob = runtime(
        r#"(import "env" "ext_allocator_malloc_version_1" (func $malloc (param i32) (result i32)))"#,
        r#"(func (export "Test_greedy") (param i32 i32) (result i64)
            (i64.extend_i32_u (call $malloc (i32.const 0x7000_0000))))"#,
    );
    let Error::Trap(trap) = error(call(&blob, "Test_greedy", &[])) else {
        panic!("it must trap")
    };
    assert!(
        trap.message.contains("Failed to allocate memory"),
        "{}",
        trap.message
    );
}

#[test]
fn a_missing_method_is_told_with_what_there_is() {
    let blob = runtime("", ECHO);
    let error = error(call(&blob, "test_echo", &[]));
    assert_eq!(error.to_string(), "the blob has no method `test_echo`");
    assert_eq!(error.help().unwrap(), "did you mean `Test_echo`?");
    let error = common::error(call(&blob, "Core_version", &[]));
    assert_eq!(
        error,
        Error::MissingMethod {
            method: "Core_version".into(),
            available: vec!["Test_echo".into()]
        }
    );
    assert_eq!(error.help().unwrap(), "it has Test_echo");
}

#[test]
fn what_is_no_method_cannot_be_called() {
    let blob = runtime(
        "",
        r#"(func (export "f") (param i32) (result i32) (local.get 0))"#,
    );
    assert_eq!(
        error(call(&blob, "f", &[])).to_string(),
        "`f` is exported as a function (i32) -> i32, but a runtime method must be a function \
         (i32, i32) -> i64"
    );
    assert_eq!(
        error(call(&blob, "__heap_base", &[])).to_string(),
        "`__heap_base` is exported as global i32, but a runtime method must be a function \
         (i32, i32) -> i64"
    );
}

#[test]
fn imports_that_the_host_lacks_are_named() {
    let cases = [
        (
            r#"(import "wasi_snapshot_preview1" "fd_write" (func (param i32 i32 i32 i32) (result i32)))"#,
            "cannot import `wasi_snapshot_preview1.fd_write`: Polkadot's host has only the module `env`",
            "a runtime imports from the module `env` alone; a WASI program runs with `polkago run`",
        ),
        (
            r#"(import "env" "ext_storage_exists_version_9" (func (param i64) (result i32)))"#,
            "cannot import `env.ext_storage_exists_version_9`: Polkadot's host has no function of that name",
            "the host has ext_storage_exists_version_1",
        ),
        (
            r#"(import "env" "puts" (func (param i32)))"#,
            "cannot import `env.puts`: Polkadot's host has no function of that name",
            "host functions are listed in the Polkadot specification, appendix B",
        ),
        (
            r#"(import "env" "ext_storage_exists_version_1" (func (param i32) (result i32)))"#,
            "cannot import `env.ext_storage_exists_version_1`: it is declared as (i32) -> i32, but the host's function is (i64) -> i32",
            "host functions are listed in the Polkadot specification, appendix B",
        ),
        (
            r#"(import "env" "g" (global i32))"#,
            "cannot import `env.g`: Polkadot's host provides functions and a memory, but no global i32",
            "host functions are listed in the Polkadot specification, appendix B",
        ),
    ];
    for (import, message, help) in cases {
        let error = error(call(&runtime(import, ECHO), "Test_echo", &[]));
        assert!(matches!(error, Error::BadImport(_)));
        assert_eq!(error.to_string(), message);
        assert_eq!(error.help().unwrap(), help);
    }
}

#[test]
fn a_module_that_is_no_runtime_is_told_why() {
    let no_memory = text_blob("(module)");
    let no_heap = text_blob(r#"(module (memory (export "memory") 1))"#);
    let wide_heap = text_blob(
        r#"(module (memory (export "memory") 1) (global (export "__heap_base") i64 (i64.const 0)))"#,
    );
    for (blob, message) in [
        (
            no_memory,
            "it neither imports `env.memory` nor exports `memory`",
        ),
        (no_heap, "it does not export the global `__heap_base`"),
        (
            wide_heap,
            "its export `__heap_base` is global i64, not global i32",
        ),
    ] {
        let error = error(call(&blob, "Test_echo", &[]));
        assert_eq!(
            error.to_string(),
            format!("not a Polkadot runtime: {message}")
        );
    }
}

#[test]
fn features_that_the_executor_lacks_are_named() {
    let blob = runtime(
        "",
        r#"(func (export "Test_copy") (param i32 i32) (result i64)
            (memory.copy (i32.const 0) (i32.const 8) (i32.const 8)) (i64.const 0))"#,
    );
    let error = error(call(&blob, "Test_copy", &[]));
    assert!(matches!(error, Error::Refused { .. }), "{error}");
    assert!(
        error.help().unwrap().starts_with("it uses bulk-memory-opt"),
        "{:?}",
        error.help()
    );
}

#[test]
fn outputs_outside_the_memory_are_refused() {
    let blob = runtime(
        "",
        r#"(func (export "Test_far") (param i32 i32) (result i64) (i64.const -1))"#,
    );
    assert_eq!(
        error(call(&blob, "Test_far", &[])).to_string(),
        "`Test_far` returned an output that lies outside its memory"
    );
}

#[test]
fn inputs_beyond_the_allocators_limit_are_refused() {
    let blob = runtime("", ECHO);
    let input = vec![0; 33 << 20];
    assert!(matches!(
        error(call(&blob, "Test_echo", &input)),
        Error::InputTooLarge { size, .. } if size == input.len()
    ));
}

#[test]
fn deep_recursion_is_a_trap() {
    let blob = runtime(
        "",
        r#"(func $down (param i64) (result i64)
            (i64.add (local.get 0) (call $down (i64.add (local.get 0) (i64.const 1)))))
           (func (export "Test_deep") (param i32 i32) (result i64) (call $down (i64.const 0)))"#,
    );
    let Error::Trap(trap) = error(call(&blob, "Test_deep", &[])) else {
        panic!("it must trap")
    };
    assert_eq!(trap.message, "call stack exhausted");
}

#[test]
fn state_is_kept_until_reset() {
    let blob = Blob::from_bytes(&runtime(
        r#"(import "env" "ext_storage_set_version_1" (func $set (param i64 i64)))"#,
        r#"(data (i32.const 16) "keyvalue")
           (func (export "Test_set") (param i32 i32) (result i64)
            (call $set (i64.const 0x3_0000_0010) (i64.const 0x5_0000_0013)) (i64.const 0))"#,
    ))
    .unwrap();
    let runtime = Runtime::compile(&blob).unwrap();
    let mut state = State::new(&blob);
    state.insert(b"kept".to_vec(), b"yes".to_vec());
    assert_eq!(state.get(b"key"), None);
    runtime
        .call(&mut state, "Test_set", &[], &CallOptions::default())
        .unwrap();
    assert_eq!(state.get(b"key").as_deref(), Some(&b"value"[..]));
    state.reset();
    assert_eq!(state.get(b"key"), None);
    assert_eq!(state.get(b"kept").as_deref(), Some(&b"yes"[..]));
    assert_eq!(state.get(b":code").as_deref(), Some(blob.code()));
}

#[test]
fn repeated_calls_start_afresh() {
    // A counter in memory: it would rise if instances were used again.
    let blob = Blob::from_bytes(&runtime(
        "",
        r#"(func (export "Test_count") (param i32 i32) (result i64)
            (i32.store (i32.const 0) (i32.add (i32.load (i32.const 0)) (i32.const 1)))
            (i64.const 0x4_0000_0000))"#,
    ))
    .unwrap();
    let runtime = Runtime::compile(&blob).unwrap();
    assert_eq!(runtime.methods().collect::<Vec<_>>(), ["Test_count"]);
    let mut state = State::new(&blob);
    let options = CallOptions::default();
    let repeated = runtime
        .repeat(&mut state, "Test_count", &[], &options, 1000)
        .unwrap();
    assert_eq!(repeated.last.output, [1, 0, 0, 0]);
    assert_eq!(repeated.times.len(), 1000);
    assert!(repeated.times.iter().min().unwrap() <= &repeated.median());
    assert!(repeated.times.iter().max().unwrap() >= &repeated.median());
}

#[test]
fn host_functions_of_all_kinds_work() {
    // Hashing, storage roots and the keystore: nothing of it panics for want of an extension.
    let blob = runtime(
        r#"(import "env" "ext_hashing_blake2_256_version_1" (func $hash (param i64) (result i32)))
           (import "env" "ext_storage_root_version_2" (func $root (param i32) (result i64)))
           (import "env" "ext_crypto_sr25519_generate_version_1" (func $key (param i32 i64) (result i32)))"#,
        r#"(data (i32.const 16) "aura\00")
           (func (export "Test_host") (param i32 i32) (result i64)
            (drop (call $root (i32.const 1)))
            (drop (call $key (i32.const 16) (i64.const 0x1_0000_0014)))
            (i64.or (i64.extend_i32_u (call $hash (i64.const 0))) (i64.const 0x20_0000_0000)))"#,
    );
    let hash = call(&blob, "Test_host", &[]).unwrap().output;
    assert_eq!(
        hash[..4],
        [0x0e, 0x57, 0x51, 0xc0],
        "BLAKE2b-256 of nothing"
    );
}

#[test]
fn answers_are_those_of_a_node() {
    let blob = Blob::from_bytes(&runtime("", ECHO)).unwrap();
    let node = sc_executor::WasmExecutor::<sp_io::SubstrateHostFunctions>::builder().build();
    let code = RuntimeBlob::new(blob.code()).unwrap();
    let (output, stats) = node.uncached_call_with_allocation_stats(
        code,
        &mut sp_io::TestExternalities::default().ext(),
        false,
        "Test_echo",
        b"ping",
    );
    let answer = call(blob.code(), "Test_echo", b"ping").unwrap();
    assert_eq!(answer.output, output.unwrap());
    assert_eq!(answer.allocations.sum, stats.unwrap().bytes_allocated_sum);
}

fn text_blob(text: &str) -> Vec<u8> {
    wat::parse_str(text).expect("the test's module is well formed")
}
