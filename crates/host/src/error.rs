//! What can go wrong with a blob, worded for the person who made it.
//!
//! `Display` says what happened in one line, without a full stop; [`Error::help`] says what to
//! try next. Nothing here refers to the executor's own error texts except where they are the
//! only source of the reason.

use crate::logs::LogLine;

/// Why a blob could not be loaded, inspected or run.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// The bytes are no Wasm module at all.
    #[error("not a WebAssembly module: {found}")]
    NotWasm {
        /// What the bytes look like instead.
        found: String,
    },

    /// The bytes carry the prefix of a compressed blob but do not decompress within the limit.
    #[error("the compressed blob cannot be read: {reason}")]
    BadCompression {
        /// What the decompressor found.
        reason: String,
    },

    /// The module starts like Wasm but does not validate, whatever features are allowed.
    #[error("invalid WebAssembly module: {reason} (at byte 0x{offset:x})")]
    InvalidModule {
        /// The validator's reason.
        reason: String,
        /// Where in the uncompressed module, in bytes.
        offset: u64,
    },

    /// An import that Polkadot's host does not have.
    #[error("{0}")]
    BadImport(Box<BadImport>),

    /// The module lacks something that every runtime must export.
    #[error("not a Polkadot runtime: {missing}")]
    NotARuntime {
        /// What is missing or has the wrong type.
        missing: String,
    },

    /// The module is valid, but the executor does not take it.
    #[error("Polkadot's executor refuses the module: {reason}")]
    Refused {
        /// The executor's reason.
        reason: String,
        /// Features beyond the Wasm MVP that the module uses; they are the usual cause.
        features: Vec<String>,
    },

    /// The module exports no function of that name.
    #[error("the blob has no method `{method}`")]
    MissingMethod {
        /// The method that was asked for.
        method: String,
        /// The exported functions that can be called, in the module's order.
        available: Vec<String>,
    },

    /// An export of that name exists, but it cannot be called as a runtime method.
    #[error("`{method}` is exported as {found}, but a runtime method must be a function {wanted}")]
    BadSignature {
        /// The method that was asked for.
        method: String,
        /// What is exported under that name.
        found: String,
        /// The form that the module's methods have.
        wanted: &'static str,
    },

    /// The allocator of the host has no room for the input.
    #[error("the input of {size} bytes does not fit the host's allocator: {reason}")]
    InputTooLarge {
        /// Length of the input in bytes.
        size: usize,
        /// The allocator's reason.
        reason: String,
    },

    /// The method returned a (pointer, length) pair that is not inside its memory.
    #[error("`{method}` returned an output that lies outside its memory")]
    BadOutput {
        /// The method that was called.
        method: String,
    },

    /// The call began and did not end well.
    #[error("{0}")]
    Trap(Box<Trap>),

    /// The answer of `Core_version` is no SCALE-encoded `RuntimeVersion`.
    #[error("this is not a SCALE-encoded RuntimeVersion: {reason}")]
    BadVersion {
        /// The decoder's reason.
        reason: String,
    },

    /// The module cannot be started as a WASI preview 1 program.
    #[error("not a WASI preview 1 program: {reason}")]
    NotAProgram {
        /// What is missing, or what the linker said.
        reason: String,
    },

    /// A folder that was to be opened for the program cannot be.
    #[error("cannot open the folder {path} for the program: {reason}")]
    Folder {
        /// The folder on this machine.
        path: String,
        /// The operating system's reason.
        reason: String,
    },

    /// This machine did not give what a run needs (a thread, an engine for its processor).
    #[error("cannot run WebAssembly here: {reason}")]
    Unavailable {
        /// What failed.
        reason: String,
    },
}

/// An import that Polkadot's host does not have.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("cannot import `{module}.{name}`: {reason}")]
pub struct BadImport {
    /// Module part of the import.
    pub module: String,
    /// Name part of the import.
    pub name: String,
    /// Why the host does not provide it.
    pub reason: String,
    /// Host functions that may have been meant, in the host's order; often another version.
    pub similar: Vec<String>,
}

