//! Expressions (*Expressions*).
//!
//! Each function takes an expression and gives an [`Operand`]; where its mode is invalid, an error has been
//! reported. All go through [`Checker::raw_expr`], which also records what was found out. Untyped expressions are
//! dealt with in `untyped.rs`.

use crate::checker::Checker;
use crate::errors::Code;
use crate::operand::Operand;
use crate::{Mode, TypeId, TypeKind};
use polkago_syntax::{ExprId, ExprKind, Pos, UnaryOp};

/// What an expression is in statement context.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum ExprForm {
    /// A conversion: its value must be used.
    Conversion,
    /// An expression: its value must be used.
    Expression,
    /// A call or receive operation: it may stand as a statement.
    Statement,
}

/// The function type, and a description, of the variable that a function value is assigned to: from it, type
/// arguments of a generic function may be inferred.
#[derive(Clone, Debug)]
pub(crate) struct Target {
    /// The type of the variable.
    pub typ: TypeId,
    /// How messages call it.
    pub desc: String,
}

impl Target {
    /// A target, where the variable's type is a function type.
    pub(crate) fn new(
        check: &Checker<'_>,
        typ: Option<TypeId>,
        desc: impl FnOnce() -> String,
    ) -> Option<Self> {
        let under = check.store.underlying(typ?);
        match check.store.kind(under) {
            TypeKind::Func(_) => Some(Self {
                typ: under,
                desc: desc(),
            }),
            _ => None,
        }
    }
}

/// Which operands are refused where a value is asked for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Wanted {
    /// Values only.
    Value,
    /// Values and types.
    ValueOrType,
}

impl<'a> Checker<'a> {
    /// Checks an expression that must be a single value. A generic function gets missing type arguments from
    /// `target`.
    pub(crate) fn expr(&mut self, target: Option<&Target>, e: ExprId) -> Operand {
        let (mut x, _) = self.raw_expr(target, e, None, false);
        self.exclude(&mut x, Wanted::Value);
        self.single_value(&mut x);
        x
    }

    /// As [`Checker::expr`], and the result may be generic.
    pub(crate) fn generic_expr(&mut self, e: ExprId) -> Operand {
        let (mut x, _) = self.raw_expr(None, e, None, true);
        self.exclude(&mut x, Wanted::Value);
        self.single_value(&mut x);
        x
    }

    /// Checks an expression that may have several values. With `allow_comma_ok`, an expression that may be used
    /// with a second, boolean result gives that too, and the second result is true. After an error, the first value
    /// is invalid.
    pub(crate) fn multi_expr(&mut self, e: ExprId, allow_comma_ok: bool) -> (Vec<Operand>, bool) {
        let (mut x, _) = self.raw_expr(None, e, None, false);
        self.exclude(&mut x, Wanted::Value);
        self.unpack(x, e, allow_comma_ok)
    }

    /// The values of an operand: those of a tuple, or the operand itself.
    pub(crate) fn unpack(
        &mut self,
        x: Operand,
        e: ExprId,
        allow_comma_ok: bool,
    ) -> (Vec<Operand>, bool) {
        if let TypeKind::Tuple(types) = self.store.kind(x.typ)
            && !x.is_invalid()
        {
            return (
                types.iter().map(|&typ| Operand::value(typ, e)).collect(),
                false,
            );
        }
        if allow_comma_ok && matches!(x.mode, Mode::MapIndex | Mode::CommaOk) {
            let ok = Operand::value(self.store.basic(crate::Basic::UntypedBool), e);
            return (vec![x, ok], true);
        }
        (vec![x], false)
    }

    /// Checks an element of a composite literal, whose own type may be left out and is `hint` then.
    pub(crate) fn expr_with_hint(&mut self, e: ExprId, hint: TypeId) -> Operand {
        let (mut x, _) = self.raw_expr(None, e, Some(hint), false);
        self.exclude(&mut x, Wanted::Value);
        self.single_value(&mut x);
        x
    }

