//! Loop rotation: the test of a loop moves from its top to its bottom.
//!
//! `for test { body }` becomes `if test { do { body } while test }`. The header, which computes the test, is copied;
//! the copy, the *guard*, stands on the edges that enter the loop, while the edges back keep leading to the old
//! header. An iteration then has one branch less, and what the body computes first is computed at least once where
//! the guard lets through, so that [`licm`](crate::licm) may move it out.
//!
//! A loop is rotated if its header ends with a branch that leaves it, to a block that is not a panic, if the header
//! is small and has no effects, and if all edges back are jumps; a loop that has its test at the bottom fails the
//! last condition. Values of the header that are used elsewhere come from two places now and are merged by
//! parameters. Linear, apart from the merging.

use crate::pass::{FunctionPass, Program};
use crate::ssa::{Var, Variables};
use cranelift_entity::{EntitySet, SecondaryMap};
use polkago_ir::{Block, Cfg, Dominators, Effect, Function, Inst, InstData, Loops, Type, Value};
use rustc_hash::FxHashMap;

/// The pass. See the module documentation.
pub struct Rotate;

/// The most instructions of a header that are copied, constants not counted.
const LARGEST: usize = 10;

impl FunctionPass for Rotate {
    fn name(&self) -> &'static str {
        "rotate"
    }

    fn run(&self, func: &mut Function, _program: &Program<'_>) -> bool {
        let cfg = Cfg::new(func);
        let dominators = Dominators::new(&cfg);
        let loops = Loops::new(&cfg, &dominators);
        let headers: Vec<Block> = loops
            .iter()
            .map(|l| loops.header(l))
            .filter(|&header| is_worthwhile(func, &cfg, &dominators, &loops, header))
            .collect();
        if headers.is_empty() {
            return false;
        }
        rotate(func, &dominators, &headers);
        true
    }
}

fn is_worthwhile(
    func: &Function,
    cfg: &Cfg,
    dominators: &Dominators,
    loops: &Loops,
    header: Block,
) -> bool {
    let (Some(this), Some(end)) = (loops.headed_by(header), func.terminator(header)) else {
        return false;
    };
    let InstData::Brif { then, els, .. } = &func.insts[end] else {
        return false;
    };
    let (stays, leaves) = match (
        loops.contains(this, then.block),
        loops.contains(this, els.block),
    ) {
        (true, false) => (then.block, els.block),
        (false, true) => (els.block, then.block),
        (true, true) | (false, false) => return false,
    };
    let panics = func
        .terminator(leaves)
        .is_some_and(|last| matches!(func.insts[last], InstData::Trap(_)));
    let jumps_back = |pred: Block| {
        let last = func.terminator(pred);
        last.is_some_and(|last| matches!(func.insts[last], InstData::Jump(_)))
    };
    let back = cfg.preds(header).iter().copied();
    let mut back = back.filter(|&pred| dominators.dominates(header, pred));
    let insts = &func.blocks[header].insts;
    let (_, before) = insts.split_last().expect("a terminator was found");
    let small = before
        .iter()
        .filter(|&&inst| !func.insts[inst].is_rematerializable())
        .count()
        <= LARGEST;
    header != func.entry()
        && stays != header
        && !panics
        && small
        && before
            .iter()
            .all(|&inst| func.insts[inst].effect() < Effect::Binding)
        && back.all(jumps_back)
}

/// A value of a header, and what stands for it in the guard.
struct Twin {
    header: Block,
    guard: Block,
    value: Value,
    copy: Value,
}

fn rotate(func: &mut Function, dominators: &Dominators, headers: &[Block]) {
    let mut guards: SecondaryMap<Block, Option<Block>> = SecondaryMap::new();
    let mut twins = Vec::new();
    hoist_constants(func, dominators, headers);
    for &header in headers {
        guards[header] = Some(copy(func, header, &mut twins));
    }
    // Edges into the loops lead to the guards. A guard is no part of its loop.
    for i in 0..func.layout.len() {
        let block = func.layout[i];
        let Some(end) = func.terminator(block) else {
            continue;
        };
        for target in func.insts[end].targets_mut() {
            if let Some(guard) = guards[target.block]
                && !dominators.dominates(target.block, block)
            {
                target.block = guard;
            }
        }
    }
    // The guard stands where the header stood, so that the order of blocks stays near that of the source.
    let mut layout = Vec::with_capacity(func.layout.len());
    for &block in &func.layout[..func.layout.len() - headers.len()] {
        layout.extend(guards[block]);
        layout.push(block);
    }
    func.layout = layout;
    merge(func, twins);
}

