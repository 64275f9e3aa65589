//! Escape analysis: objects that do not outlive the function that makes them live in its frame.
//!
//! What each function does with its parameters is summarised ([`flow`], [`summaries`]) for the whole program, indirect
//! calls by the signature included. Then an allocation of
//! constant size, and not too large for a stack, becomes a slot if its address is kept nowhere and not returned. The
//! slot is zeroed where the object was made, but for what is written directly behind.
//!
//! An argument may be a result of its call, as where something is appended to a slice: then it is kept where the result
//! is.
//!
//! An allocation in a loop gives a new object in each iteration, a slot always the same. So there the last object must
//! be gone when the next one is made: its address is not merged with others, and not stored but in objects of the same
//! iteration.
//!
//! The summaries also say which parameters a function borrows ([`Function::borrows`]), which code generation needs to
//! know how long slots are in use.

mod flow;
mod summaries;

use crate::callgraph::CallGraph;
use crate::pass::{FunctionPass, ModulePass, Program, change_each};
use cranelift_entity::{SecondaryMap, packed_option::PackedOption};
pub use flow::base;
use flow::{Flags, Flow, INSIDE, ITSELF, OWN, Object, RETURNED};
use polkago_ir::{
    BinaryOp, Block, Cfg, Data, Dominators, Function, Inst, InstData, Loc, Loops, MemType, Module,
    RelocKind, Scalar, StackSlot, StackSlotData, SymRef, Symbol, SymbolMap, Type, UnaryOp, Value,
    ValueDef,
};
use rustc_hash::{FxHashMap, FxHashSet};
use summaries::{Table, View};

/// The pass. See the module documentation.
pub struct Escape<'a> {
    /// Run on a function that was changed.
    pub cleanup: &'a [&'a dyn FunctionPass],
    /// See [`Options::allocators`](crate::Options::allocators).
    pub allocators: &'a [Symbol],
}

/// The largest object that goes to the stack, in bytes.
const LARGEST: u32 = 256;
/// The most bytes that are added to a frame.
const FRAME: u32 = 512;
/// The same for functions that call themselves.
const FRAME_IN_CYCLE: u32 = 64;

/// An object with one of these flags outlives the function.
const LONG: Flags = ITSELF | RETURNED | INSIDE | OWN;

/// Allocates an array, for a descriptor, length and capacity.
pub const MAKE_SLICE: &str = "runtime.makeslice";
/// Allocates for a descriptor.
pub const NEW_OBJECT: &str = "runtime.newobject";
/// Allocates a number of bytes, for a descriptor or none.
pub const MALLOC: &str = "runtime.mallocgc";

/// Hides a pointer from this analysis: std promises that it keeps nothing. It is not inlined before.
pub const NO_ESCAPE: &str = "internal/abi.NoEscape";

impl ModulePass for Escape<'_> {
    fn name(&self) -> &'static str {
        "escape"
    }

    fn run(&self, module: &mut Module) -> bool {
        let graph = CallGraph::new(module);
        let summaries = Table::new(module, &graph);
        for (n, func) in module.funcs.values_mut().enumerate() {
            func.borrows = summaries.borrowed(n, &func.sig);
        }
        let (funcs, program) = Program::split(module, self.allocators);
        change_each(funcs, &program, self.cleanup, |n, func| {
            let in_cycle = graph.recursive[n] || graph.components[graph.component[n]].len() > 1;
            let room = if in_cycle { FRAME_IN_CYCLE } else { FRAME };
            let apart = self.allocators.contains(&func.name) || func.layout.is_empty();
            !apart && to_stack(func, program.data, &summaries, room)
        })
    }
}

/// What is allocated.
#[derive(Clone, Copy)]
enum Request {
    /// That many bytes without references.
    Bytes(Value),
    /// What a descriptor says.
    One(SymRef),
    /// An array of it.
    Many(SymRef, Value, Value),
}

