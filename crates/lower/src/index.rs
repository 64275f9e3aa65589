//! Index and slice expressions (*Index expressions*, *Slice expressions*).

use crate::arith::Num;
use crate::func::FuncLowering;
use crate::place::{Pending, Place};
use crate::scalars::Vals;
use polkago_ir::{BinaryOp as Op, MemType, Type, UnaryOp, Value};
use polkago_syntax::{ExprId, ExprKind, ExprList};
use polkago_types::{TypeId, TypeKind};
use smallvec::smallvec;

/// What the upper bounds of a slice expression must not exceed.
#[derive(Clone, Copy)]
enum Limit {
    /// The length of a string or array.
    Length,
    /// The capacity of a slice.
    Capacity,
}

/// The bounds of a slice expression.
struct Bounds {
    lo: Option<ExprId>,
    hi: Option<ExprId>,
    max: Option<ExprId>,
}

impl FuncLowering<'_> {
    /// `x[i]` as a value, or an instantiated function.
    pub fn index(&mut self, e: ExprId, x: ExprId, indices: ExprList) -> Vals {
        if let TypeKind::Func(_) = self.cx.under(self.typ(x)) {
            // `f[T]`: the type arguments are recorded at the identifier.
            return self.expr(x);
        }
        let index = self.src().tree.exprs(indices)[0];
        let t = self.typ(e);
        let operand = self.typ(x);
        match self.cx.under(operand) {
            TypeKind::Map { .. } => match self.map_elem_read(x, index) {
                Some(at) => self.map_get(&at),
                None => self.zero(t),
            },
            TypeKind::Basic(_) => self.index_string(x, index),
            _ if self.is_place(e) => {
                let place = self.place(e);
                self.read(t, &place)
            }
            TypeKind::Array { len, elem } => {
                let vals = self.expr(x);
                self.index_array_value(*len, *elem, &vals, index)
            }
            _ => {
                let place = self.index_place(x, index);
                self.read(t, &place)
            }
        }
    }

    /// An element of an array that is not a variable.
    fn index_array_value(&mut self, len: u64, elem: TypeId, vals: &[Value], index: ExprId) -> Vals {
        let (i, signed) = self.index_value(index);
        let n = self.b.i32const(len as i32);
        if self.const_value(i).is_none() {
            let bad = self.b.binary(Op::GeU, i, n);
            let name = if signed { "panicIndex" } else { "panicIndexU" };
            self.panic_if_out(bad, name, i, n);
        }
        match len {
            // It panics.
            0 => return self.zero(elem),
            1 => return vals.iter().copied().collect(),
            _ => {}
        }
        let at = self.element(vals[0], i, self.cx.size(elem));
        self.load(elem, at, 0)
    }

    /// A byte of a string.
    fn index_string(&mut self, x: ExprId, index: ExprId) -> Vals {
        let s = self.expr(x);
        let (i, signed) = self.index_value(index);
        let bad = self.b.binary(Op::GeU, i, s[1]);
        let name = if signed { "panicIndex" } else { "panicIndexU" };
        self.panic_if_out(bad, name, i, s[1]);
        let at = self.element(s[0], i, 1);
        smallvec![self.b.load(MemType::U8, at, 0)]
    }

    /// The place `x[index]` in a slice, an array variable, or what a pointer to an array points to.
    pub fn index_place(&mut self, x: ExprId, index: ExprId) -> Place {
        let t = self.typ(x);
        match self.cx.under(t) {
            TypeKind::Slice(elem) => {
                let s = self.expr(x);
                let (index, signed) = self.index_value(index);
                let size = self.cx.size(*elem);
                let pending = Pending::Index {
                    index,
                    len: s[1],
                    size,
                    signed,
                    lbrack: self.pos(),
                };
                Place::Mem {
                    base: s[0],
                    offset: 0,
                    pending,
                }
            }
            TypeKind::Array { len, elem } => {
                let place = self.place(x);
                self.array_element(place, *len, *elem, index)
            }
            TypeKind::Pointer(array) => {
                let base = self.expr1(x);
                let place = Place::Mem {
                    base,
                    offset: 0,
                    pending: Pending::Nil,
                };
                match self.cx.under(*array) {
                    TypeKind::Array { len, elem } => self.array_element(place, *len, *elem, index),
                    _ => place,
                }
            }
            // An element is no place; one that is asked for is a copy.
            TypeKind::Map { elem, .. } => {
                let elem = self.cx.store.canon(*elem);
                let vals = match self.map_elem_read(x, index) {
                    Some(at) => self.map_get(&at),
                    None => self.zero(elem),
                };
                self.spill(elem, &vals)
            }
            _ => {
                // A string is no place, but a type argument may be one.
                let v = self.index_string(x, index);
                let base = self.temp(self.cx.basic(polkago_types::Basic::Uint8));
                self.b.store(MemType::U8, base, 0, v[0]);
                Place::memory(base, 0)
            }
        }
    }

    fn array_element(&mut self, place: Place, len: u64, elem: TypeId, index: ExprId) -> Place {
        let size = self.cx.size(elem);
        let constant = self.const_int(index);
        match place {
            Place::Blank => Place::Blank,
            // An array in scalars has one element, or none and no scalars: what follows is not reached.
            Place::Ssa(vars) => {
                let (i, signed) = self.index_value(index);
                if constant.is_none() {
                    let n = self.b.i32const(len as i32);
                    let bad = self.b.binary(Op::GeU, i, n);
                    let name = if signed { "panicIndex" } else { "panicIndexU" };
                    self.panic_if_out(bad, name, i, n);
                }
                if len == 0 {
                    let zero = self.zero(elem);
                    return self.spill(elem, &zero);
                }
                Place::Ssa(vars)
            }
            Place::Mem {
                base,
                offset,
                pending,
            } => {
                if let Some(i) = constant {
                    return Place::Mem {
                        base,
                        offset: offset + i as u32 * size,
                        pending,
                    };
                }
                let (index, signed) = self.index_value(index);
                let Place::Mem { base, offset, .. } = self.settle(Place::Mem {
                    base,
                    offset,
                    pending,
                }) else {
                    return place;
                };
                let base = self.offset(base, offset);
                let len = self.b.i32const(len as i32);
                let pending = Pending::Index {
                    index,
                    len,
                    size,
                    signed,
                    lbrack: self.pos(),
                };
                Place::Mem {
                    base,
                    offset: 0,
                    pending,
                }
            }
        }
    }

    /// `x[lo:hi]`, `x[lo:hi:max]`.
    pub fn slice_expr(&mut self, e: ExprId) -> Vals {
        let ExprKind::Slice { x, lo, hi, max, .. } = self.kind(e) else {
            return Vals::new();
        };
        let (x, bounds) = (
            *x,
            Bounds {
                lo: *lo,
                hi: *hi,
                max: *max,
            },
        );
        let t = self.typ(x);
        match self.cx.under(t) {
            TypeKind::Basic(_) => {
                let s = self.expr(x);
                let (lo, hi, _) = self.slice_bounds(&bounds, s[1], s[1], Limit::Length);
                let len = self.b.binary(Op::Isub, hi, lo);
                smallvec![self.sliced_base(s[0], lo, len, 1), len]
            }
            TypeKind::Slice(elem) => {
                let s = self.expr(x);
                self.slice_of(&bounds, *elem, s[0], s[1], Some(s[2]))
            }
            TypeKind::Array { len, elem } => {
                let base = self.address(x);
                let len = self.b.i32const(*len as i32);
                self.slice_of(&bounds, *elem, base, len, None)
            }
            TypeKind::Pointer(array) => {
                let base = self.expr1(x);
                self.nil_check(base);
                match self.cx.under(*array) {
                    TypeKind::Array { len, elem } => {
                        let len = self.b.i32const(*len as i32);
                        self.slice_of(&bounds, *elem, base, len, None)
                    }
                    _ => smallvec![base],
                }
            }
            _ => self.zero(t),
        }
    }

    /// Part of a slice, or of an array, which has no capacity beside its length.
    fn slice_of(
        &mut self,
        b: &Bounds,
        elem: TypeId,
        base: Value,
        len: Value,
        cap: Option<Value>,
    ) -> Vals {
        let limit = match cap {
            Some(_) => Limit::Capacity,
            None => Limit::Length,
        };
        let (lo, hi, max) = self.slice_bounds(b, len, cap.unwrap_or(len), limit);
        let new_len = self.b.binary(Op::Isub, hi, lo);
        let new_cap = self.b.binary(Op::Isub, max, lo);
        let base = self.sliced_base(base, lo, new_cap, self.cx.size(elem));
        smallvec![base, new_len, new_cap]
    }

    /// The address of the first element; the old base where nothing is left, so that a slice never points behind
    /// its array.
    fn sliced_base(&mut self, base: Value, lo: Value, rest: Value, size: u32) -> Value {
        if self.const_value(lo) == Some(0) {
            return base;
        }
        let zero = self.b.i32const(0);
        let bytes = self.scale(lo, size);
        let bytes = self.b.select(rest, bytes, zero);
        self.b.binary(Op::RefAdd, base, bytes)
    }

    /// Evaluates and checks the bounds: low, high, capacity bound.
    fn slice_bounds(
        &mut self,
        b: &Bounds,
        len: Value,
        cap: Value,
        limit: Limit,
    ) -> (Value, Value, Value) {
        let lo = b.lo.map(|e| (self.index_value(e), e));
        let hi = b.hi.map(|e| (self.index_value(e), e));
        let max = b.max.map(|e| (self.index_value(e), e));
        let unsigned = |v: &Option<((Value, bool), ExprId)>| matches!(v, Some(((_, false), _)));
        let value = |v: Option<((Value, bool), ExprId)>| v.map(|((v, _), _)| v);
        let names = match (b.max.is_some(), limit) {
            (true, Limit::Length) => ["panicSlice3Alen", "panicSlice3AlenU"],
            (true, Limit::Capacity) => ["panicSlice3Acap", "panicSlice3AcapU"],
            (false, Limit::Length) => ["panicSliceAlen", "panicSliceAlenU"],
            (false, Limit::Capacity) => ["panicSliceAcap", "panicSliceAcapU"],
        };
        if let Some(max_v) = value(max) {
            self.check_bound(max_v, cap, names[usize::from(unsigned(&max))]);
            let hi_v = value(hi).unwrap_or(len);
            let name = ["panicSlice3B", "panicSlice3BU"][usize::from(unsigned(&hi))];
            self.check_bound(hi_v, max_v, name);
            let lo_name = ["panicSlice3C", "panicSlice3CU"][usize::from(unsigned(&lo))];
            let lo_v = self.low_bound(value(lo), hi_v, lo_name);
            return (lo_v, hi_v, max_v);
        }
        let hi_v = match value(hi) {
            Some(hi_v) => {
                self.check_bound(hi_v, cap, names[usize::from(unsigned(&hi))]);
                hi_v
            }
            None => len,
        };
        let lo_name = ["panicSliceB", "panicSliceBU"][usize::from(unsigned(&lo))];
        let lo_v = self.low_bound(value(lo), hi_v, lo_name);
        (lo_v, hi_v, cap)
    }

    fn low_bound(&mut self, lo: Option<Value>, hi: Value, name: &'static str) -> Value {
        match lo {
            Some(lo) => {
                self.check_bound(lo, hi, name);
                lo
            }
            None => self.b.i32const(0),
        }
    }

    /// Panics if `bound` is greater than `limit`, both unsigned.
    fn check_bound(&mut self, bound: Value, limit: Value, name: &'static str) {
        let known = (self.const_value(bound), self.const_value(limit));
        if self.const_value(bound) == Some(0)
            || matches!(known, (Some(b), Some(l)) if 0 <= b && b <= l)
        {
            return;
        }
        let bad = self.b.binary(Op::GtU, bound, limit);
        self.panic_if_out(bad, name, bound, limit);
    }

    /// The length of a string, slice, array or pointer to an array; `cap` for the capacity.
    pub fn length(&mut self, x: ExprId, cap: bool) -> Value {
        let t = self.typ(x);
        let array_len = |f: &Self, t: TypeId| match f.cx.under(t) {
            TypeKind::Array { len, .. } => Some(*len),
            _ => None,
        };
        let len = match self.cx.under(t) {
            TypeKind::Array { len, .. } => Some(*len),
            TypeKind::Pointer(array) => array_len(self, *array),
            _ => None,
        };
        if let Some(len) = len {
            // Not a constant only because of calls and receives in the operand.
            self.evaluate(x);
            return self.b.i32const(len as i32);
        }
        match self.cx.under(t) {
            TypeKind::Map { .. } => {
                let map = self.expr1(x);
                self.map_len(map)
            }
            TypeKind::Chan { .. } => {
                let c = self.expr1(x);
                let name = if cap { "chancap" } else { "chanlen" };
                self.rt(name, &[c])[0]
            }
            _ if self.cx.num(t) == Num::String => self.expr(x)[1],
            _ => self.expr(x)[if cap { 2 } else { 1 }],
        }
    }

    /// An i32 of a length argument of any integer type: negative where it does not fit.
    pub fn length_value(&mut self, e: ExprId) -> Value {
        let v = self.expr1(e);
        self.as_length(v)
    }

    /// The same from the value of the expression.
    pub fn as_length(&mut self, v: Value) -> Value {
        if self.b.value_type(v) == Type::I64 {
            let low = self.b.unary(UnaryOp::Wrap, v, Type::I32);
            let back = self.b.unary(UnaryOp::ExtendS, low, Type::I64);
            let fits = self.b.binary(Op::Eq, back, v);
            let minus = self.b.i32const(-1);
            return self.b.select(fits, low, minus);
        }
        v
    }
}
