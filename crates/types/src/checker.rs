//! The state of checking one package.

use crate::bodies::{DeferredBodies, FileSyms, Setting};
use crate::errors::{Code, Diagnostic};
use crate::sizes::Sizes;
use crate::{
    Constant, DeclIdx, FileInfo, FileRef, ObjId, ObjKind, Object, PkgId, ScopeId, SourceFile,
    SrcPos, Store, Sym, TypeId, TypeParamId, VarFacts,
};
use indexmap::{IndexMap, IndexSet};
use polkago_syntax::{BlockId, ExprId, File, IdentId, Name, Pos, Span, StmtId};
use rustc_hash::{FxBuildHasher, FxHashMap, FxHashSet};
use std::cell::OnceCell;
use std::sync::{Arc, OnceLock};

/// A function body inside another one.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum NestedFunc {
    /// That of a function literal.
    Literal(ExprId),
    /// That of a range statement over a function, which is called by that function.
    RangeBody(BlockId),
}

/// An insertion-ordered set.
pub(crate) type OrderedSet<T> = IndexSet<T, FxBuildHasher>;

/// A signature whose parameters have objects: that of a declared function or of a function literal.
#[derive(Debug)]
pub(crate) struct FuncSig {
    /// The function type, without receiver.
    pub typ: TypeId,
    /// The scope that holds type parameters, receiver, parameters and results; the body's scope is inside.
    pub scope: ScopeId,
    /// The receiver.
    pub recv: Option<ObjId>,
    /// Type parameters of receiver and function, after those of the functions around it.
    pub outer_tparams: Arc<[TypeParamId]>,
    /// Parameters in order, also unnamed and blank ones.
    pub params: Vec<ObjId>,
    /// Results in order, also unnamed and blank ones.
    pub results: Vec<ObjId>,
    /// Whether the results have names.
    pub named_results: bool,
}

/// Where checking stands: what a name means and what is allowed here. Saved and restored around declarations and
/// function bodies.
#[derive(Clone, Debug)]
pub(crate) struct Env {
    /// The package-level declaration whose initialiser or body is checked; its dependencies are collected.
    pub decl: Option<DeclIdx>,
    /// The innermost scope.
    pub scope: ScopeId,
    /// The file that node ids refer to.
    pub file: u32,
    /// Language version of the file, `N` of `go1.N`.
    pub version: u32,
    /// The value of `iota` in a constant declaration.
    pub iota: Option<Constant>,
    /// Where errors go while a constant's inherited expression is evaluated: the constant.
    pub errpos: Option<SrcPos>,
    /// Inside a list of type parameters.
    pub in_tparam_list: bool,
    /// The signature of the enclosing function.
    pub sig: Option<Arc<FuncSig>>,
    /// Type parameters of the enclosing function and its receiver: local types depend on them.
    pub outer_tparams: Arc<[TypeParamId]>,
    /// The function makes use of labels.
    pub has_label: bool,
    /// The expression contains a function call or channel receive operation.
    pub has_call_or_recv: bool,
    /// Number of the enclosing function body (see [`Checker::next_func`]); 0 at package level.
    pub func: u32,
}

/// A delayed check with the environment parts that it needs.
pub(crate) struct Action<'a> {
    file: u32,
    version: u32,
    run: Box<dyn FnOnce(&mut Checker<'a>) + 'a>,
}

