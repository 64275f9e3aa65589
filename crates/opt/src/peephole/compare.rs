//! Rules for comparisons.

use super::Action::{self, Keep, Replace, Use};
use super::unary::eqz;
use super::{Cx, int_const};
use polkago_ir::{BinaryOp as B, InstData, Type, UnaryOp, Value};

impl Cx<'_> {
    pub(super) fn compare(&mut self, op: B, x: Value, y: Value) -> Action {
        let ty = self.func.value_type(x);
        if x == y && matches!(ty, Type::I32 | Type::I64 | Type::Ref) {
            let same = matches!(op, B::Eq | B::LeS | B::LeU | B::GeS | B::GeU);
            return Replace(InstData::I32Const(same.into()));
        }
        match ty {
            Type::Ref => self.compare_refs(op, x, y),
            Type::I32 | Type::I64 => self.compare_ints(op, x, y),
            Type::F32 | Type::F64 => Keep,
        }
    }

    fn compare_refs(&mut self, op: B, x: Value, y: Value) -> Action {
        let null = |cx: &Self, v: Value| matches!(cx.def(v), Some(InstData::Null));
        if null(self, y) {
            return match (op, self.def(x)) {
                (B::Eq, _) => Replace(eqz(x)),
                (_, Some(InstData::StackAddr { .. } | InstData::SymAddr { offset: 0.., .. })) => {
                    Replace(InstData::I32Const(1))
                }
                _ => Keep,
            };
        }
        match (self.def(x), self.def(y)) {
            (
                Some(&InstData::StackAddr { slot: a, offset: n }),
                Some(&InstData::StackAddr { slot: b, offset: m }),
            ) if a == b => Replace(InstData::I32Const(((n == m) == (op == B::Eq)).into())),
            (
                Some(&InstData::SymAddr { sym: a, offset: n }),
                Some(&InstData::SymAddr { sym: b, offset: m }),
            ) if a == b => Replace(InstData::I32Const(((n == m) == (op == B::Eq)).into())),
            _ => Keep,
        }
    }

    fn compare_ints(&mut self, op: B, x: Value, y: Value) -> Action {
        if let Some(known) = self.compare_ranges(op, x, y) {
            return Replace(InstData::I32Const(known.into()));
        }
        match self.int(y) {
            Some(n) => self.compare_const(op, x, y, n),
            None => self.compare_values(op, x, y),
        }
    }

    /// What the bounds of the operands say.
    fn compare_ranges(&mut self, op: B, x: Value, y: Value) -> Option<bool> {
        let (rx, ry) = (self.range(x), self.range(y));
        let signed = rx.is_nonnegative() && ry.is_nonnegative();
        let less = || decide(rx.hi < ry.lo, rx.lo >= ry.hi);
        let less_or_equal = || decide(rx.hi <= ry.lo, rx.lo > ry.hi);
        let not = |known: Option<bool>| known.map(|k| !k);
        match op {
            B::Eq | B::Ne if rx.hi < ry.lo || ry.hi < rx.lo => Some(op == B::Ne),
            B::LtS => less(),
            B::LeS => less_or_equal(),
            B::GtS => not(less_or_equal()),
            B::GeS => not(less()),
            B::LtU if signed => less(),
            B::LeU if signed => less_or_equal(),
            B::GtU if signed => not(less_or_equal()),
            B::GeU if signed => not(less()),
            _ => None,
        }
    }

    fn compare_const(&mut self, op: B, x: Value, y: Value, n: i64) -> Action {
        let ty = self.func.value_type(x);
        let is_bool = self.is_bool(x);
        match (op, n) {
            (B::Eq, 0) | (B::LtU, 1) | (B::LeU, 0) => return Replace(eqz(x)),
            (B::Eq, 1) | (B::Ne, 0) if is_bool => return Use(x),
            (B::Ne, 1) if is_bool => return Replace(eqz(x)),
            (B::LtU, 0) => return Replace(InstData::I32Const(0)),
            (B::GeU, 0) => return Replace(InstData::I32Const(1)),
            (B::GtU, 0) => return Replace(InstData::Binary { op: B::Ne, x, y }),
            (B::GeU, 1) => {
                let y = self.emit_int(ty, 0);
                return Replace(InstData::Binary { op: B::Ne, x, y });
            }
            _ => {}
        }
        // Where signed and unsigned order agree, `x > 0` and `x >= 1` are tests for zero.
        if self.range(x).is_nonnegative() {
            match (op, n) {
                (B::LtS, 1) | (B::LeS, 0) => return Replace(eqz(x)),
                (B::GtS, 0) => return Replace(InstData::Binary { op: B::Ne, x, y }),
                (B::GeS, 1) => {
                    let y = self.emit_int(ty, 0);
                    return Replace(InstData::Binary { op: B::Ne, x, y });
                }
                _ => {}
            }
        }
        match (op, self.def(x)) {
            (
                B::Eq | B::Ne,
                Some(&InstData::Binary {
                    op: inner,
                    x: a,
                    y: b,
                }),
            ) => {
                match (inner, self.int(a), self.int(b)) {
                    // a + m == n
                    (B::Iadd, _, Some(m)) => {
                        let y = self.emit_int(ty, n.wrapping_sub(m));
                        Replace(InstData::Binary { op, x: a, y })
                    }
                    // m - b == n
                    (B::Isub, Some(m), _) => {
                        let y = self.emit_int(ty, m.wrapping_sub(n));
                        Replace(InstData::Binary { op, x: b, y })
                    }
                    (B::Isub | B::Xor, _, _) if n == 0 => {
                        Replace(InstData::Binary { op, x: a, y: b })
                    }
                    (B::Xor, _, Some(m)) => {
                        let y = self.emit_int(ty, n ^ m);
                        Replace(InstData::Binary { op, x: a, y })
                    }
                    _ => Keep,
                }
            }
            (_, Some(&InstData::Unary { op: ext, x: a, .. })) => {
                self.compare_extended(op, ext, a, n)
            }
            _ => Keep,
        }
    }

    /// A comparison of an extended i32 with a 64-bit constant.
    fn compare_extended(&mut self, op: B, extend: UnaryOp, a: Value, n: i64) -> Action {
        let narrow = match (extend, op) {
            // In range, or `compare_ranges` would have decided.
            (UnaryOp::ExtendS, B::Eq | B::Ne | B::LtS | B::LeS | B::GtS | B::GeS) => op,
            (UnaryOp::ExtendU, B::Eq | B::Ne) => op,
            (UnaryOp::ExtendU, B::LtS | B::LtU) => B::LtU,
            (UnaryOp::ExtendU, B::LeS | B::LeU) => B::LeU,
            (UnaryOp::ExtendU, B::GtS | B::GtU) => B::GtU,
            (UnaryOp::ExtendU, B::GeS | B::GeU) => B::GeU,
            _ => return Keep,
        };
        let fits = match extend {
            UnaryOp::ExtendS => i32::try_from(n).is_ok(),
            _ => u32::try_from(n).is_ok(),
        };
        if !fits {
            return Keep;
        }
        let y = self.emit(int_const(Type::I32, n));
        Replace(InstData::Binary {
            op: narrow,
            x: a,
            y,
        })
    }

    /// Comparisons of two values that are made in the same way.
    fn compare_values(&mut self, op: B, x: Value, y: Value) -> Action {
        let both = |wanted| Some((self.is_unary(x, wanted)?, self.is_unary(y, wanted)?));
        if let Some((x, y)) = both(UnaryOp::ExtendS)
            && matches!(op, B::Eq | B::Ne | B::LtS | B::LeS | B::GtS | B::GeS)
        {
            return Replace(InstData::Binary { op, x, y });
        }
        if let Some((x, y)) = both(UnaryOp::ExtendU) {
            let op = match op {
                B::LtS => B::LtU,
                B::LeS => B::LeU,
                B::GtS => B::GtU,
                B::GeS => B::GeU,
                op => op,
            };
            return Replace(InstData::Binary { op, x, y });
        }
        if let Some((x, y)) = both(UnaryOp::RefToInt)
            && matches!(op, B::Eq | B::Ne)
        {
            return Replace(InstData::Binary { op, x, y });
        }
        Keep
    }
}

/// True if the first condition holds, false if the second one does.
fn decide(is_true: bool, is_false: bool) -> Option<bool> {
    if is_true {
        Some(true)
    } else {
        is_false.then_some(false)
    }
}
