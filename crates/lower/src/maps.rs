//! Maps (*Map types*, *Index expressions*, *Making slices, maps and channels*, *Deletion of map elements*).
//!
//! A map is one `ref` to a `Map` of `internal/runtime/maps`. Functions of package `runtime` find and make entries:
//! they take a descriptor of the map's layout, and the key by value where it is one scalar of 4 or 8 bytes or a
//! string, else its address.

use crate::arith::Num;
use crate::cx::Cx;
use crate::func::FuncLowering;
use crate::place::Place;
use crate::scalars::Vals;
use polkago_ir::{BinaryOp as Op, Type, Value};
use polkago_syntax::{ExprId, ExprKind};
use polkago_types::{ObjKind, TypeId, TypeKind};

/// Elements larger than this are not found through `runtime.zeroVal` (`abi.ZeroValSize`).
const ZERO_SIZE: u32 = 1024;
/// Keys and elements larger than this live outside of their slots (`abi.MapMaxKeyBytes`, `abi.MapMaxElemBytes`).
pub(crate) const MAX_INLINE: u32 = 128;
/// So many entries need no groups before the first assignment (`abi.MapGroupSlots`).
pub(crate) const GROUP_SLOTS: u32 = 8;
/// A literal of more constant entries than this is a loop over arrays.
const LOOP_ENTRIES: usize = 24;

/// How the functions of the runtime take the keys of a map.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Access {
    /// By address.
    Address,
    /// As `uint32`.
    Word,
    /// A pointer: as `uint32` where nothing is kept of it.
    Pointer,
    /// As `uint64`.
    Wide,
    /// As a string.
    Str,
}

/// An element of a map: the operands of an index expression.
#[derive(Clone, Debug)]
pub(crate) struct MapElem {
    typ: TypeId,
    map: Value,
    key: Vals,
}

impl Cx<'_> {
    /// The key and element types of a map type.
    pub fn map_types(&self, t: TypeId) -> Option<(TypeId, TypeId)> {
        match self.under(t) {
            TypeKind::Map { key, elem } => Some((self.store.canon(*key), self.store.canon(*elem))),
            _ => None,
        }
    }

    fn map_access(&self, key: TypeId, elem: TypeId) -> Access {
        if self.size(elem) > MAX_INLINE {
            return Access::Address;
        }
        if self.num(key) == Num::String {
            return Access::Str;
        }
        let info = self.info(key);
        match &*info.leaves {
            [leaf] if self.plain_memory(key) => match (leaf.ty(), info.size) {
                (Type::Ref, 4) => Access::Pointer,
                (Type::I32, 4) => Access::Word,
                (Type::I64, 8) => Access::Wide,
                _ => Access::Address,
            },
            _ => Access::Address,
        }
    }

    /// The type of iterators over maps: `internal/runtime/maps.Iter`.
    fn map_iter_type(&self) -> Option<TypeId> {
        let pkg = (self.packages.iter()).find(|p| &*p.path == "internal/runtime/maps")?;
        let obj = self.store.lookup_in_pkg(pkg.id, "Iter")?;
        matches!(self.obj(obj).kind, ObjKind::TypeName).then_some(())?;
        self.obj(obj).typ.get().map(|&t| self.store.canon(t))
    }
}

