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
    Folder::with(&[("other.go", "package main\n")]).fails(
        &["build", "missing.go"],
        str![[r#"
stat missing.go: no such file or directory

"#]],
    );
}

#[test]
fn a_missing_folder() {
    Folder::with(&[("other.go", "package main\n")]).fails(
        &["run", "./missing"],
        str![[r#"
stat missing: directory not found

"#]],
    );
}

#[test]
fn neither_a_file_nor_a_package() {
    let folder = Folder::with(&[("other.go", "package main\n")]);
    folder.fails(
        &["build", "missing"],
        str![[r#"
package missing is not in std ($GOROOT/src/missing)

"#]],
    );
    folder.fails(
        &["call", "missing", "Core_version"],
        str![[r#"
package missing is not in std ($GOROOT/src/missing)

"#]],
    );
}

#[test]
fn a_folder_without_go_files() {
    Folder::with(&[("docs/readme.txt", "")]).fails(
        &["build", "./docs"],
        str![[r#"
no Go files in docs

"#]],
    );
}

#[test]
fn a_syntax_error() {
    runtime("package main\n\nfunc main() {\n\tx := [3]int{1, 2\n\tprintln(x[0])\n}\n").fails(
        &["build", "."],
        str![[r#"
# bad
./bad.go:4:18: syntax error: unexpected newline in composite literal; possibly missing comma or }
./bad.go:5:13: syntax error: unexpected ] at end of statement

"#]],
    );
}

#[test]
fn several_syntax_errors() {
    runtime("package main\n\nfunc main( {\n}\n\nvar x = = 1\n\ntype t struct { a int b int }\n")
        .fails(
            &["build", "-o", "out.wasm", "."],
            str![[r#"
# bad
./bad.go:3:12: syntax error: unexpected {, expected )

"#]],
        );
}

#[test]
fn a_type_error() {
    let text =
        "package main\n\nfunc main() {\n\tvar s string = 1\n\tprintln(s + 2)\n\tunused := 3\n}\n";
    runtime(text).fails(
        &["run", "."],
        str![[r#"
# bad
./bad.go:4:17: cannot use 1 (untyped int constant) as string value in variable declaration
./bad.go:5:10: invalid operation: s + 2 (mismatched types string and untyped int)
./bad.go:6:2: declared and not used: unused

"#]],
    );
    runtime(text).fails(
        &["check", "."],
        str![[r#"
# bad
./bad.go:4:17: cannot use 1 (untyped int constant) as string value in variable declaration
./bad.go:5:10: invalid operation: s + 2 (mismatched types string and untyped int)
./bad.go:6:2: declared and not used: unused

"#]],
    );
}

#[test]
fn an_unknown_import() {
    runtime("package main\n\nimport \"no/such/package\"\n\nfunc main() { package_.F() }\n").fails(
        &["build", "."],
        str![[r#"
bad.go:3:8: package no/such/package is not in std ($GOROOT/src/no/such/package)

"#]],
    );
    runtime("package main\n\nimport \"example.com/missing\"\n\nfunc main() { missing.F() }\n")
        .fails(
            &["build", "."],
            str![[r#"
bad.go:3:8: no required module provides package example.com/missing; to add it:
	go get example.com/missing

"#]],
        );
}

#[test]
fn an_unused_import() {
    runtime("package main\n\nimport \"unsafe\"\n\nfunc main() {}\n").fails(
        &["build", "."],
        str![[r##"
# bad
./bad.go:3:8: "unsafe" imported and not used

"##]],
    );
}

#[test]
fn an_export_with_an_illegal_signature() {
    runtime(
        "package main\n\n//go:wasmexport Bad_export\nfunc bad(s []string) uint64 { return 0 }\n",
    )
    .fails(
        &["build", "."],
        str![[r#"
# bad
./bad.go:4:6: go:wasmexport: unsupported parameter type []string

"#]],
    );
}

#[test]
fn an_import_from_a_module_that_polkadot_lacks() {
    runtime(
        "package main\n\n//go:wasmimport elsewhere sched_yield\nfunc yield() uint32\n\n\
         //go:wasmexport Test_yield\nfunc test(ptr, n uint32) uint64 { return uint64(yield()) }\n",
    )
    .fails(&["build", "."], str![[r#"
# bad
./bad.go:4:6: cannot import sched_yield from module elsewhere: a Polkadot runtime imports from module env only

"#]]);
}

#[test]
fn a_constant_that_needs_a_64_bit_int() {
    runtime("package main\n\nvar n int = 1 << 40\n\nfunc main() { println(n) }\n").fails(
        &["build", "."],
        str![[r#"
# bad
./bad.go:3:13: cannot use 1 << 40 (untyped int constant 1099511627776) as int value in variable declaration (overflows)
	int, uint and uintptr have 32 bits here; int64 and uint64 hold larger values

"#]],
    );
}

#[test]
fn code_that_relies_on_a_64_bit_int() {
    let folder = runtime(
        "package main\n\nfunc total(balance uint64) int { return int(balance) }\n\nfunc main() { println(total(1)) }\n",
    );
    folder.run(&["check", "."]).success().stderr_eq(str![[r#"
# bad
./bad.go:3:41: warning: conversion of uint64 to int keeps 32 bits here, and 64 elsewhere
	keep the wider type, or check the value before

"#]]);
    folder
        .run(&["check", "--narrow-int", "off", "."])
        .success()
        .stderr_eq("");
    folder.fails(
        &["check", "--narrow-int", "deny", "."],
        str![[r#"
# bad
./bad.go:3:41: conversion of uint64 to int keeps 32 bits here, and 64 elsewhere
	keep the wider type, or check the value before

"#]],
    );
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
        .stderr_eq(str![[r#"
no Go 1.26 release found, and none could be fetched: module lookup disabled by GOPROXY=off
	install Go 1.26 from https://go.dev/dl, set GOROOT to such a release, or run once with the network on and GOPROXY not off

"#]]);
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
        .stderr_eq(str![[r#"
GOROOT=[..] is not a Go release
	set GOROOT to a Go 1.26 release, or unset it

"#]]);
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
        str![[r#"
polkago: cannot write no/such/folder/out.wasm: no such file or folder
	choose a place that can be written with -o FILE

"#]],
    );
}

#[test]
fn findings_as_json() {
    let text = "package main\n\nfunc main() {\n\tvar s string = 1\n}\n";
    runtime(text)
        .run(&["check", "--json", "."])
        .code(1)
        .stdout_eq(str![[r#"
{"severity":"error","code":"UnusedVar","package":"bad","file":"./bad.go","line":4,"column":6,"end":{"line":4,"column":7},"message":"declared and not used: s","related":[]}
{"severity":"error","code":"IncompatibleAssign","package":"bad","file":"./bad.go","line":4,"column":17,"end":{"line":4,"column":18},"message":"cannot use 1 (untyped int constant) as string value in variable declaration","related":[]}

"#]])
        .stderr_eq("");
}
