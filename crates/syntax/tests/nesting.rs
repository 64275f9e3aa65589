//! Nesting far beyond any real program: one clear error, no overflow of the native stack, in linear time.

use polkago_syntax::{
    ErrorCode, MAX_CHAIN, MAX_NESTING, ParseOptions, ParseResult, parse_file, print, same_tree,
};

/// How often each form is nested.
const DEEP: usize = 100_000;

/// Runs a test with the stack that an unoptimised parser needs: 4 KiB a level and then some.
fn with_stack(test: fn()) {
    let thread = std::thread::Builder::new()
        .stack_size(16 << 20)
        .spawn(test)
        .expect("a thread");
    if let Err(panic) = thread.join() {
        std::panic::resume_unwind(panic);
    }
}

fn parse(src: &str) -> ParseResult {
    parse_file(src.as_bytes(), &ParseOptions::default())
}

/// Parses `prefix`, `open` and `close` repeated around `inner`, and `suffix`.
fn nested(
    prefix: &str,
    open: &str,
    inner: &str,
    close: &str,
    suffix: &str,
    times: usize,
) -> ParseResult {
    parse(&format!(
        "package p\n{prefix}{}{inner}{}{suffix}\n",
        open.repeat(times),
        close.repeat(times)
    ))
}

/// Forms that nest: what stands before, opens, is inside, closes, stands after.
const FORMS: &[[&str; 5]] = &[
    ["var x = ", "(", "1", ")", ""],
    ["var x = ", "- ", "1", "", ""],
    ["var x = ", "<-", "c", "", ""],
    ["var x = ", "& ", "c", "", ""],
    ["var x = ", "f(", "1", ")", ""],
    ["var x = ", "a[", "1", "]", ""],
    ["var x = ", "[]T{", "1", "}", ""],
    ["var x = T", "{", "1", "}", ""],
    ["var x = T", "{1: ", "{}", "}", ""],
    ["var x = ", "func() int { return ", "1", "}()", ""],
    ["var x = ", "1 + (", "1", ")", ""],
    ["var x = a", ".b", "", "", ""],
    ["var x = a", "()", "", "", ""],
    ["var x = a", "[0]", "", "", ""],
    ["var x = a", "[:]", "", "", ""],
    ["var x = a", ".(T)", "", "", ""],
    ["var x ", "[]", "int", "", ""],
    ["var x ", "[1]", "int", "", ""],
    ["var x ", "*", "int", "", ""],
    ["var x ", "chan ", "int", "", ""],
    ["var x ", "<-chan ", "int", "", ""],
    ["var x = ", "<-chan ", "int", "", "(nil)"],
    ["var x ", "map[int]", "int", "", ""],
    ["var x ", "map[", "int", "]int", ""],
    ["var x ", "struct { f ", "int", " }", ""],
    ["var x ", "interface { m(", "int", ") }", ""],
    ["var x ", "func(", "int", ")", ""],
    ["var x ", "func() ", "int", "", ""],
    ["var x ", "T[", "int", "]", ""],
    ["type T[P ", "[]", "int", "", "] int"],
    ["type T[P *", "(", "int", ")", "] int"],
    ["func f() {", "{", "", "}", "}"],
    ["func f() {", "if x {", "", "}", "}"],
    ["func f() {", "for {", "", "}", "}"],
    ["func f() {", "switch { case x: ", "", "}", "}"],
    ["func f() {", "select { case x: ", "", "}", "}"],
    ["func f() {", "go func() {", "", "}()", "}"],
    ["func f() {", "if x { } else {", "", "}", "}"],
    ["func f() {", "if func() bool {", "", "}() {}", "}"],
    ["func f() {", "L: ", "x()", "", "}"],
];

#[test]
fn too_deep_is_one_error() {
    with_stack(check_too_deep_is_one_error);
}

fn check_too_deep_is_one_error() {
    for [prefix, open, inner, close, suffix] in FORMS {
        let result = nested(prefix, open, inner, close, suffix, DEEP);
        let codes: Vec<_> = result.errors.iter().map(|error| error.code).collect();
        // Labels that repeat are reported, too.
        let nesting = codes
            .iter()
            .filter(|code| **code == ErrorCode::Nesting)
            .count();
        assert_eq!(
            nesting,
            1,
            "{open}: {:?}",
            result.errors.iter().take(3).collect::<Vec<_>>()
        );
        assert!(
            codes
                .iter()
                .all(|code| matches!(code, ErrorCode::Nesting | ErrorCode::Branch)),
            "{open}"
        );
    }
}

#[test]
fn bounded_nesting_is_usable() {
    with_stack(check_bounded_nesting_is_usable);
}

fn check_bounded_nesting_is_usable() {
    // Each form costs at most a handful of levels.
    let times = MAX_NESTING as usize / 5;
    for [prefix, open, inner, close, suffix] in FORMS {
        let result = nested(prefix, open, inner, close, suffix, times);
        if result
            .errors
            .iter()
            .any(|error| error.code == ErrorCode::Branch)
        {
            continue;
        }
        assert_eq!(result.errors, [], "{open}");
        let again = parse(&print::print_file(&result.file));
        assert_eq!(again.errors, [], "{open}");
        assert!(same_tree(&result.file, &again.file), "{open}");
    }
}

#[test]
fn long_chains_are_no_nesting() {
    with_stack(check_long_chains_are_no_nesting);
}

fn check_long_chains_are_no_nesting() {
    let times = 10_000;
    let forms = [
        ["var x = 1", " + 1", "", "", ""],
        ["var x = a", " && b + c*d", "", "", ""],
        ["var x = \"\"", " +\n\"a\"", "", "", ""],
        ["type T interface { A", " | B", "", "", " }"],
        ["func f() { ", "if x { } else ", "{ }", "", " }"],
    ];
    for [prefix, open, inner, close, suffix] in forms {
        let result = nested(prefix, open, inner, close, suffix, times);
        assert_eq!(result.errors, [], "{open}");
        let again = parse(&print::print_file(&result.file));
        assert_eq!(again.errors, [], "{open}");
        assert!(same_tree(&result.file, &again.file), "{open}");

        let result = nested(prefix, open, inner, close, suffix, MAX_CHAIN as usize * 5);
        assert_eq!(result.errors.len(), 1, "{open}");
        assert_eq!(result.errors[0].code, ErrorCode::Nesting, "{open}");
    }
}

#[test]
fn unclosed_brackets() {
    with_stack(check_unclosed_brackets);
}

fn check_unclosed_brackets() {
    for open in [
        "(",
        "[",
        "{",
        "f(",
        "func(",
        "switch { default: ",
        "/*",
        "[]T{",
        "struct {",
    ] {
        let result = nested("func f() {", open, "", "", "", DEEP);
        assert!(
            !result.errors.is_empty() && result.errors.len() < 10,
            "{open}"
        );
    }
}
