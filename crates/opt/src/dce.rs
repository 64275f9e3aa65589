//! Dead code elimination.
//!
//! Marks what is needed, starting from instructions with effects, and removes the rest: instructions, parameters of
//! blocks with the arguments for them, unreachable blocks. An `exit_check` stays, with the call before it, because
//! without it the call would leave the function; `prune_exits` takes away those that are not needed. A parameter makes its arguments needed only if it is
//! needed itself, so that cycles of values that only feed each other go. A call goes if the function is pure or
//! an allocator, and no result is needed. Linear.

use crate::pass::{FunctionPass, Program};
use cranelift_entity::EntitySet;
use polkago_ir::{Cfg, Effect, Function, Inst, InstData, Value, ValueDef};

/// The pass. See the module documentation.
pub struct Dce;

impl FunctionPass for Dce {
    fn name(&self) -> &'static str {
        "dce"
    }

    fn run(&self, func: &mut Function, program: &Program<'_>) -> bool {
        let mut changed = func.remove_unreachable_blocks();
        let mut marker = Marker {
            func,
            needed: EntitySet::with_capacity(func.values.len()),
            needed_insts: EntitySet::with_capacity(func.insts.len()),
            work: Vec::new(),
        };
        let entry = func.layout.first().copied();
        let mut enters_again = false;
        for &block in &func.layout {
            let insts = &func.blocks[block].insts;
            if let Some(&last) = insts.last() {
                enters_again |= func.insts[last].targets().any(|to| Some(to.block) == entry);
            }
            for (n, &inst) in insts.iter().enumerate() {
                // A check point needs the call before it.
                let checked = insts
                    .get(n + 1)
                    .is_some_and(|&next| matches!(func.insts[next], InstData::ExitCheck));
                if checked && func.insts[inst].is_call() || is_root(func, program, inst) {
                    marker.mark_inst(inst);
                }
            }
        }
        // The entry's parameters are the function's, and stay.
        let mut cfg: Option<Cfg> = None;
        while let Some(value) = marker.work.pop() {
            match func.values[value].def {
                ValueDef::Result(inst, _) => marker.mark_inst(inst),
                ValueDef::Param(block, _) if Some(block) == entry && !enters_again => {}
                ValueDef::Param(block, n) => {
                    let cfg = cfg.get_or_insert_with(|| Cfg::new(func));
                    for &pred in cfg.preds(block) {
                        let Some(inst) = func.terminator(pred) else {
                            continue;
                        };
                        for target in func.insts[inst].targets() {
                            if target.block == block {
                                marker.mark(target.args[n as usize]);
                            }
                        }
                    }
                }
            }
        }

        let Marker {
            needed,
            needed_insts,
            ..
        } = marker;
        let mut dead_params: EntitySet<Value> = EntitySet::with_capacity(func.values.len());
        for i in 0..func.layout.len() {
            let block = func.layout[i];
            if i > 0 {
                let params = func.blocks[block].params.iter().copied();
                dead_params.extend(params.filter(|&p| !needed.contains(p)));
            }
            let insts = &mut func.blocks[block].insts;
            let before = insts.len();
            insts.retain(|&inst| needed_insts.contains(inst));
            changed |= insts.len() != before;
        }
        if !dead_params.is_empty() {
            func.remove_block_params(&dead_params);
            changed = true;
        }
        changed
    }
}

/// Whether an instruction is needed for more than its results.
fn is_root(func: &Function, program: &Program<'_>, inst: Inst) -> bool {
    let data = &func.insts[inst];
    match data {
        InstData::Call { func: callee, .. } => {
            let name = &func.syms[*callee];
            let is_pure = || program.funcs.get(name).is_some_and(|f| f.attrs.pure);
            !(is_pure() || program.is_allocator(name))
        }
        _ => data.effect() == Effect::Binding,
    }
}

struct Marker<'a> {
    func: &'a Function,
    needed: EntitySet<Value>,
    needed_insts: EntitySet<Inst>,
    /// Needed values whose definitions have not been looked at.
    work: Vec<Value>,
}

impl Marker<'_> {
    fn mark(&mut self, value: Value) {
        if self.needed.insert(value) {
            self.work.push(value);
        }
    }

    fn mark_inst(&mut self, inst: Inst) {
        if !self.needed_insts.insert(inst) {
            return;
        }
        // Arguments of branches are needed if their parameters are.
        let func = self.func;
        match &func.insts[inst] {
            InstData::Jump(_) => {}
            InstData::Brif { cond: v, .. } | InstData::BrTable { index: v, .. } => self.mark(*v),
            data => data.visit_operands(|v| self.mark(v)),
        }
    }
}
