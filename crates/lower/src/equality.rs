//! Comparison of objects in memory: the `Equal` functions of descriptors, and arrays and large structs.

use crate::arith::Num;
use crate::cx::Cx;
use crate::func::FuncLowering;
use crate::output::Output;
use crate::program::Item;
use crate::statics::Blob;
use polkago_ir::{BinaryOp as Op, Signature, Symbol, Type, Value};
use polkago_types::{TypeId, TypeKind};

impl Cx<'_> {
    /// Whether values of a type can be compared (*Comparison operators*).
    pub fn comparable(&self, t: TypeId) -> bool {
        match self.under(t) {
            TypeKind::Slice(_) | TypeKind::Map { .. } | TypeKind::Func(_) => false,
            TypeKind::Array { elem, .. } => self.comparable(*elem),
            TypeKind::Struct(fields) => fields.iter().all(|f| self.comparable(f.typ)),
            _ => true,
        }
    }

    /// Whether two values are equal exactly if their bytes are.
    pub fn plain_memory(&self, t: TypeId) -> bool {
        match self.under(t) {
            TypeKind::Basic(_) => matches!(self.num(t), Num::Int { .. } | Num::Bool | Num::Pointer),
            TypeKind::Pointer(_) | TypeKind::Chan { .. } => true,
            TypeKind::Array { elem, .. } => self.plain_memory(*elem),
            TypeKind::Struct(fields) => {
                let offsets = self.offsets(fields);
                let mut at = 0;
                fields.iter().zip(&offsets).all(|(f, &offset)| {
                    let dense = offset == at;
                    at = offset + self.size(f.typ);
                    dense && self.text(f.name) != "_" && self.plain_memory(f.typ)
                }) && offsets.last() == Some(&at)
            }
            _ => false,
        }
    }

    /// The function value that compares two objects of a comparable type.
    pub fn equal_item(&self, t: TypeId) -> Item {
        if self.plain_memory(t) {
            return Item::EqualBytes(self.size(t));
        }
        // Types that differ in their names only are compared alike.
        Item::Equal(self.store.canon(self.store.underlying(t)))
    }
}

/// The symbol of the closure object of a comparison.
pub(crate) fn closure_symbol(cx: &Cx<'_>, item: &Item) -> Symbol {
    format!("{}·f", cx.symbol(item)).into()
}

fn equal_signature() -> Signature {
    Signature::new([Type::Ref, Type::Ref, Type::Ref], [Type::I32])
}

fn with_closure(cx: &Cx<'_>, item: &Item, mut f: FuncLowering<'_>, equal: Value) -> Output {
    f.b.ret(&[equal]);
    let mut blob = Blob::zero(4);
    blob.put_func(0, cx.symbol(item));
    f.out
        .data
        .push(blob.into_data(closure_symbol(cx, item), 4, None));
    f.finish()
}

/// Lowers the comparison of two objects of a type.
pub(crate) fn lower_equal(cx: &Cx<'_>, t: TypeId) -> Output {
    let item = Item::Equal(t);
    let mut f = FuncLowering::generated(cx, cx.symbol(&item), equal_signature());
    let (p, q) = (f.b.params()[1], f.b.params()[2]);
    let equal = f.equal_memory(t, p, q);
    with_closure(cx, &item, f, equal)
}

/// Lowers the comparison of a number of bytes.
pub(crate) fn lower_equal_bytes(cx: &Cx<'_>, n: u32) -> Output {
    let item = Item::EqualBytes(n);
    let mut f = FuncLowering::generated(cx, cx.symbol(&item), equal_signature());
    let (p, q) = (f.b.params()[1], f.b.params()[2]);
    let equal = f.equal_bytes(n, p, q);
    with_closure(cx, &item, f, equal)
}

impl FuncLowering<'_> {
    /// Whether that many bytes are equal.
    fn equal_bytes(&mut self, n: u32, p: Value, q: Value) -> Value {
        use polkago_ir::MemType as M;
        let mem = match n {
            0 => return self.bool(true),
            1 => M::U8,
            2 => M::U16,
            4 => M::Full(Type::I32),
            8 => M::Full(Type::I64),
            _ => {
                let n = self.b.i32const(n as i32);
                return self.rt("memequal", &[p, q, n])[0];
            }
        };
        let a = self.b.load(mem, p, 0);
        let b = self.b.load(mem, q, 0);
        self.b.binary(Op::Eq, a, b)
    }

    /// Whether two objects of a type are equal.
    pub fn equal_memory(&mut self, t: TypeId, p: Value, q: Value) -> Value {
        let info = self.cx.info(t);
        if self.cx.plain_memory(t) {
            return self.equal_bytes(info.size, p, q);
        }
        if !info.memory {
            let x = self.load(t, p, 0);
            let y = self.load(t, q, 0);
            return self.equal(t, &x, &y);
        }
        match self.cx.under(t) {
            TypeKind::Array { len, elem } => self.equal_elements(*len as u32, *elem, p, q),
            TypeKind::Struct(fields) => {
                let offsets = self.cx.offsets(fields);
                let parts: Vec<(TypeId, u32)> = fields
                    .iter()
                    .zip(offsets)
                    .filter(|(f, _)| self.cx.text(f.name) != "_")
                    .map(|(f, offset)| (f.typ, offset))
                    .collect();
                self.equal_fields(&parts, p, q)
            }
            _ => self.bool(true),
        }
    }

    fn equal_fields(&mut self, parts: &[(TypeId, u32)], p: Value, q: Value) -> Value {
        let Some((&(t, offset), rest)) = parts.split_first() else {
            return self.bool(true);
        };
        let (a, b) = (self.offset(p, offset), self.offset(q, offset));
        let first = self.equal_memory(t, a, b);
        if rest.is_empty() {
            return first;
        }
        self.and_then(first, |f| f.equal_fields(rest, p, q))
    }

    /// Element by element, up to the first difference.
    fn equal_elements(&mut self, len: u32, elem: TypeId, p: Value, q: Value) -> Value {
        let size = self.cx.size(elem);
        let i = self.b.declare_var(Type::I32);
        let zero = self.b.i32const(0);
        self.b.def_var(i, zero);
        let head = self.b.new_block();
        let body = self.b.new_block();
        let next = self.b.new_block();
        let done = self.b.new_block();
        let result = self.b.add_block_param(done, Type::I32);
        self.b.jump(head);
        self.b.switch_to(head);
        let n = self.b.use_var(i);
        let len = self.b.i32const(len as i32);
        let more = self.b.binary(Op::LtU, n, len);
        let yes = self.bool(true);
        self.b.brif_args(more, (body, &[]), (done, &[yes]));
        self.b.seal_block(body);
        self.b.switch_to(body);
        let a = self.element(p, n, size);
        let b = self.element(q, n, size);
        let equal = self.equal_memory(elem, a, b);
        self.b.brif_args(equal, (next, &[]), (done, &[equal]));
        self.b.seal_block(next);
        self.b.switch_to(next);
        let one = self.b.i32const(1);
        let n = self.b.binary(Op::Iadd, n, one);
        self.b.def_var(i, n);
        self.b.jump(head);
        self.b.seal_block(head);
        self.b.seal_block(done);
        self.b.switch_to(done);
        result
    }
}
