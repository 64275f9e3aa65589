//! Generated functions around declared ones: adapters of function values, promoted methods, methods as they stand in
//! itabs, and method values (decision record 0004).

use crate::call::{Callee, ReadyCall};
use crate::cx::Cx;
use crate::func::FuncLowering;
use crate::methods::{MethodEntry, MethodTarget};
use crate::output::Output;
use crate::program::{Callable, Item};
use crate::scalars::{Context, FuncTypes, Vals};
use crate::statics::Blob;
use polkago_ir::{Symbol, Type, UnaryOp, Value};
use polkago_types::{Basic, PkgId, Sym, TypeId, TypeKind};

impl Cx<'_> {
    /// The Go types of a function that a call may name, the receiver as `recv`.
    pub fn callable_types(&self, callable: &Callable) -> FuncTypes {
        match callable {
            Callable::Declared(inst) => self.func_types(inst),
            Callable::Method { recv, name, pkg } => FuncTypes {
                recv: Some(*recv),
                ..self.method_types(*recv, *name, *pkg)
            },
        }
    }

    /// The Go types of a method without its receiver.
    fn method_types(&self, recv: TypeId, name: Sym, pkg: Option<PkgId>) -> FuncTypes {
        match self.find_method(recv, name, pkg) {
            Some(entry) => self.func_types_of(entry.typ),
            None => FuncTypes::default(),
        }
    }
}

/// The static closure object of a function and the adapter that drops the closure pointer.
pub(crate) fn func_value(cx: &Cx<'_>, callable: &Callable) -> Output {
    let types = cx.callable_types(callable);
    let sig = cx.signature(&types, Context::Closure);
    let adapter = adapter_symbol(cx, callable);
    let mut f = FuncLowering::generated(cx, adapter.clone(), sig);
    let params: Vec<Value> = f.b.params()[1..].to_vec();
    f.tail_call(callable, &types, &params);

    let mut blob = Blob::zero(4);
    blob.put_func(0, adapter);
    let name = cx.symbol(&Item::FuncValue(callable.clone()));
    f.out.data.push(blob.into_data(name, 4, None));
    f.finish()
}

/// The symbol of the adapter that makes a function callable as a function value.
pub(crate) fn adapter_symbol(cx: &Cx<'_>, callable: &Callable) -> Symbol {
    format!("{}·fv", cx.callable_symbol(callable)).into()
}

/// `T.M` for a method that `T` has only through embedding or through a pointer, and for interface types.
pub(crate) fn promoted(cx: &Cx<'_>, recv: TypeId, name: Sym, pkg: Option<PkgId>) -> Output {
    let callable = Callable::Method { recv, name, pkg };
    let types = cx.callable_types(&callable);
    let sig = cx.signature(&types, Context::None);
    let symbol: Symbol = cx.callable_symbol(&callable).into();
    let mut f = FuncLowering::generated(cx, symbol, sig);
    let (dests, rest) = f.split_params(&types, 0);
    let n = cx.scalar_count(recv);
    let (recv_vals, args) = rest.split_at(n);
    f.call_method(recv, Vals::from_slice(recv_vals), name, pkg, &dests, args);
    f.finish()
}

/// `T.M·i`: the receiver is the data word, a pointer to a value.
pub(crate) fn itab_method(cx: &Cx<'_>, recv: TypeId, name: Sym, pkg: Option<PkgId>) -> Output {
    let mut types = cx.callable_types(&Callable::Method { recv, name, pkg });
    types.recv = Some(cx.basic(Basic::UnsafePointer));
    let sig = cx.signature(&types, Context::None);
    let symbol = cx.symbol(&Item::ItabMethod { recv, name, pkg });
    let mut f = FuncLowering::generated(cx, symbol, sig);
    let (dests, rest) = f.split_params(&types, 0);
    let value = f.load(recv, rest[0], 0);
    f.call_method(recv, value, name, pkg, &dests, &rest[1..]);
    f.finish()
}

/// `T.M-fm`: the code of a method value, whose receiver is in the closure object.
pub(crate) fn bound_method(cx: &Cx<'_>, recv: TypeId, name: Sym, pkg: Option<PkgId>) -> Output {
    let types = cx.method_types(recv, name, pkg);
    let sig = cx.signature(&types, Context::Closure);
    let symbol = cx.symbol(&Item::Bound { recv, name, pkg });
    let mut f = FuncLowering::generated(cx, symbol, sig);
    let closure = f.b.params()[0];
    let (dests, args) = f.split_params(&types, 1);
    let offset = cx.closure_layout(&[recv])[0];
    let value = f.load(recv, closure, offset);
    f.call_method(recv, value, name, pkg, &dests, &args);
    f.finish()
}

