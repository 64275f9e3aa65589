//! Function types, parameters and receivers (*Function types*, *Method declarations*).

use crate::checker::{Checker, FuncSig};
use crate::errors::Code;
use crate::subst::Subst;
use crate::util::unparen;
use crate::{
    Basic, Func, NamedId, ObjId, ObjKind, ParamNames, TypeId, TypeKind, TypeParamId, VarKind,
};
use polkago_syntax::{ExprId, ExprKind, IdentId, Param, Pos, SigId, TypeParam};
use std::sync::Arc;

/// Parameters or results collected from a list.
#[derive(Default)]
struct Params {
    /// The identifier of each, where it has one.
    idents: Vec<Option<IdentId>>,
    /// The variable of each.
    objs: Vec<ObjId>,
    /// The type of each; a variadic one's is the slice type.
    types: Vec<TypeId>,
    /// Whether the last one is variadic.
    variadic: bool,
}

impl<'a> Checker<'a> {
    /// Checks a function type or the signature of a function literal. Its parameters are declared in a scope of its
    /// own inside the current one; they belong to the function body [`Env::func`](crate::checker::Env::func).
    pub(crate) fn func_type(&mut self, sig: SigId) -> Arc<FuncSig> {
        self.func_sig(None, &[], sig, None)
    }

    /// Checks a signature with receiver and type parameters; `method` is the function or method declared.
    pub(crate) fn func_sig(
        &mut self,
        recv: Option<&'a [Param]>,
        tparams: &'a [TypeParam],
        sig: SigId,
        method: Option<ObjId>,
    ) -> Arc<FuncSig> {
        let tree = self.tree();
        let signature = &tree.sigs[sig];
        self.open_scope();
        let scope = self.env.scope;
        let mut outer: Vec<TypeParamId> = self.env.outer_tparams.to_vec();
        let mut receiver = None;
        if let Some(param) = recv.and_then(<[Param]>::first) {
            let (ident, obj, recv_tparams) = self.collect_recv(param, method);
            outer.extend(recv_tparams);
            receiver = Some((ident, obj));
        }
        let own = if tparams.is_empty() {
            Vec::new()
        } else {
            // The signature may refer to the function, and instantiate it.
            self.collect_tparams(tparams, |check, tparams| {
                if let Some(ObjKind::Func(func)) =
                    method.map(|method| &check.store.obj(method).kind)
                {
                    let _ = func.tparams.set(tparams);
                }
            })
        };
        outer.extend(&own);
        let params = self.collect_params(VarKind::Param, &signature.params);
        let results = self.collect_params(VarKind::Result, &signature.results);
        if let Some((Some(ident), obj)) = receiver {
            self.declare(scope, Some(ident), obj);
        }
        self.declare_params(&params);
        self.declare_params(&results);
        let named_results = results.idents.iter().any(Option::is_some);
        let names = self.param_names(&params, &results);
        let typ = self.store.func(Func {
            params: params.types,
            results: results.types,
            variadic: params.variadic,
            tparams: own,
            names,
        });
        self.close_scope();
        Arc::new(FuncSig {
            typ,
            scope,
            recv: receiver.map(|(_, obj)| obj),
            params: params.objs,
            results: results.objs,
            named_results,
            outer_tparams: outer.into(),
        })
    }

    /// Collects, but does not declare, the variables of a list of parameters or results.
    fn collect_params(&mut self, kind: VarKind, list: &'a [Param]) -> Params {
        let tree = self.tree();
        let mut out = Params::default();
        for (index, param) in list.iter().enumerate() {
            let mut type_expr = param.typ;
            let mut variadic = false;
            if let ExprKind::Ellipsis(elem) = tree.expr[param.typ].kind {
                let last = index + 1 == list.len() && param.names.len() <= 1;
                if kind == VarKind::Param && last {
                    variadic = true;
                } else {
                    let msg = "invalid use of ...";
                    self.error(param.typ, Code::InvalidSyntaxTree, msg);
                }
                type_expr = elem;
            }
            let mut typ = self.var_type(type_expr);
            if variadic {
                typ = self.store.slice(typ);
                self.record_type(param.typ, typ);
                out.variadic = true;
            }
            if param.names.is_empty() {
                let name = self.store.sym("");
                let pos = tree.expr[param.typ].span.start;
                let obj = self.new_obj_at(name, pos, ObjKind::Var(kind), Some(typ));
                out.idents.push(None);
                out.objs.push(obj);
                out.types.push(typ);
            }
            for &ident in &param.names {
                let obj = self.new_obj(ident, ObjKind::Var(kind), Some(typ));
                out.idents.push(Some(ident));
                out.objs.push(obj);
                out.types.push(typ);
            }
        }
        out
    }

