//! Compiling a program for WASI preview 1 and running it, as `polkago run` does, with its output captured.

use std::path::PathBuf;
use std::sync::Arc;

use polkago_compiler::{
    BuildOptions, Environment, Failure, NoProgress, Profile, Session, Trace, render,
};
use polkago_host::wasip1::{self, End, Options, Stdin};

use crate::mode::Mode;

/// What a program did.
pub struct Ran {
    /// Standard output, then standard error, or both in the order in which they were written: see [`run_as`].
    pub output: Vec<u8>,
    /// Its exit code, or how else it ended.
    pub end: Result<i32, String>,
}

/// Compiles the files or package named by `arguments` in a folder. The error is the compiler's first message.
pub fn compile(mode: Mode, dir: PathBuf, arguments: &[String]) -> Result<Vec<u8>, String> {
    let session = Session::new(dir, Environment::from_process(), Arc::new(NoProgress));
    let session = mode.session(session.with_trace(Trace::Full));
    let options = BuildOptions {
        profile: Profile::Wasip1,
        strip: false,
    };
    build(&session, arguments, &options)
}

/// Builds a module in a session. The error is the compiler's first message.
pub fn build(
    session: &Session,
    arguments: &[String],
    options: &BuildOptions,
) -> Result<Vec<u8>, String> {
    match session.build(arguments, options) {
        Ok(artifact) => Ok(artifact.wasm),
        Err(failure) => Err(first_message(&failure)),
    }
}

/// The first message of a build that failed.
pub fn first_message(failure: &Failure) -> String {
    let text = render::plain(&failure.diagnostics);
    // A line that begins with # only names the package.
    let first = text.lines().find(|line| !line.starts_with("# "));
    first.unwrap_or("no message").to_owned()
}

/// Runs a program for as long as a mode allows; its name and `args` are its arguments.
pub fn run(mode: Mode, wasm: &[u8], args: &[String]) -> Result<Ran, String> {
    run_with_input(mode, wasm, args, Stdin::Empty)
}

/// Like [`run`]; the program finds something on its standard input.
pub fn run_with_input(
    mode: Mode,
    wasm: &[u8],
    args: &[String],
    stdin: Stdin,
) -> Result<Ran, String> {
    let options = Options {
        args: args.to_vec(),
        stdin,
        ..Options::default()
    };
    run_as(mode, wasm, options)
}

/// Like [`run`]; `options` says what the program is given. Its name goes before its arguments.
pub fn run_as(mode: Mode, wasm: &[u8], mut options: Options) -> Result<Ran, String> {
    options.args.insert(0, "program".to_owned());
    let limit = mode.time_limit();
    options.timeout = Some(limit);
    let run = wasip1::run(wasm, &options).map_err(|error| format!("cannot start: {error}"))?;
    Ok(Ran {
        output: [run.stdout, run.stderr].concat(),
        end: match run.end {
            End::Exit(code) => Ok(code),
            End::Trap(trap) => Err(format!("trap: {}", trap.message)),
            End::TimedOut => Err(format!("no end after {} s", limit.as_secs())),
        },
    })
}

/// The first line in which two outputs differ, for a report.
pub fn difference(want: &str, got: &str) -> String {
    let (mut want, mut got) = (want.lines(), got.lines());
    let mut number = 0;
    loop {
        number += 1;
        match (want.next(), got.next()) {
            (Some(a), Some(b)) if a == b => {}
            (Some(a), Some(b)) => return format!("line {number} is {b:?}, not {a:?}"),
            (Some(a), None) => return format!("line {number} is missing: {a:?}"),
            (None, Some(b)) => return format!("line {number} is too much: {b:?}"),
            (None, None) => return "it differs in its line ends".to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::difference;

    #[test]
    fn differences_are_named() {
        assert_eq!(difference("a\nb\n", "a\nc\n"), r#"line 2 is "c", not "b""#);
        assert_eq!(difference("a\nb\n", "a\n"), r#"line 2 is missing: "b""#);
        assert_eq!(difference("a\n", "a\nb\n"), r#"line 2 is too much: "b""#);
    }
}
