//! The whole program: what is emitted, and the number or address that everything gets.

pub mod callgraph;
pub mod frames;
pub mod layout;
pub mod live_slots;
pub mod native;
pub mod reach;
pub mod scan;
pub mod sites;

use crate::code::Ty;
use crate::dispatch::dispatcher_type;
use crate::helpers::{Helper, Helpers};
use crate::profile::ProfileFacts;
use crate::{Error, Options};
use callgraph::CallGraph;
use frames::{Frame, Overflow, Prepared};
use indexmap::{IndexMap, IndexSet};
use layout::{Input, Layout};
use polkago_ir::{
    Data, EXIT_GLOBAL as EXIT, Import, Module, Reloc, RelocKind, Signature, Symbol, Type,
};
use rayon::prelude::*;
use reach::Reach;
use rustc_hash::{FxBuildHasher, FxHashMap, FxHashSet};
use scan::Scan;
use sites::{CALL_SITES, Sites};
use std::collections::BTreeSet;

/// The global that points to the newest shadow frame.
pub const SHADOW_SP: &str = "runtime.shadowSP";
/// What the emitted code calls when the shadow stack is used up. Nothing in the program refers to it, so whoever
/// removes unreachable definitions must keep it.
pub const MORESTACK: &str = "runtime.morestackc";

/// What runs deferred calls when there is a panic.
const PANICS: [&str; 2] = ["runtime.gopanic", "runtime.callDeferred"];
/// The global with the end of the stack in use, in programs whose stacks consist of segments (decision record 0011).
const STACK_LIMIT: &str = "runtime.stackLimit";
/// There a function whose frame does not fit calls this one with the size of the frame, then itself, then the other.
const MORE_SEGMENTS: &str = "runtime.morestack";
const LESS_SEGMENTS: &str = "runtime.lessstack";
/// What the names of globals begin with that carry the results of resumed calls (decision record 0011).
const RESUMED: &str = "runtime.resumed";
/// The table of static roots, as a data object.
const ROOTS: &str = "runtime.roots";

/// Globals that exist by their names alone. All but the first three and the last one are constants.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum GlobalName {
    /// [`SHADOW_SP`]
    ShadowSp,
    /// [`EXIT`]
    Exit,
    /// The lowest address to which the shadow stack in use may grow, where that is one of several.
    StackLimit,
    /// Bytes of the frames of all functions that are called to make a stack grow.
    StackReserve,
    /// The lowest address to which the shadow stack may grow.
    StackLo,
    /// The address behind the shadow stack.
    StackHi,
    /// The address behind static data.
    DataEnd,
    /// The address of the first heap arena.
    ArenaStart,
    /// The address behind the first heap arena.
    ArenaEnd,
    /// The address of the table of static roots: the address of each mutable word of static data that holds a ref.
    RootsAddr,
    /// The number of entries of that table.
    RootsLen,
    /// The number of entries of the function table.
    TableLen,
    /// The address of the tables of call sites, 0 if there are none.
    CallSites,
    /// The number of call sites.
    CallSitesLen,
    /// All globals that may carry a ref as the result of a call. What is written to it makes them null.
    Results,
}

impl GlobalName {
    /// The global of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Some(match name {
            SHADOW_SP => Self::ShadowSp,
            EXIT => Self::Exit,
            STACK_LIMIT => Self::StackLimit,
            "runtime.stackReserve" => Self::StackReserve,
            "runtime.stackLo" => Self::StackLo,
            "runtime.stackHi" => Self::StackHi,
            "runtime.dataEnd" => Self::DataEnd,
            "runtime.arenaStart" => Self::ArenaStart,
            "runtime.arenaEnd" => Self::ArenaEnd,
            "runtime.rootsAddr" => Self::RootsAddr,
            "runtime.rootsLen" => Self::RootsLen,
            "runtime.tableLen" => Self::TableLen,
            CALL_SITES => Self::CallSites,
            "runtime.callSitesLen" => Self::CallSitesLen,
            "runtime.results" => Self::Results,
            _ => return None,
        })
    }
}

