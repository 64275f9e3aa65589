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
        .stderr_eq(str![[r#"
time: [..]
allocated: 16 bytes by the host, at most 16 at a time

"#]]);
}

#[test]
fn repeated_calls() {
    folder()
        .run(&["call", "--repeat", "10", "test.wasm", "Test_echo"])
        .success()
        .stdout_eq("0x\n")
        .stderr_eq(str![[r#"
time: [..] (median of 10 calls)
allocated: 16 bytes by the host, at most 16 at a time

"#]]);
}

#[test]
fn an_inspection() {
    folder()
        .run(&["inspect", "test.wasm"])
        .success()
        .stderr_eq("")
        .stdout_eq(str![[r#"
size       261 bytes
code hash  0x5fc5b8d2f41fc5fbc255c44150b3e0c4bbb5a712307515639fb2c3cbc64d07b9
proposals  0x5acf60e3782850bab56eb4b4cd905a8047c011aeb8a036015635edf1e06d79a1 System.set_code
           0xd43537e045a272a5d0448b8c9156ae1b358d71a8f7573c4d91689a3be10cdee1 System.authorize_upgrade
functions  4
features   none: strict MVP
memory     17 pages of 64 KiB or more

imports
  env.memory memory 17.. pages
  env.ext_logging_log_version_1 func (i32, i64, i64)

exports
  __heap_base global i32
  Test_panic func (i32, i32) -> i64
  Test_odd func () -> i32
  Test_echo func (i32, i32) -> i64

sections
  type                           20 bytes
  import                         47 bytes
  function                        5 bytes
  global                          8 bytes
  export                         51 bytes
  code                           48 bytes
  data                           24 bytes
  custom "name"                  34 bytes

"#]]);
}

#[test]
fn an_inspection_as_json() {
    folder()
        .run(&["inspect", "--json", "test.wasm"])
        .success()
        .stderr_eq("")
        .stdout_eq(str![[r#"
{
  "size": 261,
  "compressed_size": null,
  "code_hash": "0x5fc5b8d2f41fc5fbc255c44150b3e0c4bbb5a712307515639fb2c3cbc64d07b9",
  "uncompressed_code_hash": "0x5fc5b8d2f41fc5fbc255c44150b3e0c4bbb5a712307515639fb2c3cbc64d07b9",
  "set_code_hash": "0x5acf60e3782850bab56eb4b4cd905a8047c011aeb8a036015635edf1e06d79a1",
  "authorize_upgrade_hash": "0xd43537e045a272a5d0448b8c9156ae1b358d71a8f7573c4d91689a3be10cdee1",
  "imports": [
    {
      "module": "env",
      "name": "memory",
      "kind": "memory",
      "min": 17,
      "max": null
    },
    {
      "module": "env",
      "name": "ext_logging_log_version_1",
      "kind": "func",
      "params": [
        "i32",
        "i64",
        "i64"
      ],
      "results": []
    }
  ],
  "exports": [
    {
      "name": "__heap_base",
      "kind": "global",
      "type": "i32",
      "mutable": false
    },
    {
      "name": "Test_panic",
      "kind": "func",
      "params": [
        "i32",
        "i32"
      ],
      "results": [
        "i64"
      ]
    },
    {
      "name": "Test_odd",
      "kind": "func",
      "params": [],
      "results": [
        "i32"
      ]
    },
    {
      "name": "Test_echo",
      "kind": "func",
      "params": [
        "i32",
        "i32"
      ],
      "results": [
        "i64"
      ]
    }
  ],
  "sections": [
    {
      "kind": "type",
      "name": null,
      "size": 20
    },
    {
      "kind": "import",
      "name": null,
      "size": 47
    },
    {
      "kind": "function",
      "name": null,
      "size": 5
    },
    {
      "kind": "global",
      "name": null,
      "size": 8
    },
    {
      "kind": "export",
      "name": null,
      "size": 51
    },
    {
      "kind": "code",
      "name": null,
      "size": 48
    },
    {
      "kind": "data",
      "name": null,
      "size": 24
    },
    {
      "kind": "custom",
      "name": "name",
      "size": 34
    }
  ],
  "features": [],
  "memories": [
    {
      "min": 17,
      "max": null
    }
  ],
  "tables": [],
  "functions": 4,
  "version": null
}

"#]]);
}

#[test]
fn a_trap_shows_what_was_logged_before_it() {
    folder().fails(
        &["call", "test.wasm", "Test_panic"],
        str![[r#"
error runtime: panic: boom
polkago: `Test_panic` trapped: wasm `unreachable` instruction executed
	0: fail
	1: function 2

"#]],
    );
}

#[test]
fn a_missing_blob() {
    folder().fails(
        &["inspect", "missing.wasm"],
        str![[r#"
polkago: cannot read missing.wasm: no such file or folder
	check the name of the file

"#]],
    );
    folder().fails(
        &["call", "missing.wasm", "Core_version"],
        str![[r#"
polkago: cannot read missing.wasm: no such file or folder
	check the name of the file

"#]],
    );
}

#[test]
fn a_blob_that_is_not_wasm() {
    folder().fails(
        &["inspect", "text.wasm"],
        str![[r#"
polkago: not a WebAssembly module: it is a text file
	give a .wasm file, for example one made by `polkago build`

"#]],
    );
    folder().fails(
        &["call", "empty.wasm", "Core_version"],
        str![[r#"
polkago: not a WebAssembly module: it is empty
	give a .wasm file, for example one made by `polkago build`

"#]],
    );
    folder().fails(
        &["call", "cut.wasm", "Core_version"],
        str![[r#"
polkago: invalid WebAssembly module: unexpected end-of-file (at byte 0xa)
	the file is damaged or was cut off: build it again

"#]],
    );
}

#[test]
fn a_blob_for_another_host() {
    folder().fails(
        &["call", "foreign.wasm", "Core_version"],
        str![[r#"
polkago: cannot import `host.f`: Polkadot's host has only the module `env`
	a runtime imports from the module `env` alone; a WASI program runs with `polkago run`

"#]],
    );
}

#[test]
fn a_method_that_the_blob_lacks() {
    folder().fails(
        &["call", "test.wasm", "Core_version"],
        str![[r#"
polkago: the blob has no method `Core_version`
	it has Test_panic, Test_echo

"#]],
    );
    folder().fails(
        &["call", "test.wasm", "test_echo"],
        str![[r#"
polkago: the blob has no method `test_echo`
	did you mean `Test_echo`?

"#]],
    );
    folder().fails(&["call", "test.wasm", "Test_odd"], str![[r#"
polkago: `Test_odd` is exported as a function () -> i32, but a runtime method must be a function (i32, i32) -> i64
	a method takes the input's pointer and length and returns both of the output packed into 64 bits

"#]]);
}

#[test]
fn arguments_that_are_not_hexadecimal() {
    folder().fails(
        &["call", "test.wasm", "Test_echo", "0x123"],
        str![[r#"
polkago: the argument has an odd number of hexadecimal digits: 3
	every byte takes two digits: write 0x0a, not 0xa

"#]],
    );
    folder().fails(
        &["call", "test.wasm", "Test_echo", "0x12g4"],
        str![[r#"
polkago: the argument is not hexadecimal: 'g' at character 5
	write the SCALE-encoded arguments as pairs of the digits 0-9 and a-f, as in 0x0a00

"#]],
    );
}
