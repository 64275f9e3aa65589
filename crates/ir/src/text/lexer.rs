//! The lexer of the text form.

use super::names::plain_symbol_len;
use super::parse::ParseError;

/// A token. Everything borrowed is from the source text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Token<'a> {
    /// A word, with dots inside: `func`, `v12`, `load.i32`.
    Word(&'a str),
    /// A symbol, without `@` and quotes.
    Sym(String),
    /// A string literal.
    Str(Vec<u8>),
    /// A number without sign.
    Num(&'a str),
    /// `->`
    Arrow,
    /// One of `( ) { } [ ] , : = + - !`.
    Punct(char),
    /// The end of the text.
    End,
}

impl Token<'_> {
    /// How an error message names it.
    pub(super) fn describe(&self) -> String {
        match self {
            Self::Word(w) => format!("`{w}`"),
            Self::Sym(s) => format!("`@{s}`"),
            Self::Str(_) => "a string".to_owned(),
            Self::Num(n) => format!("`{n}`"),
            Self::Arrow => "`->`".to_owned(),
            Self::Punct(c) => format!("`{c}`"),
            Self::End => "the end of the text".to_owned(),
        }
    }
}

/// Cuts a text into tokens.
pub(super) struct Lexer<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Lexer<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, at: 0 }
    }

    /// The next token and the byte offset at which it starts.
    pub(super) fn next(&mut self) -> Result<(Token<'a>, usize), ParseError> {
        self.skip_blank();
        let start = self.at;
        let rest = &self.text[start..];
        let Some(c) = rest.chars().next() else {
            return Ok((Token::End, start));
        };
        let token = match c {
            '@' => self.symbol()?,
            '"' => Token::Str(self.string()?),
            '-' if rest.starts_with("->") => {
                self.at += 2;
                Token::Arrow
            }
            '(' | ')' | '{' | '}' | '[' | ']' | ',' | ':' | '=' | '+' | '-' | '!' => {
                self.at += 1;
                Token::Punct(c)
            }
            '0'..='9' => Token::Num(self.number()),
            c if c.is_ascii_alphabetic() || c == '_' => {
                let word = |c: char| !c.is_ascii_alphanumeric() && c != '_' && c != '.';
                let len = rest.find(word).unwrap_or(rest.len());
                self.at += len;
                Token::Word(&rest[..len])
            }
            c => {
                return Err(ParseError::at(
                    self.text,
                    start,
                    format!("unexpected character `{c}`"),
                ));
            }
        };
        Ok((token, start))
    }

    fn skip_blank(&mut self) {
        loop {
            let rest = &self.text[self.at..];
            let trimmed = rest.trim_start();
            self.at += rest.len() - trimmed.len();
            if !trimmed.starts_with(';') {
                return;
            }
            self.at += trimmed.find('\n').unwrap_or(trimmed.len());
        }
    }

    /// Digits with what may follow them in a float; `-` and `+` only behind the exponent mark.
    fn number(&mut self) -> &'a str {
        let rest = &self.text[self.at..];
        let hex = rest.starts_with("0x");
        let mut last = ' ';
        let len = rest
            .find(|c: char| {
                let sign = matches!(c, '-' | '+') && last == 'e' && !hex;
                last = c;
                !(c.is_ascii_alphanumeric() || c == '.' || sign)
            })
            .unwrap_or(rest.len());
        self.at += len;
        &rest[..len]
    }

    fn symbol(&mut self) -> Result<Token<'a>, ParseError> {
        let start = self.at;
        self.at += 1;
        let rest = &self.text[self.at..];
        if rest.starts_with('"') {
            let bytes = self.string()?;
            return match String::from_utf8(bytes) {
                Ok(name) => Ok(Token::Sym(name)),
                Err(_) => Err(ParseError::at(
                    self.text,
                    start,
                    "symbol is not valid UTF-8",
                )),
            };
        }
        let len = plain_symbol_len(rest);
        if len == 0 {
            return Err(ParseError::at(
                self.text,
                start,
                "expected a name after `@`",
            ));
        }
        self.at += len;
        Ok(Token::Sym(rest[..len].to_owned()))
    }

    fn string(&mut self) -> Result<Vec<u8>, ParseError> {
        let start = self.at;
        let bytes = self.text.as_bytes();
        let mut out = Vec::new();
        self.at += 1;
        loop {
            match bytes.get(self.at) {
                None | Some(b'\n') => {
                    return Err(ParseError::at(self.text, start, "string is not closed"));
                }
                Some(b'"') => {
                    self.at += 1;
                    return Ok(out);
                }
                Some(b'\\') => {
                    if let Some(&c @ (b'"' | b'\\')) = bytes.get(self.at + 1) {
                        out.push(c);
                        self.at += 2;
                        continue;
                    }
                    let digit = |at: usize| (*bytes.get(at)? as char).to_digit(16);
                    match (digit(self.at + 1), digit(self.at + 2)) {
                        (Some(high), Some(low)) => out.push((high * 16 + low) as u8),
                        _ => {
                            let what = "expected `\\\\`, `\\\"` or two hexadecimal digits";
                            return Err(ParseError::at(self.text, self.at, what));
                        }
                    }
                    self.at += 3;
                }
                Some(&c) => {
                    out.push(c);
                    self.at += 1;
                }
            }
        }
    }
}
