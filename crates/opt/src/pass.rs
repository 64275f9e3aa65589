//! What a pass is.

use indexmap::IndexMap;
use polkago_ir::{Data, FuncAttrs, Function, Module, Signature, Symbol};
use rustc_hash::FxHashMap;

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
    pub data: &'a IndexMap<Symbol, Data>,
    /// Functions by symbol, imports included.
    pub funcs: FxHashMap<Symbol, FuncInfo>,
    /// See [`Options::allocators`](crate::Options::allocators).
    pub allocators: &'a [Symbol],
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
    ) -> (&'a mut IndexMap<Symbol, Function>, Self) {
        let mut infos = FxHashMap::default();
        for (name, import) in &module.imports {
            let (sig, attrs) = (import.sig.clone(), FuncAttrs::default());
            infos.insert(name.clone(), FuncInfo { sig, attrs });
        }
        for (name, func) in &module.funcs {
            let (sig, attrs) = (func.sig.clone(), func.attrs.clone());
            infos.insert(name.clone(), FuncInfo { sig, attrs });
        }
        let program = Self {
            data: &module.data,
            funcs: infos,
            allocators,
        };
        (&mut module.funcs, program)
    }

    /// Whether a function gives fresh memory.
    #[must_use]
    pub fn is_allocator(&self, name: &Symbol) -> bool {
        self.allocators.contains(name)
    }
}
