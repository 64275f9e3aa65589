//! The layout of types in memory: sizes, alignments, offsets and pointer maps.
//!
//! Go's layout for a 4-byte word, with `int64`, `uint64`, `float64` and `complex128` aligned to 8 (decision record
//! 0001). *Size and alignment guarantees* in the language specification leave this to us.

use crate::cx::Cx;
use crate::scalars::Leaf;
use polkago_ir::{MemType, Type};
use polkago_types::{Basic, Field, TypeId, TypeKind};

/// The largest size of a type, in bytes: beyond it a 32-bit address space cannot hold a variable of it.
pub(crate) const MAX_SIZE: u64 = 0x7fff_ffff;

/// A value of more scalars than this lives in memory (decision record 0001).
const MAX_SCALARS: usize = 16;

/// What lowering knows of a type.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct TypeInfo {
    /// Bytes.
    pub size: u32,
    /// Alignment in bytes.
    pub align: u32,
    /// Its scalars in order, with their places in memory. Empty for a memory type.
    pub leaves: Box<[Leaf]>,
    /// Whether its values live in memory.
    pub memory: bool,
}

/// Rounds up to a multiple of a power of two.
pub(crate) fn align_up(n: u64, align: u64) -> u64 {
    (n + align - 1) & !(align - 1)
}

/// One word that holds a pointer.
fn pointer_leaf(offset: u32) -> Leaf {
    Leaf::new(MemType::Full(Type::Ref), offset)
}

/// An `int`-sized word.
fn word_leaf(offset: u32) -> Leaf {
    Leaf::new(MemType::Full(Type::I32), offset)
}

impl Cx<'_> {
    /// Size, alignment and scalars of a type without type parameters.
    pub fn info(&self, t: TypeId) -> &TypeInfo {
        match self.infos.get(t) {
            Some(info) => info,
            None => self.infos.set(t, self.compute_info(t)),
        }
    }

    /// Size of a type in bytes.
    pub fn size(&self, t: TypeId) -> u32 {
        self.info(t).size
    }

    fn compute_info(&self, t: TypeId) -> TypeInfo {
        let simple = |size: u32, leaves: &[Leaf]| TypeInfo {
            size,
            align: size.clamp(1, 4),
            leaves: leaves.into(),
            memory: false,
        };
        match self.under(t) {
            TypeKind::Basic(b) => basic_info(*b),
            TypeKind::Pointer(_)
            | TypeKind::Map { .. }
            | TypeKind::Chan { .. }
            | TypeKind::Func(_) => simple(4, &[pointer_leaf(0)]),
            TypeKind::Slice(_) => TypeInfo {
                align: 4,
                ..simple(12, &[pointer_leaf(0), word_leaf(4), word_leaf(8)])
            },
            TypeKind::Interface(_) => TypeInfo {
                align: 4,
                ..simple(8, &[pointer_leaf(0), pointer_leaf(4)])
            },
            TypeKind::Array { len, elem } => self.array_info(*len, *elem),
            TypeKind::Struct(fields) => self.struct_info(fields),
            // These are not types of variables.
            TypeKind::Tuple(_)
            | TypeKind::TypeParam(_)
            | TypeKind::Union(_)
            | TypeKind::Named(_)
            | TypeKind::Alias(_) => simple(0, &[]),
        }
    }

    fn array_info(&self, len: u64, elem: TypeId) -> TypeInfo {
        let elem = self.info(elem);
        let size = u64::from(elem.size).saturating_mul(len).min(MAX_SIZE) as u32;
        let (leaves, memory) = match len {
            0 => (Box::default(), false),
            1 => (elem.leaves.clone(), elem.memory),
            _ => (Box::default(), true),
        };
        TypeInfo {
            size,
            align: elem.align,
            leaves,
            memory,
        }
    }

    fn struct_info(&self, fields: &[Field]) -> TypeInfo {
        let mut leaves = Vec::new();
        let mut memory = false;
        let mut align = 1;
        let offsets = self.offsets(fields);
        for (field, &offset) in fields.iter().zip(&offsets) {
            let info = self.info(field.typ);
            align = align.max(info.align);
            memory |= info.memory;
            leaves.extend(info.leaves.iter().map(|l| l.shifted(offset)));
        }
        memory |= leaves.len() > MAX_SCALARS;
        if memory {
            leaves.clear();
        }
        TypeInfo {
            size: offsets.last().copied().unwrap_or(0),
            align,
            leaves: leaves.into(),
            memory,
        }
    }

    /// The offset of each field, and behind them the size of the struct. A zero-size field at the end takes a byte,
    /// so that its address is not that of the next object.
    pub fn offsets(&self, fields: &[Field]) -> Vec<u32> {
        let mut offsets = Vec::with_capacity(fields.len() + 1);
        let (mut at, mut align) = (0u64, 1u64);
        let mut last_empty = false;
        for field in fields {
            let info = self.info(field.typ);
            at = align_up(at, u64::from(info.align));
            offsets.push(at.min(MAX_SIZE) as u32);
            at += u64::from(info.size);
            align = align.max(u64::from(info.align));
            last_empty = info.size == 0;
        }
        if last_empty && at > 0 {
            at += 1;
        }
        offsets.push(align_up(at, align).min(MAX_SIZE) as u32);
        offsets
    }

    /// Whether a type has no pointers.
    pub fn pointer_free(&self, t: TypeId) -> bool {
        match self.under(t) {
            TypeKind::Array { len, elem } => *len == 0 || self.pointer_free(*elem),
            TypeKind::Struct(fields) => fields.iter().all(|f| self.pointer_free(f.typ)),
            _ => self.info(t).leaves.iter().all(|l| l.ty() != Type::Ref),
        }
    }

    /// The offsets of the words of a type that hold refs, ascending.
    pub fn pointer_words(&self, t: TypeId) -> Vec<u32> {
        let mut words = Vec::new();
        self.collect_pointers(t, 0, &mut words);
        words
    }

    fn collect_pointers(&self, t: TypeId, at: u32, words: &mut Vec<u32>) {
        match self.under(t) {
            TypeKind::Array { len, elem } => {
                if self.pointer_free(*elem) {
                    return;
                }
                let first = words.len();
                self.collect_pointers(*elem, at, words);
                let one: Vec<u32> = words[first..].to_vec();
                let size = self.size(*elem);
                for i in 1..*len as u32 {
                    words.extend(one.iter().map(|w| w + i * size));
                }
                if *len == 0 {
                    words.truncate(first);
                }
            }
            TypeKind::Struct(fields) => {
                for (field, offset) in fields.iter().zip(self.offsets(fields)) {
                    self.collect_pointers(field.typ, at + offset, words);
                }
            }
            _ => {
                let info = self.info(t);
                let refs = info.leaves.iter().filter(|l| l.ty() == Type::Ref);
                words.extend(refs.map(|l| at + l.offset));
            }
        }
    }

    /// Whether a value of the type is its own data word in an interface: one pointer and nothing else.
    pub fn pointer_shaped(&self, t: TypeId) -> bool {
        let info = self.info(t);
        info.size == 4 && matches!(&*info.leaves, [leaf] if leaf.ty() == Type::Ref)
    }
}

