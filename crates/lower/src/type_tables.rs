//! What the walk adds for reflection, once it is known what the program asks for: methods of descriptors, pointers
//! from types to the types that point to them, the list of types without name, and the tables for calls.

use crate::cx::{Cx, FuncInst};
use crate::descriptors::{PTR_TO_THIS, add_method, method_items};
use crate::methods::MethodEntry;
use crate::output::{ItabEntry, Output, TypeMethod};
use crate::program::{Callable, Item, Program};
use crate::reflection::shape_text;
use crate::statics::Blob;
use crate::type_names::Qualify;
use polkago_ir::{Data, Module, Reloc, RelocKind, Symbol};
use polkago_types::{TypeId, TypeKind};
use std::collections::BTreeSet;
use std::sync::Arc;

/// A method that a descriptor may list.
pub(crate) struct ListedMethod {
    method: TypeMethod,
    /// Whether an assertion or reflection looks for it.
    listed: bool,
    /// Whether its code is part of the program.
    coded: bool,
}

impl ListedMethod {
    /// A method that nothing asks for yet.
    pub fn new(method: TypeMethod) -> Self {
        Self {
            method,
            listed: false,
            coded: false,
        }
    }
}

/// A method in an interface table.
pub(crate) struct ItabMethod {
    entry: ItabEntry,
    /// Whether its code is part of the program.
    coded: bool,
}

impl ItabMethod {
    /// A method that nothing asks for yet.
    pub fn new(entry: ItabEntry) -> Self {
        Self {
            entry,
            coded: false,
        }
    }
}

/// How far the types and methods of the walk have been looked at.
#[derive(Debug, Default)]
pub(crate) struct Progress {
    interfaces: usize,
    pointers: usize,
    adapters: usize,
    stubs: usize,
    methods: usize,
}

/// The shapes of frames for which there is code.
#[derive(Debug, Default)]
pub(crate) struct Shapes {
    calls: BTreeSet<Arc<str>>,
    stubs: BTreeSet<Arc<str>>,
    methods: BTreeSet<Arc<str>>,
}

impl Cx<'_> {
    /// The item of a function or method without type parameters of a package: `F`, `(*T).M` or `T.M`.
    fn func_item(&self, package: &str, name: &str) -> Option<Item> {
        let pkg = self.packages.iter().find(|p| &*p.path == package)?;
        let obj = crate::linkname::find(self, pkg.id, name)?;
        Some(Item::Func(Callable::Declared(FuncInst::plain(obj))))
    }
}

