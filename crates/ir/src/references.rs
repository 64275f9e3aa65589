//! Visiting and rewriting what one instruction names in its function's tables.
//!
//! As with operands, these are the only places that know where [`InstData`] keeps it.

use crate::{InstData, SigRef, StackSlot, SymRef};

/// What an instruction names in its function's tables, at most one entry of each: as ids, or as references to where
/// the instruction keeps them.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct References<Sym, Sig, Slot> {
    /// The function, data object or global.
    pub sym: Option<Sym>,
    /// The signature of a call.
    pub sig: Option<Sig>,
    /// The stack slot.
    pub slot: Option<Slot>,
}

impl InstData {
    /// What the instruction names.
    #[must_use]
    pub fn references(&self) -> References<SymRef, SigRef, StackSlot> {
        let (sym, sig, slot) = match self {
            Self::SymAddr { sym, .. }
            | Self::FuncIndex(sym)
            | Self::GlobalGet { global: sym, .. }
            | Self::GlobalSet { global: sym, .. } => (Some(*sym), None, None),
            Self::Call { func, sig, .. } => (Some(*func), Some(*sig), None),
            Self::CallIndirect { sig, .. } => (None, Some(*sig), None),
            Self::StackAddr { slot, .. } => (None, None, Some(*slot)),
            Self::I32Const(_)
            | Self::I64Const(_)
            | Self::F32Const(_)
            | Self::F64Const(_)
            | Self::Null
            | Self::Unary { .. }
            | Self::Binary { .. }
            | Self::Select { .. }
            | Self::Load { .. }
            | Self::Store { .. }
            | Self::MemCopy { .. }
            | Self::MemFill { .. }
            | Self::MemorySize
            | Self::MemoryGrow(_)
            | Self::ExitCheck
            | Self::Jump(_)
            | Self::Brif { .. }
            | Self::BrTable { .. }
            | Self::Return(_)
            | Self::ReturnExit
            | Self::Trap(_) => (None, None, None),
        };
        References { sym, sig, slot }
    }

    /// What the instruction names, to be replaced in place.
    pub fn references_mut(&mut self) -> References<&mut SymRef, &mut SigRef, &mut StackSlot> {
        let (sym, sig, slot) = match self {
            Self::SymAddr { sym, .. }
            | Self::FuncIndex(sym)
            | Self::GlobalGet { global: sym, .. }
            | Self::GlobalSet { global: sym, .. } => (Some(sym), None, None),
            Self::Call { func, sig, .. } => (Some(func), Some(sig), None),
            Self::CallIndirect { sig, .. } => (None, Some(sig), None),
            Self::StackAddr { slot, .. } => (None, None, Some(slot)),
            Self::I32Const(_)
            | Self::I64Const(_)
            | Self::F32Const(_)
            | Self::F64Const(_)
            | Self::Null
            | Self::Unary { .. }
            | Self::Binary { .. }
            | Self::Select { .. }
            | Self::Load { .. }
            | Self::Store { .. }
            | Self::MemCopy { .. }
            | Self::MemFill { .. }
            | Self::MemorySize
            | Self::MemoryGrow(_)
            | Self::ExitCheck
            | Self::Jump(_)
            | Self::Brif { .. }
            | Self::BrTable { .. }
            | Self::Return(_)
            | Self::ReturnExit
            | Self::Trap(_) => (None, None, None),
        };
        References { sym, sig, slot }
    }
}
