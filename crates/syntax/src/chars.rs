//! Characters: which make up identifiers (*Characters*, *Identifiers*), and how messages show them.

use std::fmt::Write as _;

use unicode_properties::{GeneralCategoryGroup, UnicodeGeneralCategory as _};

/// The byte order mark, ignored at the start of a file and an error elsewhere.
pub(crate) const BOM: char = '\u{feff}';

/// Whether `c` is a `unicode_letter`.
pub(crate) fn is_letter(c: char) -> bool {
    c.is_ascii_alphabetic()
        || !c.is_ascii() && c.general_category_group() == GeneralCategoryGroup::Letter
}

/// Whether `c` is a `unicode_digit`, a decimal digit of any script.
pub(crate) fn is_digit(c: char) -> bool {
    c.is_ascii_digit()
        || !c.is_ascii()
            && c.general_category() == unicode_properties::GeneralCategory::DecimalNumber
}

/// Whether `c` can be shown as it is; of the spaces, only the ASCII one.
fn is_printable(c: char) -> bool {
    c == ' '
        || !matches!(
            c.general_category_group(),
            GeneralCategoryGroup::Other | GeneralCategoryGroup::Separator
        )
}

/// A code point as `U+0040 '@'`, without the character where it cannot be shown. It need not be a valid one.
pub(crate) fn code_point(value: u32) -> String {
    let mut text = format!("U+{value:04X}");
    if let Some(c) = char::from_u32(value).filter(|&c| is_printable(c)) {
        write!(text, " '{c}'").expect("writing to a string");
    }
    text
}

/// A character as a Go rune literal.
pub(crate) fn quoted(c: char) -> String {
    match c {
        '\x07' => r"'\a'".to_owned(),
        '\x08' => r"'\b'".to_owned(),
        '\x0c' => r"'\f'".to_owned(),
        '\n' => r"'\n'".to_owned(),
        '\r' => r"'\r'".to_owned(),
        '\t' => r"'\t'".to_owned(),
        '\x0b' => r"'\v'".to_owned(),
        '\\' => r"'\\'".to_owned(),
        '\'' => r"'\''".to_owned(),
        _ if is_printable(c) => format!("'{c}'"),
        _ => match u32::from(c) {
            value @ (0..0x20 | 0x7f) => format!(r"'\x{value:02x}'"),
            value @ ..0x1_0000 => format!(r"'\u{value:04x}'"),
            value => format!(r"'\U{value:08x}'"),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_and_digits() {
        assert!(is_letter('é') && is_letter('世') && is_letter('ʼ'));
        assert!(!is_letter('Ⅷ') && !is_letter('\u{301}') && !is_letter('ⓐ'));
        assert!(is_digit('٣') && !is_digit('²') && !is_digit('½'));
    }

    #[test]
    fn shown_characters() {
        assert_eq!(code_point(0x40), "U+0040 '@'");
        assert_eq!(code_point(0xa0), "U+00A0");
        assert_eq!(code_point(0xd800), "U+D800");
        assert_eq!(quoted('\''), r"'\''");
        assert_eq!(quoted('\u{1}'), r"'\x01'");
        assert_eq!(quoted('\u{feff}'), r"'\ufeff'");
    }
}
