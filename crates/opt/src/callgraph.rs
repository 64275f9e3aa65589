//! The direct calls of a program, and its functions from the bottom up.

use polkago_ir::{InstData, Module, RelocKind};

/// The call graph. Functions go by their index in the module.
pub struct CallGraph {
    /// Strongly connected components, callees before callers: each function that calls itself, directly or through
    /// others, is in one component with these.
    pub components: Vec<Vec<usize>>,
    /// The functions by their level: those of a level call functions of lower levels, and of their own component.
    pub levels: Vec<Vec<usize>>,
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
        let mut callees: Vec<Vec<usize>> = Vec::with_capacity(count);
        for (n, func) in module.funcs.values().enumerate() {
            // Each symbol is looked up once.
            let symbols: Vec<Option<usize>> = func
                .syms
                .values()
                .map(|s| module.funcs.get_index_of(s))
                .collect();
            let mut row = Vec::new();
            for &block in &func.layout {
                for &inst in &func.blocks[block].insts {
                    match &func.insts[inst] {
                        InstData::Call { func: callee, .. } => {
                            if let Some(callee) = symbols[callee.as_u32() as usize] {
                                calls[callee] += 1;
                                recursive[n] |= callee == n;
                                row.push(callee);
                            }
                        }
                        InstData::FuncIndex(sym) => {
                            if let Some(func) = symbols[sym.as_u32() as usize] {
                                exposed[func] = true;
                            }
                        }
                        _ => {}
                    }
                }
            }
            row.sort_unstable();
            row.dedup();
            callees.push(row);
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
        let mut levels: Vec<Vec<usize>> = Vec::new();
        let mut level_of = vec![0; components.len()];
        for (n, members) in components.iter().enumerate() {
            for &member in members {
                component[member] = n;
            }
            let called = members.iter().flat_map(|&member| &callees[member]);
            let below = called.map(|&callee| component[callee]).filter(|&c| c != n);
            let level = below.map(|c| level_of[c] + 1).max().unwrap_or(0);
            level_of[n] = level;
            levels.resize_with(levels.len().max(level + 1), Vec::new);
            levels[level].extend(members);
        }
        Self {
            components,
            levels,
            component,
            calls,
            exposed,
            recursive,
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