/// What an instruction allocates, if it does.
fn size_of(func: &Function, inst: Inst) -> Option<Request> {
    let InstData::Call {
        func: callee, args, ..
    } = &func.insts[inst]
    else {
        return None;
    };
    let descriptor = |v: Value| match func.values[v].def {
        ValueDef::Result(def, _) => match func.insts[def] {
            InstData::SymAddr { sym, offset: 0 } => Some(sym),
            _ => None,
        },
        ValueDef::Param(..) => None,
    };
    let is_null = |v: Value| match func.values[v].def {
        ValueDef::Result(def, _) => matches!(func.insts[def], InstData::Null),
        ValueDef::Param(..) => false,
    };
    match (&*func.syms[*callee], args.as_slice()) {
        (NEW_OBJECT, &[typ]) => Some(Request::One(descriptor(typ)?)),
        (MALLOC, &[size, typ]) if is_null(typ) => Some(Request::Bytes(size)),
        (MAKE_SLICE, &[typ, len, cap]) => Some(Request::Many(descriptor(typ)?, len, cap)),
        _ => None,
    }
}

/// The slot for an allocation, if that has a constant size.
fn slot_for(func: &Function, data: &SymbolMap<Data>, request: Request) -> Option<StackSlotData> {
    let int = |v: Value| match func.values[v].def {
        ValueDef::Result(def, _) => Scalar::of_inst(&func.insts[def])?.int(),
        ValueDef::Param(..) => None,
    };
    let (size, refs) = match request {
        Request::Bytes(size) => (u32::try_from(int(size)?).ok()?, Vec::new()),
        Request::One(typ) => layout(data, &func.syms[typ], LARGEST)?,
        Request::Many(typ, len, cap) => {
            let (size, refs) = layout(data, &func.syms[typ], LARGEST)?;
            let (len, cap) = (int(len)?, int(cap)?);
            if !(0..=cap).contains(&len) || cap > i64::from(LARGEST) {
                return None;
            }
            let cap = cap as u32;
            let each = (0..cap).flat_map(|i| refs.iter().map(move |r| i * size + r));
            (size.checked_mul(cap)?, each.collect())
        }
    };
    (1..=LARGEST).contains(&size).then_some(StackSlotData {
        size,
        align: 8,
        refs,
    })
}

/// The size that a descriptor tells, and the offsets of references (decision record 0004). One of more than `most` bytes
/// is known only where there are none.
pub fn layout(data: &SymbolMap<Data>, typ: &Symbol, most: u32) -> Option<(u32, Vec<u32>)> {
    const PTR_BYTES: usize = 4;
    const FLAGS: usize = 12;
    const GC_DATA: u32 = 20;
    /// The mask is made when the program asks for it.
    const ON_DEMAND: u8 = 1 << 4;
    let object = data.get(typ).filter(|object| !object.mutable)?;
    let word = |at: usize| {
        let byte = |n: usize| object.bytes.get(at + n).copied().unwrap_or(0);
        u32::from_le_bytes([byte(0), byte(1), byte(2), byte(3)])
    };
    let (size, ptr_bytes) = (word(0), word(PTR_BYTES));
    if ptr_bytes == 0 {
        return Some((size, Vec::new()));
    }
    let flags = object.bytes.get(FLAGS).copied().unwrap_or(0);
    let mask = object
        .relocs
        .iter()
        .find(|r| r.offset == GC_DATA && r.kind == RelocKind::Addr && r.addend == 0)?;
    let mask = data.get(&mask.sym).filter(|mask| !mask.mutable)?;
    if size > most || ptr_bytes > size || flags & ON_DEMAND != 0 || !mask.relocs.is_empty() {
        return None;
    }
    let is_ref = |&n: &u32| {
        let byte = mask.bytes.get((n / 8) as usize).copied().unwrap_or(0);
        byte >> (n % 8) & 1 != 0
    };
    let refs = (0..ptr_bytes / 4).filter(is_ref).map(|n| n * 4);
    Some((size, refs.collect()))
}

