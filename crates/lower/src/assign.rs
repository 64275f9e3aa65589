//! Assignments and short variable declarations (*Assignment statements*, *Order of evaluation*).
//!
//! First the operands of index expressions and pointer indirections on the left and the expressions on the right
//! are evaluated, then the assignments are made from left to right.

use crate::func::FuncLowering;
use crate::maps::MapElem;
use crate::place::Place;
use crate::scalars::Vals;
use polkago_ir::Value;
use polkago_syntax::{BinaryOp, ExprId, ExprKind, Pos, UnaryOp};
use polkago_types::{Constant, ObjId, TypeId, TypeKind};

/// The left side of one assignment.
#[derive(Clone, Debug)]
pub(crate) enum Target {
    /// A variable that is declared here.
    New(ObjId),
    /// A place.
    Place(TypeId, Place),
    /// An element of a map.
    Map(TypeId, MapElem),
    /// The blank identifier, with the type of a declaration.
    Blank(Option<TypeId>),
}

impl FuncLowering<'_> {
    /// `lhs = rhs`, or `lhs := rhs`.
    pub fn assignment(&mut self, lhs: &[ExprId], rhs: &[ExprId], define: bool) {
        if let (false, [x], [e]) = (define, lhs, rhs)
            && self.map_append(*x, *e)
        {
            return;
        }
        if let (false, [x], [e]) = (define, lhs, rhs)
            && self.assign_literal(*x, *e)
        {
            return;
        }
        let targets: Vec<Target> = lhs.iter().map(|&e| self.target(e, define)).collect();
        self.assign_all(&targets, rhs);
    }

    /// The left side of an assignment, its operands evaluated.
    pub fn target(&mut self, e: ExprId, define: bool) -> Target {
        let inner = self.unparen(e);
        let source = self.src();
        if let ExprKind::Ident(id) = self.kind(inner) {
            if source.tree.ident_text(*id) == "_" {
                return Target::Blank(None);
            }
            if define && let Some(obj) = source.info.defs[*id].expand() {
                return Target::New(obj);
            }
            // Of a variable that a short declaration assigns to, no type of an expression is noted.
            if let Some(obj) = source.info.uses[*id].expand() {
                return Target::Place(self.obj_type(obj), self.place(inner));
            }
        }
        let t = self.typ(inner);
        if let ExprKind::Index { x, indices, .. } = self.kind(inner)
            && let TypeKind::Map { .. } = self.cx.under(self.typ(*x))
        {
            let index = source.tree.exprs(*indices)[0];
            if let Some(at) = self.map_elem(*x, index) {
                return Target::Map(t, at);
            }
        }
        let place = self.place(inner);
        Target::Place(t, place)
    }

    /// The type that a target takes; absent for a blank one that takes any.
    pub fn target_type(&self, target: &Target) -> Option<TypeId> {
        match target {
            Target::New(obj) => Some(self.obj_type(*obj)),
            Target::Place(t, _) | Target::Map(t, _) => Some(*t),
            Target::Blank(t) => *t,
        }
    }

    /// Evaluates the right side and assigns it.
    pub fn assign_all(&mut self, targets: &[Target], rhs: &[ExprId]) {
        match (targets, rhs) {
            ([target], [e]) => {
                let to = self.target_type(target).unwrap_or_else(|| self.typ(*e));
                if self.build_in_place(target, *e, to) {
                    return;
                }
                let vals = self.expr_to(*e, to);
                self.assign_target(target, &vals);
            }
            (_, [e]) => {
                let (vals, types) = self.multi(*e);
                let converted: Vec<Vals> = vals
                    .into_iter()
                    .zip(&types)
                    .zip(targets)
                    .map(|((v, &from), target)| {
                        let to = self.target_type(target).unwrap_or(from);
                        self.implicit(v, from, to)
                    })
                    .collect();
                for (target, v) in targets.iter().zip(converted) {
                    self.assign_target(target, &v);
                }
            }
            _ => {
                let vals: Vec<Vals> = rhs
                    .iter()
                    .zip(targets)
                    .map(|(&e, target)| {
                        let to = self.target_type(target).unwrap_or_else(|| self.typ(e));
                        self.expr_kept(e, to)
                    })
                    .collect();
                for (target, v) in targets.iter().zip(vals) {
                    self.assign_target(target, &v);
                }
            }
        }
    }

    /// A literal that a new variable in memory starts with is built there.
    fn build_in_place(&mut self, target: &Target, e: ExprId, to: TypeId) -> bool {
        let Target::New(obj) = target else {
            return false;
        };
        let inner = self.unparen(e);
        let literal = matches!(self.kind(inner), ExprKind::CompositeLit { .. });
        let in_memory = self.in_cell(*obj) || self.cx.info(to).memory;
        let aggregate = matches!(
            self.cx.under(to),
            TypeKind::Struct(_) | TypeKind::Array { .. }
        );
        if !literal || !in_memory || !aggregate || self.typ(inner) != to {
            return false;
        }
        let storage = self.declare(*obj);
        let zeroed = self.in_cell(*obj);
        let Place::Mem { base, offset, .. } = self.storage_place(&storage) else {
            return false;
        };
        self.expr_into(inner, to, base, offset, zeroed);
        true
    }

    /// Assigns to one target.
    pub fn assign_target(&mut self, target: &Target, vals: &[Value]) {
        match target {
            Target::New(obj) => self.declare_init(*obj, vals),
            Target::Place(t, place) => self.assign(*t, place, vals),
            Target::Map(t, at) => {
                let place = self.map_slot(at);
                self.assign(*t, &place, vals);
            }
            Target::Blank(_) => {}
        }
    }

    /// An expression with several values: a call, or a form with a second, boolean one.
    pub fn multi(&mut self, e: ExprId) -> (Vec<Vals>, Vec<TypeId>) {
        let e = self.unparen(e);
        self.at(self.expr_pos(e));
        let types: Vec<TypeId> = match self.cx.kind(self.typ(e)) {
            TypeKind::Tuple(types) => types
                .iter()
                .map(|&t| self.cx.subst(t, &self.subst))
                .collect(),
            _ => vec![self.typ(e)],
        };
        match self.kind(e) {
            ExprKind::TypeAssert { x, .. } => {
                let (vals, ok) = self.assertion_ok(*x, types[0]);
                (vec![vals, Vals::from_slice(&[ok])], types)
            }
            ExprKind::Index { x, indices, .. } => {
                let index = self.src().tree.exprs(*indices)[0];
                match self.map_elem_read(*x, index) {
                    Some(at) => {
                        let (vals, ok) = self.map_get_ok(&at);
                        (vec![vals, Vals::from_slice(&[ok])], types)
                    }
                    None => (types.iter().map(|&t| self.zero(t)).collect(), types),
                }
            }
            ExprKind::Unary {
                op: UnaryOp::Recv,
                x,
            } if types.len() == 2 => {
                let (vals, ok) = self.recv_ok(*x);
                (vec![vals, Vals::from_slice(&[ok])], types)
            }
            _ => (self.call(e), types),
        }
    }

    /// `x op= y`.
    pub fn assign_op(&mut self, x: ExprId, op: BinaryOp, op_pos: Pos, y: ExprId) {
        let target = self.target(x, false);
        let Some(t) = self.target_type(&target) else {
            return;
        };
        let shift = matches!(op, BinaryOp::Shl | BinaryOp::Shr);
        let (b, count_type) = if shift {
            let (count, count_type) = self.shift_count(y);
            (Vals::from_slice(&[count]), count_type)
        } else {
            (self.expr_to(y, t), t)
        };
        self.at(op_pos);
        let compute = |f: &mut Self, a: Vals| {
            if shift {
                let left = op == BinaryOp::Shl;
                Vals::from_slice(&[f.shift(left, t, a[0], count_type, b[0])])
            } else {
                f.arith(op, t, &a, &b)
            }
        };
        // A division by zero makes no entry.
        if let (Target::Map(_, at), BinaryOp::Div | BinaryOp::Rem) = (&target, op) {
            let a = self.map_get(at);
            let vals = compute(self, a);
            self.assign_target(&target, &vals);
            return;
        }
        let Some(place) = self.updated_place(target) else {
            return;
        };
        let a = self.read(t, &place);
        let vals = compute(self, a);
        self.assign(t, &place, &vals);
    }

    /// The place of a target that is read and then assigned; an element of a map is made.
    fn updated_place(&mut self, target: Target) -> Option<Place> {
        match target {
            Target::Place(_, place) => Some(self.settle(place)),
            Target::Map(_, at) => Some(self.map_slot(&at)),
            Target::New(_) | Target::Blank(_) => None,
        }
    }

    /// `x++`, `x--`.
    pub fn inc_dec(&mut self, x: ExprId, inc: bool, op_pos: Pos) {
        let target = self.target(x, false);
        let Some(t) = self.target_type(&target) else {
            return;
        };
        self.at(op_pos);
        let Some(place) = self.updated_place(target) else {
            return;
        };
        let a = self.read(t, &place);
        let one = self.constant(t, &Constant::int(1));
        let op = if inc { BinaryOp::Add } else { BinaryOp::Sub };
        let vals = self.arith(op, t, &a, &one);
        self.assign(t, &place, &vals);
    }
}
