//! The thread on which Wasm runs.
//!
//! Compiled Wasm runs on the native stack of its thread, and the executor grants it 1 MiB: as
//! much as the whole main thread has on Windows, half of what a test's thread has. So each run
//! gets a thread of its own with a stack of known size. The same thread keeps quiet when host
//! code panics, since that panic is caught and reported as an error.
//!
//! Runs within a run share its thread. Whoever compares times makes one run of all of it: which
//! processor a new thread gets is chance, and on another one than that of the last call the same
//! call takes two or three times as long, since each change of its mappings then has to be made
//! known to both. A new thread's stack is fresh memory too, whose first touch would count.

use std::any::Any;
use std::cell::Cell;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Once;
use std::thread;

use crate::error::Error;

thread_local! {
    /// Set on threads whose panics are caught and reported.
    static QUIET: Cell<bool> = const { Cell::new(false) };
    /// Bytes of stack of a thread that [`run`] made.
    static GRANTED: Cell<usize> = const { Cell::new(0) };
}

/// Runs `work` on a thread with a stack of `stack` bytes and waits for it. A panic comes back as
/// [`Error::Refused`], with its message. Within another run with as large a stack, `work` runs on
/// that one's thread.
pub(crate) fn run<R: Send, E: From<Error> + Send>(
    stack: usize,
    work: impl FnOnce() -> Result<R, E> + Send,
) -> Result<R, E> {
    if GRANTED.get() >= stack {
        // Nothing that `work` borrows is looked at again after a panic, or it says so.
        return panic::catch_unwind(AssertUnwindSafe(work))
            .unwrap_or_else(|payload| Err(panicked(payload.as_ref()).into()));
    }
    keep_quiet();
    thread::scope(|scope| {
        let handle = thread::Builder::new()
            .name("wasm".into())
            .stack_size(stack)
            .spawn_scoped(scope, || {
                QUIET.set(true);
                GRANTED.set(stack);
                panic::catch_unwind(AssertUnwindSafe(work))
            })
            .map_err(|error| Error::Unavailable {
                reason: format!("the system gives no thread: {error}"),
            })?;
        match handle.join() {
            Ok(Ok(result)) => result,
            Ok(Err(payload)) | Err(payload) => Err(panicked(payload.as_ref()).into()),
        }
    })
}

/// A panic as an error.
fn panicked(payload: &(dyn Any + Send)) -> Error {
    let text = payload
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| payload.downcast_ref::<&'static str>().copied())
        .unwrap_or("no message");
    Error::Refused {
        reason: format!("the executor panicked: {text}"),
        features: Vec::new(),
    }
}

/// Makes the process's panic hook pass over threads that are marked quiet.
fn keep_quiet() {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let previous = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            if !QUIET.get() {
                previous(info);
            }
        }));
    });
}
