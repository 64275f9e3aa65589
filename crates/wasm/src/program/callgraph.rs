//! The call graph of the whole program: which calls may collect, and where the stack can grow without bound.
//!
//! Its nodes are the reachable functions, and one for each signature that is called through the table, from which
//! edges lead to all functions of that signature whose table index is taken. Functions of the host call nothing.
//!
//! A call that does not return needs nothing of its caller afterwards, and one that leaves early (decision record
//! 0003) only what the check behind it leads to: no frame is made for collections that only such calls can reach.
//! Most functions can reach the collector only through a panic, so this keeps frames rare.

use super::reach::Reach;
use super::scan::Scan;
use crate::code::Ty;
use polkago_ir::{Function, InstData, Module, RelocKind, Signature, Symbol};
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

/// A frame with more bytes has a test of its own: the reserve below the stack would not hold many of them.
const LARGE_FRAME: u32 = 256;

/// In larger components the functions that test are not chosen by trial.
const SEARCHED: usize = 300;

/// A signature as far as a call through the table can tell: addresses are integers, and results behind the first one go
/// through globals.
type SigKey = (Vec<Ty>, Option<Ty>);

fn key(sig: &Signature) -> SigKey {
    let params = sig.params.iter().map(|&ty| Ty::from(ty)).collect();
    (params, sig.results.first().map(|&ty| Ty::from(ty)))
}

/// The call graph.
pub struct CallGraph<'a> {
    module: &'a Module,
    /// Node of each function.
    nodes: FxHashMap<&'a Symbol, u32>,
    sigs: FxHashMap<SigKey, u32>,
    /// How many nodes are functions; they come first, in the order of [`Reach::funcs`].
    funcs: usize,
    succs: Vec<Vec<u32>>,
    /// Whether a call of each node does not return.
    noreturn: Vec<bool>,
    /// Whether each node is a function that changes the stack it runs on.
    between_stacks: Vec<bool>,
    /// Whether a call of each node may collect.
    collects: Vec<Collects>,
    /// Whether a call of each node may lead to somebody who asks for call sites; empty if nobody does.
    traced: Vec<bool>,
    /// Whether a function must have no frame.
    frameless: Vec<bool>,
}

/// Whether the collector may run during a call.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Collects {
    /// Never.
    No,
    /// Only if the call does not return, or leaves early.
    Leaving,
    /// In any case.
    Yes,
}

impl<'a> CallGraph<'a> {
    /// The graph of what is reached.
    pub fn new(module: &'a Module, scans: &[Scan], reach: &Reach) -> Self {
        let mut nodes = FxHashMap::default();
        for (n, &i) in reach.funcs.iter().enumerate() {
            nodes.insert(&module.funcs[i].name, n as u32);
        }
        let mut graph = Self {
            module,
            nodes,
            sigs: FxHashMap::default(),
            funcs: reach.funcs.len(),
            succs: vec![Vec::new(); reach.funcs.len()],
            noreturn: reach.funcs.iter().map(|&i| scans[i].noreturn).collect(),
            between_stacks: (reach.funcs.iter())
                .map(|&i| module.funcs[i].attrs.nocollect || module.funcs[i].attrs.exit_barrier)
                .collect(),
            collects: Vec::new(),
            traced: Vec::new(),
            frameless: Vec::new(),
        };
        for (n, &i) in reach.funcs.iter().enumerate() {
            let (func, scan) = (&module.funcs[i], &scans[i]);
            let calls = scan
                .calls
                .iter()
                .filter_map(|&s| graph.nodes.get(&func.syms[s]));
            let mut succs: Vec<u32> = calls.copied().collect();
            for &sig in &scan.indirect {
                succs.push(graph.sig_node(key(&func.sigs[sig])));
            }
            graph.succs[n] = succs;
        }
        let mut taken = FxHashSet::default();
        let in_code = reach.funcs.iter().flat_map(|&i| {
            let func = &module.funcs[i];
            scans[i].addresses.iter().map(|&s| &func.syms[s])
        });
        let in_data = reach.data.iter().flat_map(|&i| {
            let relocs = module.data[i].relocs.iter();
            relocs
                .filter(|r| r.kind == RelocKind::FuncIndex)
                .map(|r| &r.sym)
        });
        for symbol in in_code.chain(in_data) {
            if taken.insert(symbol)
                && let Some(&n) = graph.nodes.get(symbol)
                && let Some(&sig) = graph.sigs.get(&key(&module.funcs[symbol].sig))
            {
                graph.succs[sig as usize].push(n);
            }
        }
        graph.frameless = (reach.funcs.iter())
            .map(|&i| module.funcs[i].attrs.nocollect)
            .collect();
        graph.frameless.resize(graph.succs.len(), false);
        graph.find_collecting(module, scans, reach);
        graph
    }

