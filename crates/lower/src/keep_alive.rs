//! Pointers that stay alive during a call although it takes them as integers: the directives `//go:uintptrescapes` and
//! `//go:uintptrkeepalive` (documentation of the official compiler).

use crate::call::ReadyCall;
use crate::func::FuncLowering;
use crate::methods::MethodTarget;
use polkago_ir::Value;
use polkago_syntax::{ExprId, ExprKind};
use polkago_types::{ObjId, SelectionKind};

impl FuncLowering<'_> {
    /// Evaluates the operands of a call, and gives the pointers that must be alive until it is over.
    pub fn ready_call_keeping(
        &mut self,
        fun: ExprId,
        args: &[ExprId],
        spread: bool,
    ) -> (ReadyCall, Vec<Value>) {
        let callee = self.called_func(fun);
        if !callee.is_some_and(|obj| self.keeps_pointers(obj)) {
            return (self.ready_call(fun, args, spread), Vec::new());
        }
        let before = self.kept.replace(Vec::new());
        let ready = self.ready_call(fun, args, spread);
        let kept = std::mem::replace(&mut self.kept, before);
        (ready, kept.unwrap_or_default())
    }

    /// Notes a pointer that becomes an integer.
    pub fn note_pointer(&mut self, pointer: Value) {
        if let Some(kept) = &mut self.kept {
            kept.push(pointer);
        }
    }

    /// Keeps what pointers refer to alive up to here.
    pub fn keep_alive(&mut self, pointers: &[Value]) {
        for &pointer in pointers {
            let none = self.b.null();
            self.rt("KeepAlive", &[none, pointer]);
        }
    }

    /// Whether a function has one of the directives.
    fn keeps_pointers(&self, obj: ObjId) -> bool {
        self.cx.func_decl(obj).is_some_and(|(source, decl)| {
            let mut directives = source.tree.directives(decl.directives).iter();
            directives.any(|d| {
                let text = source.tree.text(d.text);
                matches!(text, "go:uintptrescapes" | "go:uintptrkeepalive")
            })
        })
    }

    /// The declared function or method that a call names.
    fn called_func(&self, fun: ExprId) -> Option<ObjId> {
        let info = self.src().info;
        if let Some(id) = self.called_name(fun) {
            return info.uses[id].expand();
        }
        let ExprKind::Selector { x, .. } = self.kind(fun) else {
            return None;
        };
        let selection = info.selections.get(&fun)?;
        if selection.kind != SelectionKind::MethodValue {
            return None;
        }
        let (name, pkg) = self.selected_name(fun);
        match self.cx.find_method(self.typ(*x), name, pkg)?.target {
            MethodTarget::Declared { inst, .. } => Some(inst.obj),
            MethodTarget::Interface { .. } => None,
        }
    }
}
