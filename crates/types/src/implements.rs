//! Which types implement interfaces (*Implementing an interface*, *Satisfying a type constraint*).

use crate::checker::Checker;
use crate::lookup::Lookup;
use crate::{Method, Store, TermList, TypeId, TypeKind};

/// Compares the types of two methods: the one found, the one wanted.
type Equivalent<'e, 'a> = &'e mut dyn FnMut(&mut Checker<'a>, TypeId, TypeId) -> bool;

/// Why a method is missing.
enum Missing {
    /// There is none.
    NotFound,
    /// There is one whose name has other upper and lower case letters: its type, its name.
    WrongName(String, TypeId),
    /// There is one of that name, which another package does not export.
    Unexported,
    /// It has this other type.
    WrongType(String, TypeId),
    /// The name selects several.
    Ambiguous,
    /// It needs a pointer.
    PointerReceiver,
    /// The name selects a field.
    Field,
}

impl Store {
    /// Whether a type implements an interface, all packages involved being checked.
    #[must_use]
    pub fn implements(&self, t: TypeId, iface: TypeId) -> bool {
        let set = self.type_set(iface);
        let has_methods = set.methods.iter().all(|method| {
            let pkg = method.pkg.unwrap_or_else(|| self.universe().pkg);
            let typ = match self.lookup_impl(t, false, pkg, method.name, false) {
                Lookup::Method { obj, recv, .. } => self.method_type(obj, recv),
                Lookup::InterfaceMethod { method, .. } => Some(method.typ),
                Lookup::Field { .. }
                | Lookup::Ambiguous
                | Lookup::PointerReceiver
                | Lookup::NotFound => None,
            };
            typ.is_some_and(|typ| self.identical(typ, method.typ))
        });
        let in_terms = || {
            if self.is_interface(t) {
                self.type_set(t).terms.is_subset_of(self, &set.terms)
            } else {
                set.terms.includes(self, t)
            }
        };
        has_methods && in_terms() && (!set.comparable || self.is_comparable(t))
    }
}

impl<'a> Checker<'a> {
    /// Whether `typ` implements the interface `iface`, or with `constraint` satisfies it; if not, `cause` says why.
    pub(crate) fn implements(
        &mut self,
        typ: TypeId,
        iface: TypeId,
        constraint: bool,
        cause: &mut String,
    ) -> bool {
        let store = self.store;
        let under = store.underlying(typ);
        let iface_under = store.underlying(iface);
        if !store.is_valid(under) || !store.is_valid(iface_under) {
            return true;
        }
        if let TypeKind::Pointer(elem) = *store.kind(under)
            && !store.is_valid(store.underlying(elem))
        {
            return true;
        }
        let verb = if constraint { "satisfy" } else { "implement" };
        if !matches!(store.kind(iface_under), TypeKind::Interface(_)) {
            // A constraint that is no interface is one with that element.
            if constraint {
                let wrapped = store.interface_type(Vec::new(), vec![iface], true);
                return self.implements(typ, wrapped, constraint, cause);
            }
            let shown = self.type_str(iface);
            let detail = if self.is_interface_ptr(iface_under) {
                format!("type {shown} is pointer to interface, not interface")
            } else {
                format!("{shown} is not an interface")
            };
            *cause = format!("{} does not {verb} {shown} ({detail})", self.type_str(typ));
            return false;
        }
        let set = store.type_set(iface_under);
        if set.is_all() {
            return true;
        }
        let is_interface = store.is_interface(typ);
        if is_interface && store.type_set(typ).is_empty() {
            return true;
        }
        if set.is_empty() {
            *cause = format!("cannot {verb} {} (empty type set)", self.type_str(iface));
            return false;
        }
        let mut why = String::new();
        if !self.has_all_methods(
            typ,
            iface,
            true,
            &mut |check, a, b| check.store.identical(a, b),
            &mut why,
        ) {
            *cause = format!(
                "{} does not {verb} {} {why}",
                self.type_str(typ),
                self.type_str(iface)
            );
            return false;
        }
        if !set.has_terms() {
            return self.check_comparable(typ, iface_under, constraint, cause);
        }
        if is_interface {
            if !store.type_set(typ).terms.is_subset_of(store, &set.terms) {
                *cause = format!(
                    "{} does not {verb} {}",
                    self.type_str(typ),
                    self.type_str(iface)
                );
                return false;
            }
            return self.check_comparable(typ, iface_under, constraint, cause);
        }
        if !set.terms.includes(store, typ) {
            let detail = self.missing_term(typ, iface, &set.terms);
            *cause = format!(
                "{} does not {verb} {} ({detail})",
                self.type_str(typ),
                self.type_str(iface)
            );
            return false;
        }
        self.check_comparable(typ, iface_under, constraint, cause)
    }

