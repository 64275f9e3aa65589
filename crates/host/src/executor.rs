//! Calls into a blob, on Polkadot's executor.
//!
//! The settings are those with which `sc-executor` itself creates a runtime on a node: instances
//! come from a pool, memory is copied on write, each instance is grown by 2,048 pages before the
//! call, and of the proposals beyond the Wasm MVP none is switched on by hand. What a call costs
//! here is therefore what it costs there: time runs from the fresh instance to the last byte of
//! the output.
//!
//! All that can be known from the module itself (a missing method, an import that the host does
//! not have, a missing `__heap_base`) is checked first, so that messages do not depend on the
//! texts of the executor's errors.

use std::panic::AssertUnwindSafe;
use std::time::{Duration, Instant};

use cpu_time::ThreadTime;
use sc_executor::error::{Error as ExecutorError, WasmError};
use sc_executor::{
    DEFAULT_HEAP_ALLOC_STRATEGY, WasmtimeInstantiationStrategy, with_externalities_safe,
};
use sc_executor_common::runtime_blob::RuntimeBlob;
use sc_executor_common::wasm_runtime::{AllocationStats, WasmModule};
use sc_executor_wasmtime::{Config, Semantics, WasmtimeRuntime, create_runtime};
use serde::Serialize;
use sp_io::SubstrateHostFunctions;
use sp_wasm_interface::HostFunctions;

use crate::backtrace;
use crate::blob::Blob;
use crate::error::{Error, Trap};
use crate::imports;
use crate::inspect::{self, Export, ItemType, Report};
use crate::logs::{self, LogLevel, LogLine, LogSink};
use crate::rfc145::{self, Ended, Entry};
use crate::state::State;
use crate::thread;
use crate::trace::{self, HostCall, Traced};

/// Stack of the thread that a call runs on: 1 MiB that the executor grants to Wasm, and room for
/// host functions.
pub(crate) const STACK: usize = 8 * 1024 * 1024;

/// A blob, compiled and ready to be called.
pub struct Runtime {
    module: Module,
    entry: Entry,
    exports: Vec<Export>,
    features: Vec<String>,
    compile_time: Duration,
}

/// A compiled module.
enum Module {
    /// On Polkadot's executor.
    Executor(WasmtimeRuntime),
    /// With the host functions of RFC-145.
    Rfc145(rfc145::Module),
}

/// How to make a call.
#[derive(Clone)]
pub struct CallOptions {
    /// The lowest level of log lines that the runtime is asked for; nodes use [`LogLevel::Info`],
    /// and so does the default.
    pub log_level: LogLevel,
    /// Gets each log line as it is written. The lines are collected in the answer all the same.
    pub log_sink: Option<LogSink>,
}

/// What a call gave back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Answer {
    /// The output, SCALE-encoded for methods of runtime APIs.
    pub output: Vec<u8>,
    /// From the fresh instance to the output, compilation not included.
    pub time: Duration,
    /// Processor time of the same, which other work of the machine does not add to.
    pub cpu_time: Duration,
    /// What the host's allocator was asked for.
    pub allocations: Allocations,
    /// What the runtime logged, the oldest first.
    pub logs: Vec<LogLine>,
}

/// The use that a call made of the host's allocator. The input counts, as the host allocates it.
/// Each allocation counts as the next power of two, 8 at least, and a header of 8 bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Allocations {
    /// Most bytes that were allocated at one time.
    pub peak: u32,
    /// Bytes of all allocations together.
    pub sum: u128,
    /// Bytes of address space above `__heap_base` that were touched.
    pub address_space: u32,
}

/// The same call, made several times.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Repeated {
    /// What the last call gave back.
    pub last: Answer,
    /// Time of each call, in order.
    pub times: Vec<Duration>,
}

impl Default for CallOptions {
    fn default() -> Self {
        CallOptions {
            log_level: LogLevel::Info,
            log_sink: None,
        }
    }
}

impl Runtime {
    /// Validates and compiles a blob.
    pub fn compile(blob: &Blob) -> Result<Runtime, Error> {
        Runtime::compile_for::<SubstrateHostFunctions>(blob)
    }

    /// Validates and compiles a blob whose host calls are to be traced with [`Runtime::trace`].
    /// Its calls take longer than those of [`Runtime::compile`].
    pub fn compile_traced(blob: &Blob) -> Result<Runtime, Error> {
        Runtime::compile_for::<Traced<SubstrateHostFunctions>>(blob)
    }

    fn compile_for<H: HostFunctions>(blob: &Blob) -> Result<Runtime, Error> {
        let report = inspect::report(blob)?;
        let entry = Entry::of(&report)?;
        let checked = match entry {
            Entry::Legacy => imports::check(&report.imports),
            Entry::Length => rfc145::check(&report.imports),
        };
        checked.map_err(|import| Error::BadImport(Box::new(import)))?;
        check_runtime(&report, entry)?;

        let refused = |error: WasmError| refused(error, &report.features);
        let start = Instant::now();
        let module = thread::run(STACK, || match entry {
            Entry::Legacy => {
                let blob = RuntimeBlob::new(blob.code()).map_err(refused)?;
                let runtime = create_runtime::<H>(blob, config()).map_err(refused)?;
                Ok(Module::Executor(runtime))
            }
            Entry::Length => rfc145::Module::compile(blob.code(), &report).map(Module::Rfc145),
        })?;
        let Report {
            exports, features, ..
        } = report;
        Ok(Runtime {
            module,
            entry,
            compile_time: start.elapsed(),
            exports,
            features,
        })
    }

