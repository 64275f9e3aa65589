//! The rules inside one function.

use super::{VerifyError, VerifyErrors, result, types::check_operands};
use crate::{Block, BlockCall, Cfg, Dominators, Function, Inst, InstData, Type, Value, ValueDef};
use cranelift_entity::{EntitySet, SecondaryMap};

/// Checks the rules of a function. What it refers to by symbol is checked with the module.
///
/// # Errors
/// All violated rules found. Rules that presuppose others are only looked at when these hold.
pub fn verify_function(func: &Function) -> Result<(), VerifyErrors> {
    let mut verifier = Verifier {
        func,
        errors: Vec::new(),
        listed: EntitySet::with_capacity(func.blocks.len()),
    };
    verifier.tables();
    verifier.layout();
    // Everything later indexes arenas by what it finds in blocks and instructions.
    if verifier.errors.is_empty() && verifier.indices() {
        verifier.entry();
        verifier.blocks();
        if verifier.errors.is_empty() {
            verifier.dominance();
        }
    }
    result(verifier.errors)
}

struct Verifier<'a> {
    func: &'a Function,
    errors: Vec<VerifyError>,
    /// The blocks in the layout.
    listed: EntitySet<Block>,
}

impl Verifier<'_> {
    fn report(&mut self, place: String, message: impl Into<String>) {
        self.errors.push(VerifyError {
            symbol: self.func.name.clone(),
            place,
            message: message.into(),
        });
    }

    fn report_inst(&mut self, block: Block, inst: Inst, message: impl Into<String>) {
        let place = format!("{block}: {}", self.func.display_inst(inst));
        self.report(place, message);
    }

    fn tables(&mut self) {
        for (slot, data) in &self.func.slots {
            if !matches!(data.align, 1 | 2 | 4 | 8) {
                self.report(slot.to_string(), "alignment must be 1, 2, 4 or 8");
            }
            if let Some(message) = super::module::check_refs(&data.refs, data.size, data.align) {
                self.report(slot.to_string(), message);
            }
        }
        for &n in &self.func.borrows {
            if self.func.sig.params.get(n as usize) != Some(&Type::Ref) {
                self.report(String::new(), format!("parameter {n} is no ref to borrow"));
            }
        }
        for (loc, data) in &self.func.locs {
            if data.inlined_at.expand().is_some_and(|at| at >= loc) {
                self.report(
                    loc.to_string(),
                    "inlined at a location that does not stand before it",
                );
            }
        }
    }

    fn layout(&mut self) {
        if self.func.layout.is_empty() {
            self.report(String::new(), "no blocks");
        }
        for &block in &self.func.layout {
            if !self.func.blocks.is_valid(block) {
                self.report(block.to_string(), "listed, but does not exist");
            } else if !self.listed.insert(block) {
                self.report(block.to_string(), "listed twice");
            }
        }
    }

    /// Whether all indices found in blocks are inside their arenas.
    fn indices(&mut self) -> bool {
        let func = self.func;
        let mut placed: EntitySet<Inst> = EntitySet::with_capacity(func.insts.len());
        for &block in &func.layout {
            for &param in &func.blocks[block].params {
                if !func.values.is_valid(param) {
                    self.report(
                        block.to_string(),
                        format!("parameter {param} does not exist"),
                    );
                }
            }
            for (n, &inst) in func.blocks[block].insts.iter().enumerate() {
                if !func.insts.is_valid(inst) {
                    self.report(block.to_string(), format!("{inst} does not exist"));
                    continue;
                }
                if !placed.insert(inst) {
                    self.report(block.to_string(), format!("{inst} stands in two places"));
                }
                let place = || format!("{block}, instruction {n}");
                let mut values: Vec<Value> = func.results[inst].to_vec();
                func.insts[inst].visit_operands(|v| values.push(v));
                for v in values {
                    if !func.values.is_valid(v) {
                        self.report(place(), format!("{v} does not exist"));
                    }
                }
                for target in func.insts[inst].targets() {
                    if !self.listed.contains(target.block) {
                        self.report(place(), format!("target {} is not listed", target.block));
                    }
                }
                if !self.tables_valid(&func.insts[inst]) {
                    self.report(
                        place(),
                        "refers to a symbol, signature or slot that does not exist",
                    );
                }
                if func.inst_locs[inst]
                    .expand()
                    .is_some_and(|l| !func.locs.is_valid(l))
                {
                    self.report(place(), "its location does not exist");
                }
            }
        }
        self.errors.is_empty()
    }

    /// Whether the entries of the function's tables that an instruction names exist.
    fn tables_valid(&self, data: &InstData) -> bool {
        let func = self.func;
        let named = data.references();
        named.sym.is_none_or(|sym| func.syms.is_valid(sym))
            && named.sig.is_none_or(|sig| func.sigs.is_valid(sig))
            && named.slot.is_none_or(|slot| func.slots.is_valid(slot))
    }

    fn entry(&mut self) {
        let entry = self.func.entry();
        let params = &self.func.blocks[entry].params;
        let types = params.iter().map(|&p| self.func.value_type(p));
        if !types.eq(self.func.sig.params.iter().copied()) {
            let message = "the parameters of the entry must be those of the signature";
            self.report(entry.to_string(), message);
        }
    }

    fn blocks(&mut self) {
        let func = self.func;
        for &block in &func.layout {
            let data = &func.blocks[block];
            for (n, &param) in data.params.iter().enumerate() {
                if func.values[param].def != ValueDef::Param(block, n as u32) {
                    let message = format!("parameter {param} has another definition");
                    self.report(block.to_string(), message);
                }
            }
            if func.terminator(block).is_none() {
                self.report(block.to_string(), "no terminator at the end");
            }
            let mut before: Option<Inst> = None;
            for (n, &inst) in data.insts.iter().enumerate() {
                let inst_data = &func.insts[inst];
                if inst_data.is_terminator() && n + 1 != data.insts.len() {
                    self.report_inst(block, inst, "terminator before the end of the block");
                }
                if matches!(inst_data, InstData::ExitCheck)
                    && !before.is_some_and(|b| func.insts[b].is_call())
                {
                    self.report_inst(block, inst, "must stand directly behind a call");
                }
                self.results(block, inst);
                let mut messages = Vec::new();
                check_operands(func, inst_data, &mut |message| messages.push(message));
                for message in messages {
                    self.report_inst(block, inst, message);
                }
                if let InstData::StackAddr { slot, offset } = inst_data {
                    let size = func.slots[*slot].size;
                    if u32::try_from(*offset).map_or(true, |o| o > size) {
                        self.report_inst(
                            block,
                            inst,
                            format!("outside of {slot} with {size} bytes"),
                        );
                    }
                }
                for target in inst_data.targets() {
                    self.target(block, inst, target);
                }
                before = Some(inst);
            }
        }
    }

    fn results(&mut self, block: Block, inst: Inst) {
        let func = self.func;
        let results = &func.results[inst];
        let types = func.result_types(&func.insts[inst]);
        if !results
            .iter()
            .map(|&r| func.value_type(r))
            .eq(types.iter().copied())
        {
            let types: Vec<_> = types.iter().map(|t| t.name()).collect();
            let message = format!("the results must be ({})", types.join(", "));
            self.report_inst(block, inst, message);
        }
        for (n, &v) in results.iter().enumerate() {
            if func.values[v].def != ValueDef::Result(inst, n as u32) {
                self.report_inst(block, inst, format!("result {v} has another definition"));
            }
        }
    }

    fn target(&mut self, block: Block, inst: Inst, target: &BlockCall) {
        let func = self.func;
        let to = target.block;
        if to == func.entry() {
            self.report_inst(block, inst, "branch to the entry block");
        }
        let params = &func.blocks[to].params;
        let (found, wanted) = (target.args.len(), params.len());
        if found != wanted {
            let message = format!("{found} arguments where {to} has {wanted} parameters");
            self.report_inst(block, inst, message);
            return;
        }
        for (&arg, &param) in target.args.iter().zip(params) {
            let (found, wanted) = (func.value_type(arg), func.value_type(param));
            if found != wanted {
                let message = format!("{arg} must be {wanted} as {param} of {to}, is {found}");
                self.report_inst(block, inst, message);
            }
        }
    }

    fn dominance(&mut self) {
        let func = self.func;
        let cfg = Cfg::new(func);
        let dominators = Dominators::new(&cfg);
        // The block of each definition, and its place there; parameters stand before all instructions.
        let mut places: SecondaryMap<Value, Option<(Block, u32)>> = SecondaryMap::new();
        for &block in &func.layout {
            for &param in &func.blocks[block].params {
                places[param] = Some((block, 0));
            }
            for (n, &inst) in func.blocks[block].insts.iter().enumerate() {
                for &v in &func.results[inst] {
                    places[v] = Some((block, n as u32 + 1));
                }
            }
        }
        for &block in &func.layout {
            for (n, &inst) in func.blocks[block].insts.iter().enumerate() {
                let mut bad = Vec::new();
                func.insts[inst].visit_operands(|v| match places[v] {
                    None => bad.push(format!("{v} is not defined in any listed block")),
                    Some((at, place)) => {
                        let before = if at == block {
                            place <= n as u32
                        } else {
                            dominators.dominates(at, block)
                        };
                        if !before && cfg.is_reachable(block) {
                            bad.push(format!(
                                "{v} is used where its definition does not dominate"
                            ));
                        }
                    }
                });
                for message in bad {
                    self.report_inst(block, inst, message);
                }
            }
        }
    }
}
