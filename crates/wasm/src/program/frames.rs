//! Shadow frames (decision record 0002): which refs are kept in the frame, where, and what is null on entry.
//!
//! A ref is spilled if it is live across a call that may collect. If the collector can run only in calls that leave
//! early, that is one which is live where the check behind the call leads to. A ref made by adding to another one lies in the
//! same object, so its origin is spilled in its place; addresses of static data and of the frame itself need
//! nothing. A number made of a ref, widened or joined with other bits for the host, keeps it alive as the ref itself
//! does: the optimiser may have left nothing else of it. A slot is needed from the definition of its value to the last such call that the value lives across;
//! values whose needs do not overlap share a slot.

use super::callgraph::{CallGraph, Collects};
use super::live_slots::LiveSlots;
use crate::code::bits::Bits;
use crate::func::merge_traps::merge_traps;
use crate::func::normalise::normalise;
use cranelift_entity::SecondaryMap;
use polkago_ir::{
    BinaryOp, Block, Cfg, Data, Dominators, Function, Inst, InstData, Liveness, StackSlot, Symbol,
    Type, UnaryOp, Value, ValueDef,
};
use rustc_hash::FxHashMap;
use std::borrow::Cow;
use std::fmt::Write;

/// Bytes before the spilled refs: descriptor and call-site id.
pub const FRAME_HEADER: u32 = 8;

/// A function made ready for emission.
pub struct Prepared<'a> {
    /// The function, reducible and without arguments on `br_table`.
    pub func: Cow<'a, Function>,
    /// Its graph.
    pub cfg: Cfg,
    /// Its dominator tree.
    pub dominators: Dominators,
    /// Its frame, if it has one.
    pub frame: Option<Frame>,
    /// The call sites of the calls that need one. Where there is no frame these are calls that do not return, and get
    /// a frame of their own.
    pub sites: SecondaryMap<Inst, Option<u32>>,
}

/// The frame of a function.
#[derive(Default)]
pub struct Frame {
    /// Bytes, a multiple of 8.
    pub size: u32,
    /// Where each spilled ref is kept: byte offset.
    pub spills: SecondaryMap<Value, Option<u32>>,
    /// Where each stack slot begins.
    pub slots: SecondaryMap<StackSlot, u32>,
    /// The words that hold refs which are needed during or after a call that may collect: byte offsets, ascending.
    pub live: SecondaryMap<Inst, Option<Vec<u32>>>,
    /// Words to be null on entry: byte offsets, ascending.
    pub zeroed: Vec<u32>,
    /// What tells the collector of it; nothing if it can never run while this is the newest frame.
    pub descriptor: Option<Data>,
    /// Byte offsets of the words that hold refs, ascending.
    refs: Vec<u32>,
    /// Whether a descriptor is needed.
    described: bool,
    /// What to do if the stack is used up, if that is to be tested.
    pub overflow_check: Option<Overflow>,
    /// Whether the frame is one that another function has left.
    pub resumes: bool,
}

/// What a function does whose frame does not fit. Functions go by their Wasm indices.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Overflow {
    /// Calls one that does not return.
    Report(u32),
    /// Calls `more` with the size of the frame, then itself, then `less`.
    Grow {
        /// Links a segment.
        more: u32,
        /// The function itself.
        own: u32,
        /// Unlinks it.
        less: u32,
    },
}

impl Frame {
    /// The frame of a function that has one only for the test of the stack's end.
    pub fn only_check() -> Self {
        Self {
            size: FRAME_HEADER,
            described: true,
            ..Self::default()
        }
    }
}

/// Prepares a function and decides on its frame. The size does not fit u32 in the error case.
/// With `merge` blocks that trap in the same way become one, wherever they come from.
pub fn prepare<'a>(
    func: &'a Function,
    graph: &CallGraph<'_>,
    merge: bool,
) -> Result<Prepared<'a>, u64> {
    let mut func = normalise(func);
    if merge {
        merge_traps(&mut func);
    }
    let cfg = Cfg::new(&func);
    let dominators = Dominators::new(&cfg);
    let frame = plan(&func, &cfg, graph)?;
    Ok(Prepared {
        func,
        cfg,
        dominators,
        frame,
        sites: SecondaryMap::new(),
    })
}

