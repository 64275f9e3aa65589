//! `cargo xtask bench`: how fast compiled programs are, compared in one run with what the official compiler makes.

mod build;
mod build_time;
mod check;
mod process;
mod report;
mod run;

use clap::Subcommand;

/// What is measured.
#[derive(Subcommand)]
pub enum Bench {
    /// The programs of `benches`, against the official compiler for WebAssembly and for this machine.
    Run(run::Options),
    /// The front end on std, against the official type checker.
    Check(check::Options),
    /// Builds of a program over large packages, against the official compiler's.
    Build(build_time::Options),
}

/// Measures.
///
/// # Errors
/// Where something could not be built or run, or results differ. False where a benchmark failed.
pub fn bench(what: &Bench) -> Result<bool, String> {
    match what {
        Bench::Run(options) => run::run(options),
        Bench::Check(options) => check::run(options),
        Bench::Build(options) => build_time::run(options),
    }
}
