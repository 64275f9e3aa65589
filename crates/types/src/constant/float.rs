//! Binary floats of 512 bits of precision, and correctly rounded conversion of fractions to machine floats.
//!
//! The language asks for at least 256 bits of mantissa and 16 bits of exponent; the official compiler keeps 512 and
//! 32, so results agree with it to the last bit. Rounding is to nearest, ties to even.

use super::{Constant, RAT_BITS, pow2};
use dashu::base::{BitTest as _, DivRem as _, Signed as _, UnsignedAbs as _};
use dashu::integer::{IBig, UBig};
use dashu::rational::RBig;
use std::cmp::Ordering;

/// Bits of a mantissa.
pub(super) const PRECISION: usize = 512;

/// Largest magnitude of a binary exponent.
const MAX_EXPONENT: i64 = i32::MAX as i64;

/// The number `mantissa * 2^exponent`; the mantissa is odd, or 0 with exponent 0, so equal numbers are equal values.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Float {
    /// The signed mantissa, of at most 512 bits.
    mantissa: IBig,
    /// The exponent of 2.
    exponent: i64,
}

impl Float {
    /// Zero.
    pub(super) fn zero() -> Self {
        Self {
            mantissa: IBig::ZERO,
            exponent: 0,
        }
    }

    /// `mantissa * 2^exponent`, rounded; `None` on overflow, and zero on underflow.
    pub(super) fn new(mantissa: IBig, exponent: i64) -> Option<Self> {
        Self::rounded(mantissa, exponent, false, PRECISION, Rounding::NearestEven)
    }

    /// Rounds `mantissa * 2^exponent` to `precision` bits. `sticky` says that the true magnitude is a little larger
    /// than the one given (by less than a unit of the mantissa).
    fn rounded(
        mantissa: IBig,
        exponent: i64,
        sticky: bool,
        precision: usize,
        rounding: Rounding,
    ) -> Option<Self> {
        let negative = mantissa.is_negative();
        let (magnitude, shift) =
            round_magnitude(mantissa.unsigned_abs(), sticky, precision, rounding);
        if magnitude.is_zero() {
            return Some(Self::zero());
        }
        let zeros = magnitude.trailing_zeros().unwrap_or(0);
        let top = exponent + shift as i64 + magnitude.bit_len() as i64;
        if top > MAX_EXPONENT {
            return None;
        }
        if top < -MAX_EXPONENT {
            return Some(Self::zero());
        }
        let mantissa = IBig::from(magnitude >> zeros);
        Some(Self {
            mantissa: if negative { -mantissa } else { mantissa },
            exponent: exponent + shift as i64 + zeros as i64,
        })
    }

    /// The nearest float to an integer.
    pub(super) fn from_int(value: &IBig) -> Option<Self> {
        Self::new(value.clone(), 0)
    }

    /// The nearest float to a fraction.
    pub(super) fn from_ratio(numerator: &IBig, denominator: &UBig) -> Option<Self> {
        let (quotient, exponent, sticky) =
            quotient(&numerator.unsigned_abs(), denominator, PRECISION + 2);
        let quotient = IBig::from(quotient);
        let signed = if numerator.is_negative() {
            -quotient
        } else {
            quotient
        };
        Self::rounded(signed, exponent, sticky, PRECISION, Rounding::NearestEven)
    }

    /// The exact value of a finite machine float.
    pub(super) fn from_f64(value: f64) -> Option<Self> {
        if !value.is_finite() {
            return None;
        }
        let bits = value.to_bits();
        let biased = (bits >> 52 & 0x7ff) as i64;
        let fraction = bits & ((1 << 52) - 1);
        let (mantissa, exponent) = if biased == 0 {
            (fraction, -1074)
        } else {
            (fraction | 1 << 52, biased - 1075)
        };
        let mantissa = IBig::from(mantissa);
        Self::new(if value < 0.0 { -mantissa } else { mantissa }, exponent)
    }

    /// The mantissa without its sign.
    fn magnitude(&self) -> UBig {
        (&self.mantissa).unsigned_abs()
    }

    /// The power of 2 just above the magnitude: `2^(e-1) <= |x| < 2^e`; 0 for zero.
    pub(super) fn magnitude_exponent(&self) -> i64 {
        if self.mantissa.is_zero() {
            0
        } else {
            self.exponent + self.magnitude().bit_len() as i64
        }
    }

