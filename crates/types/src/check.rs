//! Checking a package, from files to side tables.

use crate::bodies::{Bodies, Setting};
use crate::checker::Checker;
use crate::depth::{MAX_DEFERRED, with_stack};
use crate::errors::{Code, Diagnostic};
use crate::sizes::Sizes;
use crate::{ObjId, ObjKind, Package, PkgId, SourceFile, Store};
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// What is to be checked.
#[derive(Clone, Debug)]
pub struct PackageInput {
    /// The import path.
    pub path: Arc<str>,
    /// The files, overlay files included.
    pub files: Vec<SourceFile>,
    /// The package that each import path written in the files means; all of them checked. `unsafe` need not be here.
    pub imports: FxHashMap<Arc<str>, PkgId>,
    /// Language version of the module, `N` of `go1.N`.
    pub go_version: u32,
    /// Sizes of the target.
    pub sizes: Sizes,
    /// What its declarations may do.
    pub kind: PackageKind,
}

/// Packages by what only some of them may do.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum PackageKind {
    /// An ordinary package: every function has a body.
    Plain,
    /// One with assembly files, which hold the bodies that its functions lack.
    WithAssembly,
    /// One of the standard library or of its replacements: also uses directives of the runtime.
    Std,
}

/// What checking gives.
#[derive(Debug)]
pub struct CheckResult {
    /// The package, complete only without errors.
    pub package: Arc<Package>,
    /// Errors in the order in which they were found, which is the official checker's.
    pub errors: Vec<Diagnostic>,
}

/// Newest language version that is known.
pub const NEWEST_GO_VERSION: u32 = 26;

/// Checks a package whose imports are checked.
#[must_use]
pub fn check_package(store: &Store, input: PackageInput) -> CheckResult {
    check(store, input, false, None)
}

/// Checks the declarations of a package whose imports are checked, and puts function bodies off until somebody asks
/// [`Package::body`] for them. What is wrong with a body that nobody asks for is never reported, nor what shows only in
/// all bodies together: imports that are not used, generic functions that instantiate each other without end.
///
/// `stack` is how many bytes of its stack the calling thread has for that, where it is known; where they are too few,
/// another thread does the work.
#[must_use]
pub fn check_declarations(store: &Store, input: PackageInput, stack: Option<usize>) -> CheckResult {
    check(store, input, true, stack)
}

/// Checks a package, with or without the bodies of its functions.
fn check(
    store: &Store,
    input: PackageInput,
    defer_bodies: bool,
    stack: Option<usize>,
) -> CheckResult {
    let name = package_name(&input.files);
    let pkg = store.new_pkg(&input.path, &name);
    let trees = input.files.iter().map(|file| &*file.tree);
    let (package, errors) = with_stack(trees, stack, |nesting| {
        let mut checker = Checker::new(&input, store, pkg);
        checker.defers_bodies = defer_bodies && nesting <= MAX_DEFERRED;
        checker.check_files();
        checker.finish(&name)
    });
    let package = Arc::new(Package {
        path: input.path,
        files: input.files,
        ..package
    });
    CheckResult { package, errors }
}

/// The name in the first package clause that has a proper one.
fn package_name(files: &[SourceFile]) -> Arc<str> {
    let names = files
        .iter()
        .filter_map(|file| file.tree.package.map(|ident| file.tree.ident_text(ident)));
    names
        .into_iter()
        .find(|&name| name != "_")
        .unwrap_or("_")
        .into()
}

impl<'a> Checker<'a> {
    /// Checks all files.
    fn check_files(&mut self) {
        self.check_package_clauses();
        self.reserved_directives();
        self.collect_objects();
        self.direct_cycles();
        self.package_objects();
        self.process_delayed(0);
        self.bodies_for_initialization();
    }

    /// Checks that all files have the package's name and no newer language version than there is.
    fn check_package_clauses(&mut self) {
        let name = self.store.pkg(self.pkg).name.clone();
        for file in 0..self.files.len() {
            self.enter_file(file);
            let tree = self.tree();
            let Some(ident) = tree.package else { continue };
            let own = tree.ident_text(ident);
            if own == "_" {
                self.error(ident, Code::BlankPkgName, "invalid package name _");
            } else if own != &*name {
                let msg = format!("package {own}; expected package {name}");
                self.error(tree.package_pos, Code::MismatchedPkgName, msg);
            }
            if let Some(version) = tree
                .go_version
                .filter(|&version| version > NEWEST_GO_VERSION)
            {
                self.error(
                    ident,
                    Code::TooNew,
                    format!("file requires newer Go version go1.{version}"),
                );
            }
        }
    }

    /// Ends checking and gives what was found out.
    fn finish(mut self, name: &Arc<str>) -> (Package, Vec<Diagnostic>) {
        let init_order = self.init_order();
        if !self.defers_bodies {
            self.unused_imports();
        }
        self.record_untyped();
        if self.errors.is_empty() {
            self.monomorph();
        }
        if self.errors.is_empty() {
            self.interface_cycles();
        }
        if self.errors.is_empty() {
            self.unallocatable_types();
        }
        if self.errors.is_empty() {
            self.declaration_directives();
            self.large_types();
            self.print_operands();
        }
        let mut imports: Vec<PkgId> = Vec::new();
        for &(obj, _) in &self.imports {
            if let ObjKind::PkgName(pkg) = self.store.obj(obj).kind
                && !imports.contains(&pkg)
            {
                imports.push(pkg);
            }
        }
        imports.sort_by(|&a, &b| self.store.pkg(a).path.cmp(&self.store.pkg(b).path));
        let data = self.store.pkg(self.pkg);
        let _ = data.imports.set(imports.clone());
        let (inits, others): (Vec<ObjId>, Vec<ObjId>) = self
            .obj_map
            .keys()
            .copied()
            .filter(|&obj| matches!(self.store.obj(obj).kind, ObjKind::Func(_)))
            .partition(|&obj| self.is_init(obj));
        let linknames = self.collect_linknames();
        let funcs = inits.iter().copied().chain(others).collect();
        let errors = self.errors;
        let setting = Setting {
            go_version: self.go_version,
            sizes: self.sizes,
            kind: self.kind,
        };
        let package = Package {
            id: self.pkg,
            path: Arc::from(""),
            name: name.clone(),
            files: Vec::new(),
            info: self.infos,
            scope: data.scope,
            imports,
            init_order,
            funcs,
            inits,
            linknames,
            vars: self.var_facts,
            bodies: Bodies {
                deferred: self.deferred,
                setting,
                syms: self.syms,
            },
        };
        (package, errors)
    }

    /// Whether a function is an `init` function.
    fn is_init(&self, obj: ObjId) -> bool {
        let object = self.store.obj(obj);
        let is_method = matches!(&object.kind, ObjKind::Func(func) if func.recv.is_some());
        !is_method && self.store.sym_text(object.name) == "init"
    }
}
