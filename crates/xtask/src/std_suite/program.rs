//! Building a package's tests and running them to the last one.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use polkago_compiler::{Environment, NoProgress, Session, TestPackage, Trace};
use polkago_host::wasip1::{self, End, Options, Program, Stdio};

use super::transcript::{self, Transcript};
use crate::exec;
use crate::mode::Mode;
use crate::suite::Outcome;

/// A program of tests may run so many times as long as another one.
const PATIENCE: u32 = 4;

/// The tests of a package, compiled.
pub struct Tests {
    package: TestPackage,
    program: Program,
    limit: Duration,
}

/// By the names of tests; what is not of a test has the empty name.
pub type Outcomes = BTreeMap<String, Outcome>;

impl Tests {
    /// Compiles the tests of a package. The error is the compiler's first message.
    pub fn build(path: &str, mode: Mode) -> Result<Self, String> {
        let folder = std::env::temp_dir();
        let session = Session::new(folder, Environment::from_process(), Arc::new(NoProgress));
        // Package testing asks for its callers.
        let session = mode.session(session.with_trace(Trace::Full).with_test_programs());
        let packages = session.test_packages(&[path.to_owned()]);
        let packages = packages.map_err(|failure| exec::first_message(&failure))?;
        let package = packages.into_iter().next();
        let package = package.ok_or("there is no such package")?;
        let artifact = session.build_tests(&package, false);
        let artifact = artifact.map_err(|failure| exec::first_message(&failure))?;
        let program = Program::compile(&artifact.wasm, true)
            .map_err(|error| format!("the engine refuses it: {error}"))?;
        Ok(Self {
            package,
            program,
            limit: mode.time_limit() * PATIENCE,
        })
    }

    /// Runs the tests but for some, or only those that begin with a name. One that ends the program, or its time,
    /// fails, and the others are run without it.
    pub fn run(&self, only: Option<&str>, without: &[&str]) -> Result<Outcomes, String> {
        let mut outcomes = Outcomes::new();
        loop {
            let done = outcomes.keys().map(String::as_str);
            let skip: Vec<&str> = without.iter().copied().chain(done).collect();
            let (said, end) = self.run_once(only, &skip)?;
            let ended = match end {
                End::Exit(0) => None,
                End::Exit(1) if said.tests.values().any(|o| matches!(o, Outcome::Fail(_))) => None,
                End::Exit(code) => {
                    let why = said.fatal.clone();
                    Some(why.unwrap_or_else(|| format!("exit code {code}")))
                }
                End::Trap(trap) => Some(format!("trap: {}", trap.message)),
                End::TimedOut => Some(format!("no end after {} s", self.limit.as_secs())),
            };
            let name = said.culprit().unwrap_or_default().to_owned();
            outcomes.extend(said.tests);
            let Some(reason) = ended else {
                return Ok(outcomes);
            };
            let last = name.is_empty();
            outcomes.insert(name, Outcome::Fail(reason));
            if last {
                return Ok(outcomes);
            }
        }
    }

    fn run_once(&self, only: Option<&str>, skip: &[&str]) -> Result<(Transcript, End), String> {
        let temporary = tempfile::tempdir().map_err(|error| format!("no folder: {error}"))?;
        let dir = &self.package.dir;
        let env = [
            ("PATH", "/bin:/usr/bin".to_owned()),
            ("GOROOT", wasip1::guest_path(&self.package.goroot)),
            ("PWD", wasip1::guest_path(dir)),
            ("TMPDIR", wasip1::guest_path(temporary.path())),
        ];
        let mut args: Vec<String> = [
            "program",
            "-test.paniconexit0",
            "-test.short",
            "-test.v=test2json",
        ]
        .map(str::to_owned)
        .into();
        if let Some(name) = only {
            args.push(format!("-test.run=^{name}"));
        }
        if !skip.is_empty() {
            args.push(format!("-test.skip=^({})$", skip.join("|")));
        }
        let options = Options {
            args,
            env: env.map(|(name, value)| (name.to_owned(), value)).into(),
            folders: wasip1::open_folders(&[dir, &self.package.goroot, temporary.path()]),
            stdio: Stdio::Merge,
            timeout: Some(self.limit),
            ..Options::default()
        };
        let run = self.program.run(&options);
        let run = run.map_err(|error| format!("cannot start: {error}"))?;
        Ok((transcript::read(&run.stdout), run.end))
    }
}