    /// Checks an expression that may be a value or a type; with `allow_generic`, also a generic one.
    pub(crate) fn expr_or_type(&mut self, e: ExprId, allow_generic: bool) -> Operand {
        let (mut x, _) = self.raw_expr(None, e, None, allow_generic);
        self.exclude(&mut x, Wanted::ValueOrType);
        self.single_value(&mut x);
        x
    }

    /// Refuses calls without value and builtins, and types unless they are wanted.
    fn exclude(&mut self, x: &mut Operand, wanted: Wanted) {
        let (code, msg) = match x.mode {
            Mode::NoValue if wanted == Wanted::Value => (Code::TooManyValues, "used as value"),
            Mode::NoValue => (Code::TooManyValues, "used as value or type"),
            Mode::Builtin(_) if wanted == Wanted::Value => {
                (Code::UncalledBuiltin, "must be called")
            }
            Mode::Type if wanted == Wanted::Value => (Code::NotAnExpr, "is not an expression"),
            Mode::Builtin(_)
            | Mode::Type
            | Mode::Invalid
            | Mode::Constant
            | Mode::Variable
            | Mode::MapIndex
            | Mode::Value
            | Mode::Nil
            | Mode::CommaOk
            | Mode::Package => return,
        };
        let msg = format!("{} {msg}", self.operand_str(x));
        self.error(&*x, code, msg);
        x.invalidate();
    }

    /// Refuses builtins and calls without value, where types are fine too.
    pub(crate) fn exclude_builtin(&mut self, x: &mut Operand) {
        self.exclude(x, Wanted::ValueOrType);
        if let Mode::Builtin(_) = x.mode {
            let msg = format!("{} must be called", self.operand_str(x));
            self.error(&*x, Code::UncalledBuiltin, msg);
            x.invalidate();
        }
    }

    /// Refuses everything but values.
    pub(crate) fn exclude_all(&mut self, x: &mut Operand) {
        self.exclude(x, Wanted::Value);
    }

    /// Refuses several values where one is wanted.
    pub(crate) fn single_value(&mut self, x: &mut Operand) {
        if x.mode == Mode::Value && matches!(self.store.kind(x.typ), TypeKind::Tuple(_)) {
            let msg = format!(
                "multiple-value {} in single-value context",
                self.operand_str(x)
            );
            self.error(&*x, Code::TooManyValues, msg);
            x.invalidate();
        }
    }

    /// Checks an expression and records what was found out. `hint` is the type of a composite literal element;
    /// `allow_generic` lets a generic type or function pass without instantiation.
    pub(crate) fn raw_expr(
        &mut self,
        target: Option<&Target>,
        e: ExprId,
        hint: Option<TypeId>,
        allow_generic: bool,
    ) -> (Operand, ExprForm) {
        let (mut x, form) = self.expr_internal(target, e, hint);
        if x.expr.is_none() || x.is_invalid() {
            x.expr = Some(e);
        }
        if !allow_generic {
            self.non_generic(target, &mut x);
        }
        self.pending_type(&mut x);
        self.record(&x);
        (x, form)
    }

    /// Refuses a generic type, and a generic function whose type arguments cannot be inferred from `target`.
    pub(crate) fn non_generic(&mut self, target: Option<&Target>, x: &mut Operand) {
        if x.is_invalid() || x.mode == Mode::NoValue {
            return;
        }
        let what = match self.store.kind(x.typ) {
            TypeKind::Named(_) | TypeKind::Alias(_) if self.store.is_generic(x.typ) => "type",
            TypeKind::Func(func) if !func.tparams.is_empty() => {
                if let Some(target) = target {
                    self.func_inst(Some(target), x, None, true);
                    return;
                }
                "function"
            }
            _ => return,
        };
        let msg = format!(
            "cannot use generic {what} {} without instantiation",
            self.operand_expr_str(x)
        );
        self.error(&*x, Code::WrongTypeArgCount, msg);
        *x = Operand {
            expr: x.expr,
            ..Operand::invalid(self.store)
        };
    }

