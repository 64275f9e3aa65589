//! Fields and methods of a type (*Selectors*, *Struct types*, *Method declarations*).

use crate::subst::Subst;
use crate::{Field, Method, NamedId, ObjId, ObjKind, PkgId, Store, Sym, TypeId, TypeKind};

/// What a name selects in a type.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Lookup {
    /// A struct field.
    Field {
        /// The field.
        field: Field,
        /// Field indices that lead to it; the last one is its own.
        path: Vec<u32>,
        /// Whether a pointer is followed on the way, at the start included.
        indirect: bool,
    },
    /// A method of a declared type.
    Method {
        /// The method as declared.
        obj: ObjId,
        /// The type that declares it, or the instance of a generic one.
        recv: NamedId,
        /// Field indices that lead to the embedded field that has it.
        path: Vec<u32>,
        /// Whether a pointer is followed on the way, at the start included.
        indirect: bool,
    },
    /// A method of an interface type or type parameter.
    InterfaceMethod {
        /// The method.
        method: Method,
        /// The interface type or type parameter that has it.
        iface: TypeId,
        /// Its index among the sorted methods of the type set.
        index: u32,
        /// Field indices that lead to the embedded field that has it.
        path: Vec<u32>,
        /// Whether a pointer is followed on the way, at the start included.
        indirect: bool,
    },
    /// The name occurs more than once at the shallowest depth.
    Ambiguous,
    /// There is a method with a pointer receiver, but no pointer to call it on.
    PointerReceiver,
    /// There is no such field or method.
    NotFound,
}

impl Lookup {
    /// Whether a field or method was found.
    #[must_use]
    pub fn is_found(&self) -> bool {
        match self {
            Lookup::Field { .. } | Lookup::Method { .. } | Lookup::InterfaceMethod { .. } => true,
            Lookup::Ambiguous | Lookup::PointerReceiver | Lookup::NotFound => false,
        }
    }
}

/// An embedded type found on the way.
struct Embedded {
    typ: TypeId,
    path: Vec<u32>,
    indirect: bool,
    /// The type occurs several times at this depth.
    multiples: bool,
}

impl Store {
    /// The field or method that `name`, used in package `pkg`, selects in a value of type `t`; if `addressable`, in a
    /// variable of that type. With `fold_case`, upper and lower case do not matter.
    ///
    /// The type of a method found may not be known before its declaration has been checked.
    #[must_use]
    pub fn lookup_field_or_method(
        &self,
        t: TypeId,
        addressable: bool,
        pkg: PkgId,
        name: Sym,
        fold_case: bool,
    ) -> Lookup {
        // A declared pointer type has no methods, but the fields of its base type.
        if self.as_named(t).is_some() {
            let under = self.underlying(t);
            if let TypeKind::Pointer(_) = self.kind(under) {
                let found = self.lookup_impl(under, false, pkg, name, fold_case);
                return match found {
                    Lookup::Method { .. } | Lookup::InterfaceMethod { .. } => Lookup::NotFound,
                    Lookup::Field { .. }
                    | Lookup::Ambiguous
                    | Lookup::PointerReceiver
                    | Lookup::NotFound => found,
                };
            }
        }
        self.lookup_impl(t, addressable, pkg, name, fold_case)
    }

