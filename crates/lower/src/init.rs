//! Package variables and initialisation (*Package initialization*).
//!
//! A variable whose value is known before the program runs is static data with that content; the others are zero
//! until the package's initialiser sets them, in the order that the checker found. Initialisers run once, in
//! dependency order, before the first exported function.

use crate::assign::Target;
use crate::call::CallTarget;
use crate::cx::{Cx, FuncInst};
use crate::func::FuncLowering;
use crate::output::Output;
use crate::place::Place;
use crate::program::{Callable, Item, Outer};
use crate::scalars::FuncTypes;
use crate::statics::{Blob, Statics};
use polkago_ir::{Global, Signature, Symbol, Type};
use polkago_types::{FileRef, Initializer, ObjId, Package, PkgId};
use rustc_hash::FxHashMap;
use std::sync::OnceLock;

/// The symbol of the flag that initialisation has run.
pub(crate) const INITED: &str = "runtime.inited";

/// The variable that holds the name of the Go release.
const BUILD_VERSION: &str = "runtime.buildVersion";

/// The variable that holds the settings that the program starts with.
const GODEBUG_DEFAULT: &str = "runtime.godebugDefault";

/// The variable that is "1" in programs that run tests.
const TEST_BINARY: &str = "testing.testBinary";

impl<'a> Cx<'a> {
    /// The value of a variable; `None` if it is not known before the program runs.
    fn static_value(&self, obj: ObjId) -> Option<&StaticVar> {
        let var = self.statics.get(&obj)?;
        let known = || self.lay_out(var.pkg, obj, var.init);
        var.value.get_or_init(known).as_ref()
    }

    /// Lays out the value of a variable.
    fn lay_out(&self, pkg: &'a Package, obj: ObjId, init: &Initializer) -> Option<StaticVar> {
        let source = self.source(FileRef {
            pkg: pkg.id,
            file: init.file,
        });
        let t = *self.obj(obj).typ.get()?;
        let t = self.store.canon(t);
        let prefix = self.object_symbol(obj);
        let mut statics = Statics::new(self, source, Outer::Init(pkg.id), prefix);
        let mut blob = Blob::zero(self.size(t));
        statics.put(init.rhs, t, &mut blob, 0)?;
        Some(StaticVar {
            blob,
            needs: statics.needs,
            data: statics.data,
        })
    }

    /// Whether an initialiser leaves nothing to do at run time.
    fn is_static(&self, pkg: &'a Package, init: &Initializer) -> bool {
        match init.lhs.as_slice() {
            [Some(obj)] => self.static_value(*obj).is_some(),
            // A blank variable with a constant or a literal without calls.
            [None] => {
                let info = &pkg.info[init.file as usize];
                info.consts.contains_key(&init.rhs)
            }
            _ => false,
        }
    }

    /// The initialisers of a package that run.
    fn dynamic_inits(&self, pkg: &'a Package) -> Vec<&'a Initializer> {
        let runs = |init: &&Initializer| !self.is_static(pkg, init);
        pkg.init_order.iter().filter(runs).collect()
    }

    /// Whether a package has anything to run.
    fn has_init(&self, pkg: &'a Package) -> bool {
        !pkg.inits.is_empty() || pkg.init_order.iter().any(|i| !self.is_static(pkg, i))
    }

    /// The packages that have anything to run, in the order in which they do: `runtime` and what it imports, then
    /// the others in dependency order.
    pub fn init_packages(&self) -> Vec<PkgId> {
        let mut early: Vec<PkgId> = self.runtime.map(|p| p.id).into_iter().collect();
        let mut at = 0;
        while let Some(&id) = early.get(at) {
            let imports = self.package(id).map_or(&[][..], |p| &p.imports);
            let new: Vec<PkgId> = (imports.iter().copied())
                .filter(|i| !early.contains(i))
                .collect();
            early.extend(new);
            at += 1;
        }
        let (first, rest): (Vec<_>, Vec<_>) = self
            .packages
            .iter()
            .copied()
            .partition(|p: &&Package| early.contains(&p.id));
        let all = first.into_iter().chain(rest);
        all.filter(|p| self.has_init(p)).map(|p| p.id).collect()
    }
}

/// A package variable with an initialiser of its own.
pub(crate) struct KnownVar<'a> {
    pkg: &'a Package,
    init: &'a Initializer,
    /// Its value, once somebody has asked; `None` if it is not known before the program runs.
    value: OnceLock<Option<StaticVar>>,
}

/// The package variables that have initialisers of their own.
pub(crate) fn single_vars<'a>(packages: &[&'a Package]) -> FxHashMap<ObjId, KnownVar<'a>> {
    let mut vars = FxHashMap::default();
    for &pkg in packages {
        for init in &pkg.init_order {
            if let [Some(obj)] = init.lhs[..] {
                let value = OnceLock::new();
                vars.insert(obj, KnownVar { pkg, init, value });
            }
        }
    }
    vars
}

/// A variable with a known value.
#[derive(Debug)]
pub(crate) struct StaticVar {
    blob: Blob,
    needs: Vec<Item>,
    data: Vec<polkago_ir::Data>,
}

