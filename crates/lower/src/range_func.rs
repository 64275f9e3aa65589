//! Range clauses over functions: the body of the loop is a function that the range function calls.
//!
//! The closure object of the body also holds the state of the loop, so that a call at the wrong time panics, the
//! number of the statement by which the body left the loop for good (a return, or a branch to a label outside), and
//! the values of that return. Behind the call of the range function such a statement is carried out: in the body of
//! another such loop it leaves that one too.

use crate::call::CallTarget;
use crate::closure::Capture;
use crate::cx::{Cx, Source};
use crate::flow::Target;
use crate::func::{FuncLowering, ResultVar};
use crate::output::Output;
use crate::program::{Item, Outer, RangeBody};
use crate::scalars::{Context, FuncTypes, Vals};
use polkago_ir::{BinaryOp as Op, MemType, Type, Value};
use polkago_syntax::{
    BlockId, BranchKind, CaseClause, ExprId, ExprKind, File, Name, StmtId, StmtKind, StmtList,
};
use polkago_types::{Basic, TypeId, TypeKind};

// The states of a loop (`abi.RF_State`).
const DONE: i32 = 0;
const READY: i32 = 1;
const PANIC: i32 = 2;
const EXHAUSTED: i32 = 3;
const MISSING_PANIC: i32 = 4;

/// The offset of the state in the closure object.
const STATE: u32 = 4;
/// The offset of the number of the statement that left the loop.
const NEXT: u32 = 8;

/// A statement in a body by which control leaves the loop for a place behind or around it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Exit {
    /// A return statement.
    Return,
    /// A branch to a label outside of the body.
    Branch(BranchKind, Name),
}

/// The loop whose body is lowered.
#[derive(Clone, Debug)]
pub(crate) struct RangeLoop {
    closure: Value,
    exits: Vec<Exit>,
    /// Where unnamed results are put.
    results: Vec<u32>,
    /// Where the list of deferred calls is.
    pub defers: Option<u32>,
}

/// What a body is, apart from its code.
struct Shape {
    exits: Vec<Exit>,
    /// The results of the function around it, if the body returns from it.
    returns: Option<FuncTypes>,
    /// Types of the values that stand in the closure object before the captured variables.
    before: Vec<TypeId>,
    /// Which of these is the list of calls deferred by the body, which run where the function around it ends.
    defers: Option<usize>,
}

/// Finds the statements that leave a body.
struct Exits<'a> {
    tree: &'a File,
    inside: Vec<Name>,
    found: Vec<Exit>,
}

impl Exits<'_> {
    /// Those of the body of a loop with a label.
    fn of(tree: &File, body: BlockId, label: Option<Name>) -> Vec<Exit> {
        let mut exits = Exits {
            tree,
            inside: Vec::new(),
            found: Vec::new(),
        };
        exits.block(body);
        let inside = exits.inside;
        (exits.found.into_iter())
            .filter(|exit| match exit {
                Exit::Return => true,
                // `goto` to the loop's own label starts the loop anew.
                Exit::Branch(BranchKind::Goto, l) => !inside.contains(l),
                Exit::Branch(_, l) => !inside.contains(l) && Some(*l) != label,
            })
            .collect()
    }

    fn add(&mut self, exit: Exit) {
        if !self.found.contains(&exit) {
            self.found.push(exit);
        }
    }

    fn block(&mut self, block: BlockId) {
        self.list(self.tree.blocks[block].stmts);
    }

    fn list(&mut self, list: StmtList) {
        for &stmt in self.tree.stmts(list) {
            self.stmt(stmt);
        }
    }

    fn clauses(&mut self, clauses: &[CaseClause]) {
        for clause in clauses {
            self.list(clause.body);
        }
    }

    fn stmt(&mut self, stmt: StmtId) {
        match &self.tree.stmt[stmt].kind {
            StmtKind::Labeled { label, stmt } => {
                self.inside.push(self.tree.idents[*label].name);
                self.stmt(*stmt);
            }
            StmtKind::Return(_) => self.add(Exit::Return),
            StmtKind::Branch { kind, label } => {
                if let Some(label) = label {
                    self.add(Exit::Branch(*kind, self.tree.idents[*label].name));
                }
            }
            StmtKind::Block(block)
            | StmtKind::For { body: block, .. }
            | StmtKind::Range { body: block, .. } => self.block(*block),
            StmtKind::If { then, els, .. } => {
                self.block(*then);
                if let Some(els) = els {
                    self.stmt(*els);
                }
            }
            StmtKind::Switch { clauses, .. } => self.clauses(clauses),
            StmtKind::TypeSwitch { clauses, .. } => self.clauses(clauses),
            StmtKind::Select { clauses, .. } => {
                for clause in clauses {
                    self.list(clause.body);
                }
            }
            StmtKind::Bad
            | StmtKind::Empty
            | StmtKind::Decl(_)
            | StmtKind::Expr(_)
            | StmtKind::Send { .. }
            | StmtKind::IncDec { .. }
            | StmtKind::Assign { .. }
            | StmtKind::Define { .. }
            | StmtKind::Go(_)
            | StmtKind::Defer(_) => {}
        }
    }
}

