//! Representability of constants, and their conversion between kinds and to machine values (*Representability*).

use super::float::{Float, ratio_to_f32, ratio_to_f64};
use super::{ConstKind, Constant, RAT_BITS, integer_bits, is_integer};
use crate::Basic;
use dashu::base::{BitTest as _, Signed as _};
use dashu::integer::IBig;
use dashu::rational::RBig;

impl Constant {
    /// The integer that a number is, also one written as a fraction or complex number; else unknown.
    #[must_use]
    pub fn to_int(&self) -> Self {
        match self {
            Self::Int(_) => self.clone(),
            Self::Rat(value) if value.is_int() => Self::Int(value.numerator().clone()),
            Self::Float(value) => value.to_int().map_or(Self::Unknown, Self::Int),
            Self::Complex(_) => match self.to_float() {
                Self::Unknown => Self::Unknown,
                real => real.to_int(),
            },
            Self::Unknown | Self::Bool(_) | Self::String(_) | Self::Rat(_) => Self::Unknown,
        }
    }

    /// The fraction that a number is, where its imaginary part is 0; else unknown.
    #[must_use]
    pub fn to_float(&self) -> Self {
        match self {
            Self::Int(value) if self.bit_len() < RAT_BITS => {
                Self::Rat(Box::new(RBig::from(value.clone())))
            }
            Self::Int(value) => Self::float(Float::from_int(value)),
            Self::Rat(_) | Self::Float(_) => self.clone(),
            Self::Complex(parts) if parts.1.sign() == 0 => parts.0.to_float(),
            Self::Unknown | Self::Bool(_) | Self::String(_) | Self::Complex(_) => Self::Unknown,
        }
    }

    /// A number as a complex one; else unknown.
    #[must_use]
    pub fn to_complex(&self) -> Self {
        match self {
            Self::Int(_) | Self::Rat(_) | Self::Float(_) => {
                Self::complex(self.clone(), Self::zero())
            }
            Self::Complex(_) => self.clone(),
            Self::Unknown | Self::Bool(_) | Self::String(_) => Self::Unknown,
        }
    }

    /// The nearest machine float of a real number (the real part of a complex one), infinite on overflow; 0 for
    /// what is no number.
    #[must_use]
    pub fn to_f64(&self) -> f64 {
        match self {
            Self::Int(value) => ratio_to_f64(&RBig::from(value.clone())),
            Self::Rat(value) => ratio_to_f64(value),
            Self::Float(value) => value.to_f64(),
            Self::Complex(parts) => parts.0.to_f64(),
            Self::Unknown | Self::Bool(_) | Self::String(_) => 0.0,
        }
    }

    /// As [`Constant::to_f64`], in single precision and rounded once.
    #[must_use]
    pub fn to_f32(&self) -> f32 {
        match self {
            Self::Int(value) => ratio_to_f32(&RBig::from(value.clone())),
            Self::Rat(value) => ratio_to_f32(value),
            Self::Float(value) => value.to_f32(),
            Self::Complex(parts) => parts.0.to_f32(),
            Self::Unknown | Self::Bool(_) | Self::String(_) => 0.0,
        }
    }

    /// Rounded to a machine float; `None` on overflow.
    fn rounded(&self, single: bool) -> Option<Self> {
        let value = if single {
            f64::from(self.to_f32())
        } else {
            self.to_f64()
        };
        value.is_finite().then(|| Self::from_f64(value))
    }

    /// The value that the constant has as a value of a basic type, rounded for floats; `None` where it is not
    /// representable. `word` is the size of `int` in bytes. An unknown value is representable by every type.
    #[must_use]
    pub fn represent(&self, basic: Basic, word: u64) -> Option<Self> {
        if self.is_unknown() {
            return Some(Self::Unknown);
        }
        if is_integer(basic) {
            let value = self.to_int();
            let int = value.as_int()?;
            let fits = match integer_bits(basic, word) {
                None => true,
                Some((bits, signed)) => fits_bits(int, bits, signed),
            };
            return fits.then_some(value);
        }
        match basic {
            Basic::Float32 | Basic::Float64 => match self.to_float() {
                Self::Unknown => None,
                real => real.rounded(basic == Basic::Float32),
            },
            Basic::UntypedFloat => match self.to_float() {
                Self::Unknown => None,
                // Go on with the value as it is: the official checker leaves it as well.
                _ => Some(self.clone()),
            },
            Basic::Complex64 | Basic::Complex128 => match self.to_complex() {
                Self::Complex(parts) => {
                    let single = basic == Basic::Complex64;
                    Some(Self::complex(
                        parts.0.rounded(single)?,
                        parts.1.rounded(single)?,
                    ))
                }
                _ => None,
            },
            Basic::UntypedComplex => match self.to_complex() {
                Self::Unknown => None,
                _ => Some(self.clone()),
            },
            Basic::String | Basic::UntypedString => {
                (self.kind() == ConstKind::String).then(|| self.clone())
            }
            Basic::Bool | Basic::UntypedBool => {
                (self.kind() == ConstKind::Bool).then(|| self.clone())
            }
            Basic::Invalid
            | Basic::UnsafePointer
            | Basic::UntypedNil
            | Basic::Int
            | Basic::Int8
            | Basic::Int16
            | Basic::Int32
            | Basic::Int64
            | Basic::Uint
            | Basic::Uint8
            | Basic::Uint16
            | Basic::Uint32
            | Basic::Uint64
            | Basic::Uintptr
            | Basic::UntypedInt
            | Basic::UntypedRune => None,
        }
    }
}

/// Whether an integer fits into so many bits.
fn fits_bits(value: &IBig, bits: usize, signed: bool) -> bool {
    if signed {
        // For a negative number -n the bits of n-1 count: they are those of the inverse.
        let magnitude = if value.is_negative() {
            !value
        } else {
            value.clone()
        };
        magnitude.bit_len() < bits
    } else {
        !value.is_negative() && value.bit_len() <= bits
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn integer_limits() {
        let fits = |value: i128, basic| Constant::int(value).represent(basic, 4).is_some();
        assert!(fits(127, Basic::Int8) && !fits(128, Basic::Int8));
        assert!(fits(-128, Basic::Int8) && !fits(-129, Basic::Int8));
        assert!(fits(255, Basic::Uint8) && !fits(256, Basic::Uint8) && !fits(-1, Basic::Uint8));
        assert!(fits(i32::MAX.into(), Basic::Int) && !fits(1 << 31, Basic::Int));
        assert!(fits((1 << 64) - 1, Basic::Uint64) && !fits(1 << 64, Basic::Uint64));
    }

    #[test]
    fn wrapping_bits() {
        assert_eq!(Constant::int(-1).to_bits64(), u64::MAX);
        assert_eq!(Constant::int(5).to_bits64(), 5);
    }
}
