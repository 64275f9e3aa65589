//! Runtimes with an allocator of their own, by the rules of RFC-145.

mod common;

use common::{ECHO, call, error};
use polkago_host::{Blob, CallOptions, Error, Runtime, State};

const INPUT: &str = r#"(import "env" "ext_input_read_version_1" (func $input (param i64)))"#;

/// A runtime with these imports and functions, and a memory of its own. `$span` packs a pointer and a length.
fn module(imports: &str, body: &str) -> Vec<u8> {
    let text = format!(
        r#"(module {imports}
            (memory (export "memory") 2)
            (func $span (param $at i32) (param $length i32) (result i64)
                (i64.or
                    (i64.extend_i32_u (local.get $at))
                    (i64.shl (i64.extend_i32_u (local.get $length)) (i64.const 32))))
            {body})"#
    );
    wat::parse_str(text).expect("the test's module is well formed")
}

/// Reads its input to address 1,024 and answers with it.
const NEW_ECHO: &str = r#"
    (func (export "Test_echo") (param $length i32) (result i64)
        (call $input (call $span (i32.const 1024) (local.get $length)))
        (call $span (i32.const 1024) (local.get $length)))"#;

#[test]
fn the_input_is_read_on_demand() {
    let blob = module(INPUT, NEW_ECHO);
    for input in [&[][..], &[7], &[1; 4000]] {
        assert_eq!(call(&blob, "Test_echo", input).unwrap().output, input);
    }
}

#[test]
fn a_buffer_that_is_too_small_for_the_input_ends_the_call() {
    let blob = module(
        INPUT,
        r#"(func (export "Test_short") (param i32) (result i64)
            (call $input (call $span (i32.const 1024) (i32.const 3)))
            (i64.const 0))"#,
    );
    assert!(call(&blob, "Test_short", &[1, 2, 3]).is_ok());
    let Error::Trap(trap) = error(call(&blob, "Test_short", &[1, 2, 3, 4])) else {
        panic!("it must trap")
    };
    assert_eq!(trap.message, "the buffer of 3 bytes is too small for 4");
}

#[test]
fn buffers_outside_the_memory_end_the_call() {
    let blob = module(
        INPUT,
        r#"(func (export "Test_far") (param $length i32) (result i64)
            (call $input (call $span (i32.const 0x7fff0000) (local.get $length)))
            (i64.const 0))"#,
    );
    let Error::Trap(trap) = error(call(&blob, "Test_far", &[1])) else {
        panic!("it must trap")
    };
    assert_eq!(trap.message, "the 1 bytes at 0x7fff0000 cannot be written");
}

#[test]
fn outputs_outside_the_memory_are_told() {
    let blob = module(
        INPUT,
        r#"(func (export "Test_far") (param i32) (result i64)
            (call $span (i32.const 131070) (i32.const 3)))"#,
    );
    let method = "Test_far".to_owned();
    assert_eq!(
        error(call(&blob, "Test_far", &[])),
        Error::BadOutput { method }
    );
}

#[test]
fn entry_points_of_both_forms_do_not_mix() {
    let blob = module(
        INPUT,
        &format!("{NEW_ECHO} {}", ECHO.replace("echo", "old")),
    );
    assert_eq!(
        error(call(&blob, "Test_echo", &[])).to_string(),
        "not a Polkadot runtime: it has entry points of both forms, `Test_old` (i32, i32) -> i64 \
         and `Test_echo` (i32) -> i64"
    );
}

