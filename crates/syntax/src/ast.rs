//! The syntax tree of one Go source file.
//!
//! A [`File`] owns arenas of nodes; everything in it is named by a small typed index, so that a tree is a
//! handful of flat vectors, later stages keep what they learn about a node in side tables keyed by the same
//! index, and no node knows its types. Types are expressions, as in the grammar's ambiguities. Every identifier
//! occurrence has an [`IdentId`] of its own: `types` records there what the identifier defines or uses.
//!
//! Positions are byte offsets into the file ([`Pos`]); [`crate::LineTable`] turns them into lines and columns.
//! The parser never fails: what it could not read stands as `Bad` nodes next to collected errors. Arenas may hold
//! nodes that nothing refers to, left over where the parser had to read something in two ways.
//!
//! Trees are at most `2 *` [`crate::MAX_NESTING`] levels deep, not counting the left operands of binary operations
//! and the `else` branches of if statements, which form chains of up to [`crate::MAX_CHAIN`]: follow those in loops.
//!
//! Source of the grammar: the Go programming language specification; section names stand at the nodes.

use cranelift_entity::{PrimaryMap, entity_impl};

/// A byte offset into the source text of one file, counted from 0. Files are below 4 GiB.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Pos(pub u32);

/// A half-open byte range of the source text.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub struct Span {
    /// First byte.
    pub start: Pos,
    /// One past the last byte.
    pub end: Pos,
}

/// An interned name or literal text of one file; [`crate::Names`] resolves it. Two equal texts in one file have
/// the same `Name`; names of different files are unrelated.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Name(u32);
entity_impl!(Name, "name");

/// One occurrence of an identifier, defining or using. Made by the parser, in source order.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct IdentId(u32);
entity_impl!(IdentId, "ident");

/// An expression or type expression of a [`File`].
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ExprId(u32);
entity_impl!(ExprId, "expr");

/// A statement of a [`File`].
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StmtId(u32);
entity_impl!(StmtId, "stmt");

/// A block of statements, the body of a function or of a control statement.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BlockId(u32);
entity_impl!(BlockId, "block");

/// A function signature as written: parameters and results, without receiver and type parameters.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SigId(u32);
entity_impl!(SigId, "sig");

/// A list of expressions, a range of [`File::expr_lists`]; read it with [`File::exprs`].
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct ExprList {
    /// Index of the first element.
    pub start: u32,
    /// Number of elements.
    pub len: u32,
}

/// A list of statements, a range of [`File::stmt_lists`]; read it with [`File::stmts`].
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct StmtList {
    /// Index of the first element.
    pub start: u32,
    /// Number of elements.
    pub len: u32,
}

/// The directives that stand before a declaration, a range of [`File::directives`].
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct DirectiveList {
    /// Index of the first directive.
    pub start: u32,
    /// Number of directives.
    pub len: u32,
}

/// An identifier occurrence.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Ident {
    /// Its text.
    pub name: Name,
    /// Where it starts.
    pub pos: Pos,
}

/// An expression with its place.
#[derive(Clone, Debug)]
pub struct Expr {
    /// What it is.
    pub kind: ExprKind,
    /// From its first byte to one past its last.
    pub span: Span,
}

