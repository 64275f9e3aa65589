//! Basic literals, function literals and composite literals (*Literals*, *Composite literals*, *Function literals*).

use crate::checker::Checker;
use crate::checker::NestedFunc;
use crate::constant::ConstKind;
use crate::errors::Code;
use crate::operand::Operand;
use crate::{Basic, Constant, Field, Mode, Sym, TypeId, TypeKind};
use polkago_syntax::{ArrayLen, BlockId, ExprId, ExprKind, ExprList, LitKind, Name, Pos, SigId};
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::Arc;

/// Longer literals of numbers mean nothing, and take long to convert.
const MAX_LITERAL: usize = 10_000;

/// The value of a constant such that equal numbers of different kinds are equal: 1.0 is 1.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub(crate) enum ConstKey {
    /// A truth value.
    Bool(bool),
    /// A string.
    String(Arc<[u8]>),
    /// An integer.
    Int(dashu::integer::IBig),
    /// A fraction, as the bits of the nearest float.
    Float(u64),
    /// A complex number, part by part.
    Complex(u64, u64),
}

impl ConstKey {
    /// The key of a constant; `None` where its value is unknown.
    pub(crate) fn of(value: &Constant) -> Option<Self> {
        let bits = |part: &Constant| part.to_f64().to_bits();
        Some(match value {
            Constant::Unknown => return None,
            Constant::Bool(value) => Self::Bool(*value),
            Constant::String(bytes) => Self::String(bytes.clone()),
            Constant::Int(value) => Self::Int(value.clone()),
            Constant::Rat(_) | Constant::Float(_) | Constant::Complex(_) => match value.to_int() {
                Constant::Int(value) => Self::Int(value),
                _ if value.kind() == ConstKind::Complex && value.imag().sign() != 0 => {
                    Self::Complex(bits(&value.real()), bits(&value.imag()))
                }
                _ => Self::Float(bits(&value.real())),
            },
        })
    }
}

