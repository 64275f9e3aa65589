//! `polkago generate`.

use crate::cli::GenerateArgs;
use crate::output;
use crate::progress::Activity;
use crate::report::Failure;
use polkago_compiler::{Diagnostic, GeneratedFile, Severity};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

pub fn run(args: &GenerateArgs) -> Result<ExitCode, Failure> {
    let activity = Activity::start("generating");
    let session = super::session(&activity)?.with_all_errors(args.findings.all_errors);
    let result = session.generate(&args.packages);
    drop(activity);
    let report = match result {
        Ok(report) => report,
        Err(failure) => {
            super::show(&failure.diagnostics, &args.findings)?;
            return Ok(ExitCode::FAILURE);
        }
    };
    let mut diagnostics = report.diagnostics;
    let failed = |list: &[Diagnostic]| list.iter().any(|d| d.severity == Severity::Error);
    if !failed(&diagnostics) {
        let stale = report.files.iter().filter(|file| !file.is_current());
        if args.check {
            diagnostics.extend(stale.map(out_of_date));
        } else {
            stale.into_iter().try_for_each(write)?;
        }
    }
    super::show(&diagnostics, &args.findings)?;
    Ok(if failed(&diagnostics) {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    })
}

/// What `--check` says about a file that is not as it should be.
fn out_of_date(file: &GeneratedFile) -> Diagnostic {
    let what = match (&file.text, &file.old) {
        (Some(_), None) => "is missing",
        (None, _) => "is not needed any more",
        (Some(_), Some(_)) => "is out of date",
    };
    let message = format!("{} {what}", shown(&file.path).display());
    Diagnostic::error("StaleGenerated", message).with_help("run polkago generate")
}

fn write(file: &GeneratedFile) -> Result<(), Failure> {
    match &file.text {
        Some(text) => output::write(&file.path, text.as_bytes()),
        None => std::fs::remove_file(&file.path).map_err(|e| {
            Failure::message(
                format!("cannot remove {}: {e}", shown(&file.path).display()),
                "remove it by hand: it is not needed any more",
            )
        }),
    }
}

/// A path as seen from the current folder.
fn shown(path: &Path) -> PathBuf {
    let here = std::env::current_dir().ok();
    let relative = here.and_then(|here| path.strip_prefix(here).ok().map(Path::to_owned));
    relative.unwrap_or_else(|| path.to_owned())
}
