//! Semantic versions as Go modules use them: `v1.2.3`, `v0.0.0-20240101000000-abcdef123456`, `v2.0.0+incompatible`.
//!
//! Source of the rule: <https://semver.org> and *Go Modules Reference*, section *Versions*.

use std::cmp::Ordering;
use std::fmt;

/// A canonical semantic version with the leading `v`. Build metadata does not count in comparisons.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Version {
    text: String,
}

/// The parts of a version, borrowed from its text.
struct Parts<'a> {
    numbers: [&'a str; 3],
    prerelease: &'a str,
}

impl Version {
    /// Reads a full version: all three numbers must be there.
    pub fn parse(text: &str) -> Option<Self> {
        parts(text)?;
        Some(Self {
            text: text.to_string(),
        })
    }

    /// The version as written.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The major number with its `v`: `v2` in `v2.1.0`.
    pub fn major(&self) -> &str {
        self.text
            .split_once('.')
            .map_or(&self.text, |(major, _)| major)
    }

    /// Whether the version belongs to a module from the time before modules.
    pub fn is_incompatible(&self) -> bool {
        self.text.ends_with("+incompatible")
    }
}

impl PartialOrd for Version {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Version {
    fn cmp(&self, other: &Self) -> Ordering {
        // Both were checked when they were read.
        let (Some(a), Some(b)) = (parts(&self.text), parts(&other.text)) else {
            return self.text.cmp(&other.text);
        };
        let numbers = a
            .numbers
            .iter()
            .zip(&b.numbers)
            .map(|(a, b)| compare_numbers(a, b));
        numbers
            .fold(Ordering::Equal, Ordering::then)
            .then_with(|| compare_prereleases(a.prerelease, b.prerelease))
            .then_with(|| self.text.cmp(&other.text))
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

fn parts(text: &str) -> Option<Parts<'_>> {
    let text = text.strip_prefix('v')?;
    let (text, build) = text
        .split_once('+')
        .map_or((text, None), |(text, build)| (text, Some(build)));
    let (core, prerelease) = text
        .split_once('-')
        .map_or((text, None), |(core, pre)| (core, Some(pre)));
    let mut numbers = core.split('.');
    let numbers = [
        numbers.next()?,
        numbers.next()?,
        numbers.next().filter(|_| numbers.next().is_none())?,
    ];
    let is_word = |word: &str| {
        !word.is_empty() && word.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
    };
    let valid = numbers.into_iter().all(is_number)
        && prerelease.is_none_or(|p| {
            p.split('.')
                .all(|w| is_word(w) && (!is_digits(w) || is_number(w)))
        })
        && build.is_none_or(|b| b.split('.').all(is_word));
    valid.then_some(Parts {
        numbers,
        prerelease: prerelease.unwrap_or(""),
    })
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

/// Digits without superfluous zeros.
fn is_number(text: &str) -> bool {
    is_digits(text) && (text.len() == 1 || !text.starts_with('0'))
}

/// Numbers of any size: without leading zeros the longer one is the greater.
fn compare_numbers(a: &str, b: &str) -> Ordering {
    a.len().cmp(&b.len()).then_with(|| a.cmp(b))
}

/// A version without a prerelease is the greater; else word by word, numbers before other words.
fn compare_prereleases(a: &str, b: &str) -> Ordering {
    match (a.is_empty(), b.is_empty()) {
        (true, true) => return Ordering::Equal,
        (true, false) => return Ordering::Greater,
        (false, true) => return Ordering::Less,
        (false, false) => {}
    }
    let (mut a, mut b) = (a.split('.'), b.split('.'));
    loop {
        let order = match (a.next(), b.next()) {
            (None, None) => return Ordering::Equal,
            (None, Some(_)) => Ordering::Less,
            (Some(_), None) => Ordering::Greater,
            (Some(a), Some(b)) => match (is_digits(a), is_digits(b)) {
                (true, true) => compare_numbers(a, b),
                (true, false) => Ordering::Less,
                (false, true) => Ordering::Greater,
                (false, false) => a.cmp(b),
            },
        };
        if order != Ordering::Equal {
            return order;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_order_by_precedence() {
        let all = [
            "v0.0.0-20200101000000-aaaaaaaaaaaa",
            "v0.0.0-20210101000000-aaaaaaaaaaaa",
            "v0.1.0",
            "v1.0.0-1",
            "v1.0.0-alpha",
            "v1.0.0-alpha.1",
            "v1.0.0-alpha.1.x",
            "v1.0.0-alpha.beta",
            "v1.0.0-rc.2",
            "v1.0.0-rc.11",
            "v1.0.0",
            "v1.9.0",
            "v1.10.0",
            "v2.0.0+incompatible",
            "v123456789012345678901234567890.0.0",
        ];
        let parsed: Vec<_> = all
            .iter()
            .map(|v| Version::parse(v).expect("valid"))
            .collect();
        assert!(parsed.is_sorted(), "{parsed:?}");
    }

    #[test]
    fn junk_is_no_version() {
        for junk in [
            "",
            "1.2.3",
            "v1",
            "v1.2",
            "v1.2.3.4",
            "v01.2.3",
            "v1.2.3-",
            "v1.2.3-01",
            "v1.2.3+",
            "vx.y.z",
        ] {
            assert_eq!(Version::parse(junk), None, "{junk}");
        }
    }
}
