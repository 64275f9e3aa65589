//! Calls, arguments, and instantiation of functions (*Calls*, *Passing arguments to ... parameters*,
//! *Instantiations*).

use crate::checker::{Checker, ErrorBuilder};
use crate::errors::Code;
use crate::expr::{ExprForm, Target};
use crate::operand::Operand;
use crate::{Func, Mode, TypeId, TypeKind};
use polkago_syntax::{ExprId, ExprKind};
use std::sync::Arc;

/// The arguments of a call.
#[derive(Default)]
pub(crate) struct Arguments {
    /// Their values.
    pub values: Vec<Operand>,
    /// For an argument that is a partly instantiated generic function: the type arguments given to it.
    pub targs: Vec<Vec<TypeId>>,
}

impl<'a> Checker<'a> {
    /// The function type that a type is, if it is one itself.
    fn func_type_of(&self, t: TypeId) -> Option<Arc<Func>> {
        match self.store.kind(t) {
            TypeKind::Func(func) => Some(func.clone()),
            _ => None,
        }
    }

    /// Instantiates the generic function `x`. `inst` is the index expression that gives type arguments; `target` the
    /// variable that the function is assigned to. With `infer`, missing type arguments are inferred; else, where
    /// some are missing, the given ones are returned and `x` stays as it is.
    pub(crate) fn func_inst(
        &mut self,
        target: Option<&Target>,
        x: &mut Operand,
        inst: Option<ExprId>,
        infer: bool,
    ) -> Option<Vec<TypeId>> {
        let store = self.store;
        if inst.is_some() {
            x.expr = inst;
        }
        let at = x.expr?;
        let pos = self.node_pos(at);
        let version_ok = self.verify_version(pos, 18, "function instantiation");
        let xlist = self.inst_args(inst);
        let mut targs = Vec::new();
        if inst.is_some() {
            match self.type_list(xlist) {
                Some(list) => targs = list,
                None => {
                    x.invalidate();
                    return None;
                }
            }
        }
        let func = self.func_type_of(x.typ)?;
        let want = func.tparams.len();
        if targs.len() > want {
            let msg = format!("got {} type arguments but want {want}", targs.len());
            self.error(xlist[targs.len() - 1], Code::WrongTypeArgCount, msg);
            x.invalidate();
            return None;
        }
        if targs.len() < want {
            if !infer {
                return Some(targs);
            }
            // An assignment of a generic function to a variable is like passing the variable to a function that has
            // the generic function's type as its parameter.
            let mut args = Vec::new();
            let mut params = Vec::new();
            if let Some(target) = target {
                if version_ok && !self.allow_version(21) {
                    let what = if inst.is_some() {
                        "partially instantiated function in assignment"
                    } else {
                        "implicitly instantiated function in assignment"
                    };
                    self.verify_version(pos, 21, what);
                }
                params.push(store.func(Func {
                    tparams: Vec::new(),
                    ..func.as_ref().clone()
                }));
                let mut arg = Operand::value(target.typ, at);
                arg.name = Some(target.desc.as_str().into());
                args.push(arg);
            }
            let reverse = !args.is_empty();
            let (tparams, params) = self.rename_tparams(&func.tparams, &params);
            let mut given: Vec<Option<TypeId>> = targs.into_iter().map(Some).collect();
            given.resize(want, None);
            let mut err = ErrorBuilder::new(Code::CannotInferTypeArgs);
            let args: Vec<&Operand> = args.iter().collect();
            match self.infer(pos, &tparams, &given, &params, &args, reverse, &mut err) {
                Some(inferred) => targs = inferred,
                None => {
                    if !err.is_empty() {
                        err.report(self);
                    }
                    x.invalidate();
                    return None;
                }
            }
        }
        x.typ = self.instantiate_signature(at, Some(at), x.typ, &targs, xlist);
        x.mode = Mode::Value;
        None
    }

