//! Interfaces that contain themselves without a declared type in between: through the type of a method, by way of
//! embedding. They have no finite description, so the official compiler refuses them (Go issue 56103).

use crate::checker::Checker;
use crate::errors::Code;
use crate::{InterfaceId, Store, TypeId, TypeKind};
use polkago_syntax::Span;
use rustc_hash::FxHashMap;

/// Walks from interfaces to those that the types of their methods contain.
struct CycleFinder<'s> {
    store: &'s Store,
    /// Whether each interface visited is on the way to the current one.
    inside: FxHashMap<InterfaceId, bool>,
}

impl CycleFinder<'_> {
    /// Whether a method's type of an interface leads to a cycle.
    fn has_cycle(&mut self, interface: InterfaceId) -> bool {
        let store = self.store;
        store
            .interface_set(interface)
            .methods
            .iter()
            .any(|method| self.visit(method.typ))
    }

    /// Whether a type leads to a cycle. Declared types end the walk.
    fn visit(&mut self, t: TypeId) -> bool {
        let store = self.store;
        match store.kind(store.unalias(t)) {
            TypeKind::Basic(_)
            | TypeKind::Named(_)
            | TypeKind::Alias(_)
            | TypeKind::TypeParam(_)
            | TypeKind::Union(_) => false,
            TypeKind::Pointer(elem)
            | TypeKind::Slice(elem)
            | TypeKind::Array { elem, .. }
            | TypeKind::Chan { elem, .. } => self.visit(*elem),
            TypeKind::Map { key, elem } => self.visit(*key) || self.visit(*elem),
            TypeKind::Struct(fields) => fields.iter().any(|field| self.visit(field.typ)),
            TypeKind::Func(func) => func
                .params
                .iter()
                .chain(&func.results)
                .any(|&part| self.visit(part)),
            TypeKind::Tuple(types) => types.iter().any(|&part| self.visit(part)),
            TypeKind::Interface(id) => {
                let interface = store.interface(*id);
                if interface.methods.is_empty() && interface.embeddeds.is_empty() {
                    return false;
                }
                if let Some(&inside) = self.inside.get(id) {
                    return inside;
                }
                self.inside.insert(*id, true);
                if self.has_cycle(*id) {
                    return true;
                }
                self.inside.insert(*id, false);
                false
            }
        }
    }
}

impl Checker<'_> {
    /// Reports interface type literals on cycles; each cycle once.
    pub(crate) fn interface_cycles(&mut self) {
        let mut literals = std::mem::take(&mut self.interface_literals);
        literals.sort_by_key(|&(file, span, _)| (file, span.start));
        let mut finder = CycleFinder {
            store: self.store,
            inside: FxHashMap::default(),
        };
        let mut outermost: Option<(u32, Span)> = None;
        for (file, span, typ) in literals {
            if outermost.is_some_and(|(other, outer)| other == file && span.start < outer.end) {
                continue;
            }
            outermost = Some((file, span));
            let TypeKind::Interface(interface) = *self.store.kind(typ) else {
                continue;
            };
            if finder.has_cycle(interface) {
                self.env.file = file;
                let msg = "invalid recursive type: anonymous interface refers to itself (see \
                           https://go.dev/issue/56103)";
                self.error(span, Code::InvalidTypeCycle, msg);
                for inside in finder.inside.values_mut() {
                    *inside = false;
                }
            }
        }
    }
}
