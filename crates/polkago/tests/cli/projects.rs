//! `new` and `licenses`.

use crate::Folder;
use snapbox::str;

#[test]
fn a_new_project_builds_and_runs_at_once() {
    let folder = Folder::empty();
    folder
        .run(&["new", "my-runtime"])
        .success()
        .stderr_eq("")
        .stdout_eq(str![[r#"
my-runtime: a runtime that builds and runs; try
  cd my-runtime
  polkago call . Core_version
  go test ./...

"#]]);
    let own: Vec<String> = folder
        .files()
        .iter()
        .map(|path| path.strip_prefix(folder.path()).expect("it is within"))
        .filter(|path| !path.starts_with("my-runtime/.polkago"))
        .map(|path| path.to_string_lossy().replace('\\', "/"))
        .collect();
    assert_eq!(
        own,
        [
            ".gitignore",
            ".vscode/settings.json",
            "README.md",
            "go.mod",
            "main.go",
            "main_test.go",
            "polkago_gen.go"
        ]
        .map(|file| format!("my-runtime/{file}"))
    );

    let project = folder.path().join("my-runtime");
    let run = |args: &[&str]| {
        crate::polkago()
            .current_dir(&project)
            .args(args)
            .assert()
            .success()
    };
    // The answer is "Hello, Bob!", its length first.
    run(&["call", ".", "Greeter_greet", "0x0c426f62"]).stdout_eq("0x2c48656c6c6f2c20426f6221\n");
    run(&["generate", "--check", "."]).stdout_eq("");
    run(&["call", ".", "Core_version"]).stdout_eq(str![[r#"
0x[..]
spec name            my-runtime
impl name            my-runtime
authoring version    1
spec version         1
impl version         1
transaction version  1
system version       1
runtime API          0xdf6acb689907609b Core 5
runtime API          [..] an API unknown here 1

"#]]);
    for args in [&["vet", "./..."][..], &["test", "./..."]] {
        let output = std::process::Command::new("go")
            .current_dir(&project)
            .env("GOPROXY", "off")
            .env("GOFLAGS", "-mod=mod")
            .args(args)
            .output()
            .expect("the official go is installed");
        assert!(
            output.status.success(),
            "go {args:?}: {}{}",
            String::from_utf8_lossy(&output.stdout),
            String::from_utf8_lossy(&output.stderr)
        );
    }
}

#[test]
fn an_empty_folder_may_become_a_project_and_no_other() {
    let folder = Folder::with(&[("full/file", "x"), ("file", "x")]);
    std::fs::create_dir(folder.path().join("empty")).expect("folders can be made");
    folder.run(&["new", "empty"]).success();
    let folder = Folder::with(&[("full/file", "x"), ("file", "x")]);
    folder.fails(
        &["new", "full"],
        str![[r#"
polkago: full exists already and is not empty
	choose another name, or remove it first

"#]],
    );
    folder.fails(
        &["new", "file"],
        str![[r#"
polkago: file exists already
	choose another name, or remove it first

"#]],
    );
    folder.fails(
        &["new", "missing/sub"],
        str![[r#"
polkago: cannot make missing/sub: [..]
	choose a place that can be written

"#]],
    );
}

#[test]
fn names_that_projects_cannot_have() {
    let folder = Folder::empty();
    folder.fails(
        &["new", "fmt"],
        str![[r#"
polkago: "fmt" cannot be a project's name: the standard library has it
	choose letters, digits, - and _, beginning with a letter, such as my-runtime

"#]],
    );
    folder.fails(
        &["new", "--module", "a//b", "runtime-1"],
        str![[r#"
polkago: "a//b" cannot be a module path: one of its elements is empty
	choose a path such as example.com/me/my-runtime

"#]],
    );
    folder.fails(
        &["new", ".."],
        str![[r#"
polkago: "" cannot be a project's name: it is empty
	choose letters, digits, - and _, beginning with a letter, such as my-runtime

"#]],
    );
}

/// A program that uses three modules: one with notices, one without, and a package of it that is not used.
fn program() -> Folder {
    Folder::with(&[
        (
            "go.mod",
            "module m\n\ngo 1.26\n\nrequire (\n\texample.com/a v1.2.3\n\texample.com/b v0.1.0\n)\n\n\
             replace example.com/a => ./a\n\nreplace example.com/b => ./b\n",
        ),
        (
            "main.go",
            "package main\n\nimport (\n\t\"example.com/a/sub\"\n\t\"example.com/b\"\n)\n\n\
             func main() { println(sub.N, b.N) }\n",
        ),
        ("a/go.mod", "module example.com/a\n"),
        ("a/LICENSE", "terms of a\n"),
        ("a/NOTICE.txt", "made by the authors of a\n"),
        ("a/license.go", "package a\n"),
        ("a/sub/LICENSE-MIT", "terms of sub\n"),
        ("a/sub/sub.go", "package sub\n\nvar N = 1\n"),
        ("b/go.mod", "module example.com/b\n"),
        ("b/COPYING", "terms of b\n"),
        ("b/b.go", "package b\n\nvar N = 2\n"),
    ])
}

#[test]
fn notices_of_modules_are_found() {
    program()
        .run(&["licenses", "--target", "wasip1", "."])
        .success()
        .stderr_eq("")
        .stdout_eq(str![[r#"
This module contains the works named here, with their notices.

================================================================================
polkago: runtime and SDK
...
NOTICE

polkago
Copyright the polkago authors. Licensed under the Apache License, Version 2.0.

================================================================================
the Go standard library go1.26[..]
...
================================================================================
example.com/a v1.2.3

LICENSE

terms of a

NOTICE.txt

made by the authors of a

sub/LICENSE-MIT

terms of sub

================================================================================
example.com/b v0.1.0

COPYING

terms of b

"#]]);
}

#[test]
fn a_module_without_licence_is_told() {
    let folder = program();
    std::fs::remove_file(folder.path().join("b/COPYING")).expect("it is there");
    folder
        .run(&["licenses", "--target", "wasip1", "-o", "notices.txt", "."])
        .code(1)
        .stdout_eq("")
        .stderr_eq(str![[r#"
example.com/b has no file with a licence
	ask its authors under which terms it may be used and passed on

"#]]);
}
