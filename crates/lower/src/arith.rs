//! Arithmetic (*Arithmetic operators*, *Integer overflow*).
//!
//! Integers of fewer than 32 bits are kept extended (decision record 0001): what may overflow their width is
//! extended again. Division tests for zero, and for the one quotient that overflows; a shift by the width or more
//! gives what shifting bit by bit gives.

use crate::cx::Cx;
use crate::func::FuncLowering;
use crate::scalars::Vals;
use polkago_ir::{BinaryOp as Op, Type, UnaryOp, Value};
use polkago_syntax::{BinaryOp, ExprId, UnaryOp as GoUnary};
use polkago_types::{Basic, TypeId};
use smallvec::smallvec;

/// Kinds of types with arithmetic.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Num {
    /// An integer.
    Int {
        /// Width in bits.
        bits: u32,
        /// Whether it has a sign.
        signed: bool,
    },
    /// `float32`, `float64`.
    Float,
    /// `complex64`, `complex128`.
    Complex,
    /// `string`.
    String,
    /// `bool`.
    Bool,
    /// `unsafe.Pointer`.
    Pointer,
    /// Anything else.
    Other,
}

impl Cx<'_> {
    /// The kind of a type for arithmetic.
    pub fn num(&self, t: TypeId) -> Num {
        let int = |bits, signed| Num::Int { bits, signed };
        match self.as_basic(t) {
            None | Some(Basic::Invalid | Basic::UntypedNil) => Num::Other,
            Some(Basic::Bool | Basic::UntypedBool) => Num::Bool,
            Some(Basic::Int8) => int(8, true),
            Some(Basic::Int16) => int(16, true),
            Some(Basic::Int | Basic::Int32 | Basic::UntypedInt | Basic::UntypedRune) => {
                int(32, true)
            }
            Some(Basic::Int64) => int(64, true),
            Some(Basic::Uint8) => int(8, false),
            Some(Basic::Uint16) => int(16, false),
            Some(Basic::Uint | Basic::Uint32 | Basic::Uintptr) => int(32, false),
            Some(Basic::Uint64) => int(64, false),
            Some(Basic::Float32 | Basic::Float64 | Basic::UntypedFloat) => Num::Float,
            Some(Basic::Complex64 | Basic::Complex128 | Basic::UntypedComplex) => Num::Complex,
            Some(Basic::String | Basic::UntypedString) => Num::String,
            Some(Basic::UnsafePointer) => Num::Pointer,
        }
    }

    /// Whether it is a signed integer type.
    pub fn is_signed(&self, t: TypeId) -> bool {
        matches!(self.num(t), Num::Int { signed: true, .. })
    }
}

