//! Checks packages of a Go release in dependency order and reports errors and times: the quickest test against false
//! errors. Reads the packages from standard input, one a line, as this command writes them:
//!
//! ```sh
//! GOOS=wasip1 GOARCH=wasm CGO_ENABLED=0 go list -deps -tags purego,math_big_pure_go -f \
//!   '{{.ImportPath}}|{{.Dir}}|{{join .GoFiles ","}}|{{range $k, $v := .ImportMap}}{{$k}}={{$v}},{{end}}' std
//! ```
//!
//! Arguments are import paths whose errors to print in full; without any, the first errors of each package.

use polkago_syntax::{ParseOptions, parse_file};
use polkago_types::{PackageInput, PkgId, Sizes, SourceFile, Store, check_package};
use rustc_hash::FxHashMap;
use std::io::BufRead as _;
use std::sync::Arc;
use std::time::{Duration, Instant};

fn main() {
    let chosen: Vec<String> = std::env::args().skip(1).collect();
    let store = Store::new();
    let mut packages: FxHashMap<Arc<str>, PkgId> = FxHashMap::default();
    let (mut clean, mut total, mut errors) = (0, 0, 0);
    let (mut parse_time, mut check_time) = (Duration::ZERO, Duration::ZERO);
    for line in std::io::stdin().lock().lines() {
        let line = line.expect("standard input is text");
        let mut parts = line.split('|');
        let mut part = || parts.next().unwrap_or("").to_owned();
        let (path, dir, names, map) = (part(), part(), part(), part());
        if path == "unsafe" {
            continue;
        }
        let start = Instant::now();
        let files: Vec<SourceFile> = names
            .split(',')
            .filter(|name| !name.is_empty())
            .map(|name| {
                let file = format!("{dir}/{name}");
                let source = std::fs::read(&file).expect("listed files can be read");
                let result = parse_file(&source, &ParseOptions::default());
                for error in &result.errors {
                    println!("{file}: {error:?}");
                }
                let shown: Arc<str> = format!("{path}/{name}").into();
                SourceFile { path: shown.clone(), stable_path: shown, tree: Arc::new(result.file), overlay: false }
            })
            .collect();
        parse_time += start.elapsed();
        let mut imports = packages.clone();
        for pair in map.split(',').filter(|pair| !pair.is_empty()) {
            if let Some((from, to)) = pair.split_once('=')
                && let Some(&id) = packages.get(to)
            {
                imports.insert(from.into(), id);
            }
        }
        let start = Instant::now();
        let input = PackageInput { path: path.as_str().into(), files, imports, go_version: 26, sizes: Sizes::WASM32 };
        let result = check_package(&store, input);
        let time = start.elapsed();
        check_time += time;
        total += 1;
        if result.errors.is_empty() {
            clean += 1;
        } else {
            errors += result.errors.len();
            let all = chosen.contains(&path);
            println!("{path}: {} errors", result.errors.len());
            let shown = if all { usize::MAX } else if chosen.is_empty() { 3 } else { 0 };
            for error in result.errors.iter().take(shown) {
                let file = &result.package.files[error.pos.file.file as usize];
                let (line, col) = file.tree.lines.line_col(error.pos.pos);
                println!("  {}:{line}:{col}: {}", file.path, error.msg);
                for (_, msg) in &error.related {
                    println!("      {msg}");
                }
            }
        }
        packages.insert(path.into(), result.package.id);
    }
    println!("{clean} of {total} packages without errors, {errors} errors; parsed in {parse_time:?}, checked in {check_time:?}");
}
