//! Type inference (*Type inference*).

use crate::checker::{At, Checker, ErrorBuilder};
use crate::operand::Operand;
use crate::subst::Subst;
use crate::unify::{Unifier, UnifyMode};
use crate::{Mode, Store, Term, TypeId, TypeKind, TypeParamId};

impl<'a> Checker<'a> {
    /// Finds the type arguments of a generic function that are not given, from the arguments of a call and the
    /// constraints. `targs` has an entry for each type parameter; `params` are the parameter types of the arguments
    /// `args`. With `reverse`, the function is assigned to a variable, which stands as argument. Errors go to `err`.
    #[allow(
        clippy::too_many_arguments,
        reason = "one argument for each input of the algorithm"
    )]
    pub(crate) fn infer(
        &mut self,
        at: impl At + Copy,
        tparams: &[TypeParamId],
        targs: &[Option<TypeId>],
        params: &[TypeId],
        args: &[&Operand],
        reverse: bool,
        err: &mut ErrorBuilder,
    ) -> Option<Vec<TypeId>> {
        if let Some(all) = targs.iter().copied().collect::<Option<Vec<_>>>()
            && all.len() == tparams.len()
        {
            return Some(all);
        }
        // Errors have been reported for invalid arguments.
        if args.iter().any(|arg| arg.mode == Mode::Invalid) {
            return None;
        }
        // Type arguments given are put in place: passing arguments follows assignability, not unification.
        let given = partial_subst(tparams, targs);
        let params: Vec<TypeId> = params
            .iter()
            .map(|&t| self.store.subst(t, &given))
            .collect();
        let mut unifier = Unifier::new(tparams, targs, self.allow_version(21));
        let untyped = self.infer_from_args(&mut unifier, tparams, &params, args, reverse, err)?;
        self.infer_from_constraints(&mut unifier, at, tparams, err)?;
        self.infer_from_untyped(&mut unifier, &params, args, &untyped, err)?;
        let inferred = self.simplify(&unifier, tparams, targs);
        let mut out = Vec::with_capacity(tparams.len());
        for (&tparam, typ) in tparams.iter().zip(inferred) {
            match typ {
                Some(typ) if !is_parameterized(self.store, tparams, typ, &mut Vec::new()) => {
                    out.push(typ)
                }
                Some(_) | None => {
                    let obj = self.store.tparam(tparam).obj;
                    let object = self.store.obj(obj);
                    let declared = object
                        .pos
                        .map(|pos| self.pos_string(pos))
                        .unwrap_or_default();
                    let msg = format!(
                        "cannot infer {} (declared at {declared})",
                        self.store.obj_name(obj)
                    );
                    err.add(self, at, msg);
                    return None;
                }
            }
        }
        Some(out)
    }

    /// Unifies parameter types with the types of typed arguments. Gives the indices of untyped arguments whose
    /// parameter is a type parameter.
    fn infer_from_args(
        &mut self,
        unifier: &mut Unifier,
        tparams: &[TypeParamId],
        params: &[TypeId],
        args: &[&Operand],
        reverse: bool,
        err: &mut ErrorBuilder,
    ) -> Option<Vec<usize>> {
        let store = self.store;
        let mut untyped = Vec::new();
        for (index, (&param, arg)) in params.iter().zip(args).enumerate() {
            if !is_parameterized(store, tparams, param, &mut Vec::new())
                && !is_parameterized(store, tparams, arg.typ, &mut Vec::new())
            {
                continue;
            }
            if store.is_typed(arg.typ) {
                if !unifier.unify(self, param, arg.typ, UnifyMode::ASSIGN) {
                    self.mismatch(unifier, tparams, param, arg, reverse, err);
                    return None;
                }
            } else if matches!(store.kind(param), TypeKind::TypeParam(_)) && arg.mode != Mode::Nil {
                untyped.push(index);
            }
        }
        Some(untyped)
    }

    /// Reports an argument whose type does not match.
    fn mismatch(
        &mut self,
        unifier: &Unifier,
        tparams: &[TypeParamId],
        param: TypeId,
        arg: &Operand,
        reverse: bool,
        err: &mut ErrorBuilder,
    ) {
        let inferred = unifier.inferred(tparams);
        let (typ, expr, wanted) = (
            self.type_str(arg.typ),
            self.operand_expr_str(arg),
            self.type_str(param),
        );
        let msg = if inferred.iter().all(Option::is_none) {
            let names = self.tparam_names(tparams);
            format!("type {typ} of {expr} does not match {wanted} (cannot infer {names})")
        } else {
            let found = self.store.subst(param, &partial_subst(tparams, &inferred));
            let shown = self.type_str(found);
            if found == param {
                format!("type {typ} of {expr} does not match {wanted}")
            } else if reverse {
                format!("inferred type {shown} for {wanted} does not match type {typ} of {expr}")
            } else {
                format!("type {typ} of {expr} does not match inferred type {shown} for {wanted}")
            }
        };
        err.add(self, arg, msg);
    }

    /// The names of type parameters in a sentence.
    fn tparam_names(&self, tparams: &[TypeParamId]) -> String {
        let names: Vec<&str> = tparams
            .iter()
            .map(|&tparam| self.store.obj_name(self.store.tparam(tparam).obj))
            .collect();
        match names.as_slice() {
            [] => String::new(),
            [one] => (*one).to_owned(),
            [one, two] => format!("{one} and {two}"),
            [most @ .., last] => format!("{}, and {last}", most.join(", ")),
        }
    }

    /// Unifies type parameters with their constraints as long as more becomes known.
    fn infer_from_constraints(
        &mut self,
        unifier: &mut Unifier,
        at: impl At + Copy,
        tparams: &[TypeParamId],
        err: &mut ErrorBuilder,
    ) -> Option<()> {
        let store = self.store;
        loop {
            let before = unifier.unknowns();
            for &tparam in tparams {
                let known = unifier.at(tparam);
                let complain =
                    |check: &Self, err: &mut ErrorBuilder, known: TypeId, cause: &str| {
                        let name = check.store.obj_name(check.store.tparam(tparam).obj);
                        let (typ, bound) = (
                            check.type_str(known),
                            check.type_str(check.store.bound(tparam)),
                        );
                        let space = if cause.is_empty() { "" } else { " " };
                        let msg =
                            format!("{name} (type {typ}) does not satisfy {bound}{space}{cause}");
                        err.add(check, at, msg);
                    };
                if let Some((core, single)) = self.core_term(tparam) {
                    match known {
                        Some(known)
                            if !unifier.unify(self, known, core.typ, UnifyMode::INEXACT) =>
                        {
                            complain(self, err, known, "");
                            return None;
                        }
                        None if single && !core.tilde => unifier.set(tparam, core.typ),
                        Some(_) | None => {}
                    }
                }
                if let Some(known) = known
                    && !is_parameterized(store, tparams, known, &mut Vec::new())
                {
                    // Its methods may tell more type arguments.
                    let constraint = store.underlying(store.tparam_type(tparam));
                    let mut cause = String::new();
                    let mut unify = |check: &mut Checker<'a>, x, y| {
                        unifier.unify(check, x, y, UnifyMode::EXACT)
                    };
                    if !self.has_all_methods(known, constraint, true, &mut unify, &mut cause) {
                        complain(self, err, known, &cause);
                        return None;
                    }
                }
            }
            if unifier.unknowns() == before {
                return Some(());
            }
        }
    }

    /// Gives type parameters that have untyped arguments only the default type of the largest of them.
    fn infer_from_untyped(
        &mut self,
        unifier: &mut Unifier,
        params: &[TypeId],
        args: &[&Operand],
        untyped: &[usize],
        err: &mut ErrorBuilder,
    ) -> Option<()> {
        let store = self.store;
        let mut largest: Vec<(TypeParamId, TypeId)> = Vec::new();
        for &index in untyped {
            let TypeKind::TypeParam(tparam) = *store.kind(params[index]) else {
                continue;
            };
            if unifier.at(tparam).is_some() {
                continue;
            }
            let arg = args[index];
            match largest.iter_mut().find(|(known, _)| *known == tparam) {
                None => largest.push((tparam, arg.typ)),
                Some((_, max)) => match store.max_type(*max, arg.typ) {
                    Some(typ) => *max = typ,
                    None => {
                        let (a, b) = (self.type_str(*max), self.type_str(arg.typ));
                        let name = store.obj_name(store.tparam(tparam).obj);
                        err.add(
                            self,
                            arg,
                            format!("mismatched types {a} and {b} (cannot infer {name})"),
                        );
                        return None;
                    }
                },
            }
        }
        for (tparam, typ) in largest {
            unifier.set(tparam, store.default_type(typ));
        }
        Some(())
    }

    /// The types found, with the type parameters that they contain replaced by what was found for those.
    fn simplify(
        &self,
        unifier: &Unifier,
        tparams: &[TypeParamId],
        targs: &[Option<TypeId>],
    ) -> Vec<Option<TypeId>> {
        let store = self.store;
        let mut inferred = unifier.inferred(tparams);
        kill_cycles(store, tparams, &mut inferred);
        let mut dirty: Vec<usize> = (0..tparams.len())
            .filter(|&at| inferred[at].is_some() && targs.get(at).copied().flatten().is_none())
            .collect();
        while !dirty.is_empty() {
            let map = partial_subst(tparams, &inferred);
            dirty.retain(|&at| {
                let Some(old) = inferred[at] else {
                    return false;
                };
                let mut new = store.subst(old, &map);
                if new == old {
                    return false;
                }
                // A generic function whose type parameters are all known is not generic any more.
                if let TypeKind::Func(func) = store.kind(new)
                    && !func.tparams.is_empty()
                    && !is_parameterized(store, tparams, new, &mut Vec::new())
                {
                    new = store.func(crate::Func {
                        tparams: Vec::new(),
                        ..func.as_ref().clone()
                    });
                }
                inferred[at] = Some(new);
                true
            });
        }
        inferred
    }

    /// The term that all types of a type parameter's type set match, and whether it is the only one.
    fn core_term(&mut self, tparam: TypeParamId) -> Option<(Term, bool)> {
        let store = self.store;
        let t = store.tparam_type(tparam);
        let terms = store.type_set(t).specific_terms()?;
        if let [single] = terms {
            return Some((single.clone(), true));
        }
        let tilde = terms.iter().any(|term| term.tilde);
        self.common_underlying(t)
            .map(|typ| (Term { tilde, typ }, false))
    }
}

