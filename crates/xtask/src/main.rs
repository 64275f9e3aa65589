//! Conformance suites and release chores: `cargo xtask conformance SUITE`.

mod syntax_mutate;
mod syntax_suite;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

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
    /// Run a conformance suite; the exit code is 1 where a result is not as expected.
    Conformance {
        #[command(subcommand)]
        suite: Suite,
    },
}

/// The suites.
#[derive(Subcommand)]
enum Suite {
    /// Parse the sources of a Go release, and mutations of them.
    Syntax(syntax_suite::Options),
}

fn main() -> ExitCode {
    let Command::Conformance { suite } = Cli::parse().command;
    let result = match suite {
        Suite::Syntax(options) => syntax_suite::run(&options),
    };
    match result {
        Ok(result) => {
            println!("{result}");
            if result.unexpected() == 0 {
                ExitCode::SUCCESS
            } else {
                ExitCode::FAILURE
            }
        }
        Err(message) => {
            eprintln!("error: {message}");
            ExitCode::FAILURE
        }
    }
}
