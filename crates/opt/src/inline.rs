//! Inlining of small functions, and of functions that are called from one place only.
//!
//! Functions are visited from the bottom of the call graph up, side by side where none calls the other, so a function is in its final form when it is copied,
//! and what has been copied is not looked at again. Nothing is inlined inside of a strongly connected component. A
//! function into which something was inlined is cleaned up at once, so that its size counts as it will be.
//!
//! How large a function may be depends on the call: whether it is in a loop, is the only one, or has a closure of known
//! code as an argument that the function calls.
//!
//! Not inlined: what is marked `noinline`; what never returns, and calls in blocks that end in a trap, because panics
//! are cold; a call with an exit check behind it; allocators; what uses a frame global.
//!
//! A copy brings along its stack slots, with the words that hold refs set to null where the call stood, and its
//! locations, inlined at the location of the call.

use crate::callgraph::CallGraph;
use crate::closures;
use crate::pass::{FunctionPass, ModulePass, Program};
use cranelift_entity::{SecondaryMap, packed_option::PackedOption};
use polkago_ir::{
    Aliases, Block, BlockCall, Cfg, Dominators, Function, Inst, InstData, Loc, LocData, Loops,
    MemType, Module, SigRef, Signature, StackSlot, SymRef, Symbol, SymbolMap, Type, Value,
    ValueDef,
};
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use std::sync::{Mutex, OnceLock, PoisonError};

/// The pass. See the module documentation.
pub struct Inline<'a> {
    /// Run on a function into which something was inlined.
    pub cleanup: &'a [&'a dyn FunctionPass],
    /// See [`Options::allocators`](crate::Options::allocators). Calls of these are worth more as they are.
    pub allocators: &'a [Symbol],
    /// See [`Options::frame_globals`](crate::Options::frame_globals).
    pub frame_globals: &'a [Symbol],
    /// Functions that are to be inlined later.
    pub later: &'a [&'a str],
    /// Inline only what makes the program smaller, or not much larger.
    pub for_size: bool,
}

/// The cost up to which a function is inlined everywhere: about that of the call itself.
const SMALL: u32 = 6;
/// The same where speed counts.
const SMALL_FOR_SPEED: u32 = 12;
/// The same for calls in loops.
const SMALL_IN_LOOP: u32 = 40;
/// The same where a closure of known code is an argument that is called.
const WITH_CLOSURE: u32 = 150;
/// The same for the only call of a function.
const ONLY_CALL: u32 = 300;
/// The cost at which a function takes in no more.
const FULL: u32 = 4000;

impl ModulePass for Inline<'_> {
    fn name(&self) -> &'static str {
        "inline"
    }

    fn run(&self, module: &mut Module) -> bool {
        let graph = CallGraph::new(module);
        let is_fixed = |func: &Function| {
            self.allocators.contains(&func.name)
                || self.later.contains(&&*func.name)
                || is_fixed(func, self.frame_globals)
        };
        let all: Vec<&Function> = module.funcs.values().collect();
        let fixed: Vec<bool> = all.par_iter().map(|func| is_fixed(func)).collect();
        let cold = cold_functions(module, &graph);
        // Neither signatures nor attributes nor data change.
        let (funcs, program) = Program::split(module, self.allocators);
        let take = |func: &mut Function| {
            let empty = Function::new(func.name.clone(), Signature::default());
            Mutex::new(Some(std::mem::replace(func, empty)))
        };
        let open: Vec<Mutex<Option<Function>>> = funcs.values_mut().map(take).collect();
        let done: Vec<OnceLock<Done>> = open.iter().map(|_| OnceLock::new()).collect();
        graph.bottom_up(|n| {
            let taken = open[n]
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .take();
            let Some(mut func) = taken else {
                return;
            };
            let mut size = Size::new(&func);
            let chooser = Chooser {
                caller: &func,
                n,
                funcs,
                graph: &graph,
                program: &program,
                fixed: &fixed,
                total: size.cost,
                done: &done,
                limits: if self.for_size || cold[n] {
                    Limits::SIZE
                } else {
                    Limits::SPEED
                },
            };
            let sites = chooser.choose();
            let changed = sites.is_some();
            if let Some(sites) = sites {
                inline(&mut func, &sites, &done);
                for pass in self.cleanup {
                    pass.run(&mut func, &program);
                }
                size = Size::new(&func);
            }
            // Nothing else sets it.
            _ = done[n].set(Done {
                func,
                size,
                changed,
            });
        });
        let mut changed = false;
        for (func, done) in funcs.values_mut().zip(done) {
            if let Some(done) = done.into_inner() {
                *func = done.func;
                changed |= done.changed;
            }
        }
        changed
    }
}

