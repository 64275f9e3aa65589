//! `polkago licenses`.

use crate::cli::chain::LicensesArgs;
use crate::output;
use crate::progress::Activity;
use crate::report::{self, Failure};
use polkago_compiler::Licensed;
use std::fmt::Write as _;
use std::process::ExitCode;

/// Line between works.
const RULE: &str =
    "================================================================================";

pub fn run(args: &LicensesArgs) -> Result<ExitCode, Failure> {
    let activity = Activity::start("reading packages");
    let session = super::session(&activity)?;
    let works = session.licenses(&args.packages, args.target.into())?;
    drop(activity);
    let text = if args.json {
        serde_json::to_string_pretty(&works).unwrap_or_default() + "\n"
    } else {
        text(&works)
    };
    match &args.output {
        Some(path) => output::write(path, text.as_bytes())?,
        None => anstream::print!("{text}"),
    }
    let missing: Vec<_> = works.iter().filter_map(Licensed::finding).collect();
    report::diagnostics(&missing);
    Ok(if missing.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// The notices, those that say the same once.
fn text(works: &[Licensed]) -> String {
    let mut text = String::from("This module contains the works named here, with their notices.\n");
    let mut done: Vec<&Licensed> = Vec::new();
    for work in works {
        if done.iter().any(|other| other.notices == work.notices) {
            continue;
        }
        done.push(work);
        let _ = writeln!(text, "\n{RULE}");
        for same in works.iter().filter(|other| other.notices == work.notices) {
            let version = same.version.as_deref().unwrap_or_default();
            let line = format!("{} {version}", same.name);
            let _ = writeln!(text, "{}", line.trim_end());
        }
        for notice in &work.notices {
            let _ = writeln!(text, "\n{}\n\n{}", notice.file, notice.text.trim_end());
        }
        if work.notices.is_empty() {
            text.push_str("\nno file with a licence was found\n");
        }
    }
    text
}
