//! Which expressions have no effect but their value: an initialiser made of such ones is needed only if its variable
//! is.
//!
//! Allocation is no effect, a possible panic is. Calls count if the function is a single `return` of such an
//! expression, as `errors.New` is.

use crate::cx::{Cx, Source};
use polkago_syntax::{BinaryOp, ExprId, ExprKind, StmtKind, UnaryOp};
use polkago_types::{Builtin, Mode, ObjKind, TypeKind};

/// How deeply calls are followed.
const MAX_DEPTH: u32 = 4;

impl<'a> Cx<'a> {
    /// Whether an expression of package level has no effect but its value.
    pub fn effect_free(&self, source: Source<'a>, e: ExprId) -> bool {
        Effects { cx: self, source }.free(e, 0)
    }
}

struct Effects<'a, 'c> {
    cx: &'c Cx<'a>,
    source: Source<'a>,
}

impl Effects<'_, '_> {
    fn all(&self, exprs: &[ExprId], depth: u32) -> bool {
        exprs.iter().all(|&e| self.free(e, depth))
    }

    /// Whether the type of an expression is of a form.
    fn is(&self, e: ExprId, form: impl Fn(&TypeKind) -> bool) -> bool {
        let t = self.source.info.exprs[e].typ.expand();
        t.is_some_and(|t| form(self.cx.under(t)))
    }

    fn constant(&self, e: ExprId) -> bool {
        self.source.info.consts.contains_key(&e)
    }

    fn free(&self, e: ExprId, depth: u32) -> bool {
        let tree = self.source.tree;
        if self.constant(e) || matches!(self.source.info.exprs[e].mode, Mode::Nil | Mode::Type) {
            return true;
        }
        match &tree.expr[e].kind {
            ExprKind::Ident(_) | ExprKind::BasicLit { .. } | ExprKind::FuncLit { .. } => true,
            ExprKind::Paren(x) => self.free(*x, depth),
            ExprKind::KeyValue { key, value, .. } => {
                // Hashing a key of interface type may panic. The name of a field has no mode.
                let hashes = self.is(*key, |k| matches!(k, TypeKind::Interface(_)));
                !hashes && self.free(*key, depth) && self.free(*value, depth)
            }
            ExprKind::CompositeLit { elems, .. } => self.all(tree.exprs(*elems), depth),
            ExprKind::Selector { x, .. } => match self.source.info.selections.get(&e) {
                // Package-level names of other packages.
                None => true,
                Some(selection) => !selection.indirect && self.free(*x, depth),
            },
            ExprKind::Unary { op, x } => *op != UnaryOp::Recv && self.free(*x, depth),
            ExprKind::Binary { op, x, y, .. } => {
                let harmless = match op {
                    BinaryOp::Div | BinaryOp::Rem | BinaryOp::Shl | BinaryOp::Shr => {
                        self.constant(*y)
                    }
                    BinaryOp::Eq | BinaryOp::Ne => {
                        !self.is(*x, |k| {
                            matches!(k, TypeKind::Interface(_) | TypeKind::Struct(_))
                        }) && !self.is(*y, |k| matches!(k, TypeKind::Interface(_)))
                    }
                    _ => true,
                };
                harmless && self.free(*x, depth) && self.free(*y, depth)
            }
            ExprKind::Call { fun, args, .. } => {
                let args = tree.exprs(*args);
                self.all(args, depth) && self.free_call(*fun, args, depth)
            }
            ExprKind::Bad
            | ExprKind::Index { .. }
            | ExprKind::Slice { .. }
            | ExprKind::TypeAssert { .. }
            | ExprKind::Star(_)
            | ExprKind::ArrayType { .. }
            | ExprKind::SliceType(_)
            | ExprKind::StructType(_)
            | ExprKind::FuncType(_)
            | ExprKind::InterfaceType(_)
            | ExprKind::MapType { .. }
            | ExprKind::ChanType { .. }
            | ExprKind::Ellipsis(_) => false,
        }
    }

    /// A call whose arguments have no effects.
    fn free_call(&self, fun: ExprId, args: &[ExprId], depth: u32) -> bool {
        let mut fun = fun;
        while let ExprKind::Paren(inner) = self.source.tree.expr[fun].kind {
            fun = inner;
        }
        match self.source.info.exprs[fun].mode {
            // The conversion of a slice to an array may panic.
            Mode::Type => !self.is(fun, |k| {
                matches!(k, TypeKind::Array { .. } | TypeKind::Pointer(_))
            }),
            Mode::Builtin(b) => match b {
                Builtin::Len
                | Builtin::Cap
                | Builtin::New
                | Builtin::Complex
                | Builtin::Real
                | Builtin::Imag
                | Builtin::Append => true,
                Builtin::Make => args[1..].iter().all(|&a| self.constant(a)),
                _ => false,
            },
            _ => self.free_function(fun, depth),
        }
    }

    /// Whether a function is one `return` without effects.
    fn free_function(&self, fun: ExprId, depth: u32) -> bool {
        let id = match &self.source.tree.expr[fun].kind {
            ExprKind::Ident(id) => *id,
            ExprKind::Selector { sel, .. } if !self.source.info.selections.contains_key(&fun) => {
                *sel
            }
            _ => return false,
        };
        let Some(obj) = self.source.info.uses[id].expand() else {
            return false;
        };
        if depth == MAX_DEPTH || !matches!(self.cx.obj(obj).kind, ObjKind::Func(_)) {
            return false;
        }
        let Some((source, decl)) = self.cx.func_decl(obj) else {
            return false;
        };
        let Some(body) = decl.body else { return false };
        let stmts = source.tree.stmts(source.tree.blocks[body].stmts);
        let [stmt] = stmts else {
            return stmts.is_empty();
        };
        match &source.tree.stmt[*stmt].kind {
            StmtKind::Return(results) => {
                let Some((source, _)) = self.cx.func_body(obj) else {
                    return false;
                };
                let callee = Effects {
                    cx: self.cx,
                    source,
                };
                callee.all(source.tree.exprs(*results), depth + 1)
            }
            _ => false,
        }
    }
}
