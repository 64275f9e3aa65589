//! Rules for arithmetic with two operands.

use super::Action::{self, Keep, Replace, Use};
use super::{Cx, int_const, width};
use polkago_ir::{BinaryOp as B, InstData, Scalar, Type, UnaryOp, Value};

impl Cx<'_> {
    pub(super) fn arith(&mut self, op: B, x: Value, y: Value) -> Action {
        match op {
            B::Iadd | B::Isub | B::Imul | B::And | B::Or | B::Xor => self.ring(op, x, y),
            B::Shl | B::ShrS | B::ShrU | B::Rotl | B::Rotr => self.shift(op, x, y),
            B::DivS | B::DivU | B::RemS | B::RemU => self.division(op, x, y),
            B::RefAdd => self.ref_add(x, y),
            B::Fsub => match self.constant(y) {
                // Not for -0 or for addition, where 0 and -0 would differ.
                Some(Scalar::F32(0) | Scalar::F64(0)) => Use(x),
                Some(_) | None => Keep,
            },
            B::Fmul | B::Fdiv => match self.constant(y) {
                Some(Scalar::F32(bits)) if f32::from_bits(bits) == 1.0 => Use(x),
                Some(Scalar::F64(bits)) if f64::from_bits(bits) == 1.0 => Use(x),
                Some(_) | None => Keep,
            },
            B::Fadd | B::Fmin | B::Fmax | B::Copysign => Keep,
            B::Eq | B::Ne | B::LtS | B::LtU | B::LeS | B::LeU => Keep,
            B::GtS | B::GtU | B::GeS | B::GeU => Keep,
            B::Feq | B::Fne | B::Flt | B::Fle | B::Fgt | B::Fge => Keep,
        }
    }

    /// Sums, products and bitwise operations.
    fn ring(&mut self, op: B, x: Value, y: Value) -> Action {
        let ty = self.func.value_type(x);
        if x == y {
            match op {
                B::Isub | B::Xor => return Replace(int_const(ty, 0)),
                B::And | B::Or => return Use(x),
                _ => {}
            }
        }
        let Some(n) = self.int(y) else {
            return self.ring_values(op, x, y);
        };
        match (op, n) {
            (B::Iadd | B::Isub | B::Or | B::Xor, 0) | (B::Imul, 1) | (B::And, -1) => return Use(x),
            (B::Imul | B::And, 0) | (B::Or, -1) => return Use(y),
            (B::Isub, n) => {
                let y = self.emit_int(ty, n.wrapping_neg());
                return Replace(InstData::Binary { op: B::Iadd, x, y });
            }
            (B::Imul, n) if n.is_positive() && n.count_ones() == 1 => {
                let y = self.emit_int(ty, n.trailing_zeros().into());
                return Replace(InstData::Binary { op: B::Shl, x, y });
            }
            (B::Imul, -1) => {
                let zero = self.emit_int(ty, 0);
                let op = B::Isub;
                return Replace(InstData::Binary { op, x: zero, y: x });
            }
            // A mask that keeps all bits that can be set.
            (B::And, n) if is_low_mask(n) && self.range(x).within(0, n) => return Use(x),
            _ => {}
        }
        // A mask through which only bits of one operand of `or` are seen, say, is left to later.
        if let Some((inner, m)) = self.is_binary_int(x, op) {
            let both = match op {
                B::Iadd => m.wrapping_add(n),
                B::Imul => m.wrapping_mul(n),
                B::And => m & n,
                B::Or => m | n,
                B::Xor => m ^ n,
                _ => return Keep,
            };
            let y = self.emit_int(ty, both);
            return Replace(InstData::Binary { op, x: inner, y });
        }
        // c - x + n
        if op == B::Iadd
            && let Some((c, inner)) = self.is_binary(x, B::Isub)
            && let Some(c) = self.int(c)
        {
            let x = self.emit_int(ty, c.wrapping_add(n));
            let op = B::Isub;
            return Replace(InstData::Binary { op, x, y: inner });
        }
        // The bits that a narrow load does not have.
        if op == B::And
            && let Some(inner) = self.is_unary(x, UnaryOp::Sext8).filter(|_| n & !0xff == 0)
        {
            return Replace(InstData::Binary { op, x: inner, y });
        }
        if op == B::And
            && let Some(inner) = self
                .is_unary(x, UnaryOp::Sext16)
                .filter(|_| n & !0xffff == 0)
        {
            return Replace(InstData::Binary { op, x: inner, y });
        }
        Keep
    }

    /// Sums of two values of which one undoes the other, and constants moved outwards.
    fn ring_values(&mut self, op: B, x: Value, y: Value) -> Action {
        let ty = self.func.value_type(x);
        match op {
            B::Isub => {
                // (a + y) - y
                if let Some((a, b)) = self.is_binary(x, B::Iadd) {
                    if b == y {
                        return Use(a);
                    }
                    if a == y {
                        return Use(b);
                    }
                }
                // x - (x - a)
                if let Some((a, b)) = self.is_binary(y, B::Isub)
                    && a == x
                {
                    return Use(b);
                }
                // x - (a + n)
                if let Some((a, n)) = self.is_binary_int(y, B::Iadd) {
                    let x = self.emit_binary(B::Isub, x, a);
                    let y = self.emit_int(ty, n.wrapping_neg());
                    return Replace(InstData::Binary { op: B::Iadd, x, y });
                }
                Keep
            }
            B::Iadd => {
                for (x, y) in [(x, y), (y, x)] {
                    // (a - y) + y
                    if let Some((a, b)) = self.is_binary(x, B::Isub) {
                        if b == y {
                            return Use(a);
                        }
                        // (0 - b) + y
                        if self.int(a) == Some(0) {
                            let op = B::Isub;
                            return Replace(InstData::Binary { op, x: y, y: b });
                        }
                    }
                }
                Keep
            }
            B::And | B::Or => {
                for (x, y) in [(x, y), (y, x)] {
                    // x & (x & a), x | (x | a)
                    if let Some((a, b)) = self.is_binary(y, op)
                        && (a == x || b == x)
                    {
                        return Use(y);
                    }
                }
                Keep
            }
            _ => Keep,
        }
    }

    fn shift(&mut self, op: B, x: Value, y: Value) -> Action {
        let ty = self.func.value_type(x);
        let mask = i64::from(width(ty) - 1);
        if self.int(x) == Some(0) {
            return Use(x);
        }
        let Some(n) = self.int(y) else {
            // Only the low bits of the count are looked at.
            return match self.is_binary_int(y, B::And) {
                Some((inner, n)) if n & mask == mask => {
                    Replace(InstData::Binary { op, x, y: inner })
                }
                Some(_) | None => Keep,
            };
        };
        if n & mask == 0 {
            return Use(x);
        }
        if n != n & mask {
            let y = self.emit_int(ty, n & mask);
            return Replace(InstData::Binary { op, x, y });
        }
        let Some((inner, m)) = self.is_binary_int(x, op) else {
            // Sign bits shifted in and out again, and the like.
            if op == B::ShrS && self.range(x).is_nonnegative() {
                let op = B::ShrU;
                return Replace(InstData::Binary { op, x, y });
            }
            if op == B::ShrU
                && let Some((inner, m)) = self.is_binary_int(x, B::Shl)
                && m == n
            {
                let low = (u64::MAX >> (64 - width(ty)) >> n) as i64;
                let y = self.emit_int(ty, low);
                let op = B::And;
                return Replace(InstData::Binary { op, x: inner, y });
            }
            return Keep;
        };
        // Both counts are in range by now.
        let sum = m + n;
        let sum = match op {
            B::Shl | B::ShrU if sum > mask => return Replace(int_const(ty, 0)),
            B::ShrS => sum.min(mask),
            B::Rotl | B::Rotr => sum & mask,
            _ => sum,
        };
        let y = self.emit_int(ty, sum);
        Replace(InstData::Binary { op, x: inner, y })
    }

    fn division(&mut self, op: B, x: Value, y: Value) -> Action {
        let ty = self.func.value_type(x);
        let Some(n) = self.int(y) else {
            return Keep;
        };
        match (op, n) {
            (B::DivS | B::DivU, 1) => return Use(x),
            (B::RemS | B::RemU, 1) => return Replace(int_const(ty, 0)),
            _ => {}
        }
        // Only the most negative number is as large as itself. Some engines divide wrongly by it where it is constant.
        if op == B::DivS
            && n == (if ty == Type::I64 {
                i64::MIN
            } else {
                i64::from(i32::MIN)
            })
        {
            let equal = InstData::Binary { op: B::Eq, x, y };
            if ty != Type::I64 {
                return Replace(equal);
            }
            let x = self.emit(equal);
            return Replace(InstData::Unary {
                op: UnaryOp::ExtendU,
                x,
                ty,
            });
        }
        let power = n > 0 && n.count_ones() == 1;
        let unsigned = match op {
            B::DivS | B::RemS => self.range(x).is_nonnegative(),
            _ => true,
        };
        if !unsigned {
            return Keep;
        }
        match op {
            B::DivS | B::DivU if power => {
                let y = self.emit_int(ty, n.trailing_zeros().into());
                Replace(InstData::Binary { op: B::ShrU, x, y })
            }
            B::RemS | B::RemU if power => {
                let y = self.emit_int(ty, n - 1);
                Replace(InstData::Binary { op: B::And, x, y })
            }
            _ => Keep,
        }
    }

    fn ref_add(&mut self, x: Value, y: Value) -> Action {
        // The constant of `x + (a + n)` is not moved outwards: `x + a` may lie outside of the object, and would not
        // keep it alive where it is all that is left.
        let Some(n) = self.int(y) else {
            return Keep;
        };
        if n == 0 {
            return Use(x);
        }
        let n = n as i32;
        match self.def(x) {
            Some(&InstData::SymAddr { sym, offset }) => match offset.checked_add(n) {
                Some(offset) => Replace(InstData::SymAddr { sym, offset }),
                None => Keep,
            },
            Some(&InstData::StackAddr { slot, offset }) => {
                let size = self.func.slots[slot].size;
                match offset.checked_add(n) {
                    Some(offset) if u32::try_from(offset).is_ok_and(|o| o <= size) => {
                        Replace(InstData::StackAddr { slot, offset })
                    }
                    Some(_) | None => Keep,
                }
            }
            Some(&InstData::Binary {
                op: op @ B::RefAdd,
                x,
                y,
            }) => match self.int(y) {
                Some(m) => {
                    let ty = self.func.value_type(y);
                    let y = self.emit_int(ty, i64::from((m as i32).wrapping_add(n)));
                    Replace(InstData::Binary { op, x, y })
                }
                None => Keep,
            },
            _ => Keep,
        }
    }
}

/// Whether a number is a run of ones from the lowest bit on.
fn is_low_mask(n: i64) -> bool {
    n > 0 && n.count_ones() == 64 - n.leading_zeros()
}
