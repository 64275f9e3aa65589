//! Host calls as they happen: which function, how large its arguments and result, how long.
//!
//! [`Traced`] stands in for a set of host functions. It registers one closure for each, which
//! asks the function's own dynamic form and takes notes for the call that runs on the same
//! thread. The engine needs the Wasm types of a closure at compile time, so the signatures that
//! host functions have are listed; a test holds the list complete.

use std::cell::RefCell;
use std::marker::PhantomData;
use std::time::{Duration, Instant};

use serde::Serialize;
use sp_wasm_interface::{
    Function, FunctionContext, HostFunctionRegistry, HostFunctions, Value, ValueType,
};
use wasmtime::Caller;

/// Most calls that are kept of one trace; what comes after is only counted.
const MAX_CALLS: usize = 1_000_000;

/// One call of a host function.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct HostCall {
    /// The function's name.
    pub name: &'static str,
    /// What it was given.
    pub args: Vec<HostValue>,
    /// What it gave back; `None` where it has no result or did not return.
    pub result: Option<HostValue>,
    /// Why it did not return, where it failed.
    pub error: Option<String>,
    /// Time spent in the host.
    pub time: Duration,
}

/// An argument or result of a host function.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum HostValue {
    /// A number, a flag or a handle.
    Number(i64),
    /// Bytes in the runtime's memory, by their length.
    Bytes(u32),
}

/// The host functions `H`, with notes taken.
pub(crate) struct Traced<H>(PhantomData<fn() -> H>);

thread_local! {
    static CALLS: RefCell<Option<Vec<HostCall>>> = const { RefCell::new(None) };
}

/// Does `work` and returns, beside its result, the host calls made on this thread meanwhile.
pub(crate) fn record<R>(work: impl FnOnce() -> R) -> (R, Vec<HostCall>) {
    CALLS.set(Some(Vec::new()));
    let result = work();
    (result, CALLS.take().unwrap_or_default())
}

impl<H: HostFunctions> HostFunctions for Traced<H> {
    fn host_functions() -> Vec<&'static dyn Function> {
        H::host_functions()
    }

    fn register_static<T: HostFunctionRegistry>(registry: &mut T) -> Result<(), T::Error> {
        for function in H::host_functions() {
            register(registry, function)?;
        }
        Ok(())
    }
}

/// Calls a host function and takes a note of it.
fn call(
    function: &'static dyn Function,
    context: &mut dyn FunctionContext,
    args: &[Value],
) -> Result<Option<Value>, wasmtime::Error> {
    noted(function.name(), args, || {
        function.execute(context, &mut args.iter().copied())
    })
    .map_err(wasmtime::Error::msg)
}

/// Does what a host function does and takes a note of it.
pub(crate) fn noted(
    name: &'static str,
    args: &[Value],
    body: impl FnOnce() -> Result<Option<Value>, String>,
) -> Result<Option<Value>, String> {
    let start = Instant::now();
    let outcome = body();
    let time = start.elapsed();
    CALLS.with_borrow_mut(|calls| {
        let Some(calls) = calls else { return };
        if calls.len() < MAX_CALLS {
            calls.push(note(name, args, &outcome, time));
        }
    });
    outcome
}

/// Whether the result of a host function stands for bytes in memory.
pub(crate) fn gives_bytes(name: &str, ty: ValueType) -> bool {
    let value = match ty {
        ValueType::I64 => Value::I64(0),
        ValueType::I32 | ValueType::F32 | ValueType::F64 => Value::I32(0),
    };
    matches!(describe(name, None, &value), HostValue::Bytes(_))
}

fn note(
    name: &'static str,
    args: &[Value],
    outcome: &Result<Option<Value>, String>,
    time: Duration,
) -> HostCall {
    HostCall {
        name,
        args: args
            .iter()
            .enumerate()
            .map(|(at, value)| describe(name, Some(at), value))
            .collect(),
        result: match outcome {
            Ok(Some(value)) => Some(describe(name, None, value)),
            Ok(None) | Err(_) => None,
        },
        error: outcome.as_ref().err().cloned(),
        time,
    }
}

