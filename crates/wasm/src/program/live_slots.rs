//! Which stack slots are needed during and after a call, so that the collector need not keep what the others hold.
//!
//! The addresses of a slot are followed through the values of the function: what is computed from one may be one, and so
//! may be what a call gives that has one among its arguments. A slot is needed as long as a way leads to a use of such a
//! value. If an address gets anywhere else, as into memory, or to a function that may keep it
//! ([`Function::borrows`]), the slot counts as needed until the function returns.
//!
//! A function that goes on with suspended calls of another (decision record 0011) reads values back from the suspend
//! slot, and results of calls from globals. What these may be is found in the other function first.

use super::callgraph::CallGraph;
use crate::code::bits::Bits;
use cranelift_entity::{EntityRef, SecondaryMap};
use polkago_ir::{Block, Cfg, Function, Inst, InstData, StackSlot, Type, Value, ValueDef};
use rustc_hash::FxHashMap;

/// The slots that each call needs.
pub struct LiveSlots {
    /// Needed until the function returns.
    kept: Bits,
    /// By call; absent where none of the others is needed.
    calls: SecondaryMap<Inst, Option<Bits>>,
}

impl LiveSlots {
    /// Finds them. `None` if all slots count as needed, or none holds refs.
    pub fn find(func: &Function, cfg: &Cfg, graph: &CallGraph<'_>) -> Option<Self> {
        if func.slots.values().all(|data| data.refs.is_empty()) {
            return None;
        }
        let mut saved = Saved::default();
        let mut kept = Bits::new(func.slots.len());
        match func.resumes.as_ref().map(|name| graph.function(name)) {
            Some(Some(origin)) => {
                let cfg = Cfg::new(origin);
                let addresses = Addresses::find(origin, &cfg, &saved);
                kept = addresses.kept(origin, &cfg, graph);
                addresses.save(origin, &cfg, &mut saved);
            }
            Some(None) => return None,
            None => {}
        }
        let addresses = loop {
            let addresses = Addresses::find(func, cfg, &saved);
            // What goes on may be suspended again.
            if func.resumes.is_none() || !addresses.save(func, cfg, &mut saved) {
                break addresses;
            }
        };
        kept.union(&addresses.kept(func, cfg, graph));
        let calls = addresses.calls(func, cfg);
        Some(Self { kept, calls })
    }

    /// Whether a slot is needed during or after a call.
    pub fn contains(&self, call: Inst, slot: StackSlot) -> bool {
        let slot = slot.index();
        let needed = self.calls[call].as_ref();
        self.kept.contains(slot) || needed.is_some_and(|slots| slots.contains(slot))
    }
}

/// The slots whose addresses may be in what is kept of suspended calls.
#[derive(Default)]
struct Saved {
    /// By offset in the suspend slot.
    at: FxHashMap<i64, Bits>,
    /// In the results of the calls.
    results: Option<Bits>,
}

/// The values that may be addresses of slots.
struct Addresses {
    /// Of which; absent for none.
    slots: SecondaryMap<Value, Option<Bits>>,
    count: usize,
}

impl Addresses {
    fn find(func: &Function, cfg: &Cfg, saved: &Saved) -> Self {
        let mut this = Self {
            slots: SecondaryMap::new(),
            count: func.slots.len(),
        };
        let mut changed = true;
        while changed {
            changed = false;
            for block in cfg.rpo() {
                for &inst in &func.blocks[block].insts {
                    changed |= this.visit(func, inst, saved);
                }
            }
        }
        this
    }

    /// Passes addresses on from the operands of an instruction. Gives whether that is news.
    fn visit(&mut self, func: &Function, inst: Inst, saved: &Saved) -> bool {
        let data = &func.insts[inst];
        let mut changed = false;
        for target in data.targets() {
            let params = &func.blocks[target.block].params;
            for (&param, &arg) in params.iter().zip(&target.args) {
                if let Some(slots) = self.slots[arg].clone() {
                    changed |= self.add(param, &slots);
                }
            }
        }
        let found = match data {
            InstData::StackAddr { slot, .. } => {
                let mut slots = Bits::new(self.count);
                slots.insert(slot.index());
                Some(slots)
            }
            // What is read from a slot is its contents; what is kept in memory is found where it is stored.
            InstData::Load { addr, offset, .. } => match in_suspend_slot(func, *addr, *offset) {
                Some(at) => saved.at.get(&at).cloned(),
                None => self.anything_saved(func, *addr, saved),
            },
            InstData::GlobalGet { .. } => saved.results.clone(),
            InstData::Binary { op, .. } if op.is_comparison() => None,
            data => self.of_operands(data),
        };
        if let Some(slots) = found {
            // A function that makes a number of an address and returns it does not borrow that.
            let of_call = data.is_call();
            for &result in &func.results[inst] {
                if !of_call || func.value_type(result) == Type::Ref {
                    changed |= self.add(result, &slots);
                }
            }
        }
        changed
    }

