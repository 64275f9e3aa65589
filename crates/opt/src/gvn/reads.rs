//! What is known of memory and globals at a point of a block.

use cranelift_entity::SecondaryMap;
use polkago_ir::{
    BinaryOp, Block, Cfg, Function, Inst, InstData, MemType, StackSlot, SymRef, Value, ValueDef,
};
use rustc_hash::FxHashMap;

/// Loads and reads of globals, as instructions, with the value they would give.
type Known = FxHashMap<InstData, Value>;

/// The state of memory along a walk over the blocks in which a single predecessor comes before its successors.
#[derive(Default)]
pub struct Reads {
    now: Known,
    /// What is known at the end of a block, and for how many successors it is kept.
    at_end: SecondaryMap<Block, Option<(Known, u32)>>,
}

/// More than this is not carried to several successors, so that the cost stays linear.
const MOST: usize = 64;

impl Reads {
    /// Goes to the start of a block: what its only predecessor knew still holds.
    pub fn enter(&mut self, cfg: &Cfg, block: Block) {
        self.now.clear();
        let &[pred] = cfg.preds(block) else {
            return;
        };
        if let Some((known, uses)) = &mut self.at_end[pred] {
            *uses -= 1;
            if *uses == 0 {
                self.now = std::mem::take(known);
            } else if known.len() <= MOST {
                self.now.clone_from(known);
            }
        }
    }

    /// Leaves a block at its end.
    pub fn leave(&mut self, cfg: &Cfg, block: Block) {
        let only = cfg
            .succs(block)
            .iter()
            .filter(|&&s| cfg.preds(s).len() == 1);
        let uses = only.count() as u32;
        if uses > 0 && !self.now.is_empty() {
            self.at_end[block] = Some((std::mem::take(&mut self.now), uses));
        }
    }

    /// The value that a read would give, or else that it gives `result`.
    pub fn read(&mut self, data: &InstData, result: Value) -> Option<Value> {
        if let Some(&value) = self.now.get(data) {
            return Some(value);
        }
        self.now.insert(data.clone(), result);
        None
    }

    /// Forgets what an instruction may change, and keeps in mind what it writes.
    pub fn write(&mut self, func: &Function, inst: Inst) {
        match &func.insts[inst] {
            InstData::Store {
                mem,
                addr,
                value,
                offset,
            } => {
                let (mem, addr, offset) = (*mem, *addr, *offset);
                let (start, end) = span(mem, offset);
                let written = root(func, addr);
                self.now.retain(|read, _| match *read {
                    InstData::Load {
                        mem,
                        addr: a,
                        offset,
                    } => {
                        let (from, to) = span(mem, offset);
                        if a == addr {
                            to <= start || from >= end
                        } else {
                            are_distinct(written, root(func, a))
                        }
                    }
                    _ => true,
                });
                // What is stored is what is read, unless it is cut.
                if let MemType::Full(_) = mem {
                    self.now
                        .insert(InstData::Load { mem, addr, offset }, *value);
                }
            }
            InstData::GlobalSet { global, value } => {
                let key = InstData::GlobalGet {
                    global: *global,
                    ty: func.value_type(*value),
                };
                self.now.insert(key, *value);
            }
            InstData::MemCopy { dst, .. } | InstData::MemFill { dst, .. } => {
                let written = root(func, *dst);
                self.now.retain(|read, _| match *read {
                    InstData::Load { addr, .. } => are_distinct(written, root(func, addr)),
                    _ => true,
                });
            }
            InstData::Call { .. } | InstData::CallIndirect { .. } | InstData::MemoryGrow(_) => {
                self.now.clear();
            }
            _ => {}
        }
    }
}

/// The first byte of an access relative to its address, and the one behind it.
fn span(mem: MemType, offset: u32) -> (u64, u64) {
    let start = u64::from(offset);
    (start, start + u64::from(mem.size()))
}

/// What an address points into. An address stays inside of its object.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Root {
    /// A data object.
    Data(SymRef),
    /// A stack slot.
    Slot(StackSlot),
    /// Anything.
    Unknown,
}

/// Whether two addresses never point to the same byte.
fn are_distinct(a: Root, b: Root) -> bool {
    a != b && a != Root::Unknown && b != Root::Unknown
}

/// What an address points into.
pub fn root(func: &Function, mut addr: Value) -> Root {
    const DEPTH: usize = 8;
    for _ in 0..DEPTH {
        let ValueDef::Result(inst, _) = func.values[addr].def else {
            break;
        };
        match func.insts[inst] {
            InstData::SymAddr { sym, .. } => return Root::Data(sym),
            InstData::StackAddr { slot, .. } => return Root::Slot(slot),
            InstData::Binary {
                op: BinaryOp::RefAdd,
                x,
                ..
            } => addr = x,
            _ => break,
        }
    }
    Root::Unknown
}
