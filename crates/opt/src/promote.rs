//! Memory that only this function can see becomes values: parts of stack slots, and of fresh heap objects.
//!
//! Candidates are stack slots and the results of calls of allocators. An address of a candidate with a constant
//! offset may be loaded from, stored to, and tested for null; any other use lets it escape, and the candidate stays
//! as it is. The accesses of one that does not escape fall into *parts*: ranges of bytes that do not overlap each
//! other. A part that is always accessed at the same place with the same width and type becomes a variable in SSA
//! form. It is zero where a heap object is made; in a slot that was not written it may be anything, and is zero too.
//!
//! An allocation with no uses left is removed by `dce`; slots with no uses left are removed here. Linear, but for
//! sorting accesses.

use crate::pass::{FunctionPass, Program};
use crate::ssa::{Var, Variables};
use cranelift_entity::{EntitySet, PrimaryMap, SecondaryMap};
use polkago_ir::{
    Aliases, BinaryOp, Block, Cfg, Function, Inst, InstData, MemType, StackSlot, Type, UnaryOp,
    Value, ValueDef,
};
use rustc_hash::FxHashMap;

/// The pass. See the module documentation.
pub struct Promote;

impl FunctionPass for Promote {
    fn name(&self) -> &'static str {
        "promote"
    }

    fn run(&self, func: &mut Function, program: &Program<'_>) -> bool {
        let mut changed = func.remove_unreachable_blocks();
        let mut candidates = Candidates::find(func, program);
        if !candidates.sizes.is_empty() {
            let cfg = Cfg::new(func);
            candidates.collect(func, &cfg);
            let parts = candidates.parts();
            if !parts.types.is_empty() {
                rewrite(func, &cfg, &candidates, parts);
                changed = true;
            }
        }
        changed | remove_unused_slots(func)
    }
}

/// The most variables that are made in one function.
const MAX_VARS: usize = 512;

/// A candidate, by number.
type Candidate = u32;

/// An access of a candidate.
#[derive(Clone, Copy)]
struct Access {
    candidate: Candidate,
    offset: i64,
    mem: MemType,
}

#[derive(Default)]
struct Candidates {
    /// The number of bytes of each that may be accessed.
    sizes: Vec<i64>,
    slots: SecondaryMap<StackSlot, Option<Candidate>>,
    objects: FxHashMap<Inst, Candidate>,
    escaped: Vec<bool>,
    /// Addresses in candidates, with the offset.
    addresses: SecondaryMap<Value, Option<(Candidate, i64)>>,
    accesses: Vec<Access>,
}

/// The variables, and how to find them.
#[derive(Default)]
struct Parts {
    types: Vec<Type>,
    /// By candidate and offset.
    vars: FxHashMap<(Candidate, i64), Var>,
}

impl Candidates {
    /// All slots and fresh objects.
    fn find(func: &Function, program: &Program<'_>) -> Self {
        let mut this = Self::default();
        for (slot, data) in &func.slots {
            this.slots[slot] = Some(this.sizes.len() as Candidate);
            this.sizes.push(data.size.into());
        }
        let mut allocators: SecondaryMap<polkago_ir::SymRef, bool> = SecondaryMap::new();
        let mut any = false;
        for (sym, name) in &func.syms {
            allocators[sym] = program.is_allocator(name);
            any |= allocators[sym];
        }
        if any {
            for &block in &func.layout {
                for &inst in &func.blocks[block].insts {
                    if let InstData::Call { func: callee, .. } = &func.insts[inst]
                        && allocators[*callee]
                        && func.results[inst].len() == 1
                    {
                        this.objects.insert(inst, this.sizes.len() as Candidate);
                        // The front end does not access what it did not ask for.
                        this.sizes.push(i32::MAX.into());
                    }
                }
            }
        }
        this.escaped = vec![false; this.sizes.len()];
        this
    }

