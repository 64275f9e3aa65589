//! What a pass is.

use indexmap::IndexSet;
use polkago_ir::{
    Data, FuncAttrs, Function, InstData, Module, RelocKind, Signature, Symbol, SymbolMap, Type,
};
use rayon::prelude::*;
use rustc_hash::{FxBuildHasher, FxHashMap};

/// A pass over one function at a time. It gives the same result whatever functions it has seen before.
pub trait FunctionPass: Sync {
    /// The name for reports, `snake_case`.
    fn name(&self) -> &'static str;

    /// Transforms a function. Returns whether anything was changed.
    fn run(&self, func: &mut Function, program: &Program<'_>) -> bool;
}

/// A pass over a whole program.
pub trait ModulePass {
    /// The name for reports, `snake_case`.
    fn name(&self) -> &'static str;

    /// Transforms a module. Returns whether anything was changed.
    fn run(&self, module: &mut Module) -> bool;
}

/// What a pass over a function may know of the rest of the program.
pub struct Program<'a> {
    /// Static data.
    pub data: &'a SymbolMap<Data>,
    /// Functions by symbol, imports included.
    pub funcs: FxHashMap<Symbol, FuncInfo>,
    /// See [`Options::allocators`](crate::Options::allocators).
    pub allocators: &'a [Symbol],
    /// By the signature in Wasm: the function that can be called indirectly; `None` if there are several.
    targets: FxHashMap<Signature, Option<Symbol>>,
}

/// What is known of a function from outside.
#[derive(Clone, Debug)]
pub struct FuncInfo {
    /// Its signature.
    pub sig: Signature,
    /// Its attributes; none for an import.
    pub attrs: FuncAttrs,
}

impl<'a> Program<'a> {
    /// The functions of a module, to be changed one by one, and what each may know of the others.
    pub fn split(
        module: &'a mut Module,
        allocators: &'a [Symbol],
    ) -> (&'a mut SymbolMap<Function>, Self) {
        let mut infos = FxHashMap::default();
        for (name, import) in &module.imports {
            let (sig, attrs) = (import.sig.clone(), FuncAttrs::default());
            infos.insert(name.clone(), FuncInfo { sig, attrs });
        }
        for (name, func) in &module.funcs {
            let (sig, attrs) = (func.sig.clone(), func.attrs.clone());
            infos.insert(name.clone(), FuncInfo { sig, attrs });
        }
        let targets = targets(module, &infos);
        let program = Self {
            data: &module.data,
            funcs: infos,
            allocators,
            targets,
        };
        (&mut module.funcs, program)
    }

    /// Whether a function gives fresh memory.
    #[must_use]
    pub fn is_allocator(&self, name: &Symbol) -> bool {
        self.allocators.contains(name)
    }

    /// The function that an indirect call of that signature calls, if there is only one. Functions without parameters
    /// are not told: the scheduler calls what is made of suspended functions later, while a closure or method has at
    /// least itself as an argument.
    #[must_use]
    pub fn only_target(&self, sig: &Signature) -> Option<&Symbol> {
        if sig.params.is_empty() {
            return None;
        }
        self.targets.get(&in_wasm(sig))?.as_ref()
    }
}

/// Changes functions side by side, given with their indices, and cleans up those of which `change` says that it did.
/// Returns whether any was changed.
pub fn change_each(
    funcs: &mut SymbolMap<Function>,
    program: &Program<'_>,
    cleanup: &[&dyn FunctionPass],
    change: impl Fn(usize, &mut Function) -> bool + Sync,
) -> bool {
    let mut funcs: Vec<&mut Function> = funcs.values_mut().collect();
    let changed = funcs.par_iter_mut().enumerate().map(|(n, func)| {
        let changed = change(n, func);
        if changed {
            for pass in cleanup {
                pass.run(func, program);
            }
        }
        changed
    });
    // All of them, not up to the first.
    changed.reduce(|| false, |a, b| a | b)
}

/// The functions whose index is taken, in order.
pub fn exposed(module: &Module) -> IndexSet<Symbol, FxBuildHasher> {
    let all: Vec<&Function> = module.funcs.values().collect();
    let by_code = all.par_iter().map(|func| {
        let insts = func.layout.iter().flat_map(|&b| &func.blocks[b].insts);
        let taken = insts.filter_map(|&inst| match func.insts[inst] {
            InstData::FuncIndex(sym) => Some(func.syms[sym].clone()),
            _ => None,
        });
        taken.collect()
    });
    let by_code: Vec<Vec<Symbol>> = by_code.collect();
    let mut exposed: IndexSet<Symbol, FxBuildHasher> = by_code.into_iter().flatten().collect();
    let relocs = module.data.values().flat_map(|data| &data.relocs);
    let relocs = relocs.filter(|r| r.kind == RelocKind::FuncIndex);
    exposed.extend(relocs.map(|r| r.sym.clone()));
    exposed
}

/// By signature in Wasm, the one function that can be called indirectly.
fn targets(
    module: &Module,
    infos: &FxHashMap<Symbol, FuncInfo>,
) -> FxHashMap<Signature, Option<Symbol>> {
    let mut targets: FxHashMap<Signature, Option<Symbol>> = FxHashMap::default();
    let mut add = |symbol: &Symbol| {
        if let Some(info) = infos.get(symbol) {
            let known = targets.entry(in_wasm(&info.sig));
            known
                .and_modify(|known| {
                    if known.as_ref() != Some(symbol) {
                        *known = None;
                    }
                })
                .or_insert_with(|| Some(symbol.clone()));
        }
    };
    for symbol in exposed(module) {
        add(&symbol);
    }
    targets
}

/// A signature as the table knows it: references are integers, and results behind the first one go through globals.
pub fn in_wasm(sig: &Signature) -> Signature {
    let ty = |&ty: &Type| if ty == Type::Ref { Type::I32 } else { ty };
    Signature {
        params: sig.params.iter().map(ty).collect(),
        results: sig.results.iter().take(1).map(ty).collect(),
    }
}
