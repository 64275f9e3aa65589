//! The result of checking a package.

use crate::bodies::Bodies;
use crate::{FileInfo, ObjId, PkgId, ScopeId, SrcPos, VarFacts};
use polkago_syntax::{ExprId, File};
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// A file handed to the checker.
#[derive(Clone, Debug)]
pub struct SourceFile {
    /// The path shown to users, as seen from where they work.
    pub path: Arc<str>,
    /// The path that goes into what is built, the same on every machine and in every folder.
    pub stable_path: Arc<str>,
    /// The syntax tree.
    pub tree: Arc<File>,
    /// Whether it is an overlay file, whose declarations replace same-named ones of the other files
    /// (decision record 0009).
    pub overlay: bool,
}

/// A checked package, complete and immutable, but that [`Package::body`] checks what was put off.
#[derive(Debug)]
pub struct Package {
    /// Its id.
    pub id: PkgId,
    /// Its import path: what prefixes its symbols.
    pub path: Arc<str>,
    /// The name in its package clauses.
    pub name: Arc<str>,
    /// Its files in the order given.
    pub files: Vec<SourceFile>,
    /// What was found out about each file, without the bodies that were put off.
    pub info: Vec<FileInfo>,
    /// The package scope.
    pub scope: ScopeId,
    /// Imported packages in order of their paths.
    pub imports: Vec<PkgId>,
    /// Package variables in the order of their initialisation (*Package initialization*).
    pub init_order: Vec<Initializer>,
    /// `init` functions in order, and every other function and method with its declaration, in source order.
    pub funcs: Vec<ObjId>,
    /// `init` functions in order.
    pub inits: Vec<ObjId>,
    /// `//go:linkname local target` (decision record 0009).
    pub linknames: Vec<Linkname>,
    /// Facts about local variables, parameters and results, without those of the bodies that were put off.
    pub vars: FxHashMap<ObjId, VarFacts>,
    /// The function bodies that are checked when somebody asks for them.
    pub(crate) bodies: Bodies,
}

/// One initialisation: variables and the expression that gives their values.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Initializer {
    /// The variables on the left side; blank ones are `None`.
    pub lhs: Vec<Option<ObjId>>,
    /// The file of the expression.
    pub file: u32,
    /// The expression.
    pub rhs: ExprId,
}

/// A `//go:linkname` directive.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Linkname {
    /// The local name.
    pub local: Arc<str>,
    /// `import/path.name`, absent in the one-argument form, which only marks the symbol.
    pub target: Option<Arc<str>>,
    /// Where it stands.
    pub pos: SrcPos,
}