impl FuncLowering<'_> {
    /// Extends the low bits of an i32 again to what its type keeps.
    pub fn extend(&mut self, v: Value, bits: u32, signed: bool) -> Value {
        match (bits, signed) {
            (8, true) => self.b.unary(UnaryOp::Sext8, v, Type::I32),
            (16, true) => self.b.unary(UnaryOp::Sext16, v, Type::I32),
            (8 | 16, false) => {
                let mask = self.b.i32const((1 << bits) - 1);
                self.b.binary(Op::And, v, mask)
            }
            _ => v,
        }
    }

    /// `op x` for `+`, `-`, `^` and `!`.
    pub fn unary(&mut self, op: GoUnary, t: TypeId, x: Vals) -> Vals {
        match (op, self.cx.num(t)) {
            (GoUnary::Not, _) => smallvec![self.not(x[0])],
            (GoUnary::Minus, Num::Int { bits, signed }) => {
                let ty = self.b.value_type(x[0]);
                let zero = self.b.zero_value(ty);
                let v = self.b.binary(Op::Isub, zero, x[0]);
                smallvec![self.extend(v, bits, signed)]
            }
            (GoUnary::Minus, Num::Float | Num::Complex) => x
                .iter()
                .map(|&v| {
                    let ty = self.b.value_type(v);
                    self.b.unary(UnaryOp::Fneg, v, ty)
                })
                .collect(),
            (GoUnary::Xor, Num::Int { bits, signed }) => {
                let ty = self.b.value_type(x[0]);
                let ones = self.b.iconst(ty, -1);
                let v = self.b.binary(Op::Xor, x[0], ones);
                smallvec![self.extend(v, bits, signed)]
            }
            _ => x,
        }
    }

    /// `x op y` for arithmetic operators and two operands of one type. Shifts are in [`Self::shift`].
    pub fn arith(&mut self, op: BinaryOp, t: TypeId, x: &[Value], y: &[Value]) -> Vals {
        match self.cx.num(t) {
            Num::Int { bits, signed } => {
                smallvec![self.int_arith(op, bits, signed, x[0], y[0])]
            }
            Num::Float => smallvec![self.float_arith(op, x[0], y[0])],
            Num::Complex => self.complex_arith(op, t, x, y),
            Num::String => self.rt("concatstring2", &[x[0], x[1], y[0], y[1]]),
            Num::Bool | Num::Pointer | Num::Other => x.iter().copied().collect(),
        }
    }

    fn int_arith(&mut self, op: BinaryOp, bits: u32, signed: bool, x: Value, y: Value) -> Value {
        let (ir, wraps) = match op {
            BinaryOp::Add => (Op::Iadd, true),
            BinaryOp::Sub => (Op::Isub, true),
            BinaryOp::Mul => (Op::Imul, true),
            BinaryOp::And => (Op::And, false),
            BinaryOp::Or => (Op::Or, false),
            BinaryOp::Xor => (Op::Xor, false),
            BinaryOp::AndNot => {
                let ty = self.b.value_type(y);
                let ones = self.b.iconst(ty, -1);
                let y = self.b.binary(Op::Xor, y, ones);
                return self.b.binary(Op::And, x, y);
            }
            BinaryOp::Div | BinaryOp::Rem => return self.divide(op, bits, signed, x, y),
            _ => return x,
        };
        let v = self.b.binary(ir, x, y);
        if wraps {
            self.extend(v, bits, signed)
        } else {
            v
        }
    }

    /// Integer division. The most negative number divided by -1 is itself, remainder 0.
    fn divide(&mut self, op: BinaryOp, bits: u32, signed: bool, x: Value, y: Value) -> Value {
        let ty = self.b.value_type(y);
        let divisor = self.const_value(y);
        if divisor.is_none_or(|d| d == 0) {
            let zero = self.b.unary(UnaryOp::Eqz, y, Type::I32);
            self.panic_if(zero, "panicdivide", &[]);
        }
        let ir = match (op, signed) {
            (BinaryOp::Div, true) => Op::DivS,
            (BinaryOp::Div, false) => Op::DivU,
            (_, true) => Op::RemS,
            (_, false) => Op::RemU,
        };
        // Only the most negative number is as large as itself. Some engines divide wrongly by it where it is constant.
        let lowest = if ty == Type::I64 {
            i64::MIN
        } else {
            i64::from(i32::MIN)
        };
        if ir == Op::DivS && divisor == Some(lowest) {
            let equal = self.b.binary(Op::Eq, x, y);
            return match ty {
                Type::I64 => self.b.unary(UnaryOp::ExtendU, equal, Type::I64),
                _ => equal,
            };
        }
        // Wasm's remainder is 0 there; its quotient traps, and narrow quotients leave their width.
        if ir != Op::DivS || divisor.is_some_and(|d| d != -1) {
            return self.b.binary(ir, x, y);
        }
        if bits < 32 {
            let v = self.b.binary(ir, x, y);
            return self.extend(v, bits, signed);
        }
        let minus = self.b.iconst(ty, -1);
        let is_minus = self.b.binary(Op::Eq, y, minus);
        let negate = self.b.new_block();
        let divide = self.b.new_block();
        let done = self.b.new_block();
        let result = self.b.add_block_param(done, ty);
        self.b.brif(is_minus, negate, divide);
        self.b.seal_block(negate);
        self.b.seal_block(divide);
        self.b.switch_to(negate);
        let zero = self.b.zero_value(ty);
        let v = self.b.binary(Op::Isub, zero, x);
        self.b.jump_args(done, &[v]);
        self.b.switch_to(divide);
        let v = self.b.binary(ir, x, y);
        self.b.jump_args(done, &[v]);
        self.b.seal_block(done);
        self.b.switch_to(done);
        result
    }

    /// The number behind a value made by a constant instruction.
    pub fn const_value(&self, v: Value) -> Option<i64> {
        let func = self.b.func();
        let polkago_ir::ValueDef::Result(inst, _) = func.values[v].def else {
            return None;
        };
        match func.insts[inst] {
            polkago_ir::InstData::I32Const(n) => Some(i64::from(n)),
            polkago_ir::InstData::I64Const(n) => Some(n),
            _ => None,
        }
    }

    fn float_arith(&mut self, op: BinaryOp, x: Value, y: Value) -> Value {
        let ir = match op {
            BinaryOp::Add => Op::Fadd,
            BinaryOp::Sub => Op::Fsub,
            BinaryOp::Mul => Op::Fmul,
            _ => Op::Fdiv,
        };
        self.b.binary(ir, x, y)
    }

    /// Complex arithmetic. The product is computed in the operands' own precision; division is the runtime's.
    fn complex_arith(&mut self, op: BinaryOp, t: TypeId, x: &[Value], y: &[Value]) -> Vals {
        match op {
            BinaryOp::Add | BinaryOp::Sub => {
                let re = self.float_arith(op, x[0], y[0]);
                let im = self.float_arith(op, x[1], y[1]);
                smallvec![re, im]
            }
            BinaryOp::Mul => {
                let ac = self.b.binary(Op::Fmul, x[0], y[0]);
                let bd = self.b.binary(Op::Fmul, x[1], y[1]);
                let ad = self.b.binary(Op::Fmul, x[0], y[1]);
                let bc = self.b.binary(Op::Fmul, x[1], y[0]);
                let re = self.b.binary(Op::Fsub, ac, bd);
                let im = self.b.binary(Op::Fadd, ad, bc);
                smallvec![re, im]
            }
            _ => {
                let wide = self.cx.size(t) == 16;
                let args: Vec<Value> = (x.iter().chain(y))
                    .map(|&v| {
                        if wide {
                            v
                        } else {
                            self.b.unary(UnaryOp::Promote, v, Type::F64)
                        }
                    })
                    .collect();
                let quotient = self.rt("complex128div", &args);
                if wide {
                    return quotient;
                }
                quotient
                    .iter()
                    .map(|&v| self.b.unary(UnaryOp::Demote, v, Type::F32))
                    .collect()
            }
        }
    }

    /// `x << y` or `x >> y`; the count's type is its own.
    pub fn shift(
        &mut self,
        left: bool,
        t: TypeId,
        x: Value,
        count_type: TypeId,
        y: Value,
    ) -> Value {
        let Num::Int { bits, signed } = self.cx.num(t) else {
            return x;
        };
        let ty = self.b.value_type(x);
        let width = if ty == Type::I64 { 64 } else { 32 };
        if let Some(n) = self.const_value(y) {
            return self.shift_const(left, bits, signed, x, n as u64);
        }
        let count_ty = self.b.value_type(y);
        if self.cx.is_signed(count_type) {
            let zero = self.b.zero_value(count_ty);
            let negative = self.b.binary(Op::LtS, y, zero);
            self.panic_if(negative, "panicshift", &[]);
        }
        let limit = self.b.iconst(count_ty, width);
        let in_range = self.b.binary(Op::LtU, y, limit);
        let count = match (count_ty, ty) {
            (Type::I64, Type::I32) => self.b.unary(UnaryOp::Wrap, y, Type::I32),
            (Type::I32, Type::I64) => self.b.unary(UnaryOp::ExtendU, y, Type::I64),
            _ => y,
        };
        if !left && signed {
            // Every bit of a far shift is the sign.
            let most = self.b.iconst(ty, width - 1);
            let count = self.b.select(in_range, count, most);
            return self.b.binary(Op::ShrS, x, count);
        }
        let op = if left { Op::Shl } else { Op::ShrU };
        let v = self.b.binary(op, x, count);
        let zero = self.b.zero_value(ty);
        let v = self.b.select(in_range, v, zero);
        if left {
            self.extend(v, bits, signed)
        } else {
            v
        }
    }

    /// The count of a shift and its type. A constant may be written as a float or complex number; it counts as uint64.
    pub fn shift_count(&mut self, y: ExprId) -> (Value, TypeId) {
        if let Some(c) = self.src().info.consts.get(&y) {
            let t = self.cx.basic(Basic::Uint64);
            let count = c.to_int();
            return (self.constant(t, &count)[0], t);
        }
        (self.expr1(y), self.typ(y))
    }

    fn shift_const(&mut self, left: bool, bits: u32, signed: bool, x: Value, n: u64) -> Value {
        let ty = self.b.value_type(x);
        let width: u64 = if ty == Type::I64 { 64 } else { 32 };
        if n >= width && (left || !signed) {
            return self.b.zero_value(ty);
        }
        let count = self.b.iconst(ty, n.min(width - 1) as i64);
        match (left, signed) {
            (true, _) => {
                let v = self.b.binary(Op::Shl, x, count);
                self.extend(v, bits, signed)
            }
            (false, true) => self.b.binary(Op::ShrS, x, count),
            (false, false) => self.b.binary(Op::ShrU, x, count),
        }
    }
}
