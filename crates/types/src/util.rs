//! Small helpers over syntax trees.

use polkago_syntax::{ExprId, ExprKind, File, IdentId, Pos};

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

/// Where the official compiler has an expression start: at its first byte, but for function types, which start at the
/// parenthesis, and slice expressions, which start at the bracket.
pub(crate) fn start_pos(tree: &File, e: ExprId) -> Pos {
    let mut e = e;
    loop {
        let expr = &tree.expr[e];
        e = match &expr.kind {
            ExprKind::CompositeLit { typ: Some(typ), .. } => *typ,
            ExprKind::KeyValue { key, .. } => *key,
            ExprKind::Selector { x, .. }
            | ExprKind::Index { x, .. }
            | ExprKind::TypeAssert { x, .. }
            | ExprKind::Binary { x, .. } => *x,
            ExprKind::Call { fun, .. } => *fun,
            ExprKind::Slice { lbrack, .. } => return *lbrack,
            ExprKind::FuncType(_) => return Pos(expr.span.start.0 + 4),
            ExprKind::Bad
            | ExprKind::Ident(_)
            | ExprKind::BasicLit { .. }
            | ExprKind::CompositeLit { typ: None, .. }
            | ExprKind::FuncLit { .. }
            | ExprKind::Paren(_)
            | ExprKind::Star(_)
            | ExprKind::Unary { .. }
            | ExprKind::ArrayType { .. }
            | ExprKind::SliceType(_)
            | ExprKind::StructType(_)
            | ExprKind::InterfaceType(_)
            | ExprKind::MapType { .. }
            | ExprKind::ChanType { .. }
            | ExprKind::Ellipsis(_) => return expr.span.start,
        };
    }
}
