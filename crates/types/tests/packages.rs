//! Rules that involve two packages: which names are the same.

use polkago_syntax::{ParseOptions, parse_file};
use polkago_types::{PackageInput, PackageKind, PkgId, Sizes, SourceFile, Store, check_package};
use std::sync::Arc;

/// Checks a package of one file; gives its id and its errors.
fn check(
    store: &Store,
    path: &str,
    source: &str,
    imports: &[(&str, PkgId)],
) -> (PkgId, Vec<String>) {
    let parsed = parse_file(source.as_bytes(), &ParseOptions::default());
    assert_eq!(parsed.errors, []);
    let file = SourceFile {
        path: path.into(),
        stable_path: path.into(),
        tree: Arc::new(parsed.file),
        overlay: false,
    };
    let imports = imports.iter().map(|(path, id)| (Arc::from(*path), *id));
    let input = PackageInput {
        path: path.into(),
        files: vec![file],
        imports: imports.collect(),
        go_version: 26,
        sizes: Sizes::WASM32,
        kind: PackageKind::Plain,
    };
    let result = check_package(store, input);
    let errors = result.errors.iter().map(|error| error.msg.clone());
    (result.package.id, errors.collect())
}

#[test]
fn a_method_may_have_the_name_of_another_packages_field() {
    let store = Store::new();
    let (a, errors) = check(
        &store,
        "a",
        "package a\n\ntype T struct { f int; F int }\n",
        &[],
    );
    assert_eq!(errors, [""; 0]);
    let b = "package b\n\nimport \"a\"\n\ntype T a.T\n\nfunc (T) f() {}\n";
    let (_, errors) = check(&store, "b", b, &[("a", a)]);
    assert_eq!(errors, [""; 0]);
    let c = "package c\n\nimport \"a\"\n\ntype T a.T\n\nfunc (T) F() {}\n";
    let (_, errors) = check(&store, "c", c, &[("a", a)]);
    assert_eq!(errors, ["field and method with the same name F"]);
}
