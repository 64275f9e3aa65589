//! Syntax errors that the tests of a Go release expect, with their texts and places.
//!
//! Three sets of files state their errors in comments: those of the official compiler's own parser, where each
//! error must be found at its token and no other; the `errorcheck` programs of the test tree, by line; and those of
//! the type checker, where a syntax error must be an expected one, while most expected errors are none of syntax.

use std::fs;
use std::path::{Path, PathBuf};

use polkago_syntax::{
    ErrorCode, ParseOptions, ParseResult, SyntaxError, literal, parse_file, thin_out,
};
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
    let sets: [(&str, Check); 3] = [
        ("src/cmd/compile/internal/syntax/testdata", parser_test),
        ("test", errorcheck),
        ("src/internal/types/testdata", type_checker_test),
    ];
    for (folder, check) in sets {
        let folder = goroot.join(folder);
        for path in go_files(&folder) {
            let Ok(text) = fs::read(&path) else { continue };
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            let problem = match check(&name, &text) {
                None => continue,
                Some(Ok(())) => None,
                Some(Err(problem)) => Some(problem),
            };
            outcome.run += 1;
            outcome
                .failures
                .extend(problem.map(|problem| format!("{}:{problem}", path.display())));
        }
    }
    outcome
}

/// Checks a file, given with its name; nothing where it has nothing to do with syntax errors.
type Check = fn(&str, &[u8]) -> Option<Result<(), String>>;

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
        .retain(|error| !matches!(error.code, ErrorCode::Form | ErrorCode::Directive));
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

/// A program of the test tree marked `errorcheck`: `// ERROR "pattern" ...` on the line. Where an error stops type
/// checking, all errors must be found.
fn errorcheck(name: &str, source: &[u8]) -> Option<Result<(), String>> {
    if !source.starts_with(b"// errorcheck\n") {
        return None;
    }
    let options = ParseOptions {
        file_name: name.to_owned(),
        check_branches: true,
    };
    let mut result = parse_file(source, &options);
    thin_out(&mut result.errors, &result.file.lines);
    if result
        .errors
        .iter()
        .all(|error| error.code == ErrorCode::Form)
    {
        return None;
    }
    let text = String::from_utf8_lossy(source);
    let mut wanted = Vec::new();
    for (line, content) in (1..).zip(text.lines()) {
        if content.contains("////") {
            continue;
        }
        let comment = content
            .split_once("// ERROR ")
            .or_else(|| content.split_once("// GC_ERROR "));
        let Some((_, patterns)) = comment else {
            continue;
        };
        for pattern in patterns.split('"').skip(1).step_by(2) {
            wanted.push((line, Regex::new(&with_lines(pattern, name, line)).ok()?));
        }
    }
    let complete = result.errors.iter().any(SyntaxError::stops_checking);
    let mut found = found(&result);
    for (line, pattern) in wanted {
        let before = found.len();
        found.retain(|error| error.line != line || !pattern.is_match(&error.message));
        if complete && found.len() == before {
            return Some(Err(format!("{line}: no error matches {pattern}")));
        }
    }
    Some(match found.first() {
        Some(error) => Err(format!(
            "{}:{}: unexpected error: {}",
            error.line, error.col, error.message
        )),
        None => Ok(()),
    })
}

/// A pattern with `LINE`, `LINE+n` and `LINE-n` replaced by `name:line`.
fn with_lines(pattern: &str, name: &str, line: u32) -> String {
    let mut text = String::new();
    let mut rest = pattern;
    while let Some((before, after)) = rest.split_once("LINE") {
        text += before;
        let digits =
            |text: &str| text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let (delta, len) = match after.as_bytes().first() {
            Some(sign @ (b'+' | b'-')) => {
                let len = digits(&after[1..]);
                let delta: i64 = after[1..=len].parse().unwrap_or(0);
                (if *sign == b'-' { -delta } else { delta }, len + 1)
            }
            _ => (0, 0),
        };
        text += &format!("{name}:{}", i64::from(line) + delta);
        rest = &after[len..];
    }
    text + rest
}

/// A test of the type checker: `/* ERROR "text" */` and `/* ERRORx "pattern" */`, or the same behind `//`, behind the
/// token; only the line is compared. Labels are checked there with the types, in other words.
fn type_checker_test(name: &str, source: &[u8]) -> Option<Result<(), String>> {
    let options = ParseOptions {
        file_name: name.to_owned(),
        check_branches: false,
    };
    let mut result = parse_file(source, &options);
    result
        .errors
        .retain(|error| !matches!(error.code, ErrorCode::Directive | ErrorCode::Form));
    if result.errors.is_empty() {
        return None;
    }
    let text = String::from_utf8_lossy(source);
    let mut wanted = Vec::new();
    // A comment states the error of the last token before it, and blank lines may be between them.
    let mut token_line = 0;
    for (line, content) in (1..).zip(text.lines()) {
        if !content.trim_start().starts_with("/* ERROR")
            && !content.trim_start().starts_with("//")
            && !content.trim().is_empty()
        {
            token_line = line;
        }
        for marker in [" ERROR ", " ERRORx "] {
            for (start, _) in content.match_indices(marker) {
                let quoted = content[start + marker.len()..].trim_start();
                let Some(end) = quoted
                    .get(1..)
                    .and_then(|rest| rest.find(quoted.chars().next()?))
                else {
                    continue;
                };
                let Some(text) = literal::unquote_string(&quoted[..end + 2]) else {
                    continue;
                };
                let text = String::from_utf8_lossy(&text).into_owned();
                let pattern = if marker == " ERROR " {
                    regex::escape(&text)
                } else {
                    text
                };
                wanted.push(Wanted {
                    line: token_line,
                    cols: Vec::new(),
                    pattern: Regex::new(&pattern).ok()?,
                });
            }
        }
    }
    Some(compare(found(&result), wanted, false))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_in_patterns() {
        assert_eq!(
            with_lines("at LINE-1|LINE+20, LINE", "x.go", 10),
            "at x.go:9|x.go:30, x.go:10"
        );
    }

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
        let good = b"// errorcheck\n\npackage p\nvar x int y // ERROR \"unexpected name y\"\n";
        assert_eq!(errorcheck("x.go", good), Some(Ok(())));
        let missing = b"// errorcheck\n\npackage p\nvar x int y\nvar y int // ERROR \"y\"\n";
        assert!(matches!(errorcheck("x.go", missing), Some(Err(_))));
        let extra = b"// errorcheck\n\npackage p\nvar x int y\n";
        assert!(matches!(errorcheck("x.go", extra), Some(Err(_))));
    }
}
