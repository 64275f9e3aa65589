//! Nodes: what instruction selection makes of IR instructions, and what stays together from then on.

use crate::code::Op;
use cranelift_entity::{PrimaryMap, SecondaryMap, entity_impl, packed_option::PackedOption};
use polkago_ir::{Block, Inst, Value, Values};
use smallvec::{SmallVec, smallvec};

/// A piece of code that is not taken apart.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(u32);
entity_impl!(NodeId, "node");

/// What a node does besides giving a value: what it reads and writes.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Effects(u8);

impl Effects {
    /// Reads memory.
    pub const READ: Self = Self(1);
    /// Writes memory.
    pub const WRITE: Self = Self(2);
    /// Reads globals, or the size of memory.
    pub const READ_GLOBAL: Self = Self(4);
    /// Writes globals, or the size of memory.
    pub const WRITE_GLOBAL: Self = Self(8);
    /// Reads a result of the last call.
    pub const READ_RESULT: Self = Self(16);
    /// All, writing the results of calls (32) as well.
    pub const CALL: Self = Self(63);

    /// Both.
    pub fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether a node may be left out if its value is not used.
    pub fn is_removable(self) -> bool {
        self.0 & 0b10_1010 == 0
    }

    /// Whether it neither reads nor writes.
    pub fn is_none(self) -> bool {
        self.0 == 0
    }

    /// Whether the order of two nodes matters: one writes what the other one reads or writes.
    pub fn conflicts(self, other: Self) -> bool {
        const READS: u8 = 0b01_0101;
        let touched = |e: Self| (e.0 & READS) << 1 | e.0 & !READS;
        let writes = |e: Self| e.0 & !READS;
        writes(self) & touched(other) != 0 || writes(other) & touched(self) != 0
    }
}

/// Operands, and the instructions that consume them.
#[derive(Clone, Default)]
pub struct Node {
    /// The IR instruction it comes from.
    pub inst: PackedOption<Inst>,
    /// Operands, pushed in order.
    pub args: Values,
    /// Instructions, each with the number of operands that are pushed before it.
    pub ops: SmallVec<[(u32, Op); 1]>,
    /// What it reads and writes.
    pub effects: Effects,
    /// The value it leaves on the stack.
    pub result: PackedOption<Value>,
}

/// The nodes of a function.
pub struct Nodes {
    /// The nodes.
    pub nodes: PrimaryMap<NodeId, Node>,
    /// Those of each block in order. The last one has the operands of the terminator.
    pub blocks: SecondaryMap<Block, Vec<NodeId>>,
    /// The node of each value that is none of the constants.
    pub def: SecondaryMap<Value, PackedOption<NodeId>>,
    /// The instruction of each value that is a constant.
    pub consts: SecondaryMap<Value, Option<Op>>,
    /// Uses by live nodes of each value that is no constant.
    pub uses: SecondaryMap<Value, u32>,
}

/// A node with one instruction, behind its operands.
pub fn simple(args: impl IntoIterator<Item = Value>, op: Op, effects: Effects) -> Node {
    let args: Values = args.into_iter().collect();
    let arity = args.len() as u32;
    Node {
        args,
        ops: smallvec![(arity, op)],
        effects,
        ..Node::default()
    }
}
