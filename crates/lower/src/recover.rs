//! `recover`, and whether a deferred call may recover (*Handling panics*, decision record 0013).
//!
//! Only the function that the panic calls, itself and not through others, may recover. Before such a call the runtime
//! sets the global `runtime.deferCallee` to the table index of the code it calls. A function with a call of `recover`
//! compares that with its own index on entry, and clears it. A generated function between the two (an adapter, a
//! promoted method, a deferred call with arguments) that finds its own index there puts the index of what it calls
//! in its place.

use crate::call::Callee;
use crate::cx::{Cx, Source};
use crate::func::FuncLowering;
use crate::methods::MethodTarget;
use crate::program::Callable;
use crate::scalars::Vals;
use polkago_ir::{BinaryOp, Global, InstData, Symbol, Type, Value};
use polkago_syntax::{BlockId, ExprId, ExprKind};
use polkago_types::{Builtin, Mode, ObjKind, SelectionKind};

/// The global with the table index of the code that a panic calls.
const DEFER_CALLEE: &str = "runtime.deferCallee";

/// Whether a function body calls `recover` itself, and not in a function literal.
pub(crate) fn recovers(source: Source<'_>, body: BlockId) -> bool {
    let tree = source.tree;
    let inside = |inner, outer: BlockId| {
        let outer = &tree.blocks[outer];
        outer.lbrace <= inner && inner <= outer.rbrace
    };
    let literals = || {
        tree.expr.values().filter_map(|e| match e.kind {
            ExprKind::FuncLit { body, .. } => Some(body),
            _ => None,
        })
    };
    source.info.exprs.iter().any(|(e, info)| {
        if info.mode != Mode::Builtin(Builtin::Recover) {
            return false;
        }
        let pos = tree.expr[e].span.start;
        inside(pos, body)
            && !literals()
                .any(|lit| lit != body && inside(tree.blocks[lit].lbrace, body) && inside(pos, lit))
    })
}

impl Cx<'_> {
    /// Whether a function may recover when it is called by a panic.
    pub fn may_recover(&self, callable: &Callable) -> bool {
        match callable {
            Callable::Declared(inst) => self
                .func_body(inst.obj)
                .is_some_and(|(source, body)| recovers(source, body)),
            Callable::Method { recv, name, pkg } => {
                match self.find_method(*recv, *name, *pkg).map(|m| m.target) {
                    Some(MethodTarget::Declared { inst, .. }) => {
                        self.may_recover(&Callable::Declared(inst))
                    }
                    Some(MethodTarget::Interface { .. }) => true,
                    None => false,
                }
            }
        }
    }
}

impl FuncLowering<'_> {
    /// Whether a deferred call may recover.
    pub fn call_may_recover(&self, call: ExprId) -> bool {
        let ExprKind::Call { fun, .. } = self.kind(self.unparen(call)) else {
            return false;
        };
        let fun = self.unparen(*fun);
        if self.builtin(fun).is_some() {
            return false;
        }
        let info = self.src().info;
        if let ExprKind::FuncLit { body, .. } = self.kind(fun) {
            return recovers(self.src(), *body);
        }
        if let Some(id) = self.called_name(fun)
            && let Some(obj) = info.uses[id].expand()
            && matches!(self.cx.obj(obj).kind, ObjKind::Func(_))
        {
            let inst = self.func_inst(id, obj);
            return self.cx.may_recover(&Callable::Declared(inst));
        }
        if let ExprKind::Selector { x, .. } = self.kind(fun)
            && let Some(selection) = info.selections.get(&fun)
        {
            let (name, pkg) = self.selected_name(fun);
            let recv = match selection.kind {
                SelectionKind::MethodValue => self.typ(*x),
                SelectionKind::MethodExpr => self.cx.subst(selection.recv, &self.subst),
                SelectionKind::Field => return true,
            };
            return self.cx.may_recover(&Callable::Method { recv, name, pkg });
        }
        true
    }

    /// `recover()`.
    pub fn recover(&mut self) -> Vals {
        let direct = self.is_direct();
        self.rt("gorecover", &[direct])
    }

    /// Whether `recover` in this function sees a panic.
    pub fn is_direct(&mut self) -> Value {
        // No panic calls the body of a range statement over a function, whatever it calls around it.
        match self.range {
            Some(_) => self.bool(false),
            None => self.called_by_panic(),
        }
    }

    /// Whether a panic called this function: read on entry.
    pub fn called_by_panic(&mut self) -> Value {
        if let Some(known) = self.by_panic {
            return known;
        }
        let b = &mut self.b;
        // A copy of the body would have another caller.
        b.func_mut().attrs.noinline = true;
        let own = b.func().name.clone();
        let own = b.sym(&own);
        let global = b.sym(&DEFER_CALLEE.into());
        let ty = Type::I32;
        let x = b.at_entry(InstData::GlobalGet { global, ty });
        let y = b.at_entry(InstData::FuncIndex(own));
        let zero = b.at_entry(InstData::I32Const(0));
        if let (Some(x), Some(y), Some(value)) = (x, y, zero) {
            let op = BinaryOp::Eq;
            self.by_panic = b.at_entry(InstData::Binary { op, x, y });
            b.at_entry(InstData::GlobalSet { global, value });
        }
        self.defer_callee_global();
        self.by_panic.expect("a comparison has a result")
    }

    /// In a generated function that is about to call what it stands for: if a panic called this function, it calls
    /// that.
    pub fn pass_on_panic(&mut self, callee: &Callee) {
        let code = match callee {
            Callee::Func(callable) if !self.cx.may_recover(callable) => return,
            Callee::Func(callable) => {
                let symbol: Symbol = self.cx.callable_symbol(callable).into();
                self.b.func_index(&symbol)
            }
            Callee::Closure(closure) => {
                self.nil_check(*closure);
                self.load_i32(*closure, 0)
            }
            Callee::Table(code) => *code,
        };
        let global: Symbol = DEFER_CALLEE.into();
        let own = self.b.func().name.clone();
        let own = self.b.func_index(&own);
        let called = self.b.global_get(&global, Type::I32);
        let by_panic = self.b.binary(BinaryOp::Eq, called, own);
        let next = self.b.select(by_panic, code, called);
        self.b.global_set(&global, next);
        self.defer_callee_global();
    }

    /// Sets the index of the code that a panic is about to call.
    pub fn set_defer_callee(&mut self, code: Value) {
        self.b.global_set(&DEFER_CALLEE.into(), code);
        self.defer_callee_global();
    }

    fn defer_callee_global(&mut self) {
        self.out.globals.push(Global {
            name: DEFER_CALLEE.into(),
            ty: Type::I32,
            init: 0,
        });
    }
}
