//! The state of lowering one function, and what every part of it uses: positions, needs, memory, checks.

use crate::cx::{Cx, FuncInst, Source};
use crate::defer::Defers;
use crate::flow::Flow;
use crate::output::Output;
use crate::program::{Callable, Item, Outer};
use crate::range_func::RangeLoop;
use crate::scalars::{Context, FuncTypes, Vals};
use crate::vars::Storage;
use polkago_ir::{
    BinaryOp, Block, FunctionBuilder, LocData, MemType, Signature, StackSlotData, Symbol, TrapCode,
    Type, UnaryOp, Value,
};
use polkago_syntax::{ExprId, ExprKind, FuncDecl, Pos};
use polkago_types::{Basic, ExprInfo, Mode, ObjId, Subst, TypeId};
use rustc_hash::FxHashMap;

/// A result of the function being lowered.
pub(crate) struct ResultVar {
    /// Its type.
    pub typ: TypeId,
    /// Its variable, where it has a name.
    pub var: Option<ObjId>,
    /// Where a result of memory type goes.
    pub dest: Option<Value>,
    /// Where a result without a name, not of memory type, waits for deferred calls.
    pub kept: Option<Storage>,
}

/// A jump out of the line of code to a call that does not return.
struct Cold {
    block: Block,
    name: &'static str,
    args: Vec<Value>,
    loc: Option<LocData>,
}

/// Lowers one function.
pub(crate) struct FuncLowering<'a> {
    /// What all functions share.
    pub cx: &'a Cx<'a>,
    /// The file whose nodes are lowered; absent in generated functions.
    source: Option<Source<'a>>,
    /// The type arguments in force.
    pub subst: Subst,
    /// The outermost declaration.
    pub outer: Outer,
    /// The innermost function literal that the code is in, if it is in one.
    pub lit: Option<ExprId>,
    /// The loop whose body is lowered as a function of its own, if one is.
    pub range: Option<RangeLoop>,
    /// The function being built.
    pub b: FunctionBuilder,
    /// Definitions, needs and errors.
    pub out: Output,
    /// Where variables live.
    pub vars: FxHashMap<ObjId, Storage>,
    /// The results.
    pub results: Vec<ResultVar>,
    /// Branch targets and labels.
    pub flow: Flow,
    /// Refs known not to be null here.
    known: Vec<Option<Value>>,
    cold: Vec<Cold>,
    nil_block: Option<Block>,
    pos: Option<Pos>,
    /// The line of the last position that was looked up.
    line: u32,
    /// Its calls have no locations, so that traces leave the function out.
    untraced: bool,
    /// Pointers that have become integers among the operands of a call that keeps them alive.
    pub kept: Option<Vec<Value>>,
    /// What deferred calls need.
    pub defers: Option<Defers>,
    /// How many functions for the calls of go and defer statements have been generated.
    pub wrappers: u32,
    /// Whether a panic called this function, where somebody asks.
    pub by_panic: Option<Value>,
    /// Values of expressions that have been evaluated before the one that they are part of.
    pub evaluated: FxHashMap<ExprId, Vals>,
    /// Indices made of values with 64 bits, and these.
    pub wide_indices: FxHashMap<Value, Value>,
}

/// The most bytes of a value in the frame: the official compiler's limit for variables that it makes itself.
const MAX_TEMP: u32 = 64 << 10;

impl<'a> FuncLowering<'a> {
    /// Begins a function.
    pub fn new(
        cx: &'a Cx<'a>,
        name: Symbol,
        sig: Signature,
        source: Option<Source<'a>>,
        outer: Outer,
    ) -> Self {
        Self {
            cx,
            source,
            subst: cx.outer_subst(&outer),
            outer,
            lit: None,
            range: None,
            b: FunctionBuilder::new(name, sig),
            out: Output::default(),
            vars: FxHashMap::default(),
            results: Vec::new(),
            flow: Flow::default(),
            known: Vec::new(),
            cold: Vec::new(),
            nil_block: None,
            pos: None,
            line: 0,
            untraced: false,
            kept: None,
            defers: None,
            wrappers: 0,
            by_panic: None,
            evaluated: FxHashMap::default(),
            wide_indices: FxHashMap::default(),
        }
    }