/// What a Wasm value stands for. An `i64` is a length above a pointer but where a function takes
/// or gives a plain number, and an `i32` is a number but where it points to bytes of a known
/// size (Polkadot specification, appendix B). `at` is the argument's place, `None` for a result.
fn describe(name: &str, at: Option<usize>, value: &Value) -> HostValue {
    match *value {
        Value::I64(number) if plain_i64(name, at) => HostValue::Number(number),
        Value::I64(span) => HostValue::Bytes((span as u64 >> 32) as u32),
        Value::I32(number) => match pointee(name, at) {
            Some(size) => HostValue::Bytes(size),
            None => HostValue::Number(number.into()),
        },
        // No host function has them.
        Value::F32(bits) => HostValue::Number(bits.into()),
        Value::F64(bits) => HostValue::Number(bits as i64),
    }
}

/// Whether an `i64` of a function is a number.
fn plain_i64(name: &str, at: Option<usize>) -> bool {
    let span_id = name.starts_with("ext_wasm_tracing_enter_span_") && at.is_none();
    // Lengths and limits of functions that write into the runtime's buffers (RFC-145).
    let length = at.is_none()
        && [
            "ext_storage_read_version_2",
            "ext_default_child_storage_read_version_2",
        ]
        .contains(&name);
    let version = name == "ext_misc_runtime_version_version_2" && at.is_none();
    if span_id || length || version {
        return true;
    }
    [
        "ext_misc_print_num_",
        "ext_offchain_timestamp_",
        "ext_offchain_sleep_until_",
        "ext_wasm_tracing_exit_",
    ]
    .iter()
    .any(|prefix| name.starts_with(prefix))
}

/// Size of what an `i32` points to.
fn pointee(name: &str, at: Option<usize>) -> Option<u32> {
    if name.starts_with("ext_hashing_") {
        let bits = ["512", "256", "128", "64"]
            .iter()
            .find(|bits| name.contains(&format!("_{bits}_")))?;
        return match at {
            None => Some(bits.parse::<u32>().ok()? / 8),
            Some(_) => None,
        };
    }
    if name == "ext_offchain_random_seed_version_1" {
        return Some(32);
    }
    if name.starts_with("ext_trie_") {
        // Roots are results, and the first argument of proofs' verification.
        return match at {
            None if !name.contains("verify") => Some(32),
            Some(0) if name.contains("verify") => Some(32),
            None | Some(_) => None,
        };
    }
    let crypto = name.strip_prefix("ext_crypto_")?;
    let (signature, public) = match crypto.split('_').next()? {
        "ed25519" | "sr25519" => (64, 32),
        "ecdsa" => (65, 33),
        "secp256k1" => (65, 32),
        _ => return None,
    };
    match at {
        None if crypto.contains("generate") => Some(public),
        // Key type identifiers.
        Some(0)
            if ["generate", "sign", "public_keys"]
                .iter()
                .any(|f| crypto.contains(f)) =>
        {
            Some(4)
        }
        Some(0) => Some(signature),
        Some(1) if crypto.starts_with("secp256k1") => Some(32),
        Some(1 | 2) => Some(public),
        None | Some(_) => None,
    }
}

/// A type of Wasm that host functions use.
trait Wasm: Copy {
    fn into_value(self) -> Value;
    fn from_value(value: Option<Value>) -> Option<Self>
    where
        Self: Sized;
}

impl Wasm for i32 {
    fn into_value(self) -> Value {
        Value::I32(self)
    }
    fn from_value(value: Option<Value>) -> Option<Self> {
        value.and_then(|v| v.as_i32())
    }
}

impl Wasm for i64 {
    fn into_value(self) -> Value {
        Value::I64(self)
    }
    fn from_value(value: Option<Value>) -> Option<Self> {
        value.and_then(|v| match v {
            Value::I64(v) => Some(v),
            Value::I32(_) | Value::F32(_) | Value::F64(_) => None,
        })
    }
}

impl Wasm for () {
    fn into_value(self) -> Value {
        Value::I32(0)
    }
    fn from_value(value: Option<Value>) -> Option<Self> {
        value.is_none().then_some(())
    }
}

