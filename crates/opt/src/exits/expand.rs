//! Puts checks behind calls that may leave early.

use super::analysis::Analysis;
use polkago_ir::{Block, BlockCall, Function, InstData, Values};

/// Puts checks behind the calls of a function that have none, if they may leave early.
pub fn expand(func: &mut Function, analysis: &Analysis) -> bool {
    let mut exit: Option<Block> = None;
    let mut changed = false;
    let mut layout = Vec::with_capacity(func.layout.len());
    for first in std::mem::take(&mut func.layout) {
        layout.push(first);
        let mut block = first;
        let insts = std::mem::take(&mut func.blocks[first].insts);
        for (at, &inst) in insts.iter().enumerate() {
            func.blocks[block].insts.push(inst);
            if !func.insts[inst].is_call() {
                continue;
            }
            let site = analysis.site(func, inst);
            let Some(&next) = insts.get(at + 1) else {
                continue;
            };
            if !site.may_exit || matches!(func.insts[next], InstData::ExitCheck) {
                continue;
            }
            let loc = func.inst_locs[inst];
            if site.noreturn {
                // Nothing behind the call is ever reached.
                func.append(block, InstData::ReturnExit, loc);
                changed = true;
                break;
            }
            if returns_at_once(func, inst, next) {
                continue;
            }
            let to = *exit.get_or_insert_with(|| func.blocks.push(Default::default()));
            let check = func.append(block, InstData::ExitCheck, loc);
            let after = func.blocks.push(Default::default());
            layout.push(after);
            let branch = InstData::Brif {
                cond: func.results[check][0],
                then: target(to),
                els: target(after),
            };
            func.append(block, branch, loc);
            block = after;
            changed = true;
        }
    }
    if let Some(exit) = exit {
        layout.push(exit);
        func.append(exit, InstData::ReturnExit, None.into());
    }
    func.layout = layout;
    if changed {
        func.remove_unreachable_blocks();
    }
    changed
}

/// Whether the function returns behind the call whatever happens, with nothing but what the call gave.
fn returns_at_once(func: &Function, call: polkago_ir::Inst, next: polkago_ir::Inst) -> bool {
    match &func.insts[next] {
        InstData::Return(values) => values.iter().all(|v| func.results[call].contains(v)),
        InstData::ReturnExit => true,
        _ => false,
    }
}

fn target(block: Block) -> BlockCall {
    BlockCall {
        block,
        args: Values::new(),
    }
}
