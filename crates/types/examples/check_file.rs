//! Checks Go files, each a package of its own, and prints their errors: `check_file FILE...`.

#[path = "../tests/support/mod.rs"]
mod support;

use polkago_syntax::{ParseOptions, parse_file, thin_out};
use polkago_types::{PackageInput, PackageKind, Sizes, SourceFile, check_package};
use std::sync::Arc;

fn main() {
    let goroot = support::goroot().unwrap_or_default();
    let mut std = support::Std::new(&goroot);
    std.sizes = Sizes::AMD64;
    for path in std::env::args().skip(1) {
        check(&mut std, path);
    }
}

/// Checks one file.
fn check(std: &mut support::Std, path: String) {
    let source = std::fs::read(&path).unwrap_or_default();
    let mut parsed = parse_file(
        &source,
        &ParseOptions {
            file_name: path.clone(),
            ..ParseOptions::default()
        },
    );
    thin_out(&mut parsed.errors, &parsed.file.lines);
    for error in &parsed.errors {
        let (line, col) = parsed.file.lines.line_col(error.pos);
        println!("{path}:{line}:{col}: {}", error.message);
    }
    let name: Arc<str> = path.into();
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
        sizes: Sizes::AMD64,
        kind: PackageKind::Plain,
    };
    let result = check_package(&std.store, input);
    for error in &result.errors {
        println!("{}", support::show(&result.package, error));
    }
}
