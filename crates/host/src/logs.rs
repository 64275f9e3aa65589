//! What a runtime says through `ext_logging_log`, caught on its way to the `log` crate.
//!
//! `sp-io` hands the lines of a runtime to the process-wide logger of the `log` crate. A small
//! logger is registered there on first use; it gives each record to the call that runs on the
//! same thread, and drops it where none does. Where the process has a logger of its own, that
//! one stays, gets the lines, and calls report none.
//!
//! The level at which lines are made is also a matter of the whole process: while several calls
//! run at once, `ext_logging_max_level` tells each of them the most talkative level in force.
//! What is more than a call asked for is left out of its lines all the same.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::fmt;
use std::sync::{Arc, Mutex, Once, PoisonError};

use serde::Serialize;

/// Most lines kept for one call. A runtime that logs in a loop would fill the memory otherwise;
/// the newest stay, since a panic's message comes last.
const MAX_LINES: usize = 10_000;

/// How grave a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum LogLevel {
    /// Something failed; a runtime's panics have this level.
    Error,
    /// Something is odd.
    Warn,
    /// Worth knowing.
    Info,
    /// For developers.
    Debug,
    /// For developers who look for something.
    Trace,
}

impl fmt::Display for LogLevel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            LogLevel::Error => "error",
            LogLevel::Warn => "warn",
            LogLevel::Info => "info",
            LogLevel::Debug => "debug",
            LogLevel::Trace => "trace",
        })
    }
}

impl From<log::Level> for LogLevel {
    fn from(level: log::Level) -> Self {
        match level {
            log::Level::Error => LogLevel::Error,
            log::Level::Warn => LogLevel::Warn,
            log::Level::Info => LogLevel::Info,
            log::Level::Debug => LogLevel::Debug,
            log::Level::Trace => LogLevel::Trace,
        }
    }
}

impl From<LogLevel> for log::LevelFilter {
    fn from(level: LogLevel) -> Self {
        match level {
            LogLevel::Error => log::LevelFilter::Error,
            LogLevel::Warn => log::LevelFilter::Warn,
            LogLevel::Info => log::LevelFilter::Info,
            LogLevel::Debug => log::LevelFilter::Debug,
            LogLevel::Trace => log::LevelFilter::Trace,
        }
    }
}

/// One line that the runtime logged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LogLine {
    /// How grave it is.
    pub level: LogLevel,
    /// The part of the runtime that speaks, as named by itself.
    pub target: String,
    /// What it says; may hold line breaks.
    pub message: String,
}

impl fmt::Display for LogLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}: {}", self.level, self.target, self.message)
    }
}

/// Gets each line while the call runs, on the thread of the call.
pub type LogSink = Arc<dyn Fn(&LogLine) + Send + Sync>;

/// The lines of the call that runs on this thread.
struct Listener {
    level: LogLevel,
    lines: VecDeque<LogLine>,
    sink: Option<LogSink>,
}

thread_local! {
    static LISTENER: RefCell<Option<Listener>> = const { RefCell::new(None) };
}

/// Runs `call` and returns, beside its result, what was logged meanwhile on this thread down to
/// `level`. The same level is what `ext_logging_max_level` tells the runtime.
pub(crate) fn collect<R>(
    level: LogLevel,
    sink: Option<LogSink>,
    call: impl FnOnce() -> R,
) -> (R, Vec<LogLine>) {
    static REGISTER: Once = Once::new();
    REGISTER.call_once(|| {
        // An error means that the process has a logger already, which stays in charge.
        let _ = log::set_logger(&Forwarder);
    });
    LISTENER.set(Some(Listener {
        level,
        lines: VecDeque::new(),
        sink,
    }));
    let in_force = InForce::enter(level);
    let result = call();
    drop(in_force);
    let lines = LISTENER
        .take()
        .map(|listener| listener.lines.into())
        .unwrap_or_default();
    (result, lines)
}

/// Levels of the calls that run now, in no order.
static LEVELS: Mutex<Vec<LogLevel>> = Mutex::new(Vec::new());

/// Keeps a level in force while it lives.
struct InForce(LogLevel);

impl InForce {
    fn enter(level: LogLevel) -> InForce {
        InForce::change(|levels| levels.push(level));
        InForce(level)
    }

    fn change(change: impl FnOnce(&mut Vec<LogLevel>)) {
        // The list is whole after each change, so a panic elsewhere has not spoiled it.
        let mut levels = LEVELS.lock().unwrap_or_else(PoisonError::into_inner);
        change(&mut levels);
        let most = levels.iter().max().copied();
        log::set_max_level(most.map_or(log::LevelFilter::Off, log::LevelFilter::from));
    }
}

impl Drop for InForce {
    fn drop(&mut self) {
        InForce::change(|levels| {
            if let Some(at) = levels.iter().position(|level| *level == self.0) {
                levels.swap_remove(at);
            }
        });
    }
}

/// The process-wide logger: gives records to the listener of the current thread.
struct Forwarder;

impl log::Log for Forwarder {
    fn enabled(&self, metadata: &log::Metadata<'_>) -> bool {
        LISTENER.with_borrow(|listener| {
            listener
                .as_ref()
                .is_some_and(|l| LogLevel::from(metadata.level()) <= l.level)
        })
    }

    fn log(&self, record: &log::Record<'_>) {
        // `sp-io` logs in the runtime's name. What the engine and the executor have to say about
        // themselves matters only where it is a warning.
        let by_runtime = record
            .module_path()
            .is_some_and(|path| path.starts_with("sp_io"));
        if !self.enabled(record.metadata()) || (!by_runtime && record.level() > log::Level::Warn) {
            return;
        }
        let line = LogLine {
            level: record.level().into(),
            target: record.target().to_owned(),
            message: record.args().to_string(),
        };
        // The borrow ends before the sink runs: a sink may log.
        let sink = LISTENER.with_borrow(|l| l.as_ref().and_then(|l| l.sink.clone()));
        if let Some(sink) = sink {
            sink(&line);
        }
        LISTENER.with_borrow_mut(|listener| {
            if let Some(listener) = listener {
                if listener.lines.len() == MAX_LINES {
                    listener.lines.pop_front();
                }
                listener.lines.push_back(line);
            }
        });
    }

    fn flush(&self) {}
}
