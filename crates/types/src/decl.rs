//! Declarations (*Declarations and scope*).

use crate::bodies::Deferred;
use crate::checker::{Checker, Env, ErrorBuilder};
use crate::depth::MAX_DECLARATIONS;
use crate::errors::Code;
use crate::expr::Target;
use crate::operand::Operand;
use crate::{Constant, DeclIdx, ObjId, ObjKind, TypeId, TypeKind, TypeParamId, VarKind};
use polkago_syntax::{
    BinaryOp, ConstDecl, Decl, ExprId, ExprKind, IdentId, TypeDecl, TypeParam, UnaryOp, VarDecl,
};
use rustc_hash::FxHashMap;
use std::sync::{Arc, OnceLock};

impl<'a> Checker<'a> {
    /// Checks the declaration of an object, if that is not done yet, so that it has a type.
    ///
    /// An object is white (no type, not on the object path), grey (on the path: its type is being determined) or black
    /// (has its type). Reaching a grey object is a cycle, and it depends on the objects in between whether that is an
    /// error.
    pub(crate) fn obj_decl(&mut self, obj: ObjId) {
        let store = self.store;
        let object = store.obj(obj);
        if self.obj_path_idx.contains_key(&obj) {
            match object.kind {
                ObjKind::Const(_) | ObjKind::Var(_) => {
                    if !self.valid_cycle(obj) || object.typ.get().is_none() {
                        self.set_type(obj, store.invalid());
                    }
                }
                ObjKind::TypeName => {
                    if !self.valid_cycle(obj) {
                        self.invalidate_type(obj);
                    }
                }
                ObjKind::Func(_) => {
                    self.valid_cycle(obj);
                }
                ObjKind::PkgName(_) | ObjKind::Builtin(_) | ObjKind::Label | ObjKind::Nil => {}
            }
            return;
        }
        if object.typ.get().is_some() {
            return;
        }
        let Some(&idx) = self.obj_map.get(&obj) else {
            // Local objects have their type when they are declared; only after errors they do not.
            self.set_type(obj, store.invalid());
            return;
        };
        if self.obj_path.len() >= MAX_DECLARATIONS {
            let msg = format!(
                "{} depends on more than {MAX_DECLARATIONS} declarations",
                store.obj_name(obj)
            );
            self.error(obj, Code::BadDecl, msg);
            match object.kind {
                ObjKind::TypeName => self.invalidate_type(obj),
                _ => self.set_type(obj, store.invalid()),
            }
            return;
        }
        self.push(obj);
        let info = self.decls[idx.0 as usize].clone();
        let file = info.file as usize;
        let env = Env {
            decl: None,
            scope: self.file_scopes[file],
            file: info.file,
            version: self.file_version(file),
            iota: None,
            errpos: None,
            in_tparam_list: false,
            sig: None,
            outer_tparams: Arc::from([]),
            has_label: false,
            has_call_or_recv: false,
            func: 0,
        };
        let saved = std::mem::replace(&mut self.env, env);
        match object.kind {
            ObjKind::Const(_) => {
                self.env.decl = Some(idx);
                self.const_decl(obj, info.vtyp, info.init, info.inherited, info.iota);
            }
            ObjKind::Var(_) => {
                self.env.decl = Some(idx);
                self.var_decl(obj, info.lhs.as_deref(), info.vtyp, info.init);
            }
            ObjKind::TypeName => {
                if let Some(decl) = self.type_decl_of(obj) {
                    self.type_decl(obj, decl);
                }
                self.collect_methods(obj);
            }
            ObjKind::Func(_) => self.func_decl(obj, idx),
            ObjKind::PkgName(_) | ObjKind::Builtin(_) | ObjKind::Label | ObjKind::Nil => {}
        }
        self.env = saved;
        self.pop();
    }

    /// Makes a type name's type invalid after an error.
    pub(crate) fn invalidate_type(&mut self, obj: ObjId) {
        match self.store.obj_type(obj).map(|t| self.store.kind(t)) {
            Some(TypeKind::Named(id)) => self.store.invalidate(*id),
            Some(TypeKind::Alias(id)) => self.store.alias(*id).rhs.set(self.store.invalid()),
            Some(_) => {}
            None => self.set_type(obj, self.store.invalid()),
        }
        self.broken_types.insert(obj);
    }

