//! `polkago check`.

use crate::cli::CheckArgs;
use crate::report::{self, Failure};
use polkago_compiler::Severity;
use std::process::ExitCode;

pub fn run(args: &CheckArgs) -> Result<ExitCode, Failure> {
    let session = super::session()?;
    let diagnostics = session.check(&args.packages, args.target.into())?;
    if args.json {
        report::json(&diagnostics)?;
    } else {
        report::diagnostics(&diagnostics);
    }
    let failed = diagnostics.iter().any(|d| d.severity == Severity::Error);
    Ok(if failed { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}
