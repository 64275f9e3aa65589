//! A benchmark, built by us with and without a collector, by the official compiler for WASI, and by it for this machine.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use polkago_host::wasip1::{End, Options, Program};
use wait4::Wait4;

use crate::exec;
use crate::mode::Mode;

/// Who built a program, and what for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Variant {
    /// polkago, for WASI.
    Ours,
    /// The official compiler, for WASI.
    Official,
    /// The official compiler, for this machine.
    Native,
    /// polkago with `--gc leaking`, for WASI.
    Leaking,
}

/// The variants that are compared for each program, in the order of tables.
pub const VARIANTS: [Variant; 3] = [Variant::Ours, Variant::Official, Variant::Native];

/// A program that is ready to run.
pub struct Built {
    /// Bytes of the module or executable.
    pub size: u64,
    code: Code,
}

enum Code {
    Module(Box<Program>),
    File(PathBuf),
}

/// One run.
pub struct Sample {
    /// Processor time. Compilation by the engine is not part of it; start and end of the program are.
    pub cpu: Duration,
    /// Time by the clock.
    pub wall: Duration,
    /// Bytes: the largest linear memory, or the largest resident set of a native process.
    pub memory: u64,
    /// What it printed.
    pub output: Vec<u8>,
}

/// The official compiler gets the portable code of the library instead of assembly, since that is the same work.
const TAGS: &str = "purego,math_big_pure_go";

impl Built {
    /// Builds a program from a file.
    ///
    /// # Errors
    /// The compiler's message.
    pub fn new(file: &Path, variant: Variant, scratch: &Path) -> Result<Self, String> {
        let mode = match variant {
            Variant::Ours => Some(Mode::Plain),
            Variant::Leaking => Some(Mode::GcLeaking),
            Variant::Official | Variant::Native => None,
        };
        if let Some(mode) = mode {
            let folder = file.parent().unwrap_or(Path::new(".")).to_owned();
            let name = file.file_name().unwrap_or_default().to_string_lossy();
            return Self::module(&exec::compile(mode, folder, &[name.into_owned()])?);
        }
        let stem = file.file_stem().unwrap_or_default().to_string_lossy();
        let output = scratch.join(format!("{stem}.{variant:?}"));
        let mut go = Command::new("go");
        go.args(["build", "-tags", TAGS, "-o"])
            .args([output.as_path(), file])
            .env("CGO_ENABLED", "0");
        if variant == Variant::Official {
            go.envs([("GOOS", "wasip1"), ("GOARCH", "wasm")]);
        }
        let built = go
            .output()
            .map_err(|error| format!("the go command does not run: {error}"))?;
        if !built.status.success() {
            return Err(String::from_utf8_lossy(&built.stderr).into_owned());
        }
        let problem = |error| format!("cannot read {}: {error}", output.display());
        if variant == Variant::Official {
            return Self::module(&std::fs::read(&output).map_err(problem)?);
        }
        Ok(Self {
            size: std::fs::metadata(&output).map_err(problem)?.len(),
            code: Code::File(output),
        })
    }

    fn module(bytes: &[u8]) -> Result<Self, String> {
        let program = Program::compile(bytes, false).map_err(|error| error.to_string())?;
        Ok(Self {
            size: bytes.len() as u64,
            code: Code::Module(Box::new(program)),
        })
    }

    /// Runs the program once.
    ///
    /// # Errors
    /// Where it does not end with exit code 0.
    pub fn run(&self) -> Result<Sample, String> {
        match &self.code {
            Code::Module(program) => run_module(program),
            Code::File(file) => run_file(file),
        }
    }
}

fn run_module(program: &Program) -> Result<Sample, String> {
    let options = Options {
        args: vec!["program".to_owned()],
        ..Options::default()
    };
    let run = program.run(&options).map_err(|error| error.to_string())?;
    match run.end {
        End::Exit(0) => {}
        End::Exit(code) => return Err(format!("exit code {code}")),
        End::Trap(trap) => return Err(format!("trap: {}", trap.message)),
        End::TimedOut => return Err("it was stopped".to_owned()),
    }
    Ok(Sample {
        cpu: run.cpu_time,
        wall: run.run_time,
        memory: run.memory,
        output: [run.stdout, run.stderr].concat(),
    })
}

fn run_file(file: &Path) -> Result<Sample, String> {
    use std::io::Read;
    let problem = |error: std::io::Error| format!("{} does not run: {error}", file.display());
    let start = Instant::now();
    let mut child = Command::new(file)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(problem)?;
    // Benchmarks print a few lines, which pipes hold.
    let used = child.wait4().map_err(problem)?;
    let wall = start.elapsed();
    let mut output = Vec::new();
    if let Some(mut pipe) = child.stdout.take() {
        pipe.read_to_end(&mut output).map_err(problem)?;
    }
    if let Some(mut pipe) = child.stderr.take() {
        pipe.read_to_end(&mut output).map_err(problem)?;
    }
    if !used.status.success() {
        return Err(format!("{}", used.status));
    }
    Ok(Sample {
        cpu: used.rusage.utime + used.rusage.stime,
        wall,
        memory: used.rusage.maxrss,
        output,
    })
}
