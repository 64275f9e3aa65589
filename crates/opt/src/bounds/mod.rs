//! Checks of indices and slice bounds that cannot fail.
//!
//! [`gvn`](crate::gvn) decides a check that repeats another one, or a test of the very same operands. This pass decides
//! those that follow from several tests together, from sums with constants, and from how loops count: in
//! `for i, j := 0, len(s)-1; i < j; i, j = i+1, j-1` both are indices of `s`. It asks for each check whether the
//! difference of index and limit is bounded, and follows definitions and branches back from the index for an answer, as
//! in Bodík, Gupta and Sarkar, "ABCD: Eliminating Array Bounds Checks on Demand" (PLDI 2000); unlike there, sums wrap
//! around, so each step through a sum that could do harm by that must be shown not to ([`prove`]).
//!
//! Each question may take so many steps; a function without checks costs one look at its blocks.

mod prove;
mod relations;

use crate::pass::{FunctionPass, Program};
use polkago_ir::{Block, Cfg, Dominators, Function, Inst, InstData, Value};
use prove::Prover;
use relations::Relation;
use rustc_hash::FxHashMap;

/// The pass. See the module documentation.
pub struct Bounds;

/// What begins the names of the functions that report a failed check; their arguments are what was compared: the index
/// and the limit, which is a length, a capacity, or a bound that was found to be none too large.
const REPORTS: [&str; 2] = ["runtime.panicIndex", "runtime.panicSlice"];

/// A branch to a report of a failed check.
struct Check {
    /// The block that ends with it.
    block: Block,
    branch: Inst,
    /// The condition's value where nothing is reported.
    passes: bool,
    /// What must hold so that it passes.
    claim: Relation,
    /// The limit that the report names.
    limit: Value,
}

impl FunctionPass for Bounds {
    fn name(&self) -> &'static str {
        "bounds"
    }

    fn run(&self, func: &mut Function, _program: &Program<'_>) -> bool {
        let checks = checks(func);
        if checks.is_empty() {
            return false;
        }
        let cfg = Cfg::new(func);
        let dominators = Dominators::new(&cfg);
        let mut prover = Prover::new(func, &cfg, &dominators);
        for check in &checks {
            prover.learn_nonnegative(check.limit, check.block);
        }
        let holds: Vec<bool> = checks.iter().map(|check| prover.holds(check)).collect();
        let mut changed = false;
        for (check, holds) in checks.iter().zip(holds) {
            if holds {
                pass(func, check);
                changed = true;
            }
        }
        if changed {
            func.remove_unreachable_blocks();
        }
        changed
    }
}

/// The checks of a function.
fn checks(func: &Function) -> Vec<Check> {
    let limits: FxHashMap<Block, Value> = func
        .layout
        .iter()
        .filter_map(|&block| Some((block, reported(func, block)?)))
        .collect();
    if limits.is_empty() {
        return Vec::new();
    }
    let mut checks = Vec::new();
    for &block in &func.layout {
        let Some(branch) = func.terminator(block) else {
            continue;
        };
        let InstData::Brif { cond, then, els } = &func.insts[branch] else {
            continue;
        };
        let (limit, passes) = match (limits.get(&then.block), limits.get(&els.block)) {
            (Some(limit), None) => (limit, false),
            (None, Some(limit)) => (limit, true),
            _ => continue,
        };
        if let Some(claim) = Relation::of(func, *cond, passes).filter(is_check) {
            checks.push(Check {
                block,
                branch,
                passes,
                claim,
                limit: *limit,
            });
        }
    }
    checks
}

/// Whether a relation is what a check asks: one of unsigned order, or that there is something at all.
fn is_check(relation: &Relation) -> bool {
    matches!(
        relation,
        Relation::Less { signed: false, .. } | Relation::NotZero(_)
    )
}

/// The limit of the check that a block reports as failed, if it does. Where it comes from outside of the block, it is
/// the value that was compared.
fn reported(func: &Function, block: Block) -> Option<Value> {
    func.blocks[block].insts.iter().find_map(|&inst| {
        let InstData::Call {
            func: callee, args, ..
        } = &func.insts[inst]
        else {
            return None;
        };
        let name = &func.syms[*callee];
        let reports = REPORTS.iter().any(|begin| name.starts_with(begin));
        (reports && args.len() == 2).then(|| args[1])
    })
}

/// Makes of a check that passes a jump.
fn pass(func: &mut Function, check: &Check) {
    if let InstData::Brif { then, els, .. } = &func.insts[check.branch] {
        let next = if check.passes { then } else { els };
        func.insts[check.branch] = InstData::Jump(next.clone());
    }
}
