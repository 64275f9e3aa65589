//! What each function of a program does with the references that it gets.
//!
//! All summaries start with "keeps nothing" and only grow, from the bottom of the call graph up: so most functions are
//! looked at once, when what they call is known. Functions of a component, and those that call indirectly what has
//! grown, are looked at again until nothing changes. There is one least solution, whatever the order.

use super::flow::{CONTENTS, Flags, Flow, INSIDE, ITSELF, Summaries, Summary};
use super::{NO_ESCAPE, size_of};
use crate::callgraph::CallGraph;
use cranelift_entity::EntitySet;
use polkago_ir::{Function, InstData, Module, SigRef, Signature, SymRef, Symbol, Type};
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

/// The summaries of all functions.
pub struct Table {
    /// What a name is that can be called.
    names: FxHashMap<Symbol, Callee>,
    /// By function.
    funcs: Vec<Mutex<Summary>>,
    /// By signature in Wasm, of all functions that can be called indirectly.
    indirect: FxHashMap<Signature, Summary>,
}

#[derive(Clone, Copy)]
enum Callee {
    /// A function of the program, by its index.
    Own(usize),
    /// One of the host.
    Host,
}

/// The summaries, as the names of a function see them.
pub struct View<'a> {
    /// The function.
    pub func: &'a Function,
    /// All of them.
    pub table: &'a Table,
}

impl Summaries for View<'_> {
    fn call(&self, callee: SymRef) -> Option<Summary> {
        match self.table.names.get(&self.func.syms[callee])? {
            Callee::Own(n) => Some(self.table.get(*n)),
            Callee::Host => None,
        }
    }

    fn is_host(&self, callee: SymRef) -> bool {
        let callee = self.table.names.get(&self.func.syms[callee]);
        matches!(callee, Some(Callee::Host))
    }

    fn call_indirect(&self, sig: SigRef) -> Option<&[Flags]> {
        let sig = crate::pass::in_wasm(&self.func.sigs[sig]);
        self.table.indirect.get(&sig).map(|flags| &flags[..])
    }
}

impl Table {
    /// Computes the summaries.
    pub fn new(module: &Module, graph: &CallGraph) -> Self {
        let hosts = module.imports.keys().map(|name| (name, Callee::Host));
        let own = module.funcs.keys().enumerate();
        let own = own.map(|(n, name)| (name, Callee::Own(n)));
        let names = hosts.chain(own).map(|(name, what)| (name.clone(), what));
        let none = |func: &Function| Mutex::new(Summary::from_elem(0, func.sig.params.len()));
        let mut table = Self {
            names: names.collect(),
            funcs: module.funcs.values().map(none).collect(),
            indirect: FxHashMap::default(),
        };
        // By signature, the functions that can be called indirectly.
        let mut exposed: FxHashMap<Signature, Vec<usize>> = FxHashMap::default();
        for name in crate::pass::exposed(module) {
            // What the host does is unknown.
            let (sig, first) = match (module.funcs.get(&name), module.imports.get(&name)) {
                (Some(func), _) => (&func.sig, 0),
                (None, Some(import)) => (&import.sig, ITSELF | CONTENTS),
                (None, None) => continue,
            };
            let in_wasm = crate::pass::in_wasm(sig);
            let flags = table.indirect.entry(in_wasm.clone()).or_default();
            flags.resize(sig.params.len(), 0);
            flags.iter_mut().for_each(|f| *f |= first);
            if let Some(n) = module.funcs.get_index_of(&name) {
                exposed.entry(in_wasm).or_default().push(n);
            }
        }
        let all: Vec<&Function> = module.funcs.values().collect();
        let callers = callers(graph);
        let by_sig = callers_by_sig(&all);
        let waits: Vec<AtomicBool> = all.iter().map(|_| AtomicBool::new(true)).collect();
        while waits.iter().any(|waits| waits.load(Ordering::Relaxed)) {
            graph.bottom_up(|n| {
                // First, so that what grows while it is looked at is not lost.
                if !waits[n].swap(false, Ordering::AcqRel) {
                    return;
                }
                let summary = summarise(all[n], &table);
                let mut known = table.lock(n);
                if *known != summary {
                    *known = summary;
                    drop(known);
                    for &caller in &callers[n] {
                        waits[caller].store(true, Ordering::Release);
                    }
                }
            });
            for (sig, members) in &exposed {
                let mut joined = table.indirect.remove(sig).unwrap_or_default();
                let before = joined.clone();
                for &member in members {
                    for (flags, new) in joined.iter_mut().zip(table.get(member)) {
                        *flags |= new;
                    }
                }
                if joined != before {
                    for &caller in by_sig.get(sig).into_iter().flatten() {
                        waits[caller].store(true, Ordering::Relaxed);
                    }
                }
                table.indirect.insert(sig.clone(), joined);
            }
        }
        table
    }

    fn lock(&self, n: usize) -> std::sync::MutexGuard<'_, Summary> {
        self.funcs[n].lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn get(&self, n: usize) -> Summary {
        self.lock(n).clone()
    }

    /// See [`Function::borrows`]. The function is given by its index.
    pub fn borrowed(&self, n: usize, sig: &Signature) -> Vec<u32> {
        let params = sig.params.iter().zip(self.get(n));
        let kept = ITSELF | INSIDE;
        (0..)
            .zip(params)
            .filter(|(_, (ty, flags))| **ty == Type::Ref && flags & kept == 0)
            .map(|(n, _)| n)
            .collect()
    }
}

/// The functions that call each directly.
fn callers(graph: &CallGraph) -> Vec<Vec<usize>> {
    let mut callers = vec![Vec::new(); graph.callees.len()];
    for (n, callees) in graph.callees.iter().enumerate() {
        callees.iter().for_each(|&callee| callers[callee].push(n));
    }
    callers
}

/// By signature in Wasm, the functions that call such functions indirectly.
fn callers_by_sig(funcs: &[&Function]) -> FxHashMap<Signature, Vec<usize>> {
    let called = funcs.par_iter().map(|func| {
        let mut sigs: EntitySet<SigRef> = EntitySet::with_capacity(func.sigs.len());
        for &inst in func.layout.iter().flat_map(|&b| &func.blocks[b].insts) {
            if let InstData::CallIndirect { sig, .. } = func.insts[inst] {
                sigs.insert(sig);
            }
        }
        let sigs = sigs.iter().map(|sig| crate::pass::in_wasm(&func.sigs[sig]));
        sigs.collect()
    });
    let called: Vec<Vec<Signature>> = called.collect();
    let mut callers: FxHashMap<Signature, Vec<usize>> = FxHashMap::default();
    for (n, sigs) in called.into_iter().enumerate() {
        for sig in sigs {
            callers.entry(sig).or_default().push(n);
        }
    }
    callers
}

fn summarise(func: &Function, table: &Table) -> Summary {
    if &*func.name == NO_ESCAPE {
        return Summary::from_elem(0, func.sig.params.len());
    }
    if func.layout.is_empty() {
        return Summary::from_elem(ITSELF | CONTENTS, func.sig.params.len());
    }
    let view = View { func, table };
    let flow = Flow::new(func, |inst| size_of(func, inst).is_some(), &view);
    let params = func.blocks[func.entry()].params.iter();
    params.map(|&p| flow.of_param(p)).collect()
}
