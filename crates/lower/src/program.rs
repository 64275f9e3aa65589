//! What is lowered, and in which order: a breadth-first walk from the roots.
//!
//! An [`Item`] is anything that becomes definitions of its own. Lowering one depends on the checked packages alone
//! and names further items. They are lowered in parallel and in any order (`ahead`); the results are joined generation
//! by generation, in the order in which items are named (decision record 0007).

use crate::ahead::lower_reachable;
use crate::conditional::{Condition, Described};
use crate::cx::{Cx, FuncInst};
use crate::embed::Embeds;
use crate::methods::{MethodEntry, MethodKey};
use crate::output::{LowerError, Output};
use crate::reflect_uses::ReflectUses;
use crate::type_tables::{ItabMethod, ListedMethod, Progress, Shapes};
use polkago_ir::{Export, Module, Symbol};
use polkago_syntax::{ExprId, StmtId};
use polkago_types::{ObjId, Package, PkgId, Store, Sym, TypeId};
use rustc_hash::FxHashSet;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Functions of package `runtime` that calls are made to behind lowering: where the shadow stack is used up (decision
/// record 0002) and, in programs with goroutines, around exported functions (decision record 0011).
const IMPLICIT: [&str; 6] = [
    "morestackc",
    "morestack",
    "lessstack",
    "enterSched",
    "leaveMain",
    "leaveSched",
];

/// The host that the program is for, as far as lowering cares.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Target {
    /// A Polkadot runtime: functions of `env` only, exports `func(uint32, uint32) uint64`, no start function.
    Polkadot,
    /// The same with the entry points of RFC-145: `func(len uint32) uint64` on the outside.
    PolkadotRfc145,
    /// A WASI preview 1 command: `_start` runs `main`.
    Wasip1,
}

impl Target {
    /// Whether it is a Polkadot runtime, of either kind.
    pub(crate) fn is_polkadot(self) -> bool {
        match self {
            Self::Polkadot | Self::PolkadotRfc145 => true,
            Self::Wasip1 => false,
        }
    }
}

/// How memory is freed.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub enum Gc {
    /// By the collector.
    #[default]
    Precise,
    /// By the collector, which runs at every allocation, or less often where much is alive: to find references that it
    /// does not know of.
    Stress,
    /// Never.
    Leaking,
}

/// What is built.
#[derive(Clone, Debug)]
pub struct LowerOptions {
    /// The host.
    pub target: Target,
    /// What `runtime.Version` returns: the release whose standard library is compiled, as `go1.26.8`.
    pub go_version: String,
    /// The settings that the program starts with, as `GODEBUG` would state them.
    pub godebug: String,
    /// Whether it is a program that runs tests, which `testing.Testing` tells.
    pub tests: bool,
    /// How memory is freed.
    pub gc: Gc,
    /// What the `//go:embed` directives of packages name, by import path.
    pub embeds: BTreeMap<Arc<str>, Embeds>,
    /// Splits the text of such a directive into patterns without quotes; absent where it is malformed.
    pub embed_patterns: fn(&str) -> Option<Vec<String>>,
    /// Whether call sites are kept for traces at run time.
    pub trace: bool,
    /// The import paths of packages of which every function is compiled and exported, reachable or not. A command need
    /// not be among them.
    pub whole: Vec<Arc<str>>,
}

/// The declaration whose instance a function literal belongs to.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub(crate) enum Outer {
    /// A function or method.
    Func(FuncInst),
    /// The initialisers of a package's variables.
    Init(PkgId),
}

/// A function literal of an instance.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub(crate) struct Lit {
    /// Where it stands.
    pub outer: Outer,
    /// The file.
    pub file: u32,
    /// The literal.
    pub expr: ExprId,
}

/// The body of a range statement over a function.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub(crate) struct RangeBody {
    /// The outermost declaration.
    pub outer: Outer,
    /// The file.
    pub file: u32,
    /// The statement.
    pub stmt: StmtId,
    /// The innermost function literal around it, if it is in one.
    pub lit: Option<ExprId>,
}

/// A function that a call may name.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub(crate) enum Callable {
    /// A declared function or method, receiver first.
    Declared(FuncInst),
    /// The function that takes a receiver and calls its method, where that is not a declared one: promoted methods,
    /// value methods through a pointer, methods of interfaces.
    Method {
        /// The type of the receiver.
        recv: TypeId,
        /// The method's name.
        name: Sym,
        /// The declaring package if the name is not exported.
        pkg: Option<PkgId>,
    },
}

