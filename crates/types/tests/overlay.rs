//! What overlay files hide in a package, and which directives are recorded (decision record 0009).

use polkago_syntax::{ParseOptions, parse_file};
use polkago_types::{
    CheckResult, PackageInput, PackageKind, Sizes, SourceFile, Store, check_package,
};
use std::sync::Arc;

fn check(store: &Store, files: &[(&str, bool)]) -> CheckResult {
    let file = |(text, overlay): (&str, bool)| {
        let parsed = parse_file(text.as_bytes(), &ParseOptions::default());
        assert_eq!(parsed.errors, [], "{text}");
        let path: Arc<str> = if overlay { "overlay.go" } else { "base.go" }.into();
        SourceFile {
            stable_path: path.clone(),
            path,
            tree: Arc::new(parsed.file),
            overlay,
        }
    };
    let input = PackageInput {
        path: "p".into(),
        files: files.iter().copied().map(file).collect(),
        imports: Default::default(),
        go_version: 26,
        sizes: Sizes::WASM32,
        kind: PackageKind::Std,
    };
    check_package(store, input)
}

fn messages(base: &str, overlay: &str, marked: bool) -> Vec<String> {
    let (base, overlay) = (
        format!("package p\n{base}\n"),
        format!("package p\n{overlay}\n"),
    );
    let result = check(&Store::new(), &[(&base, false), (&overlay, marked)]);
    result.errors.into_iter().map(|error| error.msg).collect()
}

#[test]
fn same_named_declarations_are_hidden() {
    for (base, overlay) in [
        // Each base would be in error by itself, too, if it counted.
        ("func f() int { return \"\" }", "func f() int { return 1 }"),
        ("var v int = \"\"", "var v = 1"),
        ("const c = undefined", "const c = 1"),
        ("type t struct { x undefined }", "type t int"),
        ("func f() { undefined() }", "var f = 1"),
        (
            "type t int\nfunc (t) m() { undefined() }",
            "func (t) m() {}",
        ),
        (
            "type t int\nfunc (*t) m() { undefined() }",
            "func (x t) m() {}",
        ),
        (
            "type t[P any] struct{}\nfunc (*t[P]) m() { undefined() }",
            "func (x *t[Q]) m() {}",
        ),
    ] {
        assert_eq!(messages(base, overlay, true), [""; 0], "{base}");
        assert_ne!(messages(base, overlay, false), [""; 0], "{base}");
    }
}

#[test]
fn what_is_not_replaced_stays() {
    for (base, overlay) in [
        // The methods of a replaced type, also called on the replacement.
        (
            "type t struct{}\nfunc (t) m() int { return 1 }",
            "type t int\nvar x int = t(1).m()",
        ),
        // A method is not hidden by a function, nor by a method of another type.
        (
            "type t int\nfunc (t) f() {}\nfunc (t) g() {}",
            "type u int\nfunc (u) g() {}\nfunc f() { t(0).f(); t(0).g() }",
        ),
        // The values of iota, and the other results of a call.
        (
            "const (\n\ta = iota\n\tb\n\tc\n)",
            "const b = 100\nvar _ [1]int = [c - 1]int{}",
        ),
        (
            "func two() (int, string) { return 1, \"\" }\nvar m, n = two()",
            "var m = 'm'\nvar _ string = n\nvar _ rune = m",
        ),
        ("var _ = 1\nfunc _() {}", "var _ = 2\nfunc _() {}"),
        // Only the hidden body used the import.
        (
            "import \"unsafe\"\nfunc f(p unsafe.Pointer) {}",
            "func f() {}",
        ),
    ] {
        assert_eq!(messages(base, overlay, true), [""; 0], "{base}");
    }
}

#[test]
fn every_init_function_runs() {
    let store = Store::new();
    let result = check(
        &store,
        &[
            ("package p\nfunc init() {}\n", false),
            ("package p\nfunc init() {}\n", true),
        ],
    );
    assert!(result.errors.is_empty());
    assert_eq!(result.package.inits.len(), 2);
}

#[test]
fn linkname_directives_are_recorded() {
    let base = "package p\n\nimport _ \"unsafe\"\n\n//go:linkname ask other/pkg.answer\nfunc ask()\n\n//go:linkname mark\nfunc mark() {}\n";
    let overlay = "package p\n\nfunc ask() {}\n";
    let result = check(&Store::new(), &[(base, false), (overlay, true)]);
    assert!(result.errors.is_empty());
    let links: Vec<_> = result
        .package
        .linknames
        .iter()
        .map(|link| (&*link.local, link.target.as_deref(), link.pos.pos.0))
        .collect();
    let at = |text: &str| u32::try_from(base.find(text).expect("there")).expect("short");
    assert_eq!(
        links,
        [
            ("ask", Some("other/pkg.answer"), at("//go:linkname ask")),
            ("mark", None, at("//go:linkname mark"))
        ]
    );
}