/// A function into which everything has been inlined that will be.
struct Done {
    func: Function,
    size: Size,
    changed: bool,
}

/// Whether a function is never copied.
fn is_fixed(func: &Function, frame_globals: &[Symbol]) -> bool {
    let uses_frame = |data: &InstData| match data {
        InstData::GlobalGet { global, .. } | InstData::GlobalSet { global, .. } => {
            frame_globals.contains(&func.syms[*global])
        }
        _ => false,
    };
    let mut insts = func.layout.iter().flat_map(|&b| &func.blocks[b].insts);
    func.attrs.noinline
        || func.attrs.noreturn
        || func.layout.is_empty()
        || insts.any(|&inst| uses_frame(&func.insts[inst]))
}

/// Up to which cost functions are inlined.
#[derive(Clone, Copy)]
struct Limits {
    small: u32,
    in_loops: u32,
    with_closure: u32,
}

impl Limits {
    const SIZE: Self = Self {
        small: SMALL,
        in_loops: SMALL,
        with_closure: SMALL,
    };
    const SPEED: Self = Self {
        small: SMALL_FOR_SPEED,
        in_loops: SMALL_IN_LOOP,
        with_closure: WITH_CLOSURE,
    };
}

/// Whether a block ends in a trap: panics are cold.
fn is_cold(func: &Function, block: Block) -> bool {
    let end = func.terminator(block);
    end.is_some_and(|end| matches!(func.insts[end], InstData::Trap(_)))
}

/// Functions that are called in cold blocks and by cold functions only.
fn cold_functions(module: &Module, graph: &CallGraph) -> Vec<bool> {
    let mut cold: Vec<bool> = graph.exposed.iter().map(|&exposed| !exposed).collect();
    // Callers before callees. What a function in a cycle calls in cold blocks of its own says nothing.
    for members in graph.components.iter().rev() {
        let all = members.iter().all(|&n| cold[n]);
        for &n in members {
            cold[n] = all;
        }
        for &n in members {
            let func = &module.funcs[n];
            for &block in &func.layout {
                if all || is_cold(func, block) {
                    continue;
                }
                for &inst in &func.blocks[block].insts {
                    if let InstData::Call { func: callee, .. } = &func.insts[inst]
                        && let Some(callee) = module.funcs.get_index_of(&func.syms[*callee])
                        && graph.component[callee] != graph.component[n]
                    {
                        cold[callee] = false;
                    }
                }
            }
        }
    }
    cold
}

/// What is known of a function before it is inlined.
struct Size {
    /// A measure of the size of its code.
    cost: u32,
    /// The parameters that it calls as closures.
    called: Vec<u32>,
}

impl Size {
    fn new(func: &Function) -> Self {
        let mut this = Self {
            cost: 0,
            called: Vec::new(),
        };
        for &block in &func.layout {
            for &inst in &func.blocks[block].insts {
                this.cost += inst_cost(&func.insts[inst]);
                if let Some(closure) = closures::called(func, inst)
                    && let ValueDef::Param(at, n) = func.values[closure].def
                    && at == func.entry()
                {
                    this.called.push(n);
                }
            }
        }
        this
    }
}

fn inst_cost(data: &InstData) -> u32 {
    match data {
        InstData::Call { args, .. } | InstData::CallIndirect { args, .. } => 3 + args.len() as u32,
        InstData::Jump(_) | InstData::Return(_) | InstData::ReturnExit => 0,
        data if data.is_rematerializable() => 0,
        _ => 1,
    }
}