    /// Checks what an interface that asks for comparable types asks for.
    fn check_comparable(
        &mut self,
        typ: TypeId,
        iface: TypeId,
        constraint: bool,
        cause: &mut String,
    ) -> bool {
        let store = self.store;
        let set = store.type_set(iface);
        let asks = match &set.terms {
            TermList::All => set.comparable,
            TermList::Of(terms) => {
                !terms.is_empty()
                    && terms
                        .iter()
                        .all(|term| store.is_strictly_comparable(term.typ))
            }
        };
        if !asks || store.is_strictly_comparable(typ) {
            return true;
        }
        let verb = if constraint { "satisfy" } else { "implement" };
        // Constraint satisfaction takes interfaces, whose comparison may panic.
        if constraint && store.is_comparable(typ) {
            if self.allow_version(20) {
                return true;
            }
            *cause = format!(
                "{} to {verb} comparable requires go1.20 or later",
                self.type_str(typ)
            );
            return false;
        }
        *cause = format!("{} does not {verb} comparable", self.type_str(typ));
        false
    }

    /// Why a type is not among the terms of a constraint.
    fn missing_term(&self, typ: TypeId, iface: TypeId, terms: &TermList) -> String {
        let store = self.store;
        let (shown, wanted) = (self.type_str(typ), self.type_str(iface));
        if let TermList::Of(list) = terms {
            let alternative = list.iter().find(|term| {
                !term.tilde
                    && store.identical(term.typ, store.underlying(term.typ))
                    && store.identical(term.typ, store.underlying(typ))
            });
            if let Some(term) = alternative {
                return format!(
                    "possibly missing ~ for {} in {wanted}",
                    self.type_str(term.typ)
                );
            }
        }
        if self.mentions(store.underlying(iface), typ) {
            return format!(
                "{wanted} mentions {shown}, but {shown} is not in the type set of {wanted}"
            );
        }
        let terms =
            crate::typestring::terms_string(store, terms, &|pkg| store.pkg(pkg).path.to_string());
        format!("{shown} missing in {terms}")
    }

    /// Whether a constraint names a type in an element or term.
    fn mentions(&self, constraint: TypeId, typ: TypeId) -> bool {
        match self.store.kind(constraint) {
            TypeKind::Interface(id) => self
                .store
                .interface(*id)
                .embeddeds
                .iter()
                .any(|&embedded| self.mentions(embedded, typ)),
            TypeKind::Union(terms) => terms.iter().any(|term| self.mentions(term.typ, typ)),
            _ => self.store.identical(constraint, typ),
        }
    }

    /// Whether a value of interface type `iface` can hold a `typ`: an assertion to an interface type is always
    /// possible (*Type assertions*).
    pub(crate) fn assertable_to(&mut self, iface: TypeId, typ: TypeId, cause: &mut String) -> bool {
        let store = self.store;
        store.is_interface(typ)
            || self.has_all_methods(
                typ,
                iface,
                false,
                &mut |check, a, b| check.store.identical(a, b),
                cause,
            )
    }

    /// Whether a type has all methods of an interface, as far as one can tell after errors. `equivalent` compares
    /// their types. With `fixed` false, an interface type `typ` may lack methods.
    pub(crate) fn has_all_methods(
        &mut self,
        typ: TypeId,
        iface: TypeId,
        fixed: bool,
        equivalent: Equivalent<'_, 'a>,
        cause: &mut String,
    ) -> bool {
        if !self.store.is_valid(typ) {
            return true;
        }
        match self.missing_method(typ, iface, fixed, equivalent) {
            None => true,
            Some((method, why)) => {
                if self.has_invalid_embedded_fields(typ, &mut Vec::new()) {
                    return true;
                }
                *cause = self.missing_cause(typ, iface, &method, why);
                false
            }
        }
    }

    /// The first method of an interface that a type lacks.
    fn missing_method(
        &mut self,
        typ: TypeId,
        iface: TypeId,
        fixed: bool,
        equivalent: Equivalent<'_, 'a>,
    ) -> Option<(Method, Missing)> {
        let store = self.store;
        let methods = &store.type_set(iface).methods;
        if methods.is_empty() {
            return None;
        }
        if store.is_interface(typ) {
            let set = store.type_set(typ);
            for method in methods {
                let found = set
                    .methods
                    .iter()
                    .find(|m| m.name == method.name && m.pkg == method.pkg);
                match found {
                    None if fixed => return Some((method.clone(), Missing::NotFound)),
                    Some(found) if !equivalent(self, found.typ, method.typ) => {
                        let name = store.sym_text(found.name).to_owned();
                        return Some((method.clone(), Missing::WrongType(name, found.typ)));
                    }
                    None | Some(_) => {}
                }
            }
            return None;
        }
        for method in methods {
            let pkg = method.pkg.unwrap_or(self.pkg);
            let why = match store.lookup_impl(typ, false, pkg, method.name, false) {
                Lookup::Ambiguous => Missing::Ambiguous,
                Lookup::PointerReceiver => Missing::PointerReceiver,
                Lookup::Field { .. } => Missing::Field,
                Lookup::NotFound => self.similar_method(typ, method),
                found @ (Lookup::Method { .. } | Lookup::InterfaceMethod { .. }) => {
                    let Some(found_type) = self.lookup_type(&found) else {
                        continue;
                    };
                    if equivalent(self, found_type, method.typ) {
                        continue;
                    }
                    Missing::WrongType(store.sym_text(method.name).to_owned(), found_type)
                }
            };
            return Some((method.clone(), why));
        }
        None
    }

