//! Global value numbering: an operation that was computed before, on each path to here, is not computed again.
//!
//! One walk over the dominator tree in preorder, with a table from operations to their value. An entry serves where
//! its block dominates; one that does not is overwritten, which loses nothing, because the walk has left the subtree
//! in which it was of use. Operands are rewritten first, so equal operations are equal as data.
//!
//! - *Facts* ([`facts`]): behind `brif` the condition is known in the block that only this branch leads to. If it is
//!   a comparison, so are the comparison with swapped operands, the opposite, and weaker ones. So a bounds check that
//!   repeats a dominating one, or follows from one, is folded; [`counters`] extends this to loops that count up.
//!   A value that was found equal to a constant is that constant, a number equal to an older one is that: behind a
//!   comparison of two lengths a check against one is a check against the other.
//! - *Reads* ([`reads`]): loads and reads of globals are merged as long as nothing is written in between, also with
//!   what was written last; along single edges, not where paths join. Loads from read-only data count as operations.
//!
//! Cost: linear, apart from hashing.

mod counters;
mod facts;
mod reads;

use crate::fold::{constant, fold};
use crate::memory::{Private, Root};
use crate::pass::{FunctionPass, Program};
use facts::Facts;
use hashbrown::hash_table::{Entry, HashTable};
use polkago_ir::{Aliases, Block, Cfg, Dominators, Effect, Function, Inst, InstData, Value};
use reads::Reads;
use rustc_hash::FxBuildHasher;
use std::hash::BuildHasher;

/// The pass. See the module documentation.
pub struct Gvn;

impl FunctionPass for Gvn {
    fn name(&self) -> &'static str {
        "gvn"
    }

    fn run(&self, func: &mut Function, program: &Program<'_>) -> bool {
        let cfg = Cfg::new(func);
        let dominators = Dominators::new(&cfg);
        let counters = counters::counters(func, &cfg, &dominators);
        let mut gvn = Numbering {
            program,
            dominators: &dominators,
            operations: Operations::default(),
            facts: Facts::new(&dominators, counters),
            reads: Reads::default(),
            private: Private::new(func, program),
            aliases: Aliases::new(),
            changed: false,
        };
        for &block in dominators.preorder() {
            gvn.facts.learn(func, &cfg, &mut gvn.aliases, block);
            gvn.reads.enter(&cfg, block);
            gvn.block(func, block);
            gvn.reads.leave(&cfg, block);
        }
        let Numbering {
            mut aliases,
            changed,
            ..
        } = gvn;
        aliases.apply(func);
        changed
    }
}

struct Numbering<'a> {
    program: &'a Program<'a>,
    dominators: &'a Dominators,
    operations: Operations,
    facts: Facts<'a>,
    reads: Reads,
    private: Private,
    aliases: Aliases,
    changed: bool,
}

impl Numbering<'_> {
    fn block(&mut self, func: &mut Function, block: Block) {
        let insts = std::mem::take(&mut func.blocks[block].insts);
        let mut kept = Vec::with_capacity(insts.len());
        for inst in insts {
            func.insts[inst].map_operands(|v| self.aliases.resolve(v));
            // What was learnt of a value before it was found equal to another one.
            let known = self.facts.test(&func.insts[inst], block);
            func.insts[inst].map_operands(|v| self.facts.representative(v, block));
            match self.known(func, inst, known, block) {
                Some(value) => {
                    self.aliases.replace(func.results[inst][0], value);
                    self.changed = true;
                }
                None => kept.push(inst),
            }
        }
        func.blocks[block].insts = kept;
    }

    /// The value that an instruction gives, if it exists already. Otherwise the instruction is kept in mind, or
    /// turned into a constant. `known` is what is known of it.
    fn known(
        &mut self,
        func: &mut Function,
        inst: Inst,
        known: Option<i32>,
        block: Block,
    ) -> Option<Value> {
        match func.insts[inst].effect() {
            Effect::Pure | Effect::Trapping => {}
            Effect::Reading if self.is_constant(func, inst) => {}
            Effect::Reading => {
                let result = func.results[inst][0];
                return self.reads.read(&func.insts[inst], result);
            }
            Effect::Binding => {
                self.reads.write(func, &self.private, inst);
                self.use_condition(func, inst, block);
                return None;
            }
        }
        let known = known.or_else(|| self.facts.test(&func.insts[inst], block));
        let known = known.map(InstData::I32Const);
        if let Some(constant) = known.or_else(|| fold(func, &func.insts[inst])) {
            func.insts[inst] = constant;
            self.changed = true;
        }
        self.operations
            .find_or_insert(func, self.dominators, inst, block)
    }

    /// Whether a read is one of data that nobody writes.
    fn is_constant(&self, func: &Function, inst: Inst) -> bool {
        let InstData::Load { addr, .. } = func.insts[inst] else {
            return false;
        };
        match self.private.root(func, addr) {
            Root::Data(sym) => {
                let data = self.program.data.get(&func.syms[sym]);
                data.is_some_and(|data| !data.mutable)
            }
            Root::Slot(_) | Root::Fresh(_) | Root::Unknown => false,
        }
    }

    /// Turns a branch on a known condition into a jump.
    fn use_condition(&mut self, func: &mut Function, inst: Inst, block: Block) {
        let new = match &func.insts[inst] {
            InstData::Brif { cond, then, els } => {
                let constant = || Some(constant(func, *cond)?.bits() != 0);
                match self.facts.condition(*cond, block).or_else(constant) {
                    Some(true) => then.clone(),
                    Some(false) => els.clone(),
                    None => return,
                }
            }
            InstData::BrTable {
                index,
                targets,
                default,
            } => match self.facts.index(*index, block) {
                Some(n) => targets.get(n as u32 as usize).unwrap_or(default).clone(),
                None => return,
            },
            _ => return,
        };
        func.insts[inst] = InstData::Jump(new);
        self.changed = true;
    }
}

/// The operations seen, by what they compute.
#[derive(Default)]
struct Operations(HashTable<Operation>);

struct Operation {
    hash: u64,
    inst: Inst,
    block: Block,
}

impl Operations {
    /// The value of an equal operation in a block that dominates the present one; else the operation is kept in mind.
    fn find_or_insert(
        &mut self,
        func: &Function,
        dominators: &Dominators,
        inst: Inst,
        block: Block,
    ) -> Option<Value> {
        let data = &func.insts[inst];
        // Operands in a fixed order, where the order does not matter.
        let swapped = match *data {
            InstData::Binary { op, x, y } if op.is_commutative() => {
                Some(InstData::Binary { op, x: y, y: x })
            }
            _ => None,
        };
        let hash = match &swapped {
            Some(InstData::Binary { x, y, .. }) if x < y => FxBuildHasher.hash_one(&swapped),
            _ => FxBuildHasher.hash_one(Some(data)),
        };
        let is_equal = |known: &Operation| {
            let known = &func.insts[known.inst];
            known == data || swapped.as_ref() == Some(known)
        };
        match self.0.entry(hash, is_equal, |known| known.hash) {
            Entry::Occupied(known) if dominators.dominates(known.get().block, block) => {
                Some(func.results[known.get().inst][0])
            }
            Entry::Occupied(mut known) => {
                *known.get_mut() = Operation { hash, inst, block };
                None
            }
            Entry::Vacant(place) => {
                place.insert(Operation { hash, inst, block });
                None
            }
        }
    }
}
