//! Exact constant values (*Constants*; decision record 0006).
//!
//! Integers are exact at any size. Fractions are exact rationals while numerator and denominator stay below
//! [`RAT_BITS`] bits; beyond that, and for literals with huge exponents, a value is a binary float of 512 bits of
//! precision. A value becomes a machine number only where it is asked for as one.

mod convert;
mod float;
mod format;
mod literal;
mod ops;

use crate::Basic;
use dashu::base::{BitTest as _, Signed as _, UnsignedAbs as _};
use dashu::integer::{IBig, UBig};
use dashu::rational::RBig;
pub use float::Float;
pub(crate) use format::quote;
pub use ops::CompareOp;
pub(crate) use polkago_syntax::literal::unquote_string as unquote;
use std::sync::Arc;

/// Numerator and denominator of an exact fraction stay below this many bits; a larger one becomes a [`Float`].
const RAT_BITS: usize = 4 << 10;

/// The value of a constant.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Constant {
    /// The value after an error: silences further ones.
    Unknown,
    /// A truth value.
    Bool(bool),
    /// A string: any bytes.
    String(Arc<[u8]>),
    /// An integer, also a rune.
    Int(IBig),
    /// A fraction.
    Rat(Box<RBig>),
    /// A fraction too large to be held exactly.
    Float(Box<Float>),
    /// A complex number; each part is an `Int`, `Rat` or `Float`.
    Complex(Box<(Constant, Constant)>),
}

/// The kinds of constants; `Rat` and `Float` are both `Float`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum ConstKind {
    /// See [`Constant::Unknown`].
    Unknown,
    /// A truth value.
    Bool,
    /// A string.
    String,
    /// An integer.
    Int,
    /// A fraction.
    Float,
    /// A complex number.
    Complex,
}

impl From<i64> for Constant {
    fn from(value: i64) -> Self {
        Self::Int(value.into())
    }
}

impl Constant {
    /// The integer 0.
    #[must_use]
    pub fn zero() -> Self {
        Self::Int(IBig::ZERO)
    }

    /// An integer constant.
    #[must_use]
    pub fn int(value: impl Into<IBig>) -> Self {
        Self::Int(value.into())
    }

    /// A string constant.
    #[must_use]
    pub fn string(bytes: impl Into<Arc<[u8]>>) -> Self {
        Self::String(bytes.into())
    }

    /// The exact value of a machine float; unknown for infinities and NaN, and -0 is 0.
    #[must_use]
    pub fn from_f64(value: f64) -> Self {
        match Float::from_f64(value) {
            Some(float) => float.into_small_constant(),
            None => Self::Unknown,
        }
    }

    /// A fraction, as a float where it is too large.
    fn rat(value: RBig) -> Self {
        if value.numerator().unsigned_abs().bit_len() < RAT_BITS
            && value.denominator().bit_len() < RAT_BITS
        {
            Self::Rat(Box::new(value))
        } else {
            Self::float(Float::from_ratio(value.numerator(), value.denominator()))
        }
    }

    /// A float; unknown where its exponent overflowed.
    fn float(value: Option<Float>) -> Self {
        value.map_or(Self::Unknown, |value| Self::Float(Box::new(value)))
    }

    /// A complex number, unknown where a part is.
    #[must_use]
    pub fn complex(re: Self, im: Self) -> Self {
        if re.kind() == ConstKind::Unknown || im.kind() == ConstKind::Unknown {
            Self::Unknown
        } else {
            Self::Complex(Box::new((re, im)))
        }
    }

    /// Its kind.
    #[must_use]
    pub fn kind(&self) -> ConstKind {
        match self {
            Self::Unknown => ConstKind::Unknown,
            Self::Bool(_) => ConstKind::Bool,
            Self::String(_) => ConstKind::String,
            Self::Int(_) => ConstKind::Int,
            Self::Rat(_) | Self::Float(_) => ConstKind::Float,
            Self::Complex(_) => ConstKind::Complex,
        }
    }

    /// Whether the value is unknown after an error.
    #[must_use]
    pub fn is_unknown(&self) -> bool {
        matches!(self, Self::Unknown)
    }

    /// The truth value, where it is one.
    #[must_use]
    pub fn as_bool(&self) -> Option<bool> {
        if let Self::Bool(value) = self {
            Some(*value)
        } else {
            None
        }
    }

