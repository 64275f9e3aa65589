//! Which unexported types of a package its exported declarations mention. The official compiler knows nothing else that
//! is not exported of an imported package, and words its errors accordingly: what is not mentioned is undefined.

use crate::{NamedId, ObjId, ObjKind, PkgId, Store, TypeId, TypeKind};
use rustc_hash::FxHashSet;

/// Walks through types.
struct Walk<'s> {
    store: &'s Store,
    seen: FxHashSet<TypeId>,
    todo: Vec<TypeId>,
}

impl Walk<'_> {
    fn add(&mut self, t: TypeId) {
        if self.seen.insert(t) {
            self.todo.push(t);
        }
    }

    /// Adds what a type is made of.
    fn parts(&mut self, t: TypeId) {
        let store = self.store;
        match store.kind(t) {
            TypeKind::Basic(_) => {}
            TypeKind::Named(id) => {
                let named = store.named(*id);
                named.targs.iter().for_each(|&arg| self.add(arg));
                let origin = named.origin.unwrap_or(*id);
                self.declaration(origin);
            }
            TypeKind::Alias(id) => {
                let alias = store.alias(*id);
                alias.targs.iter().for_each(|&arg| self.add(arg));
                self.add(store.unalias(t));
            }
            TypeKind::Pointer(elem)
            | TypeKind::Slice(elem)
            | TypeKind::Array { elem, .. }
            | TypeKind::Chan { elem, .. } => self.add(*elem),
            TypeKind::Map { key, elem } => {
                self.add(*key);
                self.add(*elem);
            }
            TypeKind::Struct(fields) => fields.iter().for_each(|field| self.add(field.typ)),
            TypeKind::Func(func) => {
                func.params.iter().for_each(|&part| self.add(part));
                func.results.iter().for_each(|&part| self.add(part));
                for &tparam in &func.tparams {
                    self.bound(tparam);
                }
            }
            TypeKind::Interface(id) => {
                let interface = store.interface(*id);
                for method in &interface.methods {
                    self.add(method.typ);
                }
                interface.embeddeds.iter().for_each(|&e| self.add(e));
            }
            TypeKind::Tuple(types) => types.iter().for_each(|&part| self.add(part)),
            TypeKind::TypeParam(_) => {}
            TypeKind::Union(terms) => terms.iter().for_each(|term| self.add(term.typ)),
        }
    }

    /// Adds the underlying type, bounds and methods of a declared type.
    fn declaration(&mut self, named: NamedId) {
        let store = self.store;
        let typ = store.intern(TypeKind::Named(named));
        self.seen.insert(typ);
        self.add(store.underlying(typ));
        for &tparam in store.tparams_of(named) {
            self.bound(tparam);
        }
        for &method in store.methods_of(named) {
            if let Some(typ) = store.obj_type(method) {
                self.add(typ);
            }
        }
    }

    fn bound(&mut self, tparam: crate::TypeParamId) {
        if let Some(bound) = self.store.tparam(tparam).bound.get() {
            self.add(bound);
        }
    }
}

impl Store {
    /// Whether an unexported object of a package is a type that an exported declaration mentions.
    pub(crate) fn is_exposed(&self, pkg: PkgId, obj: ObjId) -> bool {
        let (ObjKind::TypeName, Some(wanted)) = (&self.obj(obj).kind, self.obj_type(obj)) else {
            return false;
        };
        let mut walk = Walk {
            store: self,
            seen: FxHashSet::default(),
            todo: Vec::new(),
        };
        for (name, obj) in self.scope(self.pkg(pkg).scope).entries() {
            if self.is_exported(name)
                && let Some(typ) = self.obj_type(obj)
            {
                walk.add(typ);
            }
        }
        while let Some(t) = walk.todo.pop() {
            walk.parts(t);
        }
        walk.seen.contains(&wanted)
    }
}
