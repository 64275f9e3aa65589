//! What all of lowering shares and reads only: the checked packages, questions about types, and caches.

use crate::init::KnownVar;
use crate::layout::TypeInfo;
use crate::linkname::Links;
use crate::lit_names::LitNames;
use crate::methods::MethodSet;
use crate::program::{LowerOptions, Outer};
use polkago_ir::Symbol;
use polkago_syntax::{BlockId, Decl, ExprId, File, FuncDecl, StmtId};
use polkago_types::{
    Basic, Diagnostic, FileInfo, FileRef, FuncObj, Memo, NamedId, ObjId, ObjKind, Object, Package,
    PkgId, SrcPos, Store, Subst, TypeId, TypeKind, VarFacts,
};
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// A function or method with its type arguments: those of the receiver's type for a method.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub(crate) struct FuncInst {
    /// The declared function.
    pub obj: ObjId,
    /// Canonical types without type parameters; empty where it is not generic.
    pub targs: Arc<[TypeId]>,
}

impl FuncInst {
    /// A function that is not generic.
    pub fn plain(obj: ObjId) -> Self {
        Self {
            obj,
            targs: Arc::from([]),
        }
    }
}

/// One file of a checked package.
#[derive(Clone, Copy)]
pub(crate) struct Source<'a> {
    /// The package.
    pub pkg: &'a Package,
    /// The index of the file.
    pub file: u32,
    /// Its syntax tree.
    pub tree: &'a File,
    /// What the checker found out about its nodes, or about those of the function body in question.
    pub info: &'a FileInfo,
    /// What it found out about variables, parameters and results, there.
    pub vars: &'a FxHashMap<ObjId, VarFacts>,
}

impl Source<'_> {
    /// A place in the file.
    pub fn pos(&self, pos: polkago_syntax::Pos) -> SrcPos {
        SrcPos {
            file: FileRef {
                pkg: self.pkg.id,
                file: self.file,
            },
            pos,
        }
    }
}

/// What all of lowering shares.
pub(crate) struct Cx<'a> {
    /// Types and objects.
    pub store: &'a Store,
    /// The packages in dependency order.
    pub packages: Vec<&'a Package>,
    /// What is being built.
    pub options: &'a LowerOptions,
    /// Package `runtime`, if it is among the packages.
    pub runtime: Option<&'a Package>,
    /// The program: the last package that is named `main`.
    pub main: Option<PkgId>,
    /// Where bodyless declarations find their definitions.
    pub links: Links,
    pub(crate) infos: Memo<TypeId, TypeInfo>,
    pub(crate) method_sets: Memo<TypeId, MethodSet>,
    /// The symbols of functions that are not generic.
    pub(crate) func_symbols: Memo<ObjId, Symbol>,
    /// The package variables that have an initialiser of their own.
    pub(crate) statics: FxHashMap<ObjId, KnownVar<'a>>,
    lits: FxHashMap<PkgId, LitNames>,
    by_id: FxHashMap<PkgId, &'a Package>,
}

impl<'a> Cx<'a> {
    /// The context for a set of packages.
    pub fn new(store: &'a Store, packages: &'a [Arc<Package>], options: &'a LowerOptions) -> Self {
        let packages: Vec<&Package> = packages.iter().map(|p| &**p).collect();
        let lits: Vec<_> = packages
            .par_iter()
            .map(|p| (p.id, LitNames::of(p)))
            .collect();
        let mut cx = Self {
            store,
            options,
            main: packages
                .iter()
                .rev()
                .find(|p| &*p.name == "main")
                .map(|p| p.id),
            runtime: packages.iter().copied().find(|p| &*p.path == "runtime"),
            links: Links::default(),
            infos: Memo::new(),
            method_sets: Memo::new(),
            func_symbols: Memo::new(),
            statics: crate::init::single_vars(&packages),
            lits: lits.into_iter().collect(),
            by_id: packages.iter().map(|p| (p.id, *p)).collect(),
            packages,
        };
        cx.links = Links::of(&cx);
        cx
    }