    /// The type argument expressions of an index expression.
    fn inst_args(&self, inst: Option<ExprId>) -> &'a [ExprId] {
        match inst.map(|inst| &self.tree().expr[inst].kind) {
            Some(ExprKind::Index { indices, .. }) => self.tree().exprs(*indices),
            _ => &[],
        }
    }

    /// A call or conversion.
    pub(crate) fn call_expr(&mut self, e: ExprId) -> (Operand, ExprForm) {
        let store = self.store;
        let ExprKind::Call {
            fun,
            args,
            ellipsis,
            ..
        } = self.tree().expr[e].kind
        else {
            return (Operand::invalid(store), ExprForm::Statement);
        };
        let arg_list = self.tree().exprs(args);
        let mut inst = None;
        let mut x = if let ExprKind::Index { .. } = self.tree().expr[fun].kind {
            let (mut x, generic) = self.index_expr(fun);
            // Instantiation waits for the arguments, which may help inference.
            inst = generic.then_some(fun);
            x.expr = Some(fun);
            self.record(&x);
            x
        } else {
            self.expr_or_type(fun, true)
        };
        match x.mode {
            Mode::Invalid => {
                self.use_exprs(arg_list);
                x.expr = Some(e);
                return (x, ExprForm::Statement);
            }
            Mode::Type => {
                self.non_generic(None, &mut x);
                if x.is_invalid() {
                    return (x, ExprForm::Conversion);
                }
                let mut x = self.conversion_call(e, x.typ, arg_list, ellipsis.is_some());
                x.expr = Some(e);
                return (x, ExprForm::Conversion);
            }
            Mode::Builtin(builtin) => {
                let result = self.builtin(e, fun, arg_list, ellipsis.is_some(), builtin);
                let x = result.map_or_else(
                    || Operand {
                        expr: Some(e),
                        ..Operand::invalid(store)
                    },
                    |x| Operand { expr: Some(e), ..x },
                );
                // What is no constant calls something.
                if !x.is_invalid() && !x.is_const() {
                    self.env.has_call_or_recv = true;
                }
                return (x, crate::builtins::form_of(builtin));
            }
            _ => {}
        }
        let invalid = Operand {
            expr: Some(e),
            ..Operand::invalid(store)
        };
        let under = self.common_under(x.typ, |check, typ, under| {
            match under.map(|under| check.store.kind(under)) {
                Some(TypeKind::Func(_)) | None => None,
                Some(_) => Some(format!("{} is not a function", check.type_str(typ))),
            }
        });
        let mut sig = match under {
            Ok(sig) => sig,
            Err(cause) => {
                let msg = format!(
                    "invalid operation: cannot call {}: {cause}",
                    self.operand_str(&x)
                );
                self.error(&x, Code::InvalidCall, msg);
                return (invalid, ExprForm::Statement);
            }
        };
        let Some(func) = self.func_type_of(sig) else {
            return (invalid, ExprForm::Statement);
        };
        let was_generic = !func.tparams.is_empty();
        let mut targs = Vec::new();
        let mut xlist: &[ExprId] = &[];
        if let Some(inst) = inst
            && let ExprKind::Index { indices, .. } = self.tree().expr[inst].kind
        {
            xlist = self.tree().exprs(indices);
            let Some(list) = self.type_list(xlist) else {
                self.use_exprs(arg_list);
                return (invalid, ExprForm::Statement);
            };
            targs = list;
            let want = func.tparams.len();
            if targs.len() > want {
                let msg = format!("got {} type arguments but want {want}", targs.len());
                self.error(xlist[want], Code::WrongTypeArgCount, msg);
                self.use_exprs(arg_list);
                return (invalid, ExprForm::Statement);
            }
            // With all type arguments at hand, instantiate now: errors in arguments then do not hide it.
            if targs.len() == want && want > 0 {
                self.verify_version(inst, 18, "function instantiation");
                sig = self.instantiate_signature(inst, Some(inst), sig, &targs, xlist);
                targs.clear();
                xlist = &[];
            }
        }
        let mut arguments = self.generic_expr_list(arg_list);
        let sig = self.arguments(e, sig, targs, xlist, &mut arguments);
        let Some(func) = self.func_type_of(sig) else {
            return (invalid, ExprForm::Statement);
        };
        if was_generic && func.tparams.is_empty() {
            self.record_type_and_value(fun, Mode::Value, sig, None);
        }
        let mut x = match func.results.as_slice() {
            // The type is that of the function: a message about arguments may show it.
            [] => Operand::new(Mode::NoValue, x.typ, Some(e)),
            [result] => Operand::value(*result, e),
            results => Operand::value(store.tuple_of(results.to_vec()), e),
        };
        self.env.has_call_or_recv = true;
        // Where inference failed, the result has a type that means nothing here.
        if x.mode == Mode::Value
            && !func.tparams.is_empty()
            && self.mentions_tparams(&func.tparams, x.typ)
        {
            x.invalidate();
        }
        (x, ExprForm::Statement)
    }

    /// A conversion, written as a call of a type.
    fn conversion_call(&mut self, e: ExprId, typ: TypeId, args: &[ExprId], dots: bool) -> Operand {
        let store = self.store;
        let invalid = Operand::invalid(store);
        match args {
            [] => {
                let msg = format!("missing argument in conversion to {}", self.type_str(typ));
                self.error(e, Code::WrongArgCount, msg);
                invalid
            }
            [arg] => {
                let mut x = self.expr(None, *arg);
                if x.is_invalid() {
                    return x;
                }
                if store.is_value_interface(typ)
                    && !store.type_set(store.underlying(typ)).is_method_set()
                {
                    let msg = format!(
                        "cannot use interface {} in conversion (contains specific type constraints or is comparable)",
                        self.type_str(typ)
                    );
                    self.error(e, Code::MisplacedConstraintIface, msg);
                    return x;
                }
                if dots {
                    let msg = format!("invalid use of ... in conversion to {}", self.type_str(typ));
                    self.error(*arg, Code::BadDotDotDotSyntax, msg);
                    return x;
                }
                self.conversion(&mut x, typ);
                x
            }
            [.., last] => {
                self.use_exprs(args);
                let msg = format!("too many arguments in conversion to {}", self.type_str(typ));
                self.error(*last, Code::WrongArgCount, msg);
                invalid
            }
        }
    }

    /// Checks a list of expressions; a single one may have several values.
    pub(crate) fn expr_list(&mut self, list: &[ExprId]) -> Vec<Operand> {
        match list {
            [] => Vec::new(),
            [only] => self.multi_expr(*only, false).0,
            _ => list.iter().map(|&e| self.expr(None, e)).collect(),
        }
    }

    /// As [`Checker::expr_list`]; the results may be generic functions, instantiated partly or not at all, whose type
    /// arguments are inferred with those of the function called.
    fn generic_expr_list(&mut self, list: &[ExprId]) -> Arguments {
        // Before Go 1.21, argument functions had to be instantiated completely.
        let infer = !self.allow_version(21);
        let mut arguments = Arguments::default();
        for &e in list {
            let mut given = Vec::new();
            let mut x;
            if let ExprKind::Index { .. } = self.tree().expr[e].kind {
                let (indexed, generic) = self.index_expr(e);
                x = indexed;
                x.expr = Some(e);
                if generic {
                    match self.func_inst(None, &mut x, Some(e), infer) {
                        Some(targs) => given = targs,
                        None => self.record(&x),
                    }
                } else {
                    self.non_generic(None, &mut x);
                    self.record(&x);
                    self.exclude_all(&mut x);
                }
            } else if list.len() == 1 {
                x = self.raw_expr(None, e, None, true).0;
                self.exclude_all(&mut x);
                let (values, _) = self.unpack(x, e, false);
                arguments.values = values;
                return arguments;
            } else {
                x = self.generic_expr(e);
            }
            arguments.values.push(x);
            arguments.targs.push(given);
        }
        arguments
    }

    /// Checks the arguments of a call of a function of type `sig`, infers type arguments that are missing, and gives
    /// the instantiated function type, or `sig` after an error. `targs` are the type arguments given, `xlist` their
    /// expressions.
    pub(crate) fn arguments(
        &mut self,
        call: ExprId,
        sig: TypeId,
        targs: Vec<TypeId>,
        xlist: &[ExprId],
        arguments: &mut Arguments,
    ) -> TypeId {
        let store = self.store;
        let ExprKind::Call {
            fun,
            args: arg_list,
            ellipsis,
            ..
        } = self.tree().expr[call].kind
        else {
            return sig;
        };
        let Some(func) = self.func_type_of(sig) else {
            return sig;
        };
        let dots = ellipsis.is_some();
        let args = &mut arguments.values;
        let mut count = func.params.len();
        // The parameter that each argument goes to.
        let mut params = func.params.clone();
        let mut adjusted = false;
        if func.variadic {
            if dots {
                if arg_list.len == 1 && args.len() > 1 {
                    let first = self.tree().exprs(arg_list)[0];
                    let msg = format!(
                        "cannot use ... with {}-valued {}",
                        args.len(),
                        self.expr_str(first)
                    );
                    self.error(call, Code::InvalidDotDotDot, msg);
                    return sig;
                }
            } else if args.len() + 1 >= count {
                let last = params.pop();
                let elem = last.and_then(|last| match store.kind(store.underlying(last)) {
                    TypeKind::Slice(elem) => Some(*elem),
                    _ => None,
                });
                params.resize(args.len(), elem.unwrap_or_else(|| store.invalid()));
                adjusted = true;
                count = args.len();
            } else {
                count -= 1;
            }
        } else if dots {
            let msg = format!(
                "cannot use ... in call to non-variadic {}",
                self.expr_str(fun)
            );
            self.error(call, Code::NonVariadicDotDotDot, msg);
            return sig;
        }
        if args.len() != count {
            self.argument_count_error(call, fun, &func, args, count, dots);
            return sig;
        }

        // Type parameters of the function called, renamed so that recursive calls do not mix them up.
        let own = func.tparams.len();
        let mut tparams = Vec::new();
        let mut given: Vec<Option<TypeId>> = targs.into_iter().map(Some).collect();
        if own > 0 {
            if !self.allow_version(18) {
                let (at, what) = match self.tree().expr[fun].kind {
                    ExprKind::Index { .. } => (fun, "function instantiation"),
                    _ => (call, "implicit function instantiation"),
                };
                self.verify_version(at, 18, what);
            }
            (tparams, params) = self.rename_tparams(&func.tparams, &params);
            given.resize(own, None);
        }
        // Type parameters of arguments that are generic functions themselves.
        let mut generic_args = Vec::new();
        for (i, arg) in args.iter_mut().enumerate() {
            let Some(arg_func) = self
                .func_type_of(arg.typ)
                .filter(|func| !func.tparams.is_empty())
            else {
                continue;
            };
            let plain = store.func(Func {
                tparams: Vec::new(),
                ..arg_func.as_ref().clone()
            });
            let (renamed, typ) = self.rename_tparams(&arg_func.tparams, &[plain]);
            if let Some(TypeKind::Func(func)) = typ.first().map(|&typ| store.kind(typ)) {
                arg.typ = store.func(Func {
                    tparams: renamed.clone(),
                    ..func.as_ref().clone()
                });
            }
            tparams.extend(renamed);
            given.extend(
                arguments
                    .targs
                    .get(i)
                    .into_iter()
                    .flatten()
                    .copied()
                    .map(Some),
            );
            given.resize(tparams.len(), None);
            generic_args.push(i);
        }
        if let Some(&first) = generic_args.first() {
            self.verify_version(
                &args[first],
                21,
                "implicitly instantiated function as argument",
            );
        }
        let mut result = sig;
        if !tparams.is_empty() {
            let mut err = ErrorBuilder::new(Code::CannotInferTypeArgs);
            let operands: Vec<&Operand> = args.iter().collect();
            let Some(targs) = self.infer(
                self.node_pos(call),
                &tparams,
                &given,
                &params,
                &operands,
                false,
                &mut err,
            ) else {
                if !err.is_empty() {
                    err.prefix(&format!("in call to {}, ", self.expr_str(fun)));
                    err.report(self);
                }
                return sig;
            };
            if own > 0 {
                result = self.instantiate_signature(call, Some(fun), sig, &targs[..own], xlist);
                let instantiated = self.func_type_of(result);
                params = match instantiated {
                    Some(func) if !adjusted => func.params.clone(),
                    _ => match crate::Subst::new(&tparams[..own], &targs[..own]) {
                        Some(map) => params
                            .iter()
                            .map(|&param| store.subst(param, &map))
                            .collect(),
                        None => params,
                    },
                };
            }
            let mut next = own;
            for i in generic_args {
                let count = self
                    .func_type_of(args[i].typ)
                    .map_or(0, |func| func.tparams.len());
                let (at, typ) = (args[i].expr, args[i].typ);
                if let Some(at) = at {
                    args[i].typ = self.instantiate_signature(
                        call,
                        Some(at),
                        typ,
                        &targs[next..next + count],
                        &[],
                    );
                    self.record(&args[i]);
                }
                next += count;
            }
        }
        if !args.is_empty() {
            let context = format!("argument to {}", self.expr_str(fun));
            for (arg, param) in args.iter_mut().zip(params) {
                self.assignment(arg, Some(param), &context);
            }
        }
        result
    }

    /// Reports that a call has too many or too few arguments.
    fn argument_count_error(
        &mut self,
        call: ExprId,
        fun: ExprId,
        func: &Func,
        args: &[Operand],
        count: usize,
        dots: bool,
    ) {
        let types: Vec<_> = args.iter().map(|x| x.typ).collect();
        let qualifier = if args.len() > count {
            "too many"
        } else {
            "not enough"
        };
        // Too many: at the first one too many. Too few: at the last one.
        let at = if args.len() > count {
            args[count].expr
        } else {
            args.last().and_then(|last| last.expr)
        };
        let have = self.types_summary(&types, false, dots);
        let want = self.types_summary(&func.params, func.variadic, false);
        let mut err = ErrorBuilder::new(Code::WrongArgCount);
        let msg = format!("{qualifier} arguments in call to {}", self.expr_str(fun));
        err.add(self, at.unwrap_or(call), msg);
        err.add_note(format!("have {have}"));
        err.add_note(format!("want {want}"));
        err.report(self);
    }

    /// Whether a type mentions one of the type parameters.
    fn mentions_tparams(&self, tparams: &[crate::TypeParamId], typ: TypeId) -> bool {
        let store = self.store;
        let invalid = vec![store.invalid(); tparams.len()];
        crate::Subst::new(tparams, &invalid).is_some_and(|map| store.subst(typ, &map) != typ)
    }
}
