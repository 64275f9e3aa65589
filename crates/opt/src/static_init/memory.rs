//! The static data that evaluation reads and writes, beside the program's own.

use polkago_ir::{Data, MemType, Reloc, RelocKind, Scalar, Symbol, SymbolMap, Type};
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;

/// The largest object that is written.
const LARGEST: u32 = 1 << 16;

/// The largest object that is made: what is made at start-up has no bytes in the file.
pub const LARGEST_MADE: u32 = 1 << 12;

/// The most bytes of objects that are made.
const MOST_MADE: u32 = 1 << 15;

/// What is known of a value.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Known {
    /// A number, or null.
    Number(Scalar),
    /// An address so many bytes behind the start of an object.
    Address(Symbol, i32),
    /// The index of a function.
    Function(Symbol),
}

impl Known {
    /// As an integer.
    pub fn int(&self) -> Option<i64> {
        match self {
            Self::Number(x) => x.int(),
            Self::Address(..) | Self::Function(_) => None,
        }
    }

    /// As an address.
    pub fn address(self) -> Option<(Symbol, i32)> {
        match self {
            Self::Address(name, at) => Some((name, at)),
            Self::Number(_) | Self::Function(_) => None,
        }
    }
}

/// An object that was read or written.
#[derive(Clone)]
pub struct Object {
    bytes: Vec<u8>,
    /// By offset: kind, symbol and what is added.
    relocs: BTreeMap<u32, (RelocKind, Symbol, i32)>,
    /// Whether it is a stack slot.
    local: bool,
    /// Whether it may be written.
    mutable: bool,
    /// Whether it was.
    written: bool,
    /// The offsets of references in an object that was made.
    refs: Vec<u32>,
}

/// Static data of a name, without contents.
pub fn empty(name: &Symbol) -> Data {
    Data {
        name: name.clone(),
        align: 8,
        size: 0,
        bytes: Vec::new(),
        relocs: Vec::new(),
        mutable: true,
        mergeable: false,
        refs: Vec::new(),
    }
}

impl Object {
    fn of(data: &Data) -> Self {
        let mut bytes = data.bytes.clone();
        bytes.resize(data.size as usize, 0);
        let relocs = data.relocs.iter();
        Self {
            bytes,
            relocs: relocs
                .map(|r| (r.offset, (r.kind, r.sym.clone(), r.addend)))
                .collect(),
            local: false,
            mutable: data.mutable && data.size <= LARGEST,
            written: false,
            refs: data.refs.clone(),
        }
    }

    /// Makes it the contents of static data.
    pub fn write_to(self, data: &mut Data) {
        let used = self.bytes.iter().rposition(|&b| b != 0);
        let mut used = used.map_or(0, |last| last + 1);
        let relocs = self.relocs.into_iter();
        data.relocs = relocs
            .map(|(offset, (kind, sym, addend))| Reloc {
                offset,
                kind,
                sym,
                addend,
            })
            .collect();
        // The bytes of a relocation are there.
        used = used.max(data.relocs.last().map_or(0, |r| r.offset as usize + 4));
        data.size = self.bytes.len() as u32;
        data.refs = self.refs;
        data.bytes = self.bytes;
        data.bytes.truncate(used);
    }

    /// The bytes from `at` on, if they are inside and no relocation is cut.
    fn range(&self, at: i32, size: u32) -> Option<std::ops::Range<usize>> {
        let start = usize::try_from(at).ok()?;
        let end = start.checked_add(size as usize)?;
        let cut = |edge: usize| {
            let mut near = self
                .relocs
                .range((edge as u32).saturating_sub(3)..edge as u32);
            near.any(|(&offset, _)| (offset as usize) < edge && offset as usize + 4 > edge)
        };
        (end <= self.bytes.len() && !cut(start) && !cut(end)).then_some(start..end)
    }

    /// Forgets the relocations in a range that cuts none.
    fn clear_relocs(&mut self, range: &std::ops::Range<usize>) {
        let range = range.start as u32..range.end as u32;
        let gone: Vec<u32> = self.relocs.range(range).map(|(&at, _)| at).collect();
        for at in gone {
            self.relocs.remove(&at);
        }
    }
}

/// Memory as evaluation sees it.
pub struct Memory<'a> {
    data: &'a SymbolMap<Data>,
    /// What was read or written, as it is now.
    objects: FxHashMap<Symbol, Object>,
    /// What has been written since the last commit, as it was then.
    before: FxHashMap<Symbol, Object>,
    /// The objects that were made, and their bytes.
    made: u32,
    made_bytes: u32,
}

impl<'a> Memory<'a> {
    pub fn new(data: &'a SymbolMap<Data>) -> Self {
        Self {
            data,
            objects: FxHashMap::default(),
            before: FxHashMap::default(),
            made: 0,
            made_bytes: 0,
        }
    }

    /// Makes a stack slot, which is all zero.
    pub fn add_local(&mut self, name: Symbol, size: u32) {
        let object = Object {
            bytes: vec![0; size as usize],
            relocs: BTreeMap::new(),
            local: true,
            mutable: true,
            written: false,
            refs: Vec::new(),
        };
        self.objects.insert(name, object);
    }

