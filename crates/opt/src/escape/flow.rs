//! Where the references of a function go: which of them, and of what they lead to, outlive it.
//!
//! Each value has two flags: *itself*, the reference may be kept somewhere when the function is left, and *contents*,
//! this is so of something that was read from the memory it points to, directly or over several steps. Flags start
//! where values are stored to memory that is not the function's own, returned, or passed on to something unknown, and
//! flow from uses to definitions: through sums, selections and parameters of blocks as they are, through loads as
//! contents, and from an object that the function has made to what it has stored in it. A reference that is made a
//! number is kept, unless that number, widened or joined with other bits ([`packs`]), is only compared or given to the
//! host, which keeps nothing. Numbers that are loaded and stored as they are may be references all the same: that is
//! what short copies of memory become.
//!
//! What is returned is not kept: it is the caller that decides. So three more flags tell where a reference is in what
//! the function returns, and a call passes the flags of its results on to its arguments ([`through`]). Nor is kept what
//! moves inside of the memory that one address leads to, as in `b.buf = append(b.buf, x)`: two flags more tell of what is
//! stored there, until they come to where it was read from ([`Flow::own`]).
//!
//! Linear: each flag of a value is set once.

use cranelift_entity::SecondaryMap;
use polkago_ir::{
    BinaryOp, Block, Function, Inst, InstData, MemType, SigRef, StackSlot, SymRef, Type, UnaryOp,
    Value, ValueDef,
};
use rustc_hash::{FxHashMap, FxHashSet};
use smallvec::SmallVec;

/// A set of flags.
pub type Flags = u8;
/// The reference itself is kept.
pub const ITSELF: Flags = 1;
/// Something read from what it points to is kept.
pub const CONTENTS: Flags = 2;
const BOTH: Flags = ITSELF | CONTENTS;
/// The reference, or a sum made from it, is returned.
pub const RETURNED: Flags = 4;
/// What is returned leads to it.
pub const INSIDE: Flags = 8;
/// Something read from what it points to is returned, or what is returned leads to that.
const READ: Flags = 16;
const RESULTS: Flags = RETURNED | INSIDE | READ;
/// It is stored behind the function's own address.
pub const OWN: Flags = 32;
/// The same of something read from what it points to.
const OWN_CONTENTS: Flags = 64;
const OWNS: Flags = OWN | OWN_CONTENTS;

/// The flags of the parameters of a function.
pub type Summary = SmallVec<[Flags; 16]>;

/// What a function does with the references that it gets.
pub trait Summaries {
    /// The flags of the arguments of a direct call; `None` if they are unknown.
    fn call(&self, callee: SymRef) -> Option<Summary>;
    /// Whether a direct call is one of the host.
    fn is_host(&self, callee: SymRef) -> bool;
    /// The same as [`Summaries::call`] of an indirect call.
    fn call_indirect(&self, sig: SigRef) -> Option<&[Flags]>;
}

/// Memory that the function has made: a slot, or the result of a call of an allocator.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub enum Object {
    /// A stack slot.
    Slot(StackSlot),
    /// An object on the heap, by its first address.
    Fresh(Value),
}

/// The flags of all values.
pub struct Flow<'a> {
    func: &'a Function,
    fresh: SecondaryMap<Value, bool>,
    flags: SecondaryMap<Value, Flags>,
    slots: SecondaryMap<StackSlot, Flags>,
    /// What is stored in objects of the function, and the sources of copies to them.
    stored: FxHashMap<Object, Vec<(Value, Flags)>>,
    /// The arguments for each parameter of a block.
    args: SecondaryMap<Value, Vec<Value>>,
    /// The arguments of each call that its results may lead to, and how.
    passed: SecondaryMap<Inst, Vec<(Value, Flags)>>,
    /// The first address that something is stored behind, that is not of an object of the function, and that is
    /// computed once: it is one address for the whole call then.
    own: Option<Value>,
    work: Vec<Value>,
}

