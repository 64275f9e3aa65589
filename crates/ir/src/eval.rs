//! The arithmetic of the IR on constants: that of WebAssembly (core specification, *Numerics*). Constant folding
//! and the interpreter share it.

use crate::{BinaryOp, InstData, Type, UnaryOp};

/// A value of one of the IR's types.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Scalar {
    /// An i32.
    I32(i32),
    /// An i64.
    I64(i64),
    /// An f32, by its bits.
    F32(u32),
    /// An f64, by its bits.
    F64(u64),
    /// An address; 0 is null.
    Ref(u32),
}

impl Scalar {
    /// Its type.
    #[must_use]
    pub fn ty(self) -> Type {
        match self {
            Self::I32(_) => Type::I32,
            Self::I64(_) => Type::I64,
            Self::F32(_) => Type::F32,
            Self::F64(_) => Type::F64,
            Self::Ref(_) => Type::Ref,
        }
    }

    /// The zero of a type.
    #[must_use]
    pub fn zero(ty: Type) -> Self {
        Self::from_bits(ty, 0)
    }

    /// The value of a type with these low bits.
    #[must_use]
    pub fn from_bits(ty: Type, bits: u64) -> Self {
        match ty {
            Type::I32 => Self::I32(bits as i32),
            Type::I64 => Self::I64(bits as i64),
            Type::F32 => Self::F32(bits as u32),
            Type::F64 => Self::F64(bits),
            Type::Ref => Self::Ref(bits as u32),
        }
    }

    /// Its bits, zero-extended.
    #[must_use]
    pub fn bits(self) -> u64 {
        match self {
            Self::I32(n) => u64::from(n as u32),
            Self::I64(n) => n as u64,
            Self::F32(n) | Self::Ref(n) => u64::from(n),
            Self::F64(n) => n,
        }
    }

    /// The value of an integer, sign-extended; `None` for others.
    #[must_use]
    pub fn int(self) -> Option<i64> {
        match self {
            Self::I32(n) => Some(n.into()),
            Self::I64(n) => Some(n),
            Self::F32(_) | Self::F64(_) | Self::Ref(_) => None,
        }
    }

    /// The instruction that makes it; `None` for an address other than null.
    #[must_use]
    pub fn to_inst(self) -> Option<InstData> {
        match self {
            Self::I32(n) => Some(InstData::I32Const(n)),
            Self::I64(n) => Some(InstData::I64Const(n)),
            Self::F32(n) => Some(InstData::F32Const(n)),
            Self::F64(n) => Some(InstData::F64Const(n)),
            Self::Ref(0) => Some(InstData::Null),
            Self::Ref(_) => None,
        }
    }

    /// The value that an instruction makes; `None` if it is no constant.
    #[must_use]
    pub fn of_inst(data: &InstData) -> Option<Self> {
        // Not an exhaustive match: this asks for five kinds among all.
        match *data {
            InstData::I32Const(n) => Some(Self::I32(n)),
            InstData::I64Const(n) => Some(Self::I64(n)),
            InstData::F32Const(n) => Some(Self::F32(n)),
            InstData::F64Const(n) => Some(Self::F64(n)),
            InstData::Null => Some(Self::Ref(0)),
            _ => None,
        }
    }

    fn f32(x: f32) -> Self {
        // One NaN, so that folding does not depend on the machine that compiles.
        Self::F32(if x.is_nan() {
            CANONICAL_NAN32
        } else {
            x.to_bits()
        })
    }

    fn f64(x: f64) -> Self {
        Self::F64(if x.is_nan() {
            CANONICAL_NAN64
        } else {
            x.to_bits()
        })
    }

    fn bool(b: bool) -> Self {
        Self::I32(b.into())
    }
}

const CANONICAL_NAN32: u32 = 0x7fc0_0000;
const CANONICAL_NAN64: u64 = 0x7ff8_0000_0000_0000;

