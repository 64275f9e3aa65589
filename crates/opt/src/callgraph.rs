//! The direct calls of a program, and its functions from the bottom up.

use polkago_ir::{Function, InstData, Module, RelocKind};
use rayon::prelude::*;
use std::sync::atomic::{AtomicUsize, Ordering};

/// The call graph. Functions go by their index in the module.
pub struct CallGraph {
    /// Strongly connected components, callees before callers: each function that calls itself, directly or through
    /// others, is in one component with these.
    pub components: Vec<Vec<usize>>,
    /// The functions that each function calls directly, ascending.
    pub callees: Vec<Vec<usize>>,
    /// The component of each function.
    pub component: Vec<usize>,
    /// The number of direct calls of each function.
    pub calls: Vec<u32>,
    /// Whether a function can be called other than by the calls counted: it is exported or its index is taken.
    pub exposed: Vec<bool>,
    /// Whether a function calls itself directly.
    pub recursive: Vec<bool>,
}

impl CallGraph {
    /// The graph of a module, by Tarjan's algorithm in order of the module.
    #[must_use]
    pub fn new(module: &Module) -> Self {
        let count = module.funcs.len();
        let mut calls = vec![0; count];
        let mut exposed = vec![false; count];
        let mut recursive = vec![false; count];
        let all: Vec<(usize, &Function)> = module.funcs.values().enumerate().collect();
        let found = all.par_iter().map(|&(n, func)| Found::new(module, n, func));
        let found: Vec<Found> = found.collect();
        let mut callees: Vec<Vec<usize>> = Vec::with_capacity(count);
        for (n, found) in found.into_iter().enumerate() {
            found
                .calls
                .iter()
                .for_each(|&(callee, times)| calls[callee] += times);
            found.taken.iter().for_each(|&func| exposed[func] = true);
            recursive[n] = found.recursive;
            callees.push(found.calls.into_iter().map(|(callee, _)| callee).collect());
        }
        let relocs = module.data.values().flat_map(|d| &d.relocs);
        let indices = relocs
            .filter(|r| r.kind == RelocKind::FuncIndex)
            .map(|r| &r.sym);
        for symbol in indices.chain(module.exports.iter().map(|e| &e.func)) {
            if let Some(func) = module.funcs.get_index_of(symbol) {
                exposed[func] = true;
            }
        }
        let components = components(&callees);
        let mut component = vec![0; count];
        for (n, members) in components.iter().enumerate() {
            members.iter().for_each(|&member| component[member] = n);
        }
        Self {
            components,
            callees,
            component,
            calls,
            exposed,
            recursive,
        }
    }

    /// Visits each function after all that it calls, but for those of its own component. What does not wait for each
    /// other is visited side by side.
    pub fn bottom_up(&self, visit: impl Fn(usize) + Sync) {
        let mut callers: Vec<Vec<usize>> = vec![Vec::new(); self.callees.len()];
        let mut waits: Vec<AtomicUsize> = Vec::with_capacity(self.callees.len());
        for (n, callees) in self.callees.iter().enumerate() {
            let outside = callees
                .iter()
                .filter(|&&c| self.component[c] != self.component[n]);
            let outside = outside.inspect(|&&callee| callers[callee].push(n));
            waits.push(AtomicUsize::new(outside.count()));
        }
        let ready: Vec<usize> = (0..waits.len())
            .filter(|&n| waits[n].load(Ordering::Relaxed) == 0)
            .collect();
        let walk = Walk {
            callers,
            waits,
            visit,
        };
        let walk = &walk;
        rayon::scope(|scope| {
            for n in ready {
                scope.spawn(move |scope| walk.visit(n, scope));
            }
        });
    }
}

/// A walk from the bottom of the graph up.
struct Walk<F> {
    /// The functions that wait for each.
    callers: Vec<Vec<usize>>,
    /// How many functions each waits for.
    waits: Vec<AtomicUsize>,
    visit: F,
}

impl<F: Fn(usize) + Sync> Walk<F> {
    /// Visits a function, then those that waited for nothing else.
    fn visit<'s>(&'s self, first: usize, scope: &rayon::Scope<'s>) {
        let mut next = Some(first);
        while let Some(n) = next.take() {
            (self.visit)(n);
            for &caller in &self.callers[n] {
                // What was done for one function must be seen by whoever visits its callers.
                if self.waits[caller].fetch_sub(1, Ordering::AcqRel) > 1 {
                    continue;
                }
                match next {
                    None => next = Some(caller),
                    Some(_) => scope.spawn(move |scope| self.visit(caller, scope)),
                }
            }
        }
    }
}

/// What one function names.
struct Found {
    /// The functions called, ascending, and how often.
    calls: Vec<(usize, u32)>,
    /// The functions whose index is taken.
    taken: Vec<usize>,
    /// Whether it calls itself.
    recursive: bool,
}

impl Found {
    fn new(module: &Module, n: usize, func: &Function) -> Self {
        // Each symbol is looked up once.
        let symbols = func.syms.values().map(|s| module.funcs.get_index_of(s));
        let symbols: Vec<Option<usize>> = symbols.collect();
        let mut callees = Vec::new();
        let mut taken = Vec::new();
        for &inst in func.layout.iter().flat_map(|&b| &func.blocks[b].insts) {
            match &func.insts[inst] {
                InstData::Call { func: callee, .. } => {
                    callees.extend(symbols[callee.as_u32() as usize]);
                }
                InstData::FuncIndex(sym) => taken.extend(symbols[sym.as_u32() as usize]),
                _ => {}
            }
        }
        callees.sort_unstable();
        let calls = callees.chunk_by(|a, b| a == b);
        Self {
            calls: calls.map(|same| (same[0], same.len() as u32)).collect(),
            taken,
            recursive: callees.contains(&n),
        }
    }
}

/// Strongly connected components, successors first, without recursion.
fn components(successors: &[Vec<usize>]) -> Vec<Vec<usize>> {
    const NEW: usize = usize::MAX;
    let mut components = Vec::new();
    let mut order = vec![NEW; successors.len()];
    let mut low = vec![0; successors.len()];
    let mut on_stack = vec![false; successors.len()];
    let mut stack = Vec::new();
    let mut next = 0;
    for root in 0..successors.len() {
        if order[root] != NEW {
            continue;
        }
        let mut path: Vec<(usize, usize)> = vec![(root, 0)];
        while let Some((node, visited)) = path.last_mut() {
            let node = *node;
            if *visited == 0 && order[node] == NEW {
                order[node] = next;
                low[node] = next;
                next += 1;
                stack.push(node);
                on_stack[node] = true;
            }
            if let Some(&successor) = successors[node].get(*visited) {
                *visited += 1;
                if order[successor] == NEW {
                    path.push((successor, 0));
                } else if on_stack[successor] {
                    low[node] = low[node].min(order[successor]);
                }
                continue;
            }
            path.pop();
            if let Some(&(parent, _)) = path.last() {
                low[parent] = low[parent].min(low[node]);
            }
            if low[node] == order[node] {
                let mut members = Vec::new();
                while let Some(member) = stack.pop() {
                    on_stack[member] = false;
                    members.push(member);
                    if member == node {
                        break;
                    }
                }
                members.sort_unstable();
                components.push(members);
            }
        }
    }
    components
}
