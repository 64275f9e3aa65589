//! Sizes and alignments of types (*Size and alignment guarantees*), as the official compiler chooses them.

use crate::{Basic, Field, Store, TypeId, TypeKind};

/// What sizes depend on.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Sizes {
    /// Size of pointers, `int` and `uint`, in bytes.
    pub word: u64,
    /// The largest alignment, in bytes.
    pub max_align: u64,
}

impl Sizes {
    /// Wasm with 4-byte words: `int64` and `float64` align to 8.
    pub const WASM32: Sizes = Sizes {
        word: 4,
        max_align: 8,
    };
    /// 64-bit machines.
    pub const AMD64: Sizes = Sizes {
        word: 8,
        max_align: 8,
    };
    /// The official compiler's `GOARCH=386`.
    pub const I386: Sizes = Sizes {
        word: 4,
        max_align: 4,
    };

    /// The alignment of a type in bytes, at least 1. The type contains no type parameters.
    #[must_use]
    pub fn alignof(&self, store: &Store, t: TypeId) -> u64 {
        match store.kind(store.underlying(t)) {
            TypeKind::Array { elem, .. } => self.alignof(store, *elem),
            TypeKind::Struct(fields) => {
                if fields.is_empty() && store.is_atomic_align64(t) {
                    return 8;
                }
                fields
                    .iter()
                    .map(|field| self.alignof(store, field.typ))
                    .max()
                    .unwrap_or(1)
                    .max(1)
            }
            TypeKind::Basic(basic) => {
                let size = match basic {
                    Basic::String | Basic::UntypedString => self.word,
                    // Complex numbers align like their parts.
                    Basic::Complex64 | Basic::Complex128 | Basic::UntypedComplex => {
                        self.basic(*basic) / 2
                    }
                    _ => self.basic(*basic),
                };
                size.clamp(1, self.max_align)
            }
            TypeKind::Slice(_)
            | TypeKind::Interface(_)
            | TypeKind::Pointer(_)
            | TypeKind::Map { .. }
            | TypeKind::Chan { .. }
            | TypeKind::Func(_)
            | TypeKind::Named(_)
            | TypeKind::Alias(_)
            | TypeKind::Tuple(_)
            | TypeKind::TypeParam(_)
            | TypeKind::Union(_) => self.word,
        }
    }

    /// The size of a type in bytes; `None` if it does not fit into 63 bits. The type contains no type parameters.
    #[must_use]
    pub fn sizeof(&self, store: &Store, t: TypeId) -> Option<u64> {
        match store.kind(store.underlying(t)) {
            TypeKind::Basic(basic) => Some(self.basic(*basic)),
            TypeKind::Array { len, elem } => {
                if *len == 0 {
                    return Some(0);
                }
                checked(self.sizeof(store, *elem)?.checked_mul(*len)?)
            }
            TypeKind::Slice(_) => Some(3 * self.word),
            TypeKind::Interface(_) => Some(2 * self.word),
            TypeKind::Struct(fields) => {
                let Some(last) = fields.last() else {
                    return Some(0);
                };
                let offset = self.offsets(store, fields).last().copied().flatten()?;
                let mut size = self.sizeof(store, last.typ)?;
                // A pointer to a final field of size 0 must not point past the struct.
                if offset > 0 && size == 0 {
                    size = 1;
                }
                align(checked(offset.checked_add(size)?)?, self.alignof(store, t))
            }
            TypeKind::Pointer(_)
            | TypeKind::Map { .. }
            | TypeKind::Chan { .. }
            | TypeKind::Func(_)
            | TypeKind::Named(_)
            | TypeKind::Alias(_)
            | TypeKind::Tuple(_)
            | TypeKind::TypeParam(_)
            | TypeKind::Union(_) => Some(self.word),
        }
    }

    /// The offset of each field of a struct in bytes; `None` from the first one on that is too far away.
    #[must_use]
    pub fn offsets(&self, store: &Store, fields: &[Field]) -> Vec<Option<u64>> {
        let mut next = Some(0);
        fields
            .iter()
            .map(|field| {
                let offset = next.and_then(|at| align(at, self.alignof(store, field.typ)));
                next =
                    offset.and_then(|at| checked(at.checked_add(self.sizeof(store, field.typ)?)?));
                offset
            })
            .collect()
    }

    /// The size of a predeclared type.
    #[must_use]
    pub fn basic(&self, basic: Basic) -> u64 {
        match basic {
            Basic::Bool | Basic::Int8 | Basic::Uint8 => 1,
            Basic::Int16 | Basic::Uint16 => 2,
            Basic::Int32 | Basic::Uint32 | Basic::Float32 => 4,
            Basic::Int64 | Basic::Uint64 | Basic::Float64 | Basic::Complex64 => 8,
            Basic::Complex128 => 16,
            Basic::String | Basic::UntypedString => 2 * self.word,
            Basic::Invalid
            | Basic::Int
            | Basic::Uint
            | Basic::Uintptr
            | Basic::UnsafePointer
            | Basic::UntypedBool
            | Basic::UntypedInt
            | Basic::UntypedRune
            | Basic::UntypedFloat
            | Basic::UntypedComplex
            | Basic::UntypedNil => self.word,
        }
    }
}

/// `n` if it fits into 63 bits.
fn checked(n: u64) -> Option<u64> {
    i64::try_from(n).is_ok().then_some(n)
}

/// The next multiple of `to`.
fn align(at: u64, to: u64) -> Option<u64> {
    checked(at.checked_next_multiple_of(to)?)
}

impl Store {
    /// Whether a type is the marker that asks for 8-byte alignment in `sync/atomic`.
    fn is_atomic_align64(&self, t: TypeId) -> bool {
        let TypeKind::Named(named) = *self.kind(self.unalias(t)) else {
            return false;
        };
        let obj = self.obj(self.named(named).obj);
        let path = &*self.pkg(obj.pkg).path;
        self.sym_text(obj.name) == "align64"
            && (path == "sync/atomic" || path == "internal/runtime/atomic")
    }
}
