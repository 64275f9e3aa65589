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
    let session = super::session(&activity)?
        .with_tests(args.tests)
        .with_all_errors(args.findings.all_errors)
        .with_narrow_int(args.narrow_int.into());
    let result = session.check(&args.packages, &target);
    drop(activity);
    let (diagnostics, timings) = match result {
        Ok(report) => (report.diagnostics, Some(report.timings)),
        Err(failure) => (failure.diagnostics, None),
    };
    super::show(&diagnostics, &args.findings)?;
    if args.timings
        && let Some(timings) = timings
    {
        report::timings(&timings);
    }
    let failed = diagnostics.iter().any(|d| d.severity == Severity::Error);
    Ok(if failed {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    })
}
