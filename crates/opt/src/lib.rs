//! Passes from IR to IR.
//!
//! [`optimize`] runs the fixed pipeline of a [`Level`] over a whole program. Each pass is a file of its own, which
//! says what it does and what it costs; tests are text in, text out, in `filetests`.
//!
//! Invariants: this crate knows neither Go's syntax nor Wasm's encoding. Each pass turns legal IR into legal IR with
//! the same behaviour; the verifier is run behind each in debug builds. The result depends on the input alone. All
//! passes treat refs as plain values: frames for the collector are laid out later. None makes a ref of an integer
//! that was not made into one before.

mod bounds;
mod callgraph;
mod cfg_simplify;
mod closures;
mod constant_data;
mod constant_params;
mod dce;
mod devirtualize;
mod escape;
mod exits;
mod fold;
mod global_dce;
mod gvn;
mod inline;
mod licm;
mod memory;
mod pass;
mod peephole;
mod pipeline;
mod promote;
mod rotate;
mod ssa;
mod static_init;
mod suspend;

pub use pass::{FuncInfo, FunctionPass, ModulePass, Program};
pub use pipeline::{BrokenPass, Level, Options, PASSES, PassReport, Report, optimize, run_pass};
