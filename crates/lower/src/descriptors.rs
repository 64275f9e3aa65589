//! Type descriptors: the bytes of `internal/abi.Type` and of the structure behind it for its kind, in the release's
//! layout for 4-byte words (decision record 0004).
//!
//! `NameOff` and `TypeOff` are absolute addresses, `TextOff` is a table index. Of the methods only those are kept
//! that an interface table made at run time may need, as the official linker does: the walk over the program
//! (`program`, `type_tables`) adds a method once an interface with it is the target of a type assertion, or
//! reflection may look for it.

use crate::cx::Cx;
use crate::equality::closure_symbol;
use crate::map_types::{MAP_SIZE, put_map};
use crate::methods::{MethodEntry, is_exported};
use crate::output::{Output, TypeMethod};
use crate::program::Item;
use crate::statics::Blob;
use crate::symbols::content_symbol;
use crate::type_names::Qualify;
use polkago_ir::{Data, Reloc, RelocKind};
use polkago_syntax::ChanDir;
use polkago_types::{Basic, PkgId, TypeId, TypeKind};

// `abi.TFlag`.
const UNCOMMON: u8 = 1 << 0;
const EXTRA_STAR: u8 = 1 << 1;
const NAMED: u8 = 1 << 2;
const REGULAR_MEMORY: u8 = 1 << 3;
const DIRECT_IFACE: u8 = 1 << 5;

/// Bytes of `abi.Type`.
pub(crate) const TYPE_SIZE: u32 = 32;
/// Byte offset of `PtrToThis` in `abi.Type`.
pub(crate) const PTR_TO_THIS: u32 = 28;
/// Bytes of `abi.UncommonType`.
const UNCOMMON_SIZE: u32 = 16;
/// Bytes of `abi.Method`.
const METHOD_SIZE: u32 = 16;

/// The number of a kind, as `abi.Kind`.
fn kind_number(cx: &Cx<'_>, t: TypeId) -> u8 {
    match cx.under(t) {
        TypeKind::Basic(b) => match b {
            Basic::Invalid | Basic::UntypedNil => 0,
            Basic::Bool | Basic::UntypedBool => 1,
            Basic::Int | Basic::UntypedInt => 2,
            Basic::Int8 => 3,
            Basic::Int16 => 4,
            Basic::Int32 | Basic::UntypedRune => 5,
            Basic::Int64 => 6,
            Basic::Uint => 7,
            Basic::Uint8 => 8,
            Basic::Uint16 => 9,
            Basic::Uint32 => 10,
            Basic::Uint64 => 11,
            Basic::Uintptr => 12,
            Basic::Float32 => 13,
            Basic::Float64 | Basic::UntypedFloat => 14,
            Basic::Complex64 => 15,
            Basic::Complex128 | Basic::UntypedComplex => 16,
            Basic::String | Basic::UntypedString => 24,
            Basic::UnsafePointer => 26,
        },
        TypeKind::Array { .. } => 17,
        TypeKind::Chan { .. } => 18,
        TypeKind::Func(_) => 19,
        TypeKind::Interface(_) => 20,
        TypeKind::Map { .. } => 21,
        TypeKind::Pointer(_) => 22,
        TypeKind::Slice(_) => 23,
        TypeKind::Struct(_) => 25,
        TypeKind::Named(_)
        | TypeKind::Alias(_)
        | TypeKind::Tuple(_)
        | TypeKind::TypeParam(_)
        | TypeKind::Union(_) => 0,
    }
}

/// The number of the kind of a predeclared type.
pub(crate) fn kind_of_name(name: &str) -> Option<u8> {
    const NAMES: [&str; 16] = [
        "bool",
        "int",
        "int8",
        "int16",
        "int32",
        "int64",
        "uint",
        "uint8",
        "uint16",
        "uint32",
        "uint64",
        "uintptr",
        "float32",
        "float64",
        "complex64",
        "complex128",
    ];
    let index = NAMES.iter().position(|&n| n == name)?;
    Some(index as u8 + 1)
}

/// The hash of a type: of its full text, so that it depends on nothing else.
pub(crate) fn type_hash(cx: &Cx<'_>, t: TypeId) -> u32 {
    let text = cx.type_text(t, Qualify::Path);
    let mut hash: u32 = 0x811c_9dc5;
    for b in text.bytes() {
        hash = (hash ^ u32::from(b)).wrapping_mul(0x0100_0193);
    }
    hash
}

