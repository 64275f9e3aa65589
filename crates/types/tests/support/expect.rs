//! Expected errors in comments: `/* ERROR "text" */` and `/* ERRORx "regular expression" */` stand after the token at
//! which an error must be reported, as in the official compiler's tests.

use polkago_syntax::literal::unquote_string;
use regex::Regex;

/// One expected error.
#[derive(Debug)]
pub struct Expected {
    /// The line of the token before the comment, from 1.
    pub line: u32,
    /// Its column, from 1.
    pub col: u32,
    /// What the text must contain or match.
    pub text: String,
    /// Whether `text` is a regular expression.
    pub is_regex: bool,
}

impl Expected {
    /// Whether an error's text is the expected one.
    pub fn matches(&self, msg: &str) -> bool {
        if self.is_regex {
            // Go's syntax takes `{}` as it stands.
            Regex::new(&self.text.replace("{}", r"\{\}")).is_ok_and(|regex| regex.is_match(msg))
        } else {
            msg.contains(&self.text)
        }
    }
}

/// Operators of more than one character, longer ones first.
const OPERATORS: &[&str] = &[
    "<<=", ">>=", "&^=", "...", ":=", "==", "!=", "<=", ">=", "&&", "||", "<<", ">>", "&^", "<-",
    "++", "--", "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=",
];

/// The expected errors of a source text.
pub fn expected(source: &str) -> Vec<Expected> {
    let bytes = source.as_bytes();
    let mut found = Vec::new();
    let (mut at, mut line, mut line_start) = (0, 1u32, 0);
    let mut prev = (1, 1);
    while at < bytes.len() {
        let byte = bytes[at];
        let rest = &source[at..];
        let end = match byte {
            b'\n' => {
                at += 1;
                line += 1;
                line_start = at;
                continue;
            }
            b' ' | b'\t' | b'\r' => {
                at += 1;
                continue;
            }
            b'/' if rest.starts_with("//") || rest.starts_with("/*") => {
                let block = rest.starts_with("/*");
                let end = if block {
                    rest.find("*/").map_or(rest.len(), |end| end + 2)
                } else {
                    rest.find('\n').unwrap_or(rest.len())
                };
                let comment = &rest[..end];
                let text = comment[2..]
                    .strip_suffix("*/")
                    .filter(|_| block)
                    .unwrap_or(&comment[2..]);
                if let Some((is_regex, pattern)) = text
                    .strip_prefix(" ERRORx ")
                    .map(|pattern| (true, pattern))
                    .or_else(|| text.strip_prefix(" ERROR ").map(|pattern| (false, pattern)))
                    && let Some(bytes) = unquote_string(pattern.trim())
                {
                    let text = String::from_utf8_lossy(&bytes).into_owned();
                    found.push(Expected {
                        line: prev.0,
                        col: prev.1,
                        text,
                        is_regex,
                    });
                }
                for (i, _) in comment.match_indices('\n') {
                    line += 1;
                    line_start = at + i + 1;
                }
                at += end;
                continue;
            }
            b'"' | b'\'' => literal_end(bytes, at, byte),
            b'`' => rest[1..].find('`').map_or(bytes.len(), |end| at + end + 2),
            _ if byte.is_ascii_alphanumeric() || byte == b'_' || byte >= 0x80 => {
                let len = rest
                    .find(|c: char| {
                        !(c.is_alphanumeric() || c == '_' || c == '.' && byte.is_ascii_digit())
                    })
                    .unwrap_or(rest.len());
                at + len.max(rest.chars().next().map_or(1, char::len_utf8))
            }
            _ => {
                at + OPERATORS
                    .iter()
                    .find(|op| rest.starts_with(**op))
                    .map_or(1, |op| op.len())
            }
        };
        prev = (line, u32::try_from(at - line_start).unwrap_or(0) + 1);
        for (i, _) in source[at..end].match_indices('\n') {
            line += 1;
            line_start = at + i + 1;
        }
        at = end;
    }
    found
}

/// One past the end of a string or rune literal.
fn literal_end(bytes: &[u8], start: usize, quote: u8) -> usize {
    let mut at = start + 1;
    while at < bytes.len() && bytes[at] != b'\n' {
        match bytes[at] {
            b'\\' => at += 2,
            byte if byte == quote => return at + 1,
            _ => at += 1,
        }
    }
    at.min(bytes.len())
}
