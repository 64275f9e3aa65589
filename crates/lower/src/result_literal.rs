//! Literals that become results of a function whose deferred calls may recover.
//!
//! Where an operation in `return T{a, b/c}` or `r = T{a, b/c}` panics and a deferred call recovers, the caller sees
//! what the result held by then. The specification leaves that open (*Order of evaluation*, *Handling panics*); we do
//! as the official compiler does:
//!
//! - If the result is neither captured nor addressed, the literal has exactly its type and does not mention it, the
//!   literal is built in the result: that becomes zero, and then each element is evaluated and assigned, in order. A
//!   literal of more than four elements has its constant ones assigned first.
//! - Calls, receive operations, conditional operators and what else needs a temporary variable there are evaluated
//!   before that, so that a panic in one of them leaves the result as it was.
//! - Of several results of a return statement the first is so; the others are evaluated before it and assigned after.
//!
//! All other literals are values: evaluated as a whole, then assigned.

use crate::func::FuncLowering;
use crate::place::Place;
use crate::vars::Storage;
use polkago_syntax::{BinaryOp, ExprId, ExprKind, UnaryOp};
use polkago_types::{Mode, ObjId, SelectionKind, TypeId, TypeKind};

/// A literal of more elements has its constant ones assigned first.
const CONSTANTS_FIRST: usize = 4;

/// Which elements are assigned.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Pass {
    All,
    Constants,
    Others,
}

/// What a literal contains.
struct Contents {
    /// The result that it is for, where that has a name.
    result: Option<ObjId>,
    /// Whether it mentions the result.
    mentioned: bool,
    /// Outermost expressions that are evaluated before the result is touched, in order.
    early: Vec<ExprId>,
    /// Whether anything else in it may panic.
    panics: bool,
}

