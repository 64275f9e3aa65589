//! Types as text.

use crate::{AliasId, Func, NamedId, PkgId, Store, TermList, TypeId, TypeKind, TypeParamId};
use polkago_syntax::ChanDir;
use std::fmt::Write as _;

/// Says how a package is named before the dot of a qualified identifier; empty for no qualification.
pub type Qualifier<'q> = &'q dyn Fn(PkgId) -> String;

impl Store {
    /// A type as messages show it.
    #[must_use]
    pub fn type_string(&self, t: TypeId, qualifier: Qualifier<'_>) -> String {
        let mut writer = TypeWriter::new(self, qualifier);
        writer.typ(t);
        writer.out
    }

    /// A type with full import paths: unique among types without type parameters, local types aside.
    #[must_use]
    pub fn full_type_string(&self, t: TypeId) -> String {
        self.type_string(t, &|pkg| self.pkg(pkg).path.to_string())
    }

    /// Like [`Store::type_string`]; `declared_at` says where a type parameter with the name of a predeclared object is
    /// declared, as messages must not be misread.
    pub(crate) fn type_message(
        &self,
        t: TypeId,
        qualifier: Qualifier<'_>,
        declared_at: &dyn Fn(crate::ObjId) -> String,
    ) -> String {
        let mut writer = TypeWriter {
            declared_at: Some(declared_at),
            ..TypeWriter::new(self, qualifier)
        };
        writer.typ(t);
        writer.out
    }

    /// The types of parameters and results of a function type, without `func`.
    #[must_use]
    pub fn signature_string(&self, func: &Func, qualifier: Qualifier<'_>) -> String {
        let mut writer = TypeWriter::new(self, qualifier);
        writer.param_names = false;
        writer.signature(func);
        writer.out
    }

    /// A list of type parameters with their constraints, in brackets.
    #[must_use]
    pub fn tparams_string(&self, tparams: &[TypeParamId], qualifier: Qualifier<'_>) -> String {
        let mut writer = TypeWriter::new(self, qualifier);
        writer.tparams(tparams);
        writer.out
    }
}

/// Writes a type.
struct TypeWriter<'s> {
    store: &'s Store,
    qualifier: Qualifier<'s>,
    out: String,
    /// Types being written, outermost first: a type inside itself is cut off.
    inside: Vec<TypeId>,
    /// Whether names of parameters and results are written.
    param_names: bool,
    /// Says where a type parameter with the name of a predeclared object is declared.
    declared_at: Option<&'s dyn Fn(crate::ObjId) -> String>,
}

impl<'s> TypeWriter<'s> {
    /// A writer without text yet.
    fn new(store: &'s Store, qualifier: Qualifier<'s>) -> Self {
        Self {
            store,
            qualifier,
            out: String::new(),
            inside: Vec::new(),
            param_names: true,
            declared_at: None,
        }
    }

    /// Writes a type.
    fn typ(&mut self, t: TypeId) {
        if self.inside.contains(&t) {
            self.out.push_str("<cycle>");
            return;
        }
        self.inside.push(t);
        self.kind(t);
        self.inside.pop();
    }

