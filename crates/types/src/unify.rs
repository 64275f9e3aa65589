//! Unification of types (*Type unification*).
//!
//! Makes two types structurally equal by finding types for the type parameters bound in the unifier. Loosely: a
//! declared type and a type literal unify if their underlying types do, channel directions do not matter, and an
//! interface unifies with what has its methods. Whether the types found are identical, assignable or in a type set is
//! checked afterwards, with the types in place.

use crate::checker::Checker;
use crate::lookup::Lookup;
use crate::{InterfaceId, TypeId, TypeKind, TypeParamId};
use polkago_syntax::ChanDir;

/// Deeper recursion means types that grow without end.
const MAX_DEPTH: usize = 50;

/// How types must match.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct UnifyMode {
    /// The types are those of an assignment: they may match loosely at the top, their elements must match exactly.
    pub assign: bool,
    /// They must become identical.
    pub exact: bool,
}

impl UnifyMode {
    /// Loosely at any depth.
    pub(crate) const INEXACT: Self = Self {
        assign: false,
        exact: false,
    };
    /// As in an assignment.
    pub(crate) const ASSIGN: Self = Self {
        assign: true,
        exact: false,
    };
    /// To identical types.
    pub(crate) const EXACT: Self = Self {
        assign: false,
        exact: true,
    };
}

/// Type parameters with the types found for them.
#[derive(Debug)]
pub(crate) struct Unifier {
    /// The parameters and the slot of each; parameters unified with each other share one.
    handles: Vec<(TypeParamId, usize)>,
    /// The types found.
    slots: Vec<Option<TypeId>>,
    /// Recursion depth.
    depth: usize,
    /// Whether methods of interfaces are used (since Go 1.21).
    interfaces: bool,
}

/// Interfaces being compared, to end recursion through methods.
type Pairs = Vec<(InterfaceId, InterfaceId)>;

impl Unifier {
    /// Type parameters with the arguments known from the start.
    pub(crate) fn new(tparams: &[TypeParamId], targs: &[Option<TypeId>], interfaces: bool) -> Self {
        Self {
            handles: tparams.iter().copied().zip(0..).collect(),
            slots: (0..tparams.len())
                .map(|at| targs.get(at).copied().flatten())
                .collect(),
            depth: 0,
            interfaces,
        }
    }

    /// The slot of a bound type parameter.
    fn handle(&self, tparam: TypeParamId) -> Option<usize> {
        self.handles
            .iter()
            .find(|&&(bound, _)| bound == tparam)
            .map(|&(_, slot)| slot)
    }

    /// The type found for a type parameter.
    pub(crate) fn at(&self, tparam: TypeParamId) -> Option<TypeId> {
        self.handle(tparam).and_then(|slot| self.slots[slot])
    }

    /// Sets the type found for a type parameter.
    pub(crate) fn set(&mut self, tparam: TypeParamId, t: TypeId) {
        if let Some(slot) = self.handle(tparam) {
            self.slots[slot] = Some(t);
        }
    }

    /// The number of type parameters without type.
    pub(crate) fn unknowns(&self) -> usize {
        self.handles
            .iter()
            .filter(|&&(_, slot)| self.slots[slot].is_none())
            .count()
    }

    /// The types found, in order of these type parameters.
    pub(crate) fn inferred(&self, tparams: &[TypeParamId]) -> Vec<Option<TypeId>> {
        tparams.iter().map(|&tparam| self.at(tparam)).collect()
    }

    /// Makes two type parameters share what is found for them; false if both have a type already.
    fn join(&mut self, x: TypeParamId, y: TypeParamId) -> bool {
        let (Some(x_slot), Some(y_slot)) = (self.handle(x), self.handle(y)) else {
            return false;
        };
        if x_slot == y_slot {
            return true;
        }
        let (from, to) = match (self.slots[x_slot], self.slots[y_slot]) {
            (Some(_), Some(_)) => return false,
            (Some(_), None) => (y_slot, x_slot),
            (None, _) => (x_slot, y_slot),
        };
        for (_, slot) in &mut self.handles {
            if *slot == from {
                *slot = to;
            }
        }
        true
    }

    /// The bound type parameter that a type is.
    fn bound(&self, check: &Checker<'_>, t: TypeId) -> Option<TypeParamId> {
        check
            .store
            .as_tparam(t)
            .filter(|&tparam| self.handle(tparam).is_some())
    }

    /// Unifies two types; types found for type parameters stay even if it fails.
    pub(crate) fn unify(
        &mut self,
        check: &mut Checker<'_>,
        x: TypeId,
        y: TypeId,
        mode: UnifyMode,
    ) -> bool {
        self.nify(check, x, y, mode, &mut Vec::new())
    }