/// The checker of one package. Fields are open to all files of the crate.
pub(crate) struct Checker<'a> {
    /// The session's arenas.
    pub store: &'a Store,
    /// The package.
    pub pkg: PkgId,
    /// Its files.
    pub files: &'a [SourceFile],
    /// Which packages the import paths of this package mean; absent once they are collected.
    pub import_map: Option<&'a FxHashMap<Arc<str>, PkgId>>,
    /// Language version of the module, `N` of `go1.N`.
    pub go_version: u32,
    /// Sizes of the target.
    pub sizes: Sizes,
    /// What the package's declarations may do.
    pub kind: crate::check::PackageKind,
    /// Where checking stands.
    pub env: Env,
    /// What was found out about each file, from `first_info` on.
    pub infos: Vec<FileInfo>,
    /// The file that `infos` begins with: 0, or the only one where a body is checked.
    first_info: u32,
    /// Whether bodies of declared functions are put off.
    pub defers_bodies: bool,
    /// Those bodies.
    pub deferred: DeferredBodies,
    /// Errors in the order in which they were found.
    pub errors: Vec<Diagnostic>,

    /// Package-level declarations; [`Checker::obj_map`] leads here.
    pub decls: Vec<crate::resolver::DeclInfo>,
    /// Package-level objects and methods, in source order, and their declarations.
    pub obj_map: IndexMap<ObjId, DeclIdx, FxBuildHasher>,
    /// The file scopes.
    pub file_scopes: Vec<ScopeId>,
    /// Import declarations: the package name object, its file.
    pub imports: Vec<(ObjId, u32)>,
    /// Objects of dot-imports: which package name brought them, by file scope and name.
    pub dot_imports: FxHashMap<(ScopeId, Sym), ObjId>,
    /// Methods collected for each receiver base type name of the package, until the type is declared.
    pub methods: FxHashMap<ObjId, Vec<ObjId>>,
    /// Type names whose type an error made invalid.
    pub broken_types: FxHashSet<ObjId>,
    /// Where the fields of struct types are declared.
    pub field_pos: FxHashMap<(TypeId, Sym), SrcPos>,
    /// Where instances of generic types are written first.
    pub inst_pos: FxHashMap<crate::NamedId, SrcPos>,
    /// Declared types whose size is being found to be finite, outermost first.
    pub finite_path: Vec<crate::NamedId>,
    /// Declared types that are known not to contain themselves.
    pub valid_types: FxHashSet<crate::NamedId>,
    /// How often the check of types that contain themselves met one whose right side is not known yet.
    pub open_types: usize,
    /// Whether declared types are of finite size, once known.
    pub finite: FxHashMap<crate::NamedId, bool>,
    /// Interface type literals: file, place, type.
    pub interface_literals: Vec<(u32, Span, TypeId)>,
    /// Used variables.
    pub used_vars: FxHashSet<ObjId>,
    /// Used package names.
    pub used_pkg_names: FxHashSet<ObjId>,
    /// The function body (see [`Env::func`]) in which each local variable, parameter or result is declared.
    pub var_func: FxHashMap<ObjId, u32>,
    /// Local variables, parameters and results of the function bodies being checked, in order of declaration: what
    /// is left unused is reported.
    pub locals: Vec<ObjId>,
    /// Facts about local variables for lowering.
    pub var_facts: FxHashMap<ObjId, VarFacts>,
    /// The enclosing function body of each nested one and what that is, by number; entry 0 stands for package level,
    /// a declared function has the parent 0 and is not nested.
    pub func_parents: Vec<(u32, Option<NestedFunc>)>,
    /// Expressions without final type.
    pub untyped: FxHashMap<(u32, ExprId), crate::untyped::UntypedInfo>,
    /// Calls of `panic` (by file), used by the analysis of terminating statements.
    pub panic_calls: FxHashSet<(u32, ExprId)>,
    /// Checks put off until types are complete, in FIFO order.
    delayed: Vec<Option<Action<'a>>>,
    /// Objects whose declaration is being checked, for cycle detection.
    pub obj_path: Vec<ObjId>,
    /// Index of each in `obj_path`.
    pub obj_path_idx: FxHashMap<ObjId, usize>,
    /// How type parameters are instantiated, to find endless instantiation.
    pub mono: crate::mono::MonoGraph,
    /// Session-wide names of each file's names.
    pub syms: Arc<FileSyms>,
    /// How often a package name occurs with different paths among all packages imported directly or indirectly;
    /// made when the first message needs it.
    pkg_paths: OnceCell<FxHashMap<Arc<str>, FxHashSet<Arc<str>>>>,
}

