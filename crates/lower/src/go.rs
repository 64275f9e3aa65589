//! Go statements (*Go statements*).
//!
//! The function value and the arguments are evaluated at once; a closure over them, which makes the call and drops
//! its results, is what the new goroutine runs.

use crate::call::{CallTarget, Callee, PreparedCall};
use crate::closure::Capture;
use crate::func::FuncLowering;
use crate::program::Callable;
use crate::scalars::{Context, FuncTypes, Vals};
use polkago_ir::{Symbol, Value};
use polkago_syntax::{ExprId, ExprKind};
use polkago_types::{Basic, Builtin, Mode};

/// The call that a closure makes.
enum Body {
    /// Of a function; the first captured value is that of a closure or table index.
    Call(Callee, FuncTypes),
    /// Of a predeclared function.
    Builtin(Builtin),
}

impl FuncLowering<'_> {
    /// A go statement.
    pub fn go_stmt(&mut self, call: ExprId) {
        let call = self.unparen(call);
        let closure = self.call_closure(call);
        self.rt("newproc", &[closure]);
    }

    /// A closure of type `func()` that makes a call, whose operands are evaluated here.
    fn call_closure(&mut self, call: ExprId) -> Value {
        let ExprKind::Call {
            fun,
            args,
            ellipsis,
            ..
        } = self.kind(call)
        else {
            return self.b.null();
        };
        let tree = self.src().tree;
        let args = tree.exprs(*args);
        let fun = self.unparen(*fun);
        if self.mode(fun) == Mode::Type {
            self.error("polkago: a conversion is no call");
            return self.b.null();
        }
        if let Some(builtin) = self.builtin(fun) {
            return self.builtin_closure(builtin, args);
        }
        let call = self.prepare_call(fun, args, ellipsis.is_some());
        let plain = call.types.results.is_empty() && call.args.is_empty();
        let PreparedCall {
            callee,
            types,
            args,
        } = call;
        match callee {
            // What it is called with is a closure already.
            Callee::Target(CallTarget::Closure(closure)) if plain => return closure,
            Callee::Declared(inst) if plain => {
                return self.callable_value(Callable::Declared(inst))[0];
            }
            _ => {}
        }
        let mut captures = Vec::new();
        match &callee {
            Callee::Target(CallTarget::Closure(v)) => captures.push(Capture {
                typ: self.cx.basic(Basic::UnsafePointer),
                vals: Vals::from_slice(&[*v]),
            }),
            Callee::Target(CallTarget::Table(v)) => captures.push(Capture {
                typ: self.cx.basic(Basic::Uintptr),
                vals: Vals::from_slice(&[*v]),
            }),
            Callee::Target(CallTarget::Static(_)) | Callee::Declared(_) => {}
        }
        let mut at = 0;
        for &typ in types.recv.iter().chain(&types.params) {
            let n = self.cx.scalar_count(typ);
            captures.push(Capture {
                typ,
                vals: args[at..at + n].iter().copied().collect(),
            });
            at += n;
        }
        self.closure_over(captures, Body::Call(callee, types))
    }

    fn builtin_closure(&mut self, builtin: Builtin, args: &[ExprId]) -> Value {
        let any = self.cx.store.universe().empty_interface;
        let any = self.cx.store.canon(any);
        let captures = args
            .iter()
            .map(|&arg| {
                let typ = match builtin {
                    Builtin::Panic => any,
                    _ => self.typ(arg),
                };
                Capture {
                    typ,
                    vals: self.expr_kept(arg, typ),
                }
            })
            .collect();
        self.closure_over(captures, Body::Builtin(builtin))
    }

    /// Makes a closure object, and the function that it calls.
    fn closure_over(&mut self, captures: Vec<Capture>, body: Body) -> Value {
        let number = self.out.funcs.len() + 1;
        let name: Symbol = format!("{}·go{number}", self.b.func().name).into();
        let types: Vec<_> = captures.iter().map(|c| c.typ).collect();
        let offsets = self.cx.closure_layout(&types);
        let sig = self.cx.signature(&FuncTypes::default(), Context::Closure);
        let mut f = FuncLowering::generated(self.cx, name.clone(), sig);
        let object = f.b.params()[0];
        let mut loaded: Vec<Vals> = types
            .iter()
            .zip(offsets)
            .map(|(&t, offset)| f.load(t, object, offset))
            .collect();
        match body {
            Body::Call(callee, types) => {
                let callee = match callee {
                    Callee::Target(CallTarget::Closure(_)) => {
                        Callee::Target(CallTarget::Closure(loaded.remove(0)[0]))
                    }
                    Callee::Target(CallTarget::Table(_)) => {
                        Callee::Target(CallTarget::Table(loaded.remove(0)[0]))
                    }
                    callee => callee,
                };
                f.perform(PreparedCall {
                    callee,
                    types,
                    args: loaded.into_iter().flatten().collect(),
                });
            }
            Body::Builtin(builtin) => {
                let args = types.into_iter().zip(loaded).collect();
                f.builtin_of_values(builtin, args);
            }
        }
        if !f.b.is_terminated() {
            f.b.ret(&[]);
        }
        self.out.absorb(f.finish());
        self.make_closure(&name, &captures)
    }

    /// Calls a predeclared function that may stand in a go statement.
    fn builtin_of_values(&mut self, builtin: Builtin, args: Vec<(polkago_types::TypeId, Vals)>) {
        match builtin {
            Builtin::Print | Builtin::Println => {
                self.print_values(args, builtin == Builtin::Println);
            }
            Builtin::Close => {
                self.rt("closechan", &args[0].1);
            }
            Builtin::Panic => {
                self.rt("gopanic", &args[0].1);
                self.trap();
            }
            _ => self.unsupported("go statements with this predeclared function"),
        }
    }
}
