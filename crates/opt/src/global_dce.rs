//! Removal of definitions that nothing refers to.
//!
//! What the exports and a list of symbols to keep refer to stays, directly or through functions and relocations of
//! data. The order of what stays is kept. Linear in the size of what is reached.

use crate::pass::ModulePass;
use polkago_ir::{Data, Function, Module, SymRef, Symbol, SymbolMap};
use rayon::prelude::*;
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
        let funcs: Vec<&Function> = module.funcs.values().collect();
        let data: Vec<&Data> = module.data.values().collect();
        let by_funcs = funcs.par_iter().map(|func| {
            let mut named = Vec::new();
            visit_symbols(func, |s| named.extend(find(module, &func.syms[s])));
            named
        });
        let by_funcs: Vec<Vec<Definition>> = by_funcs.collect();
        let by_data = data.par_iter().map(|data| {
            let named = data.relocs.iter().filter_map(|r| find(module, &r.sym));
            named.collect()
        });
        let by_data: Vec<Vec<Definition>> = by_data.collect();

        let roots = module.exports.iter().map(|e| &e.func).chain(self.keep);
        let mut work: Vec<Definition> = roots.filter_map(|s| find(module, s)).collect();
        let mut reached: FxHashSet<Definition> = FxHashSet::default();
        while let Some(definition) = work.pop() {
            if reached.insert(definition) {
                match definition {
                    Definition::Func(n) => work.extend(&by_funcs[n]),
                    Definition::Data(n) => work.extend(&by_data[n]),
                    Definition::Global(_) | Definition::Import(_) => {}
                }
            }
        }
        let before = size(module);
        retain(&mut module.funcs, Definition::Func, &reached);
        retain(&mut module.data, Definition::Data, &reached);
        retain(&mut module.globals, Definition::Global, &reached);
        retain(&mut module.imports, Definition::Import, &reached);
        size(module) != before
    }
}

/// A definition, by its index among those of its kind.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Definition {
    Func(usize),
    Data(usize),
    Global(usize),
    Import(usize),
}

/// What a symbol names, if that is not defined by the code generator.
fn find(module: &Module, symbol: &Symbol) -> Option<Definition> {
    let func = || module.funcs.get_index_of(symbol).map(Definition::Func);
    let data = || module.data.get_index_of(symbol).map(Definition::Data);
    let global = || module.globals.get_index_of(symbol).map(Definition::Global);
    let import = || module.imports.get_index_of(symbol).map(Definition::Import);
    func().or_else(data).or_else(global).or_else(import)
}

/// Removes the definitions of a kind that were not reached.
fn retain<T>(
    definitions: &mut SymbolMap<T>,
    kind: fn(usize) -> Definition,
    reached: &FxHashSet<Definition>,
) {
    let mut indices = 0..definitions.len();
    definitions.retain(|_, _| indices.next().is_some_and(|n| reached.contains(&kind(n))));
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
