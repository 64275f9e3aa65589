//! Values laid out in static data: constants, and literals all of whose parts are known.

use crate::consts::{Machine, bytes_data};
use crate::cx::{Cx, Source};
use crate::program::{Callable, Item, Lit, Outer};
use crate::symbols::content_symbol;
use polkago_ir::{Data, Reloc, RelocKind, Symbol};
use polkago_syntax::{ExprId, ExprKind, UnaryOp};
use polkago_types::{Constant, Mode, ObjId, ObjKind, Subst, TypeId, TypeKind, VarKind};

/// The bytes of a value, and where addresses stand in them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Blob {
    /// As many bytes as the value has.
    pub bytes: Vec<u8>,
    /// In any order.
    pub relocs: Vec<Reloc>,
}

impl Blob {
    /// Zero bytes.
    pub fn zero(size: u32) -> Self {
        Self {
            bytes: vec![0; size as usize],
            relocs: Vec::new(),
        }
    }

    /// Writes bytes at an offset.
    pub fn put(&mut self, offset: u32, bytes: &[u8]) {
        let at = offset as usize;
        self.bytes[at..at + bytes.len()].copy_from_slice(bytes);
    }

    /// Writes a 32-bit number.
    pub fn put_u32(&mut self, offset: u32, n: u32) {
        self.put(offset, &n.to_le_bytes());
    }

    /// Writes the address of a data object.
    pub fn put_addr(&mut self, offset: u32, sym: Symbol, addend: i32) {
        self.relocs.push(Reloc {
            offset,
            kind: RelocKind::Addr,
            sym,
            addend,
        });
    }

    /// Writes the table index of a function.
    pub fn put_func(&mut self, offset: u32, sym: Symbol) {
        self.relocs.push(Reloc {
            offset,
            kind: RelocKind::FuncIndex,
            sym,
            addend: 0,
        });
    }

    /// The blob as a data object; trailing zeros are not kept.
    pub fn into_data(mut self, name: Symbol, align: u32, refs: Option<Vec<u32>>) -> Data {
        let size = self.bytes.len() as u32;
        let used = self
            .bytes
            .iter()
            .rposition(|&b| b != 0)
            .map_or(0, |i| i + 1);
        self.bytes.truncate(used);
        self.relocs.sort_by_key(|r| r.offset);
        Data {
            name,
            align: align.max(1),
            size,
            bytes: self.bytes,
            relocs: self.relocs,
            mutable: refs.is_some(),
            mergeable: false,
            refs: refs.unwrap_or_default(),
        }
    }

    /// The blob as a read-only object named by its content.
    pub fn into_const(self, align: u32) -> Data {
        let mut data = self.into_data("".into(), align, None);
        let mut hashed = data.bytes.clone();
        hashed.extend(data.size.to_le_bytes());
        hashed.extend(data.align.to_le_bytes());
        data.name = content_symbol("const", &hashed, &data.relocs);
        data
    }
}

impl Cx<'_> {
    /// The variable whose address all objects of size 0 have: `runtime.zerobase`.
    pub fn zero_size_item(&self) -> Option<Item> {
        let pkg = self.runtime?;
        let obj = self.store.lookup_in_pkg(pkg.id, "zerobase")?;
        matches!(self.obj(obj).kind, ObjKind::Var(_)).then_some(Item::Var(obj))
    }

    /// The item that stands for a package variable.
    pub fn var_item(&self, obj: ObjId) -> Item {
        let obj = self.links.resolve(self, obj);
        let t = self.obj(obj).typ.get().map(|&t| self.store.canon(t));
        match self.zero_size_item() {
            Some(item) if t.is_some_and(|t| self.size(t) == 0) => item,
            _ => Item::Var(obj),
        }
    }
}

/// A table of all byte values, into which the data words of single bytes point.
pub(crate) fn byte_table() -> (Symbol, Data) {
    let name: Symbol = "go:bytes".into();
    let blob = Blob {
        bytes: (0..=255).collect(),
        relocs: Vec::new(),
    };
    (name.clone(), blob.into_data(name, 1, None))
}

