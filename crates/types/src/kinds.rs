//! The forms of types (*Types* in the language specification).

use crate::{AliasId, InterfaceId, NamedId, PkgId, Sym, TypeId, TypeParamId};
use std::sync::Arc;

/// A type. Interned: two equal `TypeKind`s of one session have the same [`TypeId`].
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum TypeKind {
    /// A predeclared type, `unsafe.Pointer`, an untyped constant's type, or the invalid type.
    Basic(Basic),
    /// A declared type.
    Named(NamedId),
    /// An alias, kept for messages; [`Store::unalias`](crate::Store::unalias) sees through it.
    Alias(AliasId),
    /// A pointer type.
    Pointer(TypeId),
    /// A slice type.
    Slice(TypeId),
    /// An array type.
    Array {
        /// Number of elements.
        len: u64,
        /// Element type.
        elem: TypeId,
    },
    /// A map type.
    Map {
        /// Key type.
        key: TypeId,
        /// Element type.
        elem: TypeId,
    },
    /// A channel type.
    Chan {
        /// Direction.
        dir: polkago_syntax::ChanDir,
        /// Element type.
        elem: TypeId,
    },
    /// A struct type.
    Struct(Arc<[Field]>),
    /// A function type, without receiver.
    Func(Arc<Func>),
    /// An interface type literal.
    Interface(InterfaceId),
    /// The results of a call with other than one result.
    Tuple(Arc<[TypeId]>),
    /// A type parameter.
    TypeParam(TypeParamId),
    /// A union of terms in a constraint.
    Union(Arc<[Term]>),
}

/// Predeclared and untyped types.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[allow(missing_docs, reason = "named as in the language specification")]
pub enum Basic {
    /// The type of what had an error: silences further ones.
    Invalid,
    Bool,
    Int,
    Int8,
    Int16,
    Int32,
    Int64,
    Uint,
    Uint8,
    Uint16,
    Uint32,
    Uint64,
    Uintptr,
    Float32,
    Float64,
    Complex64,
    Complex128,
    String,
    UnsafePointer,
    UntypedBool,
    UntypedInt,
    UntypedRune,
    UntypedFloat,
    UntypedComplex,
    UntypedString,
    UntypedNil,
}

/// A field of a struct type.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Field {
    /// Its name; for an embedded field that of its type.
    pub name: Sym,
    /// The declaring package if the name is not exported: part of the field's identity. `None` if exported.
    pub pkg: Option<PkgId>,
    /// Its type.
    pub typ: TypeId,
    /// Whether it is embedded.
    pub embedded: bool,
    /// The unquoted tag.
    pub tag: Arc<str>,
}

/// A function type.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct Func {
    /// Types of parameters in order. A variadic one has its slice type.
    pub params: Vec<TypeId>,
    /// Types of results in order.
    pub results: Vec<TypeId>,
    /// Whether the last parameter is variadic.
    pub variadic: bool,
    /// Type parameters of a generic function value (uninstantiated); empty otherwise.
    pub tparams: Vec<TypeParamId>,
    /// Names of parameters and results, for messages alone: types that differ only here are identical, and a
    /// canonical type has none. Absent where nothing is named.
    pub names: Option<Arc<ParamNames>>,
}

/// Names of parameters and results, empty where unnamed.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct ParamNames {
    /// Names of parameters, as many as there are parameters.
    pub params: Vec<Sym>,
    /// Names of results, as many as there are results.
    pub results: Vec<Sym>,
}

/// A term of a union.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Term {
    /// `~T`.
    pub tilde: bool,
    /// The type.
    pub typ: TypeId,
}

/// A method of an interface's type set or of a declared type.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Method {
    /// Its name.
    pub name: Sym,
    /// The declaring package if the name is not exported.
    pub pkg: Option<PkgId>,
    /// Its type, a [`TypeKind::Func`].
    pub typ: TypeId,
}
