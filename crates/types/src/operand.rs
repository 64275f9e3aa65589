//! Operands: what is known of an expression while it is checked (*Operands*), and assignability (*Assignability*).

use crate::checker::{At, Checker};
use crate::errors::Code;
use crate::{Basic, Constant, Mode, SrcPos, Store, TypeId, TypeKind};
use polkago_syntax::{ChanDir, ExprId, ExprKind, Pos};
use std::rc::Rc;

/// An intermediate value of checking. With mode `Invalid`, an error has been reported.
#[derive(Clone, Debug)]
pub(crate) struct Operand {
    /// What it denotes.
    pub mode: Mode,
    /// Its type; the invalid type where there is none.
    pub typ: TypeId,
    /// The value of a constant.
    pub val: Option<Constant>,
    /// The expression in the current file.
    pub expr: Option<ExprId>,
    /// What messages show in place of an expression, for operands that the source does not have.
    pub name: Option<Rc<str>>,
}

impl Operand {
    /// An operand about which an error has been reported.
    pub(crate) fn invalid(store: &Store) -> Self {
        Self {
            mode: Mode::Invalid,
            typ: store.invalid(),
            val: None,
            expr: None,
            name: None,
        }
    }

    /// An operand of a mode and type.
    pub(crate) fn new(mode: Mode, typ: TypeId, expr: Option<ExprId>) -> Self {
        Self {
            mode,
            typ,
            val: None,
            expr,
            name: None,
        }
    }

    /// A value.
    pub(crate) fn value(typ: TypeId, expr: ExprId) -> Self {
        Self::new(Mode::Value, typ, Some(expr))
    }

    /// A constant.
    pub(crate) fn constant(typ: TypeId, val: Constant, expr: Option<ExprId>) -> Self {
        Self {
            mode: Mode::Constant,
            typ,
            val: Some(val),
            expr,
            name: None,
        }
    }

    /// Whether an error has been reported about it.
    pub(crate) fn is_invalid(&self) -> bool {
        self.mode == Mode::Invalid
    }

    /// Marks it as erroneous.
    pub(crate) fn invalidate(&mut self) {
        self.mode = Mode::Invalid;
    }

    /// Whether it is the predeclared nil.
    pub(crate) fn is_nil(&self) -> bool {
        self.mode == Mode::Nil
    }

    /// Whether it is a constant.
    pub(crate) fn is_const(&self) -> bool {
        self.mode == Mode::Constant
    }

    /// The value of a constant; unknown for what is none.
    pub(crate) fn const_val(&self) -> &Constant {
        const UNKNOWN: &Constant = &Constant::Unknown;
        self.val.as_ref().unwrap_or(UNKNOWN)
    }
}

impl At for &Operand {
    fn place(&self, check: &Checker<'_>) -> Option<(SrcPos, Pos)> {
        self.expr?.place(check)
    }
}

/// The name of a mode in messages.
fn mode_text(mode: Mode) -> &'static str {
    match mode {
        Mode::Invalid => "invalid operand",
        Mode::NoValue => "no value",
        Mode::Builtin(_) => "built-in",
        Mode::Type => "type",
        Mode::Constant => "constant",
        Mode::Variable => "variable",
        Mode::MapIndex => "map index expression",
        Mode::Value => "value",
        Mode::Nil => "nil",
        Mode::CommaOk => "comma, ok expression",
        Mode::Package => "package",
    }
}