    /// Unifies two types inside others.
    fn nify(
        &mut self,
        check: &mut Checker<'_>,
        x: TypeId,
        y: TypeId,
        mode: UnifyMode,
        pairs: &mut Pairs,
    ) -> bool {
        if x == y || check.store.unalias(x) == check.store.unalias(y) {
            return true;
        }
        if self.depth >= MAX_DEPTH {
            return false;
        }
        self.depth += 1;
        let result = self.nify_different(check, x, y, mode, pairs);
        self.depth -= 1;
        result
    }

    /// Unifies two different types.
    fn nify_different(
        &mut self,
        check: &mut Checker<'_>,
        x: TypeId,
        y: TypeId,
        mode: UnifyMode,
        pairs: &mut Pairs,
    ) -> bool {
        let store = check.store;
        let (mut x, mut y) = (x, y);
        // A declared type, if there is one, goes into y; a bound type parameter into x.
        if store.as_named(x).is_some() || self.bound(check, y).is_some() {
            std::mem::swap(&mut x, &mut y);
        }
        // A declared type matches a type literal through its underlying type.
        if !mode.exact
            && store.as_named(y).is_some()
            && store.is_type_lit(x)
            && !(self.interfaces && store.is_interface(x))
        {
            y = store.underlying(y);
            if x == y || store.unalias(x) == store.unalias(y) {
                return true;
            }
        }
        match (self.bound(check, x), self.bound(check, y)) {
            (Some(px), Some(py)) => {
                if self.join(px, py) {
                    return true;
                }
                let (Some(tx), Some(ty)) = (self.at(px), self.at(py)) else {
                    return false;
                };
                return self.nify(check, tx, ty, mode, pairs);
            }
            (Some(px), None) => return self.unify_bound(check, px, y, mode, pairs),
            (None, _) => {}
        }
        if self.interfaces
            && !mode.exact
            && let Some(result) = self.nify_interfaces(check, x, y, pairs)
        {
            return result;
        }
        // An unbound type parameter, if there is one, goes into x.
        if store.is_tparam(y) {
            std::mem::swap(&mut x, &mut y);
        }
        let elem_mode = UnifyMode {
            exact: mode.exact || mode.assign,
            ..mode
        };
        self.nify_structure(check, x, y, mode, elem_mode, pairs)
    }

    /// Unifies a bound type parameter with a type.
    fn unify_bound(
        &mut self,
        check: &mut Checker<'_>,
        px: TypeParamId,
        y: TypeId,
        mode: UnifyMode,
        pairs: &mut Pairs,
    ) -> bool {
        let store = check.store;
        let Some(x) = self.at(px) else {
            self.set(px, y);
            return true;
        };
        if !self.nify(check, x, y, mode, pairs) {
            return false;
        }
        let (xi, yi) = (store.is_value_interface(x), store.is_value_interface(y));
        let (xn, yn) = (store.as_named(x).is_some(), store.as_named(y).is_some());
        if xi && yi {
            if xn && yn {
                return store.identical(x, y);
            }
            if store.type_set(x).methods.len() != store.type_set(y).methods.len() {
                return false;
            }
        } else if xi || yi {
            // Either could be meant: the order of arguments must not decide.
            return false;
        }
        // A declared type wins over a literal, a directed channel over others.
        if !mode.exact && !xn {
            let directed = matches!(store.kind(store.underlying(y)), TypeKind::Chan { dir, .. } if *dir != ChanDir::Both);
            if yn || directed {
                self.set(px, y);
            }
        }
        true
    }

    /// Unifies types of which at least one is an interface; `None` if none is.
    fn nify_interfaces(
        &mut self,
        check: &mut Checker<'_>,
        x: TypeId,
        y: TypeId,
        pairs: &mut Pairs,
    ) -> Option<bool> {
        let store = check.store;
        let (xi, yi) = (store.is_value_interface(x), store.is_value_interface(y));
        if xi && yi {
            let (x_under, y_under) = (store.underlying(x), store.underlying(y));
            if let (TypeKind::Interface(a), TypeKind::Interface(b)) =
                (store.kind(x_under), store.kind(y_under))
            {
                if pairs.contains(&(*a, *b)) || pairs.contains(&(*b, *a)) {
                    return Some(true);
                }
                pairs.push((*a, *b));
            }
            let (x_set, y_set) = (store.type_set(x), store.type_set(y));
            let result =
                x_set.comparable == y_set.comparable && x_set.terms.same(store, &y_set.terms) && {
                    let (few, many) = if x_set.methods.len() <= y_set.methods.len() {
                        (&x_set.methods, &y_set.methods)
                    } else {
                        (&y_set.methods, &x_set.methods)
                    };
                    few.iter().all(|method| {
                        many.iter()
                            .find(|other| other.name == method.name && other.pkg == method.pkg)
                            .is_some_and(|other| {
                                self.nify(check, method.typ, other.typ, UnifyMode::EXACT, pairs)
                            })
                    })
                };
            pairs.pop();
            return Some(result);
        }
        let (iface, other) = match (xi, yi) {
            (true, false) => (x, y),
            (false, true) => (y, x),
            (true, true) | (false, false) => return None,
        };
        let methods = &store.type_set(iface).methods;
        Some(methods.iter().all(|method| {
            let pkg = method.pkg.unwrap_or(check.pkg);
            let found = store.lookup_field_or_method(other, false, pkg, method.name, false);
            match found {
                Lookup::Method { .. } | Lookup::InterfaceMethod { .. } => check
                    .lookup_type(&found)
                    .is_some_and(|typ| self.nify(check, method.typ, typ, UnifyMode::EXACT, pairs)),
                Lookup::Field { .. }
                | Lookup::Ambiguous
                | Lookup::PointerReceiver
                | Lookup::NotFound => false,
            }
        }))
    }

