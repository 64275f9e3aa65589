//! Instructions: one enum, operands inside.
//!
//! Arithmetic is that of WebAssembly (numerics of the core specification) unless a line here says otherwise;
//! what Go asks beyond it (division by zero, shift counts above the width, bounds) is explicit control flow made
//! by `lower`.

use crate::{Block, SigRef, StackSlot, SymRef, Type, Value};
use smallvec::SmallVec;

/// The i32 global that says why the running calls are being left (decision record 0003): 0 they are not, 1 a
/// recovered panic or `Goexit` unwinds, 2 the goroutine is being suspended.
pub const EXIT_GLOBAL: &str = "runtime.exit";

/// Operands of an instruction with any number of them.
pub type Values = SmallVec<[Value; 4]>;

/// A branch target with the arguments for its block parameters.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct BlockCall {
    /// The target.
    pub block: Block,
    /// One argument a parameter of the target.
    pub args: Values,
}

/// Operations with one operand.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum UnaryOp {
    /// Leading zeros; i32, i64.
    Clz,
    /// Trailing zeros; i32, i64.
    Ctz,
    /// Ones; i32, i64.
    Popcnt,
    /// 1 if zero or null, else 0; i32, i64, ref to i32.
    Eqz,
    /// Sign-extend the low 8 bits; i32, i64.
    Sext8,
    /// Sign-extend the low 16 bits; i32, i64.
    Sext16,
    /// i64 to its low half.
    Wrap,
    /// i32 to i64, signed.
    ExtendS,
    /// i32 to i64, unsigned.
    ExtendU,
    /// Negation; f32, f64.
    Fneg,
    /// Absolute value; f32, f64.
    Fabs,
    /// Round up; f32, f64.
    Ceil,
    /// Round down; f32, f64.
    Floor,
    /// Round towards zero; f32, f64.
    Trunc,
    /// Round to nearest, ties to even; f32, f64.
    Nearest,
    /// Square root; f32, f64.
    Sqrt,
    /// f32 to f64.
    Promote,
    /// f64 to f32.
    Demote,
    /// Float to signed i32, saturating, NaN gives 0: it never traps.
    TruncSatS32,
    /// Float to unsigned i32, saturating, NaN gives 0.
    TruncSatU32,
    /// Float to signed i64, saturating, NaN gives 0.
    TruncSatS64,
    /// Float to unsigned i64, saturating, NaN gives 0.
    TruncSatU64,
    /// Signed integer (i32 or i64) to f32.
    ConvertS32,
    /// Unsigned integer to f32.
    ConvertU32,
    /// Signed integer to f64.
    ConvertS64,
    /// Unsigned integer to f64.
    ConvertU64,
    /// The same bits as the other kind of the same width: i32 and f32, i64 and f64. `polkadot` canonicalises NaN
    /// where float bits become integers.
    Bitcast,
    /// ref to i32. The value no longer keeps its object alive.
    RefToInt,
    /// i32 to ref. It must be null, an address the collector does not own, or inside a live object.
    IntToRef,
}

/// Operations with two operands.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[allow(
    missing_docs,
    reason = "named as in the WebAssembly core specification"
)]
pub enum BinaryOp {
    Iadd,
    Isub,
    Imul,
    /// Traps on zero and on overflow: `lower` tests before it.
    DivS,
    /// Traps on zero.
    DivU,
    /// Traps on zero.
    RemS,
    /// Traps on zero.
    RemU,
    And,
    Or,
    Xor,
    /// The count is taken modulo the width.
    Shl,
    /// The count is taken modulo the width.
    ShrS,
    /// The count is taken modulo the width.
    ShrU,
    Rotl,
    Rotr,
    Fadd,
    Fsub,
    Fmul,
    Fdiv,
    Fmin,
    Fmax,
    Copysign,
    /// ref plus i32 gives ref, within one object.
    RefAdd,
    /// Comparisons give i32 0 or 1. `Eq` and `Ne` take i32, i64 and ref.
    Eq,
    Ne,
    LtS,
    LtU,
    LeS,
    LeU,
    GtS,
    GtU,
    GeS,
    GeU,
    Feq,
    Fne,
    Flt,
    Fle,
    Fgt,
    Fge,
}

/// Offsets from null, in bytes, up to which a load does no harm: memory is never smaller, and begins with bytes that
/// no object has. So a load may be moved to before the test of its address, if what it gives is not used where that
/// is null.
pub const NULL_READABLE: u32 = 4096;

/// The width of a memory access and how it is widened.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum MemType {
    /// 8 bits, sign-extended into i32.
    S8,
    /// 8 bits, zero-extended into i32.
    U8,
    /// 16 bits, sign-extended into i32.
    S16,
    /// 16 bits, zero-extended into i32.
    U16,
    /// A whole value of that type.
    Full(Type),
}

impl MemType {
    /// The type of the value loaded or stored.
    #[must_use]
    pub fn value_type(self) -> Type {
        match self {
            Self::S8 | Self::U8 | Self::S16 | Self::U16 => Type::I32,
            Self::Full(t) => t,
        }
    }

    /// The width in bytes.
    #[must_use]
    pub fn size(self) -> u32 {
        match self {
            Self::S8 | Self::U8 => 1,
            Self::S16 | Self::U16 => 2,
            Self::Full(Type::I32 | Type::F32 | Type::Ref) => 4,
            Self::Full(Type::I64 | Type::F64) => 8,
        }
    }
}