    /// The names of parameters and results, if any has one.
    fn param_names(&mut self, params: &Params, results: &Params) -> Option<Arc<ParamNames>> {
        if params
            .idents
            .iter()
            .chain(&results.idents)
            .all(Option::is_none)
        {
            return None;
        }
        let name = |obj: &ObjId| self.store.obj(*obj).name;
        Some(Arc::new(ParamNames {
            params: params.objs.iter().map(name).collect(),
            results: results.objs.iter().map(name).collect(),
        }))
    }

    /// Declares the named ones of a list in the current scope.
    fn declare_params(&mut self, params: &Params) {
        for (ident, &obj) in params.idents.iter().zip(&params.objs) {
            if let Some(ident) = *ident {
                self.declare(self.env.scope, Some(ident), obj);
            }
        }
    }

    /// Checks a receiver, `(name *T[P])`, and declares its type parameters. The receiver itself is declared after
    /// these, as they must not shadow it. Gives its identifier, variable and type parameters.
    fn collect_recv(
        &mut self,
        param: &'a Param,
        method: Option<ObjId>,
    ) -> (Option<IdentId>, ObjId, Vec<TypeParamId>) {
        let store = self.store;
        let parts = self.unpack_recv(param.typ, true);
        let mut typ = store.invalid();
        let mut recv_tparams = Vec::new();
        match &parts.tparams {
            None => {
                typ = self.var_type(param.typ);
                if let Some(instance) = self.instantiated_through_alias(typ) {
                    let msg = format!(
                        "cannot define new methods on instantiated type {}",
                        self.type_str(instance)
                    );
                    self.error(parts.base, Code::InvalidRecv, msg);
                    typ = store.invalid();
                }
            }
            Some(list) => {
                // The base type comes first: type parameters may have the same name.
                let (generic, cause) = self.generic_type(parts.base);
                let mut base = None;
                match store.kind(generic) {
                    TypeKind::Named(id) => base = Some(*id),
                    TypeKind::Alias(_) if store.is_valid(generic) => {
                        let msg = format!(
                            "cannot define new methods on generic alias type {}",
                            self.type_str(generic)
                        );
                        self.error(parts.base, Code::InvalidRecv, msg);
                    }
                    _ => {
                        if let Some(cause) = cause {
                            self.error(parts.base, Code::InvalidRecv, cause);
                        }
                    }
                }
                recv_tparams = self.declare_recv_tparams(list, param.typ);
                if let Some(base) = base {
                    typ = self.bind_recv_tparams(&parts, base, generic, &recv_tparams);
                    self.record_recv_types(param.typ, typ);
                }
            }
        }
        if let Some(ObjKind::Func(func)) = method.map(|method| &store.obj(method).kind)
            && let Some(recv) = &func.recv
        {
            let base = store.as_named(store.deref(typ).0);
            if let Some(base) = base {
                let _ = recv.base.set(store.origin_of(base));
            }
            let _ = recv.tparams.set(recv_tparams.clone());
        }
        let ident = param.names.first().copied();
        let kind = ObjKind::Var(VarKind::Param);
        let obj = match ident {
            Some(ident) => self.new_obj(ident, kind, Some(typ)),
            None => {
                let name = store.sym("");
                let pos: Pos = self.tree().expr[param.typ].span.start;
                self.new_obj_at(name, pos, kind, Some(typ))
            }
        };
        let base = parts.base;
        self.later(move |check| check.valid_recv(base, typ));
        (ident, obj, recv_tparams)
    }

    /// The instantiated type that a receiver's type denotes through an alias, if it does.
    fn instantiated_through_alias(&self, typ: TypeId) -> Option<TypeId> {
        let store = self.store;
        let unpointer = |mut t: TypeId| {
            while let TypeKind::Pointer(elem) = *store.kind(t) {
                t = elem;
            }
            t
        };
        let mut t = unpointer(typ);
        for _ in 0..100 {
            let TypeKind::Alias(id) = *store.kind(t) else {
                return None;
            };
            t = unpointer(store.alias_rhs(id)?);
            match *store.kind(t) {
                TypeKind::Named(id) if !store.tparams_of(id).is_empty() => return Some(t),
                TypeKind::Alias(id) if !store.alias(id).targs.is_empty() => return Some(t),
                _ => {}
            }
        }
        None
    }