/// The forms of expressions and type expressions.
#[derive(Clone, Debug)]
pub enum ExprKind {
    /// What could not be parsed; an error has been reported there.
    Bad,
    /// An identifier, also the blank one.
    Ident(IdentId),
    /// A literal of a basic type; `text` is the source text as written (*Lexical elements*). A malformed literal is
    /// [`ExprKind::Bad`], so [`crate::literal`] gives the value of each one.
    BasicLit {
        /// Which kind of literal.
        kind: LitKind,
        /// The text as written, with quotes and prefixes.
        text: Name,
    },
    /// A composite literal; `typ` is absent where it is elided inside another one.
    CompositeLit {
        /// The literal's type, absent where elided.
        typ: Option<ExprId>,
        /// Elements; a keyed one is [`ExprKind::KeyValue`].
        elems: ExprList,
        /// The opening brace.
        lbrace: Pos,
        /// The closing brace.
        rbrace: Pos,
    },
    /// `key: value` inside a composite literal.
    KeyValue {
        /// Field name, index or map key.
        key: ExprId,
        /// The element.
        value: ExprId,
        /// The colon.
        colon: Pos,
    },
    /// A function literal.
    FuncLit {
        /// Its signature.
        sig: SigId,
        /// Its body.
        body: BlockId,
    },
    /// A parenthesised expression or type.
    Paren(ExprId),
    /// `x.sel`.
    Selector {
        /// The operand, type or package name.
        x: ExprId,
        /// The selected name.
        sel: IdentId,
    },
    /// `x[i]`, or an instantiation `x[T1, T2]`.
    Index {
        /// The indexed operand or generic function or type.
        x: ExprId,
        /// One or more indices or type arguments.
        indices: ExprList,
        /// The opening bracket.
        lbrack: Pos,
    },
    /// `x[lo:hi]`, `x[lo:hi:max]`.
    Slice {
        /// The sliced operand.
        x: ExprId,
        /// Low bound.
        lo: Option<ExprId>,
        /// High bound.
        hi: Option<ExprId>,
        /// Capacity bound.
        max: Option<ExprId>,
        /// Whether the second colon is written.
        three: bool,
        /// The opening bracket.
        lbrack: Pos,
    },
    /// `x.(T)`; `typ` is absent for `x.(type)`.
    TypeAssert {
        /// The operand.
        x: ExprId,
        /// The asserted type, absent in a type switch guard.
        typ: Option<ExprId>,
    },
    /// A call or conversion.
    Call {
        /// What is called.
        fun: ExprId,
        /// The arguments.
        args: ExprList,
        /// Position of `...` after the last argument.
        ellipsis: Option<Pos>,
        /// The opening parenthesis.
        lparen: Pos,
        /// The closing parenthesis.
        rparen: Pos,
    },
    /// `*x`: an indirection, or a pointer type.
    Star(ExprId),
    /// A unary operation.
    Unary {
        /// The operator.
        op: UnaryOp,
        /// The operand.
        x: ExprId,
    },
    /// A binary operation.
    Binary {
        /// The operator.
        op: BinaryOp,
        /// Where the operator stands.
        op_pos: Pos,
        /// Left operand.
        x: ExprId,
        /// Right operand.
        y: ExprId,
    },
    /// `[len]elem`.
    ArrayType {
        /// The length; [`ArrayLen::Ellipsis`] for `[...]T`.
        len: ArrayLen,
        /// The element type.
        elem: ExprId,
    },
    /// `[]elem`.
    SliceType(ExprId),
    /// A struct type.
    StructType(Box<StructType>),
    /// A function type.
    FuncType(SigId),
    /// An interface type.
    InterfaceType(Box<InterfaceType>),
    /// `map[key]value`.
    MapType {
        /// Key type.
        key: ExprId,
        /// Element type.
        value: ExprId,
    },
    /// A channel type.
    ChanType {
        /// Direction.
        dir: ChanDir,
        /// Element type.
        elem: ExprId,
    },
    /// `...T`, the type of a final variadic parameter.
    Ellipsis(ExprId),
}

/// The length of an array type as written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ArrayLen {
    /// `[n]T`.
    Expr(ExprId),
    /// `[...]T`, the length counted from the literal.
    Ellipsis(Pos),
}

/// The kinds of basic literals (*Lexical elements*).
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum LitKind {
    /// Integer literal.
    Int,
    /// Floating-point literal, decimal or hexadecimal.
    Float,
    /// Imaginary literal.
    Imag,
    /// Rune literal.
    Rune,
    /// Interpreted or raw string literal.
    String,
}

/// Directions of channel types.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum ChanDir {
    /// `chan T`.
    Both,
    /// `chan<- T`.
    Send,
    /// `<-chan T`.
    Recv,
}

/// Unary operators. Indirection is [`ExprKind::Star`].
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum UnaryOp {
    /// `+`
    Plus,
    /// `-`
    Minus,
    /// `!`
    Not,
    /// `^`
    Xor,
    /// `&`, address of.
    And,
    /// `<-`, receive.
    Recv,
    /// `~`, approximation element of a constraint.
    Tilde,
}

/// Binary operators, also those of assignment operations.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum BinaryOp {
    /// `||`
    LogOr,
    /// `&&`
    LogAnd,
    /// `==`
    Eq,
    /// `!=`
    Ne,
    /// `<`
    Lt,
    /// `<=`
    Le,
    /// `>`
    Gt,
    /// `>=`
    Ge,
    /// `+`
    Add,
    /// `-`
    Sub,
    /// `|`, also the union of constraint terms.
    Or,
    /// `^`
    Xor,
    /// `*`
    Mul,
    /// `/`
    Div,
    /// `%`
    Rem,
    /// `&`
    And,
    /// `&^`
    AndNot,
    /// `<<`
    Shl,
    /// `>>`
    Shr,
}

