//! Bounds of integer values, from their definitions.

use super::{Cx, width};
use polkago_ir::{BinaryOp, InstData, MemType, Scalar, Type, UnaryOp, Value};

/// The lowest and the highest value, as signed numbers of the value's own width.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Range {
    pub lo: i64,
    pub hi: i64,
}

impl Range {
    /// Any value of a type.
    fn full(ty: Type) -> Self {
        match ty {
            Type::I64 | Type::F64 => Self::new(i64::MIN, i64::MAX),
            Type::I32 | Type::F32 | Type::Ref => Self::new(i32::MIN.into(), i32::MAX.into()),
        }
    }

    fn new(lo: i64, hi: i64) -> Self {
        Self { lo, hi }
    }

    /// Whether it has no negative numbers, so that signed and unsigned order agree.
    pub(super) fn is_nonnegative(self) -> bool {
        self.lo >= 0
    }

    /// Whether each value is inside of `other`.
    pub(super) fn within(self, lo: i64, hi: i64) -> bool {
        lo <= self.lo && self.hi <= hi
    }

    fn union(self, other: Self) -> Self {
        Self::new(self.lo.min(other.lo), self.hi.max(other.hi))
    }
}

/// How many definitions deep the search goes. Binary operations make it exponential.
const DEPTH: u32 = 4;

