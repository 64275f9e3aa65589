//! Running an ordinary program: a module for WASI preview 1, on the same `wasmtime` that the
//! executor brings.
//!
//! A program sees what [`Options`] gives it and nothing else of this machine. It ends by leaving
//! `_start`, by `proc_exit`, by a trap, or when its time is up; see [`End`].

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use cpu_time::ThreadTime;
use wasmtime::{Config, Engine, Linker, Module, OptLevel, Store, UpdateDeadline};
use wasmtime_wasi::p2::pipe::{ClosedInputStream, MemoryInputPipe, MemoryOutputPipe};
use wasmtime_wasi::preview1::{self, WasiP1Ctx};
use wasmtime_wasi::{DirPerms, FilePerms, WasiCtxBuilder};

use crate::backtrace;
use crate::blob::Blob;
use crate::error::{Error, Trap};
use crate::thread;

/// Stack that a program may use, in bytes: what the compiler counts on for programs of WASI, which
/// bound their recursion themselves. The system hands out only what is touched.
const WASM_STACK: usize = 512 * 1024 * 1024;

/// Stack of the thread: the program's and some for the host functions above it.
const STACK: usize = WASM_STACK + 2 * 1024 * 1024;

/// Most bytes of each output that are captured. A program that writes more is trapped.
const CAPTURE_LIMIT: usize = 256 * 1024 * 1024;

/// A program that may run for some processor time is stopped after so many times as long in any case.
pub const PATIENCE: u32 = 20;

/// How often the time of a program is looked at.
const TICK: Duration = Duration::from_millis(100);

/// What a program is given.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Its arguments; the first is its own name.
    pub args: Vec<String>,
    /// Its environment.
    pub env: Vec<(String, String)>,
    /// Folders that it may read and write.
    pub folders: Vec<Folder>,
    /// What it reads from standard input.
    pub stdin: Stdin,
    /// Where its output goes.
    pub stdio: Stdio,
    /// Processor time after which it is stopped, so that other work of the machine does not
    /// count; at the latest it is stopped after [`PATIENCE`] times as long. Both are looked at in
    /// the program's code alone: a program that waits for input or sleeps is stopped when that ends.
    pub timeout: Option<Duration>,
}

/// A folder that a program may read and write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Folder {
    /// The folder on this machine.
    pub host: PathBuf,
    /// Its name in the program.
    pub guest: String,
}

/// The path of a folder as a program sees it that is given [`open_folders`]: with slashes from the root on.
#[must_use]
pub fn guest_path(dir: &Path) -> String {
    let parts = dir.components().filter_map(|part| match part {
        std::path::Component::Normal(name) => Some(name.to_string_lossy()),
        _ => None,
    });
    parts.fold(String::new(), |path, name| format!("{path}/{name}"))
}

/// What a program with tests may read and write: everything, as with the official wrapper for WASI, where there is one
/// root of all folders; else the folders that it needs.
#[must_use]
pub fn open_folders(needed: &[&Path]) -> Vec<Folder> {
    if cfg!(unix) {
        return vec![Folder {
            host: "/".into(),
            guest: "/".to_owned(),
        }];
    }
    let folder = |host: &&Path| Folder {
        host: host.to_path_buf(),
        guest: guest_path(host),
    };
    needed.iter().map(folder).collect()
}

/// What a program reads from standard input.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Stdin {
    /// Nothing: the end of the input at once.
    #[default]
    Empty,
    /// These bytes.
    Bytes(Vec<u8>),
    /// What this process reads.
    Inherit,
}

/// Where a program's standard output and standard error go.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Stdio {
    /// Into [`Run::stdout`] and [`Run::stderr`].
    #[default]
    Capture,
    /// Both into [`Run::stdout`], in the order in which they are written.
    Merge,
    /// Where those of this process go.
    Inherit,
}

/// A program, compiled and ready to be run many times.
pub struct Program {
    engine: Engine,
    module: Module,
    interruptible: bool,
    compile_time: Duration,
}

impl Program {
    /// Compiles a program. One that is `interruptible` can be run with a timeout, and runs a little slower.
    ///
    /// # Errors
    /// Where the bytes are no module that the engine takes.
    pub fn compile(bytes: &[u8], interruptible: bool) -> Result<Self, Error> {
        let blob = Blob::from_bytes(bytes)?;
        let engine = engine(interruptible)?;
        let start = Instant::now();
        let module = Module::new(&engine, blob.code()).map_err(|error| refused(&blob, &error))?;
        Ok(Self {
            engine,
            module,
            interruptible,
            compile_time: start.elapsed(),
        })
    }

