//! Conversions between strings and bytes whose results nobody keeps: they share the memory of their operand. As in the
//! official compiler, these are operands of comparisons, tags of switches whose cases are constants, keys with which
//! maps are read, parts of concatenations, and ranges over the bytes of a string.

use crate::arith::Num;
use crate::func::FuncLowering;
use crate::scalars::Vals;
use polkago_ir::Value;
use polkago_syntax::{ExprId, ExprKind};
use polkago_types::{Mode, TypeId, TypeKind};

impl FuncLowering<'_> {
    /// `e` in type `t`; where it is a slice of bytes converted to a string, the string is valid only until the next
    /// statement of the program that may change the slice.
    pub fn transient_to(&mut self, e: ExprId, t: TypeId) -> Vals {
        match self
            .bytes_as_string(e)
            .filter(|_| self.cx.num(t) == Num::String)
        {
            Some(bytes) => {
                let bytes = self.expr(bytes);
                Vals::from_slice(&bytes[..2])
            }
            None => self.expr_to(e, t),
        }
    }

    /// The operand of `string(b)` for a slice of bytes.
    pub fn bytes_as_string(&self, e: ExprId) -> Option<ExprId> {
        let (from, operand) = self.converted(e)?;
        let string = self.cx.num(self.typ(e)) == Num::String;
        (string && self.is_byte_slice(from)).then_some(operand)
    }

    /// The elements of `x` for a range clause, their address and number.
    pub fn ranged_slice(&mut self, x: ExprId) -> (Value, Value) {
        let string = match self.converted(x) {
            Some((from, operand))
                if self.cx.num(from) == Num::String && self.is_byte_slice(self.typ(x)) =>
            {
                Some(operand)
            }
            _ => None,
        };
        let elements = self.expr(string.unwrap_or(x));
        (elements[0], elements[1])
    }

    /// Type and operand of a conversion that is not constant.
    fn converted(&self, e: ExprId) -> Option<(TypeId, ExprId)> {
        let e = self.unparen(e);
        let ExprKind::Call { fun, args, .. } = self.kind(e) else {
            return None;
        };
        let fun = self.unparen(*fun);
        let operand = *self.src().tree.exprs(*args).first()?;
        let plain = self.mode(fun) == Mode::Type
            && !matches!(self.mode(operand), Mode::Nil | Mode::Constant)
            && self.mode(e) != Mode::Constant
            && !self.evaluated.contains_key(&e);
        plain.then(|| (self.typ(operand), operand))
    }

    fn is_byte_slice(&self, t: TypeId) -> bool {
        matches!(self.cx.under(t), TypeKind::Slice(elem) if self.cx.size(*elem) == 1)
            && self.cx.num(t) == Num::Other
    }
}
