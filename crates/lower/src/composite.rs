//! Composite literals (*Composite literals*), built directly where they are wanted.

use crate::func::FuncLowering;
use crate::program::Item;
use crate::scalars::Vals;
use crate::statics::{Blob, Statics};
use polkago_ir::{Data, Value};
use polkago_syntax::{ExprId, ExprKind};
use polkago_types::{Field, TypeId, TypeKind};
use smallvec::smallvec;

/// An array in static data.
pub(crate) struct ConstArray {
    object: Data,
    /// The items that it refers to.
    needs: Vec<Item>,
    /// The data that it refers to.
    data: Vec<Data>,
}

impl FuncLowering<'_> {
    /// A composite literal as a value.
    pub fn composite(&mut self, e: ExprId) -> Vals {
        let t = self.typ(e);
        self.literal(e, t)
    }

    /// A literal of a type, which it may elide: `&T{...}` where the type is a pointer.
    fn literal(&mut self, e: ExprId, t: TypeId) -> Vals {
        let info = self.cx.info(t);
        match self.cx.under(t) {
            TypeKind::Pointer(elem) => {
                let elem = self.cx.store.canon(*elem);
                let base = self.new_object(elem);
                self.literal_into(e, elem, base, 0, true);
                smallvec![base]
            }
            TypeKind::Slice(elem) => self.slice_literal(e, self.cx.store.canon(*elem)),
            TypeKind::Map { .. } => self.map_literal(e, t),
            TypeKind::Struct(fields) if !info.memory => self.struct_scalars(e, t, fields),
            _ if info.memory || info.leaves.is_empty() => {
                let at = self.temp(t);
                self.literal_into(e, t, at, 0, false);
                if info.memory {
                    smallvec![at]
                } else {
                    Vals::new()
                }
            }
            // An array of one element.
            _ => {
                let at = self.temp(t);
                self.literal_into(e, t, at, 0, false);
                self.load(t, at, 0)
            }
        }
    }

    /// The field and the value of an element of a struct literal.
    pub fn struct_elem(&self, fields: &[Field], i: usize, elem: ExprId) -> (usize, ExprId) {
        let ExprKind::KeyValue { key, value, .. } = self.kind(elem) else {
            return (i, elem);
        };
        let ExprKind::Ident(id) = *self.kind(*key) else {
            return (i, *value);
        };
        let name = self.src().tree.ident_text(id);
        let index = fields.iter().position(|f| self.cx.text(f.name) == name);
        (index.unwrap_or(i), *value)
    }

    /// A struct whose value is scalars.
    fn struct_scalars(&mut self, e: ExprId, t: TypeId, fields: &[Field]) -> Vals {
        let mut parts: Vec<Option<Vals>> = vec![None; fields.len()];
        for (i, elem) in self.elements(e).into_iter().enumerate() {
            let (index, value) = self.struct_elem(fields, i, elem);
            let typ = self.cx.store.canon(fields[index].typ);
            let part = self.element_value(value, typ);
            // Blank fields keep nothing.
            if self.cx.text(fields[index].name) != "_" {
                parts[index] = Some(part);
            }
        }
        debug_assert!(!self.cx.info(t).memory);
        let mut vals = Vals::new();
        for (part, field) in parts.into_iter().zip(fields) {
            match part {
                Some(part) => vals.extend(part),
                None => vals.extend(self.zero(field.typ)),
            }
        }
        vals
    }

    /// The value of an element: a literal that elides its type, or any expression.
    pub fn element_value(&mut self, e: ExprId, t: TypeId) -> Vals {
        if self.elides_type(e) {
            return self.literal(e, t);
        }
        self.expr_to(e, t)
    }

    /// Whether an expression is a literal without its type.
    pub fn elides_type(&self, e: ExprId) -> bool {
        matches!(self.kind(e), ExprKind::CompositeLit { typ: None, .. })
    }

    /// The elements of a literal as written.
    pub fn elements(&self, e: ExprId) -> Vec<ExprId> {
        match self.kind(e) {
            ExprKind::CompositeLit { elems, .. } => self.src().tree.exprs(*elems).to_vec(),
            _ => Vec::new(),
        }
    }

    /// Elements of an array or slice literal with their indices, and the length.
    pub fn indexed(&self, e: ExprId) -> (Vec<(u32, ExprId)>, u32) {
        let (mut index, mut len) = (0u32, 0u32);
        let mut out = Vec::new();
        for elem in self.elements(e) {
            let value = match self.kind(elem) {
                ExprKind::KeyValue { key, value, .. } => {
                    index = self.const_int(*key).map_or(index, |n| n as u32);
                    *value
                }
                _ => elem,
            };
            out.push((index, value));
            index += 1;
            len = len.max(index);
        }
        (out, len)
    }

    /// Builds an expression of a type in memory; `zeroed` tells that the memory is zero already.
    pub fn expr_into(&mut self, e: ExprId, t: TypeId, base: Value, offset: u32, zeroed: bool) {
        let inner = self.unparen(e);
        let own_type = self.elides_type(inner) || self.typ(inner) == t;
        if let ExprKind::CompositeLit { .. } = self.kind(inner)
            && own_type
            && matches!(
                self.cx.under(t),
                TypeKind::Struct(_) | TypeKind::Array { .. }
            )
        {
            self.literal_into(inner, t, base, offset, zeroed);
            return;
        }
        let vals = self.element_value(e, t);
        self.store(t, base, offset, &vals);
    }

    /// Builds a literal in memory that nobody else sees yet.
    fn literal_into(&mut self, e: ExprId, t: TypeId, base: Value, offset: u32, zeroed: bool) {
        match self.cx.under(t) {
            TypeKind::Struct(fields) => {
                let offsets = self.cx.offsets(fields);
                let elements = self.elements(e);
                let is_blank = |f: &Field| self.cx.text(f.name) == "_";
                if !zeroed && (elements.len() < fields.len() || fields.iter().any(is_blank)) {
                    self.store_zero(t, base, offset);
                }
                for (i, elem) in elements.into_iter().enumerate() {
                    let (index, value) = self.struct_elem(fields, i, elem);
                    let typ = self.cx.store.canon(fields[index].typ);
                    if self.cx.text(fields[index].name) == "_" {
                        self.element_value(value, typ);
                        continue;
                    }
                    self.expr_into(value, typ, base, offset + offsets[index], zeroed);
                }
            }
            TypeKind::Array { len, elem } => {
                let elem = self.cx.store.canon(*elem);
                if self.template_into(e, t, base, offset) {
                    return;
                }
                let (elements, _) = self.indexed(e);
                if !zeroed && (elements.len() as u64) < *len {
                    self.store_zero(t, base, offset);
                }
                self.elements_into(&elements, elem, base, offset, zeroed);
            }
            _ => {
                let vals = self.literal(e, t);
                self.store(t, base, offset, &vals);
            }
        }
    }

    fn elements_into(
        &mut self,
        elements: &[(u32, ExprId)],
        elem: TypeId,
        base: Value,
        offset: u32,
        zeroed: bool,
    ) {
        let size = self.cx.size(elem);
        for &(index, value) in elements {
            self.expr_into(value, elem, base, offset + index * size, zeroed);
        }
    }

    /// A slice literal: a fresh array.
    fn slice_literal(&mut self, e: ExprId, elem: TypeId) -> Vals {
        let (elements, len) = self.indexed(e);
        let base = self.new_array(elem, len);
        let array = self
            .cx
            .store
            .canon(self.cx.store.array(u64::from(len), elem));
        if !self.template_into(e, array, base, 0) {
            self.elements_into(&elements, elem, base, 0, true);
        }
        let len = self.b.i32const(len as i32);
        smallvec![base, len, len]
    }

    /// Expressions of one type as an array in static data, and what that refers to, if they are all constant.
    pub fn constant_array(&self, elems: &[ExprId], elem: TypeId) -> Option<ConstArray> {
        let array = self.cx.store.array(elems.len() as u64, elem);
        self.constant_elements(elems, self.cx.store.canon(array))
    }

    /// The elements of an array literal as static data, and what that refers to, if they are all constant.
    fn constant_elements(&self, elems: &[ExprId], array: TypeId) -> Option<ConstArray> {
        let TypeKind::Array { elem, .. } = self.cx.under(array) else {
            return None;
        };
        let elem = self.cx.store.canon(*elem);
        let outer = self.outer.clone();
        let mut statics = Statics::new(self.cx, self.src(), outer, String::new());
        statics.subst = self.subst.clone();
        statics.constant = true;
        let info = self.cx.info(array);
        let mut blob = Blob::zero(info.size);
        statics.put_elems(elems, elem, &mut blob, 0)?;
        Some(ConstArray {
            object: blob.into_const(info.align),
            needs: statics.needs,
            data: statics.data,
        })
    }

    /// The address of an array in static data.
    pub fn constant_addr(&mut self, array: ConstArray) -> Value {
        let name = array.object.name.clone();
        self.out.needs.extend(array.needs);
        self.out.data.extend(array.data);
        self.out.data.push(array.object);
        self.b.sym_addr(&name, 0)
    }

    /// Copies an array literal of many constant elements from static data. Gives false if it is not one.
    fn template_into(&mut self, e: ExprId, array: TypeId, base: Value, offset: u32) -> bool {
        const WORTH: usize = 4;
        let ExprKind::CompositeLit { elems, .. } = self.kind(e) else {
            return false;
        };
        let elems = self.src().tree.exprs(*elems);
        if elems.len() <= WORTH {
            return false;
        }
        let Some(template) = self.constant_elements(elems, array) else {
            return false;
        };
        let info = self.cx.info(array);
        let from = self.constant_addr(template);
        let to = self.offset(base, offset);
        let len = self.b.i32const(info.size as i32);
        self.b.mem_copy(to, from, len, self.cx.pointer_free(array));
        true
    }
}