    /// Writes a type that is not inside itself.
    fn kind(&mut self, t: TypeId) {
        let store = self.store;
        match store.kind(t) {
            TypeKind::Basic(basic) => self.out.push_str(basic.name()),
            TypeKind::Named(id) => self.named(*id),
            TypeKind::Alias(id) => self.alias(*id),
            TypeKind::Pointer(elem) => {
                self.out.push('*');
                self.typ(*elem);
            }
            TypeKind::Slice(elem) => {
                self.out.push_str("[]");
                self.typ(*elem);
            }
            TypeKind::Array { len, elem } => {
                let _ = write!(self.out, "[{len}]");
                self.typ(*elem);
            }
            TypeKind::Map { key, elem } => {
                self.out.push_str("map[");
                self.typ(*key);
                self.out.push(']');
                self.typ(*elem);
            }
            TypeKind::Chan { dir, elem } => self.chan(*dir, *elem),
            TypeKind::Struct(fields) => {
                self.out.push_str("struct{");
                for (index, field) in fields.iter().enumerate() {
                    if index > 0 {
                        self.out.push_str("; ");
                    }
                    if !field.embedded {
                        self.out.push_str(store.sym_text(field.name));
                        self.out.push(' ');
                    }
                    self.typ(field.typ);
                    if !field.tag.is_empty() {
                        let _ = write!(
                            self.out,
                            " {}",
                            crate::constant::quote(field.tag.as_bytes())
                        );
                    }
                }
                self.out.push('}');
            }
            TypeKind::Func(func) => {
                self.out.push_str("func");
                self.signature(func);
            }
            TypeKind::Interface(id) => self.interface(t, *id),
            TypeKind::Tuple(types) => self.list('(', types, ')'),
            TypeKind::TypeParam(id) => self.tparam(*id),
            TypeKind::Union(terms) => {
                for (index, term) in terms.iter().enumerate() {
                    if index > 0 {
                        self.out.push_str(" | ");
                    }
                    if term.tilde {
                        self.out.push('~');
                    }
                    self.typ(term.typ);
                }
            }
        }
    }

    /// Writes the name of an object, qualified.
    fn qualified(&mut self, obj: crate::ObjId) {
        let object = self.store.obj(obj);
        let pkg = (self.qualifier)(object.pkg);
        if !pkg.is_empty() && object.pkg != self.store.universe().pkg {
            self.out.push_str(&pkg);
            self.out.push('.');
        }
        self.out.push_str(self.store.sym_text(object.name));
    }

    /// Writes a declared type.
    fn named(&mut self, id: NamedId) {
        let named = self.store.named(id);
        self.qualified(named.obj);
        if !named.targs.is_empty() {
            self.list('[', &named.targs, ']');
        } else if let Some(tparams) = named.tparams.get().filter(|tparams| !tparams.is_empty()) {
            self.tparams(tparams);
        }
    }

    /// Writes an alias.
    fn alias(&mut self, id: AliasId) {
        let alias = self.store.alias(id);
        self.qualified(alias.obj);
        if !alias.targs.is_empty() {
            self.list('[', &alias.targs, ']');
        } else if let Some(tparams) = alias.tparams.get().filter(|tparams| !tparams.is_empty()) {
            self.tparams(tparams);
        }
    }

    /// Writes a channel type.
    fn chan(&mut self, dir: ChanDir, elem: TypeId) {
        let (text, parens) = match dir {
            ChanDir::Both => {
                let elem = self.store.kind(elem);
                (
                    "chan ",
                    matches!(
                        elem,
                        TypeKind::Chan {
                            dir: ChanDir::Recv,
                            ..
                        }
                    ),
                )
            }
            ChanDir::Send => ("chan<- ", false),
            ChanDir::Recv => ("<-chan ", false),
        };
        self.out.push_str(text);
        if parens {
            self.out.push('(');
        }
        self.typ(elem);
        if parens {
            self.out.push(')');
        }
    }

    /// Writes an interface type.
    fn interface(&mut self, t: TypeId, id: crate::InterfaceId) {
        let store = self.store;
        let universe = store.universe();
        if t == universe.empty_interface {
            self.out.push_str("any");
            return;
        }
        let interface = store.interface(id);
        if let (true, [], [single]) = (
            interface.implicit,
            interface.methods.as_slice(),
            interface.embeddeds.as_slice(),
        ) {
            self.typ(*single);
            return;
        }
        self.out.push_str("interface{");
        let mut first = true;
        let mut separate = |out: &mut String| {
            if !std::mem::take(&mut first) {
                out.push_str("; ");
            }
        };
        if t == store.underlying(universe.comparable) {
            self.out.push_str("comparable");
        }
        for method in &interface.methods {
            separate(&mut self.out);
            self.out.push_str(store.sym_text(method.name));
            if let TypeKind::Func(func) = store.kind(method.typ) {
                self.signature(func);
            }
        }
        for &embedded in &interface.embeddeds {
            separate(&mut self.out);
            self.typ(embedded);
        }
        self.out.push('}');
    }

