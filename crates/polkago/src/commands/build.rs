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
    let artifact = super::build(&args.packages, &options, args.opt.into())?;
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
