//! Calls and method values (*Calls*, *Method values*, *Method expressions*, *Passing arguments to ... parameters*).

use crate::cx::{Cx, FuncInst, Source};
use crate::func::FuncLowering;
use crate::itabs::ITAB_FUN;
use crate::methods::{MethodEntry, MethodTarget, is_exported};
use crate::place::{Operand, Place};
use crate::program::{Callable, Item};
use crate::scalars::{Context, FuncTypes, Vals};
use polkago_ir::{Symbol, Value};
use polkago_syntax::{ExprId, ExprKind, IdentId};
use polkago_types::{
    Basic, Mode, ObjId, ObjKind, PkgId, Selection, SelectionKind, Subst, Sym, TypeId, TypeKind,
};

/// What is called.
#[derive(Clone, Debug)]
pub(crate) enum CallTarget {
    /// A function by symbol.
    Static(Symbol),
    /// A function value.
    Closure(Value),
    /// A function by table index, without closure pointer.
    Table(Value),
}

/// What a call whose operands have been evaluated calls.
#[derive(Clone, Debug)]
pub(crate) enum Callee {
    /// A function by name.
    Func(Callable),
    /// A function value.
    Closure(Value),
    /// A function by table index, without closure pointer.
    Table(Value),
}

/// A call whose operands have been evaluated.
#[derive(Clone, Debug)]
pub(crate) struct ReadyCall {
    /// What is called.
    pub callee: Callee,
    /// Its types, the receiver included.
    pub types: FuncTypes,
    /// The scalars of receiver and parameters.
    pub args: Vec<Value>,
}

/// The instance of a function that an identifier names.
pub(crate) fn instance(
    cx: &Cx<'_>,
    source: Source<'_>,
    subst: &Subst,
    id: IdentId,
    obj: ObjId,
) -> FuncInst {
    let targs = source.info.instances.get(&id);
    let targs = targs.map_or(&[][..], |t| t.as_slice());
    let inst = FuncInst {
        obj,
        targs: targs.iter().map(|&t| cx.subst(t, subst)).collect(),
    };
    resolve(cx, inst)
}

/// The definition behind a declaration without body.
fn resolve(cx: &Cx<'_>, inst: FuncInst) -> FuncInst {
    let has_body = cx.func_obj(inst.obj).is_some_and(|f| f.has_body);
    if has_body || !inst.targs.is_empty() {
        return inst;
    }
    FuncInst::plain(cx.links.resolve(cx, inst.obj))
}

impl Cx<'_> {
    /// The method that a selector on a variable of a type finds, pointer methods included.
    pub fn find_method(&self, t: TypeId, name: Sym, pkg: Option<PkgId>) -> Option<MethodEntry> {
        let own = self.is_interface(t) || matches!(self.kind(t), TypeKind::Pointer(_));
        let probe = if own { t } else { self.pointer(t) };
        self.method_set(probe).find(name, pkg).cloned()
    }
}