/// Builds one descriptor.
struct Descriptor<'a> {
    cx: &'a Cx<'a>,
    blob: Blob,
    out: Output,
}

/// Lowers the descriptor of a type.
pub(crate) fn lower_type(cx: &Cx<'_>, t: TypeId) -> Output {
    let mut d = Descriptor {
        cx,
        blob: Blob::zero(TYPE_SIZE),
        out: Output::default(),
    };
    let methods = d.own_methods(t);
    let declared = cx.named(t).is_some() && declared_pkg(cx, t).is_some();
    let uncommon = declared || !methods.is_empty() || is_unsafe_pointer(cx, t);
    d.common(t, uncommon);
    d.specific(t, uncommon, &methods);
    let name = cx.symbol(&Item::Type(t));
    let data = d.blob.into_data(name, 4, None);
    d.out.data.insert(0, data);
    d.out
}

impl Descriptor<'_> {
    /// The methods that an interface table may be made from.
    fn own_methods(&self, t: TypeId) -> Vec<MethodEntry> {
        if self.cx.is_interface(t) {
            return Vec::new();
        }
        self.cx.method_set(t).methods.clone()
    }

    /// Adds room, zeroed, and gives its offset.
    fn grow(&mut self, bytes: u32) -> u32 {
        let at = self.blob.bytes.len() as u32;
        self.blob.bytes.resize((at + bytes) as usize, 0);
        at
    }

    fn put_type(&mut self, offset: u32, t: TypeId) {
        let item = Item::Type(self.cx.store.canon(t));
        self.blob.put_addr(offset, self.cx.symbol(&item), 0);
        self.out.needs.push(item);
    }

    /// The address of an `abi.Name`.
    fn put_name(&mut self, offset: u32, text: &str, tag: &str, exported: bool, embedded: bool) {
        let data = name_data(text, tag, exported, embedded, None);
        self.blob.put_addr(offset, data.name.clone(), 0);
        self.out.data.push(data);
    }

    /// The address of the `abi.Name` of a method, for a type of a package.
    fn put_method_name(&mut self, offset: u32, method: &MethodEntry, of: Option<PkgId>) {
        let (name, more) = method_name(self.cx, method, of);
        self.blob.put_addr(offset, name.name.clone(), 0);
        self.out.data.push(name);
        self.out.data.extend(more);
    }

    /// `abi.Type` itself.
    fn common(&mut self, t: TypeId, uncommon: bool) {
        let cx = self.cx;
        let info = cx.info(t);
        let words = cx.pointer_words(t);
        let ptr_bytes = words.last().map_or(0, |w| w + 4);
        let text = cx.type_text(t, Qualify::Name);
        let is_named = cx.named(t).is_some() || matches!(cx.kind(t), TypeKind::Basic(_));
        let mut flags = EXTRA_STAR;
        for (set, flag) in [
            (uncommon, UNCOMMON),
            (is_named, NAMED),
            (cx.comparable(t) && cx.plain_memory(t), REGULAR_MEMORY),
            (cx.pointer_shaped(t), DIRECT_IFACE),
        ] {
            if set {
                flags |= flag;
            }
        }
        self.blob.put_u32(0, info.size);
        self.blob.put_u32(4, ptr_bytes);
        self.blob.put_u32(8, type_hash(cx, t));
        let kind = kind_number(cx, t);
        self.out.kinds.push(kind);
        let align = info.align as u8;
        self.blob.put(12, &[flags, align, align, kind]);
        if cx.comparable(t) {
            let item = cx.equal_item(t);
            self.blob.put_addr(16, closure_symbol(cx, &item), 0);
            self.out.needs.push(item);
        }
        if !words.is_empty() {
            let mask = mask_data(&words);
            self.blob.put_addr(20, mask.name.clone(), 0);
            self.out.data.push(mask);
        }
        // A pointer's name counts as exported if that of what it points to is.
        let named = match *cx.kind(t) {
            TypeKind::Pointer(elem) => elem,
            _ => t,
        };
        let exported = match cx.named(named) {
            Some(n) => is_exported(cx.text(cx.obj(cx.store.named(n).obj).name)),
            None => false,
        };
        self.put_name(24, &format!("*{text}"), "", exported, false);
    }

    /// What stands behind `abi.Type` for the kind, then `abi.UncommonType`, then arrays.
    fn specific(&mut self, t: TypeId, uncommon: bool, methods: &[MethodEntry]) {
        let cx = self.cx;
        match cx.under(t) {
            TypeKind::Array { len, elem } => {
                let at = self.grow(12);
                self.put_type(at, *elem);
                self.put_type(at + 4, cx.store.slice(*elem));
                self.blob.put_u32(at + 8, *len as u32);
                self.uncommon(t, uncommon, methods, 0);
            }
            TypeKind::Chan { dir, elem } => {
                let at = self.grow(8);
                self.put_type(at, *elem);
                let dir = match dir {
                    ChanDir::Recv => 1,
                    ChanDir::Send => 2,
                    ChanDir::Both => 3,
                };
                self.blob.put_u32(at + 4, dir);
                self.uncommon(t, uncommon, methods, 0);
            }
            TypeKind::Func(f) => {
                let at = self.grow(4);
                let outs = f.results.len() as u16 | u16::from(f.variadic) << 15;
                self.blob.put(at, &(f.params.len() as u16).to_le_bytes());
                self.blob.put(at + 2, &outs.to_le_bytes());
                let types = 4 * (f.params.len() + f.results.len()) as u32;
                self.uncommon(t, uncommon, methods, types);
                // The parameters stand behind the uncommon part, before the methods.
                let behind = TYPE_SIZE + 4 + if uncommon { UNCOMMON_SIZE } else { 0 };
                for (i, &typ) in f.params.iter().chain(&f.results).enumerate() {
                    self.put_type(behind + 4 * i as u32, typ);
                }
            }
            TypeKind::Interface(_) => self.interface(t, uncommon),
            TypeKind::Map { key, elem } => {
                let at = self.grow(MAP_SIZE);
                self.put_type(at, *key);
                self.put_type(at + 4, *elem);
                let (key, elem) = (cx.store.canon(*key), cx.store.canon(*elem));
                let parts = put_map(cx, &mut self.blob, at, key, elem);
                self.out.data.extend(parts.data);
                self.out.needs.push(parts.needs);
                self.uncommon(t, uncommon, methods, 0);
            }
            TypeKind::Pointer(elem) | TypeKind::Slice(elem) => {
                let at = self.grow(4);
                self.put_type(at, *elem);
                self.uncommon(t, uncommon, methods, 0);
            }
            TypeKind::Struct(fields) => {
                let at = self.grow(16);
                let n = fields.len() as u32;
                let pkg = fields.iter().find_map(|f| f.pkg);
                if let Some(pkg) = pkg {
                    self.put_name(at, cx.pkg_path(pkg), "", false, false);
                }
                self.blob.put_u32(at + 8, n);
                self.blob.put_u32(at + 12, n);
                self.uncommon(t, uncommon, methods, 12 * n);
                let start = self.array_start(at + 16, uncommon);
                if n > 0 {
                    let name = cx.symbol(&Item::Type(t));
                    self.blob.put_addr(at + 4, name, start as i32);
                }
                for (i, (f, offset)) in fields.iter().zip(cx.offsets(fields)).enumerate() {
                    let at = start + 12 * i as u32;
                    let name = cx.text(f.name);
                    self.put_name(at, name, &f.tag, is_exported(name), f.embedded);
                    self.put_type(at + 4, f.typ);
                    self.blob.put_u32(at + 8, offset);
                }
            }
            TypeKind::Basic(_)
            | TypeKind::Named(_)
            | TypeKind::Alias(_)
            | TypeKind::Tuple(_)
            | TypeKind::TypeParam(_)
            | TypeKind::Union(_) => self.uncommon(t, uncommon, methods, 0),
        }
    }

    /// Where the array behind the fixed part starts.
    fn array_start(&self, fixed: u32, uncommon: bool) -> u32 {
        fixed + if uncommon { UNCOMMON_SIZE } else { 0 }
    }

    fn interface(&mut self, t: TypeId, uncommon: bool) {
        let cx = self.cx;
        let at = self.grow(16);
        let set = cx.method_set(t);
        let n = set.methods.len() as u32;
        let pkg = declared_pkg(cx, t).or_else(|| set.methods.iter().find_map(|m| m.pkg));
        if let Some(pkg) = pkg {
            self.put_name(at, cx.pkg_path(pkg), "", false, false);
        }
        self.blob.put_u32(at + 8, n);
        self.blob.put_u32(at + 12, n);
        self.uncommon(t, uncommon, &[], 8 * n);
        let start = self.array_start(at + 16, uncommon);
        if n > 0 {
            self.blob
                .put_addr(at + 4, cx.symbol(&Item::Type(t)), start as i32);
        }
        for (i, m) in set.methods.iter().enumerate() {
            let at = start + 8 * i as u32;
            self.put_method_name(at, m, pkg);
            self.put_type(at + 4, m.typ);
        }
    }

    /// `abi.UncommonType` where there is one, then `array` bytes of the kind's own, then the methods.
    fn uncommon(&mut self, t: TypeId, present: bool, methods: &[MethodEntry], array: u32) {
        let cx = self.cx;
        let at = if present { self.grow(UNCOMMON_SIZE) } else { 0 };
        self.grow(array);
        if !present {
            return;
        }
        if let Some(pkg) = declared_pkg(cx, t) {
            self.put_name(at, cx.pkg_path(pkg), "", false, false);
        } else if is_unsafe_pointer(cx, t) {
            self.put_name(at, "unsafe", "", false, false);
        }
        // The methods follow once it is known which ones are wanted.
        self.blob.put_u32(at + 8, UNCOMMON_SIZE + array);
        self.out.methods = methods
            .iter()
            .map(|m| TypeMethod {
                typ: t,
                uncommon: at,
                entry: m.clone(),
            })
            .collect();
    }
}

