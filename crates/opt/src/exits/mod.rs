//! Calls that leave early: because a recovered panic or `Goexit` unwinds, or a goroutine is suspended (decision
//! record 0003).
//!
//! A call that leaves so, with no `exit_check` behind it, leaves the calling function as well. Up to the end of the
//! pipeline that is a rule of the IR, so that code which has nothing to do with it stays as plain as it is written.
//! Two module passes make use of what the whole program shows ([`Analysis`]):
//!
//! - [`PruneExits`], at the start: an `exit_check` behind a call that cannot leave early is 0, and one behind a call
//!   that cannot return otherwise is always taken.
//! - [`ExpandExits`], at the end and at every level: does the same, and makes the rule explicit where it matters.
//!   Behind a call that may leave early, in a function that may be left early, it puts `exit_check` and `brif` to a
//!   block with `return_exit`, one a function; where control cannot go on behind the call, a `return_exit` alone.
//!
//! A program in which nothing leaves early is not changed. Both are linear in the size of the program.

mod analysis;
mod expand;

use crate::pass::ModulePass;
use analysis::Analysis;
use polkago_ir::{Function, Inst, InstData, Module};
use rayon::prelude::*;

/// The pass at the start. See the module documentation.
pub struct PruneExits;

/// The pass at the end. See the module documentation.
pub struct ExpandExits;

/// Changes all functions side by side, given with their indices. Returns whether any was changed.
fn change_all(module: &mut Module, change: impl Fn(usize, &mut Function) -> bool + Sync) -> bool {
    let mut funcs: Vec<&mut Function> = module.funcs.values_mut().collect();
    let changed = funcs.par_iter_mut().enumerate();
    // All of them, not up to the first.
    changed
        .map(|(n, func)| change(n, func))
        .reduce(|| false, |a, b| a | b)
}

impl ModulePass for PruneExits {
    fn name(&self) -> &'static str {
        "prune_exits"
    }

    fn run(&self, module: &mut Module) -> bool {
        let analysis = Analysis::new(module);
        change_all(module, |n, func| prune(func, n, &analysis))
    }
}

impl ModulePass for ExpandExits {
    fn name(&self) -> &'static str {
        "expand_exits"
    }

    fn run(&self, module: &mut Module) -> bool {
        let analysis = Analysis::new(module);
        change_all(module, |n, func| {
            let pruned = prune(func, n, &analysis);
            analysis.may_be_left(n) && expand::expand(func, &analysis) || pruned
        })
    }
}

/// Decides the checks of a function whose outcome is known.
fn prune(func: &mut Function, n: usize, analysis: &Analysis) -> bool {
    if !analysis.has_checks(n) {
        return false;
    }
    let mut changed = false;
    for i in 0..func.layout.len() {
        let block = func.layout[i];
        for at in 1..func.blocks[block].insts.len() {
            let insts = &func.blocks[block].insts;
            let (call, check) = (insts[at - 1], insts[at]);
            if !matches!(func.insts[check], InstData::ExitCheck) {
                continue;
            }
            let next = insts.get(at + 1).copied();
            let site = analysis.site(func, call);
            if !site.may_exit {
                func.insts[check] = InstData::I32Const(0);
                decide(func, next, check, false);
                changed = true;
            } else if site.noreturn {
                changed |= decide(func, next, check, true);
            }
        }
    }
    changed && {
        func.remove_unreachable_blocks();
        true
    }
}

/// Turns a branch on the result of a check into a jump.
fn decide(func: &mut Function, branch: Option<Inst>, check: Inst, taken: bool) -> bool {
    let Some(branch) = branch else {
        return false;
    };
    let InstData::Brif { cond, then, els } = &func.insts[branch] else {
        return false;
    };
    if *cond != func.results[check][0] {
        return false;
    }
    let target = if taken { then } else { els };
    func.insts[branch] = InstData::Jump(target.clone());
    true
}
