//! Substitution of type parameters (*Instantiations*).

use crate::{Field, Func, Method, Store, Term, TypeId, TypeKind, TypeParamId};
use std::sync::Arc;

/// A map from type parameters to types.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Subst {
    /// Pairs; few, so searched one by one.
    pairs: Vec<(TypeParamId, TypeId)>,
}

impl Subst {
    /// The map of the parameters to the arguments, in order; `None` if there are not as many.
    #[must_use]
    pub fn new(tparams: &[TypeParamId], targs: &[TypeId]) -> Option<Self> {
        (tparams.len() == targs.len()).then(|| Self {
            pairs: tparams.iter().copied().zip(targs.iter().copied()).collect(),
        })
    }

    /// A map from pairs.
    #[must_use]
    pub fn from_pairs(pairs: Vec<(TypeParamId, TypeId)>) -> Self {
        Self { pairs }
    }

    /// Adds more parameters and arguments.
    pub fn extend(&mut self, tparams: &[TypeParamId], targs: &[TypeId]) {
        self.pairs
            .extend(tparams.iter().copied().zip(targs.iter().copied()));
    }

    /// Whether nothing is mapped.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.pairs.is_empty()
    }

    /// What a parameter is mapped to.
    #[must_use]
    pub fn get(&self, tparam: TypeParamId) -> Option<TypeId> {
        self.pairs
            .iter()
            .find(|&&(key, _)| key == tparam)
            .map(|&(_, t)| t)
    }
}

impl Store {
    /// The type with its type parameters replaced. Types declared inside generic functions are replaced by instances
    /// of their own where the function's type parameters are mapped.
    pub fn subst(&self, t: TypeId, map: &Subst) -> TypeId {
        if map.is_empty() {
            return t;
        }
        match self.kind(t) {
            TypeKind::Basic(_) => t,
            TypeKind::TypeParam(id) => map.get(*id).unwrap_or(t),
            TypeKind::Alias(id) => {
                let alias = self.alias(*id);
                match self.subst_list(&alias.targs, map) {
                    Some(targs) => {
                        let origin = alias.origin.unwrap_or(*id);
                        self.intern(TypeKind::Alias(self.alias_instance(origin, targs)))
                    }
                    // A local alias may stand for a type parameter of its function.
                    None if alias.targs.is_empty() => {
                        let Some(of) = self.try_unalias(t) else {
                            return t;
                        };
                        let new = self.subst(of, map);
                        if new == of { t } else { new }
                    }
                    None => t,
                }
            }
            TypeKind::Named(id) => {
                let named = self.named(*id);
                // A wrong number of arguments has been reported.
                if let Some(origin) = named.origin
                    && let Some(tparams) = self.named(origin).tparams.get()
                    && tparams.len() != named.targs.len()
                {
                    return self.invalid();
                }
                let targs = self.subst_list(&named.targs, map);
                let outer_args = self.subst_list(&named.outer_args, map);
                if targs.is_none() && outer_args.is_none() {
                    return t;
                }
                let targs = targs.unwrap_or_else(|| named.targs.clone());
                let outer_args = outer_args.unwrap_or_else(|| named.outer_args.clone());
                let origin = named.origin.unwrap_or(*id);
                self.intern(TypeKind::Named(
                    self.named_instance(origin, targs, outer_args),
                ))
            }
            TypeKind::Pointer(elem) => {
                let new = self.subst(*elem, map);
                if new == *elem { t } else { self.pointer(new) }
            }
            TypeKind::Slice(elem) => {
                let new = self.subst(*elem, map);
                if new == *elem { t } else { self.slice(new) }
            }
            TypeKind::Array { len, elem } => {
                let new = self.subst(*elem, map);
                if new == *elem {
                    t
                } else {
                    self.array(*len, new)
                }
            }
            TypeKind::Map { key, elem } => {
                let (new_key, new_elem) = (self.subst(*key, map), self.subst(*elem, map));
                if (new_key, new_elem) == (*key, *elem) {
                    t
                } else {
                    self.map(new_key, new_elem)
                }
            }
            TypeKind::Chan { dir, elem } => {
                let new = self.subst(*elem, map);
                if new == *elem {
                    t
                } else {
                    self.chan(*dir, new)
                }
            }
            TypeKind::Struct(fields) => {
                let types: Vec<_> = fields
                    .iter()
                    .map(|field| self.subst(field.typ, map))
                    .collect();
                if fields
                    .iter()
                    .zip(&types)
                    .all(|(field, &new)| field.typ == new)
                {
                    return t;
                }
                self.struct_type(
                    fields
                        .iter()
                        .zip(types)
                        .map(|(field, typ)| Field {
                            typ,
                            ..field.clone()
                        })
                        .collect(),
                )
            }
            TypeKind::Func(func) => {
                let params = self.subst_list(&func.params, map);
                let results = self.subst_list(&func.results, map);
                if params.is_none() && results.is_none() {
                    return t;
                }
                self.intern(TypeKind::Func(Arc::new(Func {
                    params: params.unwrap_or_else(|| func.params.clone()),
                    results: results.unwrap_or_else(|| func.results.clone()),
                    variadic: func.variadic,
                    tparams: func.tparams.clone(),
                    names: func.names.clone(),
                })))
            }
            TypeKind::Tuple(types) => match self.subst_list(types, map) {
                Some(types) => self.tuple_of(types),
                None => t,
            },
            TypeKind::Union(terms) => {
                let types: Vec<_> = terms.iter().map(|term| self.subst(term.typ, map)).collect();
                if terms.iter().zip(&types).all(|(term, &new)| term.typ == new) {
                    return t;
                }
                self.union(
                    terms
                        .iter()
                        .zip(types)
                        .map(|(term, typ)| Term {
                            typ,
                            tilde: term.tilde,
                        })
                        .collect(),
                )
            }
            TypeKind::Interface(id) => {
                let interface = self.interface(*id);
                let types: Vec<_> = interface
                    .methods
                    .iter()
                    .map(|method| self.subst(method.typ, map))
                    .collect();
                let embeddeds = self.subst_list(&interface.embeddeds, map);
                let same = interface
                    .methods
                    .iter()
                    .zip(&types)
                    .all(|(method, &new)| method.typ == new);
                if same && embeddeds.is_none() {
                    return t;
                }
                let methods = interface
                    .methods
                    .iter()
                    .zip(types)
                    .map(|(method, typ)| Method {
                        typ,
                        ..method.clone()
                    })
                    .collect();
                let embeddeds = embeddeds.unwrap_or_else(|| interface.embeddeds.clone());
                self.interface_type(methods, embeddeds, interface.implicit)
            }
        }
    }

    /// The types with type parameters replaced; `None` if nothing changes.
    pub(crate) fn subst_list(&self, types: &[TypeId], map: &Subst) -> Option<Vec<TypeId>> {
        let new: Vec<_> = types.iter().map(|&t| self.subst(t, map)).collect();
        (new != types).then_some(new)
    }
}
