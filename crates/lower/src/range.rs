//! For statements with a range clause (*For statements with range clause*).

use crate::assign::Target as Left;
use crate::flow::Target;
use crate::func::FuncLowering;
use crate::scalars::Vals;
use polkago_ir::{BinaryOp as Op, Block, MemType, Type, Value, Variable};
use polkago_syntax::{BinaryOp, BlockId, ExprId, ExprKind, StmtId, StmtKind};
use polkago_types::{Basic, TypeId, TypeKind};
use smallvec::smallvec;

/// The iteration variables as written.
#[derive(Clone, Copy)]
struct Vars {
    key: Option<ExprId>,
    value: Option<ExprId>,
    define: bool,
}

/// The blocks of a loop.
struct Blocks {
    head: Block,
    body: Block,
    next: Block,
    done: Block,
    label: Option<polkago_syntax::Name>,
}

impl FuncLowering<'_> {
    /// A range clause.
    pub fn range_stmt(&mut self, stmt: StmtId) {
        let StmtKind::Range {
            key,
            value,
            define,
            x,
            body,
            ..
        } = self.src().tree.stmt[stmt].kind
        else {
            return;
        };
        let vars = Vars {
            key: key.filter(|&e| !self.is_blank(e)),
            value: value.filter(|&e| !self.is_blank(e)),
            define,
        };
        let t = self.typ(x);
        match self.cx.under(t) {
            TypeKind::Basic(Basic::String | Basic::UntypedString) => {
                self.range_string(vars, x, body);
            }
            TypeKind::Basic(_) => self.range_int(vars, x, t, body),
            TypeKind::Slice(elem) => {
                let elem = self.cx.store.canon(*elem);
                let (base, len) = self.ranged_slice(x);
                self.range_elements(vars, elem, Some(base), len, body);
            }
            TypeKind::Array { len, elem } => {
                let (len, elem) = (*len, self.cx.store.canon(*elem));
                self.range_array(vars, x, t, len, elem, body);
            }
            TypeKind::Pointer(array) => {
                let TypeKind::Array { len, elem } = self.cx.under(*array) else {
                    return;
                };
                let base = self.expr1(x);
                if vars.value.is_some() {
                    self.nil_check(base);
                }
                let n = self.b.i32const(*len as i32);
                self.range_elements(vars, self.cx.store.canon(*elem), Some(base), n, body);
            }
            TypeKind::Func(_) => self.range_func(stmt, x, body),
            TypeKind::Map { .. } => self.range_map(vars, x, t, body),
            TypeKind::Chan { .. } => self.range_chan(vars, x, t, body),
            _ => self.unsupported("range clauses of this type"),
        }
    }

    /// Whether an expression is the blank identifier.
    pub fn is_blank(&self, e: ExprId) -> bool {
        match self.kind(e) {
            ExprKind::Ident(id) => self.src().tree.ident_text(*id) == "_",
            _ => false,
        }
    }

    /// Starts a loop: goes to its head.
    fn enter_loop(&mut self) -> Blocks {
        let blocks = Blocks {
            head: self.b.new_block(),
            body: self.b.new_block(),
            next: self.b.new_block(),
            done: self.b.new_block(),
            label: self.flow.label.take(),
        };
        self.b.jump(blocks.head);
        self.b.switch_to(blocks.head);
        blocks
    }

    /// The body of a loop; afterwards the code of the step to the next iteration goes into `next`.
    fn loop_body(&mut self, blocks: &Blocks, body: BlockId) {
        self.flow.targets.push(Target {
            label: blocks.label,
            brk: blocks.done,
            cont: Some(blocks.next),
        });
        self.block(body);
        self.flow.targets.pop();
        self.leave_to(blocks.next);
    }

    fn leave_loop(&mut self, blocks: &Blocks) {
        self.b.jump(blocks.head);
        self.b.seal_block(blocks.head);
        self.b.seal_block(blocks.done);
        self.b.switch_to(blocks.done);
    }

    /// Assigns an iteration variable.
    fn set_var(&mut self, e: Option<ExprId>, define: bool, vals: &[Value], from: TypeId) {
        self.set_vars(define, [(e, Vals::from_slice(vals), from)]);
    }

    /// Assigns iteration variables, as one assignment statement would: the operands on the left come first.
    pub fn set_vars<const N: usize>(
        &mut self,
        define: bool,
        vars: [(Option<ExprId>, Vals, TypeId); N],
    ) {
        let targets = vars.map(|(e, vals, from)| Some((self.target(e?, define), vals, from)));
        for (target, vals, from) in targets.into_iter().flatten() {
            let to = match &target {
                Left::New(obj) => self.obj_type(*obj),
                Left::Place(t, _) | Left::Map(t, _) => *t,
                Left::Blank(_) => continue,
            };
            let vals = self.implicit(vals, from, to);
            self.assign_target(&target, &vals);
        }
    }

    /// A hidden counter.
    fn counter(&mut self, ty: Type) -> Variable {
        let var = self.b.declare_var(ty);
        let zero = self.b.zero_value(ty);
        self.b.def_var(var, zero);
        var
    }

    fn step(&mut self, var: Variable) {
        let ty = self.b.var_type(var);
        let v = self.b.use_var(var);
        let one = self.b.iconst(ty, 1);
        let v = self.b.binary(Op::Iadd, v, one);
        self.b.def_var(var, v);
    }

    /// `range n` over an integer. The variable may be narrow: the counter never passes n, which is of its type.
    fn range_int(&mut self, vars: Vars, x: ExprId, t: TypeId, body: BlockId) {
        // An untyped constant takes the type of the variable.
        let t = match vars.key {
            Some(key) if self.src().info.consts.contains_key(&x) => self.key_type(key).unwrap_or(t),
            _ => t,
        };
        let n = match self.src().info.consts.get(&x) {
            Some(c) => self.constant(t, c)[0],
            None => self.expr1(x),
        };
        let i = self.counter(self.b.value_type(n));
        let mark = self.mark();
        let blocks = self.enter_loop();
        let v = self.b.use_var(i);
        let more = self.compare(BinaryOp::Lt, t, &[v], &[n]);
        self.b.brif(more, blocks.body, blocks.done);
        self.b.seal_block(blocks.body);
        self.b.switch_to(blocks.body);
        self.set_var(vars.key, vars.define, &[v], t);
        self.loop_body(&blocks, body);
        self.forget(mark);
        self.step(i);
        self.leave_loop(&blocks);
    }

    /// Over a channel: until it is closed.
    fn range_chan(&mut self, vars: Vars, x: ExprId, t: TypeId, body: BlockId) {
        let elem = self.chan_elem(t);
        let c = self.expr1(x);
        let mark = self.mark();
        let blocks = self.enter_loop();
        let (vals, ok) = self.recv_from(elem, c);
        self.b.brif(ok, blocks.body, blocks.done);
        self.b.seal_block(blocks.body);
        self.b.switch_to(blocks.body);
        self.set_var(vars.key, vars.define, &vals, elem);
        self.loop_body(&blocks, body);
        self.forget(mark);
        self.leave_loop(&blocks);
    }

    fn key_type(&self, key: ExprId) -> Option<TypeId> {
        let info = self.src().info;
        match self.kind(key) {
            ExprKind::Ident(id) => {
                let obj = info.defs[*id].expand().or(info.uses[*id].expand())?;
                Some(self.obj_type(obj))
            }
            _ => Some(self.typ(key)),
        }
    }

    /// Over `len` elements from `base`. The length is evaluated once.
    fn range_elements(
        &mut self,
        vars: Vars,
        elem: TypeId,
        base: Option<Value>,
        len: Value,
        body: BlockId,
    ) {
        let int = self.cx.basic(Basic::Int);
        let i = self.counter(Type::I32);
        let mark = self.mark();
        let blocks = self.enter_loop();
        let v = self.b.use_var(i);
        let more = self.b.binary(Op::LtS, v, len);
        self.b.brif(more, blocks.body, blocks.done);
        self.b.seal_block(blocks.body);
        self.b.switch_to(blocks.body);
        let item = match (vars.value, base) {
            (Some(_), Some(base)) => {
                let at = self.element(base, v, self.cx.size(elem));
                self.know(at);
                Some(self.load(elem, at, 0))
            }
            _ => None,
        };
        let key = (vars.key, smallvec![v], int);
        match item {
            Some(item) => self.set_vars(vars.define, [key, (vars.value, item, elem)]),
            None => self.set_vars(vars.define, [key]),
        }
        self.loop_body(&blocks, body);
        self.forget(mark);
        self.step(i);
        self.leave_loop(&blocks);
    }

    /// Over an array: the elements are those of a copy, unless only the length matters.
    fn range_array(
        &mut self,
        vars: Vars,
        x: ExprId,
        t: TypeId,
        len: u64,
        elem: TypeId,
        body: BlockId,
    ) {
        let n = self.b.i32const(len as i32);
        if vars.value.is_none() {
            // As officially: an operand without calls is not evaluated if there is an index.
            if vars.key.is_none() || self.has_calls(x) {
                self.evaluate(x);
            }
            self.range_elements(vars, elem, None, n, body);
            return;
        }
        let vals = self.expr(x);
        let base = if self.cx.info(t).memory && !self.is_place(x) {
            vals[0]
        } else {
            let at = self.temp(t);
            self.store(t, at, 0, &vals);
            at
        };
        self.range_elements(vars, elem, Some(base), n, body);
    }

    /// Whether the length of an array operand is no constant because of calls or receive operations in it.
    fn has_calls(&self, e: ExprId) -> bool {
        match *self.kind(e) {
            ExprKind::Ident(_) | ExprKind::BasicLit { .. } => false,
            ExprKind::Paren(x) | ExprKind::Star(x) | ExprKind::Selector { x, .. } => {
                self.has_calls(x)
            }
            ExprKind::Index { x, indices, .. } => {
                let indices = self.src().tree.exprs(indices);
                self.has_calls(x) || indices.iter().any(|&i| self.has_calls(i))
            }
            _ => true,
        }
    }

    /// Over the entries of a map, in an order that the runtime chooses.
    fn range_map(&mut self, vars: Vars, x: ExprId, t: TypeId, body: BlockId) {
        let map = self.expr1(x);
        let (Some((key, elem)), Some(it)) = (self.cx.map_types(t), self.map_iter(t, map)) else {
            return;
        };
        let mark = self.mark();
        let blocks = self.enter_loop();
        // An iterator begins with the addresses of key and element; behind the last entry the key's is nil.
        let key_at = self.load_ref(it, 0);
        let more = self.ref_to_int(key_at);
        self.b.brif(more, blocks.body, blocks.done);
        self.b.seal_block(blocks.body);
        self.b.switch_to(blocks.body);
        let k = match vars.key {
            Some(_) => self.load(key, key_at, 0),
            None => Vals::new(),
        };
        let v = match vars.value {
            Some(_) => {
                let elem_at = self.load_ref(it, 4);
                self.load(elem, elem_at, 0)
            }
            None => Vals::new(),
        };
        self.set_vars(vars.define, [(vars.key, k, key), (vars.value, v, elem)]);
        self.loop_body(&blocks, body);
        self.forget(mark);
        self.rt("mapIterNext", &[it]);
        self.leave_loop(&blocks);
    }

    /// Over the code points of a string, with the byte index of each.
    fn range_string(&mut self, vars: Vars, x: ExprId, body: BlockId) {
        let s = self.expr(x);
        let int = self.cx.basic(Basic::Int);
        let rune = self.cx.basic(Basic::Int32);
        let i = self.counter(Type::I32);
        let following = self.b.declare_var(Type::I32);
        let mark = self.mark();
        let blocks = self.enter_loop();
        let v = self.b.use_var(i);
        let more = self.b.binary(Op::LtS, v, s[1]);
        let read = self.b.new_block();
        self.b.brif(more, read, blocks.done);
        self.b.seal_block(read);
        self.b.switch_to(read);
        // One byte below 0x80 is a code point.
        let at = self.element(s[0], v, 1);
        let byte = self.b.load(MemType::U8, at, 0);
        let one = self.b.i32const(1);
        let after = self.b.binary(Op::Iadd, v, one);
        self.b.def_var(following, after);
        let code = self.b.declare_var(Type::I32);
        self.b.def_var(code, byte);
        let limit = self.b.i32const(0x80);
        let ascii = self.b.binary(Op::LtU, byte, limit);
        let decode = self.b.new_block();
        self.b.brif(ascii, blocks.body, decode);
        self.b.seal_block(decode);
        self.b.switch_to(decode);
        let decoded = self.rt("decoderune", &[s[0], s[1], v]);
        self.b.def_var(code, decoded[0]);
        self.b.def_var(following, decoded[1]);
        self.b.jump(blocks.body);
        self.b.seal_block(blocks.body);
        self.b.switch_to(blocks.body);
        let r = self.b.use_var(code);
        let key = (vars.key, smallvec![v], int);
        self.set_vars(vars.define, [key, (vars.value, smallvec![r], rune)]);
        self.loop_body(&blocks, body);
        self.forget(mark);
        let after = self.b.use_var(following);
        self.b.def_var(i, after);
        self.leave_loop(&blocks);
    }
}
