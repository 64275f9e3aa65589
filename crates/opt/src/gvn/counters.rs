//! Values that are never negative because of how they are counted.
//!
//! A *counter* is a loop parameter that starts at a number that is not negative, and is itself plus one on each way
//! back, where it is known to be less, in signed order, than something: then the sum does not overflow. It is never
//! negative, so where it is less than a length in signed order, it is so in unsigned order, and the check of an
//! index against that length is decided.

use crate::fold::int;
use cranelift_entity::EntitySet;
use polkago_ir::{BinaryOp, Block, Cfg, Dominators, Function, InstData, Scalar, Value, ValueDef};

/// How many blocks up from the end of a loop's body the comparison may be.
const REACH: usize = 64;

/// The counters of a function.
pub fn counters(func: &Function, cfg: &Cfg, dominators: &Dominators) -> EntitySet<Value> {
    let mut found = EntitySet::new();
    for header in cfg.rpo() {
        let is_loop = cfg
            .preds(header)
            .iter()
            .any(|&p| dominators.dominates(header, p));
        if !is_loop {
            continue;
        }
        for (n, &param) in func.blocks[header].params.iter().enumerate() {
            let counts = cfg.preds(header).iter().all(|&pred| {
                let Some(inst) = func.terminator(pred) else {
                    return false;
                };
                let back = dominators.dominates(header, pred);
                let targets = func.insts[inst].targets();
                targets.filter(|t| t.block == header).all(|target| {
                    let arg = target.args[n];
                    if back && arg != param {
                        is_next(func, param, arg)
                            && is_less_than_something(func, cfg, dominators, param, pred, header)
                    } else {
                        arg == param || found.contains(arg) || is_nonnegative(func, arg)
                    }
                })
            });
            if counts {
                found.insert(param);
            }
        }
    }
    found
}

/// Whether `next` is `v + 1`.
fn is_next(func: &Function, v: Value, next: Value) -> bool {
    let ValueDef::Result(inst, _) = func.values[next].def else {
        return false;
    };
    match func.insts[inst] {
        InstData::Binary {
            op: BinaryOp::Iadd,
            x,
            y,
        } => x == v && int(func, y) == Some(1),
        _ => false,
    }
}

/// Whether on each way from `header` to `block` it was found that `v` is less than something.
fn is_less_than_something(
    func: &Function,
    cfg: &Cfg,
    dominators: &Dominators,
    v: Value,
    block: Block,
    header: Block,
) -> bool {
    let mut at = block;
    for _ in 0..REACH {
        if at == header {
            return false;
        }
        if let &[pred] = cfg.preds(at)
            && let Some(inst) = func.terminator(pred)
            && let InstData::Brif { cond, then, els } = &func.insts[inst]
            && then.block != els.block
            && let Some((less, _)) = signed_less(func, *cond, then.block == at)
            && less == v
        {
            return true;
        }
        match dominators.idom(at) {
            Some(up) => at = up,
            None => return false,
        }
    }
    false
}

/// The operands `a`, `b` of which `a < b` in signed order follows from a condition that holds or does not.
pub fn signed_less(func: &Function, cond: Value, holds: bool) -> Option<(Value, Value)> {
    let ValueDef::Result(inst, _) = func.values[cond].def else {
        return None;
    };
    let InstData::Binary { op, x, y } = func.insts[inst] else {
        return None;
    };
    match (op, holds) {
        (BinaryOp::LtS, true) | (BinaryOp::GeS, false) => Some((x, y)),
        (BinaryOp::GtS, true) | (BinaryOp::LeS, false) => Some((y, x)),
        _ => None,
    }
}

/// Whether a value is an integer that is not negative, as its definition says.
pub fn is_nonnegative(func: &Function, v: Value) -> bool {
    use polkago_ir::MemType;
    let ValueDef::Result(inst, _) = func.values[v].def else {
        return false;
    };
    match func.insts[inst] {
        InstData::Load {
            mem: MemType::U8 | MemType::U16,
            ..
        } => true,
        InstData::Binary {
            op: BinaryOp::And,
            y,
            ..
        } => int(func, y).is_some_and(|n| n >= 0),
        InstData::Binary {
            op: BinaryOp::ShrU,
            y,
            ..
        } => int(func, y).is_some_and(|n| (1..=31).contains(&n)),
        ref data => Scalar::of_inst(data)
            .and_then(Scalar::int)
            .is_some_and(|n| n >= 0),
    }
}
