//! Collecting the package-level declarations of all files, imports and methods included.

use crate::checker::{Checker, ErrorBuilder, OrderedSet};
use crate::errors::Code;
use crate::overlay::Shadowed;
use crate::util::unparen;
use crate::{FuncObj, ObjId, ObjKind, PkgId, Receiver, ScopeId, VarKind};
use polkago_syntax::{
    ConstDecl, Decl, ExprId, ExprKind, FuncDecl, IdentId, ImportDecl, Pos, TypeDecl, VarDecl,
};
use rustc_hash::FxHashSet;
use std::rc::Rc;
use std::sync::OnceLock;

/// Index of a declaration in [`Checker::decls`].
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(crate) struct DeclIdx(pub u32);

/// A package-level declaration of constants, a type, variables or a function.
#[derive(Clone, Debug, Default)]
pub(crate) struct DeclInfo {
    /// The file.
    pub file: u32,
    /// Index of the declaration in the file.
    pub decl: u32,
    /// All variables, where one expression gives the values of several.
    pub lhs: Option<Rc<[ObjId]>>,
    /// The type of constants or variables.
    pub vtyp: Option<ExprId>,
    /// The value of a constant or variable.
    pub init: Option<ExprId>,
    /// Whether the value of a constant is repeated from an earlier one of the group.
    pub inherited: bool,
    /// The value of `iota`.
    pub iota: u32,
    /// Package-level objects that the value or body refers to.
    pub deps: OrderedSet<ObjId>,
}

/// A method whose receiver's base type is not looked up yet.
struct MethodInfo {
    ident: IdentId,
    file: u32,
    decl: u32,
    /// Whether the receiver is written as a pointer.
    pointer: bool,
    /// The identifier of the receiver's base type, where the receiver is correct and the name is not blank.
    base: Option<IdentId>,
}

/// The parts of a receiver's type.
pub(crate) struct RecvParts {
    /// Whether it is a pointer.
    pub pointer: bool,
    /// The base type, without type parameters.
    pub base: ExprId,
    /// The index expression's list of type parameters; absent where there are none.
    pub tparams: Option<Vec<ExprId>>,
}

impl<'a> Checker<'a> {
    /// The declaration of an object of this package.
    pub(crate) fn decl_of(&self, obj: ObjId) -> Option<&DeclInfo> {
        self.obj_map
            .get(&obj)
            .map(|idx| &self.decls[idx.0 as usize])
    }