fn plan(func: &Function, cfg: &Cfg, graph: &CallGraph<'_>) -> Result<Option<Frame>, u64> {
    let mut frame = Frame::default();
    let spills = Spills::find(func, cfg, graph);
    let spilled = spills.as_ref().map_or(0, |s| s.slot_count);
    let mut has_slots = func.suspend_slot.is_some();
    let mut calls = false;
    let mut traced = false;
    for block in cfg.rpo() {
        for &inst in &func.blocks[block].insts {
            let data = &func.insts[inst];
            has_slots |= matches!(data, InstData::StackAddr { .. });
            calls |= data.is_call();
            // A call that does not return is cold: it makes a frame for its site itself.
            traced |= graph.is_traced(func, data)
                && !(graph.never_returns(func, data) && func.results[inst].is_empty());
        }
    }
    // What runs between two stacks must not have one.
    traced &= !func.attrs.nocollect;
    if spilled == 0 && !has_slots && !traced {
        return Ok(None);
    }
    frame.resumes = func.resumes.is_some();
    // Words to be null on entry; a frame that was left has them already, but for its own spills.
    let mut zeroed = Vec::new();
    let mut end = u64::from(FRAME_HEADER);
    if func.suspend_slot.is_some() {
        // Other functions must find it, and go on in the frame: spilled refs, which are each function's own, come
        // last.
        end = place_slots(func, &mut frame, end)?;
        end = place_spills(&mut frame, spills.as_ref(), &mut zeroed, end)?;
    } else {
        end = place_spills(&mut frame, spills.as_ref(), &mut zeroed, end)?;
        if has_slots {
            end = place_slots(func, &mut frame, end)?;
        }
    }
    if !frame.resumes {
        for (slot, data) in func.slots.iter().filter(|_| has_slots) {
            zeroed.extend(data.refs.iter().map(|r| frame.slots[slot] + r));
        }
    }
    zeroed.sort_unstable();
    frame.zeroed = zeroed;
    let end = end.next_multiple_of(8);
    frame.size = u32::try_from(end)
        .ok()
        .filter(|&n| n <= i32::MAX as u32)
        .ok_or(end)?;
    frame.refs.sort_unstable();
    note_live(func, cfg, graph, spills.as_ref(), &mut frame);
    frame.described = calls || frame.resumes;
    Ok(Some(frame))
}

/// Gives the spilled refs their places from `start` on; gives the end.
fn place_spills(
    frame: &mut Frame,
    spills: Option<&Spills>,
    zeroed: &mut Vec<u32>,
    start: u64,
) -> Result<u64, u64> {
    let Some(spills) = spills else {
        return Ok(start);
    };
    let start = start.next_multiple_of(4);
    let end = start + 4 * spills.slot_count as u64;
    let start = u32::try_from(start).map_err(|_| end)?;
    let offset_of = |slot: usize| start + 4 * slot as u32;
    for (k, &v) in spills.values.iter().enumerate() {
        frame.spills[v] = Some(offset_of(spills.slots[k]));
    }
    zeroed.extend(spills.zeroed.iter().copied().map(offset_of));
    frame.refs.extend((0..spills.slot_count).map(offset_of));
    Ok(end)
}

/// Notes what each call that may collect leaves alive: the refs that live across it, and those in stack slots that are
/// still needed.
fn note_live(
    func: &Function,
    cfg: &Cfg,
    graph: &CallGraph<'_>,
    spills: Option<&Spills>,
    frame: &mut Frame,
) {
    if !graph.keeps_sites() || func.attrs.nocollect {
        return;
    }
    let slots = LiveSlots::find(func, cfg, graph);
    if slots.is_none() && spills.is_none() {
        return;
    }
    let none = Bits::default();
    for block in cfg.rpo() {
        for &inst in &func.blocks[block].insts {
            if graph.may_collect(func, &func.insts[inst]) == Collects::No {
                continue;
            }
            let values = spills.and_then(|s| s.calls[inst].as_ref().map(|values| (s, values)));
            let (values, numbers) = values.map_or((&[][..], &none), |(s, n)| (&s.values, n));
            let spilled = numbers.iter().filter_map(|k| frame.spills[values[k]]);
            let mut live: Vec<u32> = spilled.collect();
            if let Some(slots) = &slots {
                let needed = func
                    .slots
                    .iter()
                    .filter(|(slot, _)| slots.contains(inst, *slot));
                live.extend(needed.flat_map(|(slot, data)| {
                    let at = frame.slots[slot];
                    data.refs.iter().map(move |r| at + r)
                }));
            }
            live.sort_unstable();
            live.dedup();
            frame.live[inst] = Some(live);
        }
    }
}

