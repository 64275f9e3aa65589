//! Rules for operations with one operand, and for `select`.

use super::Action::{self, Keep, Replace, Use};
use super::Cx;
use polkago_ir::{BinaryOp, InstData, Type, UnaryOp, Value};

impl Cx<'_> {
    pub(super) fn unary(&mut self, op: UnaryOp, x: Value, ty: Type) -> Action {
        match op {
            UnaryOp::Eqz => self.eqz(x),
            UnaryOp::Wrap => self.wrap(x),
            UnaryOp::Sext8 => self.sext(x, op, 8),
            UnaryOp::Sext16 => self.sext(x, op, 16),
            UnaryOp::ExtendS => {
                // One kind of extension where both are the same.
                let op = UnaryOp::ExtendU;
                if self.range(x).is_nonnegative() {
                    Replace(InstData::Unary { op, x, ty })
                } else {
                    Keep
                }
            }
            UnaryOp::Fneg => self.is_unary(x, UnaryOp::Fneg).map_or(Keep, Use),
            UnaryOp::Fabs => match (
                self.is_unary(x, UnaryOp::Fneg),
                self.is_unary(x, UnaryOp::Fabs),
            ) {
                (Some(x), _) => Replace(InstData::Unary { op, x, ty }),
                (None, Some(_)) => Use(x),
                (None, None) => Keep,
            },
            // Integer to float and back gives the same bits; the other way round a NaN may be made canonical.
            UnaryOp::Bitcast => match self.is_unary(x, UnaryOp::Bitcast) {
                Some(inner) if matches!(ty, Type::I32 | Type::I64) => Use(inner),
                Some(_) | None => Keep,
            },
            UnaryOp::RefToInt => self.is_unary(x, UnaryOp::IntToRef).map_or(Keep, Use),
            // The ref that this was made from keeps the object alive all the better.
            UnaryOp::IntToRef => self.is_unary(x, UnaryOp::RefToInt).map_or(Keep, Use),
            UnaryOp::Demote => self.is_unary(x, UnaryOp::Promote).map_or(Keep, Use),
            UnaryOp::Clz
            | UnaryOp::Ctz
            | UnaryOp::Popcnt
            | UnaryOp::ExtendU
            | UnaryOp::Ceil
            | UnaryOp::Floor
            | UnaryOp::Trunc
            | UnaryOp::Nearest
            | UnaryOp::Sqrt
            | UnaryOp::Promote
            | UnaryOp::TruncSatS32
            | UnaryOp::TruncSatU32
            | UnaryOp::TruncSatS64
            | UnaryOp::TruncSatU64
            | UnaryOp::ConvertS32
            | UnaryOp::ConvertU32
            | UnaryOp::ConvertS64
            | UnaryOp::ConvertU64 => Keep,
        }
    }

    /// Whether a reference is the address of a slot or data object, or made from one by adding. Nothing lies at
    /// address 0, and sums stay inside of their object.
    fn is_inside(&self, mut x: Value) -> bool {
        const DEPTH: usize = 8;
        for _ in 0..DEPTH {
            match self.def(x) {
                Some(InstData::StackAddr { .. } | InstData::SymAddr { offset: 0.., .. }) => {
                    return true;
                }
                Some(&InstData::Binary {
                    op: BinaryOp::RefAdd,
                    x: base,
                    ..
                }) => x = base,
                _ => return false,
            }
        }
        false
    }

    fn eqz(&mut self, x: Value) -> Action {
        match self.func.value_type(x) {
            Type::Ref if self.is_inside(x) => Replace(InstData::I32Const(0)),
            Type::Ref => Keep,
            Type::I32 | Type::I64 => {
                let range = self.range(x);
                if range.lo > 0 || range.hi < 0 {
                    return Replace(InstData::I32Const(0));
                }
                match self.def(x) {
                    Some(&InstData::Binary { op, x, y }) if op.is_comparison() => {
                        match op.inverted() {
                            Some(op) => Replace(InstData::Binary { op, x, y }),
                            None => Keep,
                        }
                    }
                    Some(&InstData::Unary { op, x: inner, .. }) => match op {
                        UnaryOp::Eqz if self.is_bool(inner) => Use(inner),
                        UnaryOp::Eqz => {
                            let y = match self.func.value_type(inner) {
                                Type::Ref => self.emit(InstData::Null),
                                ty @ (Type::I32 | Type::I64 | Type::F32 | Type::F64) => {
                                    self.emit_int(ty, 0)
                                }
                            };
                            Replace(InstData::Binary {
                                op: BinaryOp::Ne,
                                x: inner,
                                y,
                            })
                        }
                        UnaryOp::ExtendU | UnaryOp::ExtendS => Replace(eqz(inner)),
                        _ => Keep,
                    },
                    _ => Keep,
                }
            }
            Type::F32 | Type::F64 => Keep,
        }
    }

    fn wrap(&mut self, x: Value) -> Action {
        match self.def(x) {
            Some(&InstData::Unary {
                op: UnaryOp::ExtendS | UnaryOp::ExtendU,
                x,
                ..
            }) => Use(x),
            _ => Keep,
        }
    }

    /// `sext8` and `sext16` of what is in range already, or of what only differs above the bits looked at.
    fn sext(&mut self, x: Value, op: UnaryOp, bits: u32) -> Action {
        let highest = (1i64 << (bits - 1)) - 1;
        if self.range(x).within(-highest - 1, highest) {
            return Use(x);
        }
        let ty = self.func.value_type(x);
        let mask = (1i64 << bits) - 1;
        match self.is_binary_int(x, BinaryOp::And) {
            Some((inner, n)) if n & mask == mask => Replace(InstData::Unary { op, x: inner, ty }),
            Some(_) | None => Keep,
        }
    }

    pub(super) fn select(&mut self, cond: Value, x: Value, y: Value) -> Action {
        if x == y {
            return Use(x);
        }
        if let Some(n) = self.int(cond) {
            return Use(if n != 0 { x } else { y });
        }
        if let Some(cond) = self.is_unary(cond, UnaryOp::Eqz)
            && self.func.value_type(cond) == Type::I32
        {
            return Replace(InstData::Select { cond, x: y, y: x });
        }
        if let Some((cond, 0)) = self.is_binary_int(cond, BinaryOp::Ne)
            && self.func.value_type(cond) == Type::I32
        {
            return Replace(InstData::Select { cond, x, y });
        }
        if self.func.value_type(x) == Type::I32 {
            match (self.int(x), self.int(y)) {
                (Some(1), Some(0)) if self.is_bool(cond) => return Use(cond),
                (Some(1), Some(0)) => {
                    let op = BinaryOp::Ne;
                    return Replace(InstData::Binary { op, x: cond, y });
                }
                (Some(0), Some(1)) => return Replace(eqz(cond)),
                _ => {}
            }
        }
        Keep
    }
}

/// A test for zero.
pub(super) fn eqz(x: Value) -> InstData {
    InstData::Unary {
        op: UnaryOp::Eqz,
        x,
        ty: Type::I32,
    }
}