/// The value of a string variable that the compiler sets.
fn text_blob(text: &str, out: &mut Output) -> Blob {
    let mut blob = Blob::zero(8);
    if !text.is_empty() {
        let data = crate::consts::bytes_data(text.as_bytes());
        blob.put_addr(0, data.name.clone(), 0);
        blob.put_u32(4, text.len() as u32);
        out.data.push(data);
    }
    blob
}

/// Lowers a package variable to a data object.
pub(crate) fn lower_var(cx: &Cx<'_>, obj: ObjId) -> Output {
    let mut out = Output::default();
    let Some(&t) = cx.obj(obj).typ.get() else {
        return out;
    };
    let t = cx.store.canon(t);
    let info = cx.info(t);
    let value = cx.static_value(obj);
    let name = cx.symbol(&Item::Var(obj));
    let blob = match value {
        _ if &*name == BUILD_VERSION => text_blob(&cx.options.go_version, &mut out),
        _ if &*name == GODEBUG_DEFAULT => text_blob(&cx.options.godebug, &mut out),
        _ if &*name == TEST_BINARY && cx.options.tests => text_blob("1", &mut out),
        Some(value) => {
            out.needs = value.needs.clone();
            out.data = value.data.clone();
            value.blob.clone()
        }
        None => match crate::embed::embedded(cx, obj, t, &mut out) {
            Some(blob) => blob,
            None => Blob::zero(info.size),
        },
    };
    let refs = cx.pointer_words(t);
    out.data
        .insert(0, blob.into_data(name, info.align, Some(refs)));
    out
}

/// Lowers the initialiser of a package.
pub(crate) fn lower_init(cx: &Cx<'_>, id: PkgId) -> Output {
    let Some(pkg) = cx.package(id) else {
        return Output::default();
    };
    let mut f = init_function(cx, &Item::Init(id), id, 0);
    for init in cx.dynamic_inits(pkg) {
        let source = cx.source(FileRef {
            pkg: id,
            file: init.file,
        });
        f.set_source(source);
        match init.lhs.as_slice() {
            [Some(obj)] if cx.effect_free(source, init.rhs) => {
                f.at(source.tree.expr[init.rhs].span.start);
                let symbol = f.need(Item::VarInit(*obj));
                f.b.call(&symbol, &Signature::default(), &[]);
            }
            _ => f.initializer(init),
        }
    }
    for &obj in &pkg.inits {
        let symbol = f.need(Item::Func(Callable::Declared(FuncInst::plain(obj))));
        f.emit_call(CallTarget::Static(symbol), &FuncTypes::default(), &[]);
    }
    f.b.ret(&[]);
    f.finish()
}

/// Lowers the function that sets a variable.
pub(crate) fn lower_var_init(cx: &Cx<'_>, obj: ObjId) -> Output {
    let Some(&KnownVar { pkg, init, .. }) = cx.statics.get(&obj) else {
        return Output::default();
    };
    let mut f = init_function(cx, &Item::VarInit(obj), pkg.id, init.file);
    f.initializer(init);
    f.b.ret(&[]);
    f.finish()
}

/// A function of initialisers in a file of a package.
fn init_function<'a>(cx: &'a Cx<'a>, item: &Item, pkg: PkgId, file: u32) -> FuncLowering<'a> {
    let source = cx.source(FileRef { pkg, file });
    let name = cx.symbol(item);
    FuncLowering::new(
        cx,
        name,
        Signature::default(),
        Some(source),
        Outer::Init(pkg),
    )
}

impl FuncLowering<'_> {
    fn initializer(&mut self, init: &Initializer) {
        self.at(self.expr_pos(init.rhs));
        let targets: Vec<Target> = init
            .lhs
            .iter()
            .map(|lhs| match lhs {
                Some(obj) => {
                    let place: Place = self.var_place(*obj);
                    Target::Place(self.obj_type(*obj), place)
                }
                None => Target::Blank(None),
            })
            .collect();
        self.assign_all(&targets, &[init.rhs]);
    }

    /// Runs the initialisers unless they have run.
    pub fn ensure_inited(&mut self) {
        if self.cx.init_packages().is_empty() {
            return;
        }
        let flag: Symbol = INITED.into();
        self.out.globals.push(Global {
            name: flag.clone(),
            ty: Type::I32,
            init: 0,
        });
        let inited = self.b.global_get(&flag, Type::I32);
        let boot = self.b.new_block();
        let done = self.b.new_block();
        self.b.brif(inited, done, boot);
        self.b.seal_block(boot);
        self.b.switch_to(boot);
        let one = self.b.i32const(1);
        self.b.global_set(&flag, one);
        let symbol = self.need(Item::Boot);
        self.b.call(&symbol, &Signature::default(), &[]);
        self.leave_to(done);
    }
}

/// Lowers the function that runs all initialisers.
pub(crate) fn lower_boot(cx: &Cx<'_>) -> Output {
    let mut f = FuncLowering::generated(cx, cx.symbol(&Item::Boot), Signature::default());
    for pkg in cx.init_packages() {
        let symbol = f.need(Item::Init(pkg));
        f.b.call(&symbol, &Signature::default(), &[]);
    }
    f.b.ret(&[]);
    f.finish()
}
