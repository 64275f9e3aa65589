//! Simplification of the control flow graph.
//!
//! - A branch to a block that only branches on goes to where that block goes: always, if it jumps; if it branches on
//!   one of its parameters, where the argument for that is a constant.
//! - A block whose one predecessor jumps to it is merged with it.
//! - `br_table` loses targets at its end that equal the default; with one target left it becomes `brif`.
//! - `brif` to the same block with different arguments becomes `jump` with `select`s.
//!
//! Two rounds, since each of these makes room for others. Each round is linear; chains of empty blocks are followed
//! to their end.

use crate::pass::{FunctionPass, Program};
use cranelift_entity::{EntitySet, SecondaryMap};
use polkago_ir::{
    Aliases, Block, BlockCall, Function, Inst, InstData, Scalar, Value, ValueDef, Values,
};

/// The pass. See the module documentation.
pub struct CfgSimplify;

impl FunctionPass for CfgSimplify {
    fn name(&self) -> &'static str {
        "cfg_simplify"
    }

    fn run(&self, func: &mut Function, _program: &Program<'_>) -> bool {
        let mut changed = func.remove_unreachable_blocks();
        const ROUNDS: usize = 2;
        for _ in 0..ROUNDS {
            let mut round = false;
            round |= thread(func);
            round |= simplify_terminators(func);
            if round {
                func.remove_unreachable_blocks();
            }
            round |= merge(func);
            changed |= round;
            if !round {
                break;
            }
        }
        changed
    }
}

/// Sends branches past blocks that only branch on.
fn thread(func: &mut Function) -> bool {
    // Such a block can be passed if its parameters are used by nothing but its own branch.
    let mut passable: EntitySet<Block> = EntitySet::with_capacity(func.blocks.len());
    let mut any = false;
    for &block in &func.layout[1..] {
        let data = &func.blocks[block];
        if let [only] = *data.insts {
            let branches_on = match &func.insts[only] {
                InstData::Jump(target) => target.block != block,
                InstData::Brif { cond: v, .. } | InstData::BrTable { index: v, .. } => {
                    matches!(func.values[*v].def, ValueDef::Param(b, _) if b == block)
                }
                _ => false,
            };
            if branches_on {
                passable.insert(block);
                any = true;
            }
        }
    }
    if !any {
        return false;
    }
    // A parameter used elsewhere must go on dominating its uses.
    for i in 0..func.layout.len() {
        let block = func.layout[i];
        for &inst in &func.blocks[block].insts {
            func.insts[inst].visit_operands(|v| {
                if let ValueDef::Param(b, _) = func.values[v].def
                    && b != block
                {
                    passable.remove(b);
                }
            });
        }
    }
    let mut changed = false;
    for i in 0..func.layout.len() {
        let Some(inst) = func.terminator(func.layout[i]) else {
            continue;
        };
        if !func.insts[inst]
            .targets()
            .any(|t| passable.contains(t.block))
        {
            continue;
        }
        let mut data = func.insts[inst].clone();
        for target in data.targets_mut() {
            // The bound ends the walk round a cycle of empty blocks.
            const LONGEST: usize = 100;
            for _ in 0..LONGEST {
                if !passable.contains(target.block) {
                    break;
                }
                let Some(next) = pass(func, target) else {
                    break;
                };
                *target = next;
                changed = true;
            }
        }
        func.insts[inst] = data;
    }
    changed
}

/// Where a branch to a passable block ends up.
fn pass(func: &Function, call: &BlockCall) -> Option<BlockCall> {
    let data = &func.blocks[call.block];
    let argument = |v: Value| match func.values[v].def {
        ValueDef::Param(b, n) if b == call.block => call.args[n as usize],
        ValueDef::Param(..) | ValueDef::Result(..) => v,
    };
    let constant = |v: Value| match func.values[argument(v)].def {
        ValueDef::Result(inst, _) => Scalar::of_inst(&func.insts[inst])?.int(),
        ValueDef::Param(..) => None,
    };
    let next = match &func.insts[*data.insts.first()?] {
        InstData::Jump(next) => next,
        InstData::Brif { cond, then, els } => {
            if constant(*cond)? != 0 {
                then
            } else {
                els
            }
        }
        InstData::BrTable {
            index,
            targets,
            default,
        } => targets
            .get(constant(*index)? as u32 as usize)
            .unwrap_or(default),
        _ => return None,
    };
    Some(BlockCall {
        block: next.block,
        args: next.args.iter().map(|&v| argument(v)).collect(),
    })
}

