//! Struct types (*Struct types*).

use crate::checker::{Checker, ErrorBuilder};
use crate::errors::Code;
use crate::{Basic, Field, ObjKind, SrcPos, Sym, TypeId, TypeKind, VarKind};
use polkago_syntax::{ExprId, ExprKind, IdentId, StructType};
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// The fields collected so far.
struct Fields {
    fields: Vec<Field>,
    /// Where each name is declared.
    seen: FxHashMap<Sym, SrcPos>,
}

impl<'a> Checker<'a> {
    /// Checks a struct type.
    pub(crate) fn struct_type(&mut self, typ: &'a StructType) -> TypeId {
        let tree = self.tree();
        let mut fields = Fields {
            fields: Vec::new(),
            seen: FxHashMap::default(),
        };
        for decl in &typ.fields {
            let field_type = self.var_type(decl.typ);
            let tag = decl.tag.map_or_else(
                || Arc::from(""),
                |(text, pos)| self.tag(tree.text(text), pos),
            );
            if !decl.names.is_empty() {
                for &name in &decl.names {
                    self.add_field(&mut fields, name, field_type, false, tag.clone());
                }
                continue;
            }
            match self.embedded_field_ident(decl.typ) {
                Some(name) => {
                    self.add_field(&mut fields, name, field_type, true, tag);
                    self.check_embedded_later(decl.typ, field_type);
                }
                None => {
                    let msg = format!("invalid embedded field type {}", self.expr_str(decl.typ));
                    self.error(decl.typ, Code::InvalidSyntaxTree, msg);
                }
            }
        }
        let Fields { fields, seen } = fields;
        let typ = self.store.struct_type(fields);
        for (name, pos) in seen {
            self.field_pos.entry((typ, name)).or_insert(pos);
        }
        typ
    }

    /// Adds a field; names other than blank ones are declared once.
    fn add_field(
        &mut self,
        fields: &mut Fields,
        ident: IdentId,
        typ: TypeId,
        embedded: bool,
        tag: Arc<str>,
    ) {
        let name = self.ident_sym(ident);
        let text = self.store.sym_text(name);
        let pos = self.src_pos(self.tree().idents[ident].pos);
        if text != "_" {
            if let Some(&other) = fields.seen.get(&name) {
                let mut err = ErrorBuilder::new(Code::DuplicateDecl);
                err.add(self, ident, format!("{text} redeclared"));
                err.add(self, other, format!("other declaration of {text}"));
                err.report(self);
                return;
            }
            fields.seen.insert(name, pos);
        }
        let obj = self.new_obj(ident, ObjKind::Var(VarKind::Field), Some(typ));
        // An embedded type's name is a use of the type as well; both are recorded.
        self.record_def(ident, obj);
        fields.fields.push(Field {
            name,
            pkg: self.name_pkg(name),
            typ,
            embedded,
            tag,
        });
    }

    /// Checks that an embedded type is a type name or a pointer to one that is no interface, once types are complete.
    fn check_embedded_later(&mut self, e: ExprId, typ: TypeId) {
        self.later(move |check| {
            let store = check.store;
            let (base, is_pointer) = store.deref(typ);
            match store.kind(store.underlying(base)) {
                TypeKind::Basic(Basic::UnsafePointer) => {
                    check.error(
                        e,
                        Code::InvalidPtrEmbed,
                        "embedded field type cannot be unsafe.Pointer",
                    );
                }
                TypeKind::Pointer(_) => {
                    check.error(
                        e,
                        Code::InvalidPtrEmbed,
                        "embedded field type cannot be a pointer",
                    );
                }
                TypeKind::Interface(_) => {
                    if store.is_tparam(base) {
                        let msg = "embedded field type cannot be a (pointer to a) type parameter";
                        check.error(e, Code::MisplacedTypeParam, msg);
                    } else if is_pointer {
                        let msg = "embedded field type cannot be a pointer to an interface";
                        check.error(e, Code::InvalidPtrEmbed, msg);
                    }
                }
                _ => {}
            }
        });
    }

    /// The identifier that names an embedded field of type `T`, `*T`, `p.T` or `T[P]`.
    fn embedded_field_ident(&self, e: ExprId) -> Option<IdentId> {
        let tree = self.tree();
        match tree.expr[e].kind {
            ExprKind::Ident(ident) => Some(ident),
            ExprKind::Star(x) => match tree.expr[x].kind {
                ExprKind::Star(_) => None,
                _ => self.embedded_field_ident(x),
            },
            ExprKind::Selector { sel, .. } => Some(sel),
            ExprKind::Index { x, .. } => self.embedded_field_ident(x),
            ExprKind::Paren(x) => self.embedded_field_ident(x),
            _ => None,
        }
    }

    /// The text of a field tag.
    fn tag(&mut self, literal: &str, pos: polkago_syntax::Pos) -> Arc<str> {
        let Some(bytes) = crate::constant::unquote(literal) else {
            let msg = format!("incorrect tag syntax: {literal:?}");
            self.error(pos, Code::InvalidSyntaxTree, msg);
            return Arc::from("");
        };
        String::from_utf8_lossy(&bytes).into()
    }
}
