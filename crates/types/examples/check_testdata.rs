//! Checks the type checker's test data of the Go release on this machine (`internal/types/testdata`) and prints what
//! differs from the errors expected there: `check_testdata [-q] [-x=SKIPPED...] [NAME...]`.

#[path = "../tests/support/mod.rs"]
mod support;

use polkago_syntax::{ParseOptions, parse_file};
use polkago_types::{PackageInput, Sizes, SourceFile, check_package};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use support::Std;
use support::expect::expected;

/// Test files of one package each: a file, or the files of a folder.
fn cases(dir: &Path) -> Vec<Vec<PathBuf>> {
    let list = |dir: &Path| {
        let mut paths: Vec<_> = std::fs::read_dir(dir)
            .into_iter()
            .flatten()
            .flatten()
            .map(|e| e.path())
            .collect();
        paths.sort();
        paths
    };
    let mut cases = Vec::new();
    for part in ["check", "examples", "fixedbugs", "spec"] {
        for path in list(&dir.join(part)) {
            cases.push(if path.is_dir() {
                list(&path)
            } else {
                vec![path]
            });
        }
    }
    cases
}

/// Replaces calls of the test function `assert` by conversions to `bool`, which keep constants constant; gives where
/// these are.
fn replace_asserts(source: &str) -> (String, Vec<usize>) {
    let mut text = source.to_owned();
    let mut places = Vec::new();
    for (at, _) in source.match_indices("assert(") {
        let before = source[..at].rsplit('\n').next().unwrap_or_default();
        if before.trim().is_empty() {
            text.replace_range(at..at + 7, "_=bool(");
            places.push(at + 2);
        } else if before.ends_with(|c: char| c.is_whitespace() || c == '=') {
            text.replace_range(at..at + 7, "bool  (");
            places.push(at);
        }
    }
    (text, places)
}

/// What is wrong with a case.
fn run(std: &mut Std, files: &[PathBuf]) -> Vec<String> {
    let mut problems = Vec::new();
    let mut found: Vec<(usize, u32, String)> = Vec::new();
    let mut sources = Vec::new();
    let mut trees = Vec::new();
    let mut asserts = Vec::new();
    for (i, path) in files.iter().enumerate() {
        let original = std::fs::read_to_string(path).unwrap_or_default();
        let (source, places) = replace_asserts(&original);
        asserts.push(places);
        let parsed = parse_file(source.as_bytes(), &ParseOptions::default());
        for error in &parsed.errors {
            found.push((i, parsed.file.lines.line(error.pos), error.message.clone()));
        }
        let name: Arc<str> = path
            .file_name()
            .map_or_else(String::new, |n| n.to_string_lossy().into_owned())
            .into();
        trees.push(SourceFile {
            path: name.clone(),
            stable_path: name,
            tree: Arc::new(parsed.file),
            overlay: false,
        });
        sources.push(source);
    }
    let flags = sources[0].lines().next().unwrap_or_default();
    let lang = flags
        .strip_prefix("//")
        .and_then(|line| {
            line.split_whitespace()
                .find_map(|word| word.strip_prefix("-lang=go1."))
        })
        .and_then(|version| version.parse().ok())
        .unwrap_or(26);
    let mut imports = rustc_hash::FxHashMap::default();
    for path in std.imports(&trees) {
        if let Some(pkg) = std.check(&path) {
            imports.insert(Arc::from(path.as_str()), pkg);
        }
    }
    let name = trees[0]
        .tree
        .package
        .map_or("p", |ident| trees[0].tree.ident_text(ident))
        .to_owned();
    let input = PackageInput {
        path: name.into(),
        files: trees,
        imports,
        go_version: lang,
        sizes: Sizes::AMD64,
    };
    let result = check_package(&std.store, input);
    // The official compiler reports cycles of anonymous interfaces outside of its type checker.
    for error in result
        .errors
        .iter()
        .filter(|error| !error.msg.contains("go.dev/issue/56103"))
    {
        let file = error.pos.file.file as usize;
        let line = result.package.files[file].tree.lines.line(error.pos.pos);
        let text = support::show(&result.package, error);
        let text = text
            .split_once(": ")
            .map_or(text.as_str(), |(_, text)| text)
            .to_owned();
        found.push((file, line, text));
    }
    for (file, places) in asserts.iter().enumerate() {
        let tree = &result.package.files[file].tree;
        for (id, expr) in tree.expr.iter() {
            if let polkago_syntax::ExprKind::Call { .. } = expr.kind
                && places.contains(&(expr.span.start.0 as usize))
                && let Some(value) = result.package.info[file].consts.get(&id)
                && value.as_bool() != Some(true)
            {
                found.push((
                    file,
                    tree.lines.line(expr.span.start),
                    "assert(...) failed".to_owned(),
                ));
            }
        }
    }
    for (i, source) in sources.iter().enumerate() {
        let mut wanted = expected(source);
        for (_, line, msg) in found.iter().filter(|(file, ..)| *file == i) {
            match wanted
                .iter()
                .position(|want| want.line == *line && want.matches(msg))
            {
                Some(at) => {
                    wanted.remove(at);
                }
                None => {
                    let hint: Vec<_> = wanted
                        .iter()
                        .filter(|want| want.line == *line)
                        .map(|want| want.text.as_str())
                        .collect();
                    let hint = if hint.is_empty() {
                        String::new()
                    } else {
                        format!("   WANT {hint:?}")
                    };
                    problems.push(format!("{line}: got {msg:?}{hint}"));
                }
            }
        }
        for want in wanted {
            problems.push(format!(
                "{}:{}: missing {:?}",
                want.line, want.col, want.text
            ));
        }
    }
    problems
}

fn main() {
    let Some(goroot) = support::goroot() else {
        eprintln!("no Go release found");
        std::process::exit(1);
    };
    let dir = goroot.join("src/internal/types/testdata");
    let mut std = Std::new(&goroot);
    std.sizes = Sizes::AMD64;
    let mut names: Vec<String> = std::env::args().skip(1).collect();
    let quiet = names.first().is_some_and(|name| name == "-q");
    let skipped: Vec<String> = names
        .iter()
        .filter_map(|name| name.strip_prefix("-x="))
        .map(str::to_owned)
        .collect();
    names.retain(|name| !name.starts_with('-'));
    let (mut passed, mut ran) = (0, 0);
    for files in cases(&dir) {
        let name = files[0]
            .strip_prefix(&dir)
            .unwrap_or(&files[0])
            .display()
            .to_string();
        if !names.is_empty() && !names.iter().any(|want| name.contains(want.as_str())) {
            continue;
        }
        if skipped.iter().any(|skip| name.contains(skip.as_str())) {
            continue;
        }
        ran += 1;
        let problems =
            std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| run(&mut std, &files)))
                .unwrap_or_else(|_| vec!["PANIC".to_owned()]);
        if problems.is_empty() {
            passed += 1;
            continue;
        }
        println!("{name}: {} problems", problems.len());
        if !quiet {
            for problem in problems.iter().take(12) {
                println!("    {problem}");
            }
        }
    }
    println!("types: {passed} of {ran} passed");
}