/// A struct type (*Struct types*).
#[derive(Clone, Debug, Default)]
pub struct StructType {
    /// Field declarations in order; one entry a written line item, so `a, b int` is one entry with two names.
    pub fields: Vec<FieldDecl>,
    /// The closing brace.
    pub rbrace: Pos,
}

/// One field declaration.
#[derive(Clone, Debug)]
pub struct FieldDecl {
    /// The declared names; empty for an embedded field.
    pub names: Vec<IdentId>,
    /// The type; for an embedded field `T`, `*T` or an instantiation.
    pub typ: ExprId,
    /// The tag literal as written, with its place.
    pub tag: Option<(Name, Pos)>,
}

/// An interface type (*Interface types*).
#[derive(Clone, Debug, Default)]
pub struct InterfaceType {
    /// Elements in source order.
    pub elems: Vec<InterfaceElem>,
    /// The closing brace.
    pub rbrace: Pos,
}

/// One element of an interface type.
#[derive(Clone, Debug)]
pub enum InterfaceElem {
    /// A method specification.
    Method {
        /// Its name.
        name: IdentId,
        /// Its signature.
        sig: SigId,
    },
    /// An embedded type or a union of terms, as one expression (`|` is [`BinaryOp::Or`], `~` is [`UnaryOp::Tilde`]).
    Embedded(ExprId),
}

/// A signature as written.
#[derive(Clone, Debug, Default)]
pub struct Signature {
    /// Parameter groups.
    pub params: Vec<Param>,
    /// Result groups.
    pub results: Vec<Param>,
    /// From `func`, or the opening parenthesis where there is none, to the end of the results.
    pub span: Span,
}

/// One parameter group, `a, b T`, or an unnamed `T`. A final `...T` has type [`ExprKind::Ellipsis`].
#[derive(Clone, Debug)]
pub struct Param {
    /// The declared names; empty where unnamed.
    pub names: Vec<IdentId>,
    /// The type.
    pub typ: ExprId,
}

/// One group of type parameters, `K, V constraint`.
#[derive(Clone, Debug)]
pub struct TypeParam {
    /// The declared names.
    pub names: Vec<IdentId>,
    /// The constraint as written.
    pub constraint: ExprId,
}

/// A brace-enclosed list of statements.
#[derive(Clone, Debug, Default)]
pub struct Block {
    /// The statements.
    pub stmts: StmtList,
    /// The opening brace.
    pub lbrace: Pos,
    /// The closing brace.
    pub rbrace: Pos,
}

/// A statement with its place.
#[derive(Clone, Debug)]
pub struct Stmt {
    /// What it is.
    pub kind: StmtKind,
    /// From its first byte to one past its last.
    pub span: Span,
}

