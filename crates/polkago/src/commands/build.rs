//! `polkago build`.

use crate::cli::BuildArgs;
use crate::output;
use crate::report::{self, Failure};
use polkago_compiler::BuildOptions;
use std::path::PathBuf;
use std::process::ExitCode;

pub fn run(args: &BuildArgs) -> Result<ExitCode, Failure> {
    let options = BuildOptions {
        profile: args.target.into(),
        strip: args.strip,
    };
    let opt = args.opt.into();
    let (gc, trace) = ((&args.gc).into(), args.trace.into());
    let all = args.findings.all_errors;
    let artifact = match super::compile(&args.packages, &options, opt, gc, trace, all) {
        Ok(artifact) => artifact,
        Err(Failure::Diagnostics(list)) => {
            super::show(&list, &args.findings)?;
            return Ok(ExitCode::FAILURE);
        }
        Err(other) => return Err(other),
    };
    super::show(&artifact.warnings, &args.findings)?;
    let path = match &args.output {
        Some(path) => path.clone(),
        None => PathBuf::from(format!("{}.wasm", artifact.name)),
    };
    output::write(&path, &artifact.wasm)?;
    if args.timings {
        report::timings(&artifact.timings);
    }
    Ok(ExitCode::SUCCESS)
}