    /// Time that compilation took. Calls do not pay it again.
    pub fn compile_time(&self) -> Duration {
        self.compile_time
    }

    /// Names of the exported functions that can be called, in the module's order.
    pub fn methods(&self) -> impl Iterator<Item = &str> {
        self.exports.iter().filter_map(|export| match &export.ty {
            ItemType::Func(signature) if self.entry.is(signature) => Some(export.name.as_str()),
            ItemType::Func(_)
            | ItemType::Memory(_)
            | ItemType::Table { .. }
            | ItemType::Global { .. }
            | ItemType::Tag(_) => None,
        })
    }

    /// Calls `method` with `input` on a fresh instance. What it writes stays in `state`.
    pub fn call(
        &self,
        state: &mut State,
        method: &str,
        input: &[u8],
        options: &CallOptions,
    ) -> Result<Answer, Error> {
        self.check_method(method)?;
        thread::run(STACK, || self.call_here(state, method, input, options))
    }

    /// Calls `method` as [`Runtime::call`] does and tells, beside the result, which host
    /// functions it called, in order; none unless it was compiled with
    /// [`Runtime::compile_traced`].
    pub fn trace(
        &self,
        state: &mut State,
        method: &str,
        input: &[u8],
        options: &CallOptions,
    ) -> (Result<Answer, Error>, Vec<HostCall>) {
        let traced = self.check_method(method).and_then(|()| {
            thread::run(STACK, || {
                Ok(trace::record(|| {
                    self.call_here(state, method, input, options)
                }))
            })
        });
        traced.unwrap_or_else(|error| (Err(error), Vec::new()))
    }

    /// Makes the same call `count` times (at least once), each on a fresh instance and on the
    /// state as [`State::reset`] leaves it. Stops at the first error.
    pub fn repeat(
        &self,
        state: &mut State,
        method: &str,
        input: &[u8],
        options: &CallOptions,
        count: usize,
    ) -> Result<Repeated, Error> {
        self.check_method(method)?;
        thread::run(STACK, || {
            let mut times = Vec::with_capacity(count.max(1));
            loop {
                state.reset();
                let last = self.call_here(state, method, input, options)?;
                times.push(last.time);
                if times.len() >= count {
                    return Ok(Repeated { last, times });
                }
            }
        })
    }

    /// Makes a call on the current thread.
    fn call_here(
        &self,
        state: &mut State,
        method: &str,
        input: &[u8],
        options: &CallOptions,
    ) -> Result<Answer, Error> {
        let module = match &self.module {
            Module::Executor(module) => module,
            Module::Rfc145(module) => return call_rfc145(module, state, method, input, options),
        };
        let mut instance = module
            .new_instance(DEFAULT_HEAP_ALLOC_STRATEGY)
            .map_err(|error| refused(error, &self.features))?;
        let ((result, time, cpu_time), logs) =
            logs::collect(options.log_level, options.log_sink.clone(), || {
                state.enter(|ext| {
                    let (start, cpu) = (Instant::now(), ThreadTime::now());
                    // After a panic the instance is dropped unseen, and the overlay of `ext` is plain data.
                    let call =
                        AssertUnwindSafe(|| instance.call_with_allocation_stats(method, input));
                    let result = with_externalities_safe(ext, call);
                    let cpu_time = cpu.elapsed();
                    (result, start.elapsed(), cpu_time)
                })
            });
        let (result, stats) = match result {
            Ok((result, stats)) => (result, stats),
            Err(panic) => (Err(panic), None),
        };
        match result {
            Ok(output) => Ok(Answer {
                output,
                time,
                cpu_time,
                allocations: stats.map_or(Allocations::NONE, Allocations::from),
                logs,
            }),
            Err(error) => Err(self.call_error(error, method, input.len(), logs)),
        }
    }

    /// Whether the module exports `method`, and as what.
    fn check_method(&self, method: &str) -> Result<(), Error> {
        match self.exports.iter().find(|export| export.name == method) {
            Some(Export {
                ty: ItemType::Func(signature),
                ..
            }) if self.entry.is(signature) => Ok(()),
            // Names such as `memory` are the executor's own business.
            Some(Export {
                ty: ItemType::Func(signature),
                ..
            }) => Err(Error::BadSignature {
                method: method.to_owned(),
                found: format!("a function {signature}"),
                wanted: self.entry.signature(),
            }),
            Some(Export { ty, .. }) => Err(Error::BadSignature {
                method: method.to_owned(),
                found: ty.to_string(),
                wanted: self.entry.signature(),
            }),
            None => Err(Error::MissingMethod {
                method: method.to_owned(),
                available: self.methods().map(str::to_owned).collect(),
            }),
        }
    }

