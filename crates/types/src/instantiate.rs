//! Instantiation of generic types and functions (*Instantiations*).

use crate::checker::{At, Checker};
use crate::errors::Code;
use crate::subst::Subst;
use crate::{Func, TypeId, TypeKind, TypeParamId};
use polkago_syntax::ExprId;

impl<'a> Checker<'a> {
    /// The instance of a generic type with these arguments, whose number is checked later for declared types: the
    /// type's parameters may not be known yet.
    pub(crate) fn instance(&mut self, at: impl At, generic: TypeId, targs: &[TypeId]) -> TypeId {
        let store = self.store;
        match *store.kind(generic) {
            TypeKind::Named(id) => {
                let outer_args = store.named(id).outer_args.clone();
                let instance = store.named_instance(id, targs.to_vec(), outer_args);
                if let Some((pos, _)) = at.place(self) {
                    self.inst_pos.entry(instance).or_insert(pos);
                }
                store.intern(TypeKind::Named(instance))
            }
            TypeKind::Alias(id) => {
                let (name, tparams) = self.generic_parts(generic);
                if !self.validate_targ_len(at, &name, tparams.len(), targs.len()) {
                    return store.invalid();
                }
                store.intern(TypeKind::Alias(store.alias_instance(id, targs.to_vec())))
            }
            _ => store.invalid(),
        }
    }

    /// The name and the type parameters of a generic type.
    pub(crate) fn generic_parts(&self, generic: TypeId) -> (String, Vec<TypeParamId>) {
        let store = self.store;
        let (obj, tparams) = match *store.kind(generic) {
            TypeKind::Named(id) => (store.named(id).obj, store.tparams_of(id).to_vec()),
            TypeKind::Alias(id) => {
                let alias = store.alias(id);
                (alias.obj, alias.tparams.get().cloned().unwrap_or_default())
            }
            _ => return (self.type_str(generic), Vec::new()),
        };
        (store.obj_name(obj).to_owned(), tparams)
    }

    /// Checks the number of type arguments.
    pub(crate) fn validate_targ_len(
        &mut self,
        at: impl At,
        name: &str,
        want: usize,
        got: usize,
    ) -> bool {
        let how = match got.cmp(&want) {
            std::cmp::Ordering::Less => "not enough",
            std::cmp::Ordering::Greater => "too many",
            std::cmp::Ordering::Equal => return true,
        };
        let msg = format!("{how} type arguments for type {name}: have {got}, want {want}");
        self.error(at, Code::WrongTypeArgCount, msg);
        false
    }

    /// Checks that type arguments satisfy the constraints; else which one does not, and why.
    pub(crate) fn verify(
        &mut self,
        tparams: &[TypeParamId],
        targs: &[TypeId],
    ) -> Result<(), (usize, String)> {
        let Some(map) = Subst::new(tparams, targs) else {
            return Ok(());
        };
        for (index, (&tparam, &targ)) in tparams.iter().zip(targs).enumerate() {
            let bound = self.store.subst(self.store.bound(tparam), &map);
            let mut cause = String::new();
            if !self.satisfies(targ, bound, &mut cause) {
                return Err((index, cause));
            }
        }
        Ok(())
    }

    /// Whether a type argument satisfies a constraint. A bound may be no interface: it then stands for the interface
    /// with that one element.
    fn satisfies(&mut self, targ: TypeId, bound: TypeId, cause: &mut String) -> bool {
        self.implements(targ, bound, true, cause)
    }

    /// The type of a generic function with these type arguments. The constraints are checked when types are complete.
    /// `expr` is the expression that denotes the function, `xlist` the type arguments as written.
    pub(crate) fn instantiate_signature(
        &mut self,
        at: ExprId,
        expr: Option<ExprId>,
        sig: TypeId,
        targs: &[TypeId],
        xlist: &[ExprId],
    ) -> TypeId {
        let store = self.store;
        let TypeKind::Func(func) = store.kind(store.unalias(sig)) else {
            return sig;
        };
        let tparams = func.tparams.clone();
        let Some(map) = Subst::new(&tparams, targs) else {
            return store.invalid();
        };
        let subst = |types: &[TypeId]| types.iter().map(|&t| store.subst(t, &map)).collect();
        let inst = store.func(Func {
            params: subst(&func.params),
            results: subst(&func.results),
            variadic: func.variadic,
            tparams: Vec::new(),
            names: func.names.clone(),
        });
        if let Some(expr) = expr {
            self.record_instance(expr, targs);
        }
        let (targs, xlist) = (targs.to_vec(), xlist.to_vec());
        self.later(move |check| match check.verify(&tparams, &targs) {
            Err((index, cause)) => {
                let start = |e: &ExprId| crate::util::start_pos(check.tree(), *e);
                let at = xlist.get(index).map_or_else(|| check.node_pos(at), start);
                check.soft_error(at, Code::InvalidTypeArg, cause);
            }
            Ok(()) => {
                let pos = check.node_pos(at);
                check.record_instantiation(pos, &tparams, &targs, &xlist);
            }
        });
        inst
    }

    /// Gives type parameters a new identity in these types. Inference needs that where they also occur in the types
    /// of arguments: in recursive calls.
    pub(crate) fn rename_tparams(
        &mut self,
        tparams: &[TypeParamId],
        types: &[TypeId],
    ) -> (Vec<TypeParamId>, Vec<TypeId>) {
        let store = self.store;
        let renamed: Vec<TypeParamId> = tparams
            .iter()
            .map(|&tparam| {
                let old = store.tparam(tparam);
                store.new_tparam(old.obj, old.index)
            })
            .collect();
        let targs: Vec<TypeId> = renamed
            .iter()
            .map(|&tparam| store.tparam_type(tparam))
            .collect();
        let Some(map) = Subst::new(tparams, &targs) else {
            return (Vec::new(), types.to_vec());
        };
        for (&old, &new) in tparams.iter().zip(&renamed) {
            store
                .tparam(new)
                .bound
                .set(store.subst(store.bound(old), &map));
        }
        (
            renamed,
            types.iter().map(|&t| store.subst(t, &map)).collect(),
        )
    }
}
