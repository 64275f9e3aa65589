//! Conversions (*Conversions*).

use crate::checker::Checker;
use crate::errors::Code;
use crate::operand::{Operand, wrap_cause};
use crate::{Basic, Constant, Mode, TypeId, TypeKind};

impl Checker<'_> {
    /// Checks the conversion of `x` to `typ`; the result is in `x`.
    pub(crate) fn conversion(&mut self, x: &mut Operand, typ: TypeId) {
        let store = self.store;
        let const_arg = x.is_const();
        let mut cause = String::new();
        let ok;
        if const_arg && store.is_const_type(typ) {
            match self.convert_const(x, typ) {
                Some(value) => {
                    x.val = Some(value);
                    ok = true;
                }
                None => {
                    // A number shows as the integer that it is where an integer type was asked for.
                    if store.is_integer(typ)
                        && let whole @ Constant::Int(_) = x.const_val().to_int()
                    {
                        x.val = Some(whole);
                    }
                    if store.is_integer(x.typ) && store.is_integer(typ) {
                        let msg = format!(
                            "constant {} overflows {}",
                            x.const_val(),
                            self.type_str(typ)
                        );
                        self.error(&*x, Code::InvalidConversion, msg);
                        x.invalidate();
                        return;
                    }
                    ok = false;
                }
            }
        } else if const_arg && store.is_tparam(typ) {
            ok = self.const_converts_to_terms(x, typ, &mut cause);
            x.mode = Mode::Value;
        } else {
            ok = self.convertible_to(x, typ, &mut cause);
            if ok {
                x.mode = Mode::Value;
            }
        }
        if !ok {
            let colon = if cause.is_empty() { "" } else { ": " };
            let msg = format!(
                "cannot convert {} to type {}{colon}{cause}",
                self.operand_str(x),
                self.type_str(typ)
            );
            self.error(&*x, Code::InvalidConversion, msg);
            x.invalidate();
            return;
        }
        if store.is_untyped(x.typ) {
            let mut last = typ;
            let is_nil = store.basic_kind(x.typ) == Some(Basic::UntypedNil);
            if !is_nil && (store.is_value_interface(typ) || const_arg && !store.is_const_type(typ))
            {
                last = store.default_type(x.typ);
            } else if x.is_const() && store.is_integer(x.typ) && store.all_string(typ) {
                last = x.typ;
            }
            if let Some(e) = x.expr {
                self.update_expr_type(e, last, true);
            }
        }
        if !x.is_const() {
            x.val = None;
        }
        x.typ = typ;
    }

    /// The value of a constant converted to a type with a basic underlying type.
    fn convert_const(&self, x: &Operand, typ: TypeId) -> Option<Constant> {
        let basic = self.store.basic_kind(typ)?;
        if let Some(value) = x.const_val().represent(basic, self.word()) {
            return Some(value);
        }
        if self.store.is_integer(x.typ) && basic.is_string() {
            let point = x
                .const_val()
                .to_u64()
                .and_then(|value| u32::try_from(value).ok())
                .and_then(char::from_u32);
            let text = point.unwrap_or(char::REPLACEMENT_CHARACTER).to_string();
            return Some(Constant::string(text.into_bytes()));
        }
        None
    }

    /// Whether a constant converts to each type in the type set of a type parameter.
    fn const_converts_to_terms(&mut self, x: &Operand, typ: TypeId, cause: &mut String) -> bool {
        let store = self.store;
        let Some(types) = store.specific_types(typ) else {
            *cause = format!("{} does not contain specific types", self.type_str(typ));
            return false;
        };
        for (_, under) in types {
            if store.is_string(x.typ) && self.is_bytes_or_runes(under)
                || self.convert_const(x, under).is_some()
            {
                continue;
            }
            let (under_text, typ_text) = (self.type_str(under), self.type_str(typ));
            *cause = if store.is_integer(x.typ) && store.is_integer(under) {
                format!(
                    "constant {} overflows {under_text} (in {typ_text})",
                    x.const_val()
                )
            } else {
                format!(
                    "cannot convert {} to type {under_text} (in {typ_text})",
                    self.operand_str(x)
                )
            };
            return false;
        }
        true
    }

    /// Whether a value that is not constant converts to a type; `cause` gets a cause where there is more to say.
    fn convertible_to(&mut self, x: &Operand, typ: TypeId, cause: &mut String) -> bool {
        if self.assignable_to(x, typ, cause).is_ok() {
            return true;
        }
        let store = self.store;
        let original = typ;
        let source = store.unalias(x.typ);
        let target = store.unalias(typ);
        let source_under = store.underlying(source);
        let target_under = store.underlying(target);
        let source_tparam = store.is_tparam(source);
        let target_tparam = store.is_tparam(target);
        if !source_tparam
            && !target_tparam
            && store.identical_ignore_tags(source_under, target_under)
        {
            return true;
        }
        if let (TypeKind::Pointer(from), TypeKind::Pointer(to)) =
            (store.kind(source), store.kind(target))
            && store.identical_ignore_tags(store.underlying(*from), store.underlying(*to))
            && !store.is_tparam(*from)
            && !store.is_tparam(*to)
        {
            return true;
        }
        let number = |t| store.is_integer(t) || store.is_float(t);
        if number(source_under) && number(target_under)
            || store.is_complex(source_under) && store.is_complex(target_under)
            || (store.is_integer(source_under) || self.is_bytes_or_runes(source_under))
                && store.is_string(target_under)
            || store.is_string(source_under) && self.is_bytes_or_runes(target_under)
        {
            return true;
        }
        let unsafe_pointer = |t| store.basic_kind(t) == Some(Basic::UnsafePointer);
        let address = |t: TypeId| {
            matches!(store.kind(t), TypeKind::Pointer(_))
                || store.basic_kind(t) == Some(Basic::Uintptr)
        };
        if address(source_under) && unsafe_pointer(target_under)
            || unsafe_pointer(source_under) && address(target_under)
        {
            return true;
        }
        if let TypeKind::Slice(elem) = store.kind(source_under) {
            let (array, version, what) = match store.kind(target_under) {
                TypeKind::Pointer(base) => (store.underlying(*base), 17, "array pointer"),
                _ => (target_under, 20, "array"),
            };
            if let TypeKind::Array {
                elem: array_elem, ..
            } = store.kind(array)
                && store.identical(*elem, *array_elem)
            {
                let ok = self.allow_version(version);
                if !ok {
                    *cause =
                        format!("conversion of slice to {what} requires go1.{version} or later");
                }
                return ok;
            }
        }
        self.convertible_terms(x, original, cause)
    }

    /// The part of [`Checker::convertible_to`] for type parameters: each specific type converts.
    fn convertible_terms(&mut self, x: &Operand, typ: TypeId, cause: &mut String) -> bool {
        let store = self.store;
        let source = store.unalias(x.typ);
        let target = store.unalias(typ);
        let (source_tparam, target_tparam) = (store.is_tparam(source), store.is_tparam(target));
        if !source_tparam && !target_tparam {
            return false;
        }
        let sources = if source_tparam {
            self.term_types(source)
        } else {
            vec![x.typ]
        };
        let targets = if target_tparam {
            self.term_types(target)
        } else {
            vec![typ]
        };
        if sources.is_empty() || targets.is_empty() {
            return false;
        }
        let mut inner = x.clone();
        for &from in &sources {
            inner.typ = from;
            for &to in &targets {
                if self.convertible_to(&inner, to, cause) {
                    continue;
                }
                let in_source = if source_tparam {
                    format!(" (in {})", self.type_str(source))
                } else {
                    String::new()
                };
                let in_target = if target_tparam {
                    format!(" (in {})", self.type_str(target))
                } else {
                    String::new()
                };
                let text = format!(
                    "cannot convert {}{in_source} to type {}{in_target}",
                    self.type_str(from),
                    self.type_str(to)
                );
                wrap_cause(cause, text);
                return false;
            }
        }
        true
    }

    /// Whether a type is a slice of bytes or runes.
    fn is_bytes_or_runes(&self, t: TypeId) -> bool {
        match self.store.kind(self.store.underlying(t)) {
            TypeKind::Slice(elem) => {
                matches!(
                    self.store.basic_kind(*elem),
                    Some(Basic::Uint8 | Basic::Int32)
                )
            }
            _ => false,
        }
    }
}
