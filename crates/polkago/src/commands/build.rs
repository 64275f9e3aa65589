//! `polkago build`.

use crate::cli::{BuildArgs, Target};
use crate::output;
use crate::report::{self, Failure};
use polkago_compiler::BuildOptions;
use polkago_host::Blob;
use std::path::PathBuf;
use std::process::ExitCode;

pub fn run(args: &BuildArgs) -> Result<ExitCode, Failure> {
    if args.compress && args.target == Target::Wasip1 {
        return Err(Failure::message(
            "only blobs are compressed, and --target wasip1 makes a program",
            "leave out --compress, or build for --target polkadot",
        ));
    }
    let options = BuildOptions {
        profile: args.target.into(),
        strip: args.strip || args.compress,
    };
    let settings = super::Settings {
        level: args.opt.into(),
        gc: (&args.gc).into(),
        trace: args.trace.into(),
        all_errors: args.findings.all_errors,
        anew: args.anew,
    };
    let artifact = match super::compile(&args.packages, &options, &settings) {
        Ok(artifact) => artifact,
        Err(Failure::Diagnostics(list)) => {
            super::show(&list, &args.findings)?;
            return Ok(ExitCode::FAILURE);
        }
        Err(other) => return Err(other),
    };
    super::show(&artifact.warnings, &args.findings)?;
    let path = |ending: &str| match &args.output {
        Some(path) => path.clone(),
        None => PathBuf::from(format!("{}{ending}", artifact.name)),
    };
    if args.compress {
        // The names that substrate-wasm-builder gives.
        if args.output.is_none() {
            output::write(&path(".compact.wasm"), &artifact.wasm)?;
        }
        let compressed = Blob::from_bytes(&artifact.wasm)?.compress()?;
        output::write(&path(".compact.compressed.wasm"), &compressed)?;
    } else {
        output::write(&path(".wasm"), &artifact.wasm)?;
    }
    if args.timings {
        report::timings(&artifact.timings);
    }
    Ok(ExitCode::SUCCESS)
}
