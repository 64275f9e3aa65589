//! Exact constants: each line of `constants/arithmetic.txt` is a random constant expression and, after a tab, what
//! the official packages `go/types` and `go/constant` make of it: its type, its text, and the bits of the nearest
//! float64 and float32 (of both parts, for a complex number); or `error`.

use polkago_syntax::{ParseOptions, parse_file};
use polkago_types::{
    ConstKind, Constant, ObjKind, PackageInput, PackageKind, Sizes, SourceFile, Store,
    check_package,
};
use std::path::Path;
use std::sync::Arc;

/// What the checker makes of an expression.
fn evaluate(expr: &str) -> String {
    let source = format!("package p\nconst c = {expr}\n");
    let parsed = parse_file(source.as_bytes(), &ParseOptions::default());
    let name: Arc<str> = "p.go".into();
    let file = SourceFile {
        path: name.clone(),
        stable_path: name,
        tree: Arc::new(parsed.file),
        overlay: false,
    };
    let store = Store::new();
    let input = PackageInput {
        path: "p".into(),
        files: vec![file],
        imports: rustc_hash::FxHashMap::default(),
        go_version: 26,
        sizes: Sizes::AMD64,
        kind: PackageKind::Plain,
    };
    let result = check_package(&store, input);
    let found =
        store
            .lookup_in_pkg(result.package.id, "c")
            .and_then(|obj| match &store.obj(obj).kind {
                ObjKind::Const(value) => Some((store.obj_type(obj)?, value.get()?)),
                _ => None,
            });
    match found {
        Some((typ, value)) if result.errors.is_empty() => {
            format!("{} {value}{}", store.full_type_string(typ), bits(value))
        }
        _ => "error".to_owned(),
    }
}

/// The machine values of a number.
fn bits(value: &Constant) -> String {
    match value.kind() {
        ConstKind::Int | ConstKind::Float => {
            format!(
                " {:x} {:x}",
                value.to_f64().to_bits(),
                value.to_f32().to_bits()
            )
        }
        ConstKind::Complex => {
            let (re, im) = (value.real().to_f64(), value.imag().to_f64());
            format!(" {:x} {:x}", re.to_bits(), im.to_bits())
        }
        ConstKind::Unknown | ConstKind::Bool | ConstKind::String => String::new(),
    }
}

#[test]
fn arithmetic_is_that_of_the_official_packages() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/constants/arithmetic.txt");
    let text = std::fs::read_to_string(path).expect("the file is part of the crate");
    let mut lines = 0;
    for line in text.lines() {
        let (expr, want) = line
            .split_once('\t')
            .expect("an expression, a tab, the result");
        assert_eq!(evaluate(expr), want, "{expr}");
        lines += 1;
    }
    assert_eq!(lines, 300);
}
