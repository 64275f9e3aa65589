//! `defer` statements (*Defer statements*, decision record 0013).
//!
//! A deferred call is a closure without parameters and results: the function itself where it is one, else a generated
//! function over its operands. Its record, and where possible the closure, stand in slots of the frame if the
//! statement runs at most once a call of the function, and on the heap otherwise.
//!
//! A function with such statements returns through one block, which runs its deferred calls and then reads the
//! results from their variables. If one of the deferred calls may recover, each call has a check behind it
//! (decision record 0003), which leads to the landing block: there the function goes on to return if a panic was
//! recovered on its behalf, and leaves otherwise.

use crate::call_closure::Wrapper;
use crate::func::FuncLowering;
use crate::scalars::Vals;
use crate::vars::Storage;
use polkago_ir::{Block, StackSlot, StackSlotData, Type, UnaryOp, Value};
use polkago_syntax::{BlockId, BranchKind, CaseClause, ExprId, File, Pos, StmtId, StmtKind};
use polkago_types::TypeId;

/// What a function with deferred calls needs to return.
pub(crate) struct Defers {
    /// Its address stands for the frame.
    token: StackSlot,
    /// Where the function returns.
    epilogue: Block,
    /// Where it goes behind a call that left early, if it may have to do something there.
    landing: Option<Block>,
    /// The closing brace.
    end: Pos,
    /// A statement may run again by `goto`.
    repeats: bool,
}

/// The defer statements of a function.
#[derive(Default)]
struct Found {
    calls: Vec<ExprId>,
    in_loop: bool,
    goto: bool,
}

impl Found {
    fn stmts(&mut self, tree: &File, list: &[StmtId], in_loop: bool) {
        for &s in list {
            self.stmt(tree, s, in_loop);
        }
    }

    fn block(&mut self, tree: &File, block: BlockId, in_loop: bool) {
        self.stmts(tree, tree.stmts(tree.blocks[block].stmts), in_loop);
    }

    fn clauses(&mut self, tree: &File, clauses: &[CaseClause], in_loop: bool) {
        for clause in clauses {
            self.stmts(tree, tree.stmts(clause.body), in_loop);
        }
    }

    fn stmt(&mut self, tree: &File, s: StmtId, in_loop: bool) {
        match &tree.stmt[s].kind {
            StmtKind::Defer(call) => {
                self.calls.push(*call);
                self.in_loop |= in_loop;
            }
            StmtKind::Branch {
                kind: BranchKind::Goto,
                ..
            } => self.goto = true,
            StmtKind::Labeled { stmt, .. } => self.stmt(tree, *stmt, in_loop),
            StmtKind::Block(block) => self.block(tree, *block, in_loop),
            StmtKind::If { then, els, .. } => {
                self.block(tree, *then, in_loop);
                if let Some(els) = els {
                    self.stmt(tree, *els, in_loop);
                }
            }
            StmtKind::Switch { clauses, .. } | StmtKind::TypeSwitch { clauses, .. } => {
                self.clauses(tree, clauses, in_loop);
            }
            StmtKind::Select { clauses, .. } => {
                for clause in clauses {
                    self.stmts(tree, tree.stmts(clause.body), in_loop);
                }
            }
            StmtKind::For { body, .. } | StmtKind::Range { body, .. } => {
                self.block(tree, *body, true);
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
            | StmtKind::Return(_)
            | StmtKind::Branch { .. } => {}
        }
    }
}

/// Whether a block defers calls, in function literals not counted.
pub(crate) fn defers(tree: &File, body: BlockId) -> bool {
    let mut found = Found::default();
    found.block(tree, body, false);
    !found.calls.is_empty()
}

impl FuncLowering<'_> {
    /// Prepares a function for the defer statements in its body, if there are any.
    pub fn begin_defers(&mut self, body: BlockId) {
        let tree = self.src().tree;
        let mut found = Found::default();
        found.block(tree, body, false);
        if found.calls.is_empty() {
            return;
        }
        let may_recover = found.calls.iter().any(|&call| self.call_may_recover(call));
        let token = self.b.slot(StackSlotData {
            size: 4,
            align: 4,
            refs: Vec::new(),
        });
        for i in 0..self.results.len() {
            let (typ, dest) = (self.results[i].typ, self.results[i].dest);
            if self.results[i].var.is_some() {
                continue;
            }
            // An unnamed result is zero if the function recovers before it returns.
            match dest {
                Some(dest) => self.clear(dest, 0, self.cx.info(typ).size),
                None => {
                    let vars = self.declare_scalars(typ);
                    for &var in &vars {
                        let zero = self.b.zero_value(self.b.var_type(var));
                        self.b.def_var(var, zero);
                    }
                    self.results[i].kept = Some(Storage::Ssa(vars));
                }
            }
        }
        let landing = may_recover.then(|| self.b.new_block());
        if found.in_loop || found.goto {
            self.b.set_landing(landing);
        }
        self.defers = Some(Defers {
            token,
            epilogue: self.b.new_block(),
            landing,
            end: tree.blocks[body].rbrace,
            repeats: found.goto,
        });
    }