impl FuncLowering<'_> {
    /// A return statement whose first result is built in place. Gives false if none is.
    pub fn return_literal(&mut self, exprs: &[ExprId], types: &[TypeId]) -> bool {
        if exprs.len() != types.len() {
            return false;
        }
        // A result that returns itself is not assigned.
        let Some(first) = (0..exprs.len()).find(|&i| !self.is_result(exprs[i], i)) else {
            return false;
        };
        let Some(place) = self.prepare_result(first, exprs[first]) else {
            return false;
        };
        let others: Vec<_> = (first + 1..exprs.len())
            .map(|i| (i, self.expr_kept(exprs[i], types[i])))
            .collect();
        self.build_result(exprs[first], types[first], &place);
        for (i, vals) in others {
            self.assign_result(i, &vals);
        }
        self.jump_to_epilogue();
        true
    }

    /// An assignment to a result that is built in place. Gives false if it is not.
    pub fn assign_literal(&mut self, x: ExprId, e: ExprId) -> bool {
        let Some(i) = (0..self.results.len()).find(|&i| self.is_result(x, i)) else {
            return false;
        };
        let Some(place) = self.prepare_result(i, e) else {
            return false;
        };
        self.build_result(e, self.results[i].typ, &place);
        true
    }

    /// Whether an expression is a result variable.
    fn is_result(&self, e: ExprId, i: usize) -> bool {
        let ExprKind::Ident(id) = *self.kind(self.unparen(e)) else {
            return false;
        };
        let obj = self.src().info.uses[id].expand();
        obj.is_some() && obj == self.results[i].var
    }

    /// The place of a result that a literal is built in, after what comes before that; absent if it is not.
    fn prepare_result(&mut self, i: usize, e: ExprId) -> Option<Place> {
        let lit = self.unparen(e);
        let t = self.results[i].typ;
        if !self.may_recover() || !self.is_aggregate_literal(lit, t) {
            return None;
        }
        let place = self.own_result(i)?;
        let mut contents = Contents {
            result: self.results[i].var,
            mentioned: false,
            early: Vec::new(),
            panics: false,
        };
        self.look(&mut contents, lit, false);
        if contents.mentioned || !contents.panics {
            return None;
        }
        for e in contents.early {
            let vals = self.expr(e);
            self.evaluated.insert(e, vals);
        }
        Some(place)
    }

    /// Whether an expression is a literal of a struct or array type, that very one.
    fn is_aggregate_literal(&self, e: ExprId, t: TypeId) -> bool {
        matches!(self.kind(e), ExprKind::CompositeLit { .. })
            && (self.elides_type(e) || self.typ(e) == t)
            && matches!(
                self.cx.under(t),
                TypeKind::Struct(_) | TypeKind::Array { .. }
            )
    }

    /// The place of a result that only this function sees.
    fn own_result(&mut self, i: usize) -> Option<Place> {
        let result = &self.results[i];
        let storage = match (result.var, &result.kept, result.dest) {
            (Some(obj), ..) => self.vars.get(&obj).cloned()?,
            (None, Some(kept), _) => kept.clone(),
            (None, None, dest) => return dest.map(|dest| Place::memory(dest, 0)),
        };
        match storage {
            Storage::Cell(_) => None,
            storage => Some(self.storage_place(&storage)),
        }
    }

    fn build_result(&mut self, e: ExprId, t: TypeId, place: &Place) {
        let lit = self.unparen(e);
        let before = self.at(self.expr_pos(lit));
        match place {
            Place::Mem { base, offset, .. } => self.store_zero(t, *base, *offset),
            _ => {
                let zero = self.zero(t);
                self.assign(t, place, &zero);
            }
        }
        if self.elements(lit).len() > CONSTANTS_FIRST {
            self.assign_elements(lit, t, place, Pass::Constants);
            self.assign_elements(lit, t, place, Pass::Others);
        } else {
            self.assign_elements(lit, t, place, Pass::All);
        }
        debug_assert!(self.evaluated.is_empty());
        self.set_pos(before);
    }

    fn assign_elements(&mut self, lit: ExprId, t: TypeId, place: &Place, pass: Pass) {
        match self.cx.under(t) {
            TypeKind::Struct(fields) => {
                for (i, elem) in self.elements(lit).into_iter().enumerate() {
                    let (index, value) = self.struct_elem(fields, i, elem);
                    let typ = self.cx.store.canon(fields[index].typ);
                    let at = if self.cx.text(fields[index].name) == "_" {
                        Place::Blank
                    } else {
                        self.field_place(place, t, index as u32).0
                    };
                    self.assign_element(value, typ, &at, pass);
                }
            }
            TypeKind::Array { elem, .. } => {
                let elem = self.cx.store.canon(*elem);
                let size = self.cx.size(elem);
                for (index, value) in self.indexed(lit).0 {
                    let at = match place {
                        Place::Mem { base, offset, .. } => {
                            Place::memory(*base, offset + index * size)
                        }
                        // An array of one element has the scalars of that.
                        place => place.clone(),
                    };
                    self.assign_element(value, elem, &at, pass);
                }
            }
            _ => {}
        }
    }

    fn assign_element(&mut self, e: ExprId, t: TypeId, at: &Place, pass: Pass) {
        let lit = self.unparen(e);
        if self.is_aggregate_literal(lit, t) {
            self.assign_elements(lit, t, at, pass);
            return;
        }
        let constant = self.mode(e) == Mode::Constant && !self.cx.is_interface(t);
        if pass == Pass::Constants && !constant || pass == Pass::Others && constant {
            return;
        }
        let vals = self.element_value(e, t);
        self.assign(t, at, &vals);
    }

    /// Looks through an expression; `within` tells that it is part of one that is evaluated early.
    fn look(&self, found: &mut Contents, e: ExprId, within: bool) {
        if matches!(self.mode(e), Mode::Constant | Mode::Nil | Mode::Type) {
            return;
        }
        let tree = &self.src().tree;
        let early = |found: &mut Contents| {
            if !within {
                found.early.push(e);
            }
        };
        match self.kind(e) {
            ExprKind::Ident(id) => {
                let obj = self.src().info.uses[*id].expand();
                found.mentioned |= obj.is_some() && obj == found.result;
            }
            ExprKind::Paren(x) => self.look(found, *x, within),
            ExprKind::CompositeLit { elems, .. } => {
                let map = matches!(self.cx.under(self.typ(e)), TypeKind::Map { .. });
                if map {
                    early(found);
                }
                self.look_elements(found, e, tree.exprs(*elems), within || map);
            }
            ExprKind::Selector { x, .. } => {
                let Some(selection) = self.src().info.selections.get(&e) else {
                    return;
                };
                let method = selection.kind != SelectionKind::Field;
                found.panics |= !within && (selection.indirect || method);
                self.look(found, *x, within);
            }
            ExprKind::Index { x, indices, .. } => {
                let index = tree.exprs(*indices)[0];
                match self.cx.under(self.typ(*x)) {
                    TypeKind::Func { .. } => return,
                    TypeKind::Map { key, .. } => {
                        let key = self.cx.store.canon(*key);
                        self.look(found, *x, within);
                        self.look_operand(found, index, within, self.key_needs_variable(key));
                        return;
                    }
                    _ => found.panics |= !within,
                }
                self.look(found, *x, within);
                self.look(found, index, within);
            }
            ExprKind::Star(x) => {
                found.panics |= !within;
                self.look(found, *x, within);
            }
            ExprKind::TypeAssert { x, .. } => {
                let direct = self.cx.pointer_shaped(self.typ(e));
                if direct {
                    found.panics |= !within;
                } else {
                    early(found);
                }
                self.look(found, *x, within || !direct);
            }
            ExprKind::Slice { x, lo, hi, max, .. } => {
                early(found);
                self.look(found, *x, true);
                for index in [lo, hi, max].into_iter().flatten() {
                    self.look(found, *index, true);
                }
            }
            ExprKind::Unary { op, x } => {
                let receive = *op == UnaryOp::Recv;
                if receive {
                    early(found);
                }
                self.look(found, *x, within || receive);
            }
            ExprKind::Binary { op, x, y, .. } => self.look_binary(found, e, (*op, *x, *y), within),
            ExprKind::Call { fun, args, .. } => {
                let args = tree.exprs(*args);
                if self.mode(self.unparen(*fun)) == Mode::Type {
                    let to = self.typ(e);
                    found.panics |= !within
                        && matches!(
                            self.cx.under(to),
                            TypeKind::Array { .. } | TypeKind::Pointer(_)
                        );
                    self.look_converted(found, args[0], to, within);
                    return;
                }
                early(found);
                self.look(found, *fun, true);
                for &arg in args {
                    self.look(found, arg, true);
                }
            }
            // What a function literal captures is not built in place.
            ExprKind::FuncLit { .. }
            | ExprKind::Bad
            | ExprKind::BasicLit { .. }
            | ExprKind::KeyValue { .. }
            | ExprKind::ArrayType { .. }
            | ExprKind::SliceType(_)
            | ExprKind::StructType(_)
            | ExprKind::FuncType(_)
            | ExprKind::InterfaceType(_)
            | ExprKind::MapType { .. }
            | ExprKind::ChanType { .. }
            | ExprKind::Ellipsis(_) => {}
        }
    }

    fn look_elements(&self, found: &mut Contents, lit: ExprId, elems: &[ExprId], within: bool) {
        let under = self.cx.under(self.typ(lit));
        for (i, &elem) in elems.iter().enumerate() {
            let (key, value) = match self.kind(elem) {
                ExprKind::KeyValue { key, value, .. } => (Some(*key), *value),
                _ => (None, elem),
            };
            match under {
                TypeKind::Struct(fields) => {
                    let (index, value) = self.struct_elem(fields, i, elem);
                    let typ = self.cx.store.canon(fields[index].typ);
                    self.look_converted(found, value, typ, within);
                }
                TypeKind::Array { elem: typ, .. } => {
                    let typ = self.cx.store.canon(*typ);
                    self.look_converted(found, value, typ, within);
                }
                TypeKind::Map { .. } => {
                    if let Some(key) = key {
                        self.look(found, key, true);
                    }
                    self.look(found, value, true);
                }
                _ => self.look(found, value, within),
            }
        }
    }

    fn look_binary(
        &self,
        found: &mut Contents,
        e: ExprId,
        (op, x, y): (BinaryOp, ExprId, ExprId),
        within: bool,
    ) {
        let constant = self.mode(y) == Mode::Constant;
        let (mut within, mut variables) = (within, false);
        match op {
            BinaryOp::LogAnd | BinaryOp::LogOr => {
                if !within {
                    found.early.push(e);
                }
                within = true;
            }
            BinaryOp::Div | BinaryOp::Rem | BinaryOp::Shl | BinaryOp::Shr => {
                found.panics |= !within && !constant;
            }
            BinaryOp::Eq | BinaryOp::Ne => {
                let operands = [x, y].map(|e| self.cx.under(self.typ(e)));
                variables = operands
                    .iter()
                    .any(|t| matches!(t, TypeKind::Struct(_) | TypeKind::Array { .. }));
                let interfaces = operands.iter().any(|t| matches!(t, TypeKind::Interface(_)));
                found.panics |= !within && (variables || interfaces);
            }
            _ => {}
        }
        self.look_operand(found, x, within, variables);
        self.look_operand(found, y, within, variables);
    }

    /// An operand that is evaluated early if it has to be in a variable and is in none.
    fn look_operand(&self, found: &mut Contents, e: ExprId, within: bool, variable: bool) {
        let constant = matches!(self.mode(e), Mode::Constant | Mode::Nil);
        let early = variable && !within && !constant && !self.is_place(e);
        if early {
            found.early.push(e);
        }
        self.look(found, e, within || early);
    }

    /// An operand that is converted to a type.
    fn look_converted(&self, found: &mut Contents, e: ExprId, to: TypeId, within: bool) {
        if matches!(self.mode(e), Mode::Constant | Mode::Nil) {
            return;
        }
        let from = if self.elides_type(e) { to } else { self.typ(e) };
        let wrapped = self.cx.is_interface(to) && !self.cx.is_interface(from);
        let variable = wrapped && self.word_needs_variable(from);
        self.look_operand(found, e, within, variable);
    }

    /// Whether a value of a type is put into a variable before it goes into an interface: where that is not done by a
    /// function that takes 16, 32 or 64 bits, a string or a slice.
    fn word_needs_variable(&self, t: TypeId) -> bool {
        let info = self.cx.info(t);
        let bits = matches!((info.size, info.align), (2, 2) | (4, 4) | (8, 4 | 8));
        if bits && self.cx.pointer_free(t) {
            return false;
        }
        match self.cx.under(t) {
            TypeKind::Slice(_) => false,
            TypeKind::Struct(fields) if fields.len() == 1 => {
                self.word_needs_variable(self.cx.store.canon(fields[0].typ))
            }
            TypeKind::Array { len: 1, elem } => {
                self.word_needs_variable(self.cx.store.canon(*elem))
            }
            _ => self.cx.num(t) != crate::arith::Num::String,
        }
    }

    /// Whether a key is put into a variable before it is looked up.
    fn key_needs_variable(&self, t: TypeId) -> bool {
        let info = self.cx.info(t);
        let wide = matches!(info.size, 4 | 8);
        !match self.cx.num(t) {
            crate::arith::Num::Int { .. } => wide,
            crate::arith::Num::String => true,
            _ => self.cx.pointer_shaped(t),
        }
    }
}
