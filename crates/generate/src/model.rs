//! What is known about types before code is written: which are marked, and which enumerations have which variants.

use crate::directive::{Directives, MarkedType, read};
use crate::error::{Code, Finding};
use polkago_syntax::Span;
use polkago_types::{FileRef, NamedId, ObjKind, Package, PkgId, Store, TypeId, TypeKind};
use rustc_hash::FxHashMap;

/// How a marked type is encoded.
#[derive(Clone, Debug)]
pub(crate) enum Marked {
    /// As its underlying type.
    Plain,
    /// As one byte: an integer type, of which the constants with these names and values are taken.
    Constants(Vec<(String, u8)>),
    /// As an index and what the variant is: an interface type.
    Sum(Vec<Variant>),
}

/// A variant of an interface.
#[derive(Clone, Debug)]
pub(crate) struct Variant {
    /// The type.
    pub named: NamedId,
    /// Whether it is the pointer to it that implements the interface.
    pub pointer: bool,
    /// The index.
    pub index: u8,
}

/// What the packages of a program mark, as far as other packages need to know.
#[derive(Debug, Default)]
pub struct Marks {
    /// The marked types, by the type declared.
    marked: FxHashMap<NamedId, Marked>,
}

impl Marks {
    /// Reads the directives of a package. What is wrong with them is in [`Directives::findings`].
    pub(crate) fn add(&mut self, store: &Store, package: &Package) -> Directives {
        let mut directives = read(store, package);
        let mut findings = Vec::new();
        let reader = Reader { store, package };
        for typ in &directives.types {
            let marked = reader.mark(typ, &directives, &mut findings);
            self.marked.insert(typ.named, marked);
        }
        reader.check_variants(&directives, &mut findings);
        directives.findings.append(&mut findings);
        directives
    }
}

/// Reads what marks mean in a package.
struct Reader<'a> {
    store: &'a Store,
    package: &'a Package,
}