    /// Finds addresses and accesses, and what escapes.
    fn collect(&mut self, func: &Function, cfg: &Cfg) {
        for block in cfg.rpo() {
            for &inst in &func.blocks[block].insts {
                if let Some(address) = self.address(func, inst) {
                    let result = func.results[inst][0];
                    self.addresses[result] = Some(address);
                }
            }
        }
        for &block in &func.layout {
            for &inst in &func.blocks[block].insts {
                let data = &func.insts[inst];
                // The operand through which the candidate is used in a way that is understood.
                let mut understood = None;
                match *data {
                    InstData::Load { mem, addr, offset } => {
                        understood = Some(addr);
                        self.access(addr, offset, mem);
                    }
                    InstData::Store {
                        mem,
                        addr,
                        offset,
                        value,
                    } if value != addr => {
                        understood = Some(addr);
                        self.access(addr, offset, mem);
                    }
                    InstData::Unary {
                        op: UnaryOp::Eqz,
                        x,
                        ..
                    } => understood = Some(x),
                    InstData::Binary {
                        op: BinaryOp::RefAdd,
                        x,
                        ..
                    } if func.results[inst]
                        .iter()
                        .any(|&r| self.addresses[r].is_some()) =>
                    {
                        understood = Some(x);
                    }
                    _ => {}
                }
                data.visit_operands(|v| {
                    if let Some((candidate, _)) = self.addresses[v]
                        && understood != Some(v)
                    {
                        self.escaped[candidate as usize] = true;
                    }
                });
            }
        }
    }

    /// The address that an instruction gives, if it is one in a candidate.
    fn address(&self, func: &Function, inst: Inst) -> Option<(Candidate, i64)> {
        match func.insts[inst] {
            InstData::StackAddr { slot, offset } => Some((self.slots[slot]?, offset.into())),
            InstData::Call { .. } => Some((*self.objects.get(&inst)?, 0)),
            InstData::Binary {
                op: BinaryOp::RefAdd,
                x,
                y,
            } => {
                let (candidate, offset) = self.addresses[x]?;
                let ValueDef::Result(def, _) = func.values[y].def else {
                    return None;
                };
                match func.insts[def] {
                    InstData::I32Const(n) => Some((candidate, offset + i64::from(n))),
                    _ => None,
                }
            }
            _ => None,
        }
    }

    fn access(&mut self, addr: Value, offset: u32, mem: MemType) {
        if let Some((candidate, at)) = self.addresses[addr] {
            self.accesses.push(Access {
                candidate,
                offset: at + i64::from(offset),
                mem,
            });
        }
    }

    /// The variables that can be made.
    fn parts(&mut self) -> Parts {
        let mut accesses = std::mem::take(&mut self.accesses);
        accesses.retain(|a| !self.escaped[a.candidate as usize]);
        accesses.sort_by_key(|a| (a.candidate, a.offset));
        let mut parts = Parts::default();
        let mut rest = accesses.as_slice();
        while let Some((&first, _)) = rest.split_first() {
            // The accesses that overlap the first one, each other, and so on.
            let mut end = first.offset;
            let overlap = rest.iter().take_while(|a| {
                let first_or_inside = a.offset < end || end == first.offset;
                let inside = a.candidate == first.candidate && first_or_inside;
                if inside {
                    end = end.max(a.offset + i64::from(a.mem.size()));
                }
                inside
            });
            let (group, after) = rest.split_at(overlap.count());
            rest = after;
            let same = |a: &Access| {
                a.offset == first.offset
                    && a.mem.size() == first.mem.size()
                    && a.mem.value_type() == first.mem.value_type()
            };
            let inside = first.offset >= 0 && end <= self.sizes[first.candidate as usize];
            if inside && group.iter().all(same) && parts.types.len() < MAX_VARS {
                let var = parts.types.len() as Var;
                parts.types.push(first.mem.value_type());
                parts.vars.insert((first.candidate, first.offset), var);
            }
        }
        parts
    }
}

/// Replaces the accesses of parts by reads and writes of their variables.
fn rewrite(func: &mut Function, cfg: &Cfg, candidates: &Candidates, parts: Parts) {
    let mut of_object: FxHashMap<Candidate, Vec<Var>> = FxHashMap::default();
    for (&(candidate, _), &var) in &parts.vars {
        of_object.entry(candidate).or_default().push(var);
    }
    of_object.values_mut().for_each(|vars| vars.sort_unstable());
    let mut rewriter = Rewriter {
        candidates,
        types: parts.types.clone(),
        vars: parts.vars,
        variables: Variables::new(cfg, parts.types),
        aliases: Aliases::new(),
        of_object,
    };
    for block in cfg.rpo() {
        rewriter.block(func, block);
    }
    let Rewriter {
        variables,
        mut aliases,
        ..
    } = rewriter;
    aliases.apply(func);
    variables.finish(func);
}