impl Checker<'_> {
    /// An expression of the current file as messages show it.
    pub(crate) fn expr_str(&self, e: ExprId) -> String {
        polkago_syntax::print::short_expr(self.tree(), e)
    }

    /// The expression of an operand as messages show it.
    pub(crate) fn operand_expr_str(&self, x: &Operand) -> String {
        match (&x.name, x.expr) {
            (Some(name), _) => name.to_string(),
            (None, Some(e)) => self.expr_str(e),
            (None, None) => String::new(),
        }
    }

    /// An operand as messages describe it: `x (variable of type int)`.
    pub(crate) fn operand_str(&self, x: &Operand) -> String {
        let store = self.store;
        if x.is_nil() {
            return match store.kind(x.typ) {
                TypeKind::Basic(Basic::Invalid) => "nil (with invalid type)".to_owned(),
                TypeKind::Basic(Basic::UntypedNil) => "nil".to_owned(),
                _ => format!("nil (of type {})", self.type_str(x.typ)),
            };
        }
        let mut expr = self.operand_expr_str(x);
        if expr.is_empty() {
            match x.mode {
                Mode::Builtin(builtin) => expr = builtin.name().to_owned(),
                Mode::Type => expr = self.type_str(x.typ),
                Mode::Constant => expr = x.const_val().to_string(),
                Mode::Invalid
                | Mode::NoValue
                | Mode::Variable
                | Mode::MapIndex
                | Mode::Value
                | Mode::Nil
                | Mode::CommaOk
                | Mode::Package => {}
            }
        }
        let mut text = String::new();
        let mut has_type = false;
        match x.mode {
            Mode::Invalid | Mode::NoValue | Mode::Builtin(_) | Mode::Type | Mode::Package => {}
            Mode::Constant
            | Mode::Variable
            | Mode::MapIndex
            | Mode::Value
            | Mode::Nil
            | Mode::CommaOk => match store.kind(x.typ) {
                TypeKind::Basic(basic) if basic.is_untyped() => {
                    text.push_str(basic.name());
                    text.push(' ');
                }
                _ => has_type = true,
            },
        }
        text.push_str(mode_text(x.mode));
        if x.mode == Mode::Constant {
            let value = x.const_val().to_string();
            if value != expr {
                text.push(' ');
                text.push_str(&value);
            }
        }
        if has_type {
            if store.is_valid(x.typ) {
                text.push_str(" of ");
                match self.named_results(x) {
                    Some(results) => text.push_str(&format!("type {results}")),
                    None => text.push_str(&self.type_description(x.typ)),
                }
            } else {
                text.push_str(" with invalid type");
            }
        }
        if expr.is_empty() {
            text
        } else {
            format!("{expr} ({text})")
        }
    }

    /// The kind of a composite type in messages; nothing for basic types.
    pub(crate) fn composite_kind(&self, t: TypeId) -> &'static str {
        match self.store.kind(self.store.underlying(t)) {
            TypeKind::Array { .. } => "array",
            TypeKind::Slice(_) => "slice",
            TypeKind::Struct(_) => "struct",
            TypeKind::Pointer(_) => "pointer",
            TypeKind::Func(_) => "func",
            TypeKind::Interface(_) => "interface",
            TypeKind::Map { .. } => "map",
            TypeKind::Chan { .. } => "chan",
            TypeKind::Tuple(_) => "tuple",
            TypeKind::Union(_) => "union",
            TypeKind::Basic(_)
            | TypeKind::Named(_)
            | TypeKind::Alias(_)
            | TypeKind::TypeParam(_) => "",
        }
    }

    /// The underlying type as messages show it: byte and rune keep their names.
    pub(crate) fn named_underlying(&self, t: TypeId) -> TypeId {
        let universe = self.store.universe();
        if t == universe.byte || t == universe.rune {
            t
        } else {
            self.store.underlying(t)
        }
    }

    /// The types of the specific terms of a type parameter's type set; none where it has no specific types.
    pub(crate) fn term_types(&self, t: TypeId) -> Vec<TypeId> {
        self.store
            .specific_types(t)
            .into_iter()
            .flatten()
            .map(|(typ, _)| typ)
            .collect()
    }

    /// The name of the predeclared type that a type is declared as, byte and rune included.
    fn basic_name(&self, t: TypeId) -> &'static str {
        let store = self.store;
        let universe = store.universe();
        let mut t = t;
        loop {
            let next = match store.kind(t) {
                _ if t == universe.byte => return "byte",
                _ if t == universe.rune => return "rune",
                TypeKind::Basic(basic) => return basic.name(),
                TypeKind::Named(named) => store.named_rhs(*named),
                TypeKind::Alias(alias) => store.alias_rhs(*alias),
                _ => None,
            };
            match next {
                Some(next) => t = next,
                None => return Basic::Invalid.name(),
            }
        }
    }

    /// The results of a call as messages show them where the function names them: `(n int, err error)`.
    fn named_results(&self, x: &Operand) -> Option<String> {
        let TypeKind::Tuple(types) = self.store.kind(x.typ) else {
            return None;
        };
        let ExprKind::Call { fun, .. } = self.unparen_kind(x.expr?) else {
            return None;
        };
        let typ = self.known_info().exprs[*fun].typ.expand()?;
        let names = &self.store.as_func(typ)?.names.as_deref()?.results;
        let results: Vec<String> = types
            .iter()
            .zip(names)
            .map(|(&t, &name)| format!("{} {}", self.store.sym_text(name), self.type_str(t)))
            .collect();
        let named = names
            .first()
            .is_some_and(|&name| !self.store.sym_text(name).is_empty());
        named.then(|| format!("({})", results.join(", ")))
    }

    /// `type T` with what `T` is: its structure, or the constraint of a type parameter.
    fn type_description(&self, t: TypeId) -> String {
        let store = self.store;
        let mut text = String::new();
        if store.is_generic(t) {
            text.push_str("generic ");
        }
        let tparam = store.as_tparam(t);
        let universe = store.universe();
        // The aliases byte and rune count as predeclared types.
        let predeclared = t == universe.byte || t == universe.rune;
        if tparam.is_none()
            && !predeclared
            && matches!(store.kind(t), TypeKind::Named(_) | TypeKind::Alias(_))
        {
            let kind = self.composite_kind(t);
            if kind.is_empty() {
                // Package unsafe's type goes without its package here.
                let name = self.basic_name(t);
                text.push_str(name.rsplit('.').next().unwrap_or(name));
                text.push(' ');
            } else {
                text.push_str(kind);
                text.push(' ');
            }
        }
        text.push_str("type ");
        text.push_str(&self.type_str(t));
        if let Some(tparam) = tparam {
            text.push_str(" constrained by ");
            if let Some(bound) = store.tparam(tparam).bound.get() {
                text.push_str(&self.type_str(bound));
            }
            if store.has_empty_type_set(t) {
                text.push_str(" with empty type set");
            }
        }
        text
    }

    /// Whether `x` may be assigned to a variable of type `target`; else the code of the error, with a cause added
    /// to `cause` where there is more to say.
    pub(crate) fn assignable_to(
        &mut self,
        x: &Operand,
        target: TypeId,
        cause: &mut String,
    ) -> Result<(), Code> {
        let store = self.store;
        if x.is_invalid() || !store.is_valid(target) {
            return Ok(());
        }
        let original = target;
        let source = store.unalias(x.typ);
        let target = store.unalias(target);
        if store.identical(source, target) {
            return Ok(());
        }
        let source_under = store.underlying(source);
        let target_under = store.underlying(target);
        let source_tparam = store.is_tparam(source);
        let target_tparam = store.is_tparam(target);

        // An untyped value must be representable by a value of type T.
        if store.is_untyped(source_under) {
            let ok = if target_tparam {
                let terms = self.term_types(target);
                !terms.is_empty()
                    && terms
                        .iter()
                        .all(|&term| self.implicit_type_and_value(x, term).is_ok())
            } else {
                self.implicit_type_and_value(x, target).is_ok()
            };
            return if ok {
                Ok(())
            } else {
                Err(Code::IncompatibleAssign)
            };
        }

        // Identical underlying types, one of V and T not named, neither a type parameter.
        if store.identical(source_under, target_under)
            && (!store.has_name(source) || !store.has_name(target))
            && !source_tparam
            && !target_tparam
        {
            return Ok(());
        }

        // T is an interface type, or a pointer to one (which gives a better cause), and V implements it.
        let target_is_interface = matches!(store.kind(target_under), TypeKind::Interface(_));
        if target_is_interface && !target_tparam || self.is_interface_ptr(target_under) {
            if self.implements(source, target, false, cause) {
                return Ok(());
            }
            // A type parameter may still be assignable.
            if !source_tparam {
                return Err(Code::InvalidIfaceAssign);
            }
            cause.clear();
        }

        // Perhaps a type assertion is missing.
        if matches!(store.kind(source_under), TypeKind::Interface(_))
            && !source_tparam
            && self.implements(target, source, false, &mut String::new())
        {
            "need type assertion".clone_into(cause);
            return Err(Code::IncompatibleAssign);
        }

        // A bidirectional channel value.
        if let TypeKind::Chan {
            dir: ChanDir::Both,
            elem,
        } = store.kind(source_under)
            && let TypeKind::Chan {
                elem: target_elem, ..
            } = store.kind(target_under)
            && store.identical(*elem, *target_elem)
        {
            return if store.has_name(source) && store.has_name(target) {
                Err(Code::InvalidChanAssign)
            } else {
                Ok(())
            };
        }

        if target_tparam && !store.has_name(source) {
            // Assignable to each specific type of T's type set.
            let terms = self.term_types(target);
            for &term in &terms {
                if let Err(code) = self.assignable_to(x, term, cause) {
                    let text = format!(
                        "cannot assign {} to {} (in {})",
                        self.type_str(x.typ),
                        self.type_str(term),
                        self.type_str(target)
                    );
                    wrap_cause(cause, text);
                    return Err(code);
                }
            }
            return if terms.is_empty() {
                Err(Code::IncompatibleAssign)
            } else {
                Ok(())
            };
        }
        if source_tparam && !store.has_name(target) {
            // Each specific type of V's type set is assignable to T.
            let terms = self.term_types(source);
            let mut inner = x.clone();
            for &term in &terms {
                inner.typ = term;
                if let Err(code) = self.assignable_to(&inner, target, cause) {
                    let text = format!(
                        "cannot assign {} (in {}) to {}",
                        self.type_str(term),
                        self.type_str(source),
                        self.type_str(original)
                    );
                    wrap_cause(cause, text);
                    return Err(code);
                }
            }
            return if terms.is_empty() {
                Err(Code::IncompatibleAssign)
            } else {
                Ok(())
            };
        }
        Err(Code::IncompatibleAssign)
    }

    /// As [`Checker::assignable_to`], where nobody asks why not.
    pub(crate) fn is_assignable(&mut self, x: &Operand, target: TypeId) -> bool {
        self.assignable_to(x, target, &mut String::new()).is_ok()
    }
}

/// Puts a more general cause before the one found so far.
pub(crate) fn wrap_cause(cause: &mut String, text: String) {
    *cause = if cause.is_empty() {
        text
    } else {
        format!("{text}\n\t{cause}")
    };
}
