//! The values of rune and string literals (*Rune literals*, *String literals*).
//!
//! Literals in a tree have been checked by the lexer; for any other text the functions return nothing.

/// The bytes of a string literal, interpreted or raw, given with its quotes.
#[must_use]
pub fn unquote_string(literal: &str) -> Option<Vec<u8>> {
    let (quote, rest) = literal.split_at_checked(1)?;
    let text = rest.strip_suffix(quote)?;
    match quote {
        "`" => Some(text.bytes().filter(|&b| b != b'\r').collect()),
        "\"" => {
            let mut value = Vec::with_capacity(text.len());
            let mut rest = text;
            while let Some(plain) = rest.find('\\') {
                value.extend_from_slice(&rest.as_bytes()[..plain]);
                let (unit, after) = unescape(&rest[plain + 1..], '"')?;
                match unit {
                    Unit::Byte(byte) => value.push(byte),
                    Unit::Char(c) => value.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes()),
                }
                rest = after;
            }
            value.extend_from_slice(rest.as_bytes());
            Some(value)
        }
        _ => None,
    }
}

/// The value of a rune literal, given with its quotes. `'\xff'` and `'\377'` are the code point 255.
#[must_use]
pub fn unquote_rune(literal: &str) -> Option<u32> {
    let text = literal.strip_prefix('\'')?.strip_suffix('\'')?;
    let (value, rest) = match text.strip_prefix('\\') {
        Some(escape) => {
            let (unit, rest) = unescape(escape, '\'')?;
            let value = match unit {
                Unit::Byte(byte) => u32::from(byte),
                Unit::Char(c) => u32::from(c),
            };
            (value, rest)
        }
        None => {
            let c = text.chars().next()?;
            (u32::from(c), &text[c.len_utf8()..])
        }
    };
    rest.is_empty().then_some(value)
}

/// What an escape sequence stands for.
enum Unit {
    /// One byte, of an octal or `\x` escape.
    Byte(u8),
    /// A code point.
    Char(char),
}

/// Reads an escape sequence, the text after a backslash. Returns what it stands for and the text after it.
fn unescape(text: &str, quote: char) -> Option<(Unit, &str)> {
    let kind = text.chars().next()?;
    let after = &text[kind.len_utf8()..];
    let simple = match kind {
        'a' => '\x07',
        'b' => '\x08',
        'f' => '\x0c',
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        'v' => '\x0b',
        '\\' => '\\',
        _ if kind == quote => quote,
        '0'..='7' => return byte(text, 3, 8),
        'x' => return byte(after, 2, 16),
        'u' => return code_point(after, 4),
        'U' => return code_point(after, 8),
        _ => return None,
    };
    Some((Unit::Char(simple), after))
}

/// Reads `len` digits as a byte.
fn byte(text: &str, len: usize, base: u32) -> Option<(Unit, &str)> {
    let (value, rest) = digits(text, len, base)?;
    Some((Unit::Byte(u8::try_from(value).ok()?), rest))
}

/// Reads `len` hexadecimal digits as a code point.
fn code_point(text: &str, len: usize) -> Option<(Unit, &str)> {
    let (value, rest) = digits(text, len, 16)?;
    Some((Unit::Char(char::from_u32(value)?), rest))
}

/// Reads exactly `len` digits.
fn digits(text: &str, len: usize, base: u32) -> Option<(u32, &str)> {
    let (digits, rest) = text.split_at_checked(len)?;
    let mut value: u32 = 0;
    for c in digits.chars() {
        value = value.checked_mul(base)?.checked_add(c.to_digit(base)?)?;
    }
    Some((value, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings() {
        let cases: [(&str, &[u8]); 8] = [
            (r#""""#, b""),
            (r#""a\tb\"'""#, b"a\tb\"'"),
            (r#""\x00\xff\377\a""#, b"\x00\xff\xff\x07"),
            (r#""\u4e16\U0001F600é""#, "世😀é".as_bytes()),
            ("`a\\n\r\n`", b"a\\n\n"),
            ("``", b""),
            (r#""\\""#, b"\\"),
            (r#""日本""#, "日本".as_bytes()),
        ];
        for (literal, value) in cases {
            assert_eq!(unquote_string(literal).as_deref(), Some(value), "{literal}");
        }
        for malformed in [
            "",
            "\"",
            "a",
            "\"\\'\"",
            "\"\\x0\"",
            "\"\\400\"",
            "\"\\ud800\"",
            "\"a`",
            "é",
        ] {
            assert_eq!(unquote_string(malformed), None, "{malformed}");
        }
    }

    #[test]
    fn runes() {
        let cases = [
            ("'a'", 97),
            ("'世'", 0x4e16),
            (r"'\''", 39),
            (r"'\xff'", 255),
            (r"'\377'", 255),
            (r"'\U0010ffff'", 0x10_ffff),
            (r"'\000'", 0),
        ];
        for (literal, value) in cases {
            assert_eq!(unquote_rune(literal), Some(value), "{literal}");
        }
        for malformed in ["''", "'", "'ab'", r"'\q'", r#"'\"'"#, "a"] {
            assert_eq!(unquote_rune(malformed), None, "{malformed}");
        }
    }
}
