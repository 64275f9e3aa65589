//! Types that only the runtime's own allocators make (`internal/runtime/sys.NotInHeap`): they are no type arguments, and
//! no keys and elements of maps and channels. An implementation restriction of the official compiler.

use crate::checker::Checker;
use crate::errors::Code;
use crate::{Store, TypeId, TypeKind};
use polkago_syntax::{Decl, ExprKind, IdentId, StmtKind, TypeDecl};

impl Store {
    /// Whether a type is, or contains by value, one that is not allocated on the heap.
    fn is_not_in_heap(&self, t: TypeId) -> bool {
        let t = self.unalias(t);
        if let TypeKind::Named(named) = *self.kind(t) {
            let obj = self.obj(self.named(named).obj);
            if self.sym_text(obj.name) == "nih"
                && *self.pkg(obj.pkg).path == *"internal/runtime/sys"
            {
                return true;
            }
        } else if self.is_tparam(t) {
            return false;
        }
        match self.kind(self.underlying(t)) {
            TypeKind::Array { elem, .. } => self.is_not_in_heap(*elem),
            TypeKind::Struct(fields) => fields.iter().any(|field| self.is_not_in_heap(field.typ)),
            TypeKind::Basic(_)
            | TypeKind::Named(_)
            | TypeKind::Alias(_)
            | TypeKind::Pointer(_)
            | TypeKind::Slice(_)
            | TypeKind::Map { .. }
            | TypeKind::Chan { .. }
            | TypeKind::Func(_)
            | TypeKind::Interface(_)
            | TypeKind::Tuple(_)
            | TypeKind::TypeParam(_)
            | TypeKind::Union(_) => false,
        }
    }
}

impl Checker<'_> {
    /// Reports uses of such types where they must not be.
    pub(crate) fn unallocatable_types(&mut self) {
        let store = self.store;
        for file in 0..self.files.len() {
            self.enter_file(file);
            let mut wrong: Vec<(IdentId, TypeId)> = Vec::new();
            for (&ident, targs) in &self.infos[file].instances {
                let bad = targs.iter().filter(|&&targ| store.is_not_in_heap(targ));
                wrong.extend(bad.map(|&targ| (ident, targ)));
            }
            wrong.sort_by_key(|&(ident, _)| self.tree().idents[ident].pos);
            for (ident, targ) in wrong {
                let typ = store.full_type_string(targ);
                let msg = format!(
                    "cannot use incomplete (or unallocatable) type as a type argument: {typ}"
                );
                self.error(ident, Code::InvalidTypeArg, msg);
            }
        }
        if !self.errors.is_empty() {
            return;
        }
        for file in 0..self.files.len() {
            self.enter_file(file);
            let tree = self.tree();
            let local = tree.stmt.values().filter_map(|stmt| match &stmt.kind {
                StmtKind::Decl(decls) => Some(decls),
                _ => None,
            });
            for decl in tree.decls.iter().chain(local.flatten()) {
                if let Decl::Type(decl) = decl {
                    self.unallocatable_parts(decl);
                }
            }
        }
    }

    /// Reports a map or channel type declared with such parts.
    fn unallocatable_parts(&mut self, decl: &TypeDecl) {
        let tree = self.tree();
        let bad = |check: &Self, part| {
            let typ = check.known_info().exprs[part].typ;
            typ.expand()
                .is_some_and(|typ| check.store.is_not_in_heap(typ))
        };
        let what = |part| format!("incomplete (or unallocatable) map {part} not allowed");
        match tree.expr[decl.typ].kind {
            ExprKind::MapType { key, value } => {
                if bad(self, key) {
                    self.error(decl.typ, Code::IncomparableMapKey, what("key"));
                }
                if bad(self, value) {
                    self.error(decl.typ, Code::InvalidTypeArg, what("value"));
                }
            }
            ExprKind::ChanType { elem, .. } if bad(self, elem) => {
                let msg = "chan of incomplete (or unallocatable) type not allowed";
                self.error(decl.typ, Code::InvalidTypeArg, msg);
            }
            _ => {}
        }
    }
}
