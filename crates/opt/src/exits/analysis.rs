//! Which calls may leave early, and which functions may be left early.

use crate::pass::in_wasm;
use polkago_ir::{
    EXIT_GLOBAL, Function, Inst, InstData, Module, RelocKind, Signature, Symbol, Value, ValueDef,
};
use rustc_hash::FxHashMap;

/// What is known of a whole program. Functions go by their index in the module.
///
/// A function *exits* if it sets `exit`, or calls what exits without a check behind the call, or with one if it has a
/// `return_exit`. Setting `exit` for a suspension does not count: `suspend` sees to that. It can *be left* if it may run while a function with a check waits for a call: where nobody looks at
/// `exit`, nobody sets it. A call through the table may reach every function of that signature whose index is taken.
pub struct Analysis {
    /// Nodes of symbols: functions of the module.
    funcs: FxHashMap<Symbol, usize>,
    /// Nodes of signatures, behind those of the functions.
    sigs: FxHashMap<Signature, usize>,
    nodes: Vec<Node>,
}

/// A function, or the functions that a call through the table may reach.
#[derive(Default)]
struct Node {
    /// Whether a call of it may leave early.
    exits: bool,
    /// Whether it may be left early.
    left: bool,
    /// Whether it never returns, unless it exits.
    noreturn: bool,
    /// Whether what leaves early ends there.
    barrier: bool,
    /// Whether it has checks.
    checks: bool,
    /// Whether it has a `return_exit`.
    returns_exit: bool,
    /// What it calls with a check behind the call.
    checked: Vec<usize>,
    /// What else it calls.
    unchecked: Vec<usize>,
}

/// What is known of a call.
#[derive(Clone, Copy, Default)]
pub struct Site {
    /// It may leave early.
    pub may_exit: bool,
    /// It does not return, unless it leaves early.
    pub noreturn: bool,
}

impl Analysis {
    /// Looks over a program, from which unreachable definitions should be gone.
    pub fn new(module: &Module) -> Self {
        let names = module.funcs.keys().cloned();
        let mut this = Self {
            funcs: names.enumerate().map(|(n, name)| (name, n)).collect(),
            sigs: FxHashMap::default(),
            nodes: Vec::new(),
        };
        this.nodes.resize_with(module.funcs.len(), Default::default);
        for (n, func) in module.funcs.values().enumerate() {
            this.scan(n, func);
        }
        this.link_table(module);
        this.find_exits();
        this.find_left(module);
        this
    }

    fn scan(&mut self, n: usize, func: &Function) {
        let mut node = Node {
            noreturn: true,
            ..Node::default()
        };
        for &block in &func.layout {
            let insts = &func.blocks[block].insts;
            for (at, &inst) in insts.iter().enumerate() {
                let data = &func.insts[inst];
                match data {
                    InstData::Call { .. } | InstData::CallIndirect { .. } => {
                        let Some(callee) = self.callee(func, data) else {
                            continue;
                        };
                        let next = insts.get(at + 1).map(|&next| &func.insts[next]);
                        if matches!(next, Some(InstData::ExitCheck)) {
                            node.checked.push(callee);
                        } else {
                            node.unchecked.push(callee);
                        }
                    }
                    InstData::ExitCheck => node.checks = true,
                    InstData::GlobalSet { global, value } => {
                        node.exits |=
                            &*func.syms[*global] == EXIT_GLOBAL && !is_harmless(func, *value);
                    }
                    InstData::ReturnExit => node.returns_exit = true,
                    InstData::Return(_) => node.noreturn = false,
                    _ => {}
                }
            }
        }
        node.noreturn |= func.attrs.noreturn;
        node.barrier = func.attrs.exit_barrier;
        node.exits &= !node.barrier;
        for list in [&mut node.checked, &mut node.unchecked] {
            list.sort_unstable();
            list.dedup();
        }
        self.nodes[n] = node;
    }

