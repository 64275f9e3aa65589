//! Removal of definitions that nothing refers to.
//!
//! What the exports and a list of symbols to keep refer to stays, directly or through functions and relocations of
//! data. The order of what stays is kept. Linear in the size of what is reached.

use crate::pass::ModulePass;
use polkago_ir::{Function, Module, SymRef, Symbol};
use rustc_hash::FxHashSet;

/// The pass. See the module documentation.
pub struct GlobalDce<'a> {
    /// Symbols that stay besides what the exports reach.
    pub keep: &'a [Symbol],
}

impl ModulePass for GlobalDce<'_> {
    fn name(&self) -> &'static str {
        "global_dce"
    }

    fn run(&self, module: &mut Module) -> bool {
        let mut reached: FxHashSet<Symbol> = FxHashSet::default();
        let exported = module.exports.iter().map(|e| &e.func);
        let mut work: Vec<Symbol> = exported.chain(self.keep).cloned().collect();
        while let Some(symbol) = work.pop() {
            if reached.contains(&symbol) {
                continue;
            }
            if let Some(func) = module.funcs.get(&symbol) {
                visit_symbols(func, |s| work.push(func.syms[s].clone()));
            }
            if let Some(data) = module.data.get(&symbol) {
                work.extend(data.relocs.iter().map(|r| r.sym.clone()));
            }
            reached.insert(symbol);
        }
        let before = size(module);
        module.funcs.retain(|symbol, _| reached.contains(symbol));
        module.data.retain(|symbol, _| reached.contains(symbol));
        module.globals.retain(|symbol, _| reached.contains(symbol));
        module.imports.retain(|symbol, _| reached.contains(symbol));
        size(module) != before
    }
}

/// How many definitions there are.
fn size(module: &Module) -> usize {
    module.funcs.len() + module.data.len() + module.globals.len() + module.imports.len()
}

/// Calls `f` for each symbol that the code of a function refers to, once. Its table may hold others, which its code
/// no longer uses.
fn visit_symbols(func: &Function, mut f: impl FnMut(SymRef)) {
    let mut seen = cranelift_entity::EntitySet::with_capacity(func.syms.len());
    for &block in &func.layout {
        for &inst in &func.blocks[block].insts {
            if let Some(sym) = func.insts[inst].references().sym
                && seen.insert(sym)
            {
                f(sym);
            }
        }
    }
}