/// Gives the stack slots their places from `start` on; gives the end.
fn place_slots(func: &Function, frame: &mut Frame, start: u64) -> Result<u64, u64> {
    let mut end = start;
    // The suspend slot stands where the scheduler looks; then the widest alignment first wastes least.
    let mut slots: Vec<StackSlot> = func.slots.keys().collect();
    slots.sort_by_key(|&s| {
        let suspends = func.suspend_slot.expand() == Some(s);
        (!suspends, std::cmp::Reverse(func.slots[s].align))
    });
    for slot in slots {
        let data = &func.slots[slot];
        let at = end.next_multiple_of(u64::from(data.align.max(1)));
        end = at + u64::from(data.size);
        let at = u32::try_from(at).map_err(|_| end)?;
        frame.slots[slot] = at;
        frame.refs.extend(data.refs.iter().map(|r| at + r));
    }
    Ok(end)
}

/// Gives the frames of a function and of the one that resumes it one size, and makes the descriptors.
pub fn finish(prepared: &mut [Prepared<'_>]) {
    let mut sizes: FxHashMap<Symbol, u32> = FxHashMap::default();
    let origin = |p: &Prepared<'_>| {
        p.func
            .resumes
            .clone()
            .unwrap_or_else(|| p.func.name.clone())
    };
    for p in prepared.iter() {
        if let Some(frame) = p.frame.as_ref().filter(|_| p.func.suspend_slot.is_some()) {
            let size = sizes.entry(origin(p)).or_default();
            *size = frame.size.max(*size);
        }
    }
    for p in prepared {
        let size = sizes.get(&origin(p)).copied();
        if let Some(frame) = &mut p.frame {
            if p.func.suspend_slot.is_some() {
                frame.size = size.unwrap_or(frame.size);
            }
            if frame.described {
                frame.descriptor = Some(descriptor(frame.size, &frame.refs));
            }
        }
    }
}

/// The descriptor of a frame with nothing but its header.
pub fn empty_descriptor() -> Data {
    descriptor(FRAME_HEADER, &[])
}

/// The descriptor of a frame: see decision record 0002. Equal ones have equal names.
fn descriptor(size: u32, refs: &[u32]) -> Data {
    let words = refs.last().map_or(0, |&r| r / 4 + 1);
    let mut bytes = Vec::new();
    bytes.extend(size.to_le_bytes());
    bytes.extend(words.to_le_bytes());
    let mut map = vec![0_u8; words.div_ceil(8) as usize];
    for r in refs {
        map[(r / 32) as usize] |= 1 << (r / 4 % 8);
    }
    bytes.extend(map);
    let mut name = String::from("frame:");
    for b in &bytes {
        let _ = write!(name, "{b:02x}");
    }
    Data {
        name: Symbol::from(name),
        align: 4,
        size: bytes.len() as u32,
        bytes,
        relocs: Vec::new(),
        mutable: false,
        mergeable: true,
        refs: Vec::new(),
    }
}

/// The ref that keeps a value's object alive; `None` if nothing needs to.
fn root(func: &Function, mut v: Value) -> Option<Value> {
    loop {
        let ValueDef::Result(inst, _) = func.values[v].def else {
            return Some(v);
        };
        match &func.insts[inst] {
            InstData::Binary {
                op: BinaryOp::RefAdd,
                x,
                ..
            } => v = *x,
            InstData::Null | InstData::SymAddr { .. } | InstData::StackAddr { .. } => return None,
            _ => return Some(v),
        }
    }
}

/// The ref that a number was made of; `None` if it was made of none.
fn packed(func: &Function, number: Value) -> Option<Value> {
    /// A number for the host is an address, widened, and a length.
    const DEPTH: usize = 4;
    fn find(func: &Function, number: Value, depth: usize) -> Option<Value> {
        let ValueDef::Result(inst, _) = func.values[number].def else {
            return None;
        };
        match func.insts[inst] {
            InstData::Unary {
                op: UnaryOp::RefToInt,
                x,
                ..
            } => Some(x),
            _ if depth == 0 => None,
            InstData::Unary {
                op: UnaryOp::ExtendU,
                x,
                ..
            } => find(func, x, depth - 1),
            InstData::Binary {
                op: BinaryOp::Or,
                x,
                y,
                ..
            } => find(func, x, depth - 1).or_else(|| find(func, y, depth - 1)),
            _ => None,
        }
    }
    find(func, number, DEPTH)
}

