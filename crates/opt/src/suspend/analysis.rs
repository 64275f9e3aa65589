//! Which functions may be suspended.

use super::{EXIT, EXIT_SUSPEND};
use crate::pass::in_wasm;
use polkago_ir::{Function, Inst, InstData, Module, RelocKind, Signature, Symbol, Value, ValueDef};
use rustc_hash::FxHashMap;

/// What is known of a whole program. Functions go by their index in the module.
pub struct Analysis {
    funcs: FxHashMap<Symbol, usize>,
    sigs: FxHashMap<Signature, usize>,
    /// Of each node, functions first and then signatures called through the table: whether a call of it may be
    /// suspended.
    suspends: Vec<bool>,
    /// Whether a function is one to be transformed.
    coroutines: Vec<bool>,
    unwinds: bool,
}

impl Analysis {
    /// Looks over a program.
    pub fn new(module: &Module) -> Self {
        let names = module.funcs.keys().cloned();
        let count = module.funcs.len();
        let mut this = Self {
            funcs: names.enumerate().map(|(n, name)| (name, n)).collect(),
            sigs: FxHashMap::default(),
            suspends: Vec::new(),
            coroutines: vec![false; count],
            unwinds: false,
        };
        // Callers of each node.
        let mut callers: Vec<Vec<usize>> = vec![Vec::new(); count];
        let mut taken = vec![false; count];
        let mut work = Vec::new();
        for (n, func) in module.funcs.values().enumerate() {
            for &block in &func.layout {
                for &inst in &func.blocks[block].insts {
                    match &func.insts[inst] {
                        InstData::Call { func: sym, .. } => {
                            if let Some(&callee) = this.funcs.get(&func.syms[*sym]) {
                                callers[callee].push(n);
                            }
                        }
                        InstData::CallIndirect { sig, .. } => {
                            let node = *this
                                .sigs
                                .entry(in_wasm(&func.sigs[*sig]))
                                .or_insert(callers.len());
                            if node == callers.len() {
                                callers.push(Vec::new());
                            }
                            callers[node].push(n);
                        }
                        InstData::FuncIndex(sym) => {
                            if let Some(&callee) = this.funcs.get(&func.syms[*sym]) {
                                taken[callee] = true;
                            }
                        }
                        InstData::GlobalSet { global, value } if &*func.syms[*global] == EXIT => {
                            match constant(func, *value) {
                                Some(EXIT_SUSPEND) => work.push(n),
                                Some(0) => {}
                                // There it puts back what it was.
                                None if func.attrs.exit_barrier => {}
                                _ => this.unwinds = true,
                            }
                        }
                        _ => {}
                    }
                }
            }
        }
        let relocs = module.data.values().flat_map(|d| &d.relocs);
        for reloc in relocs.filter(|r| r.kind == RelocKind::FuncIndex) {
            if let Some(&n) = this.funcs.get(&reloc.sym) {
                taken[n] = true;
            }
        }
        for (n, func) in module.funcs.values().enumerate() {
            if taken[n]
                && let Some(&sig) = this.sigs.get(&in_wasm(&func.sig))
            {
                callers[n].push(sig);
            }
        }
        this.suspends = vec![false; callers.len()];
        for &n in &work {
            this.suspends[n] = true;
        }
        while let Some(n) = work.pop() {
            for &caller in &callers[n] {
                let func = module.funcs.get_index(caller).map(|(_, func)| func);
                // What must have no frame runs between two stacks.
                if func.is_some_and(|f| f.attrs.exit_barrier || f.attrs.nocollect)
                    || std::mem::replace(&mut this.suspends[caller], true)
                {
                    continue;
                }
                if caller < count {
                    this.coroutines[caller] = true;
                }
                work.push(caller);
            }
        }
        this
    }

    /// Whether anything may be suspended.
    pub fn any(&self) -> bool {
        self.coroutines.contains(&true)
    }

    /// Whether calls may leave early for another reason as well.
    pub fn unwinds(&self) -> bool {
        self.unwinds
    }

    /// Whether a function calls what may be suspended.
    pub fn is_coroutine(&self, n: usize) -> bool {
        self.coroutines[n]
    }

    /// Whether a call may be suspended.
    pub fn may_suspend(&self, func: &Function, call: Inst) -> bool {
        let node = match &func.insts[call] {
            InstData::Call { func: sym, .. } => self.funcs.get(&func.syms[*sym]),
            InstData::CallIndirect { sig, .. } => self.sigs.get(&in_wasm(&func.sigs[*sig])),
            _ => None,
        };
        node.is_some_and(|&n| self.suspends[n])
    }
}

fn constant(func: &Function, v: Value) -> Option<i32> {
    match func.values[v].def {
        ValueDef::Result(inst, _) => match func.insts[inst] {
            InstData::I32Const(n) => Some(n),
            _ => None,
        },
        ValueDef::Param(..) => None,
    }
}
