//! A harness for tests that are files: IR text in, text out. For the test suites of this crate and of those that
//! transform or consume IR; behind the feature `filetest`.
//!
//! A file looks like this:
//!
//! ```text
//! ; test dce
//! ; A comment that says what is tested.
//! func @f() -> i32 {
//! block0:
//!     v0 = i32const 1
//!     v1 = i32const 2
//!     return v0
//! }
//!
//! ; func @f() -> i32 {
//! ; block0:
//! ;     v0 = i32const 1
//! ;     return v0
//! ; }
//! ```
//!
//! The first line names the command and its arguments. The comment lines behind the last other line are the
//! expected output. With `BLESS=1` in the environment they are replaced by what was put out.

use libtest_mimic::{Arguments, Failed, Trial};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

/// One file, taken apart.
pub struct Case<'a> {
    /// The word behind `; test`.
    pub command: &'a str,
    /// The words behind the command.
    pub args: Vec<&'a str>,
    /// Everything but the expected output.
    pub source: &'a str,
}

impl<'a> Case<'a> {
    /// The rest of each comment line that begins with that word, in order.
    pub fn directives(&self, word: &'a str) -> impl Iterator<Item = &'a str> {
        self.source.lines().filter_map(move |line| {
            let rest = line.strip_prefix(';')?.trim_start().strip_prefix(word)?;
            rest.starts_with([' ', ':']).then(|| rest[1..].trim())
        })
    }
}

/// Runs all files below `dir` that end in `.pir`, each as a test of its own, with the usual command line of a test
/// program. `run` carries out a case and gives the output, or says why that was impossible.
pub fn main(
    dir: &Path,
    run: impl Fn(&Case<'_>) -> Result<String, String> + Send + Sync + 'static,
) -> ExitCode {
    let mut files = Vec::new();
    if let Err(error) = find(dir, &mut files) {
        eprintln!("{}: {error}", dir.display());
        return ExitCode::FAILURE;
    }
    files.sort();
    let run = Arc::new(run);
    let bless = std::env::var_os("BLESS").is_some_and(|v| v == "1");
    let trials = files.into_iter().map(|file| {
        let name = file.strip_prefix(dir).unwrap_or(&file);
        // The same name on all systems.
        let name = name.to_string_lossy().replace('\\', "/");
        let run = run.clone();
        Trial::test(name, move || test(&file, &*run, bless))
    });
    libtest_mimic::run(&Arguments::from_args(), trials.collect()).exit_code()
}

fn find(dir: &Path, files: &mut Vec<PathBuf>) -> std::io::Result<()> {
    for entry in fs::read_dir(dir)? {
        let path = entry?.path();
        if path.is_dir() {
            find(&path, files)?;
        } else if path.extension().is_some_and(|e| e == "pir") {
            files.push(path);
        }
    }
    Ok(())
}

fn test(
    file: &Path,
    run: &dyn Fn(&Case<'_>) -> Result<String, String>,
    bless: bool,
) -> Result<(), Failed> {
    let text = fs::read_to_string(file)?.replace("\r\n", "\n");
    let (source, expected) = split(&text);
    let first = source.lines().next().unwrap_or_default();
    let mut words = first
        .strip_prefix("; test ")
        .ok_or("the first line must be `; test COMMAND`")?
        .split_whitespace();
    let case = Case {
        command: words.next().ok_or("no command behind `; test`")?,
        args: words.collect(),
        source,
    };
    let output = run(&case)?;
    let output = output.trim_end();
    if output == expected {
        return Ok(());
    }
    if bless {
        let mut new = format!("{}\n\n", source.trim_end());
        for line in output.lines() {
            new.push_str(if line.is_empty() { ";" } else { "; " });
            new.push_str(line);
            new.push('\n');
        }
        fs::write(file, new)?;
        return Ok(());
    }
    Err(Failed::from(format!(
        "expected:\n{expected}\n\nfound:\n{output}\n\n(BLESS=1 takes what was found)"
    )))
}

/// The source and the expected output of a file.
fn split(text: &str) -> (&str, String) {
    let is_comment = |line: &str| line.starts_with(';') || line.trim().is_empty();
    let mut end = 0;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        at += line.len();
        if !is_comment(line) {
            end = at;
        }
    }
    let (source, comments) = text.split_at(end);
    let lines = comments.lines().filter_map(|line| {
        let line = line.strip_prefix(';')?;
        Some(line.strip_prefix(' ').unwrap_or(line))
    });
    let expected = lines.collect::<Vec<_>>().join("\n");
    (source, expected.trim_end().to_owned())
}
