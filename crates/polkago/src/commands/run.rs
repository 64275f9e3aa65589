//! `polkago run`.

use crate::cli::RunArgs;
use crate::report::{self, Failure};
use polkago_compiler::{BuildOptions, Profile};
use polkago_host::wasip1::{self, End, Stdin, Stdio};
use std::process::ExitCode;

pub fn run(args: &RunArgs) -> Result<ExitCode, Failure> {
    let (sources, rest) = sources(&args.package, &args.args);
    let options = BuildOptions {
        profile: Profile::Wasip1,
        strip: false,
    };
    let settings = super::Settings {
        level: args.opt.into(),
        gc: (&args.gc).into(),
        trace: args.trace.into(),
        all_errors: false,
        anew: args.anew,
    };
    let artifact = super::build(&sources, &options, &settings)?;
    if args.timings {
        report::timings(&artifact.timings);
    }
    let mut argv = vec![artifact.name];
    argv.extend_from_slice(rest);
    let options = wasip1::Options {
        args: argv,
        // What is not Unicode cannot be passed on.
        env: std::env::vars_os()
            .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)))
            .collect(),
        stdin: Stdin::Inherit,
        stdio: Stdio::Inherit,
        ..wasip1::Options::default()
    };
    match wasip1::run(&artifact.wasm, &options)?.end {
        // As operating systems do: the low byte counts.
        End::Exit(code) => Ok(ExitCode::from((code & 0xff) as u8)),
        End::Trap(trap) => Err(Failure::Trap(trap)),
        End::TimedOut => Err(Failure::message(
            "the program was stopped",
            "its time was up",
        )),
    }
}

/// What is compiled, and what is left for the program. As with `go run`: where the first argument is a Go file, the
/// Go files that follow it belong to the package.
fn sources<'a>(package: &str, args: &'a [String]) -> (Vec<String>, &'a [String]) {
    let mut sources = vec![package.to_owned()];
    let files = if package.ends_with(".go") {
        let other = |argument: &String| !argument.ends_with(".go");
        args.iter().position(other).unwrap_or(args.len())
    } else {
        0
    };
    let (files, rest) = args.split_at(files);
    sources.extend_from_slice(files);
    (sources, rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn go_files_belong_to_the_package() {
        let args = ["b.go", "-v", "c.go"].map(String::from);
        assert_eq!(
            sources("a.go", &args),
            (vec!["a.go".to_owned(), "b.go".to_owned()], &args[1..])
        );
        assert_eq!(
            sources("./cmd", &args),
            (vec!["./cmd".to_owned()], &args[..])
        );
    }
}
