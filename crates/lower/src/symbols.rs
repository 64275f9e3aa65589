//! The names of functions and data (decision record 0004).

use crate::cx::{Cx, FuncInst};
use crate::program::{Callable, Item, Outer};
use crate::type_names::Qualify;
use polkago_ir::Symbol;
use polkago_types::{ObjId, PkgId, Sym, TypeId, TypeKind};

impl Cx<'_> {
    /// What the symbols of a package begin with: its import path, or `main` for the program. Tests may import another one
    /// of that name.
    pub fn pkg_path(&self, pkg: PkgId) -> &str {
        if self.main == Some(pkg) {
            "main"
        } else {
            &self.store.pkg(pkg).path
        }
    }

    /// The symbol of an item.
    pub fn symbol(&self, item: &Item) -> Symbol {
        match item {
            Item::Func(Callable::Declared(inst)) if inst.targs.is_empty() => {
                match self.func_symbols.get(inst.obj) {
                    Some(symbol) => symbol.clone(),
                    None => {
                        let symbol = self.inst_symbol(inst).into();
                        self.func_symbols.set(inst.obj, symbol).clone()
                    }
                }
            }
            Item::Func(callable) => self.callable_symbol(callable).into(),
            Item::FuncValue(callable) => format!("{}·f", self.callable_symbol(callable)).into(),
            Item::Lit(lit) => {
                let pkg = self.outer_pkg(&lit.outer);
                let name = self.lit_name(pkg, lit.file, lit.expr);
                format!("{}{name}", self.outer_symbol(&lit.outer)).into()
            }
            Item::RangeBody(body) => {
                let name = self.range_name(&body.outer, body.file, body.stmt);
                format!("{}{name}", self.outer_symbol(&body.outer)).into()
            }
            Item::LitValue(lit) => format!("{}·f", self.symbol(&Item::Lit(lit.clone()))).into(),
            Item::Init(pkg) => self.outer_symbol(&Outer::Init(*pkg)).into(),
            Item::VarInit(obj) => format!("{}·init", self.object_symbol(*obj)).into(),
            Item::Var(obj) => self.object_symbol(*obj).into(),
            Item::Type(t) => format!("type:{}", self.type_text(*t, Qualify::Path)).into(),
            Item::Itab { typ, iface } => format!(
                "itab:{},{}",
                self.type_text(*typ, Qualify::Path),
                self.type_text(*iface, Qualify::Path)
            )
            .into(),
            Item::Equal(t) => format!("eq:{}", self.type_text(*t, Qualify::Path)).into(),
            Item::EqualBytes(n) => format!("eq:bytes{n}").into(),
            Item::Hash(t) => format!("hash:{}", self.type_text(*t, Qualify::Path)).into(),
            Item::HashBytes(n) => format!("hash:bytes{n}").into(),
            Item::ItabMethod { recv, name, pkg } => {
                format!("{}·i", self.method_symbol(*recv, *name, *pkg)).into()
            }
            Item::Bound { recv, name, pkg } => {
                format!("{}-fm", self.method_symbol(*recv, *name, *pkg)).into()
            }
            Item::CallAdapter(shape) => format!("reflect.call:{shape}·f").into(),
            Item::FuncStub(shape) => format!("reflect.stub:{shape}").into(),
            Item::Boot => "go:init".into(),
            Item::Start => "_start".into(),
            Item::Export(obj) => format!("{}·export", self.object_symbol(*obj)).into(),
        }
    }

    /// The symbol of a function that a call may name.
    pub fn callable_symbol(&self, callable: &Callable) -> String {
        match callable {
            Callable::Declared(inst) => self.inst_symbol(inst),
            Callable::Method { recv, name, pkg } => self.method_symbol(*recv, *name, *pkg),
        }
    }

    /// `import/path.name` of a package-level object; `init` functions are numbered.
    pub fn object_symbol(&self, obj: ObjId) -> String {
        let object = self.obj(obj);
        let name = self.text(object.name);
        let path = self.pkg_path(object.pkg);
        if name == "init"
            && let Some(pkg) = self.package(object.pkg)
            && let Some(n) = pkg.inits.iter().position(|&o| o == obj)
        {
            return format!("{path}.init.{n}");
        }
        format!("{path}.{name}")
    }

    /// The symbol of a declared function or method with its type arguments.
    pub fn inst_symbol(&self, inst: &FuncInst) -> String {
        if let Some(recv) = self.recv_type(inst) {
            let object = self.obj(inst.obj);
            let exported = crate::methods::is_exported(self.text(object.name));
            return self.method_symbol(recv, object.name, (!exported).then_some(object.pkg));
        }
        let mut symbol = self.object_symbol(inst.obj);
        if !inst.targs.is_empty() {
            let targs: Vec<String> = inst
                .targs
                .iter()
                .map(|&t| self.type_text(t, Qualify::Path))
                .collect();
            symbol.push_str(&format!("[{}]", targs.join(",")));
        }
        symbol
    }

    /// The symbol of the function that takes a receiver of type `recv` and calls its method.
    pub fn method_symbol(&self, recv: TypeId, name: Sym, pkg: Option<PkgId>) -> String {
        let (base, pointer) = match self.kind(recv) {
            TypeKind::Pointer(elem) => (*elem, true),
            _ => (recv, false),
        };
        let text = self.type_text(base, Qualify::Path);
        let named = self.named(base);
        let owner = match (named, pointer) {
            (Some(_), false) => text,
            (Some(_), true) => match text.rfind('/').map_or(0, |i| i + 1) {
                // The star goes between import path and type: `import/path.(*T)`.
                start if !text[start..].contains('[') => pointer_owner(&text, start),
                _ => {
                    let open = text.find('[').unwrap_or(text.len());
                    let start = text[..open].rfind('/').map_or(0, |i| i + 1);
                    pointer_owner(&text, start)
                }
            },
            (None, false) => format!("({text})"),
            (None, true) => format!("(*{text})"),
        };
        let home = named.map(|n| self.obj(self.store.named(n).obj).pkg);
        match pkg {
            // An unexported method promoted from another package.
            Some(p) if home != Some(p) => {
                format!("{owner}.{}.{}", self.pkg_path(p), self.text(name))
            }
            _ => format!("{owner}.{}", self.text(name)),
        }
    }

    /// The package of an outermost declaration.
    pub fn outer_pkg(&self, outer: &Outer) -> PkgId {
        match outer {
            Outer::Func(inst) => self.obj(inst.obj).pkg,
            Outer::Init(pkg) => *pkg,
        }
    }

    /// The symbol that literals and temporaries of an outermost declaration are named after.
    pub fn outer_symbol(&self, outer: &Outer) -> String {
        match outer {
            Outer::Func(inst) => self.inst_symbol(inst),
            Outer::Init(pkg) => format!("{}.init", self.pkg_path(*pkg)),
        }
    }
}

