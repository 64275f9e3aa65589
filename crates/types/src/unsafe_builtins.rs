//! Calls of the functions of package `unsafe` (*Package unsafe*).

use crate::builtins::BuiltinCall;
use crate::checker::Checker;
use crate::errors::Code;
use crate::lookup::Lookup;
use crate::operand::Operand;
use crate::{Basic, Builtin, Constant, Mode, NamedId, Selection, SelectionKind, TypeId, TypeKind};
use polkago_syntax::ExprKind;
use rustc_hash::FxHashMap;

impl Checker<'_> {
    /// Checks a call of a function of package `unsafe`, whose arguments have been evaluated and counted (for
    /// `Offsetof` only counted).
    pub(crate) fn unsafe_builtin(
        &mut self,
        c: &BuiltinCall<'_>,
        args: Vec<Operand>,
    ) -> Option<Operand> {
        let store = self.store;
        let mut args = args.into_iter();
        if c.builtin == Builtin::UnsafeOffsetof {
            return self.offsetof(c);
        }
        let mut x = args.next()?;
        match c.builtin {
            Builtin::UnsafeAdd => {
                self.verify_version(c.fun, 17, "unsafe.Add");
                let pointer = store.basic(Basic::UnsafePointer);
                self.assignment(&mut x, Some(pointer), "argument to unsafe.Add");
                let mut len = args.next()?;
                let ok = !x.is_invalid()
                    && self.is_valid_index(&mut len, Code::InvalidUnsafeAdd, "length", true);
                ok.then(|| Operand::value(pointer, c.call))
            }
            Builtin::UnsafeAlignof | Builtin::UnsafeSizeof => {
                let sizeof = c.builtin == Builtin::UnsafeSizeof;
                let context = if sizeof {
                    "argument to unsafe.Sizeof"
                } else {
                    "argument to unsafe.Alignof"
                };
                self.assignment(&mut x, None, context);
                if x.is_invalid() {
                    return None;
                }
                let uintptr = store.basic(Basic::Uintptr);
                if self.has_var_size(x.typ, &mut FxHashMap::default()) {
                    return Some(Operand::value(uintptr, c.call));
                }
                let size = if sizeof {
                    self.sizes.sizeof(store, x.typ)
                } else {
                    Some(self.sizes.alignof(store, x.typ))
                };
                match size {
                    Some(size) => Some(Operand::constant(
                        uintptr,
                        Constant::int(size),
                        Some(c.call),
                    )),
                    None => {
                        let msg = format!("{} is too large", self.operand_str(&x));
                        self.error(&x, Code::TypeTooLarge, msg);
                        None
                    }
                }
            }
            Builtin::UnsafeSlice => {
                self.verify_version(c.fun, 17, "unsafe.Slice");
                let base =
                    self.common_underlying(x.typ)
                        .and_then(|under| match store.kind(under) {
                            TypeKind::Pointer(base) => Some(*base),
                            _ => None,
                        });
                let Some(base) = base else {
                    let msg = format!(
                        "invalid argument: {} is not a pointer",
                        self.operand_str(&x)
                    );
                    self.error(&x, Code::InvalidUnsafeSlice, msg);
                    return None;
                };
                let mut len = args.next()?;
                self.is_valid_index(&mut len, Code::InvalidUnsafeSlice, "length", false)
                    .then(|| Operand::value(store.slice(base), c.call))
            }
            Builtin::UnsafeSliceData => {
                self.verify_version(c.fun, 20, "unsafe.SliceData");
                let elem =
                    self.common_underlying(x.typ)
                        .and_then(|under| match store.kind(under) {
                            TypeKind::Slice(elem) => Some(*elem),
                            _ => None,
                        });
                let Some(elem) = elem else {
                    let msg = format!("invalid argument: {} is not a slice", self.operand_str(&x));
                    self.error(&x, Code::InvalidUnsafeSliceData, msg);
                    return None;
                };
                Some(Operand::value(store.pointer(elem), c.call))
            }
            Builtin::UnsafeString => {
                self.verify_version(c.fun, 20, "unsafe.String");
                let pointer = store.pointer(store.universe().byte);
                self.assignment(&mut x, Some(pointer), "argument to unsafe.String");
                let mut len = args.next()?;
                let ok = !x.is_invalid()
                    && self.is_valid_index(&mut len, Code::InvalidUnsafeString, "length", false);
                ok.then(|| Operand::value(store.basic(Basic::String), c.call))
            }
            Builtin::UnsafeStringData => {
                self.verify_version(c.fun, 20, "unsafe.StringData");
                self.assignment(
                    &mut x,
                    Some(store.basic(Basic::String)),
                    "argument to unsafe.StringData",
                );
                (!x.is_invalid())
                    .then(|| Operand::value(store.pointer(store.universe().byte), c.call))
            }
            Builtin::UnsafeOffsetof
            | Builtin::Append
            | Builtin::Cap
            | Builtin::Clear
            | Builtin::Close
            | Builtin::Complex
            | Builtin::Copy
            | Builtin::Delete
            | Builtin::Imag
            | Builtin::Len
            | Builtin::Make
            | Builtin::Max
            | Builtin::Min
            | Builtin::New
            | Builtin::Panic
            | Builtin::Print
            | Builtin::Println
            | Builtin::Real
            | Builtin::Recover => None,
        }
    }

    /// `unsafe.Offsetof(x.f)`.
    fn offsetof(&mut self, c: &BuiltinCall<'_>) -> Option<Operand> {
        let store = self.store;
        let &arg = c.list.first()?;
        let selector = self.unparen(arg);
        let ExprKind::Selector { x: inner, sel } = self.tree().expr[selector].kind else {
            let msg = format!(
                "invalid argument: {} is not a selector expression",
                self.expr_str(arg)
            );
            self.error(arg, Code::BadOffsetofSyntax, msg);
            self.use_exprs(&[arg]);
            return None;
        };
        let x = self.expr(None, inner);
        if x.is_invalid() {
            return None;
        }
        let base = match store.as_pointer(x.typ) {
            Some(base) if store.as_struct(base).is_some() => base,
            _ => x.typ,
        };
        let name = self.ident_sym(sel);
        let text = store.sym_text(name);
        let (typ, path, indirect) =
            match store.lookup_field_or_method(base, false, self.pkg, name, false) {
                Lookup::Field {
                    field,
                    path,
                    indirect,
                } => (field.typ, path, indirect),
                Lookup::Method { .. } | Lookup::InterfaceMethod { .. } => {
                    let msg = format!("invalid argument: {} is a method value", self.expr_str(arg));
                    self.error(arg, Code::InvalidOffsetof, msg);
                    return None;
                }
                Lookup::Ambiguous | Lookup::PointerReceiver | Lookup::NotFound => {
                    let msg = format!(
                        "invalid argument: {} has no single field {text}",
                        self.type_str(base)
                    );
                    self.error(&x, Code::MissingFieldOrMethod, msg);
                    return None;
                }
            };
        if indirect {
            let msg = format!(
                "invalid argument: field {text} is embedded via a pointer in {}",
                self.type_str(base)
            );
            self.error(&x, Code::InvalidOffsetof, msg);
            return None;
        }
        self.record_selection(
            selector,
            Selection {
                kind: SelectionKind::Field,
                recv: base,
                path: path.clone(),
                method: None,
                iface_method: None,
                indirect: false,
                typ,
            },
        );
        let mode = if x.mode == Mode::Variable {
            Mode::Variable
        } else {
            Mode::Value
        };
        self.record_type_and_value(selector, mode, typ, None);
        let uintptr = store.basic(Basic::Uintptr);
        if self.has_var_size(base, &mut FxHashMap::default()) {
            return Some(Operand::value(uintptr, c.call));
        }
        match self.offset(base, &path) {
            Some(offset) => Some(Operand::constant(
                uintptr,
                Constant::int(offset),
                Some(c.call),
            )),
            None => {
                let msg = format!("{} is too large", self.operand_str(&x));
                self.error(&x, Code::TypeTooLarge, msg);
                None
            }
        }
    }

    /// The offset of the field that a path leads to.
    fn offset(&self, base: TypeId, path: &[u32]) -> Option<u64> {
        let store = self.store;
        let mut typ = base;
        let mut offset = 0u64;
        for &index in path {
            let fields = store.as_struct(typ)?;
            let field = fields.get(index as usize)?;
            let at = self
                .sizes
                .offsets(store, fields)
                .get(index as usize)
                .copied()
                .flatten()?;
            offset = offset.checked_add(at)?;
            typ = field.typ;
        }
        i64::try_from(offset).is_ok().then_some(offset)
    }

    /// Whether the size of a type depends on type parameters, or the type contains itself. `seen` holds the results
    /// for declared types; a type on the way counts as of variable size.
    fn has_var_size(&self, t: TypeId, seen: &mut FxHashMap<NamedId, bool>) -> bool {
        let store = self.store;
        let named = store.as_named(t);
        if let Some(named) = named {
            if let Some(&known) = seen.get(&named) {
                return known;
            }
            seen.insert(named, true);
        }
        let result = match store.kind(store.underlying(t)) {
            TypeKind::Array { elem, .. } => self.has_var_size(*elem, seen),
            TypeKind::Struct(fields) => fields
                .iter()
                .any(|field| self.has_var_size(field.typ, seen)),
            TypeKind::Interface(_) => store.is_tparam(t),
            TypeKind::Basic(_)
            | TypeKind::Named(_)
            | TypeKind::Alias(_)
            | TypeKind::Pointer(_)
            | TypeKind::Slice(_)
            | TypeKind::Map { .. }
            | TypeKind::Chan { .. }
            | TypeKind::Func(_)
            | TypeKind::Tuple(_)
            | TypeKind::TypeParam(_)
            | TypeKind::Union(_) => false,
        };
        if let Some(named) = named {
            seen.insert(named, result);
        }
        result
    }
}