    /// A package by its id; absent for the universe and `unsafe`.
    pub fn package(&self, id: PkgId) -> Option<&'a Package> {
        self.by_id.get(&id).copied()
    }

    /// The program.
    pub fn main_package(&self) -> Option<&'a Package> {
        self.package(self.main?)
    }

    /// An object.
    pub fn obj(&self, id: ObjId) -> &'a Object {
        self.store.obj(id)
    }

    /// The text of a name.
    pub fn text(&self, sym: polkago_types::Sym) -> &'a str {
        self.store.sym_text(sym)
    }

    /// What the name of a function literal adds to that of the declaration around it.
    pub fn lit_name(&self, pkg: PkgId, file: u32, lit: ExprId) -> &str {
        let names = self.lits.get(&pkg);
        names.map_or("", |names| names.lit(file, lit))
    }

    /// The same for the body of a range statement over a function.
    pub fn range_name(&self, outer: &Outer, file: u32, stmt: StmtId) -> String {
        if let Outer::Func(inst) = outer
            && let Some((source, body)) = self.func_body(inst.obj)
        {
            return LitNames::of_body(source, body).range(file, stmt).to_owned();
        }
        let names = self.lits.get(&self.outer_pkg(outer));
        names.map_or("", |names| names.range(file, stmt)).to_owned()
    }

    /// The number of a type declared in a function of its package, from 1.
    pub fn local_type(&self, pos: SrcPos) -> Option<usize> {
        let names = self.lits.get(&pos.file.pkg)?;
        names.local_type(pos.file.file, pos.pos)
    }

    /// One file of a package, outside of functions.
    pub fn source(&self, file: FileRef) -> Source<'a> {
        let pkg = self.by_id[&file.pkg];
        Source {
            pkg,
            file: file.file,
            tree: &pkg.files[file.file as usize].tree,
            info: &pkg.info[file.file as usize],
            vars: &pkg.vars,
        }
    }

    /// One file of a package, inside of a function.
    pub fn source_in(&self, func: ObjId, file: FileRef) -> Source<'a> {
        let source = self.source(file);
        match source.pkg.body(self.store, func) {
            Some(body) => Source {
                info: &body.info,
                vars: &body.vars,
                ..source
            },
            None => source,
        }
    }

    /// The first thing that is wrong with a function body whose check was put off.
    pub fn body_error(&self, func: ObjId) -> Option<&'a Diagnostic> {
        let pkg = self.package(self.obj(func).pkg)?;
        pkg.body(self.store, func)?.errors.first()
    }

    /// The file of a node that belongs to an outermost declaration.
    pub fn outer_source(&self, outer: &Outer, file: u32) -> Source<'a> {
        let pkg = self.outer_pkg(outer);
        let file = FileRef { pkg, file };
        match outer {
            Outer::Func(inst) => self.source_in(inst.obj, file),
            Outer::Init(_) => self.source(file),
        }
    }

    /// The function data of an object.
    pub fn func_obj(&self, id: ObjId) -> Option<&'a FuncObj> {
        match &self.obj(id).kind {
            ObjKind::Func(f) => Some(f),
            _ => None,
        }
    }

    /// The body of a function or method, with its file.
    pub fn func_body(&self, id: ObjId) -> Option<(Source<'a>, BlockId)> {
        let (source, decl) = self.func_decl(id)?;
        let file = FileRef {
            pkg: source.pkg.id,
            file: source.file,
        };
        Some((self.source_in(id, file), decl.body?))
    }

    /// The declaration of a function or method, with its file outside of functions: for its body there is
    /// [`Cx::func_body`].
    pub fn func_decl(&self, id: ObjId) -> Option<(Source<'a>, &'a FuncDecl)> {
        let decl = self.func_obj(id)?.decl;
        let pos = self.obj(id).pos?;
        self.package(pos.file.pkg)?;
        let source = self.source(pos.file);
        match source.tree.decls.get(decl as usize)? {
            Decl::Func(f) => Some((source, f)),
            _ => None,
        }
    }

    // Types.

    /// The form of the underlying type.
    pub fn under(&self, t: TypeId) -> &'a TypeKind {
        self.store.kind(self.store.underlying(t))
    }

    /// The form of a type, aliases seen through.
    pub fn kind(&self, t: TypeId) -> &'a TypeKind {
        self.store.kind(self.store.unalias(t))
    }

    /// A predeclared type.
    pub fn basic(&self, b: Basic) -> TypeId {
        self.store.basic(b)
    }

    /// The predeclared type that underlies a type, if one does.
    pub fn as_basic(&self, t: TypeId) -> Option<Basic> {
        match self.under(t) {
            TypeKind::Basic(b) => Some(*b),
            _ => None,
        }
    }

    /// Whether it is an interface type.
    pub fn is_interface(&self, t: TypeId) -> bool {
        matches!(self.under(t), TypeKind::Interface(_))
    }

    /// Whether it is an interface type without methods, whose type word is the descriptor itself.
    pub fn is_eface(&self, t: TypeId) -> bool {
        self.is_interface(t) && self.method_set(t).methods.is_empty()
    }

    /// The element type of a pointer type.
    pub fn pointee(&self, t: TypeId) -> Option<TypeId> {
        match self.under(t) {
            TypeKind::Pointer(e) => Some(*e),
            _ => None,
        }
    }

    /// A pointer type.
    pub fn pointer(&self, t: TypeId) -> TypeId {
        self.store.canon(self.store.pointer(t))
    }

    /// The declared type behind a type, with the pointer to it if there is one.
    pub fn named(&self, t: TypeId) -> Option<NamedId> {
        match self.kind(t) {
            TypeKind::Named(n) => Some(*n),
            _ => None,
        }
    }

    /// The one id of a type after substitution.
    pub fn subst(&self, t: TypeId, subst: &Subst) -> TypeId {
        self.store.canon(self.store.subst(t, subst))
    }

    /// The type of an object, substituted.
    pub fn obj_type(&self, id: ObjId, subst: &Subst) -> TypeId {
        match self.obj(id).typ.get() {
            Some(&t) => self.subst(t, subst),
            None => self.basic(Basic::Invalid),
        }
    }

    /// The substitution inside an instance of a function: its own type parameters or those of its receiver.
    pub fn inst_subst(&self, inst: &FuncInst) -> Subst {
        let Some(func) = self.func_obj(inst.obj).filter(|_| !inst.targs.is_empty()) else {
            return Subst::default();
        };
        let params = match &func.recv {
            Some(recv) => recv.tparams.get(),
            None => func.tparams.get(),
        };
        let params = params.map_or(&[][..], Vec::as_slice);
        Subst::new(params, &inst.targs).unwrap_or_default()
    }

    /// The type of the receiver of a method, or none for a function.
    pub fn recv_type(&self, inst: &FuncInst) -> Option<TypeId> {
        let recv = self.func_obj(inst.obj)?.recv.as_ref()?;
        let base = *recv.base.get()?;
        let base = if inst.targs.is_empty() {
            self.store.intern(TypeKind::Named(base))
        } else {
            self.store.instance(base, &inst.targs)
        };
        let t = if recv.pointer {
            self.store.pointer(base)
        } else {
            base
        };
        Some(self.store.canon(t))
    }

    /// The Go types of a function's receiver, parameters and results.
    pub fn func_types(&self, inst: &FuncInst) -> crate::scalars::FuncTypes {
        let subst = self.inst_subst(inst);
        let t = self.obj_type(inst.obj, &subst);
        let mut types = self.func_types_of(t);
        types.recv = self.recv_type(inst);
        types
    }

    /// The Go types of a function type.
    pub fn func_types_of(&self, t: TypeId) -> crate::scalars::FuncTypes {
        match self.under(t) {
            TypeKind::Func(f) => {
                let mut types = crate::scalars::FuncTypes::of(None, f);
                for t in types.params.iter_mut().chain(&mut types.results) {
                    *t = self.store.canon(*t);
                }
                types
            }
            _ => crate::scalars::FuncTypes::default(),
        }
    }

    /// The substitution that holds in what an outermost declaration contains.
    pub fn outer_subst(&self, outer: &Outer) -> Subst {
        match outer {
            Outer::Func(inst) => self.inst_subst(inst),
            Outer::Init(_) => Subst::default(),
        }
    }
}
