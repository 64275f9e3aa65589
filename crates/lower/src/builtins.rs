//! Predeclared functions (*Built-in functions*), and those of package `unsafe`.

use crate::arith::Num;
use crate::func::FuncLowering;
use crate::scalars::Vals;
use polkago_ir::{BinaryOp as Op, Type, UnaryOp, Value};
use polkago_syntax::{BinaryOp, ExprId, ExprKind};
use polkago_types::{Basic, Builtin, TypeId, TypeKind};
use smallvec::smallvec;

impl FuncLowering<'_> {
    /// A call of a predeclared function: its result, if it has one.
    pub fn builtin_call(
        &mut self,
        e: ExprId,
        builtin: Builtin,
        args: &[ExprId],
        spread: bool,
    ) -> Vec<Vals> {
        let t = self.typ(e);
        let one = |v: Value| vec![Vals::from_slice(&[v])];
        if let [arg] = args
            && let TypeKind::Tuple(_) = self.cx.kind(self.typ(*arg))
        {
            let (vals, types) = self.multi(*arg);
            return self.builtin_of_results(t, builtin, vals, &types);
        }
        match builtin {
            Builtin::Append => vec![self.append(t, args, spread)],
            Builtin::Cap => one(self.length(args[0], true)),
            Builtin::Len => one(self.length(args[0], false)),
            Builtin::Clear => self.clear_builtin(args[0]),
            Builtin::Complex => vec![self.complex(t, args)],
            Builtin::Real => one(self.expr(args[0])[0]),
            Builtin::Imag => one(self.expr(args[0])[1]),
            Builtin::Copy => one(self.copy(args[0], args[1])),
            Builtin::Make => vec![self.make(t, args)],
            Builtin::New => vec![self.new_builtin(t, args[0])],
            Builtin::Max | Builtin::Min => vec![self.min_max(builtin, t, args)],
            Builtin::Panic => {
                let any = self
                    .cx
                    .store
                    .canon(self.cx.store.universe().empty_interface);
                let vals = self.expr_to(args[0], any);
                self.rt("panicvalue", &vals);
                self.trap();
                Vec::new()
            }
            Builtin::Print | Builtin::Println => {
                self.print(args, builtin == Builtin::Println);
                Vec::new()
            }
            Builtin::Delete => {
                self.map_delete(args[0], args[1]);
                Vec::new()
            }
            Builtin::Recover => vec![self.recover()],
            Builtin::Close => {
                let c = self.expr1(args[0]);
                self.rt("closechan", &[c]);
                Vec::new()
            }
            Builtin::UnsafeAdd | Builtin::UnsafeSlice | Builtin::UnsafeString => {
                let p = self.expr1(args[0]);
                let n = self.length_value(args[1]);
                vec![self.at_pointer(builtin, self.typ(args[0]), p, n)]
            }
            Builtin::UnsafeSliceData | Builtin::UnsafeStringData => one(self.expr(args[0])[0]),
            // Of types with type parameters these are no constants.
            Builtin::UnsafeSizeof | Builtin::UnsafeAlignof => {
                let info = self.cx.info(self.typ(args[0]));
                let n = if builtin == Builtin::UnsafeSizeof {
                    info.size
                } else {
                    info.align
                };
                one(self.b.i32const(n as i32))
            }
            Builtin::UnsafeOffsetof => {
                let n = self.offset_of(args[0]);
                one(self.b.i32const(n as i32))
            }
        }
    }

    /// `append(f())`, `complex(f())`, `print(f())` and the like, where f has several results.
    fn builtin_of_results(
        &mut self,
        t: TypeId,
        builtin: Builtin,
        vals: Vec<Vals>,
        types: &[TypeId],
    ) -> Vec<Vals> {
        let args = vals.into_iter().zip(types.iter().copied());
        match builtin {
            Builtin::Append => {
                let mut args = args.map(|(v, from)| (from, v));
                let (TypeKind::Slice(elem), Some((_, s))) = (self.cx.under(t), args.next()) else {
                    return vec![self.zero(t)];
                };
                let elem = self.cx.store.canon(*elem);
                let rest: Vec<Vals> = args.map(|(from, v)| self.implicit(v, from, elem)).collect();
                vec![self.append_values(elem, &s, &rest)]
            }
            Builtin::Complex => {
                let part = self.complex_part(t);
                vec![
                    args.map(|(v, from)| self.convert(v, from, part)[0])
                        .collect(),
                ]
            }
            Builtin::Print | Builtin::Println => {
                let args = args.map(|(v, t)| (t, v)).collect();
                self.print_values(args, builtin == Builtin::Println);
                Vec::new()
            }
            Builtin::Copy => {
                let args: Vec<(Vals, TypeId)> = args.collect();
                let [(dst, t), (src, _)] = args.as_slice() else {
                    return Vec::new();
                };
                vec![smallvec![self.copy_values(*t, dst, src)]]
            }
            Builtin::Delete => {
                let args: Vec<(Vals, TypeId)> = args.collect();
                let [(map, t), (key, from)] = args.as_slice() else {
                    return Vec::new();
                };
                if let Some((to, _)) = self.cx.map_types(*t) {
                    let key = self.implicit(key.clone(), *from, to);
                    self.map_delete_key(*t, map[0], key);
                }
                Vec::new()
            }
            Builtin::Max | Builtin::Min => {
                let vals = args.map(|(v, from)| self.implicit(v, from, t)).collect();
                vec![self.least_or_most(builtin, t, vals)]
            }
            Builtin::UnsafeAdd | Builtin::UnsafeSlice | Builtin::UnsafeString => {
                let args: Vec<(Vals, TypeId)> = args.collect();
                let [(p, pointer), (n, _)] = args.as_slice() else {
                    return Vec::new();
                };
                let n = self.as_length(n[0]);
                vec![self.at_pointer(builtin, *pointer, p[0], n)]
            }
            // They take one argument, or a type.
            Builtin::Cap
            | Builtin::Clear
            | Builtin::Close
            | Builtin::Imag
            | Builtin::Len
            | Builtin::Make
            | Builtin::New
            | Builtin::Panic
            | Builtin::Real
            | Builtin::Recover
            | Builtin::UnsafeAlignof
            | Builtin::UnsafeOffsetof
            | Builtin::UnsafeSizeof
            | Builtin::UnsafeSliceData
            | Builtin::UnsafeStringData => Vec::new(),
        }
    }

    /// `append(s, x...)`.
    fn append(&mut self, t: TypeId, args: &[ExprId], spread: bool) -> Vals {
        let TypeKind::Slice(elem) = self.cx.under(t) else {
            return self.zero(t);
        };
        let elem = self.cx.store.canon(*elem);
        let s = self.expr_to(args[0], t);
        if spread && let Some(len) = self.made_length(args[1]) {
            let n = self.length_value(len);
            return self.append_zeros(elem, &s, n);
        }
        if spread {
            let more = self.expr_to(args[1], self.typ(args[1]));
            return self.append_slice(elem, &s, &more);
        }
        if args.len() == 1 {
            return s;
        }
        let vals: Vec<Vals> = args[1..].iter().map(|&a| self.expr_kept(a, elem)).collect();
        self.append_values(elem, &s, &vals)
    }

    /// `append(s, more...)`.
    pub fn append_slice(&mut self, elem: TypeId, s: &[Value], more: &[Value]) -> Vals {
        // `append(s, nil...)`.
        if more.len() < 2 {
            return Vals::from_slice(s);
        }
        let n = more[1];
        let (base, len, cap) = self.grow(elem, s, n);
        let at = self.element(base, s[1], self.cx.size(elem));
        let bytes = self.scale(n, self.cx.size(elem));
        let plain = self.cx.pointer_free(elem);
        self.b.mem_copy(at, more[0], bytes, plain);
        smallvec![base, len, cap]
    }

    /// The length in `make([]T, n)`.
    fn made_length(&self, e: ExprId) -> Option<ExprId> {
        let e = self.unparen(e);
        let ExprKind::Call { fun, args, .. } = self.kind(e) else {
            return None;
        };
        if self.builtin(*fun) != Some(Builtin::Make) || self.evaluated.contains_key(&e) {
            return None;
        }
        match self.src().tree.exprs(*args) {
            [_, len] => Some(*len),
            _ => None,
        }
    }

    /// `append(s, make([]T, n)...)`, which needs no slice but the result.
    fn append_zeros(&mut self, elem: TypeId, s: &[Value], n: Value) -> Vals {
        let zero = self.b.i32const(0);
        let negative = self.b.binary(Op::LtS, n, zero);
        self.panic_if(negative, "panicmakeslicelen", &[]);
        let (base, len, cap) = self.grow(elem, s, n);
        let size = self.cx.size(elem);
        let at = self.element(base, s[1], size);
        let bytes = self.scale(n, size);
        self.b.mem_fill(at, zero, bytes);
        smallvec![base, len, cap]
    }

    /// `append(s, x, y)` for values of the element type.
    pub fn append_values(&mut self, elem: TypeId, s: &[Value], vals: &[Vals]) -> Vals {
        let n = self.b.i32const(vals.len() as i32);
        let (base, len, cap) = self.grow(elem, s, n);
        let size = self.cx.size(elem);
        let at = self.element(base, s[1], size);
        for (i, v) in vals.iter().enumerate() {
            self.store(elem, at, i as u32 * size, v);
        }
        smallvec![base, len, cap]
    }

    /// Makes room for `n` more elements: base, new length, capacity.
    fn grow(&mut self, elem: TypeId, s: &[Value], n: Value) -> (Value, Value, Value) {
        let len = self.b.binary(Op::Iadd, s[1], n);
        // An overflow of the length is a huge unsigned number too.
        let full = self.b.binary(Op::GtU, len, s[2]);
        let grow = self.b.new_block();
        let done = self.b.new_block();
        let base = self.b.add_block_param(done, Type::Ref);
        let cap = self.b.add_block_param(done, Type::I32);
        self.b.brif_args(full, (grow, &[]), (done, &[s[0], s[2]]));
        self.b.seal_block(grow);
        self.b.switch_to(grow);
        let typ = self.layout_addr(elem);
        let grown = self.rt("growslice", &[s[0], len, s[2], n, typ]);
        self.b.jump_args(done, &[grown[0], grown[2]]);
        self.b.seal_block(done);
        self.b.switch_to(done);
        (base, len, cap)
    }

    fn clear_builtin(&mut self, x: ExprId) -> Vec<Vals> {
        let t = self.typ(x);
        let s = self.expr(x);
        self.clear_value(t, &s);
        Vec::new()
    }

    /// `clear` of a value of type `t`.
    pub fn clear_value(&mut self, t: TypeId, s: &[Value]) {
        match self.cx.under(t) {
            TypeKind::Slice(elem) => {
                let size = self.cx.size(*elem);
                let zero = self.b.i32const(0);
                let bytes = self.scale(s[1], size);
                self.b.mem_fill(s[0], zero, bytes);
            }
            _ => {
                self.map_clear(t, s[0]);
            }
        }
    }

    /// The type of the parts of a complex type.
    fn complex_part(&self, t: TypeId) -> TypeId {
        let part = match self.cx.size(t) {
            8 => Basic::Float32,
            _ => Basic::Float64,
        };
        self.cx.basic(part)
    }

    fn complex(&mut self, t: TypeId, args: &[ExprId]) -> Vals {
        let part = if self.cx.size(t) == 8 {
            Basic::Float32
        } else {
            Basic::Float64
        };
        let part = self.cx.basic(part);
        args.iter()
            .map(|&a| {
                let from = self.typ(a);
                let v = self.expr(a);
                self.convert(v, from, part)[0]
            })
            .collect()
    }

    /// `copy(dst, src)`: the number of elements copied.
    fn copy(&mut self, dst: ExprId, src: ExprId) -> Value {
        let t = self.typ(dst);
        let d = self.expr(dst);
        let s = self.expr(src);
        self.copy_values(t, &d, &s)
    }

    /// `copy` of values, of which `dst` has type `t`.
    pub fn copy_values(&mut self, t: TypeId, d: &[Value], s: &[Value]) -> Value {
        let (elem, plain) = match self.cx.under(t) {
            TypeKind::Slice(elem) => (self.cx.size(*elem), self.cx.pointer_free(*elem)),
            _ => (1, false),
        };
        let less = self.b.binary(Op::LtS, s[1], d[1]);
        let n = self.b.select(less, s[1], d[1]);
        let bytes = self.scale(n, elem);
        self.b.mem_copy(d[0], s[0], bytes, plain);
        n
    }

    fn make(&mut self, t: TypeId, args: &[ExprId]) -> Vals {
        if let TypeKind::Chan { .. } = self.cx.under(t) {
            return smallvec![self.make_chan(t, args.get(1).copied())];
        }
        let TypeKind::Slice(elem) = self.cx.under(t) else {
            if let TypeKind::Map { .. } = self.cx.under(t) {
                return self.make_map(t, args.get(1).copied());
            }
            return self.zero(t);
        };
        let elem = self.cx.store.canon(*elem);
        let len = self.length_value(args[1]);
        let cap = match args.get(2) {
            Some(&cap) => self.length_value(cap),
            None => len,
        };
        let typ = self.layout_addr(elem);
        let base = self.rt("makeslice", &[typ, len, cap])[0];
        smallvec![base, len, cap]
    }

    /// `new(T)` and `new(x)`.
    fn new_builtin(&mut self, t: TypeId, arg: ExprId) -> Vals {
        let elem = self.cx.pointee(t).map_or(t, |e| self.cx.store.canon(e));
        if self.mode(arg) == polkago_types::Mode::Type {
            return smallvec![self.new_object(elem)];
        }
        let vals = self.expr_to(arg, elem);
        let base = self.new_object(elem);
        self.store(elem, base, 0, &vals);
        smallvec![base]
    }

    fn min_max(&mut self, builtin: Builtin, t: TypeId, args: &[ExprId]) -> Vals {
        let vals = args.iter().map(|&a| self.expr_to(a, t)).collect();
        self.least_or_most(builtin, t, vals)
    }

    /// The least or greatest of values of a type.
    fn least_or_most(&mut self, builtin: Builtin, t: TypeId, vals: Vec<Vals>) -> Vals {
        let min = builtin == Builtin::Min;
        let mut vals = vals.into_iter();
        let mut best = vals.next().unwrap_or_default();
        for v in vals {
            if self.cx.num(t) == Num::Float {
                // Wasm's have Go's rules for NaN and the zeros.
                let op = if min { Op::Fmin } else { Op::Fmax };
                best = smallvec![self.b.binary(op, best[0], v[0])];
                continue;
            }
            let op = if min { BinaryOp::Lt } else { BinaryOp::Gt };
            let better = self.compare(op, t, &v, &best);
            best = (v.iter().zip(&best))
                .map(|(&v, &b)| self.b.select(better, v, b))
                .collect();
        }
        best
    }

    fn print(&mut self, args: &[ExprId], line: bool) {
        // All arguments are evaluated before the first is printed.
        let mut vals = Vec::new();
        for &a in args {
            let t = self.typ(a);
            vals.push((t, self.expr_kept(a, t)));
        }
        self.print_values(vals, line);
    }

    /// `print` and `println` of values with their types.
    pub fn print_values(&mut self, vals: Vec<(TypeId, Vals)>, line: bool) {
        self.rt("printlock", &[]);
        for (i, (t, v)) in vals.into_iter().enumerate() {
            if line && i > 0 {
                self.rt("printsp", &[]);
            }
            self.print_value(t, v);
        }
        if line {
            self.rt("printnl", &[]);
        }
        self.rt("printunlock", &[]);
    }

    fn print_value(&mut self, t: TypeId, v: Vals) {
        let wide = |signed| if signed { Basic::Int64 } else { Basic::Uint64 };
        match self.cx.num(t) {
            Num::Bool => self.rt("printbool", &v),
            Num::Int { signed, .. } => {
                let v = self.convert(v, t, self.cx.basic(wide(signed)));
                let name = match signed {
                    true => "printint",
                    false if self.is_runtime_hex(t) => "printhex",
                    false => "printuint",
                };
                self.rt(name, &v)
            }
            Num::Float if self.cx.size(t) == 4 => self.rt("printfloat32", &v),
            Num::Float => self.rt("printfloat64", &v),
            Num::Complex if self.cx.size(t) == 8 => self.rt("printcomplex64", &v),
            Num::Complex => self.rt("printcomplex128", &v),
            Num::String => self.rt("printstring", &v),
            Num::Pointer => self.rt("printpointer", &v),
            Num::Other => match self.cx.under(t) {
                // Both words of any interface value are printed alike.
                TypeKind::Interface(_) => self.rt("printeface", &v),
                TypeKind::Slice(_) => self.rt("printslice", &v),
                _ => self.rt("printpointer", &v[..1]),
            },
        };
    }

    /// The type `hex` of package `runtime` prints in hexadecimal, as in the official runtime.
    fn is_runtime_hex(&self, t: TypeId) -> bool {
        let obj = self.cx.named(t).map(|n| self.cx.store.named(n).obj);
        obj.is_some_and(|obj| self.cx.object_symbol(obj) == "runtime.hex")
    }

    /// `unsafe.Add(p, n)`, `unsafe.Slice(p, n)` or `unsafe.String(p, n)`.
    fn at_pointer(&mut self, builtin: Builtin, pointer: TypeId, p: Value, n: Value) -> Vals {
        match builtin {
            Builtin::UnsafeSlice => self.unsafe_slice(pointer, p, n),
            Builtin::UnsafeString => self.unsafe_string(p, n),
            _ => smallvec![self.b.binary(Op::RefAdd, p, n)],
        }
    }

    /// `unsafe.Slice(p, n)`.
    fn unsafe_slice(&mut self, pointer: TypeId, p: Value, n: Value) -> Vals {
        let elem = self.cx.pointee(pointer).map_or(1, |e| self.cx.size(e));
        let most = self.b.i32const((0x7fff_ffff_u32 / elem.max(1)) as i32);
        let bad = self.b.binary(Op::GtU, n, most);
        self.panic_if(bad, "panicunsafeslicelen", &[]);
        let nil = self.b.unary(UnaryOp::Eqz, p, Type::I32);
        let zero = self.b.i32const(0);
        let some = self.b.binary(Op::Ne, n, zero);
        let bad = self.b.binary(Op::And, nil, some);
        self.panic_if(bad, "panicunsafeslicenilptr", &[]);
        let size = self.b.i32const(elem as i32);
        let bytes = self.b.binary(Op::Imul, n, size);
        self.check_end(p, bytes, "panicunsafeslicelen");
        smallvec![p, n, n]
    }

    /// `unsafe.String(p, n)`.
    fn unsafe_string(&mut self, p: Value, n: Value) -> Vals {
        let zero = self.b.i32const(0);
        let bad = self.b.binary(Op::LtS, n, zero);
        self.panic_if(bad, "panicunsafestringlen", &[]);
        let nil = self.b.unary(UnaryOp::Eqz, p, Type::I32);
        let some = self.b.binary(Op::Ne, n, zero);
        let bad = self.b.binary(Op::And, nil, some);
        self.panic_if(bad, "panicunsafestringnilptr", &[]);
        self.check_end(p, n, "panicunsafestringlen");
        smallvec![p, n]
    }

    /// Panics if a number of bytes from an address on reach beyond the address space. There are none at nil.
    fn check_end(&mut self, p: Value, bytes: Value, name: &'static str) {
        let start = self.ref_to_int(p);
        let zero = self.b.i32const(0);
        let room = self.b.binary(Op::Isub, zero, start);
        let bad = self.b.binary(Op::GtU, bytes, room);
        self.panic_if(bad, name, &[]);
    }

    /// The offset of a field from the start of the struct that a selector names.
    fn offset_of(&self, e: ExprId) -> u32 {
        let e = self.unparen(e);
        let polkago_syntax::ExprKind::Selector { x, .. } = self.kind(e) else {
            return 0;
        };
        let Some(selection) = self.src().info.selections.get(&e) else {
            return 0;
        };
        let mut t = self.typ(*x);
        let mut at = 0;
        for &index in &selection.path {
            t = self.cx.pointee(t).unwrap_or(t);
            let TypeKind::Struct(fields) = self.cx.under(t) else {
                return at;
            };
            at += self.cx.offsets(fields)[index as usize];
            t = fields[index as usize].typ;
        }
        at
    }
}
