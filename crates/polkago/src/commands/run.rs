//! `polkago run`.

use crate::cli::RunArgs;
use crate::report::{self, Failure};
use polkago_compiler::{BuildOptions, Profile};
use polkago_host::wasip1::{self, End, Stdin, Stdio};
use std::process::ExitCode;

pub fn run(args: &RunArgs) -> Result<ExitCode, Failure> {
    // As with `go run`: where the first argument is a Go file, the files that follow it belong to the package.
    let mut sources = vec![args.package.clone()];
    let mut rest = args.args.as_slice();
    if args.package.ends_with(".go") {
        while let Some((file, behind)) = rest.split_first().filter(|(a, _)| a.ends_with(".go")) {
            sources.push(file.clone());
            rest = behind;
        }
    }
    let session = super::session()?;
    let artifact = session.build(&sources, &BuildOptions { profile: Profile::Wasip1, strip: false })?;
    report::warnings(&artifact.warnings);
    if args.timings {
        report::timings(&artifact.timings);
    }
    let mut argv = vec![artifact.name.clone()];
    argv.extend_from_slice(rest);
    let options = wasip1::Options {
        args: argv,
        env: std::env::vars().collect(),
        stdin: Stdin::Inherit,
        stdio: Stdio::Inherit,
        ..wasip1::Options::default()
    };
    let run = wasip1::run(&artifact.wasm, &options)?;
    match run.end {
        End::Exit(code) => Ok(ExitCode::from(u8::try_from(code & 0xff).unwrap_or(1))),
        End::Trap(trap) => Err(Failure::from(trap)),
    }
}