/// Why an instruction traps, for messages and tests. The message itself has been printed before by the runtime.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum TrapCode {
    /// Control cannot come here.
    Unreachable,
    /// After a panic whose message the runtime has printed.
    Panic,
}

/// One instruction.
///
/// Results: [`InstData::Call`] and [`InstData::CallIndirect`] have those of their signature; loads, constants,
/// operations and queries have one; stores, other effects and terminators none.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum InstData {
    /// An i32 constant.
    I32Const(i32),
    /// An i64 constant.
    I64Const(i64),
    /// An f32 constant, by its bits.
    F32Const(u32),
    /// An f64 constant, by its bits.
    F64Const(u64),
    /// The null ref.
    Null,
    /// The address of a data object plus an offset; ref.
    SymAddr {
        /// A data object.
        sym: SymRef,
        /// Bytes added.
        offset: i32,
    },
    /// The index of a function in the table, as `call_indirect` takes it; i32, never 0.
    FuncIndex(SymRef),
    /// The address of a stack slot plus an offset; ref.
    StackAddr {
        /// The slot.
        slot: StackSlot,
        /// Bytes added.
        offset: i32,
    },
    /// An operation with one operand; the result type is given by the operation, the operand and `ty`.
    Unary {
        /// The operation.
        op: UnaryOp,
        /// Its operand.
        x: Value,
        /// The result type.
        ty: Type,
    },
    /// An operation with two operands.
    Binary {
        /// The operation.
        op: BinaryOp,
        /// Left operand.
        x: Value,
        /// Right operand.
        y: Value,
    },
    /// `x` if `cond` is not zero, else `y`. Both are already computed.
    Select {
        /// i32.
        cond: Value,
        /// Result if not zero.
        x: Value,
        /// Result if zero.
        y: Value,
    },
    /// Reads memory. The address must be valid, or null with an offset below [`NULL_READABLE`]: that gives anything,
    /// and nobody may depend on it.
    Load {
        /// Width and widening.
        mem: MemType,
        /// Base address, ref.
        addr: Value,
        /// Bytes added, without wrap-around.
        offset: u32,
    },
    /// Writes memory.
    Store {
        /// Width.
        mem: MemType,
        /// Base address, ref.
        addr: Value,
        /// The value.
        value: Value,
        /// Bytes added, without wrap-around.
        offset: u32,
    },
    /// Copies `len` (i32, unsigned) bytes; the ranges may overlap.
    MemCopy {
        /// Destination, ref.
        dst: Value,
        /// Source, ref.
        src: Value,
        /// Bytes.
        len: Value,
        /// Whether there is certainly no reference among them.
        plain: bool,
    },
    /// Sets `len` (i32, unsigned) bytes to the low byte of `byte` (i32).
    MemFill {
        /// Destination, ref.
        dst: Value,
        /// The byte.
        byte: Value,
        /// Bytes.
        len: Value,
    },
    /// Calls a function by name. Its signature must be that of the definition.
    Call {
        /// The function.
        func: SymRef,
        /// The signature it is called with, checked against the definition when the module is verified.
        sig: SigRef,
        /// Arguments.
        args: Values,
    },
    /// Calls through the table; a wrong signature or index traps.
    CallIndirect {
        /// The signature.
        sig: SigRef,
        /// Table index, i32.
        callee: Value,
        /// Arguments.
        args: Values,
    },
    /// Reads a module global.
    GlobalGet {
        /// The global.
        global: SymRef,
        /// Its type.
        ty: Type,
    },
    /// Writes a module global.
    GlobalSet {
        /// The global.
        global: SymRef,
        /// The value.
        value: Value,
    },
    /// Pages of memory; i32.
    MemorySize,
    /// Grows memory by that many pages; i32, -1 on failure.
    MemoryGrow(Value),
    /// The check point of decision record 0003: i32, the value of `exit`, which is not zero if the call directly
    /// before it left because of an unwinding panic, `Goexit` or a suspended goroutine. It stands directly behind a
    /// call. A call that leaves so without a check point behind it leaves the calling function too, as `ReturnExit`
    /// does.
    ExitCheck,
    /// Goes to a block.
    Jump(BlockCall),
    /// Goes to `then` if `cond` (i32) is not zero, else to `els`.
    Brif {
        /// i32.
        cond: Value,
        /// Taken if not zero.
        then: BlockCall,
        /// Taken if zero.
        els: BlockCall,
    },
    /// Goes to the target number `index` (i32, unsigned), or to `default` where there is none.
    BrTable {
        /// i32.
        index: Value,
        /// Targets from 0.
        targets: Vec<BlockCall>,
        /// Where `index` is too large.
        default: BlockCall,
    },
    /// Leaves the function with its results.
    Return(Values),
    /// Leaves the function while `exit` is set: its results mean nothing.
    ReturnExit,
    /// Traps.
    Trap(TrapCode),
}

impl InstData {
    /// Whether it ends a block.
    #[must_use]
    pub fn is_terminator(&self) -> bool {
        matches!(
            self,
            Self::Jump(_)
                | Self::Brif { .. }
                | Self::BrTable { .. }
                | Self::Return(_)
                | Self::ReturnExit
                | Self::Trap(_)
        )
    }

    /// Whether it is a call, after which the collector may have run and `exit` may be set.
    #[must_use]
    pub fn is_call(&self) -> bool {
        matches!(self, Self::Call { .. } | Self::CallIndirect { .. })
    }
}
