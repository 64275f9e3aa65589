//! What goes to the user besides results: errors, warnings, timings.

use polkago_compiler::{Diagnostic, Timings, render};
use std::io::IsTerminal as _;

/// Why a command failed.
pub enum Failure {
    /// Findings of the compiler.
    Diagnostics(Vec<Diagnostic>),
    /// One message, what to do next, and lines that explain (a trap's log and backtrace).
    Message {
        /// What happened.
        message: String,
        /// What to try.
        help: Option<String>,
        /// Lines printed before it.
        details: Vec<String>,
    },
}

impl Failure {
    /// A message with advice.
    pub fn message(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self::Message { message: message.into(), help: Some(help.into()), details: Vec::new() }
    }
}

impl From<polkago_compiler::Failure> for Failure {
    fn from(failure: polkago_compiler::Failure) -> Self {
        Self::Diagnostics(failure.diagnostics)
    }
}

impl From<polkago_host::Error> for Failure {
    fn from(error: polkago_host::Error) -> Self {
        let details = match &error {
            polkago_host::Error::Trap(trap) => trap_details(trap),
            _ => Vec::new(),
        };
        Self::Message { message: error.to_string(), help: error.help(), details }
    }
}

impl From<polkago_host::Trap> for Failure {
    fn from(trap: polkago_host::Trap) -> Self {
        Self::Message { message: trap.to_string(), help: None, details: trap_details(&trap) }
    }
}

fn trap_details(trap: &polkago_host::Trap) -> Vec<String> {
    trap.logs.iter().map(ToString::to_string).chain(trap.backtrace.iter().cloned()).collect()
}

/// Prints why a command failed.
pub fn print(failure: &Failure) {
    match failure {
        Failure::Diagnostics(list) => diagnostics(list),
        Failure::Message { message, help, details } => {
            for line in details {
                anstream::eprintln!("{line}");
            }
            anstream::eprintln!("polkago: {message}");
            if let Some(help) = help {
                anstream::eprintln!("\t{help}");
            }
        }
    }
}

/// Prints diagnostics: with source excerpts on a terminal, else a line each.
pub fn diagnostics(list: &[Diagnostic]) {
    if list.is_empty() {
        return;
    }
    if std::io::stderr().is_terminal() {
        let source = |file: &str| std::fs::read_to_string(file).ok();
        anstream::eprint!("{}", render::fancy(list, &source, true));
    } else {
        anstream::eprint!("{}", render::plain(list));
    }
}

/// Prints warnings of a build that succeeded.
pub fn warnings(list: &[Diagnostic]) {
    diagnostics(list);
}

/// Prints diagnostics as JSON, one object a line.
pub fn json(list: &[Diagnostic]) -> Result<(), Failure> {
    for d in list {
        let line = serde_json::to_string(d)
            .map_err(|e| Failure::message(format!("cannot write JSON: {e}"), "report this as a bug of polkago"))?;
        anstream::println!("{line}");
    }
    Ok(())
}

/// Prints where the time of a build went.
pub fn timings(timings: &Timings) {
    for (stage, time) in &timings.stages {
        anstream::eprintln!("{stage:<12} {:>9.3} ms", time.as_secs_f64() * 1000.0);
    }
    anstream::eprintln!("{:<12} {:>9.3} ms", "total", timings.total.as_secs_f64() * 1000.0);
}
