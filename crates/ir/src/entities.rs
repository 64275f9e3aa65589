//! The typed indices by which everything in a function is named.
//!
//! Each is a small integer into an arena of the same [`Function`](crate::Function); it means nothing outside it.
//! Functions refer to each other and to data by *symbol name* through [`SymRef`], never by a module-wide id: so a
//! function can be lowered, cached and moved between modules alone, and its text does not depend on what was
//! lowered before it or on which thread.

use cranelift_entity::entity_impl;

/// A basic block: parameters, instructions, and a terminator as its last instruction. Made by
/// [`Function::new_block`](crate::Function::new_block).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Block(u32);
entity_impl!(Block, "block");

/// An SSA value: a result of an instruction or a block parameter. It has one definition, which dominates each use.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Value(u32);
entity_impl!(Value, "v");

/// An instruction. Its place in a block is in [`BlockData::insts`](crate::BlockData::insts).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Inst(u32);
entity_impl!(Inst, "inst");

/// A piece of the function's shadow frame that has an address: see [`StackSlotData`](crate::StackSlotData).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StackSlot(u32);
entity_impl!(StackSlot, "ss");

/// A signature used by an indirect call of this function.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SigRef(u32);
entity_impl!(SigRef, "sig");

/// A symbol that this function refers to: a function, a data object or a global of the module, by name.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SymRef(u32);
entity_impl!(SymRef, "sym");

/// A source location of this function, an index into [`Function::locs`](crate::Function::locs).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Loc(u32);
entity_impl!(Loc, "loc");
