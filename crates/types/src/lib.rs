//! Go's type rules: packages of syntax trees in, objects, types, constants and side tables out.
//!
//! One file per notion of the language specification. The checker follows the structure of the official one, so
//! that whoever knows `go/types` knows where to look.
//!
//! Invariants: never touches the disk; knows nothing of IR, Wasm or the runtime beyond the sizes of types; reports
//! errors as values in source order and goes on after them; never panics on any syntax tree.

mod constant;
mod ids;
mod info;
mod kinds;
mod object;
mod package;

pub use constant::{CompareOp, ConstKind, Constant, Float};
pub use ids::{AliasId, FileRef, InterfaceId, NamedId, ObjId, PkgId, ScopeId, SrcPos, Sym, TypeId, TypeParamId};
pub use info::{ExprInfo, FileInfo, Mode, Selection, SelectionKind, VarFacts};
pub use kinds::{Basic, Field, Func, Method, Term, TypeKind};
pub use object::{Builtin, DeclSite, FuncObj, ObjInstance, ObjKind, Object, Receiver, VarKind};
pub use package::{Initializer, Linkname, Package, SourceFile};
