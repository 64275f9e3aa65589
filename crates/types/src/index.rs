//! Index and slice expressions (*Index expressions*, *Slice expressions*).

use crate::checker::Checker;
use crate::errors::Code;
use crate::operand::Operand;
use crate::{Basic, Mode, TypeId, TypeKind};
use polkago_syntax::{ExprId, ExprKind};

/// What indexing one of a type parameter's types gives.
struct Indexed {
    /// The length of an array or pointer to one.
    length: Option<u64>,
    /// The key type of a map.
    key: Option<TypeId>,
    /// The element type.
    elem: TypeId,
    /// Whether the element is a value only, as that of a string.
    value: bool,
}

impl Checker<'_> {
    /// An index expression, or an instantiation. The second result is true where `x` is a generic function that is
    /// to be instantiated with the "indices": then the operand is the function itself.
    pub(crate) fn index_expr(&mut self, e: ExprId) -> (Operand, bool) {
        let store = self.store;
        let ExprKind::Index {
            x: base,
            indices,
            lbrack: _,
        } = self.tree().expr[e].kind
        else {
            return (Operand::invalid(store), false);
        };
        let indices = self.tree().exprs(indices);
        let mut x = self.expr_or_type(base, true);
        match x.mode {
            Mode::Invalid => {
                self.use_exprs(indices);
                return (x, false);
            }
            Mode::Type => {
                // An instantiation of a type.
                x.typ = self.var_type(e);
                if !store.is_valid(x.typ) {
                    x.invalidate();
                }
                return (x, false);
            }
            Mode::Value
                if store
                    .as_func(x.typ)
                    .is_some_and(|func| !func.tparams.is_empty()) =>
            {
                return (x, true);
            }
            _ => {}
        }
        self.non_generic(None, &mut x);
        if x.is_invalid() {
            return (x, false);
        }
        let mut length = None;
        let mut valid = true;
        match store.kind(store.underlying(x.typ)) {
            TypeKind::Basic(basic) if basic.is_string() => {
                if x.is_const() {
                    length = x.const_val().as_bytes().map(|bytes| bytes.len() as u64);
                }
                // A byte of a constant string is no constant.
                x.mode = Mode::Value;
                x.val = None;
                x.typ = store.universe().byte;
            }
            TypeKind::Array { len, elem } => {
                length = Some(*len);
                if x.mode != Mode::Variable {
                    x.mode = Mode::Value;
                }
                x.typ = *elem;
            }
            TypeKind::Pointer(base) => match store.kind(store.underlying(*base)) {
                TypeKind::Array { len, elem } => {
                    length = Some(*len);
                    x.mode = Mode::Variable;
                    x.typ = *elem;
                }
                _ => valid = false,
            },
            TypeKind::Slice(elem) => {
                x.mode = Mode::Variable;
                x.typ = *elem;
            }
            TypeKind::Map { key, elem } => return (self.map_index(e, indices, *key, *elem), false),
            TypeKind::Interface(_) if store.is_tparam(x.typ) => match self.common_index(&x) {
                Some(Indexed {
                    key: Some(key),
                    elem,
                    ..
                }) => {
                    return (self.map_index(e, indices, key, elem), false);
                }
                Some(indexed) => {
                    length = indexed.length;
                    x.mode = if indexed.value {
                        Mode::Value
                    } else {
                        Mode::Variable
                    };
                    x.typ = indexed.elem;
                }
                None => valid = false,
            },
            _ => valid = false,
        }
        if !valid {
            let msg = format!("cannot index {}", self.operand_str(&x));
            self.error(self.node_pos(e), Code::NonSliceableOperand, msg);
            self.use_exprs(indices);
            x.invalidate();
            return (x, false);
        }
        match self.single_index(e, indices) {
            Some(index) => {
                self.index(index, length);
            }
            None => x.invalidate(),
        }
        (x, false)
    }

    /// An index expression on a map.
    fn map_index(&mut self, e: ExprId, indices: &[ExprId], key: TypeId, elem: TypeId) -> Operand {
        let Some(index) = self.single_index(e, indices) else {
            return Operand::invalid(self.store);
        };
        let mut x = self.expr(None, index);
        self.assignment(&mut x, Some(key), "map index");
        // Go on even where that failed: the element type is known.
        Operand::new(Mode::MapIndex, elem, Some(e))
    }

    /// What indexing the types of a type parameter has in common; `None` where it is not allowed.
    fn common_index(&self, x: &Operand) -> Option<Indexed> {
        let store = self.store;
        let mut common: Option<Indexed> = None;
        for (_, under) in store.specific_types(x.typ)? {
            let addressable = x.mode == Mode::Variable;
            let array = |len, elem, value| Indexed {
                length: Some(len),
                key: None,
                elem,
                value,
            };
            let next = match store.kind(under) {
                TypeKind::Basic(basic) if basic.is_string() => Indexed {
                    length: None,
                    key: None,
                    elem: store.universe().byte,
                    value: true,
                },
                TypeKind::Array { len, elem } => array(*len, *elem, !addressable),
                TypeKind::Pointer(base) => match store.kind(store.underlying(*base)) {
                    TypeKind::Array { len, elem } => array(*len, *elem, false),
                    _ => return None,
                },
                TypeKind::Slice(elem) => Indexed {
                    length: None,
                    key: None,
                    elem: *elem,
                    value: false,
                },
                TypeKind::Map { key, elem } => Indexed {
                    length: None,
                    key: Some(*key),
                    elem: *elem,
                    value: false,
                },
                _ => return None,
            };
            let Some(so_far) = &mut common else {
                common = Some(next);
                continue;
            };
            let same_key = match (so_far.key, next.key) {
                (Some(a), Some(b)) => store.identical(a, b),
                (None, None) => true,
                (Some(_), None) | (None, Some(_)) => false,
            };
            if !same_key || !store.identical(so_far.elem, next.elem) {
                return None;
            }
            so_far.value |= next.value;
            so_far.length = match (so_far.length, next.length) {
                (Some(a), Some(b)) => Some(a.min(b)),
                (a, b) => a.or(b),
            };
        }
        common
    }

    /// The one index of an index expression; reports an error where there are more.
    fn single_index(&mut self, e: ExprId, indices: &[ExprId]) -> Option<ExprId> {
        match indices {
            [] => {
                self.error(e, Code::InvalidSyntaxTree, "missing index");
                None
            }
            [index] => Some(*index),
            [first, second, ..] => {
                self.error(
                    *second,
                    Code::InvalidIndex,
                    "invalid operation: more than one index",
                );
                Some(*first)
            }
        }
    }

    /// A slice expression.
    pub(crate) fn slice_expr(&mut self, e: ExprId) -> Operand {
        let store = self.store;
        let ExprKind::Slice {
            x: base,
            lo,
            hi,
            max,
            three,
            lbrack: _,
        } = self.tree().expr[e].kind
        else {
            return Operand::invalid(store);
        };
        let bounds = [lo, hi, max];
        let mut x = self.expr(None, base);
        if x.is_invalid() {
            let present: Vec<_> = bounds.into_iter().flatten().collect();
            self.use_exprs(&present);
            return x;
        }
        let Some(common) = self.common_sliced(&x) else {
            x.invalidate();
            return x;
        };
        let mut length = None;
        let mut valid = true;
        match store.kind(common) {
            TypeKind::Basic(basic) if basic.is_string() => {
                if three {
                    let at = max.unwrap_or(e);
                    self.error(
                        at,
                        Code::InvalidSliceExpr,
                        "invalid operation: 3-index slice of string",
                    );
                    x.invalidate();
                    return x;
                }
                if x.is_const() {
                    length = x.const_val().as_bytes().map(|bytes| bytes.len() as u64);
                }
                if store.is_untyped(x.typ) {
                    x.typ = store.basic(Basic::String);
                    // The operand becomes a value: it has the type string, too.
                    self.update_expr_type(base, x.typ, true);
                }
            }
            TypeKind::Array { len, elem } => {
                length = Some(*len);
                if x.mode != Mode::Variable {
                    let msg = format!("cannot slice unaddressable value {}", self.operand_str(&x));
                    self.error(&x, Code::NonSliceableOperand, msg);
                    x.invalidate();
                    return x;
                }
                self.mark_addressed(base);
                x.typ = store.slice(*elem);
            }
            TypeKind::Pointer(to) => match store.kind(store.underlying(*to)) {
                TypeKind::Array { len, elem } => {
                    length = Some(*len);
                    x.typ = store.slice(*elem);
                }
                _ => valid = false,
            },
            TypeKind::Slice(_) => {}
            _ => valid = false,
        }
        if !valid {
            let msg = format!("cannot slice {}", self.operand_str(&x));
            self.error(&x, Code::NonSliceableOperand, msg);
            x.invalidate();
            return x;
        }
        x.mode = Mode::Value;
        x.val = None;
        if three && (hi.is_none() || max.is_none()) {
            // The parser has reported it.
            x.invalidate();
            return x;
        }
        self.slice_bounds(&bounds, length);
        x
    }

    /// The one underlying type to slice; a string counts as a byte slice next to other types.
    fn common_sliced(&mut self, x: &Operand) -> Option<TypeId> {
        let store = self.store;
        let Some(types) = store.specific_types(x.typ) else {
            let msg = format!(
                "cannot slice {}: no specific type in {}",
                self.operand_str(x),
                self.type_str(x.typ)
            );
            self.error(x, Code::NonSliceableOperand, msg);
            return None;
        };
        let bytes = store.slice(store.universe().byte);
        let mut common: Option<(TypeId, TypeId)> = None;
        let mut has_string = false;
        for (typ, under) in types {
            let is_string = store.is_string(under);
            has_string |= is_string;
            let under = if is_string { bytes } else { under };
            match common {
                None => common = Some((typ, under)),
                Some((first, first_under)) => {
                    if !store.identical(first_under, under) {
                        let msg = format!(
                            "cannot slice {}: {} and {} have different underlying types",
                            self.operand_str(x),
                            self.type_str(first),
                            self.type_str(typ)
                        );
                        self.error(x, Code::NonSliceableOperand, msg);
                        return None;
                    }
                }
            }
        }
        let (_, under) = common?;
        Some(if !has_string {
            under
        } else if store.is_tparam(x.typ) {
            store.basic(Basic::String)
        } else {
            store.underlying(x.typ)
        })
    }

    /// Checks the bounds of a slice expression on an operand whose length may be known.
    fn slice_bounds(&mut self, bounds: &[Option<ExprId>; 3], length: Option<u64>) {
        let mut values = [None; 3];
        for (i, bound) in bounds.iter().enumerate() {
            values[i] = match bound {
                // A bound may equal the length.
                Some(bound) => {
                    self.index(*bound, length.map(|length| length.saturating_add(1)))
                        .1
                }
                None if i == 0 => Some(0),
                None => length,
            };
        }
        for i in 0..2 {
            let Some(low) = values[i] else { continue };
            for j in i + 1..3 {
                if let (Some(high), Some(at)) = (values[j], bounds[j])
                    && high < low
                {
                    let msg = format!("invalid slice indices: {high} < {low}");
                    self.error(at, Code::SwappedSliceIndices, msg);
                    return;
                }
            }
        }
    }

    /// Checks an index, which must be below `limit` if constant. Gives its type, the invalid one after an error, and
    /// its value where it is a valid constant.
    pub(crate) fn index(&mut self, index: ExprId, limit: Option<u64>) -> (TypeId, Option<u64>) {
        let mut x = self.expr(None, index);
        if !self.is_valid_index(&mut x, Code::InvalidIndex, "index", false) {
            return (self.store.invalid(), None);
        }
        if !x.is_const() {
            return (x.typ, None);
        }
        let Some(value) = x.const_val().to_u64() else {
            return (self.store.invalid(), None);
        };
        if let Some(limit) = limit
            && value >= limit
        {
            let msg = format!(
                "invalid argument: index {} out of bounds [0:{limit}]",
                x.const_val()
            );
            self.error(&x, Code::InvalidIndex, msg);
            return (self.store.invalid(), None);
        }
        (x.typ, Some(value))
    }

    /// Whether an operand may be an index: an integer, and where constant, one that is not negative and that `int`
    /// can hold. `what` is how messages call it.
    pub(crate) fn is_valid_index(
        &mut self,
        x: &mut Operand,
        code: Code,
        what: &str,
        allow_negative: bool,
    ) -> bool {
        if x.is_invalid() {
            return false;
        }
        self.convert_untyped(x, self.store.basic(Basic::Int));
        if x.is_invalid() {
            return false;
        }
        let problem = if !self.store.all_integer(x.typ) {
            "must be integer"
        } else if x.is_const() && !allow_negative && x.const_val().sign() < 0 {
            "must not be negative"
        } else if x.is_const() && x.const_val().represent(Basic::Int, self.word()).is_none() {
            "overflows int"
        } else {
            return true;
        };
        let msg = format!("invalid argument: {what} {} {problem}", self.operand_str(x));
        self.error(&*x, code, msg);
        false
    }
}
