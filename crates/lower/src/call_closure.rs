//! Calls as closures, for defer and go statements: the function value, the receiver and the arguments are evaluated at
//! once, and a closure of type `func()` makes the call later and drops its results.
//!
//! A function value without parameters and results is that closure itself; otherwise there is a generated function over
//! the operands.

use crate::call::{Callee, ReadyCall};
use crate::closure::Capture;
use crate::func::FuncLowering;
use crate::scalars::{Context, FuncTypes, Vals};
use polkago_ir::{BinaryOp, Symbol, Value};
use polkago_syntax::{ExprId, ExprKind};
use polkago_types::{Basic, Builtin, TypeId};

/// What a call is made a closure for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Wrapper {
    /// A go statement.
    Go,
    /// A defer statement.
    Defer {
        /// It runs at most once a call of the function.
        once: bool,
    },
}

impl Wrapper {
    /// Whether the closure may stand in the frame.
    fn in_frame(self) -> bool {
        self == Self::Defer { once: true }
    }
}

impl FuncLowering<'_> {
    /// A closure of type `func()` that makes a call, whose operands are evaluated now.
    pub fn call_closure(&mut self, call: ExprId, wrapper: Wrapper) -> Value {
        let call = self.unparen(call);
        let ExprKind::Call {
            fun,
            args,
            ellipsis,
            ..
        } = self.kind(call)
        else {
            return self.b.null();
        };
        let (fun, spread) = (self.unparen(*fun), ellipsis.is_some());
        let args = self.src().tree.exprs(*args);
        if let Some(builtin) = self.builtin(fun) {
            let operands = self.builtin_operands(builtin, args);
            return self.generated_closure(wrapper, operands, |f, operands| {
                f.builtin_of_operands(builtin, operands);
            });
        }
        let types = self.cx.func_types_of(self.typ(fun));
        let plain = types.params.is_empty() && types.results.is_empty();
        if plain && let ExprKind::FuncLit { .. } = self.kind(fun) {
            return self.func_lit(fun, wrapper.in_frame())[0];
        }
        let (ready, kept) = self.ready_call_keeping(fun, args, spread);
        match &ready.callee {
            Callee::Closure(closure) if plain => return *closure,
            Callee::Func(callable) if plain && ready.types.recv.is_none() => {
                return self.callable_value(callable.clone())[0];
            }
            Callee::Closure(_) | Callee::Func(_) | Callee::Table(_) => {}
        }
        self.ready_closure(ready, &kept, wrapper)
    }

    /// A closure that makes a call whose operands have been evaluated, and keeps pointers until it is over.
    fn ready_closure(&mut self, ready: ReadyCall, kept: &[Value], wrapper: Wrapper) -> Value {
        let ReadyCall {
            callee,
            types,
            args,
        } = ready;
        let mut operands: Vec<(TypeId, Vals)> = Vec::new();
        match callee {
            Callee::Func(_) => {}
            Callee::Closure(v) => {
                operands.push((self.cx.basic(Basic::UnsafePointer), Vals::from_slice(&[v])));
            }
            Callee::Table(v) => {
                operands.push((self.cx.basic(Basic::Uintptr), Vals::from_slice(&[v])));
            }
        }
        let mut at = 0;
        for &t in types.recv.iter().chain(&types.params) {
            let n = self.cx.scalar_count(t);
            operands.push((t, Vals::from_slice(&args[at..at + n])));
            at += n;
        }
        let count = operands.len();
        let pointer = self.cx.basic(Basic::UnsafePointer);
        operands.extend(kept.iter().map(|&v| (pointer, Vals::from_slice(&[v]))));
        self.generated_closure(wrapper, operands, |f, mut operands| {
            let kept: Vec<Value> = operands.drain(count..).map(|(_, vals)| vals[0]).collect();
            let mut operands = operands.into_iter();
            let mut first = || operands.next().map(|(_, vals)| vals[0]);
            let callee = match callee {
                Callee::Closure(v) => Callee::Closure(first().unwrap_or(v)),
                Callee::Table(v) => Callee::Table(first().unwrap_or(v)),
                Callee::Func(callable) => Callee::Func(callable),
            };
            if wrapper != Wrapper::Go {
                f.pass_on_panic(&callee);
            }
            f.call_ready(ReadyCall {
                callee,
                types,
                args: operands.flat_map(|(_, vals)| vals).collect(),
            });
            f.keep_alive(&kept);
        })
    }

    /// A closure over operands, with code made by `body` from them.
    fn generated_closure(
        &mut self,
        wrapper: Wrapper,
        operands: Vec<(TypeId, Vals)>,
        body: impl FnOnce(&mut Self, Vec<(TypeId, Vals)>),
    ) -> Value {
        self.wrappers += 1;
        let (n, outer) = (self.wrappers, &self.b.func().name);
        let name: Symbol = match wrapper {
            Wrapper::Go => format!("{outer}.gowrap{n}"),
            Wrapper::Defer { .. } => format!("{outer}.deferwrap{n}"),
        }
        .into();
        let sig = self.cx.signature(&FuncTypes::default(), Context::Closure);
        let mut f = Self::generated(self.cx, name.clone(), sig);
        f.note_arguments(&FuncTypes::default());
        let closure = f.b.params()[0];
        f.know(closure);
        let types: Vec<TypeId> = operands.iter().map(|(t, _)| *t).collect();
        let offsets = f.cx.closure_layout(&types);
        let loaded = types.iter().zip(offsets).map(|(&t, offset)| {
            let vals = f.load(t, closure, offset);
            (t, vals)
        });
        let loaded = loaded.collect();
        body(&mut f, loaded);
        if !f.b.is_terminated() {
            f.b.ret(&[]);
        }
        self.out.absorb(f.finish());
        let captures: Vec<Capture> = operands
            .into_iter()
            .map(|(typ, vals)| Capture { typ, vals })
            .collect();
        self.make_closure(&name, &captures, wrapper.in_frame())
    }

    /// The operands of a call of a predeclared function as a statement.
    fn builtin_operands(&mut self, builtin: Builtin, args: &[ExprId]) -> Vec<(TypeId, Vals)> {
        let any = self.cx.store.universe().empty_interface;
        let any = self.cx.store.canon(any);
        let mut operands = Vec::new();
        if builtin == Builtin::Recover {
            let direct = self.is_direct();
            let t = self.cx.basic(Basic::Int32);
            operands.push((t, Vals::from_slice(&[direct])));
        }
        for (i, &arg) in args.iter().enumerate() {
            let t = match (builtin, i) {
                (Builtin::Panic, _) => any,
                (Builtin::Delete, 1) => {
                    let types = self.cx.map_types(self.typ(args[0]));
                    types.map_or(any, |(key, _)| key)
                }
                _ => self.typ(arg),
            };
            operands.push((t, self.expr_kept(arg, t)));
        }
        operands
    }

    /// A call of a predeclared function as a statement.
    fn builtin_of_operands(&mut self, builtin: Builtin, operands: Vec<(TypeId, Vals)>) {
        match (builtin, &operands[..]) {
            (Builtin::Panic, [(_, vals)]) => {
                self.rt("panicvalue", vals);
                self.trap();
            }
            (Builtin::Close, [(_, channel)]) => {
                self.rt("closechan", channel);
            }
            (Builtin::Print | Builtin::Println, _) => {
                self.print_values(operands, builtin == Builtin::Println);
            }
            // Where the function that defers it returns, it is as if called by that; a panic that calls it itself is
            // not seen.
            (Builtin::Recover, [(_, direct)]) => {
                let by_panic = self.called_by_panic();
                let not = self.not(by_panic);
                let direct = self.b.binary(BinaryOp::And, direct[0], not);
                self.rt("gorecover", &[direct]);
            }
            (Builtin::Copy, [(dst_type, dst), (_, src)]) => {
                self.copy_values(*dst_type, dst, src);
            }
            (Builtin::Delete, [(t, map), (_, key)]) => {
                self.map_delete_key(*t, map[0], key.clone());
            }
            (Builtin::Clear, [(t, vals)]) => self.clear_value(*t, vals),
            _ => self.error("polkago: this function is no statement"),
        }
    }
}
