//! Interface tables (`abi.ITab`, decision record 0004).

use crate::cx::Cx;
use crate::methods::MethodTarget;
use crate::output::{ItabEntry, Output};
use crate::program::Item;
use crate::statics::Blob;
use polkago_types::{PkgId, Sym, TypeId};

/// Byte offset of the first method in an itab.
pub(crate) const ITAB_FUN: u32 = 12;

impl Cx<'_> {
    /// The interface type for which itabs are made: the one behind a declared type, so that identical interfaces
    /// share them.
    pub fn itab_interface(&self, iface: TypeId) -> TypeId {
        self.store.canon(self.store.underlying(iface))
    }

    /// The item of the function that stands in itabs for a method: one whose receiver is the data word.
    pub fn itab_method(&self, recv: TypeId, name: Sym, pkg: Option<PkgId>) -> Item {
        if self.pointer_shaped(recv) {
            Item::Func(self.method_callable(recv, name, pkg))
        } else {
            Item::ItabMethod { recv, name, pkg }
        }
    }

    /// The function that takes a receiver of exactly that type: a declared one, or one that is generated.
    pub fn method_callable(
        &self,
        recv: TypeId,
        name: Sym,
        pkg: Option<PkgId>,
    ) -> crate::program::Callable {
        let set = self.method_set(recv);
        if let Some(entry) = set.find(name, pkg)
            && entry.path.is_empty()
            && let MethodTarget::Declared { inst, pointer } = &entry.target
            && *pointer == self.pointee_of_kind(recv).is_some()
        {
            return crate::program::Callable::Declared(inst.clone());
        }
        crate::program::Callable::Method { recv, name, pkg }
    }

    /// The element type of a type that is written as a pointer, not of a declared one.
    fn pointee_of_kind(&self, t: TypeId) -> Option<TypeId> {
        match self.kind(t) {
            polkago_types::TypeKind::Pointer(elem) => Some(*elem),
            _ => None,
        }
    }
}

/// Lowers the table of a concrete type's methods for an interface type. The code of each method is put in once it is
/// known that the program calls it through an interface.
pub(crate) fn lower_itab(cx: &Cx<'_>, typ: TypeId, iface: TypeId) -> Output {
    let mut out = Output::default();
    let methods = &cx.method_set(iface).methods;
    let mut blob = Blob::zero(ITAB_FUN + 4 * methods.len() as u32);
    for (offset, item) in [(0, Item::Type(iface)), (4, Item::Type(typ))] {
        blob.put_addr(offset, cx.symbol(&item), 0);
        out.needs.push(item);
    }
    blob.put_u32(8, crate::descriptors::type_hash(cx, typ));
    for (i, method) in methods.iter().enumerate() {
        out.itab_entries.push(ItabEntry {
            typ,
            iface,
            offset: ITAB_FUN + 4 * i as u32,
            method: method.key(),
        });
    }
    let name = cx.symbol(&Item::Itab { typ, iface });
    out.data.push(blob.into_data(name, 4, None));
    out
}
