//! Visiting and rewriting the operands and branch targets of one instruction.
//!
//! These are the only places that know where [`InstData`] keeps its values: a new variant is handled here once,
//! and every pass follows.

use crate::{BlockCall, InstData, Value};

impl InstData {
    /// Calls `f` with each value operand in order, arguments of branch targets included.
    pub fn visit_operands(&self, mut f: impl FnMut(Value)) {
        match self {
            Self::I32Const(_)
            | Self::I64Const(_)
            | Self::F32Const(_)
            | Self::F64Const(_)
            | Self::Null
            | Self::SymAddr { .. }
            | Self::FuncIndex(_)
            | Self::StackAddr { .. }
            | Self::GlobalGet { .. }
            | Self::MemorySize
            | Self::ExitCheck
            | Self::ReturnExit
            | Self::Trap(_) => {}
            Self::Unary { x, .. } | Self::MemoryGrow(x) => f(*x),
            Self::Binary { x, y, .. } => {
                f(*x);
                f(*y);
            }
            Self::Select { cond, x, y } => {
                f(*cond);
                f(*x);
                f(*y);
            }
            Self::Load { addr, .. } => f(*addr),
            Self::Store { addr, value, .. } => {
                f(*addr);
                f(*value);
            }
            Self::MemCopy { dst, src, len, .. } => {
                f(*dst);
                f(*src);
                f(*len);
            }
            Self::MemFill { dst, byte, len } => {
                f(*dst);
                f(*byte);
                f(*len);
            }
            Self::Call { args, .. } | Self::Return(args) => args.iter().copied().for_each(f),
            Self::CallIndirect { callee, args, .. } => {
                f(*callee);
                args.iter().copied().for_each(f);
            }
            Self::GlobalSet { value, .. } => f(*value),
            Self::Jump(target) => target.args.iter().copied().for_each(f),
            Self::Brif { cond, then, els } => {
                f(*cond);
                then.args.iter().chain(&els.args).copied().for_each(f);
            }
            Self::BrTable {
                index,
                targets,
                default,
            } => {
                f(*index);
                let all = targets.iter().chain([default]);
                all.flat_map(|t| &t.args).copied().for_each(f);
            }
        }
    }

    /// Replaces each value operand by `f` of it, in the order of [`InstData::visit_operands`].
    pub fn map_operands(&mut self, mut f: impl FnMut(Value) -> Value) {
        let mut f = |v: &mut Value| *v = f(*v);
        match self {
            Self::I32Const(_)
            | Self::I64Const(_)
            | Self::F32Const(_)
            | Self::F64Const(_)
            | Self::Null
            | Self::SymAddr { .. }
            | Self::FuncIndex(_)
            | Self::StackAddr { .. }
            | Self::GlobalGet { .. }
            | Self::MemorySize
            | Self::ExitCheck
            | Self::ReturnExit
            | Self::Trap(_) => {}
            Self::Unary { x, .. } | Self::MemoryGrow(x) => f(x),
            Self::Binary { x, y, .. } => {
                f(x);
                f(y);
            }
            Self::Select { cond, x, y } => {
                f(cond);
                f(x);
                f(y);
            }
            Self::Load { addr, .. } => f(addr),
            Self::Store { addr, value, .. } => {
                f(addr);
                f(value);
            }
            Self::MemCopy { dst, src, len, .. } => {
                f(dst);
                f(src);
                f(len);
            }
            Self::MemFill { dst, byte, len } => {
                f(dst);
                f(byte);
                f(len);
            }
            Self::Call { args, .. } | Self::Return(args) => args.iter_mut().for_each(f),
            Self::CallIndirect { callee, args, .. } => {
                f(callee);
                args.iter_mut().for_each(f);
            }
            Self::GlobalSet { value, .. } => f(value),
            Self::Jump(target) => target.args.iter_mut().for_each(f),
            Self::Brif { cond, then, els } => {
                f(cond);
                then.args.iter_mut().chain(&mut els.args).for_each(f);
            }
            Self::BrTable {
                index,
                targets,
                default,
            } => {
                f(index);
                let all = targets.iter_mut().chain([default]);
                all.flat_map(|t| &mut t.args).for_each(f);
            }
        }
    }

    /// The branch targets in order: `then` before `els`, table entries before the default. Empty for anything but
    /// a branch.
    pub fn targets(&self) -> impl Iterator<Item = &BlockCall> {
        let (first, table, last): (_, &[BlockCall], _) = match self {
            Self::Jump(target) => (Some(target), &[], None),
            Self::Brif { then, els, .. } => (Some(then), &[], Some(els)),
            Self::BrTable {
                targets, default, ..
            } => (None, targets, Some(default)),
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
            | Self::Select { .. }
            | Self::Load { .. }
            | Self::Store { .. }
            | Self::MemCopy { .. }
            | Self::MemFill { .. }
            | Self::Call { .. }
            | Self::CallIndirect { .. }
            | Self::GlobalGet { .. }
            | Self::GlobalSet { .. }
            | Self::MemorySize
            | Self::MemoryGrow(_)
            | Self::ExitCheck
            | Self::Return(_)
            | Self::ReturnExit
            | Self::Trap(_) => (None, &[], None),
        };
        first.into_iter().chain(table).chain(last)
    }

    /// The branch targets, to be changed, in the order of [`InstData::targets`].
    pub fn targets_mut(&mut self) -> impl Iterator<Item = &mut BlockCall> {
        let (first, table, last): (_, &mut [BlockCall], _) = match self {
            Self::Jump(target) => (Some(target), &mut [], None),
            Self::Brif { then, els, .. } => (Some(then), &mut [], Some(els)),
            Self::BrTable {
                targets, default, ..
            } => (None, targets, Some(default)),
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
            | Self::Select { .. }
            | Self::Load { .. }
            | Self::Store { .. }
            | Self::MemCopy { .. }
            | Self::MemFill { .. }
            | Self::Call { .. }
            | Self::CallIndirect { .. }
            | Self::GlobalGet { .. }
            | Self::GlobalSet { .. }
            | Self::MemorySize
            | Self::MemoryGrow(_)
            | Self::ExitCheck
            | Self::Return(_)
            | Self::ReturnExit
            | Self::Trap(_) => (None, &mut [], None),
        };
        first.into_iter().chain(table).chain(last)
    }
}