    /// Refuses a value whose type is only being declared.
    fn pending_type(&mut self, x: &mut Operand) {
        if x.is_invalid() || x.mode == Mode::NoValue {
            return;
        }
        if !self.finite_size(x.typ) {
            *x = Operand {
                expr: x.expr,
                ..Operand::invalid(self.store)
            };
        }
    }

    /// The heart of [`Checker::raw_expr`].
    fn expr_internal(
        &mut self,
        target: Option<&Target>,
        e: ExprId,
        hint: Option<TypeId>,
    ) -> (Operand, ExprForm) {
        let invalid = Operand {
            expr: Some(e),
            ..Operand::invalid(self.store)
        };
        let mut x = match &self.tree().expr[e].kind {
            ExprKind::Bad => invalid,
            ExprKind::Ident(ident) => self.ident(e, *ident, false),
            ExprKind::Ellipsis(_) => {
                self.error(e, Code::InvalidSyntaxTree, "invalid use of ...");
                invalid
            }
            ExprKind::BasicLit { kind, text } => self.basic_lit(e, *kind, *text),
            ExprKind::FuncLit { sig, body } => self.func_lit(e, *sig, *body),
            ExprKind::CompositeLit {
                typ,
                elems,
                lbrace: _,
                rbrace,
            } => self.composite_lit(e, *typ, *elems, *rbrace, hint),
            ExprKind::Paren(inner) => {
                // Inference does not look through parentheses.
                let (mut x, form) = self.raw_expr(None, *inner, None, false);
                x.expr = Some(e);
                return (x, form);
            }
            ExprKind::Selector { .. } => self.selector(e, false),
            ExprKind::Index { .. } => {
                let (mut x, generic) = self.index_expr(e);
                if generic {
                    self.func_inst(target, &mut x, Some(e), true);
                }
                x
            }
            ExprKind::Slice { .. } => self.slice_expr(e),
            ExprKind::TypeAssert { x, typ } => self.type_assert(e, *x, *typ),
            ExprKind::Call { .. } => return self.call_expr(e),
            ExprKind::Star(inner) => self.star(*inner),
            ExprKind::Unary { op, x } => {
                let x = self.unary(e, *op, *x);
                if *op == UnaryOp::Recv && !x.is_invalid() {
                    return (Operand { expr: Some(e), ..x }, ExprForm::Statement);
                }
                x
            }
            ExprKind::Binary {
                op,
                op_pos: _,
                x,
                y,
            } => self.binary(Some(e), *x, *y, *op),
            ExprKind::KeyValue { .. } => {
                self.error(e, Code::InvalidSyntaxTree, "no key:value expected");
                invalid
            }
            ExprKind::ArrayType { .. }
            | ExprKind::SliceType(_)
            | ExprKind::StructType(_)
            | ExprKind::FuncType(_)
            | ExprKind::InterfaceType(_)
            | ExprKind::MapType { .. }
            | ExprKind::ChanType { .. } => Operand::new(Mode::Type, self.typ(e), Some(e)),
        };
        x.expr = Some(e);
        let form = if x.is_invalid() {
            ExprForm::Statement
        } else {
            ExprForm::Expression
        };
        (x, form)
    }

