//! The example runtime with accounts replaces its own code.

use std::fmt::Write as _;

use polkago_host::Blob;

use crate::hello::build;
use crate::{Folder, polkago, repository};

/// A folder with the runtime, in the version given, and what it is compiled with.
fn version(number: u32) -> Folder {
    let folder = Folder::empty();
    for part in ["examples/frameless", "go/sdk"] {
        copy(&repository().join(part), &folder.path().join(part));
    }
    let main = folder.path().join("examples/frameless/main.go");
    let text = std::fs::read_to_string(&main).expect("the runtime is there");
    let parts: Vec<&str> = text.split("SpecVersion:        1,").collect();
    assert_eq!(parts.len(), 2, "the version stands in one place");
    let text = parts.join(&format!("SpecVersion:        {number},"));
    std::fs::write(main, text).expect("files can be written");
    folder
}

fn copy(from: &std::path::Path, to: &std::path::Path) {
    std::fs::create_dir_all(to).expect("folders can be made");
    for entry in std::fs::read_dir(from).expect("the folder can be read") {
        let entry = entry.expect("the entry can be read");
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).expect("files can be copied");
        }
    }
}

/// What `polkago block replay` prints.
fn replay(folder: &Folder, script: &str) -> String {
    std::fs::write(folder.path().join("script.json"), script).expect("files can be written");
    let run = polkago()
        .current_dir(folder.path())
        .args([
            "block",
            "replay",
            "--script",
            "script.json",
            "examples/frameless",
        ])
        .assert()
        .success();
    String::from_utf8(run.get_output().stdout.clone()).expect("it is text")
}

/// `text` has these parts, in this order.
fn in_order(text: &str, parts: &[&str]) {
    let mut rest = text;
    for part in parts {
        match rest.split_once(part) {
            Some((_, behind)) => rest = behind,
            None => panic!("no {part:?} in\n{rest}\nof\n{text}"),
        }
    }
}

/// The account with the key replaces the code in block 1; blocks 2 and 3 are executed by the new one,
/// for which their transactions are signed.
#[test]
fn the_runtime_upgrades_itself() {
    let next = build(&version(2).path().join("examples/frameless"), &["."], true);
    let mut code = String::from("0x");
    for byte in Blob::from_bytes(&next).expect("it is Wasm").code() {
        write!(code, "{byte:02x}").unwrap();
    }
    let upgrade = |signer| {
        format!(r#"{{"signer": "{signer}", "call": {{"System.set_code": {{"code": "{code}"}}}}}}"#)
    };
    let transfer = r#"{"signer": "//Alice", "call":
        {"Balances.transfer_keep_alive": {"dest": "//Bob", "value": 1}}}"#;
    let script = format!(
        r#"{{"blocks": [
            {{"extrinsics": [{transfer}, {}, {}]}},
            {{"extrinsics": [{transfer}]}},
            {{"extrinsics": [{}, {transfer}]}}
        ]}}"#,
        upgrade("//Bob"),
        upgrade("//Alice"),
        upgrade("//Alice"),
    );
    let text = replay(&version(1), &script);
    in_order(
        &text,
        &[
            "block 1  hash 0x",
            "built with 4 extrinsics",
            "extrinsic 2 failed: Bad origin",
            "block 1 executed",
            "on both",
            "block 2  hash 0x",
            "built with 2 extrinsics",
            "block 2 executed",
            "on both",
            "block 3  hash 0x",
            "extrinsic 1 failed: error 1 of pallet 0",
            "block 3 executed",
            "on both",
        ],
    );
}
