//! Expressions (*Expressions*).
//!
//! A value is its scalars; one of memory type is the address of memory that holds it. For an operand that is a
//! variable this is the variable's own memory: who keeps the value while others may write copies it.

use crate::func::FuncLowering;
use crate::place::Operand;
use crate::program::{Callable, Item};
use crate::scalars::Vals;
use polkago_ir::{Block, Type, UnaryOp as IrUnary, Value};
use polkago_syntax::{BinaryOp, ExprId, ExprKind, IdentId, UnaryOp};
use polkago_types::{Builtin, Mode, ObjKind, SelectionKind, TypeId};
use smallvec::smallvec;

impl FuncLowering<'_> {
    /// The value of an expression, of its own type.
    pub fn expr(&mut self, e: ExprId) -> Vals {
        let before = self.at(self.expr_pos(e));
        let vals = self.expr_inner(e);
        self.set_pos(before);
        vals
    }

    /// The one scalar of an expression.
    pub fn expr1(&mut self, e: ExprId) -> Value {
        match self.expr(e).first() {
            Some(&v) => v,
            None => self.b.i32const(0),
        }
    }

    /// The value of an expression, converted implicitly to a type it is assignable to.
    pub fn expr_to(&mut self, e: ExprId, to: TypeId) -> Vals {
        if self.mode(e) == Mode::Nil {
            return self.zero(to);
        }
        let from = self.typ(e);
        if self.cx.is_interface(to) && from != to {
            let before = self.at(self.expr_pos(e));
            let vals = self.expr_to_interface(e, from, to);
            self.set_pos(before);
            return vals;
        }
        self.expr(e)
    }

    /// As [`Self::expr_to`], for a value that is kept while others may write: in memory of its own.
    pub fn expr_kept(&mut self, e: ExprId, to: TypeId) -> Vals {
        let vals = self.expr_to(e, to);
        if self.is_place(e) {
            self.copied(to, vals)
        } else {
            vals
        }
    }

    fn expr_inner(&mut self, e: ExprId) -> Vals {
        if let Some(vals) = self.evaluated.remove(&e) {
            return vals;
        }
        let info = self.expr_info(e);
        match info.mode {
            Mode::Constant => {
                let t = self.typ(e);
                if let Some(c) = self.src().info.consts.get(&e) {
                    return self.constant(t, c);
                }
            }
            Mode::Nil => {
                let t = self.typ(e);
                return self.zero(t);
            }
            _ => {}
        }
        match self.kind(e) {
            ExprKind::Paren(x) => self.expr_inner(*x),
            ExprKind::Ident(id) => self.ident(e, *id),
            ExprKind::CompositeLit { .. } => self.composite(e),
            ExprKind::FuncLit { .. } => self.func_lit(e, false),
            ExprKind::Selector { x, sel } => self.selector(e, *x, *sel),
            ExprKind::Index { x, indices, .. } => self.index(e, *x, *indices),
            ExprKind::Slice { .. } => self.slice_expr(e),
            ExprKind::TypeAssert { x, .. } => {
                let t = self.typ(e);
                self.assertion(*x, t)
            }
            ExprKind::Call { .. } => self.call(e).into_iter().next().unwrap_or_default(),
            ExprKind::Star(_) => {
                let t = self.typ(e);
                let place = self.place(e);
                self.read(t, &place)
            }
            ExprKind::Unary { op, x } => self.unary_expr(e, *op, *x),
            ExprKind::Binary { op, op_pos, x, y } => {
                self.at(*op_pos);
                self.binary_expr(e, *op, *x, *y)
            }
            ExprKind::Bad
            | ExprKind::BasicLit { .. }
            | ExprKind::KeyValue { .. }
            | ExprKind::ArrayType { .. }
            | ExprKind::SliceType(_)
            | ExprKind::StructType(_)
            | ExprKind::FuncType(_)
            | ExprKind::InterfaceType(_)
            | ExprKind::MapType { .. }
            | ExprKind::ChanType { .. }
            | ExprKind::Ellipsis(_) => {
                self.error("polkago: not a value");
                let t = self.typ(e);
                self.zero(t)
            }
        }
    }

    fn ident(&mut self, e: ExprId, id: IdentId) -> Vals {
        let info = self.src().info;
        let Some(obj) = info.uses[id].expand() else {
            let t = self.typ(e);
            return self.zero(t);
        };
        match &self.cx.obj(obj).kind {
            ObjKind::Func(_) => self.func_value(id, obj),
            _ => {
                let t = self.typ(e);
                let place = self.var_place(obj);
                self.read(t, &place)
            }
        }
    }

    /// A declared function as a value: its static closure object.
    fn func_value(&mut self, id: IdentId, obj: polkago_types::ObjId) -> Vals {
        let inst = self.func_inst(id, obj);
        self.callable_value(Callable::Declared(inst))
    }

    /// A function as a value: its static closure object.
    pub fn callable_value(&mut self, callable: Callable) -> Vals {
        let symbol = self.need(Item::FuncValue(callable));
        let v = self.b.sym_addr(&symbol, 0);
        self.know(v);
        smallvec![v]
    }

    fn selector(&mut self, e: ExprId, x: ExprId, sel: IdentId) -> Vals {
        let info = self.src().info;
        let Some(selection) = info.selections.get(&e) else {
            return self.ident(e, sel);
        };
        match selection.kind {
            SelectionKind::Field => self.field(e, x, &selection.path),
            SelectionKind::MethodValue => self.method_value(e, x),
            SelectionKind::MethodExpr => self.method_expr(e, selection),
        }
    }

    /// A field: read from its place if there is one, else picked out of the operand's value.
    fn field(&mut self, e: ExprId, x: ExprId, path: &[u32]) -> Vals {
        let t = self.typ(e);
        if self.is_place(e) {
            let place = self.place(e);
            return self.read(t, &place);
        }
        let typ = self.typ(x);
        let vals = self.expr(x);
        let (operand, t) = self.walk(Operand::Vals(vals), typ, path);
        self.operand_value(t, operand)
    }

    fn unary_expr(&mut self, e: ExprId, op: UnaryOp, x: ExprId) -> Vals {
        match op {
            UnaryOp::And => {
                let inner = self.unparen(x);
                if let ExprKind::CompositeLit { .. } = self.kind(inner) {
                    let t = self.typ(inner);
                    let place = self.place(inner);
                    return smallvec![self.place_address(t, &place)];
                }
                smallvec![self.address(x)]
            }
            UnaryOp::Recv => self.recv(x),
            UnaryOp::Plus | UnaryOp::Minus | UnaryOp::Not | UnaryOp::Xor | UnaryOp::Tilde => {
                let t = self.typ(e);
                let v = self.expr(x);
                self.unary(op, t, v)
            }
        }
    }

    fn binary_expr(&mut self, e: ExprId, op: BinaryOp, x: ExprId, y: ExprId) -> Vals {
        match op {
            BinaryOp::LogAnd | BinaryOp::LogOr => smallvec![self.logical(op, x, y)],
            BinaryOp::Eq
            | BinaryOp::Ne
            | BinaryOp::Lt
            | BinaryOp::Le
            | BinaryOp::Gt
            | BinaryOp::Ge => smallvec![self.comparison(op, x, y)],
            BinaryOp::Shl | BinaryOp::Shr => {
                let t = self.typ(e);
                let a = self.expr_to(x, t)[0];
                let (count, count_type) = self.shift_count(y);
                smallvec![self.shift(op == BinaryOp::Shl, t, a, count_type, count)]
            }
            BinaryOp::Add if self.cx.num(self.typ(e)) == crate::arith::Num::String => {
                self.concat(e)
            }
            BinaryOp::Add
            | BinaryOp::Sub
            | BinaryOp::Or
            | BinaryOp::Xor
            | BinaryOp::Mul
            | BinaryOp::Div
            | BinaryOp::Rem
            | BinaryOp::And
            | BinaryOp::AndNot => {
                let t = self.typ(e);
                let a = self.expr(x);
                let b = self.expr(y);
                self.arith(op, t, &a, &b)
            }
        }
    }

    /// `a + b + c` for strings is one concatenation.
    fn concat(&mut self, e: ExprId) -> Vals {
        let mut parts = Vec::new();
        self.concat_parts(e, &mut parts);
        // With a part that is not empty the result is none of the parts.
        let t = self.typ(e);
        let longer = |&part: &ExprId| match self.src().info.consts.get(&part) {
            Some(polkago_types::Constant::String(text)) => !text.is_empty(),
            _ => false,
        };
        let vals: Vec<Vals> = if parts.iter().any(longer) {
            parts.iter().map(|&p| self.transient_to(p, t)).collect()
        } else {
            parts.iter().map(|&p| self.expr(p)).collect()
        };
        if let [a, b] = vals.as_slice() {
            return self.rt("concatstring2", &[a[0], a[1], b[0], b[1]]);
        }
        let string = self.typ(e);
        let array = self
            .cx
            .store
            .canon(self.cx.store.array(vals.len() as u64, string));
        let at = self.temp(array);
        for (i, v) in vals.iter().enumerate() {
            self.store(string, at, 8 * i as u32, v);
        }
        let n = self.b.i32const(vals.len() as i32);
        self.rt("concatstrings", &[at, n])
    }

    fn concat_parts(&self, e: ExprId, parts: &mut Vec<ExprId>) {
        let inner = self.unparen(e);
        match self.kind(inner) {
            ExprKind::Binary {
                op: BinaryOp::Add,
                x,
                y,
                ..
            } if self.mode(inner) != Mode::Constant => {
                self.concat_parts(*x, parts);
                self.concat_parts(*y, parts);
            }
            _ => parts.push(inner),
        }
    }

    /// `x && y`, `x || y` as a value.
    fn logical(&mut self, op: BinaryOp, x: ExprId, y: ExprId) -> Value {
        let more = self.b.new_block();
        let done = self.b.new_block();
        let result = self.b.add_block_param(done, Type::I32);
        let v = self.expr1(x);
        let mark = self.mark();
        let short = self.bool(op == BinaryOp::LogOr);
        match op {
            BinaryOp::LogAnd => self.b.brif_args(v, (more, &[]), (done, &[short])),
            _ => self.b.brif_args(v, (done, &[short]), (more, &[])),
        }
        self.b.seal_block(more);
        self.b.switch_to(more);
        let w = self.expr1(y);
        self.b.jump_args(done, &[w]);
        self.b.seal_block(done);
        self.b.switch_to(done);
        self.forget(mark);
        result
    }

    /// Goes to `then` or `els` by a condition.
    pub fn condition(&mut self, e: ExprId, then: Block, els: Block) {
        if let Some(b) = self.const_bool(e) {
            self.b.jump(if b { then } else { els });
            return;
        }
        let mark = self.mark();
        match self.kind(e) {
            ExprKind::Paren(x) => self.condition(*x, then, els),
            ExprKind::Unary {
                op: UnaryOp::Not,
                x,
                ..
            } => self.condition(*x, els, then),
            ExprKind::Binary {
                op: op @ (BinaryOp::LogAnd | BinaryOp::LogOr),
                x,
                y,
                ..
            } => {
                let more = self.b.new_block();
                match op {
                    BinaryOp::LogAnd => self.condition(*x, more, els),
                    _ => self.condition(*x, then, more),
                }
                self.b.seal_block(more);
                self.b.switch_to(more);
                self.condition(*y, then, els);
                self.forget(mark);
            }
            _ => {
                let v = self.expr1(e);
                self.b.brif(v, then, els);
            }
        }
    }

    /// Whether a call is of a predeclared function, and which.
    pub fn builtin(&self, fun: ExprId) -> Option<Builtin> {
        match self.mode(self.unparen(fun)) {
            Mode::Builtin(b) => Some(b),
            _ => None,
        }
    }

    /// A ref as i32.
    pub fn ref_to_int(&mut self, v: Value) -> Value {
        self.b.unary(IrUnary::RefToInt, v, Type::I32)
    }
}
