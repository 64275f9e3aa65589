//! Type identity (*Type identity*).
//!
//! Two types with the same id are identical. Different ids may be too: through aliases anywhere inside, and
//! interfaces that describe the same type set, and function types with other parameter names. [`Store::canon`] maps identical types to one id.

use crate::subst::Subst;
use crate::{Func, InterfaceId, Method, Store, Term, TermList, TypeId, TypeKind};

/// What counts as a difference.
#[derive(Clone, Copy, Default)]
struct Comparer {
    /// Struct tags do not.
    ignore_tags: bool,
}

/// Interface types being compared, innermost last: the only types other than declared ones that can contain
/// themselves.
type Pairs = Vec<(InterfaceId, InterfaceId)>;

impl Store {
    /// Whether two types are identical.
    #[must_use]
    pub fn identical(&self, x: TypeId, y: TypeId) -> bool {
        x == y || Comparer::default().identical(self, x, y, &mut Vec::new())
    }

    /// Whether two types are identical, struct tags aside (*Conversions*).
    #[must_use]
    pub fn identical_ignore_tags(&self, x: TypeId, y: TypeId) -> bool {
        x == y || Comparer { ignore_tags: true }.identical(self, x, y, &mut Vec::new())
    }

    /// Whether two lists have identical types.
    #[must_use]
    pub fn identical_lists(&self, x: &[TypeId], y: &[TypeId]) -> bool {
        x.len() == y.len() && x.iter().zip(y).all(|(&x, &y)| self.identical(x, y))
    }

    /// One id for all identical types: without aliases, and with interfaces as their sorted methods. All types inside
    /// must be declared completely. Its text with [`Store::type_string`] does not depend on which of them was seen
    /// first.
    #[must_use]
    pub fn canon(&self, t: TypeId) -> TypeId {
        self.canon_in(t, &mut Vec::new())
    }

    /// [`Store::canon`] inside these interfaces, whose canonical forms are being made.
    fn canon_in(&self, t: TypeId, inside: &mut Vec<InterfaceId>) -> TypeId {
        if let TypeKind::Basic(_) | TypeKind::TypeParam(_) = self.kind(t) {
            return t;
        }
        if let Some(&known) = self.canons.get(t) {
            return known;
        }
        let canon = self.make_canon(t, inside);
        // What was found inside a recursive interface may hold a part that is not canonical.
        if inside.is_empty() {
            return *self.canons.set(t, canon);
        }
        canon
    }

    /// Makes the canonical form of a type.
    fn make_canon(&self, t: TypeId, inside: &mut Vec<InterfaceId>) -> TypeId {
        let list = |types: &[TypeId], inside: &mut Vec<InterfaceId>| -> Vec<TypeId> {
            types.iter().map(|&t| self.canon_in(t, inside)).collect()
        };
        match self.kind(t) {
            TypeKind::Basic(_) | TypeKind::TypeParam(_) => t,
            TypeKind::Alias(_) => self.canon_in(self.unalias(t), inside),
            TypeKind::Named(id) => {
                let named = self.named(*id);
                let Some(origin) = named.origin else { return t };
                let targs = list(&named.targs, inside);
                let outer_args = list(&named.outer_args, inside);
                self.intern(TypeKind::Named(
                    self.named_instance(origin, targs, outer_args),
                ))
            }
            TypeKind::Pointer(elem) => self.pointer(self.canon_in(*elem, inside)),
            TypeKind::Slice(elem) => self.slice(self.canon_in(*elem, inside)),
            TypeKind::Array { len, elem } => self.array(*len, self.canon_in(*elem, inside)),
            TypeKind::Map { key, elem } => {
                self.map(self.canon_in(*key, inside), self.canon_in(*elem, inside))
            }
            TypeKind::Chan { dir, elem } => self.chan(*dir, self.canon_in(*elem, inside)),
            TypeKind::Struct(fields) => self.struct_type(
                fields
                    .iter()
                    .map(|field| crate::Field {
                        typ: self.canon_in(field.typ, inside),
                        ..field.clone()
                    })
                    .collect(),
            ),
            TypeKind::Func(func) => self.func(Func {
                params: list(&func.params, inside),
                results: list(&func.results, inside),
                variadic: func.variadic,
                tparams: func.tparams.clone(),
                names: None,
            }),
            TypeKind::Tuple(types) => self.tuple_of(list(types, inside)),
            TypeKind::Union(terms) => self.union(
                terms
                    .iter()
                    .map(|term| Term {
                        tilde: term.tilde,
                        typ: self.canon_in(term.typ, inside),
                    })
                    .collect(),
            ),
            TypeKind::Interface(id) => {
                if inside.contains(id) {
                    return t;
                }
                inside.push(*id);
                let set = self.interface_set(*id);
                let methods = set
                    .methods
                    .iter()
                    .map(|method| Method {
                        typ: self.canon_in(method.typ, inside),
                        ..method.clone()
                    })
                    .collect();
                let mut embeddeds = Vec::new();
                if let TermList::Of(terms) = &set.terms {
                    let mut terms: Vec<Term> = terms
                        .iter()
                        .map(|term| Term {
                            tilde: term.tilde,
                            typ: self.canon_in(term.typ, inside),
                        })
                        .collect();
                    terms.sort_by_key(|term| (term.typ, term.tilde));
                    embeddeds.push(self.union(terms));
                }
                if set.comparable {
                    embeddeds.push(self.universe().comparable);
                }
                inside.pop();
                self.interface_type(methods, embeddeds, false)
            }
        }
    }
}