    /// The bytes, where it is a string.
    #[must_use]
    pub fn as_bytes(&self) -> Option<&Arc<[u8]>> {
        if let Self::String(bytes) = self {
            Some(bytes)
        } else {
            None
        }
    }

    /// The integer, where it is one (no conversion from fractions: see [`Constant::to_int`]).
    #[must_use]
    pub fn as_int(&self) -> Option<&IBig> {
        if let Self::Int(value) = self {
            Some(value)
        } else {
            None
        }
    }

    /// The value as an `i64`, where it is an integer of that range.
    #[must_use]
    pub fn to_i64(&self) -> Option<i64> {
        i64::try_from(self.as_int()?).ok()
    }

    /// The value as a `u64`, where it is an integer of that range.
    #[must_use]
    pub fn to_u64(&self) -> Option<u64> {
        u64::try_from(self.as_int()?).ok()
    }

    /// The lowest 64 bits of an integer in two's complement: the machine value of any integer type once its upper
    /// bits are cut off. 0 for what is not an integer.
    #[must_use]
    pub fn to_bits64(&self) -> u64 {
        let Self::Int(value) = self.to_int() else {
            return 0;
        };
        let low = value & IBig::from(u64::MAX);
        u64::try_from(low).unwrap_or(0)
    }

    /// Number of bits of an integer's magnitude; 0 for what is not an integer.
    #[must_use]
    pub fn bit_len(&self) -> usize {
        self.as_int()
            .map_or(0, |value| value.unsigned_abs().bit_len())
    }

    /// -1, 0 or 1 by the sign of a number; for a complex one 0 only if both parts are. 1 for what is no number, so
    /// that an unknown value is never taken for a zero divisor.
    #[must_use]
    pub fn sign(&self) -> i32 {
        match self {
            Self::Unknown | Self::Bool(_) | Self::String(_) => 1,
            Self::Int(value) => sign_of(value),
            Self::Rat(value) => sign_of(value.numerator()),
            Self::Float(value) => value.sign(),
            Self::Complex(parts) => parts.0.sign() | parts.1.sign(),
        }
    }

    /// The real part of a number.
    #[must_use]
    pub fn real(&self) -> Self {
        if let Self::Complex(parts) = self {
            parts.0.clone()
        } else {
            self.clone()
        }
    }

    /// The imaginary part of a number.
    #[must_use]
    pub fn imag(&self) -> Self {
        match self {
            Self::Unknown => Self::Unknown,
            Self::Complex(parts) => parts.1.clone(),
            Self::Bool(_) | Self::String(_) | Self::Int(_) | Self::Rat(_) | Self::Float(_) => {
                Self::zero()
            }
        }
    }
}

/// -1, 0 or 1 by the sign of an integer.
fn sign_of(value: &IBig) -> i32 {
    if value.is_zero() {
        0
    } else if value.is_negative() {
        -1
    } else {
        1
    }
}

/// Whether the basic type is one of the sized or unsized integer types, typed or not.
fn is_integer(basic: Basic) -> bool {
    integer_bits(basic, 8).is_some() || matches!(basic, Basic::UntypedInt | Basic::UntypedRune)
}

/// Number of bits and signedness of a typed integer type, where `word` is the size of `int` in bytes.
fn integer_bits(basic: Basic, word: u64) -> Option<(usize, bool)> {
    let word_bits = if word == 4 { 32 } else { 64 };
    Some(match basic {
        Basic::Int => (word_bits, true),
        Basic::Int8 => (8, true),
        Basic::Int16 => (16, true),
        Basic::Int32 => (32, true),
        Basic::Int64 => (64, true),
        Basic::Uint | Basic::Uintptr => (word_bits, false),
        Basic::Uint8 => (8, false),
        Basic::Uint16 => (16, false),
        Basic::Uint32 => (32, false),
        Basic::Uint64 => (64, false),
        Basic::Invalid
        | Basic::Bool
        | Basic::Float32
        | Basic::Float64
        | Basic::Complex64
        | Basic::Complex128
        | Basic::String
        | Basic::UnsafePointer
        | Basic::UntypedBool
        | Basic::UntypedInt
        | Basic::UntypedRune
        | Basic::UntypedFloat
        | Basic::UntypedComplex
        | Basic::UntypedString
        | Basic::UntypedNil => return None,
    })
}

/// The magnitude of a power of two.
fn pow2(exponent: usize) -> UBig {
    UBig::ONE << exponent
}