/// A constant in read-only data.
pub(crate) struct ConstantData {
    /// The value.
    pub object: Data,
    /// What it points to.
    pub others: Vec<Data>,
}

/// Lays out a constant.
pub(crate) fn constant_data(cx: &Cx<'_>, t: TypeId, c: &Constant) -> Option<ConstantData> {
    let info = cx.info(t);
    if info.size == 1 {
        let byte = match cx.machine(t, c)? {
            Machine::I32(n) => n as u8,
            _ => return None,
        };
        let blob = Blob {
            bytes: vec![byte],
            relocs: Vec::new(),
        };
        return Some(ConstantData {
            object: blob.into_const(1),
            others: Vec::new(),
        });
    }
    let mut blob = Blob::zero(info.size);
    let mut others = Vec::new();
    put_constant(cx, t, c, &mut blob, 0, &mut others)?;
    Some(ConstantData {
        object: blob.into_const(info.align),
        others,
    })
}

/// Writes a constant into a blob.
fn put_constant(
    cx: &Cx<'_>,
    t: TypeId,
    c: &Constant,
    blob: &mut Blob,
    offset: u32,
    others: &mut Vec<Data>,
) -> Option<()> {
    match cx.machine(t, c)? {
        Machine::I32(n) => {
            let size = cx.size(t) as usize;
            blob.put(offset, &n.to_le_bytes()[..size]);
        }
        Machine::I64(n) => blob.put(offset, &n.to_le_bytes()),
        Machine::F32(x) => blob.put(offset, &x.to_le_bytes()),
        Machine::F64(x) => blob.put(offset, &x.to_le_bytes()),
        Machine::C64(re, im) => {
            blob.put(offset, &re.to_le_bytes());
            blob.put(offset + 4, &im.to_le_bytes());
        }
        Machine::C128(re, im) => {
            blob.put(offset, &re.to_le_bytes());
            blob.put(offset + 8, &im.to_le_bytes());
        }
        Machine::Str(bytes) => {
            if !bytes.is_empty() {
                let data = bytes_data(&bytes);
                blob.put_addr(offset, data.name.clone(), 0);
                others.push(data);
            }
            blob.put_u32(offset + 4, bytes.len() as u32);
        }
        Machine::Address(n) => blob.put_u32(offset, n),
    }
    Some(())
}

/// Lays out expressions whose values are known before the program runs.
pub(crate) struct Statics<'a> {
    /// What all of lowering shares.
    pub cx: &'a Cx<'a>,
    /// The file of the expressions.
    pub source: Source<'a>,
    /// The type arguments in force.
    pub subst: Subst,
    /// The declaration that function literals belong to.
    pub outer: Outer,
    /// What names of further objects begin with.
    pub prefix: String,
    /// Items referred to.
    pub needs: Vec<Item>,
    /// Further objects.
    pub data: Vec<Data>,
    /// Whether everything must be read-only, as in a copied template: no further variables.
    pub constant: bool,
    count: u32,
}

impl<'a> Statics<'a> {
    /// Nothing laid out yet.
    pub fn new(cx: &'a Cx<'a>, source: Source<'a>, outer: Outer, prefix: String) -> Self {
        Self {
            cx,
            source,
            subst: cx.outer_subst(&outer),
            outer,
            prefix,
            needs: Vec::new(),
            data: Vec::new(),
            constant: false,
            count: 0,
        }
    }

    fn typ(&self, e: ExprId) -> Option<TypeId> {
        let t = self.source.info.exprs[e].typ.expand()?;
        Some(self.cx.subst(t, &self.subst))
    }

    fn unparen(&self, mut e: ExprId) -> ExprId {
        while let ExprKind::Paren(inner) = self.source.tree.expr[e].kind {
            e = inner;
        }
        e
    }

    fn need(&mut self, item: Item) -> Symbol {
        let symbol = self.cx.symbol(&item);
        self.needs.push(item);
        symbol
    }

    /// The object that stands for all of size 0.
    fn zero_size(&mut self) -> Option<Symbol> {
        let item = self.cx.zero_size_item()?;
        Some(self.need(item))
    }

