//! What the runtime must know of a map type: `abi.MapType` behind `abi.Type`, in the release's layout for 4-byte
//! words.
//!
//! Compiled code passes a descriptor without names, in which key and element are layouts only, so that a map whose
//! type nobody asks for at run time costs no descriptors. Map types of the same layout share it.

use crate::arith::Num;
use crate::cx::Cx;
use crate::descriptors::{TYPE_SIZE, layout_data, put_layout};
use crate::equality::closure_symbol;
use crate::hashing::hasher;
use crate::maps::{GROUP_SLOTS, MAX_INLINE};
use crate::program::Item;
use crate::statics::Blob;
use polkago_ir::{Data, Symbol};
use polkago_types::{Basic, Field, TypeId, TypeKind};

// `abi.MapType.Flags`.
const NEED_KEY_UPDATE: u32 = 1 << 0;
const HASH_MIGHT_PANIC: u32 = 1 << 1;
const INDIRECT_KEY: u32 = 1 << 2;
const INDIRECT_ELEM: u32 = 1 << 3;

/// Bytes of `abi.MapType` behind `abi.Type`.
pub(crate) const MAP_SIZE: u32 = 32;

impl Cx<'_> {
    /// Whether a part of a key satisfies a predicate.
    fn any_part(&self, t: TypeId, holds: &impl Fn(TypeId) -> bool) -> bool {
        match self.under(t) {
            TypeKind::Array { elem, .. } => self.any_part(*elem, holds),
            TypeKind::Struct(fields) => fields.iter().any(|f| self.any_part(f.typ, holds)),
            _ => holds(t),
        }
    }

    /// Whether equal keys may differ in their bytes, or should not keep each other's memory alive.
    fn needs_key_update(&self, t: TypeId) -> bool {
        self.any_part(t, &|t| {
            self.is_interface(t) || matches!(self.num(t), Num::Float | Num::Complex | Num::String)
        })
    }

    /// Whether hashing a key may panic: it holds an interface value.
    pub fn hash_might_panic(&self, t: TypeId) -> bool {
        self.any_part(t, &|t| self.is_interface(t))
    }

    fn struct_of(&self, fields: &[(&str, TypeId)]) -> TypeId {
        let fields = (fields.iter())
            .map(|&(name, typ)| Field {
                name: self.store.sym(name),
                pkg: None,
                typ,
                embedded: false,
                tag: "".into(),
            })
            .collect();
        self.store.canon(self.store.struct_type(fields))
    }

    /// The struct types of a slot and of a group of slots.
    fn map_group(&self, key: TypeId, elem: TypeId) -> (TypeId, TypeId) {
        let inline = |t| {
            if self.size(t) > MAX_INLINE {
                self.basic(Basic::UnsafePointer)
            } else {
                t
            }
        };
        let slot = self.struct_of(&[("key", inline(key)), ("elem", inline(elem))]);
        let slots = self.store.array(u64::from(GROUP_SLOTS), slot);
        let ctrl = self.basic(Basic::Uint64);
        (slot, self.struct_of(&[("ctrl", ctrl), ("slots", slots)]))
    }
}

/// What `abi.MapType` refers to, but for key and element.
pub(crate) struct MapParts {
    /// The layout descriptor of a group, and what it refers to.
    pub data: Vec<Data>,
    /// The hash function.
    pub needs: Item,
}

/// Writes all of `abi.MapType` but the descriptors of key and element, at the offset behind `abi.Type`.
pub(crate) fn put_map(
    cx: &Cx<'_>,
    blob: &mut Blob,
    at: u32,
    key: TypeId,
    elem: TypeId,
) -> MapParts {
    let (slot, group) = cx.map_group(key, elem);
    let data = layout_data(cx, group);
    blob.put_addr(at + 8, data[0].name.clone(), 0);
    let (needs, closure) = hasher(cx, key);
    blob.put_addr(at + 12, closure, 0);
    let elem_offset = match cx.under(slot) {
        TypeKind::Struct(fields) => cx.offsets(fields)[1],
        _ => 0,
    };
    let mut flags = 0;
    for (set, flag) in [
        (cx.needs_key_update(key), NEED_KEY_UPDATE),
        (cx.hash_might_panic(key), HASH_MIGHT_PANIC),
        (cx.size(key) > MAX_INLINE, INDIRECT_KEY),
        (cx.size(elem) > MAX_INLINE, INDIRECT_ELEM),
    ] {
        if set {
            flags |= flag;
        }
    }
    for (i, word) in [cx.size(group), cx.size(slot), elem_offset, flags]
        .into_iter()
        .enumerate()
    {
        blob.put_u32(at + 16 + 4 * i as u32, word);
    }
    MapParts { data, needs }
}

/// The descriptor of a map's layout: the first object; the others are what it refers to.
pub(crate) fn map_layout(cx: &Cx<'_>, t: TypeId) -> (Vec<Data>, Vec<Item>) {
    let Some((key, elem)) = cx.map_types(t) else {
        return (layout_data(cx, t), Vec::new());
    };
    let mut blob = Blob::zero(TYPE_SIZE + MAP_SIZE);
    let mut needs = Vec::new();
    // A key that is not hashable is named in the panic.
    let (key_symbol, mut data): (Symbol, Vec<Data>) = if cx.hash_might_panic(key) {
        needs.push(Item::Type(key));
        (cx.symbol(&Item::Type(key)), Vec::new())
    } else {
        let equal = cx.equal_item(key);
        let data = key_data(cx, key, closure_symbol(cx, &equal));
        needs.push(equal);
        (data[0].name.clone(), data)
    };
    blob.put_addr(TYPE_SIZE, key_symbol, 0);
    let elem_data = layout_data(cx, elem);
    blob.put_addr(TYPE_SIZE + 4, elem_data[0].name.clone(), 0);
    data.extend(elem_data);
    let parts = put_map(cx, &mut blob, TYPE_SIZE, key, elem);
    data.extend(parts.data);
    needs.push(parts.needs);
    let mut map = blob.into_const(4);
    map.name = map.name.replacen("const", "map", 1).into();
    data.insert(0, map);
    (data, needs)
}

/// A layout descriptor that can compare.
fn key_data(cx: &Cx<'_>, t: TypeId, equal: Symbol) -> Vec<Data> {
    let mut blob = Blob::zero(TYPE_SIZE);
    let mut out = put_layout(cx, t, &mut blob);
    blob.put_addr(16, equal, 0);
    let mut data = blob.into_const(4);
    data.name = data.name.replacen("const", "layout", 1).into();
    out.insert(0, data);
    out
}