/// A call that began and did not end well.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{method}` trapped: {message}")]
pub struct Trap {
    /// The method that was called, `_start` for a WASI program.
    pub method: String,
    /// What the engine or the panicking host function said.
    pub message: String,
    /// The stack in the Wasm module, innermost frame first, one a line, at most 64; named where
    /// the blob has a name section.
    pub backtrace: Option<String>,
    /// What the runtime logged until then, the oldest first: a runtime that panics logs its
    /// message, then traps.
    pub logs: Vec<LogLine>,
}

impl Error {
    /// What to do next, as one sentence without a full stop; `None` where the message says all.
    pub fn help(&self) -> Option<String> {
        match self {
            Error::NotWasm { .. } => {
                Some("give a .wasm file, for example one made by `polkago build`".into())
            }
            Error::BadCompression { .. } => {
                Some("the file is damaged or was cut off: build it or fetch it again".into())
            }
            Error::InvalidModule { .. } => {
                Some("the file is damaged or was cut off: build it again".into())
            }
            Error::BadImport(import) => Some(import.help()),
            Error::NotARuntime { .. } => Some(
                "build it with `--target polkadot`; a program with `func main` runs with \
                 `polkago run`"
                    .into(),
            ),
            Error::Refused { features, .. } if !features.is_empty() => Some(format!(
                "it uses {}, and the executor takes little beyond the Wasm MVP: switch {} off in \
                 the compiler that made it",
                features.join(", "),
                if features.len() == 1 { "it" } else { "them" },
            )),
            Error::Refused { .. } => None,
            Error::MissingMethod { method, available } => Some(missing_help(method, available)),
            Error::BadSignature { .. } => Some(
                "a method takes the input's pointer and length and returns both of the output \
                 packed into 64 bits"
                    .into(),
            ),
            Error::InputTooLarge { .. } => {
                Some("one allocation of Polkadot's host holds at most 32 MiB".into())
            }
            Error::BadOutput { .. } => Some(
                "the low 32 bits of the result are the output's address, the high 32 bits its \
                 length"
                    .into(),
            ),
            Error::Trap(trap) if trap.logs.is_empty() && trap.backtrace.is_some() => {
                Some("the stack shows names if the blob was built without `--strip`".into())
            }
            Error::Trap(_) => None,
            Error::BadVersion { .. } => {
                Some("see what the blob returned with `polkago call BLOB Core_version`".into())
            }
            Error::NotAProgram { .. } => Some(
                "build it with `--target wasip1`; a runtime's methods are called with \
                 `polkago call`"
                    .into(),
            ),
            Error::Folder { .. } | Error::Unavailable { .. } => None,
        }
    }

    /// What the runtime logged before the error, the oldest first; empty unless it is a trap.
    pub fn logs(&self) -> &[LogLine] {
        match self {
            Error::Trap(trap) => &trap.logs,
            _ => &[],
        }
    }
}

impl Trap {
    /// A trap in the engine's words, without what is the same in each of them.
    pub(crate) fn new(
        method: String,
        message: &str,
        backtrace: Option<String>,
        logs: Vec<LogLine>,
    ) -> Trap {
        Trap {
            method,
            message: message
                .strip_prefix("wasm trap: ")
                .unwrap_or(message)
                .to_owned(),
            backtrace,
            logs,
        }
    }
}

impl BadImport {
    fn help(&self) -> String {
        if self.module != "env" {
            return "a runtime imports from the module `env` alone; a WASI program runs with \
                    `polkago run`"
                .into();
        }
        if self.similar.is_empty() {
            return "host functions are listed in the Polkadot specification, appendix B".into();
        }
        format!("the host has {}", self.similar.join(", "))
    }
}

fn missing_help(method: &str, available: &[String]) -> String {
    if available.is_empty() {
        return "it exports no method at all: mark a function with `//go:wasmexport NAME`".into();
    }
    match available
        .iter()
        .find(|name| name.eq_ignore_ascii_case(method))
    {
        Some(name) => format!("did you mean `{name}`?"),
        None => format!("it has {}", available.join(", ")),
    }
}
