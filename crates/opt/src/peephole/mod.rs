//! Constant folding and algebraic simplification of single instructions and their operands' definitions.
//!
//! One walk over the blocks in reverse postorder, so that operands are in their final form (but for arguments over
//! back edges, which no rule looks through). Each instruction is offered to the rules for its kind until none
//! applies. A rule answers with an [`Action`]; it may emit new instructions before the present one, and these are
//! simplified in the same way. Results that turn out equal to another value are recorded as aliases and rewritten
//! in one walk at the end.
//!
//! Rules only make code smaller or cheaper or bring it into a canonical form on which other rules count:
//! - a constant operand of a commutative operation or comparison stands right;
//! - adding a constant is `iadd`, never `isub`; scaling by a power of two is `shl`;
//! - a test for zero or null is `eqz`; conditions of branches are not tests of a test;
//! - addresses carry constant offsets in the memory access, the symbol or the slot.
//!
//! Cost: linear in the number of instructions.

mod arith;
mod branch;
mod compare;
mod memory;
mod range;
mod unary;

use crate::fold::{constant, fold};
use crate::pass::{FunctionPass, Program};
use cranelift_entity::packed_option::PackedOption;
use polkago_ir::{
    Aliases, BinaryOp, Block, Cfg, Function, Inst, InstData, Loc, Scalar, Type, UnaryOp, Value,
    ValueDef,
};

/// The pass. See the module documentation.
pub struct Peephole;

impl FunctionPass for Peephole {
    fn name(&self) -> &'static str {
        "peephole"
    }

    fn run(&self, func: &mut Function, program: &Program<'_>) -> bool {
        let cfg = Cfg::new(func);
        let mut cx = Cx {
            func,
            program,
            aliases: Aliases::new(),
            out: Vec::new(),
            loc: None.into(),
            changed: false,
        };
        for block in cfg.rpo() {
            cx.block(block);
        }
        let Cx {
            func,
            mut aliases,
            changed,
            ..
        } = cx;
        aliases.apply(func);
        changed
    }
}

/// What a rule makes of an instruction.
enum Action {
    /// Nothing.
    Keep,
    /// Another instruction with the same results. It is offered to the rules again.
    Replace(InstData),
    /// Another value stands for its one result.
    Use(Value),
    /// It goes; it has no results.
    Remove,
}

use Action::{Keep, Remove, Replace, Use};

/// The state of the walk.
struct Cx<'a> {
    func: &'a mut Function,
    program: &'a Program<'a>,
    aliases: Aliases,
    /// The instructions of the present block up to here.
    out: Vec<Inst>,
    /// The location of the present instruction.
    loc: PackedOption<Loc>,
    changed: bool,
}

