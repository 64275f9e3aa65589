//! Interface values: conversions to them and type assertions (*Interface types*, *Type assertions*).
//!
//! The type word is a descriptor, or an itab where the interface has methods; the data word is the value itself for
//! pointer-shaped types, else a pointer to an immutable copy (decision record 0004).

use crate::func::FuncLowering;
use crate::program::Item;
use crate::scalars::Vals;
use polkago_ir::{BinaryOp as Op, Type, UnaryOp, Value};
use polkago_syntax::ExprId;
use polkago_types::{Mode, TypeId};
use smallvec::smallvec;

/// Byte offset of the dynamic type in an itab.
const ITAB_TYPE: u32 = 4;

impl FuncLowering<'_> {
    /// An expression of another type as an interface value.
    pub fn expr_to_interface(&mut self, e: ExprId, from: TypeId, to: TypeId) -> Vals {
        if self.cx.is_interface(from) {
            let vals = self.expr(e);
            return self.interface_to_interface(vals, from, to);
        }
        // A constant's copy is static data.
        if self.mode(e) == Mode::Constant
            && !self.cx.pointer_shaped(from)
            && let Some(c) = self.src().info.consts.get(&e)
            && let Some(data) = crate::statics::constant_data(self.cx, from, c)
        {
            let word = self.type_word(from, to);
            let name = data.object.name.clone();
            self.out.data.push(data.object);
            self.out.data.extend(data.others);
            return smallvec![word, self.b.sym_addr(&name, 0)];
        }
        let vals = self.expr(e);
        self.wrap_interface(vals, from, to)
    }

    /// A value of a concrete type as an interface value.
    pub fn wrap_interface(&mut self, vals: Vals, from: TypeId, to: TypeId) -> Vals {
        let word = self.type_word(from, to);
        let data = self.data_word(vals, from);
        smallvec![word, data]
    }

    /// The type word of a concrete type for an interface type.
    fn type_word(&mut self, from: TypeId, to: TypeId) -> Value {
        if self.cx.is_eface(to) {
            return self.type_addr(from);
        }
        let iface = self.cx.itab_interface(to);
        let symbol = self.need(Item::Itab { typ: from, iface });
        self.b.sym_addr(&symbol, 0)
    }

    /// The data word of a value.
    fn data_word(&mut self, vals: Vals, t: TypeId) -> Value {
        if self.cx.pointer_shaped(t) {
            return vals[0];
        }
        let info = self.cx.info(t);
        if info.size == 1 && !info.memory {
            // Every byte exists once in static data.
            let (name, data) = crate::statics::byte_table();
            self.out.data.push(data);
            let base = self.b.sym_addr(&name, 0);
            let Some(&v) = vals.first() else {
                return base;
            };
            let byte = self.extend(v, 8, false);
            return self.b.binary(Op::RefAdd, base, byte);
        }
        let at = self.new_object(t);
        if info.size > 0 {
            self.store(t, at, 0, &vals);
        }
        at
    }

    /// The value of a concrete type behind a data word.
    pub fn data_word_value(&mut self, t: TypeId, data: Value) -> Vals {
        if self.cx.pointer_shaped(t) {
            return smallvec![data];
        }
        self.load(t, data, 0)
    }

    /// An interface value as one of another interface type that it implements for sure.
    pub fn interface_to_interface(&mut self, vals: Vals, from: TypeId, to: TypeId) -> Vals {
        let canon = |t: TypeId| self.cx.store.canon(self.cx.store.underlying(t));
        if canon(from) == canon(to) || (self.cx.is_eface(from) && self.cx.is_eface(to)) {
            return vals;
        }
        let typ = self.dynamic_type(from, vals[0]);
        if self.cx.is_eface(to) {
            return smallvec![typ, vals[1]];
        }
        // A nil interface stays nil; otherwise the table is looked up.
        let look = self.b.new_block();
        let done = self.b.new_block();
        let word = self.b.add_block_param(done, Type::Ref);
        let nil = self.b.unary(UnaryOp::Eqz, typ, Type::I32);
        self.b.brif_args(nil, (done, &[typ]), (look, &[]));
        self.b.seal_block(look);
        self.b.switch_to(look);
        let inter = self.dynamic_interface(to);
        let tab = self.rt("assertE2I", &[inter, typ])[0];
        self.b.jump_args(done, &[tab]);
        self.b.seal_block(done);
        self.b.switch_to(done);
        smallvec![word, vals[1]]
    }

    /// The descriptor of an interface type for which a table is looked up at run time.
    fn dynamic_interface(&mut self, t: TypeId) -> Value {
        self.out.dynamic.push(t);
        self.type_addr(t)
    }

    /// The descriptor of the dynamic type behind a type word; null for a nil interface.
    pub fn dynamic_type(&mut self, iface: TypeId, word: Value) -> Value {
        if self.cx.is_eface(iface) {
            return word;
        }
        let load = self.b.new_block();
        let done = self.b.new_block();
        let result = self.b.add_block_param(done, Type::Ref);
        let nil = self.b.unary(UnaryOp::Eqz, word, Type::I32);
        self.b.brif_args(nil, (done, &[word]), (load, &[]));
        self.b.seal_block(load);
        self.b.switch_to(load);
        let typ = self.load_ref(word, ITAB_TYPE);
        self.b.jump_args(done, &[typ]);
        self.b.seal_block(done);
        self.b.switch_to(done);
        result
    }

    /// `x.(T)`, panicking where the type is another.
    pub fn assertion(&mut self, x: ExprId, to: TypeId) -> Vals {
        let from = self.typ(x);
        let vals = self.expr(x);
        let typ = self.dynamic_type(from, vals[0]);
        if self.cx.is_interface(to) {
            let nil = self.b.unary(UnaryOp::Eqz, typ, Type::I32);
            let want = self.type_addr(to);
            self.panic_if(nil, "panicnildottype", &[want]);
            if self.cx.is_eface(to) {
                return smallvec![typ, vals[1]];
            }
            let inter = self.dynamic_interface(to);
            let tab = self.rt("assertE2I", &[inter, typ])[0];
            return smallvec![tab, vals[1]];
        }
        let want = self.type_addr(to);
        let other = self.b.binary(Op::Ne, typ, want);
        let iface = self.type_addr(from);
        self.panic_if(other, "panicdottypeE", &[typ, want, iface]);
        self.data_word_value(to, vals[1])
    }

    /// `x.(T)` with a second result: the value, zero where the type is another, and whether it is that type.
    pub fn assertion_ok(&mut self, x: ExprId, to: TypeId) -> (Vals, Value) {
        let from = self.typ(x);
        let vals = self.expr(x);
        let typ = self.dynamic_type(from, vals[0]);
        self.try_assert(typ, vals[1], to)
    }

    /// The value of a type behind a dynamic type and data word, if it is of that type.
    fn try_assert(&mut self, typ: Value, data: Value, to: TypeId) -> (Vals, Value) {
        if self.cx.is_interface(to) {
            let (word, ok) = self.implements(typ, to);
            let null = self.b.null();
            let data = self.b.select(ok, data, null);
            return (smallvec![word, data], ok);
        }
        let ok = self.is_type(typ, to);
        if self.cx.pointer_shaped(to) {
            let null = self.b.null();
            return (smallvec![self.b.select(ok, data, null)], ok);
        }
        let info = self.cx.info(to);
        let yes = self.b.new_block();
        let no = self.b.new_block();
        let done = self.b.new_block();
        let types = self.cx.scalars(to);
        let results: Vals = types
            .iter()
            .map(|&ty| self.b.add_block_param(done, ty))
            .collect();
        self.b.brif(ok, yes, no);
        self.b.seal_block(yes);
        self.b.seal_block(no);
        self.b.switch_to(yes);
        let loaded = self.load(to, data, 0);
        self.b.jump_args(done, &loaded);
        self.b.switch_to(no);
        let zero = if info.memory {
            self.zero(to)
        } else {
            types.iter().map(|&ty| self.b.zero_value(ty)).collect()
        };
        self.b.jump_args(done, &zero);
        self.b.seal_block(done);
        self.b.switch_to(done);
        (results, ok)
    }

    /// Whether a dynamic type is a concrete type. Descriptors of identical types are one object.
    pub fn is_type(&mut self, typ: Value, t: TypeId) -> Value {
        let want = self.type_addr(t);
        self.b.binary(Op::Eq, typ, want)
    }

    /// The type word of a dynamic type for an interface type, null where it does not implement it, and whether it
    /// does.
    pub fn implements(&mut self, typ: Value, to: TypeId) -> (Value, Value) {
        if self.cx.is_eface(to) {
            let nil = self.b.unary(UnaryOp::Eqz, typ, Type::I32);
            return (typ, self.not(nil));
        }
        let look = self.b.new_block();
        let done = self.b.new_block();
        let word = self.b.add_block_param(done, Type::Ref);
        let nil = self.b.unary(UnaryOp::Eqz, typ, Type::I32);
        self.b.brif_args(nil, (done, &[typ]), (look, &[]));
        self.b.seal_block(look);
        self.b.switch_to(look);
        let inter = self.dynamic_interface(to);
        let tab = self.rt("assertE2I2", &[inter, typ])[0];
        self.b.jump_args(done, &[tab]);
        self.b.seal_block(done);
        self.b.switch_to(done);
        let nil = self.b.unary(UnaryOp::Eqz, word, Type::I32);
        let ok = self.not(nil);
        (word, ok)
    }
}