    /// Writes an expression, converted implicitly to a type, into a blob of zeros; `None` if its value is not known.
    pub fn put(&mut self, e: ExprId, to: TypeId, blob: &mut Blob, offset: u32) -> Option<()> {
        let e = self.unparen(e);
        let mode = self.source.info.exprs[e].mode;
        if mode == Mode::Nil {
            return Some(());
        }
        let from = self.typ(e)?;
        if self.cx.is_interface(to) {
            return self.put_interface(e, from, to, blob, offset);
        }
        if let Some(c) = self.source.info.consts.get(&e) {
            return put_constant(self.cx, from, c, blob, offset, &mut self.data);
        }
        match &self.source.tree.expr[e].kind {
            ExprKind::CompositeLit { .. } => self.put_literal(e, from, blob, offset),
            ExprKind::FuncLit { .. } => {
                let captures = self.source.info.captures.get(&e);
                if captures.is_some_and(|c| !c.is_empty()) {
                    return None;
                }
                let lit = Lit {
                    outer: self.outer.clone(),
                    file: self.source.file,
                    expr: e,
                };
                let symbol = self.need(Item::LitValue(lit));
                blob.put_addr(offset, symbol, 0);
                Some(())
            }
            ExprKind::Ident(id) => {
                let obj = self.source.info.uses[*id].expand()?;
                self.put_func(obj, *id, blob, offset)
            }
            ExprKind::Selector { sel, .. } => {
                if self.source.info.selections.contains_key(&e) {
                    return None;
                }
                let obj = self.source.info.uses[*sel].expand()?;
                self.put_func(obj, *sel, blob, offset)
            }
            ExprKind::Unary {
                op: UnaryOp::And,
                x,
                ..
            } => self.put_address(*x, blob, offset),
            ExprKind::Call { fun, args, .. } => {
                let fun = self.unparen(*fun);
                if self.source.info.exprs[fun].mode != Mode::Type {
                    return None;
                }
                let arg = *self.source.tree.exprs(*args).first()?;
                self.put_conversion(arg, from, blob, offset)
            }
            _ => None,
        }
    }

    fn put_interface(
        &mut self,
        e: ExprId,
        from: TypeId,
        to: TypeId,
        blob: &mut Blob,
        offset: u32,
    ) -> Option<()> {
        if self.cx.is_interface(from) {
            return None;
        }
        let item = if self.cx.is_eface(to) {
            Item::Type(from)
        } else {
            Item::Itab {
                typ: from,
                iface: self.cx.itab_interface(to),
            }
        };
        if self.cx.pointer_shaped(from) {
            self.put(e, from, blob, offset + 4)?;
        } else {
            let info = self.cx.info(from);
            let mut inner = Blob::zero(info.size);
            self.put(e, from, &mut inner, 0)?;
            if info.size == 0 {
                let symbol = self.zero_size()?;
                blob.put_addr(offset + 4, symbol, 0);
            } else {
                let data = inner.into_const(info.align);
                blob.put_addr(offset + 4, data.name.clone(), 0);
                self.data.push(data);
            }
        }
        let word = self.need(item);
        blob.put_addr(offset, word, 0);
        Some(())
    }

    fn put_func(
        &mut self,
        obj: polkago_types::ObjId,
        id: polkago_syntax::IdentId,
        blob: &mut Blob,
        offset: u32,
    ) -> Option<()> {
        if !matches!(self.cx.obj(obj).kind, ObjKind::Func(_)) {
            return None;
        }
        let inst = crate::call::instance(self.cx, self.source, &self.subst, id, obj);
        let symbol = self.need(Item::FuncValue(Callable::Declared(inst)));
        blob.put_addr(offset, symbol, 0);
        Some(())
    }

