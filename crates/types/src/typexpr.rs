//! Identifiers and type expressions (*Types*).

use crate::checker::Checker;
use crate::errors::Code;
use crate::operand::Operand;
use crate::{Basic, Mode, ObjId, ObjKind, TypeId, TypeKind, VarKind};
use polkago_syntax::{ArrayLen, ExprId, ExprKind, ExprList, IdentId};

impl<'a> Checker<'a> {
    /// Checks an identifier in expression `e`. With `want_type`, it is expected to denote a type.
    pub(crate) fn ident(&mut self, e: ExprId, ident: IdentId, want_type: bool) -> Operand {
        let store = self.store;
        let mut x = Operand::invalid(store);
        x.expr = Some(e);
        let name = self.ident_sym(ident);
        let text = store.sym_text(name);
        let Some((scope, obj)) = self.lookup_scope(name) else {
            if text == "_" {
                self.error(ident, Code::InvalidBlank, "cannot use _ as value or type");
            } else {
                self.error(ident, Code::UndeclaredName, format!("undefined: {text}"));
            }
            return x;
        };
        let universe = store.universe();
        if (obj == universe.comparable_obj || obj == universe.any_obj)
            && !self.verify_version(ident, 18, &format!("predeclared {text}"))
        {
            return x;
        }
        self.record_use(ident, obj);
        let object = store.obj(obj);
        let is_type = matches!(object.kind, ObjKind::TypeName);
        if want_type && !is_type {
            let msg = format!("{text} ({}) is not a type", self.object_kind(obj));
            self.error(ident, Code::NotAType, msg);
            // Avoids "declared and not used" on top.
            if matches!(object.kind, ObjKind::Var(_)) && object.pkg == self.pkg {
                self.used_vars.insert(obj);
            }
            return x;
        }
        // Types of this package may be on a cycle, which is found by going there again.
        // A function on a cycle through its own signature counts as having neither parameters nor results there.
        let grey_func =
            matches!(object.kind, ObjKind::Func(_)) && self.obj_path_idx.contains_key(&obj);
        if (object.typ.get().is_none() && !grey_func)
            || (is_type && want_type && object.pkg == self.pkg)
        {
            self.obj_decl(obj);
        }
        let unknown = || match &object.kind {
            ObjKind::Func(func) if grey_func => {
                let tparams = func.tparams.get().cloned().unwrap_or_default();
                store.func(crate::Func {
                    tparams,
                    ..crate::Func::default()
                })
            }
            _ => store.invalid(),
        };
        let typ = self.type_of(obj).unwrap_or_else(unknown);
        if let Some(&pkg_name) = self.dot_imports.get(&(scope, name)) {
            self.used_pkg_names.insert(pkg_name);
        }
        match &object.kind {
            ObjKind::PkgName(_) => {
                self.error(
                    ident,
                    Code::InvalidPkgUse,
                    format!("use of package {text} not in selector"),
                );
                return x;
            }
            ObjKind::Const(value) => {
                self.add_decl_dep(obj);
                if !store.is_valid(typ) {
                    return x;
                }
                if obj == universe.iota {
                    let Some(iota) = self.env.iota.clone() else {
                        self.error(
                            ident,
                            Code::InvalidIota,
                            "cannot use iota outside constant declaration",
                        );
                        return x;
                    };
                    x.val = Some(iota);
                } else {
                    x.val = Some(value.get().cloned().unwrap_or(crate::Constant::Unknown));
                }
                x.mode = Mode::Constant;
            }
            ObjKind::TypeName => x.mode = Mode::Type,
            ObjKind::Var(kind) => {
                if object.pkg == self.pkg {
                    self.used_vars.insert(obj);
                }
                self.add_decl_dep(obj);
                if !store.is_valid(typ) {
                    return x;
                }
                match kind {
                    VarKind::Local | VarKind::Param | VarKind::Result => self.note_var_use(obj),
                    VarKind::Package | VarKind::Field => {}
                }
                x.mode = Mode::Variable;
            }
            ObjKind::Func(_) => {
                self.add_decl_dep(obj);
                if !store.is_valid(typ) {
                    return x;
                }
                x.mode = Mode::Value;
            }
            ObjKind::Builtin(builtin) => x.mode = Mode::Builtin(*builtin),
            ObjKind::Nil => x.mode = Mode::Nil,
            // Labels are in no scope.
            ObjKind::Label => return x,
        }
        x.typ = typ;
        x
    }

