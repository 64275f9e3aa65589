//! Tracing, timing, and blocks, on small blobs in Wasm text form.

use crate::{Folder, polkago, repository};
use snapbox::str;

/// A runtime with a version, which hashes and stores what it is given.
const RUNTIME: &str = r#"(module
    (import "env" "memory" (memory 17))
    (import "env" "ext_hashing_blake2_256_version_1" (func $hash (param i64) (result i32)))
    (import "env" "ext_storage_set_version_1" (func $set (param i64 i64)))
    (global (export "__heap_base") i32 (i32.const 65536))
    (data (i32.const 16) "\04t\04t\01\00\00\00\01\00\00\00\01\00\00\00\04"
        "\df\6a\cb\68\99\07\60\9b\05\00\00\00\01\00\00\00\01")
    (func (export "Core_version") (param i32 i32) (result i64) (i64.const 0x22_0000_0010))
    (func (export "Test_keep") (param $ptr i32) (param $len i32) (result i64)
        (local $input i64)
        (local.set $input (i64.or
            (i64.extend_i32_u (local.get $ptr))
            (i64.shl (i64.extend_i32_u (local.get $len)) (i64.const 32))))
        (call $set (local.get $input) (local.get $input))
        (i64.or (i64.extend_i32_u (call $hash (local.get $input))) (i64.const 0x20_0000_0000))))"#;

fn folder() -> Folder {
    let blob = wat::parse_str(RUNTIME).expect("the module is well formed");
    Folder::with(&[("test.wasm", blob)])
}

#[test]
fn host_calls_are_traced() {
    folder()
        .run(&["trace", "test.wasm", "Test_keep", "0x010203"])
        .success()
        .stdout_eq(str![[r#"
[..] ext_storage_set_version_1(3 bytes, 3 bytes)
[..] ext_hashing_blake2_256_version_1(3 bytes) -> 32 bytes

"#]])
        .stderr_eq("2 host calls: [..]; the output has 32 bytes\n");
}

#[test]
fn host_calls_are_summed_up() {
    folder()
        .run(&["trace", "--summary", "test.wasm", "Test_keep", "0x0102"])
        .success()
        .stdout_eq(str![[r#"
      time    calls  bytes given    bytes got function
[..] µs        1            [..] ext_[..]
[..] µs        1            [..] ext_[..]

"#]]);
}

#[test]
fn traces_of_calls_that_fail_are_shown_as_well() {
    folder()
        .run(&["trace", "test.wasm", "Test_missing"])
        .code(1)
        .stdout_eq("")
        .stderr_eq(str![[r#"
polkago: the blob has no method `Test_missing`
	it has Core_version, Test_keep

"#]]);
}

#[test]
fn calls_are_timed_by_turns() {
    folder()
        .run(&[
            "bench",
            "call",
            "--repeat",
            "5",
            "--against",
            "smallest",
            "test.wasm",
            "Core_version",
        ])
        .success()
        .stderr_eq("")
        .stdout_eq(str![[r#"
[..]
test.wasm                                  5 [..] [..] [..]           16           16
smallest                                   5 [..] [..] [..]           16           16
ratio of processor times: [..] (of smallest to its copy: [..])

"#]]);
}

#[test]
fn a_runtime_without_genesis_says_so() {
    folder().fails(
        &["block", "build", "--preset", "development", "test.wasm"],
        str![[r#"
polkago: the runtime does not export `GenesisBuilder_get_preset`, which is needed to find a genesis preset

"#]],
    );
    folder().fails(
        &["block", "build", "test.wasm"],
        str![[r#"
polkago: the runtime does not export `Core_initialize_block`, which is needed to build a block

"#]],
    );
}

#[test]
fn files_that_are_not_what_they_should_be() {
    let folder = Folder::with(&[
        ("state.json", "{}"),
        (
            "odd.json",
            r#"{"genesis": {"raw": {"top": {"0x1g": "0x"}}}}"#,
        ),
        ("empty.json", r#"{"genesis": {"raw": {"top": {}}}}"#),
        (
            "root.json",
            r#"{"root": "0x00", "genesis": {"raw": {"top": {"0x3a636f6465": "0x"}}}}"#,
        ),
        ("blocks.json", "[]"),
    ]);
    for (file, message) in [
        (
            "state.json",
            str![[r#"
polkago: not a state file: missing field `genesis` at line 1 column 2

"#]],
        ),
        (
            "odd.json",
            str![[r#"
polkago: not a state file: invalid hex character: g, at 3 in "0x1g"

"#]],
        ),
        (
            "empty.json",
            str![[r#"
polkago: not the state of a chain: it has no entry `:code` (0x3a636f6465)

"#]],
        ),
        (
            "root.json",
            str![[r#"
polkago: not a state file: "0x00" is no hash of 32 bytes

"#]],
        ),
    ] {
        folder.fails(
            &["block", "execute", "--state", file, "blocks.json"],
            message,
        );
    }
    let folder = Folder::with(&[("blocks.json", "[{}]")]);
    folder.fails(
        &["block", "execute", "--state", "missing.json", "blocks.json"],
        str![[r#"
polkago: not a file of blocks: missing field `header` at line 1 column 3

"#]],
    );
}

#[test]
fn a_blob_is_compressed_as_chains_store_it() {
    let folder = Folder::empty();
    let example = repository().join("examples/hello");
    let build = || {
        polkago()
            .current_dir(folder.path())
            .args(["build", "--compress"])
            .arg(&example)
            .assert()
            .success()
            .stdout_eq("")
            .stderr_eq("");
        ["hello.compact.wasm", "hello.compact.compressed.wasm"]
            .map(|name| std::fs::read(folder.path().join(name)).expect("it was written"))
    };
    let [plain, compressed] = build();
    assert_eq!([plain.clone(), compressed.clone()], build());
    assert!(compressed.len() < plain.len());
    assert_eq!(folder.files().len(), 2);

    let report = polkago_host::inspect(&compressed).expect("it is a blob");
    assert_eq!(report.compressed_size, Some(compressed.len()));
    assert_eq!(report.size, plain.len());
    let uncompressed = polkago_host::inspect(&plain).expect("it is a blob");
    assert_eq!(report.uncompressed_code_hash, uncompressed.code_hash);
    folder
        .run(&["call", "hello.compact.compressed.wasm", "Hello_echo", "07"])
        .success()
        .stdout_eq("0x07\n");
}