    /// The type of an object as names of it denote it; `None` while not known.
    pub(crate) fn type_of(&self, obj: ObjId) -> Option<TypeId> {
        if self.broken_types.contains(&obj) {
            Some(self.store.invalid())
        } else {
            self.store.obj_type(obj)
        }
    }

    /// Checks all package-level declarations; function bodies are put off.
    pub(crate) fn package_objects(&mut self) {
        // Types first, as aliases may need them complete; then aliases; then everything else.
        let objs: Vec<ObjId> = self.obj_map.keys().copied().collect();
        let (types, others): (Vec<ObjId>, Vec<ObjId>) = objs
            .into_iter()
            .partition(|&obj| matches!(self.store.obj(obj).kind, ObjKind::TypeName));
        let (aliases, types): (Vec<ObjId>, Vec<ObjId>) = types
            .into_iter()
            .partition(|&obj| self.type_decl_of(obj).is_some_and(|decl| decl.alias));
        for obj in types.into_iter().chain(aliases).chain(others) {
            self.obj_decl(obj);
        }
        self.methods.clear();
    }

    // Constants and variables.

    /// Checks the declaration of a constant (*Constant declarations*).
    fn const_decl(
        &mut self,
        obj: ObjId,
        typ: Option<ExprId>,
        init: Option<ExprId>,
        inherited: bool,
        iota: u32,
    ) {
        let saved = (self.env.iota.take(), self.env.errpos.take());
        self.env.iota = Some(Constant::int(iota));
        self.const_value(obj, typ, init, inherited);
        (self.env.iota, self.env.errpos) = saved;
    }

    /// Checks type and value of a constant.
    fn const_value(
        &mut self,
        obj: ObjId,
        typ: Option<ExprId>,
        init: Option<ExprId>,
        inherited: bool,
    ) {
        if let Some(typ) = typ {
            let t = self.typ(typ);
            if !self.store.is_const_type(t) {
                if self.store.is_valid(self.store.underlying(t)) {
                    let msg = format!("invalid constant type {}", self.type_str(t));
                    self.error(typ, Code::InvalidConstType, msg);
                }
                self.set_type(obj, self.store.invalid());
                self.set_const(obj, Constant::Unknown);
                return;
            }
            self.set_type(obj, t);
        }
        let mut x = Operand::invalid(self.store);
        if let Some(init) = init {
            if inherited {
                // The expression stands at an earlier constant; errors belong to this one.
                self.env.errpos = self.store.obj(obj).pos;
            }
            x = self.expr(None, init);
        }
        self.init_const(obj, &mut x);
    }

    /// Gives a constant its value.
    pub(crate) fn set_const(&self, obj: ObjId, value: Constant) {
        if let ObjKind::Const(slot) = &self.store.obj(obj).kind {
            let _ = slot.set(value);
        }
    }

    /// Checks the declaration of a variable (*Variable declarations*). `lhs` are all variables that one expression
    /// gives values to.
    fn var_decl(
        &mut self,
        obj: ObjId,
        lhs: Option<&[ObjId]>,
        typ: Option<ExprId>,
        init: Option<ExprId>,
    ) {
        let given = typ.map(|typ| self.var_type(typ));
        if let Some(given) = given {
            self.set_type(obj, given);
        }
        let Some(init) = init else {
            if typ.is_none() {
                // The missing value has been reported.
                self.set_type(obj, self.store.invalid());
            }
            return;
        };
        match lhs {
            Some(lhs) if lhs.len() > 1 => {
                // The expression may be a call with several results. Each variable gets the written type.
                if let Some(given) = given {
                    for &other in lhs {
                        self.set_type(other, given);
                    }
                }
                self.init_vars(lhs, &[init], None);
            }
            Some(_) | None => {
                let target = Target::new(self, given, || self.store.obj_name(obj).to_owned());
                let mut x = self.expr(target.as_ref(), init);
                self.init_var(obj, &mut x, "variable declaration");
            }
        }
    }