    /// `*inner`: a pointer type, or what a pointer points to (*Address operators*).
    fn star(&mut self, inner: ExprId) -> Operand {
        let mut x = self.expr_or_type(inner, false);
        match x.mode {
            Mode::Invalid => {}
            Mode::Type => {
                self.valid_var_type(inner, x.typ);
                x.typ = self.store.pointer(x.typ);
            }
            _ => {
                let store = self.store;
                let mut base: Option<TypeId> = None;
                let mut problem = None;
                let types = store.specific_types(x.typ);
                for (_, under) in types.into_iter().flatten() {
                    match store.kind(under) {
                        TypeKind::Pointer(to)
                            if base.is_none_or(|base| store.identical(base, *to)) =>
                        {
                            base = Some(*to);
                        }
                        TypeKind::Pointer(_) => {
                            problem = Some(true);
                            break;
                        }
                        _ => {
                            problem = Some(false);
                            break;
                        }
                    }
                }
                match (problem, base) {
                    (None, Some(base)) => {
                        x.mode = Mode::Variable;
                        x.typ = base;
                    }
                    (Some(true), _) => {
                        let msg = format!(
                            "invalid operation: pointers of {} must have identical base types",
                            self.operand_str(&x)
                        );
                        self.error(&x, Code::InvalidIndirection, msg);
                        x.invalidate();
                    }
                    (Some(false), _) | (None, None) => {
                        let msg = format!(
                            "invalid operation: cannot indirect {}",
                            self.operand_str(&x)
                        );
                        self.error(&x, Code::InvalidIndirection, msg);
                        x.invalidate();
                    }
                }
            }
        }
        x
    }

    /// A unary operation other than indirection.
    fn unary(&mut self, e: ExprId, op: UnaryOp, inner: ExprId) -> Operand {
        let mut x = self.expr(None, inner);
        if x.is_invalid() {
            return x;
        }
        let store = self.store;
        let mut op = op;
        match op {
            UnaryOp::And => {
                let literal = matches!(self.unparen_kind(inner), ExprKind::CompositeLit { .. });
                if !literal && x.mode != Mode::Variable {
                    let msg = format!(
                        "invalid operation: cannot take address of {}",
                        self.operand_str(&x)
                    );
                    self.error(&x, Code::UnaddressableOperand, msg);
                    x.invalidate();
                    return x;
                }
                self.mark_addressed(inner);
                x.mode = Mode::Value;
                x.typ = store.pointer(x.typ);
                return x;
            }
            UnaryOp::Recv => {
                match self.chan_elem(inner, &x, true) {
                    Some(elem) => {
                        x.mode = Mode::CommaOk;
                        x.typ = elem;
                        self.env.has_call_or_recv = true;
                    }
                    None => x.invalidate(),
                }
                return x;
            }
            UnaryOp::Tilde => {
                let msg = "cannot use ~ outside of interface or type constraint";
                if !store.all_integer(x.typ) {
                    self.error(e, Code::UndefinedOp, msg);
                    x.invalidate();
                    return x;
                }
                self.error(
                    e,
                    Code::UndefinedOp,
                    format!("{msg} (use ^ for bitwise complement)"),
                );
                op = UnaryOp::Xor;
            }
            UnaryOp::Plus | UnaryOp::Minus | UnaryOp::Not | UnaryOp::Xor => {}
        }
        let defined = match op {
            UnaryOp::Plus | UnaryOp::Minus => store.all_numeric(x.typ),
            UnaryOp::Xor => store.all_integer(x.typ),
            UnaryOp::Not => store.all_boolean(x.typ),
            UnaryOp::And | UnaryOp::Recv | UnaryOp::Tilde => true,
        };
        if !defined {
            let op = op.text();
            let msg = format!(
                "invalid operation: operator {op} not defined on {}",
                self.operand_str(&x)
            );
            self.error(&x, Code::UndefinedOp, msg);
            x.invalidate();
            return x;
        }
        if x.is_const() {
            if x.const_val().is_unknown() {
                return x;
            }
            // The complement of an unsigned value has only the bits of its type.
            let bits = store
                .basic_kind(x.typ)
                .filter(|basic| basic.is_unsigned())
                .map(|basic| self.sizes.basic(basic) as usize * 8);
            x.val = Some(x.const_val().unary(op, bits));
            x.expr = Some(e);
            let at = self.tree().expr[e].span.start;
            self.overflow(&mut x, at);
            return x;
        }
        x.mode = Mode::Value;
        x.val = None;
        x
    }