impl<'a> Flow<'a> {
    /// Follows the references of a function. `is_fresh` tells which instructions allocate.
    pub fn new(
        func: &'a Function,
        is_fresh: impl Fn(Inst) -> bool,
        summaries: &impl Summaries,
    ) -> Self {
        let mut this = Self {
            func,
            fresh: SecondaryMap::new(),
            flags: SecondaryMap::new(),
            slots: SecondaryMap::new(),
            stored: FxHashMap::default(),
            args: SecondaryMap::new(),
            passed: SecondaryMap::new(),
            own: None,
            work: Vec::new(),
        };
        for &block in &func.layout {
            for &inst in &func.blocks[block].insts {
                if is_fresh(inst) {
                    this.fresh[func.results[inst][0]] = true;
                }
            }
        }
        let mut starts = Vec::new();
        for &block in &func.layout {
            for &inst in &func.blocks[block].insts {
                this.visit(inst, summaries, &mut starts);
            }
        }
        for (value, flags) in starts {
            this.set(value, flags);
        }
        this.spread();
        this
    }

    /// The flags of a value.
    pub fn flags(&self, v: Value) -> Flags {
        self.flags[v]
    }

    /// The flags of a parameter of the function, as its callers need to know them.
    pub fn of_param(&self, v: Value) -> Flags {
        let flags = self.flags[v];
        let step = |from: Flags, to: Flags| if flags & from != 0 { to } else { 0 };
        flags & !OWNS | step(OWN, ITSELF) | step(OWN_CONTENTS, CONTENTS)
    }

