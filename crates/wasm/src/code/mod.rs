//! Linear Wasm code with virtual locals: what instruction selection writes, and what the later steps improve and
//! encode.
//!
//! It is Wasm already, except that locals are unlimited and branch targets are labels instead of depths. So a step
//! may delete a `block` that nobody branches to without renumbering anything. Steps, in order: [`peephole`],
//! [`locals`] (coalescing, colouring), [`blocks`], dead writes by [`liveness`] and [`peephole`] in between, [`encode`].

pub mod bits;
pub mod blocks;
pub mod encode;
pub mod liveness;
pub mod locals;
pub mod opcode;
pub mod peephole;

use cranelift_entity::{PrimaryMap, SecondaryMap, entity_impl, packed_option::PackedOption};
use polkago_ir::{Loc, Type};

/// A value type of the Wasm MVP.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Ty {
    /// `i32`
    I32,
    /// `i64`
    I64,
    /// `f32`
    F32,
    /// `f64`
    F64,
}

impl Ty {
    /// All types, in the order in which locals are declared.
    pub const ALL: [Self; 4] = [Self::I32, Self::I64, Self::F32, Self::F64];

    /// The type as `wasm-encoder` names it.
    pub fn encoded(self) -> wasm_encoder::ValType {
        match self {
            Self::I32 => wasm_encoder::ValType::I32,
            Self::I64 => wasm_encoder::ValType::I64,
            Self::F32 => wasm_encoder::ValType::F32,
            Self::F64 => wasm_encoder::ValType::F64,
        }
    }

    /// The type's byte.
    pub fn byte(self) -> u8 {
        match self {
            Self::I32 => 0x7f,
            Self::I64 => 0x7e,
            Self::F32 => 0x7d,
            Self::F64 => 0x7c,
        }
    }
}

impl From<Type> for Ty {
    /// A `ref` is an i32 address in Wasm (decision record 0001).
    fn from(ty: Type) -> Self {
        match ty {
            Type::I32 | Type::Ref => Self::I32,
            Type::I64 => Self::I64,
            Type::F32 => Self::F32,
            Type::F64 => Self::F64,
        }
    }
}

/// A local of the function: first its parameters, then any number of virtual ones.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Local(u32);
entity_impl!(Local, "local");

/// The target of branches: the end of a `block`, or the start of a `loop`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Label(u32);
entity_impl!(Label, "label");

/// The immediate of a memory access, with its opcode.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Mem {
    /// Opcode.
    pub op: u8,
    /// Alignment hint, as a power of two.
    pub align: u8,
    /// Bytes added to the address.
    pub offset: u32,
}

/// A Wasm instruction.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
#[allow(
    missing_docs,
    reason = "named as in the WebAssembly core specification"
)]
pub enum Op {
    I32Const(i32),
    I64Const(i64),
    /// By its bits.
    F32Const(u32),
    /// By its bits.
    F64Const(u64),
    Get(Local),
    Set(Local),
    Tee(Local),
    GlobalGet(u32),
    GlobalSet(u32),
    /// Drops an operand and makes globals of type `i32` zero.
    ClearGlobals(Box<[u32]>),
    Load(Mem),
    Store(Mem),
    /// An instruction without immediate: see [`opcode`].
    Plain(u8),
    /// `i32.trunc_sat_f32_s` and the seven behind it, by number.
    TruncSat(u8),
    MemoryCopy,
    MemoryFill,
    MemorySize,
    MemoryGrow,
    Call(u32),
    /// By its type.
    CallIndirect(u32),
    Drop,
    Select,
    Return,
    Unreachable,
    Block(Label, Option<Ty>),
    Loop(Label, Option<Ty>),
    If(Option<Ty>),
    Else,
    End,
    Br(Label),
    BrIf(Label),
    BrTable(Box<[Label]>, Label),
}

impl Op {
    /// Whether nothing runs behind it.
    pub fn diverges(&self) -> bool {
        matches!(
            self,
            Self::Br(_) | Self::BrTable(..) | Self::Return | Self::Unreachable
        )
    }

    /// Whether it only pushes a value, without effect and without reading anything that can change but a local.
    pub fn is_leaf(&self) -> bool {
        matches!(
            self,
            Self::I32Const(_)
                | Self::I64Const(_)
                | Self::F32Const(_)
                | Self::F64Const(_)
                | Self::Get(_)
        )
    }
}

/// The code of one function.
#[derive(Clone, Default)]
pub struct Code {
    /// The types of all locals, parameters first.
    pub locals: PrimaryMap<Local, Ty>,
    /// How many of them are parameters.
    pub params: usize,
    /// The instructions, without the function's own `end`, each with its source location.
    pub ops: Vec<(Op, PackedOption<Loc>)>,
    /// The location that [`Code::push`] gives.
    pub loc: PackedOption<Loc>,
    labels: u32,
}

impl Code {
    /// Empty code of a function with these parameters.
    pub fn new(params: impl IntoIterator<Item = Ty>) -> Self {
        let locals: PrimaryMap<Local, Ty> = params.into_iter().collect();
        Self {
            params: locals.len(),
            locals,
            ..Self::default()
        }
    }

    /// Appends an instruction.
    pub fn push(&mut self, op: Op) {
        self.ops.push((op, self.loc));
    }

    /// Appends instructions.
    pub fn extend(&mut self, ops: impl IntoIterator<Item = Op>) {
        let loc = self.loc;
        self.ops.extend(ops.into_iter().map(|op| (op, loc)));
    }

    /// A new label.
    pub fn new_label(&mut self) -> Label {
        self.labels += 1;
        Label(self.labels - 1)
    }

    /// Makes the labels below `n` usable.
    pub fn reserve_labels(&mut self, n: usize) {
        self.labels = self.labels.max(n as u32);
    }

    /// Numbers the labels in the order of the code, so that equal code has equal labels.
    pub fn renumber_labels(&mut self) {
        let mut new: SecondaryMap<Label, Option<Label>> = SecondaryMap::new();
        let mut next = 0;
        for (op, _) in &mut self.ops {
            match op {
                Op::Block(label, _) | Op::Loop(label, _) => {
                    let number = Label(next);
                    next += 1;
                    new[*label] = Some(number);
                    *label = number;
                }
                Op::Br(label) | Op::BrIf(label) => *label = new[*label].unwrap_or(*label),
                Op::BrTable(labels, default) => {
                    for label in labels.iter_mut().chain([default]) {
                        *label = new[*label].unwrap_or(*label);
                    }
                }
                _ => {}
            }
        }
        self.labels = next;
    }

    /// How many labels there are.
    pub fn label_count(&self) -> usize {
        self.labels as usize
    }

    /// The parameter number `i`.
    pub fn param(&self, i: usize) -> Local {
        debug_assert!(i < self.params, "parameter number");
        Local(i as u32)
    }
}