    /// A conversion that keeps the representation, or one of a constant string to bytes.
    fn put_conversion(
        &mut self,
        x: ExprId,
        to: TypeId,
        blob: &mut Blob,
        offset: u32,
    ) -> Option<()> {
        let from = self.typ(x)?;
        if let (Some(c), TypeKind::Slice(elem)) = (
            self.source.info.consts.get(&self.unparen(x)),
            self.cx.under(to),
        ) {
            let bytes = c.as_bytes()?;
            if self.cx.size(*elem) != 1 || bytes.is_empty() {
                return None;
            }
            let inner = Blob {
                bytes: bytes.to_vec(),
                relocs: Vec::new(),
            };
            let symbol = self.object(inner, 1, Vec::new())?;
            self.put_slice(symbol, bytes.len() as u32, blob, offset);
            return Some(());
        }
        let canon = |t| self.cx.store.canon(self.cx.store.underlying(t));
        if canon(from) != canon(to) {
            return None;
        }
        self.put(x, to, blob, offset)
    }

    fn put_slice(&mut self, symbol: Symbol, len: u32, blob: &mut Blob, offset: u32) {
        blob.put_addr(offset, symbol, 0);
        blob.put_u32(offset + 4, len);
        blob.put_u32(offset + 8, len);
    }

    /// A further variable, if such are allowed.
    fn object(&mut self, blob: Blob, align: u32, refs: Vec<u32>) -> Option<Symbol> {
        if self.constant {
            return None;
        }
        self.count += 1;
        let name: Symbol = format!("{}.tmp{}", self.prefix, self.count).into();
        self.data
            .push(blob.into_data(name.clone(), align, Some(refs)));
        Some(name)
    }

    /// `&x` and `&T{...}`.
    fn put_address(&mut self, x: ExprId, blob: &mut Blob, offset: u32) -> Option<()> {
        let x = self.unparen(x);
        if let ExprKind::CompositeLit { .. } = self.source.tree.expr[x].kind {
            let t = self.typ(x)?;
            let symbol = self.literal_object(x, t)?;
            blob.put_addr(offset, symbol, 0);
            return Some(());
        }
        let (symbol, addend) = self.variable(x)?;
        blob.put_addr(offset, symbol, addend);
        Some(())
    }

    /// A literal as an object of its own.
    fn literal_object(&mut self, e: ExprId, t: TypeId) -> Option<Symbol> {
        let info = self.cx.info(t);
        if info.size == 0 {
            return self.zero_size();
        }
        let mut inner = Blob::zero(info.size);
        self.put_literal(e, t, &mut inner, 0)?;
        self.object(inner, info.align, self.cx.pointer_words(t))
    }

    /// The package variable, and the offset in it, that an expression names.
    fn variable(&mut self, e: ExprId) -> Option<(Symbol, i32)> {
        let e = self.unparen(e);
        let info = self.source.info;
        let object = match &self.source.tree.expr[e].kind {
            ExprKind::Ident(id) => info.uses[*id].expand()?,
            ExprKind::Selector { x, sel } => match info.selections.get(&e) {
                None => info.uses[*sel].expand()?,
                Some(selection) => {
                    let (symbol, mut at) = self.variable(*x)?;
                    let mut t = self.typ(*x)?;
                    for &index in &selection.path {
                        let TypeKind::Struct(fields) = self.cx.under(t) else {
                            return None;
                        };
                        at += self.cx.offsets(fields)[index as usize] as i32;
                        t = fields[index as usize].typ;
                    }
                    return Some((symbol, at));
                }
            },
            ExprKind::Index { x, indices, .. } => {
                let TypeKind::Array { elem, .. } = self.cx.under(self.typ(*x)?) else {
                    return None;
                };
                let index = *self.source.tree.exprs(*indices).first()?;
                let index = info.consts.get(&index)?.to_int().to_i64()?;
                let (symbol, at) = self.variable(*x)?;
                return Some((symbol, at + index as i32 * self.cx.size(*elem) as i32));
            }
            _ => return None,
        };
        if !matches!(self.cx.obj(object).kind, ObjKind::Var(VarKind::Package)) {
            return None;
        }
        let item = self.cx.var_item(object);
        Some((self.need(item), 0))
    }