    /// Writes a type parameter; where its name is that of a predeclared object, with a remark.
    fn tparam(&mut self, id: TypeParamId) {
        let store = self.store;
        let object = store.obj(store.tparam(id).obj);
        let name = store.sym_text(object.name);
        self.out.push_str(name);
        if let Some(declared_at) = self.declared_at
            && store
                .scope(store.universe().scope)
                .get(object.name)
                .is_some()
        {
            let _ = write!(
                self.out,
                " /* with {name} declared at {} */",
                declared_at(store.tparam(id).obj)
            );
        }
    }

    /// Writes types in brackets.
    fn list(&mut self, open: char, types: &[TypeId], close: char) {
        self.out.push(open);
        for (index, &t) in types.iter().enumerate() {
            if index > 0 {
                self.out.push_str(", ");
            }
            self.typ(t);
        }
        self.out.push(close);
    }

    /// Writes type parameters with their constraints, those of one constraint together.
    fn tparams(&mut self, tparams: &[TypeParamId]) {
        self.out.push('[');
        let mut previous: Option<TypeId> = None;
        for (index, &tparam) in tparams.iter().enumerate() {
            let bound = self.store.bound(tparam);
            if index > 0 {
                if let Some(previous) = previous.filter(|&previous| previous != bound) {
                    self.out.push(' ');
                    self.typ(previous);
                }
                self.out.push_str(", ");
            }
            previous = Some(bound);
            self.tparam(tparam);
        }
        if let Some(bound) = previous {
            self.out.push(' ');
            self.typ(bound);
        }
        self.out.push(']');
    }

    /// Writes the name of a parameter or result, if it has one.
    fn param_name(&mut self, name: Option<crate::Sym>) {
        let text = name.map_or("", |name| self.store.sym_text(name));
        if !text.is_empty() {
            self.out.push_str(text);
            self.out.push(' ');
        }
    }

    /// Writes parameters and results.
    fn signature(&mut self, func: &Func) {
        if !func.tparams.is_empty() {
            self.tparams(&func.tparams);
        }
        let names = func.names.as_deref().filter(|_| self.param_names);
        self.out.push('(');
        let last = func.params.len().wrapping_sub(1);
        for (index, &param) in func.params.iter().enumerate() {
            if index > 0 {
                self.out.push_str(", ");
            }
            self.param_name(names.and_then(|names| names.params.get(index).copied()));
            match self.store.kind(param) {
                TypeKind::Slice(elem) if func.variadic && index == last => {
                    self.out.push_str("...");
                    self.typ(*elem);
                }
                _ => {
                    self.typ(param);
                    // append([]byte, string...) is the one case where the last type is no slice.
                    if func.variadic && index == last {
                        self.out.push_str("...");
                    }
                }
            }
        }
        self.out.push(')');
        let result_name = |index: usize| names.and_then(|names| names.results.get(index).copied());
        // A named result is in parentheses, also where names are left out.
        let named = func
            .names
            .as_deref()
            .and_then(|names| names.results.first());
        let named = named.is_some_and(|&name| !self.store.sym_text(name).is_empty());
        match func.results.as_slice() {
            [] => {}
            [single] if !named => {
                self.out.push(' ');
                self.typ(*single);
            }
            results => {
                self.out.push_str(" (");
                for (index, &result) in results.iter().enumerate() {
                    if index > 0 {
                        self.out.push_str(", ");
                    }
                    self.param_name(result_name(index));
                    self.typ(result);
                }
                self.out.push(')');
            }
        }
    }
}

/// A list of terms as messages show it.
pub(crate) fn terms_string(store: &Store, terms: &TermList, qualifier: Qualifier<'_>) -> String {
    match terms {
        TermList::All => "𝓤".to_owned(),
        TermList::Of(terms) if terms.is_empty() => "∅".to_owned(),
        TermList::Of(terms) => {
            let parts: Vec<_> = terms
                .iter()
                .map(|term| {
                    format!(
                        "{}{}",
                        if term.tilde { "~" } else { "" },
                        store.type_string(term.typ, qualifier)
                    )
                })
                .collect();
            parts.join(" | ")
        }
    }
}