    /// Begins a function that no source stands for.
    pub fn generated(cx: &'a Cx<'a>, name: Symbol, sig: Signature) -> Self {
        let outer = Outer::Init(
            cx.packages
                .first()
                .map_or(polkago_types::PkgId::from_u32(0), |p| p.id),
        );
        let mut this = Self::new(cx, name, sig, None, outer);
        this.b.clear_loc();
        this
    }

    /// Ends the function. Its output holds it and what it needs.
    pub fn finish(mut self) -> Output {
        self.finish_cold();
        self.finish_defers();
        self.out.funcs.push(self.b.finish());
        self.out
    }

    // Where the code comes from.

    /// The file whose nodes are lowered.
    pub fn src(&self) -> Source<'a> {
        self.source.expect("generated functions lower no nodes")
    }

    /// Whether the code stands in a package with that path.
    pub fn in_package(&self, path: &str) -> bool {
        self.source.is_some_and(|s| &*s.pkg.path == path)
    }

    /// Lowers nodes of another file of the same package from here on, and gives the one before.
    pub fn set_source(&mut self, source: Source<'a>) -> Option<Source<'a>> {
        self.source.replace(source)
    }

    /// The form of an expression.
    pub fn kind(&self, e: ExprId) -> &'a ExprKind {
        &self.src().tree.expr[e].kind
    }

    /// An expression without the parentheses around it.
    pub fn unparen(&self, mut e: ExprId) -> ExprId {
        while let ExprKind::Paren(inner) = self.kind(e) {
            e = *inner;
        }
        e
    }

    /// What the checker says of an expression.
    pub fn expr_info(&self, e: ExprId) -> ExprInfo {
        self.src().info.exprs[e]
    }

    /// What an expression denotes.
    pub fn mode(&self, e: ExprId) -> Mode {
        self.expr_info(e).mode
    }

    /// The type of an expression, type arguments put in.
    pub fn typ(&self, e: ExprId) -> TypeId {
        match self.expr_info(e).typ.expand() {
            Some(t) => self.cx.subst(t, &self.subst),
            None => self.cx.basic(Basic::Invalid),
        }
    }

    /// The type of an object, type arguments put in.
    pub fn obj_type(&self, obj: ObjId) -> TypeId {
        self.cx.obj_type(obj, &self.subst)
    }

    /// The position of an expression, as the official compiler has it: that of the bracket or parenthesis of indices,
    /// slice expressions and calls.
    pub fn expr_pos(&self, e: ExprId) -> Pos {
        let expr = &self.src().tree.expr[e];
        match expr.kind {
            ExprKind::Index { lbrack, .. } | ExprKind::Slice { lbrack, .. } => lbrack,
            ExprKind::Call { lparen, .. } => lparen,
            _ => expr.span.start,
        }
    }

    /// Sets the position of the instructions that follow; gives the one before.
    pub fn at(&mut self, pos: Pos) -> Option<Pos> {
        let before = self.pos;
        self.set_pos(Some(pos));
        before
    }

    /// The position of the instructions that follow.
    pub fn pos(&self) -> Option<Pos> {
        self.pos
    }

    /// Sets the position of the instructions that follow, or none.
    pub fn set_pos(&mut self, pos: Option<Pos>) {
        if self.pos == pos {
            return;
        }
        self.pos = pos;
        match self.loc_data() {
            Some(loc) => self.b.set_loc(loc),
            None => self.b.clear_loc(),
        }
    }

    fn loc_data(&mut self) -> Option<LocData> {
        let (pos, source) = (self.pos?, self.source.filter(|_| !self.untraced)?);
        let location = source.tree.lines.location_near(pos, &mut self.line);
        let own = &source.pkg.files[source.file as usize].stable_path;
        Some(LocData {
            file: location.file.map_or_else(|| own.clone(), Into::into),
            line: location.line,
            col: location.col.unwrap_or(1),
            func: None,
            inlined_at: None.into(),
        })
    }

    /// Reports an error at the current position.
    pub fn error(&mut self, message: impl Into<String>) {
        let pos = match (self.pos, self.source) {
            (Some(pos), Some(source)) => Some(source.pos(pos)),
            _ => None,
        };
        self.out.error(pos, message);
    }

    // What the function refers to.

    /// Asks for an item and gives its symbol.
    pub fn need(&mut self, item: Item) -> Symbol {
        let symbol = self.cx.symbol(&item);
        self.out.needs.push(item);
        symbol
    }

    /// The address of a type's descriptor.
    pub fn type_addr(&mut self, t: TypeId) -> Value {
        let symbol = self.need(Item::Type(t));
        self.b.sym_addr(&symbol, 0)
    }

    /// The address of the descriptor that the allocator takes for a type.
    pub fn layout_addr(&mut self, t: TypeId) -> Value {
        let mut data = crate::descriptors::layout_data(self.cx, t);
        let name = data[0].name.clone();
        self.out.data.append(&mut data);
        self.b.sym_addr(&name, 0)
    }

    /// The signature of a declared function with its types.
    pub fn callable_signature(&self, types: &FuncTypes) -> Signature {
        self.cx.signature(types, Context::None)
    }

    /// Calls a function of package `runtime`, with its scalars.
    pub fn rt(&mut self, name: &str, args: &[Value]) -> Vals {
        let Some(obj) = self.cx.runtime_func(name) else {
            self.error(format!("polkago: package runtime has no function {name}"));
            let zero = self.b.i32const(0);
            return Vals::from_elem(zero, 4);
        };
        let inst = FuncInst::plain(self.cx.links.resolve(self.cx, obj));
        let sig = self.callable_signature(&self.cx.func_types(&inst));
        let given: Vec<Type> = args.iter().map(|&v| self.b.value_type(v)).collect();
        if given != sig.params {
            let message = format!(
                "polkago: runtime.{name} takes {:?}, called with {given:?}",
                sig.params
            );
            self.error(message);
            let zeros: Vec<Value> = sig.results.iter().map(|&t| self.b.zero_value(t)).collect();
            return Vals::from_vec(zeros);
        }
        let symbol = self.need(Item::Func(Callable::Declared(inst)));
        self.b.call(&symbol, &sig, args).into_iter().collect()
    }

    // Memory.

    /// `base` plus a number of bytes.
    pub fn offset(&mut self, base: Value, bytes: u32) -> Value {
        if bytes == 0 {
            return base;
        }
        let n = self.b.i32const(bytes as i32);
        self.b.binary(BinaryOp::RefAdd, base, n)
    }

    /// `base` plus `index` times `size`.
    pub fn element(&mut self, base: Value, index: Value, size: u32) -> Value {
        let bytes = self.scale(index, size);
        self.b.binary(BinaryOp::RefAdd, base, bytes)
    }

    /// `n` times `size`.
    pub fn scale(&mut self, n: Value, size: u32) -> Value {
        match size {
            1 => n,
            _ if size.is_power_of_two() => {
                let shift = self.b.i32const(size.trailing_zeros() as i32);
                self.b.binary(BinaryOp::Shl, n, shift)
            }
            _ => {
                let size = self.b.i32const(size as i32);
                self.b.binary(BinaryOp::Imul, n, size)
            }
        }
    }

    /// Reads a value. Of a memory type nothing is copied: the result is the address.
    pub fn load(&mut self, t: TypeId, base: Value, offset: u32) -> Vals {
        let info = self.cx.info(t);
        if info.memory {
            return [self.offset(base, offset)].into_iter().collect();
        }
        (info.leaves.iter())
            .map(|l| self.b.load(l.mem, base, offset + l.offset))
            .collect()
    }

    /// Writes a value.
    pub fn store(&mut self, t: TypeId, base: Value, offset: u32, vals: &[Value]) {
        let info = self.cx.info(t);
        if info.memory {
            let dst = self.offset(base, offset);
            let len = self.b.i32const(info.size as i32);
            self.b.mem_copy(dst, vals[0], len, self.cx.pointer_free(t));
            return;
        }
        for (leaf, &v) in info.leaves.iter().zip(vals) {
            self.b.store(leaf.mem, base, offset + leaf.offset, v);
        }
    }

    /// Writes the zero value.
    pub fn store_zero(&mut self, t: TypeId, base: Value, offset: u32) {
        let info = self.cx.info(t);
        if info.memory {
            self.clear(base, offset, info.size);
            return;
        }
        for leaf in &info.leaves {
            let zero = self.b.zero_value(leaf.ty());
            self.b.store(leaf.mem, base, offset + leaf.offset, zero);
        }
    }

    /// Sets bytes to zero.
    pub fn clear(&mut self, base: Value, offset: u32, size: u32) {
        if size == 0 {
            return;
        }
        let dst = self.offset(base, offset);
        let zero = self.b.i32const(0);
        let len = self.b.i32const(size as i32);
        self.b.mem_fill(dst, zero, len);
    }

    /// The zero value.
    pub fn zero(&mut self, t: TypeId) -> Vals {
        let info = self.cx.info(t);
        if info.memory {
            let at = self.temp(t);
            self.clear(at, 0, info.size);
            return [at].into_iter().collect();
        }
        (info.leaves.iter())
            .map(|l| self.b.zero_value(l.ty()))
            .collect()
    }

    /// The address of fresh, undefined memory for a value: in the frame, or on the heap where the value is too large for
    /// a stack.
    pub fn temp(&mut self, t: TypeId) -> Value {
        if self.cx.size(t) > MAX_TEMP {
            return self.new_object(t);
        }
        let slot = self.slot(t);
        self.b.stack_addr(slot, 0)
    }

    /// A stack slot for a value.
    pub fn slot(&mut self, t: TypeId) -> polkago_ir::StackSlot {
        let info = self.cx.info(t);
        self.b.slot(StackSlotData {
            size: info.size,
            align: info.align,
            refs: self.cx.pointer_words(t),
        })
    }

    /// A value of memory type in memory of its own; other values as they are.
    pub fn copied(&mut self, t: TypeId, vals: Vals) -> Vals {
        if !self.cx.info(t).memory {
            return vals;
        }
        let at = self.temp(t);
        self.store(t, at, 0, &vals);
        [at].into_iter().collect()
    }

    /// Fresh zeroed heap memory for a value of a type.
    pub fn new_object(&mut self, t: TypeId) -> Value {
        let info = self.cx.info(t);
        let p = if info.size == 0
            && let Some(item) = self.cx.zero_size_item()
        {
            let symbol = self.need(item);
            self.b.sym_addr(&symbol, 0)
        } else if self.cx.pointer_free(t) {
            self.new_bytes(info.size)
        } else {
            let typ = self.layout_addr(t);
            self.rt("newobject", &[typ])[0]
        };
        self.know(p);
        p
    }

    /// Fresh zeroed heap memory without pointers.
    pub fn new_bytes(&mut self, size: u32) -> Value {
        let size = self.b.i32const(size as i32);
        let none = self.b.null();
        self.rt("mallocgc", &[size, none])[0]
    }

    // Checks.

    /// Notes that a ref is not null.
    pub fn know(&mut self, v: Value) {
        if !self.is_known(v) {
            self.known.push(Some(v));
        }
    }

    /// Whether a ref is known not to be null. Only the newest facts are looked at, so that the cost stays small.
    fn is_known(&self, v: Value) -> bool {
        self.known.iter().rev().take(64).any(|k| *k == Some(v))
    }

    /// Where the facts known so far end: give it to [`Self::forget`] at a place that later code does not dominate.
    pub fn mark(&self) -> usize {
        self.known.len()
    }

    /// Forgets what was learnt since a mark.
    pub fn forget(&mut self, mark: usize) {
        self.known.truncate(mark);
    }

    /// Forgets all facts: control may come here from anywhere.
    pub fn forget_all(&mut self) {
        self.known.fill(None);
    }

    /// Panics if a pointer is nil.
    pub fn nil_check(&mut self, p: Value) {
        if self.is_known(p) {
            return;
        }
        if self.cx.options.trace {
            // Each has its own place in the source.
            let nil = self.b.unary(UnaryOp::Eqz, p, Type::I32);
            self.panic_if(nil, "panicmem", &[]);
            self.know(p);
            return;
        }
        let block = match self.nil_block {
            Some(block) => block,
            None => {
                let block = self.b.new_block();
                self.nil_block = Some(block);
                block
            }
        };
        let ok = self.b.new_block();
        let nil = self.b.unary(UnaryOp::Eqz, p, Type::I32);
        self.b.brif(nil, block, ok);
        self.b.seal_block(ok);
        self.b.switch_to(ok);
        self.know(p);
    }

    /// Goes on only if `cond` is zero; else a function of package `runtime` that does not return is called.
    pub fn panic_if(&mut self, cond: Value, name: &'static str, args: &[Value]) {
        let block = self.b.new_block();
        let ok = self.b.new_block();
        self.b.brif(cond, block, ok);
        self.b.seal_block(block);
        self.b.seal_block(ok);
        let loc = self.loc_data();
        self.cold.push(Cold {
            block,
            name,
            args: args.to_vec(),
            loc,
        });
        self.b.switch_to(ok);
    }

    /// Ends the current block behind a call that does not return.
    pub fn trap(&mut self) {
        self.b.trap(TrapCode::Panic);
    }

    /// Makes the blocks of failing checks, behind everything else.
    fn finish_cold(&mut self) {
        let cold = std::mem::take(&mut self.cold);
        for Cold {
            block,
            name,
            args,
            loc,
        } in cold
        {
            self.b.switch_to(block);
            match loc {
                Some(loc) => self.b.set_loc(loc),
                None => self.b.clear_loc(),
            }
            self.rt(name, &args);
            self.trap();
        }
        if let Some(block) = self.nil_block {
            self.b.switch_to(block);
            self.rt("panicmem", &[]);
            self.trap();
        }
    }

    // Small values.

    /// A boolean constant.
    pub fn bool(&mut self, b: bool) -> Value {
        self.b.i32const(i32::from(b))
    }

    /// 1 if a boolean is false.
    pub fn not(&mut self, v: Value) -> Value {
        self.b.unary(UnaryOp::Eqz, v, Type::I32)
    }

    /// Reads a ref.
    pub fn load_ref(&mut self, base: Value, offset: u32) -> Value {
        self.b.load(MemType::Full(Type::Ref), base, offset)
    }

    /// Reads an i32.
    pub fn load_i32(&mut self, base: Value, offset: u32) -> Value {
        self.b.load(MemType::Full(Type::I32), base, offset)
    }
}

