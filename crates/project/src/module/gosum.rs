//! The `go.sum` file: checksums of module archives and of their `go.mod` files.
//!
//! Source of the rule: *Go Modules Reference*, section *go.sum files*. A line is `path version h1:sum` for an
//! archive or `path version/go.mod h1:sum` for the `go.mod` file alone. Only `h1` sums count.

use std::collections::HashMap;

use super::gomod::ModuleVersion;
use crate::error::{ErrorKind, Position, ProjectError};

/// What a checksum is of.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum SumOf {
    /// The archive.
    Zip,
    /// The `go.mod` file alone.
    GoMod,
}

/// The checksums of one file, or of several together.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct GoSum {
    sums: HashMap<(ModuleVersion, SumOf), Vec<String>>,
}

impl GoSum {
    /// Adds the lines of a file; `file` is its name as shown.
    ///
    /// # Errors
    /// In the words of the `go` command, where a line does not have three words.
    pub fn add(&mut self, text: &str, file: &str) -> Result<(), ProjectError> {
        for (number, line) in (1u32..).zip(text.lines()) {
            let words: Vec<&str> = line.split_whitespace().collect();
            let [path, version, sum] = words[..] else {
                if words.is_empty() {
                    continue;
                }
                let position = Position {
                    file: file.to_string(),
                    line: number,
                    column: 1,
                };
                let message = format!(
                    "malformed go.sum: wrong number of fields {}, want 3",
                    words.len()
                );
                return Err(ProjectError::at(position, ErrorKind::GoSum, message));
            };
            let (version, of) = match version.strip_suffix("/go.mod") {
                Some(version) => (version, SumOf::GoMod),
                None => (version, SumOf::Zip),
            };
            // A version that no module can have cannot be asked for either.
            let Some(version) = super::Version::parse(version) else {
                continue;
            };
            let module = ModuleVersion {
                path: path.to_string(),
                version,
            };
            self.sums
                .entry((module, of))
                .or_default()
                .push(sum.to_string());
        }
        Ok(())
    }

    /// Whether there is a checksum to compare with.
    pub fn has(&self, module: &ModuleVersion, of: SumOf) -> bool {
        self.expected(module, of).is_some()
    }

    /// The first `h1` checksum of something.
    fn expected(&self, module: &ModuleVersion, of: SumOf) -> Option<&str> {
        let sums = self.sums.get(&(module.clone(), of))?;
        sums.iter()
            .map(String::as_str)
            .find(|sum| sum.starts_with("h1:"))
    }

    /// Compares a checksum with the one in the file; nothing is said where there is none.
    ///
    /// # Errors
    /// [`ErrorKind::Checksum`] in the words of the `go` command.
    pub fn check(&self, module: &ModuleVersion, of: SumOf, sum: &str) -> Result<(), ProjectError> {
        let Some(expected) = self.expected(module, of) else {
            return Ok(());
        };
        let known = self.sums.get(&(module.clone(), of));
        if known.is_some_and(|known| known.iter().any(|known| known == sum)) {
            return Ok(());
        }
        let suffix = match of {
            SumOf::Zip => "",
            SumOf::GoMod => "/go.mod",
        };
        let message = format!(
            "verifying {module}{suffix}: checksum mismatch\n\tdownloaded: {sum}\n\tgo.sum:     {expected}"
        );
        Err(ProjectError::new(ErrorKind::Checksum, message)
            .with_help("SECURITY ERROR: it is not what go.sum was written for, so it is not used"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::module::Version;

    fn module(path: &str, version: &str) -> ModuleVersion {
        ModuleVersion {
            path: path.to_string(),
            version: Version::parse(version).expect("valid"),
        }
    }

    #[test]
    fn sums_are_found_and_compared() {
        let mut sums = GoSum::default();
        let text = "a.b/c v1.0.0 h2:future\na.b/c v1.0.0 h1:zip\n\na.b/c v1.0.0/go.mod h1:mod\na.b/c junk h1:x\n";
        sums.add(text, "go.sum").expect("valid");
        let c = module("a.b/c", "v1.0.0");
        assert!(sums.has(&c, SumOf::Zip) && sums.has(&c, SumOf::GoMod));
        assert!(!sums.has(&module("a.b/c", "v1.0.1"), SumOf::Zip));
        assert_eq!(sums.check(&c, SumOf::Zip, "h1:zip"), Ok(()));
        let error = sums.check(&c, SumOf::GoMod, "h1:other").expect_err("other");
        assert_eq!(
            error.message,
            "verifying a.b/c@v1.0.0/go.mod: checksum mismatch\n\tdownloaded: h1:other\n\tgo.sum:     h1:mod"
        );
    }

    #[test]
    fn broken_lines_have_their_place() {
        let error = GoSum::default()
            .add("a.b/c v1.0.0 h1:x\na.b/c v1.0.0\n", "../go.sum")
            .expect_err("two words");
        assert_eq!(
            error.to_string(),
            "../go.sum:2:1: malformed go.sum: wrong number of fields 2, want 3"
        );
    }
}
