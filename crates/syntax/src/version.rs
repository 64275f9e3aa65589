//! The Go version that a file asks for with its `//go:build` line.
//!
//! A constraint implies a version where it cannot be satisfied without a `go1.N` tag. Each tag and each negated
//! tag is taken as independent of the others, as the official tools do.

/// The deepest nesting of a constraint that is read; no real one comes near.
const MAX_DEPTH: u32 = 100;

/// The `N` of the lowest Go version 1.N that the line `go:build constraint` implies, if it does and is well formed.
pub(crate) fn of_build_line(line: &str) -> Option<u32> {
    let constraint = line.strip_prefix("go:build")?;
    if !constraint.starts_with([' ', '\t']) {
        return None;
    }
    let mut parser = ConstraintParser {
        rest: constraint.trim(),
        depth: 0,
    };
    let implied = parser.or()?;
    if parser.rest.is_empty() {
        implied.positive
    } else {
        None
    }
}

/// The versions that a constraint and its negation imply.
#[derive(Clone, Copy)]
struct Implied {
    /// By the constraint.
    positive: Option<u32>,
    /// By its negation.
    negative: Option<u32>,
}

/// Reads a constraint; its methods return nothing where it is malformed.
struct ConstraintParser<'a> {
    /// The text still to read, without leading white space.
    rest: &'a str,
    /// Nesting of parentheses and negations.
    depth: u32,
}

impl ConstraintParser<'_> {
    /// `and { "||" and }`
    fn or(&mut self) -> Option<Implied> {
        let mut x = self.and()?;
        while self.eat("||") {
            let y = self.and()?;
            x = Implied {
                positive: x.positive.min(y.positive),
                negative: x.negative.max(y.negative),
            };
        }
        Some(x)
    }

    /// `not { "&&" not }`
    fn and(&mut self) -> Option<Implied> {
        let mut x = self.not()?;
        while self.eat("&&") {
            let y = self.not()?;
            x = Implied {
                positive: x.positive.max(y.positive),
                negative: x.negative.min(y.negative),
            };
        }
        Some(x)
    }

    /// `"!" not`, `"(" or ")"` or a tag.
    fn not(&mut self) -> Option<Implied> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return None;
        }
        let x = if self.eat("!") {
            let x = self.not()?;
            Implied {
                positive: x.negative,
                negative: x.positive,
            }
        } else if self.eat("(") {
            let x = self.or()?;
            if !self.eat(")") {
                return None;
            }
            x
        } else {
            self.tag()?
        };
        self.depth -= 1;
        Some(x)
    }

    /// A tag.
    fn tag(&mut self) -> Option<Implied> {
        let end = self
            .rest
            .find(|c: char| !(c.is_alphanumeric() || c == '_' || c == '.'))
            .unwrap_or(self.rest.len());
        let (tag, rest) = self.rest.split_at(end);
        if tag.is_empty() {
            return None;
        }
        self.rest = rest.trim_start();
        let positive = if tag == "go1" {
            Some(0)
        } else {
            tag.strip_prefix("go1.").and_then(|n| n.parse().ok())
        };
        Some(Implied {
            positive,
            negative: None,
        })
    }

    /// Moves past `text` where it comes next.
    fn eat(&mut self, text: &str) -> bool {
        match self.rest.strip_prefix(text) {
            Some(rest) => {
                self.rest = rest.trim_start();
                true
            }
            None => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::of_build_line;

    #[test]
    fn implied_versions() {
        let cases = [
            ("go:build linux && go1.22", Some(22)),
            (
                "go:build (linux && go1.22) || (windows && go1.20)",
                Some(20),
            ),
            ("go:build linux", None),
            ("go:build linux || (windows && go1.22)", None),
            ("go:build !go1.22", None),
            ("go:build !(!go1.21 || ignore)", Some(21)),
            ("go:build go1", Some(0)),
            ("go:build go1.20 &&", None),
            ("go:build go1.20)", None),
            ("go:buildgo1.20", None),
        ];
        for (line, version) in cases {
            assert_eq!(of_build_line(line), version, "{line}");
        }
    }
}
