//! Declared entities (*Declarations and scope*).

use crate::{Constant, NamedId, PkgId, SrcPos, Sym, TypeId, TypeParamId};
use std::sync::OnceLock;

/// A declared entity. What is found out later than its declaration is written once.
#[derive(Debug)]
pub struct Object {
    /// Its name.
    pub name: Sym,
    /// The package that declares it; the universe for predeclared ones.
    pub pkg: PkgId,
    /// Where its name stands; `None` if predeclared.
    pub pos: Option<SrcPos>,
    /// What it is.
    pub kind: ObjKind,
    /// Its type, known once its declaration has been checked.
    pub typ: OnceLock<TypeId>,
}

/// The kinds of entities.
#[derive(Debug)]
pub enum ObjKind {
    /// A constant and its value.
    Const(OnceLock<Constant>),
    /// A declared type, alias or type parameter: the object's type.
    TypeName,
    /// A variable.
    Var(VarKind),
    /// A function, or a method with its receiver.
    Func(FuncObj),
    /// The local name of an imported package.
    PkgName(PkgId),
    /// A predeclared function.
    Builtin(Builtin),
    /// A statement label.
    Label,
    /// The predeclared `nil`.
    Nil,
}

/// Where a variable lives.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum VarKind {
    /// Declared at package level.
    Package,
    /// Declared in a function.
    Local,
    /// A parameter or receiver.
    Param,
    /// A result parameter.
    Result,
    /// A struct field (defined only in its declaration's side table; types name fields by index).
    Field,
}

/// What belongs to a function or method.
#[derive(Debug, Default)]
pub struct FuncObj {
    /// For a method: its receiver's base type, and whether the receiver is a pointer.
    pub recv: Option<Receiver>,
    /// Its own type parameters (those of the receiver's type are in [`Receiver`]).
    pub tparams: OnceLock<Vec<TypeParamId>>,
    /// The declaration: index into the `decls` of the file that [`Object::pos`] names.
    pub decl: u32,
    /// Whether it has a body.
    pub has_body: bool,
}

/// The receiver of a method.
#[derive(Debug)]
pub struct Receiver {
    /// The receiver's base type, set once resolved.
    pub base: OnceLock<NamedId>,
    /// Whether the receiver is a pointer to it.
    pub pointer: bool,
    /// The type parameters that the receiver declares, in order.
    pub tparams: OnceLock<Vec<TypeParamId>>,
}

/// Predeclared functions and those of package `unsafe` (*Built-in functions*, *Package unsafe*).
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[allow(missing_docs, reason = "named as in the language specification")]
pub enum Builtin {
    Append,
    Cap,
    Clear,
    Close,
    Complex,
    Copy,
    Delete,
    Imag,
    Len,
    Make,
    Max,
    Min,
    New,
    Panic,
    Print,
    Println,
    Real,
    Recover,
    UnsafeAdd,
    UnsafeAlignof,
    UnsafeOffsetof,
    UnsafeSizeof,
    UnsafeSlice,
    UnsafeSliceData,
    UnsafeString,
    UnsafeStringData,
}
