//! Conversions (*Conversions*).
//!
//! A float converted to an integer type that cannot hold it gives what the language leaves open; here it saturates,
//! and NaN gives 0.

use crate::arith::Num;
use crate::func::FuncLowering;
use crate::scalars::Vals;
use polkago_ir::{BinaryOp as Op, Type, UnaryOp, Value};
use polkago_syntax::ExprId;
use polkago_types::{Basic, Mode, TypeId, TypeKind};
use smallvec::smallvec;

impl FuncLowering<'_> {
    /// `T(x)` for a value that is not constant.
    pub fn conversion(&mut self, x: ExprId, to: TypeId) -> Vals {
        let from = self.typ(x);
        if self.mode(x) == Mode::Nil {
            return self.zero(to);
        }
        if self.cx.is_interface(to) {
            return self.expr_to(x, to);
        }
        // A constant becomes one of the new type, whatever its own is: in the instance of a generic function it may
        // be an integer that is converted to a complex type.
        if let Some(c) = self.src().info.consts.get(&x)
            && (self.cx.num(from) != Num::Other && self.cx.num(to) != Num::Other)
            && (self.cx.num(to) != Num::String || self.cx.num(from) == Num::String)
            && self.cx.machine(to, c).is_some()
        {
            return self.constant(to, &c.clone());
        }
        let vals = self.expr(x);
        self.convert(vals, from, to)
    }

    /// A value of type `from` as one of type `to`, which is no interface type.
    pub fn convert(&mut self, vals: Vals, from: TypeId, to: TypeId) -> Vals {
        match (self.cx.num(from), self.cx.num(to)) {
            (Num::Int { .. }, Num::Int { .. }) => smallvec![self.int_to_int(vals[0], from, to)],
            (Num::Int { .. }, Num::Float) => smallvec![self.int_to_float(vals[0], from, to)],
            (Num::Float, Num::Int { .. }) => smallvec![self.float_to_int(vals[0], to)],
            (Num::Float, Num::Float) | (Num::Complex, Num::Complex) => {
                vals.iter().map(|&v| self.float_to_float(v, to)).collect()
            }
            (Num::Int { .. }, Num::String) => {
                // A uint64 above the range of int64 becomes negative: no code point either.
                let v = self.int_to_int(vals[0], from, self.cx.basic(Basic::Int64));
                self.rt("intstring", &[v])
            }
            (Num::Pointer, Num::Int { .. }) => {
                self.note_pointer(vals[0]);
                smallvec![self.ref_to_int(vals[0])]
            }
            (Num::Int { .. }, Num::Pointer) => {
                smallvec![self.b.unary(UnaryOp::IntToRef, vals[0], Type::Ref)]
            }
            (Num::String, Num::Other) => self.string_to_slice(vals, to),
            (Num::Other, Num::String) => self.slice_to_string(vals, from),
            (Num::Other, Num::Other) => self.other_conversion(vals, from, to),
            _ => vals,
        }
    }

    /// Between integer types.
    fn int_to_int(&mut self, v: Value, from: TypeId, to: TypeId) -> Value {
        let (
            Num::Int { bits, signed },
            Num::Int {
                bits: to_bits,
                signed: to_signed,
            },
        ) = (self.cx.num(from), self.cx.num(to))
        else {
            return v;
        };
        match (bits == 64, to_bits == 64) {
            (true, true) => v,
            (false, true) => {
                let op = if signed {
                    UnaryOp::ExtendS
                } else {
                    UnaryOp::ExtendU
                };
                self.b.unary(op, v, Type::I64)
            }
            (true, false) => {
                let low = self.b.unary(UnaryOp::Wrap, v, Type::I32);
                self.extend(low, to_bits, to_signed)
            }
            // A wider type holds every value of a narrower one of the same sign, and of an unsigned one.
            (false, false) if to_bits > bits && (to_signed || !signed) => v,
            (false, false) if to_bits == bits && to_signed == signed => v,
            (false, false) => self.extend(v, to_bits, to_signed),
        }
    }

    fn int_to_float(&mut self, v: Value, from: TypeId, to: TypeId) -> Value {
        let signed = self.cx.is_signed(from);
        match (self.cx.size(to), signed) {
            (4, true) => self.b.unary(UnaryOp::ConvertS32, v, Type::F32),
            (4, false) => self.b.unary(UnaryOp::ConvertU32, v, Type::F32),
            (_, true) => self.b.unary(UnaryOp::ConvertS64, v, Type::F64),
            (_, false) => self.b.unary(UnaryOp::ConvertU64, v, Type::F64),
        }
    }

    fn float_to_int(&mut self, v: Value, to: TypeId) -> Value {
        let Num::Int { bits, signed } = self.cx.num(to) else {
            return v;
        };
        match (bits, signed) {
            (64, true) => self.b.unary(UnaryOp::TruncSatS64, v, Type::I64),
            (64, false) => self.b.unary(UnaryOp::TruncSatU64, v, Type::I64),
            (32, true) => self.b.unary(UnaryOp::TruncSatS32, v, Type::I32),
            (32, false) => self.b.unary(UnaryOp::TruncSatU32, v, Type::I32),
            _ => {
                let n = self.b.unary(UnaryOp::TruncSatS32, v, Type::I32);
                self.extend(n, bits, signed)
            }
        }
    }

    fn float_to_float(&mut self, v: Value, to: TypeId) -> Value {
        let narrow = matches!(
            self.cx.as_basic(to),
            Some(Basic::Float32 | Basic::Complex64)
        );
        match (self.b.value_type(v), narrow) {
            (Type::F64, true) => self.b.unary(UnaryOp::Demote, v, Type::F32),
            (Type::F32, false) => self.b.unary(UnaryOp::Promote, v, Type::F64),
            _ => v,
        }
    }

    /// The element size of a slice type: 1 for bytes, 4 for runes.
    fn elem_size(&self, slice: TypeId) -> Option<u32> {
        match self.cx.under(slice) {
            TypeKind::Slice(elem) => Some(self.cx.size(*elem)),
            _ => None,
        }
    }

    fn string_to_slice(&mut self, s: Vals, to: TypeId) -> Vals {
        match self.elem_size(to) {
            Some(1) => self.rt("stringtoslicebyte", &s),
            Some(_) => self.rt("stringtoslicerune", &s),
            None => s,
        }
    }

    fn slice_to_string(&mut self, s: Vals, from: TypeId) -> Vals {
        match self.elem_size(from) {
            Some(1) => self.rt("slicebytetostring", &[s[0], s[1]]),
            Some(_) => self.rt("slicerunetostring", &s),
            None => s,
        }
    }

    /// Between types of the same underlying type, and from slices to arrays and pointers to arrays.
    fn other_conversion(&mut self, vals: Vals, from: TypeId, to: TypeId) -> Vals {
        if !matches!(self.cx.under(from), TypeKind::Slice(_)) {
            return vals;
        }
        let (array, pointer) = match self.cx.under(to) {
            TypeKind::Pointer(array) => (*array, true),
            TypeKind::Array { .. } => (to, false),
            _ => return vals,
        };
        let TypeKind::Array { len, .. } = self.cx.under(array) else {
            return vals;
        };
        let want = self.b.i32const(*len as i32);
        let short = self.b.binary(Op::LtS, vals[1], want);
        self.panic_if(short, "panicSliceConvert", &[vals[1], want]);
        if pointer {
            return smallvec![vals[0]];
        }
        let array = self.load(to, vals[0], 0);
        self.copied(to, array)
    }
}
