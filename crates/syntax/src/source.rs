//! The source text as the lexer reads it: valid UTF-8 (*Source code representation*).
//!
//! Bytes that are not UTF-8 are replaced by NUL, one for one, so that positions stay; the lexer passes over NULs
//! and byte order marks, which are all reported here.

use std::borrow::Cow;

use crate::ast::Pos;
use crate::chars::BOM;
use crate::error::{ErrorCode, SyntaxError};

/// A source text, made valid UTF-8, and the errors of its encoding in ascending order of position.
pub(crate) struct Source<'s> {
    /// The text.
    pub(crate) text: Cow<'s, str>,
    /// What is wrong with its encoding.
    pub(crate) errors: Vec<SyntaxError>,
}

impl<'s> Source<'s> {
    /// Checks the encoding of a text.
    pub(crate) fn new(bytes: &'s [u8]) -> Self {
        let mut errors = Vec::new();
        for at in memchr::memchr_iter(0, bytes) {
            errors.push(encoding_error(at, "invalid NUL character"));
        }
        let text = match std::str::from_utf8(bytes) {
            Ok(text) => Cow::Borrowed(text),
            Err(_) => Cow::Owned(replace_invalid(bytes, &mut errors)),
        };
        let mut bom = [0; 4];
        for at in memchr::memmem::find_iter(text.as_bytes(), BOM.encode_utf8(&mut bom).as_bytes()) {
            if at != 0 {
                errors.push(encoding_error(at, "invalid BOM in the middle of the file"));
            }
        }
        errors.sort_by_key(|error| error.pos);
        Self { text, errors }
    }
}

/// The text with NUL in place of each byte that is no part of a UTF-8 sequence.
fn replace_invalid(bytes: &[u8], errors: &mut Vec<SyntaxError>) -> String {
    let mut text = String::with_capacity(bytes.len());
    let mut rest = bytes;
    loop {
        match std::str::from_utf8(rest) {
            Ok(valid) => {
                text.push_str(valid);
                return text;
            }
            Err(error) => {
                let (valid, invalid) = rest.split_at(error.valid_up_to());
                // The error says that this part is valid, so nothing is replaced here.
                text.push_str(&String::from_utf8_lossy(valid));
                errors.push(encoding_error(text.len(), "invalid UTF-8 encoding"));
                text.push('\0');
                rest = &invalid[1..];
            }
        }
    }
}

/// An encoding error at a byte offset.
fn encoding_error(at: usize, message: &str) -> SyntaxError {
    SyntaxError {
        pos: Pos(at as u32),
        message: message.to_owned(),
        code: ErrorCode::Encoding,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn invalid_bytes_become_nul() {
        let source = Source::new(b"a\xe4\xb8b\0\xef\xbb\xbf");
        assert_eq!(source.text, "a\0\0b\0\u{feff}");
        let errors: Vec<_> = source
            .errors
            .iter()
            .map(|e| (e.pos.0, e.message.as_str()))
            .collect();
        assert_eq!(
            errors,
            [
                (1, "invalid UTF-8 encoding"),
                (2, "invalid UTF-8 encoding"),
                (4, "invalid NUL character"),
                (5, "invalid BOM in the middle of the file"),
            ]
        );
    }

    #[test]
    fn leading_mark_is_fine() {
        assert!(
            Source::new("\u{feff}package p".as_bytes())
                .errors
                .is_empty()
        );
    }
}
