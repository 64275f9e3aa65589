//! SSA intermediate representation: data structures, text form, verifier, analyses.
//!
//! Values are scalars ([`Type`]); blocks have parameters; everything is named by small typed indices into arenas
//! of one function; functions and data refer to each other by symbol. The text form round-trips, and tests of
//! this crate and of every pass are text in, text out.
//!
//! Invariants: this crate knows neither Go's syntax nor Wasm's encoding. Irreducible control flow is legal.
//! Iterating any of its containers is deterministic.

mod algebra;
mod builder;
mod cfg;
mod dominators;
mod effects;
mod entities;
mod eval;
#[cfg(feature = "filetest")]
pub mod filetest;
mod function;
mod inst;
pub mod interp;
mod link;
mod liveness;
mod loops;
mod module;
mod operands;
mod references;
mod results;
mod rewrite;
mod text;
mod types;
mod verify;

pub use builder::{FunctionBuilder, Results, Variable};
pub use cfg::Cfg;
pub use dominators::Dominators;
pub use effects::Effect;
pub use entities::{Block, Inst, Loc, SigRef, StackSlot, SymRef, Value};
pub use eval::{Scalar, eval_binary, eval_unary};
pub use function::{
    BlockData, FuncAttrs, Function, LocData, StackSlotData, Symbol, ValueData, ValueDef,
};
pub use inst::{
    BinaryOp, BlockCall, EXIT_GLOBAL, InstData, MemType, NULL_READABLE, TrapCode, UnaryOp, Values,
};
pub use link::LinkError;
pub use liveness::Liveness;
pub use loops::{Loop, Loops};
pub use module::{Data, Export, Global, Import, Module, Reloc, RelocKind, SymbolMap};
pub use references::References;
pub use rewrite::{Aliases, remove_constant_params};
pub use text::{ParseError, parse_function, parse_module};
pub use types::{Signature, Type};
pub use verify::{VerifyError, VerifyErrors, verify_function, verify_module, verify_part};
