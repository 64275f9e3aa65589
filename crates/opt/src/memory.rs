//! What memory an address may point to, and which accesses may meet.

use cranelift_entity::{EntitySet, SecondaryMap};
use polkago_ir::{
    BinaryOp, Function, Inst, InstData, MemType, StackSlot, SymRef, UnaryOp, Value, ValueDef,
};

use crate::pass::Program;

/// What an address points into. An address stays inside of its object.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Root {
    /// A data object.
    Data(SymRef),
    /// A stack slot.
    Slot(StackSlot),
    /// The object that a call of an allocator has made.
    Fresh(Inst),
    /// Anything whose address something else has, too.
    Unknown,
}

/// The objects of a function that nothing outside of it has the address of.
pub struct Private {
    allocators: SecondaryMap<SymRef, bool>,
    escaped_slots: EntitySet<StackSlot>,
    escaped: EntitySet<Value>,
}

impl Private {
    /// Looks at all uses of addresses. Linear.
    pub fn new(func: &Function, program: &Program<'_>) -> Self {
        let mut this = Self {
            allocators: SecondaryMap::new(),
            escaped_slots: EntitySet::with_capacity(func.slots.len()),
            escaped: EntitySet::with_capacity(func.values.len()),
        };
        for (sym, name) in &func.syms {
            this.allocators[sym] = program.is_allocator(name);
        }
        for &block in &func.layout {
            for &inst in &func.blocks[block].insts {
                this.visit(func, inst);
            }
        }
        this
    }

    fn visit(&mut self, func: &Function, inst: Inst) {
        let data = &func.insts[inst];
        match *data {
            InstData::Load { .. }
            | InstData::MemCopy { .. }
            | InstData::MemFill { .. }
            | InstData::Unary {
                op: UnaryOp::Eqz, ..
            } => {}
            InstData::Store { value, .. } => self.escape(func, value),
            // What is added to keeps pointing into its object, which is asked for through the sum.
            InstData::Binary { op, .. } if op == BinaryOp::RefAdd || op.is_comparison() => {}
            _ => data.visit_operands(|v| self.escape(func, v)),
        }
    }

    fn escape(&mut self, func: &Function, v: Value) {
        match object(func, v) {
            Object::Slot(slot) => {
                self.escaped_slots.insert(slot);
            }
            Object::Value(v) => {
                self.escaped.insert(v);
            }
            Object::Data(_) => {}
        }
    }

    /// What an address points into.
    pub fn root(&self, func: &Function, addr: Value) -> Root {
        match object(func, addr) {
            Object::Data(sym) => Root::Data(sym),
            Object::Slot(slot) => Root::Slot(slot),
            Object::Value(v) => match func.values[v].def {
                ValueDef::Result(inst, 0) => match func.insts[inst] {
                    InstData::Call { func: callee, .. }
                        if self.allocators[callee] && !self.escaped.contains(v) =>
                    {
                        Root::Fresh(inst)
                    }
                    _ => Root::Unknown,
                },
                _ => Root::Unknown,
            },
        }
    }

    /// Whether only this function has the address of what an address points into.
    pub fn is_private(&self, root: Root) -> bool {
        match root {
            Root::Slot(slot) => !self.escaped_slots.contains(slot),
            Root::Fresh(_) => true,
            Root::Data(_) | Root::Unknown => false,
        }
    }

    /// Whether two addresses never point to the same byte.
    pub fn are_distinct(&self, a: Root, b: Root) -> bool {
        match (a, b) {
            (Root::Unknown, other) | (other, Root::Unknown) => self.is_private(other),
            _ => a != b,
        }
    }
}

enum Object {
    Data(SymRef),
    Slot(StackSlot),
    Value(Value),
}

/// Where an address comes from, behind what was added to it.
fn object(func: &Function, mut addr: Value) -> Object {
    const DEPTH: usize = 16;
    for _ in 0..DEPTH {
        let ValueDef::Result(inst, _) = func.values[addr].def else {
            break;
        };
        match func.insts[inst] {
            InstData::SymAddr { sym, .. } => return Object::Data(sym),
            InstData::StackAddr { slot, .. } => return Object::Slot(slot),
            InstData::Binary {
                op: BinaryOp::RefAdd,
                x,
                ..
            } => addr = x,
            _ => break,
        }
    }
    Object::Value(addr)
}

/// The first byte of an access relative to its address, and the one behind it.
pub fn span(mem: MemType, offset: u32) -> (u64, u64) {
    let start = u64::from(offset);
    (start, start + u64::from(mem.size()))
}