/// The map of the type parameters whose type is known.
fn partial_subst(tparams: &[TypeParamId], types: &[Option<TypeId>]) -> Subst {
    Subst::from_pairs(
        tparams
            .iter()
            .zip(types)
            .filter_map(|(&tparam, typ)| typ.map(|typ| (tparam, typ)))
            .collect(),
    )
}

/// Whether a type contains one of these type parameters.
pub(crate) fn is_parameterized(
    store: &Store,
    tparams: &[TypeParamId],
    t: TypeId,
    seen: &mut Vec<TypeId>,
) -> bool {
    let t = store.unalias(t);
    if seen.contains(&t) {
        return false;
    }
    let mut list = |types: &mut dyn Iterator<Item = TypeId>| {
        seen.push(t);
        for part in types {
            if is_parameterized(store, tparams, part, seen) {
                return true;
            }
        }
        false
    };
    match store.kind(t) {
        TypeKind::Basic(_) | TypeKind::Alias(_) => false,
        TypeKind::TypeParam(id) => tparams.contains(id),
        TypeKind::Pointer(elem)
        | TypeKind::Slice(elem)
        | TypeKind::Array { elem, .. }
        | TypeKind::Chan { elem, .. } => list(&mut std::iter::once(*elem)),
        TypeKind::Map { key, elem } => list(&mut [*key, *elem].into_iter()),
        TypeKind::Struct(fields) => list(&mut fields.iter().map(|field| field.typ)),
        TypeKind::Func(func) => list(&mut func.params.iter().chain(&func.results).copied()),
        TypeKind::Tuple(types) => list(&mut types.iter().copied()),
        TypeKind::Union(terms) => list(&mut terms.iter().map(|term| term.typ)),
        TypeKind::Named(id) => list(&mut store.named(*id).targs.iter().copied()),
        TypeKind::Interface(id) => {
            let set = store.interface_set(*id);
            let methods = set.methods.iter().map(|method| method.typ);
            let terms = set.specific_terms().unwrap_or_default();
            list(&mut methods.chain(terms.iter().map(|term| term.typ)))
        }
    }
}