    /// What is stored in an object of the function.
    pub fn stored(&self) -> impl Iterator<Item = (Object, Value)> + '_ {
        let all = self.stored.iter();
        all.flat_map(|(&object, values)| {
            let itself = values.iter().filter(|v| v.1 & ITSELF != 0);
            itself.map(move |v| (object, v.0))
        })
    }

    /// The arguments that a result of a call may lead to, and how.
    pub fn passed(&self, result: Value) -> impl Iterator<Item = (Value, Flags)> + '_ {
        let call = match self.func.values[result].def {
            // A number that a function returns is none that it loaded as part of a copy.
            ValueDef::Result(inst, _) if self.func.value_type(result) == Type::Ref => Some(inst),
            _ => None,
        };
        let all = call.into_iter().flat_map(|inst| &self.passed[inst]);
        all.copied()
    }

    /// The object of the function that an address points into, if that is certain.
    pub fn object(&self, addr: Value) -> Option<Object> {
        let base = base(self.func, addr);
        if self.fresh[base] {
            return Some(Object::Fresh(base));
        }
        match self.func.values[base].def {
            ValueDef::Result(inst, _) => match self.func.insts[inst] {
                InstData::StackAddr { slot, .. } => Some(Object::Slot(slot)),
                _ => None,
            },
            ValueDef::Param(..) => None,
        }
    }

    fn visit(&mut self, inst: Inst, summaries: &impl Summaries, starts: &mut Vec<(Value, Flags)>) {
        let func = self.func;
        let is_ref = |v: Value| func.value_type(v) == Type::Ref;
        let data = &func.insts[inst];
        let harmless = match *data {
            InstData::Binary { op, .. } => op.is_comparison(),
            InstData::Call { func: callee, .. } => summaries.is_host(callee),
            _ => false,
        };
        if !harmless && !packs(data) {
            // What nothing was put into is passed over at once.
            let leads = |v: &Value| match func.values[*v].def {
                ValueDef::Result(def, _) => match &func.insts[def] {
                    InstData::Unary { op, .. } if *op == UnaryOp::RefToInt => true,
                    part => packs(part),
                },
                ValueDef::Param(..) => false,
            };
            let mut numbers = Vec::new();
            data.visit_operands(|v| numbers.extend(Some(v).filter(leads)));
            let mut seen = FxHashSet::default();
            while let Some(v) = numbers.pop() {
                let ValueDef::Result(def, _) = func.values[v].def else {
                    continue;
                };
                match func.insts[def] {
                    InstData::Unary {
                        op: UnaryOp::RefToInt,
                        x,
                        ..
                    } => starts.push((x, BOTH)),
                    ref part if packs(part) && seen.insert(def) => {
                        part.visit_operands(|v| numbers.push(v));
                    }
                    _ => {}
                }
            }
        }
        match data {
            InstData::Store {
                mem: MemType::Full(ty),
                addr,
                value,
                ..
            } if holds_refs(*ty) => match self.object(*addr) {
                Some(object) => self.stored.entry(object).or_default().push((*value, BOTH)),
                None if self.is_own(*addr) => starts.push((*value, OWNS)),
                None => starts.push((*value, BOTH)),
            },
            InstData::MemCopy { plain: true, .. } => {}
            InstData::MemCopy { dst, src, .. } => match self.object(*dst) {
                Some(object) => self
                    .stored
                    .entry(object)
                    .or_default()
                    .push((*src, CONTENTS)),
                None if self.is_own(*dst) => starts.push((*src, OWN_CONTENTS)),
                None => starts.push((*src, CONTENTS)),
            },
            InstData::Call {
                func: callee, args, ..
            } => self.arguments(inst, args, summaries.call(*callee).as_deref(), starts),
            InstData::CallIndirect { sig, args, .. } => {
                self.arguments(inst, args, summaries.call_indirect(*sig), starts);
            }
            InstData::Return(values) => {
                let values = values.iter().filter(|&&v| is_ref(v));
                starts.extend(values.map(|&v| (v, RETURNED)));
            }
            InstData::GlobalSet { value, .. } if is_ref(*value) => starts.push((*value, BOTH)),
            data => {
                for target in data.targets() {
                    let params = &func.blocks[target.block].params;
                    for (&param, &arg) in params.iter().zip(&target.args) {
                        if holds_refs(func.value_type(param)) {
                            self.args[param].push(arg);
                        }
                    }
                }
            }
        }
    }

    /// Whether an address is a sum made from the function's own one, which is chosen here if there is none yet.
    fn is_own(&mut self, addr: Value) -> bool {
        let base = base(self.func, addr);
        if self.own.is_none() {
            self.own = is_computed_once(self.func, base).then_some(base);
        }
        self.own == Some(base)
    }

    fn set(&mut self, v: Value, flags: Flags) {
        let new = flags & !self.flags[v];
        if new != 0 {
            self.flags[v] |= new;
            self.work.push(v);
        }
    }

    fn spread(&mut self) {
        let func = self.func;
        while let Some(v) = self.work.pop() {
            let flags = self.flags[v];
            if self.fresh[v] {
                self.keep_stored(Object::Fresh(v));
                continue;
            }
            match func.values[v].def {
                ValueDef::Param(..) => {
                    for arg in self.args[v].clone() {
                        self.set(arg, flags);
                    }
                }
                ValueDef::Result(inst, _) => match func.insts[inst] {
                    InstData::Load { addr, .. } => {
                        let mut flags = one_step_back(flags);
                        if self.own == Some(base(func, addr)) {
                            flags &= !OWN_CONTENTS;
                        }
                        self.set(addr, flags);
                    }
                    InstData::Binary {
                        op: BinaryOp::RefAdd,
                        x,
                        ..
                    } => self.set(x, flags),
                    InstData::Select { x, y, .. } => {
                        self.set(x, flags);
                        self.set(y, flags);
                    }
                    InstData::StackAddr { slot, .. } => {
                        let new = flags & !self.slots[slot];
                        if new != 0 {
                            self.slots[slot] |= new;
                            self.keep_stored(Object::Slot(slot));
                        }
                    }
                    InstData::Call { .. } | InstData::CallIndirect { .. } => {
                        let passed: Vec<_> = self.passed(v).collect();
                        for (arg, way) in passed {
                            self.set(arg, through(flags, way));
                        }
                    }
                    _ => {}
                },
            }
        }
    }

    /// What is stored in an object that is kept, or from which something is kept, is kept. The same holds for what is
    /// returned.
    fn keep_stored(&mut self, object: Object) {
        let flags = match object {
            Object::Slot(slot) => self.slots[slot],
            Object::Fresh(value) => self.flags[value],
        };
        for (value, stored) in self.stored.get(&object).cloned().unwrap_or_default() {
            let flags = match stored & ITSELF {
                0 => one_step_back(flags),
                _ => through(flags, INSIDE | READ),
            };
            self.set(value, flags);
        }
    }

    /// Notes what a call does with its arguments.
    fn arguments(
        &mut self,
        call: Inst,
        args: &[Value],
        summary: Option<&[Flags]>,
        starts: &mut Vec<(Value, Flags)>,
    ) {
        for (n, &arg) in args.iter().enumerate() {
            if self.func.value_type(arg) != Type::Ref {
                continue;
            }
            let flags = summary.map_or(BOTH, |summary| summary[n]);
            if flags & BOTH != 0 {
                starts.push((arg, flags & BOTH));
            }
            if flags & RESULTS != 0 {
                self.passed[call].push((arg, flags & RESULTS));
            }
        }
    }
}