/// Moves what does not escape to the stack.
fn to_stack(func: &mut Function, data: &SymbolMap<Data>, table: &Table, mut room: u32) -> bool {
    let mut candidates: Vec<(Block, Inst, StackSlotData)> = Vec::new();
    for &block in &func.layout {
        // What is made for a panic is not worth room in the frame.
        let end = func.terminator(block);
        if end.is_some_and(|end| matches!(func.insts[end], InstData::Trap(_))) {
            continue;
        }
        let insts = &func.blocks[block].insts;
        for (n, &inst) in insts.iter().enumerate() {
            // It may be left early, and the function has something to do then.
            let next = insts.get(n + 1);
            if next.is_some_and(|&next| matches!(func.insts[next], InstData::ExitCheck)) {
                continue;
            }
            let slot = size_of(func, inst).and_then(|request| slot_for(func, data, request));
            candidates.extend(slot.map(|slot| (block, inst, slot)));
        }
    }
    if candidates.is_empty() {
        return false;
    }
    {
        let view = View { func, table };
        let flow = Flow::new(func, |inst| size_of(func, inst).is_some(), &view);
        candidates.retain(|c| flow.flags(func.results[c.1][0]) & LONG == 0);
        retain_short_lived(func, &flow, &mut candidates);
    }
    candidates.retain(|c| {
        let fits = c.2.size <= room;
        room -= if fits { c.2.size } else { 0 };
        fits
    });
    for (block, inst, slot) in &candidates {
        let slot = func.slots.push(slot.clone());
        replace(func, *block, *inst, slot);
    }
    !candidates.is_empty()
}

/// Drops allocations in loops whose objects may live longer than an iteration.
fn retain_short_lived(
    func: &Function,
    flow: &Flow<'_>,
    candidates: &mut Vec<(Block, Inst, StackSlotData)>,
) {
    let cfg = Cfg::new(func);
    let loops = Loops::new(&cfg, &Dominators::new(&cfg));
    let mut merged = flow::merges(func);
    let read = read_and_passed_on(func);
    let mut holders: FxHashMap<Value, Vec<Object>> = FxHashMap::default();
    for (object, value) in flow.stored() {
        let value = flow::base(func, value);
        holders.entry(value).or_default().push(object);
    }
    // A result of a call may be an argument, or lead to it: what becomes of the one becomes of the other.
    let mut results: Vec<Value> = func.values.keys().collect();
    results.retain(|v| merged[*v] || holders.contains_key(v) || read.contains(v));
    while let Some(result) = results.pop() {
        for (arg, _) in flow.passed(result) {
            let arg = flow::base(func, arg);
            if !std::mem::replace(&mut merged[arg], true) {
                results.push(arg);
            }
        }
    }
    loop {
        let homes: FxHashMap<Value, Block> = candidates
            .iter()
            .map(|c| (func.results[c.1][0], c.0))
            .collect();
        let before = candidates.len();
        candidates.retain(|&(block, inst, _)| {
            let value = func.results[inst][0];
            let this = loops.innermost(block);
            if this.is_none() && !loops.is_irreducible() {
                return true;
            }
            let same_iteration = |object: &Object| match object {
                Object::Slot(_) => false,
                Object::Fresh(holder) => homes
                    .get(holder)
                    .is_some_and(|&at| at == block && *holder != value && !read.contains(holder)),
            };
            let held = holders.get(&value);
            !loops.is_irreducible()
                && !merged[value]
                && held.is_none_or(|held| held.iter().all(same_iteration))
        });
        if candidates.len() == before {
            return;
        }
    }
}

/// What something was read from, in one step or several, that was then stored elsewhere or may be another value later:
/// the contents of these may live longer than they do.
fn read_and_passed_on(func: &Function) -> FxHashSet<Value> {
    let loaded_from = |v: Value| match func.values[v].def {
        ValueDef::Result(inst, _) => match func.insts[inst] {
            InstData::Load { addr, .. } => Some(flow::base(func, addr)),
            _ => None,
        },
        ValueDef::Param(..) => None,
    };
    let mut read = FxHashSet::default();
    let mut passed_on = |v: Value| {
        let mut from = loaded_from(v);
        while let Some(base) = from.filter(|&base| read.insert(base)) {
            from = loaded_from(base);
        }
    };
    let mut copied = Vec::new();
    for &block in &func.layout {
        for &inst in &func.blocks[block].insts {
            match &func.insts[inst] {
                InstData::Store { value, .. } => passed_on(*value),
                InstData::MemCopy { plain: true, .. } => {}
                InstData::MemCopy { src, .. } => {
                    let base = flow::base(func, *src);
                    copied.push(base);
                    passed_on(base);
                }
                data => flow::visit_merged(data, &mut passed_on),
            }
        }
    }
    read.extend(copied);
    read
}