    /// The element type of a channel that is received from or sent to; else reports an error at `at`.
    pub(crate) fn chan_elem(
        &mut self,
        at: impl crate::checker::At,
        x: &Operand,
        recv: bool,
    ) -> Option<TypeId> {
        use polkago_syntax::ChanDir;
        let store = self.store;
        let under = self.common_under(x.typ, |check, typ, under| {
            let Some(under) = under else {
                return Some("no specific channel type".to_owned());
            };
            match store.kind(under) {
                TypeKind::Chan {
                    dir: ChanDir::Send, ..
                } if recv => Some(format!("send-only channel {}", check.type_str(typ))),
                TypeKind::Chan {
                    dir: ChanDir::Recv, ..
                } if !recv => Some(format!("receive-only channel {}", check.type_str(typ))),
                TypeKind::Chan { .. } => None,
                _ => Some(format!("non-channel {}", check.type_str(typ))),
            }
        });
        let cause = match under {
            Ok(under) => match store.kind(under) {
                TypeKind::Chan { elem, .. } => return Some(*elem),
                _ => String::new(),
            },
            Err(cause) => cause,
        };
        let (code, what) = if recv {
            (Code::InvalidReceive, "receive from")
        } else {
            (Code::InvalidSend, "send to")
        };
        let operand = self.operand_str(x);
        let msg = if store.is_tparam(x.typ) {
            format!("invalid operation: cannot {what} {operand}: {cause}")
        } else {
            format!("invalid operation: cannot {what} {cause} {operand}")
        };
        self.error(at, code, msg);
        None
    }

    /// `x.(typ)` (*Type assertions*).
    fn type_assert(&mut self, e: ExprId, inner: ExprId, typ: Option<ExprId>) -> Operand {
        let Some(typ) = typ else {
            self.error(
                e,
                Code::InvalidSyntaxTree,
                "use of .(type) outside type switch",
            );
            self.use_exprs(&[inner]);
            return Operand::invalid(self.store);
        };
        let mut x = self.expr(None, inner);
        if x.is_invalid() {
            return x;
        }
        let store = self.store;
        if store.is_tparam(x.typ) {
            let msg = format!(
                "invalid operation: cannot use type assertion on type parameter value {}",
                self.operand_str(&x)
            );
            self.error(&x, Code::InvalidAssert, msg);
            x.invalidate();
            return x;
        }
        if !store.is_interface(x.typ) {
            let msg = format!(
                "invalid operation: {} is not an interface",
                self.operand_str(&x)
            );
            self.error(&x, Code::InvalidAssert, msg);
            x.invalidate();
            return x;
        }
        let typ = self.var_type(typ);
        if !store.is_valid(typ) {
            x.invalidate();
            return x;
        }
        self.type_assertion(e, &x, typ, false);
        x.mode = Mode::CommaOk;
        x.typ = typ;
        x
    }

    /// Checks that the dynamic type of `x`, an interface value, can be `typ` or implement it.
    pub(crate) fn type_assertion(
        &mut self,
        e: ExprId,
        x: &Operand,
        typ: TypeId,
        type_switch: bool,
    ) {
        let mut cause = String::new();
        if self.assertable_to(x.typ, typ, &mut cause) {
            return;
        }
        let expr = self.expr_str(e);
        let wanted = self.type_str(typ);
        let msg = if type_switch {
            let operand = self.operand_str(x);
            format!(
                "impossible type switch case: {expr}\n\t{operand} cannot have dynamic type {wanted} {cause}"
            )
        } else {
            let interface = self.type_str(x.typ);
            format!(
                "impossible type assertion: {expr}\n\t{wanted} does not implement {interface} {cause}"
            )
        };
        self.error(e, Code::ImpossibleAssert, msg);
    }