/// Whether a value is computed at most once in a call: in a function without a way back, or in its first block.
fn is_computed_once(func: &Function, v: Value) -> bool {
    let entry = func.entry();
    let first = match func.values[v].def {
        ValueDef::Param(block, _) => block == entry,
        ValueDef::Result(inst, _) => func.blocks[entry].insts.contains(&inst),
    };
    let position = |block: Block| func.layout.iter().position(|&b| b == block);
    // Without a loop there is an order in which all branches go forward; most often it is that of the layout.
    let goes_back = |(n, &block): (usize, &Block)| {
        let targets = func.terminator(block).into_iter();
        let mut targets = targets.flat_map(|end| func.insts[end].targets());
        targets.any(|to| position(to.block).is_none_or(|at| at <= n))
    };
    first || func.layout.len() <= LINEAR && !func.layout.iter().enumerate().any(goes_back)
}

/// The most blocks of a function in which a way back is looked for.
const LINEAR: usize = 64;

/// The flags of an address, by those of what is read from there.
fn one_step_back(flags: Flags) -> Flags {
    let step = |from: Flags, to: Flags| if flags & from != 0 { to } else { 0 };
    step(BOTH, CONTENTS) | step(RESULTS, READ) | step(OWNS, OWN_CONTENTS)
}

/// The flags of an argument, by those of the results that lead to it in a certain way.
fn through(flags: Flags, way: Flags) -> Flags {
    let step = |from: Flags, to: Flags| if flags & from != 0 { to } else { 0 };
    let mut back = 0;
    if way & RETURNED != 0 {
        back |= flags;
    }
    if way & INSIDE != 0 {
        back |= step(BOTH, BOTH) | step(RESULTS, INSIDE | READ) | step(OWNS, OWNS);
        // What is read from the result may be the argument.
        back |= step(READ, RETURNED);
    }
    if way & READ != 0 {
        back |= one_step_back(flags);
    }
    back
}

/// Whether an instruction makes a number of one or two others of which it keeps nothing: what it does with a reference in
/// them is what is done with its result. So are addresses and lengths packed for the host, and compared for overflow.
fn packs(data: &InstData) -> bool {
    match data {
        InstData::Unary { op, .. } => *op == UnaryOp::ExtendU,
        InstData::Binary { op, .. } => matches!(op, BinaryOp::Or | BinaryOp::Isub),
        _ => false,
    }
}

/// Whether values of a type may be references, or are references where they are copied from memory to memory.
fn holds_refs(ty: Type) -> bool {
    matches!(ty, Type::Ref | Type::I32 | Type::I64)
}

/// What an address was made from by adding.
pub fn base(func: &Function, mut addr: Value) -> Value {
    while let ValueDef::Result(inst, _) = func.values[addr].def
        && let InstData::Binary {
            op: BinaryOp::RefAdd,
            x,
            ..
        } = func.insts[inst]
    {
        addr = x;
    }
    addr
}

/// Whether a value, or a sum made from it, is passed to a block or selected: it may be another one then than the last
/// one that its definition gave.
pub fn merges(func: &Function) -> SecondaryMap<Value, bool> {
    let mut merged: SecondaryMap<Value, bool> = SecondaryMap::new();
    for &block in &func.layout {
        for &inst in &func.blocks[block].insts {
            visit_merged(&func.insts[inst], |v| merged[base(func, v)] = true);
        }
    }
    merged
}

/// Visits what an instruction passes to blocks or selects from.
pub fn visit_merged(data: &InstData, mut visit: impl FnMut(Value)) {
    match data {
        InstData::Select { x, y, .. } => {
            visit(*x);
            visit(*y);
        }
        data => {
            for target in data.targets() {
                target.args.iter().for_each(|&v| visit(v));
            }
        }
    }
}
