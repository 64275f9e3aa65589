//! Files of known failures: `tests/ratchet/SUITE.txt`, a line `case # reason` each, sorted. Lists of skipped cases have
//! the same form.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// The known failures of a suite.
pub struct Ratchet {
    path: PathBuf,
    reasons: BTreeMap<String, String>,
}

impl Ratchet {
    /// Reads the file of a suite; where there is none, nothing is known to fail.
    ///
    /// # Errors
    /// Where it is there and cannot be read, or a line has no reason.
    pub fn read(suite: &str) -> Result<Self, String> {
        Self::read_list(&format!("tests/ratchet/{suite}.txt"))
    }

    /// Reads a file of the repository; where there is none, it has no lines.
    ///
    /// # Errors
    /// Where the file is there and cannot be read, or a line has no reason.
    pub fn read_list(file: &str) -> Result<Self, String> {
        let path = crate::repository().join(file);
        let text = match std::fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
            Err(error) => return Err(format!("cannot read {}: {error}", path.display())),
        };
        let reasons = parse(&text).map_err(|line| {
            format!(
                "{}:{line}: a known failure needs the form `case # reason`",
                path.display()
            )
        })?;
        Ok(Self { path, reasons })
    }

    /// Where the file is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The cases, sorted.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.reasons.keys().map(String::as_str)
    }

    /// Why a case is known to fail, if it is.
    pub fn reason(&self, case: &str) -> Option<&str> {
        self.reasons.get(case).map(String::as_str)
    }

    /// Adds a known failure. A reason that stands there is kept, unless `fresh`.
    pub fn set(&mut self, case: &str, reason: &str, fresh: bool) {
        let entry = self.reasons.entry(case.to_owned()).or_default();
        if fresh || entry.is_empty() {
            *entry = reason.to_owned();
        }
    }

    /// Takes a known failure out.
    pub fn remove(&mut self, case: &str) {
        self.reasons.remove(case);
    }

    /// Takes out what `keep` does not keep, and returns it.
    pub fn retain(&mut self, keep: impl Fn(&str) -> bool) -> Vec<String> {
        let gone: Vec<String> = self.reasons.keys().filter(|k| !keep(k)).cloned().collect();
        self.reasons.retain(|case, _| keep(case));
        gone
    }

    /// Writes the file.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub fn write(&self) -> Result<(), String> {
        let mut text = String::new();
        for (case, reason) in &self.reasons {
            // Writing to a string cannot fail.
            let _ = writeln!(text, "{case} # {reason}");
        }
        let fail = |error| format!("cannot write {}: {error}", self.path.display());
        if let Some(folder) = self.path.parent() {
            std::fs::create_dir_all(folder).map_err(fail)?;
        }
        std::fs::write(&self.path, text).map_err(fail)
    }
}

/// Reads the lines. The error is the number of the first bad one.
fn parse(text: &str) -> Result<BTreeMap<String, String>, usize> {
    let line = |(at, line): (usize, &str)| match line.split_once(" # ") {
        Some((case, reason)) if !reason.trim().is_empty() => {
            Ok((case.trim().to_owned(), reason.trim().to_owned()))
        }
        _ => Err(at + 1),
    };
    text.lines().enumerate().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_have_a_case_and_a_reason() {
        let known = parse("a.go # maps\nb/c.go # channels # and more\n").expect("well formed");
        assert_eq!(known["a.go"], "maps");
        assert_eq!(known["b/c.go"], "channels # and more");
        assert_eq!(parse("a.go # x\nb.go\n"), Err(2));
        assert_eq!(parse("a.go # \n"), Err(1));
    }
}
