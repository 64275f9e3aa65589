//! Hash functions for the keys of maps: two keys that are equal have the same hash for the same seed.

use crate::arith::Num;
use crate::cx::{Cx, FuncInst};
use crate::equality::closure_symbol;
use crate::func::FuncLowering;
use crate::output::Output;
use crate::program::{Callable, Item};
use crate::statics::Blob;
use polkago_ir::{BinaryOp as Op, Signature, Symbol, Type, Value};
use polkago_types::{Basic, TypeId, TypeKind};

impl Cx<'_> {
    /// The function of package `runtime` that hashes values of a type, if one does.
    fn runtime_hash(&self, t: TypeId) -> Option<&'static str> {
        if self.plain_memory(t) {
            return match self.size(t) {
                4 => Some("memhash32"),
                8 => Some("memhash64"),
                _ => None,
            };
        }
        match (self.num(t), self.as_basic(t)) {
            (Num::String, _) => Some("strhash"),
            (_, Some(Basic::Float32)) => Some("f32hash"),
            (_, Some(Basic::Float64)) => Some("f64hash"),
            (_, Some(Basic::Complex64)) => Some("c64hash"),
            (_, Some(Basic::Complex128)) => Some("c128hash"),
            _ if self.is_eface(t) => Some("nilinterhash"),
            _ if self.is_interface(t) => Some("interhash"),
            _ => None,
        }
    }
}

/// The hash function of a key type: the item, and the symbol of its closure object.
pub(crate) fn hasher(cx: &Cx<'_>, t: TypeId) -> (Item, Symbol) {
    if let Some(obj) = cx.runtime_hash(t).and_then(|name| cx.runtime_func(name)) {
        let item = Item::FuncValue(Callable::Declared(FuncInst::plain(obj)));
        let symbol = cx.symbol(&item);
        return (item, symbol);
    }
    let item = if cx.plain_memory(t) {
        Item::HashBytes(cx.size(t))
    } else {
        Item::Hash(cx.store.canon(cx.store.underlying(t)))
    };
    let symbol = closure_symbol(cx, &item);
    (item, symbol)
}

/// Lowers the hash function of a type.
pub(crate) fn lower_hash(cx: &Cx<'_>, t: TypeId) -> Output {
    lower(cx, &Item::Hash(t), |f, p, h| f.hash_memory(t, p, h))
}

/// Lowers the hash function for a number of bytes.
pub(crate) fn lower_hash_bytes(cx: &Cx<'_>, n: u32) -> Output {
    lower(cx, &Item::HashBytes(n), |f, p, h| f.hash_bytes(n, p, h))
}

/// A function `(closure, address, seed) hash` and its closure object.
fn lower(
    cx: &Cx<'_>,
    item: &Item,
    body: impl FnOnce(&mut FuncLowering<'_>, Value, Value) -> Value,
) -> Output {
    let sig = Signature::new([Type::Ref, Type::Ref, Type::I32], [Type::I32]);
    let mut f = FuncLowering::generated(cx, cx.symbol(item), sig);
    let (p, h) = (f.b.params()[1], f.b.params()[2]);
    let hash = body(&mut f, p, h);
    f.b.ret(&[hash]);
    let mut blob = Blob::zero(4);
    blob.put_func(0, cx.symbol(item));
    let data = blob.into_data(closure_symbol(cx, item), 4, None);
    f.out.data.push(data);
    f.finish()
}

impl FuncLowering<'_> {
    fn hash_bytes(&mut self, n: u32, p: Value, h: Value) -> Value {
        match n {
            0 => h,
            4 => self.rt("memhash32", &[p, h])[0],
            8 => self.rt("memhash64", &[p, h])[0],
            _ => {
                let n = self.b.i32const(n as i32);
                self.rt("memhash", &[p, h, n])[0]
            }
        }
    }

    /// The hash of an object of a type.
    fn hash_memory(&mut self, t: TypeId, p: Value, h: Value) -> Value {
        if self.cx.plain_memory(t) {
            return self.hash_bytes(self.cx.size(t), p, h);
        }
        if let Some(name) = self.cx.runtime_hash(t) {
            return self.rt(name, &[p, h])[0];
        }
        match self.cx.under(t) {
            TypeKind::Array { len, elem } => self.hash_elements(*len as u32, *elem, p, h),
            TypeKind::Struct(fields) => {
                let offsets = self.cx.offsets(fields);
                let parts: Vec<(TypeId, u32)> = (fields.iter().zip(offsets))
                    .filter(|(f, _)| self.cx.text(f.name) != "_")
                    .map(|(f, offset)| (f.typ, offset))
                    .collect();
                self.hash_fields(&parts, p, h)
            }
            _ => h,
        }
    }

    /// Field by field; those that lie side by side and are equal exactly if their bytes are, at once.
    fn hash_fields(&mut self, parts: &[(TypeId, u32)], p: Value, h: Value) -> Value {
        let (mut h, mut i) = (h, 0);
        while let Some(&(t, start)) = parts.get(i) {
            i += 1;
            let at = self.offset(p, start);
            if !self.cx.plain_memory(t) {
                h = self.hash_memory(t, at, h);
                continue;
            }
            let mut end = start + self.cx.size(t);
            while let Some(&(t, offset)) = parts.get(i)
                && offset == end
                && self.cx.plain_memory(t)
            {
                end += self.cx.size(t);
                i += 1;
            }
            h = self.hash_bytes(end - start, at, h);
        }
        h
    }

    fn hash_elements(&mut self, len: u32, elem: TypeId, p: Value, h: Value) -> Value {
        let size = self.cx.size(elem);
        let i = self.b.declare_var(Type::I32);
        let zero = self.b.i32const(0);
        self.b.def_var(i, zero);
        let hash = self.b.declare_var(Type::I32);
        self.b.def_var(hash, h);
        let head = self.b.new_block();
        let body = self.b.new_block();
        let done = self.b.new_block();
        self.b.jump(head);
        self.b.switch_to(head);
        let n = self.b.use_var(i);
        let len = self.b.i32const(len as i32);
        let more = self.b.binary(Op::LtU, n, len);
        self.b.brif(more, body, done);
        self.b.seal_block(body);
        self.b.switch_to(body);
        let at = self.element(p, n, size);
        let h = self.b.use_var(hash);
        let h = self.hash_memory(elem, at, h);
        self.b.def_var(hash, h);
        let one = self.b.i32const(1);
        let n = self.b.binary(Op::Iadd, n, one);
        self.b.def_var(i, n);
        self.b.jump(head);
        self.b.seal_block(head);
        self.b.seal_block(done);
        self.b.switch_to(done);
        self.b.use_var(hash)
    }
}
