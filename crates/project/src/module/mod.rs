//! Modules: versions, paths, `go.mod` files, and which modules a build is made from.

mod build_list;
mod gomod;
mod lexer;
mod path;
mod semver;

pub use build_list::{BuildList, Module, ModuleId, ModuleOrigin, SDK_MODULE};
pub(crate) use build_list::{Location, has_go_files};
pub use gomod::{
    At, DEFAULT_GO_VERSION, GoMod, Item, ModError, ModuleVersion, Replace, Replacement, Require,
    Retract, Strictness,
};
pub use path::{
    check_import_path, check_module_path, has_illegal_import_char, internal_parent,
    is_directory_path, is_relative_import, is_std_like, split_major,
};
pub use semver::Version;