    /// What may be read from an address, if that may be somewhere in the suspend slot.
    fn anything_saved(&self, func: &Function, addr: Value, saved: &Saved) -> Option<Bits> {
        let slot = func.suspend_slot.expand()?;
        let slots = self.slots[addr].as_ref()?;
        slots.contains(slot.index()).then(|| {
            let mut all = Bits::new(self.count);
            saved.at.values().for_each(|slots| {
                all.union(slots);
            });
            all
        })
    }

    fn add(&mut self, v: Value, slots: &Bits) -> bool {
        let known = &mut self.slots[v];
        match known {
            Some(known) => known.union(slots),
            None => {
                *known = Some(slots.clone());
                true
            }
        }
    }

    /// The slots whose addresses the operands of an instruction may be; `None` for none.
    fn of_operands(&self, data: &InstData) -> Option<Bits> {
        let mut found: Option<Bits> = None;
        data.visit_operands(|v| {
            if let Some(slots) = &self.slots[v] {
                let found = found.get_or_insert_with(|| Bits::new(self.count));
                found.union(slots);
            }
        });
        found
    }

    /// Adds what the function keeps of suspended calls. Gives whether that is news.
    fn save(&self, func: &Function, cfg: &Cfg, saved: &mut Saved) -> bool {
        let mut changed = false;
        let mut add = |all: &mut Bits, slots: &Bits| changed |= all.union(slots);
        for block in cfg.rpo() {
            let insts = &func.blocks[block].insts;
            for (n, &inst) in insts.iter().enumerate() {
                let data = &func.insts[inst];
                if let InstData::Store {
                    addr,
                    offset,
                    value,
                    ..
                } = data
                    && let Some(at) = in_suspend_slot(func, *addr, *offset)
                    && let Some(slots) = &self.slots[*value]
                {
                    let all = saved.at.entry(at);
                    add(all.or_insert_with(|| Bits::new(self.count)), slots);
                }
                // Only a call with a check behind it is gone on with.
                let next = insts.get(n + 1).map(|&next| &func.insts[next]);
                if data.is_call()
                    && matches!(next, Some(InstData::ExitCheck))
                    && !func.results[inst].is_empty()
                    && let Some(slots) = self.of_operands(data)
                {
                    let all = &mut saved.results;
                    add(all.get_or_insert_with(|| Bits::new(self.count)), &slots);
                }
            }
        }
        changed
    }

    /// The slots whose addresses get out of sight.
    fn kept(&self, func: &Function, cfg: &Cfg, graph: &CallGraph<'_>) -> Bits {
        let mut kept = Bits::new(self.count);
        if let Some(slot) = func.suspend_slot.expand() {
            kept.insert(slot.index());
        }
        let mut keep = |v: Value| {
            if let Some(slots) = &self.slots[v] {
                kept.union(slots);
            }
        };
        for block in cfg.rpo() {
            for &inst in &func.blocks[block].insts {
                let data = &func.insts[inst];
                match data {
                    InstData::Store { addr, offset, .. }
                        if in_suspend_slot(func, *addr, *offset).is_some() => {}
                    InstData::Store { value, .. } | InstData::GlobalSet { value, .. } => {
                        keep(*value);
                    }
                    InstData::Call {
                        func: callee, args, ..
                    } => {
                        let lent = graph.function(&func.syms[*callee]);
                        let lent = lent.map_or(&[][..], |callee| &callee.borrows);
                        for (i, &arg) in args.iter().enumerate() {
                            let is_ref = func.value_type(arg) == Type::Ref;
                            if !is_ref || !lent.contains(&(i as u32)) {
                                keep(arg);
                            }
                        }
                    }
                    InstData::CallIndirect { .. } | InstData::Return(_) => {
                        data.visit_operands(&mut keep);
                    }
                    _ => {}
                }
            }
        }
        kept
    }

    /// The slots that a way from each call, or the call itself, leads to a use of.
    fn calls(&self, func: &Function, cfg: &Cfg) -> SecondaryMap<Inst, Option<Bits>> {
        let mut starts: SecondaryMap<Block, Option<Bits>> = SecondaryMap::new();
        let mut calls: SecondaryMap<Inst, Option<Bits>> = SecondaryMap::new();
        let mut changed = true;
        while changed {
            changed = false;
            for &block in cfg.postorder() {
                let mut live = Bits::new(self.count);
                for &succ in cfg.succs(block) {
                    if let Some(slots) = &starts[succ] {
                        live.union(slots);
                    }
                }
                for &inst in func.blocks[block].insts.iter().rev() {
                    let data = &func.insts[inst];
                    if let Some(slots) = self.of_operands(data) {
                        live.union(&slots);
                    }
                    if data.is_call() {
                        calls[inst] = Some(live.clone());
                    }
                }
                if starts[block].as_ref() != Some(&live) {
                    starts[block] = Some(live);
                    changed = true;
                }
            }
        }
        calls
    }
}

/// The offset in the suspend slot that an address with an offset is at, if it is there.
fn in_suspend_slot(func: &Function, addr: Value, offset: u32) -> Option<i64> {
    let ValueDef::Result(inst, _) = func.values[addr].def else {
        return None;
    };
    match func.insts[inst] {
        InstData::StackAddr { slot, offset: base } if func.suspend_slot.expand() == Some(slot) => {
            Some(i64::from(base) + i64::from(offset))
        }
        _ => None,
    }
}