/// Decides which calls of a function are inlined.
struct Chooser<'a> {
    caller: &'a Function,
    /// The index of the function.
    n: usize,
    funcs: &'a SymbolMap<Function>,
    graph: &'a CallGraph,
    program: &'a Program<'a>,
    fixed: &'a [bool],
    /// The cost of the function.
    total: u32,
    /// What can be copied: everything called that is not in the same component.
    done: &'a [OnceLock<Done>],
    limits: Limits,
}

impl Chooser<'_> {
    /// The calls that are to be inlined, with the index of the function called; `None` if there are none.
    fn choose(&self) -> Option<FxHashMap<Inst, usize>> {
        let Self {
            caller,
            n,
            funcs,
            graph,
            fixed,
            mut total,
            done,
            limits,
            ..
        } = *self;
        let symbols: SecondaryMap<SymRef, Option<usize>> = {
            let mut symbols = SecondaryMap::new();
            for (sym, name) in &caller.syms {
                symbols[sym] = funcs.get_index_of(name);
            }
            symbols
        };
        let mut loops: Option<Loops> = None;
        let mut made: Option<FxHashMap<Value, SymRef>> = None;
        let mut sites = FxHashMap::default();
        for &block in &caller.layout {
            let insts = &caller.blocks[block].insts;
            if is_cold(caller, block) {
                continue;
            }
            for (at, &inst) in insts.iter().enumerate() {
                let InstData::Call {
                    func: callee, args, ..
                } = &caller.insts[inst]
                else {
                    continue;
                };
                let Some(callee) = symbols[*callee] else {
                    continue;
                };
                let checked = insts
                    .get(at + 1)
                    .is_some_and(|&next| matches!(caller.insts[next], InstData::ExitCheck));
                if fixed[callee]
                    || graph.component[callee] == graph.component[n]
                    || graph.recursive[callee]
                    || checked
                {
                    continue;
                }
                let Some(Done { size, .. }) = done[callee].get() else {
                    continue;
                };
                let cost = size.cost;
                let only_call = graph.calls[callee] == 1 && !graph.exposed[callee];
                let mut in_loop = || {
                    let loops = loops.get_or_insert_with(|| {
                        let cfg = Cfg::new(caller);
                        Loops::new(&cfg, &Dominators::new(&cfg))
                    });
                    loops.depth(block) > 0
                };
                let mut known_closure = || {
                    let made = made.get_or_insert_with(|| closures::made(caller, self.program));
                    let args = size.called.iter().map(|&n| args[n as usize]);
                    args.into_iter()
                        .any(|arg| made.contains_key(&arg) || self.is_static_closure(arg))
                };
                let worthwhile = cost <= limits.small
                    || only_call && cost <= ONLY_CALL
                    || cost <= limits.in_loops && in_loop()
                    || cost <= limits.with_closure && known_closure();
                if worthwhile && total + cost <= FULL {
                    total += cost;
                    sites.insert(inst, callee);
                }
            }
        }
        (!sites.is_empty()).then_some(sites)
    }

    fn is_static_closure(&self, v: Value) -> bool {
        let ValueDef::Result(inst, _) = self.caller.values[v].def else {
            return false;
        };
        match self.caller.insts[inst] {
            InstData::SymAddr { sym, offset: 0 } => {
                closures::of_data(self.program.data, &self.caller.syms[sym]).is_some()
            }
            _ => false,
        }
    }
}

