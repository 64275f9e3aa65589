//! Checks the programs of the Go release's `test` folder that are marked `// errorcheck` and prints what differs from
//! the errors expected there: `check_errorcheck [-q] [NAME...]`. Those that test optimisations are passed over.

#[path = "../tests/support/mod.rs"]
mod support;

use polkago_syntax::{ParseOptions, parse_file, thin_out};
use polkago_types::{PackageInput, Sizes, SourceFile, check_package};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use support::Std;

/// The marked files of a folder and those below it, in order, with their language version.
fn cases(dir: &Path, out: &mut Vec<(PathBuf, u32)>) {
    let mut paths: Vec<_> = std::fs::read_dir(dir)
        .into_iter()
        .flatten()
        .flatten()
        .map(|e| e.path())
        .collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            if path.extension().is_none() {
                cases(&path, out);
            }
            continue;
        }
        let Ok(source) = std::fs::read_to_string(&path) else {
            continue;
        };
        let Some(line) = source
            .lines()
            .find(|line| !line.is_empty() && !line.starts_with("//go:build"))
        else {
            continue;
        };
        let Some(flags) = line.strip_prefix("// errorcheck") else {
            continue;
        };
        let mut version = 26;
        let mut plain = flags.is_empty() || flags.starts_with(' ');
        for flag in flags.split_whitespace() {
            match flag.strip_prefix("-lang=go1.").and_then(|v| v.parse().ok()) {
                Some(v) => version = v,
                None => plain = false,
            }
        }
        if plain {
            out.push((path, version));
        }
    }
}

/// The regular expressions expected on each line.
fn expected(source: &str, file: &str) -> Vec<(u32, String)> {
    let mut out = Vec::new();
    for (number, line) in (1u32..).zip(source.lines()) {
        if line.trim_start().starts_with("////") {
            continue;
        }
        let Some((_, rest)) = ["// ERROR ", "// GC_ERROR "]
            .iter()
            .find_map(|mark| line.split_once(mark))
        else {
            continue;
        };
        for (at, part) in rest.split('"').enumerate() {
            if at % 2 == 1 {
                let mut text = part.to_owned();
                while let Some(start) = text.find("LINE") {
                    let digits: String = text[start + 4..]
                        .chars()
                        .take_while(|c| "+-0123456789".contains(*c))
                        .collect();
                    let offset: i64 = digits.parse().unwrap_or(0);
                    let line = i64::from(number) + offset;
                    text.replace_range(start..start + 4 + digits.len(), &format!("{file}:{line}"));
                }
                out.push((number, text));
            }
        }
    }
    out
}

/// Go's regular expressions take a brace that starts no repetition as itself.
fn escape_braces(text: &str) -> String {
    let mut out = String::new();
    let mut previous = ' ';
    for (at, c) in text.char_indices() {
        let repetition = text[at..]
            .chars()
            .nth(1)
            .is_some_and(|next| next.is_ascii_digit());
        if (c == '{' && !repetition
            || c == '}' && !text[..at].ends_with(|c: char| c.is_ascii_digit()))
            && previous != '\\'
        {
            out.push('\\');
        }
        out.push(c);
        previous = c;
    }
    out
}

/// What is wrong with a file.
fn run(std: &mut Std, path: &Path, version: u32) -> Vec<String> {
    let source = std::fs::read_to_string(path).unwrap_or_default();
    let name: Arc<str> = path
        .file_name()
        .map_or_else(String::new, |n| n.to_string_lossy().into_owned())
        .into();
    let options = ParseOptions {
        file_name: name.to_string(),
        ..ParseOptions::default()
    };
    let parsed = parse_file(source.as_bytes(), &options);
    let mut errors = parsed.errors.clone();
    thin_out(&mut errors, &parsed.file.lines);
    let mut found: Vec<(u32, String)> = errors
        .iter()
        .map(|e| (parsed.file.lines.location(e.pos).line, e.message.clone()))
        .collect();
    // The official compiler goes on to the types after errors whose text does not say that they are of the syntax.
    let syntax_only = parsed
        .errors
        .iter()
        .any(|e| e.message.starts_with("syntax error"));
    let tree = SourceFile {
        path: name.clone(),
        stable_path: name.clone(),
        tree: Arc::new(parsed.file),
        overlay: false,
    };
    if !syntax_only {
        let trees = vec![tree];
        let mut imports = rustc_hash::FxHashMap::default();
        for path in std.imports(&trees) {
            if let Some(pkg) = std.check(&path) {
                imports.insert(Arc::from(path.as_str()), pkg);
            }
        }
        let input = PackageInput {
            path: "p".into(),
            files: trees,
            imports,
            go_version: version,
            sizes: Sizes::AMD64,
        };
        let result = check_package(&std.store, input);
        for error in &result.errors {
            let line = result.package.files[0]
                .tree
                .lines
                .location(error.pos.pos)
                .line;
            let text = support::show(&result.package, error);
            let text = text
                .split_once(": ")
                .map_or(text.as_str(), |(_, text)| text)
                .to_owned();
            found.push((line, text));
        }
    }
    let mut problems = Vec::new();
    let wanted = expected(&source, &name);
    for (line, text) in &wanted {
        let Ok(regex) = regex::Regex::new(&escape_braces(text)) else {
            problems.push(format!("{line}: unreadable {text:?}"));
            continue;
        };
        let before = found.len();
        let mut matched = false;
        found.retain(|(at, msg)| {
            let hit = at == line && regex.is_match(msg);
            matched |= hit;
            !hit
        });
        if before == found.len() && !matched {
            problems.push(format!("{line}: missing {text:?}"));
        }
    }
    for (line, msg) in found {
        problems.push(format!("{line}: got {msg:?}"));
    }
    problems.sort();
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
    let quiet = names.first().is_some_and(|name| name == "-q");
    names.retain(|name| name != "-q");
    let mut files = Vec::new();
    cases(&dir, &mut files);
    let (mut passed, mut ran) = (0, 0);
    for (path, version) in files {
        let name = path
            .strip_prefix(&dir)
            .unwrap_or(&path)
            .display()
            .to_string();
        if !names.is_empty() && !names.iter().any(|want| name.contains(want.as_str())) {
            continue;
        }
        ran += 1;
        let problems = run(&mut std, &path, version);
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
