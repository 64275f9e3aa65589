//! Diagnostics of the checker and their codes.
//!
//! Texts and codes are the official compiler's (`internal/types/errors`), so that what users find on the web about
//! an error holds here too.

use crate::SrcPos;
use polkago_syntax::Pos;

/// An error that the checker found.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Diagnostic {
    /// Where it is.
    pub pos: SrcPos,
    /// One past the last byte of what it is about; equal to `pos` where that is not known.
    pub end: Pos,
    /// What kind of error it is.
    pub code: Code,
    /// The text, without position; one line.
    pub msg: String,
    /// Whether the program could still be compiled (unused variables and imports, for example).
    pub soft: bool,
    /// Whether the error reported before it says the same of the same line: users need not be told again.
    pub repeats: bool,
    /// Further places with a text each, such as the other declaration of a name.
    pub related: Vec<(Option<SrcPos>, String)>,
}

macro_rules! codes {
    ($($name:ident,)*) => {
        /// The kinds of errors, named as in the official compiler's documentation of them.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        #[allow(missing_docs, reason = "each is explained in crate compiler, folder explain")]
        pub enum Code {
            $($name,)*
        }

        impl Code {
            /// All kinds.
            pub const ALL: &[Self] = &[$(Self::$name,)*];
        }
    };
}

codes! {
    InvalidSyntaxTree,
    BlankPkgName,
    MismatchedPkgName,
    InvalidPkgUse,
    BadImportPath,
    BrokenImport,
    ImportCRenamed,
    UnusedImport,
    InvalidInitCycle,
    DuplicateDecl,
    InvalidDeclCycle,
    InvalidTypeCycle,
    InvalidConstInit,
    InvalidConstVal,
    InvalidConstType,
    UntypedNilUse,
    WrongAssignCount,
    UnassignableOperand,
    NoNewVar,
    MultiValAssignOp,
    InvalidIfaceAssign,
    InvalidChanAssign,
    IncompatibleAssign,
    UnaddressableFieldAssign,
    NotAType,
    InvalidArrayLen,
    BlankIfaceMethod,
    IncomparableMapKey,
    InvalidPtrEmbed,
    BadRecv,
    InvalidRecv,
    DuplicateFieldAndMethod,
    DuplicateMethod,
    InvalidBlank,
    InvalidIota,
    MissingInitBody,
    InvalidInitDecl,
    InvalidMainDecl,
    TooManyValues,
    NotAnExpr,
    TruncatedFloat,
    NumericOverflow,
    UndefinedOp,
    MismatchedTypes,
    DivByZero,
    NonNumericIncDec,
    UnaddressableOperand,
    InvalidIndirection,
    InvalidIndex,
    SwappedSliceIndices,
    NonSliceableOperand,
    InvalidSliceExpr,
    InvalidShiftCount,
    InvalidShiftOperand,
    InvalidReceive,
    InvalidSend,
    DuplicateLitKey,
    MissingLitKey,
    InvalidLitIndex,
    OversizeArrayLit,
    MixedStructLit,
    InvalidStructLit,
    MissingLitField,
    DuplicateLitField,
    UnexportedLitField,
    InvalidLitField,
    UntypedLit,
    InvalidLit,
    AmbiguousSelector,
    UndeclaredImportedName,
    UnexportedName,
    UndeclaredName,
    MissingFieldOrMethod,
    BadDotDotDotSyntax,
    NonVariadicDotDotDot,
    InvalidDotDotDot,
    UncalledBuiltin,
    InvalidAppend,
    InvalidCap,
    InvalidClose,
    InvalidCopy,
    InvalidComplex,
    InvalidDelete,
    InvalidImag,
    InvalidLen,
    SwappedMakeArgs,
    InvalidMake,
    InvalidReal,
    InvalidAssert,
    ImpossibleAssert,
    InvalidConversion,
    InvalidUntypedConversion,
    BadOffsetofSyntax,
    InvalidOffsetof,
    UnusedExpr,
    UnusedVar,
    MissingReturn,
    WrongResultCount,
    OutOfScopeResult,
    InvalidCond,
    InvalidIterVar,
    InvalidRangeExpr,
    DuplicateCase,
    DuplicateDefault,
    InvalidTypeSwitch,
    InvalidExprSwitch,
    InvalidSelectCase,
    InvalidMethodExpr,
    WrongArgCount,
    InvalidCall,
    UnusedResults,
    InvalidDefer,
    InvalidGo,
    BadDecl,
    RepeatedDecl,
    InvalidUnsafeAdd,
    InvalidUnsafeSlice,
    UnsupportedFeature,
    NotAGenericType,
    WrongTypeArgCount,
    CannotInferTypeArgs,
    InvalidTypeArg,
    InvalidInstanceCycle,
    InvalidUnion,
    MisplacedConstraintIface,
    MisplacedTypeParam,
    InvalidUnsafeSliceData,
    InvalidUnsafeString,
    InvalidClear,
    TypeTooLarge,
    InvalidMinMaxOperand,
    TooNew,
    MissingBody,
    BadDirective,
    InvalidPrint,
}

impl Code {
    /// The name of the code, as printed by tools.
    #[must_use]
    pub fn name(self) -> String {
        format!("{self:?}")
    }
}
