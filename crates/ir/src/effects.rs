//! What instructions do besides giving a value. Passes ask here before they remove, merge or move one.

use crate::{BinaryOp, InstData};

/// The effect class of an instruction, from harmless to binding.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Effect {
    /// The result depends on the operands alone and it never traps: it may be removed, merged and moved to any
    /// place that its operands dominate.
    Pure,
    /// As `Pure`, but it may trap: it may be removed or merged with one that dominates it, but not moved to where
    /// it did not run before.
    Trapping,
    /// It reads state that others write: it may be removed; it may be merged or moved only where nothing is written
    /// in between, and not to where it did not run before.
    Reading,
    /// It writes, calls, ends a block, or depends on its place.
    Binding,
}

impl InstData {
    /// The effect class. Calls are `Binding`, whatever the attributes of the function called.
    #[must_use]
    pub fn effect(&self) -> Effect {
        match self {
            Self::Binary {
                op: BinaryOp::DivS | BinaryOp::DivU | BinaryOp::RemS | BinaryOp::RemU,
                ..
            } => Effect::Trapping,
            Self::I32Const(_)
            | Self::I64Const(_)
            | Self::F32Const(_)
            | Self::F64Const(_)
            | Self::Null
            | Self::SymAddr { .. }
            | Self::FuncIndex(_)
            | Self::StackAddr { .. }
            | Self::Unary { .. }
            | Self::Binary { .. }
            | Self::Select { .. } => Effect::Pure,
            Self::Load { .. } | Self::GlobalGet { .. } | Self::MemorySize => Effect::Reading,
            Self::Store { .. }
            | Self::MemCopy { .. }
            | Self::MemFill { .. }
            | Self::Call { .. }
            | Self::CallIndirect { .. }
            | Self::GlobalSet { .. }
            | Self::MemoryGrow(_)
            | Self::ExitCheck
            | Self::Jump(_)
            | Self::Brif { .. }
            | Self::BrTable { .. }
            | Self::Return(_)
            | Self::ReturnExit
            | Self::Trap(_) => Effect::Binding,
        }
    }

    /// Whether it is a constant or an address that needs no operands: cheaper made again than kept.
    #[must_use]
    pub fn is_rematerializable(&self) -> bool {
        matches!(
            self,
            Self::I32Const(_)
                | Self::I64Const(_)
                | Self::F32Const(_)
                | Self::F64Const(_)
                | Self::Null
                | Self::SymAddr { .. }
                | Self::FuncIndex(_)
                | Self::StackAddr { .. }
        )
    }
}
