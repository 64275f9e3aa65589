//! Values of literals (*Integer*, *Floating-point*, *Imaginary*, *Rune* and *String literals*).
//!
//! The lexer has checked the form; what does not read here all the same is unknown.

use super::float::{Float, PRECISION};
use super::{Constant, RAT_BITS};
use dashu::base::BitTest as _;
use dashu::integer::{IBig, UBig};
use dashu::rational::RBig;
use polkago_syntax::LitKind;
use polkago_syntax::literal::{unquote_rune, unquote_string};

impl Constant {
    /// The value of a literal as written.
    #[must_use]
    pub fn from_literal(kind: LitKind, text: &str) -> Self {
        let value = match kind {
            LitKind::Int => integer(text).map(|value| Self::Int(value.into())),
            LitKind::Float => fraction(text),
            LitKind::Imag => text.strip_suffix('i').and_then(|part| {
                // For old code `0123i` is decimal: an octal reading only has the prefix `0o`.
                let value = if is_prefixed_integer(part) {
                    integer(part).map(|value| Self::Int(value.into()).to_float())
                } else {
                    fraction(part)
                };
                value.map(|im| Self::complex(Self::zero(), im))
            }),
            LitKind::Rune => unquote_rune(text).map(Self::int),
            LitKind::String => unquote_string(text).map(Self::string),
        };
        value.unwrap_or(Self::Unknown)
    }
}

/// Whether an integer part has a base prefix and is no hexadecimal float.
fn is_prefixed_integer(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    lower.starts_with("0b")
        || lower.starts_with("0o")
        || lower.starts_with("0x") && !lower.contains(['p', '.'])
}

/// The value of an integer literal.
fn integer(text: &str) -> Option<UBig> {
    // Most have few digits, which hold no sign.
    let (digits, radix) = match text.as_bytes() {
        [b'0', b'x', ..] => (&text[2..], 16),
        [b'1'..=b'9', ..] => (text, 10),
        _ => ("", 10),
    };
    if digits.len() < 16
        && digits.bytes().all(|b| b.is_ascii_hexdigit())
        && let Ok(value) = u64::from_str_radix(digits, radix)
    {
        return Some(value.into());
    }
    let digits = text.replace('_', "");
    let (digits, radix) = match digits.as_bytes() {
        [b'0', b'x' | b'X', ..] => (&digits[2..], 16),
        [b'0', b'b' | b'B', ..] => (&digits[2..], 2),
        [b'0', b'o' | b'O', ..] => (&digits[2..], 8),
        [b'0', _, ..] => (&digits[1..], 8),
        _ => (digits.as_str(), 10),
    };
    UBig::from_str_radix(digits, radix).ok()
}

/// The value of a floating-point literal: an exact fraction, or a float where its exponent is very large.
fn fraction(text: &str) -> Option<Constant> {
    let text = text.replace('_', "").to_ascii_lowercase();
    let (text, hex) = match text.strip_prefix("0x") {
        Some(rest) => (rest, true),
        None => (text.as_str(), false),
    };
    let (mantissa, exponent) = match text.split_once(if hex { 'p' } else { 'e' }) {
        Some((mantissa, exponent)) => (mantissa, parse_exponent(exponent)?),
        None => (text, 0),
    };
    let (whole, part) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = format!("{whole}{part}");
    let digits = if digits.is_empty() {
        "0"
    } else {
        digits.as_str()
    };
    let value = UBig::from_str_radix(digits, if hex { 16 } else { 10 }).ok()?;
    if value.is_zero() {
        return Some(Constant::Rat(Box::new(RBig::ZERO)));
    }
    let part = i64::try_from(part.len()).ok()?;
    if hex {
        let exponent = exponent.saturating_sub(part * 4);
        let float = Float::new(value.into(), exponent.clamp(-(1 << 40), 1 << 40))?;
        return Some(float.into_small_constant());
    }
    decimal(value, exponent.saturating_sub(part))
}

/// An exponent, cut off where it is absurdly large.
fn parse_exponent(text: &str) -> Option<i64> {
    let (negative, digits) = match text.as_bytes().first()? {
        b'-' => (true, &text[1..]),
        b'+' => (false, &text[1..]),
        _ => (false, text),
    };
    if digits.is_empty() || !digits.bytes().all(|digit| digit.is_ascii_digit()) {
        return None;
    }
    let value = digits.parse::<i64>().unwrap_or(i64::MAX).min(1 << 40);
    Some(if negative { -value } else { value })
}

