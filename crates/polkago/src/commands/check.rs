//! `polkago check`.

use crate::cli::CheckArgs;
use crate::progress::Activity;
use crate::report::{self, Failure};
use polkago_compiler::{CheckTarget, Severity};
use std::process::ExitCode;

pub fn run(args: &CheckArgs) -> Result<ExitCode, Failure> {
    let target = match (&args.goos, &args.goarch) {
        (Some(goos), Some(goarch)) => CheckTarget::Platform {
            goos: goos.clone(),
            goarch: goarch.clone(),
        },
        _ => CheckTarget::Profile(args.target.into()),
    };
    let activity = Activity::start("checking");
    let result = super::session(&activity)?.check(&args.packages, &target);
    drop(activity);
    let diagnostics = result?;
    if args.json {
        diagnostics.iter().try_for_each(report::json)?;
    } else {
        report::diagnostics(&diagnostics);
    }
    let failed = diagnostics.iter().any(|d| d.severity == Severity::Error);
    Ok(if failed {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    })
}