    /// Whether the value as a fraction is of a reasonable size.
    pub(super) fn is_small(&self) -> bool {
        self.magnitude_exponent().unsigned_abs() < RAT_BITS as u64
    }

    /// The value as a constant, an exact fraction where that is of a reasonable size.
    pub(super) fn into_small_constant(self) -> Constant {
        match self.to_ratio() {
            Some(ratio) => Constant::Rat(Box::new(ratio)),
            None => Constant::Float(Box::new(self)),
        }
    }

    /// The value as a fraction, where that is of a reasonable size.
    pub(super) fn to_ratio(&self) -> Option<RBig> {
        if !self.is_small() {
            return None;
        }
        Some(if self.exponent >= 0 {
            RBig::from(&self.mantissa << self.exponent as usize)
        } else {
            RBig::from_parts(
                self.mantissa.clone(),
                pow2(self.exponent.unsigned_abs() as usize),
            )
        })
    }

    /// -1, 0 or 1.
    pub(super) fn sign(&self) -> i32 {
        super::sign_of(&self.mantissa)
    }

    /// Whether it has no fractional part.
    pub(super) fn is_int(&self) -> bool {
        self.exponent >= 0
    }

    /// The integer that it is, or that it is but for rounding errors of earlier operations. `None` where it is none
    /// or unreasonably large.
    pub(super) fn to_int(&self) -> Option<IBig> {
        /// How many of the last bits may be the trace of a rounding error.
        const DELTA: usize = 4;
        if !self.is_small() {
            return None;
        }
        [None, Some(Rounding::ToZero), Some(Rounding::AwayFromZero)]
            .into_iter()
            .find_map(|rounding| {
                let value = match rounding {
                    None => self.clone(),
                    Some(rounding) => Self::rounded(
                        self.mantissa.clone(),
                        self.exponent,
                        false,
                        PRECISION - DELTA,
                        rounding,
                    )?,
                };
                value
                    .is_int()
                    .then(|| value.mantissa << value.exponent as usize)
            })
    }

    /// The opposite number.
    pub(super) fn neg(&self) -> Self {
        Self {
            mantissa: -&self.mantissa,
            exponent: self.exponent,
        }
    }

    /// Both mantissas at the smaller of the two exponents; a difference too large to matter for the rounded sum is
    /// shortened to one that still rounds the same way.
    fn aligned(&self, other: &Self) -> (IBig, IBig, i64) {
        let exponent = self.exponent.min(other.exponent);
        let left = &self.mantissa << (self.exponent - exponent) as usize;
        let right = &other.mantissa << (other.exponent - exponent) as usize;
        (left, right, exponent)
    }

    /// The sum.
    pub(super) fn add(&self, other: &Self) -> Option<Self> {
        if self.mantissa.is_zero() {
            return Some(other.clone());
        }
        if other.mantissa.is_zero() {
            return Some(self.clone());
        }
        // One that is smaller than a quarter of the other's last bit only breaks ties: stand in for it by the
        // smallest number that does, so that no huge shift is needed.
        let (high, low) = match self.magnitude_exponent().cmp(&other.magnitude_exponent()) {
            Ordering::Less => (other, self),
            Ordering::Equal | Ordering::Greater => (self, other),
        };
        let reach = 2 * PRECISION as i64 + 4;
        if high.magnitude_exponent() - low.magnitude_exponent() > reach {
            let trace = Self {
                mantissa: low.sign().into(),
                exponent: high.magnitude_exponent() - reach,
            };
            let (left, right, exponent) = high.aligned(&trace);
            return Self::new(left + right, exponent);
        }
        let (left, right, exponent) = self.aligned(other);
        Self::new(left + right, exponent)
    }

    /// The product.
    pub(super) fn mul(&self, other: &Self) -> Option<Self> {
        Self::new(
            &self.mantissa * &other.mantissa,
            self.exponent + other.exponent,
        )
    }

    /// The quotient; `None` where the divisor is zero.
    pub(super) fn div(&self, other: &Self) -> Option<Self> {
        if other.mantissa.is_zero() {
            return None;
        }
        let (magnitude, exponent, sticky) =
            quotient(&self.magnitude(), &other.magnitude(), PRECISION + 2);
        let magnitude = IBig::from(magnitude);
        let signed = if self.mantissa.is_negative() != other.mantissa.is_negative() {
            -magnitude
        } else {
            magnitude
        };
        let exponent = exponent + self.exponent - other.exponent;
        Self::rounded(signed, exponent, sticky, PRECISION, Rounding::NearestEven)
    }

