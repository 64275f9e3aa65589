//! `polkago run`: what a program prints, its arguments and its exit code.

use crate::Folder;
use snapbox::str;

#[test]
fn a_program_prints() {
    Folder::with(&[(
        "hello.go",
        "package main\n\nfunc main() { println(\"hello\", 6*7) }\n",
    )])
    .run(&["run", "hello.go"])
    .success()
    .stdout_eq("")
    .stderr_eq("hello 42\n");
}

#[test]
fn several_files_make_a_program() {
    Folder::with(&[
        ("a.go", "package main\n\nfunc main() { println(b()) }\n"),
        (
            "b.go",
            "package main\n\nfunc b() string { return \"from b\" }\n",
        ),
    ])
    .run(&["run", "a.go", "b.go", "-v", "arg"])
    .success()
    .stderr_eq("from b\n");
}

#[test]
fn packages_of_a_module_are_found() {
    Folder::with(&[
        ("go.mod", "module example.com/m\n\ngo 1.26\n"),
        ("cmd/tool/main.go", "package main\n\nimport \"example.com/m/lib\"\n\nfunc main() { println(lib.Twice(21)) }\n"),
        ("lib/lib.go", "// Package lib doubles.\npackage lib\n\n// Twice doubles.\nfunc Twice(n int) int { return 2 * n }\n"),
    ])
    .run(&["run", "./cmd/tool"])
    .success()
    .stderr_eq("42\n");
}

#[test]
fn a_panic_gives_exit_code_2() {
    Folder::with(&[(
        "p.go",
        "package main\n\nfunc main() {\n\tvar s []int\n\tprintln(s[len(s)])\n}\n",
    )])
    .run(&["run", "p.go"])
    .code(2)
    .stdout_eq("")
    .stderr_eq(str![[r#"
panic: runtime error: index out of range [0] with length 0

goroutine 1 [running]:
main.main()
	command-line-arguments/p.go:5 +[..]

"#]]);
}

#[test]
fn a_program_without_main() {
    Folder::with(&[("p.go", "package main\n\nfunc f() {}\n")]).fails(
        &["run", "p.go"],
        str![[r#"
function main is undeclared in the main package
	a program has one; the methods of a runtime are called with polkago call

"#]],
    );
}

#[test]
fn no_program_at_all() {
    Folder::with(&[("p.go", "package p\n\nfunc F() {}\n")]).fails(
        &["run", "p.go"],
        str![[r#"
package command-line-arguments is not a main package
	a program or runtime is a package whose files begin with package main

"#]],
    );
}

#[test]
fn timings_name_the_stages() {
    let folder = Folder::with(&[("hello.go", "package main\n\nfunc main() {}\n")]);
    folder
        .run(&["build", "-a", "--timings", "--target", "wasip1", "hello.go"])
        .success()
        .stdout_eq("")
        .stderr_eq(str![[r#"
find go          [..] ms
load             [..] ms
check            [..] ms
lower            [..] ms
optimise         [..] ms
emit             [..] ms
total            [..] ms
...

"#]]);
    assert!(folder.path().join("hello.wasm").is_file());
}

#[test]
fn a_module_that_was_built_before_is_run() {
    let folder = Folder::with(&[(
        "p.go",
        "package main\n\nimport \"os\"\n\nfunc main() {\n\tprintln(len(os.Args), os.Args[1])\n\tos.Exit(3)\n}\n",
    )]);
    folder
        .run(&["build", "--target", "wasip1", "-o", "p.wasm", "p.go"])
        .success();
    folder
        .run(&["run", "p.wasm", "-v"])
        .code(3)
        .stderr_eq("2 -v\n");
    folder.fails(
        &["run", "q.wasm"],
        str![[r#"
polkago: cannot read q.wasm: no such file or folder
	check the name of the file

"#]],
    );
}

#[test]
fn a_runtime_is_called_and_not_run() {
    let folder = Folder::with(&[(
        "r.go",
        "package main\n\n//go:wasmexport Test_r\nfunc r(ptr, n uint32) uint64 { return 0 }\n",
    )]);
    folder.fails(
        &["run", "r.go"],
        str![[r#"
function main is undeclared in the main package
	a program has one; the methods of a runtime are called with polkago call

"#]],
    );
    folder.fails(
        &["call", "r.go"],
        str![[r#"
polkago: no method is named
	it has Test_r

"#]],
    );
}

#[test]
fn the_package_of_the_folder_is_meant_where_none_is_named() {
    let folder = Folder::with(&[
        ("go.mod", "module m\n\ngo 1.26\n"),
        ("m.go", "package main\n\nfunc main() {}\n"),
    ]);
    folder.run(&["check"]).success().stderr_eq("");
    folder.run(&["build"]).success().stderr_eq("");
    assert!(folder.path().join("m.wasm").exists());
}

#[test]
fn commands_of_the_official_go_are_named() {
    Folder::empty().run(&["vet"]).code(2).stderr_eq(str![[r#"
error: unrecognized subcommand 'vet'

  tip: the official go command does that, on the same tree: go vet

Usage: polkago [OPTIONS] <COMMAND>

For more information, try '--help'.

"#]]);
}
