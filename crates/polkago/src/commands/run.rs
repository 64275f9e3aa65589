//! `polkago run`.

use crate::cli::RunArgs;
use crate::output;
use crate::report::{self, Failure};
use polkago_compiler::{BuildOptions, Profile};
use polkago_host::wasip1::{self, End, Stdin, Stdio};
use std::process::ExitCode;

pub fn run(args: &RunArgs) -> Result<ExitCode, Failure> {
    if args.package.ends_with(".wasm") {
        let wasm = output::read(args.package.as_ref())?;
        return execute(args.package.clone(), &args.args, &wasm);
    }
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
    let artifact = super::build(&sources, &options, &settings).map_err(for_runtimes)?;
    if args.timings {
        report::timings(&artifact.timings);
    }
    execute(artifact.name, rest, &artifact.wasm)
}

/// The failure with advice where it is a runtime that was to be run.
fn for_runtimes(mut failure: Failure) -> Failure {
    if let Failure::Diagnostics(list) = &mut failure {
        let main = list
            .iter_mut()
            .find(|d| d.message == "function main is undeclared in the main package");
        if let Some(d) = main {
            d.help.get_or_insert_with(|| {
                "a program has one; the methods of a runtime are called with polkago call".into()
            });
        }
    }
    failure
}

/// Runs a module with the arguments of a program.
fn execute(name: String, rest: &[String], wasm: &[u8]) -> Result<ExitCode, Failure> {
    let mut argv = vec![name];
    argv.extend_from_slice(rest);
    let options = wasip1::Options {
        args: argv,
        env: super::environment().collect(),
        stdin: Stdin::Inherit,
        stdio: Stdio::Inherit,
        ..wasip1::Options::default()
    };
    match wasip1::run(wasm, &options)?.end {
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
