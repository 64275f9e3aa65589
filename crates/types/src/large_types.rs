//! Types that do not fit into the address space (an implementation restriction): later stages can rely on sizes that
//! fit into a word.

use crate::checker::Checker;
use crate::errors::Code;
use crate::{NamedId, ObjId, ObjKind, Sizes, Store, TypeId, TypeKind};
use cranelift_entity::packed_option::PackedOption;
use rustc_hash::{FxHashMap, FxHashSet};

/// Elements of channels are smaller than this many bytes.
const MAX_CHAN_ELEM: u64 = 1 << 16;

/// Finds types that are too large inside others.
struct Measure<'s> {
    store: &'s Store,
    sizes: Sizes,
    /// No type is larger than this many bytes.
    max: u64,
    /// The sizes known; a declared type that is being measured counts as empty.
    known: FxHashMap<TypeId, u64>,
    /// The innermost problem found, if any.
    problem: Option<Problem>,
}

/// What is wrong.
enum Problem {
    /// An array type has too many elements for their size.
    Array(TypeId),
    /// A struct type is too large as a whole.
    Struct(TypeId),
    /// The element type of a channel type is too large.
    ChanElem,
}

impl Measure<'_> {
    /// The size of a type in bytes, all types that it refers to being measured as well. Type parameters count one
    /// byte: what they stand for is measured with each instance.
    fn size(&mut self, t: TypeId) -> u64 {
        if let Some(&size) = self.known.get(&t) {
            return size;
        }
        self.known.insert(t, 0);
        let size = self.measure(t);
        if self.problem.is_some() {
            // Each variable of the type is reported.
            self.known.remove(&t);
        } else {
            self.known.insert(t, size);
        }
        size
    }

    /// Measures a type for the first time.
    fn measure(&mut self, t: TypeId) -> u64 {
        let store = self.store;
        if store.is_tparam(t) {
            return 1;
        }
        match store.kind(store.underlying(t)) {
            TypeKind::Array { len, elem } => {
                let elem = self.size(*elem);
                match elem.checked_mul(*len) {
                    Some(size) if size < self.max => size,
                    Some(_) | None => self.fail(Problem::Array(store.underlying(t))),
                }
            }
            TypeKind::Struct(fields) => {
                let mut size = 0u64;
                for field in fields.iter() {
                    let align = self.sizes.max_align;
                    let inner = self.size(field.typ);
                    // An upper bound of the padding is good enough for what is far below the limit.
                    size = size.saturating_add(inner).saturating_add(align);
                }
                let slack = self.sizes.max_align * fields.len() as u64;
                if size.saturating_sub(slack) >= self.max {
                    return self.fail(Problem::Struct(t));
                }
                size.saturating_sub(slack)
            }
            TypeKind::Chan { elem, .. } => {
                if self.size(*elem) >= MAX_CHAN_ELEM {
                    return self.fail(Problem::ChanElem);
                }
                self.sizes.word
            }
            TypeKind::Pointer(elem) | TypeKind::Slice(elem) => {
                self.size(*elem);
                3 * self.sizes.word
            }
            TypeKind::Map { key, elem } => {
                self.size(*key);
                self.size(*elem);
                self.sizes.word
            }
            TypeKind::Basic(basic) => self.sizes.basic(*basic),
            TypeKind::Named(_)
            | TypeKind::Alias(_)
            | TypeKind::Func(_)
            | TypeKind::Interface(_)
            | TypeKind::Tuple(_)
            | TypeKind::TypeParam(_)
            | TypeKind::Union(_) => 2 * self.sizes.word,
        }
    }

    /// Notes a problem; the type counts as empty, so that there is one error.
    fn fail(&mut self, problem: Problem) -> u64 {
        self.problem.get_or_insert(problem);
        0
    }
}

impl Checker<'_> {
    /// Reports variables and types of this package that are too large.
    pub(crate) fn large_types(&mut self) {
        let max = if self.sizes.word == 4 {
            (1 << 32) - 1
        } else {
            1 << 50
        };
        let mut measure = Measure {
            store: self.store,
            sizes: self.sizes,
            max,
            known: FxHashMap::default(),
            problem: None,
        };
        let mut seen: FxHashSet<NamedId> = FxHashSet::default();
        for file in 0..self.infos.len() {
            let objs: Vec<ObjId> = self.infos[file]
                .defs
                .values()
                .filter_map(PackedOption::expand)
                .collect();
            for obj in objs {
                let object = self.store.obj(obj);
                let (ObjKind::TypeName | ObjKind::Var(_)) = object.kind else {
                    continue;
                };
                let Some(&typ) = object.typ.get() else {
                    continue;
                };
                // Most variables have a declared type that was measured before.
                if let TypeKind::Named(named) = *self.store.kind(typ)
                    && !seen.insert(named)
                {
                    continue;
                }
                measure.size(typ);
                let msg = match measure.problem.take() {
                    None => continue,
                    Some(Problem::Array(t)) => {
                        format!("type {} larger than address space", self.type_str(t))
                    }
                    Some(Problem::Struct(t)) => format!("type {} too large", self.type_str(t)),
                    Some(Problem::ChanElem) => "channel element type too large (>64kB)".to_owned(),
                };
                self.error(obj, Code::TypeTooLarge, msg);
            }
        }
    }
}