    /// A method whose name differs in case or package only.
    fn similar_method(&mut self, typ: TypeId, method: &Method) -> Missing {
        let store = self.store;
        let pkg = method.pkg.unwrap_or(self.pkg);
        let found = store.lookup_impl(typ, false, pkg, method.name, true);
        let name = match &found {
            Lookup::Method { obj, .. } => store.obj(*obj).name,
            Lookup::InterfaceMethod { method, .. } => method.name,
            Lookup::Field { .. }
            | Lookup::Ambiguous
            | Lookup::PointerReceiver
            | Lookup::NotFound => {
                return Missing::NotFound;
            }
        };
        if name == method.name {
            return Missing::Unexported;
        }
        match self.lookup_type(&found) {
            Some(typ) => Missing::WrongName(store.sym_text(name).to_owned(), typ),
            None => Missing::NotFound,
        }
    }

    /// The type of a method found, its declaration being checked first if need be.
    pub(crate) fn lookup_type(&mut self, found: &Lookup) -> Option<TypeId> {
        match found {
            Lookup::Method { obj, recv, .. } => {
                if self.store.obj_type(*obj).is_none() {
                    self.obj_decl(*obj);
                }
                self.store.method_type(*obj, *recv)
            }
            Lookup::InterfaceMethod { method, .. } => Some(method.typ),
            Lookup::Field { field, .. } => Some(field.typ),
            Lookup::Ambiguous | Lookup::PointerReceiver | Lookup::NotFound => None,
        }
    }

    /// The reason for a missing method, in parentheses.
    fn missing_cause(&self, typ: TypeId, iface: TypeId, method: &Method, why: Missing) -> String {
        let name = self.store.sym_text(method.name);
        match why {
            Missing::NotFound => {
                for t in [typ, iface] {
                    if self.is_interface_ptr(t) {
                        return format!("({})", self.interface_ptr_error(t));
                    }
                }
                format!("(missing method {name})")
            }
            Missing::WrongName(found, found_type) => format!(
                "(missing method {name})\n\t\thave {}\n\t\twant {}",
                self.method_str(&found, found_type, false),
                self.method_str(name, method.typ, false)
            ),
            Missing::Unexported => format!("(unexported method {name})"),
            Missing::WrongType(found, found_type) => {
                let mut have = self.method_str(&found, found_type, false);
                let mut want = self.method_str(name, method.typ, false);
                if have == want {
                    have = self.method_str(&found, found_type, true);
                    want = self.method_str(name, method.typ, true);
                }
                if have == want {
                    return format!("(wrong type for method {name})");
                }
                format!("(wrong type for method {name})\n\t\thave {have}\n\t\twant {want}")
            }
            Missing::Ambiguous => format!("(ambiguous selector {}.{name})", self.type_str(typ)),
            Missing::PointerReceiver => format!("(method {name} has pointer receiver)"),
            Missing::Field => format!("({}.{name} is a field, not a method)", self.type_str(typ)),
        }
    }

    /// A method with its signature; `full` writes import paths in place of package names.
    fn method_str(&self, name: &str, typ: TypeId, full: bool) -> String {
        let Some(func) = self.store.as_func(typ) else {
            return name.to_owned();
        };
        let sig = if full {
            self.store
                .signature_string(func, &|pkg| self.store.pkg(pkg).path.to_string())
        } else {
            self.store.signature_string(func, &|pkg| self.qualify(pkg))
        };
        format!("{name}{sig}")
    }

    /// Whether a struct, or what a pointer to one points to, has embedded fields of invalid type: they might have any
    /// method.
    fn has_invalid_embedded_fields(&self, t: TypeId, seen: &mut Vec<TypeId>) -> bool {
        let store = self.store;
        let base = match store.as_pointer(t) {
            Some(elem) if store.as_struct(elem).is_some() => elem,
            Some(_) | None => t,
        };
        let under = store.underlying(base);
        let Some(fields) = store.as_struct(under) else {
            return false;
        };
        if seen.contains(&under) {
            return false;
        }
        seen.push(under);
        fields.iter().any(|f| {
            f.embedded && (!store.is_valid(f.typ) || self.has_invalid_embedded_fields(f.typ, seen))
        })
    }
}
