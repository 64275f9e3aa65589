//! The polkago command line: arguments in, calls of [`polkago_compiler`] and [`polkago_host`], text out.
//!
//! Everything worth testing alone lives below; here is what a user sees. Results go to standard output, everything
//! else to standard error. The exit code is 0, 1 for any error, 2 for wrong usage, and for `run` the program's own.

mod cli;
mod commands;
mod output;
mod progress;
mod report;

use clap::Parser as _;
use clap::error::{ContextKind, ContextValue};
use std::ffi::OsString;
use std::process::ExitCode;

/// A compiler allocates much and on several threads.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let args = with_two_dashes(std::env::args_os());
    let args = cli::Cli::try_parse_from(args).unwrap_or_else(|error| with_tip(error).exit());
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

/// Commands of the official `go` that work on the same tree.
const OFFICIAL: [&str; 10] = [
    "clean", "doc", "env", "fix", "fmt", "get", "install", "list", "mod", "vet",
];

/// The arguments; of `test`, flags have two dashes where they were given with one, as users of `go test` do.
fn with_two_dashes(args: impl Iterator<Item = OsString>) -> Vec<OsString> {
    let mut args: Vec<OsString> = args.collect();
    if args.get(1).is_some_and(|command| command == "test") {
        let flags = args.iter_mut().skip(2).take_while(|arg| *arg != "--");
        for arg in flags {
            let text = arg.to_string_lossy();
            if text.starts_with('-') && !text.starts_with("--") && text.len() > 2 {
                *arg = OsString::from(format!("-{text}"));
            }
        }
    }
    args
}

/// The error of wrong usage with a tip where somebody looks for a command of the official `go`.
fn with_tip(mut error: clap::Error) -> clap::Error {
    let name = match error.get(ContextKind::InvalidSubcommand) {
        Some(ContextValue::String(name)) => name.as_str(),
        _ => return error,
    };
    let tip = match OFFICIAL.iter().find(|official| **official == name) {
        Some(official) => {
            format!("the official go command does that, on the same tree: go {official}")
        }
        None if name == "version" => "polkago --version".to_owned(),
        None => return error,
    };
    error.remove(ContextKind::SuggestedSubcommand);
    let tip = ContextValue::StyledStrs(vec![tip.into()]);
    error.insert(ContextKind::Suggested, tip);
    error
}