#[test]
fn functions_that_allocate_on_the_host_are_refused() {
    for import in [
        r#""ext_allocator_malloc_version_1" (func (param i32) (result i32))"#,
        r#""ext_allocator_free_version_1" (func (param i32))"#,
        r#""ext_storage_get_version_1" (func (param i64) (result i64))"#,
        r#""ext_hashing_blake2_256_version_1" (func (param i64) (result i32))"#,
        r#""ext_trie_blake2_256_root_version_2" (func (param i64 i32) (result i32))"#,
        r#""ext_crypto_sr25519_generate_version_1" (func (param i32 i64) (result i32))"#,
        r#""ext_offchain_random_seed_version_1" (func (result i32))"#,
    ] {
        let blob = module(&format!(r#"{INPUT} (import "env" {import})"#), NEW_ECHO);
        let Error::BadImport(refused) = error(call(&blob, "Test_echo", &[])) else {
            panic!("{import} must be refused")
        };
        assert_eq!(
            refused.reason,
            "it uses the host's allocator, which entry points of RFC-145 exclude"
        );
    }
}

#[test]
fn functions_that_allocate_nothing_stay() {
    let imports = format!(
        r#"{INPUT}
        (import "env" "ext_storage_set_version_1" (func $set (param i64 i64)))
        (import "env" "ext_crypto_sr25519_verify_version_2" (func (param i32 i64 i32) (result i32)))
        (import "env" "ext_offchain_timestamp_version_1" (func (result i64)))
        (import "env" "ext_logging_max_level_version_1" (func (result i32)))"#
    );
    assert!(call(&module(&imports, NEW_ECHO), "Test_echo", &[]).is_ok());
}

#[test]
fn legacy_entry_points_do_not_have_the_new_functions() {
    let blob = common::runtime(INPUT, ECHO);
    assert_eq!(
        error(call(&blob, "Test_echo", &[])).to_string(),
        "cannot import `env.ext_input_read_version_1`: it belongs to RFC-145, whose entry points \
         take the length of their input alone"
    );
}

#[test]
fn a_wrong_signature_is_told() {
    let blob = module(
        &format!(r#"{INPUT} (import "env" "ext_storage_root_version_3" (func (param i32)))"#),
        NEW_ECHO,
    );
    assert_eq!(
        error(call(&blob, "Test_echo", &[])).to_string(),
        "cannot import `env.ext_storage_root_version_3`: it is declared as (i32), but RFC-145 \
         has (i64)"
    );
    let blob = module(INPUT, &format!(r#"{NEW_ECHO} (func (export "f"))"#));
    assert_eq!(
        error(call(&blob, "f", &[])).to_string(),
        "`f` is exported as a function (), but a runtime method must be a function (i32) -> i64"
    );
}

/// Calls `Test_read`: its result, and the buffer after it.
fn read(runtime: &Runtime, state: &mut State, room: u8, offset: u8, partial: u8) -> (i64, String) {
    let input = [room, offset, partial];
    let answer = runtime
        .call(state, "Test_read", &input, &CallOptions::default())
        .expect("the call ends well");
    let (result, buffer) = answer.output.split_at(8);
    let buffer = String::from_utf8(buffer.to_vec()).expect("text");
    (
        i64::from_le_bytes(result.try_into().expect("eight bytes")),
        buffer,
    )
}

/// `read`: which bytes come back for a value of ten, by room, offset and whether a part will do.
#[test]
fn values_are_read_whole_or_in_part() {
    let blob = module(
        &format!(
            r#"{INPUT}
            (import "env" "ext_storage_read_version_2"
                (func $read (param i64 i64 i32 i32) (result i64)))"#
        ),
        // Input: room, offset, partial. Output: the result and 12 bytes of the buffer.
        r#"(data (i32.const 16) "key")
           (data (i32.const 2056) "............")
           (func (export "Test_read") (param i32) (result i64)
            (call $input (call $span (i32.const 1024) (i32.const 3)))
            (i64.store (i32.const 2048) (call $read
                (call $span (i32.const 16) (i32.const 3))
                (call $span (i32.const 2056) (i32.load8_u (i32.const 1024)))
                (i32.load8_u (i32.const 1025))
                (i32.load8_u (i32.const 1026))))
            (call $span (i32.const 2048) (i32.const 20)))"#,
    );
    let blob = Blob::from_bytes(&blob).unwrap();
    let runtime = Runtime::compile(&blob).unwrap();
    let mut state = State::new(&blob);
    assert_eq!(
        read(&runtime, &mut state, 12, 0, 1),
        (-1, "............".into())
    );
    state.insert(b"key".to_vec(), b"0123456789".to_vec());
    for (room, offset, partial, buffer) in [
        (12, 0, 0, "0123456789.."),
        (10, 0, 0, "0123456789.."),
        (9, 0, 0, "............"),
        (9, 0, 1, "012345678..."),
        (4, 6, 0, "6789........"),
        (3, 6, 0, "............"),
        (3, 6, 7, "678........."),
        (4, 10, 0, "............"),
        (4, 200, 1, "............"),
        (0, 0, 1, "............"),
    ] {
        assert_eq!(
            read(&runtime, &mut state, room, offset, partial),
            (10, buffer.into()),
            "room {room}, offset {offset}, partial {partial}"
        );
    }
}

/// Removal with a limit leaves a cursor, which a buffer that is too small does not lose.
#[test]
fn removals_go_on_from_their_cursor() {
    let blob = module(
        &format!(
            r#"{INPUT}
            (import "env" "ext_storage_clear_prefix_version_3"
                (func $clear (param i64 i64 i64 i64 i32) (result i32)))
            (import "env" "ext_misc_last_cursor_version_1" (func $last (param i32)))"#
        ),
        // Output: both results, then both triples of counters.
        r#"(data (i32.const 16) "p")
           (func (export "Test_clear") (param i32) (result i64)
            (i32.store (i32.const 2048) (call $clear
                (call $span (i32.const 16) (i32.const 1))
                (i64.const 2) (i64.const -1) (i64.const 0) (i32.const 2056)))
            (call $last (i32.const 4096))
            (i32.store (i32.const 2052) (call $clear
                (call $span (i32.const 16) (i32.const 1))
                (i64.const -1)
                (call $span (i32.const 4096) (i32.load (i32.const 2048)))
                (i64.const 0) (i32.const 2068)))
            (call $span (i32.const 2048) (i32.const 32)))"#,
    );
    let blob = Blob::from_bytes(&blob).unwrap();
    let runtime = Runtime::compile(&blob).unwrap();
    let mut state = State::new(&blob);
    for key in ["p1", "p2", "p3", "p4", "p5", "q1"] {
        state.insert(key.into(), vec![1]);
    }
    let answer = runtime
        .call(&mut state, "Test_clear", &[], &CallOptions::default())
        .unwrap();
    let numbers: Vec<u32> = answer
        .output
        .chunks(4)
        .map(|bytes| u32::from_le_bytes(bytes.try_into().unwrap()))
        .collect();
    // Two keys, then three; the cursor is the key that is next, and gone in the end.
    assert_eq!(numbers[..2], [2, 0]);
    assert_eq!((numbers[2], numbers[5]), (2, 3));
    assert_eq!(state.get(b"p5"), None);
    assert_eq!(state.get(b"q1"), Some(vec![1]));
}

#[test]
fn what_is_no_optional_number_ends_the_call() {
    let blob = module(
        &format!(
            r#"{INPUT}
            (import "env" "ext_storage_clear_prefix_version_3"
                (func $clear (param i64 i64 i64 i64 i32) (result i32)))"#
        ),
        r#"(func (export "Test_clear") (param i32) (result i64)
            (drop (call $clear (i64.const 0) (i64.const -2) (i64.const -1) (i64.const 0) (i32.const 0)))
            (i64.const 0))"#,
    );
    let Error::Trap(trap) = error(call(&blob, "Test_clear", &[])) else {
        panic!("it must trap")
    };
    assert_eq!(trap.message, "-2 is no optional positive integer");
}

#[test]
fn answers_of_fixed_size_are_those_of_the_legacy_functions() {
    let legacy = common::runtime(
        r#"(import "env" "ext_hashing_blake2_256_version_1" (func $hash (param i64) (result i32)))"#,
        r#"(func (export "Test_hash") (param $at i32) (param $length i32) (result i64)
            (i64.or
                (i64.extend_i32_u (call $hash (i64.or
                    (i64.extend_i32_u (local.get $at))
                    (i64.shl (i64.extend_i32_u (local.get $length)) (i64.const 32)))))
                (i64.const 0x20_0000_0000)))"#,
    );
    let new = module(
        &format!(
            r#"{INPUT}
            (import "env" "ext_hashing_blake2_256_version_2" (func $hash (param i64 i32)))"#
        ),
        r#"(func (export "Test_hash") (param $length i32) (result i64)
            (call $input (call $span (i32.const 1024) (local.get $length)))
            (call $hash (call $span (i32.const 1024) (local.get $length)) (i32.const 64))
            (call $span (i32.const 64) (i32.const 32)))"#,
    );
    for input in [&[][..], b"abc"] {
        let (old, new) = (
            call(&legacy, "Test_hash", input).unwrap(),
            call(&new, "Test_hash", input).unwrap(),
        );
        assert_eq!(old.output, new.output);
    }
}

#[test]
fn memory_grows_within_the_limit_of_a_heap() {
    let blob = module(
        INPUT,
        r#"(func (export "Test_grow") (param i32) (result i64)
            (i32.store (i32.const 64) (memory.grow (i32.const 2048)))
            (i32.store (i32.const 68) (memory.grow (i32.const 1)))
            (call $span (i32.const 64) (i32.const 8)))"#,
    );
    let answer = call(&blob, "Test_grow", &[]).unwrap();
    assert_eq!(answer.output, [2, 0, 0, 0, 255, 255, 255, 255]);
    assert_eq!(answer.allocations.address_space, 2048 << 16);
}
