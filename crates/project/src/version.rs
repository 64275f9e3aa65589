//! Versions of the Go language and release: `1.26`, `1.26.8`, `1.21rc1`.
//!
//! Source of the rule: *Go Toolchains*, section *Version strings*: `1.N` is a language version, `1.N.P` a
//! release, and `1.NrcR` or `1.NbetaR` stand before `1.N.0`. The plain language version `1.N` orders before
//! its release candidates.

use std::fmt;

/// A Go version, comparable.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct GoVersion {
    /// The major number, 1.
    pub major: u32,
    /// The minor number: 26 in `1.26.8`.
    pub minor: u32,
    /// What follows the minor number.
    pub rest: Rest,
}

/// What follows the minor number of a Go version, in order of age.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Rest {
    /// Nothing: the language version.
    Language,
    /// `betaR`.
    Beta(u32),
    /// `rcR`.
    Candidate(u32),
    /// `.P`.
    Patch(u32),
}

impl GoVersion {
    /// A language version `major.minor`.
    pub const fn language(major: u32, minor: u32) -> Self {
        Self {
            major,
            minor,
            rest: Rest::Language,
        }
    }

    /// Reads a version without the leading `go`.
    pub fn parse(text: &str) -> Option<Self> {
        let (major, rest) = number(text)?;
        let (minor, rest) = number(rest.strip_prefix('.')?)?;
        let whole = |digits: &str| {
            number(digits)
                .filter(|(_, rest)| rest.is_empty())
                .map(|(n, _)| n)
        };
        let rest = if rest.is_empty() {
            Rest::Language
        } else if let Some(patch) = rest.strip_prefix('.') {
            Rest::Patch(whole(patch)?)
        } else if let Some(n) = rest.strip_prefix("rc") {
            Rest::Candidate(whole(n)?)
        } else if let Some(n) = rest.strip_prefix("beta") {
            Rest::Beta(whole(n)?)
        } else {
            return None;
        };
        Some(Self { major, minor, rest })
    }

    /// Reads the first line of a release's `VERSION` file, such as `go1.26.8`; a suffix such as
    /// ` X:experiment` is passed over.
    pub fn parse_release(text: &str) -> Option<Self> {
        let word = text.lines().next()?.split_whitespace().next()?;
        Self::parse(word.strip_prefix("go")?)
    }

    /// This version without its patch number.
    pub const fn to_language(self) -> Self {
        Self::language(self.major, self.minor)
    }
}

/// A decimal number without superfluous zeros at the start of a text, and what follows it.
fn number(text: &str) -> Option<(u32, &str)> {
    let end = text
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(text.len());
    let (digits, rest) = text.split_at(end);
    if digits.len() > 1 && digits.starts_with('0') {
        return None;
    }
    Some((digits.parse().ok()?, rest))
}

impl fmt::Display for GoVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.major, self.minor)?;
        match self.rest {
            Rest::Language => Ok(()),
            Rest::Beta(n) => write!(f, "beta{n}"),
            Rest::Candidate(n) => write!(f, "rc{n}"),
            Rest::Patch(n) => write!(f, ".{n}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_order_as_released() {
        let all = [
            "1.20",
            "1.21",
            "1.21beta1",
            "1.21rc1",
            "1.21rc2",
            "1.21.0",
            "1.21.10",
            "1.22",
            "1.99",
        ];
        let parsed: Vec<_> = all
            .iter()
            .map(|v| GoVersion::parse(v).expect("valid"))
            .collect();
        assert!(parsed.is_sorted());
        let shown: Vec<_> = parsed.iter().map(ToString::to_string).collect();
        assert_eq!(shown, all);
    }

    #[test]
    fn junk_is_no_version() {
        for junk in [
            "",
            "1",
            "1.",
            "1.x",
            "1.21.",
            "1.21.x",
            "01.2",
            "1.21alpha1",
            "99999999999.1",
            "1.2.3.4",
        ] {
            assert_eq!(GoVersion::parse(junk), None, "{junk}");
        }
        assert_eq!(
            GoVersion::parse_release("go1.26.8\ntime 2026\n"),
            GoVersion::parse("1.26.8")
        );
    }
}