    /// The node of what is called; `None` for the host, which never leaves early.
    fn callee(&mut self, func: &Function, call: &InstData) -> Option<usize> {
        match call {
            InstData::Call { func: sym, .. } => self.funcs.get(&func.syms[*sym]).copied(),
            InstData::CallIndirect { sig, .. } => {
                let nodes = &mut self.nodes;
                let node = self
                    .sigs
                    .entry(in_wasm(&func.sigs[*sig]))
                    .or_insert_with(|| {
                        nodes.push(Node::default());
                        nodes.len() - 1
                    });
                Some(*node)
            }
            _ => None,
        }
    }

    /// Leads from signatures to the functions whose index is taken.
    fn link_table(&mut self, module: &Module) {
        let mut taken = vec![false; module.funcs.len()];
        for func in module.funcs.values() {
            for &block in &func.layout {
                for &inst in &func.blocks[block].insts {
                    if let InstData::FuncIndex(sym) = func.insts[inst]
                        && let Some(&n) = self.funcs.get(&func.syms[sym])
                    {
                        taken[n] = true;
                    }
                }
            }
        }
        let relocs = module.data.values().flat_map(|d| &d.relocs);
        for reloc in relocs.filter(|r| r.kind == RelocKind::FuncIndex) {
            if let Some(&n) = self.funcs.get(&reloc.sym) {
                taken[n] = true;
            }
        }
        for (n, func) in module.funcs.values().enumerate() {
            if taken[n]
                && let Some(&sig) = self.sigs.get(&in_wasm(&func.sig))
            {
                self.nodes[sig].unchecked.push(n);
            }
        }
    }

    /// From what exits to its callers.
    fn find_exits(&mut self) {
        let mut callers = vec![Vec::new(); self.nodes.len()];
        for (n, node) in self.nodes.iter().enumerate() {
            for &callee in &node.unchecked {
                callers[callee].push(n);
            }
            if node.returns_exit {
                for &callee in &node.checked {
                    callers[callee].push(n);
                }
            }
        }
        let mut work: Vec<usize> = (0..self.nodes.len())
            .filter(|&n| self.nodes[n].exits)
            .collect();
        while let Some(n) = work.pop() {
            for &caller in &callers[n] {
                if self.nodes[caller].barrier {
                    continue;
                }
                if !std::mem::replace(&mut self.nodes[caller].exits, true) {
                    work.push(caller);
                }
            }
        }
    }

    /// From what is called with a check to what it calls. Where a goroutine may be left as a whole, the functions that
    /// the host calls are one, too.
    fn find_left(&mut self, module: &Module) {
        let checked = self.nodes.iter().flat_map(|node| &node.checked);
        let mut work: Vec<usize> = checked.copied().collect();
        if (self.nodes.iter()).any(|node| node.barrier && !node.checked.is_empty()) {
            let exports = module.exports.iter().map(|e| &e.func);
            work.extend(exports.filter_map(|f| self.funcs.get(f)));
        }
        while let Some(n) = work.pop() {
            if !std::mem::replace(&mut self.nodes[n].left, true) {
                let node = &self.nodes[n];
                work.extend(node.checked.iter().chain(&node.unchecked));
            }
        }
    }

    /// Whether a function has checks.
    pub fn has_checks(&self, n: usize) -> bool {
        self.nodes[n].checks
    }

    /// Whether a function may be left early.
    pub fn may_be_left(&self, n: usize) -> bool {
        self.nodes[n].left
    }

    /// What is known of a call in a function.
    pub fn site(&self, func: &Function, call: Inst) -> Site {
        let node = match &func.insts[call] {
            InstData::Call { func: sym, .. } => self.funcs.get(&func.syms[*sym]),
            InstData::CallIndirect { sig, .. } => self.sigs.get(&in_wasm(&func.sigs[*sig])),
            _ => None,
        };
        node.map_or_else(Site::default, |&n| Site {
            may_exit: self.nodes[n].exits,
            noreturn: self.nodes[n].noreturn,
        })
    }
}

/// Whether a value of `exit` unwinds nothing: none, or suspension.
fn is_harmless(func: &Function, v: Value) -> bool {
    match func.values[v].def {
        ValueDef::Result(inst, _) => matches!(func.insts[inst], InstData::I32Const(0 | 2)),
        ValueDef::Param(..) => false,
    }
}