    /// Makes an object, which is all zero, and gives its address. Objects without bytes have none of their own.
    pub fn add_object(&mut self, size: u32, refs: Vec<u32>) -> Option<Known> {
        self.made_bytes = self.made_bytes.saturating_add(size);
        if size == 0 || size > LARGEST_MADE || self.made_bytes > MOST_MADE {
            return None;
        }
        self.made += 1;
        let name: Symbol = format!("go:made.{}", self.made).into();
        let object = Object {
            bytes: vec![0; size as usize],
            relocs: BTreeMap::new(),
            local: false,
            mutable: true,
            written: true,
            refs,
        };
        self.objects.insert(name.clone(), object);
        Some(Known::Address(name, 0))
    }

    /// What was written so far stays.
    pub fn commit(&mut self) {
        self.before.clear();
    }

    /// Makes memory as it was at the last commit.
    pub fn undo(&mut self) {
        self.objects.extend(self.before.drain());
    }

    /// The static data that was written, by name.
    pub fn finish(self) -> BTreeMap<Symbol, Object> {
        let all = self.objects.into_iter();
        all.filter(|(_, object)| object.written && !object.local)
            .collect()
    }

    /// Reads a value.
    pub fn load(&mut self, mem: MemType, name: &Symbol, at: i32) -> Option<Known> {
        let size = mem.size();
        let object = self.object(name)?;
        let range = object.range(at, size)?;
        if let Some((kind, sym, addend)) = object.relocs.get(&(range.start as u32)) {
            return match (kind, mem) {
                (RelocKind::Addr, MemType::Full(Type::Ref)) => {
                    Some(Known::Address(sym.clone(), *addend))
                }
                (RelocKind::FuncIndex, MemType::Full(Type::I32)) if *addend == 0 => {
                    Some(Known::Function(sym.clone()))
                }
                _ => None,
            };
        }
        if object
            .relocs
            .range(range.start as u32..range.end as u32)
            .next()
            .is_some()
        {
            return None;
        }
        let mut bytes = [0; 8];
        bytes[..range.len()].copy_from_slice(&object.bytes[range]);
        let bits = u64::from_le_bytes(bytes);
        let scalar = match mem {
            MemType::S8 => Scalar::I32((bits as i8).into()),
            MemType::S16 => Scalar::I32((bits as i16).into()),
            MemType::U8 | MemType::U16 => Scalar::I32(bits as i32),
            // An address that is no relocation is null, or not ours.
            MemType::Full(Type::Ref) if bits != 0 => return None,
            MemType::Full(ty) => Scalar::from_bits(ty, bits),
        };
        Some(Known::Number(scalar))
    }

    /// Writes a value.
    pub fn store(&mut self, mem: MemType, name: &Symbol, at: i32, value: Known) -> Option<()> {
        let size = mem.size();
        let (bits, reloc) = match value {
            Known::Number(x) => (x.bits(), None),
            Known::Address(sym, addend) => (0, Some((RelocKind::Addr, sym, addend))),
            Known::Function(sym) => (0, Some((RelocKind::FuncIndex, sym, 0))),
        };
        let leaves_frame = reloc.as_ref().is_some_and(|(_, sym, _)| self.is_local(sym));
        let object = self.writable(name)?;
        if leaves_frame && !object.local {
            return None;
        }
        let range = object.range(at, size)?;
        object.clear_relocs(&range);
        if let Some(reloc) = reloc {
            if size != 4 {
                return None;
            }
            object.relocs.insert(range.start as u32, reloc);
        }
        let len = range.len();
        object.bytes[range].copy_from_slice(&bits.to_le_bytes()[..len]);
        Some(())
    }

    /// Copies bytes.
    pub fn copy(&mut self, dst: (Symbol, i32), src: (Symbol, i32), len: u32) -> Option<()> {
        let source = self.object(&src.0)?;
        let from = source.range(src.1, len)?;
        let start = from.start as u32;
        let relocs = source.relocs.range(start..from.end as u32);
        let relocs: Vec<_> = relocs.map(|(&at, r)| (at - start, r.clone())).collect();
        let bytes = source.bytes[from].to_vec();
        let leaves_frame = relocs.iter().any(|(_, (_, sym, _))| self.is_local(sym));
        let object = self.writable(&dst.0)?;
        if leaves_frame && !object.local {
            return None;
        }
        let to = object.range(dst.1, len)?;
        object.clear_relocs(&to);
        let start = to.start as u32;
        object
            .relocs
            .extend(relocs.into_iter().map(|(at, r)| (start + at, r)));
        object.bytes[to].copy_from_slice(&bytes);
        Some(())
    }

    /// Sets bytes.
    pub fn fill(&mut self, dst: (Symbol, i32), byte: u8, len: u32) -> Option<()> {
        let object = self.writable(&dst.0)?;
        let range = object.range(dst.1, len)?;
        object.clear_relocs(&range);
        object.bytes[range].fill(byte);
        Some(())
    }

    fn is_local(&self, name: &Symbol) -> bool {
        self.objects.get(name).is_some_and(|object| object.local)
    }

    /// An object to be read.
    fn object(&mut self, name: &Symbol) -> Option<&mut Object> {
        if !self.objects.contains_key(name) {
            let object = Object::of(self.data.get(name)?);
            self.objects.insert(name.clone(), object);
        }
        self.objects.get_mut(name)
    }

    /// An object that may be written.
    fn writable(&mut self, name: &Symbol) -> Option<&mut Object> {
        let local = self.object(name).filter(|object| object.mutable)?.local;
        if !local {
            let before = match self.before.contains_key(name) {
                true => None,
                false => Some(self.objects[name].clone()),
            };
            self.before
                .extend(before.map(|object| (name.clone(), object)));
        }
        let object = self.objects.get_mut(name)?;
        object.written = true;
        Some(object)
    }
}