/// Lowers a function that calls name.
pub(crate) fn lower_callable(cx: &Cx<'_>, callable: &Callable) -> Output {
    match callable {
        Callable::Declared(inst) => lower_declared(cx, inst),
        Callable::Method { recv, name, pkg } => crate::wrappers::promoted(cx, *recv, *name, *pkg),
    }
}

/// Lowers a declared function or method.
fn lower_declared(cx: &Cx<'_>, inst: &FuncInst) -> Output {
    let mut out = Output::default();
    let pos = cx.obj(inst.obj).pos;
    let Some((source, decl)) = cx.func_decl(inst.obj) else {
        out.error(pos, "polkago: function without declaration");
        return out;
    };
    let Some(body) = decl.body else {
        return crate::imports::lower_bodyless(cx, inst, source, decl);
    };
    let Some((source, _)) = cx.func_body(inst.obj) else {
        return out;
    };
    if let Some(error) = cx.body_error(inst.obj) {
        out.error(Some(error.pos), error.msg.clone());
        return out;
    }
    let types = cx.func_types(inst);
    let sig = cx.signature(&types, Context::None);
    let name = cx.symbol(&Item::Func(Callable::Declared(inst.clone())));
    let mut f = FuncLowering::new(cx, name, sig, Some(source), Outer::Func(inst.clone()));
    f.set_attrs(decl);
    f.note_arguments(&types);
    // Traces show that it has no parameters, as they do of functions that are not inlined.
    f.b.func_mut().attrs.noinline |= cx.options.trace && is_main(cx, inst);
    f.at(decl.span.start);
    f.bind_params(body, &types, Context::None);
    f.body(body);
    f.finish()
}