    /// The position by which the official compiler names an expression itself, rather than where it starts: that of
    /// the operator, bracket, parenthesis or dot after the first operand.
    pub(crate) fn node_pos(&self, e: ExprId) -> Pos {
        let expr = &self.tree().expr[e];
        match &expr.kind {
            ExprKind::Selector { x, .. } | ExprKind::TypeAssert { x, .. } => {
                self.tree().expr[*x].span.end
            }
            ExprKind::Index { lbrack, .. } | ExprKind::Slice { lbrack, .. } => *lbrack,
            ExprKind::Call { lparen, .. } => *lparen,
            ExprKind::Binary { op_pos, .. } => *op_pos,
            ExprKind::KeyValue { colon, .. } => *colon,
            ExprKind::Bad
            | ExprKind::Ident(_)
            | ExprKind::BasicLit { .. }
            | ExprKind::CompositeLit { .. }
            | ExprKind::FuncLit { .. }
            | ExprKind::Paren(_)
            | ExprKind::Star(_)
            | ExprKind::Unary { .. }
            | ExprKind::ArrayType { .. }
            | ExprKind::SliceType(_)
            | ExprKind::StructType(_)
            | ExprKind::FuncType(_)
            | ExprKind::InterfaceType(_)
            | ExprKind::MapType { .. }
            | ExprKind::ChanType { .. }
            | ExprKind::Ellipsis(_) => expr.span.start,
        }
    }

    /// The expression without parentheses around it.
    pub(crate) fn unparen(&self, e: ExprId) -> ExprId {
        let mut e = e;
        while let ExprKind::Paren(inner) = &self.tree().expr[e].kind {
            e = *inner;
        }
        e
    }

    /// The form of an expression without parentheses around it.
    pub(crate) fn unparen_kind(&self, e: ExprId) -> &'a ExprKind {
        &self.tree().expr[self.unparen(e)].kind
    }

    /// Checks expressions whose result does not matter after an error elsewhere, so that what they use counts as
    /// used. Whether all were free of errors.
    pub(crate) fn use_exprs(&mut self, exprs: &[ExprId]) -> bool {
        let mut ok = true;
        for &e in exprs {
            ok &= self.use_expr(e, false);
        }
        ok
    }

    /// As [`Checker::use_exprs`] for the left side of an assignment: variables there do not count as used.
    pub(crate) fn use_lhs(&mut self, exprs: &[ExprId]) -> bool {
        let mut ok = true;
        for &e in exprs {
            ok &= self.use_expr(e, true);
        }
        ok
    }

    /// One expression of [`Checker::use_exprs`].
    fn use_expr(&mut self, e: ExprId, lhs: bool) -> bool {
        match self.unparen_kind(e) {
            ExprKind::Ident(ident) => {
                if self.ident_text(*ident) == "_" {
                    return true;
                }
                let inner = self.unparen(e);
                let unused = if lhs { self.unused_var(inner) } else { None };
                let x = self.expr_or_type(inner, true);
                if let Some(var) = unused {
                    self.used_vars.remove(&var);
                }
                !x.is_invalid()
            }
            ExprKind::KeyValue {
                key: _,
                value,
                colon: _,
            } => self.use_expr(*value, lhs),
            _ => !self.raw_expr(None, e, None, true).0.is_invalid(),
        }
    }

    /// The variable that an identifier denotes, where it has not been used up to here.
    pub(crate) fn unused_var(&mut self, e: ExprId) -> Option<crate::ObjId> {
        let ExprKind::Ident(ident) = &self.tree().expr[e].kind else {
            return None;
        };
        let sym = self.ident_sym(*ident);
        let obj = self.lookup(sym)?;
        let object = self.store.obj(obj);
        (matches!(object.kind, crate::ObjKind::Var(_))
            && object.pkg == self.pkg
            && !self.used_vars.contains(&obj))
        .then_some(obj)
    }
}
