//! Liveness: which values are still needed where a block begins and ends.
//!
//! By path exploration from each use up to the definition (Brandner et al., *Computing Liveness Sets for SSA-Form
//! Programs*, 2011, algorithm 6). The sets are sorted lists; cost and memory are linear in their total size, which
//! for front-end code is far below blocks times values.

use crate::{Block, Cfg, Function, Inst, Value};
use cranelift_entity::{EntitySet, SecondaryMap};

/// The live values of each reachable block.
#[derive(Clone, Debug)]
pub struct Liveness {
    live_in: SecondaryMap<Block, Vec<Value>>,
    live_out: SecondaryMap<Block, Vec<Value>>,
}

impl Liveness {
    /// Computes the sets.
    #[must_use]
    pub fn new(func: &Function, cfg: &Cfg) -> Self {
        let mut this = Self {
            live_in: SecondaryMap::with_capacity(func.blocks.len()),
            live_out: SecondaryMap::with_capacity(func.blocks.len()),
        };
        let mut def_block: SecondaryMap<Value, u32> = SecondaryMap::with_default(u32::MAX);
        for block in cfg.rpo() {
            let data = &func.blocks[block];
            let results = data.insts.iter().flat_map(|&i| &func.results[i]);
            for &v in data.params.iter().chain(results) {
                def_block[v] = block.as_u32();
            }
        }
        // Uses outside of the defining block. Each value's come together, so that whether it is in a set already
        // is seen from the last entry.
        let mut uses: Vec<(Value, Block)> = Vec::new();
        for block in cfg.rpo() {
            for &inst in &func.blocks[block].insts {
                func.insts[inst].visit_operands(|v| {
                    if def_block[v] != block.as_u32() {
                        uses.push((v, block));
                    }
                });
            }
        }
        uses.sort_unstable();
        uses.dedup();
        let mut work = Vec::new();
        for (v, block) in uses {
            work.push(block);
            while let Some(block) = work.pop() {
                if def_block[v] == block.as_u32() || this.live_in[block].last() == Some(&v) {
                    continue;
                }
                this.live_in[block].push(v);
                for &pred in cfg.preds(block) {
                    if this.live_out[pred].last() != Some(&v) {
                        this.live_out[pred].push(v);
                        work.push(pred);
                    }
                }
            }
        }
        this
    }

    /// The values live where a block begins, ascending; its parameters do not count.
    #[must_use]
    pub fn live_in(&self, block: Block) -> &[Value] {
        &self.live_in[block]
    }

    /// The values live behind a block, ascending; what it only passes as arguments does not count.
    #[must_use]
    pub fn live_out(&self, block: Block) -> &[Value] {
        &self.live_out[block]
    }

    /// Calls `f` for each instruction of a block from last to first, with the values live directly behind it: those
    /// among its results that are used later are in, its operands only if they are used later.
    pub fn walk_back(
        &self,
        func: &Function,
        block: Block,
        mut f: impl FnMut(Inst, &EntitySet<Value>),
    ) {
        let mut live = EntitySet::with_capacity(func.values.len());
        live.extend(self.live_out[block].iter().copied());
        for &inst in func.blocks[block].insts.iter().rev() {
            f(inst, &live);
            for &result in &func.results[inst] {
                live.remove(result);
            }
            func.insts[inst].visit_operands(|v| {
                live.insert(v);
            });
        }
    }
}
