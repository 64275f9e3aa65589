//! Checks mutated Go files: `mutate DIR COUNT [SEED]` takes the files below a folder, leaves out, doubles and swaps
//! pieces of them at random, and checks what comes out. The checker must survive it.

#[path = "../tests/support/mod.rs"]
mod support;

use polkago_syntax::{ParseOptions, parse_file};
use polkago_types::{PackageInput, Sizes, SourceFile, check_package};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// A small generator of random numbers (xorshift).
struct Random(u64);

impl Random {
    /// A number below `limit`.
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % limit.max(1) as u64).unwrap_or(0)
    }
}

/// Go files below a folder.
fn files(dir: &Path, out: &mut Vec<PathBuf>) {
    let mut paths: Vec<_> = std::fs::read_dir(dir)
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path())
        .collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            files(&path, out);
        } else if path.extension().is_some_and(|ext| ext == "go")
            && path.metadata().is_ok_and(|data| data.len() < 60_000)
        {
            out.push(path);
        }
    }
}

/// The pieces of a text: words, spaces and single other characters.
fn pieces(text: &str) -> Vec<&str> {
    let mut out = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let word = |c: char| c.is_alphanumeric() || c == '_';
        let end = if word(first) {
            rest.find(|c| !word(c)).unwrap_or(rest.len())
        } else {
            first.len_utf8()
        };
        out.push(&rest[..end]);
        rest = &rest[end..];
    }
    out
}

fn main() {
    let mut args = std::env::args().skip(1);
    let dir = args.next().unwrap_or_default();
    let count: usize = args.next().and_then(|n| n.parse().ok()).unwrap_or(1000);
    let mut random = Random(
        args.next()
            .and_then(|n| n.parse().ok())
            .unwrap_or(0x9e37_79b9_7f4a_7c15),
    );
    let mut paths = Vec::new();
    files(Path::new(&dir), &mut paths);
    let Some(goroot) = support::goroot() else {
        return;
    };
    let mut std = support::Std::new(&goroot);
    let mut slowest = (Duration::ZERO, String::new());
    for round in 0..count {
        let path = &paths[random.below(paths.len())];
        let Ok(source) = std::fs::read_to_string(path) else {
            continue;
        };
        let mut parts = pieces(&source);
        for _ in 0..=random.below(6) {
            let (at, other) = (random.below(parts.len()), random.below(parts.len()));
            match random.below(4) {
                0 => {
                    parts.remove(at);
                }
                1 => parts.swap(at, other),
                2 => parts.insert(at, parts[other]),
                _ => parts[at] = parts[other],
            }
        }
        let text = parts.concat();
        let _ = std::fs::write(std::env::temp_dir().join("polkago-mutated.go"), &text);
        let parsed = parse_file(text.as_bytes(), &ParseOptions::default());
        let name: Arc<str> = "p.go".into();
        let trees = vec![SourceFile {
            path: name.clone(),
            stable_path: name,
            tree: Arc::new(parsed.file),
            overlay: false,
        }];
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
            go_version: 26,
            sizes: Sizes::WASM32,
        };
        let start = Instant::now();
        let store = &std.store;
        let result =
            std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| check_package(store, input)));
        let time = start.elapsed();
        if result.is_err() {
            let _ = std::fs::write(
                std::env::temp_dir().join(format!("polkago-panic-{round}.go")),
                &text,
            );
            println!("round {round}: panic on a mutation of {}", path.display());
        }
        if time > slowest.0 {
            slowest = (time, path.display().to_string());
        }
    }
    println!("{count} mutations; slowest {:?} ({})", slowest.0, slowest.1);
}