/// The result of an operation with one operand; `None` if it does not take such an operand.
#[must_use]
pub fn eval_unary(op: UnaryOp, x: Scalar) -> Option<Scalar> {
    use Scalar as S;
    use UnaryOp as U;
    Some(match (op, x) {
        (U::Clz, S::I32(x)) => S::I32(x.leading_zeros() as i32),
        (U::Clz, S::I64(x)) => S::I64(x.leading_zeros().into()),
        (U::Ctz, S::I32(x)) => S::I32(x.trailing_zeros() as i32),
        (U::Ctz, S::I64(x)) => S::I64(x.trailing_zeros().into()),
        (U::Popcnt, S::I32(x)) => S::I32(x.count_ones() as i32),
        (U::Popcnt, S::I64(x)) => S::I64(x.count_ones().into()),
        (U::Eqz, S::I32(x)) => S::bool(x == 0),
        (U::Eqz, S::I64(x)) => S::bool(x == 0),
        (U::Eqz, S::Ref(x)) => S::bool(x == 0),
        (U::Sext8, S::I32(x)) => S::I32((x as i8).into()),
        (U::Sext8, S::I64(x)) => S::I64((x as i8).into()),
        (U::Sext16, S::I32(x)) => S::I32((x as i16).into()),
        (U::Sext16, S::I64(x)) => S::I64((x as i16).into()),
        (U::Wrap, S::I64(x)) => S::I32(x as i32),
        (U::ExtendS, S::I32(x)) => S::I64(x.into()),
        (U::ExtendU, S::I32(x)) => S::I64((x as u32).into()),
        // Sign operations act on the bits, also of a NaN.
        (U::Fneg, S::F32(x)) => S::F32(x ^ 1 << 31),
        (U::Fneg, S::F64(x)) => S::F64(x ^ 1 << 63),
        (U::Fabs, S::F32(x)) => S::F32(x & !(1 << 31)),
        (U::Fabs, S::F64(x)) => S::F64(x & !(1 << 63)),
        (U::Ceil, S::F32(x)) => S::f32(f32::from_bits(x).ceil()),
        (U::Ceil, S::F64(x)) => S::f64(f64::from_bits(x).ceil()),
        (U::Floor, S::F32(x)) => S::f32(f32::from_bits(x).floor()),
        (U::Floor, S::F64(x)) => S::f64(f64::from_bits(x).floor()),
        (U::Trunc, S::F32(x)) => S::f32(f32::from_bits(x).trunc()),
        (U::Trunc, S::F64(x)) => S::f64(f64::from_bits(x).trunc()),
        (U::Nearest, S::F32(x)) => S::f32(f32::from_bits(x).round_ties_even()),
        (U::Nearest, S::F64(x)) => S::f64(f64::from_bits(x).round_ties_even()),
        (U::Sqrt, S::F32(x)) => S::f32(f32::from_bits(x).sqrt()),
        (U::Sqrt, S::F64(x)) => S::f64(f64::from_bits(x).sqrt()),
        (U::Promote, S::F32(x)) => S::f64(f32::from_bits(x).into()),
        (U::Demote, S::F64(x)) => S::f32(f64::from_bits(x) as f32),
        // Rust's `as` saturates and takes NaN to 0, as these do.
        (U::TruncSatS32, S::F32(x)) => S::I32(f32::from_bits(x) as i32),
        (U::TruncSatS32, S::F64(x)) => S::I32(f64::from_bits(x) as i32),
        (U::TruncSatU32, S::F32(x)) => S::I32(f32::from_bits(x) as u32 as i32),
        (U::TruncSatU32, S::F64(x)) => S::I32(f64::from_bits(x) as u32 as i32),
        (U::TruncSatS64, S::F32(x)) => S::I64(f32::from_bits(x) as i64),
        (U::TruncSatS64, S::F64(x)) => S::I64(f64::from_bits(x) as i64),
        (U::TruncSatU64, S::F32(x)) => S::I64(f32::from_bits(x) as u64 as i64),
        (U::TruncSatU64, S::F64(x)) => S::I64(f64::from_bits(x) as u64 as i64),
        (U::ConvertS32, S::I32(x)) => S::f32(x as f32),
        (U::ConvertS32, S::I64(x)) => S::f32(x as f32),
        (U::ConvertU32, S::I32(x)) => S::f32(x as u32 as f32),
        (U::ConvertU32, S::I64(x)) => S::f32(x as u64 as f32),
        (U::ConvertS64, S::I32(x)) => S::f64(x.into()),
        (U::ConvertS64, S::I64(x)) => S::f64(x as f64),
        (U::ConvertU64, S::I32(x)) => S::f64((x as u32).into()),
        (U::ConvertU64, S::I64(x)) => S::f64(x as u64 as f64),
        (U::Bitcast, S::I32(x)) => S::F32(x as u32),
        (U::Bitcast, S::I64(x)) => S::F64(x as u64),
        (U::Bitcast, S::F32(x)) => S::I32(x as i32),
        (U::Bitcast, S::F64(x)) => S::I64(x as i64),
        (U::RefToInt, S::Ref(x)) => S::I32(x as i32),
        (U::IntToRef, S::I32(x)) => S::Ref(x as u32),
        _ => return None,
    })
}