    /// A defer statement.
    pub fn defer_stmt(&mut self, call: ExprId) {
        if let Some(list) = self.range_list() {
            let closure = self.call_closure(call, Wrapper::Defer { once: false });
            self.rt("deferprocat", &[list, closure]);
            return;
        }
        let Some(defers) = &self.defers else {
            return;
        };
        let in_loop = self.flow.targets.iter().any(|t| t.cont.is_some());
        let once = !in_loop && !defers.repeats;
        let (token, landing) = (defers.token, defers.landing);
        let closure = self.call_closure(call, Wrapper::Defer { once });
        let frame = self.b.stack_addr(token, 0);
        let frame = self.ref_to_int(frame);
        match self.cx.runtime_type("_defer") {
            Some(record) if once => {
                let record = self.temp(record);
                self.rt("deferprocStack", &[record, frame, closure]);
            }
            _ => {
                self.rt("deferproc", &[frame, closure]);
            }
        }
        self.b.set_landing(landing);
    }

    /// Whether a deferred call may recover, so that the function returns what its results hold then.
    pub fn may_recover(&self) -> bool {
        self.defers.as_ref().is_some_and(|d| d.landing.is_some())
    }

    /// Puts the results where they wait for the deferred calls, and goes on to these.
    pub fn return_deferred(&mut self, values: Vec<Vals>) {
        for (i, vals) in values.into_iter().enumerate() {
            self.assign_result(i, &vals);
        }
        self.jump_to_epilogue();
    }

    /// Puts a result where it waits for the deferred calls.
    pub fn assign_result(&mut self, i: usize, vals: &[Value]) {
        let result = &self.results[i];
        let t = result.typ;
        let (var, dest, kept) = (result.var, result.dest, result.kept.clone());
        match (var, kept, dest) {
            (Some(obj), ..) => {
                let place = self.var_place(obj);
                self.assign(t, &place, vals);
            }
            (None, Some(kept), _) => {
                let place = self.storage_place(&kept);
                self.assign(t, &place, vals);
            }
            (None, None, Some(dest)) => self.store(t, dest, 0, vals),
            (None, None, None) => {}
        }
    }

    /// Goes on to the deferred calls.
    pub fn jump_to_epilogue(&mut self) {
        if let Some(defers) = &self.defers {
            self.b.jump(defers.epilogue);
        }
    }

    /// Makes the landing block and the one that returns.
    pub fn finish_defers(&mut self) {
        let Some(defers) = self.defers.take() else {
            return;
        };
        self.at(defers.end);
        self.forget_all();
        if let Some(landing) = defers.landing {
            self.b.set_landing(None);
            self.b.switch_to(landing);
            let frame = self.frame_token(&defers);
            let ours = self.rt("unwound", &[frame])[0];
            let leave = self.b.new_block();
            self.b.brif(ours, defers.epilogue, leave);
            self.b.switch_to(leave);
            self.b.ret_exit();
            self.b.set_landing(defers.landing);
        }
        self.b.switch_to(defers.epilogue);
        let frame = self.frame_token(&defers);
        self.rt("deferreturn", &[frame]);
        self.b.set_landing(None);
        let types: Vec<TypeId> = self.results.iter().map(|r| r.typ).collect();
        let dests: Vec<Value> = self.results.iter().filter_map(|r| r.dest).collect();
        let mut values = Vec::new();
        for (i, &t) in types.iter().enumerate() {
            let result = &self.results[i];
            let (var, dest, kept) = (result.var, result.dest, result.kept.clone());
            values.push(match (var, kept, dest) {
                (Some(obj), ..) => {
                    let place = self.var_place(obj);
                    self.read(t, &place)
                }
                (None, Some(kept), _) => {
                    let place = self.storage_place(&kept);
                    self.read(t, &place)
                }
                // It is there already.
                (None, None, Some(dest)) => Vals::from_slice(&[dest]),
                (None, None, None) => self.zero(t),
            });
        }
        self.return_values(&types, values, &dests);
    }

    /// What stands for the frame of a function with deferred calls.
    pub fn frame(&mut self) -> Option<Value> {
        let token = self.defers.as_ref()?.token;
        let frame = self.b.stack_addr(token, 0);
        Some(self.b.unary(UnaryOp::RefToInt, frame, Type::I32))
    }

    fn frame_token(&mut self, defers: &Defers) -> Value {
        let frame = self.b.stack_addr(defers.token, 0);
        self.b.unary(UnaryOp::RefToInt, frame, Type::I32)
    }
}
