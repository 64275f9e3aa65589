//! Pointers that stay alive during a call although it takes them as integers: the directives `//go:uintptrescapes` and
//! `//go:uintptrkeepalive` (documentation of the official compiler).

use crate::call::{Callee, ReadyCall};
use crate::func::FuncLowering;
use crate::program::Callable;
use polkago_ir::{InstData, UnaryOp, Value, ValueDef};
use polkago_syntax::{ExprId, ExprKind};
use polkago_types::{Basic, Mode};

impl FuncLowering<'_> {
    /// The pointers that are converted to integers in the arguments of a call, and stay alive during that because a
    /// directive of the function says so.
    pub fn kept_pointers(&mut self, ready: &ReadyCall, args: &[ExprId]) -> Vec<Value> {
        let Callee::Func(Callable::Declared(inst)) = &ready.callee else {
            return Vec::new();
        };
        let keeps = self.cx.func_decl(inst.obj).is_some_and(|(source, decl)| {
            let mut directives = source.tree.directives(decl.directives).iter();
            directives.any(|d| {
                let text = source.tree.text(d.text);
                matches!(text, "go:uintptrescapes" | "go:uintptrkeepalive")
            })
        });
        // One argument, one scalar: the integers among the arguments are looked up by their places.
        if !keeps || ready.args.len() != args.len() {
            return Vec::new();
        }
        let ints = args.iter().zip(&ready.args);
        let ints: Vec<Value> = ints
            .filter(|&(&arg, _)| self.converts_pointer(arg))
            .map(|(_, &value)| value)
            .collect();
        ints.into_iter()
            .filter_map(|v| self.pointer_of(v))
            .collect()
    }

    /// Whether an expression is `uintptr(p)` of an `unsafe.Pointer`.
    fn converts_pointer(&self, e: ExprId) -> bool {
        let ExprKind::Call { fun, args, .. } = self.kind(self.unparen(e)) else {
            return false;
        };
        let args = self.src().tree.exprs(*args);
        self.mode(self.unparen(*fun)) == Mode::Type
            && self.cx.as_basic(self.typ(e)) == Some(Basic::Uintptr)
            && matches!(args, [x] if self.cx.as_basic(self.typ(*x)) == Some(Basic::UnsafePointer))
    }

    /// The pointer that an integer was made from.
    fn pointer_of(&self, integer: Value) -> Option<Value> {
        let func = self.b.func();
        let ValueDef::Result(inst, _) = func.values[integer].def else {
            return None;
        };
        match func.insts[inst] {
            InstData::Unary {
                op: UnaryOp::RefToInt,
                x,
                ..
            } => Some(x),
            _ => None,
        }
    }
}
