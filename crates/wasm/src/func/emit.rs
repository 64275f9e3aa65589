//! Writes the code of a function: its prologue, the trees of each block along the structured control flow, and the
//! copies on edges.

use super::node::{NodeId, Nodes};
use super::select::select;
use super::structure::{Item, label_bound, structure};
use super::treeify::{Place, treeify};
use crate::code::{Code, Label, Local, Mem, Op, Ty, opcode as oc, peephole};
use crate::program::Program;
use crate::program::frames::{FRAME_HEADER, Frame, Overflow, Prepared, empty_descriptor};
use crate::program::sites::CALL_SITES;
use cranelift_entity::{SecondaryMap, packed_option::PackedOption};
use polkago_ir::{Block, Function, Inst, InstData, Value};
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::VecDeque;

/// Writes the code of a function, with a local of its own for each value that needs one.
pub fn emit(program: &Program<'_>, prepared: &Prepared<'_>) -> Code {
    let func: &Function = &prepared.func;
    let frame = prepared.frame.as_ref();
    let mut code = Code::new(func.sig.params.iter().map(|&ty| Ty::from(ty)));
    code.reserve_labels(label_bound(func));
    let fp = frame.map(|_| code.locals.push(Ty::I32));
    let nodes = select(program, func, &prepared.cfg, frame, fp);
    let spill = |v: Value| frame.and_then(|f| f.spills[v]);
    let places = treeify(func, &prepared.cfg, &nodes, |v| spill(v).is_some());
    let mut locals: SecondaryMap<Value, PackedOption<Local>> = SecondaryMap::new();
    for (i, &v) in func.blocks[func.entry()].params.iter().enumerate() {
        locals[v] = code.param(i).into();
    }
    let result = func.sig.results.first().map(|&ty| Ty::from(ty));
    let ret = frame.map(|_| code.new_label());
    let mut e = Emitter {
        program,
        prepared,
        func,
        nodes,
        places,
        locals,
        result,
        ret,
        fp,
        code,
    };
    e.prologue();
    if let Some(label) = ret {
        e.code.push(Op::Block(label, result));
    }
    for item in structure(func, &prepared.cfg, &prepared.dominators) {
        e.item(item);
    }
    if ret.is_some() {
        e.code.loc = None.into();
        e.code.push(Op::End);
        e.epilogue();
    }
    e.code
}

struct Emitter<'a> {
    program: &'a Program<'a>,
    prepared: &'a Prepared<'a>,
    func: &'a Function,
    nodes: Nodes,
    places: SecondaryMap<NodeId, Place>,
    locals: SecondaryMap<Value, PackedOption<Local>>,
    result: Option<Ty>,
    /// Where returns go, if the function has a frame to be popped.
    ret: Option<Label>,
    fp: Option<Local>,
    code: Code,
}

/// Where a frame keeps its call site (decision record 0002).
const SITE_OFFSET: u32 = 4;

fn zero(ty: Ty) -> Op {
    match ty {
        Ty::I32 => Op::I32Const(0),
        Ty::I64 => Op::I64Const(0),
        Ty::F32 => Op::F32Const(0),
        Ty::F64 => Op::F64Const(0),
    }
}

fn i32_store(offset: u32) -> Op {
    Op::Store(Mem {
        op: oc::I32_STORE,
        align: 2,
        offset,
    })
}