/// Anything that becomes definitions of its own.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub(crate) enum Item {
    /// A function.
    Func(Callable),
    /// A static closure object for a function, with its adapter.
    FuncValue(Callable),
    /// The code of a function literal.
    Lit(Lit),
    /// The body of a range statement over a function.
    RangeBody(RangeBody),
    /// The static closure object of a function literal that captures nothing.
    LitValue(Lit),
    /// The initialiser of a package.
    Init(PkgId),
    /// Sets a package variable whose initialiser has no other effect.
    VarInit(ObjId),
    /// A package variable.
    Var(ObjId),
    /// The descriptor of a type.
    Type(TypeId),
    /// The table of a concrete type's methods for an interface type.
    Itab {
        /// The concrete type.
        typ: TypeId,
        /// The interface type.
        iface: TypeId,
    },
    /// The comparison of two objects of a type in memory, as a function value.
    Equal(TypeId),
    /// The comparison of that many bytes, as a function value.
    EqualBytes(u32),
    /// The hash of an object of a type in memory, as a function value.
    Hash(TypeId),
    /// The hash of that many bytes, as a function value.
    HashBytes(u32),
    /// A method as it stands in itabs: its receiver is the data word.
    ItabMethod {
        /// The concrete type.
        recv: TypeId,
        /// The method's name.
        name: Sym,
        /// The declaring package if the name is not exported.
        pkg: Option<PkgId>,
    },
    /// The code of a method value.
    Bound {
        /// The type of the receiver.
        recv: TypeId,
        /// The method's name.
        name: Sym,
        /// The declaring package if the name is not exported.
        pkg: Option<PkgId>,
    },
    /// The value that calls functions with a frame of a shape, for package `reflect`.
    CallAdapter(Arc<str>),
    /// The code of functions that package `reflect` makes, or of methods of its types, whose frames have a shape.
    FuncStub(Arc<str>),
    /// Runs all initialisers.
    Boot,
    /// The entry of a command.
    Start,
    /// The entry stub of an exported function.
    Export(ObjId),
}

/// Lowers what is reachable of a program.
///
/// `packages` stand in dependency order and hold package `runtime`; the last one named `main` is the program.
///
/// # Errors
/// What the program contains that is not supported, and exports and imports that the host cannot take: in program
/// order, each once.
pub fn lower_program(
    store: &Store,
    packages: &[Arc<Package>],
    options: &LowerOptions,
) -> Result<Module, Vec<LowerError>> {
    let cx = Cx::new(store, packages, options);
    let mut program = Program {
        cx: &cx,
        module: Module::default(),
        seen: FxHashSet::default(),
        errors: Vec::new(),
        frontier: Vec::new(),
        methods: Vec::new(),
        itab_methods: Vec::new(),
        called: FxHashSet::default(),
        types: Vec::new(),
        wanted: FxHashSet::default(),
        uses: ReflectUses::default(),
        shapes: Shapes::default(),
        progress: Progress::default(),
        described: Described::default(),
        deferred: Vec::new(),
    };
    program.add_roots();
    while !program.frontier.is_empty() {
        let mut outputs = lower_reachable(&cx, &program.frontier, &program.seen);
        while !program.frontier.is_empty() {
            for item in std::mem::take(&mut program.frontier) {
                let output = outputs.remove(&item);
                program.join(output.expect("what others need is lowered with them"));
            }
        }
        program.extend_tables();
        program.admit();
    }
    program.finish_tables();
    program.leave_out();
    if program.errors.is_empty() {
        Ok(program.module)
    } else {
        Err(program.errors)
    }
}

/// The walk.
pub(crate) struct Program<'a> {
    pub cx: &'a Cx<'a>,
    pub module: Module,
    /// Everything asked for so far.
    pub seen: FxHashSet<Item>,
    errors: Vec<LowerError>,
    frontier: Vec<Item>,
    /// Methods of descriptors in order of reachability.
    pub methods: Vec<ListedMethod>,
    /// Methods in interface tables in order of reachability.
    pub itab_methods: Vec<ItabMethod>,
    /// The methods that are called through interfaces.
    pub called: FxHashSet<MethodKey>,
    /// Types that have descriptors, in order of reachability.
    pub types: Vec<TypeId>,
    /// Names and types of methods of interfaces for which tables may be made at run time.
    pub wanted: FxHashSet<MethodKey>,
    /// What reflection is asked for.
    pub uses: ReflectUses,
    /// The frames of calls through reflection.
    pub shapes: Shapes,
    /// How far tables have been made.
    pub progress: Progress,
    /// What the descriptors so far have.
    described: Described,
    /// Functions that matter only under a condition that does not hold yet.
    deferred: Vec<(Item, Condition)>,
}

