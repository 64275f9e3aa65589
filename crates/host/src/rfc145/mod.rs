//! Runtimes with an allocator of their own (RFC-145), which the executor that this crate builds on
//! does not run yet.
//!
//! Entry points take the length of their input and ask for the input with `ext_input_read`; host
//! functions write into buffers of the runtime. What of a blob is checked before it runs, and in
//! which words it is refused, follows the RFC's section "Runtime entry points": entry points of
//! both forms do not mix, nor does either with the host functions of the other.
//!
//! The functions of `functions.rs` are registered for this purpose alone. Each one asks the host
//! function that nodes have today and hands its answer over in the new form, so that what they
//! compute is Polkadot's own code. Functions that allocate nothing stay as they are.

mod functions;
mod offchain;

use cpu_time::ThreadTime;
use sc_executor::with_externalities_safe;
use sp_core::storage::StateVersion;
use sp_io::SubstrateHostFunctions;
use sp_wasm_interface::{Function, HostFunctions, Value, ValueType};
use std::panic::AssertUnwindSafe;
use std::time::{Duration, Instant};
use wasmtime::{
    Caller, Config, Engine, FuncType, InstancePre, Linker, Memory, OptLevel, Store, StoreLimits,
    StoreLimitsBuilder, Val, ValType,
};

use crate::backtrace;
use crate::error::{BadImport, Error};
use crate::executor::Allocations;
use crate::imports;
use crate::inspect::{Import, ItemType, Report, Signature};
use crate::state::State;
use crate::trace;

/// Pages that the memory may grow by: as many as the executor gives to a runtime's heap.
const HEAP_PAGES: usize = 2048;

/// Bytes of a page.
const PAGE: usize = 64 * 1024;

/// Stack that Wasm may use, as on the executor.
const WASM_STACK: usize = 1024 * 1024;

/// How the entry points of a runtime look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Entry {
    /// `(i32, i32) -> i64`: where the input is, and its length.
    Legacy,
    /// `(i32) -> i64`: the length of the input.
    Length,
}

impl Entry {
    /// Whether a function is an entry point of this form.
    pub(crate) fn is(self, signature: &Signature) -> bool {
        match self {
            Entry::Legacy => signature.is_method(),
            Entry::Length => signature.params == ["i32"] && signature.results == ["i64"],
        }
    }

    /// The form in Wasm's words.
    pub(crate) fn signature(self) -> &'static str {
        match self {
            Entry::Legacy => "(i32, i32) -> i64",
            Entry::Length => "(i32) -> i64",
        }
    }

    /// The form that a module has. One without any entry point counts as legacy.
    pub(crate) fn of(report: &Report) -> Result<Entry, Error> {
        let first = |entry: Entry| {
            report.exports.iter().find_map(|export| match &export.ty {
                ItemType::Func(signature) if entry.is(signature) => Some(export.name.as_str()),
                _ => None,
            })
        };
        match (first(Entry::Legacy), first(Entry::Length)) {
            (Some(legacy), Some(length)) => Err(Error::NotARuntime {
                missing: format!(
                    "it has entry points of both forms, `{legacy}` {} and `{length}` {}",
                    Entry::Legacy.signature(),
                    Entry::Length.signature()
                ),
            }),
            (None, Some(_)) => Ok(Entry::Length),
            (Some(_) | None, None) => Ok(Entry::Legacy),
        }
    }
}

/// The functions of RFC-145 that are here.
pub(crate) fn functions() -> impl Iterator<Item = (&'static str, sp_wasm_interface::Signature)> {
    functions::all().map(|function| (function.name, function.signature()))
}

/// Whether the host has a function of that name under RFC-145 alone.
pub(crate) fn has(name: &str) -> bool {
    functions::all().any(|function| function.name == name)
}