/// Which signatures there are, as a function that registers a closure of the right one.
macro_rules! signatures {
    ($(($($arg:ident: $ty:ident),*) -> $result:tt;)*) => {
        fn register<T: HostFunctionRegistry>(
            registry: &mut T,
            function: &'static dyn Function,
        ) -> Result<(), T::Error> {
            use ValueType::{I32 as i32, I64 as i64};
            let signature = function.signature();
            let args: &[ValueType] = &signature.args;
            let result = signature.return_value;
            $(if *args == [$($ty),*] && result == signatures!(@value $result) {
                return registry.register_static(function.name(), signatures!(@closure T, function, ($($arg: $ty),*), $result));
            })*
            // Where a blob imports such a function, the executor refuses it by name.
            Ok(())
        }

        #[cfg(test)]
        fn has_signature(function: &dyn Function) -> bool {
            use ValueType::{I32 as i32, I64 as i64};
            let signature = function.signature();
            let (args, result): (&[ValueType], _) = (&signature.args, signature.return_value);
            $((*args == [$($ty),*] && result == signatures!(@value $result)))||*
        }
    };
    (@value ()) => { None };
    (@value $ty:ident) => { Some($ty) };
    (@closure $T:ident, $function:ident, ($($arg:ident: $ty:ident),*), $result:tt) => {
        move |caller: Caller<'_, $T::State> $(, $arg: signatures!(@rust $ty))*|
            -> Result<signatures!(@rust $result), wasmtime::Error> {
            $T::with_function_context(caller, |context| {
                let result = call($function, context, &[$($arg.into_value()),*])?;
                Wasm::from_value(result)
                    .ok_or_else(|| wasmtime::Error::msg("the host function's result has another type"))
            })
        }
    };
    (@rust ()) => { () };
    (@rust i32) => { std::primitive::i32 };
    (@rust i64) => { std::primitive::i64 };
}

signatures! {
    () -> ();
    () -> i32;
    () -> i64;
    (a: i32) -> ();
    (a: i32) -> i32;
    (a: i32) -> i64;
    (a: i64) -> ();
    (a: i64) -> i32;
    (a: i64) -> i64;
    (a: i32, b: i32) -> ();
    (a: i32, b: i32) -> i32;
    (a: i32, b: i32) -> i64;
    (a: i32, b: i64) -> ();
    (a: i32, b: i64) -> i32;
    (a: i32, b: i64) -> i64;
    (a: i64, b: i32) -> ();
    (a: i64, b: i32) -> i32;
    (a: i64, b: i32) -> i64;
    (a: i64, b: i64) -> ();
    (a: i64, b: i64) -> i32;
    (a: i64, b: i64) -> i64;
    (a: i32, b: i32, c: i32) -> ();
    (a: i32, b: i32, c: i32) -> i32;
    (a: i32, b: i32, c: i32) -> i64;
    (a: i32, b: i32, c: i64) -> i64;
    (a: i32, b: i64, c: i32) -> i32;
    (a: i32, b: i64, c: i64) -> ();
    (a: i32, b: i64, c: i64) -> i32;
    (a: i32, b: i64, c: i64) -> i64;
    (a: i64, b: i64, c: i32) -> i64;
    (a: i64, b: i64, c: i64) -> ();
    (a: i64, b: i64, c: i64) -> i32;
    (a: i64, b: i64, c: i64) -> i64;
    (a: i32, b: i64, c: i64, d: i64) -> i32;
    (a: i32, b: i64, c: i64, d: i32) -> i32;
    (a: i64, b: i64, c: i64, d: i32) -> i64;
    (a: i64, b: i64, c: i64, d: i64) -> i64;
    (a: i32, b: i64, c: i64, d: i32, e: i32) -> i32;
    (a: i32, b: i64, c: i64, d: i64, e: i32) -> i32;
}

#[cfg(test)]
mod tests {
    use super::*;
    use sp_io::SubstrateHostFunctions;

    #[test]
    fn every_host_function_can_be_traced() {
        let missing: Vec<String> = SubstrateHostFunctions::host_functions()
            .into_iter()
            .filter(|function| !has_signature(*function))
            .map(|function| format!("{} {:?}", function.name(), function.signature()))
            .collect();
        assert!(missing.is_empty(), "{}", missing.join("\n"));
    }

    #[test]
    fn sizes_are_known() {
        let bytes = |n| HostValue::Bytes(n);
        let span = Value::I64(0x20_0000_1000);
        let verify = "ext_crypto_sr25519_verify_version_2";
        assert_eq!(describe(verify, Some(0), &Value::I32(9)), bytes(64));
        assert_eq!(describe(verify, Some(1), &span), bytes(32));
        assert_eq!(describe(verify, Some(2), &Value::I32(9)), bytes(32));
        assert_eq!(describe(verify, None, &Value::I32(1)), HostValue::Number(1));
        let hash = "ext_hashing_blake2_256_version_1";
        assert_eq!(describe(hash, None, &Value::I32(9)), bytes(32));
        let print = "ext_misc_print_num_version_1";
        assert_eq!(
            describe(print, Some(0), &Value::I64(7)),
            HostValue::Number(7)
        );
    }
}