/// Appends a method to a descriptor, behind those before it in the order of itabs: with its type and code where something
/// asks for them, and with `func` as the code that reflection calls as a function. Gives its name as data objects.
pub(crate) fn add_method(
    cx: &Cx<'_>,
    data: &mut Data,
    method: &TypeMethod,
    typed: bool,
    coded: bool,
    func: Option<Item>,
) -> impl Iterator<Item = Data> {
    let TypeMethod {
        typ,
        uncommon,
        entry,
    } = method;
    let count = *uncommon as usize + 4;
    data.bytes.resize(data.size as usize, 0);
    for at in [count, count + 2]
        .into_iter()
        .take(1 + usize::from(entry.pkg.is_none()))
    {
        let n = u16::from_le_bytes([data.bytes[at], data.bytes[at + 1]]) + 1;
        data.bytes[at..at + 2].copy_from_slice(&n.to_le_bytes());
    }
    let at = data.size;
    data.size += METHOD_SIZE;
    let (name, more) = method_name(cx, entry, declared_pkg(cx, *typ));
    let [signature, code] = method_items(cx, method);
    let mut put = |offset, kind, sym| {
        data.relocs.push(Reloc {
            offset: at + offset,
            kind,
            sym,
            addend: 0,
        });
    };
    put(0, RelocKind::Addr, name.name.clone());
    if typed {
        put(4, RelocKind::Addr, cx.symbol(&signature));
    }
    if coded {
        put(8, RelocKind::FuncIndex, cx.symbol(&code));
        if let Some(Item::FuncValue(callable)) = func {
            let adapter = crate::wrappers::adapter_symbol(cx, &callable);
            put(12, RelocKind::FuncIndex, adapter);
        }
    }
    std::iter::once(name).chain(more)
}

