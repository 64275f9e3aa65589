//! Go's type rules: packages of syntax trees in, objects, types, constants and side tables out.
//!
//! One file per notion of the language specification. The checker follows the structure of the official one, so
//! that whoever knows `go/types` knows where to look.
//!
//! Invariants: never touches the disk; knows nothing of IR, Wasm or the runtime beyond the sizes of types; reports
//! errors as values in source order and goes on after them; never panics on any syntax tree.
//!
//! # In
//!
//! [`check_package`] takes a [`Store`], shared by all packages of a session, and a [`PackageInput`]: files and the
//! packages that their imports mean, checked before. It gives a [`Package`] and [`Diagnostic`]s.
//!
//! # Out
//!
//! A [`Package`] lists functions, the order of initialisation and linknames, and holds one [`FileInfo`] for each file:
//! side tables keyed by the ids of the syntax tree. An identifier leads to an [`Object`] through
//! [`defs`](FileInfo::defs) and [`uses`](FileInfo::uses), an expression to its mode and type through
//! [`exprs`](FileInfo::exprs), to its value through [`consts`](FileInfo::consts), and a selector that is no qualified
//! identifier to its [`Selection`]. Where the bodies of functions were put off ([`check_declarations`]), each has tables
//! of its own: [`Package::body`].
//!
//! # Types
//!
//! A [`TypeId`] names a type in the store; [`Store::kind`] says what it is. Two ids may stand for identical types:
//!
//! - [`Store::identical`] compares; [`Store::canon`] gives one id for all identical types, without aliases.
//! - [`Store::underlying`] looks through names (a type parameter's is its constraint), [`Store::unalias`] through
//!   aliases only. `byte`, `rune` and `any` are aliases.
//! - [`Store::type_set`] gives the methods and terms of an interface or type parameter, methods sorted as in itabs.
//! - [`Store::method_set`] gives what can be called on a value, promoted methods included;
//!   [`Store::lookup_field_or_method`] one field or method.
//! - [`Store::methods_of`] gives declared methods, [`Store::method_type`] a method's type for an instance.
//! - [`Store::implements`], [`Store::is_comparable`], [`Store::has_nil`] and the other predicates answer questions.
//! - [`Store::subst`] replaces type parameters: how instances of generic functions get concrete types. The type
//!   parameters of a function are in [`FuncObj::tparams`], those of a method's receiver in [`Receiver::tparams`].
//!   Types declared inside generic functions become instances of their own ([`Named::outer_args`]).
//! - [`Store::type_string`] writes types, [`Store::full_type_string`] with import paths. Sizes are in [`Sizes`].
//!
//! # Where rules are
//!
//! | files | rules |
//! | --- | --- |
//! | `check`, `bodies`, `depth`, `resolver`, `overlay`, `decl`, `cycles`, `iface_cycles`, `initorder`, `linkname`, `directives`, `mono` | packages and declarations |
//! | `typexpr`, `signature`, `struct_type`, `interface`, `union`, `instantiate` | type expressions |
//! | `store`, `universe`, `scope`, `object`, `kinds`, `typeset`, `termlist`, `under`, `subst`, `typestring`, `sizes`, `large_types` | types |
//! | `identity`, `predicates`, `lookup`, `methodset`, `implements`, `exposed`, `notinheap` | relations and properties of types |
//! | `infer`, `unify` | type inference |
//! | `operand`, `expr`, `binary`, `untyped`, `index`, `selector`, `call`, `builtins`, `print_operands`, `conversions`, `literals`, `constant` | expressions |
//! | `stmt`, `assignments`, `range`, `switch`, `terminating`, `dead_code`, `facts` | statements |
//! | `narrow_int` | none of the specification: what means something else where `int` has 32 bits |

mod assignments;
mod binary;
mod bodies;
mod builtins;
mod call;
mod check;
mod checker;
mod constant;
mod conversions;
mod core;
mod cycles;
mod dead_code;
mod decl;
mod depth;
mod directives;
mod errors;
mod exposed;
mod expr;
mod facts;
mod identity;
mod ids;
mod iface_cycles;
mod implements;
mod index;
mod infer;
mod info;
mod initorder;
mod instantiate;
mod interface;
mod intern;
mod kinds;
mod large_types;
mod linkname;
mod literals;
mod lookup;
mod methodset;
mod mono;
mod narrow_int;
mod notinheap;
mod object;
mod operand;
mod overlay;
mod package;
mod predicates;
mod print_operands;
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
mod table;
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

pub use bodies::Body;
pub use check::{
    CheckResult, NEWEST_GO_VERSION, PackageInput, PackageKind, check_declarations, check_package,
};
pub use constant::{CompareOp, ConstKind, Constant, Float};
pub use dead_code::{static_bool, static_clause};
pub use errors::{Code, Diagnostic};
pub use ids::{
    AliasId, FileRef, InterfaceId, NamedId, ObjId, PkgId, ScopeId, SrcPos, Sym, TypeId, TypeParamId,
};
pub use info::{ExprInfo, FileInfo, Mode, Selection, SelectionKind, VarFacts};
pub use intern::Memo;
pub use kinds::{Basic, Field, Func, Method, ParamNames, Term, TypeKind};
pub use lookup::Lookup;
pub use methodset::{MethodSel, MethodSource};
pub use narrow_int::{NarrowInt, NarrowKind, narrow_int};
pub use object::{Builtin, FuncObj, ObjKind, Object, Receiver, VarKind};
pub use package::{Initializer, Linkname, Package, SourceFile};
pub(crate) use resolver::DeclIdx;
pub use scope::Scope;
pub use sizes::Sizes;
pub use store::{Alias, Interface, Named, PkgData, Store, TypeParam};
pub use subst::Subst;
pub use table::Table;
pub use termlist::TermList;
pub use typeset::TypeSet;
pub use typestring::Qualifier;
pub use universe::Universe;