    /// `self * 2^exponent`.
    pub(super) fn shifted(&self, exponent: i64) -> Option<Self> {
        Self::new(self.mantissa.clone(), self.exponent + exponent)
    }

    /// Order by value.
    pub(super) fn compare(&self, other: &Self) -> Ordering {
        let signs = self.sign().cmp(&other.sign());
        if signs != Ordering::Equal || self.mantissa.is_zero() {
            return signs;
        }
        let magnitudes = self.magnitude_exponent().cmp(&other.magnitude_exponent());
        if magnitudes != Ordering::Equal {
            return if self.sign() > 0 {
                magnitudes
            } else {
                magnitudes.reverse()
            };
        }
        let (left, right, _) = self.aligned(other);
        left.cmp(&right)
    }

    /// The nearest machine float; infinite on overflow.
    pub(super) fn to_f64(&self) -> f64 {
        machine_float(
            self.sign() < 0,
            &self.magnitude(),
            self.exponent,
            false,
            &F64,
        )
    }

    /// The nearest machine float of single precision; infinite on overflow.
    pub(super) fn to_f32(&self) -> f32 {
        // A float64 holds every float32, so the second conversion is exact.
        machine_float(
            self.sign() < 0,
            &self.magnitude(),
            self.exponent,
            false,
            &F32,
        ) as f32
    }

    /// The fraction in `[0.5, 1)` as a machine float, and the exponent that belongs to it.
    pub(super) fn fraction_exponent(&self) -> (f64, i64) {
        let exponent = self.magnitude_exponent();
        let fraction = Self {
            mantissa: self.mantissa.clone(),
            exponent: self.exponent - exponent,
        };
        (fraction.to_f64(), exponent)
    }
}

/// Directions of rounding.
#[derive(Clone, Copy)]
enum Rounding {
    /// To nearest, ties to even.
    NearestEven,
    /// Towards zero.
    ToZero,
    /// Away from zero.
    AwayFromZero,
}

/// Rounds a magnitude to `precision` bits; gives the rounded one and by how many bits it was shifted right.
fn round_magnitude(
    value: UBig,
    sticky: bool,
    precision: usize,
    rounding: Rounding,
) -> (UBig, usize) {
    let bits = value.bit_len();
    if bits <= precision {
        return (value, 0);
    }
    let shift = bits - precision;
    let half = value.bit(shift - 1);
    let rest = sticky
        || value
            .trailing_zeros()
            .is_some_and(|zeros| zeros < shift - 1);
    let kept = value >> shift;
    let up = match rounding {
        Rounding::NearestEven => half && (rest || kept.bit(0)),
        Rounding::ToZero => false,
        Rounding::AwayFromZero => half || rest,
    };
    (if up { kept + UBig::ONE } else { kept }, shift)
}

/// The quotient of two magnitudes with at least `bits` bits: `n / d = q * 2^e`, and whether a remainder is left.
fn quotient(numerator: &UBig, denominator: &UBig, bits: usize) -> (UBig, i64, bool) {
    let want = bits + denominator.bit_len() + 1;
    let shift = want.saturating_sub(numerator.bit_len());
    let (quotient, rest) = (numerator << shift).div_rem(denominator);
    (quotient, -(shift as i64), !rest.is_zero())
}

/// A machine float format.
struct Format {
    /// Bits of the mantissa, the hidden one included.
    precision: usize,
    /// Exponent of the last bit of the smallest subnormal number.
    least: i64,
    /// The first power of two that is too large.
    overflow: i64,
}

/// Double precision.
const F64: Format = Format {
    precision: 53,
    least: -1074,
    overflow: 1024,
};

/// Single precision.
const F32: Format = Format {
    precision: 24,
    least: -149,
    overflow: 128,
};