impl Cx<'_> {
    fn block(&mut self, block: Block) {
        let insts = std::mem::take(&mut self.func.blocks[block].insts);
        self.out = Vec::with_capacity(insts.len());
        for inst in insts {
            self.loc = self.func.inst_locs[inst];
            if !self.aliases.is_empty() {
                self.func.insts[inst].map_operands(|v| self.aliases.resolve(v));
            }
            if let Some(value) = self.simplify(inst) {
                self.aliases.replace(self.func.results[inst][0], value);
            }
        }
        self.func.blocks[block].insts = std::mem::take(&mut self.out);
    }

    /// Simplifies an instruction and appends what is left of it. Gives the value that stands for its result if
    /// there is one.
    fn simplify(&mut self, inst: Inst) -> Option<Value> {
        // Each rule makes progress in the order of canonical forms; the limit is a guard against a pair of rules
        // that undo each other.
        const LIMIT: usize = 16;
        for _ in 0..LIMIT {
            match self.action(inst) {
                Keep => break,
                Replace(data) => {
                    self.changed = true;
                    self.func.insts[inst] = data;
                }
                Use(value) => {
                    self.changed = true;
                    return Some(value);
                }
                Remove => {
                    self.changed = true;
                    return None;
                }
            }
        }
        self.out.push(inst);
        None
    }

    /// Offers an instruction to the rules for its kind.
    fn action(&mut self, inst: Inst) -> Action {
        if let Some(folded) = fold(self.func, &self.func.insts[inst]) {
            return Replace(folded);
        }
        match self.func.insts[inst] {
            InstData::Unary { op, x, ty } => self.unary(op, x, ty),
            InstData::Binary { op, x, y } => self.any_binary(op, x, y),
            InstData::Select { cond, x, y } => self.select(cond, x, y),
            InstData::Load { mem, addr, offset } => self.load(mem, addr, offset),
            InstData::Store {
                mem,
                addr,
                value,
                offset,
            } => self.store(mem, addr, offset, value),
            InstData::MemCopy { dst, src, len, .. } => self.mem_copy(dst, src, len),
            InstData::MemFill { dst, byte, len } => self.mem_fill(dst, byte, len),
            InstData::CallIndirect { sig, callee, .. } => self.call_indirect(inst, sig, callee),
            InstData::Brif { cond, .. } => self.brif(inst, cond),
            InstData::BrTable { index, .. } => self.br_table(inst, index),
            InstData::I32Const(_)
            | InstData::I64Const(_)
            | InstData::F32Const(_)
            | InstData::F64Const(_)
            | InstData::Null
            | InstData::SymAddr { .. }
            | InstData::FuncIndex(_)
            | InstData::StackAddr { .. }
            | InstData::Call { .. }
            | InstData::GlobalGet { .. }
            | InstData::GlobalSet { .. }
            | InstData::MemorySize
            | InstData::MemoryGrow(_)
            | InstData::ExitCheck
            | InstData::Jump(_)
            | InstData::Return(_)
            | InstData::ReturnExit
            | InstData::Trap(_) => Keep,
        }
    }

    /// Rules for all operations with two operands: a constant goes to the right.
    fn any_binary(&mut self, op: BinaryOp, x: Value, y: Value) -> Action {
        let constants = (self.constant(x), self.constant(y));
        if let ((Some(_), None), Some(op)) = (constants, op.swapped()) {
            return Replace(InstData::Binary { op, x: y, y: x });
        }
        if op.is_comparison() {
            self.compare(op, x, y)
        } else {
            self.arith(op, x, y)
        }
    }

    // What rules ask.

    /// The instruction that defines a value, if it is one.
    fn def(&self, v: Value) -> Option<&InstData> {
        match self.func.values[v].def {
            ValueDef::Result(inst, _) => Some(&self.func.insts[inst]),
            ValueDef::Param(..) => None,
        }
    }

    /// A value that is a constant.
    fn constant(&self, v: Value) -> Option<Scalar> {
        constant(self.func, v)
    }

    /// A value that is an integer constant, sign-extended.
    fn int(&self, v: Value) -> Option<i64> {
        self.constant(v)?.int()
    }

    /// The operand of that operation, if a value is its result.
    fn is_unary(&self, v: Value, wanted: UnaryOp) -> Option<Value> {
        match self.def(v)? {
            InstData::Unary { op, x, .. } if *op == wanted => Some(*x),
            _ => None,
        }
    }

    /// The operands of that operation, if a value is its result.
    fn is_binary(&self, v: Value, wanted: BinaryOp) -> Option<(Value, Value)> {
        match self.def(v)? {
            InstData::Binary { op, x, y } if *op == wanted => Some((*x, *y)),
            _ => None,
        }
    }

    /// The left operand and the constant right one of that operation, if a value is its result.
    fn is_binary_int(&self, v: Value, wanted: BinaryOp) -> Option<(Value, i64)> {
        let (x, y) = self.is_binary(v, wanted)?;
        Some((x, self.int(y)?))
    }

    /// Whether a value is 0 or 1.
    fn is_bool(&self, v: Value) -> bool {
        self.func.value_type(v) == Type::I32 && {
            let range = self.range(v);
            range.lo >= 0 && range.hi <= 1
        }
    }

    // What rules make.

    /// Emits an instruction with one result before the present one.
    fn emit(&mut self, data: InstData) -> Value {
        let inst = self.func.new_inst(data, self.loc);
        let result = self.func.results[inst][0];
        self.simplify(inst).unwrap_or(result)
    }

    fn emit_binary(&mut self, op: BinaryOp, x: Value, y: Value) -> Value {
        self.emit(InstData::Binary { op, x, y })
    }

    /// Emits an integer constant: the low bits of `n`.
    fn emit_int(&mut self, ty: Type, n: i64) -> Value {
        self.emit(int_const(ty, n))
    }
}

/// An integer constant: the low bits of `n`.
fn int_const(ty: Type, n: i64) -> InstData {
    match ty {
        Type::I64 => InstData::I64Const(n),
        Type::I32 | Type::F32 | Type::F64 | Type::Ref => InstData::I32Const(n as i32),
    }
}

/// The width of an integer type in bits.
fn width(ty: Type) -> u32 {
    match ty {
        Type::I64 | Type::F64 => 64,
        Type::I32 | Type::F32 | Type::Ref => 32,
    }
}