/// The result of an operation with two operands; `None` if it traps or does not take such operands.
#[must_use]
pub fn eval_binary(op: BinaryOp, x: Scalar, y: Scalar) -> Option<Scalar> {
    use Scalar as S;
    match (x, y) {
        (S::I32(x), S::I32(y)) => i32_op(op, x, y),
        (S::I64(x), S::I64(y)) => i64_op(op, x, y),
        (S::F32(x), S::F32(y)) => {
            match float_op(op, f32::from_bits(x).into(), f32::from_bits(y).into()) {
                // The double result of one operation on singles rounds to the single result (Figueroa, 1995).
                Some(S::F64(_)) if op == BinaryOp::Copysign => {
                    Some(S::F32(x & !(1 << 31) | y & 1 << 31))
                }
                Some(S::F64(bits)) => Some(S::f32(f64::from_bits(bits) as f32)),
                other => other,
            }
        }
        (S::F64(x), S::F64(y)) => match op {
            BinaryOp::Copysign => Some(S::F64(x & !(1 << 63) | y & 1 << 63)),
            _ => float_op(op, f64::from_bits(x), f64::from_bits(y)),
        },
        (S::Ref(x), S::I32(y)) if op == BinaryOp::RefAdd => Some(S::Ref(x.wrapping_add(y as u32))),
        (S::Ref(x), S::Ref(y)) => match op {
            BinaryOp::Eq => Some(S::bool(x == y)),
            BinaryOp::Ne => Some(S::bool(x != y)),
            _ => None,
        },
        _ => None,
    }
}

macro_rules! int_op {
    ($name:ident, $signed:ty, $unsigned:ty, $scalar:path) => {
        fn $name(op: BinaryOp, x: $signed, y: $signed) -> Option<Scalar> {
            use BinaryOp as B;
            use Scalar as S;
            let (ux, uy) = (x as $unsigned, y as $unsigned);
            Some(match op {
                B::Iadd => $scalar(x.wrapping_add(y)),
                B::Isub => $scalar(x.wrapping_sub(y)),
                B::Imul => $scalar(x.wrapping_mul(y)),
                B::DivS => $scalar(x.checked_div(y)?),
                B::DivU => $scalar(ux.checked_div(uy)? as $signed),
                // The smallest number has no remainder by -1, without a trap.
                B::RemS if y == -1 => $scalar(0),
                B::RemS => $scalar(x.checked_rem(y)?),
                B::RemU => $scalar(ux.checked_rem(uy)? as $signed),
                B::And => $scalar(x & y),
                B::Or => $scalar(x | y),
                B::Xor => $scalar(x ^ y),
                B::Shl => $scalar(x.wrapping_shl(y as u32)),
                B::ShrS => $scalar(x.wrapping_shr(y as u32)),
                B::ShrU => $scalar(ux.wrapping_shr(y as u32) as $signed),
                B::Rotl => $scalar(x.rotate_left(y as u32 % <$signed>::BITS)),
                B::Rotr => $scalar(x.rotate_right(y as u32 % <$signed>::BITS)),
                B::Eq => S::bool(x == y),
                B::Ne => S::bool(x != y),
                B::LtS => S::bool(x < y),
                B::LtU => S::bool(ux < uy),
                B::LeS => S::bool(x <= y),
                B::LeU => S::bool(ux <= uy),
                B::GtS => S::bool(x > y),
                B::GtU => S::bool(ux > uy),
                B::GeS => S::bool(x >= y),
                B::GeU => S::bool(ux >= uy),
                B::Fadd | B::Fsub | B::Fmul | B::Fdiv | B::Fmin | B::Fmax | B::Copysign => {
                    return None;
                }
                B::Feq | B::Fne | B::Flt | B::Fle | B::Fgt | B::Fge | B::RefAdd => return None,
            })
        }
    };
}

int_op!(i32_op, i32, u32, Scalar::I32);
int_op!(i64_op, i64, u64, Scalar::I64);

fn float_op(op: BinaryOp, x: f64, y: f64) -> Option<Scalar> {
    use BinaryOp as B;
    use Scalar as S;
    // Minimum and maximum: a NaN wins, and -0 is less than 0.
    let pick = |first: bool| {
        if x.is_nan() || y.is_nan() {
            f64::NAN
        } else if first {
            x
        } else {
            y
        }
    };
    Some(match op {
        B::Fadd => S::f64(x + y),
        B::Fsub => S::f64(x - y),
        B::Fmul => S::f64(x * y),
        B::Fdiv => S::f64(x / y),
        B::Fmin => S::f64(pick(x < y || x == y && x.is_sign_negative())),
        B::Fmax => S::f64(pick(x > y || x == y && x.is_sign_positive())),
        B::Copysign => S::f64(x.copysign(y)),
        B::Feq => S::bool(x == y),
        B::Fne => S::bool(x != y),
        B::Flt => S::bool(x < y),
        B::Fle => S::bool(x <= y),
        B::Fgt => S::bool(x > y),
        B::Fge => S::bool(x >= y),
        B::Iadd | B::Isub | B::Imul | B::DivS | B::DivU | B::RemS | B::RemU => return None,
        B::And | B::Or | B::Xor | B::Shl | B::ShrS | B::ShrU | B::Rotl | B::Rotr => return None,
        B::Eq | B::Ne | B::LtS | B::LtU | B::LeS | B::LeU => return None,
        B::GtS | B::GtU | B::GeS | B::GeU | B::RefAdd => return None,
    })
}