    /// Unifies lists of types.
    fn nify_lists(
        &mut self,
        check: &mut Checker<'_>,
        x: &[TypeId],
        y: &[TypeId],
        mode: UnifyMode,
        pairs: &mut Pairs,
    ) -> bool {
        x.len() == y.len()
            && x.iter()
                .zip(y)
                .all(|(&x, &y)| self.nify(check, x, y, mode, pairs))
    }

    /// Unifies types by their form; `elem` is the mode for their parts.
    fn nify_structure(
        &mut self,
        check: &mut Checker<'_>,
        x: TypeId,
        y: TypeId,
        mode: UnifyMode,
        elem: UnifyMode,
        pairs: &mut Pairs,
    ) -> bool {
        let store = check.store;
        match (store.kind(store.unalias(x)), store.kind(store.unalias(y))) {
            (TypeKind::TypeParam(_), _) => {
                // What an unbound type parameter's type set has in common says how its types look.
                match check.common_underlying(x) {
                    Some(core) => self.nify(check, core, y, UnifyMode::ASSIGN, pairs),
                    None => false,
                }
            }
            (TypeKind::Array { len: xl, elem: xe }, TypeKind::Array { len: yl, elem: ye }) => {
                xl == yl && self.nify(check, *xe, *ye, elem, pairs)
            }
            (TypeKind::Slice(x), TypeKind::Slice(y))
            | (TypeKind::Pointer(x), TypeKind::Pointer(y)) => self.nify(check, *x, *y, elem, pairs),
            (TypeKind::Struct(x), TypeKind::Struct(y)) => {
                x.len() == y.len()
                    && x.iter().zip(y.iter()).all(|(f, g)| {
                        f.embedded == g.embedded
                            && f.tag == g.tag
                            && f.name == g.name
                            && f.pkg == g.pkg
                            && self.nify(check, f.typ, g.typ, elem, pairs)
                    })
            }
            (TypeKind::Tuple(x), TypeKind::Tuple(y)) => self.nify_lists(check, x, y, mode, pairs),
            (TypeKind::Func(x), TypeKind::Func(y)) => {
                x.variadic == y.variadic
                    && self.nify_lists(check, &x.params, &y.params, elem, pairs)
                    && self.nify_lists(check, &x.results, &y.results, elem, pairs)
            }
            (TypeKind::Interface(a), TypeKind::Interface(b)) => {
                if pairs.contains(&(*a, *b)) || pairs.contains(&(*b, *a)) {
                    return true;
                }
                let (x_set, y_set) = (store.interface_set(*a), store.interface_set(*b));
                if x_set.comparable != y_set.comparable
                    || x_set.methods.len() != y_set.methods.len()
                    || !x_set.terms.same(store, &y_set.terms)
                {
                    return false;
                }
                pairs.push((*a, *b));
                let same = x_set.methods.iter().zip(&y_set.methods).all(|(f, g)| {
                    f.name == g.name
                        && f.pkg == g.pkg
                        && self.nify(check, f.typ, g.typ, UnifyMode::EXACT, pairs)
                });
                pairs.pop();
                same
            }
            (TypeKind::Map { key: xk, elem: xe }, TypeKind::Map { key: yk, elem: ye }) => {
                self.nify(check, *xk, *yk, elem, pairs) && self.nify(check, *xe, *ye, elem, pairs)
            }
            (TypeKind::Chan { dir: xd, elem: xe }, TypeKind::Chan { dir: yd, elem: ye }) => {
                (!mode.exact || xd == yd) && self.nify(check, *xe, *ye, elem, pairs)
            }
            (TypeKind::Named(x), TypeKind::Named(y)) => {
                let (x_args, y_args) = (&store.named(*x).targs, &store.named(*y).targs);
                self.nify_lists(check, x_args, y_args, mode, pairs)
                    && store.origin_of(*x) == store.origin_of(*y)
            }
            _ => false,
        }
    }
}