/// Where a global is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum GlobalPlace {
    /// A Wasm global.
    Index(u32),
    /// A constant.
    Constant(u32),
    /// The globals of [`Program::result_refs`].
    Results,
}

/// A Wasm global of the module.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct GlobalDef {
    /// Its name in the name section.
    pub name: String,
    /// Its type.
    pub ty: Ty,
    /// Its first value, by its bits.
    pub init: u64,
}

/// A function type.
pub type FuncType = (Vec<Ty>, Option<Ty>);

/// Where everything of a program is.
pub struct Program<'a> {
    /// What is emitted.
    pub module: &'a Module,
    /// What the caller chose.
    pub options: &'a Options,
    /// Of the profile.
    pub facts: ProfileFacts,
    /// Addresses.
    pub layout: Layout,
    /// Function types in order.
    pub types: IndexSet<FuncType, FxBuildHasher>,
    /// Functions of the host, the first functions.
    pub imports: Vec<&'a Import>,
    /// Hand-written functions, the last functions.
    pub helpers: Helpers,
    /// Wasm globals.
    pub globals: Vec<GlobalDef>,
    /// The functions whose addresses are taken, by type; the address is the place here, from 1.
    pub table: IndexSet<Symbol, FxBuildHasher>,
    /// Their number, with nil.
    pub table_len: u32,
    func_index: FxHashMap<&'a Symbol, u32>,
    func_count: u32,
    global_index: FxHashMap<Symbol, u32>,
    result_globals: IndexMap<(usize, Ty), u32, FxBuildHasher>,
    roots_len: u32,
    stack_reserve: u32,
    sites_len: u32,
    /// Whether calls keep their sites.
    pub trace: bool,
}

/// A program with its functions, ready to be emitted.
pub type Planned<'a> = (Program<'a>, Vec<Prepared<'a>>);