    /// Runs the program to its end.
    ///
    /// # Errors
    /// Where it could not be started; see [`run`].
    pub fn run(&self, options: &Options) -> Result<Run, Error> {
        thread::run(STACK, || run_here(self, options))
    }
}

/// A program that has run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    /// How it ended.
    pub end: End,
    /// What it wrote to standard output, where that was captured.
    pub stdout: Vec<u8>,
    /// What it wrote to standard error, where that was captured.
    pub stderr: Vec<u8>,
    /// Time for validation and compilation.
    pub compile_time: Duration,
    /// Time from its instance to its end.
    pub run_time: Duration,
    /// Processor time of the same, which other work of the machine does not add to.
    pub cpu_time: Duration,
    /// Bytes of its memory at the end. Memory never shrinks.
    pub memory: u64,
}

/// How a program ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum End {
    /// With this exit code; 0 where it left `_start`.
    Exit(i32),
    /// With a trap.
    Trap(Box<Trap>),
    /// It was stopped, as its time was up.
    TimedOut,
}

/// Runs a program to its end.
///
/// Errors are those of programs that could not be started; one that was started and failed has
/// its failure in [`Run::end`].
pub fn run(bytes: &[u8], options: &Options) -> Result<Run, Error> {
    Program::compile(bytes, options.timeout.is_some())?.run(options)
}

fn run_here(program: &Program, options: &Options) -> Result<Run, Error> {
    let Program { engine, module, .. } = program;
    let timeout = options.timeout.filter(|_| program.interruptible);
    let stdout = MemoryOutputPipe::new(CAPTURE_LIMIT);
    let stderr = MemoryOutputPipe::new(CAPTURE_LIMIT);
    let wasi = context(options, &stdout, &stderr)?;

    let (start, cpu) = (Instant::now(), ThreadTime::now());
    let mut linker = Linker::new(engine);
    preview1::add_to_linker_sync(&mut linker, |wasi: &mut WasiP1Ctx| wasi).map_err(|error| {
        Error::Unavailable {
            reason: format!("{error:#}"),
        }
    })?;
    // The stock `proc_exit` traps on codes from 126 on; operating systems take all of a byte, and
    // so do programs. See also `leave`.
    linker
        .allow_shadowing(true)
        .func_wrap("wasi_snapshot_preview1", "proc_exit", proc_exit)
        .map_err(|error| Error::Unavailable {
            reason: format!("{error:#}"),
        })?;
    let mut store = Store::new(engine, wasi);
    let program_error = |reason: String| Error::NotAProgram { reason };
    let ready = linker
        .instantiate_pre(module)
        .map_err(|error| program_error(format!("{error:#}")))?;
    if module
        .get_export("_start")
        .and_then(|ty| ty.func().cloned())
        .is_none()
    {
        return Err(program_error(
            "it does not export the function `_start`".into(),
        ));
    }

    let mut memory = None;
    let result = ended(|| {
        with_deadline(engine, &mut store, timeout, |store| {
            let instance = ready.instantiate(&mut *store)?;
            memory = instance.get_memory(&mut *store, "memory");
            instance
                .get_typed_func::<(), ()>(&mut *store, "_start")?
                .call(&mut *store, ())
        })
    });
    let (run_time, cpu_time) = (start.elapsed(), cpu.elapsed());
    let memory = memory.map_or(0, |memory| memory.data_size(&store) as u64);
    let end = match result {
        Ok(Ok(())) => End::Exit(0),
        Ok(Err(error)) => trapped(&error),
        Err(end) => end,
    };
    // Dropping the store closes the program's streams, and with them the last of its output.
    drop(store);
    flush();
    Ok(Run {
        end,
        stdout: stdout.contents().to_vec(),
        stderr: stderr.contents().to_vec(),
        compile_time: program.compile_time,
        run_time,
        cpu_time,
        memory,
    })
}

fn engine(interruptible: bool) -> Result<Engine, Error> {
    let mut config = Config::new();
    config
        .cranelift_opt_level(OptLevel::Speed)
        .parallel_compilation(true)
        .max_wasm_stack(WASM_STACK)
        // Costs a compare at each loop and function, so it is on only where it is needed.
        .epoch_interruption(interruptible);
    Engine::new(&config).map_err(|error| Error::Unavailable {
        reason: format!("{error:#}"),
    })
}

