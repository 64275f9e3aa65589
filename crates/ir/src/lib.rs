//! SSA intermediate representation: data structures, text form, verifier, analyses.
//!
//! Values are scalars ([`Type`]); blocks have parameters; everything is named by small typed indices into arenas
//! of one function; functions and data refer to each other by symbol. The text form round-trips, and tests of
//! this crate and of every pass are text in, text out.
//!
//! Invariants: this crate knows neither Go's syntax nor Wasm's encoding. Irreducible control flow is legal.
//! Iterating any of its containers is deterministic.

mod builder;
mod entities;
mod function;
mod inst;
mod module;
mod operands;
mod results;
mod rewrite;
mod types;

pub use builder::{FunctionBuilder, Results, Variable};
pub use entities::{Block, Inst, Loc, SigRef, StackSlot, SymRef, Value};
pub use function::{
    BlockData, FuncAttrs, Function, LocData, StackSlotData, Symbol, ValueData, ValueDef,
};
pub use inst::{BinaryOp, BlockCall, InstData, MemType, TrapCode, UnaryOp, Values};
pub use module::{Data, Export, Global, Import, Module, Reloc, RelocKind};
pub use rewrite::{Aliases, remove_constant_params};
pub use types::{Signature, Type};