/// The first import that a runtime with entry points of the new form cannot have.
pub(crate) fn check(imports: &[Import]) -> Result<(), BadImport> {
    let host = SubstrateHostFunctions::host_functions();
    for import in imports {
        let refuse = |reason: String| {
            Err(BadImport {
                module: import.module.clone(),
                name: import.name.clone(),
                reason,
                similar: Vec::new(),
            })
        };
        let ItemType::Func(wanted) = &import.ty else {
            return refuse(format!(
                "under RFC-145 a runtime brings its own memory and imports functions alone, but no {}",
                import.ty
            ));
        };
        if import.module == "env"
            && let Some(own) = functions::all().find(|f| f.name == import.name)
        {
            let found = imports::signature(&own.signature());
            if found != *wanted {
                return refuse(format!(
                    "it is declared as {wanted}, but RFC-145 has {found}"
                ));
            }
            continue;
        }
        imports::check_one(import, &host)?;
        if host
            .iter()
            .any(|f| f.name() == import.name && allocates(*f))
        {
            return refuse(
                "it uses the host's allocator, which entry points of RFC-145 exclude".into(),
            );
        }
    }
    Ok(())
}

/// Whether a host function allocates memory on behalf of the runtime: its result is bytes.
fn allocates(function: &dyn Function) -> bool {
    function.name().starts_with("ext_allocator_")
        || function
            .signature()
            .return_value
            .is_some_and(|ty| trace::gives_bytes(function.name(), ty))
}

/// What a call needs beside the state, which is the thread's.
struct Data {
    input: Vec<u8>,
    memory: Option<Memory>,
    limits: StoreLimits,
    version: StateVersion,
    /// The cursor of the last removal that did not come to an end.
    cursor: Option<Vec<u8>>,
}

/// A compiled blob.
pub(crate) struct Module {
    engine: Engine,
    ready: InstancePre<Data>,
    pages: usize,
}

/// The output of a call and what it allocated, or why it did not end well.
type Outcome = Result<(Vec<u8>, Allocations), Ended>;

/// Why a call did not end well.
pub(crate) enum Ended {
    Trap(String, Option<String>),
    BadOutput,
}

impl Module {
    /// Compiles a module whose imports [`check`] has passed.
    pub(crate) fn compile(code: &[u8], report: &Report) -> Result<Module, Error> {
        let refused = |error: wasmtime::Error| Error::Refused {
            reason: format!("{error:#}"),
            features: report.features.clone(),
        };
        let engine = Engine::new(&config()).map_err(refused)?;
        let module = wasmtime::Module::new(&engine, code).map_err(refused)?;
        let mut linker: Linker<Data> = Linker::new(&engine);
        for function in functions::all() {
            let ty = func_type(&engine, &function.signature());
            linker
                .func_new(
                    "env",
                    function.name,
                    ty,
                    move |mut caller, args, results| {
                        invoke(
                            function.name,
                            args,
                            results,
                            function.result,
                            |args: &[Value]| functions::run(function, &mut caller, args),
                        )
                    },
                )
                .map_err(refused)?;
        }
        for function in SubstrateHostFunctions::host_functions() {
            if has(function.name()) || allocates(function) {
                continue;
            }
            let signature = function.signature();
            let ty = func_type(&engine, &signature);
            linker
                .func_new(
                    "env",
                    function.name(),
                    ty,
                    move |mut caller, args, results| {
                        invoke(
                            function.name(),
                            args,
                            results,
                            signature.return_value,
                            |args: &[Value]| functions::plain(function, &mut caller, args),
                        )
                    },
                )
                .map_err(refused)?;
        }
        let ready = linker.instantiate_pre(&module).map_err(refused)?;
        let pages = report
            .memories
            .first()
            .map_or(0, |memory| memory.min as usize);
        Ok(Module {
            engine,
            ready,
            pages,
        })
    }

    /// Calls an entry point on a fresh instance: time, processor time, and how it ended.
    pub(crate) fn call(
        &self,
        state: &mut State,
        method: &str,
        input: &[u8],
    ) -> (Duration, Duration, Outcome) {
        let data = Data {
            input: input.to_vec(),
            memory: None,
            limits: StoreLimitsBuilder::new()
                .memory_size((self.pages + HEAP_PAGES) * PAGE)
                .build(),
            version: state.version(),
            cursor: None,
        };
        let mut store = Store::new(&self.engine, data);
        store.limiter(|data| &mut data.limits);
        state.enter(|ext| {
            let (start, cpu) = (Instant::now(), ThreadTime::now());
            // After a panic the store is dropped unseen.
            let call = AssertUnwindSafe(|| self.call_in(&mut store, method, input.len()));
            let outcome = match with_externalities_safe(ext, call) {
                Ok(outcome) => outcome,
                Err(panic) => Err(Ended::Trap(panic.to_string(), None)),
            };
            let cpu_time = cpu.elapsed();
            (start.elapsed(), cpu_time, outcome)
        })
    }

