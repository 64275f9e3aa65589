//! The example runtime, from Go source to answers of Polkadot's executor.

use std::path::Path;
use std::sync::{Arc, OnceLock};

use polkago_compiler::{BuildOptions, Environment, NoProgress, Profile, Session, render};
use polkago_host::{Blob, CallOptions, Report, Runtime, State};
use snapbox::str;

use crate::{Folder, polkago, repository};

/// Builds a runtime.
pub(crate) fn build(dir: &Path, arguments: &[&str], strip: bool) -> Vec<u8> {
    let session = Session::new(
        dir.to_owned(),
        Environment::from_process(),
        Arc::new(NoProgress),
    );
    let options = BuildOptions {
        profile: Profile::Polkadot,
        strip,
    };
    let arguments: Vec<String> = arguments.iter().map(|&a| a.to_owned()).collect();
    match session.build(&arguments, &options) {
        Ok(artifact) => artifact.wasm,
        Err(failure) => panic!("{}", render::plain(&failure.diagnostics)),
    }
}

/// The folder of the example.
fn hello_folder() -> std::path::PathBuf {
    repository().join("examples/hello")
}

/// The example's blob, built once.
fn hello() -> &'static Blob {
    static BLOB: OnceLock<Blob> = OnceLock::new();
    BLOB.get_or_init(|| {
        Blob::from_bytes(&build(&hello_folder(), &["."], false)).expect("it is Wasm")
    })
}

/// Its answer to one call.
fn call(method: &str, input: &[u8]) -> Vec<u8> {
    let runtime = Runtime::compile(hello()).expect("the executor takes it");
    runtime
        .call(
            &mut State::new(hello()),
            method,
            input,
            &CallOptions::default(),
        )
        .expect("the call succeeds")
        .output
}

#[test]
fn the_version_is_decoded() {
    polkago()
        .current_dir(repository())
        .args(["call", "examples/hello", "Core_version"])
        .assert()
        .success()
        .stdout_eq(str![[r#"
0x1468656c6c6f34706f6c6b61676f2d68656c6c6f01000000010000000100000004df6acb689907609b050000000100000001
spec name            hello
impl name            polkago-hello
authoring version    1
spec version         1
impl version         1
transaction version  1
system version       1
runtime API          0xdf6acb689907609b Core 5

"#]])
        .stderr_eq(str![[r#"
time: [..]
allocated: 16 bytes by the host, at most 16 at a time

"#]]);
}

#[test]
fn echo_answers_with_its_input() {
    let mebibyte: Vec<u8> = (0..1 << 20).map(|i: u32| (i % 251) as u8).collect();
    for input in [&[][..], &[7], b"hello", &mebibyte] {
        assert!(call("Hello_echo", input) == input, "{} bytes", input.len());
    }
}

#[test]
fn a_thousand_calls_give_the_same() {
    let runtime = Runtime::compile(hello()).expect("the executor takes it");
    let mut state = State::new(hello());
    let options = CallOptions::default();
    let repeated = runtime
        .repeat(&mut state, "Hello_echo", b"again", &options, 1000)
        .expect("every call succeeds");
    assert_eq!(repeated.times.len(), 1000);
    assert_eq!(repeated.last.output, b"again");
}

/// What `Hello_churn` must answer: the sum of the numbers and of the bytes set in the slices.
fn churned(count: u32) -> Vec<u8> {
    let sum = (0..count).fold(0u32, |sum, i| sum.wrapping_add(i).wrapping_add(i & 0xff));
    sum.to_le_bytes().to_vec()
}

#[test]
fn churn_collects_its_garbage() {
    for count in [0u32, 1, 3, 999, 1000, 1001, 100_000, 1_000_000] {
        let answer = call("Hello_churn", &count.to_le_bytes());
        assert_eq!(answer, churned(count), "{count} objects");
    }
}

#[test]
fn a_panic_tells_its_message() {
    let folder = Folder::with(&[("hello.wasm", hello().code())]);
    folder.fails(
        &["call", "hello.wasm", "Hello_churn", "0x00"],
        str![[r#"
error runtime: panic: Hello_churn takes a little-endian u32
polkago: `Hello_churn` trapped: wasm `unreachable` instruction executed
...
	[..]: main.helloChurn·export

"#]],
    );
}

/// Imports and exports by name, sorted.
fn interface(report: &Report) -> (Vec<String>, Vec<String>) {
    let import = |i: &polkago_host::Import| format!("{}.{} {}", i.module, i.name, i.ty);
    let mut imports: Vec<String> = report.imports.iter().map(import).collect();
    let mut exports: Vec<String> = report
        .exports
        .iter()
        .map(|e| format!("{} {}", e.name, e.ty))
        .collect();
    imports.sort();
    exports.sort();
    (imports, exports)
}

#[test]
fn the_blob_has_the_interface_of_a_runtime_and_is_strict_mvp() {
    for strip in [false, true] {
        let bytes = build(&hello_folder(), &["."], strip);
        let report = polkago_host::inspect(&bytes).expect("it is valid");
        assert!(
            report.features.is_empty(),
            "beyond the MVP: {:?}",
            report.features
        );
        let (imports, exports) = interface(&report);
        snapbox::assert_data_eq!(
            imports.join("\n"),
            str![[r#"
env.ext_allocator_malloc_version_1 func (i32) -> i32
env.ext_logging_log_version_1 func (i32, i64, i64)
env.memory memory [..] pages
"#]]
        );
        snapbox::assert_data_eq!(
            exports.join("\n"),
            str![[r#"
Core_version func (i32, i32) -> i64
Hello_churn func (i32, i32) -> i64
Hello_echo func (i32, i32) -> i64
__heap_base global i32
"#]]
        );
        let named = report
            .sections
            .iter()
            .any(|s| s.name.as_deref() == Some("name"));
        assert_eq!(named, !strip);
    }
}

/// The goal is 4 kB; the bound keeps what has been reached.
#[test]
fn the_smallest_runtime_is_small() {
    let bytes = build(&hello_folder(), &["main.go", "version.go"], true);
    assert!(bytes.len() < 8800, "{} bytes", bytes.len());
}

#[test]
fn the_folder_does_not_matter() {
    let copies = ["a", "somewhere/far/below"].map(|place| {
        let folder = Folder::empty();
        let below = folder.path().join(place);
        for part in ["examples/hello", "go/sdk"] {
            copy(&repository().join(part), &below.join(part));
        }
        build(&below.join("examples/hello"), &["."], false)
    });
    assert!(copies[0] == copies[1]);
    assert!(copies[0] == hello().code());
}

/// Copies a folder.
pub fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("folders can be made");
    for entry in std::fs::read_dir(from).expect("the folder can be read") {
        let entry = entry.expect("the entry can be read");
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).expect("the file can be copied");
        }
    }
}
