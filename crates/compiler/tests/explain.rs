//! Every code is explained, and every example is what it says: the wrong one gives the code and nothing else, the
//! mended one gives nothing.

use polkago_compiler::{CheckTarget, NarrowIntLevel, NoProgress, Session, explanations};
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

/// Codes that `compiler` itself gives.
const OWN: [&str; 7] = [
    "Unsupported",
    "NotAProgram",
    "Emit",
    "Load",
    "ConstrainedDirective",
    "TooManyErrors",
    "Internal",
];

#[test]
fn every_code_has_an_entry_and_every_entry_a_code() {
    let types = polkago_types::Code::ALL.iter().map(|code| code.name());
    let syntax = polkago_syntax::ErrorCode::ALL.iter();
    let project = polkago_project::ErrorKind::ALL.iter();
    let codes: BTreeSet<String> = types
        .chain(syntax.map(|code| code.as_str().to_owned()))
        .chain(project.map(|kind| kind.code().to_owned()))
        .chain(
            polkago_types::NarrowKind::ALL
                .iter()
                .map(|kind| kind.code().to_owned()),
        )
        .chain(
            polkago_generate::Code::ALL
                .iter()
                .map(|code| code.name().to_owned()),
        )
        .chain(OWN.map(str::to_owned))
        .collect();
    let entries: Vec<String> = explanations().iter().map(|e| e.code.to_owned()).collect();
    let explained: BTreeSet<String> = entries.iter().cloned().collect();
    assert_eq!(explained.len(), entries.len(), "an entry stands twice");
    let missing: Vec<_> = codes.difference(&explained).collect();
    let extra: Vec<_> = explained.difference(&codes).collect();
    assert!(
        missing.is_empty() && extra.is_empty(),
        "missing {missing:?}, without code {extra:?}"
    );
}

#[test]
fn every_entry_is_whole() {
    for e in explanations() {
        assert!(!e.title.is_empty(), "{}: no title", e.code);
        assert!(e.text.contains("Specification: "), "{}: no rule", e.code);
        let whole = e.right.is_some() && e.wrong.is_some() || e.instead.is_some();
        assert!(
            whole,
            "{}: neither an example nor what to do instead",
            e.code
        );
    }
}

/// Writes an example: its files, and those that every module has.
fn write(dir: &Path, example: &str) {
    let mut files = vec![("go.mod", "module example.com/m\n\ngo 1.26\n".to_owned())];
    if !example.starts_with("-- ") {
        let clause = if example.starts_with("package ") {
            ""
        } else {
            "package p\n\n"
        };
        files.push(("p.go", format!("{clause}{example}")));
    }
    for part in example.lines() {
        if let Some(name) = part.strip_prefix("-- ").and_then(|p| p.strip_suffix(" --")) {
            files.push((name, String::new()));
        } else if example.starts_with("-- ") {
            let (_, text) = files.last_mut().expect("there is a first file");
            text.push_str(part);
            text.push('\n');
        }
    }
    for (name, text) in files {
        let path = dir.join(name);
        std::fs::create_dir_all(path.parent().expect("it is in the folder")).expect("made");
        std::fs::write(path, text).expect("written");
    }
}

/// The codes that checking an example gives, and the messages.
fn codes(example: &str) -> (BTreeSet<String>, String) {
    let dir = tempfile::tempdir().expect("there is room for a folder");
    write(dir.path(), example);
    let session = Session::from_environment(dir.path().to_owned(), Arc::new(NoProgress))
        .with_narrow_int(NarrowIntLevel::Warn);
    // std as it is, with integers of the same width as a Polkadot runtime's.
    let target = CheckTarget::Platform {
        goos: "linux".to_owned(),
        goarch: "386".to_owned(),
    };
    let found = match session.check(&["./...".to_owned()], &target) {
        Ok(report) => report.diagnostics,
        Err(failure) => failure.diagnostics,
    };
    let text = polkago_compiler::render::plain(&found);
    (found.into_iter().map(|d| d.code).collect(), text)
}

#[test]
fn examples_give_their_code() {
    let mut wrong = Vec::new();
    for e in explanations() {
        if let Some(example) = &e.wrong {
            let (found, text) = codes(example);
            if found != BTreeSet::from([e.code.to_owned()]) {
                wrong.push(format!(
                    "{}: the wrong example gives {found:?}\n{text}",
                    e.code
                ));
            }
        }
        if let Some(example) = &e.right {
            let (found, text) = codes(example);
            if !found.is_empty() {
                wrong.push(format!(
                    "{}: the mended example gives {found:?}\n{text}",
                    e.code
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
