//! Algebraic properties of operations.

use crate::BinaryOp;

impl BinaryOp {
    /// Whether the operands may change places. Float addition and multiplication do, up to the bits of a NaN.
    #[must_use]
    pub fn is_commutative(self) -> bool {
        use BinaryOp as B;
        match self {
            B::Iadd | B::Imul | B::And | B::Or | B::Xor => true,
            B::Fadd | B::Fmul | B::Fmin | B::Fmax => true,
            B::Eq | B::Ne | B::Feq | B::Fne => true,
            B::Isub | B::DivS | B::DivU | B::RemS | B::RemU => false,
            B::Shl | B::ShrS | B::ShrU | B::Rotl | B::Rotr => false,
            B::Fsub | B::Fdiv | B::Copysign | B::RefAdd => false,
            B::LtS | B::LtU | B::LeS | B::LeU | B::GtS | B::GtU | B::GeS | B::GeU => false,
            B::Flt | B::Fle | B::Fgt | B::Fge => false,
        }
    }

    /// The comparison that is true where this one is false; `None` for what is no comparison, and for the orders
    /// of floats, where a NaN makes both false.
    #[must_use]
    pub fn inverted(self) -> Option<Self> {
        use BinaryOp as B;
        Some(match self {
            B::Eq => B::Ne,
            B::Ne => B::Eq,
            B::LtS => B::GeS,
            B::LtU => B::GeU,
            B::LeS => B::GtS,
            B::LeU => B::GtU,
            B::GtS => B::LeS,
            B::GtU => B::LeU,
            B::GeS => B::LtS,
            B::GeU => B::LtU,
            B::Feq => B::Fne,
            B::Fne => B::Feq,
            B::Flt | B::Fle | B::Fgt | B::Fge => return None,
            B::Iadd | B::Isub | B::Imul | B::DivS | B::DivU | B::RemS | B::RemU => return None,
            B::And | B::Or | B::Xor | B::Shl | B::ShrS | B::ShrU | B::Rotl | B::Rotr => {
                return None;
            }
            B::Fadd | B::Fsub | B::Fmul | B::Fdiv | B::Fmin | B::Fmax => return None,
            B::Copysign | B::RefAdd => return None,
        })
    }

    /// The operation that gives the same result with the operands in the other order, if there is one.
    #[must_use]
    pub fn swapped(self) -> Option<Self> {
        use BinaryOp as B;
        Some(match self {
            B::LtS => B::GtS,
            B::LtU => B::GtU,
            B::LeS => B::GeS,
            B::LeU => B::GeU,
            B::GtS => B::LtS,
            B::GtU => B::LtU,
            B::GeS => B::LeS,
            B::GeU => B::LeU,
            B::Flt => B::Fgt,
            B::Fle => B::Fge,
            B::Fgt => B::Flt,
            B::Fge => B::Fle,
            op if op.is_commutative() => op,
            _ => return None,
        })
    }
}