impl Checker<'_> {
    /// A literal of a basic type.
    pub(crate) fn basic_lit(&mut self, e: ExprId, kind: LitKind, text: Name) -> Operand {
        let text = self.tree().text(text);
        let basic = match kind {
            LitKind::Int => Basic::UntypedInt,
            LitKind::Float => Basic::UntypedFloat,
            LitKind::Imag => Basic::UntypedComplex,
            LitKind::Rune => Basic::UntypedRune,
            LitKind::String => Basic::UntypedString,
        };
        if matches!(kind, LitKind::Int | LitKind::Float | LitKind::Imag) {
            self.literal_version(e, kind, text);
            if text.len() > MAX_LITERAL {
                let start: String = text.chars().take(10).collect();
                let msg = format!(
                    "excessively long constant: {start}... ({} chars)",
                    text.len()
                );
                self.error(e, Code::InvalidConstVal, msg);
                return Operand::invalid(self.store);
            }
        }
        let value = Constant::from_literal(kind, text);
        if value.is_unknown() {
            self.error(
                e,
                Code::InvalidConstVal,
                format!("malformed constant: {text}"),
            );
            return Operand::invalid(self.store);
        }
        let mut x = Operand::constant(self.store.basic(basic), value, Some(e));
        let at = self.tree().expr[e].span.start;
        self.overflow(&mut x, at);
        x
    }

    /// A basic literal as an element of a composite literal, where nothing but its value is to be found out and nothing is
    /// wrong with it: whether that is so, and then it is checked. Tables consist of these.
    fn plain_elem(&mut self, e: ExprId, typ: TypeId) -> bool {
        let ExprKind::BasicLit { kind, text } = self.tree().expr[e].kind else {
            return false;
        };
        let text = self.tree().text(text);
        if !self.allow_version(13) || (kind != LitKind::String && text.len() > 64) {
            return false;
        }
        let basic = self.store.basic_kind(typ).filter(|b| !b.is_untyped());
        let value =
            basic.and_then(|b| Constant::from_literal(kind, text).represent(b, self.word()));
        match value {
            None | Some(Constant::Unknown) => false,
            Some(_) => {
                self.record_type_and_value(e, Mode::Constant, typ, value);
                true
            }
        }
    }

    /// Forms of number literals that came with Go 1.13.
    fn literal_version(&mut self, e: ExprId, kind: LitKind, text: &str) {
        if text.len() <= 2 || self.allow_version(13) {
            return;
        }
        let what = match text.as_bytes() {
            _ if text.contains('_') => "underscore in numeric literal",
            [b'0', b'b' | b'B', ..] => "binary literal",
            [b'0', b'o' | b'O', ..] => "0o/0O-style octal literal",
            [b'0', b'x' | b'X', ..] if kind != LitKind::Int => "hexadecimal floating-point literal",
            _ => return,
        };
        self.verify_version(e, 13, what);
    }

    /// A function literal. Its body is checked as soon as possible, but not at once: it may be part of a type
    /// declaration that it refers to.
    pub(crate) fn func_lit(&mut self, e: ExprId, sig: SigId, body: BlockId) -> Operand {
        let func = self.next_func(Some(NestedFunc::Literal(e)));
        let outer = std::mem::replace(&mut self.env.func, func);
        let sig = self.func_type(sig);
        self.env.func = outer;
        let typ = sig.typ;
        let decl = self.env.decl;
        let iota = self.env.iota.clone();
        let outer_tparams = self.env.outer_tparams.clone();
        self.info().captures.entry(e).or_default();
        self.later(move |check| check.func_body(decl, sig, body, iota, func, outer_tparams));
        Operand::value(typ, e)
    }

    /// A composite literal; `hint` is the type of an element whose own type is left out.
    pub(crate) fn composite_lit(
        &mut self,
        e: ExprId,
        typ: Option<ExprId>,
        elems: ExprList,
        rbrace: Pos,
        hint: Option<TypeId>,
    ) -> Operand {
        let store = self.store;
        let elems: &[ExprId] = self.tree().exprs(elems);
        // The type as written or implied, and what it is after `*T` is read as `&T{}`.
        let (typ, base) = match (typ, hint) {
            (Some(written), _) => {
                if let ExprKind::ArrayType {
                    len: ArrayLen::Ellipsis(_),
                    elem,
                } = self.tree().expr[written].kind
                {
                    let elem = self.var_type(elem);
                    let len = self.indexed_elems(elems, elem, None);
                    let typ = store.array(len, elem);
                    self.record_type(written, typ);
                    return Operand::value(typ, e);
                }
                let typ = self.typ(written);
                (typ, typ)
            }
            (None, Some(hint)) => {
                let base = match self.common_underlying(hint).map(|under| store.kind(under)) {
                    Some(TypeKind::Pointer(base)) => *base,
                    _ => hint,
                };
                (hint, base)
            }
            (None, None) => {
                self.error(e, Code::UntypedLit, "missing type in composite literal");
                (store.invalid(), store.invalid())
            }
        };
        let under = self.common_underlying(base);
        match under.map(|under| store.kind(under)) {
            Some(TypeKind::Struct(fields)) => self.struct_lit(base, fields, elems, rbrace),
            Some(TypeKind::Array { len, elem }) => {
                self.indexed_elems(elems, *elem, Some(*len));
            }
            Some(TypeKind::Slice(elem)) => {
                self.indexed_elems(elems, *elem, None);
            }
            Some(TypeKind::Map { key, elem }) => self.map_lit(elems, *key, *elem),
            _ => {
                for &elem in elems {
                    // A key may be the name of a field: it cannot be evaluated.
                    self.use_exprs(&[elem]);
                }
                if under.is_none_or(|under| store.is_valid(under)) {
                    let qualifier = if hint.is_some() { " element" } else { "" };
                    let cause = if under.is_none() {
                        " (no common underlying type)"
                    } else {
                        ""
                    };
                    let msg = format!(
                        "invalid composite literal{qualifier} type {}{cause}",
                        self.type_str(typ)
                    );
                    self.error(e, Code::InvalidLit, msg);
                    return Operand::invalid(store);
                }
            }
        }
        Operand::value(typ, e)
    }

    /// The elements of a struct literal.
    fn struct_lit(&mut self, base: TypeId, fields: &[Field], elems: &[ExprId], rbrace: Pos) {
        let Some(&first) = elems.first() else { return };
        if matches!(self.tree().expr[first].kind, ExprKind::KeyValue { .. }) {
            self.keyed_struct_lit(base, fields, elems);
            return;
        }
        let store = self.store;
        for (i, &elem) in elems.iter().enumerate() {
            if let ExprKind::KeyValue { .. } = self.tree().expr[elem].kind {
                let msg = "mixture of field:value and value elements in struct literal";
                self.error(elem, Code::MixedStructLit, msg);
                continue;
            }
            let field = fields.get(i);
            if field.is_some_and(|f| {
                f.pkg.is_none_or(|pkg| pkg == self.pkg) && self.plain_elem(elem, f.typ)
            }) {
                continue;
            }
            let mut x = self.expr(None, elem);
            let Some(field) = field else {
                let msg = format!(
                    "too many values in struct literal of type {}",
                    self.type_str(base)
                );
                self.error(&x, Code::InvalidStructLit, msg);
                break;
            };
            if field.pkg.is_some_and(|pkg| pkg != self.pkg) {
                let msg = format!(
                    "implicit assignment to unexported field {} in struct literal of type {}",
                    store.sym_text(field.name),
                    self.type_str(base)
                );
                self.error(&x, Code::UnexportedLitField, msg);
                continue;
            }
            self.assignment(&mut x, Some(field.typ), "struct literal");
        }
        if elems.len() < fields.len() {
            let msg = format!(
                "too few values in struct literal of type {}",
                self.type_str(base)
            );
            self.error(rbrace, Code::InvalidStructLit, msg);
        }
    }

    /// The elements of a struct literal with field names.
    fn keyed_struct_lit(&mut self, base: TypeId, fields: &[Field], elems: &[ExprId]) {
        let store = self.store;
        let mut visited = vec![false; fields.len()];
        for &elem in elems {
            let ExprKind::KeyValue {
                key,
                value,
                colon: _,
            } = self.tree().expr[elem].kind
            else {
                let msg = "mixture of field:value and value elements in struct literal";
                self.error(elem, Code::MixedStructLit, msg);
                continue;
            };
            if let ExprKind::BasicLit { .. } = self.tree().expr[value].kind
                && let ExprKind::Ident(name) = self.tree().expr[key].kind
            {
                let sym = self.ident_sym(name);
                let index = self.field_index(fields, sym, false);
                if let Some(index) = index.filter(|&index| !visited[index])
                    && self.plain_elem(value, fields[index].typ)
                {
                    visited[index] = true;
                    continue;
                }
            }
            let mut x = self.expr(None, value);
            let ExprKind::Ident(name) = self.tree().expr[key].kind else {
                let msg = format!(
                    "invalid field name {} in struct literal",
                    self.expr_str(key)
                );
                self.error(elem, Code::InvalidLitField, msg);
                continue;
            };
            let sym = self.ident_sym(name);
            let Some(index) = self.field_index(fields, sym, false) else {
                let alt = self
                    .field_index(fields, sym, true)
                    .map(|index| (fields[index].name, fields[index].pkg));
                let msg = self.missing_field_error(base, sym, alt);
                self.error(key, Code::MissingLitField, msg);
                continue;
            };
            self.assignment(&mut x, Some(fields[index].typ), "struct literal");
            if std::mem::replace(&mut visited[index], true) {
                let msg = format!(
                    "duplicate field name {} in struct literal",
                    store.sym_text(sym)
                );
                self.error(elem, Code::DuplicateLitField, msg);
            }
        }
    }

    /// The index of the field with a name, as seen from this package.
    fn field_index(&self, fields: &[Field], name: Sym, fold_case: bool) -> Option<usize> {
        if self.store.sym_text(name) == "_" {
            return None;
        }
        fields.iter().position(|field| {
            self.store
                .same_name(field.name, field.pkg, name, self.pkg, fold_case)
        })
    }

    /// The elements of a map literal.
    fn map_lit(&mut self, elems: &[ExprId], key_type: TypeId, elem_type: TypeId) {
        let store = self.store;
        // In an interface, constants of different types are different keys.
        let by_type = store.is_value_interface(key_type);
        let mut seen: FxHashMap<ConstKey, Vec<TypeId>> = FxHashMap::default();
        for &elem in elems {
            let ExprKind::KeyValue {
                key,
                value,
                colon: _,
            } = self.tree().expr[elem].kind
            else {
                self.error(elem, Code::MissingLitKey, "missing key in map literal");
                continue;
            };
            let mut x = self.expr_with_hint(key, key_type);
            self.assignment(&mut x, Some(key_type), "map literal");
            if x.is_invalid() {
                continue;
            }
            if x.is_const()
                && let Some(value) = ConstKey::of(x.const_val())
            {
                let types = seen.entry(value).or_default();
                if types
                    .iter()
                    .any(|&typ| !by_type || store.identical(typ, x.typ))
                {
                    let msg = format!("duplicate key {} in map literal", x.const_val());
                    self.error(&x, Code::DuplicateLitKey, msg);
                    continue;
                }
                types.push(x.typ);
            }
            if self.plain_elem(value, elem_type) {
                continue;
            }
            let mut x = self.expr_with_hint(value, elem_type);
            self.assignment(&mut x, Some(elem_type), "map literal");
        }
    }

    /// The elements of an array or slice literal; the length of an array is known, unless it is counted here.
    /// Gives the length: one more than the largest index.
    fn indexed_elems(&mut self, elems: &[ExprId], elem_type: TypeId, length: Option<u64>) -> u64 {
        let mut visited: FxHashSet<u64> = FxHashSet::default();
        let keyed = elems
            .iter()
            .any(|&e| matches!(self.tree().expr[e].kind, ExprKind::KeyValue { .. }));
        let (mut index, mut max) = (0u64, 0u64);
        for &elem in elems {
            let mut valid = false;
            let mut value = elem;
            if let ExprKind::KeyValue {
                key,
                value: keyed_value,
                colon: _,
            } = self.tree().expr[elem].kind
            {
                value = keyed_value;
                let (typ, constant) = self.index(key, length);
                if self.store.is_valid(typ) {
                    match constant {
                        Some(constant) => {
                            index = constant;
                            valid = true;
                        }
                        None => {
                            let msg =
                                format!("index {} must be integer constant", self.expr_str(key));
                            self.error(elem, Code::InvalidLitIndex, msg);
                        }
                    }
                }
            } else if let Some(length) = length
                && index >= length
            {
                let msg = format!("index {index} is out of bounds (>= {length})");
                self.error(elem, Code::OversizeArrayLit, msg);
            } else {
                valid = true;
            }
            if valid && keyed && !visited.insert(index) {
                let msg = format!("duplicate index {index} in array or slice literal");
                self.error(elem, Code::DuplicateLitKey, msg);
            }
            index += 1;
            max = max.max(index);
            if self.plain_elem(value, elem_type) {
                continue;
            }
            let mut x = self.expr_with_hint(value, elem_type);
            self.assignment(&mut x, Some(elem_type), "array or slice literal");
        }
        max
    }
}
