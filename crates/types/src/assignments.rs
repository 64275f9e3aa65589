//! Assignments and initialisations (*Assignment statements*, *Variable declarations*, *Short variable declarations*,
//! *Return statements*).

use crate::checker::{Checker, ErrorBuilder};
use crate::errors::Code;
use crate::expr::Target;
use crate::operand::Operand;
use crate::{Basic, Mode, ObjId, ObjKind, TypeId, TypeKind, VarKind};
use polkago_syntax::{ExprId, ExprKind, Pos, StmtId};
use rustc_hash::FxHashSet;

impl Checker<'_> {
    /// Checks that `x` can be assigned to a variable of type `typ`, and gives an untyped operand its type. Without
    /// `typ`, the variable is blank. `context` is how messages call the assignment. After an error, `x` is invalid.
    pub(crate) fn assignment(&mut self, x: &mut Operand, typ: Option<TypeId>, context: &str) {
        self.single_value(x);
        let store = self.store;
        match x.mode {
            Mode::Invalid => return,
            Mode::Nil
            | Mode::Constant
            | Mode::Variable
            | Mode::MapIndex
            | Mode::Value
            | Mode::CommaOk => {}
            Mode::NoValue | Mode::Builtin(_) | Mode::Type | Mode::Package => {
                let target = typ.map_or_else(|| "_".to_owned(), |typ| self.type_str(typ));
                let msg = format!(
                    "cannot assign {} to {target} in {context}",
                    self.operand_str(x)
                );
                self.error(&*x, Code::IncompatibleAssign, msg);
                x.invalidate();
                return;
            }
        }
        if store.is_untyped(x.typ) {
            // In an interface, and in a blank variable, a constant has its default type.
            let target = match typ {
                _ if x.is_nil() => match typ {
                    Some(typ) => typ,
                    None => {
                        self.error(
                            &*x,
                            Code::UntypedNilUse,
                            format!("use of untyped nil in {context}"),
                        );
                        x.invalidate();
                        return;
                    }
                },
                Some(typ) if !store.is_value_interface(typ) => typ,
                Some(_) | None => store.default_type(x.typ),
            };
            match self.implicit_type_and_value(x, target) {
                Ok(implicit) => self.apply_implicit(x, implicit),
                Err(code) => {
                    let (suffix, code) = match code {
                        Code::TruncatedFloat => (" (truncated)", code),
                        Code::NumericOverflow => (" (overflows)", code),
                        _ => ("", Code::IncompatibleAssign),
                    };
                    let msg = format!(
                        "cannot use {} as {} value in {context}{suffix}",
                        self.operand_str(x),
                        self.type_str(target)
                    );
                    self.error(&*x, code, msg);
                    x.invalidate();
                    return;
                }
            }
        }
        if store
            .as_func(x.typ)
            .is_some_and(|func| !func.tparams.is_empty())
        {
            let msg = format!(
                "cannot use generic function {} without instantiation in {context}",
                self.operand_str(x)
            );
            self.error(&*x, Code::WrongTypeArgCount, msg);
            x.invalidate();
            return;
        }
        let Some(typ) = typ else { return };
        let mut cause = String::new();
        if let Err(code) = self.assignable_to(x, typ, &mut cause) {
            let colon = if cause.is_empty() { "" } else { ": " };
            let msg = format!(
                "cannot use {} as {} value in {context}{colon}{cause}",
                self.operand_str(x),
                self.type_str(typ)
            );
            self.error(&*x, code, msg);
            x.invalidate();
        }
    }

    /// Gives a constant its type, unless the declaration has one, and its value.
    pub(crate) fn init_const(&mut self, lhs: ObjId, x: &mut Operand) {
        let store = self.store;
        let declared = store.obj_type(lhs);
        if x.is_invalid()
            || !store.is_valid(x.typ)
            || declared.is_some_and(|typ| !store.is_valid(typ))
        {
            self.set_type(lhs, store.invalid());
            return;
        }
        if !x.is_const() {
            let msg = format!("{} is not constant", self.operand_str(x));
            self.error(&*x, Code::InvalidConstInit, msg);
            self.set_type(lhs, store.invalid());
            return;
        }
        let typ = declared.unwrap_or(x.typ);
        self.set_type(lhs, typ);
        self.assignment(x, Some(typ), "constant declaration");
        if x.is_invalid() {
            return;
        }
        if let ObjKind::Const(value) = &store.obj(lhs).kind {
            let _ = value.set(x.const_val().clone());
        }
    }

    /// Checks the initialisation of a variable, and gives it the type of `x` where it has none. After an error, `x`
    /// is invalid.
    pub(crate) fn init_var(&mut self, lhs: ObjId, x: &mut Operand, context: &str) {
        let store = self.store;
        let declared = store.obj_type(lhs);
        if x.is_invalid()
            || !store.is_valid(x.typ)
            || declared.is_some_and(|typ| !store.is_valid(typ))
        {
            self.set_type(lhs, store.invalid());
            x.invalidate();
            return;
        }
        let typ = match declared {
            Some(typ) => typ,
            None if store.basic_kind(x.typ) == Some(Basic::UntypedNil) => {
                self.error(
                    &*x,
                    Code::UntypedNilUse,
                    format!("use of untyped nil in {context}"),
                );
                self.set_type(lhs, store.invalid());
                x.invalidate();
                return;
            }
            None => {
                let typ = store.default_type(x.typ);
                self.set_type(lhs, typ);
                typ
            }
        };
        self.assignment(x, Some(typ), context);
    }

    /// Checks the left side of an assignment. `Ok(None)` is the blank identifier; an error has been reported for
    /// `Err`. A variable there does not count as used.
    fn lhs_var(&mut self, lhs: ExprId) -> Result<Option<TypeId>, ()> {
        let inner = self.unparen(lhs);
        let mut unused = None;
        if let ExprKind::Ident(ident) = self.tree().expr[inner].kind {
            if self.ident_text(ident) == "_" {
                return Ok(None);
            }
            unused = self.unused_var(inner);
        }
        let x = self.expr(None, lhs);
        if let Some(var) = unused {
            self.used_vars.remove(&var);
        }
        if x.is_invalid() || !self.store.is_valid(x.typ) {
            return Err(());
        }
        if matches!(x.mode, Mode::Variable | Mode::MapIndex) {
            self.mark_assigned(lhs);
            return Ok(Some(x.typ));
        }
        let target = self.operand_expr_str(&x);
        if let Some(e) = x.expr
            && let ExprKind::Selector { x: base, sel: _ } = self.tree().expr[e].kind
            && self.expr(None, base).mode == Mode::MapIndex
        {
            let msg = format!("cannot assign to struct field {target} in map");
            self.error(&x, Code::UnaddressableFieldAssign, msg);
            return Err(());
        }
        let msg =
            format!("cannot assign to {target} (neither addressable nor a map index expression)");
        self.error(&x, Code::UnassignableOperand, msg);
        Err(())
    }

    /// Checks the assignment of an expression to a variable.
    fn assign_expr(&mut self, lhs: ExprId, rhs: ExprId) {
        let Ok(typ) = self.lhs_var(lhs) else {
            self.use_exprs(&[rhs]);
            return;
        };
        let target = Target::new(self, typ, || self.expr_str(lhs));
        let mut x = self.expr(target.as_ref(), rhs);
        self.assign_typed(typ, &mut x, "assignment");
    }

    /// Checks the assignment of an operand to a variable. After an error, the operand is invalid.
    pub(crate) fn assign_var(&mut self, lhs: ExprId, x: &mut Operand, context: &str) {
        match self.lhs_var(lhs) {
            Ok(typ) => self.assign_typed(typ, x, context),
            Err(()) => x.invalidate(),
        }
    }

    /// Assignment to a variable of a type, or to the blank identifier.
    fn assign_typed(&mut self, typ: Option<TypeId>, x: &mut Operand, context: &str) {
        let context = if typ.is_none() && context == "assignment" {
            "assignment to _ identifier"
        } else {
            context
        };
        self.assignment(x, typ, context);
    }

    /// Types as messages about wrong numbers of values list them. With `variadic`, the last one is a slice that
    /// stands for its elements; with `dots`, the last one is passed with `...`.
    pub(crate) fn types_summary(&self, types: &[TypeId], variadic: bool, dots: bool) -> String {
        let store = self.store;
        let mut parts: Vec<String> = types
            .iter()
            .map(|&t| {
                if !store.is_valid(t) {
                    "unknown type".to_owned()
                } else if store.is_untyped(t) {
                    if store.is_numeric(t) {
                        "number".to_owned()
                    } else {
                        self.type_str(t).replace("untyped ", "")
                    }
                } else {
                    self.type_str(t)
                }
            })
            .collect();
        if let (Some(last), Some(&t)) = (parts.last_mut(), types.last()) {
            if variadic {
                if let TypeKind::Slice(elem) = store.kind(t) {
                    *last = self.type_str(*elem);
                }
                last.insert_str(0, "...");
            } else if dots {
                last.push_str("...");
            }
        }
        format!("({})", parts.join(", "))
    }

    /// Reports that an assignment has different numbers of variables and values.
    pub(crate) fn assign_error(&mut self, rhs: &[ExprId], vars: usize, vals: usize) {
        let count = |n: usize, unit: &str| format!("{n} {unit}{}", if n == 1 { "" } else { "s" });
        let (vars, vals) = (count(vars, "variable"), count(vals, "value"));
        let Some(&first) = rhs.first() else { return };
        let msg = match self.unparen_kind(first) {
            ExprKind::Call { fun, .. } if rhs.len() == 1 => {
                format!(
                    "assignment mismatch: {vars} but {} returns {vals}",
                    self.expr_str(*fun)
                )
            }
            _ => format!("assignment mismatch: {vars} but {vals}"),
        };
        self.error(first, Code::WrongAssignCount, msg);
    }

    /// Reports that a return statement has the wrong number of values.
    fn return_error(&mut self, stmt: StmtId, lhs: &[ObjId], rhs: &[Operand]) {
        let store = self.store;
        let (want, have) = (lhs.len(), rhs.len());
        let qualifier = if have > want {
            "too many"
        } else {
            "not enough"
        };
        let have_types: Vec<_> = rhs.iter().map(|x| x.typ).collect();
        let want_types: Vec<_> = lhs
            .iter()
            .map(|&obj| store.obj_type(obj).unwrap_or_else(|| store.invalid()))
            .collect();
        let mut err = ErrorBuilder::new(Code::WrongResultCount);
        let text = format!("{qualifier} return values");
        if have > want {
            err.add(self, &rhs[want], text);
        } else if let Some(last) = rhs.last() {
            err.add(self, last, text);
        } else {
            err.add(self, stmt, text);
        }
        err.add_note(format!(
            "have {}",
            self.types_summary(&have_types, false, false)
        ));
        err.add_note(format!(
            "want {}",
            self.types_summary(&want_types, false, false)
        ));
        err.report(self);
    }

    /// Checks the initialisation of variables by expressions; `ret` is the statement where they are the results of a
    /// function that returns.
    pub(crate) fn init_vars(&mut self, lhs: &[ObjId], rhs: &[ExprId], ret: Option<StmtId>) {
        let store = self.store;
        let context = if ret.is_some() {
            "return statement"
        } else {
            "assignment"
        };
        let is_call =
            matches!(rhs, [only] if matches!(self.unparen_kind(*only), ExprKind::Call { .. }));
        if lhs.len() == rhs.len() && !is_call {
            for (&obj, &e) in lhs.iter().zip(rhs) {
                let target = Target::new(self, store.obj_type(obj), || {
                    let name = store.obj_name(obj);
                    if ret.is_some() && name.is_empty() {
                        "result variable"
                    } else {
                        name
                    }
                    .to_owned()
                });
                let mut x = self.expr(target.as_ref(), e);
                self.init_var(obj, &mut x, context);
            }
            return;
        }
        let [only] = rhs else {
            if self.use_exprs(rhs) {
                match ret {
                    Some(stmt) => {
                        let values = self.expr_list(rhs);
                        self.return_error(stmt, lhs, &values);
                    }
                    None => self.assign_error(rhs, lhs.len(), rhs.len()),
                }
            }
            self.invalidate_vars(lhs);
            return;
        };
        let (mut values, comma_ok) = self.multi_expr(*only, lhs.len() == 2 && ret.is_none());
        if lhs.len() == values.len() {
            for (&obj, x) in lhs.iter().zip(&mut values) {
                self.init_var(obj, x, context);
            }
            self.finish_comma_ok(*only, &values, comma_ok);
            return;
        }
        if values.first().is_some_and(|x| !x.is_invalid()) || values.is_empty() {
            match ret {
                Some(stmt) => self.return_error(stmt, lhs, &values),
                None => self.assign_error(rhs, lhs.len(), values.len()),
            }
        }
        self.invalidate_vars(lhs);
    }

    /// Gives variables without type the invalid one.
    fn invalidate_vars(&mut self, vars: &[ObjId]) {
        for &var in vars {
            self.set_type(var, self.store.invalid());
        }
    }

    /// Records the use of an expression for two values, if both could be assigned.
    fn finish_comma_ok(&mut self, e: ExprId, values: &[Operand], comma_ok: bool) {
        if let ([value, ok], true) = (values, comma_ok)
            && !value.is_invalid()
            && !ok.is_invalid()
        {
            self.record_comma_ok(e, value.typ, ok.typ);
        }
    }

    /// Checks an assignment statement.
    pub(crate) fn assign_vars(&mut self, lhs: &[ExprId], rhs: &[ExprId]) {
        let is_call =
            matches!(rhs, [only] if matches!(self.unparen_kind(*only), ExprKind::Call { .. }));
        if lhs.len() == rhs.len() && !is_call {
            for (&lhs, &rhs) in lhs.iter().zip(rhs) {
                self.assign_expr(lhs, rhs);
            }
            return;
        }
        let [only] = rhs else {
            let lhs_ok = self.use_lhs(lhs);
            let rhs_ok = self.use_exprs(rhs);
            if lhs_ok && rhs_ok {
                self.assign_error(rhs, lhs.len(), rhs.len());
            }
            return;
        };
        let (mut values, comma_ok) = self.multi_expr(*only, lhs.len() == 2);
        if lhs.len() == values.len() {
            for (&lhs, x) in lhs.iter().zip(&mut values) {
                self.assign_var(lhs, x, "assignment");
            }
            self.finish_comma_ok(*only, &values, comma_ok);
            return;
        }
        if values.first().is_none_or(|x| !x.is_invalid()) {
            self.assign_error(rhs, lhs.len(), values.len());
        }
        self.use_lhs(lhs);
    }

    /// Checks a short variable declaration.
    pub(crate) fn short_var_decl(&mut self, op_pos: Pos, lhs: &[ExprId], rhs: &[ExprId]) {
        let top = self.delayed_len();
        let scope = self.env.scope;
        let mut seen = FxHashSet::default();
        let mut vars = Vec::with_capacity(lhs.len());
        let mut new_vars = Vec::new();
        let mut has_error = false;
        for &e in lhs {
            let ExprKind::Ident(ident) = self.tree().expr[e].kind else {
                self.use_lhs(&[e]);
                let msg = format!("non-name {} on left side of :=", self.expr_str(e));
                self.error(e, Code::BadDecl, msg);
                has_error = true;
                vars.push(self.dummy_var(e));
                continue;
            };
            let name = self.ident_sym(ident);
            let text = self.ident_text(ident);
            if text != "_" && !seen.insert(name) {
                self.error(
                    e,
                    Code::RepeatedDecl,
                    format!("{text} repeated on left side of :="),
                );
                has_error = true;
                vars.push(self.dummy_var(e));
                continue;
            }
            if let Some(old) = self.store.scope(scope).get(name) {
                self.record_use(ident, old);
                if matches!(self.store.obj(old).kind, ObjKind::Var(_)) {
                    self.var_facts.entry(old).or_default().reassigned = true;
                    vars.push(old);
                } else {
                    self.error(
                        e,
                        Code::UnassignableOperand,
                        format!("cannot assign to {text}"),
                    );
                    has_error = true;
                    vars.push(self.dummy_var(e));
                }
                continue;
            }
            let var = self.new_obj(ident, ObjKind::Var(VarKind::Local), None);
            self.record_def(ident, var);
            vars.push(var);
            if text != "_" {
                new_vars.push(var);
            }
        }
        self.init_vars(&vars, rhs, None);
        // Function literals on the right side are checked before the scope changes.
        self.process_delayed(top);
        if new_vars.is_empty() && !has_error {
            self.soft_error(
                op_pos,
                Code::NoNewVar,
                "no new variables on left side of :=",
            );
            return;
        }
        for var in new_vars {
            self.declare(scope, None, var);
        }
    }

    /// A variable that stands in for what is no variable.
    pub(crate) fn dummy_var(&mut self, at: ExprId) -> ObjId {
        let pos = self.tree().expr[at].span.start;
        let blank = self.store.sym("_");
        self.new_obj_at(blank, pos, ObjKind::Var(VarKind::Local), None)
    }
}
