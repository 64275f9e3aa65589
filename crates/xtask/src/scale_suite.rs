//! The scale suite: the vectors of the reference implementation of SCALE through `go/sdk/scale`, by the program
//! `tests/scale`, compiled by polkago and by the official compiler for this machine and for 386.

use std::io::Write as _;
use std::path::PathBuf;
use std::process::Stdio;

use polkago_host::wasip1::Stdin;

use crate::exec;
use crate::go;
use crate::mode::Mode;
use crate::suite::{self, Case, Options, Outcome, Tally};

/// Runs the suite. The vectors are `tests/scale-vectors.json`, or the file that the variable `SCALE_VECTORS` names.
///
/// # Errors
/// Where the vectors cannot be read.
pub fn run(options: &Options) -> Result<Tally, String> {
    let tests = crate::repository().join("tests");
    let file = std::env::var_os("SCALE_VECTORS")
        .map_or_else(|| tests.join("scale-vectors.json"), PathBuf::from);
    let vectors =
        std::fs::read(&file).map_err(|e| format!("cannot read {}: {e}", file.display()))?;
    let case = |name, by| Compiled {
        name,
        by,
        folder: tests.join("scale"),
        vectors: vectors.clone(),
    };
    let cases = [
        case("polkago", Compiler::Polkago),
        case("go", Compiler::Go(None)),
        case("go-386", Compiler::Go(Some("386"))),
    ];
    suite::run("scale", &cases, options)
}

/// Who compiles the program.
enum Compiler {
    /// This compiler, for WASI preview 1.
    Polkago,
    /// The official one, for this machine or another architecture that it runs.
    Go(Option<&'static str>),
}

/// The program and what it reads.
struct Compiled {
    name: &'static str,
    by: Compiler,
    folder: PathBuf,
    vectors: Vec<u8>,
}

impl Case for Compiled {
    fn name(&self) -> &str {
        self.name
    }

    fn run(&self) -> Outcome {
        if matches!(self.by, Compiler::Go(_)) && !go::has_command() {
            return Outcome::Skip("the go command does not run".to_owned());
        }
        let output = match self.by {
            Compiler::Polkago => self.ours(),
            Compiler::Go(arch) => self.official(arch),
        };
        match output {
            Ok(text) => judge(&text),
            Err(reason) => Outcome::Fail(reason),
        }
    }
}

impl Compiled {
    fn ours(&self) -> Result<String, String> {
        let wasm = exec::compile(Mode::Plain, self.folder.clone(), &[".".to_owned()])?;
        let ran =
            exec::run_with_input(Mode::Plain, &wasm, &[], Stdin::Bytes(self.vectors.clone()))?;
        ran.end?;
        Ok(String::from_utf8_lossy(&ran.output).into_owned())
    }

    fn official(&self, arch: Option<&str>) -> Result<String, String> {
        let mut command = go::command(&self.folder, arch);
        command
            .args(["run", "."])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped());
        let problem = |e| format!("the go command does not run: {e}");
        let mut child = command.spawn().map_err(problem)?;
        let mut input = child.stdin.take();
        std::thread::scope(|scope| {
            scope.spawn(move || {
                if let Some(input) = &mut input {
                    // Where it does not read it has ended, and its output tells why.
                    let _ = input.write_all(&self.vectors);
                }
            });
            let output = child.wait_with_output().map_err(problem)?;
            Ok(String::from_utf8_lossy(&output.stdout).into_owned())
        })
    }
}

/// The last line says how many rows came out.
fn judge(output: &str) -> Outcome {
    let last = output.lines().next_back().unwrap_or("no output");
    match last.split_once(" passed, ") {
        Some((passed, "0 failed")) if passed != "0" => Outcome::Pass,
        _ => {
            let first = output.lines().next().unwrap_or_default();
            Outcome::Fail(format!("{last}: {first}"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_rows_must_come_out() {
        assert_eq!(judge("746 passed, 0 failed\n"), Outcome::Pass);
        assert!(matches!(judge("0 passed, 0 failed\n"), Outcome::Fail(_)));
        assert!(matches!(
            judge("row 1\n745 passed, 1 failed\n"),
            Outcome::Fail(_)
        ));
        assert!(matches!(judge(""), Outcome::Fail(_)));
    }
}
