//! What is known of memory and globals at a point of a block.

use crate::memory::{Private, span};
use cranelift_entity::SecondaryMap;
use polkago_ir::{Block, Cfg, Function, Inst, InstData, MemType, Value};
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
    pub fn write(&mut self, func: &Function, private: &Private, inst: Inst) {
        match &func.insts[inst] {
            InstData::Store {
                mem,
                addr,
                value,
                offset,
            } => {
                let (mem, addr, offset) = (*mem, *addr, *offset);
                let (start, end) = span(mem, offset);
                let written = private.root(func, addr);
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
                            private.are_distinct(written, private.root(func, a))
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
                let written = private.root(func, *dst);
                self.now.retain(|read, _| match *read {
                    InstData::Load { addr, .. } => {
                        private.are_distinct(written, private.root(func, addr))
                    }
                    _ => true,
                });
            }
            InstData::Call { .. } | InstData::CallIndirect { .. } => {
                self.now.retain(|read, _| match *read {
                    InstData::Load { addr, .. } => private.is_private(private.root(func, addr)),
                    _ => false,
                });
            }
            InstData::MemoryGrow(_) => {
                self.now.remove(&InstData::MemorySize);
            }
            _ => {}
        }
    }
}