/// The values needed where the check behind a call leads to; none if there is no check.
fn live_where_left(func: &Function, liveness: &Liveness, block: Block, call: Inst) -> Vec<Value> {
    let insts = &func.blocks[block].insts;
    let at = insts.iter().position(|&inst| inst == call);
    let behind = at.map_or(&[][..], |at| &insts[at + 1..]);
    let [check, branch, ..] = *behind else {
        return Vec::new();
    };
    if !matches!(func.insts[check], InstData::ExitCheck) {
        return Vec::new();
    }
    match &func.insts[branch] {
        InstData::Brif { cond, then, .. } if *cond == func.results[check][0] => {
            let live = liveness.live_in(then.block).iter();
            live.chain(&then.args).copied().collect()
        }
        // Whatever is done with the check: all that is needed behind it.
        _ => {
            let mut live = Vec::new();
            liveness.walk_back(func, block, |inst, values| {
                if inst == check {
                    live = values.iter().collect();
                }
            });
            live
        }
    }
}

/// The spilled refs of a function.
struct Spills {
    values: Vec<Value>,
    /// Those that live across each call that may collect, by their places in `values`.
    calls: SecondaryMap<Inst, Option<Bits>>,
    /// Slot number of each.
    slots: Vec<usize>,
    slot_count: usize,
    /// Slots that a collection may see before they are written.
    zeroed: Vec<usize>,
}

/// The refs that live across each call that may collect.
struct Across {
    calls: SecondaryMap<Inst, Option<Bits>>,
    number: SecondaryMap<Value, Option<u32>>,
    values: Vec<Value>,
}

impl Spills {
    /// `None` if nothing is spilled.
    fn find(func: &Function, cfg: &Cfg, graph: &CallGraph<'_>) -> Option<Self> {
        let across = Across::find(func, cfg, graph)?;
        let n = across.values.len();
        let needs = across.needs(func, cfg);

        // Values whose slots are needed at once must not share one.
        let mut rows = vec![Bits::new(n); n];
        let mut link = |k: usize, live: &Bits| {
            for other in live.iter().filter(|&o| o != k) {
                rows[k].insert(other);
                rows[other].insert(k);
            }
        };
        for block in cfg.rpo() {
            let mut live = across.out(cfg, &needs, block);
            across.walk_back(func, block, &mut live, &mut link);
            for k in across.params(func, block) {
                link(k, &live);
            }
        }
        let mut slots = vec![0; n];
        let mut members: Vec<Bits> = Vec::new();
        for k in 0..n {
            let free = members.iter().position(|m| !m.meets(&rows[k]));
            slots[k] = free.unwrap_or_else(|| {
                members.push(Bits::new(n));
                members.len() - 1
            });
            members[slots[k]].insert(k);
        }
        let slot_count = members.len();
        let zeroed = across.unwritten(func, cfg, &slots, slot_count);
        Some(Self {
            values: across.values,
            calls: across.calls,
            slots,
            slot_count,
            zeroed,
        })
    }
}

impl Across {
    fn find(func: &Function, cfg: &Cfg, graph: &CallGraph<'_>) -> Option<Self> {
        if func.attrs.nocollect {
            return None;
        }
        let collects = |inst: Inst| graph.may_collect(func, &func.insts[inst]);
        let has_call = |b: &Block| {
            let mut insts = func.blocks[*b].insts.iter();
            insts.any(|&i| collects(i) != Collects::No)
        };
        let blocks: Vec<Block> = cfg.rpo().filter(has_call).collect();
        if blocks.is_empty() {
            return None;
        }
        let liveness = Liveness::new(func, cfg);
        let mut calls: Vec<(Inst, Vec<Value>)> = Vec::new();
        for block in blocks {
            liveness.walk_back(func, block, |inst, live| {
                let values: Vec<Value> = match collects(inst) {
                    Collects::No => return,
                    Collects::Yes => live.iter().collect(),
                    Collects::Leaving => live_where_left(func, &liveness, block, inst),
                };
                let values = values.into_iter();
                let behind = values.filter(|v| !func.results[inst].contains(v));
                let refs = behind.filter_map(|v| match func.value_type(v) {
                    Type::Ref => Some(v),
                    Type::I32 | Type::I64 => packed(func, v),
                    Type::F32 | Type::F64 => None,
                });
                let refs = refs.filter_map(|v| root(func, v));
                calls.push((inst, refs.collect()));
            });
        }
        let mut this = Self {
            calls: SecondaryMap::new(),
            number: SecondaryMap::new(),
            values: calls.iter().flat_map(|(_, refs)| refs).copied().collect(),
        };
        this.values.sort_unstable();
        this.values.dedup();
        for (k, &v) in this.values.iter().enumerate() {
            this.number[v] = Some(k as u32);
        }
        for (inst, refs) in calls {
            let mut set = Bits::new(this.values.len());
            for v in refs {
                if let Some(k) = this.number[v] {
                    set.insert(k as usize);
                }
            }
            this.calls[inst] = Some(set);
        }
        (!this.values.is_empty()).then_some(this)
    }

