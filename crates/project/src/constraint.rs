//! Build constraint expressions: `//go:build linux && !cgo` and the older `// +build` lines.
//!
//! Source of the rule: `go help buildconstraint` and the documentation of `go/build/constraint`. Error texts
//! are those of that package. An expression holds at most [`MAX_SIZE`] operands, so recursion is bounded.

use std::fmt;

/// The most operands of one expression, as in the official parser.
const MAX_SIZE: usize = 1000;

/// The most operators of one `// +build` line, as in the official parser.
const MAX_OLD_SIZE: usize = 100;

/// A build constraint.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Expr {
    /// True where the tag is set.
    Tag(String),
    /// Negation.
    Not(Box<Expr>),
    /// Conjunction.
    And(Box<Expr>, Box<Expr>),
    /// Disjunction.
    Or(Box<Expr>, Box<Expr>),
}

/// Why a `//go:build` line could not be read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SyntaxError {
    /// Byte offset into the expression.
    pub offset: usize,
    /// What is wrong there.
    pub message: String,
}

impl fmt::Display for SyntaxError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl Expr {
    /// Reads what stands after `//go:build `.
    ///
    /// # Errors
    /// The first violation of the grammar.
    pub fn parse(text: &str) -> Result<Self, SyntaxError> {
        let mut parser = Parser {
            text,
            pos: 0,
            start: 0,
            token: Token::End,
            size: 0,
        };
        let expr = parser.or()?;
        match parser.token {
            Token::End => Ok(expr),
            _ => Err(parser.unexpected()),
        }
    }

    /// Reads what stands after `// +build `: alternatives separated by blanks, each a comma-separated list of
    /// tags that must all hold. Whatever is not a tag counts as one that is never set. `None` for a line with
    /// more operators than the official reader takes; such a line has no effect.
    pub fn parse_plus_build(text: &str) -> Option<Self> {
        let ignore = || Expr::Tag("ignore".to_string());
        let mut operators = 0;
        let mut any: Option<Expr> = None;
        for clause in text.split_whitespace() {
            let mut all: Option<Expr> = None;
            for literal in clause.split(',') {
                let tag = |name: &str| {
                    let valid = !name.is_empty() && name.chars().all(is_tag_char);
                    if valid {
                        Expr::Tag(name.to_string())
                    } else {
                        ignore()
                    }
                };
                let operand = if literal.starts_with("!!") || literal == "!" {
                    ignore()
                } else if let Some(name) = literal.strip_prefix('!') {
                    Expr::Not(Box::new(tag(name)))
                } else {
                    tag(literal)
                };
                all = Some(match all {
                    None => operand,
                    Some(left) => {
                        operators += 1;
                        left.and(operand)
                    }
                });
            }
            let clause = all.unwrap_or_else(ignore);
            any = Some(match any {
                None => clause,
                Some(left) => {
                    operators += 1;
                    Expr::Or(Box::new(left), Box::new(clause))
                }
            });
            if operators > MAX_OLD_SIZE {
                return None;
            }
        }
        Some(any.unwrap_or_else(ignore))
    }

    /// The conjunction of two constraints.
    #[must_use]
    pub fn and(self, other: Expr) -> Expr {
        Expr::And(Box::new(self), Box::new(other))
    }

    /// The constraint's value, given which tags are set.
    pub fn eval(&self, is_set: &dyn Fn(&str) -> bool) -> bool {
        match self {
            Expr::Tag(tag) => is_set(tag),
            Expr::Not(x) => !x.eval(is_set),
            Expr::And(x, y) => x.eval(is_set) && y.eval(is_set),
            Expr::Or(x, y) => x.eval(is_set) || y.eval(is_set),
        }
    }

    /// The least language version 1.N that the constraint implies, as N. It selects the language version of
    /// the file (`go help buildconstraint`).
    pub fn go_minor(&self) -> Option<u32> {
        self.implied_minor(true)
    }