/// The forms of statements (*Statements*).
#[derive(Clone, Debug)]
pub enum StmtKind {
    /// What could not be parsed; an error has been reported there.
    Bad,
    /// The empty statement.
    Empty,
    /// A const, type or var declaration inside a function.
    Decl(Vec<Decl>),
    /// A labeled statement.
    Labeled {
        /// The label.
        label: IdentId,
        /// The statement; [`StmtKind::Empty`] before a closing brace.
        stmt: StmtId,
    },
    /// An expression statement.
    Expr(ExprId),
    /// `ch <- value`.
    Send {
        /// The channel.
        chan: ExprId,
        /// The value.
        value: ExprId,
        /// The arrow.
        arrow: Pos,
    },
    /// `x++` or `x--`.
    IncDec {
        /// The operand.
        x: ExprId,
        /// Whether it is `++`.
        inc: bool,
        /// The operator.
        op_pos: Pos,
    },
    /// `lhs = rhs` or `lhs op= rhs`.
    Assign {
        /// Left side; one operand where `op` is present.
        lhs: ExprList,
        /// The operator of an assignment operation.
        op: Option<BinaryOp>,
        /// The `=` or `op=`.
        op_pos: Pos,
        /// Right side.
        rhs: ExprList,
    },
    /// `lhs := rhs`.
    Define {
        /// Left side; anything but identifiers has been reported.
        lhs: ExprList,
        /// The `:=`.
        op_pos: Pos,
        /// Right side.
        rhs: ExprList,
    },
    /// `go call`.
    Go(ExprId),
    /// `defer call`.
    Defer(ExprId),
    /// `return results`.
    Return(ExprList),
    /// `break`, `continue`, `goto` or `fallthrough`.
    Branch {
        /// Which one.
        kind: BranchKind,
        /// The label.
        label: Option<IdentId>,
    },
    /// A block.
    Block(BlockId),
    /// An if statement.
    If {
        /// The simple statement before the condition.
        init: Option<StmtId>,
        /// The condition; absent after an error.
        cond: Option<ExprId>,
        /// The body.
        then: BlockId,
        /// A block or another if statement.
        els: Option<StmtId>,
    },
    /// An expression switch.
    Switch {
        /// The simple statement before the tag.
        init: Option<StmtId>,
        /// The tag.
        tag: Option<ExprId>,
        /// The clauses.
        clauses: Vec<CaseClause>,
        /// The opening brace.
        lbrace: Pos,
        /// The closing brace.
        rbrace: Pos,
    },
    /// A type switch.
    TypeSwitch {
        /// The simple statement before the guard.
        init: Option<StmtId>,
        /// The symbol declared in the guard, `v` of `v := x.(type)`.
        bind: Option<IdentId>,
        /// The operand `x` of `x.(type)`.
        x: ExprId,
        /// The clauses; a case's expressions are types or `nil`.
        clauses: Vec<CaseClause>,
        /// The opening brace.
        lbrace: Pos,
        /// The closing brace.
        rbrace: Pos,
    },
    /// A select statement.
    Select {
        /// The clauses.
        clauses: Vec<CommClause>,
        /// The opening brace.
        lbrace: Pos,
        /// The closing brace.
        rbrace: Pos,
    },
    /// A for statement with a condition or a for clause.
    For {
        /// The init statement.
        init: Option<StmtId>,
        /// The condition.
        cond: Option<ExprId>,
        /// The post statement.
        post: Option<StmtId>,
        /// The body.
        body: BlockId,
    },
    /// A for statement with a range clause.
    Range {
        /// First iteration variable or operand.
        key: Option<ExprId>,
        /// Second one.
        value: Option<ExprId>,
        /// The first of those written after it, which no statement may have.
        extra: Option<ExprId>,
        /// Whether `:=` declares them.
        define: bool,
        /// The `=` or `:=`; the `range` keyword where neither is written.
        op_pos: Pos,
        /// The range expression.
        x: ExprId,
        /// The body.
        body: BlockId,
    },
}

/// The branch statements.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum BranchKind {
    /// `break`
    Break,
    /// `continue`
    Continue,
    /// `goto`
    Goto,
    /// `fallthrough`
    Fallthrough,
}

/// A case of an expression or type switch.
#[derive(Clone, Debug)]
pub struct CaseClause {
    /// The expressions or types; `None` is `default`.
    pub exprs: Option<ExprList>,
    /// The statements.
    pub body: StmtList,
    /// From `case` or `default` to the end of the last statement.
    pub span: Span,
    /// The colon.
    pub colon: Pos,
}

/// A case of a select statement.
#[derive(Clone, Debug)]
pub struct CommClause {
    /// A send, receive expression, assignment or definition; `None` is `default`.
    pub comm: Option<StmtId>,
    /// The statements.
    pub body: StmtList,
    /// From `case` or `default` to the end of the last statement.
    pub span: Span,
    /// The colon.
    pub colon: Pos,
}

/// A declaration. A parenthesised group is one entry a specification; `group` is equal for those of one group.
#[derive(Clone, Debug)]
pub enum Decl {
    /// An import.
    Import(ImportDecl),
    /// A constant specification.
    Const(ConstDecl),
    /// A type specification.
    Type(TypeDecl),
    /// A variable specification.
    Var(VarDecl),
    /// A function or method.
    Func(Box<FuncDecl>),
    /// What could not be parsed.
    Bad(Span),
}

/// One import specification.
#[derive(Clone, Debug)]
pub struct ImportDecl {
    /// The local name, also `.` and `_`.
    pub name: Option<IdentId>,
    /// The path literal as written, with quotes.
    pub path: Name,
    /// Where the path literal starts.
    pub path_pos: Pos,
    /// The specification, with name.
    pub span: Span,
    /// Which parenthesised group it stands in.
    pub group: Option<Group>,
}

/// One constant specification (*Constant declarations*). Implicit repetition is not expanded here.
#[derive(Clone, Debug)]
pub struct ConstDecl {
    /// Declared names.
    pub names: Vec<IdentId>,
    /// The type, where written.
    pub typ: Option<ExprId>,
    /// The values, empty where repeated implicitly.
    pub values: ExprList,
    /// The value of `iota`: index of the specification in its group.
    pub iota: u32,
    /// The specification.
    pub span: Span,
    /// Which parenthesised group it stands in.
    pub group: Option<Group>,
}

