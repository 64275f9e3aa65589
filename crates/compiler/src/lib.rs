//! The compiler's one API: a [`Session`] turns packages into diagnostics or a Wasm module.
//!
//! The command line, the test suites and other tools use this crate and none of those behind it. It joins the
//! stages (`project` → `syntax` → `types` → `lower` → `opt` → `wasm`), gives their findings one form
//! ([`Diagnostic`]), measures them ([`Timings`]) and carries the Go sources that every program needs.
//!
//! Invariants: it never prints and never ends the process; whatever the sources hold, a build gives an artifact or
//! diagnostics; the artifact depends on the sources and options alone.

mod cache;
mod diagnostic;
mod embedded;
mod explain;
mod findings;
mod front;
mod generate;
mod json;
mod licenses;
mod other_builds;
mod places;
pub mod render;
mod schedule;
mod session;
mod test_main;
mod tests;
mod timings;

pub use diagnostic::{Diagnostic, Place, Severity, TOO_MANY_ERRORS};
pub use embedded::sdk_files;
pub use explain::{Explanation, explain, explanations};
pub use generate::{GenerateReport, GeneratedFile};
pub use json::JsonDiagnostic;
pub use licenses::{Licensed, Notice};
pub use polkago_project::{Environment, NoProgress, Progress};
pub use session::{
    Artifact, BuildOptions, CheckReport, CheckTarget, Failure, Gc, NarrowIntLevel, OptLevel,
    Profile, Session, Trace,
};
pub use tests::TestPackage;
pub use timings::Timings;