    fn sig_node(&mut self, key: SigKey) -> u32 {
        *self.sigs.entry(key).or_insert_with(|| {
            self.succs.push(Vec::new());
            self.noreturn.push(false);
            self.between_stacks.push(false);
            self.succs.len() as u32 - 1
        })
    }

    /// A collector walks the shadow stack, so it reads its pointer; whatever reaches such a function may collect. If
    /// that is a function that does not return, only a caller that goes on where the call left early sees that the
    /// collector has run.
    fn find_collecting(&mut self, module: &Module, scans: &[Scan], reach: &Reach) {
        let mut preds = vec![Vec::new(); self.succs.len()];
        for (n, succs) in self.succs.iter().enumerate() {
            for &s in succs {
                preds[s as usize].push(n);
            }
        }
        let resumes: Vec<bool> = reach.funcs.iter().map(|&i| scans[i].resumes).collect();
        self.collects = vec![Collects::No; self.succs.len()];
        let mut work = Vec::new();
        for (n, &i) in reach.funcs.iter().enumerate() {
            let func = &module.funcs[i];
            let walks = |&s: &polkago_ir::SymRef| &*func.syms[s] == super::SHADOW_SP;
            if scans[i].globals.iter().any(walks) {
                self.collects[n] = Collects::Yes;
                work.push(n);
            }
        }
        while let Some(n) = work.pop() {
            let returns = self.collects[n] == Collects::Yes && !self.noreturn[n];
            for &p in &preds[n] {
                let goes_on = returns || resumes.get(p).is_some_and(|&r| r);
                let collects = match goes_on {
                    true => Collects::Yes,
                    false => Collects::Leaving,
                };
                if collects > self.collects[p] {
                    self.collects[p] = collects;
                    work.push(p);
                }
            }
        }
    }

    /// From those who ask for call sites to their callers.
    pub fn find_traced(&mut self, module: &Module, scans: &[Scan], reach: &Reach) {
        let mut preds = vec![Vec::new(); self.succs.len()];
        for (n, succs) in self.succs.iter().enumerate() {
            for &s in succs {
                preds[s as usize].push(n);
            }
        }
        self.traced = vec![false; self.succs.len()];
        let mut work = Vec::new();
        for (n, &i) in reach.funcs.iter().enumerate() {
            let func = &module.funcs[i];
            let asks = |&s: &polkago_ir::SymRef| &*func.syms[s] == super::sites::CALL_SITES;
            if scans[i].globals.iter().any(asks) {
                self.traced[n] = true;
                work.push(n);
            }
        }
        // Those that call each other may use up the stack, and the report of that asks.
        for n in self.cycles(&vec![false; self.succs.len()]).concat() {
            if !std::mem::replace(&mut self.traced[n], true) {
                work.push(n);
            }
        }
        while let Some(n) = work.pop() {
            for &p in &preds[n] {
                if !std::mem::replace(&mut self.traced[p], true) {
                    work.push(p);
                }
            }
        }
    }