/// Decides where everything is.
pub fn plan<'a>(module: &'a Module, options: &'a Options) -> Result<Planned<'a>, Error> {
    let facts = options.profile.facts();
    let funcs: Vec<&polkago_ir::Function> = module.funcs.values().collect();
    let scans: Vec<Scan> = funcs.par_iter().map(|f| scan::scan(f, options)).collect();
    let mut reach = reach::reach(module, &scans, &[])?;
    let mut graph = CallGraph::new(module, &scans, &reach);
    let morestack = Symbol::from(MORESTACK);
    let segments = [MORE_SEGMENTS, LESS_SEGMENTS].map(Symbol::from);
    let segmented = reach.reserved.contains(&GlobalName::StackLimit)
        && segments.iter().all(|s| module.funcs.contains_key(s));
    let checked = module.funcs.contains_key(&morestack) && (segmented || graph.has_cycle());
    if checked {
        let mut more = vec![morestack.clone()];
        more.extend(segments.iter().filter(|_| segmented).cloned());
        reach = reach::reach(module, &scans, &more)?;
        graph = CallGraph::new(module, &scans, &reach);
    }
    let trace = options.trace && reach.reserved.contains(&GlobalName::CallSites);
    if trace {
        graph.find_traced(module, &scans, &reach);
    }
    let imports: Vec<&Import> = reach.imports.iter().map(|&i| &module.imports[i]).collect();
    check_imports(&imports, facts)?;

    let stack_size = options.stack_size.unwrap_or(facts.stack_size);
    let prepared: Result<Vec<Prepared<'_>>, Error> = reach
        .funcs
        .par_iter()
        .map(|&i| {
            let func = &module.funcs[i];
            let too_large = |bytes| Error::FrameTooLarge {
                function: func.name.clone(),
                bytes,
                limit: stack_size,
            };
            let prepared =
                frames::prepare(func, &graph, options.strip && !trace).map_err(too_large)?;
            match &prepared.frame {
                Some(frame) if frame.size > stack_size => Err(too_large(frame.size.into())),
                _ => Ok(prepared),
            }
        })
        .collect();
    let mut prepared = prepared?;

    let mut func_index: FxHashMap<&Symbol, u32> = FxHashMap::default();
    let names = imports.iter().map(|i| &i.name);
    let names = names.chain(reach.funcs.iter().map(|&i| &module.funcs[i].name));
    for (n, name) in names.enumerate() {
        func_index.insert(name, n as u32);
    }
    if checked {
        let frames = prepared
            .iter()
            .map(|p| p.frame.as_ref().map_or(0, |f| f.size));
        let frames: Vec<u32> = frames.collect();
        let checks = graph.overflow_checks(&frames);
        let sums = graph.between_checks(&checks, |n| {
            native::frame_bytes(&prepared[n].func, &prepared[n].cfg)
        });
        let ratio = native::ratio(facts.native_stack, stack_size);
        for (&n, sum) in checks.iter().zip(sums) {
            let frame = prepared[n].frame.get_or_insert_with(Frame::only_check);
            frame.overflow_check = func_index.get(&morestack).copied().map(Overflow::Report);
            let least = sum.div_ceil(ratio).next_multiple_of(8);
            frame.size = frame.size.max(u32::try_from(least).unwrap_or(stack_size));
        }
    }
    // Calls that do not return may have frames of their own, untested, and several in a row.
    let mut stack_reserve = 16 * frames::FRAME_HEADER;
    if segmented {
        let [more, less] = segments.map(|s| func_index[&s]);
        // Nothing panics there: the deferred calls that a panic would run are no part of it.
        let panics = PANICS.map(|name| func_index.get(&Symbol::from(name)).copied());
        let places = |funcs: &[u32]| -> Vec<usize> {
            funcs.iter().map(|&i| i as usize - imports.len()).collect()
        };
        let panics: Vec<u32> = panics.into_iter().flatten().collect();
        let unchecked = graph.reached_by(&places(&[more, less]), &places(&panics));
        for (n, prepared) in prepared.iter_mut().enumerate() {
            let Some(frame) = &mut prepared.frame else {
                continue;
            };
            frame.overflow_check = None;
            let own = (imports.len() + n) as u32;
            if unchecked[n] {
                stack_reserve += frame.size;
            } else if own == func_index[&morestack] {
                // The report is made where the stack is used up, so it cannot ask for more of it.
                stack_reserve += frame.size;
            } else if !frame.resumes {
                frame.overflow_check = Some(Overflow::Grow { more, own, less });
            }
        }
    }
    frames::finish(&mut prepared);

    let mut sites = Sites::new(&prepared);
    if trace {
        for prepared in &mut prepared {
            let func = &prepared.func;
            let keeps = |inst| graph.keeps_site(func, &func.insts[inst]);
            prepared.sites = sites.number_calls(prepared, keeps);
        }
    }

    let mut program = Program {
        module,
        options,
        facts,
        layout: Layout::default(),
        types: IndexSet::default(),
        imports,
        helpers: Helpers::default(),
        globals: Vec::new(),
        table: IndexSet::default(),
        table_len: 0,
        func_count: func_index.len() as u32,
        func_index,
        global_index: FxHashMap::default(),
        result_globals: IndexMap::default(),
        roots_len: 0,
        stack_reserve,
        sites_len: sites.len(),
        trace,
    };
    program.number_types(&scans, &reach);
    program.number_table(&scans, &reach)?;
    program.place_data(&reach, &prepared, &sites, stack_size)?;
    program.number_globals(&scans, &reach, &prepared);
    Ok((program, prepared))
}