    /// Breadth-first search through embedded fields. Does not find fields through declared pointer types.
    pub(crate) fn lookup_impl(
        &self,
        t: TypeId,
        addressable: bool,
        pkg: PkgId,
        name: Sym,
        fold_case: bool,
    ) -> Lookup {
        if self.sym_text(name) == "_" {
            return Lookup::NotFound;
        }
        let (base, is_pointer) = self.deref(t);
        // A pointer to an interface has no methods.
        if is_pointer && self.is_interface(base) {
            return Lookup::NotFound;
        }
        let mut current = vec![Embedded {
            typ: base,
            path: Vec::new(),
            indirect: is_pointer,
            multiples: false,
        }];
        let mut seen: Vec<TypeId> = Vec::new();
        while !current.is_empty() {
            let mut next: Vec<Embedded> = Vec::new();
            let mut found: Option<Lookup> = None;
            for e in &current {
                let typ = self.unalias(e.typ);
                if let TypeKind::Named(named) = *self.kind(typ) {
                    // At a shallower depth the same type hides this one.
                    if seen.iter().any(|&earlier| self.identical(earlier, typ)) {
                        continue;
                    }
                    seen.push(typ);
                    if let Some(obj) = self.declared_method(named, pkg, name, fold_case) {
                        if found.is_some() || e.multiples {
                            return Lookup::Ambiguous;
                        }
                        found = Some(Lookup::Method {
                            obj,
                            recv: named,
                            path: e.path.clone(),
                            indirect: e.indirect,
                        });
                        continue;
                    }
                }
                match self.kind(self.underlying(typ)) {
                    TypeKind::Struct(fields) => {
                        for (index, field) in (0u32..).zip(fields.iter()) {
                            let path = || {
                                let mut path = e.path.clone();
                                path.push(index);
                                path
                            };
                            if self.same_name(field.name, field.pkg, name, pkg, fold_case) {
                                if found.is_some() || e.multiples {
                                    return Lookup::Ambiguous;
                                }
                                found = Some(Lookup::Field {
                                    field: field.clone(),
                                    path: path(),
                                    indirect: e.indirect,
                                });
                            } else if found.is_none() && field.embedded {
                                let (typ, is_pointer) = self.deref(field.typ);
                                next.push(Embedded {
                                    typ,
                                    path: path(),
                                    indirect: e.indirect || is_pointer,
                                    multiples: e.multiples,
                                });
                            }
                        }
                    }
                    TypeKind::Interface(id) => {
                        let set = self.interface_set(*id);
                        if let Some(index) = set.find(self, pkg, name, fold_case) {
                            if found.is_some() || e.multiples {
                                return Lookup::Ambiguous;
                            }
                            found = Some(Lookup::InterfaceMethod {
                                method: set.methods[index].clone(),
                                iface: typ,
                                index: u32::try_from(index).unwrap_or(u32::MAX),
                                path: e.path.clone(),
                                indirect: e.indirect,
                            });
                        }
                    }
                    _ => {}
                }
            }
            if let Some(found) = found {
                return match found {
                    Lookup::Method { obj, indirect, .. }
                        if !indirect && !addressable && self.has_pointer_receiver(obj) =>
                    {
                        Lookup::PointerReceiver
                    }
                    found => found,
                };
            }
            current = self.consolidate(next);
        }
        Lookup::NotFound
    }

    /// Joins entries of one type into one that is marked as several.
    fn consolidate(&self, list: Vec<Embedded>) -> Vec<Embedded> {
        let mut out: Vec<Embedded> = Vec::with_capacity(list.len());
        for e in list {
            match out.iter_mut().find(|kept| self.identical(kept.typ, e.typ)) {
                Some(kept) => kept.multiples = true,
                None => out.push(e),
            }
        }
        out
    }

    /// The method that a declared type (or an instance's origin) declares under a name.
    pub(crate) fn declared_method(
        &self,
        named: NamedId,
        pkg: PkgId,
        name: Sym,
        fold_case: bool,
    ) -> Option<ObjId> {
        self.methods_of(named).iter().copied().find(|&method| {
            let object = self.obj(method);
            // Most have another name.
            if object.name != name && !fold_case {
                return false;
            }
            let owner = (!self.is_exported(object.name)).then_some(object.pkg);
            self.same_name(object.name, owner, name, pkg, fold_case)
        })
    }

    /// The declared methods of a type, or of the type that it is an instance of, in source order.
    #[must_use]
    pub fn methods_of(&self, named: NamedId) -> &[ObjId] {
        self.named(self.origin_of(named))
            .methods
            .get()
            .map_or(&[], Vec::as_slice)
    }

    /// Whether a method is declared with a pointer receiver.
    #[must_use]
    pub fn has_pointer_receiver(&self, method: ObjId) -> bool {
        match &self.obj(method).kind {
            ObjKind::Func(func) => func.recv.as_ref().is_some_and(|recv| recv.pointer),
            _ => false,
        }
    }

    /// The type of a declared method, without receiver, for a receiver type that may be an instance; `None` while
    /// its declaration has not been checked.
    #[must_use]
    pub fn method_type(&self, method: ObjId, recv: NamedId) -> Option<TypeId> {
        let typ = self.obj_type(method)?;
        let targs = &self.named(recv).targs;
        let ObjKind::Func(func) = &self.obj(method).kind else {
            return Some(typ);
        };
        let tparams = func.recv.as_ref().and_then(|recv| recv.tparams.get());
        match tparams.and_then(|tparams| Subst::new(tparams, targs)) {
            Some(map) => Some(self.subst(typ, &map)),
            None => Some(typ),
        }
    }
}
