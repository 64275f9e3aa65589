//! From a package pattern or file names to the files of each package, in dependency order.
//!
//! The way through the crate: [`GoRelease::find`] finds or fetches the Go release; [`Target`] says which build
//! tags are set; [`load`] expands the arguments, reads each package's files as far as their imports, follows
//! those through std, the embedded trees and the modules of the build, and gives a [`Graph`].
//!
//! Invariants: this crate may read the disk and the network but only this program's own
//! cache is ever written; it never
//! type-checks and never prints; the graph depends on the sources alone, not on threads, folders or the machine;
//! whatever the files hold, an answer comes without panic, and errors are values.

mod atomic;
mod build_cache;
mod constraint;
mod display;
mod embed;
mod environment;
mod error;
mod fetch;
mod fs;
mod godebug;
mod hash;
mod header;
mod load;
mod package;
mod parallel;
mod paths;
mod pattern;
mod proxy;
mod release;
mod requirements;
mod resolve;
mod scan;
mod target;
mod test_packages;
mod version;

pub mod module;

pub use build_cache::BuildCache;
pub use constraint::{Expr, SyntaxError};
pub use display::Display;
pub use embed::{EmbedFile, EmbedPattern, embed_patterns};
pub use environment::{Environment, ModFlag, WorkFile};
pub use error::{ErrorKind, Position, ProjectError};
pub use fetch::Fetcher;
pub use fs::{DirEntry, EMBEDDED_ROOT, FileKind, FileSystem, MemoryFs, Mounts, OsFs};
pub use header::{ConstraintError, Header, ImportSpec};
pub use load::{Config, build_list, load};
pub use package::{
    ContentHash, Graph, Import, ImportTarget, Origin, Package, PackageId, SourceFile, TestProgram,
};
pub use proxy::Proxy;
pub use release::{
    FileHash, GoRelease, NoProgress, PinnedRelease, Progress, RELEASE, ReleaseSource, hash1,
};
pub use target::Target;
pub use version::{GoVersion, Rest};
