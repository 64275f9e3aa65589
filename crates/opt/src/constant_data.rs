//! Static data that nothing writes becomes read-only: what is loaded from it is known.
//!
//! Nothing writes an object if its address is only loaded from, copied from, compared, and added to. Where it is passed
//! on, stored, or part of other data, it may be written. Linear, but for the clean-up.

use crate::escape::base;
use crate::pass::{FunctionPass, ModulePass, Program, change_each};
use polkago_ir::{BinaryOp, Function, InstData, Module, SymRef, Symbol, Value, ValueDef};
use rayon::prelude::*;
use rustc_hash::FxHashSet;

/// The pass. See the module documentation.
pub struct ConstantData<'a> {
    /// Run on functions that mention such data.
    pub cleanup: &'a [&'a dyn FunctionPass],
    /// See [`Options::allocators`](crate::Options::allocators).
    pub allocators: &'a [Symbol],
    /// Objects that something else than the program's code may write.
    pub keep: &'a [Symbol],
}

impl ModulePass for ConstantData<'_> {
    fn name(&self) -> &'static str {
        "constant_data"
    }

    fn run(&self, module: &mut Module) -> bool {
        let all: Vec<&Function> = module.funcs.values().collect();
        let by_funcs = all.par_iter().map(|func| passed_on(func));
        let by_funcs: Vec<Vec<Symbol>> = by_funcs.collect();
        let mut written: FxHashSet<Symbol> = by_funcs.into_iter().flatten().collect();
        written.extend(self.keep.iter().cloned());
        let relocs = module.data.values().flat_map(|data| &data.relocs);
        written.extend(relocs.map(|reloc| reloc.sym.clone()));
        let mut constant: FxHashSet<Symbol> = FxHashSet::default();
        for (name, data) in &mut module.data {
            if data.mutable && !written.contains(name) {
                data.mutable = false;
                data.refs.clear();
                constant.insert(name.clone());
            }
        }
        if constant.is_empty() {
            return false;
        }
        let (funcs, program) = Program::split(module, self.allocators);
        change_each(funcs, &program, self.cleanup, |_, func| {
            func.syms.values().any(|name| constant.contains(name))
        });
        true
    }
}

/// The objects of which a function does more with the address than to read.
fn passed_on(func: &Function) -> Vec<Symbol> {
    let mut found: FxHashSet<SymRef> = FxHashSet::default();
    for &block in &func.layout {
        for &inst in &func.blocks[block].insts {
            let mut pass_on = |v: Value| found.extend(object(func, v));
            match &func.insts[inst] {
                InstData::Load { .. } => {}
                InstData::Binary { op, .. } if *op == BinaryOp::RefAdd || op.is_comparison() => {}
                InstData::Unary { op, .. } if *op == polkago_ir::UnaryOp::Eqz => {}
                InstData::MemCopy { dst, .. } => pass_on(*dst),
                data => data.visit_operands(pass_on),
            }
        }
    }
    found
        .into_iter()
        .map(|sym| func.syms[sym].clone())
        .collect()
}

/// The object that an address points into, if it was made from that of an object by adding.
fn object(func: &Function, addr: Value) -> Option<SymRef> {
    match func.values[base(func, addr)].def {
        ValueDef::Result(inst, _) => match func.insts[inst] {
            InstData::SymAddr { sym, .. } => Some(sym),
            _ => None,
        },
        ValueDef::Param(..) => None,
    }
}
