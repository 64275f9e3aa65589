//! Unions and approximation elements of constraints (*General interfaces*).

use crate::checker::Checker;
use crate::errors::Code;
use crate::termlist::disjoint;
use crate::util::unparen;
use crate::{Term, TypeId};
use polkago_syntax::{BinaryOp, ExprId, ExprKind, UnaryOp};

/// More terms make checking slow; the official compiler has the same limit.
pub(crate) const MAX_TERMS: usize = 100;

impl<'a> Checker<'a> {
    /// Checks an element of an interface: a type, or a union of terms.
    pub(crate) fn parse_union(&mut self, e: ExprId) -> TypeId {
        let store = self.store;
        let mut parts: Vec<(ExprId, Option<ExprId>)> = Vec::new();
        self.flatten_union(e, &mut parts);
        let mut terms: Vec<Term> = Vec::new();
        let mut union = store.invalid();
        let mut too_many = false;
        let single = parts.len() == 1;
        for &(part, operation) in &parts {
            let term = self.parse_term(part);
            if single && !term.tilde {
                return term.typ;
            }
            if terms.len() >= MAX_TERMS {
                if !too_many {
                    let msg = format!(
                        "cannot handle more than {MAX_TERMS} union terms (implementation limitation)"
                    );
                    self.error(part, Code::InvalidUnion, msg);
                }
                too_many = true;
                union = store.invalid();
            } else {
                terms.push(term);
                union = store.union(terms.clone());
            }
            if let Some(operation) = operation {
                self.record_type(operation, union);
            }
        }
        if !too_many {
            let exprs: Vec<ExprId> = parts.iter().map(|&(part, _)| part).collect();
            self.later(move |check| check.check_terms(&terms, &exprs));
        }
        union
    }

    /// Collects the terms of `a | b | c` with the operation that each one ends.
    fn flatten_union(&self, e: ExprId, parts: &mut Vec<(ExprId, Option<ExprId>)>) {
        match self.tree().expr[e].kind {
            ExprKind::Binary {
                op: BinaryOp::Or,
                x,
                y,
                ..
            } => {
                self.flatten_union(x, parts);
                parts.push((y, Some(e)));
            }
            _ => parts.push((e, None)),
        }
    }

    /// Checks a term, `T` or `~T`.
    fn parse_term(&mut self, e: ExprId) -> Term {
        let tree = self.tree();
        let (x, tilde) = match tree.expr[e].kind {
            ExprKind::Unary {
                op: UnaryOp::Tilde,
                x,
            } => (x, true),
            _ => (e, false),
        };
        let mut typ = self.typ(x);
        // Stand-alone type parameters would make a type set depend on type arguments.
        if self.store.is_tparam(typ) {
            if tilde {
                let msg = format!(
                    "type in term {} cannot be a type parameter",
                    self.expr_str(e)
                );
                self.error(x, Code::MisplacedTypeParam, msg);
            } else {
                self.error(
                    unparen(tree, x),
                    Code::MisplacedTypeParam,
                    "term cannot be a type parameter",
                );
            }
            typ = self.store.invalid();
        }
        let term = Term { tilde, typ };
        if tilde {
            let union = self.store.union(vec![term.clone()]);
            self.record_type(e, union);
        }
        term
    }

    /// Checks the terms of a union against each other, once types are complete.
    fn check_terms(&mut self, terms: &[Term], exprs: &[ExprId]) {
        let store = self.store;
        // Terms are shown with full import paths, as by the official compiler.
        let show = |check: &Self, term: &Term| {
            format!(
                "{}{}",
                if term.tilde { "~" } else { "" },
                check.store.full_type_string(term.typ)
            )
        };
        for (index, (term, &e)) in terms.iter().zip(exprs).enumerate() {
            if !store.is_valid(term.typ) {
                continue;
            }
            let under = store.underlying(term.typ);
            let is_interface = store.is_interface(term.typ);
            if term.tilde {
                let typ = self.type_str(term.typ);
                if is_interface {
                    let msg = format!("invalid use of ~ ({typ} is an interface)");
                    self.error(e, Code::InvalidUnion, msg);
                    continue;
                }
                if !store.identical(under, term.typ) {
                    let msg = format!(
                        "invalid use of ~ (underlying type of {typ} is {})",
                        self.type_str(under)
                    );
                    self.error(e, Code::InvalidUnion, msg);
                    continue;
                }
            }
            if is_interface {
                let set = store.type_set(term.typ);
                let shown = show(self, term);
                if !set.methods.is_empty() {
                    let msg = format!("cannot use {shown} in union ({shown} contains methods)");
                    self.error(e, Code::InvalidUnion, msg);
                } else if term.typ == store.universe().comparable {
                    self.error(e, Code::InvalidUnion, "cannot use comparable in union");
                } else if set.comparable {
                    let msg = format!("cannot use {shown} in union ({shown} embeds comparable)");
                    self.error(e, Code::InvalidUnion, msg);
                }
                continue;
            }
            let overlapping = terms[..index]
                .iter()
                .find(|other| !store.is_interface(other.typ) && !disjoint(store, other, term));
            if let Some(other) = overlapping {
                let msg = format!(
                    "overlapping terms {} and {}",
                    show(self, term),
                    show(self, other)
                );
                self.soft_error(e, Code::InvalidUnion, msg);
            }
        }
    }
}
