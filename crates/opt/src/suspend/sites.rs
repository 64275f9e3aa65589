//! Calls that may be suspended, each at the end of a block of its own.

use super::analysis::Analysis;
use polkago_ir::{Block, BlockCall, Function, Inst, InstData, Value, Values};

/// A call that may be suspended. Its block ends with the call, an `exit_check`, and a `brif` on that to `leave`,
/// or else to where the call returns.
pub struct Site {
    /// The block of the call.
    pub block: Block,
    /// The call.
    pub call: Inst,
    /// The result of the check.
    pub check: Value,
    /// Where it goes on if the call left early, but was not suspended; `None` if that makes no difference.
    pub unwind: Option<BlockCall>,
    /// Where it goes on otherwise.
    pub after: BlockCall,
    /// An empty block for what happens if the call left early.
    pub leave: Block,
}

/// Splits the blocks of a function behind such calls.
pub fn split(func: &mut Function, analysis: &Analysis) -> Vec<Site> {
    let mut sites = Vec::new();
    let mut layout = Vec::with_capacity(func.layout.len());
    let mut cold = Vec::new();
    for first in std::mem::take(&mut func.layout) {
        layout.push(first);
        let insts = std::mem::take(&mut func.blocks[first].insts);
        let mut block = first;
        let mut at = 0;
        while let Some(&inst) = insts.get(at) {
            func.blocks[block].insts.push(inst);
            at += 1;
            if !func.insts[inst].is_call() || !analysis.may_suspend(func, inst) {
                continue;
            }
            let loc = func.inst_locs[inst];
            let check = match insts.get(at) {
                Some(&check) if matches!(func.insts[check], InstData::ExitCheck) => {
                    func.blocks[block].insts.push(check);
                    at += 1;
                    check
                }
                _ => func.append(block, InstData::ExitCheck, loc),
            };
            let check = func.results[check][0];
            let leave = func.blocks.push(Default::default());
            cold.push(leave);
            // A branch on the check alone is shared.
            let branch = insts.get(at).map(|&next| func.insts[next].clone());
            let (unwind, after) = match branch {
                Some(InstData::Brif { cond, then, els }) if cond == check => {
                    at += 1;
                    (Some(then), els)
                }
                _ => (None, to(func.blocks.push(Default::default()))),
            };
            let data = InstData::Brif {
                cond: check,
                then: to(leave),
                els: after.clone(),
            };
            func.append(block, data, loc);
            sites.push(Site {
                block,
                call: inst,
                check,
                unwind,
                after: after.clone(),
                leave,
            });
            if at < insts.len() {
                block = after.block;
                layout.push(block);
            }
        }
    }
    layout.extend(cold);
    func.layout = layout;
    sites
}

/// A branch without arguments.
pub fn to(block: Block) -> BlockCall {
    BlockCall {
        block,
        args: Values::new(),
    }
}