/// Inlines calls of a function.
fn inline(caller: &mut Function, sites: &FxHashMap<Inst, usize>, done: &[OnceLock<Done>]) {
    let mut tables = Tables {
        syms: caller.syms.iter().map(|(r, s)| (s.clone(), r)).collect(),
        sigs: caller.sigs.iter().map(|(r, s)| (s.clone(), r)).collect(),
        locs: caller.locs.iter().map(|(r, l)| (l.clone(), r)).collect(),
    };
    let mut aliases = Aliases::new();
    let mut layout = Vec::with_capacity(caller.layout.len());
    for first in std::mem::take(&mut caller.layout) {
        layout.push(first);
        let mut block = first;
        let insts = std::mem::take(&mut caller.blocks[first].insts);
        for inst in insts {
            let callee = sites.get(&inst).and_then(|&n| done[n].get());
            let Some(Done { func: callee, .. }) = callee else {
                caller.blocks[block].insts.push(inst);
                continue;
            };
            let mut copy = Copy {
                callee,
                caller,
                tables: &mut tables,
                call_loc: None.into(),
                values: SecondaryMap::new(),
                blocks: SecondaryMap::new(),
                slots: SecondaryMap::new(),
                syms: SecondaryMap::new(),
                sigs: SecondaryMap::new(),
                locs: SecondaryMap::new(),
            };
            block = copy.run(inst, block, &mut layout, &mut aliases);
        }
    }
    caller.layout = layout;
    aliases.apply(caller);
}

/// The caller's tables, to find entries in.
struct Tables {
    syms: FxHashMap<Symbol, SymRef>,
    sigs: FxHashMap<Signature, SigRef>,
    locs: FxHashMap<LocData, Loc>,
}

/// One function being copied into another. The maps lead from the one called to the caller.
struct Copy<'a> {
    callee: &'a Function,
    caller: &'a mut Function,
    tables: &'a mut Tables,
    call_loc: PackedOption<Loc>,
    values: SecondaryMap<Value, PackedOption<Value>>,
    blocks: SecondaryMap<Block, PackedOption<Block>>,
    slots: SecondaryMap<StackSlot, PackedOption<StackSlot>>,
    syms: SecondaryMap<SymRef, PackedOption<SymRef>>,
    sigs: SecondaryMap<SigRef, PackedOption<SigRef>>,
    locs: SecondaryMap<Loc, PackedOption<Loc>>,
}

