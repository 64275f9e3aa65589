//! Loading and inspecting blobs, sound and hostile ones.

mod common;

use common::{ECHO, call, error, runtime};
use polkago_host::{Blob, Error, Report, RuntimeVersion, inspect, wasip1};

fn report(text: &str) -> Report {
    let bytes = wat::parse_str(text).expect("the test's module is well formed");
    inspect(&bytes).expect("the test's module is valid")
}

#[test]
fn a_report_tells_all() {
    let blob = runtime(
        r#"(import "env" "ext_allocator_malloc_version_1" (func (param i32) (result i32)))"#,
        &format!(
            r#"{ECHO} (table (export "__indirect_function_table") 3 3 funcref)
            (data (i32.const 16) "abc")"#
        ),
    );
    let report = inspect(&blob).unwrap();
    assert_eq!(report.size, blob.len());
    assert_eq!(report.compressed_size, None);
    assert_eq!(report.functions, 1);
    assert_eq!(report.features, [""; 0]);
    assert_eq!(report.version, None);
    let imports: Vec<String> = report
        .imports
        .iter()
        .map(|i| format!("{}.{} {}", i.module, i.name, i.ty))
        .collect();
    assert_eq!(
        imports,
        [
            "env.ext_allocator_malloc_version_1 func (i32) -> i32",
            "env.memory memory 2.. pages"
        ]
    );
    let exports: Vec<String> = report
        .exports
        .iter()
        .map(|e| format!("{} {}", e.name, e.ty))
        .collect();
    assert_eq!(
        exports,
        [
            "__heap_base global i32",
            "Test_echo func (i32, i32) -> i64",
            "__indirect_function_table table 3..=3 funcref"
        ]
    );
    let kinds: Vec<&str> = report.sections.iter().map(|section| section.kind).collect();
    assert_eq!(
        kinds,
        [
            "type", "import", "function", "table", "global", "export", "code", "data", "custom"
        ]
    );
    assert_eq!(report.sections[8].name.as_deref(), Some("name"));
    assert!(report.sections.iter().all(|section| section.size > 0));
}

#[test]
fn a_report_has_a_json_form() {
    let json = serde_json::to_value(report(
        r#"(module (import "env" "f" (func (param i32))) (memory (export "memory") 1 2))"#,
    ))
    .unwrap();
    assert_eq!(
        json["imports"][0],
        serde_json::json!(
            {"module": "env", "name": "f", "kind": "func", "params": ["i32"], "results": []}
        )
    );
    assert_eq!(
        json["exports"][0],
        serde_json::json!({"name": "memory", "kind": "memory", "min": 1, "max": 2})
    );
    assert!(json["code_hash"].as_str().unwrap().starts_with("0x"));
}

#[test]
fn features_beyond_the_mvp_are_found() {
    let cases: [(&str, &[&str]); 11] = [
        ("(module)", &[]),
        (
            "(module (func (param i32) (result i32) local.get 0 i32.clz))",
            &[],
        ),
        (
            r#"(module (global (export "g") (mut i32) (i32.const 0)))"#,
            &["mutable-globals"],
        ),
        (
            "(module (func (param i32) (result i32) local.get 0 i32.extend8_s))",
            &["sign-extension"],
        ),
        (
            "(module (func (param f32) (result i32) local.get 0 i32.trunc_sat_f32_s))",
            &["saturating-float-to-int"],
        ),
        (
            "(module (func (result i32 i32) i32.const 0 i32.const 1))",
            &["multi-value"],
        ),
        (
            "(module (memory 1) (func i32.const 0 i32.const 0 i32.const 0 memory.fill))",
            &["bulk-memory-opt"],
        ),
        (
            r#"(module (memory 1) (data $d "x") (func (data.drop $d) (i32.extend8_s (i32.const 0)) drop))"#,
            &["sign-extension", "bulk-memory"],
        ),
        ("(module (table 1 externref))", &["reference-types"]),
        (
            "(module (func (result v128) v128.const i64x2 0 0))",
            &["simd"],
        ),
        ("(module (func $f return_call $f))", &["tail-call"]),
    ];
    for (text, features) in cases {
        assert_eq!(report(text).features, features, "{text}");
    }
}