    /// A function of the program by its name.
    pub fn function(&self, name: &Symbol) -> Option<&'a Function> {
        self.module.funcs.get(name)
    }

    /// Whether anybody asks for call sites.
    pub fn keeps_sites(&self) -> bool {
        !self.traced.is_empty()
    }

    fn callee(&self, func: &Function, call: &InstData) -> Option<usize> {
        let node = match call {
            InstData::Call { func: sym, .. } => self.nodes.get(&func.syms[*sym]),
            InstData::CallIndirect { sig, .. } => self.sigs.get(&key(&func.sigs[*sig])),
            _ => None,
        };
        node.map(|&n| n as usize)
    }

    /// Whether a call may lead to somebody who asks for call sites, and has one. Code that moves between stacks has no
    /// frames for their sake.
    pub fn is_traced(&self, func: &Function, call: &InstData) -> bool {
        if self.traced.is_empty() || func.attrs.nocollect || func.attrs.exit_barrier {
            return false;
        }
        self.callee(func, call).is_some_and(|n| self.traced[n])
    }

    /// Whether a call's site is kept in the frame: those that are traced, and those in which the collector may run, which
    /// looks there for what the call leaves alive.
    pub fn keeps_site(&self, func: &Function, call: &InstData) -> bool {
        let attrs = &func.attrs;
        if self.traced.is_empty() || attrs.nocollect || attrs.exit_barrier {
            return false;
        }
        let callee = self.callee(func, call);
        callee.is_some_and(|n| self.traced[n] || self.collects[n] != Collects::No)
    }

    /// Whether a call does not return, unless it leaves early.
    pub fn never_returns(&self, func: &Function, call: &InstData) -> bool {
        self.callee(func, call).is_some_and(|n| self.noreturn[n])
    }

    /// Whether the collector may run during a call.
    pub fn may_collect(&self, func: &Function, call: &InstData) -> Collects {
        let node = self.callee(func, call);
        node.map_or(Collects::No, |n| self.collects[n])
    }

    /// The functions that these call, directly or through others that return, by place in [`Reach::funcs`]. What
    /// those in `without` call does not count.
    pub fn reached_by(&self, funcs: &[usize], without: &[usize]) -> Vec<bool> {
        let mut reached = vec![false; self.succs.len()];
        without.iter().for_each(|&n| reached[n] = true);
        let mut work = funcs.to_vec();
        while let Some(n) = work.pop() {
            if !std::mem::replace(&mut reached[n], true) {
                let succs = self.succs[n].iter().map(|&s| s as usize);
                work.extend(succs.filter(|&s| !self.noreturn[s]));
            }
        }
        without.iter().for_each(|&n| reached[n] = false);
        reached.truncate(self.funcs);
        reached
    }

    /// Whether any function can call itself, through others or not.
    pub fn has_cycle(&self) -> bool {
        !self.cycles(&vec![false; self.succs.len()]).is_empty()
    }

    /// The functions that compare the shadow stack pointer with the end of the stack, so that each cycle of calls
    /// has one, by place in [`Reach::funcs`]. Those with large frames always do; otherwise few are chosen, and
    /// first from those that cost least: functions that do not return, then those that have a frame anyway.
    /// `frames` are the sizes of the frames, 0 for none.
    pub fn overflow_checks(&self, frames: &[u32]) -> Vec<usize> {
        // What runs between two stacks must have no frame; it has no cycles of its own.
        let mut gone = self.frameless.clone();
        let mut checks = Vec::new();
        let mut work = self.cycles(&gone);
        for cycle in &work {
            let large = |&n: &usize| n < self.funcs && frames[n] > LARGE_FRAME;
            checks.extend(cycle.iter().copied().filter(large));
        }
        checks.iter().for_each(|&n| gone[n] = true);
        if !checks.is_empty() {
            work = self.cycles(&gone);
        }
        while !work.is_empty() {
            for cycle in &work {
                for n in self.breakers(cycle, frames, &gone) {
                    gone[n] = true;
                    checks.push(n);
                }
            }
            work = self.cycles(&gone);
        }
        checks.sort_unstable();
        checks
    }

    /// For each function that tests its frame (`checks`, ascending), the greatest sum of costs on a way of calls from
    /// it on that stays in its cycles and meets no other test: what a stack may grow by until the next test. `cost` is
    /// that of a function.
    pub fn between_checks(&self, checks: &[usize], cost: impl Fn(usize) -> u64 + Sync) -> Vec<u64> {
        let mut component = vec![0; self.succs.len()];
        for (n, cycle) in self.cycles(&self.frameless).iter().enumerate() {
            cycle.iter().for_each(|&member| component[member] = n + 1);
        }
        let mut tests = vec![false; self.succs.len()];
        checks.iter().for_each(|&n| tests[n] = true);
        // The costliest way from each node on; what is open has none yet, and only code between stacks meets such.
        let mut ways: Vec<Option<u64>> = vec![None; self.succs.len()];
        let own = |n: usize| {
            let met = n < self.funcs && (component[n] != 0 || tests[n]);
            if met { cost(n) } else { 0 }
        };
        let own: Vec<u64> = (0..self.succs.len()).into_par_iter().map(own).collect();
        let next = |n: usize| {
            let succs = self.succs[n].iter().map(|&s| s as usize);
            let home = component[n];
            let component = &component;
            let inside = move |&s: &usize| component[s] == home && home != 0;
            succs.filter(inside).filter(|&s| !tests[s])
        };
        let mut sums = Vec::new();
        for &check in checks {
            let mut work = vec![(check, false)];
            while let Some((n, done)) = work.pop() {
                if done {
                    let rest = next(n).filter_map(|s| ways[s]).max().unwrap_or(0);
                    ways[n] = Some(own[n] + rest);
                } else if ways[n].is_none() {
                    ways[n] = Some(0);
                    work.push((n, true));
                    work.extend(next(n).map(|s| (s, false)));
                }
            }
            sums.push(ways[check].unwrap_or(0));
        }
        sums
    }

    /// Functions to be taken out of a strongly connected component. A signature is no function, so each cycle has
    /// at least one.
    fn breakers(&self, cycle: &[usize], frames: &[u32], gone: &[bool]) -> Vec<usize> {
        let class = |n: usize| match (self.noreturn[n], frames[n] > 0) {
            // Code that moves between stacks gets a frame only if nothing else is there.
            _ if self.between_stacks[n] => 3,
            (true, _) => 0,
            (false, true) => 1,
            (false, false) => 2,
        };
        let funcs = || cycle.iter().copied().filter(|&n| n < self.funcs);
        let best = funcs().map(class).min();
        let mut candidates = funcs().filter(|&n| Some(class(n)) == best);
        if cycle.len() > SEARCHED {
            // Too large to look for the best ones.
            return match best {
                Some(0 | 1) => candidates.collect(),
                _ => candidates.next().into_iter().collect(),
            };
        }
        // The one that leaves the fewest functions in cycles.
        let mut alone = vec![true; gone.len()];
        cycle.iter().for_each(|&n| alone[n] = false);
        let left = |n: usize| {
            let mut without = alone.clone();
            without[n] = true;
            let cycles = self.cycles(&without);
            cycles.iter().map(Vec::len).sum::<usize>()
        };
        candidates.min_by_key(|&n| left(n)).into_iter().collect()
    }

    /// The strongly connected components that have a cycle, without the nodes in `gone`, each ascending. Tarjan's
    /// algorithm with an explicit stack.
    fn cycles(&self, gone: &[bool]) -> Vec<Vec<usize>> {
        const NEW: u32 = u32::MAX;
        const DONE: u32 = u32::MAX - 1;
        let mut number: Vec<u32> = gone.iter().map(|&g| if g { DONE } else { NEW }).collect();
        let mut low = vec![0; number.len()];
        let mut next = 0;
        let mut open: Vec<usize> = Vec::new();
        let mut found = Vec::new();
        for root in 0..number.len() {
            if number[root] != NEW {
                continue;
            }
            let mut calls = vec![(root, 0)];
            while let Some((n, visited)) = calls.last_mut() {
                let n = *n;
                if number[n] == NEW {
                    number[n] = next;
                    low[n] = next;
                    next += 1;
                    open.push(n);
                }
                if let Some(&succ) = self.succs[n].get(*visited) {
                    *visited += 1;
                    let succ = succ as usize;
                    match number[succ] {
                        NEW => calls.push((succ, 0)),
                        DONE => {}
                        m => low[n] = low[n].min(m),
                    }
                    continue;
                }
                calls.pop();
                if let Some(&(parent, _)) = calls.last() {
                    low[parent] = low[parent].min(low[n]);
                }
                if low[n] == number[n] {
                    let start = open.iter().rposition(|&m| m == n).unwrap_or(0);
                    let mut component = open.split_off(start);
                    component.iter().for_each(|&m| number[m] = DONE);
                    if component.len() > 1 || self.succs[n].contains(&(n as u32)) {
                        component.sort_unstable();
                        found.push(component);
                    }
                }
            }
        }
        found
    }
}