/// Something that has a place in the source.
pub(crate) trait At {
    /// Its position and one past its end; `None` for predeclared objects.
    fn place(&self, check: &Checker<'_>) -> Option<(SrcPos, Pos)>;
}

impl At for Span {
    fn place(&self, check: &Checker<'_>) -> Option<(SrcPos, Pos)> {
        Some((check.src_pos(self.start), self.end))
    }
}

impl At for Pos {
    fn place(&self, check: &Checker<'_>) -> Option<(SrcPos, Pos)> {
        Some((check.src_pos(*self), *self))
    }
}

impl At for SrcPos {
    fn place(&self, _: &Checker<'_>) -> Option<(SrcPos, Pos)> {
        Some((*self, self.pos))
    }
}

impl At for ExprId {
    fn place(&self, check: &Checker<'_>) -> Option<(SrcPos, Pos)> {
        let start = crate::util::start_pos(check.tree(), *self);
        let end = check.tree().expr[*self].span.end;
        Some((check.src_pos(start), end))
    }
}

impl At for StmtId {
    fn place(&self, check: &Checker<'_>) -> Option<(SrcPos, Pos)> {
        check.tree().stmt[*self].span.place(check)
    }
}

impl At for IdentId {
    fn place(&self, check: &Checker<'_>) -> Option<(SrcPos, Pos)> {
        let start = check.tree().idents[*self].pos;
        let len = u32::try_from(check.ident_text(*self).len()).unwrap_or(0);
        Some((check.src_pos(start), Pos(start.0 + len)))
    }
}

impl At for ObjId {
    fn place(&self, check: &Checker<'_>) -> Option<(SrcPos, Pos)> {
        let object = check.store.obj(*self);
        let pos = object.pos?;
        let len = u32::try_from(check.store.sym_text(object.name).len()).unwrap_or(0);
        Some((pos, Pos(pos.pos.0 + len)))
    }
}

/// An error under construction that names more than one place.
#[derive(Debug)]
pub(crate) struct ErrorBuilder {
    code: Code,
    parts: Vec<(Option<(SrcPos, Pos)>, String)>,
    soft: bool,
}

impl ErrorBuilder {
    /// An error of this kind, without text yet.
    pub(crate) fn new(code: Code) -> Self {
        Self {
            code,
            parts: Vec::new(),
            soft: false,
        }
    }

    /// Makes it soft.
    pub(crate) fn soft(mut self) -> Self {
        self.soft = true;
        self
    }

    /// Whether no text has been added.
    pub(crate) fn is_empty(&self) -> bool {
        self.parts.is_empty()
    }

    /// Adds a text with its place. The first one gives the error's own place.
    pub(crate) fn add(&mut self, check: &Checker<'_>, at: impl At, msg: impl Into<String>) {
        self.parts.push((at.place(check), msg.into()));
    }

    /// Adds a text without place.
    pub(crate) fn add_note(&mut self, msg: impl Into<String>) {
        self.parts.push((None, msg.into()));
    }

    /// Adds the place of the other declaration of an object, if it has one.
    pub(crate) fn add_alt_decl(&mut self, check: &Checker<'_>, obj: ObjId) {
        if check.store.obj(obj).pos.is_some() {
            self.add(
                check,
                obj,
                format!("other declaration of {}", check.store.obj_name(obj)),
            );
        }
    }

    /// Puts text before that of the error.
    pub(crate) fn prefix(&mut self, text: &str) {
        if let Some((_, msg)) = self.parts.first_mut() {
            msg.insert_str(0, text);
        }
    }

    /// Reports it.
    pub(crate) fn report(self, check: &mut Checker<'_>) {
        check.report(self);
    }
}

impl<'a> Checker<'a> {
    /// A checker before anything is collected.
    pub(crate) fn new(input: &'a crate::check::PackageInput, store: &'a Store, pkg: PkgId) -> Self {
        let trees = input.files.iter().map(|file| &file.tree.names);
        let syms = Arc::new(FileSyms::new(trees));
        let mut this = Self::with(store, pkg, &input.files, Setting::of(input), syms);
        this.import_map = Some(&input.imports);
        this.infos = input.files.iter().map(|_| FileInfo::default()).collect();
        this
    }

