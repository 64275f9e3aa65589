//! Checks the `errorcheck` tests of the Go release on this machine (`test/`) and prints what differs from the errors
//! expected there: `check_errorcheck [-q] [NAME...]`.

#[path = "../tests/support/mod.rs"]
mod support;

use polkago_syntax::{ParseOptions, parse_file, thin_out};
use polkago_types::{PackageInput, Sizes, SourceFile, check_package};
use regex::Regex;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use support::Std;

/// All files below a folder whose first line makes them tests of one compilation.
fn cases(dir: &Path, out: &mut Vec<PathBuf>) {
    let mut paths: Vec<_> = std::fs::read_dir(dir).into_iter().flatten().flatten().map(|e| e.path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            if path.extension().is_none_or(|ext| ext != "dir") {
                cases(&path, out);
            }
        } else if path.extension().is_some_and(|ext| ext == "go")
            && let Ok(source) = std::fs::read_to_string(&path)
            && let Some(first) = source.lines().find(|line| line.starts_with("// errorcheck"))
        {
            // Tests of optimisations and of other command lines are not about types.
            let words: Vec<_> = first.split_whitespace().skip(1).collect();
            let plain = words[0] == "errorcheck"
                && words[1..].iter().all(|word| word.starts_with("-lang=") || *word == "-t" || *word == "10");
            if plain {
                out.push(path);
            }
        }
    }
}

/// The expected errors by line.
fn wanted(source: &str) -> BTreeMap<u32, Vec<String>> {
    let mut wanted: BTreeMap<u32, Vec<String>> = BTreeMap::new();
    for (i, line) in source.lines().enumerate() {
        if line.contains("////") {
            continue;
        }
        let Some((_, text)) = line.split_once("// ERROR ").or_else(|| line.split_once("// GC_ERROR ")).or_else(|| {
            line.split_once("// ERRORAUTO ").or_else(|| line.split_once("// GCCGO_ERROR_NO "))
        }) else {
            continue;
        };
        let quoted = Regex::new(r#""([^"]*)"|`([^`]*)`"#).expect("valid");
        for found in quoted.captures_iter(text) {
            let pattern = found.get(1).or(found.get(2)).map_or("", |m| m.as_str());
            let line = u32::try_from(i + 1).unwrap_or(0);
            // `LINE+1` names another line.
            let pattern = Regex::new(r"LINE(([+-])(\d+))?").expect("valid").replace_all(pattern, |c: &regex::Captures<'_>| {
                let by = c.get(3).map_or(0, |m| m.as_str().parse::<i64>().unwrap_or(0));
                let by = if c.get(2).is_some_and(|m| m.as_str() == "-") { -by } else { by };
                format!("{}", i64::from(line) + by)
            });
            wanted.entry(line).or_default().push(pattern.into_owned());
        }
    }
    wanted
}

/// A regular expression of package `regexp` for the crate `regex`: a lone brace stands for itself there.
fn go_regex(pattern: &str) -> String {
    if Regex::new(pattern).is_ok() {
        return pattern.to_owned();
    }
    let braces = Regex::new(r"(^|[^\\])\{").expect("valid");
    braces.replace_all(pattern, r"${1}\{").into_owned()
}

/// What is wrong with a case.
fn run(std: &mut Std, path: &Path) -> Vec<String> {
    let source = std::fs::read(path).unwrap_or_default();
    let text = String::from_utf8_lossy(&source).into_owned();
    let name: Arc<str> = path.file_name().map_or_else(String::new, |n| n.to_string_lossy().into_owned()).into();
    let mut parsed = parse_file(&source, &ParseOptions { file_name: name.to_string(), ..ParseOptions::default() });
    let mut found: Vec<(u32, String)> = Vec::new();
    thin_out(&mut parsed.errors, &parsed.file.lines);
    let stop = parsed.errors.iter().any(|error| error.message.starts_with("syntax error"));
    for error in &parsed.errors {
        found.push((parsed.file.lines.location(error.pos).line, error.message.clone()));
    }
    if !stop {
        let file =
            SourceFile { path: name.clone(), stable_path: name, tree: Arc::new(parsed.file), overlay: false };
        let files = vec![file];
        let mut imports = rustc_hash::FxHashMap::default();
        for path in std.imports(&files) {
            if let Some(pkg) = std.check(&path) {
                imports.insert(Arc::from(path.as_str()), pkg);
            }
        }
        let lang = Regex::new(r"-lang=go1\.(\d+)").expect("valid");
        let go_version = lang.captures(&text).and_then(|c| c[1].parse().ok()).unwrap_or(26);
        let package = files[0].tree.package.map_or("p", |ident| files[0].tree.ident_text(ident)).to_owned();
        let input = PackageInput { path: package.into(), files, imports, go_version, sizes: Sizes::AMD64 };
        let result = check_package(&std.store, input);
        for error in &result.errors {
            let line = result.package.files[0].tree.lines.location(error.pos.pos).line;
            let shown = support::show(&result.package, error);
            found.push((line, shown.split_once(": ").map_or(shown.as_str(), |(_, text)| text).to_owned()));
        }
    }
    let mut problems = Vec::new();
    for (line, patterns) in wanted(&text) {
        let (here, rest): (Vec<_>, Vec<_>) = found.into_iter().partition(|(at, _)| *at == line);
        found = rest;
        if here.is_empty() {
            problems.push(format!("{line}: missing {patterns:?}"));
            continue;
        }
        let mut unmatched: Vec<_> = here.iter().map(|(_, msg)| msg.clone()).collect();
        for pattern in &patterns {
            let Ok(regex) = Regex::new(&go_regex(pattern)) else { continue };
            let before = unmatched.len();
            unmatched.retain(|msg| !regex.is_match(msg));
            if unmatched.len() == before && !here.iter().any(|(_, msg)| regex.is_match(msg)) {
                problems.push(format!("{line}: no match for {pattern:?} in {here:?}"));
            }
        }
        problems.extend(unmatched.iter().map(|msg| format!("{line}: unexpected {msg:?}")));
    }
    problems.extend(found.iter().map(|(line, msg)| format!("{line}: unexpected {msg:?}")));
    problems
}

fn main() {
    let Some(goroot) = support::goroot() else {
        eprintln!("no Go release found");
        std::process::exit(1);
    };
    let dir = goroot.join("test");
    let mut std = Std::new(&goroot);
    std.sizes = Sizes::AMD64;
    let mut names: Vec<String> = std::env::args().skip(1).collect();
    let quiet = names.iter().any(|name| name == "-q");
    let skipped: Vec<String> = names.iter().filter_map(|name| name.strip_prefix("-x=")).map(str::to_owned).collect();
    names.retain(|name| !name.starts_with('-'));
    let mut files = Vec::new();
    cases(&dir, &mut files);
    let (mut passed, mut ran) = (0, 0);
    for path in files {
        let name = path.strip_prefix(&dir).unwrap_or(&path).display().to_string();
        if !names.is_empty() && !names.iter().any(|want| name.contains(want.as_str()))
            || skipped.iter().any(|skip| name.contains(skip.as_str()))
        {
            continue;
        }
        ran += 1;
        let problems = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| run(&mut std, &path)))
            .unwrap_or_else(|_| vec!["PANIC".to_owned()]);
        if problems.is_empty() {
            passed += 1;
            continue;
        }
        println!("{name}: {} problems", problems.len());
        if !quiet {
            for problem in problems.iter().take(8) {
                println!("    {problem}");
            }
        }
    }
    println!("errorcheck: {passed} of {ran} passed");
}