/// What an entry for a method refers to: the descriptor of its function type, and its code.
pub(crate) fn method_items(cx: &Cx<'_>, method: &TypeMethod) -> [Item; 2] {
    let TypeMethod { typ, entry, .. } = method;
    [
        Item::Type(entry.typ),
        cx.itab_method(*typ, entry.name, entry.pkg),
    ]
}

/// Whether a type is `unsafe.Pointer`: predeclared, but in a package.
fn is_unsafe_pointer(cx: &Cx<'_>, t: TypeId) -> bool {
    matches!(cx.kind(t), TypeKind::Basic(Basic::UnsafePointer))
}

/// The package of a declared type or of the one pointed to; none for predeclared and other unnamed ones.
fn declared_pkg(cx: &Cx<'_>, t: TypeId) -> Option<PkgId> {
    let base = match cx.kind(t) {
        TypeKind::Pointer(elem) => *elem,
        _ => t,
    };
    let named = cx.named(base)?;
    let object = cx.obj(cx.store.named(named).obj);
    object.pos.map(|_| object.pkg)
}

/// The `abi.Name` of a method, and what that refers to. Where the name is not exported, and the method's package is
/// another than that of the type or interface that lists it, the name says which.
fn method_name(cx: &Cx<'_>, method: &MethodEntry, of: Option<PkgId>) -> (Data, Option<Data>) {
    let text = cx.text(method.name);
    match method.pkg {
        Some(pkg) if of.is_none_or(|of| of != pkg) => {
            let path = name_data(cx.pkg_path(pkg), "", false, false, None);
            let name = name_data(text, "", false, false, Some(&path));
            (name, Some(path))
        }
        pkg => (name_data(text, "", pkg.is_none(), false, None), None),
    }
}