impl Cx<'_> {
    /// Bounds of an integer value.
    pub(super) fn range(&self, v: Value) -> Range {
        self.range_at(v, DEPTH)
    }

    fn range_at(&self, v: Value, depth: u32) -> Range {
        let ty = self.func.value_type(v);
        let full = Range::full(ty);
        let (Some(def), true) = (self.def(v), depth > 0) else {
            return full;
        };
        if let Some(n) = Scalar::of_inst(def).and_then(Scalar::int) {
            return Range::new(n, n);
        }
        let found = match *def {
            InstData::Unary { op, x, .. } => self.unary_range(op, x, depth - 1),
            InstData::Binary { op, x, y } => self.binary_range(op, x, y, ty, depth - 1),
            InstData::Select { x, y, .. } => Some(
                self.range_at(x, depth - 1)
                    .union(self.range_at(y, depth - 1)),
            ),
            InstData::Load { mem, .. } => match mem {
                MemType::S8 => Some(Range::new(i8::MIN.into(), i8::MAX.into())),
                MemType::U8 => Some(Range::new(0, u8::MAX.into())),
                MemType::S16 => Some(Range::new(i16::MIN.into(), i16::MAX.into())),
                MemType::U16 => Some(Range::new(0, u16::MAX.into())),
                MemType::Full(_) => None,
            },
            _ => None,
        };
        found.filter(|r| r.within(full.lo, full.hi)).unwrap_or(full)
    }

    fn unary_range(&self, op: UnaryOp, x: Value, depth: u32) -> Option<Range> {
        let of_x = || self.range_at(x, depth);
        match op {
            UnaryOp::Eqz => Some(Range::new(0, 1)),
            UnaryOp::Clz | UnaryOp::Ctz | UnaryOp::Popcnt => {
                Some(Range::new(0, width(self.func.value_type(x)).into()))
            }
            UnaryOp::Sext8 => Some(Range::new(i8::MIN.into(), i8::MAX.into())),
            UnaryOp::Sext16 => Some(Range::new(i16::MIN.into(), i16::MAX.into())),
            UnaryOp::ExtendS => Some(of_x()),
            UnaryOp::ExtendU => Some(match of_x() {
                range if range.is_nonnegative() => range,
                _ => Range::new(0, u32::MAX.into()),
            }),
            // Kept if it fits; the caller throws it away otherwise.
            UnaryOp::Wrap => Some(of_x()),
            UnaryOp::Fneg
            | UnaryOp::Fabs
            | UnaryOp::Ceil
            | UnaryOp::Floor
            | UnaryOp::Trunc
            | UnaryOp::Nearest
            | UnaryOp::Sqrt
            | UnaryOp::Promote
            | UnaryOp::Demote
            | UnaryOp::TruncSatS32
            | UnaryOp::TruncSatU32
            | UnaryOp::TruncSatS64
            | UnaryOp::TruncSatU64
            | UnaryOp::ConvertS32
            | UnaryOp::ConvertU32
            | UnaryOp::ConvertS64
            | UnaryOp::ConvertU64
            | UnaryOp::Bitcast
            | UnaryOp::RefToInt
            | UnaryOp::IntToRef => None,
        }
    }

    fn binary_range(
        &self,
        op: BinaryOp,
        x: Value,
        y: Value,
        ty: Type,
        depth: u32,
    ) -> Option<Range> {
        use BinaryOp as B;
        if op.is_comparison() {
            return Some(Range::new(0, 1));
        }
        let count = || self.int(y).map(|n| n & i64::from(width(ty) - 1));
        let of_x = || self.range_at(x, depth);
        let of_y = || self.range_at(y, depth);
        match op {
            B::Iadd => {
                let (rx, ry) = (of_x(), of_y());
                Some(Range::new(
                    rx.lo.checked_add(ry.lo)?,
                    rx.hi.checked_add(ry.hi)?,
                ))
            }
            B::Isub => {
                let (rx, ry) = (of_x(), of_y());
                Some(Range::new(
                    rx.lo.checked_sub(ry.hi)?,
                    rx.hi.checked_sub(ry.lo)?,
                ))
            }
            B::Imul => {
                let (rx, ry) = (of_x(), of_y());
                (rx.is_nonnegative() && ry.is_nonnegative()).then(|| {
                    Some(Range::new(
                        rx.lo.checked_mul(ry.lo)?,
                        rx.hi.checked_mul(ry.hi)?,
                    ))
                })?
            }
            B::And => match (of_x(), of_y()) {
                (rx, ry) if rx.is_nonnegative() && ry.is_nonnegative() => {
                    Some(Range::new(0, rx.hi.min(ry.hi)))
                }
                (rx, _) if rx.is_nonnegative() => Some(Range::new(0, rx.hi)),
                (_, ry) if ry.is_nonnegative() => Some(Range::new(0, ry.hi)),
                _ => None,
            },
            B::Or | B::Xor => {
                let (rx, ry) = (of_x(), of_y());
                let bits = 64 - (rx.hi | ry.hi).leading_zeros();
                let both = rx.is_nonnegative() && ry.is_nonnegative();
                both.then(|| Range::new(0, ((1u64 << bits) - 1) as i64))
            }
            B::Shl => {
                let (rx, n) = (of_x(), count()?);
                let fits = rx.is_nonnegative() && rx.hi <= i64::MAX >> n;
                fits.then(|| Range::new(rx.lo << n, rx.hi << n))
            }
            B::ShrS => {
                let (rx, n) = (of_x(), count()?);
                Some(Range::new(rx.lo >> n, rx.hi >> n))
            }
            B::ShrU => {
                let (rx, n) = (of_x(), count()?);
                if rx.is_nonnegative() {
                    Some(Range::new(rx.lo >> n, rx.hi >> n))
                } else {
                    let highest = u64::MAX >> (64 - width(ty)) >> n;
                    (n > 0).then_some(Range::new(0, highest as i64))
                }
            }
            B::DivS | B::DivU => {
                let (rx, n) = (of_x(), self.int(y)?);
                (rx.is_nonnegative() && n > 0).then(|| Range::new(rx.lo / n, rx.hi / n))
            }
            B::RemU => {
                let n = self.int(y)?;
                (n > 0).then(|| Range::new(0, n - 1))
            }
            B::RemS => {
                let n = self.int(y).filter(|&n| n > 0)?;
                let lowest = if of_x().is_nonnegative() { 0 } else { 1 - n };
                Some(Range::new(lowest, n - 1))
            }
            B::Rotl | B::Rotr => None,
            B::Fadd | B::Fsub | B::Fmul | B::Fdiv | B::Fmin | B::Fmax => None,
            B::Copysign | B::RefAdd => None,
            B::Eq | B::Ne | B::Feq | B::Fne | B::Flt | B::Fle | B::Fgt | B::Fge => None,
            B::LtS | B::LtU | B::LeS | B::LeU | B::GtS | B::GtU | B::GeS | B::GeU => None,
        }
    }
}