    fn params<'f>(&'f self, func: &'f Function, block: Block) -> impl Iterator<Item = usize> + 'f {
        let params = func.blocks[block].params.iter();
        params.filter_map(|&v| self.number[v].map(|k| k as usize))
    }

    /// The slots needed at the start of each block, behind the definition of its parameters' values.
    fn needs(&self, func: &Function, cfg: &Cfg) -> SecondaryMap<Block, Option<Bits>> {
        let mut needs: SecondaryMap<Block, Option<Bits>> = SecondaryMap::new();
        let mut changed = true;
        while changed {
            changed = false;
            for &block in cfg.postorder() {
                let mut live = self.out(cfg, &needs, block);
                self.walk_back(func, block, &mut live, &mut |_, _| {});
                for k in self.params(func, block) {
                    live.remove(k);
                }
                if needs[block].as_ref() != Some(&live) {
                    needs[block] = Some(live);
                    changed = true;
                }
            }
        }
        needs
    }

    fn out(&self, cfg: &Cfg, needs: &SecondaryMap<Block, Option<Bits>>, block: Block) -> Bits {
        let mut live = Bits::new(self.values.len());
        for &succ in cfg.succs(block) {
            if let Some(set) = &needs[succ] {
                live.union(set);
            }
        }
        live
    }

    /// From the end of a block to its start, calling `define` at each definition with what is needed behind it.
    fn walk_back(
        &self,
        func: &Function,
        block: Block,
        live: &mut Bits,
        define: &mut impl FnMut(usize, &Bits),
    ) {
        for &inst in func.blocks[block].insts.iter().rev() {
            for &v in &func.results[inst] {
                if let Some(k) = self.number[v] {
                    define(k as usize, live);
                    live.remove(k as usize);
                }
            }
            if let Some(set) = &self.calls[inst] {
                live.union(set);
            }
        }
    }

    /// The slots that some call which may collect can find unwritten.
    fn unwritten(&self, func: &Function, cfg: &Cfg, slots: &[usize], count: usize) -> Vec<usize> {
        // Written at the end of each block, whichever way control came; `None` is all.
        let mut written: SecondaryMap<Block, Option<Bits>> = SecondaryMap::new();
        let mut missing = Bits::new(count);
        let mut changed = true;
        while changed {
            changed = false;
            missing.clear();
            for block in cfg.rpo() {
                let mut now: Option<Bits> = None;
                for &pred in cfg.preds(block) {
                    match (&mut now, &written[pred]) {
                        (Some(now), Some(pred)) => {
                            now.intersect(pred);
                        }
                        (None, Some(pred)) => now = Some(pred.clone()),
                        (_, None) => {}
                    }
                }
                // Only the entry has no predecessor seen before it.
                let mut now = match now {
                    Some(now) if block != func.entry() => now,
                    _ => Bits::new(count),
                };
                self.params(func, block).for_each(|k| now.insert(slots[k]));
                for &inst in &func.blocks[block].insts {
                    if self.calls[inst].is_some() {
                        (0..count)
                            .filter(|&s| !now.contains(s))
                            .for_each(|s| missing.insert(s));
                    }
                    for &v in &func.results[inst] {
                        if let Some(k) = self.number[v] {
                            now.insert(slots[k as usize]);
                        }
                    }
                }
                if written[block].as_ref() != Some(&now) {
                    written[block] = Some(now);
                    changed = true;
                }
            }
        }
        missing.iter().collect()
    }
}