impl Comparer {
    /// Compares two types.
    fn identical(self, store: &Store, x: TypeId, y: TypeId, pairs: &mut Pairs) -> bool {
        let (x, y) = (store.unalias(x), store.unalias(y));
        if x == y {
            return true;
        }
        match (store.kind(x), store.kind(y)) {
            (
                TypeKind::Array {
                    len: x_len,
                    elem: x,
                },
                TypeKind::Array {
                    len: y_len,
                    elem: y,
                },
            ) => x_len == y_len && self.identical(store, *x, *y, pairs),
            (TypeKind::Slice(x), TypeKind::Slice(y))
            | (TypeKind::Pointer(x), TypeKind::Pointer(y)) => self.identical(store, *x, *y, pairs),
            (TypeKind::Struct(x), TypeKind::Struct(y)) => {
                x.len() == y.len()
                    && x.iter().zip(y.iter()).all(|(f, g)| {
                        f.embedded == g.embedded
                            && (self.ignore_tags || f.tag == g.tag)
                            && f.name == g.name
                            && f.pkg == g.pkg
                            && self.identical(store, f.typ, g.typ, pairs)
                    })
            }
            (TypeKind::Tuple(x), TypeKind::Tuple(y)) => self.lists(store, x, y, pairs),
            (TypeKind::Func(x), TypeKind::Func(y)) => self.funcs(store, x, y, pairs),
            (TypeKind::Union(x), TypeKind::Union(y)) => {
                store.union_set(x).same(store, &store.union_set(y))
            }
            (TypeKind::Interface(x), TypeKind::Interface(y)) => {
                self.interfaces(store, *x, *y, pairs)
            }
            (TypeKind::Map { key: xk, elem: xe }, TypeKind::Map { key: yk, elem: ye }) => {
                self.identical(store, *xk, *yk, pairs) && self.identical(store, *xe, *ye, pairs)
            }
            (TypeKind::Chan { dir: xd, elem: xe }, TypeKind::Chan { dir: yd, elem: ye }) => {
                xd == yd && self.identical(store, *xe, *ye, pairs)
            }
            (TypeKind::Named(x), TypeKind::Named(y)) => {
                let (x_named, y_named) = (store.named(*x), store.named(*y));
                store.origin_of(*x) == store.origin_of(*y)
                    && x_named.targs.len() == y_named.targs.len()
                    && store.identical_lists(&x_named.targs, &y_named.targs)
                    && store.identical_lists(&x_named.outer_args, &y_named.outer_args)
            }
            _ => false,
        }
    }

    /// Compares lists of types.
    fn lists(self, store: &Store, x: &[TypeId], y: &[TypeId], pairs: &mut Pairs) -> bool {
        x.len() == y.len()
            && x.iter()
                .zip(y)
                .all(|(&x, &y)| self.identical(store, x, y, pairs))
    }

    /// Compares function types; the names of type parameters do not matter.
    fn funcs(self, store: &Store, x: &Func, y: &Func, pairs: &mut Pairs) -> bool {
        if x.variadic != y.variadic || x.tparams.len() != y.tparams.len() {
            return false;
        }
        if x.tparams.is_empty() {
            return self.lists(store, &x.params, &y.params, pairs)
                && self.lists(store, &x.results, &y.results, pairs);
        }
        let targs: Vec<_> = x
            .tparams
            .iter()
            .map(|&tparam| store.tparam_type(tparam))
            .collect();
        let Some(map) = Subst::new(&y.tparams, &targs) else {
            return false;
        };
        let same_bounds = x.tparams.iter().zip(&y.tparams).all(|(&x, &y)| {
            let y_bound = store.subst(store.bound(y), &map);
            self.identical(store, store.bound(x), y_bound, pairs)
        });
        let subst = |types: &[TypeId]| {
            types
                .iter()
                .map(|&t| store.subst(t, &map))
                .collect::<Vec<_>>()
        };
        same_bounds
            && self.lists(store, &x.params, &subst(&y.params), pairs)
            && self.lists(store, &x.results, &subst(&y.results), pairs)
    }

    /// Compares interface types by their type sets.
    fn interfaces(self, store: &Store, x: InterfaceId, y: InterfaceId, pairs: &mut Pairs) -> bool {
        if pairs.contains(&(x, y)) || pairs.contains(&(y, x)) {
            return true;
        }
        let (x_set, y_set) = (store.interface_set(x), store.interface_set(y));
        if x_set.comparable != y_set.comparable
            || x_set.methods.len() != y_set.methods.len()
            || !x_set.terms.same(store, &y_set.terms)
        {
            return false;
        }
        pairs.push((x, y));
        let same = x_set.methods.iter().zip(&y_set.methods).all(|(f, g)| {
            f.name == g.name && f.pkg == g.pkg && self.identical(store, f.typ, g.typ, pairs)
        });
        pairs.pop();
        same
    }
}
