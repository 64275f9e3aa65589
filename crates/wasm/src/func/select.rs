//! Instruction selection: each IR instruction becomes a [`Node`] with operands and Wasm instructions.
//!
//! Constants of all kinds (numbers, addresses of static data, table indices) become part of the instructions that
//! use them; additions of constants to addresses go into the offset of the access. What nobody uses gets no node.

use super::node::{Effects, Node, NodeId, Nodes, simple};
use super::operations::{binary_opcode, load_op, piece_ops, store_op};
use crate::code::{Local, Mem, Op, Ty, opcode as oc};
use crate::helpers::{self, Helper};
use crate::program::frames::Frame;
use crate::program::{GlobalPlace, Program};
use cranelift_entity::{PrimaryMap, SecondaryMap};
use polkago_ir::{
    BinaryOp, Cfg, Function, Inst, InstData, Scalar, Type, UnaryOp, Value, ValueDef, Values,
    eval_binary,
};
use smallvec::{SmallVec, smallvec};

struct Selector<'a> {
    program: &'a Program<'a>,
    func: &'a Function,
    frame: Option<&'a Frame>,
    fp: Option<Local>,
    /// How often each value is the address of an access; [`OTHER_USE`] if it is used in any other way.
    address_uses: SecondaryMap<Value, u32>,
    out: Nodes,
}

/// Selects instructions for a function.
pub fn select<'a>(
    program: &'a Program<'a>,
    func: &'a Function,
    cfg: &Cfg,
    frame: Option<&'a Frame>,
    fp: Option<Local>,
) -> Nodes {
    let mut s = Selector {
        program,
        func,
        frame,
        fp,
        address_uses: SecondaryMap::new(),
        out: Nodes {
            nodes: PrimaryMap::new(),
            blocks: SecondaryMap::new(),
            def: SecondaryMap::new(),
            consts: SecondaryMap::new(),
            uses: SecondaryMap::new(),
        },
    };
    s.find_addresses(cfg);
    s.find_constants(cfg);
    // Uses stand below definitions in the dominator tree, so in postorder a value's uses are known before it.
    for &block in cfg.postorder() {
        let mut nodes: Vec<NodeId> = Vec::new();
        for &inst in func.blocks[block].insts.iter().rev() {
            s.inst(inst, &mut nodes);
        }
        nodes.reverse();
        s.out.blocks[block] = nodes;
    }
    s.out
}

/// Marks a value that is not only an address.
const OTHER_USE: u32 = u32::MAX;

/// A base address for a memory access.
enum Base {
    Value(Value),
    /// The frame pointer.
    Frame,
    /// Zero: the address is in the offset.
    Absolute,
}

