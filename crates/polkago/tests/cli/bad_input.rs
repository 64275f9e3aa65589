//! Mistakes that users make: one clear message each, with its place where there is one, exit code 1, and no output
//! file left behind.

use crate::{Folder, polkago};
use snapbox::str;

/// A folder with one Go file of the runtime kind.
fn runtime(text: &str) -> Folder {
    Folder::with(&[("go.mod", "module bad\n\ngo 1.26\n"), ("bad.go", text)])
}

#[test]
fn a_missing_go_file() {
    Folder::with(&[("other.go", "package main\n")]).fails(&["build", "missing.go"], str![[]]);
}

#[test]
fn a_missing_folder() {
    Folder::with(&[("other.go", "package main\n")]).fails(&["run", "./missing"], str![[]]);
}

#[test]
fn neither_a_file_nor_a_package() {
    let folder = Folder::with(&[("other.go", "package main\n")]);
    folder.fails(&["build", "missing"], str![[]]);
    folder.fails(&["call", "missing", "Core_version"], str![[]]);
}

#[test]
fn a_folder_without_go_files() {
    Folder::with(&[("docs/readme.txt", "")]).fails(&["build", "./docs"], str![[]]);
}

#[test]
fn a_syntax_error() {
    runtime("package main\n\nfunc main() {\n\tx := [3]int{1, 2\n\tprintln(x[0])\n}\n")
        .fails(&["build", "."], str![[]]);
}

#[test]
fn several_syntax_errors() {
    runtime("package main\n\nfunc main( {\n}\n\nvar x = = 1\n\ntype t struct { a int b int }\n")
        .fails(&["build", "-o", "out.wasm", "."], str![[]]);
}

#[test]
fn a_type_error() {
    let text =
        "package main\n\nfunc main() {\n\tvar s string = 1\n\tprintln(s + 2)\n\tunused := 3\n}\n";
    runtime(text).fails(&["run", "."], str![[]]);
    runtime(text).fails(&["check", "."], str![[]]);
}

#[test]
fn an_unknown_import() {
    runtime("package main\n\nimport \"no/such/package\"\n\nfunc main() { package_.F() }\n")
        .fails(&["build", "."], str![[]]);
    runtime("package main\n\nimport \"example.com/missing\"\n\nfunc main() { missing.F() }\n")
        .fails(&["build", "."], str![[]]);
}

#[test]
fn an_unused_import() {
    runtime("package main\n\nimport \"unsafe\"\n\nfunc main() {}\n")
        .fails(&["build", "."], str![[]]);
}

#[test]
fn an_export_with_an_illegal_signature() {
    runtime(
        "package main\n\n//go:wasmexport Bad_export\nfunc bad(s []string) uint64 { return 0 }\n",
    )
    .fails(&["build", "."], str![[]]);
}

#[test]
fn an_import_from_a_module_that_polkadot_lacks() {
    runtime(
        "package main\n\n//go:wasmimport wasi_snapshot_preview1 sched_yield\nfunc yield() uint32\n\n\
         //go:wasmexport Test_yield\nfunc test(ptr, n uint32) uint64 { return uint64(yield()) }\n",
    )
    .fails(&["build", "."], str![[]]);
}

#[test]
fn what_is_outside_the_subset() {
    runtime(
        "package main\n\nfunc main() {\n\tm := map[string]int{}\n\tm[\"a\"]++\n\tc := make(chan int)\n\tgo func() { c <- 1 }()\n\tprintln(<-c)\n}\n",
    )
    .fails(&["build", "--target", "wasip1", "."], str![[]]);
}

#[test]
fn no_go_release_and_no_network() {
    let folder = runtime("package main\n\nfunc main() {}\n");
    let empty = Folder::empty();
    polkago()
        .current_dir(folder.path())
        .env_remove("GOROOT")
        .env("PATH", empty.path())
        .env("GOENV", "off")
        .env("GOPROXY", "off")
        .env("POLKAGO_CACHE", empty.path())
        .args(["build", "."])
        .assert()
        .code(1)
        .stdout_eq("")
        .stderr_eq(str![[]]);
    assert!(!folder.path().join("bad.wasm").exists());
}

#[test]
fn goroot_without_a_release() {
    let folder = runtime("package main\n\nfunc main() {}\n");
    polkago()
        .current_dir(folder.path())
        .env("GOROOT", folder.path())
        .args(["build", "."])
        .assert()
        .code(1)
        .stdout_eq("")
        .stderr_eq(str![[]]);
}

#[test]
fn a_place_that_cannot_be_written() {
    runtime("package main\n\nfunc main() {}\n").fails(
        &[
            "build",
            "--target",
            "wasip1",
            "-o",
            "no/such/folder/out.wasm",
            ".",
        ],
        str![[]],
    );
}

#[test]
fn findings_as_json() {
    let text = "package main\n\nfunc main() {\n\tvar s string = 1\n}\n";
    runtime(text)
        .run(&["check", "--json", "."])
        .code(1)
        .stdout_eq(str![[]])
        .stderr_eq("");
}