/// Cheaper terminators for the same effect.
fn simplify_terminators(func: &mut Function) -> bool {
    let mut changed = false;
    for i in 0..func.layout.len() {
        let block = func.layout[i];
        let Some(inst) = func.terminator(block) else {
            continue;
        };
        if let InstData::BrTable {
            index,
            targets,
            default,
        } = &mut func.insts[inst]
        {
            let before = targets.len();
            while targets.last() == Some(default) {
                targets.pop();
            }
            changed |= targets.len() != before;
            let new = match targets.as_slice() {
                [] => InstData::Jump(default.clone()),
                [first] => InstData::Brif {
                    cond: *index,
                    then: default.clone(),
                    els: first.clone(),
                },
                _ => continue,
            };
            func.insts[inst] = new;
            changed = true;
        }
        changed |= select_arguments(func, block, inst);
    }
    changed
}

/// Turns a `brif` with one target into a `jump`, selecting the arguments.
fn select_arguments(func: &mut Function, block: Block, inst: Inst) -> bool {
    // A select evaluates both sides, which are computed anyway, but also keeps both alive.
    const MOST: usize = 2;
    let InstData::Brif { cond, then, els } = &func.insts[inst] else {
        return false;
    };
    let different = then
        .args
        .iter()
        .zip(&els.args)
        .filter(|(a, b)| a != b)
        .count();
    if then.block != els.block || different > MOST {
        return false;
    }
    let (cond, target) = (*cond, then.block);
    let pairs: Vec<(Value, Value)> = then
        .args
        .iter()
        .copied()
        .zip(els.args.iter().copied())
        .collect();
    let loc = func.inst_locs[inst];
    func.blocks[block].insts.pop();
    let mut args = Values::new();
    for (x, y) in pairs {
        args.push(if x == y {
            x
        } else {
            let select = func.append(block, InstData::Select { cond, x, y }, loc);
            func.results[select][0]
        });
    }
    func.insts[inst] = InstData::Jump(BlockCall {
        block: target,
        args,
    });
    func.blocks[block].insts.push(inst);
    true
}

/// Appends blocks to the only predecessor that jumps to them.
fn merge(func: &mut Function) -> bool {
    let mut edges: SecondaryMap<Block, u32> = SecondaryMap::new();
    for &block in &func.layout {
        if let Some(inst) = func.terminator(block) {
            for target in func.insts[inst].targets() {
                edges[target.block] += 1;
            }
        }
    }
    let mut aliases = Aliases::new();
    let mut gone: EntitySet<Block> = EntitySet::with_capacity(func.blocks.len());
    for i in 0..func.layout.len() {
        let block = func.layout[i];
        if gone.contains(block) {
            continue;
        }
        while let Some(inst) = func.terminator(block)
            && let InstData::Jump(target) = &func.insts[inst]
            && edges[target.block] == 1
            && target.block != block
        {
            let BlockCall { block: next, args } = target.clone();
            for (&param, &arg) in func.blocks[next].params.iter().zip(&args) {
                aliases.replace(param, arg);
            }
            let moved = std::mem::take(&mut func.blocks[next]);
            let insts = &mut func.blocks[block].insts;
            insts.pop();
            insts.extend(moved.insts);
            gone.insert(next);
        }
    }
    if gone.is_empty() {
        return false;
    }
    func.layout.retain(|&b| !gone.contains(b));
    aliases.apply(func);
    true
}