/// Whether a function is the one that the program begins with.
fn is_main(cx: &Cx<'_>, inst: &FuncInst) -> bool {
    let main = cx.main_package();
    main.is_some_and(|pkg| cx.store.lookup_in_pkg(pkg.id, "main") == Some(inst.obj))
}

impl FuncLowering<'_> {
    /// Notes for traces that a function has no parameters, where that does not show in its signature.
    pub fn note_arguments(&mut self, types: &FuncTypes) {
        let func = self.b.func_mut();
        let none = types.recv.is_none() && types.params.is_empty();
        func.attrs.no_arguments = none && !func.sig.params.is_empty();
    }

    /// Takes over what directives say.
    fn set_attrs(&mut self, decl: &FuncDecl) {
        let tree = self.src().tree;
        let in_runtime = &*self.src().pkg.path == "runtime";
        for directive in tree.directives(decl.directives) {
            let attrs = &mut self.b.func_mut().attrs;
            match tree.text(directive.text) {
                "go:noinline" => attrs.noinline = true,
                "go:nocollect" if in_runtime => attrs.nocollect = true,
                "go:noreturn" if in_runtime => attrs.noreturn = true,
                "go:exitbarrier" if in_runtime => attrs.exit_barrier = true,
                "go:untraced" if in_runtime => self.untraced = true,
                _ => {}
            }
        }
    }
}