/// Layout of a predeclared type.
fn basic_info(b: Basic) -> TypeInfo {
    let of = |mem: &[MemType]| {
        let mut at = 0;
        let mut leaves = Vec::new();
        for &m in mem {
            leaves.push(Leaf::new(m, at));
            at += m.size();
        }
        TypeInfo {
            size: at,
            align: mem.first().map_or(1, |m| m.size()),
            leaves: leaves.into(),
            memory: false,
        }
    };
    match b {
        Basic::Bool | Basic::UntypedBool | Basic::Uint8 => of(&[MemType::U8]),
        Basic::Int8 => of(&[MemType::S8]),
        Basic::Int16 => of(&[MemType::S16]),
        Basic::Uint16 => of(&[MemType::U16]),
        Basic::Int
        | Basic::Int32
        | Basic::Uint
        | Basic::Uint32
        | Basic::Uintptr
        | Basic::UntypedInt
        | Basic::UntypedRune => of(&[MemType::Full(Type::I32)]),
        Basic::Int64 | Basic::Uint64 => of(&[MemType::Full(Type::I64)]),
        Basic::Float32 => of(&[MemType::Full(Type::F32)]),
        Basic::Float64 | Basic::UntypedFloat => of(&[MemType::Full(Type::F64)]),
        Basic::Complex64 => of(&[MemType::Full(Type::F32), MemType::Full(Type::F32)]),
        Basic::Complex128 | Basic::UntypedComplex => {
            of(&[MemType::Full(Type::F64), MemType::Full(Type::F64)])
        }
        Basic::String | Basic::UntypedString => {
            of(&[MemType::Full(Type::Ref), MemType::Full(Type::I32)])
        }
        Basic::UnsafePointer | Basic::UntypedNil => of(&[MemType::Full(Type::Ref)]),
        Basic::Invalid => of(&[]),
    }
}
