//! Overlay files: their declarations replace same-named ones of the package's other files (decision record 0009).

use crate::SourceFile;
use crate::util::unparen;
use polkago_syntax::{Decl, ExprKind, File};
use rustc_hash::FxHashSet;
use std::sync::Arc;

/// What overlay files declare.
#[derive(Debug, Default)]
pub(crate) struct Shadowed {
    /// Names of constants, types, variables and functions.
    names: FxHashSet<Arc<str>>,
    /// Names of methods with the names of their receivers' base types.
    methods: FxHashSet<(Arc<str>, Arc<str>)>,
}

impl Shadowed {
    /// Collects what the overlay files among `files` declare.
    pub(crate) fn collect(files: &[SourceFile]) -> Self {
        let mut shadowed = Self::default();
        for file in files.iter().filter(|file| file.overlay) {
            shadowed.add_file(&file.tree);
        }
        shadowed
    }

    /// Whether a package-level name is replaced.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.names.contains(name)
    }

    /// Whether a method is replaced.
    pub(crate) fn has_method(&self, base: &str, name: &str) -> bool {
        !self.methods.is_empty() && self.methods.contains(&(base.into(), name.into()))
    }

    /// Adds the names of one file. `init` functions and blank names replace nothing.
    fn add_file(&mut self, tree: &File) {
        for decl in &tree.decls {
            match decl {
                Decl::Import(_) | Decl::Bad(_) => {}
                Decl::Const(decl) => self
                    .names
                    .extend(decl.names.iter().map(|&name| tree.ident_text(name).into())),
                Decl::Var(decl) => self
                    .names
                    .extend(decl.names.iter().map(|&name| tree.ident_text(name).into())),
                Decl::Type(decl) => {
                    self.names.insert(tree.ident_text(decl.name).into());
                }
                Decl::Func(decl) => {
                    let name: Arc<str> = tree.ident_text(decl.name).into();
                    match decl.recv.as_ref().and_then(|recv| recv.first()) {
                        Some(param) => {
                            if let Some(base) = base_name(tree, param.typ) {
                                self.methods.insert((base.into(), name));
                            }
                        }
                        None => {
                            self.names.insert(name);
                        }
                    }
                }
            }
        }
        self.names.remove("_");
        self.names.remove("init");
    }
}

/// The name of a receiver's base type.
fn base_name(tree: &File, typ: polkago_syntax::ExprId) -> Option<&str> {
    match tree.expr[unparen(tree, typ)].kind {
        ExprKind::Ident(ident) => Some(tree.ident_text(ident)),
        ExprKind::Star(x) | ExprKind::Index { x, .. } => base_name(tree, x),
        _ => None,
    }
}
