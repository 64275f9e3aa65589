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
use polkago_ir::{
    BinaryOp, Block, Cfg, Dominators, Function, Inst, InstData, UnaryOp, Value, ValueDef,
};
use prove::Prover;

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
    claim: Claim,
    /// The limit that the report names.
    limit: Value,
}

/// That one number is less than another, in unsigned order.
#[derive(Clone, Copy)]
struct Claim {
    less: Value,
    /// The other one; none for zero: then `less` is to be different from it instead.
    than: Option<Value>,
    /// They may be equal.
    or_equal: bool,
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
    let limits: Vec<(Block, Value)> = func
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
        let limit = |of: Block| limits.iter().find(|(block, _)| *block == of).map(|l| l.1);
        let (limit, passes) = match (limit(then.block), limit(els.block)) {
            (Some(limit), None) => (limit, false),
            (None, Some(limit)) => (limit, true),
            _ => continue,
        };
        if let Some(claim) = claim(func, *cond, passes) {
            checks.push(Check {
                block,
                branch,
                passes,
                claim,
                limit,
            });
        }
    }
    checks
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

/// What a condition asks that is a check.
fn claim(func: &Function, cond: Value, holds: bool) -> Option<Claim> {
    let not_zero = |less| Claim {
        less,
        than: None,
        or_equal: false,
    };
    let data = match func.values[cond].def {
        ValueDef::Result(inst, _) => &func.insts[inst],
        ValueDef::Param(..) => return holds.then_some(not_zero(cond)),
    };
    match *data {
        InstData::Binary { op, x, y } => {
            let (less, than, or_equal) = match (op, holds) {
                (BinaryOp::LtU, true) | (BinaryOp::GeU, false) => (x, y, false),
                (BinaryOp::LeU, true) | (BinaryOp::GtU, false) => (x, y, true),
                (BinaryOp::GtU, true) | (BinaryOp::LeU, false) => (y, x, false),
                (BinaryOp::GeU, true) | (BinaryOp::LtU, false) => (y, x, true),
                _ => return None,
            };
            let narrow = func.value_type(less) == polkago_ir::Type::I32;
            narrow.then_some(Claim {
                less,
                than: Some(than),
                or_equal,
            })
        }
        InstData::Unary {
            op: UnaryOp::Eqz,
            x,
            ..
        } => (!holds && func.value_type(x) == polkago_ir::Type::I32).then_some(not_zero(x)),
        InstData::Load { .. } => holds.then_some(not_zero(cond)),
        _ => None,
    }
}

/// Makes of a check that passes a jump.
fn pass(func: &mut Function, check: &Check) {
    if let InstData::Brif { then, els, .. } = &func.insts[check.branch] {
        let next = if check.passes { then } else { els };
        func.insts[check.branch] = InstData::Jump(next.clone());
    }
}
