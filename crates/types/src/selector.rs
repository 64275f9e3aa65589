//! Selectors and qualified identifiers (*Selectors*, *Qualified identifiers*, *Method expressions*, *Method values*).

use crate::checker::Checker;
use crate::errors::Code;
use crate::lookup::Lookup;
use crate::operand::Operand;
use crate::{Func, Mode, ObjId, ObjKind, PkgId, Selection, SelectionKind, Sym, TypeId, TypeKind};
use polkago_syntax::{ExprId, ExprKind, IdentId};
use std::sync::Arc;

/// A field or method spelled almost like the one asked for.
struct Alternative {
    /// Its name.
    name: Sym,
    /// The package that declares it, where that is known.
    pkg: Option<PkgId>,
    /// `field` or `method`.
    what: &'static str,
}

/// What a selector was found to select.
struct Selected {
    path: Vec<u32>,
    indirect: bool,
    method: Option<ObjId>,
    iface_method: Option<u32>,
    /// The type of the field, or of the method without receiver.
    typ: TypeId,
    is_field: bool,
}

impl Checker<'_> {
    /// A selector expression `x.sel`. With `want_type`, it must denote a type.
    pub(crate) fn selector(&mut self, e: ExprId, want_type: bool) -> Operand {
        let store = self.store;
        let invalid = Operand {
            expr: Some(e),
            ..Operand::invalid(store)
        };
        let ExprKind::Selector { x: base, sel } = self.tree().expr[e].kind else {
            return invalid;
        };
        if let ExprKind::Ident(ident) = self.tree().expr[base].kind {
            let name = self.ident_sym(ident);
            if let Some(obj) = self.lookup(name)
                && let ObjKind::PkgName(pkg) = store.obj(obj).kind
            {
                self.record_use(ident, obj);
                self.used_pkg_names.insert(obj);
                self.record_type_and_value(base, Mode::Package, store.invalid(), None);
                return self.qualified(e, sel, pkg);
            }
        }
        let x = self.expr_or_type(base, false);
        match x.mode {
            Mode::Invalid => return invalid,
            Mode::Builtin(_) => {
                let msg = format!(
                    "invalid use of {} in selector expression",
                    self.operand_str(&x)
                );
                self.error(self.node_pos(e), Code::UncalledBuiltin, msg);
                return invalid;
            }
            _ => {}
        }
        // What follows denotes no type.
        if want_type {
            let msg = format!("{} is not a type", self.expr_str(e));
            self.error(sel, Code::NotAType, msg);
            return invalid;
        }
        let name = self.ident_sym(sel);
        let Some(found) = self.select(&x, sel, name) else {
            return invalid;
        };
        if x.mode == Mode::Type {
            return self.method_expr(e, &x, sel, found);
        }
        let kind = if found.is_field {
            SelectionKind::Field
        } else {
            SelectionKind::MethodValue
        };
        let mode = if found.is_field && (x.mode == Mode::Variable || found.indirect) {
            Mode::Variable
        } else {
            Mode::Value
        };
        if let Some(method) = found.method {
            self.record_use(sel, method);
            self.add_decl_dep(method);
            // The call takes the variable's address where the method wants a pointer.
            if x.mode == Mode::Variable && !found.indirect && store.has_pointer_receiver(method) {
                self.mark_addressed(base);
            }
        }
        let typ = found.typ;
        self.record_selection(
            e,
            Selection {
                kind,
                recv: x.typ,
                path: found.path,
                method: found.method,
                iface_method: found.iface_method,
                indirect: found.indirect,
                typ,
            },
        );
        Operand::new(mode, typ, Some(e))
    }

    /// A name of an imported package.
    fn qualified(&mut self, e: ExprId, sel: IdentId, pkg: PkgId) -> Operand {
        let store = self.store;
        let invalid = Operand {
            expr: Some(e),
            ..Operand::invalid(store)
        };
        let name = self.ident_sym(sel);
        let text = store.sym_text(name);
        let scope = store.scope(store.pkg(pkg).scope);
        let visible = |&obj: &ObjId| store.is_exported(name) || store.is_exposed(pkg, obj);
        let Some(obj) = scope.get(name).filter(visible) else {
            if !store.pkg(pkg).fake {
                let mut similar: Vec<_> = scope
                    .entries()
                    .into_iter()
                    .map(|(name, _)| store.sym_text(name))
                    .filter(|other| {
                        crate::store::is_exported(other)
                            && other.to_lowercase() == text.to_lowercase()
                    })
                    .collect();
                similar.sort_unstable();
                let have = similar
                    .first()
                    .map(|name| format!(" (but have {name})"))
                    .unwrap_or_default();
                let msg = format!("undefined: {}{have}", self.expr_str(e));
                self.error(sel, Code::UndeclaredImportedName, msg);
            }
            return invalid;
        };
        if !store.is_exported(name) {
            let msg = format!(
                "name {text} not exported by package {}",
                store.pkg(pkg).name
            );
            self.error(sel, Code::UnexportedName, msg);
        }
        self.record_use(sel, obj);
        let typ = store.obj_type(obj).unwrap_or_else(|| store.invalid());
        match &store.obj(obj).kind {
            ObjKind::Const(value) => match value.get() {
                Some(value) => Operand::constant(typ, value.clone(), Some(e)),
                None => invalid,
            },
            ObjKind::TypeName => Operand::new(Mode::Type, typ, Some(e)),
            ObjKind::Var(_) => Operand::new(Mode::Variable, typ, Some(e)),
            ObjKind::Func(_) => Operand::new(Mode::Value, typ, Some(e)),
            ObjKind::Builtin(builtin) => Operand::new(Mode::Builtin(*builtin), typ, Some(e)),
            ObjKind::PkgName(_) | ObjKind::Label | ObjKind::Nil => invalid,
        }
    }

    /// Looks up what a selector selects in an operand; reports an error where there is nothing.
    fn select(&mut self, x: &Operand, sel: IdentId, name: Sym) -> Option<Selected> {
        let store = self.store;
        match store.lookup_field_or_method(x.typ, x.mode == Mode::Variable, self.pkg, name, false) {
            Lookup::Field {
                field,
                path,
                indirect,
            } => {
                if x.mode == Mode::Type {
                    let msg = format!(
                        "{}.{} undefined (type {} has no method {})",
                        self.operand_expr_str(x),
                        store.sym_text(name),
                        self.type_str(x.typ),
                        store.sym_text(name)
                    );
                    self.error(sel, Code::MissingFieldOrMethod, msg);
                    return None;
                }
                let typ = field.typ;
                Some(Selected {
                    path,
                    indirect,
                    method: None,
                    iface_method: None,
                    typ,
                    is_field: true,
                })
            }
            Lookup::Method {
                obj,
                recv,
                path,
                indirect,
            } => {
                // Its signature may not have been checked yet.
                self.obj_decl(obj);
                let typ = store
                    .method_type(obj, recv)
                    .unwrap_or_else(|| store.invalid());
                if !store.is_valid(typ) {
                    return None;
                }
                Some(Selected {
                    path,
                    indirect,
                    method: Some(obj),
                    iface_method: None,
                    typ,
                    is_field: false,
                })
            }
            Lookup::InterfaceMethod {
                method,
                iface: _,
                index,
                path,
                indirect,
            } => Some(Selected {
                path,
                indirect,
                method: None,
                iface_method: Some(index),
                typ: method.typ,
                is_field: false,
            }),
            lookup @ (Lookup::Ambiguous | Lookup::PointerReceiver | Lookup::NotFound) => {
                self.select_error(x, sel, name, &lookup);
                None
            }
        }
    }

    /// Reports that a selector selects nothing.
    fn select_error(&mut self, x: &Operand, sel: IdentId, name: Sym, lookup: &Lookup) {
        let store = self.store;
        if !store.is_valid(store.underlying(x.typ)) {
            return;
        }
        let (expr, text) = (self.operand_expr_str(x), store.sym_text(name));
        let typ = self.type_str(x.typ);
        match lookup {
            Lookup::Ambiguous => {
                self.error(
                    sel,
                    Code::AmbiguousSelector,
                    format!("ambiguous selector {expr}.{text}"),
                );
            }
            Lookup::PointerReceiver => {
                let msg = if x.mode == Mode::Type {
                    format!(
                        "invalid method expression {typ}.{text} (needs pointer receiver (*{typ}).{text})"
                    )
                } else {
                    format!("cannot call pointer method {text} on {typ}")
                };
                self.error(sel, Code::InvalidMethodExpr, msg);
            }
            Lookup::NotFound
            | Lookup::Field { .. }
            | Lookup::Method { .. }
            | Lookup::InterfaceMethod { .. } => {
                let why = if self.is_interface_ptr(x.typ) {
                    self.interface_ptr_error(x.typ)
                } else {
                    let alt = self.alternative(x, name);
                    self.lookup_error(x.typ, name, alt, false)
                };
                self.error(
                    sel,
                    Code::MissingFieldOrMethod,
                    format!("{expr}.{text} undefined ({why})"),
                );
            }
        }
    }

    /// A field or method that differs from `name` in upper and lower case only.
    fn alternative(&self, x: &Operand, name: Sym) -> Option<Alternative> {
        let store = self.store;
        match store.lookup_field_or_method(x.typ, x.mode == Mode::Variable, self.pkg, name, true) {
            Lookup::Field { field, .. } => {
                let pkg = field.pkg.or_else(|| self.type_pkg(x.typ));
                Some(Alternative {
                    name: field.name,
                    pkg,
                    what: "field",
                })
            }
            Lookup::Method { obj, .. } => {
                let object = store.obj(obj);
                Some(Alternative {
                    name: object.name,
                    pkg: Some(object.pkg),
                    what: "method",
                })
            }
            Lookup::InterfaceMethod { method, iface, .. } => {
                let pkg = method.pkg.or_else(|| self.type_pkg(iface));
                Some(Alternative {
                    name: method.name,
                    pkg,
                    what: "method",
                })
            }
            Lookup::Ambiguous | Lookup::PointerReceiver | Lookup::NotFound => None,
        }
    }

    /// The package that declares a type, or what it points to; this one for type literals.
    fn type_pkg(&self, t: TypeId) -> Option<PkgId> {
        let (base, _) = self.store.deref(t);
        Some(self.store.as_named(base).map_or(self.pkg, |named| {
            let obj = self.store.named(named).obj;
            self.store.obj(obj).pkg
        }))
    }

    /// Why a struct literal's key is no field.
    pub(crate) fn missing_field_error(
        &self,
        base: TypeId,
        name: Sym,
        alt: Option<(Sym, Option<PkgId>)>,
    ) -> String {
        let alt = alt.map(|(name, pkg)| Alternative {
            name,
            pkg: pkg.or_else(|| self.type_pkg(base)),
            what: "field",
        });
        self.lookup_error(base, name, alt, true)
    }

    /// Why a field or method is missing: perhaps it is spelled differently, or not exported.
    fn lookup_error(
        &self,
        t: TypeId,
        name: Sym,
        alt: Option<Alternative>,
        struct_lit: bool,
    ) -> String {
        /// How the alternative relates to what was asked for.
        enum Case {
            Missing,
            Misspelled,
            Unexported,
            Inaccessible,
        }
        /// The name without its first character.
        fn tail(text: &str) -> &str {
            let mut chars = text.chars();
            chars.next();
            chars.as_str()
        }
        let store = self.store;
        let sel = store.sym_text(name);
        let (alt_text, what, alt_pkg) = match &alt {
            Some(alt) => (store.sym_text(alt.name), alt.what, alt.pkg),
            None => ("", "", None),
        };
        let exported = crate::store::is_exported;
        let case = if alt.is_none() {
            Case::Missing
        } else if alt_pkg == Some(self.pkg) {
            Case::Misspelled
        } else if exported(sel) {
            if exported(alt_text) {
                Case::Misspelled
            } else if tail(sel) == tail(alt_text) {
                Case::Unexported
            } else {
                Case::Missing
            }
        } else if exported(alt_text) {
            if tail(sel) == tail(alt_text) {
                Case::Misspelled
            } else {
                Case::Missing
            }
        } else if sel == alt_text {
            Case::Inaccessible
        } else {
            Case::Missing
        };
        let typ = self.type_str(t);
        if struct_lit {
            return match case {
                Case::Missing => format!("unknown field {sel} in struct literal of type {typ}"),
                Case::Misspelled => {
                    format!(
                        "unknown field {sel} in struct literal of type {typ}, but does have {alt_text}"
                    )
                }
                Case::Unexported => {
                    format!(
                        "unknown field {sel} in struct literal of type {typ}, but does have unexported {alt_text}"
                    )
                }
                Case::Inaccessible => {
                    format!(
                        "cannot refer to unexported field {alt_text} in struct literal of type {typ}"
                    )
                }
            };
        }
        match case {
            Case::Missing => format!("type {typ} has no field or method {sel}"),
            Case::Misspelled => {
                format!("type {typ} has no field or method {sel}, but does have {what} {alt_text}")
            }
            Case::Unexported => {
                format!(
                    "type {typ} has no field or method {sel}, but does have unexported {what} {alt_text}"
                )
            }
            Case::Inaccessible => format!("cannot refer to unexported {what} {alt_text}"),
        }
    }

    /// The name of a method's receiver, the blank one where there is none or another package declares it.
    fn receiver_name(&self, method: Option<crate::ObjId>) -> &str {
        let info = method.and_then(|method| self.decl_of(method));
        let Some((info, decl)) = info.and_then(|info| Some((info, self.func_decl_of(info)?)))
        else {
            return "_";
        };
        let ident = decl
            .recv
            .as_ref()
            .and_then(|recv| recv.first()?.names.first());
        ident.map_or("_", |&ident| {
            self.files[info.file as usize].tree.ident_text(ident)
        })
    }

    /// A method expression `T.m`: a function with the receiver as its first parameter.
    fn method_expr(&mut self, e: ExprId, x: &Operand, sel: IdentId, found: Selected) -> Operand {
        let store = self.store;
        let TypeKind::Func(func) = store.kind(found.typ) else {
            return Operand {
                expr: Some(e),
                ..Operand::invalid(store)
            };
        };
        let mut params = Vec::with_capacity(func.params.len() + 1);
        params.push(x.typ);
        params.extend_from_slice(&func.params);
        let names = func.names.as_deref().map(|names| {
            let mut names = names.clone();
            // Parameters are all named or none is.
            let named = names
                .params
                .first()
                .is_some_and(|&name| !store.sym_text(name).is_empty());
            let recv = if named {
                self.receiver_name(found.method)
            } else {
                ""
            };
            names.params.insert(0, store.sym(recv));
            Arc::new(names)
        });
        let typ = store.func(Func {
            params,
            names,
            ..func.as_ref().clone()
        });
        if let Some(method) = found.method {
            self.record_use(sel, method);
            self.add_decl_dep(method);
        }
        self.record_selection(
            e,
            Selection {
                kind: SelectionKind::MethodExpr,
                recv: x.typ,
                path: found.path,
                method: found.method,
                iface_method: found.iface_method,
                indirect: found.indirect,
                typ,
            },
        );
        Operand::value(typ, e)
    }

    /// Whether a type is a pointer to an interface.
    pub(crate) fn is_interface_ptr(&self, t: TypeId) -> bool {
        self.store
            .as_pointer(t)
            .is_some_and(|base| self.store.is_interface(base))
    }

    /// What is wrong with using a pointer to an interface as one.
    pub(crate) fn interface_ptr_error(&self, t: TypeId) -> String {
        let typ = self.type_str(t);
        if self
            .store
            .as_pointer(t)
            .is_some_and(|base| self.store.is_tparam(base))
        {
            format!("type {typ} is pointer to type parameter, not type parameter")
        } else {
            format!("type {typ} is pointer to interface, not interface")
        }
    }
}
