//! What goes to the user besides results: errors, warnings, timings.

use anstream::ColorChoice;
use polkago_compiler::{Diagnostic, JsonDiagnostic, Timings, render};
use polkago_host::chain::ChainError;
use polkago_host::{Error, LogLine, Trap};
use std::io::IsTerminal as _;

/// Why a command failed.
pub enum Failure {
    /// Findings of the compiler.
    Diagnostics(Vec<Diagnostic>),
    /// One message.
    Message {
        /// What happened, in one line.
        message: String,
        /// What to try, in one line.
        help: Option<String>,
    },
    /// A program or runtime began to run and did not end well.
    Trap(Box<Trap>),
}

impl Failure {
    /// A message with advice.
    pub fn message(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self::Message {
            message: message.into(),
            help: Some(help.into()),
        }
    }
}

impl From<polkago_compiler::Failure> for Failure {
    fn from(failure: polkago_compiler::Failure) -> Self {
        Self::Diagnostics(failure.diagnostics)
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        match error {
            Error::Trap(trap) => Self::Trap(trap),
            other => Self::Message {
                help: other.help(),
                message: other.to_string(),
            },
        }
    }
}

impl From<ChainError> for Failure {
    fn from(error: ChainError) -> Self {
        match error {
            ChainError::Call(error) => error.into(),
            ChainError::Refused { trap, .. } => Self::Trap(trap),
            other => Self::Message {
                help: other.help(),
                message: other.to_string(),
            },
        }
    }
}

/// Prints why a command failed.
pub fn print(failure: &Failure) {
    match failure {
        Failure::Diagnostics(list) => diagnostics(list),
        Failure::Message { message, help } => {
            anstream::eprintln!("polkago: {message}");
            if let Some(help) = help {
                anstream::eprintln!("\t{help}");
            }
        }
        Failure::Trap(trap) => {
            // In the order in which things happened: a panic's message is the last line of the log.
            logs(&trap.logs);
            anstream::eprintln!("polkago: {trap}");
            for line in trap.backtrace.iter().flat_map(|text| text.lines()) {
                anstream::eprintln!("\t{line}");
            }
        }
    }
}

/// Prints what a runtime logged.
pub fn logs(lines: &[LogLine]) {
    for line in lines {
        anstream::eprintln!("{line}");
    }
}

/// Prints diagnostics to standard error: with source excerpts on a terminal, else a line each.
pub fn diagnostics(list: &[Diagnostic]) {
    // Whether colours are wanted and understood is anstream's to judge: it takes out what the other side cannot show.
    let forced = ColorChoice::global() == ColorChoice::Always;
    if forced || std::io::stderr().is_terminal() {
        anstream::eprint!("{}", render::fancy(list, true));
    } else {
        anstream::eprint!("{}", render::plain(list));
    }
}

/// Prints diagnostics to standard output, a JSON object a line.
pub fn json_diagnostics(list: &[Diagnostic]) -> Result<(), Failure> {
    list.iter()
        .map(JsonDiagnostic::from)
        .try_for_each(|d| json(&d))
}

/// Prints a value as JSON, on one line.
fn json(value: &impl serde::Serialize) -> Result<(), Failure> {
    anstream::println!("{}", serde_json::to_string(value).map_err(not_json)?);
    Ok(())
}

/// Prints a value as JSON, for people.
pub fn pretty_json(value: &impl serde::Serialize) -> Result<(), Failure> {
    let text = serde_json::to_string_pretty(value).map_err(not_json)?;
    anstream::println!("{text}");
    Ok(())
}

fn not_json(error: serde_json::Error) -> Failure {
    Failure::message(
        format!("cannot write JSON: {error}"),
        "report this as a bug of polkago",
    )
}

/// Prints where the time of a build went.
pub fn timings(timings: &Timings) {
    let total = ("total", timings.total);
    for (stage, time) in timings.stages.iter().chain([&total]) {
        anstream::eprintln!("{stage:<16} {:>9.3} ms", time.as_secs_f64() * 1000.0);
    }
    for (pass, time) in &timings.passes {
        anstream::eprintln!("  {pass:<14} {:>9.3} ms", time.as_secs_f64() * 1000.0);
    }
}
