//! Untyped constants and values: how they get their types (*Constants*, *Representability*, *Constant expressions*).
//!
//! An untyped expression is kept in [`Checker::untyped`] until its context gives it a type. Then the new type goes
//! down the expression's tree to the operands that the type is for, each constant being checked to be representable
//! in it; what gets none by the end of the package keeps its untyped type.

use crate::checker::Checker;
use crate::errors::Code;
use crate::operand::Operand;
use crate::{Basic, Constant, Mode, TypeId, TypeKind};
use dashu::base::BitTest as _;
use polkago_syntax::{BinaryOp, ExprId, ExprKind, Pos, UnaryOp};

/// What is recorded of an expression that has no final type yet.
#[derive(Clone, Debug)]
pub(crate) struct UntypedInfo {
    /// Whether it is the left operand of a shift that is not constant, so that its type must be an integer type.
    pub is_lhs: bool,
    /// Its mode.
    pub mode: Mode,
    /// Its untyped type.
    pub typ: TypeId,
    /// Its value, where it is constant.
    pub val: Option<Constant>,
}

/// Bits that an untyped integer constant may have.
const MAX_BITS: usize = 512;

impl Checker<'_> {
    /// The size of `int` in bytes.
    pub(crate) fn word(&self) -> u64 {
        self.sizes.word
    }

    /// Checks the result of a constant operation: that it is known, fits its type, and is not excessively large.
    pub(crate) fn overflow(&mut self, x: &mut Operand, op_pos: Pos) {
        if x.const_val().is_unknown() {
            self.error(
                op_pos,
                Code::InvalidConstVal,
                "constant result is not representable",
            );
            return;
        }
        if !self.store.is_untyped(x.typ) {
            self.representable(x, x.typ);
            return;
        }
        let too_large = x
            .const_val()
            .as_int()
            .is_some_and(|value| value.bit_len() > MAX_BITS);
        if too_large {
            let op = x.expr.map_or("", |e| self.op_name(e));
            let space = if op.is_empty() { "" } else { " " };
            self.error(
                op_pos,
                Code::InvalidConstVal,
                format!("constant {op}{space}overflow"),
            );
            x.val = Some(Constant::Unknown);
        }
    }

    /// The name of an operation that may overflow, or nothing.
    fn op_name(&self, e: ExprId) -> &'static str {
        match &self.tree().expr[e].kind {
            ExprKind::Unary {
                op: UnaryOp::Xor, ..
            } => "bitwise complement",
            ExprKind::Binary { op, .. } => match op {
                BinaryOp::Add => "addition",
                BinaryOp::Sub => "subtraction",
                BinaryOp::Xor => "bitwise XOR",
                BinaryOp::Mul => "multiplication",
                BinaryOp::Shl => "shift",
                BinaryOp::LogOr
                | BinaryOp::LogAnd
                | BinaryOp::Eq
                | BinaryOp::Ne
                | BinaryOp::Lt
                | BinaryOp::Le
                | BinaryOp::Gt
                | BinaryOp::Ge
                | BinaryOp::Or
                | BinaryOp::Div
                | BinaryOp::Rem
                | BinaryOp::And
                | BinaryOp::AndNot
                | BinaryOp::Shr => "",
            },
            _ => "",
        }
    }

    /// The position of the operator of an operation, else of the start of the expression.
    pub(crate) fn op_pos(&self, e: ExprId) -> Pos {
        let expr = &self.tree().expr[e];
        match &expr.kind {
            ExprKind::Binary { op_pos, .. } => *op_pos,
            _ => expr.span.start,
        }
    }

    /// Checks that a constant is representable in a type with a basic underlying type, and rounds it to that.
    pub(crate) fn representable(&mut self, x: &mut Operand, typ: TypeId) {
        let Some(basic) = self.store.basic_kind(typ) else {
            return;
        };
        match self.representation(x, basic) {
            Ok(value) => x.val = Some(value),
            Err(code) => {
                self.invalid_conversion(code, x, self.named_underlying(typ));
                x.invalidate();
            }
        }
    }

    /// The value of a constant in a basic type, or why it has none.
    pub(crate) fn representation(&self, x: &Operand, basic: Basic) -> Result<Constant, Code> {
        if let Some(value) = x.const_val().represent(basic, self.word()) {
            return Ok(value);
        }
        let store = self.store;
        Err(if store.is_numeric(x.typ) && basic.is_numeric() {
            if !store.is_integer(x.typ) && basic.is_integer() {
                Code::TruncatedFloat
            } else {
                Code::NumericOverflow
            }
        } else {
            Code::InvalidConstVal
        })
    }

    /// Reports that a value cannot be converted.
    fn invalid_conversion(&mut self, code: Code, x: &Operand, target: TypeId) {
        let operand = self.operand_str(x);
        let target = self.type_str(target);
        let msg = match code {
            Code::TruncatedFloat => format!("{operand} truncated to {target}"),
            Code::NumericOverflow => format!("{operand} overflows {target}"),
            _ => format!("cannot convert {operand} to type {target}"),
        };
        self.error(x, code, msg);
    }

    /// Gives an untyped operand the type that its context asks for.
    pub(crate) fn convert_untyped(&mut self, x: &mut Operand, target: TypeId) {
        match self.implicit_type_and_value(x, target) {
            Err(code) => {
                let shown = if self.store.is_tparam(target) {
                    target
                } else {
                    self.named_underlying(target)
                };
                self.invalid_conversion(code, x, shown);
                x.invalidate();
            }
            Ok(implicit) => self.apply_implicit(x, implicit),
        }
    }

    /// Takes over type and value that [`Checker::implicit_type_and_value`] found.
    pub(crate) fn apply_implicit(
        &mut self,
        x: &mut Operand,
        (typ, val): (TypeId, Option<Constant>),
    ) {
        if let Some(val) = val {
            if let Some(e) = x.expr
                && let Some(info) = self.untyped.get_mut(&(self.env.file, e))
            {
                info.val = Some(val.clone());
            }
            x.val = Some(val);
        }
        if typ != x.typ {
            x.typ = typ;
            if let Some(e) = x.expr {
                self.update_expr_type(e, typ, false);
            }
        }
    }

    /// The type, and for a constant the value, that an untyped operand has where a value of type `target` is
    /// expected.
    pub(crate) fn implicit_type_and_value(
        &mut self,
        x: &Operand,
        target: TypeId,
    ) -> Result<(TypeId, Option<Constant>), Code> {
        let store = self.store;
        if x.is_invalid() || !store.is_untyped(x.typ) || !store.is_valid(target) {
            return Ok((x.typ, None));
        }
        const NO: Code = Code::InvalidUntypedConversion;
        if store.is_untyped(target) {
            return store
                .max_type(x.typ, target)
                .map(|max| (max, None))
                .ok_or(NO);
        }
        if x.is_nil() {
            return if store.has_nil(target) {
                Ok((target, None))
            } else {
                Err(NO)
            };
        }
        match store.kind(store.underlying(target)) {
            TypeKind::Basic(basic) => {
                if x.is_const() {
                    return self
                        .representation(x, *basic)
                        .map(|value| (target, Some(value)));
                }
                // Values without type are comparisons and shifts of constants.
                let fits = match self.store.basic_kind(x.typ) {
                    Some(Basic::UntypedBool) => basic.is_boolean(),
                    Some(
                        Basic::UntypedInt
                        | Basic::UntypedRune
                        | Basic::UntypedFloat
                        | Basic::UntypedComplex,
                    ) => basic.is_numeric(),
                    Some(Basic::UntypedString) => basic.is_string(),
                    _ => false,
                };
                if fits { Ok((target, None)) } else { Err(NO) }
            }
            TypeKind::Interface(_) if store.is_tparam(target) => {
                let terms = store.specific_types(target).unwrap_or_default();
                let all = !terms.is_empty()
                    && terms
                        .iter()
                        .all(|&(_, under)| self.implicit_type_and_value(x, under).is_ok());
                if all { Ok((target, None)) } else { Err(NO) }
            }
            // Values in an interface have concrete types: the default type.
            TypeKind::Interface(_)
                if store.type_set(target).is_all() && store.type_set(target).methods.is_empty() =>
            {
                Ok((store.default_type(x.typ), None))
            }
            _ => Err(NO),
        }
    }

    /// Gives an untyped expression, and those of its operands that share its type, the type `typ`. With `last`, or
    /// where the type is typed, it is final and recorded.
    pub(crate) fn update_expr_type(&mut self, e: ExprId, typ: TypeId, last: bool) {
        let key = (self.env.file, e);
        let Some(mut old) = self.untyped.remove(&key) else {
            return;
        };
        let constant = old.val.is_some();
        match &self.tree().expr[e].kind {
            ExprKind::Paren(x) => self.update_expr_type(*x, typ, last),
            // Operands of constant operations are never made into values of the type.
            ExprKind::Unary { x, .. } if !constant => self.update_expr_type(*x, typ, last),
            ExprKind::Binary { op, x, y, .. } if !constant => match op {
                // The result type is independent of the operands'.
                BinaryOp::Eq
                | BinaryOp::Ne
                | BinaryOp::Lt
                | BinaryOp::Le
                | BinaryOp::Gt
                | BinaryOp::Ge => {}
                BinaryOp::Shl | BinaryOp::Shr => self.update_expr_type(*x, typ, last),
                BinaryOp::LogOr
                | BinaryOp::LogAnd
                | BinaryOp::Add
                | BinaryOp::Sub
                | BinaryOp::Or
                | BinaryOp::Xor
                | BinaryOp::Mul
                | BinaryOp::Div
                | BinaryOp::Rem
                | BinaryOp::And
                | BinaryOp::AndNot => {
                    self.update_expr_type(*x, typ, last);
                    self.update_expr_type(*y, typ, last);
                }
            },
            _ => {}
        }
        if !last && self.store.is_untyped(typ) {
            old.typ = self.store.underlying(typ);
            self.untyped.insert(key, old);
            return;
        }
        if old.is_lhs && !self.store.all_integer(typ) {
            let msg = format!(
                "invalid operation: shifted operand {} (type {}) must be integer",
                self.expr_str(e),
                self.type_str(typ)
            );
            self.error(e, Code::InvalidShiftOperand, msg);
            return;
        }
        // Lowering wants the value as the type holds it: an integer for an integer type, rounded for floats.
        let basic = self.store.basic_kind(typ);
        let held = basic.and_then(|basic| old.val.as_ref()?.represent(basic, self.word()));
        if held.is_some() && !self.store.is_untyped(typ) {
            self.record_type_and_value(e, old.mode, typ, held);
            return;
        }
        let val = held.or_else(|| old.val.clone());
        if constant {
            let mut x = Operand {
                mode: old.mode,
                typ: old.typ,
                val: old.val,
                expr: Some(e),
                name: None,
            };
            self.convert_untyped(&mut x, typ);
            if x.is_invalid() {
                return;
            }
        }
        self.record_type_and_value(e, old.mode, typ, val);
    }
}
