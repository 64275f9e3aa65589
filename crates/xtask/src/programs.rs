//! The programs suite: `tests/programs/*.go`, each with what it must print in the `.out` file beside it.
//!
//! `--bless` writes these files with the official compiler, which the suite does without otherwise. It compiles for
//! 386, whose `int` is as wide as ours.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::exec;
use crate::mode::{self, Mode};
use crate::suite::{self, Case, Outcome, Tally};
use crate::transcript::transcript;

/// Runs the suite.
///
/// # Errors
/// Where the programs cannot be read, or the official compiler fails to bless one.
pub fn run(options: &mode::Options) -> Result<Tally, String> {
    let (mode, options) = (options.mode, &options.suite);
    let folder = crate::repository().join("tests/programs");
    let problem = |error| format!("cannot read {}: {error}", folder.display());
    let mut cases = Vec::new();
    for entry in std::fs::read_dir(&folder).map_err(problem)? {
        let path = entry.map_err(problem)?.path();
        if path.extension().is_some_and(|extension| extension == "go") {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            cases.push(Program {
                name: name.into_owned(),
                path,
                mode,
            });
        }
    }
    cases.sort_by(|a, b| a.name.cmp(&b.name));
    // In other modes what is blessed is the file of known failures.
    if options.bless && mode == Mode::Plain {
        for program in &cases {
            if program
                .name
                .contains(options.filter.as_deref().unwrap_or_default())
            {
                program.bless()?;
            }
        }
    }
    suite::run_mode("programs", mode, &cases, options)
}

/// A program of ours.
struct Program {
    name: String,
    path: PathBuf,
    mode: Mode,
}

impl Case for Program {
    fn name(&self) -> &str {
        &self.name
    }

    fn run(&self) -> Outcome {
        match self.judge() {
            Ok(()) => Outcome::Pass,
            Err(reason) => Outcome::Fail(reason),
        }
    }
}

impl Program {
    fn judge(&self) -> Result<(), String> {
        let out = self.path.with_extension("out");
        let want = std::fs::read_to_string(&out)
            .map_err(|_| "there is no .out file; run the suite with --bless".to_owned())?;
        let folder = self.path.parent().unwrap_or(Path::new(".")).to_owned();
        let wasm = exec::compile(self.mode, folder, std::slice::from_ref(&self.name))?;
        let ran = exec::run(self.mode, &wasm, &[])?;
        let got = result(&ran.output, ran.end?);
        // The repository may be checked out with other line ends.
        let want = want.replace("\r\n", "\n");
        if got == want {
            Ok(())
        } else {
            Err(exec::difference(&want, &got))
        }
    }

    /// Writes the `.out` file with the official compiler.
    fn bless(&self) -> Result<(), String> {
        let folder =
            tempfile::tempdir().map_err(|error| format!("no temporary folder: {error}"))?;
        let binary = folder.path().join("program");
        let built = Command::new("go")
            .arg("build")
            .arg("-o")
            .args([&binary, &self.path])
            .envs([("GOARCH", "386"), ("CGO_ENABLED", "0")])
            .output()
            .map_err(|error| format!("the go command does not run: {error}"))?;
        if !built.status.success() {
            let message = String::from_utf8_lossy(&built.stderr);
            return Err(format!("{}: {message}", self.name));
        }
        let ran = Command::new(&binary)
            .output()
            .map_err(|error| format!("{} does not run: {error}", self.name))?;
        let Some(code) = ran.status.code() else {
            return Err(format!("{} was ended by a signal", self.name));
        };
        let text = result(&[ran.stdout, ran.stderr].concat(), code);
        let out = self.path.with_extension("out");
        std::fs::write(&out, text)
            .map_err(|error| format!("cannot write {}: {error}", out.display()))
    }
}

/// Output and exit code as they stand in a `.out` file.
fn result(output: &[u8], code: i32) -> String {
    let mut text = transcript(&String::from_utf8_lossy(output));
    if code != 0 {
        text.push_str(&format!("exit code {code}\n"));
    }
    text
}
