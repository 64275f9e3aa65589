//! Underlying types, aliases, instances and constraints (*Underlying types*).

use crate::subst::Subst;
use crate::{Basic, NamedId, Store, TypeId, TypeKind, TypeParamId};

/// A chain of definitions longer than this has no end: `type T[P any] T[T[P]]`.
const MAX_CHAIN: usize = 100;

impl Store {
    /// Sees through aliases at the top of a type. An alias not declared completely yet is the invalid type.
    #[must_use]
    pub fn unalias(&self, t: TypeId) -> TypeId {
        self.try_unalias(t).unwrap_or_else(|| self.invalid())
    }

    /// Like [`Store::unalias`]; `None` for an alias that is not declared completely yet.
    pub(crate) fn try_unalias(&self, t: TypeId) -> Option<TypeId> {
        let mut t = t;
        for _ in 0..MAX_CHAIN {
            let TypeKind::Alias(id) = *self.kind(t) else {
                return Some(t);
            };
            t = self.alias_rhs(id)?;
        }
        Some(self.invalid())
    }

    /// What an alias stands for, possibly another alias; `None` while not known.
    pub(crate) fn alias_rhs(&self, id: crate::AliasId) -> Option<TypeId> {
        let alias = self.alias(id);
        if let Some(rhs) = alias.rhs.get() {
            return Some(rhs);
        }
        let origin = self.alias(alias.origin?);
        let rhs = origin.rhs.get()?;
        let tparams = origin.tparams.get()?;
        let rhs = match Subst::new(tparams, &alias.targs) {
            Some(subst) => self.subst(rhs, &subst),
            None => self.invalid(),
        };
        alias.rhs.set(rhs);
        Some(rhs)
    }

    /// The right side of a declared type's definition, or its substitution; `None` while not known.
    pub(crate) fn named_rhs(&self, id: NamedId) -> Option<TypeId> {
        let named = self.named(id);
        if let Some(rhs) = named.rhs.get() {
            return Some(rhs);
        }
        let origin_id = named.origin?;
        let origin = self.named(origin_id);
        let rhs = self.named_rhs(origin_id)?;
        let tparams = origin.tparams.get()?;
        let rhs = match Subst::new(tparams, &named.targs) {
            Some(mut subst) => {
                subst.extend(&origin.outer, &named.outer_args);
                self.subst(rhs, &subst)
            }
            None => self.invalid(),
        };
        named.rhs.set(rhs);
        Some(rhs)
    }

    /// The underlying type: never a declared type, alias or type parameter. A type parameter's is its constraint.
    /// Types not declared completely yet have the invalid type.
    #[must_use]
    pub fn underlying(&self, t: TypeId) -> TypeId {
        self.try_underlying(t).unwrap_or_else(|| self.invalid())
    }

    /// Like [`Store::underlying`]; `None` for a type that is not declared completely yet.
    pub(crate) fn try_underlying(&self, t: TypeId) -> Option<TypeId> {
        match *self.kind(t) {
            TypeKind::Named(id) => self.named_underlying(id),
            TypeKind::Alias(_) => self.try_underlying(self.try_unalias(t)?),
            TypeKind::TypeParam(id) => self.constraint(id),
            TypeKind::Basic(_)
            | TypeKind::Pointer(_)
            | TypeKind::Slice(_)
            | TypeKind::Array { .. }
            | TypeKind::Map { .. }
            | TypeKind::Chan { .. }
            | TypeKind::Struct(_)
            | TypeKind::Func(_)
            | TypeKind::Interface(_)
            | TypeKind::Tuple(_)
            | TypeKind::Union(_) => Some(t),
        }
    }