/// `value * 10^exponent`; `None`, as for the official compiler, where that overflows the exponent of a float.
fn decimal(value: UBig, exponent: i64) -> Option<Constant> {
    // log2(10) is between 3.3 and 3.4; where the result is surely out of reach, no power is computed.
    let bits = i64::try_from(value.bit_len()).ok()?;
    if bits + exponent * 33 / 10 > i64::from(i32::MAX) + 64 && exponent > 0 {
        return None;
    }
    if exponent < 0 && bits + exponent * 33 / 10 < -i64::from(i32::MAX) - 64 {
        return Some(Constant::Rat(Box::new(RBig::ZERO)));
    }
    let power = usize::try_from(exponent.unsigned_abs()).ok()?;
    // An exponent to which a fraction of reasonable size may belong: exact.
    if power <= 2 * RAT_BITS {
        let scale = UBig::from(10u8).pow(power);
        let ratio = if exponent < 0 {
            RBig::from_parts(value.into(), scale)
        } else {
            RBig::from(IBig::from(value * scale))
        };
        let float = Float::from_ratio(ratio.numerator(), ratio.denominator())?;
        return Some(if float.is_small() {
            Constant::Rat(Box::new(ratio))
        } else {
            Constant::Float(Box::new(float))
        });
    }
    let (five, shift) = power_of_five(power);
    let float = if exponent < 0 {
        Float::from_ratio(&IBig::from(value), &five)?.shifted(exponent - shift)?
    } else {
        Float::new(IBig::from(value * five), exponent + shift)?
    };
    if float.sign() == 0 {
        return Some(Constant::Rat(Box::new(RBig::ZERO)));
    }
    Some(Constant::Float(Box::new(float)))
}

/// `5^power` with 64 bits more than a float's precision: a mantissa and a binary exponent.
fn power_of_five(mut power: usize) -> (UBig, i64) {
    /// Cuts a mantissa to the working precision.
    fn cut(value: UBig, exponent: i64) -> (UBig, i64) {
        let excess = value.bit_len().saturating_sub(PRECISION + 64);
        (value >> excess, exponent + excess as i64)
    }
    let (mut result, mut exponent) = (UBig::ONE, 0);
    let (mut base, mut base_exponent) = (UBig::from(5u8), 0);
    while power > 0 {
        if power % 2 == 1 {
            (result, exponent) = cut(&result * &base, exponent + base_exponent);
        }
        (base, base_exponent) = cut(&base * &base, base_exponent * 2);
        power /= 2;
    }
    (result, exponent)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(kind: LitKind, text: &str) -> String {
        Constant::from_literal(kind, text).to_string()
    }

    #[test]
    fn integers() {
        for (text, value) in [
            ("0", "0"),
            ("0x1_F", "31"),
            ("0b101", "5"),
            ("0o17", "15"),
            ("017", "15"),
            ("1_000", "1000"),
        ] {
            assert_eq!(shown(LitKind::Int, text), value);
        }
    }

    #[test]
    fn fractions() {
        for (text, value) in [
            ("0.", "0"),
            (".5", "0.5"),
            ("1e3", "1000"),
            ("0x1p-2", "0.25"),
            ("0x.8p1", "1"),
            ("1e100000", "1e+100000"),
            ("1e-1000000", "1e-1000000"),
            ("1e-6000000000", "0"),
            ("1e6000000000", "unknown"),
        ] {
            assert_eq!(shown(LitKind::Float, text), value, "{text}");
        }
        assert_eq!(shown(LitKind::Imag, "0123i"), "(0 + 123i)");
        assert_eq!(shown(LitKind::Imag, "0x10i"), "(0 + 16i)");
    }

    #[test]
    fn strings_and_runes() {
        assert_eq!(
            shown(LitKind::String, r#""a\n\x80\u00e9\101""#),
            r#""a\n\x80éA""#
        );
        assert_eq!(shown(LitKind::Rune, r"'\''"), "39");
        assert_eq!(shown(LitKind::Rune, r"'\xff'"), "255");
        assert_eq!(shown(LitKind::Rune, "'é'"), "233");
    }
}
