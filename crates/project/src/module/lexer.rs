//! Tokens of `go.mod` files.
//!
//! Source of the rule: *Go Modules Reference*, section *go.mod files*, *Lexical elements*. Line ends are
//! tokens; a comment runs to the end of its line and counts as one. Error texts are the official ones.

use super::gomod::{At, ModError};

/// What a token is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Kind {
    /// A word, a quoted string, or one of `[ ] { } ,` and parentheses inside a line.
    Text,
    Open,
    Close,
    LineEnd,
    End,
}

/// A token with its text; the text of a line end is the comment before it, without slashes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Token<'a> {
    pub kind: Kind,
    pub text: &'a str,
    pub at: At,
}

pub(super) struct Lexer<'a> {
    text: &'a str,
    pos: usize,
    line: u32,
    line_start: usize,
}

impl<'a> Lexer<'a> {
    pub fn new(text: &'a str) -> Self {
        Self {
            text,
            pos: 0,
            line: 1,
            line_start: 0,
        }
    }

    pub fn next(&mut self) -> Result<Token<'a>, ModError> {
        let rest = self.text[self.pos..].trim_start_matches([' ', '\t', '\r']);
        self.pos = self.text.len() - rest.len();
        let at = self.at();
        let token = |kind, text| Ok(Token { kind, text, at });
        let Some(first) = rest.chars().next() else {
            return token(Kind::End, "");
        };
        if let Some(comment) = rest.strip_prefix("//") {
            let comment = comment
                .split_once('\n')
                .map_or(comment, |(comment, _)| comment);
            self.pos += 2 + comment.len();
            if self.pos < self.text.len() {
                self.newline();
            }
            return token(Kind::LineEnd, comment.trim());
        }
        match first {
            '\n' => {
                self.newline();
                token(Kind::LineEnd, "")
            }
            '(' | ')' | '[' | ']' | '{' | '}' | ',' => {
                self.pos += 1;
                let kind = match first {
                    '(' => Kind::Open,
                    ')' => Kind::Close,
                    _ => Kind::Text,
                };
                token(kind, &rest[..1])
            }
            '"' | '`' => {
                let len =
                    string_length(rest, first).map_err(|message| ModError::new(at, message))?;
                self.pos += len;
                token(Kind::Text, &rest[..len])
            }
            _ => {
                let len = word_length(rest);
                if rest[len..].starts_with("/*") {
                    let message = "mod files must use // comments (not /* */ comments)";
                    return Err(ModError::new(at, message));
                }
                if len == 0 {
                    let message = format!("unexpected input character {}", quote(first));
                    return Err(ModError::new(at, message));
                }
                self.pos += len;
                token(Kind::Text, &rest[..len])
            }
        }
    }

    fn at(&self) -> At {
        At {
            line: self.line,
            column: (self.pos - self.line_start) as u32 + 1,
        }
    }

    fn newline(&mut self) {
        self.pos += 1;
        self.line += 1;
        self.line_start = self.pos;
    }
}

/// A character in single quotes, as Go writes it.
fn quote(c: char) -> String {
    let code = u32::from(c);
    match c {
        '\u{7}' => "'\\a'".to_string(),
        '\u{8}' => "'\\b'".to_string(),
        '\u{b}' => "'\\v'".to_string(),
        '\u{c}' => "'\\f'".to_string(),
        '\n' | '\r' | '\t' | '\'' | '\\' => format!("'{}'", c.escape_default()),
        _ if code < 0x20 || code == 0x7f => format!("'\\x{code:02x}'"),
        _ if c.is_control() || (c.is_whitespace() && c != ' ') => format!("'\\u{code:04x}'"),
        _ => format!("'{c}'"),
    }
}

/// Bytes of a word: up to a blank, punctuation or the start of a comment.
fn word_length(text: &str) -> usize {
    let ends = |(at, c): (usize, char)| {
        let comment = text[at..].starts_with("//") || text[at..].starts_with("/*");
        (c.is_whitespace() || c.is_control() || "()[]{},".contains(c) || comment).then_some(at)
    };
    text.char_indices().find_map(ends).unwrap_or(text.len())
}

/// Bytes of a string literal with both quotes.
fn string_length(text: &str, quote: char) -> Result<usize, &'static str> {
    let mut chars = text.char_indices().skip(1);
    while let Some((at, c)) = chars.next() {
        match c {
            '\n' => return Err("unexpected newline in string"),
            '\\' if quote == '"' => _ = chars.next(),
            _ if c == quote => return Ok(at + 1),
            _ => {}
        }
    }
    Err("unexpected EOF in string")
}