#[test]
fn compressed_blobs_are_unpacked() {
    let plain = runtime("", ECHO);
    let packed = sp_maybe_compressed_blob::compress_weakly(&plain, 1 << 20).unwrap();
    let blob = Blob::from_bytes(&packed).unwrap();
    assert_eq!(blob.code(), plain);
    assert_eq!(blob.compressed_size(), Some(packed.len()));
    assert_ne!(
        blob.code_hash(),
        Blob::from_bytes(&plain).unwrap().code_hash()
    );
    assert_eq!(call(&packed, "Test_echo", b"x").unwrap().output, b"x");
    assert_eq!(
        inspect(&packed).unwrap().compressed_size,
        Some(packed.len())
    );

    let cut = error(Blob::from_bytes(&packed[..packed.len() / 2]));
    assert_eq!(
        cut.to_string(),
        "the compressed blob cannot be read: it is not a Zstandard stream"
    );
    let bomb = sp_maybe_compressed_blob::compress_weakly(&vec![0; 51 << 20], 1 << 30).unwrap();
    assert_eq!(
        error(Blob::from_bytes(&bomb)).to_string(),
        "the compressed blob cannot be read: it unpacks to more than 50 MiB"
    );
}

#[test]
fn what_is_no_wasm_is_named() {
    let cases: [(&[u8], &str); 7] = [
        (b"", "it is empty"),
        (b"package main\n", "it is a text file"),
        (
            b"\x7fELF\x02\x01",
            "it starts with the bytes 7f 45 4c 46 instead of 00 61 73 6d",
        ),
        (b"PVM\0\x01", "it is a PolkaVM program"),
        (b"\0asm", "it ends after the magic number"),
        (b"\0asm\x02\0\0\0", "its version is 2, not 1"),
        (b"\0asm\x0d\0\x01\0", "it is a component, not a core module"),
    ];
    for (bytes, found) in cases {
        let error = error(Blob::from_bytes(bytes));
        assert_eq!(
            error.to_string(),
            format!("not a WebAssembly module: {found}")
        );
        assert_eq!(common::error(inspect(bytes)), error);
    }
}

#[test]
fn damaged_modules_are_errors() {
    let blob = runtime("", ECHO);
    // Up to the end of the code section: what follows is a custom section, which may be absent.
    for end in 0..blob.len() {
        if let Err(error) = call(&blob[..end], "Test_echo", &[]) {
            assert!(
                matches!(
                    error,
                    Error::NotWasm { .. }
                        | Error::InvalidModule { .. }
                        | Error::NotARuntime { .. }
                        | Error::MissingMethod { .. }
                ),
                "cut after {end} bytes: {error}"
            );
        }
    }
    let error = error(call(&blob[..blob.len() - 20], "Test_echo", &[]));
    assert!(matches!(error, Error::InvalidModule { .. }));
    assert!(
        error
            .to_string()
            .starts_with("invalid WebAssembly module: "),
        "{error}"
    );
}

#[test]
fn hostile_bytes_do_no_harm() {
    let blob = runtime("", ECHO);
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    for round in 0..300 {
        let mut bytes = if round % 3 == 0 {
            // Random bytes behind a sound header.
            let mut bytes = b"\0asm\x01\0\0\0".to_vec();
            bytes.extend((0..random.below(200)).map(|_| random.next() as u8));
            bytes
        } else {
            blob.clone()
        };
        for _ in 0..=random.below(4) {
            let at = random.below(bytes.len());
            bytes[at] = random.next() as u8;
        }
        // Whatever comes of it is a value. A mutation may make an endless loop of nothing here,
        // for there is no loop in the echo.
        let _ = call(&bytes, "Test_echo", b"input");
        let _ = inspect(&bytes);
        let _ = wasip1::run(&bytes, &wasip1::Options::default());
        let _ = RuntimeVersion::decode(&bytes);
    }
}

#[test]
fn bombs_of_memory_and_tables_are_errors() {
    let heap = r#"(global (export "__heap_base") i32 (i32.const 0))"#;
    let cases = [
        format!(r#"(module (memory (export "memory") 65536) {heap} {ECHO})"#),
        format!(r#"(module (memory (export "memory") 1) (table 1000000 funcref) {heap} {ECHO})"#),
        format!(
            r#"(module (memory (export "memory") 1) {heap} {ECHO} (data (i32.const 65536) "x"))"#
        ),
    ];
    for text in cases {
        let bytes = wat::parse_str(&text).unwrap();
        let error = error(call(&bytes, "Test_echo", &[]));
        assert!(matches!(error, Error::Refused { .. }), "{text}: {error}");
    }
}

/// Xorshift: the same numbers on each machine.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, end: usize) -> usize {
        (self.next() % end as u64) as usize
    }
}
