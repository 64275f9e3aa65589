//! What checking reports: the same for any number of threads, and in the official compiler's words, order and number.

use polkago_compiler::{
    CheckTarget, Diagnostic, JsonDiagnostic, NoProgress, Profile, Session, render,
};
use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;

/// A module in a folder of its own.
fn module(files: &[(&str, &str)]) -> tempfile::TempDir {
    let dir = tempfile::tempdir().expect("there is room for a folder");
    let all = [("go.mod", "module example.com/m\n\ngo 1.26\n")];
    for (name, text) in all.iter().chain(files) {
        let path = dir.path().join(name);
        std::fs::create_dir_all(path.parent().expect("it is in the folder")).expect("made");
        std::fs::write(path, text).expect("written");
    }
    dir
}

fn check(dir: &Path, all: bool) -> Vec<Diagnostic> {
    let session = Session::from_environment(dir.to_owned(), Arc::new(NoProgress));
    let session = session.with_all_errors(all);
    match session.check(
        &["./...".to_owned()],
        &CheckTarget::Profile(Profile::Wasip1),
    ) {
        Ok(report) => report.diagnostics,
        Err(failure) => panic!("{}", render::plain(&failure.diagnostics)),
    }
}

/// Many packages that import one another, many of them with errors that name other packages' declarations.
fn tangle() -> Vec<(String, String)> {
    let mut files = Vec::new();
    for n in 0..60 {
        let imports: Vec<usize> = (0..n).filter(|i| (i * 5 + n) % 11 == 0).collect();
        let mut text = format!("package p{n}\n\n");
        for i in &imports {
            let _ = writeln!(text, "import \"example.com/m/p{i}\"");
        }
        let _ = writeln!(
            text,
            "type T{n} struct {{ f func(a{n} int) []map[string]int }}"
        );
        let _ = writeln!(
            text,
            "func F{n}(t T{n}) interface{{ M() func(b{n} int) }} {{"
        );
        for i in &imports {
            let _ = writeln!(text, "\t_ = p{i}.T{i}{{}}");
            if n % 20 == 19 {
                let _ = writeln!(text, "\tvar unused{i} p{i}.T{i}\n\tp{i}.F{i}(1)");
            }
        }
        if n % 7 == 6 {
            let _ = writeln!(text, "\tt.missing()\n\tvar i interface{{ M() }} = F{n}(t)");
        }
        text.push_str("\treturn nil\n}\n");
        files.push((format!("p{n}/p.go"), text));
    }
    files
}

#[test]
fn one_thread_or_many() {
    let files = tangle();
    let files: Vec<(&str, &str)> = files.iter().map(|(n, t)| (&**n, &**t)).collect();
    let dir = module(&files);
    let with_threads = |n| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(n).build();
        let list = pool.expect("threads").install(|| check(dir.path(), true));
        let lines = list
            .iter()
            .map(|d| serde_json::to_string(&JsonDiagnostic::from(d)));
        let lines: Vec<String> = lines.map(|line| line.expect("JSON")).collect();
        lines.join("\n")
    };
    let one = with_threads(1);
    assert!(one.contains("example.com/m/p55"), "{one}");
    for n in [2, 8] {
        for _ in 0..5 {
            assert_eq!(with_threads(n), one, "{n} threads");
        }
    }
}

/// Compares with what `go build` prints, where there is a `go` command.
fn as_go_build(files: &[(&str, &str)]) {
    let dir = module(files);
    let go = |flags: &[&str]| {
        let mut command = Command::new("go");
        command
            .current_dir(dir.path())
            .env("GOARCH", "386")
            .env("GOFLAGS", "-mod=mod");
        let output = command
            .arg("build")
            .args(flags)
            .args(["-o", "out", "./..."])
            .output();
        output
            .ok()
            .map(|o| String::from_utf8_lossy(&o.stderr).into_owned())
    };
    let Some(ten) = go(&[]) else {
        eprintln!("not compared: no go command");
        return;
    };
    assert!(!ten.is_empty(), "the official compiler finds nothing");
    assert_eq!(render::plain(&check(dir.path(), false)), ten);
    let all = go(&["-gcflags=-e"]).unwrap_or_default();
    assert_eq!(render::plain(&check(dir.path(), true)), all);
}

#[test]
fn files_in_the_order_of_their_first_error() {
    as_go_build(&[
        (
            "b.go",
            "package p\n\nfunc F() int { return 1 }\nfunc F() int { return 2 }\n",
        ),
        (
            "a.go",
            "package p\n\nfunc G() {\n\ta := 1; b := 2\n\tc := undefined1\n\td := undefined2\n}\n",
        ),
    ]);
}

#[test]
fn ten_errors_of_a_package() {
    let mut text = String::from("package p\n\nfunc F() {\n");
    for i in 0..14 {
        let _ = writeln!(text, "\tvar v{i} string = {i}");
    }
    text.push_str("}\n");
    as_go_build(&[("sub/x.go", &text)]);
}

#[test]
fn syntax_errors_of_all_files() {
    as_go_build(&[
        ("x.go", "package p\n\nfunc F( {\n}\n\nfunc G() { x := }\n"),
        ("y.go", "package p\n\nvar a b c\n\nfunc H() { return 1 }\n"),
    ]);
}

#[test]
fn notes_with_places_of_their_own() {
    as_go_build(&[(
        "x.go",
        "package p\n\ntype T struct{ a int; a string }\n\ntype I interface{ M(); M() }\n\n\
             type A struct{ b B }\ntype B struct{ a A }\n\nvar x = y\nvar y = x\n\n\
             func f(v any) {\n\tswitch v.(type) {\n\tcase int:\n\tcase int:\n\t}\n\tL:\n}\n",
    )]);
}

#[test]
fn a_terminal_gets_excerpts() {
    let dir = module(&[(
        "x.go",
        "package p\n\nfunc F() int {\n\treturn \"a\" +\n\t\t\"b\"\n}\n\nfunc F() {}\n",
    )]);
    let shown = render::fancy(&check(dir.path(), false), false);
    let expected = r#"# example.com/m
error[IncompatibleAssign]: cannot use "a" + "b" (untyped string constant "ab") as int value in return statement
 --> ./x.go:4:9
  |
4 |     return "a" +
  |            ^^^^^

error[DuplicateDecl]: F redeclared in this block
 --> ./x.go:8:6
  |
8 | func F() {}
  |      ^
  |
note: ./x.go:3:6: other declaration of F

2 errors
"#;
    assert_eq!(shown, expected);
}