fn check_imports(imports: &[&Import], facts: ProfileFacts) -> Result<(), Error> {
    for import in imports {
        if !facts.import_modules.contains(&import.module.as_str()) {
            return Err(Error::IllegalImport {
                function: import.name.clone(),
                module: import.module.clone(),
                field: import.field.clone(),
                profile: facts.name,
                allowed: facts.import_modules.join(", "),
            });
        }
        if import.sig.results.len() > 1 {
            return Err(Error::ImportResults {
                function: import.name.clone(),
                module: import.module.clone(),
                field: import.field.clone(),
                results: import.sig.results.len(),
            });
        }
    }
    Ok(())
}

fn func_type(sig: &Signature) -> FuncType {
    let ty = |&ty: &Type| Ty::from(ty);
    (
        sig.params.iter().map(ty).collect(),
        sig.results.first().map(ty),
    )
}

impl Program<'_> {
    fn number_types(&mut self, scans: &[Scan], reach: &Reach) {
        for import in &self.imports {
            self.types.insert(func_type(&import.sig));
        }
        for &i in &reach.funcs {
            self.types.insert(func_type(&self.module.funcs[i].sig));
            self.helpers.union(scans[i].helpers);
        }
        for &i in &reach.funcs {
            let func = &self.module.funcs[i];
            for &sig in &scans[i].indirect {
                let ty = func_type(&func.sigs[sig]);
                self.types.insert(dispatcher_type(&ty));
                self.types.insert(ty);
            }
        }
        for helper in self.helpers.iter() {
            let (params, result) = helper.signature();
            self.types.insert((params.to_vec(), result));
        }
    }

    fn number_table(&mut self, scans: &[Scan], reach: &Reach) -> Result<(), Error> {
        for &i in &reach.funcs {
            let func = &self.module.funcs[i];
            let symbols = scans[i].addresses.iter().map(|&s| func.syms[s].clone());
            self.table.extend(symbols);
        }
        for &i in &reach.data {
            let relocs = self.module.data[i].relocs.iter();
            let relocs = relocs.filter(|r| r.kind == RelocKind::FuncIndex);
            self.table.extend(relocs.map(|r| r.sym.clone()));
        }
        let mut table = std::mem::take(&mut self.table);
        table.sort_by_key(|symbol| self.table_type(symbol));
        self.table = table;
        self.table_len = self.table.len() as u32 + 1;
        if self.table_len > self.facts.table_limit {
            return Err(Error::TableTooLarge {
                entries: self.table_len,
                limit: self.facts.table_limit,
                profile: self.facts.name,
            });
        }
        Ok(())
    }

    fn place_data(
        &mut self,
        reach: &Reach,
        prepared: &[Prepared<'_>],
        sites: &Sites,
        stack_size: u32,
    ) -> Result<(), Error> {
        let objects = || reach.data.iter().map(|&i| &self.module.data[i]);
        let roots = [GlobalName::RootsAddr, GlobalName::RootsLen];
        let roots = roots.iter().any(|name| reach.reserved.contains(name));
        let roots = roots.then(|| roots_table(objects()));
        let mut data: Vec<&Data> = objects().collect();
        data.extend(&roots);
        let funcs = self.table.iter().map(|f| self.module.funcs.get(f));
        let tables = self.trace.then(|| sites.tables(funcs));
        data.extend(&tables);
        // The frames of calls that do not return, in functions without frame.
        let empty = self.trace.then(frames::empty_descriptor);
        data.extend(&empty);
        let mut seen: FxHashSet<&Symbol> = empty.iter().map(|d| &d.name).collect();
        for prepared in prepared {
            let descriptor = prepared.frame.as_ref().and_then(|f| f.descriptor.as_ref());
            data.extend(descriptor.filter(|d| seen.insert(&d.name)));
        }
        let table = &self.table;
        let table_index = |symbol: &Symbol| table.get_index_of(symbol).map_or(0, |i| i as u32 + 1);
        self.layout = Layout::new(&Input {
            data,
            table_index: &table_index,
            facts: self.facts,
            stack_size,
            arena_size: self.options.arena_size.unwrap_or(self.facts.arena_size),
        })?;
        self.roots_len = roots.map_or(0, |r| r.relocs.len() as u32);
        Ok(())
    }

    fn number_globals(&mut self, scans: &[Scan], reach: &Reach, prepared: &[Prepared<'_>]) {
        let framed = prepared.iter().any(|p| p.frame.is_some());
        if framed || reach.reserved.contains(&GlobalName::ShadowSp) {
            let top = self.layout.stack_hi;
            self.add_global(SHADOW_SP, Ty::I32, top.into());
        }
        let exit = reach.funcs.iter().any(|&i| scans[i].exit_check);
        if exit || reach.reserved.contains(&GlobalName::Exit) {
            self.add_global(EXIT, Ty::I32, 0);
        }
        if reach.reserved.contains(&GlobalName::StackLimit) {
            self.add_global(STACK_LIMIT, Ty::I32, 0);
        }
        let mut results = BTreeSet::new();
        let mut add = |sig: &Signature| {
            let later = sig.results.iter().enumerate().skip(1);
            results.extend(later.map(|(i, &ty)| (i, Ty::from(ty))));
        };
        for &i in &reach.funcs {
            let func = &self.module.funcs[i];
            add(&func.sig);
            scans[i].indirect.iter().for_each(|&s| add(&func.sigs[s]));
        }
        for (position, ty) in results {
            let name = format!("result{position}.{ty:?}").to_lowercase();
            let index = self.add_global(&name, ty, 0);
            self.result_globals.insert((position, ty), index);
        }
        for &i in &reach.globals {
            let global = &self.module.globals[i];
            self.add_global(&global.name, Ty::from(global.ty), global.init);
        }
    }

    fn add_global(&mut self, name: &str, ty: Ty, init: u64) -> u32 {
        let index = self.globals.len() as u32;
        self.global_index.insert(Symbol::from(name), index);
        self.globals.push(GlobalDef {
            name: name.to_owned(),
            ty,
            init,
        });
        index
    }

    // What selection asks. All symbols have been resolved before, when reachability was found.

    /// The address of a data object.
    pub fn address(&self, symbol: &Symbol) -> u32 {
        let address = self.layout.address(symbol);
        address.expect("a reachable data object has been placed")
    }

    /// The table index of a function.
    pub fn table_index(&self, symbol: &Symbol) -> u32 {
        let index = self.table.get_index_of(symbol);
        index.expect("a function whose index is taken is in the table") as u32 + 1
    }

    /// The index of a function.
    pub fn func_index(&self, symbol: &Symbol) -> u32 {
        let index = self.func_index.get(symbol);
        *index.expect("a reachable function has an index")
    }

    /// The type of the function of that name, which is in the table.
    fn table_type(&self, symbol: &Symbol) -> u32 {
        let own = self.module.funcs.get(symbol).map(|f| &f.sig);
        let sig = own.or_else(|| self.module.imports.get(symbol).map(|i| &i.sig));
        self.type_index(sig.expect("a reachable function has a declaration"))
    }

    /// The functions of a type whose addresses are taken: their numbers in the table, and their indices.
    pub fn targets(&self, ty: u32) -> impl Iterator<Item = (u32, u32)> {
        (1..)
            .zip(&self.table)
            .filter(move |(_, symbol)| self.table_type(symbol) == ty)
            .map(|(number, symbol)| (number, self.func_index(symbol)))
    }

    /// A function type by its index.
    pub fn func_type(&self, index: u32) -> &FuncType {
        &self.types[index as usize]
    }

    /// The index of a function type.
    pub fn type_index(&self, sig: &Signature) -> u32 {
        self.type_of(&func_type(sig))
    }

    /// The index of a function type.
    pub fn type_of(&self, ty: &FuncType) -> u32 {
        let index = self.types.get_index_of(ty);
        index.expect("a type that is used has been numbered") as u32
    }

    /// The index of a hand-written function.
    pub fn helper(&self, helper: Helper) -> u32 {
        let place = self.helpers.iter().position(|h| h == helper);
        self.func_count + place.expect("a helper that is used has been found before") as u32
    }

    /// Where a global is.
    pub fn global(&self, symbol: &Symbol) -> GlobalPlace {
        let constant = match GlobalName::parse(symbol) {
            None | Some(GlobalName::ShadowSp | GlobalName::Exit | GlobalName::StackLimit) => {
                let index = self.global_index.get(symbol);
                return GlobalPlace::Index(*index.expect("a reachable global has an index"));
            }
            Some(GlobalName::StackReserve) => self.stack_reserve,
            Some(GlobalName::StackLo) => self.layout.stack_lo,
            Some(GlobalName::StackHi) => self.layout.stack_hi,
            Some(GlobalName::DataEnd) => self.layout.data_end,
            Some(GlobalName::ArenaStart) => self.layout.arena_start,
            Some(GlobalName::ArenaEnd) => self.layout.arena_end,
            Some(GlobalName::RootsAddr) => self.address(&Symbol::from(ROOTS)),
            Some(GlobalName::RootsLen) => self.roots_len,
            Some(GlobalName::TableLen) => self.table_len,
            Some(GlobalName::CallSites) if self.trace => self.address(&Symbol::from(CALL_SITES)),
            Some(GlobalName::CallSites) => 0,
            Some(GlobalName::CallSitesLen) => self.sites_len,
            Some(GlobalName::Results) => return GlobalPlace::Results,
        };
        GlobalPlace::Constant(constant)
    }

    /// The index of the shadow stack pointer.
    pub fn shadow_sp(&self) -> u32 {
        self.global_index[SHADOW_SP]
    }

    /// The index of the end of the stack in use.
    pub fn stack_limit(&self) -> u32 {
        self.global_index[STACK_LIMIT]
    }

    /// The index of `exit`.
    pub fn exit_global(&self) -> u32 {
        self.global_index[EXIT]
    }

    /// The globals that may carry a ref as the result of a call. A call that leaves early writes none of them, and what
    /// it should have given is kept in the frame like any other result: if the collector can come between, it makes
    /// them null, so that they hold nothing which it has freed. None if calls never leave early.
    pub fn result_refs(&self) -> Box<[u32]> {
        if !self.global_index.contains_key(EXIT) {
            return Box::default();
        }
        let carried = self.result_globals.iter();
        let carried = carried.filter(|((_, ty), _)| *ty == Ty::I32);
        let mut globals: Vec<u32> = carried.map(|(_, &index)| index).collect();
        let resumed = self.globals.iter().zip(0..);
        let resumed = resumed.filter(|(g, _)| g.ty == Ty::I32 && g.name.starts_with(RESUMED));
        globals.extend(resumed.map(|(_, index)| index));
        globals.into()
    }

    /// The global for results at that place from 1.
    pub fn result_global(&self, position: usize, ty: Type) -> u32 {
        self.result_globals[&(position, Ty::from(ty))]
    }
}

/// The table of static roots, which relocations fill.
fn roots_table<'d>(data: impl Iterator<Item = &'d Data>) -> Data {
    let mut relocs = Vec::new();
    for data in data.filter(|d| d.mutable) {
        for &at in &data.refs {
            relocs.push(Reloc {
                offset: relocs.len() as u32 * 4,
                kind: RelocKind::Addr,
                sym: data.name.clone(),
                addend: at as i32,
            });
        }
    }
    Data {
        name: Symbol::from(ROOTS),
        align: 4,
        size: relocs.len() as u32 * 4,
        bytes: Vec::new(),
        relocs,
        mutable: false,
        mergeable: false,
        refs: Vec::new(),
    }
}