impl FuncLowering<'_> {
    /// The operands of `x[index]`, evaluated.
    pub fn map_elem(&mut self, x: ExprId, index: ExprId) -> Option<MapElem> {
        let typ = self.typ(x);
        let (key, _) = self.cx.map_types(typ)?;
        let map = self.expr1(x);
        let key = self.expr_kept(index, key);
        Some(MapElem { typ, map, key })
    }

    /// The operands of `x[index]`, evaluated, for an element that is read at once.
    pub fn map_elem_read(&mut self, x: ExprId, index: ExprId) -> Option<MapElem> {
        if self.bytes_as_string(index).is_none() {
            return self.map_elem(x, index);
        }
        let typ = self.typ(x);
        let (key, _) = self.cx.map_types(typ)?;
        let map = self.expr1(x);
        let key = self.transient_to(index, key);
        Some(MapElem { typ, map, key })
    }

    /// The element type of an element's map.
    pub fn map_elem_type(&self, at: &MapElem) -> TypeId {
        let types = self.cx.map_types(at.typ);
        types.map_or(at.typ, |(_, elem)| elem)
    }

    /// The address of a value.
    fn spilled(&mut self, t: TypeId, vals: &[Value]) -> Value {
        if self.cx.info(t).memory {
            return vals[0];
        }
        match self.spill(t, vals) {
            Place::Mem { base, .. } => base,
            Place::Blank | Place::Ssa(_) => self.b.null(),
        }
    }

    /// Calls one of the functions of the runtime for an element: `name`, or a variant for the kind of key.
    fn map_call(&mut self, name: &str, at: &MapElem) -> Vals {
        let Some((key, elem)) = self.cx.map_types(at.typ) else {
            return Vals::new();
        };
        let typ = self.map_type_addr(at.typ);
        let access = self.cx.map_access(key, elem);
        let mut args = Vals::from_slice(&[typ, at.map]);
        let suffix = match access {
            Access::Address => {
                args.push(self.spilled(key, &at.key));
                ""
            }
            Access::Pointer if name == "mapassign" => {
                args.push(at.key[0]);
                "_fast32ptr"
            }
            Access::Pointer => {
                args.push(self.ref_to_int(at.key[0]));
                "_fast32"
            }
            Access::Word => {
                args.push(at.key[0]);
                "_fast32"
            }
            Access::Wide => {
                args.push(at.key[0]);
                "_fast64"
            }
            Access::Str => {
                args.extend_from_slice(&at.key);
                "_faststr"
            }
        };
        self.rt(&format!("{name}{suffix}"), &args)
    }

    /// The value of an element and whether there is one.
    pub fn map_get_ok(&mut self, at: &MapElem) -> (Vals, Value) {
        let elem = self.map_elem_type(at);
        let found = self.map_call("mapaccess2", at);
        let (p, ok) = (found[0], found[1]);
        if self.cx.size(elem) <= ZERO_SIZE {
            return (self.loaded(elem, p), ok);
        }
        // What stands for the zero value is too small: the copy is made only of what is there.
        let to = self.temp(elem);
        self.store_zero(elem, to, 0);
        let copy = self.b.new_block();
        let done = self.b.new_block();
        self.b.brif(ok, copy, done);
        self.b.seal_block(copy);
        self.b.switch_to(copy);
        let vals = self.load(elem, p, 0);
        self.store(elem, to, 0, &vals);
        self.leave_to(done);
        (self.load(elem, to, 0), ok)
    }

    /// The value of an element, or the zero value.
    pub fn map_get(&mut self, at: &MapElem) -> Vals {
        let elem = self.map_elem_type(at);
        if self.cx.size(elem) > ZERO_SIZE {
            return self.map_get_ok(at).0;
        }
        let p = self.map_call("mapaccess1", at)[0];
        self.loaded(elem, p)
    }

    /// The value in a map's memory, which later assignments may move or change.
    fn loaded(&mut self, t: TypeId, p: Value) -> Vals {
        let vals = self.load(t, p, 0);
        self.copied(t, vals)
    }

    /// The place of an element, which is made if it is not there.
    pub fn map_slot(&mut self, at: &MapElem) -> Place {
        let p = self.map_call("mapassign", at)[0];
        self.know(p);
        Place::memory(p, 0)
    }

    /// `delete(x, index)`.
    pub fn map_delete(&mut self, x: ExprId, index: ExprId) {
        if let Some(at) = self.map_elem(x, index) {
            self.map_call("mapdelete", &at);
        }
    }

    /// `delete` with its operands, the key of the map's key type.
    pub fn map_delete_key(&mut self, typ: TypeId, map: Value, key: Vals) {
        self.map_call("mapdelete", &MapElem { typ, map, key });
    }

    /// `clear(x)`.
    pub fn map_clear(&mut self, t: TypeId, map: Value) {
        let typ = self.map_type_addr(t);
        self.rt("mapclear", &[typ, map]);
    }

    /// The number of entries: the first word of a map. Reading it at nil is harmless, nothing lies there.
    pub fn map_len(&mut self, map: Value) -> Value {
        let n = self.load_i32(map, 0);
        let zero = self.b.i32const(0);
        let some = self.b.unary(polkago_ir::UnaryOp::RefToInt, map, Type::I32);
        self.b.select(some, n, zero)
    }

    /// `make(T, hint)`.
    pub fn make_map(&mut self, t: TypeId, hint: Option<ExprId>) -> Vals {
        let small = match hint {
            None => true,
            Some(e) => (self.const_int(e)).is_some_and(|n| n <= i64::from(GROUP_SLOTS)),
        };
        let hint = match hint {
            Some(e) if !small => Some(self.length_value(e)),
            _ => None,
        };
        self.new_map(t, hint)
    }

    /// A fresh map, for `hint` entries if there may be more than a few.
    fn new_map(&mut self, t: TypeId, hint: Option<Value>) -> Vals {
        let map = match hint {
            None => self.rt("makemap_small", &[])[0],
            Some(hint) => {
                let typ = self.map_type_addr(t);
                self.rt("makemap", &[typ, hint])[0]
            }
        };
        self.know(map);
        Vals::from_slice(&[map])
    }

    /// A map literal.
    pub fn map_literal(&mut self, e: ExprId, t: TypeId) -> Vals {
        let Some((key, elem)) = self.cx.map_types(t) else {
            return self.zero(t);
        };
        let entries: Vec<(ExprId, ExprId)> = (self.elements(e).into_iter())
            .filter_map(|entry| match self.kind(entry) {
                ExprKind::KeyValue { key, value, .. } => Some((*key, *value)),
                _ => None,
            })
            .collect();
        let n = entries.len();
        let hint = (n > GROUP_SLOTS as usize).then(|| self.b.i32const(n as i32));
        let map = self.new_map(t, hint);
        if n > LOOP_ENTRIES && self.map_from_arrays(t, map[0], &entries) {
            return map;
        }
        for (k, v) in entries {
            let kept = self.element_value(k, key);
            let kept = if self.is_place(k) {
                self.copied(key, kept)
            } else {
                kept
            };
            let vals = self.element_value(v, elem);
            self.map_set(t, map[0], kept, &vals);
        }
        map
    }

    /// Sets one entry.
    fn map_set(&mut self, typ: TypeId, map: Value, key: Vals, vals: &[Value]) {
        let at = MapElem { typ, map, key };
        let elem = self.map_elem_type(&at);
        let place = self.map_slot(&at);
        self.assign(elem, &place, vals);
    }

    /// Sets the entries of a literal whose keys and values are all constant, from two arrays in static data. Gives
    /// false if they are not.
    fn map_from_arrays(&mut self, t: TypeId, map: Value, entries: &[(ExprId, ExprId)]) -> bool {
        let Some((key, elem)) = self.cx.map_types(t) else {
            return false;
        };
        let (keys, values): (Vec<ExprId>, Vec<ExprId>) = entries.iter().copied().unzip();
        let (Some(keys), Some(values)) = (
            self.constant_array(&keys, key),
            self.constant_array(&values, elem),
        ) else {
            return false;
        };
        let bases = [keys, values].map(|array| self.constant_addr(array));
        let i = self.b.declare_var(Type::I32);
        let zero = self.b.i32const(0);
        self.b.def_var(i, zero);
        let mark = self.mark();
        let head = self.b.new_block();
        let body = self.b.new_block();
        let done = self.b.new_block();
        self.b.jump(head);
        self.b.switch_to(head);
        let n = self.b.use_var(i);
        let len = self.b.i32const(entries.len() as i32);
        let more = self.b.binary(Op::LtU, n, len);
        self.b.brif(more, body, done);
        self.b.seal_block(body);
        self.b.switch_to(body);
        let at = self.element(bases[0], n, self.cx.size(key));
        let k = self.load(key, at, 0);
        let at = self.element(bases[1], n, self.cx.size(elem));
        let v = self.load(elem, at, 0);
        self.map_set(t, map, k, &v);
        let one = self.b.i32const(1);
        let n = self.b.binary(Op::Iadd, n, one);
        self.b.def_var(i, n);
        self.b.jump(head);
        self.b.seal_block(head);
        self.b.seal_block(done);
        self.b.switch_to(done);
        self.forget(mark);
        true
    }

    /// Begins an iteration: the address of the iterator.
    pub fn map_iter(&mut self, t: TypeId, map: Value) -> Option<Value> {
        let Some(iter) = self.cx.map_iter_type() else {
            self.error("polkago: package internal/runtime/maps has no type Iter");
            return None;
        };
        let it = self.temp(iter);
        self.store_zero(iter, it, 0);
        let typ = self.map_type_addr(t);
        self.rt("mapIterStart", &[typ, map, it]);
        Some(it)
    }

    /// The address of the descriptor that the functions of the runtime take for a map type.
    fn map_type_addr(&mut self, t: TypeId) -> Value {
        let (mut data, mut needs) = crate::map_types::map_layout(self.cx, t);
        let name = data[0].name.clone();
        self.out.data.append(&mut data);
        self.out.needs.append(&mut needs);
        self.b.sym_addr(&name, 0)
    }
}
