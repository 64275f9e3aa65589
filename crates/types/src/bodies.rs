//! Function bodies that are checked when somebody asks for them (decision record 0022).
//!
//! Most functions of the standard library are in no program that imports their package. Where nobody could mend what
//! is wrong with a package, checking puts their bodies off: all of its declarations are checked, and the bodies that
//! decide the order of initialisation. Whoever needs another one asks [`Package::body`], from any thread.

use crate::check::PackageInput;
use crate::checker::{Checker, FuncSig};
use crate::{
    DeclIdx, Diagnostic, FileInfo, ObjId, ObjKind, Package, PackageKind, Sizes, Store, Sym,
    VarFacts,
};
use cranelift_entity::EntityRef as _;
use indexmap::IndexMap;
use polkago_syntax::{BlockId, Name};
use rustc_hash::{FxBuildHasher, FxHashMap};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, OnceLock};

/// What checking found out about one function body.
#[derive(Debug)]
pub struct Body {
    /// About its nodes.
    pub info: FileInfo,
    /// About its variables, parameters and results.
    pub vars: FxHashMap<ObjId, VarFacts>,
    /// What is wrong with it.
    pub errors: Vec<Diagnostic>,
}

/// A body that is put off.
#[derive(Debug)]
pub(crate) struct Deferred {
    /// The declaration.
    pub decl: DeclIdx,
    /// The signature of the function.
    pub sig: Arc<FuncSig>,
    /// The number of the body: see [`Checker::next_func`].
    pub func: u32,
    /// The file.
    pub file: u32,
    /// The body.
    pub block: BlockId,
    /// What was found out about it, once somebody has asked.
    done: OnceLock<Box<Body>>,
}

impl Deferred {
    /// One that nobody has asked for.
    pub fn new(decl: DeclIdx, sig: Arc<FuncSig>, func: u32, file: u32, block: BlockId) -> Self {
        Self {
            decl,
            sig,
            func,
            file,
            block,
            done: OnceLock::new(),
        }
    }
}

/// The bodies of a package that are put off, by function.
pub(crate) type DeferredBodies = IndexMap<ObjId, Deferred, FxBuildHasher>;

/// What checking a body of a package needs beside the package.
#[derive(Debug)]
pub(crate) struct Bodies {
    pub deferred: DeferredBodies,
    pub setting: Setting,
    pub syms: Arc<FileSyms>,
}

/// How a package is checked.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Setting {
    /// Language version of the module, `N` of `go1.N`.
    pub go_version: u32,
    /// Sizes of the target.
    pub sizes: Sizes,
    /// What the package's declarations may do.
    pub kind: PackageKind,
}

impl Setting {
    /// That of a package.
    pub fn of(input: &PackageInput) -> Self {
        Self {
            go_version: input.go_version,
            sizes: input.sizes,
            kind: input.kind,
        }
    }
}

/// Session-wide names of the names of a package's files, found when they are needed, by any thread.
#[derive(Debug)]
pub(crate) struct FileSyms(Vec<Box<[AtomicU32]>>);

impl FileSyms {
    /// Nothing is known yet.
    pub fn new<'t>(names: impl Iterator<Item = &'t polkago_syntax::Names>) -> Self {
        let unknown = |names: &polkago_syntax::Names| {
            let slots = (0..names.len()).map(|_| AtomicU32::new(u32::MAX));
            slots.collect()
        };
        Self(names.map(unknown).collect())
    }

    /// The session-wide name of a name of a file, whose text is `text`.
    pub fn get<'t>(
        &self,
        store: &Store,
        file: u32,
        name: Name,
        text: impl FnOnce() -> &'t str,
    ) -> Sym {
        // Two threads that do not know it find the same.
        let slot = &self.0[file as usize][name.index()];
        match slot.load(Ordering::Relaxed) {
            u32::MAX => {
                let sym = store.sym(text());
                slot.store(sym.as_u32(), Ordering::Relaxed);
                sym
            }
            known => Sym::from_u32(known),
        }
    }
}

impl Package {
    /// What checking finds out about the body of a function whose check was put off, which is done by now. `None` for
    /// any other function: what was found out about it is in [`Package::info`] and [`Package::vars`].
    ///
    /// `store` is the one that the package was checked in.
    pub fn body(&self, store: &Store, func: ObjId) -> Option<&Body> {
        let deferred = self.bodies.deferred.get(&func)?;
        let check = || Box::new(Checker::for_body(store, self, deferred.file).body(deferred));
        Some(deferred.done.get_or_init(check))
    }
}

impl Checker<'_> {
    /// Checks the bodies that decide the order of initialisation: those of functions that the values of variables refer
    /// to, directly or through others. The rest stays put off.
    pub(crate) fn bodies_for_initialization(&mut self) {
        let vars = self.obj_map.keys().copied();
        let mut todo: Vec<ObjId> = vars
            .filter(|&obj| matches!(self.store.obj(obj).kind, ObjKind::Var(_)))
            .collect();
        while let Some(obj) = todo.pop() {
            let deps = self.decl_of(obj).map(|info| info.deps.clone());
            for dep in deps.into_iter().flatten() {
                if let Some(deferred) = self.deferred.swap_remove(&dep) {
                    self.enter_file(deferred.file as usize);
                    let outer = deferred.sig.outer_tparams.clone();
                    let (decl, sig) = (Some(deferred.decl), deferred.sig);
                    self.func_body(decl, sig, deferred.block, None, deferred.func, outer);
                    self.process_delayed(0);
                    todo.push(dep);
                }
            }
        }
    }

    /// Checks a body that was put off.
    fn body(mut self, deferred: &Deferred) -> Body {
        let sig = deferred.sig.clone();
        self.env.func = 0;
        let func = self.next_func(None);
        for &var in sig.recv.iter().chain(&sig.params).chain(&sig.results) {
            self.var_func.insert(var, func);
        }
        let outer = sig.outer_tparams.clone();
        self.func_body(None, sig, deferred.block, None, func, outer);
        self.process_delayed(0);
        self.record_untyped();
        Body {
            info: self.infos.pop().unwrap_or_default(),
            vars: self.var_facts,
            errors: self.errors,
        }
    }
}