impl FuncLowering<'_> {
    /// The addresses for results of memory type, and the other parameters, from parameter number `from` on.
    fn split_params(&self, types: &FuncTypes, from: usize) -> (Vec<Value>, Vec<Value>) {
        let memory = |t: &&TypeId| self.cx.info(**t).memory;
        let n = from + types.results.iter().filter(memory).count();
        let params = self.b.params();
        (params[from..n].to_vec(), params[n..].to_vec())
    }

    /// Calls a function of the same signature with the same scalars and returns its results.
    fn tail_call(&mut self, callable: &Callable, types: &FuncTypes, params: &[Value]) {
        let symbol: Symbol = self.cx.callable_symbol(callable).into();
        let memory = types
            .results
            .iter()
            .filter(|t| self.cx.info(**t).memory)
            .count();
        if let Some(results) = self.intrinsic(&symbol, &params[memory..]) {
            let flat: Vec<Value> = results.into_iter().flatten().collect();
            self.b.ret(&flat);
            return;
        }
        self.need(Item::Func(callable.clone()));
        self.pass_on_panic(&Callee::Func(callable.clone()));
        let sig = self.cx.signature(types, Context::None);
        let results = self.b.call(&symbol, &sig, params);
        self.b.ret(&results);
    }

    /// Calls the method of a receiver and returns its results; `dests` is where results of memory type go.
    fn call_method(
        &mut self,
        recv: TypeId,
        value: Vals,
        name: Sym,
        pkg: Option<PkgId>,
        dests: &[Value],
        args: &[Value],
    ) {
        let Some(entry) = self.cx.find_method(recv, name, pkg) else {
            self.error("polkago: method not found");
            self.trap();
            return;
        };
        self.note_reflection(&entry, None);
        let mut types = self.cx.func_types_of(entry.typ);
        self.check_wrapped(recv, &value, &entry);
        let start = self.operand_of_param(recv, value);
        let vals = self.receiver_of(start, recv, &entry);
        let ready = match entry.target {
            MethodTarget::Declared { inst, .. } => {
                types.recv = self.cx.recv_type(&inst);
                ReadyCall {
                    callee: Callee::Func(Callable::Declared(inst)),
                    types: types.clone(),
                    args: vals.iter().chain(args).copied().collect(),
                }
            }
            MethodTarget::Interface { index, .. } => {
                self.ready_interface_call(&vals, index, types.clone(), args)
            }
        };
        self.pass_on_panic(&ready.callee);
        let results = self.call_ready(ready);
        self.return_values(&types.results, results, dests);
    }

    /// The method of a pointer type that calls one of the type pointed to says so where the pointer is nil.
    fn check_wrapped(&mut self, recv: TypeId, value: &Vals, entry: &MethodEntry) {
        let (TypeKind::Pointer(_), [], [pointer]) =
            (self.cx.kind(recv), &*entry.path, value.as_slice())
        else {
            return;
        };
        let MethodTarget::Declared {
            inst,
            pointer: false,
        } = &entry.target
        else {
            return;
        };
        let name = self.cx.inst_symbol(inst);
        let text = crate::consts::bytes_data(name.as_bytes());
        let at = self.b.sym_addr(&text.name, 0);
        self.out.data.push(text);
        let len = self.b.i32const(name.len() as i32);
        let nil = self.b.unary(UnaryOp::Eqz, *pointer, Type::I32);
        self.panic_if(nil, "panicwrap", &[at, len]);
        self.know(*pointer);
    }

    /// Returns values; those of memory type are copied to their places.
    pub fn return_values(&mut self, types: &[TypeId], values: Vec<Vals>, dests: &[Value]) {
        let mut flat = Vec::new();
        let mut dests = dests.iter();
        for (&t, vals) in types.iter().zip(values) {
            if self.cx.info(t).memory {
                if let Some(&dest) = dests.next() {
                    self.store(t, dest, 0, &vals);
                }
            } else {
                flat.extend(vals);
            }
        }
        self.b.ret(&flat);
    }
}