impl Program<'_> {
    /// Adds what reflection may look for in the types and methods that are new.
    pub fn extend_tables(&mut self) {
        let mut output = Output::default();
        self.want_interfaces();
        self.choose_methods(&mut output);
        let asks_pointer = self.cx.func_item("reflect", "(*rtype).ptrTo");
        if asks_pointer.is_some_and(|item| self.seen.contains(&item)) {
            for &t in &self.types[self.progress.pointers..] {
                let pointer = self.cx.pointer(t);
                if has_own_methods(self.cx, t) {
                    output.needs.push(Item::Type(pointer));
                }
            }
            self.progress.pointers = self.types.len();
        }
        if self.reaches_var("callAdapters") {
            for &t in &self.types[self.progress.adapters..] {
                call_shapes(self.cx, t, &mut self.shapes.calls);
            }
            self.progress.adapters = self.types.len();
            for ListedMethod { method, coded, .. } in &self.methods {
                if *coded {
                    let mut types = self.cx.func_types_of(method.entry.typ);
                    let shape = shape_text(self.cx, &types, true);
                    self.shapes.calls.insert(shape);
                    if self.uses.funcs {
                        types.recv = Some(method.typ);
                        let shape = shape_text(self.cx, &types, false);
                        self.shapes.calls.insert(shape);
                    }
                }
            }
            let calls = self.shapes.calls.iter().cloned();
            output.needs.extend(calls.map(Item::CallAdapter));
        }
        if self.reaches_var("funcStubs") {
            for &t in &self.types[self.progress.stubs..] {
                if let TypeKind::Func(_) = self.cx.under(t) {
                    let types = self.cx.func_types_of(t);
                    let shape = shape_text(self.cx, &types, false);
                    self.shapes.stubs.insert(shape);
                }
            }
            self.progress.stubs = self.types.len();
            let stubs = self.shapes.stubs.iter().cloned();
            output.needs.extend(stubs.map(Item::FuncStub));
        }
        if self.reaches_var("methodStubs") {
            for &t in &self.types[self.progress.methods..] {
                if self.cx.is_interface(t) {
                    call_shapes(self.cx, t, &mut self.shapes.methods);
                }
            }
            self.progress.methods = self.types.len();
            let stubs = self.shapes.methods.iter().cloned();
            output.needs.extend(stubs.map(Item::FuncStub));
        }
        self.join(output);
    }

    /// Where reflection may ask whether a type implements an interface, the methods of all interfaces with descriptors
    /// are looked for.
    fn want_interfaces(&mut self) {
        let asks = |package| {
            let item = self.cx.func_item(package, "implements");
            item.is_some_and(|item| self.seen.contains(&item))
        };
        if !asks("reflect") && !asks("internal/reflectlite") {
            return;
        }
        for &t in &self.types[self.progress.interfaces..] {
            if self.cx.is_interface(t) {
                let methods = &self.cx.method_set(t).methods;
                self.wanted.extend(methods.iter().map(MethodEntry::key));
            }
        }
        self.progress.interfaces = self.types.len();
    }

    /// Chooses the methods that assertions and reflection look for, and the code that is called through interfaces.
    fn choose_methods(&mut self, output: &mut Output) {
        for listed in &mut self.methods {
            let entry = &listed.method.entry;
            let found = self.uses.finds(entry);
            let [signature, code] = method_items(self.cx, &listed.method);
            if !listed.listed && (found || self.wanted.contains(&entry.key())) {
                listed.listed = true;
                output.needs.push(signature);
            }
            if !listed.coded && listed.listed && (found || self.called.contains(&entry.key())) {
                listed.coded = true;
                output.needs.push(code);
            }
            if listed.coded && self.uses.funcs {
                output.needs.push(method_func(self.cx, &listed.method));
            }
        }
        for table in &mut self.itab_methods {
            let (name, pkg, _) = table.entry.method;
            let called = self.called.contains(&table.entry.method);
            if !table.coded && (called || self.uses.finds_name(name, pkg)) {
                table.coded = true;
                output
                    .needs
                    .push(self.cx.itab_method(table.entry.typ, name, pkg));
            }
        }
    }

    /// Whether a variable of package `reflect` is part of the program.
    fn reaches_var(&self, name: &str) -> bool {
        let item = self.cx.reflect_var(name);
        item.is_some_and(|item| self.seen.contains(&item))
    }

    /// Puts methods, pointers between types and tables into the data that refers to them.
    pub fn finish_tables(&mut self) {
        self.add_methods();
        for &t in &self.types {
            let pointer = Item::Type(self.cx.pointer(t));
            if self.progress.pointers > 0 && self.seen.contains(&pointer) {
                let symbol = self.cx.symbol(&Item::Type(t));
                if let Some(data) = self.module.data.get_mut(&symbol) {
                    data.relocs
                        .push(address(PTR_TO_THIS, self.cx.symbol(&pointer)));
                    data.relocs.sort_by_key(|r| r.offset);
                }
            }
        }
        self.list_types();
        let cx = self.cx;
        let calls = std::mem::take(&mut self.shapes.calls);
        let closure = |shape: &Arc<str>| {
            let symbol = cx.symbol(&Item::CallAdapter(shape.clone()));
            address(8, symbol)
        };
        put_shapes(&mut self.module, "reflect.callAdapters", &calls, closure);
        let code = |shape: &Arc<str>| Reloc {
            kind: RelocKind::FuncIndex,
            ..address(8, cx.symbol(&Item::FuncStub(shape.clone())))
        };
        let stubs = std::mem::take(&mut self.shapes.stubs);
        put_shapes(&mut self.module, "reflect.funcStubs", &stubs, code);
        let methods = std::mem::take(&mut self.shapes.methods);
        put_shapes(&mut self.module, "reflect.methodStubs", &methods, code);
    }

    /// Adds the chosen methods to their descriptors. Where methods are counted the others stand there by name.
    fn add_methods(&mut self) {
        let mut names = Output::default();
        for ListedMethod {
            method,
            listed,
            coded,
        } in &self.methods
        {
            if !(*listed || self.uses.count && method.entry.pkg.is_none()) {
                continue;
            }
            let symbol = self.cx.symbol(&Item::Type(method.typ));
            let func = self.uses.funcs.then(|| method_func(self.cx, method));
            if let Some(data) = self.module.data.get_mut(&symbol) {
                let added = add_method(self.cx, data, method, *listed, *coded, func);
                names.data.extend(added);
            }
        }
        for ItabMethod { entry, coded } in &self.itab_methods {
            if !*coded {
                continue;
            }
            let (name, pkg, _) = entry.method;
            let code = self.cx.itab_method(entry.typ, name, pkg);
            let symbol = self.cx.symbol(&Item::Itab {
                typ: entry.typ,
                iface: entry.iface,
            });
            if let Some(data) = self.module.data.get_mut(&symbol) {
                data.relocs.push(Reloc {
                    kind: RelocKind::FuncIndex,
                    ..address(entry.offset, self.cx.symbol(&code))
                });
            }
        }
        self.join(names);
    }

    /// Lists the types without name, by their text, where the program looks for them.
    fn list_types(&mut self) {
        const LIST: &str = "runtime.typelinks";
        if !self.module.data.contains_key(LIST) {
            return;
        }
        let cx = self.cx;
        let unnamed = |t: &&TypeId| {
            cx.named(**t).is_none()
                && !matches!(cx.kind(**t), TypeKind::Basic(_) | TypeKind::Interface(_))
        };
        let mut types: Vec<(String, TypeId)> = (self.types.iter().filter(unnamed))
            .map(|&t| (cx.type_text(t, Qualify::Name), t))
            .collect();
        types.sort_by(|a, b| a.0.cmp(&b.0));
        let mut table = Blob::zero(4 * types.len() as u32);
        for (i, (_, t)) in types.iter().enumerate() {
            table.put_addr(4 * i as u32, cx.symbol(&Item::Type(*t)), 0);
        }
        put_slice(&mut self.module, LIST, table, types.len() as u32);
    }
}

