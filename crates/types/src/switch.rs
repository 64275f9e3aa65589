//! Expression and type switches (*Switch statements*).

use crate::checker::{Checker, ErrorBuilder};
use crate::constant::CompareOp;
use crate::errors::Code;
use crate::operand::Operand;
use crate::{Basic, Constant, ObjKind, TypeId, VarKind};
use polkago_syntax::{BinaryOp, CaseClause, ExprId, ExprKind, IdentId, StmtId};
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// A case value that may not occur twice: of the kinds for which the official compiler reports duplicates.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
enum CaseKey {
    /// An integer.
    Int(dashu::integer::IBig),
    /// The bits of a float.
    Float(u64),
    /// A string.
    String(Arc<[u8]>),
}

impl CaseKey {
    /// The key of a constant, where duplicates of it are reported.
    fn of(value: &Constant) -> Option<Self> {
        match value {
            Constant::Int(value) => Some(Self::Int(value.clone())),
            Constant::Rat(_) | Constant::Float(_) => Some(Self::Float(value.to_f64().to_bits())),
            Constant::String(bytes) => Some(Self::String(bytes.clone())),
            Constant::Unknown | Constant::Bool(_) | Constant::Complex(_) => None,
        }
    }
}

impl Checker<'_> {
    /// An expression switch; its init statement has been checked.
    pub(crate) fn switch_stmt(&mut self, tag: Option<ExprId>, clauses: &[CaseClause]) {
        let store = self.store;
        let mut x;
        if let Some(tag) = tag {
            x = self.expr(None, tag);
            // The tag is evaluated into a variable without name.
            self.assignment(&mut x, None, "switch expression");
            if !x.is_invalid() && !store.is_comparable(x.typ) && !store.has_nil(x.typ) {
                let msg = format!(
                    "cannot switch on {} ({} is not comparable)",
                    self.operand_str(&x),
                    self.type_str(x.typ)
                );
                self.error(&x, Code::InvalidExprSwitch, msg);
                x.invalidate();
            }
        } else {
            // A missing tag is the value true.
            x = Operand::constant(store.basic(Basic::Bool), Constant::Bool(true), None);
            x.name = Some("true".into());
        }
        self.check_defaults(clauses);
        let mut seen: FxHashMap<CaseKey, Vec<(ExprId, TypeId)>> = FxHashMap::default();
        for clause in clauses {
            for &e in clause.exprs.map_or(&[][..], |list| self.tree().exprs(list)) {
                self.case_value(&mut x, e, &mut seen);
            }
            self.open_scope();
            self.stmt_list(clause.body);
            self.close_scope();
        }
    }

    /// Reports all defaults but the first.
    fn check_defaults(&mut self, clauses: &[CaseClause]) {
        let mut first = None;
        for clause in clauses.iter().filter(|clause| clause.exprs.is_none()) {
            self.check_default(&mut first, clause.span.start);
        }
    }

    /// One value of a case, compared with the tag.
    fn case_value(
        &mut self,
        tag: &mut Operand,
        e: ExprId,
        seen: &mut FxHashMap<CaseKey, Vec<(ExprId, TypeId)>>,
    ) {
        let mut value = self.expr(None, e);
        if tag.is_invalid() || value.is_invalid() {
            return;
        }
        self.convert_untyped(&mut value, tag.typ);
        if value.is_invalid() {
            return;
        }
        let mut result = value.clone();
        self.comparison(&mut result, tag, CompareOp::Eq, BinaryOp::Eq, true);
        if result.is_invalid() || !value.is_const() {
            return;
        }
        let Some(key) = CaseKey::of(value.const_val()) else {
            return;
        };
        let same = seen.entry(key).or_default();
        if let Some(&(previous, _)) = same
            .iter()
            .find(|&&(_, typ)| self.store.identical(typ, value.typ))
        {
            let mut err = ErrorBuilder::new(Code::DuplicateCase);
            err.add(
                self,
                &value,
                format!(
                    "duplicate case {} in expression switch",
                    self.operand_str(&value)
                ),
            );
            err.add(self, self.node_pos(previous), "previous case");
            err.report(self);
            return;
        }
        same.push((e, value.typ));
    }

    /// A type switch; its init statement has been checked. `bind` is the symbol of `bind := x.(type)`.
    pub(crate) fn type_switch_stmt(
        &mut self,
        stmt: StmtId,
        bind: Option<IdentId>,
        guard: ExprId,
        clauses: &[CaseClause],
    ) {
        let store = self.store;
        let mut bind = bind;
        if let Some(ident) = bind
            && self.ident_text(ident) == "_"
        {
            self.soft_error(ident, Code::NoNewVar, "no new variable on left side of :=");
            bind = None;
        }
        let x = self.expr(None, guard);
        let mut switched = None;
        if !x.is_invalid() {
            if store.is_tparam(x.typ) {
                let msg = format!(
                    "cannot use type switch on type parameter value {}",
                    self.operand_str(&x)
                );
                self.error(&x, Code::InvalidTypeSwitch, msg);
            } else if store.is_interface(x.typ) {
                switched = Some(x);
            } else {
                let msg = format!("{} is not an interface", self.operand_str(&x));
                self.error(&x, Code::InvalidTypeSwitch, msg);
            }
        }
        self.check_defaults(clauses);
        let mut vars = Vec::new();
        let mut seen: Vec<(Option<TypeId>, ExprId)> = Vec::new();
        for (index, clause) in clauses.iter().enumerate() {
            let types = clause.exprs.map_or(&[][..], |list| self.tree().exprs(list));
            let typ = self.case_types(switched.as_ref(), types, &mut seen);
            self.open_scope();
            if let Some(ident) = bind {
                let var = self.new_obj(ident, ObjKind::Var(VarKind::Local), Some(typ));
                self.declare(self.env.scope, None, var);
                let index = u32::try_from(index).unwrap_or(u32::MAX);
                self.info().clause_vars.insert((stmt, index), var);
                vars.push(var);
            }
            self.stmt_list(clause.body);
            self.close_scope();
        }
        // The variables of all clauses count as one.
        if let Some(ident) = bind {
            let used = vars.iter().any(|var| self.used_vars.contains(var));
            self.used_vars.extend(vars);
            if !used {
                let msg = format!("{} declared and not used", self.ident_text(ident));
                self.soft_error(ident, Code::UnusedVar, msg);
            }
        }
    }

    /// Checks the types of a case; gives the type that the switch's symbol has in it.
    fn case_types(
        &mut self,
        x: Option<&Operand>,
        types: &[ExprId],
        seen: &mut Vec<(Option<TypeId>, ExprId)>,
    ) -> TypeId {
        let store = self.store;
        let mut single = None;
        for &e in types {
            let typ = if self.is_nil_expr(e) {
                self.expr(None, e);
                single = None;
                None
            } else {
                let typ = self.var_type(e);
                single = Some(typ);
                if !store.is_valid(typ) {
                    continue;
                }
                Some(typ)
            };
            let previous = seen.iter().find(|(other, _)| match (typ, other) {
                (Some(typ), Some(other)) => store.identical(typ, *other),
                (None, None) => true,
                (Some(_), None) | (None, Some(_)) => false,
            });
            if let Some(&(_, previous)) = previous {
                let text = typ.map_or_else(|| "nil".to_owned(), |typ| self.type_str(typ));
                let mut err = ErrorBuilder::new(Code::DuplicateCase);
                err.add(self, e, format!("duplicate case {text} in type switch"));
                err.add(self, previous, "previous case");
                err.report(self);
                continue;
            }
            seen.push((typ, e));
            if let (Some(x), Some(typ)) = (x, typ) {
                self.type_assertion(e, x, typ, true);
            }
        }
        match (types, single, x) {
            ([_], Some(typ), _) => typ,
            (_, _, Some(x)) => x.typ,
            (_, _, None) => store.invalid(),
        }
    }

    /// Whether an expression is the predeclared nil.
    fn is_nil_expr(&mut self, e: ExprId) -> bool {
        let ExprKind::Ident(ident) = *self.unparen_kind(e) else {
            return false;
        };
        let sym = self.ident_sym(ident);
        self.lookup(sym)
            .is_some_and(|obj| matches!(self.store.obj(obj).kind, ObjKind::Nil))
    }
}