/// `import/path.T` as `import/path.(*T)`; `start` is where the last element of the path starts.
fn pointer_owner(text: &str, start: usize) -> String {
    match text[start..].find('.') {
        Some(dot) => {
            let (path, name) = text.split_at(start + dot);
            format!("{path}.(*{})", &name[1..])
        }
        None => format!("(*{text})"),
    }
}

/// The symbol of read-only bytes, by their content.
pub(crate) fn content_symbol(prefix: &str, bytes: &[u8], relocs: &[polkago_ir::Reloc]) -> Symbol {
    let mut hash = Fnv128::new();
    hash.write(bytes);
    for reloc in relocs {
        hash.write(&reloc.offset.to_le_bytes());
        hash.write(&reloc.addend.to_le_bytes());
        hash.write(&[reloc.kind as u8]);
        hash.write(reloc.sym.as_bytes());
        hash.write(&[0]);
    }
    format!("{prefix}:{:032x}", hash.0).into()
}

/// FNV-1a with 128 bits: stable over releases and machines, and wide enough that equal hashes mean equal bytes.
pub(crate) struct Fnv128(pub u128);

impl Fnv128 {
    /// The hash of nothing.
    pub fn new() -> Self {
        Self(0x6c62_272e_07bb_0142_62b8_2175_6295_c58d)
    }

    /// Adds bytes.
    pub fn write(&mut self, bytes: &[u8]) {
        for &b in bytes {
            self.0 =
                (self.0 ^ u128::from(b)).wrapping_mul(0x0000_0000_0100_0000_0000_0000_0000_013b);
        }
    }
}
