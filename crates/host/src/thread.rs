//! The thread on which Wasm runs.
//!
//! Compiled Wasm runs on the native stack of its thread, and the executor grants it 1 MiB: as
//! much as the whole main thread has on Windows, half of what a test's thread has. So each run
//! gets a thread of its own with a stack of known size. The same thread keeps quiet when host
//! code panics, since that panic is caught and reported as an error.

use std::any::Any;
use std::cell::Cell;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Once;
use std::thread;

use crate::error::Error;

thread_local! {
    /// Set on threads whose panics are caught and reported.
    static QUIET: Cell<bool> = const { Cell::new(false) };
}

/// Runs `work` on a thread with a stack of `stack` bytes and waits for it. A panic comes back as
/// [`Error::Refused`], with its message.
pub(crate) fn run<R: Send>(
    stack: usize,
    work: impl FnOnce() -> Result<R, Error> + Send,
) -> Result<R, Error> {
    keep_quiet();
    thread::scope(|scope| {
        let handle = thread::Builder::new()
            .name("wasm".into())
            .stack_size(stack)
            .spawn_scoped(scope, || {
                QUIET.set(true);
                // Nothing that `work` borrows is looked at again after a panic, or it says so.
                panic::catch_unwind(AssertUnwindSafe(work))
            })
            .map_err(|error| Error::Unavailable {
                reason: format!("the system gives no thread: {error}"),
            })?;
        match handle.join() {
            Ok(Ok(result)) => result,
            Ok(Err(payload)) | Err(payload) => Err(Error::Refused {
                reason: message(payload.as_ref()),
                features: Vec::new(),
            }),
        }
    })
}

/// The text of a panic.
fn message(payload: &(dyn Any + Send)) -> String {
    let text = payload
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| payload.downcast_ref::<&'static str>().copied())
        .unwrap_or("no message");
    format!("the executor panicked: {text}")
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