    /// The type declaration of a package-level type name.
    pub(crate) fn type_decl_of(&self, obj: ObjId) -> Option<&'a TypeDecl> {
        let info = self.decl_of(obj)?;
        match &self.files[info.file as usize].tree.decls[info.decl as usize] {
            Decl::Type(decl) => Some(decl),
            Decl::Import(_) | Decl::Const(_) | Decl::Var(_) | Decl::Func(_) | Decl::Bad(_) => None,
        }
    }

    /// The declaration of a function or method.
    pub(crate) fn func_decl_of(&self, info: &DeclInfo) -> Option<&'a FuncDecl> {
        match &self.files[info.file as usize].tree.decls[info.decl as usize] {
            Decl::Func(decl) => Some(decl),
            Decl::Import(_) | Decl::Const(_) | Decl::Type(_) | Decl::Var(_) | Decl::Bad(_) => None,
        }
    }

    /// Adds a declaration.
    fn add_decl(&mut self, info: DeclInfo) -> DeclIdx {
        self.decls.push(info);
        DeclIdx(
            u32::try_from(self.decls.len() - 1).expect("fewer declarations than bytes of source"),
        )
    }

    /// Collects the objects of all files, in file and package scopes.
    pub(crate) fn collect_objects(&mut self) {
        let shadowed = Shadowed::collect(self.files);
        let mut methods = Vec::new();
        for file in 0..self.files.len() {
            self.enter_file(file);
            let scope = self.store.new_scope(Some(self.store.pkg(self.pkg).scope));
            self.file_scopes.push(scope);
            self.env.scope = scope;
            let overlay = self.files[file].overlay;
            self.collect_file(
                scope,
                if overlay { None } else { Some(&shadowed) },
                &mut methods,
            );
        }
        self.check_file_scopes();
        for method in methods {
            self.collect_method(&method);
        }
        // Methods came last: restore source order.
        let store = self.store;
        self.obj_map.sort_by_key(|&obj, _| store.obj(obj).pos);
    }

    /// Makes a file the current one.
    pub(crate) fn enter_file(&mut self, file: usize) {
        self.env.file = u32::try_from(file).expect("fewer files than memory");
        self.env.version = self.file_version(file);
    }

    /// The language version of a file: a build constraint may ask for another one than the module, but none below
    /// 1.21, which introduced that.
    pub(crate) fn file_version(&self, file: usize) -> u32 {
        self.files[file]
            .tree
            .go_version
            .map_or(self.go_version, |version| version.max(21))
    }

    /// Collects the objects of the current file. `shadowed` holds the names that overlay files replace.
    fn collect_file(
        &mut self,
        scope: ScopeId,
        shadowed: Option<&Shadowed>,
        methods: &mut Vec<MethodInfo>,
    ) {
        let tree = self.tree();
        let mut last: Option<&ConstDecl> = None;
        let mut group = None;
        for (index, decl) in (0u32..).zip(&tree.decls) {
            if !matches!(decl, Decl::Const(_)) {
                group = None;
                last = None;
            }
            match decl {
                Decl::Bad(_) => {}
                Decl::Import(decl) => self.collect_import(scope, decl),
                Decl::Const(decl) => {
                    if decl.group.is_none() || decl.group != group {
                        last = None;
                    }
                    group = decl.group;
                    let inherited = decl.typ.is_none() && decl.values.len == 0 && last.is_some();
                    if !inherited {
                        last = Some(decl);
                    }
                    self.collect_const(index, decl, last.unwrap_or(decl), inherited, shadowed);
                }
                Decl::Var(decl) => self.collect_var(index, decl, shadowed),
                Decl::Type(decl) => {
                    if shadowed.is_some_and(|names| names.has(tree.ident_text(decl.name))) {
                        continue;
                    }
                    let obj = self.new_obj(decl.name, ObjKind::TypeName, None);
                    let info = DeclInfo {
                        file: self.env.file,
                        decl: index,
                        ..DeclInfo::default()
                    };
                    self.declare_pkg_obj(decl.name, obj, info);
                }
                Decl::Func(decl) => self.collect_func(index, decl, shadowed, methods),
            }
        }
    }

    /// Declares an object in the package scope; it is no function or method.
    fn declare_pkg_obj(&mut self, ident: IdentId, obj: ObjId, info: DeclInfo) {
        let idx = self.add_decl(info);
        self.declare_pkg_obj_at(ident, obj, idx);
    }

    /// Declares an object in the package scope, whose declaration is known already.
    fn declare_pkg_obj_at(&mut self, ident: IdentId, obj: ObjId, idx: DeclIdx) {
        let name = self.ident_text(ident);
        if name == "init" {
            self.error(
                ident,
                Code::InvalidInitDecl,
                "cannot declare init - must be func",
            );
            self.set_type(obj, self.store.invalid());
            return;
        }
        if name == "main" && &*self.store.pkg(self.pkg).name == "main" {
            self.error(
                ident,
                Code::InvalidMainDecl,
                "cannot declare main - must be func",
            );
            self.set_type(obj, self.store.invalid());
            return;
        }
        self.declare(self.store.pkg(self.pkg).scope, Some(ident), obj);
        self.obj_map.insert(obj, idx);
    }

    /// Collects constants; `source` has the type and values, `decl` itself or an earlier one of its group.
    fn collect_const(
        &mut self,
        index: u32,
        decl: &'a ConstDecl,
        source: &'a ConstDecl,
        inherited: bool,
        shadowed: Option<&Shadowed>,
    ) {
        let tree = self.tree();
        let values = tree.exprs(source.values);
        for (at, &name) in decl.names.iter().enumerate() {
            if shadowed.is_some_and(|names| names.has(tree.ident_text(name))) {
                continue;
            }
            let obj = self.new_obj(name, ObjKind::Const(OnceLock::new()), None);
            let info = DeclInfo {
                file: self.env.file,
                decl: index,
                vtyp: source.typ,
                init: values.get(at).copied(),
                inherited,
                iota: decl.iota,
                ..DeclInfo::default()
            };
            self.declare_pkg_obj(name, obj, info);
        }
        self.arity(decl.span.start, &decl.names, values, true, inherited);
    }

    /// Collects variables.
    fn collect_var(&mut self, index: u32, decl: &'a VarDecl, shadowed: Option<&Shadowed>) {
        let tree = self.tree();
        let values = tree.exprs(decl.values);
        let is_shadowed =
            |name: IdentId| shadowed.is_some_and(|names| names.has(tree.ident_text(name)));
        if decl.names.iter().all(|&name| is_shadowed(name)) {
            return;
        }
        // One expression for several variables: they share the declaration.
        let shared = values.len() == 1;
        let info = |init| DeclInfo {
            file: self.env.file,
            decl: index,
            vtyp: decl.typ,
            init,
            ..DeclInfo::default()
        };
        let shared_idx = if shared {
            Some(info(values.first().copied()))
        } else {
            None
        };
        let infos: Vec<DeclInfo> = (0..decl.names.len())
            .map(|at| info(values.get(at).copied()))
            .collect();
        let shared_idx = shared_idx.map(|info| self.add_decl(info));
        let mut lhs = Vec::with_capacity(decl.names.len());
        for (&name, info) in decl.names.iter().zip(infos) {
            // A shadowed variable keeps its place as a blank one.
            let sym = if is_shadowed(name) {
                self.store.sym("_")
            } else {
                self.ident_sym(name)
            };
            let pos = tree.idents[name].pos;
            let obj = self.new_obj_at(sym, pos, ObjKind::Var(VarKind::Package), None);
            lhs.push(obj);
            match shared_idx {
                Some(idx) => self.declare_pkg_obj_at(name, obj, idx),
                None => self.declare_pkg_obj(name, obj, info),
            }
        }
        if let Some(idx) = shared_idx {
            self.decls[idx.0 as usize].lhs = Some(lhs.into());
        }
        if decl.typ.is_none() || !values.is_empty() {
            self.arity(decl.span.start, &decl.names, values, false, false);
        }
    }

    /// Checks that a declaration has as many values as names.
    pub(crate) fn arity(
        &mut self,
        pos: Pos,
        names: &[IdentId],
        values: &[ExprId],
        constant: bool,
        inherited: bool,
    ) {
        let (left, right) = (names.len(), values.len());
        if left < right {
            let extra = values[left];
            if inherited {
                let at = self.pos_string(self.src_pos(self.tree().expr[extra].span.start));
                self.error(
                    pos,
                    Code::WrongAssignCount,
                    format!("extra init expr at {at}"),
                );
            } else {
                let msg = format!("extra init expr {}", self.expr_str(extra));
                self.error(extra, Code::WrongAssignCount, msg);
            }
        } else if left > right && (constant || right != 1) {
            // One value may be a call with several results.
            let name = names[right];
            let msg = format!("missing init expr for {}", self.ident_text(name));
            self.error(name, Code::WrongAssignCount, msg);
        }
    }

    /// Collects a function; methods are put off until all types are declared.
    fn collect_func(
        &mut self,
        index: u32,
        decl: &'a FuncDecl,
        shadowed: Option<&Shadowed>,
        methods: &mut Vec<MethodInfo>,
    ) {
        let tree = self.tree();
        let name = tree.ident_text(decl.name);
        let has_body = decl.body.is_some();
        if let Some(recv) = &decl.recv {
            let Some(param) = recv.first() else {
                // Without receiver it is checked like a method that no type has.
                methods.push(MethodInfo {
                    ident: decl.name,
                    file: self.env.file,
                    decl: index,
                    pointer: false,
                    base: None,
                });
                return;
            };
            let parts = self.unpack_recv(param.typ, false);
            let base = match tree.expr[parts.base].kind {
                ExprKind::Ident(base) if name != "_" => Some(base),
                _ => None,
            };
            if let (Some(names), Some(base)) = (shadowed, base)
                && names.has_method(tree.ident_text(base), name)
            {
                return;
            }
            methods.push(MethodInfo {
                ident: decl.name,
                file: self.env.file,
                decl: index,
                pointer: parts.pointer,
                base,
            });
            if let Some(first) = decl.tparams.first() {
                self.verify_version(first.constraint, 18, "type parameter");
            }
            return;
        }
        if shadowed.is_some_and(|names| names.has(name)) {
            return;
        }
        let func = FuncObj {
            recv: None,
            tparams: OnceLock::new(),
            decl: index,
            has_body,
        };
        let obj = self.new_obj(decl.name, ObjKind::Func(func), None);
        let mut tparam_error = false;
        if name == "init" || (name == "main" && &*self.store.pkg(self.pkg).name == "main") {
            let code = if name == "main" {
                Code::InvalidMainDecl
            } else {
                Code::InvalidInitDecl
            };
            if let Some(name_ident) = decl.tparams.first().and_then(|group| group.names.first()) {
                self.soft_error(
                    *name_ident,
                    code,
                    format!("func {name} must have no type parameters"),
                );
                tparam_error = true;
            }
            let sig = &tree.sigs[decl.sig];
            if !sig.params.is_empty() || !sig.results.is_empty() {
                self.soft_error(
                    decl.name,
                    code,
                    format!("func {name} must have no arguments and no return values"),
                );
            }
        }
        if name == "init" {
            // Not declared: nothing can refer to it.
            self.record_def(decl.name, obj);
            if !has_body {
                self.soft_error(obj, Code::MissingInitBody, "func init must have a body");
            }
        } else {
            self.declare(self.store.pkg(self.pkg).scope, Some(decl.name), obj);
        }
        if let (Some(first), false) = (
            decl.tparams.first().and_then(|group| group.names.first()),
            tparam_error,
        ) {
            self.verify_version(*first, 18, "type parameter");
        }
        let idx = self.add_decl(DeclInfo {
            file: self.env.file,
            decl: index,
            ..DeclInfo::default()
        });
        self.obj_map.insert(obj, idx);
    }

    /// Makes a method's object and hands it to its receiver's base type.
    fn collect_method(&mut self, method: &MethodInfo) {
        self.enter_file(method.file as usize);
        let resolved = method
            .base
            .and_then(|base| self.resolve_base_type_name(method.pointer, base));
        let pointer = resolved.map_or(method.pointer, |(pointer, _)| pointer);
        let recv = Receiver {
            base: OnceLock::new(),
            pointer,
            tparams: OnceLock::new(),
        };
        let Decl::Func(decl) = &self.tree().decls[method.decl as usize] else {
            return;
        };
        let func = FuncObj {
            recv: Some(recv),
            tparams: OnceLock::new(),
            decl: method.decl,
            has_body: decl.body.is_some(),
        };
        let obj = self.new_obj(method.ident, ObjKind::Func(func), None);
        self.record_def(method.ident, obj);
        let idx = self.add_decl(DeclInfo {
            file: method.file,
            decl: method.decl,
            ..DeclInfo::default()
        });
        self.obj_map.insert(obj, idx);
        if let Some((_, base)) = resolved {
            self.methods.entry(base).or_default().push(obj);
        }
    }

    /// Takes a receiver's type apart: `*T[P]`. The list of type parameters is only given where `with_tparams`.
    pub(crate) fn unpack_recv(&self, typ: ExprId, with_tparams: bool) -> RecvParts {
        let tree = self.tree();
        let mut base = unparen(tree, typ);
        let mut pointer = false;
        if let ExprKind::Star(elem) = tree.expr[base].kind {
            pointer = true;
            base = unparen(tree, elem);
        }
        let mut tparams = None;
        if let ExprKind::Index { x, indices, .. } = tree.expr[base].kind {
            base = x;
            if with_tparams {
                tparams = Some(tree.exprs(indices).to_vec());
            }
        }
        RecvParts {
            pointer,
            base,
            tparams,
        }
    }

    /// The declared type that a receiver's base type name denotes, through non-generic aliases of this package, and
    /// whether there is a pointer on the way.
    fn resolve_base_type_name(&self, pointer: bool, base: IdentId) -> Option<(bool, ObjId)> {
        let mut pointer = pointer;
        let mut seen = FxHashSet::default();
        let scope = self.store.scope(self.store.pkg(self.pkg).scope);
        let mut name = self.store.sym(self.ident_text(base));
        loop {
            let obj = scope.get(name)?;
            if !seen.insert(obj) {
                return None;
            }
            let decl = self.type_decl_of(obj)?;
            if !decl.alias {
                return Some((pointer, obj));
            }
            if !decl.tparams.is_empty() {
                return None;
            }
            let file = self.decl_of(obj)?.file as usize;
            let tree = &self.files[file].tree;
            let mut typ = unparen(tree, decl.typ);
            if let ExprKind::Star(elem) = tree.expr[typ].kind {
                if pointer {
                    return None;
                }
                pointer = true;
                typ = unparen(tree, elem);
            }
            let ExprKind::Ident(next) = tree.expr[typ].kind else {
                return None;
            };
            name = self.store.sym(tree.ident_text(next));
        }
    }

    // Imports.

    /// Collects an import declaration.
    fn collect_import(&mut self, scope: ScopeId, decl: &'a ImportDecl) {
        let tree = self.tree();
        let path = match valid_import_path(tree.text(decl.path)) {
            Ok(path) => path,
            Err(problem) => {
                self.error(
                    decl.path_pos,
                    Code::BadImportPath,
                    format!("invalid import path ({problem})"),
                );
                return;
            }
        };
        let imported = self.import_package(decl.path_pos, &path);
        let data = self.store.pkg(imported);
        let name = match decl.name {
            Some(name) if path == "C" => {
                self.error(name, Code::ImportCRenamed, "cannot rename import \"C\"");
                return;
            }
            Some(name) => self.ident_text(name).to_owned(),
            None => data.name.to_string(),
        };
        if name == "init" {
            let msg = "cannot import package as init - init must be a func";
            self.error(decl.span, Code::InvalidInitDecl, msg);
            return;
        }
        let sym = self.store.sym(&name);
        let obj = self.new_obj_at(
            sym,
            decl.span.start,
            ObjKind::PkgName(imported),
            Some(self.store.invalid()),
        );
        if let Some(ident) = decl.name {
            self.record_def(ident, obj);
        }
        if data.fake {
            self.used_pkg_names.insert(obj);
        }
        self.imports.push((obj, self.env.file));
        if name == "." {
            self.dot_import(scope, decl, imported, obj);
        } else {
            self.declare(scope, None, obj);
        }
    }

    /// Enters the exported names of a package into a file scope.
    fn dot_import(&mut self, scope: ScopeId, decl: &ImportDecl, imported: PkgId, pkg_name: ObjId) {
        for (name, obj) in self.store.scope(self.store.pkg(imported).scope).entries() {
            if !self.store.is_exported(name) {
                continue;
            }
            match self.store.scope(scope).insert(name, obj) {
                Some(alt) => {
                    let mut err = ErrorBuilder::new(Code::DuplicateDecl);
                    let msg = format!("{} redeclared in this block", self.store.sym_text(name));
                    err.add(self, decl.span, msg);
                    err.add_alt_decl(self, alt);
                    err.report(self);
                }
                None => {
                    self.dot_imports.insert((scope, name), pkg_name);
                }
            }
        }
    }

    /// The package that an import path means here; one that stands for it where it is missing.
    fn import_package(&mut self, pos: Pos, path: &str) -> PkgId {
        if path == "unsafe" {
            return self.store.universe().unsafe_pkg;
        }
        if let Some(&pkg) = self.import_map.and_then(|map| map.get(path)) {
            return pkg;
        }
        if path != "C" {
            let reason = self.why_missing(path);
            let msg = format!("could not import {path} ({reason})");
            self.error(pos, Code::BrokenImport, msg);
        }
        let name = path.trim_end_matches('/');
        let name = name.rsplit('/').next().unwrap_or(name);
        self.store.new_fake_pkg(path, name)
    }

    /// Why an import path means nothing.
    fn why_missing(&self, path: &str) -> String {
        let clean = clean_path(path);
        if path == "main" {
            "cannot import \"main\"".to_owned()
        } else if *path == *self.store.pkg(self.pkg).path {
            format!("import \"{path}\" while compiling that package (import cycle)")
        } else if path.starts_with('/') {
            "import path cannot be absolute path".to_owned()
        } else if clean != path && !path.starts_with("./") && !path.starts_with("../") {
            format!("non-canonical import path \"{path}\" (should be \"{clean}\")")
        } else {
            "package not found".to_owned()
        }
    }

    /// Checks that package and file scopes have no name in common.
    fn check_file_scopes(&mut self) {
        let pkg_scope = self.store.pkg(self.pkg).scope;
        for file in 0..self.file_scopes.len() {
            self.enter_file(file);
            for (name, obj) in self.store.scope(self.file_scopes[file]).entries() {
                let Some(alt) = self.store.scope(pkg_scope).get(name) else {
                    continue;
                };
                let mut err = ErrorBuilder::new(Code::DuplicateDecl);
                let text = self.store.sym_text(name);
                let object = self.store.obj(obj);
                let how = match object.kind {
                    ObjKind::PkgName(pkg) => {
                        let data = self.store.pkg(pkg);
                        format!("import of package {} ({:?})", data.name, &*data.path)
                    }
                    _ => {
                        let data = self.store.pkg(object.pkg);
                        format!("dot-import of package {} ({:?})", data.name, &*data.path)
                    }
                };
                err.add(self, alt, format!("{text} already declared through {how}"));
                err.add_alt_decl(self, obj);
                err.report(self);
            }
        }
    }

    /// Reports imports that are not used (*Import declarations*).
    pub(crate) fn unused_imports(&mut self) {
        // A file whose declarations an overlay replaces may lose the uses of an import.
        let overlaid = self.files.iter().any(|file| file.overlay);
        for (obj, file) in self.imports.clone() {
            if self.used_pkg_names.contains(&obj)
                || (overlaid && !self.files[file as usize].overlay)
            {
                continue;
            }
            let object = self.store.obj(obj);
            let ObjKind::PkgName(pkg) = object.kind else {
                continue;
            };
            let name = self.store.sym_text(object.name);
            if name == "_" {
                continue;
            }
            let path = &*self.store.pkg(pkg).path;
            let last = path.rsplit('/').next().unwrap_or(path);
            let msg = if name == "." || name == last {
                format!("{path:?} imported and not used")
            } else {
                format!("{path:?} imported as {name} and not used")
            };
            self.soft_error(obj, Code::UnusedImport, msg);
        }
    }
}

/// The import path that a literal stands for, or what is wrong with it (*Import declarations*).
fn valid_import_path(literal: &str) -> Result<String, String> {
    const ILLEGAL: &str = "!\"#$%&'()*,:;<=>?[\\]^{|}`\u{FFFD}";
    let bytes = crate::constant::unquote(literal).ok_or("invalid syntax")?;
    let path = String::from_utf8(bytes).map_err(|_| "invalid character U+FFFD '\u{FFFD}'")?;
    if path.is_empty() {
        return Err("empty string".to_owned());
    }
    match path
        .chars()
        .find(|&c| c.is_control() || c.is_whitespace() || ILLEGAL.contains(c))
    {
        Some(c) => {
            let shown = if c.is_control() {
                String::new()
            } else {
                format!(" '{c}'")
            };
            Err(format!("invalid character U+{:04X}{shown}", u32::from(c)))
        }
        None => Ok(path),
    }
}

/// A path without empty elements, `.` and `..`, as far as these have something before them to take away.
fn clean_path(path: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." if parts.last().is_some_and(|&last| last != "..") => {
                parts.pop();
            }
            _ => parts.push(part),
        }
    }
    if parts.is_empty() {
        ".".to_owned()
    } else {
        parts.join("/")
    }
}