impl Emitter<'_> {
    /// Makes the frame (decision record 0002).
    fn prologue(&mut self) {
        let (Some(frame), Some(fp)) = (&self.prepared.frame, self.fp) else {
            return;
        };
        let sp = self.program.shadow_sp();
        let code = &mut self.code;
        code.push(Op::GlobalGet(sp));
        if frame.resumes {
            code.push(Op::Set(fp));
        } else {
            code.extend([Op::I32Const(frame.size as i32), Op::Plain(oc::I32_SUB)]);
            code.push(Op::Set(fp));
            self.overflow_check(frame, fp);
            self.code.extend([Op::Get(fp), Op::GlobalSet(sp)]);
        }
        let code = &mut self.code;
        if let Some(descriptor) = &frame.descriptor {
            let address = self.program.address(&descriptor.name);
            code.extend([Op::Get(fp), Op::I32Const(address as i32), i32_store(0)]);
        }
        // Who asks for call sites may find this frame before any call has been noted in it.
        if self.program.trace && self.func.syms.values().any(|s| **s == *CALL_SITES) {
            code.extend([Op::Get(fp), Op::I32Const(0), i32_store(SITE_OFFSET)]);
        }
        // Null words, two at a time where they lie together.
        let mut words = frame.zeroed.iter().copied().peekable();
        while let Some(at) = words.next() {
            code.push(Op::Get(fp));
            if at % 8 == 0 && words.next_if_eq(&(at + 4)).is_some() {
                let store = Mem {
                    op: oc::I64_STORE,
                    align: 3,
                    offset: at,
                };
                code.extend([Op::I64Const(0), Op::Store(store)]);
            } else {
                code.extend([Op::I32Const(0), i32_store(at)]);
            }
        }
        debug_assert!(frame.size >= FRAME_HEADER, "room for the descriptor");
    }

    /// Tests whether the frame fits.
    fn overflow_check(&mut self, frame: &Frame, fp: Local) {
        let code = &mut self.code;
        // Signed comparison, so that an address below zero is found too.
        match frame.overflow_check {
            None => {}
            Some(Overflow::Report(report)) => {
                // The report runs on the frames below.
                let limit = self.program.layout.stack_lo;
                code.extend([Op::Get(fp), Op::I32Const(limit as i32)]);
                code.extend([Op::Plain(oc::I32_LT_S), Op::If(None)]);
                code.extend([Op::Call(report), Op::Unreachable, Op::End]);
            }
            Some(Overflow::Grow { more, own, less }) => {
                let limit = self.program.stack_limit();
                code.extend([Op::Get(fp), Op::GlobalGet(limit)]);
                code.extend([Op::Plain(oc::I32_LT_S), Op::If(None)]);
                code.extend([Op::I32Const(frame.size as i32), Op::Call(more)]);
                for i in 0..self.func.sig.params.len() {
                    let param = self.code.param(i);
                    self.code.push(Op::Get(param));
                }
                let code = &mut self.code;
                code.extend([Op::Call(own), Op::Call(less), Op::Return, Op::End]);
            }
        }
    }

    fn epilogue(&mut self) {
        let (Some(frame), Some(fp)) = (&self.prepared.frame, self.fp) else {
            return;
        };
        let sp = self.program.shadow_sp();
        self.code
            .extend([Op::Get(fp), Op::I32Const(frame.size as i32)]);
        self.code
            .extend([Op::Plain(oc::I32_ADD), Op::GlobalSet(sp)]);
    }

    fn local(&mut self, v: Value) -> Local {
        if let Some(local) = self.locals[v].expand() {
            return local;
        }
        let local = self.code.locals.push(Ty::from(self.func.value_type(v)));
        self.locals[v] = local.into();
        local
    }

    /// Where the value is kept in the frame.
    fn spill(&self, v: Value) -> Option<u32> {
        self.prepared.frame.as_ref()?.spills[v]
    }

    fn item(&mut self, item: Item) {
        match item {
            Item::Body(block) => self.body(block),
            Item::Block(label) => self.code.push(Op::Block(label, None)),
            Item::Loop { label, tail } => {
                let ty = self.result.filter(|_| tail);
                self.code.push(Op::Loop(label, ty));
            }
            Item::If {
                block,
                negate,
                tail,
            } => {
                self.condition(block, negate);
                let ty = self.result.filter(|_| tail);
                self.code.push(Op::If(ty));
            }
            Item::Else => self.code.push(Op::Else),
            Item::End => self.code.push(Op::End),
            Item::Edge(block, edge) => self.edge(block, edge),
            Item::Br(label) => self.code.push(Op::Br(label)),
            Item::BrIf {
                block,
                negate,
                label,
            } => {
                self.condition(block, negate);
                self.code.push(Op::BrIf(label));
            }
            Item::Table(block, mut labels) => {
                self.operand(block, 0);
                if let Some(default) = labels.pop() {
                    self.code.push(Op::BrTable(labels.into(), default));
                }
            }
            Item::Leave { block, tail } => self.leave(block, tail),
        }
    }

    /// The node with the operands of the terminator.
    fn terminator(&self, block: Block) -> NodeId {
        let last = self.nodes.blocks[block].last();
        *last.expect("a block has a terminator")
    }

    fn set_loc(&mut self, id: NodeId) {
        if let Some(inst) = self.nodes.nodes[id].inst.expand() {
            self.code.loc = self.func.inst_locs[inst];
        }
    }

    /// Pushes an operand of the terminator.
    fn operand(&mut self, block: Block, n: usize) {
        let id = self.terminator(block);
        self.set_loc(id);
        let v = self.nodes.nodes[id].args[n];
        self.value(v);
        self.set_loc(id);
    }

    fn condition(&mut self, block: Block, negate: bool) {
        self.operand(block, 0);
        let loc = self.code.loc;
        if negate {
            peephole::negate(&mut self.code.ops, loc);
        } else {
            peephole::simplify_condition(&mut self.code.ops);
        }
    }

    fn body(&mut self, block: Block) {
        for i in 0..self.func.blocks[block].params.len() {
            let param = self.func.blocks[block].params[i];
            if let (Some(at), Some(fp)) = (self.spill(param), self.fp) {
                let local = self.local(param);
                self.code
                    .extend([Op::Get(fp), Op::Get(local), i32_store(at)]);
            }
        }
        let count = self.nodes.blocks[block].len() - 1;
        for i in 0..count {
            let id = self.nodes.blocks[block][i];
            if self.places[id] == Place::Statement {
                self.statement(id);
            }
        }
    }

    fn statement(&mut self, id: NodeId) {
        self.set_loc(id);
        let Some(v) = self.nodes.nodes[id].result.expand() else {
            self.node(id);
            return;
        };
        let used = self.nodes.uses[v] > 0;
        if let (Some(at), Some(fp)) = (self.spill(v), self.fp) {
            self.code.push(Op::Get(fp));
            self.node(id);
            if used {
                let local = self.local(v);
                self.code.push(Op::Tee(local));
            }
            self.code.push(i32_store(at));
            return;
        }
        self.node(id);
        let op = if used {
            Op::Set(self.local(v))
        } else {
            Op::Drop
        };
        self.code.push(op);
    }

    /// Pushes the operands of a node and its instructions.
    fn node(&mut self, id: NodeId) {
        let node = self.nodes.nodes[id].clone();
        let mut ops = node.ops.into_iter().peekable();
        for (n, &v) in node.args.iter().enumerate() {
            while let Some((_, op)) = ops.next_if(|(at, _)| *at as usize == n) {
                self.code.push(op);
            }
            self.value(v);
            self.set_loc(id);
        }
        for (_, op) in ops {
            if op == Op::Select {
                peephole::simplify_condition(&mut self.code.ops);
            }
            if matches!(op, Op::Call(_) | Op::CallIndirect(_)) {
                self.keep_site(&node.inst);
            }
            self.code.push(op);
        }
        self.drop_site(&node.inst);
    }

    /// The call site of a node, if it is a call that needs one.
    fn site(&self, inst: &PackedOption<Inst>) -> Option<u32> {
        inst.expand().and_then(|inst| self.prepared.sites[inst])
    }

    /// Puts the site of the call that follows into the frame, or into one made for it.
    fn keep_site(&mut self, inst: &PackedOption<Inst>) {
        let Some(site) = self.site(inst) else {
            return;
        };
        let site = Op::I32Const(site as i32);
        if let Some(fp) = self.fp {
            self.code
                .extend([Op::Get(fp), site, i32_store(SITE_OFFSET)]);
            return;
        }
        let sp = self.program.shadow_sp();
        let descriptor = self.program.address(&empty_descriptor().name);
        let code = &mut self.code;
        code.extend([Op::GlobalGet(sp), Op::I32Const(FRAME_HEADER as i32)]);
        code.extend([Op::Plain(oc::I32_SUB), Op::GlobalSet(sp)]);
        code.extend([Op::GlobalGet(sp), Op::I32Const(descriptor as i32)]);
        code.extend([
            i32_store(0),
            Op::GlobalGet(sp),
            site,
            i32_store(SITE_OFFSET),
        ]);
    }

    /// Takes away the frame that was made for the site of a call, if that may leave early.
    fn drop_site(&mut self, inst: &PackedOption<Inst>) {
        if self.fp.is_some() || self.site(inst).is_none() {
            return;
        }
        let sp = self.program.shadow_sp();
        let code = &mut self.code;
        code.extend([Op::GlobalGet(sp), Op::I32Const(FRAME_HEADER as i32)]);
        code.extend([Op::Plain(oc::I32_ADD), Op::GlobalSet(sp)]);
    }

    /// Pushes a value.
    fn value(&mut self, v: Value) {
        if let Some(op) = &self.nodes.consts[v] {
            self.code.push(op.clone());
            return;
        }
        if let Some(id) = self.nodes.def[v].expand() {
            match self.places[id] {
                Place::Statement => {}
                Place::Stack => {
                    self.set_loc(id);
                    self.node(id);
                    return;
                }
                Place::Tee => {
                    self.set_loc(id);
                    self.node(id);
                    let local = self.local(v);
                    self.code.push(Op::Tee(local));
                    // From here on it is in the local.
                    self.places[id] = Place::Statement;
                    return;
                }
            }
        }
        let local = self.local(v);
        self.code.push(Op::Get(local));
    }

    /// Whether pushing the value reads the local of `of`.
    fn reads(&self, v: Value, of: Value) -> bool {
        let mut left = vec![v];
        // A value that is kept in a local on the way may stand at several places below.
        let mut seen = FxHashSet::default();
        while let Some(v) = left.pop() {
            if v == of {
                return true;
            }
            if let Some(id) = self.nodes.def[v].expand()
                && self.places[id] != Place::Statement
                && seen.insert(v)
            {
                left.extend(&self.nodes.nodes[id].args);
            }
        }
        false
    }

    /// Whether pushing the value takes more than one instruction.
    fn is_tree(&self, v: Value) -> bool {
        let def = self.nodes.def[v].expand();
        def.is_some_and(|id| self.places[id] != Place::Statement)
    }

    /// The copies into block parameters: all at once, in the sense of SSA. They are written one by one where no
    /// later one reads what is overwritten; otherwise the value waits on the Wasm stack.
    fn edge(&mut self, block: Block, edge: usize) {
        self.set_loc(self.terminator(block));
        let inst = self.func.terminator(block);
        let data = &self.func.insts[inst.expect("a block has a terminator")];
        let Some(call) = data.targets().nth(edge) else {
            return;
        };
        let params = self.func.blocks[call.block].params.iter().copied();
        let pairs = params.zip(call.args.iter().copied());
        // A copy of a value to itself is nothing; a parameter that nobody reads needs no value.
        let pairs = pairs.filter(|&(p, v)| {
            let needed = self.nodes.uses[p] > 0 || self.spill(p).is_some() || self.is_tree(v);
            p != v && needed
        });
        let (trees, leaves): (Vec<_>, Vec<_>) = pairs.partition(|&(_, v)| self.is_tree(v));
        let mut waiting: Vec<Local> = Vec::new();
        for (i, &(param, v)) in trees.iter().enumerate() {
            self.value(v);
            let mut rest = trees[i + 1..].iter().chain(&leaves);
            let local = self.local(param);
            if rest.any(|&(_, later)| self.reads(later, param)) {
                waiting.push(local);
            } else {
                self.code.push(Op::Set(local));
            }
        }
        self.leaf_copies(&leaves, &mut waiting);
        while let Some(local) = waiting.pop() {
            self.code.push(Op::Set(local));
        }
    }

    /// The copies of what takes one instruction: a parameter is written when no other copy reads it any more. In a
    /// cycle one value waits on the stack.
    fn leaf_copies(&mut self, copies: &[(Value, Value)], waiting: &mut Vec<Local>) {
        let mut readers: FxHashMap<Value, usize> = FxHashMap::default();
        let mut place: FxHashMap<Value, usize> = FxHashMap::default();
        for (i, &(param, v)) in copies.iter().enumerate() {
            *readers.entry(v).or_default() += 1;
            place.insert(param, i);
        }
        let unread = |&i: &usize| !readers.contains_key(&copies[i].0);
        let mut ready: VecDeque<usize> = (0..copies.len()).filter(unread).collect();
        let mut done = vec![false; copies.len()];
        let mut next = 0;
        while next < copies.len() {
            let free = ready.pop_front();
            let i = free.unwrap_or(next);
            if done[i] {
                // Only a copy that was not ready comes here twice.
                next += 1;
                continue;
            }
            done[i] = true;
            let (param, v) = copies[i];
            self.value(v);
            let local = self.local(param);
            match free {
                Some(_) => self.code.push(Op::Set(local)),
                None => waiting.push(local),
            }
            let left = readers.entry(v).or_default();
            *left = left.saturating_sub(1);
            if *left == 0
                && let Some(&j) = place.get(&v)
                && !done[j]
            {
                ready.push_back(j);
            }
        }
    }

    fn leave(&mut self, block: Block, tail: bool) {
        let id = self.terminator(block);
        self.set_loc(id);
        let inst = self.func.terminator(block);
        match &self.func.insts[inst.expect("a block has a terminator")] {
            InstData::ReturnExit => {
                if let Some(result) = self.result {
                    self.code.push(zero(result));
                }
                self.return_to(tail);
            }
            InstData::Return(values) => {
                self.node(id);
                // The second and later results go through globals (decision record 0001).
                for (i, &v) in values.iter().enumerate().skip(1).rev() {
                    let global = self.program.result_global(i, self.func.value_type(v));
                    self.code.push(Op::GlobalSet(global));
                }
                self.return_to(tail);
            }
            _ => self.code.push(Op::Unreachable),
        }
    }

    /// Leaves the function with the result on the stack; `tail` if that happens by falling off the end.
    fn return_to(&mut self, tail: bool) {
        match (tail, self.ret) {
            (true, _) => {}
            (false, Some(label)) => self.code.push(Op::Br(label)),
            (false, None) => self.code.push(Op::Return),
        }
    }
}