    /// What an object is, in messages.
    pub(crate) fn object_kind(&self, obj: ObjId) -> &'static str {
        let object = self.store.obj(obj);
        match &object.kind {
            ObjKind::PkgName(_) => "package name",
            ObjKind::Const(_) => "constant",
            ObjKind::TypeName => match object.typ.get().map(|&t| self.store.kind(t)) {
                Some(TypeKind::Alias(_)) => "type alias",
                Some(TypeKind::TypeParam(_)) => "type parameter",
                _ => "defined type",
            },
            ObjKind::Var(VarKind::Package) => "package-level variable",
            ObjKind::Var(VarKind::Local) => "local variable",
            ObjKind::Var(VarKind::Param) => {
                let sig = self.env.sig.as_ref();
                if sig.is_some_and(|sig| sig.recv == Some(obj)) {
                    "receiver"
                } else {
                    "parameter"
                }
            }
            ObjKind::Var(VarKind::Result) => "result variable",
            ObjKind::Var(VarKind::Field) => "struct field",
            ObjKind::Func(func) => {
                if func.recv.is_some() {
                    "method"
                } else {
                    "function"
                }
            }
            ObjKind::Label => "label",
            ObjKind::Builtin(_) => "built-in function",
            ObjKind::Nil => "untyped nil",
        }
    }

    /// Checks a type expression. The type is not generic.
    pub(crate) fn typ(&mut self, e: ExprId) -> TypeId {
        self.declared_type(e)
    }

    /// Checks the type expression of a variable: neither generic nor a constraint.
    pub(crate) fn var_type(&mut self, e: ExprId) -> TypeId {
        let typ = self.declared_type(e);
        self.valid_var_type(e, typ);
        typ
    }

    /// Reports a constraint interface used as the type of a variable, once types are complete.
    pub(crate) fn valid_var_type(&mut self, e: ExprId, typ: TypeId) {
        // What cannot be or become an interface needs no check.
        match self.store.kind(typ) {
            TypeKind::Named(_) | TypeKind::Alias(_) | TypeKind::Interface(_) => {}
            TypeKind::Basic(_)
            | TypeKind::Pointer(_)
            | TypeKind::Slice(_)
            | TypeKind::Array { .. }
            | TypeKind::Map { .. }
            | TypeKind::Chan { .. }
            | TypeKind::Struct(_)
            | TypeKind::Func(_)
            | TypeKind::Tuple(_)
            | TypeKind::TypeParam(_)
            | TypeKind::Union(_) => return,
        }
        if self.store.is_tparam(typ) || self.is_known_variable_type(typ) {
            return;
        }
        self.later(move |check| {
            if check.store.is_tparam(typ) || !check.store.is_interface(typ) {
                return;
            }
            let set = check.store.type_set(typ);
            if set.is_method_set() {
                return;
            }
            let why = if set.comparable {
                "interface is (or embeds) comparable"
            } else {
                "interface contains type constraints"
            };
            let msg = format!(
                "cannot use type {} outside a type constraint: {why}",
                check.type_str(typ)
            );
            check.soft_error(e, Code::MisplacedConstraintIface, msg);
        });
    }

    /// Whether a type is a declared one of another package, complete and no constraint interface.
    fn is_known_variable_type(&self, typ: TypeId) -> bool {
        let store = self.store;
        match *store.kind(typ) {
            TypeKind::Named(id) => {
                let named = store.named(id);
                store.obj(named.obj).pkg != self.pkg
                    && named.targs.is_empty()
                    && store.type_set(typ).is_method_set()
            }
            TypeKind::Alias(id) => store.obj(store.alias(id).obj).pkg == store.universe().pkg,
            _ => false,
        }
    }

    /// Checks a type expression and records its type; a generic type is an error.
    pub(crate) fn declared_type(&mut self, e: ExprId) -> TypeId {
        let mut typ = self.typ_internal(e);
        if self.store.is_generic(typ) {
            let msg = format!(
                "cannot use generic type {} without instantiation",
                self.type_str(typ)
            );
            self.error(e, Code::WrongTypeArgCount, msg);
            typ = self.store.invalid();
        }
        self.record_type(e, typ);
        typ
    }

    /// Checks the type expression of a generic type; if it is a type, but not generic, the reason comes with it.
    pub(crate) fn generic_type(&mut self, e: ExprId) -> (TypeId, Option<String>) {
        let mut typ = self.typ_internal(e);
        let mut cause = None;
        if self.store.is_valid(typ) && !self.store.is_generic(typ) {
            cause = Some(format!("{} is not a generic type", self.type_str(typ)));
            typ = self.store.invalid();
        }
        self.record_type(e, typ);
        (typ, cause)
    }

    /// Checks a type expression.
    fn typ_internal(&mut self, e: ExprId) -> TypeId {
        let store = self.store;
        let tree = self.tree();
        match &tree.expr[e].kind {
            ExprKind::Bad => store.invalid(),
            ExprKind::Ident(ident) => {
                let x = self.ident(e, *ident, true);
                self.type_operand(&x)
            }
            ExprKind::Selector { .. } => {
                let x = self.selector(e, true);
                self.type_operand(&x)
            }
            ExprKind::Index { x, indices, .. } => {
                self.verify_version(e, 18, "type instantiation");
                self.instantiated_type(*x, *indices)
            }
            ExprKind::Paren(x) => self.declared_type(*x),
            ExprKind::ArrayType {
                len: ArrayLen::Expr(len),
                elem,
            } => {
                let len = self.array_length(*len);
                let elem = self.var_type(*elem);
                match len {
                    Some(len) => store.array(len, elem),
                    None => store.invalid(),
                }
            }
            ExprKind::ArrayType {
                len: ArrayLen::Ellipsis(_),
                elem,
            } => {
                let msg = "invalid use of [...] array (outside a composite literal)";
                self.error(e, Code::BadDotDotDotSyntax, msg);
                self.var_type(*elem);
                store.invalid()
            }
            ExprKind::SliceType(elem) => {
                let elem = self.var_type(*elem);
                store.slice(elem)
            }
            ExprKind::Ellipsis(elem) => {
                self.error(e, Code::InvalidSyntaxTree, "invalid use of ...");
                self.var_type(*elem);
                store.invalid()
            }
            ExprKind::StructType(typ) => self.struct_type(typ),
            ExprKind::Star(elem) => {
                let elem = self.var_type(*elem);
                // A pointer to what is invalid is of no use, and leads to more errors.
                if store.is_valid(elem) {
                    store.pointer(elem)
                } else {
                    store.invalid()
                }
            }
            ExprKind::FuncType(sig) => self.func_type(*sig).typ,
            ExprKind::InterfaceType(typ) => self.interface_type(e, typ),
            ExprKind::MapType { key, value } => {
                let key_expr = *key;
                let key = self.var_type(key_expr);
                let elem = self.var_type(*value);
                self.check_map_key(key_expr, key);
                store.map(key, elem)
            }
            ExprKind::ChanType { dir, elem } => {
                let elem = self.var_type(*elem);
                store.chan(*dir, elem)
            }
            ExprKind::BasicLit { .. }
            | ExprKind::CompositeLit { .. }
            | ExprKind::KeyValue { .. }
            | ExprKind::FuncLit { .. }
            | ExprKind::Slice { .. }
            | ExprKind::TypeAssert { .. }
            | ExprKind::Call { .. }
            | ExprKind::Unary { .. }
            | ExprKind::Binary { .. } => {
                let msg = format!("{} is not a type", self.expr_str(e));
                self.error(e, Code::NotAType, msg);
                self.use_exprs(&[e]);
                store.invalid()
            }
        }
    }

    /// The type that an operand denotes; reports an error if it denotes none.
    fn type_operand(&mut self, x: &Operand) -> TypeId {
        match x.mode {
            Mode::Type => x.typ,
            Mode::Invalid => self.store.invalid(),
            Mode::NoValue => {
                let msg = format!("{} used as type", self.operand_str(x));
                self.error(x, Code::NotAType, msg);
                self.store.invalid()
            }
            Mode::Builtin(_)
            | Mode::Constant
            | Mode::Variable
            | Mode::MapIndex
            | Mode::Value
            | Mode::Nil
            | Mode::CommaOk
            | Mode::Package => {
                let msg = format!("{} is not a type", self.operand_str(x));
                self.error(x, Code::NotAType, msg);
                self.store.invalid()
            }
        }
    }

    /// Reports a map key type whose values may not be compared, once types are complete.
    fn check_map_key(&mut self, e: ExprId, key: TypeId) {
        if matches!(self.store.kind(key), TypeKind::Basic(basic) if *basic != Basic::UntypedNil) {
            return;
        }
        self.later(move |check| {
            if check.store.is_comparable(key) {
                return;
            }
            let why = if check.store.is_tparam(key) {
                " (missing comparable constraint)"
            } else {
                ""
            };
            let msg = format!("invalid map key type {}{why}", check.type_str(key));
            check.error(e, Code::IncomparableMapKey, msg);
        });
    }

    /// Checks an instantiation `x[T1, T2]` of a generic type (*Instantiations*).
    fn instantiated_type(&mut self, x: ExprId, indices: ExprList) -> TypeId {
        let store = self.store;
        let args = self.tree().exprs(indices);
        let (generic, cause) = self.generic_type(x);
        if let Some(cause) = cause {
            let args: Vec<_> = args.iter().map(|&arg| self.expr_str(arg)).collect();
            let msg = format!(
                "invalid operation: {}[{}] ({cause})",
                self.expr_str(x),
                args.join(", ")
            );
            self.error(x, Code::NotAGenericType, msg);
        }
        if !store.is_valid(generic) {
            // Type arguments are checked all the same for uses.
            return generic;
        }
        let Some(targs) = self.type_list(args) else {
            return store.invalid();
        };
        let inst = self.instance(x, generic, &targs);
        if !store.is_valid(inst) {
            return inst;
        }
        self.record_instance(x, &targs);
        self.later(move |check| {
            let (name, tparams) = check.generic_parts(generic);
            if check.validate_targ_len(x, &name, tparams.len(), targs.len()) {
                match check.verify(&tparams, &targs) {
                    Err((index, cause)) => {
                        let at = args.get(index).copied().unwrap_or(x);
                        check.soft_error(at, Code::InvalidTypeArg, cause);
                    }
                    Ok(()) => check.record_instantiation(x, &tparams, &targs, args),
                }
            }
        });
        inst
    }

    /// Checks an array length; `None` after an error.
    pub(crate) fn array_length(&mut self, e: ExprId) -> Option<u64> {
        // `type T[P] ...` looks like an array type whose length is P.
        if let ExprKind::Ident(ident) = self.tree().expr[e].kind {
            let name = self.ident_sym(ident);
            let text = self.ident_text(ident);
            match self.lookup(name) {
                None => {
                    let msg = format!("undefined array length {text} or missing type constraint");
                    self.error(ident, Code::InvalidArrayLen, msg);
                    return None;
                }
                Some(obj) if !matches!(self.store.obj(obj).kind, ObjKind::Const(_)) => {
                    self.error(
                        ident,
                        Code::InvalidArrayLen,
                        format!("invalid array length {text}"),
                    );
                    return None;
                }
                Some(_) => {}
            }
        }
        let x = self.expr(None, e);
        if x.mode != Mode::Constant {
            if x.mode != Mode::Invalid {
                let msg = format!("array length {} must be constant", self.operand_str(&x));
                self.error(&x, Code::InvalidArrayLen, msg);
            }
            return None;
        }
        if self.store.is_untyped(x.typ) || self.store.is_integer(x.typ) {
            let value = x.const_val().to_int();
            if let Some(len) = value
                .represent(Basic::Int, self.sizes.word)
                .and_then(|value| value.to_u64())
            {
                return Some(len);
            }
        }
        let operand = self.operand_str(&x);
        let msg = if self.store.is_integer(x.typ) {
            format!("invalid array length {operand}")
        } else {
            format!("array length {operand} must be integer")
        };
        self.error(&x, Code::InvalidArrayLen, msg);
        None
    }

    /// Checks a list of type expressions; `None` if one of them is invalid.
    pub(crate) fn type_list(&mut self, list: &[ExprId]) -> Option<Vec<TypeId>> {
        let types: Vec<TypeId> = list.iter().map(|&e| self.var_type(e)).collect();
        types
            .iter()
            .all(|&t| self.store.is_valid(t))
            .then_some(types)
    }
}
