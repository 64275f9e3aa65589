//! Comparisons (*Comparison operators*).

use crate::arith::Num;
use crate::func::FuncLowering;
use crate::scalars::Vals;
use polkago_ir::{BinaryOp as Op, Type, Value};
use polkago_syntax::{BinaryOp, ExprId};
use polkago_types::{Mode, TypeId, TypeKind};

impl FuncLowering<'_> {
    /// `x op y`, an i32 boolean.
    pub fn comparison(&mut self, op: BinaryOp, x: ExprId, y: ExprId) -> Value {
        let (tx, ty) = (self.typ(x), self.typ(y));
        // With nil only the first word counts, of slices and interfaces too.
        for (nil, other) in [(x, y), (y, x)] {
            if self.mode(nil) == Mode::Nil {
                let v = self.expr(other)[0];
                let is_nil = self.b.unary(polkago_ir::UnaryOp::Eqz, v, Type::I32);
                return if op == BinaryOp::Eq {
                    is_nil
                } else {
                    self.not(is_nil)
                };
            }
        }
        // A mixed comparison is made in the interface type.
        let t = match (self.cx.is_interface(tx), self.cx.is_interface(ty)) {
            (false, true) => ty,
            // One of the interfaces is assignable to the other: the one with fewer methods.
            (true, true) => {
                let methods = |t| self.cx.method_set(t).methods.len();
                if methods(ty) < methods(tx) { ty } else { tx }
            }
            _ => tx,
        };
        let a = self.transient_to(x, t);
        let a = if self.is_place(x) {
            self.copied(t, a)
        } else {
            a
        };
        let b = self.transient_to(y, t);
        self.compare(op, t, &a, &b)
    }

    /// `x op y` for two values of one type.
    pub fn compare(&mut self, op: BinaryOp, t: TypeId, x: &[Value], y: &[Value]) -> Value {
        match op {
            BinaryOp::Eq => self.equal(t, x, y),
            BinaryOp::Ne => {
                if let Num::Int { .. } | Num::Bool | Num::Float | Num::Pointer = self.cx.num(t) {
                    let op = if self.cx.num(t) == Num::Float {
                        Op::Fne
                    } else {
                        Op::Ne
                    };
                    return self.b.binary(op, x[0], y[0]);
                }
                let eq = self.equal(t, x, y);
                self.not(eq)
            }
            _ => self.ordered(op, t, x, y),
        }
    }

    fn ordered(&mut self, op: BinaryOp, t: TypeId, x: &[Value], y: &[Value]) -> Value {
        let (signed, unsigned, float) = match op {
            BinaryOp::Lt => (Op::LtS, Op::LtU, Op::Flt),
            BinaryOp::Le => (Op::LeS, Op::LeU, Op::Fle),
            BinaryOp::Gt => (Op::GtS, Op::GtU, Op::Fgt),
            _ => (Op::GeS, Op::GeU, Op::Fge),
        };
        match self.cx.num(t) {
            Num::Float => self.b.binary(float, x[0], y[0]),
            Num::Int { signed: false, .. } => self.b.binary(unsigned, x[0], y[0]),
            Num::String => {
                let order = self.rt("cmpstring", &[x[0], x[1], y[0], y[1]]);
                let zero = self.b.i32const(0);
                match order.first() {
                    Some(&order) => self.b.binary(signed, order, zero),
                    None => zero,
                }
            }
            _ => self.b.binary(signed, x[0], y[0]),
        }
    }

    /// Whether two values are equal.
    pub fn equal(&mut self, t: TypeId, x: &[Value], y: &[Value]) -> Value {
        if self.cx.info(t).memory {
            return self.equal_memory(t, x[0], y[0]);
        }
        match self.cx.under(t) {
            TypeKind::Basic(_) => match self.cx.num(t) {
                Num::Float => self.b.binary(Op::Feq, x[0], y[0]),
                Num::Complex => {
                    let re = self.b.binary(Op::Feq, x[0], y[0]);
                    let im = self.b.binary(Op::Feq, x[1], y[1]);
                    self.b.binary(Op::And, re, im)
                }
                Num::String => self.equal_strings(x, y),
                Num::Int { .. } | Num::Bool | Num::Pointer | Num::Other => {
                    self.b.binary(Op::Eq, x[0], y[0])
                }
            },
            TypeKind::Interface(_) => self.equal_interfaces(t, x, y),
            TypeKind::Struct(fields) => self.equal_structs(fields, x, y),
            TypeKind::Array { len, elem } => match len {
                0 => self.bool(true),
                _ => self.equal(*elem, x, y),
            },
            _ => self.b.binary(Op::Eq, x[0], y[0]),
        }
    }

    /// Runs `rest` only if `cond` holds: the value of `cond && rest`.
    pub fn and_then(&mut self, cond: Value, rest: impl FnOnce(&mut Self) -> Value) -> Value {
        let more = self.b.new_block();
        let done = self.b.new_block();
        let result = self.b.add_block_param(done, Type::I32);
        let no = self.bool(false);
        let mark = self.mark();
        self.b.brif_args(cond, (more, &[]), (done, &[no]));
        self.b.seal_block(more);
        self.b.switch_to(more);
        let v = rest(self);
        self.b.jump_args(done, &[v]);
        self.b.seal_block(done);
        self.b.switch_to(done);
        self.forget(mark);
        result
    }

    fn equal_strings(&mut self, x: &[Value], y: &[Value]) -> Value {
        for len in [x[1], y[1]] {
            if self.const_value(len) == Some(0) {
                return self.b.binary(Op::Eq, x[1], y[1]);
            }
        }
        let same_length = self.b.binary(Op::Eq, x[1], y[1]);
        let (p, q, n) = (x[0], y[0], x[1]);
        self.and_then(same_length, |f| f.rt("memequal", &[p, q, n])[0])
    }

    /// Two interface values are equal if their dynamic types are one and the values are equal. Type words do not tell:
    /// a table found at run time is another object than the one in static data.
    fn equal_interfaces(&mut self, t: TypeId, x: &[Value], y: &[Value]) -> Value {
        let typ = self.dynamic_type(t, x[0]);
        let other = self.dynamic_type(t, y[0]);
        let same_type = self.b.binary(Op::Eq, typ, other);
        let (p, q) = (x[1], y[1]);
        self.and_then(same_type, |f| f.rt("efaceeq", &[typ, p, q])[0])
    }

    /// Field by field, in order, up to the first difference. Blank fields do not count.
    fn equal_structs(
        &mut self,
        fields: &[polkago_types::Field],
        x: &[Value],
        y: &[Value],
    ) -> Value {
        let mut parts: Vec<(TypeId, Vals, Vals)> = Vec::new();
        let mut at = 0;
        for field in fields {
            let n = self.cx.scalar_count(field.typ);
            if self.cx.text(field.name) != "_" && n > 0 {
                let (a, b) = (&x[at..at + n], &y[at..at + n]);
                parts.push((field.typ, Vals::from_slice(a), Vals::from_slice(b)));
            }
            at += n;
        }
        self.equal_parts(&parts)
    }

    fn equal_parts(&mut self, parts: &[(TypeId, Vals, Vals)]) -> Value {
        let Some(((t, x, y), rest)) = parts.split_first() else {
            return self.bool(true);
        };
        let first = self.equal(*t, x, y);
        if rest.is_empty() {
            return first;
        }
        // Comparing two scalars is cheaper than jumping over it.
        if rest.iter().all(|(t, ..)| self.cheap_equality(*t)) {
            return rest.iter().fold(first, |all, (t, x, y)| {
                let eq = self.equal(*t, x, y);
                self.b.binary(Op::And, all, eq)
            });
        }
        self.and_then(first, |f| f.equal_parts(rest))
    }

    fn cheap_equality(&self, t: TypeId) -> bool {
        matches!(
            self.cx.num(t),
            Num::Int { .. } | Num::Bool | Num::Float | Num::Pointer
        ) || matches!(
            self.cx.under(t),
            TypeKind::Pointer(_) | TypeKind::Chan { .. }
        )
    }
}
