//! Syntax errors that the tests of a Go release expect, with their texts and places.
//!
//! The test files of the official compiler's own parser state them in comments: each error must be found at its token,
//! and no other.

use std::fs;
use std::path::{Path, PathBuf};

use polkago_syntax::{ErrorCode, ParseOptions, ParseResult, SyntaxError, parse_file};
use regex::Regex;

/// What a set of files gave.
#[derive(Default)]
pub struct Outcome {
    /// Number of files that state or have syntax errors.
    pub run: usize,
    /// A line for each file that failed.
    pub failures: Vec<String>,
}

/// An error that a file states.
struct Wanted {
    /// Its line.
    line: u32,
    /// The columns it may have; none for any.
    cols: Vec<(u32, u32)>,
    /// What its text must match.
    pattern: Regex,
}

/// An error that the parser has found.
struct Found {
    line: u32,
    col: u32,
    message: String,
}

/// Checks the files of a release; those it does not have are left out.
pub fn run(goroot: &Path) -> Outcome {
    let mut outcome = Outcome::default();
    let folder = goroot.join("src/cmd/compile/internal/syntax/testdata");
    for path in go_files(&folder) {
        let Ok(text) = fs::read(&path) else { continue };
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let problem = match parser_test(&name, &text) {
            None => continue,
            Some(Ok(())) => None,
            Some(Err(problem)) => Some(problem),
        };
        outcome.run += 1;
        outcome
            .failures
            .extend(problem.map(|problem| format!("{}:{problem}", path.display())));
    }
    outcome
}

/// Every Go file below a folder, in order of path; none where there is no such folder.
fn go_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(folder) = folders.pop() {
        let Ok(entries) = fs::read_dir(folder) else {
            continue;
        };
        for path in entries.flatten().map(|entry| entry.path()) {
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "go") {
                files.push(path);
            }
        }
    }
    files.sort();
    files
}

/// The errors of a file, in the places that messages show.
fn found(result: &ParseResult) -> Vec<Found> {
    let found = |error: &SyntaxError| {
        let location = result.file.lines.location(error.pos);
        Found {
            line: location.line,
            col: location.col.unwrap_or(0),
            message: error.message.clone(),
        }
    };
    result.errors.iter().map(found).collect()
}

/// Matches each error found with those wanted, each wanted one once; `complete` asks for all of them.
fn compare(found: Vec<Found>, mut wanted: Vec<Wanted>, complete: bool) -> Result<(), String> {
    for error in found {
        let matching = wanted.iter().position(|want| {
            let placed = want.cols.is_empty() && want.line == error.line
                || want.cols.contains(&(error.line, error.col));
            placed && want.pattern.is_match(&error.message)
        });
        match matching {
            Some(index) => drop(wanted.remove(index)),
            None => {
                return Err(format!(
                    "{}:{}: unexpected error: {}",
                    error.line, error.col, error.message
                ));
            }
        }
    }
    match wanted.first() {
        Some(want) if complete => Err(format!("{}: no error matches {}", want.line, want.pattern)),
        _ => Ok(()),
    }
}

/// A test of the official parser: `/* ERROR pattern */` before the token, `// ERROR pattern` on the line.
fn parser_test(name: &str, source: &[u8]) -> Option<Result<(), String>> {
    let text = String::from_utf8_lossy(source);
    let lines: Vec<&str> = text.split('\n').collect();
    let mut wanted = Vec::new();
    for (line, content) in (1..).zip(&lines) {
        if let Some((_, pattern)) = content.split_once("// ERROR ") {
            wanted.push(Wanted {
                line,
                cols: Vec::new(),
                pattern: Regex::new(pattern.trim()).ok()?,
            });
        }
        for (start, marker) in content.match_indices("/* ERROR ") {
            let rest = &content[start + marker.len()..];
            let (pattern, _) = rest.split_once("*/")?;
            let end = start + marker.len() + pattern.len() + "*/".len();
            let cols = next_token(&lines, line, end);
            // Of several comments before a token the last one counts.
            wanted.retain(|want: &Wanted| want.cols.is_empty() || want.cols != cols);
            wanted.push(Wanted {
                line,
                cols,
                pattern: Regex::new(pattern.trim()).ok()?,
            });
        }
    }
    let options = ParseOptions {
        file_name: name.to_owned(),
        check_branches: true,
    };
    let mut result = parse_file(source, &options);
    result
        .errors
        .retain(|error| !matches!(error.code, ErrorCode::Placement | ErrorCode::Directive));
    if result.errors.is_empty() && wanted.is_empty() {
        return None;
    }
    Some(compare(found(&result), wanted, true))
}

/// Where the token after an offset of a line stands: there, at the end of the line, or on a later one, for what the
/// newline means depends on what is before it.
fn next_token(lines: &[&str], line: u32, offset: usize) -> Vec<(u32, u32)> {
    let mut places = Vec::new();
    let mut offset = offset;
    for (number, content) in (1..).zip(lines).skip(line as usize - 1) {
        let mut rest = content[offset..].trim_start();
        while rest.starts_with("/*") {
            rest = rest
                .split_once("*/")
                .map_or("", |(_, after)| after.trim_start());
        }
        let end = rest.is_empty() || rest.starts_with("//");
        let at = if rest.is_empty() {
            content.trim_end().len()
        } else {
            content.len() - rest.len()
        };
        places.push((number, at as u32 + 1));
        if rest.starts_with("//") || rest.is_empty() {
            places.push((number, content.len() as u32 + 1));
        }
        if !end {
            break;
        }
        offset = 0;
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_after_comments() {
        let lines = ["a /* ERROR x */ /* y */ b", "c /* ERROR x */", "", "d"];
        assert_eq!(next_token(&lines, 1, 15), [(1, 25)]);
        assert_eq!(
            next_token(&lines, 2, 15),
            [(2, 16), (2, 16), (3, 1), (3, 1), (4, 1)]
        );
    }

    #[test]
    fn wrong_errors_are_found() {
        let good = b"package p\nvar x int /* ERROR unexpected name y */ y\n";
        assert_eq!(parser_test("x.go", good), Some(Ok(())));
        let missing = b"package p\nvar x int\nvar /* ERROR y */ y int\n";
        assert!(matches!(parser_test("x.go", missing), Some(Err(_))));
        let extra = b"package p\nvar x int y\n";
        assert!(matches!(parser_test("x.go", extra), Some(Err(_))));
    }
}
