//! Panics of the compiler under test, kept for the report instead of printed.

use std::sync::{Mutex, PoisonError};
use std::thread::ThreadId;

/// The panics since [`forget`], with their threads.
static PANICS: Mutex<Vec<(ThreadId, String)>> = Mutex::new(Vec::new());

/// From now on panics are kept instead of printed.
pub fn keep() {
    std::panic::set_hook(Box::new(|info| {
        let payload = info.payload();
        let message = match (
            payload.downcast_ref::<&str>(),
            payload.downcast_ref::<String>(),
        ) {
            (Some(text), _) => text,
            (None, Some(text)) => text.as_str(),
            (None, None) => "no message",
        };
        let first = message.lines().next().unwrap_or_default();
        let place = match info.location() {
            Some(place) => format!("{first} ({}:{})", place.file(), place.line()),
            None => first.to_owned(),
        };
        let entry = (std::thread::current().id(), place);
        PANICS
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(entry);
    }));
}

/// Forgets this thread's panics.
pub fn forget() {
    let thread = std::thread::current().id();
    PANICS
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .retain(|(of, _)| *of != thread);
}

/// The last panic: this thread's if it had one, else the last of any, since the compiler has threads of its own.
pub fn last() -> String {
    let thread = std::thread::current().id();
    let panics = PANICS.lock().unwrap_or_else(PoisonError::into_inner);
    let own = panics.iter().rev().find(|(of, _)| *of == thread);
    own.or(panics.last())
        .map_or_else(String::new, |(_, text)| text.clone())
}
