//! A module: functions, data, globals, imports and exports by symbol.
//!
//! A package lowers to a module of its own, as does a whole program; [`Module::link`](crate::Module) joins them.
//! All maps keep insertion order, which is the order of the output.

use crate::{Function, Signature, Symbol, Type};
use indexmap::IndexMap;
use rustc_hash::FxBuildHasher;

/// What belongs to symbols, in the order of insertion.
pub type SymbolMap<T> = IndexMap<Symbol, T, FxBuildHasher>;

/// What a relocation writes.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum RelocKind {
    /// The 4-byte address of a data object.
    Addr,
    /// The 4-byte table index of a function.
    FuncIndex,
}

/// Four bytes of a data object that depend on where something else is placed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Reloc {
    /// Byte offset in the object.
    pub offset: u32,
    /// What is written.
    pub kind: RelocKind,
    /// The symbol.
    pub sym: Symbol,
    /// Added to the address.
    pub addend: i32,
}

/// A static data object.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Data {
    /// Its symbol.
    pub name: Symbol,
    /// Alignment in bytes: 1, 2, 4 or 8.
    pub align: u32,
    /// Size in bytes. Bytes behind the end of `bytes` are zero.
    pub size: u32,
    /// The leading bytes, without trailing zeros where convenient.
    pub bytes: Vec<u8>,
    /// Relocations in ascending order of offset.
    pub relocs: Vec<Reloc>,
    /// Whether the program may write it. Equal read-only objects may be merged when `mergeable`.
    pub mutable: bool,
    /// Whether its address is never compared, so that an equal one may serve (string bytes, names).
    pub mergeable: bool,
    /// For a mutable object: byte offsets of the words that hold refs. The collector's static roots.
    pub refs: Vec<u32>,
}

/// A module global: a scalar cell without address.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Global {
    /// Its symbol.
    pub name: Symbol,
    /// Type; `Ref` is not allowed, the collector cannot see it.
    pub ty: Type,
    /// Initial value, by its bits.
    pub init: u64,
}

/// A function of the host.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Import {
    /// The symbol under which the program calls it.
    pub name: Symbol,
    /// Wasm module name.
    pub module: String,
    /// Wasm field name.
    pub field: String,
    /// Its signature.
    pub sig: Signature,
}

/// An exported function.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Export {
    /// The name seen by the host.
    pub name: String,
    /// The function.
    pub func: Symbol,
}

/// A set of definitions. See the module documentation.
#[derive(Clone, Debug, Default)]
pub struct Module {
    /// Functions.
    pub funcs: SymbolMap<Function>,
    /// Static data.
    pub data: SymbolMap<Data>,
    /// Globals.
    pub globals: SymbolMap<Global>,
    /// Functions of the host.
    pub imports: SymbolMap<Import>,
    /// Exports.
    pub exports: Vec<Export>,
}
