//! IR to Wasm: a whole program, linked and optimised, becomes the bytes of one strict MVP module.
//!
//! [`emit_module`] does this in steps, each of which sees only what the one before it made:
//!
//! 1. `program`: what is reachable from the exports (`reach`), which calls may collect and where the stack can grow
//!    without bound (`callgraph`), which refs each function keeps in its shadow frame (`frames`) and for how long
//!    (`live_slots`), and where all data lies (`layout`). After this everything has its index or address.
//! 2. `func`: for each function alone, and so in parallel: the graph is made reducible (`normalise`) and structured
//!    (`structure`), instructions are selected (`select`) and joined to expressions (`treeify`), and code is written
//!    (`emit`).
//! 3. `code`: Wasm code with virtual locals is improved (`peephole`), its locals are mapped to few (`locals`), and
//!    it is encoded (`encode`).
//! 4. `dispatch` makes calls through function values direct; `fold` merges identical functions and gives short
//!    indices to those called often.
//! 5. `assemble` writes the sections; `validate` checks them with every later feature of Wasm switched off.
//!
//! Invariants: this crate knows nothing of Go's syntax or types. What differs between hosts is data in `profile` and
//! known nowhere else. The output depends on the module and the options alone: not on the number of threads.
//! Errors are values; a panic means that the verifier of the IR would have refused the module.

mod assemble;
mod code;
mod dispatch;
mod error;
mod fold;
mod func;
mod helpers;
mod names;
mod options;
mod profile;
mod program;
mod report;
mod validate;

pub use error::Error;
pub use names::LINES;
pub use options::{Features, Options};
pub use profile::{MemorySource, Profile, ProfileFacts};
pub use program::MORESTACK;
pub use report::{FunctionSize, Output, Report, SectionSize};
pub use validate::validate;

use code::peephole::{self, Stage};
use code::{Code, blocks, encode, liveness, locals};
use rayon::prelude::*;

/// Makes a Wasm module of a program.
///
/// The module must be verified. Only what its exports reach is emitted.
///
/// # Errors
/// Undefined symbols, imports that the profile does not allow, and limits of its hosts: see [`Error`].
pub fn emit_module(module: &polkago_ir::Module, options: &Options) -> Result<Output, Error> {
    let (program, prepared) = program::plan(module, options)?;
    let codes = prepared.par_iter().map(|p| {
        let ty = program.type_index(&p.func.sig);
        (ty, finish(func::emit::emit(&program, p)))
    });
    let mut codes: Vec<(u32, Code)> = codes.collect();
    codes.extend(program.helpers.iter().map(|helper| {
        let (params, result) = helper.signature();
        let ty = program.type_of(&(params.to_vec(), result));
        (ty, finish(helper.code()))
    }));
    let dispatchers = dispatch::dispatch(&mut codes, &program);
    codes.extend(dispatchers.into_iter().map(|(ty, code)| (ty, finish(code))));
    let folded = fold::fold(&mut codes, program.imports.len());
    let bodies = folded.kept.par_iter().map(|&i| {
        let (ty, code) = &codes[i];
        (*ty, encode::encode(code))
    });
    let bodies: Vec<(u32, encode::Body)> = bodies.collect();
    let output = assemble::assemble(&program, &prepared, &folded, &bodies)?;
    validate(&output.bytes, options.features)?;
    Ok(output)
}

/// Improves the code of a function.
fn finish(mut code: Code) -> Code {
    peephole::run(&mut code, Stage::Virtual);
    liveness::remove_dead_writes(&mut code, Stage::Virtual);
    locals::allocate(&mut code);
    peephole::run(&mut code, Stage::Allocated);
    blocks::leave_values(&mut code);
    peephole::run(&mut code, Stage::Allocated);
    liveness::remove_dead_writes(&mut code, Stage::Allocated);
    locals::remove_initial_zeros(&mut code);
    peephole::run(&mut code, Stage::Allocated);
    locals::drop_unused(&mut code);
    code.renumber_labels();
    code
}
