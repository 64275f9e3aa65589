//! What the types in a type set have in common: for operations that need one underlying type, as calls, ranges,
//! channel operations and composite literals do.

use crate::checker::Checker;
use crate::{TypeId, TypeKind};
use polkago_syntax::ChanDir;

impl Checker<'_> {
    /// The one underlying type of a type, or of all specific types of a type parameter, where channels may differ in
    /// direction. `refuse` says what is wrong with a type and its underlying type (absent where there are no
    /// specific types), if anything. Else the cause, for a message.
    pub(crate) fn common_under(
        &self,
        t: TypeId,
        refuse: impl Fn(&Self, TypeId, Option<TypeId>) -> Option<String>,
    ) -> Result<TypeId, String> {
        let store = self.store;
        let Some(types) = store.specific_types(t) else {
            return Err(refuse(self, t, None).unwrap_or_else(|| "no specific type".to_owned()));
        };
        let mut common: Option<(TypeId, TypeId)> = None;
        for (typ, under) in types {
            if let Some(cause) = refuse(self, typ, Some(under)) {
                return Err(cause);
            }
            let Some((first, first_under)) = common else {
                common = Some((typ, under));
                continue;
            };
            let names = || (self.type_str(first), self.type_str(typ));
            if let TypeKind::Chan {
                dir: first_dir,
                elem: first_elem,
            } = store.kind(first_under)
                && let TypeKind::Chan { dir, elem } = store.kind(under)
            {
                if !store.identical(*first_elem, *elem) {
                    let (first, typ) = names();
                    return Err(format!(
                        "channels {first} and {typ} have different element types"
                    ));
                }
                if *first_dir == ChanDir::Both {
                    // Keep the restricted direction.
                    common = Some((typ, under));
                } else if dir != first_dir && *dir != ChanDir::Both {
                    let (first, typ) = names();
                    return Err(format!(
                        "channels {first} and {typ} have conflicting directions"
                    ));
                }
                continue;
            }
            if !store.identical(first_under, under) {
                let (first, typ) = names();
                return Err(format!("{first} and {typ} have different underlying types"));
            }
        }
        common
            .map(|(_, under)| under)
            .ok_or_else(|| "no specific type".to_owned())
    }

    /// As [`Checker::common_under`] without conditions, where nobody asks why there is none.
    pub(crate) fn common_underlying(&self, t: TypeId) -> Option<TypeId> {
        self.common_under(t, |_, _, _| None).ok()
    }

    /// The array type of a pointer to an array; else the type itself.
    pub(crate) fn array_ptr_deref(&self, t: TypeId) -> TypeId {
        if let TypeKind::Pointer(base) = self.store.kind(self.store.unalias(t)) {
            let under = self.store.underlying(*base);
            if matches!(self.store.kind(under), TypeKind::Array { .. }) {
                return under;
            }
        }
        t
    }
}