    /// A checker for a body in a file of a package that is checked.
    pub(crate) fn for_body(store: &'a Store, package: &'a crate::Package, file: u32) -> Self {
        let bodies = &package.bodies;
        let syms = bodies.syms.clone();
        let mut this = Self::with(store, package.id, &package.files, bodies.setting, syms);
        this.infos.push(FileInfo::default());
        this.first_info = file;
        this.enter_file(file as usize);
        this
    }

    /// A checker that knows of no file's nodes yet.
    fn with(
        store: &'a Store,
        pkg: PkgId,
        files: &'a [SourceFile],
        setting: Setting,
        syms: Arc<FileSyms>,
    ) -> Self {
        let Setting {
            go_version,
            sizes,
            kind,
        } = setting;
        let scope = store.pkg(pkg).scope;
        Self {
            store,
            pkg,
            files,
            import_map: None,
            go_version,
            sizes,
            kind,
            env: Env {
                decl: None,
                scope,
                file: 0,
                version: go_version,
                iota: None,
                errpos: None,
                in_tparam_list: false,
                sig: None,
                outer_tparams: Arc::from([]),
                has_label: false,
                has_call_or_recv: false,
                func: 0,
            },
            infos: Vec::new(),
            first_info: 0,
            defers_bodies: false,
            deferred: DeferredBodies::default(),
            errors: Vec::new(),
            decls: Vec::new(),
            obj_map: IndexMap::default(),
            file_scopes: Vec::new(),
            imports: Vec::new(),
            dot_imports: FxHashMap::default(),
            methods: FxHashMap::default(),
            broken_types: FxHashSet::default(),
            field_pos: FxHashMap::default(),
            inst_pos: FxHashMap::default(),
            finite_path: Vec::new(),
            valid_types: FxHashSet::default(),
            open_types: 0,
            finite: FxHashMap::default(),
            interface_literals: Vec::new(),
            used_vars: FxHashSet::default(),
            used_pkg_names: FxHashSet::default(),
            var_func: FxHashMap::default(),
            locals: Vec::new(),
            var_facts: FxHashMap::default(),
            func_parents: vec![(0, None)],
            untyped: FxHashMap::default(),
            panic_calls: FxHashSet::default(),
            delayed: Vec::new(),
            obj_path: Vec::new(),
            obj_path_idx: FxHashMap::default(),
            mono: crate::mono::MonoGraph::default(),
            syms,
            pkg_paths: OnceCell::new(),
        }
    }

    // The current file.

    /// The syntax tree of the current file.
    pub(crate) fn tree(&self) -> &'a File {
        &self.files[self.env.file as usize].tree
    }

    /// The side tables of the current file.
    pub(crate) fn info(&mut self) -> &mut FileInfo {
        &mut self.infos[(self.env.file - self.first_info) as usize]
    }

    /// The same, to read only.
    pub(crate) fn known_info(&self) -> &FileInfo {
        &self.infos[(self.env.file - self.first_info) as usize]
    }

    /// The current file.
    pub(crate) fn file_ref(&self) -> FileRef {
        FileRef {
            pkg: self.pkg,
            file: self.env.file,
        }
    }

    /// A place in the current file.
    pub(crate) fn src_pos(&self, pos: Pos) -> SrcPos {
        SrcPos {
            file: self.file_ref(),
            pos,
        }
    }

    /// The session-wide name of a name of the current file.
    pub(crate) fn sym(&mut self, name: Name) -> Sym {
        let tree = self.tree();
        self.syms
            .get(self.store, self.env.file, name, || tree.text(name))
    }

    /// The session-wide name of an identifier of the current file.
    pub(crate) fn ident_sym(&mut self, ident: IdentId) -> Sym {
        self.sym(self.tree().idents[ident].name)
    }