    /// Declares the type parameters that a receiver's type names.
    fn declare_recv_tparams(&mut self, list: &[ExprId], recv: ExprId) -> Vec<TypeParamId> {
        let tree = self.tree();
        let mut out = Vec::with_capacity(list.len());
        for (index, &e) in (0u32..).zip(list) {
            if let ExprKind::Ident(ident) = tree.expr[e].kind {
                let tparam = self.declare_tparam(ident, index);
                // They count as uses as well.
                self.record_use(ident, self.store.tparam(tparam).obj);
                self.record_type(e, self.store.tparam_type(tparam));
                out.push(tparam);
                continue;
            }
            if !matches!(tree.expr[e].kind, ExprKind::Bad) {
                let msg = format!(
                    "receiver type parameter {} must be an identifier",
                    self.expr_str(e)
                );
                self.error(e, Code::BadDecl, msg);
            }
            let name = self.store.sym("_");
            let obj = self.new_obj_at(name, tree.expr[recv].span.start, ObjKind::TypeName, None);
            let tparam = self.store.new_tparam(obj, index);
            self.set_type(obj, self.store.tparam_type(tparam));
            out.push(tparam);
        }
        out
    }

    /// Gives a receiver's type parameters the bounds of the base type's, and makes the receiver's type: an instance.
    fn bind_recv_tparams(
        &mut self,
        parts: &crate::resolver::RecvParts,
        base: NamedId,
        generic: TypeId,
        recv_tparams: &[TypeParamId],
    ) -> TypeId {
        let store = self.store;
        let base_tparams = store.tparams_of(base).to_vec();
        let targs: Vec<TypeId> = recv_tparams
            .iter()
            .map(|&tparam| store.tparam_type(tparam))
            .collect();
        match Subst::new(&base_tparams, &targs) {
            Some(map) => {
                for (&own, &base) in recv_tparams.iter().zip(&base_tparams) {
                    self.mono.record_canon(own, base);
                    store
                        .tparam(own)
                        .bound
                        .set(store.subst(store.bound(base), &map));
                }
            }
            None => {
                let count = recv_tparams.len();
                let plural = if count == 1 { "" } else { "s" };
                let msg = format!(
                    "receiver declares {count} type parameter{plural}, but receiver base type declares {}",
                    base_tparams.len()
                );
                self.error(parts.base, Code::BadRecv, msg);
            }
        }
        self.verify_version(parts.base, 18, "type instantiation");
        let instance = self.instance(parts.base, generic, &targs);
        self.record_instance(parts.base, &targs);
        if parts.pointer && store.is_valid(instance) {
            store.pointer(instance)
        } else {
            instance
        }
    }

    /// Records the types of a receiver's type expression and of what is inside parentheses and behind the star.
    fn record_recv_types(&mut self, e: ExprId, typ: TypeId) {
        let (mut e, mut typ) = (e, typ);
        loop {
            self.record_type(e, typ);
            match self.tree().expr[e].kind {
                ExprKind::Paren(x) => e = x,
                ExprKind::Star(x) => {
                    let TypeKind::Pointer(elem) = *self.store.kind(typ) else {
                        return;
                    };
                    (e, typ) = (x, elem);
                }
                _ => return,
            }
        }
    }

    /// Checks that a receiver's type is a declared type of this package, or a pointer to one, and no pointer or
    /// interface type.
    fn valid_recv(&mut self, base: ExprId, recv: TypeId) {
        let store = self.store;
        let (typ, _) = store.deref(recv);
        let unaliased = store.unalias(typ);
        let base = unparen(self.tree(), base);
        match store.kind(unaliased) {
            TypeKind::Basic(Basic::Invalid) => {}
            TypeKind::Named(id) => {
                let obj = store.obj(store.named(*id).obj);
                if obj.pkg != self.pkg {
                    let msg = format!(
                        "cannot define new methods on non-local type {}",
                        self.type_str(typ)
                    );
                    self.error(base, Code::InvalidRecv, msg);
                    return;
                }
                let cause = match store.kind(store.underlying(unaliased)) {
                    TypeKind::Basic(Basic::UnsafePointer) => "unsafe.Pointer",
                    TypeKind::Pointer(_) | TypeKind::Interface(_) => "pointer or interface type",
                    _ => return,
                };
                let msg = format!("invalid receiver type {} ({cause})", self.type_str(typ));
                self.error(base, Code::InvalidRecv, msg);
            }
            TypeKind::Basic(_) => {
                let msg = format!(
                    "cannot define new methods on non-local type {}",
                    self.type_str(typ)
                );
                self.error(base, Code::InvalidRecv, msg);
            }
            _ => {
                let msg = format!("invalid receiver type {}", self.type_str(recv));
                self.error(base, Code::InvalidRecv, msg);
            }
        }
    }
}
