//! Finding functions of package `runtime`, which lowered code calls by name.

use crate::cx::Cx;
use polkago_types::{ObjId, ObjKind, Subst, TypeId};

impl Cx<'_> {
    /// A function of package `runtime`.
    pub fn runtime_func(&self, name: &str) -> Option<ObjId> {
        let pkg = self.runtime?;
        let obj = self.store.lookup_in_pkg(pkg.id, name)?;
        matches!(self.obj(obj).kind, ObjKind::Func(_)).then_some(obj)
    }

    /// A type of package `runtime` without type parameters.
    pub fn runtime_type(&self, name: &str) -> Option<TypeId> {
        let pkg = self.runtime?;
        let obj = self.store.lookup_in_pkg(pkg.id, name)?;
        let is_type = matches!(self.obj(obj).kind, ObjKind::TypeName);
        is_type.then(|| self.obj_type(obj, &Subst::default()))
    }
}