    /// A composite literal of a struct, array or slice type.
    fn put_literal(&mut self, e: ExprId, t: TypeId, blob: &mut Blob, offset: u32) -> Option<()> {
        let ExprKind::CompositeLit { elems, .. } = &self.source.tree.expr[e].kind else {
            return None;
        };
        let elems = self.source.tree.exprs(*elems);
        match self.cx.under(t) {
            TypeKind::Struct(fields) => {
                let offsets = self.cx.offsets(fields);
                for (i, &elem) in elems.iter().enumerate() {
                    let (index, value) = self.field_elem(fields, i, elem)?;
                    let typ = self.cx.store.canon(fields[index].typ);
                    if self.cx.text(fields[index].name) == "_" {
                        // It keeps nothing, but its value has to be one without effects.
                        self.put_elem(value, typ, &mut Blob::zero(self.cx.size(typ)), 0)?;
                        continue;
                    }
                    self.put_elem(value, typ, blob, offset + offsets[index])?;
                }
                Some(())
            }
            TypeKind::Array { elem, .. } => {
                self.put_elems(elems, self.cx.store.canon(*elem), blob, offset)
            }
            TypeKind::Slice(elem) => {
                let elem = self.cx.store.canon(*elem);
                let len = self.literal_len(elems)?;
                let info = self.cx.info(elem);
                let mut inner = Blob::zero(info.size.checked_mul(len)?);
                self.put_elems(elems, elem, &mut inner, 0)?;
                if info.size == 0 || len == 0 {
                    let symbol = self.zero_size()?;
                    self.put_slice(symbol, len, blob, offset);
                    return Some(());
                }
                let array = self.cx.store.array(u64::from(len), elem);
                let symbol = self.object(inner, info.align, self.cx.pointer_words(array))?;
                self.put_slice(symbol, len, blob, offset);
                Some(())
            }
            // `&T{...}` with the type elided.
            TypeKind::Pointer(elem) => {
                let elem = self.cx.store.canon(*elem);
                let symbol = self.literal_object(e, elem)?;
                blob.put_addr(offset, symbol, 0);
                Some(())
            }
            _ => None,
        }
    }

    /// An element: literals in it may elide their type.
    fn put_elem(&mut self, e: ExprId, t: TypeId, blob: &mut Blob, offset: u32) -> Option<()> {
        let inner = self.unparen(e);
        if let ExprKind::CompositeLit { typ: None, .. } = self.source.tree.expr[inner].kind {
            return self.put_literal(inner, t, blob, offset);
        }
        self.put(e, t, blob, offset)
    }

    pub fn put_elems(
        &mut self,
        elems: &[ExprId],
        t: TypeId,
        blob: &mut Blob,
        offset: u32,
    ) -> Option<()> {
        let size = self.cx.size(t);
        let mut index = 0u32;
        for &elem in elems {
            let value = match &self.source.tree.expr[elem].kind {
                ExprKind::KeyValue { key, value, .. } => {
                    index = self.key_index(*key)?;
                    *value
                }
                _ => elem,
            };
            self.put_elem(value, t, blob, offset + index * size)?;
            index += 1;
        }
        Some(())
    }

    fn key_index(&self, key: ExprId) -> Option<u32> {
        let c = self.source.info.consts.get(&key)?;
        u32::try_from(c.to_int().to_i64()?).ok()
    }

    /// The length of a slice literal: one more than its largest index.
    fn literal_len(&self, elems: &[ExprId]) -> Option<u32> {
        let (mut index, mut len) = (0, 0);
        for &elem in elems {
            if let ExprKind::KeyValue { key, .. } = &self.source.tree.expr[elem].kind {
                index = self.key_index(*key)?;
            }
            index += 1;
            len = len.max(index);
        }
        Some(len)
    }

    fn field_elem(
        &self,
        fields: &[polkago_types::Field],
        i: usize,
        elem: ExprId,
    ) -> Option<(usize, ExprId)> {
        let ExprKind::KeyValue { key, value, .. } = &self.source.tree.expr[elem].kind else {
            return Some((i, elem));
        };
        let ExprKind::Ident(id) = self.source.tree.expr[*key].kind else {
            return None;
        };
        let name = self.source.tree.ident_text(id);
        let index = fields.iter().position(|f| self.cx.text(f.name) == name)?;
        Some((index, *value))
    }
}
