//! Conformance suites and release chores: `cargo xtask test`, `cargo xtask conformance SUITE`, `cargo xtask bench`,
//! `cargo xtask size`.
//!
//! | file | what it does |
//! | --- | --- |
//! | `all_tests.rs` | every test of the repository |
//! | `suite.rs`, `ratchet.rs`, `panics.rs` | what suites have in common: cases, known failures, the closing line |
//! | `mode.rs` | the ways in which suites compile programs |
//! | `syntax_suite.rs`, `syntax_errors.rs`, `syntax_mutate.rs` | suite `syntax`: the sources of a Go release, its tests with syntax errors, and mutations |
//! | `programs.rs` | suite `programs`: our own programs, against the official compiler |
//! | `run_suite/` | suite `run`: the tests of a Go release, judged by the official compiler's results for 386 |
//! | `compile_suite.rs` | suite `compile`: every function of the release's programs and packages that need only compile |
//! | `std_suite/` | suite `std`: the tests of the release's standard library |
//! | `transcript.rs` | outputs without what depends on the machine |
//! | `modules_suite.rs`, `module_lists.rs` | suite `modules`: real modules from the module proxy |
//! | `types_suite.rs` | suite `types`: the official type checker's test data |
//! | `errorcheck_suite.rs` | suite `errorcheck`: the tests of a Go release that state errors |
//! | `differential.rs`, `program_mutate.rs` | mutated programs, accepted or refused as the official compiler does |
//! | `random.rs` | random numbers |
//! | `front_end.rs` | parsing and checking packages against the release's std |
//! | `memory.rs` | suite `memory`: programs that allocate far more than they keep |
//! | `hostapi_suite.rs` | suite `hostapi`: the SDK's host functions against the executor's |
//! | `scale_suite.rs` | suite `scale`: the vectors of SCALE's reference implementation |
//! | `exec.rs`, `go.rs` | compiling and running a program; finding the Go release |
//! | `bench` | speed, memory and size of compiled programs, against the official compiler |
//! | `fuzz/` | random programs and inputs of SCALE decoders, against the official compiler |
//! | `generated.rs` | generated Go files of the repository are current |
//! | `size.rs` | sizes of runtimes |

mod all_tests;
mod bench;
mod compile_suite;
mod differential;
mod errorcheck_suite;
mod exec;
#[path = "../../types/tests/support/expect.rs"]
mod expect;
mod front_end;
mod fuzz;
mod generated;
mod go;
mod hostapi_suite;
mod memory;
mod mode;
mod module_lists;
mod modules_suite;
mod panics;
mod program_mutate;
mod programs;
mod random;
mod ratchet;
mod run_suite;
mod scale_suite;
mod size;
mod std_suite;
mod suite;
mod syntax_errors;
mod syntax_mutate;
mod syntax_suite;
mod transcript;
mod types_suite;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::suite::Tally;

/// Conformance suites and release chores.
#[derive(Parser)]
#[command(name = "xtask")]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

/// What to do.
#[derive(Subcommand)]
enum Command {
    /// Run every test of the repository.
    Test(all_tests::Choice),
    /// Run a conformance suite; the exit code is 1 where a result is not as expected.
    Conformance {
        #[command(subcommand)]
        suite: Suite,
    },
    /// Measure how fast compiled programs are.
    Bench {
        #[command(subcommand)]
        what: bench::Bench,
    },
    /// Compare with the official compiler on what nobody wrote; the exit code is 1 where they differ.
    Fuzz {
        #[command(subcommand)]
        what: Fuzz,
    },
    /// Compare what the front end says of mutated programs with what the official compiler says.
    Differential(differential::Options),
    /// Print the sizes of runtimes.
    Size,
}

/// What is generated.
#[derive(Subcommand)]
enum Fuzz {
    /// Random well-typed programs, a hundred to a binary.
    Programs(fuzz::Options),
    /// Inputs of SCALE decoders, in batches.
    Scale(fuzz::scale::Options),
}

/// The suites.
#[derive(Subcommand)]
enum Suite {
    /// Parse the sources of a Go release, and mutations of them.
    Syntax(syntax_suite::Options),
    /// Run our own programs and compare with the official compiler.
    Programs(mode::Options),
    /// Run the programs of the Go release's test tree.
    Run(run_suite::Options),
    /// Compile every function of the release's standard library, and of the programs of its test tree that need only compile.
    Compile(mode::Options),
    /// Compare `go/sdk/hostapi` with the host: declarations, and answers on the executor and in memory.
    Hostapi(suite::Options),
    /// Run the vectors of SCALE's reference implementation through `go/sdk/scale`.
    Scale(suite::Options),
    /// Run the tests of the release's standard library.
    Std(std_suite::Options),
    /// Run programs that allocate far more than they keep.
    Memory(suite::Options),
    /// Check real modules from the module proxy, with all that they import.
    Modules(modules_suite::Options),
    /// Check the test data of the official type checker.
    Types(suite::Options),
    /// Check the programs of the Go release's test tree that state errors.
    Errorcheck(suite::Options),
}

fn main() -> ExitCode {
    let well = match Cli::parse().command {
        Command::Test(choice) => {
            panics::keep();
            Ok(all_tests::run(&choice))
        }
        Command::Conformance { suite } => {
            panics::keep();
            conformance(&suite).map(|tally| {
                println!("{tally}");
                tally.unexpected == 0
            })
        }
        Command::Bench { what } => bench::bench(&what),
        Command::Fuzz {
            what: Fuzz::Programs(options),
        } => fuzz::programs(&options),
        Command::Fuzz {
            what: Fuzz::Scale(options),
        } => fuzz::scale::run(&options),
        Command::Differential(options) => {
            panics::keep();
            differential::run(&options).map(|tally| {
                println!("{tally}");
                tally.unexpected == 0
            })
        }
        Command::Size => size::run().map(|()| true),
    };
    match well {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(message) => {
            eprintln!("error: {message}");
            ExitCode::FAILURE
        }
    }
}

fn conformance(suite: &Suite) -> Result<Tally, String> {
    match suite {
        Suite::Syntax(options) => syntax_suite::run(options),
        Suite::Programs(options) => programs::run(options),
        Suite::Run(options) => run_suite::run(options),
        Suite::Hostapi(options) => hostapi_suite::run(options),
        Suite::Scale(options) => scale_suite::run(options),
        Suite::Std(options) => std_suite::run(options),
        Suite::Memory(options) => memory::run(options),
        Suite::Modules(options) => modules_suite::run(options),
        Suite::Types(options) => types_suite::run(options),
        Suite::Compile(options) => compile_suite::run(options),
        Suite::Errorcheck(options) => errorcheck_suite::run(options),
    }
}

/// The root of the repository.
pub fn repository() -> PathBuf {
    let crate_folder: PathBuf = env!("CARGO_MANIFEST_DIR").into();
    crate_folder.join("../..")
}