impl Program<'_> {
    /// The exported functions of all packages in order, then the entry of a command.
    fn add_roots(&mut self) {
        let mut output = Output::default();
        for (name, obj) in crate::exports::exported(self.cx, &mut output) {
            let item = Item::Export(obj);
            let func: Symbol = self.cx.symbol(&item);
            self.module.exports.push(Export { name, func });
            output.needs.push(item);
        }
        // What no source calls, but later stages of the compiler.
        for name in IMPLICIT {
            if let Some(obj) = self.cx.runtime_func(name) {
                let inst = FuncInst::plain(obj);
                output.needs.push(Item::Func(Callable::Declared(inst)));
            }
        }
        if self.cx.options.target == Target::Wasip1 {
            let func = self.cx.symbol(&Item::Start);
            let name = func.to_string();
            self.module.exports.push(Export { name, func });
            output.needs.push(Item::Start);
        }
        for obj in crate::exports::declared(self.cx) {
            let item = Item::Func(Callable::Declared(FuncInst::plain(obj)));
            let func = self.cx.symbol(&item);
            let name = func.to_string();
            self.module.exports.push(Export { name, func });
            output.needs.push(item);
        }
        self.join(output);
    }

    /// Adds the definitions of an item, and what it needs to the next generation.
    pub fn join(&mut self, output: Output) {
        let Output {
            funcs,
            data,
            imports,
            globals,
            needs,
            kinds,
            methods,
            dynamic,
            itab_entries,
            called,
            reflect,
            errors,
        } = output;
        for func in funcs {
            self.module.funcs.entry(func.name.clone()).or_insert(func);
        }
        for data in data {
            self.module.data.entry(data.name.clone()).or_insert(data);
        }
        for import in imports {
            self.module
                .imports
                .entry(import.name.clone())
                .or_insert(import);
        }
        for global in globals {
            self.module
                .globals
                .entry(global.name.clone())
                .or_insert(global);
        }
        self.described.kinds.extend(kinds);
        self.described.methods |= !methods.is_empty();
        self.methods
            .extend(methods.into_iter().map(ListedMethod::new));
        self.itab_methods
            .extend(itab_entries.into_iter().map(ItabMethod::new));
        self.called.extend(called);
        for iface in dynamic {
            let set = self.cx.method_set(iface);
            self.wanted.extend(set.methods.iter().map(MethodEntry::key));
        }
        for question in reflect {
            self.uses.add(question);
        }
        for error in errors {
            if !self.errors.contains(&error) {
                self.errors.push(error);
            }
        }
        for item in needs {
            if self.seen.insert(item.clone()) {
                if let Item::Type(t) = item {
                    self.types.push(t);
                }
                match Condition::of(self.cx, &item) {
                    Some(condition) => self.deferred.push((item, condition)),
                    None => self.frontier.push(item),
                }
            }
        }
    }
}

impl Program<'_> {
    /// Admits deferred functions whose conditions hold by now.
    fn admit(&mut self) {
        let deferred = std::mem::take(&mut self.deferred);
        let (described, seen) = (&self.described, &self.seen);
        let (admitted, rest): (Vec<_>, Vec<_>) = deferred
            .into_iter()
            .partition(|(_, condition)| condition.holds(described, seen));
        self.frontier
            .extend(admitted.into_iter().map(|(item, _)| item));
        self.deferred = rest;
    }

    /// Defines the functions that do not matter.
    fn leave_out(&mut self) {
        for (item, condition) in std::mem::take(&mut self.deferred) {
            self.join(crate::conditional::lower_absent(self.cx, &item, &condition));
        }
    }
}

/// Lowers one item.
pub(crate) fn lower_item(cx: &Cx<'_>, item: &Item) -> Output {
    match item {
        Item::Func(callable) => crate::func::lower_callable(cx, callable),
        Item::FuncValue(callable) => crate::wrappers::func_value(cx, callable),
        Item::Lit(lit) => crate::closure::lower_lit(cx, lit),
        Item::RangeBody(body) => crate::range_func::lower_range_body(cx, body),
        Item::LitValue(lit) => crate::closure::static_lit(cx, lit),
        Item::Init(pkg) => crate::init::lower_init(cx, *pkg),
        Item::VarInit(obj) => crate::init::lower_var_init(cx, *obj),
        Item::Var(obj) => crate::init::lower_var(cx, *obj),
        Item::Type(t) => crate::descriptors::lower_type(cx, *t),
        Item::Itab { typ, iface } => crate::itabs::lower_itab(cx, *typ, *iface),
        Item::Equal(t) => crate::equality::lower_equal(cx, *t),
        Item::EqualBytes(n) => crate::equality::lower_equal_bytes(cx, *n),
        Item::Hash(t) => crate::hashing::lower_hash(cx, *t),
        Item::HashBytes(n) => crate::hashing::lower_hash_bytes(cx, *n),
        Item::ItabMethod { recv, name, pkg } => {
            crate::wrappers::itab_method(cx, *recv, *name, *pkg)
        }
        Item::Bound { recv, name, pkg } => crate::wrappers::bound_method(cx, *recv, *name, *pkg),
        Item::CallAdapter(shape) => crate::reflection::call_adapter(cx, shape),
        Item::FuncStub(shape) => crate::reflection::func_stub(cx, shape),
        Item::Boot => crate::init::lower_boot(cx),
        Item::Start => crate::exports::lower_start(cx),
        Item::Export(obj) => crate::exports::lower_export(cx, *obj),
    }
}
