//! Generated code: it is what `good.txt` says, clean under the official gofmt and vet, and encodes what it should under
//! the official compiler; every mistake in `wrong.go` is reported at its place, as `wrong.txt` says.
//!
//! `BLESS=1` writes the expected files anew.

use polkago_compiler::{BuildOptions, GenerateReport, NoProgress, Profile, Session, render};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/generate")
}

/// A module with these files of the folder of expectations.
fn module(files: &[(&str, &str)]) -> tempfile::TempDir {
    let dir = tempfile::tempdir().expect("there is room for a folder");
    let sdk = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../go/sdk");
    let text = format!(
        "module example.com/m\n\ngo 1.26\n\nrequire polkago.dev/sdk v0.0.0\n\nreplace polkago.dev/sdk => {}\n",
        sdk.display()
    );
    std::fs::write(dir.path().join("go.mod"), text).expect("written");
    for (source, target) in files {
        let text = std::fs::read(folder().join(source)).expect("an expectation");
        std::fs::write(dir.path().join(target), text).expect("written");
    }
    dir
}

fn session(dir: &Path) -> Session {
    Session::from_environment(dir.to_owned(), Arc::new(NoProgress)).with_all_errors(true)
}

fn generate(dir: &Path) -> GenerateReport {
    match session(dir).generate(&[]) {
        Ok(report) => report,
        Err(failure) => panic!("{}", render::plain(&failure.diagnostics)),
    }
}

/// Compares with an expected file.
fn expect(name: &str, text: &str) {
    let path = folder().join(name);
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(&path, text).expect("written");
    }
    let want = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        want == text,
        "{name} differs; BLESS=1 writes it anew:\n{text}"
    );
}

/// Runs a command of the official Go release, or tells nothing where there is none.
fn go(dir: &Path, command: &str, args: &[&str]) -> Option<(bool, String)> {
    let run = Command::new(command).args(args).current_dir(dir).output();
    let output = run.ok()?;
    let text = [&output.stdout[..], &output.stderr[..]].concat();
    let text = String::from_utf8_lossy(&text).into_owned();
    Some((output.status.success(), text))
}

#[test]
fn mistakes_are_reported_where_they_are() {
    let dir = module(&[("wrong.go", "wrong.go")]);
    let report = generate(dir.path());
    let lines: Vec<String> = report
        .diagnostics
        .iter()
        .map(|d| {
            let place = d.place.as_ref();
            let place = place.map_or(String::new(), |p| format!("{}:{}", p.line, p.column));
            let help = d.help.as_ref().map_or(String::new(), |h| format!(" ({h})"));
            format!("{place}: {}: {}{help}\n", d.code, d.message)
        })
        .collect();
    expect("wrong.txt", &lines.concat());
}

/// The generated file is part of every build; what it is about has to be too.
#[test]
fn directives_in_files_of_some_builds_are_warned_of() {
    let dir = module(&[]);
    let type_of =
        |name: &str| format!("package m\n\n//polkago:scale\ntype {name} struct{{ A uint8 }}\n");
    for (file, constraint, name) in [
        ("a.go", "", "A"),
        ("b_wasm.go", "", "B"),
        ("c_linux.go", "", "C"),
        ("d.go", "//go:build wasm\n\n", "D"),
        ("e.go", "//go:build !wasm\n\n", "E"),
        ("f.go", "//go:build go1.20\n\n", "F"),
        ("g_linux_test.go", "", "G"),
    ] {
        let text = format!("{constraint}{}", type_of(name));
        std::fs::write(dir.path().join(file), text).expect("written");
    }
    let report = generate(dir.path());
    let lines: Vec<String> = report
        .diagnostics
        .iter()
        .map(|d| {
            assert_eq!(d.code, "ConstrainedDirective");
            assert_eq!(d.severity, polkago_compiler::Severity::Warning);
            let place = d.place.as_ref().expect("a place");
            format!(
                "{}:{}:{}: {}",
                place.file, place.line, place.column, d.message
            )
        })
        .collect();
    let some = "//polkago:scale in a file that is not part of every build, as generated code is";
    let none =
        "//polkago:scale in a file that is not part of builds for Polkadot: it has no effect";
    assert_eq!(
        lines,
        [
            format!("./b_wasm.go:3:3: {some}"),
            format!("./d.go:5:3: {some}"),
            format!("./c_linux.go:3:3: {none}"),
            format!("./e.go:5:3: {none}"),
        ]
    );
}

#[test]
fn generated_code_is_stable_and_clean() {
    let dir = module(&[("good.go", "good.go"), ("good_test.go", "good_test.go")]);
    let report = generate(dir.path());
    assert_eq!(
        report.diagnostics,
        [],
        "{}",
        render::plain(&report.diagnostics)
    );
    let [file] = &report.files[..] else {
        panic!("{} files", report.files.len());
    };
    let text = file.text.as_deref().expect("there are directives");
    expect("good.txt", text);
    std::fs::write(&file.path, text).expect("written");

    // The old file makes no difference, whatever is in it.
    let again = generate(dir.path());
    assert!(again.files[0].is_current());
    let garbage = "// Code generated by polkago generate. DO NOT EDIT.\n\npackage main\n\nimport \"nowhere\"\n\nfunc (";
    std::fs::write(&file.path, garbage).expect("written");
    let again = generate(dir.path());
    assert!(!again.files[0].is_current());
    assert_eq!(again.files[0].text.as_deref(), Some(text));
    std::fs::write(&file.path, text).expect("written");

    if let Some((_, diff)) = go(dir.path(), "gofmt", &["-d", "."]) {
        assert_eq!(diff, "");
    }
    if let Some((ok, text)) = go(dir.path(), "go", &["vet", "."]) {
        assert!(ok, "{text}");
    }
    if let Some((ok, text)) = go(dir.path(), "go", &["test", "."]) {
        assert!(ok, "{text}");
    }
}

#[test]
fn a_file_written_by_hand_is_not_overwritten() {
    let dir = module(&[("good.go", "good.go")]);
    std::fs::write(dir.path().join("polkago_gen.go"), "package main\n").expect("written");
    let report = generate(dir.path());
    let codes: Vec<&str> = report.diagnostics.iter().map(|d| d.code.as_str()).collect();
    assert_eq!(codes, ["GeneratedName"]);
}

#[test]
fn apis_must_have_been_generated_when_a_runtime_is_built() {
    let dir = module(&[("good.go", "good.go")]);
    let options = BuildOptions {
        profile: Profile::Polkadot,
        strip: false,
    };
    let text = "package main\n\n//polkago:api Core 5\ntype core struct{}\n\nfunc (core) Version() uint32 { return 1 }\n";
    std::fs::write(dir.path().join("good.go"), text).expect("written");
    let failure = session(dir.path())
        .build(&[".".to_owned()], &options)
        .expect_err("nothing is generated");
    assert_eq!(failure.diagnostics[0].code, "StaleGenerated");
    let report = generate(dir.path());
    let [file] = &report.files[..] else {
        panic!("{} files", report.files.len());
    };
    std::fs::write(&file.path, file.text.as_deref().unwrap_or_default()).expect("written");
    session(dir.path())
        .build(&[".".to_owned()], &options)
        .unwrap_or_else(|f| panic!("{}", render::plain(&f.diagnostics)));
}