    // Types.

    /// Checks a type declaration (*Type declarations*).
    pub(crate) fn type_decl(&mut self, obj: ObjId, decl: &'a TypeDecl) {
        self.later(move |check| {
            if let Some(named) = check
                .store
                .obj_type(obj)
                .and_then(|t| check.store.as_named(t))
            {
                check.valid_type(named);
            }
        });
        let first_tparam = decl
            .tparams
            .first()
            .and_then(|group| group.names.first())
            .copied();
        let store = self.store;
        if decl.alias {
            if first_tparam.is_none_or(|name| self.verify_version(name, 23, "generic type alias")) {
                self.verify_version(decl.name, 9, "type alias");
            }
            let alias = store.new_alias(obj);
            let typ = store.intern(TypeKind::Alias(alias));
            self.set_type(obj, typ);
            if first_tparam.is_some() {
                self.open_scope();
                self.collect_tparams(&decl.tparams, |check, tparams| {
                    let _ = check.store.alias(alias).tparams.set(tparams);
                });
            }
            let rhs = self.declared_type(decl.typ);
            // A cycle may have made it invalid already.
            if store.alias(alias).rhs.get().is_none() {
                store.alias(alias).rhs.set(rhs);
            }
            if let Some(tparam) = store.as_tparam(rhs)
                && store
                    .alias(alias)
                    .tparams
                    .get()
                    .is_some_and(|tparams| tparams.contains(&tparam))
            {
                let msg = "cannot use type parameter declared in alias declaration as RHS";
                self.error(decl.typ, Code::MisplacedTypeParam, msg);
                store.alias(alias).rhs.set(store.invalid());
            }
            if first_tparam.is_some() {
                self.close_scope();
            } else {
                let _ = store.alias(alias).tparams.set(Vec::new());
            }
            return;
        }
        if let Some(name) = first_tparam {
            self.verify_version(name, 18, "type parameter");
        }
        let named = store.new_named(obj, self.env.outer_tparams.to_vec());
        let typ = store.intern(TypeKind::Named(named));
        self.set_type(obj, typ);
        if first_tparam.is_some() {
            self.open_scope();
            self.collect_tparams(&decl.tparams, |check, tparams| {
                let _ = check.store.named(named).tparams.set(tparams);
            });
        } else {
            let _ = store.named(named).tparams.set(Vec::new());
        }
        let rhs = self.declared_type(decl.typ);
        if store.named(named).rhs.get().is_none() {
            store.named(named).rhs.set(rhs);
        }
        if store.is_tparam(rhs) {
            let msg = "cannot use a type parameter as RHS in type declaration";
            self.error(decl.typ, Code::MisplacedTypeParam, msg);
            store.invalidate(named);
        }
        if first_tparam.is_some() {
            self.close_scope();
        }
    }

    /// Declares type parameters in the current scope and checks their constraints (*Type parameter declarations*).
    /// `set` makes them known before that: constraints may refer to the generic type.
    pub(crate) fn collect_tparams(
        &mut self,
        list: &'a [TypeParam],
        set: impl FnOnce(&mut Self, Vec<TypeParamId>),
    ) -> Vec<TypeParamId> {
        let mut tparams = Vec::new();
        for group in list {
            for &name in &group.names {
                let index = u32::try_from(tparams.len())
                    .expect("fewer type parameters than bytes of source");
                tparams.push(self.declare_tparam(name, index));
            }
        }
        set(self, tparams.clone());
        let saved = std::mem::replace(&mut self.env.in_tparam_list, true);
        let mut next = tparams.iter();
        for group in list {
            let mut bound = self.constraint_type(group.constraint);
            if self.store.is_tparam(bound) {
                let msg = "cannot use a type parameter as constraint";
                self.error(group.constraint, Code::MisplacedTypeParam, msg);
                bound = self.store.invalid();
            }
            for &tparam in next.by_ref().take(group.names.len()) {
                self.store.tparam(tparam).bound.set(bound);
            }
        }
        self.env.in_tparam_list = saved;
        tparams
    }

