//! Go's type rules: packages of syntax trees in, objects, types, constants and side tables out.
//!
//! One file per notion of the language specification. The checker follows the structure of the official one, so
//! that whoever knows `go/types` knows where to look.
//!
//! Invariants: never touches the disk; knows nothing of IR, Wasm or the runtime beyond the sizes of types; reports
//! errors as values in source order and goes on after them; never panics on any syntax tree.

mod assignments;
mod binary;
mod builtins;
mod call;
mod check;
mod checker;
mod constant;
mod conversions;
mod core;
mod cycles;
mod decl;
mod errors;
mod expr;
mod facts;
mod identity;
mod ids;
mod implements;
mod index;
mod infer;
mod info;
mod initorder;
mod instantiate;
mod interface;
mod intern;
mod kinds;
mod literals;
mod lookup;
mod methodset;
mod mono;
mod object;
mod operand;
mod overlay;
mod package;
mod predicates;
mod range;
mod record;
mod resolver;
mod scope;
mod selector;
mod signature;
mod sizes;
mod stmt;
mod store;
mod struct_type;
mod subst;
mod switch;
mod terminating;
mod termlist;
mod typeset;
mod typestring;
mod typexpr;
mod under;
mod unify;
mod union;
mod universe;
mod unsafe_builtins;
mod untyped;
mod util;

pub use check::{CheckResult, NEWEST_GO_VERSION, PackageInput, check_package};
pub use constant::{CompareOp, ConstKind, Constant, Float};
pub use errors::{Code, Diagnostic};
pub use ids::{AliasId, FileRef, InterfaceId, NamedId, ObjId, PkgId, ScopeId, SrcPos, Sym, TypeId, TypeParamId};
pub use info::{ExprInfo, FileInfo, Mode, Selection, SelectionKind, VarFacts};
pub use kinds::{Basic, Field, Func, Method, ParamNames, Term, TypeKind};
pub use lookup::Lookup;
pub use methodset::{MethodSel, MethodSource};
pub use object::{Builtin, DeclSite, FuncObj, ObjInstance, ObjKind, Object, Receiver, VarKind};
pub use package::{Initializer, Linkname, Package, SourceFile};
pub(crate) use resolver::DeclIdx;
pub use scope::Scope;
pub use sizes::Sizes;
pub use store::{Alias, Interface, Named, PkgData, Store, TypeParam};
pub use subst::Subst;
pub use termlist::TermList;
pub use typeset::TypeSet;
pub use typestring::Qualifier;
pub use universe::Universe;