    /// The underlying type of a declared type.
    fn named_underlying(&self, id: NamedId) -> Option<TypeId> {
        let mut path: Vec<NamedId> = Vec::new();
        let mut current = id;
        let under = loop {
            if let Some(under) = self.named(current).under.get() {
                break under;
            }
            if path.contains(&current) || path.len() > MAX_CHAIN {
                // A cycle of definitions; reported where they are declared.
                return Some(self.invalid());
            }
            path.push(current);
            let rhs = self.try_unalias(self.named_rhs(current)?)?;
            match *self.kind(rhs) {
                TypeKind::Named(next) => current = next,
                TypeKind::TypeParam(_) => break self.invalid(),
                _ => break rhs,
            }
        };
        for id in path {
            self.named(id).under.set(under);
        }
        Some(under)
    }

    /// Makes a declared type invalid after an error.
    pub(crate) fn invalidate(&self, id: NamedId) {
        let named = self.named(self.origin_of(id));
        named.rhs.set(self.invalid());
        named.under.set(self.invalid());
        let this = self.named(id);
        this.rhs.set(self.invalid());
        this.under.set(self.invalid());
    }

    /// The declared type that an instance is an instance of; itself otherwise.
    #[must_use]
    pub fn origin_of(&self, id: NamedId) -> NamedId {
        self.named(id).origin.unwrap_or(id)
    }

    /// The type parameters of a declared type or of the type that it is an instance of.
    #[must_use]
    pub fn tparams_of(&self, id: NamedId) -> &[TypeParamId] {
        self.named(self.origin_of(id))
            .tparams
            .get()
            .map_or(&[], Vec::as_slice)
    }

    /// The declared type behind aliases, if it is one.
    #[must_use]
    pub fn as_named(&self, t: TypeId) -> Option<NamedId> {
        match *self.kind(self.unalias(t)) {
            TypeKind::Named(id) => Some(id),
            _ => None,
        }
    }

    /// The type parameter behind aliases, if it is one.
    #[must_use]
    pub fn as_tparam(&self, t: TypeId) -> Option<TypeParamId> {
        match *self.kind(self.unalias(t)) {
            TypeKind::TypeParam(id) => Some(id),
            _ => None,
        }
    }

    /// The bound of a type parameter as written; the invalid type while not known.
    #[must_use]
    pub fn bound(&self, id: TypeParamId) -> TypeId {
        self.tparam(id)
            .bound
            .get()
            .unwrap_or_else(|| self.invalid())
    }

    /// The constraint of a type parameter as an interface type; `None` while not known.
    fn constraint(&self, id: TypeParamId) -> Option<TypeId> {
        let tparam = self.tparam(id);
        if let Some(iface) = tparam.iface.get() {
            return Some(iface);
        }
        let Some(bound) = tparam.bound.get() else {
            return Some(self.universe().empty_interface);
        };
        if self.as_tparam(bound).is_some() {
            return Some(self.universe().empty_interface);
        }
        let Some(under) = self.try_underlying(bound) else {
            return Some(self.universe().empty_interface);
        };
        let iface = match self.kind(under) {
            TypeKind::Interface(_) => under,
            TypeKind::Basic(Basic::Invalid) => return Some(self.universe().empty_interface),
            _ => self.interface_type(Vec::new(), vec![bound], true),
        };
        tparam.iface.set(iface);
        Some(iface)
    }

    /// The pairs of type and underlying type of the specific types in the type set of `t`: of a type parameter's
    /// constraint, or just `t` itself. `None` if a type parameter has no specific types.
    #[must_use]
    pub fn specific_types(&self, t: TypeId) -> Option<Vec<(TypeId, TypeId)>> {
        if self.as_tparam(t).is_none() {
            return Some(vec![(t, self.underlying(t))]);
        }
        let terms = self.type_set(t).specific_terms()?;
        Some(
            terms
                .iter()
                .map(|term| (term.typ, self.underlying(term.typ)))
                .collect(),
        )
    }

    /// Whether `f` holds for the underlying type of `t`, or for that of each specific type of a type parameter. A
    /// type parameter without specific types gives false.
    pub fn all_underlying(&self, t: TypeId, f: impl Fn(TypeId) -> bool) -> bool {
        if self.as_tparam(t).is_none() {
            return f(self.underlying(t));
        }
        self.specific_types(t)
            .is_some_and(|types| types.iter().all(|&(_, under)| f(under)))
    }
}