impl Cx<'_> {
    /// The types of the function that a range function calls.
    fn yield_types(&self, t: TypeId) -> FuncTypes {
        match self.under(t) {
            TypeKind::Func(f) => {
                let param = f.params.first();
                param.map_or_else(FuncTypes::default, |&p| self.func_types_of(p))
            }
            _ => FuncTypes::default(),
        }
    }

    /// The types of the function around a statement, and its body.
    fn enclosing_func(
        &self,
        source: Source<'_>,
        outer: &Outer,
        lit: Option<ExprId>,
    ) -> Option<(FuncTypes, BlockId)> {
        if let Some(lit) = lit {
            let ExprKind::FuncLit { body, .. } = source.tree.expr[lit].kind else {
                return None;
            };
            let t = source.info.exprs[lit].typ.expand()?;
            let t = self.subst(t, &self.outer_subst(outer));
            return Some((self.func_types_of(t), body));
        }
        let Outer::Func(inst) = outer else {
            return None;
        };
        let (_, decl) = self.func_decl(inst.obj)?;
        Some((self.func_types(inst), decl.body?))
    }
}

impl FuncLowering<'_> {
    /// What the body of a range statement is.
    fn range_shape(&self, body: BlockId, label: Option<Name>) -> Shape {
        let exits = Exits::of(self.src().tree, body, label);
        let word = self.cx.basic(Basic::Int);
        let mut before = vec![word, word];
        let mut returns = None;
        if exits.contains(&Exit::Return)
            && let Some((types, func)) = (self.cx).enclosing_func(self.src(), &self.outer, self.lit)
        {
            if !self.has_named_results(func, &types) {
                before.extend(&types.results);
            }
            returns = Some(types);
        }
        let defers = crate::defer::defers(self.src().tree, body).then(|| {
            before.push(self.cx.basic(Basic::UnsafePointer));
            before.len() - 1
        });
        Shape {
            exits,
            returns,
            before,
            defers,
        }
    }

    fn has_named_results(&self, func: BlockId, types: &FuncTypes) -> bool {
        let objs = self.src().info.func_params.get(&func);
        let skip = types.params.len() + usize::from(types.recv.is_some());
        let first = objs.and_then(|objs| objs.get(skip));
        first.is_some_and(|&obj| !self.cx.text(self.cx.obj(obj).name).is_empty())
    }

    /// `for ... = range f`.
    pub fn range_func(&mut self, stmt: StmtId, x: ExprId, body: BlockId) {
        let label = self.flow.label.take();
        let func = self.expr1(x);
        let shape = self.range_shape(body, label);
        let source = self.src();
        let objs = source.info.range_captures.get(&body);
        let captures: Vec<Capture> = (objs.into_iter().flatten())
            .map(|&obj| self.capture(obj))
            .collect();
        let code = self.need(Item::RangeBody(RangeBody {
            outer: self.outer.clone(),
            file: source.file,
            stmt,
            lit: self.lit,
        }));
        let mut types = shape.before.clone();
        types.extend(captures.iter().map(|c| c.typ));
        let offsets = self.cx.closure_layout(&types);
        let object = self.cx.closure_type(&types);
        let closure = self.new_object(object);
        let index = self.b.func_index(&code);
        self.b.store(MemType::Full(Type::I32), closure, 0, index);
        self.set_word(closure, STATE, READY);
        if let Some(n) = shape.defers {
            let list = self.range_defers();
            (self.b).store(MemType::Full(Type::Ref), closure, offsets[n], list);
        }
        let kept = &offsets[shape.before.len()..];
        for (capture, &offset) in captures.iter().zip(kept) {
            self.store(capture.typ, closure, offset, &capture.vals);
        }
        let types = self.cx.func_types_of(self.typ(x));
        self.emit_call(CallTarget::Closure(func), &types, &[closure]);
        self.range_end(closure, &shape, &offsets);
    }

    /// The list of calls that the body of a loop defers: that of the loop around it, or a new one of the function.
    fn range_defers(&mut self) -> Value {
        match self.range_list() {
            Some(list) => list,
            None => match self.frame() {
                Some(frame) => self.rt("deferrangefunc", &[frame])[0],
                None => self.b.null(),
            },
        }
    }

    /// The list of calls that the body that is lowered defers.
    pub fn range_list(&mut self) -> Option<Value> {
        let range = self.range.as_ref()?;
        let (closure, offset) = (range.closure, range.defers?);
        Some(self.load_ref(closure, offset))
    }

    fn set_word(&mut self, base: Value, offset: u32, n: i32) {
        let n = self.b.i32const(n);
        self.b.store(MemType::Full(Type::I32), base, offset, n);
    }

    /// What follows the call of a range function.
    fn range_end(&mut self, closure: Value, shape: &Shape, offsets: &[u32]) {
        let state = self.load_i32(closure, STATE);
        let panicked = self.b.i32const(PANIC);
        let missing = self.b.binary(Op::Eq, state, panicked);
        let reason = self.b.i32const(MISSING_PANIC);
        self.panic_if(missing, "panicrangestate", &[reason]);
        self.set_word(closure, STATE, EXHAUSTED);
        if shape.exits.is_empty() {
            return;
        }
        let next = self.load_i32(closure, NEXT);
        for (i, exit) in shape.exits.iter().enumerate() {
            let number = self.b.i32const(i as i32 + 1);
            let taken = self.b.binary(Op::Eq, next, number);
            let leave = self.b.new_block();
            let stay = self.b.new_block();
            self.b.brif(taken, leave, stay);
            self.b.seal_block(leave);
            self.b.switch_to(leave);
            let mark = self.mark();
            match exit {
                Exit::Branch(kind, label) => self.branch(*kind, Some(*label)),
                Exit::Return => self.return_again(closure, shape, offsets),
            }
            self.forget(mark);
            if !self.b.is_terminated() {
                self.trap();
            }
            self.b.seal_block(stay);
            self.b.switch_to(stay);
        }
    }

    /// Returns what a body has put aside.
    fn return_again(&mut self, closure: Value, shape: &Shape, offsets: &[u32]) {
        let Some(types) = &shape.returns else {
            return;
        };
        let named = self.results.iter().any(|r| r.var.is_some());
        if named || types.results.is_empty() {
            self.return_vars();
            return;
        }
        let values = (types.results.iter().zip(&offsets[2..]))
            .map(|(&t, &offset)| self.load(t, closure, offset))
            .collect();
        self.return_from(&types.results, values);
    }

    /// Leaves the loop whose body this is for good.
    fn leave_range(&mut self, exit: Exit) -> bool {
        let Some(RangeLoop { closure, exits, .. }) = &self.range else {
            return false;
        };
        let closure = *closure;
        let Some(i) = exits.iter().position(|&e| e == exit) else {
            return false;
        };
        self.set_word(closure, NEXT, i as i32 + 1);
        self.leave_with(closure, DONE, false);
        true
    }

    fn leave_with(&mut self, closure: Value, state: i32, more: bool) {
        self.set_word(closure, STATE, state);
        let more = self.bool(more);
        self.b.ret(&[more]);
    }

    /// A return without values in the body of such a loop. Gives false elsewhere.
    pub fn leave_range_bare(&mut self) -> bool {
        self.leave_range(Exit::Return)
    }

    /// A return of values in the body of such a loop. Gives false elsewhere.
    pub fn leave_range_with(&mut self, values: &[Vals]) -> bool {
        let Some(RangeLoop {
            closure, results, ..
        }) = self.range.clone()
        else {
            return false;
        };
        for (i, vals) in values.iter().enumerate() {
            let ResultVar { typ, var, .. } = self.results[i];
            if let Some(obj) = var {
                let place = self.var_place(obj);
                self.assign(typ, &place, vals);
            } else if let Some(&offset) = results.get(i) {
                self.store(typ, closure, offset, vals);
            }
        }
        self.leave_range(Exit::Return)
    }

    /// A branch to a label, where that leaves the loop whose body this is.
    pub fn leave_range_by(&mut self, kind: BranchKind, label: Name) -> bool {
        self.leave_range(Exit::Branch(kind, label))
    }
}

