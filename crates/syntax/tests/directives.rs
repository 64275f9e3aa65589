//! Which directives the tree keeps, and where they belong; what `//line` does to positions.

use polkago_syntax::{Decl, File, ParseOptions, Pos, parse_file, print, same_tree};

fn parse(src: &str) -> File {
    let result = parse_file(src.as_bytes(), &ParseOptions::default());
    assert_eq!(result.errors, [], "{src}");
    result.file
}

/// The directives of each declaration.
fn attached(file: &File) -> Vec<Vec<&str>> {
    file.decls
        .iter()
        .map(|decl| {
            let list = match decl {
                Decl::Type(decl) => decl.directives,
                Decl::Var(decl) => decl.directives,
                Decl::Func(decl) => decl.directives,
                Decl::Import(_) | Decl::Const(_) | Decl::Bad(_) => return Vec::new(),
            };
            file.directives(list)
                .iter()
                .map(|directive| file.text(directive.text))
                .collect()
        })
        .collect()
}

const SOURCE: &str = "\
//go:build wasm && go1.25

package p

import _ \"unsafe\"

//go:linkname a b.a
//go:noinline
// A comment.
func a()

//export hello
func hello() {
	//go:inside
	x()
}

//go:notinheap
type T int

//go:embed x.txt
var s string

//go:dropped
const c = 1

//go:dropped
var (
	//go:embed y.txt
	t string
	u string
)

//go:wasm-module env
//export ext_logging_log_version_1
func log(x int64)

// go:comment
//nolint:comment
func b() {}

//go:last
";

#[test]
fn directives_belong_to_declarations() {
    let file = parse(SOURCE);
    let expected: [&[&str]; 10] = [
        &[],
        &["go:linkname a b.a", "go:noinline"],
        &["export hello"],
        &["go:notinheap"],
        &["go:embed x.txt"],
        &[],
        &["go:embed y.txt"],
        &[],
        &["go:wasm-module env", "export ext_logging_log_version_1"],
        &[],
    ];
    assert_eq!(attached(&file), expected);
    let all: Vec<_> = file
        .directives
        .iter()
        .map(|directive| file.text(directive.text))
        .collect();
    assert_eq!(all.len(), 13);
    assert_eq!((all[0], all[12]), ("go:build wasm && go1.25", "go:last"));
    assert_eq!(file.go_version, Some(25));
}

#[test]
fn printing_keeps_directives() {
    let file = parse(SOURCE);
    let printed = print::print_file(&file);
    let again = parse(&printed);
    assert!(same_tree(&file, &again), "{printed}");
    assert_eq!(attached(&file), attached(&again));
    assert_eq!(print::print_file(&again), printed);
}

#[test]
fn directives_stand_alone() {
    let result = parse_file(
        b"package p\nvar x int //go:noinline\n",
        &ParseOptions::default(),
    );
    let errors: Vec<_> = result
        .errors
        .iter()
        .map(|error| (error.pos, error.message.as_str()))
        .collect();
    assert_eq!(errors, [(Pos(22), "misplaced compiler directive")]);
    assert!(result.file.directives.is_empty());
}

#[test]
fn line_directives() {
    let src =
        "package p\n//line a.y:100\nvar x int\n/*line b.y:7:3*/var y int\n//line :9\nvar z int\n";
    let file = parse(src);
    let at = |text: &str| {
        let pos = Pos(src.find(text).expect("in the source") as u32);
        let location = file.lines.location(pos);
        (
            location.file.map(str::to_owned),
            location.line,
            location.col,
        )
    };
    assert_eq!(at("package"), (None, 1, Some(1)));
    assert_eq!(at("x int"), (Some("a.y".to_owned()), 100, None));
    assert_eq!(at("var y"), (Some("b.y".to_owned()), 7, Some(3)));
    assert_eq!(at("y int"), (Some("b.y".to_owned()), 7, Some(7)));
    assert_eq!(at("z int"), (Some(String::new()), 9, None));
}

#[test]
fn malformed_line_directives() {
    for (directive, message) in [
        ("//line a.go:x", "invalid line number: x"),
        ("//line a.go:0", "invalid line number: 0"),
        ("//line a.go:1:0", "invalid column number: 0"),
        (
            "//line a.go:99999999999",
            "invalid line number: 99999999999",
        ),
        ("//line a.go:0:1", "invalid line number: 0:1"),
    ] {
        let src = format!("package p\n{directive}\n");
        let result = parse_file(src.as_bytes(), &ParseOptions::default());
        assert_eq!(
            result.errors.first().map(|error| error.message.as_str()),
            Some(message),
            "{directive}"
        );
    }
    // Without a colon, or not at the start of its line, it is a comment.
    parse("package p\n//line nothing\n  //line a:0\n/*line a:\n0*/\n");
}

#[test]
fn misplaced_directives() {
    let src = "\
//go:noinline
package p

//go:build late
//go:noinline
var x int

//go:embed x
const c = 1

//go:wasmimport env
func f()

//go:wasmexport g
type T int

//go:linkname
//go:nosplit
func g() {
	//go:nosplit
	x := 1
}

//go:unknown is passed over
var y int

//go:noinline
";
    let result = parse_file(src.as_bytes(), &ParseOptions::default());
    let errors: Vec<_> = result
        .errors
        .iter()
        .map(|error| {
            (
                result.file.lines.line_col(error.pos),
                error.message.as_str(),
            )
        })
        .collect();
    let expected = [
        ((1, 3), "misplaced compiler directive"),
        ((4, 3), "misplaced compiler directive"),
        ((5, 3), "misplaced compiler directive"),
        ((8, 3), "misplaced go:embed directive"),
        ((11, 3), "usage: //go:wasmimport importmodule importname"),
        ((14, 3), "misplaced go:wasmexport directive"),
        ((17, 3), "usage: //go:linkname localname [linkname]"),
        ((20, 2 + 2), "misplaced compiler directive"),
        ((27, 3), "misplaced compiler directive"),
    ];
    assert_eq!(errors, expected);
}

#[test]
fn carriage_returns_end_lines_too() {
    let file = parse(
        "//go:build go1.21\r\npackage p\r\n//line a.go:7\r\n\r\n//go:noinline\r\nfunc f() {}\r\n//export g\r\nfunc g() {}\r\n",
    );
    assert_eq!(attached(&file), [&["go:noinline"], &["export g"]]);
    assert_eq!(file.go_version, Some(21));
    let location = file.lines.location(file.end);
    assert_eq!((location.file, location.line), (Some("a.go"), 12));
}
