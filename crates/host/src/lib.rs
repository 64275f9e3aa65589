//! Running blobs: Polkadot's own executor, with what a developer needs around it.
//!
//! A *blob* is a Wasm module that implements a Polkadot runtime (or a program for WASI
//! preview 1). This crate loads it, says what it holds, and runs it. The executor is
//! `sc-executor`'s, the host functions are `sp-io`'s and the state is `sp-state-machine`'s, the
//! same code that a node runs: nothing of the host is written by hand here. (What the executor
//! does not have yet, the host functions of RFC-145, stands in `rfc145/` on top of it.)
//!
//! | file | what it answers |
//! | --- | --- |
//! | [`Blob`] (`blob.rs`) | is this a Wasm module, and what are its bytes once decompressed? |
//! | [`inspect()`] (`inspect.rs`, `features.rs`) | what does it import, export and need? |
//! | [`host_functions()`] (`imports.rs`) | does Polkadot's host have what it imports? |
//! | [`Runtime`] (`executor.rs`) | what does a call answer, how long did it take, what did it log? |
//! | [`OffchainWorker`] (`offchain.rs`) | what does an offchain worker find? |
//! | [`State`] (`state.rs`) | which storage does a call see? |
//! | [`RuntimeVersion`] (`version.rs`) | what does `Core_version` say? |
//! | [`LogLine`] (`logs.rs`) | what did the runtime say? |
//! | [`bench`] | how long do calls and blocks take, one blob compared with another? |
//! | [`chain`] | how does a chain begin, how are blocks built and executed? |
//! | `backtrace.rs` | where in the module did it trap? |
//! | [`HostCall`] (`trace.rs`) | which host functions did it call, and how long did they take? |
//! | `rfc145/` | how does a runtime run that has an allocator of its own? |
//! | `thread.rs` | on which stack does Wasm run? |
//! | [`wasip1`] | how does an ordinary program run and end? |
//! | [`Error`] (`error.rs`) | what went wrong, and what should the user try? |
//!
//! # Invariants
//!
//! - The crate knows nothing of the compiler: bytes come in, values go out. It prints nothing,
//!   except what a program run with [`wasip1::Stdio::Inherit`] prints itself.
//! - No blob makes it panic, whatever its bytes: everything is validated before the executor
//!   sees it, and a panic inside the executor or a host function becomes an [`Error`].
//! - Each call runs on a fresh instance, as in a node. [`Runtime::compile`] pays for compilation
//!   once, and the time reported for a call does not contain it.
//! - One Wasm engine: `wasip1` runs on the release of `wasmtime` that the executor brings.
//!
//! # Example
//!
//! ```no_run
//! use polkago_host::{Blob, CallOptions, Runtime, RuntimeVersion, State};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let blob = Blob::from_bytes(&std::fs::read("hello.wasm")?)?;
//! let runtime = Runtime::compile(&blob)?;
//! let mut state = State::new(&blob);
//! let answer = runtime.call(&mut state, "Core_version", &[], &CallOptions::default())?;
//! println!("{} in {:?}", RuntimeVersion::decode(&answer.output)?, answer.time);
//! # Ok(())
//! # }
//! ```

mod backtrace;
pub mod bench;
mod blob;
pub mod chain;
mod error;
mod executor;
mod faults;
mod features;
mod imports;
mod inspect;
mod logs;
mod offchain;
mod rfc145;
mod state;
mod thread;
mod trace;
mod version;
pub mod wasip1;

pub use blob::Blob;
pub use error::{BadImport, Error, Trap};
pub use executor::{Allocations, Answer, CallOptions, Repeated, Runtime};
pub use imports::{host_functions, rfc145_functions};
pub use inspect::{Export, Import, ItemType, Limits, Report, Section, Signature, inspect};
pub use logs::{LogLevel, LogLine, LogSink};
pub use offchain::{HttpExchange, OffchainWorker};
pub use state::{Entries, Entry, State};
pub use trace::{HostCall, HostValue};
pub use version::{ApiVersion, RuntimeVersion};
