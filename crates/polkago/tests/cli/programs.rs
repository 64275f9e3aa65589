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
