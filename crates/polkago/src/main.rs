//! The polkago command line: arguments in, calls of [`polkago_compiler`] and [`polkago_host`], text out.
//!
//! Everything worth testing alone lives below; here is what a user sees. Results go to standard output, everything
//! else to standard error. The exit code is 0, 1 for any error, 2 for wrong usage, and for `run` the program's own.

mod cli;
mod commands;
mod output;
mod progress;
mod report;

use clap::Parser;
use std::process::ExitCode;

/// A compiler allocates much and on several threads.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let args = cli::Cli::parse();
    anstream::ColorChoice::write_global(match args.color {
        cli::Color::Auto => anstream::ColorChoice::Auto,
        cli::Color::Always => anstream::ColorChoice::Always,
        cli::Color::Never => anstream::ColorChoice::Never,
    });
    match commands::dispatch(args.command) {
        Ok(code) => code,
        Err(error) => {
            report::print(&error);
            ExitCode::FAILURE
        }
    }
}
