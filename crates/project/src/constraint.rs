//! Build constraint expressions: `//go:build linux && !cgo` and the older `// +build` lines.
//!
//! Source of the rule: `go help buildconstraint` and the documentation of `go/build/constraint`. Error texts
//! are those of that package. An expression holds at most [`MAX_SIZE`] operands, so walks over it are bounded.

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
        Parser::new(text).parse()
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

/// What waits for the rest of its operands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Pending {
    /// An opening parenthesis, with its offset.
    Open(usize),
    Not,
    And,
    Or,
}

/// Operator precedence with explicit stacks, so that nesting costs no native stack.
struct Parser<'a> {
    text: &'a str,
    /// Where the next token is looked for.
    pos: usize,
    /// Where the current token starts.
    start: usize,
    token: Token,
    /// Operators that wait, innermost last.
    pending: Vec<Pending>,
    /// Operands that are complete, innermost last.
    operands: Vec<Expr>,
}

impl<'a> Parser<'a> {
    fn new(text: &'a str) -> Self {
        Self {
            text,
            pos: 0,
            start: 0,
            token: Token::End,
            pending: Vec::new(),
            operands: Vec::new(),
        }
    }

    fn parse(mut self) -> Result<Expr, SyntaxError> {
        // Operands begun so far; a parenthesised one counts besides what is in it.
        let mut size = 0;
        loop {
            size += 1;
            if size > MAX_SIZE {
                return Err(self.error(self.start, "build expression too large"));
            }
            if self.operand()? && self.operator()? {
                // Every operator has found its operands.
                let expr = self.operands.pop();
                return expr.ok_or_else(|| self.error(self.start, "unexpected end of expression"));
            }
        }
    }

    /// Reads the start of an operand; whether that was all of it.
    fn operand(&mut self) -> Result<bool, SyntaxError> {
        self.advance()?;
        if self.token == Token::Not {
            self.advance()?;
            if self.token == Token::Not {
                return Err(self.error(self.start, "double negation not allowed"));
            }
            self.pending.push(Pending::Not);
        }
        match self.token {
            Token::Open => {
                self.pending.push(Pending::Open(self.start));
                Ok(false)
            }
            Token::Tag => {
                self.operands
                    .push(Expr::Tag(self.text[self.start..self.pos].to_string()));
                Ok(true)
            }
            Token::End if self.open().is_some() => {
                Err(self.error(self.start, "missing close paren"))
            }
            Token::End | Token::Close | Token::Not | Token::And | Token::Or => {
                Err(self.unexpected())
            }
        }
    }

    /// Reads what follows an operand; whether that was the end.
    fn operator(&mut self) -> Result<bool, SyntaxError> {
        loop {
            self.reduce(&[Pending::Not]);
            self.advance()?;
            match self.token {
                Token::Close if self.open().is_some() => {
                    self.reduce(&[Pending::Not, Pending::And, Pending::Or]);
                    self.pending.pop();
                }
                Token::And => {
                    self.reduce(&[Pending::And]);
                    self.pending.push(Pending::And);
                    return Ok(false);
                }
                Token::Or => {
                    self.reduce(&[Pending::And, Pending::Or]);
                    self.pending.push(Pending::Or);
                    return Ok(false);
                }
                Token::End | Token::Close | Token::Open | Token::Not | Token::Tag => {
                    if let Some(open) = self.open() {
                        return Err(self.error(open, "missing close paren"));
                    }
                    if self.token != Token::End {
                        return Err(self.unexpected());
                    }
                    self.reduce(&[Pending::And, Pending::Or]);
                    return Ok(true);
                }
            }
        }
    }

    /// Applies waiting operators of some kinds, as far as they stand innermost.
    fn reduce(&mut self, kinds: &[Pending]) {
        while let Some(operator) = self.pending.pop_if(|operator| kinds.contains(operator)) {
            let Some(y) = self.operands.pop() else { return };
            let expr = match operator {
                Pending::Not => Expr::Not(Box::new(y)),
                Pending::And | Pending::Or => {
                    let Some(x) = self.operands.pop() else { return };
                    let (x, y) = (Box::new(x), Box::new(y));
                    if operator == Pending::And {
                        Expr::And(x, y)
                    } else {
                        Expr::Or(x, y)
                    }
                }
                // Never among the kinds asked for.
                Pending::Open(_) => return,
            };
            self.operands.push(expr);
        }
    }

    /// The offset of the innermost parenthesis that is still open.
    fn open(&self) -> Option<usize> {
        self.pending.iter().rev().find_map(|pending| match pending {
            Pending::Open(offset) => Some(*offset),
            Pending::Not | Pending::And | Pending::Or => None,
        })
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
            ("!(!a || b) && !c || d && e", "!(!a || b) && !c || d && e"),
            ("a || (b || c)", "a || b || c"),
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
            ("!(a", "missing close paren"),
            ("(a b)", "missing close paren"),
            ("(a &&", "missing close paren"),
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
            ("!(!go1.21 || !go1.22)", Some(22)),
            ("go1", Some(0)),
            ("linux", None),
        ] {
            assert_eq!(Expr::parse(text).expect("valid").go_minor(), want, "{text}");
        }
    }
}