    fn call_error(
        &self,
        error: ExecutorError,
        method: &str,
        size: usize,
        logs: Vec<LogLine>,
    ) -> Error {
        let method = method.to_owned();
        let (message, backtrace) = match error {
            ExecutorError::AbortedDueToTrap(trap) | ExecutorError::AbortedDueToPanic(trap) => (
                trap.message,
                trap.backtrace
                    .map(|trace| backtrace::of_text(&trace.backtrace_string)),
            ),
            ExecutorError::RuntimePanicked(message) => (message, None),
            ExecutorError::OutputExceedsBounds => return Error::BadOutput { method },
            // The one allocation that the executor makes itself is the input's.
            ExecutorError::Allocator(error) => {
                return Error::InputTooLarge {
                    size,
                    reason: error.to_string(),
                };
            }
            // What is left is about instances, or belongs to parts of the executor unused here.
            other => return refused(other, &self.features),
        };
        Error::Trap(Box::new(Trap::new(method, &message, backtrace, logs)))
    }
}

impl Repeated {
    /// The middle one of the times, the mean of both middle ones where their number is even.
    pub fn median(&self) -> Duration {
        let mut times = self.times.clone();
        times.sort_unstable();
        match (
            times.get(times.len().saturating_sub(1) / 2),
            times.get(times.len() / 2),
        ) {
            (Some(low), Some(high)) => (*low + *high) / 2,
            _ => Duration::ZERO,
        }
    }
}

impl Allocations {
    pub(crate) const NONE: Allocations = Allocations {
        peak: 0,
        sum: 0,
        address_space: 0,
    };

    /// That of a runtime which grew its own memory by so many bytes.
    pub(crate) fn grown(bytes: u32) -> Allocations {
        Allocations {
            address_space: bytes,
            ..Allocations::NONE
        }
    }
}

impl From<AllocationStats> for Allocations {
    fn from(stats: AllocationStats) -> Self {
        Allocations {
            peak: stats.bytes_allocated_peak,
            sum: stats.bytes_allocated_sum,
            address_space: stats.address_space_used,
        }
    }
}

/// A call of a runtime with an allocator of its own.
fn call_rfc145(
    module: &rfc145::Module,
    state: &mut State,
    method: &str,
    input: &[u8],
    options: &CallOptions,
) -> Result<Answer, Error> {
    let ((time, cpu_time, outcome), logs) =
        logs::collect(options.log_level, options.log_sink.clone(), || {
            module.call(state, method, input)
        });
    let method = method.to_owned();
    match outcome {
        Ok((output, allocations)) => Ok(Answer {
            output,
            time,
            cpu_time,
            allocations,
            logs,
        }),
        Err(Ended::BadOutput) => Err(Error::BadOutput { method }),
        Err(Ended::Trap(message, backtrace)) => Err(Error::Trap(Box::new(Trap::new(
            method, &message, backtrace, logs,
        )))),
    }
}

/// The settings with which `sc-executor` creates a runtime.
fn config() -> Config {
    Config {
        allow_missing_func_imports: false,
        cache_path: None,
        semantics: Semantics {
            heap_alloc_strategy: DEFAULT_HEAP_ALLOC_STRATEGY,
            instantiation_strategy: WasmtimeInstantiationStrategy::PoolingCopyOnWrite,
            deterministic_stack_limit: None,
            canonicalize_nans: false,
            parallel_compilation: true,
            wasm_multi_value: false,
            wasm_bulk_memory: false,
            wasm_reference_types: false,
            wasm_simd: false,
        },
    }
}

/// What the executor needs of each module: a memory and `__heap_base`, above which it allocates.
/// Runtimes with an allocator of their own need the memory alone.
fn check_runtime(report: &Report, entry: Entry) -> Result<(), Error> {
    let export = |name: &str| {
        report
            .exports
            .iter()
            .find(|e| e.name == name)
            .map(|e| &e.ty)
    };
    let missing = |missing: String| Err(Error::NotARuntime { missing });

    let imported = report
        .imports
        .iter()
        .any(|import| matches!(import.ty, ItemType::Memory(_)));
    match export("memory") {
        Some(ItemType::Memory(_)) => {}
        Some(other) => return missing(format!("its export `memory` is {other}")),
        None if imported => {}
        None => return missing("it neither imports `env.memory` nor exports `memory`".into()),
    }
    if entry == Entry::Length {
        return Ok(());
    }
    match export("__heap_base") {
        Some(ItemType::Global { value, .. }) if value == "i32" => Ok(()),
        Some(other) => missing(format!(
            "its export `__heap_base` is {other}, not global i32"
        )),
        None => missing("it does not export the global `__heap_base`".into()),
    }
}

fn refused(error: impl Into<ExecutorError>, features: &[String]) -> Error {
    let text = match error.into() {
        ExecutorError::RuntimeConstruction(WasmError::Other(text)) | ExecutorError::Other(text) => {
            text
        }
        other => other.to_string(),
    };
    Error::Refused {
        reason: text,
        features: features.to_vec(),
    }
}
