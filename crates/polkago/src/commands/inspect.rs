//! `polkago inspect`.

use crate::cli::InspectArgs;
use crate::output;
use crate::report::{self, Failure};
use polkago_host::{Limits, Report};
use std::process::ExitCode;

pub fn run(args: &InspectArgs) -> Result<ExitCode, Failure> {
    let found = polkago_host::inspect(&output::read(&args.blob)?)?;
    if args.json {
        report::pretty_json(&found)?;
    } else {
        print(&found);
    }
    Ok(ExitCode::SUCCESS)
}

fn print(report: &Report) {
    anstream::println!("size       {} bytes", report.size);
    if let Some(size) = report.compressed_size {
        anstream::println!("compressed {size} bytes");
    }
    anstream::println!("code hash  {}", report.code_hash);
    if report.compressed_size.is_some() {
        let hash = &report.uncompressed_code_hash;
        anstream::println!("           {hash} uncompressed");
    }
    anstream::println!("proposals  {} System.set_code", report.set_code_hash);
    let hash = &report.authorize_upgrade_hash;
    anstream::println!("           {hash} System.authorize_upgrade");
    anstream::println!("functions  {}", report.functions);
    let features = if report.features.is_empty() {
        "none: strict MVP".to_owned()
    } else {
        report.features.join(", ")
    };
    anstream::println!("features   {features}");
    for memory in &report.memories {
        anstream::println!("memory     {}", limits(memory, "pages of 64 KiB"));
    }
    for table in &report.tables {
        anstream::println!("table      {}", limits(table, "entries"));
    }
    anstream::println!("\nimports");
    for import in &report.imports {
        anstream::println!("  {}.{} {}", import.module, import.name, import.ty);
    }
    anstream::println!("\nexports");
    for export in &report.exports {
        anstream::println!("  {} {}", export.name, export.ty);
    }
    anstream::println!("\nsections");
    for section in &report.sections {
        let name = match &section.name {
            Some(name) => format!("{} {name:?}", section.kind),
            None => section.kind.to_owned(),
        };
        anstream::println!("  {name:<24} {:>8} bytes", section.size);
    }
    if let Some(version) = &report.version {
        anstream::println!("\nruntime version\n{version}");
    }
}

fn limits(l: &Limits, unit: &str) -> String {
    match l.max {
        Some(max) if max == l.min => format!("{} {unit}", l.min),
        Some(max) => format!("{} to {max} {unit}", l.min),
        None => format!("{} {unit} or more", l.min),
    }
}
