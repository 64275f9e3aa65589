//! Recording of types and values in the side tables.

use crate::checker::Checker;
use crate::operand::Operand;
use crate::untyped::UntypedInfo;
use crate::{Constant, ExprInfo, Mode, Selection, TypeId};
use cranelift_entity::packed_option::PackedOption;
use polkago_syntax::{ExprId, ExprKind};

impl Checker<'_> {
    /// Records what was found out about the expression of an operand; an untyped one waits for its type.
    pub(crate) fn record(&mut self, x: &Operand) {
        let Some(e) = x.expr else { return };
        if x.mode != Mode::Invalid && x.mode != Mode::NoValue && self.store.is_untyped(x.typ) {
            let val = if x.is_const() { x.val.clone() } else { None };
            let info = UntypedInfo {
                is_lhs: false,
                mode: x.mode,
                typ: x.typ,
                val,
            };
            self.untyped.insert((self.env.file, e), info);
        } else {
            let val = if x.is_const() { x.val.clone() } else { None };
            self.record_type_and_value(e, x.mode, x.typ, val);
        }
    }

    /// Records final mode, type and value of an expression.
    pub(crate) fn record_type_and_value(
        &mut self,
        e: ExprId,
        mode: Mode,
        typ: TypeId,
        val: Option<Constant>,
    ) {
        let typ = match mode {
            Mode::Invalid => return,
            Mode::NoValue => PackedOption::default(),
            Mode::Builtin(_)
            | Mode::Type
            | Mode::Constant
            | Mode::Variable
            | Mode::MapIndex
            | Mode::Value
            | Mode::Nil
            | Mode::CommaOk
            | Mode::Package => typ.into(),
        };
        let info = self.info();
        info.exprs[e] = ExprInfo { mode, typ };
        if let Some(val) = val
            && mode == Mode::Constant
        {
            info.consts.insert(e, val);
        }
    }

    /// Records what is left without type at the end of the package: constants that only other constants are made of
    /// keep their untyped type, a value such as the condition of an if statement has its default type.
    pub(crate) fn record_untyped(&mut self) {
        let mut left: Vec<_> = std::mem::take(&mut self.untyped).into_iter().collect();
        left.sort_by_key(|(key, _)| *key);
        for ((file, e), info) in left {
            self.env.file = file;
            let typ = if info.mode == Mode::Constant {
                info.typ
            } else {
                self.store.default_type(info.typ)
            };
            self.record_type_and_value(e, info.mode, typ, info.val);
        }
    }

    /// Records that an expression, possibly in parentheses, denotes a called builtin.
    pub(crate) fn record_builtin(&mut self, fun: ExprId, mode: Mode) {
        let mut e = fun;
        loop {
            self.record_type_and_value(e, mode, self.store.invalid(), None);
            match &self.tree().expr[e].kind {
                ExprKind::Paren(inner) => e = *inner,
                _ => return,
            }
        }
    }

    /// Records that an expression is used for its value and a boolean: its type is a tuple of both.
    pub(crate) fn record_comma_ok(&mut self, e: ExprId, value: TypeId, ok: TypeId) {
        let tuple = self.store.tuple_of(vec![value, ok]);
        let mut e = e;
        loop {
            self.info().exprs[e].typ = tuple.into();
            match &self.tree().expr[e].kind {
                ExprKind::Paren(inner) => e = *inner,
                _ => return,
            }
        }
    }

    /// Records what a selector expression selects.
    pub(crate) fn record_selection(&mut self, e: ExprId, selection: Selection) {
        self.info().selections.insert(e, selection);
    }
}
