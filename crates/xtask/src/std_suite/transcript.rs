//! What the output of a program with tests says of each. Package `testing` marks its own lines for tools
//! (`-test.v=test2json`) with a byte that tests do not print.

use std::collections::BTreeMap;

use crate::suite::Outcome;

/// Stands before lines of package `testing` itself.
const MARK: char = '\u{16}';

/// What the output says.
#[derive(Default, PartialEq, Eq, Debug)]
pub struct Transcript {
    /// The tests that ended, those within tests aside.
    pub tests: BTreeMap<String, Outcome>,
    /// The test that the last lines are of, if it has not ended.
    pub running: Option<String>,
    /// The test that ended last.
    pub last: Option<String>,
    /// What ended the program: the first line of a panic or a fatal error.
    pub fatal: Option<String>,
}

/// Reads an output.
pub fn read(output: &[u8]) -> Transcript {
    let mut found = Transcript::default();
    // The first line of each test that names a place in a test file.
    let mut said: BTreeMap<String, String> = BTreeMap::new();
    for line in String::from_utf8_lossy(output).lines() {
        let (text, marked) = match line.split_once(MARK) {
            // A test may have left its last line open.
            Some((open, own)) => {
                found.note(open, &mut said);
                (own, true)
            }
            None => (line, false),
        };
        if !marked {
            found.note(text, &mut said);
            continue;
        }
        let words: Vec<&str> = text.split_whitespace().collect();
        match words[..] {
            ["===", "RUN" | "CONT" | "NAME", name, ..] => {
                let name = name.split('/').next().unwrap_or(name);
                found.running = (!name.is_empty()).then(|| name.to_owned());
            }
            ["===", "NAME"] => found.running = None,
            ["---", verdict, name, ..] if !name.contains('/') => {
                let line = said.get(name).cloned();
                let outcome = match verdict.trim_end_matches(':') {
                    "PASS" => Outcome::Pass,
                    "SKIP" => Outcome::Skip(line.map_or("skips itself".to_owned(), |line| {
                        format!("skips itself: {}", without_place(&line))
                    })),
                    _ => Outcome::Fail(line.unwrap_or_else(|| "it fails".to_owned())),
                };
                found.tests.insert(name.to_owned(), outcome);
                found.last = Some(name.to_owned());
                if found.running.as_deref() == Some(name) {
                    found.running = None;
                }
            }
            _ => {}
        }
    }
    found
}

impl Transcript {
    /// The test that ended the program, if it was one: it has not ended itself, or is said to have failed before the
    /// report of its panic.
    pub fn culprit(&self) -> Option<&str> {
        let failed = |name: &&String| matches!(self.tests.get(*name), Some(Outcome::Fail(_)));
        let running = self.running.as_ref();
        running
            .or(self.last.as_ref().filter(failed))
            .map(String::as_str)
    }

    /// Takes in a line that a test printed or logged.
    fn note(&mut self, line: &str, said: &mut BTreeMap<String, String>) {
        let ends = ["panic: ", "fatal error: "];
        if self.fatal.is_none() && ends.iter().any(|start| line.starts_with(start)) {
            self.fatal = Some(line.trim_end().to_owned());
        }
        let text = line.trim();
        let is_log = text.split_once(".go:").is_some_and(|(file, rest)| {
            !file.contains(char::is_whitespace) && rest.starts_with(|c: char| c.is_ascii_digit())
        });
        if let Some(name) = &self.running
            && line.starts_with("    ")
            && is_log
        {
            said.entry(name.clone()).or_insert_with(|| text.to_owned());
        }
    }
}

/// A logged line without file and line number, so that equal reasons look equal.
fn without_place(line: &str) -> &str {
    let rest = line.split_once(".go:").map_or(line, |(_, rest)| rest);
    rest.split_once(": ").map_or(rest, |(_, text)| text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tests_that_end_and_one_that_does_not() {
        let output = "\u{16}=== RUN   TestA\n\u{16}=== RUN   TestA/x\n\u{16}    --- PASS: TestA/x (0.00s)\n\
            \u{16}--- PASS: TestA (0.00s)\n\u{16}=== RUN   TestB\n    b_test.go:7: wrong\n    b_test.go:8: more\n\
            \u{16}--- FAIL: TestB (0.01s)\n\u{16}=== RUN   TestC\n    c_test.go:1: no files\n\
            \u{16}--- SKIP: TestC (0.00s)\n\u{16}=== RUN   TestD\nopen line\u{16}=== RUN   TestD/y\npanic: gone\n";
        let found = read(output.as_bytes());
        let outcome = |name: &str| found.tests.get(name).cloned();
        assert_eq!(outcome("TestA"), Some(Outcome::Pass));
        let failed = Outcome::Fail("b_test.go:7: wrong".to_owned());
        assert_eq!(outcome("TestB"), Some(failed));
        let skipped = Outcome::Skip("skips itself: no files".to_owned());
        assert_eq!(outcome("TestC"), Some(skipped));
        assert_eq!(found.running.as_deref(), Some("TestD"));
        assert_eq!(found.last.as_deref(), Some("TestC"));
        assert_eq!(found.fatal.as_deref(), Some("panic: gone"));
    }
}