impl Reader<'_> {
    fn mark(
        &self,
        typ: &MarkedType,
        directives: &Directives,
        findings: &mut Vec<Finding>,
    ) -> Marked {
        let Self { store, package } = *self;
        let under = store.underlying(store.obj_type(typ.obj).unwrap_or_else(|| store.invalid()));
        let name = store.obj_name(typ.obj);
        let file = FileRef {
            pkg: package.id,
            file: typ.at.file,
        };
        let mut error = |code, msg: String| {
            findings.push(Finding::new(file, typ.at.span, code, msg));
        };
        if store.is_interface(under) {
            if !typ.is_enum {
                let msg = format!(
                    "an interface is encoded as an enumeration: //polkago:scale enum before {name}"
                );
                error(Code::BadSdkDirective, msg);
            }
            if !store.tparams_of(typ.named).is_empty() {
                let msg = format!("generic interface {name} cannot be an enumeration");
                error(Code::BadSdkDirective, msg);
            }
            if !store.type_set(under).is_method_set() {
                let msg = format!("{name} is a constraint: no variable has this type");
                error(Code::BadSdkDirective, msg);
                return Marked::Sum(Vec::new());
            }
            let variants = self.variants(name, under, directives);
            if variants.is_empty() && typ.is_enum {
                let msg = format!(
                    "enumeration {name} has no variants: types with //polkago:scale {name} INDEX"
                );
                error(Code::BadVariant, msg);
            }
            return Marked::Sum(variants);
        }
        if !typ.is_enum {
            return Marked::Plain;
        }
        if !store.basic_kind(under).is_some_and(|b| b.is_integer()) {
            let msg = format!("enumeration {name} is neither an integer type nor an interface");
            error(Code::BadSdkDirective, msg);
            return Marked::Constants(Vec::new());
        }
        let constants = self.constants(typ, findings);
        if constants.is_empty() {
            let msg = format!("enumeration {name} has no constants");
            findings.push(Finding::new(file, typ.at.span, Code::BadVariant, msg));
        }
        Marked::Constants(constants)
    }

    /// The package constants of an integer type, by value; of those with the same value the first one declared.
    fn constants(&self, typ: &MarkedType, findings: &mut Vec<Finding>) -> Vec<(String, u8)> {
        let Self { store, package } = *self;
        let mut found: Vec<(u8, polkago_types::SrcPos, String)> = Vec::new();
        for (sym, obj) in store.scope(package.scope).entries() {
            let object = store.obj(obj);
            let ObjKind::Const(value) = &object.kind else {
                continue;
            };
            let of_type = store.obj_type(obj).and_then(|t| store.as_named(t));
            let (Some(pos), true) = (object.pos, of_type == Some(typ.named)) else {
                continue;
            };
            let name = store.sym_text(sym).to_owned();
            let value = value.get().and_then(polkago_types::Constant::to_i64);
            match value.map(u8::try_from) {
                Some(Ok(value)) => found.push((value, pos, name)),
                _ => {
                    let span = Span {
                        start: pos.pos,
                        end: polkago_syntax::Pos(pos.pos.0 + name.len() as u32),
                    };
                    let msg = format!("constant {name} of an enumeration is not from 0 to 255");
                    findings.push(Finding::new(pos.file, span, Code::BadVariant, msg));
                }
            }
        }
        found.sort();
        found.dedup_by_key(|(value, _, _)| *value);
        let found = found.into_iter();
        found.map(|(value, _, name)| (name, value)).collect()
    }

    /// The variants of an interface, by index.
    fn variants(&self, interface: &str, under: TypeId, directives: &Directives) -> Vec<Variant> {
        let store = self.store;
        let mut variants = Vec::new();
        for typ in &directives.types {
            for mark in typ.variants.iter().filter(|v| v.interface == interface) {
                let t = store.obj_type(typ.obj).unwrap_or_else(|| store.invalid());
                let pointer = !store.implements(t, under);
                variants.push(Variant {
                    named: typ.named,
                    pointer,
                    index: mark.index,
                });
            }
        }
        variants.sort_by_key(|v| v.index);
        variants.dedup_by_key(|v| v.index);
        variants
    }

    /// Checks what `//polkago:scale INTERFACE INDEX` says.
    fn check_variants(&self, directives: &Directives, findings: &mut Vec<Finding>) {
        let Self { store, package } = *self;
        let mut taken: FxHashMap<(&str, u8), &str> = FxHashMap::default();
        for typ in &directives.types {
            let name = store.obj_name(typ.obj);
            let file = FileRef {
                pkg: package.id,
                file: typ.at.file,
            };
            for mark in &typ.variants {
                let mut error = |msg: String| {
                    findings.push(Finding::new(file, mark.span, Code::BadVariant, msg));
                };
                let interface = &mark.interface;
                let named = directives
                    .types
                    .iter()
                    .find(|t| store.obj_name(t.obj) == *interface);
                let under = named
                    .filter(|t| t.is_enum)
                    .and_then(|t| store.obj_type(t.obj))
                    .filter(|&t| store.is_interface(t));
                let Some(under) = under else {
                    error(format!(
                        "{interface} is not an interface of this package with //polkago:scale enum"
                    ));
                    continue;
                };
                let t = store.obj_type(typ.obj).unwrap_or_else(|| store.invalid());
                if store.is_interface(t) || !store.tparams_of(typ.named).is_empty() {
                    error(format!(
                        "{name} cannot be a variant: it is an interface or generic"
                    ));
                    continue;
                }
                if !store.implements(t, under) && !store.implements(store.pointer(t), under) {
                    error(format!(
                        "{name} is no variant of {interface}: neither {name} nor *{name} implements it"
                    ));
                }
                if let Some(other) = taken.insert((interface, mark.index), name) {
                    error(format!(
                        "index {} of {interface} is that of {other} already",
                        mark.index
                    ));
                }
            }
            let mut interfaces: Vec<&str> =
                typ.variants.iter().map(|v| v.interface.as_str()).collect();
            interfaces.sort_unstable();
            if let Some(pair) = interfaces.windows(2).find(|pair| pair[0] == pair[1]) {
                let msg = format!("{name} is a variant of {} more than once", pair[0]);
                findings.push(Finding::new(file, typ.at.span, Code::BadVariant, msg));
            }
        }
    }
}

/// What is known about types.
#[derive(Clone, Copy)]
pub(crate) struct Model<'a> {
    /// Types and objects.
    pub store: &'a Store,
    /// Which are marked.
    pub marks: &'a Marks,
}

impl<'a> Model<'a> {
    /// How a type is marked; an instance as its generic type is.
    pub fn mark_of(&self, named: NamedId) -> Option<&'a Marked> {
        self.marks.marked.get(&self.store.origin_of(named))
    }

    /// Whether a declared type has both methods, declared by hand and for itself: promoted ones would encode a part
    /// only.
    pub fn has_methods(&self, named: NamedId) -> bool {
        self.declares(named, crate::APPEND) && self.declares(named, crate::DECODE)
    }

    /// Whether a declared type has a method of its own with that name.
    pub fn declares(&self, named: NamedId, name: &str) -> bool {
        let store = self.store;
        let methods = store.methods_of(named).iter();
        methods
            .copied()
            .any(|method| store.obj_name(method) == name)
    }

    /// The import path and name of a declared type.
    pub fn path_and_name(&self, named: NamedId) -> (&str, &str) {
        let object = self.store.obj(self.store.named(named).obj);
        (
            &self.store.pkg(object.pkg).path,
            self.store.sym_text(object.name),
        )
    }

    /// The package that declares a type.
    pub fn package_of(&self, named: NamedId) -> PkgId {
        self.store.obj(self.store.named(named).obj).pkg
    }

    /// Whether a type or a part of it is one that had an error.
    pub fn is_invalid(&self, t: TypeId) -> bool {
        matches!(
            self.store.kind(self.store.underlying(t)),
            TypeKind::Basic(polkago_types::Basic::Invalid)
        )
    }
}