    /// The type that a constraint is; `~T` and `A|B` stand for the interface around them.
    fn constraint_type(&mut self, e: ExprId) -> TypeId {
        match self.tree().expr[e].kind {
            ExprKind::Unary {
                op: UnaryOp::Tilde, ..
            }
            | ExprKind::Binary {
                op: BinaryOp::Or, ..
            } => {
                let element = self.parse_union(e);
                let typ = self.store.interface_type(Vec::new(), vec![element], true);
                self.check_interface_later(
                    typ,
                    vec![],
                    vec![self.src_pos(self.tree().expr[e].span.start)],
                );
                self.record_type(e, typ);
                typ
            }
            _ => self.typ(e),
        }
    }

    /// Declares one type parameter; its constraint follows.
    pub(crate) fn declare_tparam(&mut self, name: IdentId, index: u32) -> TypeParamId {
        let obj = self.new_obj(name, ObjKind::TypeName, None);
        let tparam = self.store.new_tparam(obj, index);
        self.set_type(obj, self.store.tparam_type(tparam));
        self.declare(self.env.scope, Some(name), obj);
        tparam
    }

    /// Gives a declared type the methods that were collected for it (*Method declarations*).
    fn collect_methods(&mut self, obj: ObjId) {
        let store = self.store;
        let base = store.obj_type(obj).and_then(|t| store.as_named(t));
        let Some(methods) = self.methods.remove(&obj) else {
            if let Some(base) = base.filter(|&base| store.named(base).obj == obj) {
                let _ = store.named(base).methods.set(Vec::new());
            }
            return;
        };
        let mut unique: Vec<ObjId> = Vec::with_capacity(methods.len());
        let mut seen = FxHashMap::default();
        for method in methods {
            let name = store.obj(method).name;
            if let Some(&alt) = seen.get(&name) {
                let at = store
                    .obj(alt as ObjId)
                    .pos
                    .map(|pos| self.pos_string(pos))
                    .unwrap_or_default();
                let msg = format!(
                    "method {}.{} already declared at {at}",
                    store.obj_name(obj),
                    store.sym_text(name)
                );
                self.error(method, Code::DuplicateMethod, msg);
                continue;
            }
            seen.insert(name, method);
            unique.push(method);
        }
        let Some(base) = base else { return };
        let _ = store.named(base).methods.set(unique);
        self.later(move |check| check.check_field_uniqueness(base));
    }

    /// Checks that a struct type has no field with the name of a method. Names that are not exported differ if
    /// their packages do: a struct type declared elsewhere may have fields of another package.
    fn check_field_uniqueness(&mut self, base: crate::NamedId) {
        let store = self.store;
        let under = store.underlying(store.intern(TypeKind::Named(base)));
        let Some(fields) = store.as_struct(under) else {
            return;
        };
        for field in fields {
            let method = store.methods_of(base).iter().copied().find(|&method| {
                let method = store.obj(method);
                method.name == field.name && field.pkg.is_none_or(|pkg| pkg == method.pkg)
            });
            if let Some(method) = method {
                let name = store.sym_text(field.name);
                let mut err = ErrorBuilder::new(Code::DuplicateFieldAndMethod);
                err.add(
                    self,
                    method,
                    format!("field and method with the same name {name}"),
                );
                if let Some(&pos) = self.field_pos.get(&(under, field.name)) {
                    err.add(self, pos, format!("other declaration of {name}"));
                }
                err.report(self);
            }
        }
    }

    // Functions.

    /// Checks the signature of a function or method and puts its body off.
    fn func_decl(&mut self, obj: ObjId, idx: DeclIdx) {
        let Some(decl) = self.func_decl_of(&self.decls[idx.0 as usize]) else {
            return;
        };
        let func = self.next_func(None);
        self.env.func = func;
        let sig = self.func_sig(decl.recv.as_deref(), &decl.tparams, decl.sig, Some(obj));
        self.env.func = 0;
        self.set_type(obj, sig.typ);
        if let ObjKind::Func(kind) = &self.store.obj(obj).kind {
            let _ = kind.tparams.set(Vec::new());
        }
        if !decl.tparams.is_empty() && decl.body.is_none() {
            self.soft_error(
                decl.span,
                Code::BadDecl,
                "generic function is missing function body",
            );
        }
        if let Some(block) = decl.body
            && self.defers_bodies
        {
            let deferred = Deferred::new(idx, sig, func, self.env.file, block);
            self.deferred.insert(obj, deferred);
        } else if let Some(body) = decl.body {
            let outer_tparams = sig.outer_tparams.clone();
            self.later(move |check| {
                check.func_body(Some(idx), sig, body, None, func, outer_tparams)
            });
        }
    }

