//! Go files with the errors that they must give, in comments at the place where each must appear.
//!
//! `/* ERROR "text" */` stands before the token that the error is reported at, `// ERROR "text"` at the end of the
//! line of an error inside a token. Texts and positions are those of the official compiler.

use std::fs;
use std::path::Path;

use polkago_syntax::{ParseOptions, literal, parse_file, print, same_tree};

/// An error: line, column (0 for any), text.
type Error = (u32, u32, String);

/// The errors that the comments of a file ask for.
fn expected(text: &str) -> Vec<Error> {
    let mut errors = Vec::new();
    for (line, content) in (1..).zip(text.lines()) {
        for (start, _) in content.match_indices("/* ERROR ") {
            let end = start
                + content[start..]
                    .find(" */")
                    .expect("the comment ends on its line");
            // Passes over what else stands before the token.
            let mut at = end + " */".len();
            loop {
                let rest = &content[at..];
                if let Some(after) = rest.strip_prefix([' ', '\t']) {
                    at = content.len() - after.len();
                } else if rest.starts_with("/*") {
                    at += rest.find("*/").expect("the comment ends on its line") + "*/".len();
                } else {
                    break;
                }
            }
            errors.push((
                line,
                at as u32 + 1,
                unquote(&content[start + "/* ERROR ".len()..end]),
            ));
        }
        if let Some(start) = content.find("// ERROR ") {
            let mut rest = content[start + "// ERROR ".len()..].trim();
            while !rest.is_empty() {
                let len = closing_quote(rest) + 1;
                errors.push((line, 0, unquote(&rest[..len])));
                rest = rest[len..].trim_start();
            }
        }
    }
    errors.sort();
    errors
}

/// The offset of the quote that ends the literal at the start of `text`.
fn closing_quote(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut at = 1;
    while bytes[at] != b'"' {
        at += if bytes[at] == b'\\' { 2 } else { 1 };
    }
    at
}

fn unquote(text: &str) -> String {
    let bytes = literal::unquote_string(text).unwrap_or_else(|| panic!("not a string: {text}"));
    String::from_utf8(bytes).expect("error texts are UTF-8")
}

fn check(path: &Path) {
    let text = fs::read_to_string(path).expect("a readable test file");
    let result = parse_file(text.as_bytes(), &ParseOptions::default());
    let expected = expected(&text);
    let mut found: Vec<Error> = result
        .errors
        .iter()
        .map(|error| {
            let (line, col) = result.file.lines.line_col(error.pos);
            // An error inside a token is expected for a line.
            let exact = expected.contains(&(line, col, error.message.clone()));
            (line, if exact { col } else { 0 }, error.message.clone())
        })
        .collect();
    found.sort();
    assert_eq!(found, expected, "{}", path.display());

    if found.is_empty() {
        let printed = print::print_file(&result.file);
        let again = parse_file(printed.as_bytes(), &ParseOptions::default());
        assert_eq!(again.errors, [], "{}:\n{printed}", path.display());
        assert!(
            same_tree(&result.file, &again.file),
            "{}:\n{printed}",
            path.display()
        );
        assert_eq!(
            print::print_file(&again.file),
            printed,
            "{}",
            path.display()
        );
    }
}

#[test]
fn files() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/errors");
    let mut paths: Vec<_> = fs::read_dir(folder)
        .expect("the folder of test files")
        .map(|entry| entry.expect("an entry").path())
        .collect();
    paths.sort();
    assert!(paths.len() > 10);
    for path in paths {
        check(&path);
    }
}
