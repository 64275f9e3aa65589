//! Rune and string literals (*Rune literals*, *String literals*). Only their form is checked here; their values
//! are found by [`crate::literal`].

use super::Lexer;
use super::number::base_name;
use crate::ast::LitKind;
use crate::chars::{self, BOM};
use crate::token::Token;

impl Lexer<'_> {
    /// A rune literal whose opening quote has been read.
    pub(super) fn rune(&mut self) -> Token {
        let start = self.start as usize;
        let mut ok = true;
        let mut count = 0;
        loop {
            if self.at_end() {
                if ok {
                    self.error(start, "rune literal not terminated");
                    ok = false;
                }
                break;
            }
            match self.peek() {
                b'\'' => {
                    if ok && count == 0 {
                        self.error_here("empty rune literal or unescaped '");
                        ok = false;
                    } else if ok && count != 1 {
                        self.error(start, "more than one character in rune literal");
                        ok = false;
                    }
                    self.pos += 1;
                    break;
                }
                b'\\' => {
                    self.pos += 1;
                    ok &= self.escape(b'\'');
                    count += 1;
                }
                b'\n' => {
                    if ok {
                        self.error_here("newline in rune literal");
                        ok = false;
                    }
                    break;
                }
                0 => self.pos += 1,
                byte => {
                    count += u32::from(byte < 0x80 || self.peek_char() != BOM);
                    self.skip_char();
                }
            }
        }
        self.literal(LitKind::Rune, ok)
    }

    /// An interpreted string literal whose opening quote has been read.
    pub(super) fn interpreted_string(&mut self) -> Token {
        let mut ok = true;
        loop {
            let rest = &self.src.as_bytes()[self.pos..];
            let Some(len) = memchr::memchr3(b'"', b'\\', b'\n', rest) else {
                self.error(self.start as usize, "string not terminated");
                self.pos = self.src.len();
                ok = false;
                break;
            };
            self.pos += len;
            match rest[len] {
                b'"' => {
                    self.pos += 1;
                    break;
                }
                b'\\' => {
                    self.pos += 1;
                    ok &= self.escape(b'"');
                }
                _ => {
                    self.error_here("newline in string");
                    ok = false;
                    break;
                }
            }
        }
        self.literal(LitKind::String, ok)
    }

    /// A raw string literal whose opening quote has been read.
    pub(super) fn raw_string(&mut self) -> Token {
        let closing = memchr::memchr(b'`', &self.src.as_bytes()[self.pos..]);
        match closing {
            Some(len) => self.pos += len + 1,
            None => {
                self.error(self.start as usize, "string not terminated");
                self.pos = self.src.len();
            }
        }
        self.literal(LitKind::String, closing.is_some())
    }

    /// The rest of an escape sequence whose backslash has been read. Returns whether it is well formed; the end of
    /// the file is left for the caller to report.
    fn escape(&mut self, quote: u8) -> bool {
        if self.at_end() {
            return true;
        }
        let (len, base, max) = match self.peek() {
            b'a' | b'b' | b'f' | b'n' | b'r' | b't' | b'v' | b'\\' => {
                self.pos += 1;
                return true;
            }
            byte if byte == quote => {
                self.pos += 1;
                return true;
            }
            b'0'..=b'7' => (3, 8, 255),
            b'x' => (2, 16, 255),
            b'u' => (4, 16, u32::from(char::MAX)),
            b'U' => (8, 16, u32::from(char::MAX)),
            _ => {
                self.error_here("unknown escape");
                return false;
            }
        };
        if base == 16 {
            self.pos += 1;
        }
        let mut value: u32 = 0;
        for _ in 0..len {
            if self.at_end() {
                return true;
            }
            let Some(digit) = (self.peek() as char).to_digit(base) else {
                let shown = chars::quoted(self.peek_char());
                self.error_here(format!(
                    "invalid character {shown} in {} escape",
                    base_name(base as u8)
                ));
                return false;
            };
            // Eight hexadecimal digits fit.
            value = value.wrapping_mul(base) + digit;
            self.pos += 1;
        }
        if value > max && base == 8 {
            self.error_here(format!("octal escape value {value} > 255"));
            return false;
        }
        if value > max || (0xd800..0xe000).contains(&value) {
            self.error_here(format!(
                "escape is invalid Unicode code point {}",
                chars::code_point(value)
            ));
            return false;
        }
        true
    }
}