    /// The text of an identifier of the current file.
    pub(crate) fn ident_text(&self, ident: IdentId) -> &'a str {
        self.tree().ident_text(ident)
    }

    /// The package that a name belongs to as a field or method name: none if it is exported.
    pub(crate) fn name_pkg(&self, name: Sym) -> Option<PkgId> {
        (!self.store.is_exported(name)).then_some(self.pkg)
    }

    // Recording.

    /// Records what an identifier defines.
    pub(crate) fn record_def(&mut self, ident: IdentId, obj: ObjId) {
        self.info().defs[ident] = obj.into();
    }

    /// Records what an identifier uses.
    pub(crate) fn record_use(&mut self, ident: IdentId, obj: ObjId) {
        self.info().uses[ident] = obj.into();
    }

    /// Records that an expression denotes a type.
    pub(crate) fn record_type(&mut self, e: ExprId, typ: TypeId) {
        self.info().exprs[e] = crate::ExprInfo {
            mode: crate::Mode::Type,
            typ: typ.into(),
        };
    }

    /// Records the type arguments of an instantiation of the generic function or type that `e` (an identifier, a
    /// qualified identifier, or an index expression of one) denotes.
    pub(crate) fn record_instance(&mut self, e: ExprId, targs: &[TypeId]) {
        if let Some(ident) = crate::util::instantiated_ident(self.tree(), e) {
            self.info().instances.insert(ident, targs.to_vec());
        }
    }

    // Objects and scopes.

    /// A new object of this package, declared at an identifier of the current file.
    pub(crate) fn new_obj(&mut self, ident: IdentId, kind: ObjKind, typ: Option<TypeId>) -> ObjId {
        let name = self.ident_sym(ident);
        let pos = self.tree().idents[ident].pos;
        self.new_obj_at(name, pos, kind, typ)
    }

    /// A new object of this package, with a name of its own and a place in the current file.
    pub(crate) fn new_obj_at(
        &mut self,
        name: Sym,
        pos: Pos,
        kind: ObjKind,
        typ: Option<TypeId>,
    ) -> ObjId {
        let slot = OnceLock::new();
        if let Some(typ) = typ {
            let _ = slot.set(typ);
        }
        let is_local_var = matches!(
            kind,
            ObjKind::Var(crate::VarKind::Local | crate::VarKind::Param | crate::VarKind::Result)
        );
        let obj = self.store.new_object(Object {
            name,
            pkg: self.pkg,
            pos: Some(self.src_pos(pos)),
            kind,
            typ: slot,
        });
        if is_local_var {
            self.var_func.insert(obj, self.env.func);
            self.locals.push(obj);
        }
        obj
    }

    /// Gives an object its type, unless an error has given it one before.
    pub(crate) fn set_type(&self, obj: ObjId, typ: TypeId) {
        let _ = self.store.obj(obj).typ.set(typ);
    }

    /// Declares an object in a scope (blank ones are not entered) and records the defining identifier.
    pub(crate) fn declare(&mut self, scope: ScopeId, ident: Option<IdentId>, obj: ObjId) {
        let name = self.store.obj(obj).name;
        if self.store.sym_text(name) != "_"
            && let Some(alt) = self.store.scope(scope).insert(name, obj)
        {
            // What is not declared need not be used.
            self.used_vars.insert(obj);
            let mut err = ErrorBuilder::new(Code::DuplicateDecl);
            err.add(
                self,
                obj,
                format!("{} redeclared in this block", self.store.obj_name(obj)),
            );
            err.add_alt_decl(self, alt);
            err.report(self);
            return;
        }
        if let Some(ident) = ident {
            self.record_def(ident, obj);
        }
    }

    /// Opens a scope inside the current one; the caller restores [`Env::scope`] through [`Checker::close_scope`].
    pub(crate) fn open_scope(&mut self) {
        self.env.scope = self.store.new_scope(Some(self.env.scope));
    }

    /// Goes back to the enclosing scope.
    pub(crate) fn close_scope(&mut self) {
        if let Some(parent) = self.store.scope(self.env.scope).parent {
            self.env.scope = parent;
        }
    }

    /// What a name denotes here, and the scope that declares it.
    pub(crate) fn lookup_scope(&self, name: Sym) -> Option<(ScopeId, ObjId)> {
        let mut next = Some(self.env.scope);
        while let Some(id) = next {
            let scope = self.store.scope(id);
            if let Some(obj) = scope.get(name) {
                return Some((id, obj));
            }
            next = scope.parent;
        }
        None
    }

    /// What a name denotes here.
    pub(crate) fn lookup(&self, name: Sym) -> Option<ObjId> {
        self.lookup_scope(name).map(|(_, obj)| obj)
    }

    /// Numbers a function body, `None` for that of a declared function.
    pub(crate) fn next_func(&mut self, nested: Option<NestedFunc>) -> u32 {
        self.func_parents.push((self.env.func, nested));
        u32::try_from(self.func_parents.len() - 1).expect("fewer functions than bytes of source")
    }

    /// Notes that the declaration being checked depends on a package-level object.
    pub(crate) fn add_decl_dep(&mut self, to: ObjId) {
        if let Some(from) = self.env.decl
            && self.obj_map.contains_key(&to)
        {
            self.decls[from.0 as usize].deps.insert(to);
        }
    }

    // Delayed actions.

    /// Puts a check off until types are complete: to the end of the current statement or of the package.
    pub(crate) fn later(&mut self, run: impl FnOnce(&mut Checker<'a>) + 'a) {
        let action = Action {
            file: self.env.file,
            version: self.env.version,
            run: Box::new(run),
        };
        self.delayed.push(Some(action));
    }

    /// The number of delayed actions: what to pass to [`Checker::process_delayed`] later.
    pub(crate) fn delayed_len(&self) -> usize {
        self.delayed.len()
    }

    /// Runs the actions put off since there were `top` of them, and those that they put off.
    pub(crate) fn process_delayed(&mut self, top: usize) {
        let saved = (self.env.file, self.env.version);
        let mut next = top;
        while next < self.delayed.len() {
            if let Some(action) = self.delayed[next].take() {
                (self.env.file, self.env.version) = (action.file, action.version);
                (action.run)(self);
            }
            next += 1;
        }
        self.delayed.truncate(top);
        (self.env.file, self.env.version) = saved;
    }

    // Errors.

    /// Reports an error.
    pub(crate) fn error(&mut self, at: impl At, code: Code, msg: impl Into<String>) {
        let mut err = ErrorBuilder::new(code);
        err.add(self, at, msg);
        self.report(err);
    }

    /// Reports an error that does not keep the program from being compiled.
    pub(crate) fn soft_error(&mut self, at: impl At, code: Code, msg: impl Into<String>) {
        let mut err = ErrorBuilder::new(code).soft();
        err.add(self, at, msg);
        self.report(err);
    }

    /// Reports an error with its further places.
    pub(crate) fn report(&mut self, err: ErrorBuilder) {
        let ErrorBuilder { code, parts, soft } = err;
        let mut parts = parts.into_iter();
        let Some((place, msg)) = parts.next() else {
            return;
        };
        // Follow-up errors tend to mention what is invalid already.
        let follow_up = |text| msg.find(text).is_some_and(|at| at > 0);
        if !self.errors.is_empty() && (follow_up("invalid operand") || follow_up("invalid type")) {
            return;
        }
        let (pos, end) = match (self.env.errpos, place) {
            (Some(pos), _) => (pos, pos.pos),
            (None, Some(place)) => place,
            (None, None) => (self.src_pos(Pos(0)), Pos(0)),
        };
        let msg = match code {
            Code::InvalidSyntaxTree => format!("invalid syntax tree: {msg}"),
            _ => self.explain_version(msg),
        };
        let related = parts
            .map(|(place, msg)| (place.map(|(pos, _)| pos), msg))
            .collect();
        let lines = &self.files[pos.file.file as usize].tree.lines;
        let repeats = self.errors.last().is_some_and(|last| {
            last.msg == msg
                && last.pos.file == pos.file
                && lines.line(last.pos.pos) == lines.line(pos.pos)
        });
        self.errors.push(Diagnostic {
            pos,
            end,
            code,
            msg,
            soft,
            repeats,
            related,
        });
    }

    /// Whether a language feature of version `go1.want` may be used in the current file.
    pub(crate) fn allow_version(&self, want: u32) -> bool {
        self.env.version >= want
    }

    /// Adds to an error about the language version what sets it.
    fn explain_version(&self, msg: String) -> String {
        let version = self.env.version;
        let names_version = msg
            .split_once("requires go1.")
            .is_some_and(|(_, rest)| rest.contains(" or later"));
        if !names_version {
            msg
        } else if self.tree().go_version == Some(version) {
            format!("{msg} (file declares //go:build go1.{version})")
        } else {
            format!("{msg} (-lang was set to go1.{version}; check go.mod)")
        }
    }

    /// Like [`Checker::allow_version`], and reports an error where it may not: `what` says what the feature is.
    pub(crate) fn verify_version(&mut self, at: impl At, want: u32, what: &str) -> bool {
        if self.allow_version(want) {
            return true;
        }
        self.error(
            at,
            Code::UnsupportedFeature,
            format!("{what} requires go1.{want} or later"),
        );
        false
    }

    /// A position as it stands inside a message: `file:line:column`.
    pub(crate) fn pos_string(&self, pos: SrcPos) -> String {
        if pos.file.pkg != self.pkg {
            // Other packages' files are not at hand here.
            return format!("package {}", self.store.pkg(pos.file.pkg).path);
        }
        let file = &self.files[pos.file.file as usize];
        let (line, col) = file.tree.lines.line_col(pos.pos);
        format!("{}:{line}:{col}", file.path)
    }

    // Texts.

    /// How messages of this package name another one: by its name, or quoted path where the name is not unique.
    pub(crate) fn qualify(&self, pkg: PkgId) -> String {
        if pkg == self.pkg || pkg == self.store.universe().pkg {
            return String::new();
        }
        let data = self.store.pkg(pkg);
        let paths = self.pkg_paths.get_or_init(|| self.collect_pkg_paths());
        if paths.get(&data.name).is_some_and(|paths| paths.len() > 1) {
            format!("{:?}", &*data.path)
        } else {
            data.name.to_string()
        }
    }

    /// All packages imported directly or indirectly: their paths by name.
    fn collect_pkg_paths(&self) -> FxHashMap<Arc<str>, FxHashSet<Arc<str>>> {
        let mut paths: FxHashMap<Arc<str>, FxHashSet<Arc<str>>> = FxHashMap::default();
        let mut seen = FxHashSet::default();
        let mut todo = vec![self.pkg];
        todo.extend(
            self.imports
                .iter()
                .filter_map(|&(obj, _)| match self.store.obj(obj).kind {
                    ObjKind::PkgName(pkg) => Some(pkg),
                    _ => None,
                }),
        );
        while let Some(pkg) = todo.pop() {
            if seen.insert(pkg) {
                let data = self.store.pkg(pkg);
                paths
                    .entry(data.name.clone())
                    .or_default()
                    .insert(data.path.clone());
                todo.extend(data.imports.get().into_iter().flatten());
            }
        }
        paths
    }

    /// A type as messages show it.
    pub(crate) fn type_str(&self, typ: TypeId) -> String {
        self.store
            .type_message(typ, &|pkg| self.qualify(pkg), &|obj| {
                self.store
                    .obj(obj)
                    .pos
                    .map(|pos| self.pos_string(pos))
                    .unwrap_or_default()
            })
    }
}

/// What a block is to [`At`]: its opening brace.
impl At for BlockId {
    fn place(&self, check: &Checker<'_>) -> Option<(SrcPos, Pos)> {
        check.tree().blocks[*self].lbrace.place(check)
    }
}