impl FuncLowering<'_> {
    /// The instance of a function that an identifier names.
    pub fn func_inst(&self, id: IdentId, obj: ObjId) -> FuncInst {
        instance(self.cx, self.src(), &self.subst, id, obj)
    }

    /// A call or conversion: one value for each result.
    pub fn call(&mut self, e: ExprId) -> Vec<Vals> {
        let ExprKind::Call {
            fun,
            args,
            ellipsis,
            ..
        } = self.kind(e)
        else {
            return vec![self.expr(e)];
        };
        let tree = self.src().tree;
        let args = tree.exprs(*args);
        let fun = self.unparen(*fun);
        if self.mode(fun) == Mode::Type {
            let to = self.typ(e);
            return vec![self.conversion(args[0], to)];
        }
        if let Some(builtin) = self.builtin(fun) {
            return self.builtin_call(e, builtin, args, ellipsis.is_some());
        }
        let (ready, kept) = self.ready_call_keeping(fun, args, ellipsis.is_some());
        let results = self.call_ready(ready);
        self.keep_alive(&kept);
        results
    }

    /// The identifier that may name the function called: itself, a qualified one or in an instantiation.
    pub fn called_name(&self, fun: ExprId) -> Option<IdentId> {
        let info = self.src().info;
        let mut named = fun;
        while let ExprKind::Index { x, .. } = self.kind(named) {
            if !matches!(self.cx.under(self.typ(*x)), TypeKind::Func(_)) {
                break;
            }
            named = self.unparen(*x);
        }
        match self.kind(named) {
            ExprKind::Ident(id) => Some(*id),
            ExprKind::Selector { sel, .. } if !info.selections.contains_key(&named) => Some(*sel),
            _ => None,
        }
    }

    /// Evaluates the operands of a call: function, receiver and arguments.
    pub fn ready_call(&mut self, fun: ExprId, args: &[ExprId], spread: bool) -> ReadyCall {
        let mut types = self.cx.func_types_of(self.typ(fun));
        let info = self.src().info;
        if let Some(id) = self.called_name(fun)
            && let Some(obj) = info.uses[id].expand()
            && matches!(self.cx.obj(obj).kind, ObjKind::Func(_))
        {
            let inst = self.func_inst(id, obj);
            let args = self.arguments(&types, args, spread);
            let callee = Callee::Func(Callable::Declared(inst));
            return ReadyCall {
                callee,
                types,
                args,
            };
        }
        if let ExprKind::Selector { x, .. } = self.kind(fun)
            && let Some(selection) = info.selections.get(&fun)
        {
            match selection.kind {
                SelectionKind::MethodValue => {
                    return self.ready_method_call(*x, selection, fun, types, args, spread);
                }
                SelectionKind::MethodExpr => {
                    let recv = self.cx.subst(selection.recv, &self.subst);
                    let (name, pkg) = self.selected_name(fun);
                    if let Some(entry) = self.cx.find_method(recv, name, pkg) {
                        self.note_reflection(&entry, None);
                    }
                    let callable = self.cx.method_callable(recv, name, pkg);
                    let args = self.arguments(&types, args, spread);
                    let callee = Callee::Func(callable);
                    return ReadyCall {
                        callee,
                        types,
                        args,
                    };
                }
                SelectionKind::Field => {}
            }
        }
        types.recv = None;
        let closure = self.expr1(fun);
        let args = self.arguments(&types, args, spread);
        let callee = Callee::Closure(closure);
        ReadyCall {
            callee,
            types,
            args,
        }
    }

    /// Makes a call whose operands have been evaluated: one value for each result.
    pub fn call_ready(&mut self, ready: ReadyCall) -> Vec<Vals> {
        let ReadyCall {
            callee,
            types,
            args,
        } = ready;
        match callee {
            Callee::Func(Callable::Declared(inst)) => self.call_inst(inst, &types, &args),
            Callee::Func(callable) => {
                let symbol = self.need(Item::Func(callable));
                self.emit_call(CallTarget::Static(symbol), &types, &args)
            }
            Callee::Closure(closure) => self.emit_call(CallTarget::Closure(closure), &types, &args),
            Callee::Table(code) => self.emit_call(CallTarget::Table(code), &types, &args),
        }
    }

    /// Calls a declared function with its scalars, or expands it in place.
    pub fn call_inst(&mut self, inst: FuncInst, types: &FuncTypes, args: &[Value]) -> Vec<Vals> {
        let item = Item::Func(Callable::Declared(inst));
        let symbol = self.cx.symbol(&item);
        if let Some(results) = self.intrinsic(&symbol, args) {
            return results;
        }
        if self.lacks_body(&item) {
            self.unsupported(&format!("calls of {symbol}"));
            return types.results.iter().map(|&t| self.zero(t)).collect();
        }
        self.need(item);
        self.emit_call(CallTarget::Static(symbol), types, args)
    }

    /// Whether a function of the release or of our runtime has its body nowhere: what it does is not supported yet.
    /// Programs' own such functions are theirs to define.
    fn lacks_body(&self, item: &Item) -> bool {
        let Item::Func(Callable::Declared(inst)) = item else {
            return false;
        };
        let Some((source, decl)) = self.cx.func_decl(inst.obj) else {
            return false;
        };
        let path = &source.pkg.files[source.file as usize].stable_path;
        decl.body.is_none()
            && (path.starts_with("$GOROOT/") || path.starts_with("$POLKAGO/"))
            && !crate::imports::is_import(source.tree, decl)
    }

    /// The name that a selector expression selects, with the package it is declared in if it is not exported.
    pub fn selected_name(&self, e: ExprId) -> (Sym, Option<PkgId>) {
        let source = self.src();
        let ExprKind::Selector { sel, .. } = self.kind(e) else {
            return (self.cx.store.sym(""), None);
        };
        let text = source.tree.ident_text(*sel);
        let pkg = (!is_exported(text)).then_some(source.pkg.id);
        (self.cx.store.sym(text), pkg)
    }

    fn ready_method_call(
        &mut self,
        x: ExprId,
        selection: &Selection,
        fun: ExprId,
        mut types: FuncTypes,
        args: &[ExprId],
        spread: bool,
    ) -> ReadyCall {
        debug_assert_eq!(selection.kind, SelectionKind::MethodValue);
        let t = self.typ(x);
        let (name, pkg) = self.selected_name(fun);
        let Some(entry) = self.cx.find_method(t, name, pkg) else {
            self.error("polkago: method not found");
            let callee = Callee::Table(self.b.i32const(0));
            return ReadyCall {
                callee,
                types,
                args: Vec::new(),
            };
        };
        self.note_reflection(&entry, Some(args));
        let recv = self.receiver(x, t, &entry);
        match &entry.target {
            MethodTarget::Declared { inst, .. } => {
                let inst = resolve(self.cx, inst.clone());
                types.recv = self.cx.recv_type(&inst);
                let rest = self.arguments(&types, args, spread);
                let args = recv.iter().copied().chain(rest).collect();
                let callee = Callee::Func(Callable::Declared(inst));
                ReadyCall {
                    callee,
                    types,
                    args,
                }
            }
            MethodTarget::Interface { index, .. } => {
                let rest = self.arguments(&types, args, spread);
                self.ready_interface_call(&recv, *index, types, &rest)
            }
        }
    }

    /// A call of a method through an interface value.
    pub fn ready_interface_call(
        &mut self,
        iface: &[Value],
        index: u32,
        mut types: FuncTypes,
        args: &[Value],
    ) -> ReadyCall {
        self.nil_check(iface[0]);
        let code = self.load_i32(iface[0], ITAB_FUN + 4 * index);
        types.recv = Some(self.cx.basic(Basic::UnsafePointer));
        let args = std::iter::once(iface[1]).chain(args.iter().copied());
        ReadyCall {
            callee: Callee::Table(code),
            types,
            args: args.collect(),
        }
    }

    /// The receiver that a method takes, from the operand of its selector.
    fn receiver(&mut self, x: ExprId, t: TypeId, entry: &MethodEntry) -> Vals {
        let start = if self.cx.pointee(t).is_some() {
            Operand::Vals(self.expr(x))
        } else {
            self.operand(x)
        };
        let vals = self.receiver_of(start, t, entry);
        match entry.target {
            // A value of memory type must not change while the arguments are evaluated.
            MethodTarget::Declared {
                inst: ref target,
                pointer: false,
            } => {
                let recv = self.cx.recv_type(target).unwrap_or(t);
                self.copied(recv, vals)
            }
            _ => vals,
        }
    }

    /// The receiver that a method takes, from an operand.
    pub fn receiver_of(&mut self, start: Operand, t: TypeId, entry: &MethodEntry) -> Vals {
        let (operand, typ) = self.walk(start, t, &entry.path);
        let is_pointer = matches!(self.cx.kind(typ), TypeKind::Pointer(_));
        match &entry.target {
            MethodTarget::Interface { iface, index } => {
                // Whatever becomes of the receiver, the method is called through an interface.
                let set = self.cx.method_set(*iface);
                let method = set.methods.get(*index as usize);
                self.out.called.extend(method.map(MethodEntry::key));
                self.operand_value(typ, operand)
            }
            MethodTarget::Declared { pointer: true, .. } if !is_pointer => {
                let place = match operand {
                    Operand::Place(place) => place,
                    Operand::Vals(vals) => self.spill(typ, &vals),
                };
                [self.place_address(typ, &place)].into_iter().collect()
            }
            MethodTarget::Declared { pointer: false, .. } if is_pointer => {
                let elem = self.cx.pointee(typ).unwrap_or(typ);
                let operand = self.deref(typ, operand);
                self.operand_value(elem, operand)
            }
            MethodTarget::Declared { .. } => self.operand_value(typ, operand),
        }
    }

    /// Evaluates arguments to the scalars of the parameters.
    pub fn arguments(&mut self, types: &FuncTypes, args: &[ExprId], spread: bool) -> Vec<Value> {
        // `f(g())` where g has several results.
        if let [arg] = args
            && let TypeKind::Tuple(from) = self.cx.kind(self.typ(*arg))
        {
            let vals = self.call(self.unparen(*arg));
            let from: Vec<TypeId> = from
                .iter()
                .map(|&t| self.cx.subst(t, &self.subst))
                .collect();
            return self.spread_results(types, vals, &from);
        }
        let fixed = if types.variadic && !spread {
            types.params.len() - 1
        } else {
            types.params.len()
        };
        let mut flat = Vec::new();
        for (&arg, &param) in args.iter().zip(&types.params).take(fixed) {
            flat.extend(self.expr_kept(arg, param));
        }
        if fixed < types.params.len() {
            let rest = &args[fixed.min(args.len())..];
            let slice = types.params[fixed];
            flat.extend(self.variadic(slice, rest));
        }
        flat
    }

    /// The slice for a `...` parameter.
    fn variadic(&mut self, slice: TypeId, args: &[ExprId]) -> Vals {
        let TypeKind::Slice(elem) = self.cx.under(slice) else {
            return self.zero(slice);
        };
        let elem = self.cx.store.canon(*elem);
        if args.is_empty() {
            return self.zero(slice);
        }
        let vals: Vec<Vals> = args.iter().map(|&a| self.expr_kept(a, elem)).collect();
        self.slice_of_values(elem, &vals)
    }

    /// A fresh slice of values.
    fn slice_of_values(&mut self, elem: TypeId, vals: &[Vals]) -> Vals {
        let base = self.new_array(elem, vals.len() as u32);
        let size = self.cx.size(elem);
        for (i, v) in vals.iter().enumerate() {
            self.store(elem, base, i as u32 * size, v);
        }
        let len = self.b.i32const(vals.len() as i32);
        [base, len, len].into_iter().collect()
    }

    /// Fresh zeroed memory for elements.
    pub fn new_array(&mut self, elem: TypeId, len: u32) -> Value {
        let size = self.cx.size(elem).saturating_mul(len);
        if size == 0 || self.cx.pointer_free(elem) {
            let array = self.cx.store.array(u64::from(len), elem);
            return self.new_object(self.cx.store.canon(array));
        }
        let typ = self.layout_addr(elem);
        let len = self.b.i32const(len as i32);
        let base = self.rt("makeslice", &[typ, len, len])[0];
        self.know(base);
        base
    }

    /// The results of a call as arguments.
    fn spread_results(
        &mut self,
        types: &FuncTypes,
        vals: Vec<Vals>,
        from: &[TypeId],
    ) -> Vec<Value> {
        let fixed = types.params.len() - usize::from(types.variadic);
        let mut flat = Vec::new();
        let mut rest = Vec::new();
        let elem = match types.params.last().map(|&t| self.cx.under(t)) {
            Some(TypeKind::Slice(elem)) if types.variadic => Some(self.cx.store.canon(*elem)),
            _ => None,
        };
        for (i, (v, &t)) in vals.into_iter().zip(from).enumerate() {
            match elem {
                Some(elem) if i >= fixed => rest.push(self.implicit(v, t, elem)),
                _ => flat.extend(self.implicit(v, t, types.params[i])),
            }
        }
        if let Some(elem) = elem {
            let slice = types.params[fixed];
            flat.extend(if rest.is_empty() {
                self.zero(slice)
            } else {
                self.slice_of_values(elem, &rest)
            });
        }
        flat
    }

    /// A value converted implicitly to a type it is assignable to.
    pub fn implicit(&mut self, vals: Vals, from: TypeId, to: TypeId) -> Vals {
        match (self.cx.is_interface(from), self.cx.is_interface(to)) {
            (true, true) => self.interface_to_interface(vals, from, to),
            (false, true) => self.wrap_interface(vals, from, to),
            _ => vals,
        }
    }

    /// Calls with the scalars of receiver and parameters; gives one value for each result.
    pub fn emit_call(
        &mut self,
        target: CallTarget,
        types: &FuncTypes,
        args: &[Value],
    ) -> Vec<Vals> {
        let mut all = Vec::with_capacity(args.len() + 2);
        let context = match target {
            CallTarget::Closure(closure) => {
                self.nil_check(closure);
                all.push(closure);
                Context::Closure
            }
            CallTarget::Static(_) | CallTarget::Table(_) => Context::None,
        };
        let mut memory = Vec::new();
        for &t in &types.results {
            if self.cx.info(t).memory {
                let at = self.temp(t);
                memory.push(at);
                all.push(at);
            }
        }
        all.extend(args);
        let sig = self.cx.signature(types, context);
        let scalars = match target {
            CallTarget::Static(symbol) => self.b.call(&symbol, &sig, &all),
            CallTarget::Closure(closure) => {
                let code = self.load_i32(closure, 0);
                self.b.call_indirect(&sig, code, &all)
            }
            CallTarget::Table(code) => self.b.call_indirect(&sig, code, &all),
        };
        let (mut scalars, mut memory) = (scalars.into_iter(), memory.into_iter());
        types
            .results
            .iter()
            .map(|&t| {
                if self.cx.info(t).memory {
                    memory.by_ref().take(1).collect()
                } else {
                    scalars.by_ref().take(self.cx.scalar_count(t)).collect()
                }
            })
            .collect()
    }

    /// A method value `x.m`: a closure over the receiver.
    pub fn method_value(&mut self, e: ExprId, x: ExprId) -> Vals {
        let t = self.typ(x);
        let (name, pkg) = self.selected_name(e);
        let Some(entry) = self.cx.find_method(t, name, pkg) else {
            self.error("polkago: method not found");
            return self.zero(self.cx.basic(Basic::UnsafePointer));
        };
        self.note_reflection(&entry, None);
        let vals = self.receiver(x, t, &entry);
        let recv = match &entry.target {
            MethodTarget::Declared { inst, .. } => self.cx.recv_type(inst).unwrap_or(t),
            MethodTarget::Interface { iface, .. } => {
                self.nil_check(vals[0]);
                *iface
            }
        };
        let code = self.need(Item::Bound { recv, name, pkg });
        let parts = [crate::closure::Capture { typ: recv, vals }];
        [self.make_closure(&code, &parts, false)]
            .into_iter()
            .collect()
    }

    /// A method expression `T.m` as a value.
    pub fn method_expr(&mut self, e: ExprId, selection: &Selection) -> Vals {
        let recv = self.cx.subst(selection.recv, &self.subst);
        let (name, pkg) = self.selected_name(e);
        if let Some(entry) = self.cx.find_method(recv, name, pkg) {
            self.note_reflection(&entry, None);
        }
        let callable = self.cx.method_callable(recv, name, pkg);
        self.callable_value(callable)
    }

    /// A place that holds a receiver of a wrapper.
    pub fn operand_of_param(&mut self, t: TypeId, vals: Vals) -> Operand {
        if self.cx.info(t).memory {
            Operand::Place(Place::memory(vals[0], 0))
        } else {
            Operand::Vals(vals)
        }
    }
}
