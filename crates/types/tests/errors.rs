//! Errors of small Go programs: each file of `errors/` says in comments where which error must be reported
//! (`/* ERROR "text" */` after the token; see `support/expect.rs`). Nothing else may be reported.

mod support;

use libtest_mimic::{Arguments, Failed, Trial};
use polkago_syntax::{ParseOptions, parse_file};
use polkago_types::{PackageInput, PackageKind, Sizes, SourceFile, Store, check_package};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use support::expect::expected;

/// Checks one file and compares its errors with those expected.
fn run(path: &Path) -> Result<(), Failed> {
    let source = std::fs::read_to_string(path)?;
    let parsed = parse_file(source.as_bytes(), &ParseOptions::default());
    let mut found = Vec::new();
    for error in &parsed.errors {
        found.push((parsed.file.lines.line_col(error.pos), error.message.clone()));
    }
    let name: Arc<str> = "p.go".into();
    let file = SourceFile {
        path: name.clone(),
        stable_path: name,
        tree: Arc::new(parsed.file),
        overlay: false,
    };
    // A first line `//lang go1.N` sets the language version.
    let go_version = source
        .lines()
        .next()
        .and_then(|line| line.strip_prefix("//lang go1."))
        .and_then(|version| version.trim().parse().ok())
        .unwrap_or(26);
    let store = Store::new();
    let input = PackageInput {
        path: "p".into(),
        files: vec![file],
        imports: rustc_hash::FxHashMap::default(),
        go_version,
        sizes: Sizes::WASM32,
        kind: PackageKind::Plain,
    };
    let result = check_package(&store, input);
    for error in &result.errors {
        let at = result.package.files[0].tree.lines.line_col(error.pos.pos);
        let text = support::show(&result.package, error);
        found.push((
            at,
            text.split_once(": ")
                .map_or(text.as_str(), |(_, text)| text)
                .to_owned(),
        ));
    }
    let mut problems = Vec::new();
    let mut wanted = expected(&source);
    for ((line, col), msg) in found {
        match wanted
            .iter()
            .position(|want| (want.line, want.col) == (line, col) && want.matches(&msg))
        {
            Some(at) => {
                wanted.remove(at);
            }
            None => problems.push(format!("{line}:{col}: unexpected: {msg}")),
        }
    }
    problems.extend(
        wanted
            .iter()
            .map(|want| format!("{}:{}: missing: {}", want.line, want.col, want.text)),
    );
    if problems.is_empty() {
        Ok(())
    } else {
        Err(problems.join("\n").into())
    }
}

fn main() {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/errors");
    let mut paths: Vec<PathBuf> = std::fs::read_dir(dir)
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path())
        .collect();
    paths.sort();
    let trials = paths
        .into_iter()
        .map(|path| {
            let name = path
                .file_stem()
                .map_or_else(String::new, |name| name.to_string_lossy().into_owned());
            Trial::test(name, move || run(&path))
        })
        .collect();
    libtest_mimic::run(&Arguments::from_args(), trials).exit();
}
