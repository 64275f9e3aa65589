//! `m[k] = append(m[k], x)`: the element is looked up once.
//!
//! The official compiler evaluates the map, the key and the values first, then makes the element, and appends to what
//! stands there (`cmd/compile/internal/walk`). So what the values do to the element is seen, and it does not exist if
//! one of them panics. It does so where both index expressions are the same and call nothing.

use crate::arith::Num;
use crate::assign::Target;
use crate::func::FuncLowering;
use polkago_syntax::{BinaryOp, ExprId, ExprKind, UnaryOp};
use polkago_types::{Builtin, TypeKind};

impl FuncLowering<'_> {
    /// Such an assignment. Gives false for any other one.
    pub fn map_append(&mut self, x: ExprId, e: ExprId) -> bool {
        let (x, e) = (self.unparen(x), self.unparen(e));
        let tree = self.src().tree;
        let ExprKind::Index { x: map, .. } = *self.kind(x) else {
            return false;
        };
        let ExprKind::Call {
            fun,
            args,
            ellipsis,
            ..
        } = *self.kind(e)
        else {
            return false;
        };
        let is_map = matches!(self.cx.under(self.typ(map)), TypeKind::Map { .. });
        if !is_map || self.builtin(fun) != Some(Builtin::Append) {
            return false;
        }
        let [first, more @ ..] = tree.exprs(args) else {
            return false;
        };
        if more.is_empty() || !self.same(x, *first) {
            return false;
        }
        let Target::Map(t, at) = self.target(x, false) else {
            return false;
        };
        let TypeKind::Slice(elem) = self.cx.under(t) else {
            return false;
        };
        let elem = self.cx.store.canon(*elem);
        self.at(self.expr_pos(e));
        if ellipsis.is_some() {
            let more = self.expr_to(more[0], self.typ(more[0]));
            let place = self.map_slot(&at);
            let s = self.read(t, &place);
            let vals = self.append_slice(elem, &s, &more);
            self.assign(t, &place, &vals);
        } else {
            let more: Vec<_> = more.iter().map(|&e| self.expr_kept(e, elem)).collect();
            let place = self.map_slot(&at);
            let s = self.read(t, &place);
            let vals = self.append_values(elem, &s, &more);
            self.assign(t, &place, &vals);
        }
        true
    }

    /// Whether two expressions are the same and may be evaluated once instead of twice.
    fn same(&self, a: ExprId, b: ExprId) -> bool {
        let (a, b) = (self.unparen(a), self.unparen(b));
        let source = self.src();
        let consts = &source.info.consts;
        match (consts.get(&a), consts.get(&b)) {
            (Some(a), Some(b)) => return a == b,
            (None, None) => {}
            _ => return false,
        }
        if self.typ(a) != self.typ(b) {
            return false;
        }
        match (self.kind(a), self.kind(b)) {
            (ExprKind::Ident(a), ExprKind::Ident(b)) => {
                let uses = &source.info.uses;
                let (a, b) = (uses[*a].expand(), uses[*b].expand());
                a.is_some() && a == b
            }
            (ExprKind::Selector { x: a, sel: f }, ExprKind::Selector { x: b, sel: g }) => {
                let name = |id| source.tree.ident_text(id);
                name(*f) == name(*g) && self.same(*a, *b)
            }
            (ExprKind::Star(a), ExprKind::Star(b)) => self.same(*a, *b),
            (ExprKind::Unary { op: p, x: a }, ExprKind::Unary { op: q, x: b }) => {
                p == q && once_unary(*p) && self.same(*a, *b)
            }
            (
                ExprKind::Binary {
                    op: p, x: a, y: c, ..
                },
                ExprKind::Binary {
                    op: q, x: b, y: d, ..
                },
            ) => {
                let number = self.cx.num(self.typ(*a)) != Num::String;
                p == q && number && once_binary(*p) && self.same(*a, *b) && self.same(*c, *d)
            }
            (
                ExprKind::Index {
                    x: a, indices: i, ..
                },
                ExprKind::Index {
                    x: b, indices: j, ..
                },
            ) => match (source.tree.exprs(*i), source.tree.exprs(*j)) {
                ([i], [j]) => self.same(*a, *b) && self.same(*i, *j),
                _ => false,
            },
            _ => false,
        }
    }
}

fn once_unary(op: UnaryOp) -> bool {
    match op {
        UnaryOp::Not | UnaryOp::Xor | UnaryOp::Plus | UnaryOp::Minus => true,
        UnaryOp::And | UnaryOp::Recv | UnaryOp::Tilde => false,
    }
}

fn once_binary(op: BinaryOp) -> bool {
    match op {
        BinaryOp::Add
        | BinaryOp::Sub
        | BinaryOp::Or
        | BinaryOp::Xor
        | BinaryOp::Mul
        | BinaryOp::Div
        | BinaryOp::Rem
        | BinaryOp::And
        | BinaryOp::AndNot
        | BinaryOp::Shl
        | BinaryOp::Shr => true,
        BinaryOp::LogOr
        | BinaryOp::LogAnd
        | BinaryOp::Eq
        | BinaryOp::Ne
        | BinaryOp::Lt
        | BinaryOp::Le
        | BinaryOp::Gt
        | BinaryOp::Ge => false,
    }
}