impl Copy<'_> {
    /// Copies the body to where the call stands, at the end of `at`. Gives the block in which the caller goes on.
    fn run(
        &mut self,
        call: Inst,
        at: Block,
        layout: &mut Vec<Block>,
        aliases: &mut Aliases,
    ) -> Block {
        self.call_loc = self.caller.inst_locs[call];
        let InstData::Call { args, .. } = self.caller.insts[call].clone() else {
            return at;
        };
        let entry = self.callee.entry();
        for (&param, &arg) in self.callee.blocks[entry].params.iter().zip(&args) {
            self.values[param] = arg.into();
        }
        self.copy_slots(at);
        let results = std::mem::take(&mut self.caller.results[call]);

        // One block: no control flow to join.
        if let [only] = *self.callee.layout
            && let Some(end) = self.callee.terminator(only)
            && let InstData::Return(values) = &self.callee.insts[end]
        {
            self.copy_insts(only, at, None);
            for (&result, &value) in results.iter().zip(values) {
                aliases.replace(result, self.value(value));
            }
            return at;
        }

        // Blocks in reverse postorder, so that values are known where they are used; parameters and blocks first,
        // for edges backwards.
        let cfg = Cfg::new(self.callee);
        let blocks: Vec<Block> = cfg.rpo().collect();
        self.blocks[entry] = at.into();
        for &block in &blocks[1..] {
            let copy = self.caller.blocks.push(Default::default());
            layout.push(copy);
            self.blocks[block] = copy.into();
            for &param in &self.callee.blocks[block].params {
                let ty = self.callee.value_type(param);
                self.values[param] = self.caller.add_block_param(copy, ty).into();
            }
        }
        let after = self.caller.blocks.push(Default::default());
        layout.push(after);
        for &result in &results {
            let ty = self.caller.value_type(result);
            let param = self.caller.add_block_param(after, ty);
            aliases.replace(result, param);
        }
        for &block in &blocks {
            let to = self.block(block);
            self.copy_insts(block, to, Some(after));
        }
        after
    }

    fn value(&self, v: Value) -> Value {
        self.values[v].expect("definitions are copied before uses")
    }

    fn block(&self, b: Block) -> Block {
        self.blocks[b].expect("all blocks that can be reached have been copied")
    }

    /// Makes the slots anew, as empty as they are on entry of the function called.
    fn copy_slots(&mut self, at: Block) {
        let loc = self.call_loc;
        for (slot, data) in &self.callee.slots {
            let copy = self.caller.slots.push(data.clone());
            self.slots[slot] = copy.into();
            if data.refs.is_empty() {
                continue;
            }
            let null = self.caller.append(at, InstData::Null, loc);
            let addr = InstData::StackAddr {
                slot: copy,
                offset: 0,
            };
            let addr = self.caller.append(at, addr, loc);
            let (value, addr) = (self.caller.results[null][0], self.caller.results[addr][0]);
            for &offset in &data.refs {
                let store = InstData::Store {
                    mem: MemType::Full(Type::Ref),
                    addr,
                    value,
                    offset,
                };
                self.caller.append(at, store, loc);
            }
        }
    }

    /// Appends copies of the instructions of a block. A return jumps to `after`; without that it is left out.
    fn copy_insts(&mut self, from: Block, to: Block, after: Option<Block>) {
        let callee = self.callee;
        for &inst in &callee.blocks[from].insts {
            let data = match &callee.insts[inst] {
                InstData::Return(values) => match after {
                    Some(block) => InstData::Jump(BlockCall {
                        block,
                        args: values.iter().map(|&v| self.value(v)).collect(),
                    }),
                    None => return,
                },
                data => self.map(data.clone()),
            };
            let loc = self.loc(callee.inst_locs[inst]);
            let copy = self.caller.append(to, data, loc);
            for (n, &result) in callee.results[inst].iter().enumerate() {
                self.values[result] = self.caller.results[copy][n].into();
            }
        }
    }

    /// An instruction in terms of the caller.
    fn map(&mut self, mut data: InstData) -> InstData {
        data.map_operands(|v| self.value(v));
        for target in data.targets_mut() {
            target.block = self.block(target.block);
        }
        let named = data.references_mut();
        if let Some(sym) = named.sym {
            *sym = self.sym(*sym);
        }
        if let Some(sig) = named.sig {
            *sig = self.sig(*sig);
        }
        if let Some(slot) = named.slot {
            *slot = self.slots[*slot].expect("all slots have been copied");
        }
        data
    }

    fn sym(&mut self, sym: SymRef) -> SymRef {
        if let Some(known) = self.syms[sym].expand() {
            return known;
        }
        let name = &self.callee.syms[sym];
        let syms = &mut self.caller.syms;
        let entry = self.tables.syms.entry(name.clone());
        let found = *entry.or_insert_with(|| syms.push(name.clone()));
        self.syms[sym] = found.into();
        found
    }

    fn sig(&mut self, sig: SigRef) -> SigRef {
        if let Some(known) = self.sigs[sig].expand() {
            return known;
        }
        let data = &self.callee.sigs[sig];
        let sigs = &mut self.caller.sigs;
        let entry = self.tables.sigs.entry(data.clone());
        let found = *entry.or_insert_with(|| sigs.push(data.clone()));
        self.sigs[sig] = found.into();
        found
    }

    /// A location inside of the function called, as seen from the caller.
    fn loc(&mut self, loc: PackedOption<Loc>) -> PackedOption<Loc> {
        let Some(loc) = loc.expand() else {
            return self.call_loc;
        };
        if let Some(known) = self.locs[loc].expand() {
            return known.into();
        }
        let mut data = self.callee.locs[loc].clone();
        data.func.get_or_insert_with(|| self.callee.name.clone());
        // What it was inlined at has a lower number, so this ends.
        data.inlined_at = match data.inlined_at.expand() {
            Some(at) => self.loc(at.into()),
            None => self.call_loc,
        };
        let locs = &mut self.caller.locs;
        let entry = self.tables.locs.entry(data);
        let found = *entry.or_insert_with_key(|data| locs.push(data.clone()));
        self.locs[loc] = found.into();
        found.into()
    }
}
