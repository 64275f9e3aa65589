//! One file a command.

mod build;
mod call;
mod check;
mod inspect;
mod run;

use crate::cli::{Command, Target};
use crate::report::Failure;
use polkago_compiler::{Profile, Session};
use std::process::ExitCode;

/// Runs a command.
pub fn dispatch(command: Command) -> Result<ExitCode, Failure> {
    match command {
        Command::Build(args) => build::run(&args),
        Command::Run(args) => run::run(&args),
        Command::Check(args) => check::run(&args),
        Command::Call(args) => call::run(&args),
        Command::Inspect(args) => inspect::run(&args),
    }
}

impl From<Target> for Profile {
    fn from(target: Target) -> Self {
        match target {
            Target::Polkadot => Self::Polkadot,
            Target::Wasip1 => Self::Wasip1,
        }
    }
}

/// A compiler session in the current folder, with the user's environment and progress on the terminal.
fn session() -> Result<Session, Failure> {
    let dir = std::env::current_dir()
        .map_err(|e| Failure::message(format!("cannot tell the current folder: {e}"), "change to a folder that exists"))?;
    Ok(Session::from_environment(dir, crate::progress::reporter()))
}

/// Whether an argument names Wasm rather than Go: by its ending, or because it is a file that is not Go source.
fn is_blob(argument: &str) -> bool {
    let path = std::path::Path::new(argument);
    match path.extension().and_then(|e| e.to_str()) {
        Some("wasm") => true,
        Some("go") => false,
        _ => path.is_file(),
    }
}
