//! Rules for branches on known or needlessly computed conditions.

use super::Action::{self, Keep, Replace};
use super::Cx;
use polkago_ir::{BinaryOp, Inst, InstData, Type, UnaryOp, Value};

impl Cx<'_> {
    pub(super) fn brif(&mut self, inst: Inst, cond: Value) -> Action {
        let InstData::Brif { then, els, .. } = &self.func.insts[inst] else {
            return Keep;
        };
        if then == els {
            return Replace(InstData::Jump(then.clone()));
        }
        if let Some(n) = self.int(cond) {
            return Replace(InstData::Jump(if n != 0 { then } else { els }.clone()));
        }
        // A test for zero turns the branch round; for null it must stay, a condition is an i32.
        if let Some(x) = self.is_unary(cond, UnaryOp::Eqz)
            && self.func.value_type(x) == Type::I32
        {
            return Replace(InstData::Brif {
                cond: x,
                then: els.clone(),
                els: then.clone(),
            });
        }
        let (then, els) = (then.clone(), els.clone());
        if let Some((x, y)) = self.is_binary(cond, BinaryOp::Ne) {
            if self.int(y) == Some(0) && self.func.value_type(x) == Type::I32 {
                return Replace(InstData::Brif { cond: x, then, els });
            }
            if matches!(self.def(y), Some(InstData::Null)) {
                let cond = self.emit(super::unary::eqz(x));
                return Replace(InstData::Brif {
                    cond,
                    then: els,
                    els: then,
                });
            }
        }
        // The low bit of a truth value.
        if let Some((x, 1)) = self.is_binary_int(cond, BinaryOp::And)
            && self.is_bool(x)
        {
            return Replace(InstData::Brif { cond: x, then, els });
        }
        Keep
    }

    pub(super) fn br_table(&mut self, inst: Inst, index: Value) -> Action {
        let Some(n) = self.int(index) else {
            return Keep;
        };
        let InstData::BrTable {
            targets, default, ..
        } = &self.func.insts[inst]
        else {
            return Keep;
        };
        let taken = targets.get(n as u32 as usize).unwrap_or(default);
        Replace(InstData::Jump(taken.clone()))
    }
}
