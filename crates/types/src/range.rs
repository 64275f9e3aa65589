//! For statements with range clause (*For statements with range clause*).

use crate::checker::{Checker, NestedFunc};
use crate::errors::Code;
use crate::operand::Operand;
use crate::{Basic, Constant, ObjKind, TypeId, TypeKind, VarKind};
use polkago_syntax::{BlockId, ChanDir, ExprId, ExprKind, StmtId};

/// The types of the iteration values.
#[derive(Clone, Copy)]
struct Iterated {
    /// The first one.
    key: Option<TypeId>,
    /// The second one.
    value: Option<TypeId>,
}

impl Checker<'_> {
    /// A range statement `for key, value = range x`; a third variable is wrong.
    pub(crate) fn range_stmt(
        &mut self,
        stmt: StmtId,
        [key, value, extra]: [Option<ExprId>; 3],
        define: bool,
        range: ExprId,
        body: BlockId,
    ) {
        let store = self.store;
        self.env.has_call_or_recv = false;
        let mut x = self.expr(None, range);
        if !x.is_invalid() && value.is_none() && !self.env.has_call_or_recv {
            self.record_constant_range(range, &x);
        }
        let mut types = Iterated {
            key: None,
            value: None,
        };
        if !x.is_invalid() {
            let operand = self.operand_str(&x);
            match self.range_types(x.typ) {
                Err(cause) => {
                    let colon = if cause.is_empty() { "" } else { ": " };
                    let msg = format!("cannot range over {operand}{colon}{cause}");
                    self.soft_error(&x, Code::InvalidRangeExpr, msg);
                }
                Ok(found) => {
                    types = found;
                    let (at, problem) = match (found.key, found.value) {
                        (None, _) if key.is_some() => (key, "permits no iteration variables"),
                        (_, None) if value.is_some() => {
                            (value, "permits only one iteration variable")
                        }
                        _ => (None, ""),
                    };
                    if let Some(at) = at {
                        let msg = format!("range over {operand} {problem}");
                        self.soft_error(at, Code::InvalidIterVar, msg);
                    } else if let Some(at) = extra {
                        let msg = "range clause permits at most two iteration variables";
                        self.soft_error(at, Code::InvalidIterVar, msg);
                    }
                }
            }
        }
        // The body of a range over a function is a function that it calls.
        let outer = self.env.func;
        if !x.is_invalid()
            && let Some(under) = self.common_underlying(x.typ)
            && let TypeKind::Func(_) = store.kind(under)
        {
            self.env.func = self.next_func(Some(NestedFunc::RangeBody(body)));
            self.info().range_captures.entry(body).or_default();
        }
        // Iteration variables have a scope of their own, after the range expression.
        self.open_scope();
        let over_int = !x.is_invalid() && store.is_integer(x.typ);
        let sides = [(key, types.key), (value, types.value)];
        if define {
            self.declare_iteration(stmt, &sides, &mut x, over_int);
        } else if key.is_some() {
            self.assign_iteration(&sides, &mut x, over_int);
        } else if over_int {
            // An untyped number must have a value of its default type.
            self.assignment(&mut x, None, "range clause");
        }
        self.block(body);
        self.close_scope();
        self.env.func = outer;
    }

    /// Declares the iteration variables.
    fn declare_iteration(
        &mut self,
        stmt: StmtId,
        sides: &[(Option<ExprId>, Option<TypeId>); 2],
        x: &mut Operand,
        over_int: bool,
    ) {
        let store = self.store;
        let mut new_vars = Vec::new();
        for &(lhs, typ) in sides {
            let Some(lhs) = lhs else { continue };
            let var = if let ExprKind::Ident(ident) = self.tree().expr[lhs].kind {
                let var = self.new_obj(ident, ObjKind::Var(VarKind::Local), None);
                self.record_def(ident, var);
                if self.ident_text(ident) != "_" {
                    new_vars.push(var);
                }
                var
            } else {
                let msg = format!("cannot declare {}", self.expr_str(lhs));
                self.error(lhs, Code::InvalidSyntaxTree, msg);
                self.dummy_var(lhs)
            };
            let Some(typ) = typ.filter(|&typ| store.is_valid(typ)) else {
                self.set_type(var, store.invalid());
                self.used_vars.insert(var);
                continue;
            };
            if over_int {
                self.init_var(var, x, "range clause");
            } else {
                self.init_var(var, &mut Operand::value(typ, lhs), "assignment");
            }
        }
        if new_vars.is_empty() {
            self.error(stmt, Code::NoNewVar, "no new variables on left side of :=");
        }
        for var in new_vars {
            self.declare(self.env.scope, None, var);
        }
    }

    /// Assigns to existing variables.
    fn assign_iteration(
        &mut self,
        sides: &[(Option<ExprId>, Option<TypeId>); 2],
        x: &mut Operand,
        over_int: bool,
    ) {
        let store = self.store;
        for &(lhs, typ) in sides {
            let (Some(lhs), Some(typ)) = (lhs, typ.filter(|&typ| store.is_valid(typ))) else {
                continue;
            };
            if over_int {
                self.assign_var(lhs, x, "range clause");
                // An untyped number has the variable's type now.
                if !x.is_invalid() && !store.is_integer(x.typ) {
                    let msg = format!(
                        "cannot use iteration variable of type {}",
                        self.type_str(x.typ)
                    );
                    self.soft_error(lhs, Code::InvalidRangeExpr, msg);
                }
            } else {
                self.assign_var(lhs, &mut Operand::value(typ, lhs), "assignment");
            }
        }
    }

    /// With at most one iteration variable, an array whose length is constant is not evaluated: the range expression
    /// counts as that constant.
    fn record_constant_range(&mut self, range: ExprId, x: &Operand) {
        let store = self.store;
        let array = self.array_ptr_deref(store.underlying(x.typ));
        if let TypeKind::Array { len, .. } = store.kind(array) {
            let range = self.unparen(range);
            let constant =
                Operand::constant(store.basic(Basic::Int), Constant::int(*len), Some(range));
            self.record(&constant);
        }
    }

    /// The types of the values that a range over a type gives; else the cause, possibly empty, why there are none.
    fn range_types(&self, typ: TypeId) -> Result<Iterated, String> {
        let store = self.store;
        let under = self.common_under(typ, |check, typ, under| {
            match under.map(|under| store.kind(under)) {
                Some(TypeKind::Chan {
                    dir: ChanDir::Send, ..
                }) => Some(format!(
                    "receive from send-only channel {}",
                    check.type_str(typ)
                )),
                _ => None,
            }
        })?;
        let int = store.basic(Basic::Int);
        let types = |key, value| Ok(Iterated { key, value });
        match store.kind(self.array_ptr_deref(under)) {
            TypeKind::Basic(basic) if basic.is_string() => {
                types(Some(int), Some(store.universe().rune))
            }
            TypeKind::Basic(basic) if basic.is_integer() => {
                if !self.allow_version(22) {
                    return Err("requires go1.22 or later".to_owned());
                }
                types(Some(typ), None)
            }
            TypeKind::Array { elem, .. } | TypeKind::Slice(elem) => types(Some(int), Some(*elem)),
            TypeKind::Map { key, elem } => types(Some(*key), Some(*elem)),
            TypeKind::Chan { elem, .. } => types(Some(*elem), None),
            TypeKind::Func(func) => {
                if !self.allow_version(23) {
                    return Err("requires go1.23 or later".to_owned());
                }
                self.range_func_types(func)
            }
            TypeKind::Basic(_)
            | TypeKind::Named(_)
            | TypeKind::Alias(_)
            | TypeKind::Pointer(_)
            | TypeKind::Struct(_)
            | TypeKind::Interface(_)
            | TypeKind::Tuple(_)
            | TypeKind::TypeParam(_)
            | TypeKind::Union(_) => Err(String::new()),
        }
    }

    /// The types of the values that a function passes to its yield function.
    fn range_func_types(&self, func: &crate::Func) -> Result<Iterated, String> {
        let store = self.store;
        let bad = |cause: &str| Err(format!("func must be func(yield func(...) bool): {cause}"));
        let [yield_type] = func.params.as_slice() else {
            return bad("wrong argument count");
        };
        if !func.results.is_empty() {
            return bad("unexpected results");
        }
        let yield_func = match self.common_under(*yield_type, |_, _, _| None) {
            Err(cause) => return bad(&format!("in yield type, {cause}")),
            Ok(under) => match store.kind(under) {
                TypeKind::Func(func) => func,
                _ => return bad("argument is not func"),
            },
        };
        if yield_func.params.len() > 2 {
            return bad("yield func has too many parameters");
        }
        match yield_func.results.as_slice() {
            [result] if store.identical(*result, store.basic(Basic::Bool)) => {}
            [result] if store.is_boolean(*result) => {
                return bad("yield func returns user-defined boolean, not bool");
            }
            _ => return bad("yield func does not return bool"),
        }
        Ok(Iterated {
            key: yield_func.params.first().copied(),
            value: yield_func.params.get(1).copied(),
        })
    }
}