/// The machine float nearest to `magnitude * 2^exponent`, where `sticky` is as in [`Float::rounded`].
fn machine_float(
    negative: bool,
    magnitude: &UBig,
    exponent: i64,
    sticky: bool,
    format: &Format,
) -> f64 {
    let sign = if negative { -1.0 } else { 1.0 };
    let bits = magnitude.bit_len() as i64;
    if bits == 0 {
        return 0.0;
    }
    let top = exponent + bits;
    if top > format.overflow {
        return sign * f64::INFINITY;
    }
    // Fewer bits are left for subnormal numbers; with one less than none the value is below half of the least.
    let precision = (top - format.least).min(format.precision as i64);
    if precision < 0 {
        return sign * 0.0;
    }
    let (mantissa, exponent) = if precision == 0 {
        // Between a half and one of the least number: a tie goes to zero, which is even.
        let tie = magnitude.trailing_zeros() == Some(magnitude.bit_len() - 1) && !sticky;
        (u64::from(!tie), format.least)
    } else {
        let (rounded, shift) = round_magnitude(
            magnitude.clone(),
            sticky,
            precision as usize,
            Rounding::NearestEven,
        );
        // At most 2^53 after rounding.
        (
            u64::try_from(rounded).unwrap_or(u64::MAX),
            exponent + shift as i64,
        )
    };
    if mantissa == 0 {
        return sign * 0.0;
    }
    if exponent + i64::from(64 - mantissa.leading_zeros()) > format.overflow {
        return sign * f64::INFINITY;
    }
    sign * scale(mantissa as f64, exponent)
}

/// `value * 2^exponent`, where the result is representable: in two steps, so that neither factor is out of range
/// and the first product is exact.
fn scale(value: f64, exponent: i64) -> f64 {
    let half = exponent / 2;
    value * power_of_two(half) * power_of_two(exponent - half)
}

/// 2 to a power in the range of normal numbers.
fn power_of_two(exponent: i64) -> f64 {
    f64::from_bits(((exponent + 1023) as u64) << 52)
}

/// The nearest machine float to a fraction.
pub(super) fn ratio_to_f64(ratio: &RBig) -> f64 {
    ratio_to_machine(ratio, &F64)
}

/// The nearest machine float of single precision to a fraction.
pub(super) fn ratio_to_f32(ratio: &RBig) -> f32 {
    ratio_to_machine(ratio, &F32) as f32
}

/// The nearest machine float to a fraction.
fn ratio_to_machine(ratio: &RBig, format: &Format) -> f64 {
    let numerator = ratio.numerator();
    let (magnitude, exponent, sticky) =
        quotient(&numerator.unsigned_abs(), ratio.denominator(), 66);
    machine_float(
        numerator.is_negative(),
        &magnitude,
        exponent,
        sticky,
        format,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn machine_floats_round_trip() {
        for value in [
            1.0,
            0.1,
            -2.5,
            f64::MIN_POSITIVE,
            5e-324,
            f64::MAX,
            2.225073858507201e-308,
            1e300,
            3e-310,
        ] {
            let float = Float::from_f64(value).expect("finite");
            assert_eq!(float.to_f64(), value);
            if let Some(ratio) = float.to_ratio() {
                assert_eq!(ratio_to_f64(&ratio), value);
            }
        }
        for value in [
            1.0f32,
            0.1,
            f32::MAX,
            1e-45,
            f32::MIN_POSITIVE,
            1.1754942e-38,
        ] {
            assert_eq!(
                Float::from_f64(value.into()).expect("finite").to_f32(),
                value
            );
        }
    }

    #[test]
    fn ties_and_limits() {
        // Half of the least number is a tie that goes to zero, a little more goes up.
        let half = Float::new(IBig::ONE, -1075).expect("in range");
        assert_eq!(half.to_f64(), 0.0);
        assert_eq!(
            half.add(&Float::new(IBig::ONE, -1200).expect("in range"))
                .expect("in range")
                .to_f64(),
            5e-324
        );
        assert!(
            Float::new(IBig::ONE, 1024)
                .expect("in range")
                .to_f64()
                .is_infinite()
        );
        assert!(Float::new(IBig::ONE, i64::from(i32::MAX)).is_none());
    }

    #[test]
    fn far_apart_sums_round_as_if_exact() {
        let one = Float::new(IBig::ONE, 0).expect("in range");
        let tiny = Float::new(IBig::ONE, -1_000_000).expect("in range");
        assert_eq!(one.add(&tiny).expect("in range"), one);
        assert_eq!(one.add(&tiny.neg()).expect("in range"), one);
    }
}
