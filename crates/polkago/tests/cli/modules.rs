//! Modules, workspaces and tests from the command line.

use crate::{Folder, polkago};
use snapbox::str;

#[test]
fn platforms_must_be_known() {
    polkago()
        .args(["check", "--goos", "linux", "--goarch", "wasm", "std"])
        .assert()
        .failure()
        .stderr_eq(
            "unsupported GOOS/GOARCH pair linux/wasm\n\tfor example: --goos linux --goarch amd64\n",
        );
}

#[test]
fn tests_are_checked_where_asked_for() {
    let folder = Folder::with(&[
        ("go.work", "go 1.26\n\nuse (\n\t./m\n\t./lib\n)\n"),
        ("lib/go.mod", "module example.com/lib\n\ngo 1.26\n"),
        ("lib/lib.go", "package lib\n\nfunc Two() int { return 2 }\n"),
        ("m/go.mod", "module example.com/m\n\ngo 1.26\n"),
        (
            "m/m.go",
            "package m\n\nimport \"example.com/lib\"\n\nvar four = 2 * lib.Two()\n",
        ),
        ("m/m_test.go", "package m\n\nvar five string = four\n"),
        (
            "m/out_test.go",
            "package m_test\n\nimport _ \"example.com/m\"\n\nvar six int = \"6\"\n",
        ),
    ]);
    let check = |arguments: &[&str]| {
        polkago()
            .args(["check", "--goos", "linux", "--goarch", "386"])
            .args(arguments)
            .current_dir(folder.path().join("m"))
            .assert()
    };
    check(&["./..."]).success();
    let want = "# example.com/m [example.com/m.test]\n\
        ./m_test.go:3:19: cannot use four (variable of type int) as string value in variable declaration\n";
    let all = check(&["--tests", "./..."]).failure();
    let text = String::from_utf8_lossy(&all.get_output().stderr).into_owned();
    assert!(text.starts_with(want), "{text}");
}

/// The SDK comes with the compiler, and no proxy has it.
#[test]
fn a_requirement_of_the_sdk_has_advice() {
    let text = "package main\n\nimport \"polkago.dev/sdk/abi\"\n\n\
                //go:wasmexport Test_m\nfunc m(ptr, n uint32) uint64 { return abi.Output(nil) }\n";
    let folder = Folder::with(&[
        (
            "go.mod",
            "module m\n\ngo 1.26\n\nrequire polkago.dev/sdk v0.0.0\n",
        ),
        ("m.go", text),
    ]);
    folder.fails(
        &["build"],
        str![[r#"
m.go:3:8: go.mod requires polkago.dev/sdk, and go.sum has no checksum of it
	take the requirement out, since the SDK comes with polkago; for the official go replace it by a copy, as polkago new does

"#]],
    );
}
