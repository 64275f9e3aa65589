//! The result types of instructions.

use crate::{BinaryOp, Function, InstData, Type, UnaryOp};
use smallvec::{SmallVec, smallvec};

impl UnaryOp {
    /// The type of the result for an operand of type `operand`. What an illegal operand gives is any type.
    #[must_use]
    pub fn result_type(self, operand: Type) -> Type {
        use UnaryOp as U;
        match self {
            U::Clz | U::Ctz | U::Popcnt | U::Sext8 | U::Sext16 => operand,
            U::Fneg | U::Fabs | U::Ceil | U::Floor | U::Trunc | U::Nearest | U::Sqrt => operand,
            U::Eqz | U::Wrap | U::TruncSatS32 | U::TruncSatU32 | U::RefToInt => Type::I32,
            U::ExtendS | U::ExtendU | U::TruncSatS64 | U::TruncSatU64 => Type::I64,
            U::Demote | U::ConvertS32 | U::ConvertU32 => Type::F32,
            U::Promote | U::ConvertS64 | U::ConvertU64 => Type::F64,
            U::IntToRef => Type::Ref,
            U::Bitcast => match operand {
                Type::I32 => Type::F32,
                Type::I64 => Type::F64,
                Type::F32 => Type::I32,
                Type::F64 => Type::I64,
                Type::Ref => Type::I32,
            },
        }
    }
}

impl BinaryOp {
    /// Whether it is a comparison, which gives i32 whatever its operands are.
    #[must_use]
    pub fn is_comparison(self) -> bool {
        use BinaryOp as B;
        match self {
            B::Eq
            | B::Ne
            | B::LtS
            | B::LtU
            | B::LeS
            | B::LeU
            | B::GtS
            | B::GtU
            | B::GeS
            | B::GeU => true,
            B::Feq | B::Fne | B::Flt | B::Fle | B::Fgt | B::Fge => true,
            B::Iadd | B::Isub | B::Imul | B::DivS | B::DivU | B::RemS | B::RemU => false,
            B::And | B::Or | B::Xor | B::Shl | B::ShrS | B::ShrU | B::Rotl | B::Rotr => false,
            B::Fadd | B::Fsub | B::Fmul | B::Fdiv | B::Fmin | B::Fmax | B::Copysign | B::RefAdd => {
                false
            }
        }
    }
}

impl Function {
    /// The result types of an instruction with operands of this function.
    #[must_use]
    pub fn result_types(&self, data: &InstData) -> SmallVec<[Type; 2]> {
        match data {
            InstData::I32Const(_)
            | InstData::FuncIndex(_)
            | InstData::MemorySize
            | InstData::MemoryGrow(_)
            | InstData::ExitCheck => smallvec![Type::I32],
            InstData::I64Const(_) => smallvec![Type::I64],
            InstData::F32Const(_) => smallvec![Type::F32],
            InstData::F64Const(_) => smallvec![Type::F64],
            InstData::Null | InstData::SymAddr { .. } | InstData::StackAddr { .. } => {
                smallvec![Type::Ref]
            }
            InstData::Unary { ty, .. } | InstData::GlobalGet { ty, .. } => smallvec![*ty],
            InstData::Binary { op, x, .. } => {
                smallvec![if op.is_comparison() {
                    Type::I32
                } else {
                    self.value_type(*x)
                }]
            }
            InstData::Select { x, .. } => smallvec![self.value_type(*x)],
            InstData::Load { mem, .. } => smallvec![mem.value_type()],
            InstData::Call { sig, .. } | InstData::CallIndirect { sig, .. } => {
                self.sigs[*sig].results.iter().copied().collect()
            }
            InstData::Store { .. }
            | InstData::MemCopy { .. }
            | InstData::MemFill { .. }
            | InstData::GlobalSet { .. }
            | InstData::Jump(_)
            | InstData::Brif { .. }
            | InstData::BrTable { .. }
            | InstData::Return(_)
            | InstData::ReturnExit
            | InstData::Trap(_) => smallvec![],
        }
    }
}