/// The label of a statement.
fn label_of(tree: &File, stmt: StmtId) -> Option<Name> {
    tree.stmt.values().find_map(|s| match s.kind {
        StmtKind::Labeled { label, stmt: inner } if inner == stmt => Some(tree.idents[label].name),
        _ => None,
    })
}

/// Lowers the body of a range statement over a function.
pub(crate) fn lower_range_body(cx: &Cx<'_>, item: &RangeBody) -> Output {
    let source = cx.outer_source(&item.outer, item.file);
    let StmtKind::Range {
        key,
        value,
        define,
        x,
        body,
        ..
    } = source.tree.stmt[item.stmt].kind
    else {
        return Output::default();
    };
    let name = cx.symbol(&Item::RangeBody(item.clone()));
    let subst = cx.outer_subst(&item.outer);
    let types = match source.info.exprs[x].typ.expand() {
        Some(t) => cx.yield_types(cx.subst(t, &subst)),
        None => FuncTypes::default(),
    };
    let sig = cx.signature(&types, Context::Closure);
    let mut f = FuncLowering::new(cx, name, sig, Some(source), item.outer.clone());
    f.lit = item.lit;
    f.at(source.tree.stmt[item.stmt].span.start);
    let label = label_of(source.tree, item.stmt);
    let shape = f.range_shape(body, label);
    let closure = f.b.params()[0];
    let offsets = cx.closure_layout(&shape.before);
    f.know(closure);
    f.note_arguments(&types);
    f.bind_results(&shape, item);
    f.range = Some(RangeLoop {
        closure,
        exits: shape.exits,
        results: offsets[2..].to_vec(),
        defers: shape.defers.map(|n| offsets[n]),
    });
    if let Some(objs) = source.info.range_captures.get(&body) {
        f.bind_captures(objs, &shape.before);
    }
    // The official compiler assigns first, and then asks whether the loop waits for this call.
    let mut at = 1;
    // One after the other, as the official compiler does here.
    for (var, &t) in [key, value].into_iter().zip(&types.params) {
        let n = cx.scalar_count(t);
        let vals: Vals = f.b.params()[at..at + n].iter().copied().collect();
        at += n;
        let var = var.filter(|&e| !f.is_blank(e));
        f.set_vars(define, [(var, vals, t)]);
    }
    // A call at the wrong time counts as a panic of the body, which the range function must not swallow.
    let state = f.load_i32(closure, STATE);
    f.set_word(closure, STATE, PANIC);
    let ready = f.b.i32const(READY);
    let wrong = f.b.binary(Op::Ne, state, ready);
    f.panic_if(wrong, "panicrangestate", &[state]);
    f.range_body(body, label, closure);
    f.finish()
}

