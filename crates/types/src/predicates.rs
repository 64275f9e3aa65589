//! Properties of types.
//!
//! `is_…` looks at the underlying type, and is false for type parameters; `all_…` asks each type in a type
//! parameter's type set.

use crate::{Basic, Store, TypeId, TypeKind};

/// Defines a pair of predicates over the predeclared types.
macro_rules! basic_predicates {
    ($($(#[$doc:meta])* $is:ident, $all:ident, $of:ident;)*) => {
        impl Store {
            $(
                $(#[$doc])*
                #[must_use]
                pub fn $is(&self, t: TypeId) -> bool {
                    self.basic_kind(t).is_some_and(Basic::$of)
                }

                $(#[$doc])*
                /// For a type parameter: whether each type of its type set is one.
                #[must_use]
                pub fn $all(&self, t: TypeId) -> bool {
                    self.all_underlying(t, |under| self.$is(under))
                }
            )*
        }
    };
}

basic_predicates! {
    /// Whether a type's underlying type is a boolean type.
    is_boolean, all_boolean, is_boolean;
    /// Whether a type's underlying type is a numeric type.
    is_numeric, all_numeric, is_numeric;
    /// Whether a type's underlying type is a string type.
    is_string, all_string, is_string;
    /// Whether a type's underlying type is an integer type.
    is_integer, all_integer, is_integer;
    /// Whether a type's underlying type is an unsigned integer type.
    is_unsigned, all_unsigned, is_unsigned;
    /// Whether a type's underlying type is a floating-point type.
    is_float, all_float, is_float;
    /// Whether a type's underlying type is a complex type.
    is_complex, all_complex, is_complex;
    /// Whether a type's underlying type is ordered.
    is_ordered, all_ordered, is_ordered;
    /// Whether constants may have the type.
    is_const_type, all_const_type, is_const_type;
}

impl Store {
    /// The predeclared type that is the underlying type; `None` for type parameters and all others.
    #[must_use]
    pub fn basic_kind(&self, t: TypeId) -> Option<Basic> {
        match *self.kind(self.underlying(t)) {
            TypeKind::Basic(basic) => Some(basic),
            _ => None,
        }
    }

    /// Whether it is integer, floating-point or string type, each type of a type parameter's type set being one.
    #[must_use]
    pub fn all_numeric_or_string(&self, t: TypeId) -> bool {
        self.all_underlying(t, |under| self.is_numeric(under) || self.is_string(under))
    }

    /// Whether a type is not the invalid one (an invalid underlying type does not count).
    #[must_use]
    pub fn is_valid(&self, t: TypeId) -> bool {
        self.unalias(t) != self.invalid()
    }

    /// Whether a type is not that of an untyped constant or value.
    #[must_use]
    pub fn is_typed(&self, t: TypeId) -> bool {
        !self.is_untyped(t)
    }

    /// Whether a type is that of an untyped constant or value.
    #[must_use]
    pub fn is_untyped(&self, t: TypeId) -> bool {
        matches!(self.kind(t), TypeKind::Basic(basic) if basic.is_untyped())
    }

    /// Whether a type is that of an untyped numeric constant.
    #[must_use]
    pub fn is_untyped_numeric(&self, t: TypeId) -> bool {
        matches!(self.kind(t), TypeKind::Basic(basic) if basic.is_untyped() && basic.is_numeric())
    }

    /// Whether a type has a name: declared, predeclared, or a type parameter.
    #[must_use]
    pub fn has_name(&self, t: TypeId) -> bool {
        matches!(
            self.kind(self.unalias(t)),
            TypeKind::Basic(_) | TypeKind::Named(_) | TypeKind::TypeParam(_)
        )
    }

    /// Whether a type is a type literal or predeclared type: neither declared nor a type parameter.
    #[must_use]
    pub fn is_type_lit(&self, t: TypeId) -> bool {
        !matches!(
            self.kind(self.unalias(t)),
            TypeKind::Named(_) | TypeKind::TypeParam(_)
        )
    }

    /// Whether the underlying type is an interface; true for type parameters.
    #[must_use]
    pub fn is_interface(&self, t: TypeId) -> bool {
        matches!(self.kind(self.underlying(t)), TypeKind::Interface(_))
    }

    /// Whether the underlying type is an interface and the type is no type parameter.
    #[must_use]
    pub fn is_value_interface(&self, t: TypeId) -> bool {
        !self.is_tparam(t) && self.is_interface(t)
    }

    /// Whether a type is a type parameter.
    #[must_use]
    pub fn is_tparam(&self, t: TypeId) -> bool {
        self.as_tparam(t).is_some()
    }

    /// Whether a type is a generic type that is not instantiated.
    #[must_use]
    pub fn is_generic(&self, t: TypeId) -> bool {
        if let TypeKind::Alias(id) = *self.kind(t) {
            let alias = self.alias(id);
            if alias.origin.is_none()
                && alias
                    .tparams
                    .get()
                    .is_some_and(|tparams| !tparams.is_empty())
            {
                return true;
            }
        }
        self.as_named(t).is_some_and(|id| {
            let named = self.named(id);
            named.origin.is_none()
                && named
                    .tparams
                    .get()
                    .is_some_and(|tparams| !tparams.is_empty())
        })
    }

    /// Whether a type parameter's type set is empty, as far as computed.
    #[must_use]
    pub fn has_empty_type_set(&self, t: TypeId) -> bool {
        self.is_tparam(t) && self.type_set(t).is_empty()
    }

    /// The types of a struct's fields, and so on: the fields if the underlying type is a struct.
    #[must_use]
    pub fn as_struct(&self, t: TypeId) -> Option<&[crate::Field]> {
        match self.kind(self.underlying(t)) {
            TypeKind::Struct(fields) => Some(fields),
            _ => None,
        }
    }

    /// The signature if the underlying type is a function type.
    #[must_use]
    pub fn as_func(&self, t: TypeId) -> Option<&crate::Func> {
        match self.kind(self.underlying(t)) {
            TypeKind::Func(func) => Some(func),
            _ => None,
        }
    }

    /// The base type if the underlying type is a pointer.
    #[must_use]
    pub fn as_pointer(&self, t: TypeId) -> Option<TypeId> {
        match *self.kind(self.underlying(t)) {
            TypeKind::Pointer(elem) => Some(elem),
            _ => None,
        }
    }

    /// The base type of an unnamed pointer type and true, or the type itself and false.
    #[must_use]
    pub fn deref(&self, t: TypeId) -> (TypeId, bool) {
        match *self.kind(self.unalias(t)) {
            TypeKind::Pointer(elem) => (elem, true),
            _ => (t, false),
        }
    }

    /// Whether values of a type may be compared with `==` (*Comparison operators*), interfaces included.
    #[must_use]
    pub fn is_comparable(&self, t: TypeId) -> bool {
        self.incomparable_cause(t, true, &mut Vec::new()).is_none()
    }

    /// Whether comparing values of a type never panics (*strictly comparable*).
    #[must_use]
    pub fn is_strictly_comparable(&self, t: TypeId) -> bool {
        self.incomparable_cause(t, false, &mut Vec::new()).is_none()
    }

    /// Why values of a type may not be compared. With `dynamic`, interfaces other than type parameters may.
    pub(crate) fn incomparable_cause(
        &self,
        t: TypeId,
        dynamic: bool,
        seen: &mut Vec<TypeId>,
    ) -> Option<Incomparable> {
        if seen.contains(&t) {
            return None;
        }
        seen.push(t);
        match self.kind(self.underlying(t)) {
            // The invalid type counts as comparable, so that there are no errors on top.
            TypeKind::Basic(basic) => (*basic == Basic::UntypedNil).then_some(Incomparable::Other),
            TypeKind::Pointer(_) | TypeKind::Chan { .. } => None,
            TypeKind::Struct(fields) => fields
                .iter()
                .find(|field| self.incomparable_cause(field.typ, dynamic, seen).is_some())
                .map(|field| Incomparable::Field(field.typ)),
            TypeKind::Array { elem, .. } => self
                .incomparable_cause(*elem, dynamic, seen)
                .map(|_| Incomparable::Array(t)),
            TypeKind::Interface(id) => {
                if dynamic && !self.is_tparam(t) {
                    return None;
                }
                let set = self.interface_set(*id);
                let comparable = match &set.terms {
                    crate::TermList::All => set.comparable,
                    crate::TermList::Of(terms) => {
                        !terms.is_empty()
                            && terms.iter().all(|term| {
                                self.incomparable_cause(term.typ, false, seen).is_none()
                            })
                    }
                };
                match comparable {
                    true => None,
                    false if set.is_empty() => Some(Incomparable::EmptyTypeSet),
                    false => Some(Incomparable::TypeSet),
                }
            }
            TypeKind::Named(_)
            | TypeKind::Alias(_)
            | TypeKind::Slice(_)
            | TypeKind::Map { .. }
            | TypeKind::Func(_)
            | TypeKind::Tuple(_)
            | TypeKind::TypeParam(_)
            | TypeKind::Union(_) => Some(Incomparable::Other),
        }
    }

    /// Whether nil is a value of a type; for a type parameter, of each type in its type set.
    #[must_use]
    pub fn has_nil(&self, t: TypeId) -> bool {
        match self.kind(self.underlying(t)) {
            TypeKind::Basic(basic) => *basic == Basic::UnsafePointer,
            TypeKind::Slice(_)
            | TypeKind::Pointer(_)
            | TypeKind::Func(_)
            | TypeKind::Map { .. }
            | TypeKind::Chan { .. } => true,
            TypeKind::Interface(_) => {
                !self.is_tparam(t) || self.all_underlying(t, |under| self.has_nil(under))
            }
            TypeKind::Named(_)
            | TypeKind::Alias(_)
            | TypeKind::Array { .. }
            | TypeKind::Struct(_)
            | TypeKind::Tuple(_)
            | TypeKind::TypeParam(_)
            | TypeKind::Union(_) => false,
        }
    }

    /// The default type of an untyped type (*Constants*); other types are themselves.
    #[must_use]
    pub fn default_type(&self, t: TypeId) -> TypeId {
        let TypeKind::Basic(basic) = *self.kind(t) else {
            return t;
        };
        match basic {
            Basic::UntypedBool => self.basic(Basic::Bool),
            Basic::UntypedInt => self.basic(Basic::Int),
            Basic::UntypedRune => self.universe().rune,
            Basic::UntypedFloat => self.basic(Basic::Float64),
            Basic::UntypedComplex => self.basic(Basic::Complex128),
            Basic::UntypedString => self.basic(Basic::String),
            _ => t,
        }
    }

    /// The larger of two untyped numeric types (integer, rune, floating-point, complex), or the type if both are the
    /// same; `None` for different types otherwise.
    #[must_use]
    pub fn max_type(&self, x: TypeId, y: TypeId) -> Option<TypeId> {
        if x == y {
            return Some(x);
        }
        // Ids of predeclared types are in order of their declaration.
        (self.is_untyped_numeric(x) && self.is_untyped_numeric(y)).then(|| x.max(y))
    }
}

/// Why values of a type may not be compared.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Incomparable {
    /// A struct has a field of this type.
    Field(TypeId),
    /// This array type's elements may not.
    Array(TypeId),
    /// A type parameter's type set is empty.
    EmptyTypeSet,
    /// A type in the type set may not.
    TypeSet,
    /// The form of the type says it.
    Other,
}