    /// As [`Self::go_minor`] for this expression, or for its negation where not `positive`.
    fn implied_minor(&self, positive: bool) -> Option<u32> {
        match (self, positive) {
            // "!tag" implies nothing.
            (Expr::Tag(_), false) => None,
            (Expr::Tag(tag), true) if tag == "go1" => Some(0),
            (Expr::Tag(tag), true) => tag.strip_prefix("go1.")?.parse().ok(),
            (Expr::Not(x), _) => x.implied_minor(!positive),
            // Both sides hold: the higher of the two; `None` orders below every version.
            (Expr::And(x, y), true) | (Expr::Or(x, y), false) => {
                x.implied_minor(positive).max(y.implied_minor(positive))
            }
            (Expr::Or(x, y), true) | (Expr::And(x, y), false) => {
                x.implied_minor(positive).min(y.implied_minor(positive))
            }
        }
    }
}

impl fmt::Display for Expr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Parentheses only where the operand binds less tightly.
        fn operand(f: &mut fmt::Formatter<'_>, x: &Expr, wrap: bool) -> fmt::Result {
            if wrap {
                write!(f, "({x})")
            } else {
                write!(f, "{x}")
            }
        }
        match self {
            Expr::Tag(tag) => f.write_str(tag),
            Expr::Not(x) => {
                f.write_str("!")?;
                operand(f, x, matches!(**x, Expr::And(..) | Expr::Or(..)))
            }
            Expr::And(x, y) => {
                operand(f, x, matches!(**x, Expr::Or(..)))?;
                f.write_str(" && ")?;
                operand(f, y, matches!(**y, Expr::Or(..)))
            }
            Expr::Or(x, y) => write!(f, "{x} || {y}"),
        }
    }
}

fn is_tag_char(c: char) -> bool {
    c.is_alphabetic() || c.is_numeric() || c == '_' || c == '.'
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Token {
    End,
    Open,
    Close,
    Not,
    And,
    Or,
    Tag,
}

/// Recursive descent with one token of lookahead; every operand reads the token after it.
struct Parser<'a> {
    text: &'a str,
    /// Where the next token is looked for.
    pos: usize,
    /// Where the current token starts.
    start: usize,
    token: Token,
    /// Operands begun so far.
    size: usize,
}