impl Selector<'_> {
    fn find_addresses(&mut self, cfg: &Cfg) {
        let uses = &mut self.address_uses;
        for block in cfg.rpo() {
            for &inst in &self.func.blocks[block].insts {
                match &self.func.insts[inst] {
                    InstData::Load { addr, .. } => uses[*addr] = uses[*addr].saturating_add(1),
                    InstData::Store { addr, value, .. } => {
                        uses[*addr] = uses[*addr].saturating_add(1);
                        uses[*value] = OTHER_USE;
                    }
                    data => data.visit_operands(|v| uses[v] = OTHER_USE),
                }
            }
        }
    }

    fn only_address(&self, v: Value) -> bool {
        self.address_uses[v] != OTHER_USE
    }

    fn find_constants(&mut self, cfg: &Cfg) {
        for block in cfg.rpo() {
            for &inst in &self.func.blocks[block].insts {
                let op = match &self.func.insts[inst] {
                    InstData::I32Const(n) => Op::I32Const(*n),
                    InstData::I64Const(n) => Op::I64Const(*n),
                    InstData::F32Const(bits) => Op::F32Const(*bits),
                    InstData::F64Const(bits) => Op::F64Const(*bits),
                    InstData::Null => Op::I32Const(0),
                    InstData::SymAddr { sym, offset } => {
                        let address = self.program.address(&self.func.syms[*sym]);
                        Op::I32Const((address as i32).wrapping_add(*offset))
                    }
                    InstData::FuncIndex(sym) => {
                        Op::I32Const(self.program.table_index(&self.func.syms[*sym]) as i32)
                    }
                    InstData::GlobalGet { global, .. } => {
                        match self.program.global(&self.func.syms[*global]) {
                            GlobalPlace::Constant(n) => Op::I32Const(n as i32),
                            GlobalPlace::Index(_) | GlobalPlace::Results => continue,
                        }
                    }
                    data => match self.folded(data) {
                        Some(op) => op,
                        None => continue,
                    },
                };
                self.out.consts[self.func.results[inst][0]] = Some(op);
            }
        }
    }

    /// The result of an operation on constants: addresses, and sizes of what is placed, have become known only now.
    fn folded(&self, data: &InstData) -> Option<Op> {
        let i32_const = |v: Value| match self.out.consts[v] {
            Some(Op::I32Const(n)) => Some(n),
            _ => None,
        };
        let result = match *data {
            InstData::Binary { op, x, y } => {
                let op = match op {
                    BinaryOp::RefAdd => BinaryOp::Iadd,
                    op => op,
                };
                let (x, y) = (i32_const(x)?, i32_const(y)?);
                eval_binary(op, Scalar::I32(x), Scalar::I32(y))?
            }
            InstData::Unary {
                op: UnaryOp::RefToInt | UnaryOp::IntToRef,
                x,
                ..
            } => Scalar::I32(i32_const(x)?),
            _ => return None,
        };
        match result {
            Scalar::I32(n) => Some(Op::I32Const(n)),
            _ => None,
        }
    }

    fn def(&self, v: Value) -> Option<&InstData> {
        match self.func.values[v].def {
            ValueDef::Result(inst, _) => Some(&self.func.insts[inst]),
            ValueDef::Param(..) => None,
        }
    }

    fn zero(&self, v: Value) -> bool {
        matches!(self.out.consts[v], Some(Op::I32Const(0) | Op::I64Const(0)))
    }

    /// Adds a node in front of those made before.
    fn push(&mut self, nodes: &mut Vec<NodeId>, node: Node) {
        for &arg in &node.args {
            if self.out.consts[arg].is_none() {
                self.out.uses[arg] += 1;
            }
        }
        let result = node.result.expand();
        let id = self.out.nodes.push(node);
        if let Some(v) = result {
            self.out.def[v] = id.into();
        }
        nodes.push(id);
    }

    fn is_used(&self, v: Value) -> bool {
        self.out.uses[v] > 0
    }

    fn inst(&mut self, inst: Inst, nodes: &mut Vec<NodeId>) {
        let func = self.func;
        let results = &func.results[inst];
        let result = results.first().copied();
        if result.is_some_and(|v| self.out.consts[v].is_some()) {
            return;
        }
        // The second and later results stand behind the call, in globals (decision record 0001).
        for (i, &v) in results.iter().enumerate().skip(1).rev() {
            if self.is_used(v) {
                let global = self.program.result_global(i, func.value_type(v));
                let mut node = simple([], Op::GlobalGet(global), Effects::READ_RESULT);
                node.inst = inst.into();
                node.result = v.into();
                self.push(nodes, node);
            }
        }
        let mut node = self.node(&func.insts[inst]);
        if node.effects.is_removable()
            && !func.insts[inst].is_terminator()
            && !result.is_some_and(|v| self.is_used(v))
        {
            return;
        }
        node.inst = inst.into();
        node.result = result.into();
        self.push(nodes, node);
    }

    fn node(&self, data: &InstData) -> Node {
        match data {
            // Constants have been found before.
            InstData::I32Const(_)
            | InstData::I64Const(_)
            | InstData::F32Const(_)
            | InstData::F64Const(_)
            | InstData::Null
            | InstData::SymAddr { .. }
            | InstData::FuncIndex(_) => Node::default(),
            InstData::StackAddr { slot, offset } => {
                let at = self.slot_offset(*slot) as i32 + offset;
                Node {
                    ops: if at == 0 {
                        smallvec![(0, self.fp())]
                    } else {
                        smallvec![
                            (0, self.fp()),
                            (0, Op::I32Const(at)),
                            (0, Op::Plain(oc::I32_ADD))
                        ]
                    },
                    ..Node::default()
                }
            }
            InstData::Unary { op, x, ty } => self.unary(*op, *x, *ty),
            InstData::Binary { op, x, y } => self.binary(*op, *x, *y),
            InstData::Select { cond, x, y } => match self.def(*cond) {
                Some(InstData::Unary {
                    op: UnaryOp::Eqz,
                    x: inner,
                    ..
                }) if Ty::from(self.func.value_type(*inner)) == Ty::I32 => {
                    simple([*y, *x, *inner], Op::Select, Effects::default())
                }
                _ => simple([*x, *y, *cond], Op::Select, Effects::default()),
            },
            InstData::Load { mem, addr, offset } => {
                let access = load_op(*mem);
                self.access(*addr, *offset, [], |offset| {
                    Op::Load(Mem { offset, ..access })
                })
            }
            InstData::Store {
                mem,
                addr,
                value,
                offset,
            } => {
                let access = store_op(*mem);
                let mut node = self.access(*addr, *offset, [*value], |offset| {
                    Op::Store(Mem { offset, ..access })
                });
                node.effects = Effects::WRITE;
                if let Some(canon) = self.canonicalised(*value) {
                    let at = node.ops.len() - 1;
                    let arity = node.args.len() as u32;
                    node.ops.insert(at, (arity, canon));
                }
                node
            }
            InstData::MemCopy { dst, src, len, .. } => self.mem_copy(*dst, *src, *len),
            InstData::MemFill { dst, byte, len } => self.mem_fill(*dst, *byte, *len),
            InstData::Call { func, args, .. } => {
                let index = self.program.func_index(&self.func.syms[*func]);
                simple(args.iter().copied(), Op::Call(index), Effects::CALL)
            }
            InstData::CallIndirect { sig, callee, args } => {
                let ty = self.program.type_index(&self.func.sigs[*sig]);
                let args = args.iter().copied().chain([*callee]);
                simple(args, Op::CallIndirect(ty), Effects::CALL)
            }
            InstData::GlobalGet { global, .. } => {
                let op = match self.program.global(&self.func.syms[*global]) {
                    GlobalPlace::Index(i) => Op::GlobalGet(i),
                    GlobalPlace::Constant(n) => Op::I32Const(n as i32),
                    GlobalPlace::Results => Op::I32Const(0),
                };
                simple([], op, Effects::READ_GLOBAL)
            }
            InstData::GlobalSet { global, value } => {
                let op = match self.program.global(&self.func.syms[*global]) {
                    GlobalPlace::Index(i) => Op::GlobalSet(i),
                    // Writing a constant has no meaning; the verifier refuses it.
                    GlobalPlace::Constant(_) => Op::Drop,
                    GlobalPlace::Results => Op::ClearGlobals(self.program.result_refs()),
                };
                simple([*value], op, Effects::WRITE_GLOBAL)
            }
            InstData::MemorySize => simple([], Op::MemorySize, Effects::READ_GLOBAL),
            InstData::MemoryGrow(n) => simple(
                [*n],
                Op::MemoryGrow,
                Effects::READ_GLOBAL.and(Effects::WRITE_GLOBAL),
            ),
            InstData::ExitCheck => simple(
                [],
                Op::GlobalGet(self.program.exit_global()),
                Effects::READ_GLOBAL,
            ),
            // Of terminators only the operands count here; the structurer decides what becomes of them.
            InstData::Jump(_)
            | InstData::Brif { .. }
            | InstData::BrTable { .. }
            | InstData::Return(_)
            | InstData::ReturnExit
            | InstData::Trap(_) => {
                let mut args = Values::new();
                data.visit_operands(|v| args.push(v));
                Node {
                    args,
                    effects: Effects::CALL,
                    ..Node::default()
                }
            }
        }
    }

    fn fp(&self) -> Op {
        Op::Get(self.fp.expect("a function with stack slots has a frame"))
    }

    fn slot_offset(&self, slot: polkago_ir::StackSlot) -> u32 {
        let frame = self.frame.expect("a function with stack slots has a frame");
        frame.slots[slot]
    }

    /// Takes additions of constants out of an address.
    fn fold(&self, mut addr: Value, mut offset: u32) -> (Base, u32) {
        let add = |offset: u32, n: i32| {
            let n = u32::try_from(n).ok()?;
            offset.checked_add(n)
        };
        loop {
            match self.def(addr) {
                Some(InstData::SymAddr { .. }) => {
                    if let Some(Op::I32Const(n)) = self.out.consts[addr]
                        && let Some(sum) = add(offset, n)
                    {
                        return (Base::Absolute, sum);
                    }
                    return (Base::Value(addr), offset);
                }
                Some(InstData::StackAddr { slot, offset: n }) => {
                    let at = i64::from(self.slot_offset(*slot)) + i64::from(*n);
                    if let Ok(at) = i32::try_from(at)
                        && let Some(sum) = add(offset, at)
                    {
                        return (Base::Frame, sum);
                    }
                    return (Base::Value(addr), offset);
                }
                // Inside one object, so the sum does not wrap around.
                // Counted from the start of a data object the sum is not negative: the object's address goes into
                // the offset. With many uses the sum is better kept.
                Some(InstData::Binary {
                    op: BinaryOp::RefAdd,
                    x,
                    y,
                }) if self.address_uses[addr] <= 2
                    && self.out.consts[*y].is_none()
                    && matches!(self.def(*x), Some(InstData::SymAddr { offset: 0, .. })) =>
                {
                    if let Some(Op::I32Const(n)) = self.out.consts[*x]
                        && let Some(sum) = add(offset, n)
                    {
                        return (Base::Value(*y), sum);
                    }
                    return (Base::Value(addr), offset);
                }
                Some(InstData::Binary {
                    op: BinaryOp::RefAdd,
                    x,
                    y,
                }) if self.only_address(addr) => match self.out.consts[*y] {
                    Some(Op::I32Const(n)) if n >= 0 => match add(offset, n) {
                        Some(sum) => (addr, offset) = (*x, sum),
                        None => return (Base::Value(addr), offset),
                    },
                    _ => return (Base::Value(addr), offset),
                },
                _ => return (Base::Value(addr), offset),
            }
        }
    }

    /// A memory access; `rest` are the operands behind the address.
    fn access<const N: usize>(
        &self,
        addr: Value,
        offset: u32,
        rest: [Value; N],
        op: impl FnOnce(u32) -> Op,
    ) -> Node {
        let (base, offset) = self.fold(addr, offset);
        let (first, before): (Option<Value>, Option<Op>) = match base {
            Base::Value(v) => (Some(v), None),
            Base::Frame => (None, Some(self.fp())),
            Base::Absolute => (None, Some(Op::I32Const(0))),
        };
        let args: Values = first.into_iter().chain(rest).collect();
        let mut ops: SmallVec<[(u32, Op); 1]> = before.into_iter().map(|op| (0, op)).collect();
        ops.push((args.len() as u32, op(offset)));
        Node {
            args,
            ops,
            effects: Effects::READ,
            ..Node::default()
        }
    }

    /// The call that makes a float's bits the same on all hosts, if that is needed.
    fn canonicalised(&self, v: Value) -> Option<Op> {
        if !self.program.facts.canonical_nan || helpers::known_canonical(self.func, v) {
            return None;
        }
        let helper = match Ty::from(self.func.value_type(v)) {
            Ty::F32 => Helper::Canon32,
            Ty::F64 => Helper::Canon64,
            Ty::I32 | Ty::I64 => return None,
        };
        Some(Op::Call(self.program.helper(helper)))
    }

    fn mem_copy(&self, dst: Value, src: Value, len: Value) -> Node {
        let effects = Effects::READ.and(Effects::WRITE);
        if let Some(n) = helpers::i32_const(self.func, len)
            && let Some(pieces) = helpers::pieces(n as u32)
        {
            // All loads before all stores, because the ranges may overlap.
            let mut node = Node {
                effects,
                ..Node::default()
            };
            for &(width, offset) in &pieces {
                node.args.extend([dst, src]);
                let arity = node.args.len() as u32;
                let (load, _) = piece_ops(width);
                node.ops.push((arity, Op::Load(Mem { offset, ..load })));
            }
            let arity = node.args.len() as u32;
            for &(width, offset) in pieces.iter().rev() {
                let (_, store) = piece_ops(width);
                node.ops.push((arity, Op::Store(Mem { offset, ..store })));
            }
            return node;
        }
        let op = if self.program.options.features.bulk_memory {
            Op::MemoryCopy
        } else {
            Op::Call(self.program.helper(Helper::MemCopy))
        };
        simple([dst, src, len], op, effects)
    }

    fn mem_fill(&self, dst: Value, byte: Value, len: Value) -> Node {
        if let Some(n) = helpers::i32_const(self.func, len)
            && let Some(byte) = helpers::i32_const(self.func, byte)
            && let Some(pieces) = helpers::pieces(n as u32)
        {
            let word = i64::from_le_bytes([byte as u8; 8]);
            let mut node = Node {
                effects: Effects::WRITE,
                ..Node::default()
            };
            for &(width, offset) in &pieces {
                node.args.push(dst);
                let arity = node.args.len() as u32;
                let value = match width {
                    8 => Op::I64Const(word),
                    4 => Op::I32Const(word as i32),
                    2 => Op::I32Const(i32::from(word as u16)),
                    _ => Op::I32Const(i32::from(word as u8)),
                };
                let (_, store) = piece_ops(width);
                node.ops.push((arity, value));
                node.ops.push((arity, Op::Store(Mem { offset, ..store })));
            }
            return node;
        }
        if self.program.options.features.bulk_memory {
            return simple([dst, byte, len], Op::MemoryFill, Effects::WRITE);
        }
        if helpers::i32_const(self.func, byte) == Some(0) {
            let zero = self.program.helper(Helper::MemZero);
            return simple([dst, len], Op::Call(zero), Effects::WRITE);
        }
        let fill = self.program.helper(Helper::MemFill);
        simple([dst, byte, len], Op::Call(fill), Effects::WRITE)
    }

    fn unary(&self, op: UnaryOp, x: Value, ty: Type) -> Node {
        let from = Ty::from(self.func.value_type(x));
        let to = Ty::from(ty);
        let sign_ext = self.program.options.features.sign_ext;
        let one = |op: u8| simple([x], Op::Plain(op), Effects::default());
        let shifts = |by: i64| {
            let (count, shl, shr) = match from {
                Ty::I64 => (Op::I64Const(64 - by), oc::I64_SHL, oc::I64_SHR_S),
                _ => (Op::I32Const((32 - by) as i32), oc::I32_SHL, oc::I32_SHR_S),
            };
            Node {
                args: smallvec![x],
                ops: smallvec![
                    (1, count.clone()),
                    (1, Op::Plain(shl)),
                    (1, count),
                    (1, Op::Plain(shr))
                ],
                ..Node::default()
            }
        };
        let is64 = from == Ty::I64;
        let by_int = |op32: u8| {
            one(if is64 {
                op32 + (oc::I64_CLZ - oc::I32_CLZ)
            } else {
                op32
            })
        };
        let by_float = |op32: u8| {
            one(if from == Ty::F64 {
                op32 + (oc::F64_ABS - oc::F32_ABS)
            } else {
                op32
            })
        };
        match op {
            UnaryOp::Clz => by_int(oc::I32_CLZ),
            UnaryOp::Ctz => by_int(oc::I32_CTZ),
            UnaryOp::Popcnt => by_int(oc::I32_POPCNT),
            UnaryOp::Eqz => one(if is64 { oc::I64_EQZ } else { oc::I32_EQZ }),
            UnaryOp::Sext8 if sign_ext => one(if is64 {
                oc::I64_EXTEND8_S
            } else {
                oc::I32_EXTEND8_S
            }),
            UnaryOp::Sext16 if sign_ext => one(if is64 {
                oc::I64_EXTEND16_S
            } else {
                oc::I32_EXTEND16_S
            }),
            UnaryOp::Sext8 => shifts(8),
            UnaryOp::Sext16 => shifts(16),
            UnaryOp::Wrap => one(oc::I32_WRAP_I64),
            UnaryOp::ExtendS => one(oc::I64_EXTEND_I32_S),
            UnaryOp::ExtendU => one(oc::I64_EXTEND_I32_U),
            UnaryOp::Fneg => by_float(oc::F32_NEG),
            UnaryOp::Fabs => by_float(oc::F32_ABS),
            UnaryOp::Ceil => by_float(oc::F32_CEIL),
            UnaryOp::Floor => by_float(oc::F32_FLOOR),
            UnaryOp::Trunc => by_float(oc::F32_TRUNC),
            UnaryOp::Nearest => by_float(oc::F32_NEAREST),
            UnaryOp::Sqrt => by_float(oc::F32_SQRT),
            UnaryOp::Promote => one(oc::F64_PROMOTE_F32),
            UnaryOp::Demote => one(oc::F32_DEMOTE_F64),
            UnaryOp::TruncSatS32 => self.trunc_sat(x, 0, Helper::TruncS32),
            UnaryOp::TruncSatU32 => self.trunc_sat(x, 1, Helper::TruncU32),
            UnaryOp::TruncSatS64 => self.trunc_sat(x, 4, Helper::TruncS64),
            UnaryOp::TruncSatU64 => self.trunc_sat(x, 5, Helper::TruncU64),
            UnaryOp::ConvertS32 => one(oc::F32_CONVERT_I32_S + 2 * u8::from(is64)),
            UnaryOp::ConvertU32 => one(oc::F32_CONVERT_I32_U + 2 * u8::from(is64)),
            UnaryOp::ConvertS64 => one(oc::F64_CONVERT_I32_S + 2 * u8::from(is64)),
            UnaryOp::ConvertU64 => one(oc::F64_CONVERT_I32_U + 2 * u8::from(is64)),
            UnaryOp::Bitcast => {
                let mut node = match (from, to) {
                    (Ty::F32, _) => one(oc::I32_REINTERPRET_F32),
                    (Ty::F64, _) => one(oc::I64_REINTERPRET_F64),
                    (Ty::I64, _) => one(oc::F64_REINTERPRET_I64),
                    (Ty::I32, _) => one(oc::F32_REINTERPRET_I32),
                };
                if let Some(canon) = self.canonicalised(x) {
                    node.ops.insert(0, (1, canon));
                }
                node
            }
            UnaryOp::RefToInt | UnaryOp::IntToRef => Node {
                args: smallvec![x],
                ..Node::default()
            },
        }
    }

    fn trunc_sat(&self, x: Value, number: u8, helper: Helper) -> Node {
        let is64 = self.func.value_type(x) == Type::F64;
        if self.program.options.features.sat_float {
            let number = number + 2 * u8::from(is64);
            return simple([x], Op::TruncSat(number), Effects::default());
        }
        let mut node = simple(
            [x],
            Op::Call(self.program.helper(helper)),
            Effects::default(),
        );
        if !is64 {
            // Exact, so that one helper does for both widths.
            node.ops.insert(0, (1, Op::Plain(oc::F64_PROMOTE_F32)));
        }
        node
    }

    fn binary(&self, op: BinaryOp, x: Value, y: Value) -> Node {
        let ty = Ty::from(self.func.value_type(x));
        if op == BinaryOp::Eq && (self.zero(x) || self.zero(y)) {
            let other = if self.zero(y) { x } else { y };
            let op = if ty == Ty::I64 {
                oc::I64_EQZ
            } else {
                oc::I32_EQZ
            };
            return simple([other], Op::Plain(op), Effects::default());
        }
        let op_code = Op::Plain(binary_opcode(op, ty));
        let mut node = simple([x, y], op_code, Effects::default());
        // The sign of a NaN is observable in this way too.
        if op == BinaryOp::Copysign
            && let Some(canon) = self.canonicalised(y)
        {
            node.ops.insert(0, (2, canon));
        }
        node
    }
}
