//! Numbers (*Integer literals*, *Floating-point literals*, *Imaginary literals*).

use super::Lexer;
use crate::ast::LitKind;
use crate::chars;
use crate::token::Token;

/// What a run of digits and separators holds.
#[derive(Clone, Copy, Default)]
struct Digits {
    /// A digit.
    digit: bool,
    /// A separator `_`.
    separator: bool,
}

impl Lexer<'_> {
    /// A number whose first byte, a digit or the point before one, has been read.
    pub(super) fn number(&mut self, first: u8) -> Token {
        let mut seen_point = first == b'.';
        let mut kind = LitKind::Int;
        let mut base = 10;
        let mut prefix = 0; // 0 for decimal, '0' for octal without letter, else 'x', 'o' or 'b'
        let mut digits = Digits {
            digit: !seen_point,
            separator: false,
        };
        let mut invalid = None;
        let mut ok = true;

        if !seen_point {
            if first == b'0' {
                (base, prefix) = match self.peek() | 0x20 {
                    b'x' => (16, b'x'),
                    b'o' => (8, b'o'),
                    b'b' => (2, b'b'),
                    _ => (8, b'0'),
                };
                if prefix != b'0' {
                    self.pos += 1;
                    digits.digit = false;
                }
            }
            self.digits(base, &mut digits, &mut invalid);
            if self.peek() == b'.' {
                if prefix == b'o' || prefix == b'b' {
                    self.error_here(format!(
                        "invalid radix point in {} literal",
                        base_name(base)
                    ));
                    ok = false;
                }
                self.pos += 1;
                seen_point = true;
            }
        }

        if seen_point {
            kind = LitKind::Float;
            self.digits(base, &mut digits, &mut invalid);
        }
        if !digits.digit && ok {
            self.error_here(format!("{} literal has no digits", base_name(base)));
            ok = false;
        }

        let marker = self.peek();
        if matches!(marker, b'e' | b'E' | b'p' | b'P') {
            let decimal = marker | 0x20 == b'e';
            if ok && decimal && prefix != 0 && prefix != b'0' {
                self.error_here(format!(
                    "'{}' exponent requires decimal mantissa",
                    marker as char
                ));
                ok = false;
            } else if ok && !decimal && prefix != b'x' {
                self.error_here(format!(
                    "'{}' exponent requires hexadecimal mantissa",
                    marker as char
                ));
                ok = false;
            }
            self.pos += 1;
            kind = LitKind::Float;
            if matches!(self.peek(), b'+' | b'-') {
                self.pos += 1;
            }
            digits.digit = false;
            self.digits(10, &mut digits, &mut None);
            if !digits.digit && ok {
                self.error_here("exponent has no digits");
                ok = false;
            }
        } else if prefix == b'x' && kind == LitKind::Float && ok {
            self.error_here("hexadecimal mantissa requires a 'p' exponent");
            ok = false;
        }

        if self.eat(b'i') {
            kind = LitKind::Imag;
        }

        if let Some(at) = invalid
            && kind == LitKind::Int
            && ok
        {
            let digit = chars::quoted(self.src.as_bytes()[at] as char);
            self.error(
                at,
                format!("invalid digit {digit} in {} literal", base_name(base)),
            );
            ok = false;
        }
        if digits.separator && ok {
            let start = self.start as usize;
            if let Some(at) = misplaced_separator(&self.src.as_bytes()[start..self.pos]) {
                self.error(start + at, "'_' must separate successive digits");
                ok = false;
            }
        }
        self.literal(kind, ok)
    }

    /// Passes over digits and separators. In bases up to ten all decimal digits are taken, and the place of the
    /// first that the base does not have goes to `invalid`.
    fn digits(&mut self, base: u8, found: &mut Digits, invalid: &mut Option<usize>) {
        loop {
            match self.peek() {
                b'_' => found.separator = true,
                digit @ b'0'..=b'9' => {
                    if digit - b'0' >= base && invalid.is_none() {
                        *invalid = Some(self.pos);
                    }
                    found.digit = true;
                }
                b'a'..=b'f' | b'A'..=b'F' if base == 16 => found.digit = true,
                _ => break,
            }
            self.pos += 1;
        }
    }
}

/// The name of a base in messages.
pub(super) fn base_name(base: u8) -> &'static str {
    match base {
        2 => "binary",
        8 => "octal",
        16 => "hexadecimal",
        _ => "decimal",
    }
}

/// The offset of the first `_` of a number that does not stand between digits; a base prefix counts as a digit.
fn misplaced_separator(number: &[u8]) -> Option<usize> {
    #[derive(PartialEq)]
    enum Last {
        Separator,
        Digit,
        Other,
    }
    let prefixed =
        number.len() >= 2 && number[0] == b'0' && matches!(number[1] | 0x20, b'x' | b'o' | b'b');
    let hexadecimal = prefixed && number[1] | 0x20 == b'x';
    let (skip, mut last) = if prefixed {
        (2, Last::Digit)
    } else {
        (0, Last::Other)
    };
    for (at, &byte) in number.iter().enumerate().skip(skip) {
        if byte == b'_' {
            if last != Last::Digit {
                return Some(at);
            }
            last = Last::Separator;
        } else if byte.is_ascii_digit() || hexadecimal && byte.is_ascii_hexdigit() {
            last = Last::Digit;
        } else {
            if last == Last::Separator {
                return Some(at - 1);
            }
            last = Last::Other;
        }
    }
    (last == Last::Separator).then(|| number.len() - 1)
}