/// Forgets the types of type parameters that would contain themselves for ever once put in place.
fn kill_cycles(store: &Store, tparams: &[TypeParamId], inferred: &mut [Option<TypeId>]) {
    for &tparam in tparams {
        find_cycle(
            store,
            tparams,
            inferred,
            store.tparam_type(tparam),
            &mut Vec::new(),
        );
    }
}

/// Walks a type with the types found put in place of type parameters.
fn find_cycle(
    store: &Store,
    tparams: &[TypeParamId],
    inferred: &mut [Option<TypeId>],
    t: TypeId,
    inside: &mut Vec<TypeId>,
) {
    let t = store.unalias(t);
    if inside.contains(&t) {
        if let TypeKind::TypeParam(id) = store.kind(t)
            && let Some(at) = tparams.iter().position(|tparam| tparam == id)
        {
            inferred[at] = None;
        }
        return;
    }
    let parts: Vec<TypeId> = match store.kind(t) {
        TypeKind::Basic(_) | TypeKind::Alias(_) => return,
        TypeKind::TypeParam(id) => tparams
            .iter()
            .position(|tparam| tparam == id)
            .and_then(|at| inferred[at])
            .into_iter()
            .collect(),
        TypeKind::Pointer(elem)
        | TypeKind::Slice(elem)
        | TypeKind::Array { elem, .. }
        | TypeKind::Chan { elem, .. } => {
            vec![*elem]
        }
        TypeKind::Map { key, elem } => vec![*key, *elem],
        TypeKind::Struct(fields) => fields.iter().map(|field| field.typ).collect(),
        TypeKind::Func(func) => func.params.iter().chain(&func.results).copied().collect(),
        TypeKind::Tuple(types) => types.to_vec(),
        TypeKind::Union(terms) => terms.iter().map(|term| term.typ).collect(),
        TypeKind::Named(id) => store.named(*id).targs.clone(),
        TypeKind::Interface(id) => {
            let interface = store.interface(*id);
            interface
                .methods
                .iter()
                .map(|method| method.typ)
                .chain(interface.embeddeds.iter().copied())
                .collect()
        }
    };
    inside.push(t);
    for part in parts {
        find_cycle(store, tparams, inferred, part, inside);
    }
    inside.pop();
}