fn context(
    options: &Options,
    stdout: &MemoryOutputPipe,
    stderr: &MemoryOutputPipe,
) -> Result<WasiP1Ctx, Error> {
    let mut builder = WasiCtxBuilder::new();
    builder
        .args(&options.args)
        .envs(&options.env)
        .allow_blocking_current_thread(true);
    match &options.stdin {
        Stdin::Empty => builder.stdin(ClosedInputStream),
        Stdin::Bytes(bytes) => builder.stdin(MemoryInputPipe::new(bytes.clone())),
        Stdin::Inherit => builder.inherit_stdin(),
    };
    match options.stdio {
        Stdio::Capture => builder.stdout(stdout.clone()).stderr(stderr.clone()),
        Stdio::Merge => builder.stdout(stdout.clone()).stderr(stdout.clone()),
        Stdio::Inherit => builder.inherit_stdout().inherit_stderr(),
    };
    for folder in &options.folders {
        builder
            .preopened_dir(
                &folder.host,
                &folder.guest,
                DirPerms::all(),
                FilePerms::all(),
            )
            .map_err(|error| Error::Folder {
                path: folder.host.display().to_string(),
                reason: format!("{error:#}"),
            })?;
    }
    Ok(builder.build_p1())
}

/// Runs `call`, and interrupts it once it has used up its time.
fn with_deadline<R>(
    engine: &Engine,
    store: &mut Store<WasiP1Ctx>,
    limit: Option<Duration>,
    call: impl FnOnce(&mut Store<WasiP1Ctx>) -> R,
) -> R {
    let Some(limit) = limit else {
        return call(store);
    };
    let (start, cpu) = (Instant::now(), ThreadTime::now().as_duration());
    store.set_epoch_deadline(1);
    // This is called in the program's thread.
    store.epoch_deadline_callback(move |_| {
        let used = ThreadTime::now().as_duration().saturating_sub(cpu);
        if used > limit || start.elapsed() > limit * PATIENCE {
            leave(End::TimedOut);
        }
        Ok(UpdateDeadline::Continue(1))
    });
    std::thread::scope(|scope| {
        let (done, waiting) = mpsc::channel::<()>();
        scope.spawn(move || {
            while waiting.recv_timeout(TICK) == Err(mpsc::RecvTimeoutError::Timeout) {
                engine.increment_epoch();
            }
        });
        let result = call(store);
        drop(done);
        result
    })
}

fn proc_exit(code: i32) {
    leave(End::Exit(code))
}

/// Ends the program from a function that it calls. An error of the engine would record the stack of this process where
/// backtraces are asked for (`RUST_BACKTRACE`), and the program's stack may be millions of frames deep: that takes
/// minutes. So this unwinds to [`ended`] without one.
fn leave(end: End) -> ! {
    resume_unwind(Box::new(end))
}

/// What a program gives, or how [`leave`] ended it.
fn ended<R>(program: impl FnOnce() -> R) -> Result<R, End> {
    // Nothing but the memory's size is looked at in what the program leaves behind.
    catch_unwind(AssertUnwindSafe(program)).map_err(|payload| match payload.downcast() {
        Ok(end) => *end,
        Err(payload) => resume_unwind(payload),
    })
}

fn trapped(error: &wasmtime::Error) -> End {
    End::Trap(Box::new(Trap::new(
        "_start".into(),
        &error.root_cause().to_string(),
        error.downcast_ref().map(backtrace::of_engine),
        Vec::new(),
    )))
}

/// Why the engine did not take the module: it is broken, or needs what the engine lacks.
fn refused(blob: &Blob, error: &wasmtime::Error) -> Error {
    match crate::inspect::report(blob) {
        Err(invalid) => invalid,
        // A valid module that the engine does not take is one for an engine of the future.
        Ok(report) => Error::NotAProgram {
            reason: format!(
                "the engine does not take {}: {error:#}",
                report.features.join(", ")
            ),
        },
    }
}

/// Standard output of this process is buffered by line, and the program may have ended within
/// one. A closed output is the reader's choice and no error of the program.
fn flush() {
    use std::io::Write;
    let _ = std::io::stdout().flush();
    let _ = std::io::stderr().flush();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_have_slashes() {
        assert_eq!(guest_path(Path::new("/a/b")), "/a/b");
        assert_eq!(guest_path(&Path::new("/").join("a").join("b")), "/a/b");
    }
}
