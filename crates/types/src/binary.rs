//! Binary operations: arithmetic, comparisons and shifts (*Operators*).

use crate::checker::Checker;
use crate::constant::CompareOp;
use crate::errors::Code;
use crate::operand::Operand;
use crate::predicates::Incomparable;
use crate::{Basic, Constant, TypeId, TypeKind};
use polkago_syntax::{BinaryOp, ExprId};

/// Largest constant shift count: enough to express the smallest float64.
const SHIFT_BOUND: u64 = 1023 - 1 + 52;

impl Checker<'_> {
    /// Checks `lhs op rhs`. `e` is the binary expression; `None` for an assignment operation.
    pub(crate) fn binary(
        &mut self,
        e: Option<ExprId>,
        lhs: ExprId,
        rhs: ExprId,
        op: BinaryOp,
    ) -> Operand {
        let mut x = self.expr(None, lhs);
        let mut y = self.expr(None, rhs);
        if x.is_invalid() {
            return x;
        }
        if y.is_invalid() {
            x.invalidate();
            x.expr = y.expr;
            return x;
        }
        if matches!(op, BinaryOp::Shl | BinaryOp::Shr) {
            self.shift(&mut x, &mut y, e, op);
            return x;
        }
        self.match_types(&mut x, &mut y);
        if x.is_invalid() {
            return x;
        }
        if let Some(compare) = CompareOp::of(op) {
            self.comparison(&mut x, &mut y, compare, op, false);
            return x;
        }
        let store = self.store;
        if !store.identical(x.typ, y.typ) {
            if store.is_valid(x.typ) && store.is_valid(y.typ) {
                let (left, right) = (self.type_str(x.typ), self.type_str(y.typ));
                let operation = match e {
                    Some(e) => self.expr_str(e),
                    None => format!(
                        "{} {}= {}",
                        self.expr_str(lhs),
                        op.text(),
                        self.expr_str(rhs)
                    ),
                };
                let msg =
                    format!("invalid operation: {operation} (mismatched types {left} and {right})");
                self.error(&x, Code::MismatchedTypes, msg);
            }
            x.invalidate();
            return x;
        }
        if !self.operator_defined(&x, op) {
            x.invalidate();
            return x;
        }
        if matches!(op, BinaryOp::Div | BinaryOp::Rem) && self.divides_by_zero(&x, &y) {
            self.error(&y, Code::DivByZero, "invalid operation: division by zero");
            x.invalidate();
            return x;
        }
        if x.is_const() && y.is_const() {
            if x.const_val().is_unknown() || y.const_val().is_unknown() {
                x.val = Some(Constant::Unknown);
                return x;
            }
            x.val = Some(
                x.const_val()
                    .binary(op, y.const_val(), store.is_integer(x.typ)),
            );
            x.expr = e;
            let at = self.op_pos(e.unwrap_or(lhs));
            self.overflow(&mut x, at);
            return x;
        }
        x.mode = crate::Mode::Value;
        x.val = None;
        x
    }

    /// Whether a division has a divisor that is the constant zero.
    fn divides_by_zero(&self, x: &Operand, y: &Operand) -> bool {
        let store = self.store;
        if (x.is_const() || store.all_integer(x.typ)) && y.is_const() && y.const_val().sign() == 0 {
            return true;
        }
        if x.is_const() && y.is_const() && store.is_complex(x.typ) {
            // The squares may underflow to zero where the parts are not.
            let square = |part: Constant| part.binary(BinaryOp::Mul, &part, false);
            let (re, im) = (square(y.const_val().real()), square(y.const_val().imag()));
            return re.sign() == 0 && im.sign() == 0;
        }
        false
    }

    /// Whether a binary operator other than shifts and comparisons is defined on an operand; else reports an error.
    fn operator_defined(&mut self, x: &Operand, op: BinaryOp) -> bool {
        let store = self.store;
        let defined = match op {
            BinaryOp::Add => store.all_numeric_or_string(x.typ),
            BinaryOp::Sub | BinaryOp::Mul | BinaryOp::Div => store.all_numeric(x.typ),
            BinaryOp::Rem | BinaryOp::And | BinaryOp::Or | BinaryOp::Xor | BinaryOp::AndNot => {
                store.all_integer(x.typ)
            }
            BinaryOp::LogAnd | BinaryOp::LogOr => store.all_boolean(x.typ),
            BinaryOp::Eq
            | BinaryOp::Ne
            | BinaryOp::Lt
            | BinaryOp::Le
            | BinaryOp::Gt
            | BinaryOp::Ge
            | BinaryOp::Shl
            | BinaryOp::Shr => true,
        };
        if !defined {
            let msg = format!(
                "invalid operation: operator {} not defined on {}",
                op.text(),
                self.operand_str(x)
            );
            self.error(x, Code::UndefinedOp, msg);
        }
        defined
    }

    /// Converts untyped operands of a binary operation to each other's type, as far as that may succeed.
    pub(crate) fn match_types(&mut self, x: &mut Operand, y: &mut Operand) {
        if self.may_convert(x, y) {
            self.convert_untyped(x, y.typ);
            if x.is_invalid() {
                return;
            }
            self.convert_untyped(y, x.typ);
            if y.is_invalid() {
                x.invalidate();
            }
        }
    }

    /// Whether operands may have matching types once untyped ones are converted. Where not, the mismatch is
    /// reported as such and not as a failed conversion.
    fn may_convert(&self, x: &Operand, y: &Operand) -> bool {
        let store = self.store;
        if !store.is_untyped(x.typ) && !store.is_untyped(y.typ) {
            return false;
        }
        if store.all_numeric(x.typ) != store.all_numeric(y.typ) {
            return false;
        }
        if store.is_value_interface(x.typ) || store.is_value_interface(y.typ) {
            return true;
        }
        if store.all_boolean(x.typ) != store.all_boolean(y.typ)
            || store.all_string(x.typ) != store.all_string(y.typ)
        {
            return false;
        }
        if x.is_nil() {
            return store.has_nil(y.typ);
        }
        if y.is_nil() {
            return store.has_nil(x.typ);
        }
        let is_pointer =
            |t: TypeId| matches!(store.kind(store.underlying(t)), TypeKind::Pointer(_));
        !is_pointer(x.typ) && !is_pointer(y.typ)
    }

    /// Checks a comparison; the result is in `x`. In a switch, `x` is the case and `y` the tag (*Comparison
    /// operators*).
    pub(crate) fn comparison(
        &mut self,
        x: &mut Operand,
        y: &mut Operand,
        compare: CompareOp,
        op: BinaryOp,
        switch_case: bool,
    ) {
        let store = self.store;
        if !store.is_valid(x.typ) || !store.is_valid(y.typ) {
            x.invalidate();
            return;
        }
        if let Err((at_y, code, cause)) = self.comparable_operands(x, y, compare) {
            self.comparison_error(x, y, op, switch_case, at_y, code, cause);
            x.invalidate();
            return;
        }
        if x.is_const() && y.is_const() {
            x.val = Some(Constant::Bool(
                x.const_val().compare(compare, y.const_val()),
            ));
        } else {
            x.mode = crate::Mode::Value;
            x.val = None;
            // Both operands become values now, of their default types where they are untyped.
            for operand in [&*x, &*y] {
                if let Some(e) = operand.expr {
                    self.update_expr_type(e, store.default_type(operand.typ), true);
                }
            }
        }
        x.typ = store.basic(Basic::UntypedBool);
    }

    /// Whether two operands may be compared; else whether the error is at the second, its code and cause.
    fn comparable_operands(
        &mut self,
        x: &Operand,
        y: &Operand,
        compare: CompareOp,
    ) -> Result<(), (bool, Code, String)> {
        let store = self.store;
        if !self.is_assignable(x, y.typ) && !self.is_assignable(y, x.typ) {
            let cause = format!(
                "mismatched types {} and {}",
                self.type_str(x.typ),
                self.type_str(y.typ)
            );
            return Err((true, Code::MismatchedTypes, cause));
        }
        let undefined = |at_y, cause| Err((at_y, Code::UndefinedOp, cause));
        match compare {
            CompareOp::Eq | CompareOp::Ne => {
                if x.is_nil() || y.is_nil() {
                    let typ = if x.is_nil() { y.typ } else { x.typ };
                    // Only `nil == nil` gets here without one.
                    if !store.has_nil(typ) {
                        return undefined(true, String::new());
                    }
                } else if !store.is_comparable(x.typ) {
                    return undefined(false, self.comparison_cause(x.typ));
                } else if !store.is_comparable(y.typ) {
                    return undefined(true, self.comparison_cause(y.typ));
                }
            }
            CompareOp::Lt | CompareOp::Le | CompareOp::Gt | CompareOp::Ge => {
                if !store.all_ordered(x.typ) {
                    return undefined(false, String::new());
                }
                if !store.all_ordered(y.typ) {
                    return undefined(true, String::new());
                }
            }
        }
        Ok(())
    }

    /// Reports a comparison that is not allowed.
    #[expect(clippy::too_many_arguments, reason = "the parts of one message")]
    fn comparison_error(
        &mut self,
        x: &Operand,
        y: &Operand,
        op: BinaryOp,
        switch_case: bool,
        at_y: bool,
        code: Code,
        cause: String,
    ) {
        let store = self.store;
        let mut at = if at_y { y } else { x };
        let op = op.text();
        let cause = if !cause.is_empty() {
            cause
        } else if store.is_tparam(x.typ) || store.is_tparam(y.typ) {
            if !store.is_tparam(x.typ) {
                at = y;
            }
            format!(
                "type parameter {} cannot use operator {op}",
                self.type_str(at.typ)
            )
        } else {
            let kind = self.composite_kind(at.typ);
            let what = if kind.is_empty() {
                self.type_str(at.typ)
            } else {
                kind.to_owned()
            };
            format!("operator {op} not defined on {what}")
        };
        let (left, right) = (self.operand_expr_str(x), self.operand_expr_str(y));
        if switch_case {
            self.error(
                x,
                code,
                format!("invalid case {left} in switch on {right} ({cause})"),
            );
        } else {
            self.error(
                at,
                code,
                format!("invalid operation: {left} {op} {right} ({cause})"),
            );
        }
    }

    /// Why a type is not comparable, where there is more to say.
    fn comparison_cause(&self, t: TypeId) -> String {
        let store = self.store;
        match store.kind(store.underlying(t)) {
            TypeKind::Slice(_) | TypeKind::Func(_) | TypeKind::Map { .. } => {
                format!("{} can only be compared to nil", self.composite_kind(t))
            }
            _ => self.comparable_cause(t),
        }
    }

    /// Why a type is not comparable by its parts, where there is more to say.
    fn comparable_cause(&self, t: TypeId) -> String {
        match self.store.incomparable_cause(t, true, &mut Vec::new()) {
            Some(Incomparable::Field(field)) => format!(
                "struct containing {} cannot be compared",
                self.type_str(field)
            ),
            Some(Incomparable::Array(array)) => {
                format!("{} cannot be compared", self.type_str(array))
            }
            Some(Incomparable::EmptyTypeSet) => "empty type set".to_owned(),
            Some(Incomparable::TypeSet) => "incomparable types in type set".to_owned(),
            Some(Incomparable::Other) | None => String::new(),
        }
    }

    /// Checks a shift; the result is in `x` (*Operators*, shifts).
    fn shift(&mut self, x: &mut Operand, y: &mut Operand, e: Option<ExprId>, op: BinaryOp) {
        let store = self.store;
        let x_int = if x.is_const() {
            x.const_val().to_int()
        } else {
            Constant::Unknown
        };
        if !(store.all_integer(x.typ) || store.is_untyped(x.typ) && x_int.as_int().is_some()) {
            let msg = format!(
                "invalid operation: shifted operand {} must be integer",
                self.operand_str(x)
            );
            self.error(&*x, Code::InvalidShiftOperand, msg);
            x.invalidate();
            return;
        }
        if !self.valid_shift_count(y) {
            x.invalidate();
            return;
        }
        if x.is_const() {
            if y.is_const() {
                self.constant_shift(x, &x_int, y, e, op);
                return;
            }
            if store.is_untyped(x.typ) {
                // The type of the constant is what it would be without the shift: wait for it.
                if let Some(e) = x.expr
                    && let Some(info) = self.untyped.get_mut(&(self.env.file, e))
                {
                    info.is_lhs = true;
                }
                x.mode = crate::Mode::Value;
                x.val = None;
                return;
            }
        }
        if !store.all_integer(x.typ) {
            let msg = format!(
                "invalid operation: shifted operand {} must be integer",
                self.operand_str(x)
            );
            self.error(&*x, Code::InvalidShiftOperand, msg);
            x.invalidate();
            return;
        }
        x.mode = crate::Mode::Value;
        x.val = None;
    }

    /// Checks the right operand of a shift.
    fn valid_shift_count(&mut self, y: &mut Operand) -> bool {
        let store = self.store;
        if y.is_const() {
            let count = y.const_val().to_int();
            if count.as_int().is_some() && count.sign() < 0 {
                let msg = format!(
                    "invalid operation: negative shift count {}",
                    self.operand_str(y)
                );
                self.error(&*y, Code::InvalidShiftCount, msg);
                return false;
            }
            if store.is_untyped(y.typ) {
                self.representable(y, store.basic(Basic::Uint));
                return !y.is_invalid();
            }
            // A typed constant may be of any type, as in the official compiler, if only its value is an integer.
            if count.as_int().is_some() || y.const_val().is_unknown() {
                return true;
            }
        } else if store.all_integer(y.typ) {
            if store.all_unsigned(y.typ) {
                return true;
            }
            let what = format!(
                "invalid operation: signed shift count {}",
                self.operand_str(y)
            );
            return self.verify_version(&*y, 13, &what);
        } else if store.is_untyped(y.typ) {
            self.convert_untyped(y, store.basic(Basic::Uint));
            return !y.is_invalid();
        }
        let msg = format!(
            "invalid operation: shift count {} must be integer",
            self.operand_str(y)
        );
        self.error(&*y, Code::InvalidShiftCount, msg);
        false
    }

    /// A shift of a constant by a constant.
    fn constant_shift(
        &mut self,
        x: &mut Operand,
        x_int: &Constant,
        y: &Operand,
        e: Option<ExprId>,
        op: BinaryOp,
    ) {
        let store = self.store;
        let unknown = x.const_val().is_unknown() || y.const_val().is_unknown();
        let count = y
            .const_val()
            .to_int()
            .to_u64()
            .filter(|&count| count <= SHIFT_BOUND);
        if !unknown && count.is_none() {
            let msg = format!(
                "invalid operation: invalid shift count {}",
                self.operand_str(y)
            );
            self.error(y, Code::InvalidShiftCount, msg);
            x.invalidate();
            return;
        }
        // An untyped constant such as 2.0 is shifted as an integer.
        if !store.is_integer(x.typ) {
            x.typ = store.basic(Basic::UntypedInt);
        }
        if unknown {
            x.val = Some(Constant::Unknown);
            return;
        }
        x.val = Some(x_int.shift(op == BinaryOp::Shl, count.unwrap_or(0) as usize));
        let at = e.or(x.expr).map(|e| self.op_pos(e));
        x.expr = e;
        if let Some(at) = at {
            self.overflow(x, at);
        }
    }
}
