//! Small helpers over syntax trees.

use polkago_syntax::{ExprId, ExprKind, File, IdentId};

/// The expression inside parentheses.
pub(crate) fn unparen(tree: &File, e: ExprId) -> ExprId {
    let mut e = e;
    while let ExprKind::Paren(inner) = tree.expr[e].kind {
        e = inner;
    }
    e
}

/// The identifier of the generic function or type that an expression instantiates: of `f`, `p.f`, `f[T]`, `p.f[T]`.
pub(crate) fn instantiated_ident(tree: &File, e: ExprId) -> Option<IdentId> {
    match tree.expr[unparen(tree, e)].kind {
        ExprKind::Ident(ident) => Some(ident),
        ExprKind::Selector { sel, .. } => Some(sel),
        ExprKind::Index { x, .. } => instantiated_ident(tree, x),
        _ => None,
    }
}