impl Parser<'_> {
    fn or(&mut self) -> Result<Expr, SyntaxError> {
        let mut x = self.and()?;
        while self.token == Token::Or {
            x = Expr::Or(Box::new(x), Box::new(self.and()?));
        }
        Ok(x)
    }

    fn and(&mut self) -> Result<Expr, SyntaxError> {
        let mut x = self.not()?;
        while self.token == Token::And {
            x = x.and(self.not()?);
        }
        Ok(x)
    }

    fn not(&mut self) -> Result<Expr, SyntaxError> {
        self.size += 1;
        if self.size > MAX_SIZE {
            return Err(self.error(self.start, "build expression too large"));
        }
        self.advance()?;
        if self.token != Token::Not {
            return self.atom();
        }
        self.advance()?;
        if self.token == Token::Not {
            return Err(self.error(self.start, "double negation not allowed"));
        }
        Ok(Expr::Not(Box::new(self.atom()?)))
    }

    /// The current token starts an atom.
    fn atom(&mut self) -> Result<Expr, SyntaxError> {
        match self.token {
            Token::Open => {
                let open = self.start;
                let x = self.or().map_err(|mut e| {
                    if e.message == "unexpected end of expression" {
                        e.message = "missing close paren".to_string();
                    }
                    e
                })?;
                if self.token != Token::Close {
                    return Err(self.error(open, "missing close paren"));
                }
                self.advance()?;
                Ok(x)
            }
            Token::Tag => {
                let tag = self.text[self.start..self.pos].to_string();
                self.advance()?;
                Ok(Expr::Tag(tag))
            }
            Token::End | Token::Close | Token::Not | Token::And | Token::Or => {
                Err(self.unexpected())
            }
        }
    }

    fn advance(&mut self) -> Result<(), SyntaxError> {
        let rest = &self.text[self.pos..];
        let rest = rest.trim_start_matches([' ', '\t']);
        self.start = self.text.len() - rest.len();
        let (token, len) = match rest.chars().next() {
            None => (Token::End, 0),
            Some('(') => (Token::Open, 1),
            Some(')') => (Token::Close, 1),
            Some('!') => (Token::Not, 1),
            Some('&') if rest.starts_with("&&") => (Token::And, 2),
            Some('|') if rest.starts_with("||") => (Token::Or, 2),
            Some(c) => match rest.find(|c| !is_tag_char(c)).unwrap_or(rest.len()) {
                0 => return Err(self.error(self.start, &format!("invalid syntax at {c}"))),
                len => (Token::Tag, len),
            },
        };
        self.token = token;
        self.pos = self.start + len;
        Ok(())
    }

    fn unexpected(&self) -> SyntaxError {
        let token = &self.text[self.start..self.pos];
        if token.is_empty() {
            return self.error(self.start, "unexpected end of expression");
        }
        self.error(self.start, &format!("unexpected token {token}"))
    }

    fn error(&self, offset: usize, message: &str) -> SyntaxError {
        SyntaxError {
            offset,
            message: message.to_string(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn expressions_print_as_read() {
        for (text, want) in [
            ("a", "a"),
            ("a&&b", "a && b"),
            ("a || b && !c", "a || b && !c"),
            ("(a || b) && c", "(a || b) && c"),
            ("!(a && b)", "!(a && b)"),
            ("((a))", "a"),
            (
                "go1.21 && goexperiment.jsonv2",
                "go1.21 && goexperiment.jsonv2",
            ),
        ] {
            assert_eq!(
                Expr::parse(text).expect("valid").to_string(),
                want,
                "{text}"
            );
        }
    }

    #[test]
    fn bad_expressions_get_the_official_text() {
        for (text, want) in [
            ("", "unexpected end of expression"),
            ("a &&", "unexpected end of expression"),
            ("(a", "missing close paren"),
            ("(", "missing close paren"),
            ("a)", "unexpected token )"),
            ("a b", "unexpected token b"),
            ("!!a", "double negation not allowed"),
            ("a & b", "invalid syntax at &"),
            ("a-b", "invalid syntax at -"),
            ("&& a", "unexpected token &&"),
        ] {
            assert_eq!(
                Expr::parse(text).expect_err("invalid").message,
                want,
                "{text}"
            );
        }
    }

    #[test]
    fn size_is_bounded() {
        let deep = "(".repeat(100_000);
        assert_eq!(
            Expr::parse(&deep).expect_err("invalid").message,
            "build expression too large"
        );
        let wide = vec!["a"; 1001].join("||");
        assert!(Expr::parse(&wide).is_err());
    }

    #[test]
    fn old_lines_read_as_or_of_and() {
        for (text, want) in [
            ("a b", "a || b"),
            ("a,!b c", "a && !b || c"),
            ("!!a", "ignore"),
            ("a-b", "ignore"),
            ("", "ignore"),
        ] {
            assert_eq!(
                Expr::parse_plus_build(text).expect("small").to_string(),
                want,
                "{text}"
            );
        }
        assert_eq!(Expr::parse_plus_build(&"a ".repeat(200)), None);
    }

    #[test]
    fn implied_language_versions() {
        for (text, want) in [
            ("go1.21", Some(21)),
            ("go1.21 && linux", Some(21)),
            ("go1.21 || linux", None),
            ("go1.21 || go1.18", Some(18)),
            ("!go1.21", None),
            ("!(!go1.21 || !go1.22)", None),
            ("go1", Some(0)),
            ("linux", None),
        ] {
            assert_eq!(Expr::parse(text).expect("valid").go_minor(), want, "{text}");
        }
    }
}