/// Moves constants of the headers to where they are known to guards, loops and what follows alike. Merged by
/// parameters they would be constants no longer.
fn hoist_constants(func: &mut Function, dominators: &Dominators, headers: &[Block]) {
    let mut rotated: EntitySet<Block> = EntitySet::with_capacity(func.blocks.len());
    rotated.extend(headers.iter().copied());
    for &header in headers {
        let mut above = dominators.idom(header);
        while let Some(block) = above
            && rotated.contains(block)
        {
            above = dominators.idom(block);
        }
        let above = above.expect("the entry is no header");
        let insts = std::mem::take(&mut func.blocks[header].insts);
        let (constants, others): (Vec<Inst>, Vec<Inst>) = insts
            .into_iter()
            .partition(|&inst| func.insts[inst].is_rematerializable());
        func.blocks[header].insts = others;
        let before = &mut func.blocks[above].insts;
        let end = before.len() - 1;
        before.splice(end..end, constants);
    }
}

/// Copies a header into a new block at the end of the layout.
fn copy(func: &mut Function, header: Block, twins: &mut Vec<Twin>) -> Block {
    let guard = func.new_block();
    let mut copies: FxHashMap<Value, Value> = FxHashMap::default();
    let mut twin = |copies: &mut FxHashMap<Value, Value>, value: Value, copy: Value| {
        copies.insert(value, copy);
        twins.push(Twin {
            header,
            guard,
            value,
            copy,
        });
    };
    for n in 0..func.blocks[header].params.len() {
        let param = func.blocks[header].params[n];
        let ty = func.value_type(param);
        let new = func.add_block_param(guard, ty);
        twin(&mut copies, param, new);
    }
    let insts: Vec<Inst> = func.blocks[header].insts.clone();
    for inst in insts {
        let mut data = func.insts[inst].clone();
        data.map_operands(|v| copies.get(&v).copied().unwrap_or(v));
        let new = func.append(guard, data, func.inst_locs[inst]);
        for n in 0..func.results[inst].len() {
            twin(&mut copies, func.results[inst][n], func.results[new][n]);
        }
    }
    guard
}

/// Replaces uses of a header's values outside of it by what comes from the guard or the header.
fn merge(func: &mut Function, twins: Vec<Twin>) {
    let mut numbers: SecondaryMap<Value, Option<u32>> = SecondaryMap::new();
    for (n, twin) in twins.iter().enumerate() {
        numbers[twin.value] = Some(n as u32);
    }
    // Only what is used elsewhere becomes a variable.
    let mut used: EntitySet<Value> = EntitySet::with_capacity(func.values.len());
    for &block in &func.layout {
        for &inst in &func.blocks[block].insts {
            func.insts[inst].visit_operands(|v| {
                if let Some(n) = numbers[v]
                    && twins[n as usize].header != block
                {
                    used.insert(v);
                }
            });
        }
    }
    let cfg = Cfg::new(func);
    let twins: Vec<Twin> = twins
        .into_iter()
        .filter(|t| used.contains(t.value))
        .collect();
    let types: Vec<Type> = twins.iter().map(|t| func.value_type(t.value)).collect();
    let mut variables = Variables::new(&cfg, types);
    let mut vars: SecondaryMap<Value, Option<Var>> = SecondaryMap::new();
    for (n, twin) in twins.iter().enumerate() {
        vars[twin.value] = Some(n as Var);
        variables.write(n as Var, twin.header, twin.value);
        variables.write(n as Var, twin.guard, twin.copy);
    }
    for block in cfg.rpo() {
        for i in 0..func.blocks[block].insts.len() {
            let inst = func.blocks[block].insts[i];
            let mut data = func.insts[inst].clone();
            let mut changed = false;
            data.map_operands(|v| match vars[v] {
                Some(var) if twins[var as usize].header != block => {
                    changed = true;
                    variables.read(func, var, block)
                }
                _ => v,
            });
            if changed {
                func.insts[inst] = data;
            }
        }
    }
    variables.finish(func);
    func.remove_unreachable_blocks();
}
