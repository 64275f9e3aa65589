//! The indices by which types and objects of a session are named.
//!
//! All are indices into the append-only arenas of one [`Store`](crate::Store), shared by all packages of a session
//! and readable without locks from any thread. Which number an entity gets depends on the order of checking: no
//! output may depend on it.

use cranelift_entity::entity_impl;

/// A type. Two ids may stand for identical types (through aliases, and interfaces written differently):
/// [`Store::identical`](crate::Store::identical) decides, and [`Store::canon`](crate::Store::canon) gives one id
/// for all identical ones.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TypeId(u32);
entity_impl!(TypeId, "type");

/// A declared type (*Type definitions*), generic, instantiated or neither.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NamedId(u32);
entity_impl!(NamedId, "named");

/// An alias (*Alias declarations*), generic, instantiated or neither.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AliasId(u32);
entity_impl!(AliasId, "alias");

/// A type parameter.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TypeParamId(u32);
entity_impl!(TypeParamId, "tparam");

/// An interface type literal; its type set is computed on first demand.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct InterfaceId(u32);
entity_impl!(InterfaceId, "interface");

/// A declared entity: constant, type, variable, function, package name, builtin, label or nil.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ObjId(u32);
entity_impl!(ObjId, "obj");

/// A package. 0 is the universe and `unsafe` is 1.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PkgId(u32);
entity_impl!(PkgId, "pkg");

/// A scope.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ScopeId(u32);
entity_impl!(ScopeId, "scope");

/// An interned name, session-wide.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Sym(u32);
entity_impl!(Sym, "sym");

/// A source file of a session: an index into its package's files together with the package.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct FileRef {
    /// The package.
    pub pkg: PkgId,
    /// Index into [`Package::files`](crate::Package::files).
    pub file: u32,
}

/// A place in the source.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct SrcPos {
    /// The file.
    pub file: FileRef,
    /// The byte offset in it.
    pub pos: polkago_syntax::Pos,
}