/// One type specification (*Type declarations*).
#[derive(Clone, Debug)]
pub struct TypeDecl {
    /// The declared name.
    pub name: IdentId,
    /// Type parameters.
    pub tparams: Vec<TypeParam>,
    /// Whether it is an alias declaration, `type A = T`.
    pub alias: bool,
    /// The type.
    pub typ: ExprId,
    /// The specification.
    pub span: Span,
    /// Which parenthesised group it stands in.
    pub group: Option<Group>,
    /// Directives before it.
    pub directives: DirectiveList,
}

/// One variable specification (*Variable declarations*).
#[derive(Clone, Debug)]
pub struct VarDecl {
    /// Declared names.
    pub names: Vec<IdentId>,
    /// The type, where written.
    pub typ: Option<ExprId>,
    /// The initial values.
    pub values: ExprList,
    /// The specification.
    pub span: Span,
    /// Which parenthesised group it stands in.
    pub group: Option<Group>,
    /// Directives before it (`//go:embed`, `//go:linkname`).
    pub directives: DirectiveList,
}

/// A function or method declaration (*Function declarations*, *Method declarations*).
#[derive(Clone, Debug)]
pub struct FuncDecl {
    /// The receiver parameter list as written; a correct one has exactly one entry.
    pub recv: Option<Vec<Param>>,
    /// The declared name.
    pub name: IdentId,
    /// Type parameters.
    pub tparams: Vec<TypeParam>,
    /// The signature.
    pub sig: SigId,
    /// The body; absent for an external function.
    pub body: Option<BlockId>,
    /// From `func` to the end.
    pub span: Span,
    /// Directives before it (`//go:wasmimport`, `//export`, `//go:noinline`, ...).
    pub directives: DirectiveList,
}

/// Identifies a parenthesised declaration group by the position of its opening parenthesis.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Group(pub Pos);

/// A `//go:name args` or `//polkago:name args` comment alone on its line, or `//export name` at the start of a line. `//line` directives are
/// not kept: they are part of [`File::lines`].
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Directive {
    /// Where the comment starts.
    pub pos: Pos,
    /// The text after `//`, without trailing white space, e.g. `go:noinline` or `export main`.
    pub text: Name,
}

/// The syntax tree of one source file. See the module documentation.
#[derive(Clone, Debug, Default)]
pub struct File {
    /// The package name; absent after an error.
    pub package: Option<IdentId>,
    /// Where the `package` keyword stands.
    pub package_pos: Pos,
    /// All top-level declarations in source order, imports first in a correct file.
    pub decls: Vec<Decl>,
    /// Identifier occurrences.
    pub idents: PrimaryMap<IdentId, Ident>,
    /// Expressions.
    pub expr: PrimaryMap<ExprId, Expr>,
    /// Statements.
    pub stmt: PrimaryMap<StmtId, Stmt>,
    /// Blocks.
    pub blocks: PrimaryMap<BlockId, Block>,
    /// Signatures.
    pub sigs: PrimaryMap<SigId, Signature>,
    /// Storage of [`ExprList`]s.
    pub expr_lists: Vec<ExprId>,
    /// Storage of [`StmtList`]s.
    pub stmt_lists: Vec<StmtId>,
    /// Every directive of the file in source order, also those that belong to no declaration.
    pub directives: Vec<Directive>,
    /// The texts of names and literals.
    pub names: crate::Names,
    /// Line starts.
    pub lines: crate::LineTable,
    /// Whether the file starts with a `//go:build` line before the package clause, and which Go version it asks
    /// for at least (`go1.N` gives N), as far as the constraint implies one (*language version* of the file).
    pub go_version: Option<u32>,
    /// Length of the source in bytes; the position of the end of the file.
    pub end: Pos,
}

impl File {
    /// The elements of an expression list.
    #[must_use]
    pub fn exprs(&self, list: ExprList) -> &[ExprId] {
        &self.expr_lists[list.start as usize..(list.start + list.len) as usize]
    }

    /// The elements of a statement list.
    #[must_use]
    pub fn stmts(&self, list: StmtList) -> &[StmtId] {
        &self.stmt_lists[list.start as usize..(list.start + list.len) as usize]
    }

    /// The directives before a declaration.
    #[must_use]
    pub fn directives(&self, list: DirectiveList) -> &[Directive] {
        &self.directives[list.start as usize..(list.start + list.len) as usize]
    }

    /// The text of an identifier.
    #[must_use]
    pub fn ident_text(&self, id: IdentId) -> &str {
        self.names.text(self.idents[id].name)
    }

    /// The text of a name.
    #[must_use]
    pub fn text(&self, name: Name) -> &str {
        self.names.text(name)
    }
}
