//! Facts about local variables that lowering wants to know: which live in memory, which are captured by function
//! literals, which never change.

use crate::checker::{Checker, NestedFunc};
use crate::{ObjId, ObjKind, TypeKind, VarKind};
use polkago_syntax::{ExprId, ExprKind};

impl Checker<'_> {
    /// Notes the use of a local variable: where it belongs to an enclosing function, each function literal and body
    /// of a range over a function from the current one up to that function captures it.
    pub(crate) fn note_var_use(&mut self, obj: ObjId) {
        let Some(&owner) = self.var_func.get(&obj) else {
            return;
        };
        let mut func = self.env.func;
        while func != owner {
            let Some(&(parent, Some(nested))) = self.func_parents.get(func as usize) else {
                return;
            };
            // What is around the current function is in the same file.
            let info = self.info();
            let captures = match nested {
                NestedFunc::Literal(lit) => info.captures.entry(lit).or_default(),
                NestedFunc::RangeBody(body) => info.range_captures.entry(body).or_default(),
            };
            if captures.contains(&obj) {
                return;
            }
            captures.push(obj);
            self.var_facts.entry(obj).or_default().captured = true;
            func = parent;
        }
    }

    /// Notes that a return statement sets a result: from the body of a range over a function that is an assignment.
    pub(crate) fn note_result_set(&mut self, result: ObjId) {
        if self.var_func.get(&result) != Some(&self.env.func) {
            self.note_var_use(result);
            self.var_facts.entry(result).or_default().reassigned = true;
        }
    }

    /// The local variable that an addressable expression is, or is a part of: `x` of `x.f[i]` unless a pointer or a
    /// slice lies between. The parts have been checked.
    fn root_variable(&mut self, e: ExprId) -> Option<ObjId> {
        let store = self.store;
        let mut e = e;
        loop {
            e = self.unparen(e);
            match self.tree().expr[e].kind {
                ExprKind::Ident(ident) => {
                    let obj = self.info().uses[ident].expand()?;
                    return matches!(
                        store.obj(obj).kind,
                        ObjKind::Var(VarKind::Local | VarKind::Param | VarKind::Result)
                    )
                    .then_some(obj);
                }
                ExprKind::Selector { x, sel: _ } => {
                    if self.info().selections.get(&e)?.indirect {
                        return None;
                    }
                    e = x;
                }
                ExprKind::Index { x, .. } => {
                    let typ = self.info().exprs[x].typ.expand()?;
                    // An array in a type parameter's type set may be one too.
                    let may_be_array = store
                        .specific_types(typ)?
                        .iter()
                        .any(|&(_, under)| matches!(store.kind(under), TypeKind::Array { .. }));
                    if !may_be_array {
                        return None;
                    }
                    e = x;
                }
                _ => return None,
            }
        }
    }

    /// Notes that the address of an expression is taken.
    pub(crate) fn mark_addressed(&mut self, e: ExprId) {
        if let Some(obj) = self.root_variable(e) {
            self.var_facts.entry(obj).or_default().addressed = true;
        }
    }

    /// Notes that an expression is assigned to.
    pub(crate) fn mark_assigned(&mut self, e: ExprId) {
        if let Some(obj) = self.root_variable(e) {
            self.var_facts.entry(obj).or_default().reassigned = true;
        }
    }
}
