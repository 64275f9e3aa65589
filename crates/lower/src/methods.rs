//! Method sets, with the way to each promoted method (*Method sets*, *Selectors*).
//!
//! Methods stand in the order of itabs: exported ones first by name, then the others by name and package path
//! (decision record 0004).

use crate::cx::{Cx, FuncInst};
use polkago_types::{MethodSel, MethodSource, PkgId, Sym, TypeId};

/// What a method selector finds in the end.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum MethodTarget {
    /// A declared method.
    Declared {
        /// The method.
        inst: FuncInst,
        /// Whether its receiver is a pointer.
        pointer: bool,
    },
    /// A method of an interface: of the type itself, or of an embedded one.
    Interface {
        /// The interface type.
        iface: TypeId,
        /// The index of the method in itabs for it.
        index: u32,
    },
}

/// A method in the method set of a type.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct MethodEntry {
    /// Its name.
    pub name: Sym,
    /// The declaring package if the name is not exported.
    pub pkg: Option<PkgId>,
    /// Embedded fields to go through.
    pub path: Vec<u32>,
    /// What stands there.
    pub target: MethodTarget,
    /// Its function type without receiver.
    pub typ: TypeId,
}

/// What interfaces know a method by: name, declaring package if the name is not exported, and function type.
pub(crate) type MethodKey = (Sym, Option<PkgId>, TypeId);

impl MethodEntry {
    /// What interfaces know it by.
    pub fn key(&self) -> MethodKey {
        (self.name, self.pkg, self.typ)
    }
}

/// The methods of a type in the order of itabs.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct MethodSet {
    /// The methods.
    pub methods: Vec<MethodEntry>,
}

impl MethodSet {
    /// A method by name.
    pub fn find(&self, name: Sym, pkg: Option<PkgId>) -> Option<&MethodEntry> {
        self.methods.iter().find(|m| m.name == name && m.pkg == pkg)
    }
}

impl Cx<'_> {
    /// The method set of a type.
    pub fn method_set(&self, t: TypeId) -> &MethodSet {
        let t = self.store.canon(t);
        if let Some(set) = self.method_sets.get(t) {
            return set;
        }
        let methods = self.store.method_set(t);
        let set = MethodSet {
            methods: methods.into_iter().map(|m| self.method_entry(m)).collect(),
        };
        self.method_sets.set(t, set)
    }

    fn method_entry(&self, m: MethodSel) -> MethodEntry {
        let target = match m.source {
            MethodSource::Declared { obj, recv } => MethodTarget::Declared {
                inst: FuncInst {
                    obj,
                    targs: (self.store.named(recv).targs.iter())
                        .map(|&t| self.store.canon(t))
                        .collect(),
                },
                pointer: self.store.has_pointer_receiver(obj),
            },
            MethodSource::Interface { iface, index } => MethodTarget::Interface {
                iface: self.store.canon(iface),
                index,
            },
        };
        MethodEntry {
            name: m.name,
            pkg: m.pkg,
            path: m.path,
            target,
            typ: self.store.canon(m.typ),
        }
    }
}

/// Whether a name starts with an upper-case letter (*Exported identifiers*).
pub(crate) fn is_exported(name: &str) -> bool {
    name.chars().next().is_some_and(char::is_uppercase)
}