impl FuncLowering<'_> {
    /// The results of the function around a body.
    fn bind_results(&mut self, shape: &Shape, item: &RangeBody) {
        let Some(types) = &shape.returns else { return };
        let source = self.src();
        let Some((_, func)) = self.cx.enclosing_func(source, &item.outer, item.lit) else {
            return;
        };
        let named = self.has_named_results(func, types);
        let skip = types.params.len() + usize::from(types.recv.is_some());
        let objs = source.info.func_params.get(&func);
        self.results = (types.results.iter().enumerate())
            .map(|(i, &typ)| ResultVar {
                typ,
                var: objs
                    .and_then(|objs| objs.get(skip + i))
                    .copied()
                    .filter(|_| named),
                dest: None,
                kept: None,
            })
            .collect();
    }

    /// The statements of a body, and its ends: the next iteration, and the end of the loop.
    fn range_body(&mut self, body: BlockId, label: Option<Name>, closure: Value) {
        let next = self.b.new_block();
        let done = self.b.new_block();
        self.flow.targets.push(Target {
            label,
            brk: done,
            cont: Some(next),
        });
        self.block(body);
        self.flow.targets.pop();
        self.leave_to(next);
        self.leave_with(closure, READY, true);
        self.b.seal_block(done);
        self.b.switch_to(done);
        self.leave_with(closure, DONE, false);
    }
}
