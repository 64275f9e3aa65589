//! Modules: versions, paths, `go.mod` and its neighbours, and which modules a build is made from.
//!
//! | file | what it knows |
//! | --- | --- |
//! | `semver.rs`, `path.rs` | versions; module and import paths |
//! | `lexer.rs`, `statements.rs` | the form that `go.mod` and `go.work` have in common |
//! | `gomod.rs`, `gowork.rs`, `gosum.rs`, `vendor.rs` | those files and `vendor/modules.txt` |
//! | `main_modules.rs` | the modules that are worked on: replacements, exclusions, checksums |
//! | `graph.rs` | the requirement graph, pruning, minimal version selection |
//! | `sources.rs` | where a module's files are: replacements, caches, proxies |
//! | `build_list.rs` | which module has the package for an import path |

mod build_list;
mod gomod;
mod gosum;
mod gowork;
mod graph;
mod lexer;
mod main_modules;
mod path;
mod semver;
mod sources;
mod statements;
mod vendor;

pub(crate) use build_list::{BuildList, Lookup, has_go_files, with_importer};
pub use build_list::{Location, Module, ModuleOrigin, SDK_MODULE};
pub use gomod::{
    At, DEFAULT_GO_VERSION, GoMod, Item, ModError, ModuleVersion, Replace, Replacement, Require,
    Retract, Strictness,
};
pub use gosum::{GoSum, SumOf};
pub use gowork::GoWork;
pub(crate) use main_modules::Start;
pub(crate) use path::glob;
pub use path::{
    check_import_path, check_module_path, glob_list_matches, has_illegal_import_char,
    internal_parent, is_directory_path, is_relative_import, is_std_like, split_major,
};
pub use semver::Version;