/// Makes an allocation a slot.
fn replace(func: &mut Function, block: Block, inst: Inst, slot: StackSlot) {
    let at = func.blocks[block].insts.iter().position(|&i| i == inst);
    let at = at.expect("the allocation was found in this block");
    let address = func.results[inst][0];
    let written = written_behind(func, block, at, address, &func.slots[slot].clone());
    func.insts[inst] = InstData::StackAddr { slot, offset: 0 };
    let loc = func.inst_locs[inst];
    let zeros = zero(func, address, slot, &written, loc);
    func.blocks[block].insts.splice(at + 1..at + 1, zeros);
}

/// Which bytes of a fresh object are written before anything can look at them.
fn written_behind(
    func: &Function,
    block: Block,
    at: usize,
    address: Value,
    slot: &StackSlotData,
) -> Vec<bool> {
    let mut written = vec![false; slot.size as usize];
    for &inst in &func.blocks[block].insts[at + 1..] {
        let data = &func.insts[inst];
        match *data {
            InstData::Store {
                mem,
                addr,
                value,
                offset,
            } if addr == address && value != address => {
                let end = offset.saturating_add(mem.size()).min(slot.size);
                for n in offset.min(end)..end {
                    written[n as usize] = true;
                }
            }
            InstData::Store { .. } => {
                let mut used = false;
                data.visit_operands(|v| used |= flow::base(func, v) == address);
                if used {
                    break;
                }
            }
            InstData::Binary {
                op: BinaryOp::RefAdd,
                ..
            }
            | InstData::Unary {
                op: UnaryOp::Eqz, ..
            } => {}
            _ => {
                let mut used = data.is_call() || data.is_terminator();
                data.visit_operands(|v| used |= flow::base(func, v) == address);
                if used {
                    break;
                }
            }
        }
    }
    written
}

/// Instructions that zero the bytes of a slot that are not written.
fn zero(
    func: &mut Function,
    address: Value,
    slot: StackSlot,
    written: &[bool],
    loc: PackedOption<Loc>,
) -> Vec<Inst> {
    /// From this number of bytes on, filling is shorter.
    const FILL: usize = 96;
    let mut out = Vec::new();
    let mut emit = |func: &mut Function, data: InstData| {
        let inst = func.new_inst(data, loc);
        out.push(inst);
        func.results[inst].first().copied()
    };
    let refs = func.slots[slot].refs.clone();
    if written.iter().filter(|&&w| !w).count() >= FILL {
        let zero = emit(func, InstData::I32Const(0));
        let len = emit(func, InstData::I32Const(written.len() as i32));
        if let (Some(byte), Some(len)) = (zero, len) {
            emit(
                func,
                InstData::MemFill {
                    dst: address,
                    byte,
                    len,
                },
            );
        }
        return out;
    }
    let mut zeros: SecondaryMap<StackSlot, [Option<Value>; 3]> = SecondaryMap::new();
    let zeros = &mut zeros[slot];
    let mut at = 0;
    while at < written.len() {
        let free = |n: usize| {
            at % n == 0 && at + n <= written.len() && !written[at..at + n].contains(&true)
        };
        let is_ref = |at: usize| refs.binary_search(&(at as u32)).is_ok();
        let (kind, mem, data) = if free(4) && is_ref(at) {
            (0, MemType::Full(Type::Ref), InstData::Null)
        } else if free(8) && !is_ref(at + 4) {
            (1, MemType::Full(Type::I64), InstData::I64Const(0))
        } else if free(4) {
            (2, MemType::Full(Type::I32), InstData::I32Const(0))
        } else if !written[at] {
            (2, MemType::U8, InstData::I32Const(0))
        } else {
            at += 1;
            continue;
        };
        if zeros[kind].is_none() {
            zeros[kind] = emit(func, data);
        }
        if let Some(value) = zeros[kind] {
            emit(
                func,
                InstData::Store {
                    mem,
                    addr: address,
                    value,
                    offset: at as u32,
                },
            );
        }
        at += mem.size() as usize;
    }
    out
}
