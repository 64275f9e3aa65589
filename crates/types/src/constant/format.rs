//! Constants as messages show them: strings quoted and shortened, fractions rounded to six digits.

use super::Constant;
use super::float::{Float, ratio_to_f64};
use std::fmt::{self, Write as _};

impl fmt::Display for Constant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unknown => f.write_str("unknown"),
            Self::Bool(value) => write!(f, "{value}"),
            Self::String(bytes) => f.write_str(&shortened(&quote(bytes))),
            Self::Int(value) => write!(f, "{value}"),
            Self::Rat(value) => {
                let machine = ratio_to_f64(value);
                if machine.is_finite() && (machine != 0.0 || value.is_zero()) {
                    f.write_str(&rounded(machine, value.is_int()))
                } else {
                    match Float::from_ratio(value.numerator(), value.denominator()) {
                        Some(float) => f.write_str(&approximate(&float)),
                        None => f.write_str("unknown"),
                    }
                }
            }
            Self::Float(value) => {
                let machine = value.to_f64();
                if machine.is_finite() && (machine != 0.0 || value.sign() == 0) {
                    f.write_str(&rounded(machine, value.is_int()))
                } else {
                    f.write_str(&approximate(value))
                }
            }
            Self::Complex(parts) => write!(f, "({} + {}i)", parts.0, parts.1),
        }
    }
}

/// A machine float with six digits, or with as many as it takes where those would make it look like an integer.
fn rounded(value: f64, is_int: bool) -> String {
    let short = general(value, Some(6));
    if !is_int && !short.contains('.') {
        general(value, None)
    } else {
        short
    }
}

/// A float beyond the range of machine floats, to six digits or so.
fn approximate(value: &Float) -> String {
    let (mut mantissa, exponent) = value.fraction_exponent();
    let decimal = exponent as f64 * (std::f64::consts::LN_2 / std::f64::consts::LN_10);
    let mut whole = decimal.trunc();
    mantissa *= 10f64.powf(decimal - whole);
    if mantissa.abs() < 1.0 - 0.5e-6 {
        mantissa *= 10.0;
        whole -= 1.0;
    } else if mantissa.abs() >= 10.0 {
        mantissa /= 10.0;
        whole += 1.0;
    }
    format!("{}e{whole:+}", general(mantissa, Some(6)))
}

/// A float in the `%g` form of package `fmt`: `digits` significant digits without trailing zeros, or the fewest
/// that read back as the same number; with an exponent where that is below -4 or at least the number of digits (21
/// for the shortest form).
fn general(value: f64, digits: Option<usize>) -> String {
    let scientific = match digits {
        Some(digits) => format!("{value:.*e}", digits.saturating_sub(1)),
        None => format!("{value:e}"),
    };
    let (mantissa, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    let exponent: i32 = exponent.parse().unwrap_or(0);
    let limit = digits.map_or(21, |digits| i32::try_from(digits).unwrap_or(i32::MAX));
    let (sign, mantissa) = match mantissa.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", mantissa),
    };
    let all: String = mantissa.chars().filter(|&char| char != '.').collect();
    let all = all.trim_end_matches('0');
    let all = if all.is_empty() { "0" } else { all };
    if exponent < -4 || exponent >= limit {
        let (first, rest) = all.split_at(1);
        let point = if rest.is_empty() { "" } else { "." };
        let exponent_sign = if exponent < 0 { '-' } else { '+' };
        return format!(
            "{sign}{first}{point}{rest}e{exponent_sign}{:02}",
            exponent.abs()
        );
    }
    if exponent < 0 {
        let zeros = "0".repeat((-exponent - 1) as usize);
        return format!("{sign}0.{zeros}{all}");
    }
    let whole = exponent as usize + 1;
    if all.len() <= whole {
        format!("{sign}{all}{}", "0".repeat(whole - all.len()))
    } else {
        format!("{sign}{}.{}", &all[..whole], &all[whole..])
    }
}

/// A string literal for the bytes, with escapes for what does not print.
pub(crate) fn quote(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() + 2);
    text.push('"');
    for chunk in bytes.utf8_chunks() {
        for char in chunk.valid().chars() {
            push_escaped(&mut text, char);
        }
        for byte in chunk.invalid() {
            push(&mut text, format_args!("\\x{byte:02x}"));
        }
    }
    text.push('"');
    text
}

/// One character of a string literal.
fn push_escaped(text: &mut String, char: char) {
    match char {
        '"' => text.push_str("\\\""),
        '\\' => text.push_str("\\\\"),
        '\x07' => text.push_str("\\a"),
        '\x08' => text.push_str("\\b"),
        '\x0c' => text.push_str("\\f"),
        '\n' => text.push_str("\\n"),
        '\r' => text.push_str("\\r"),
        '\t' => text.push_str("\\t"),
        '\x0b' => text.push_str("\\v"),
        ' '..='~' => text.push(char),
        '\0'..='\x1f' | '\x7f' => push(text, format_args!("\\x{:02x}", u32::from(char))),
        _ if char.is_control() || char.is_whitespace() || char == '\u{feff}' => {
            if u32::from(char) < 0x10000 {
                push(text, format_args!("\\u{:04x}", u32::from(char)));
            } else {
                push(text, format_args!("\\U{:08x}", u32::from(char)));
            }
        }
        _ => text.push(char),
    }
}

/// Appends formatted text.
fn push(text: &mut String, args: fmt::Arguments<'_>) {
    // Writing to a string does not fail.
    let _ = text.write_fmt(args);
}

/// A quoted string cut to at most 72 characters.
fn shortened(quoted: &str) -> String {
    const MAX: usize = 72;
    if quoted.chars().count() <= MAX {
        return quoted.to_owned();
    }
    let mut text: String = quoted.chars().take(MAX - 3).collect();
    text.push_str("...");
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn general_form() {
        for (value, six, shortest) in [
            (0.0, "0", "0"),
            (1.0, "1", "1"),
            (0.1, "0.1", "0.1"),
            (1e6, "1e+06", "1e+06"),
            (123456.0, "123456", "123456"),
            (1234567.0, "1.23457e+06", "1.234567e+06"),
            (1e-5, "1e-05", "1e-05"),
            (-2.5, "-2.5", "-2.5"),
            (1e100, "1e+100", "1e+100"),
        ] {
            assert_eq!(general(value, Some(6)), six);
            if value < 1e6 || value == 1e100 {
                assert_eq!(general(value, None), shortest);
            }
        }
    }

    #[test]
    fn quoted_strings() {
        assert_eq!(quote(b"a\"\n\xff\xc3\xa9"), r#""a\"\n\xffé""#);
        assert_eq!(
            Constant::string(vec![b'x'; 100])
                .to_string()
                .chars()
                .count(),
            72
        );
    }
}
