//! Interface types (*Interface types*).

use crate::checker::{Checker, ErrorBuilder};
use crate::errors::Code;
use crate::union::MAX_TERMS;
use crate::{Method, PkgId, SrcPos, Sym, TermList, TypeId, TypeKind};
use polkago_syntax::{ExprId, InterfaceElem, InterfaceType};
use rustc_hash::FxHashMap;

impl<'a> Checker<'a> {
    /// Checks an interface type.
    pub(crate) fn interface_type(&mut self, e: ExprId, typ: &'a InterfaceType) -> TypeId {
        let tree = self.tree();
        let mut methods: Vec<(Method, SrcPos)> = Vec::new();
        let mut embeddeds = Vec::new();
        let mut embed_pos = Vec::new();
        for elem in &typ.elems {
            match elem {
                InterfaceElem::Embedded(elem) => {
                    let pos = self.src_pos(tree.expr[*elem].span.start);
                    let typ = self.parse_union(*elem);
                    if self.early_embedding(typ, pos) {
                        embed_pos.push(pos);
                        embeddeds.push(typ);
                    }
                }
                InterfaceElem::Method { name: ident, sig } => {
                    let name = self.ident_sym(*ident);
                    if self.store.sym_text(name) == "_" {
                        let msg = "methods must have a unique non-blank name";
                        self.error(*ident, Code::BlankIfaceMethod, msg);
                        continue;
                    }
                    let typ = self.func_type(*sig).typ;
                    let pos = self.src_pos(tree.idents[*ident].pos);
                    methods.push((
                        Method {
                            name,
                            pkg: self.name_pkg(name),
                            typ,
                        },
                        pos,
                    ));
                }
            }
        }
        let explicit: Vec<(Sym, Option<PkgId>, SrcPos)> = methods
            .iter()
            .map(|(method, pos)| (method.name, method.pkg, *pos))
            .collect();
        let mut methods: Vec<Method> = methods.into_iter().map(|(method, _)| method).collect();
        self.store.sort_methods(&mut methods);
        let methods_or_embedded = !embeddeds.is_empty() || !methods.is_empty();
        let needs_check = !embeddeds.is_empty() || methods.len() > 1;
        let typ = self.store.interface_type(methods, embeddeds, false);
        if methods_or_embedded {
            let span = tree.expr[e].span;
            self.interface_literals.push((self.env.file, span, typ));
        }
        if needs_check {
            self.check_interface_later(typ, explicit, embed_pos);
        }
        typ
    }

    /// Reports duplicate methods of an interface once types are complete. `explicit` are its own methods with their
    /// places, `embed_pos` the places of its embedded elements.
    pub(crate) fn check_interface_later(
        &mut self,
        typ: TypeId,
        explicit: Vec<(Sym, Option<PkgId>, SrcPos)>,
        embed_pos: Vec<SrcPos>,
    ) {
        self.later(move |check| check.check_interface(typ, &explicit, &embed_pos));
    }

    /// Reports duplicate methods.
    fn check_interface(
        &mut self,
        typ: TypeId,
        explicit: &[(Sym, Option<PkgId>, SrcPos)],
        embed_pos: &[SrcPos],
    ) {
        let store = self.store;
        let TypeKind::Interface(id) = *store.kind(typ) else {
            return;
        };
        let mut seen: FxHashMap<(Sym, Option<PkgId>), (TypeId, SrcPos)> = FxHashMap::default();
        let interface = store.interface(id);
        for &(name, pkg, pos) in explicit {
            if let Some(&(_, other)) = seen.get(&(name, pkg)) {
                self.duplicate_method(name, pos, other);
                continue;
            }
            let method = interface
                .methods
                .iter()
                .find(|method| method.name == name && method.pkg == pkg);
            if let Some(method) = method {
                seen.insert((name, pkg), (method.typ, pos));
            }
        }
        for (&embedded, &pos) in interface.embeddeds.iter().zip(embed_pos) {
            if !self.verify_embedding(embedded, pos) {
                continue;
            }
            let inner = match store.kind(store.underlying(embedded)) {
                TypeKind::Interface(inner) => *inner,
                TypeKind::Union(terms) => {
                    if matches!(store.union_set(terms), TermList::Of(terms) if terms.len() > MAX_TERMS)
                    {
                        let msg = format!(
                            "cannot handle more than {MAX_TERMS} union terms (implementation limitation)"
                        );
                        self.error(pos, Code::InvalidUnion, msg);
                    }
                    continue;
                }
                _ => continue,
            };
            for method in &store.interface_set(inner).methods {
                match seen.get(&(method.name, method.pkg)) {
                    None => {
                        seen.insert((method.name, method.pkg), (method.typ, pos));
                    }
                    Some(&(other_type, other)) => {
                        if !self.allow_version(14) || !store.identical(method.typ, other_type) {
                            self.duplicate_method(method.name, pos, other);
                        }
                    }
                }
            }
        }
    }

    /// Reports an element that is known to be no interface already, where the language version does not allow it; such
    /// an element does not count. Others are checked later.
    fn early_embedding(&mut self, embedded: TypeId, pos: SrcPos) -> bool {
        if self.allow_version(18) {
            return true;
        }
        match self
            .store
            .try_underlying(embedded)
            .map(|under| self.store.kind(under))
        {
            Some(TypeKind::Interface(_)) | None => true,
            Some(_) => self.verify_embedding(embedded, pos),
        }
    }

    /// Checks that an embedded element is allowed in this language version.
    fn verify_embedding(&mut self, embedded: TypeId, pos: SrcPos) -> bool {
        if self.allow_version(18) {
            return true;
        }
        let under = self.store.underlying(embedded);
        match self.store.kind(under) {
            TypeKind::Interface(_) => {
                let imported = self.store.as_named(embedded).is_some_and(|named| {
                    let pkg = self.store.obj(self.store.named(named).obj).pkg;
                    pkg != self.pkg && pkg != self.store.universe().pkg
                });
                if !imported || self.store.type_set(embedded).is_method_set() {
                    return true;
                }
                let what = format!("embedding constraint interface {}", self.type_str(embedded));
                self.verify_version(pos, 18, &what)
            }
            TypeKind::Union(_) => {
                let what = format!("embedding interface element {}", self.type_str(under));
                self.verify_version(pos, 18, &what)
            }
            _ if !self.store.is_valid(under) => true,
            _ => {
                let what = format!("embedding non-interface type {}", self.type_str(embedded));
                self.verify_version(pos, 18, &what)
            }
        }
    }

    /// Reports a method declared twice.
    fn duplicate_method(&mut self, name: Sym, pos: SrcPos, other: SrcPos) {
        let name = self.store.sym_text(name);
        let mut err = ErrorBuilder::new(Code::DuplicateDecl);
        err.add(self, pos, format!("duplicate method {name}"));
        err.add(self, other, format!("other declaration of method {name}"));
        err.report(self);
    }
}
