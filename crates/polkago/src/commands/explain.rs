//! `polkago explain`.

use crate::cli::ExplainArgs;
use crate::report::Failure;
use polkago_compiler::{explain, explanations};
use std::process::ExitCode;

pub fn run(args: &ExplainArgs) -> Result<ExitCode, Failure> {
    match &args.code {
        Some(code) => one(code)?,
        None => list(),
    }
    Ok(ExitCode::SUCCESS)
}

fn one(code: &str) -> Result<(), Failure> {
    let found = explain(code).ok_or_else(|| {
        Failure::message(
            format!("there is no code {code:?}"),
            "polkago explain --list shows all codes",
        )
    })?;
    anstream::print!("{}", found.render());
    Ok(())
}

fn list() {
    let all = explanations();
    let width = all.iter().map(|e| e.code.len()).max().unwrap_or(0);
    let mut area = "";
    for e in &all {
        if e.area != area {
            let gap = if area.is_empty() { "" } else { "\n" };
            anstream::println!("{gap}{}", e.area);
            area = e.area;
        }
        anstream::println!("  {:width$}  {}", e.code, e.title);
    }
}