    fn call_in(
        &self,
        store: &mut Store<Data>,
        method: &str,
        length: usize,
    ) -> Result<(Vec<u8>, Allocations), Ended> {
        let trap = |error: wasmtime::Error| {
            Ended::Trap(
                error.root_cause().to_string(),
                error.downcast_ref().map(backtrace::of_engine),
            )
        };
        let instance = self.ready.instantiate(&mut *store).map_err(trap)?;
        let Some(memory) = instance.get_memory(&mut *store, "memory") else {
            return Err(Ended::Trap("it does not export its memory".into(), None));
        };
        store.data_mut().memory = Some(memory);
        let before = memory.data_size(&*store);
        let entry = instance
            .get_typed_func::<u32, u64>(&mut *store, method)
            .map_err(trap)?;
        let packed = entry.call(&mut *store, length as u32).map_err(trap)?;
        let (at, length) = (packed as u32 as usize, (packed >> 32) as usize);
        let bytes = memory.data(&*store);
        let output = at.checked_add(length).and_then(|end| bytes.get(at..end));
        let output = output.ok_or(Ended::BadOutput)?.to_vec();
        let grown = memory.data_size(&*store) - before;
        Ok((output, Allocations::grown(grown as u32)))
    }
}

/// Calls a host function's body with Wasm's values and takes a note of it.
fn invoke(
    name: &'static str,
    args: &[Val],
    results: &mut [Val],
    result: Option<ValueType>,
    body: impl FnOnce(&[Value]) -> Result<Option<Value>, String>,
) -> wasmtime::Result<()> {
    let args: Vec<Value> = args
        .iter()
        .map(|arg| match arg {
            Val::I64(value) => Value::I64(*value),
            other => Value::I32(other.i32().unwrap_or_default()),
        })
        .collect();
    let outcome = trace::noted(name, &args, || body(&args));
    match (outcome.map_err(wasmtime::Error::msg)?, result, results) {
        (Some(Value::I64(value)), Some(ValueType::I64), [slot]) => *slot = Val::I64(value),
        (Some(Value::I32(value)), Some(ValueType::I32), [slot]) => *slot = Val::I32(value),
        (None, None, []) => {}
        _ => return Err(wasmtime::Error::msg("the result has another type")),
    }
    Ok(())
}

fn func_type(engine: &Engine, signature: &sp_wasm_interface::Signature) -> FuncType {
    let ty = |ty: &ValueType| match ty {
        ValueType::I32 => ValType::I32,
        ValueType::I64 => ValType::I64,
        ValueType::F32 => ValType::F32,
        ValueType::F64 => ValType::F64,
    };
    FuncType::new(
        engine,
        signature.args.iter().map(ty),
        signature.return_value.iter().map(ty),
    )
}

/// The engine as the executor sets it.
fn config() -> Config {
    let mut config = Config::new();
    config
        .cranelift_opt_level(OptLevel::SpeedAndSize)
        .max_wasm_stack(WASM_STACK)
        .wasm_bulk_memory(false)
        .wasm_multi_value(false)
        .wasm_reference_types(false)
        .wasm_simd(false)
        .wasm_relaxed_simd(false)
        .wasm_tail_call(false)
        .wasm_extended_const(false)
        .wasm_multi_memory(false)
        .wasm_memory64(false);
    config
}

/// The memory of the runtime that calls.
fn memory(caller: &Caller<'_, Data>) -> Result<Memory, String> {
    caller
        .data()
        .memory
        .ok_or_else(|| "a host function was called before the entry point".to_owned())
}
