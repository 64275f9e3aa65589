//! Input that no one writes by hand: deep chains, doubling types, numbers that no computer holds. The checker answers with
//! the errors given, or with none, in the time a compiler may take, on the small stack of a worker thread.

use polkago_syntax::{ParseOptions, parse_file};
use polkago_types::{PackageInput, PackageKind, Sizes, SourceFile, Store, check_package};
use std::fmt::Write as _;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Far more than any of them needs, since machines may be busy: what this is about is time that grows without bound.
const TIME_LIMIT: Duration = Duration::from_secs(20);

/// Checks a file on a thread with the stack of rayon's workers; gives the first error of the checker.
fn first_error(source: String) -> Option<String> {
    let start = Instant::now();
    let thread = std::thread::Builder::new().stack_size(2 << 20);
    let work = move || {
        let parsed = parse_file(source.as_bytes(), &ParseOptions::default());
        let path: Arc<str> = "p.go".into();
        let file = SourceFile {
            stable_path: path.clone(),
            path,
            tree: Arc::new(parsed.file),
            overlay: false,
        };
        let input = PackageInput {
            path: "p".into(),
            files: vec![file],
            imports: Default::default(),
            go_version: 26,
            sizes: Sizes::AMD64,
            kind: PackageKind::Plain,
        };
        let result = check_package(&Store::new(), input);
        result.errors.first().map(|error| error.msg.clone())
    };
    let found = thread.spawn(work).expect("a thread").join();
    let found = found.expect("the checker does not panic");
    assert!(start.elapsed() < TIME_LIMIT, "took {:?}", start.elapsed());
    found
}

/// `package p`, and a line for each number below `count`.
fn lines(count: usize, line: impl Fn(usize) -> String) -> String {
    let mut source = "package p\n".to_owned();
    for number in 0..count {
        let _ = writeln!(source, "{}", line(number));
    }
    source
}

#[test]
fn declarations_depend_on_later_ones() {
    for (line, last) in [
        ("const c{} = c{+} + 1", "const c{} = 1"),
        ("var v{} = v{+}", "var v{} = 1"),
        ("type A{} A{+}", "type A{} int"),
        ("type A{} struct{ x A{+} }", "type A{} int"),
    ] {
        let source = |count: usize| {
            let line = |number: usize| {
                let text = if number + 1 == count { last } else { line };
                let next = (number + 1).to_string();
                text.replace("{+}", &next)
                    .replace("{}", &number.to_string())
            };
            lines(count, line)
        };
        assert_eq!(first_error(source(5_000)), None, "{line}");
    }
    let cycle = lines(5_000, |n| format!("var v{n} = v{}", (n + 1) % 5_000));
    let error = first_error(cycle).expect("a cycle");
    assert!(error.starts_with("initialization cycle"), "{error}");
    let chain = lines(60_000, |n| format!("var v{n} = v{}", n + 1));
    let error = first_error(chain).expect("too deep");
    assert!(
        error.contains("depends on more than 50000 declarations"),
        "{error}"
    );
}

#[test]
fn chains_of_else_if() {
    let source = format!(
        "package p\nfunc f(x int) {{\n{}{{}}\n}}\n",
        "if x == 1 {} else ".repeat(100_000)
    );
    assert_eq!(first_error(source), None);
}

#[test]
fn types_that_double() {
    let structs = lines(100, |n| match n {
        0 => "type T0 struct{}".to_owned(),
        n => format!("type T{n} struct {{ a, b T{} }}", n - 1),
    });
    assert_eq!(first_error(structs + "var x T99\n"), None);
    let embedded = lines(2_000, |n| match n {
        0 => "type T0 struct{ x int }".to_owned(),
        n => format!("type T{n} struct {{ T{} }}", n - 1),
    });
    assert_eq!(first_error(embedded + "var x T1999\nvar y = x.x\n"), None);
}

#[test]
fn types_without_end() {
    for (source, want) in [
        (
            "type T struct{ t T }",
            "invalid recursive type: T refers to itself",
        ),
        ("type T [2]T", "invalid recursive type: T refers to itself"),
        (
            "type T interface{ T }",
            "invalid recursive type: T refers to itself",
        ),
        ("type T = T", "invalid recursive type: T refers to itself"),
        ("type T = *T", "invalid recursive type: T refers to itself"),
        (
            "type T[P any] struct{ t T[P] }",
            "invalid recursive type: T refers to itself",
        ),
        (
            "type X struct{ y Y }; type Y struct{ x X }",
            "invalid recursive type X",
        ),
        ("type T[P any] struct{ t *T[T[P]] }", "instantiation cycle:"),
        ("func f[P any]() { f[[]P]() }", "instantiation cycle:"),
    ] {
        let error = first_error(format!("package p\n{source}\n"));
        assert_eq!(error.as_deref(), Some(want), "{source}");
    }
}

#[test]
fn numbers_without_end() {
    for (source, want) in [
        ("const c = 1 << 1000000000", "invalid shift count"),
        ("const c = 1 << (1 << 62)", "invalid shift count"),
        ("var a [1 << 63]int", "invalid array length"),
        ("var a [1 << 40][1 << 40]int", "larger than address space"),
    ] {
        let error = first_error(format!("package p\n{source}\n"));
        let found = error.as_deref().unwrap_or_default();
        assert!(found.contains(want), "{source}: {found}");
    }
    let digits = first_error(format!("package p\nconst c = {}\n", "9".repeat(100_000)));
    assert!(digits.is_some_and(|error| error.starts_with("excessively long constant")));
    let squares = lines(40, |n| match n {
        0 => "const c0 = 1 << 500".to_owned(),
        n => format!("const c{n} = c{0} * c{0}", n - 1),
    });
    assert!(first_error(squares).is_some_and(|error| error.contains("overflow")));
}
