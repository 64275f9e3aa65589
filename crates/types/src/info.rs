//! What the checker found out about the nodes of one file, or of one function body: side tables keyed by node.

use crate::table::Table;
use crate::{Builtin, Constant, ObjId, TypeId};
use cranelift_entity::packed_option::PackedOption;
use polkago_syntax::{BlockId, ExprId, IdentId, StmtId};
use rustc_hash::FxHashMap;

/// What an expression denotes.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Mode {
    /// Not checked, or erroneous.
    #[default]
    Invalid,
    /// No value: a call of a function without results, or a statement.
    NoValue,
    /// A builtin function.
    Builtin(Builtin),
    /// A type.
    Type,
    /// A constant; its value is in [`FileInfo::consts`].
    Constant,
    /// An addressable variable.
    Variable,
    /// A map index expression: assignable, not addressable.
    MapIndex,
    /// A value.
    Value,
    /// The predeclared nil.
    Nil,
    /// A value that may be used with a second, boolean result (type assertion, receive).
    CommaOk,
    /// A package name (only as the operand of a selector).
    Package,
}

/// Type and mode of an expression. Untyped constants and values have the type they were given by their context
/// (*Constants*, last paragraphs); `nil` has the type that its context asks for.
#[derive(Clone, Copy, Debug, Default)]
pub struct ExprInfo {
    /// What it denotes.
    pub mode: Mode,
    /// Its type; for a comma-ok use of an expression a tuple of the value's type and a boolean one.
    pub typ: PackedOption<TypeId>,
}

/// What a selector expression `x.f` selects, where `x` is not a package (*Selectors*).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Selection {
    /// Field, method value or method expression.
    pub kind: SelectionKind,
    /// The type of `x`.
    pub recv: TypeId,
    /// Field indices from `x` to the field, or to the embedded field that holds the method; the implicit
    /// dereferences follow from the types. The last index of a method selection is not here but in `method`.
    pub path: Vec<u32>,
    /// The method: the object of a declared (non-interface) method, uninstantiated.
    pub method: Option<ObjId>,
    /// For a method of an interface type: its index in the type set's methods, sorted as in itabs
    /// (decision record 0004).
    pub iface_method: Option<u32>,
    /// Whether a pointer was followed on the way, implicitly or at the start.
    pub indirect: bool,
    /// The type of the whole expression.
    pub typ: TypeId,
}

/// The kinds of selections.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SelectionKind {
    /// A struct field.
    Field,
    /// A method value, or the function of a method call.
    MethodValue,
    /// A method expression `T.m`: a function with the receiver as first parameter.
    MethodExpr,
}

/// Side tables of one file, or of one function body.
#[derive(Clone, Debug, Default)]
pub struct FileInfo {
    /// Type and mode of each expression.
    pub exprs: Table<ExprId, ExprInfo>,
    /// Values of constant expressions.
    pub consts: FxHashMap<ExprId, Constant>,
    /// The object that an identifier defines.
    pub defs: Table<IdentId, PackedOption<ObjId>>,
    /// The object that an identifier uses.
    pub uses: Table<IdentId, PackedOption<ObjId>>,
    /// Selector expressions other than qualified identifiers.
    pub selections: FxHashMap<ExprId, Selection>,
    /// Type arguments, given or inferred, where an identifier denotes a generic function or type that is
    /// instantiated there.
    pub instances: FxHashMap<IdentId, Vec<TypeId>>,
    /// The variable of `switch v := x.(type)` in each clause.
    pub clause_vars: FxHashMap<(StmtId, u32), ObjId>,
    /// Variables captured by each function literal, in order of first use: keyed by the literal's expression.
    pub captures: FxHashMap<ExprId, Vec<ObjId>>,
    /// Likewise for the body of each range statement over a function, which is a function of its own.
    pub range_captures: FxHashMap<BlockId, Vec<ObjId>>,
    /// The objects of unnamed and blank parameters and results are not in `defs`; all parameters of each function
    /// body in order (receiver, parameters, results), keyed by the body.
    pub func_params: FxHashMap<BlockId, Vec<ObjId>>,
}

/// What lowering must know about a local variable, parameter or result.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct VarFacts {
    /// Its address is taken: `&x`, slicing of an array, a call of a pointer method, an implicit one included.
    pub addressed: bool,
    /// Captured by a function literal or the body of a range over a function.
    pub captured: bool,
    /// Assigned after its declaration (also `++`, range and receive assignments).
    pub reassigned: bool,
}