    // Declarations inside functions.

    /// Checks a declaration statement.
    pub(crate) fn decl_stmt(&mut self, list: &'a [Decl]) {
        let mut last: Option<&'a ConstDecl> = None;
        let mut group = None;
        for decl in list {
            if !matches!(decl, Decl::Const(_)) {
                group = None;
                last = None;
            }
            match decl {
                Decl::Const(decl) => {
                    if decl.group.is_none() || decl.group != group {
                        last = None;
                    }
                    group = decl.group;
                    let inherited = decl.typ.is_none() && decl.values.len == 0 && last.is_some();
                    if !inherited {
                        last = Some(decl);
                    }
                    self.local_const(decl, last.unwrap_or(decl), inherited);
                }
                Decl::Var(decl) => self.local_var(decl),
                Decl::Type(decl) => {
                    let obj = self.new_obj(decl.name, ObjKind::TypeName, None);
                    self.declare(self.env.scope, Some(decl.name), obj);
                    self.push(obj);
                    self.type_decl(obj, decl);
                    self.pop();
                    if let Some(named) = self
                        .store
                        .obj_type(obj)
                        .and_then(|t| self.store.as_named(t))
                        && self.store.named(named).obj == obj
                    {
                        let _ = self.store.named(named).methods.set(Vec::new());
                    }
                }
                // The parser reports these inside functions.
                Decl::Import(_) | Decl::Func(_) | Decl::Bad(_) => {}
            }
        }
    }

    /// Checks constants declared inside a function; they are in scope after the specification.
    fn local_const(&mut self, decl: &'a ConstDecl, source: &'a ConstDecl, inherited: bool) {
        let top = self.delayed_len();
        let values = self.tree().exprs(source.values);
        let mut objs = Vec::with_capacity(decl.names.len());
        for (at, &name) in decl.names.iter().enumerate() {
            let obj = self.new_obj(name, ObjKind::Const(OnceLock::new()), None);
            objs.push(obj);
            self.const_decl(
                obj,
                source.typ,
                values.get(at).copied(),
                inherited,
                decl.iota,
            );
        }
        self.arity(decl.span.start, &decl.names, values, true, inherited);
        // Function literals in the values do not see the names.
        self.process_delayed(top);
        for (&name, obj) in decl.names.iter().zip(objs) {
            self.declare(self.env.scope, Some(name), obj);
        }
    }

    /// Checks variables declared inside a function; they are in scope after the specification.
    fn local_var(&mut self, decl: &'a VarDecl) {
        let top = self.delayed_len();
        let values = self.tree().exprs(decl.values);
        let objs: Vec<ObjId> = decl
            .names
            .iter()
            .map(|&name| self.new_obj(name, ObjKind::Var(VarKind::Local), None))
            .collect();
        for (at, &obj) in objs.iter().enumerate() {
            if values.len() == decl.names.len() {
                self.var_decl(obj, None, decl.typ, Some(values[at]));
            } else if let [single] = values {
                // A call with several results: the first variable stands for all.
                self.var_decl(obj, Some(&objs), decl.typ, Some(*single));
                break;
            } else {
                self.var_decl(obj, None, decl.typ, values.get(at).copied());
            }
        }
        if decl.typ.is_none() || !values.is_empty() {
            self.arity(decl.span.start, &decl.names, values, false, false);
        }
        self.process_delayed(top);
        for (&name, obj) in decl.names.iter().zip(objs) {
            self.declare(self.env.scope, Some(name), obj);
        }
    }
}