struct Rewriter<'a> {
    candidates: &'a Candidates,
    types: Vec<Type>,
    vars: FxHashMap<(Candidate, i64), Var>,
    variables: Variables<'a>,
    aliases: Aliases,
    of_object: FxHashMap<Candidate, Vec<Var>>,
}

impl Rewriter<'_> {
    fn block(&mut self, func: &mut Function, block: Block) {
        let insts = std::mem::take(&mut func.blocks[block].insts);
        for inst in insts {
            if !self.aliases.is_empty() {
                func.insts[inst].map_operands(|v| self.aliases.resolve(v));
            }
            let keep = match func.insts[inst] {
                InstData::Load { mem, addr, offset } => match self.var(addr, offset) {
                    Some(var) => {
                        self.load(func, block, inst, var, mem);
                        false
                    }
                    None => true,
                },
                InstData::Store {
                    addr,
                    offset,
                    value,
                    ..
                } => match self.var(addr, offset) {
                    Some(var) => {
                        self.variables.write(var, block, value);
                        false
                    }
                    None => true,
                },
                InstData::Unary {
                    op: UnaryOp::Eqz,
                    x,
                    ..
                } if self.is_private(x) => {
                    func.insts[inst] = InstData::I32Const(0);
                    true
                }
                _ => true,
            };
            if keep {
                func.blocks[block].insts.push(inst);
            }
            if let Some(candidate) = self.candidates.objects.get(&inst)
                && let Some(vars) = self.of_object.get(candidate)
            {
                for &var in vars {
                    let zero = self.variables.zero(func, self.types[var as usize]);
                    self.variables.write(var, block, zero);
                }
            }
        }
    }

    /// Whether a value is an address in a candidate that does not escape.
    fn is_private(&self, v: Value) -> bool {
        let candidate = self.candidates.addresses[v].map(|(c, _)| c as usize);
        candidate.is_some_and(|c| !self.candidates.escaped[c])
    }

    /// The variable that stands for what is at an address.
    fn var(&self, addr: Value, offset: u32) -> Option<Var> {
        let (candidate, at) = self.candidates.addresses[addr]?;
        let var = self.vars.get(&(candidate, at + i64::from(offset)));
        var.copied()
    }

    /// Replaces a load. Of a narrow part the variable holds what was stored, with any bits above.
    fn load(&mut self, func: &mut Function, block: Block, inst: Inst, var: Var, mem: MemType) {
        let value = self.variables.read(func, var, block);
        let loc = func.inst_locs[inst];
        let ty = Type::I32;
        let data = match mem {
            MemType::Full(_) => {
                self.aliases.replace(func.results[inst][0], value);
                return;
            }
            MemType::S8 => InstData::Unary {
                op: UnaryOp::Sext8,
                x: value,
                ty,
            },
            MemType::S16 => InstData::Unary {
                op: UnaryOp::Sext16,
                x: value,
                ty,
            },
            MemType::U8 | MemType::U16 => {
                let mask = if mem == MemType::U8 { 0xff } else { 0xffff };
                let mask = func.append(block, InstData::I32Const(mask), loc);
                InstData::Binary {
                    op: BinaryOp::And,
                    x: value,
                    y: func.results[mask][0],
                }
            }
        };
        func.insts[inst] = data;
        func.blocks[block].insts.push(inst);
    }
}

/// Drops slots that no instruction refers to. They would take room in the frame.
fn remove_unused_slots(func: &mut Function) -> bool {
    if func.slots.is_empty() {
        return false;
    }
    let mut used = EntitySet::with_capacity(func.slots.len());
    for &block in &func.layout {
        for &inst in &func.blocks[block].insts {
            if let InstData::StackAddr { slot, .. } = func.insts[inst] {
                used.insert(slot);
            }
        }
    }
    if func.slots.keys().all(|slot| used.contains(slot)) {
        return false;
    }
    let mut map: SecondaryMap<StackSlot, Option<StackSlot>> = SecondaryMap::new();
    let mut slots = PrimaryMap::new();
    for (slot, data) in &func.slots {
        if used.contains(slot) {
            map[slot] = Some(slots.push(data.clone()));
        }
    }
    func.slots = slots;
    for i in 0..func.layout.len() {
        let block = func.layout[i];
        for n in 0..func.blocks[block].insts.len() {
            let inst = func.blocks[block].insts[n];
            if let InstData::StackAddr { slot, .. } = &mut func.insts[inst]
                && let Some(new) = map[*slot]
            {
                *slot = new;
            }
        }
    }
    true
}