/// An `abi.Name`: flags, name, tag, address of the name that is the path of its package.
fn name_data(text: &str, tag: &str, exported: bool, embedded: bool, pkg: Option<&Data>) -> Data {
    let flags = [exported, !tag.is_empty(), pkg.is_some(), embedded];
    let flags = flags
        .iter()
        .rev()
        .fold(0, |n, &flag| n << 1 | u8::from(flag));
    let mut bytes = vec![flags];
    put_counted(&mut bytes, text);
    if !tag.is_empty() {
        put_counted(&mut bytes, tag);
    }
    let relocs = pkg.map(|pkg| Reloc {
        offset: bytes.len() as u32,
        kind: RelocKind::Addr,
        sym: pkg.name.clone(),
        addend: 0,
    });
    mergeable("name", bytes, relocs)
}

/// Read-only bytes, and an address behind them where there is one, named by their content.
fn mergeable(prefix: &str, bytes: Vec<u8>, address: Option<Reloc>) -> Data {
    let room = if address.is_some() { 4 } else { 0 };
    let relocs: Vec<_> = address.into_iter().collect();
    Data {
        name: content_symbol(prefix, &bytes, &relocs),
        align: 1,
        size: bytes.len() as u32 + room,
        bytes,
        relocs,
        mutable: false,
        mergeable: true,
        refs: Vec::new(),
    }
}

/// The pointer mask of a type, one bit a word.
fn mask_data(words: &[u32]) -> Data {
    let last = words.last().map_or(0, |w| w / 4) as usize;
    let mut mask = vec![0u8; last / 8 + 1];
    for w in words {
        let word = (w / 4) as usize;
        mask[word / 8] |= 1 << (word % 8);
    }
    mergeable("gcdata", mask, None)
}

/// What the allocator and the collector must know of a type: size, alignment and pointers, as an `abi.Type` without
/// name, methods and comparison. Types of the same layout share it.
pub(crate) fn layout_data(cx: &Cx<'_>, t: TypeId) -> Vec<Data> {
    let mut blob = Blob::zero(TYPE_SIZE);
    let mut out = put_layout(cx, t, &mut blob);
    let mut data = blob.into_const(4);
    data.name = data.name.replacen("const", "layout", 1).into();
    out.insert(0, data);
    out
}

/// Writes size, alignment and pointers of a type into an `abi.Type`. Gives what it refers to.
pub(crate) fn put_layout(cx: &Cx<'_>, t: TypeId, blob: &mut Blob) -> Vec<Data> {
    let info = cx.info(t);
    let words = cx.pointer_words(t);
    blob.put_u32(0, info.size);
    blob.put_u32(4, words.last().map_or(0, |w| w + 4));
    let align = info.align as u8;
    blob.put(12, &[0, align, align, 0]);
    let mut out = Vec::new();
    if !words.is_empty() {
        let mask = mask_data(&words);
        blob.put_addr(20, mask.name.clone(), 0);
        out.push(mask);
    }
    out
}

/// A length as a varint, and the text.
fn put_counted(bytes: &mut Vec<u8>, text: &str) {
    let mut n = text.len();
    while n >= 0x80 {
        bytes.push(n as u8 | 0x80);
        n >>= 7;
    }
    bytes.push(n as u8);
    bytes.extend(text.as_bytes());
}