/// The code of a method that reflection calls as a function with the receiver first.
fn method_func(cx: &Cx<'_>, method: &TypeMethod) -> Item {
    let entry = &method.entry;
    Item::FuncValue(cx.method_callable(method.typ, entry.name, entry.pkg))
}

/// Whether a pointer to a type has methods.
fn has_own_methods(cx: &Cx<'_>, t: TypeId) -> bool {
    !cx.is_interface(t)
        && !matches!(cx.kind(t), TypeKind::Pointer(_))
        && !cx.method_set(cx.pointer(t)).methods.is_empty()
}

/// The shapes of the frames of calls of function values of a type, or of methods of an interface type.
fn call_shapes(cx: &Cx<'_>, t: TypeId, shapes: &mut BTreeSet<Arc<str>>) {
    match cx.under(t) {
        TypeKind::Func(_) => {
            shapes.insert(shape_text(cx, &cx.func_types_of(t), false));
        }
        TypeKind::Interface(_) => {
            for method in &cx.method_set(t).methods {
                shapes.insert(shape_text(cx, &cx.func_types_of(method.typ), true));
            }
        }
        _ => {}
    }
}

/// A relocation that writes an address.
fn address(offset: u32, sym: Symbol) -> Reloc {
    Reloc {
        offset,
        kind: RelocKind::Addr,
        sym,
        addend: 0,
    }
}

/// Gives a slice variable the entries for shapes, sorted: the text, and what `code` says at offset 8.
fn put_shapes(
    module: &mut Module,
    variable: &str,
    shapes: &BTreeSet<Arc<str>>,
    code: impl Fn(&Arc<str>) -> Reloc,
) {
    const ENTRY: u32 = 12;
    let mut table = Blob::zero(ENTRY * shapes.len() as u32);
    for (i, shape) in shapes.iter().enumerate() {
        let at = ENTRY * i as u32;
        let text = crate::consts::bytes_data(shape.as_bytes());
        table.put_addr(at, text.name.clone(), 0);
        table.put_u32(at + 4, shape.len() as u32);
        let reloc = code(shape);
        table.relocs.push(Reloc {
            offset: at + reloc.offset,
            ..reloc
        });
        module.data.entry(text.name.clone()).or_insert(text);
    }
    put_slice(module, variable, table, shapes.len() as u32);
}

/// Gives a slice variable its value: `n` elements in memory of their own.
fn put_slice(module: &mut Module, variable: &str, elements: Blob, n: u32) {
    let Some(data) = module.data.get_mut(variable) else {
        return;
    };
    let name: Symbol = format!("go:{variable}").into();
    let mut value = Blob::zero(12);
    if n > 0 {
        value.put_addr(0, name.clone(), 0);
    }
    value.put_u32(4, n);
    value.put_u32(8, n);
    let Data { bytes, relocs, .. } = value.into_data(data.name.clone(), 4, None);
    (data.bytes, data.relocs) = (bytes, relocs);
    if n > 0 {
        let table = elements.into_data(name.clone(), 4, None);
        module.data.insert(name, table);
    }
}
