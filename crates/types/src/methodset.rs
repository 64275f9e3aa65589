//! Method sets (*Method sets*).

use crate::lookup::Lookup;
use crate::{NamedId, ObjId, PkgId, Store, Sym, TypeId, TypeKind};
use indexmap::IndexSet;
use rustc_hash::FxBuildHasher;

/// A method in a method set.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct MethodSel {
    /// Its name.
    pub name: Sym,
    /// The package of an unexported name.
    pub pkg: Option<PkgId>,
    /// Field indices that lead to the embedded field that has it; empty for a method of the type itself.
    pub path: Vec<u32>,
    /// Whether a pointer is followed on the way, at the start included.
    pub indirect: bool,
    /// Its type without receiver, instantiated.
    pub typ: TypeId,
    /// Where it comes from.
    pub source: MethodSource,
}

/// Where a method comes from.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum MethodSource {
    /// A declared method, and the declared type or instance whose method it is.
    Declared {
        /// The method as declared.
        obj: ObjId,
        /// The receiver's base type, possibly an instance.
        recv: NamedId,
    },
    /// A method of an interface, embedded or the type itself.
    Interface {
        /// The interface type.
        iface: TypeId,
        /// Its index among the sorted methods of the type set.
        index: u32,
    },
}

impl Store {
    /// The method set of a type: what may be called on a value of it, sorted as in itabs. A type parameter has the
    /// methods of its constraint. Checking of the packages involved must be done.
    #[must_use]
    pub fn method_set(&self, t: TypeId) -> Vec<MethodSel> {
        let mut names: IndexSet<(Sym, Option<PkgId>), FxBuildHasher> = IndexSet::default();
        self.collect_method_names(self.deref(t).0, &mut names, &mut Vec::new());
        let mut out = Vec::new();
        for (name, pkg) in names {
            // An exported name is the same in every package.
            let asking = pkg.unwrap_or_else(|| self.universe().pkg);
            let (path, indirect, typ, source) =
                match self.lookup_field_or_method(t, false, asking, name, false) {
                    Lookup::Method {
                        obj,
                        recv,
                        path,
                        indirect,
                    } => {
                        let typ = self
                            .method_type(obj, recv)
                            .unwrap_or_else(|| self.invalid());
                        (path, indirect, typ, MethodSource::Declared { obj, recv })
                    }
                    Lookup::InterfaceMethod {
                        method,
                        iface,
                        index,
                        path,
                        indirect,
                    } => (
                        path,
                        indirect,
                        method.typ,
                        MethodSource::Interface { iface, index },
                    ),
                    Lookup::Field { .. }
                    | Lookup::Ambiguous
                    | Lookup::PointerReceiver
                    | Lookup::NotFound => continue,
                };
            out.push(MethodSel {
                name,
                pkg,
                path,
                indirect,
                typ,
                source,
            });
        }
        out.sort_by(|a, b| self.compare_names((a.name, a.pkg), (b.name, b.pkg)));
        out
    }

    /// The names of all methods that a type or its embedded fields have, at any depth.
    fn collect_method_names(
        &self,
        t: TypeId,
        names: &mut IndexSet<(Sym, Option<PkgId>), FxBuildHasher>,
        seen: &mut Vec<TypeId>,
    ) {
        let t = self.unalias(t);
        if seen.contains(&t) {
            return;
        }
        seen.push(t);
        if let TypeKind::Named(named) = *self.kind(t) {
            for &method in self.methods_of(named) {
                let object = self.obj(method);
                names.insert((
                    object.name,
                    (!self.is_exported(object.name)).then_some(object.pkg),
                ));
            }
        }
        match self.kind(self.underlying(t)) {
            TypeKind::Struct(fields) => {
                for field in fields.iter().filter(|field| field.embedded) {
                    self.collect_method_names(self.deref(field.typ).0, names, seen);
                }
            }
            TypeKind::Interface(id) => {
                names.extend(
                    self.interface_set(*id)
                        .methods
                        .iter()
                        .map(|method| (method.name, method.pkg)),
                );
            }
            _ => {}
        }
    }
}
