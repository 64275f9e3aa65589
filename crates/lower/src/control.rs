//! `if` and `for` (*If statements*, *For statements*).

use crate::flow::Target;
use crate::func::FuncLowering;
use crate::vars::Storage;
use polkago_syntax::{BlockId, ExprId, ExprKind, StmtId, StmtKind};
use polkago_types::{ObjId, static_bool};

impl FuncLowering<'_> {
    /// An if statement. A branch that a constant condition excludes is left out.
    pub fn if_stmt(
        &mut self,
        init: Option<StmtId>,
        cond: Option<ExprId>,
        then: BlockId,
        els: Option<StmtId>,
    ) {
        self.flow.label = None;
        if let Some(init) = init {
            self.stmt(init);
        }
        let Some(cond) = cond else { return };
        match self.const_bool(cond) {
            Some(true) => return self.block(then),
            Some(false) => {
                if let Some(els) = els {
                    self.stmt(els);
                }
                return;
            }
            None => {}
        }
        let source = self.src();
        if let Some(holds) = static_bool(source.tree, source.info, cond) {
            // The condition may have effects.
            self.expr1(cond);
            if holds {
                self.block(then);
            } else if let Some(els) = els {
                self.stmt(els);
            }
            return;
        }
        let then_block = self.b.new_block();
        let done = self.b.new_block();
        let else_block = match els {
            Some(_) => self.b.new_block(),
            None => done,
        };
        let mark = self.mark();
        self.condition(cond, then_block, else_block);
        self.b.seal_block(then_block);
        self.b.switch_to(then_block);
        self.block(then);
        if !self.b.is_terminated() {
            self.b.jump(done);
        }
        self.forget(mark);
        if let Some(els) = els {
            self.b.seal_block(else_block);
            self.b.switch_to(else_block);
            self.stmt(els);
            if !self.b.is_terminated() {
                self.b.jump(done);
            }
            self.forget(mark);
        }
        self.b.seal_block(done);
        self.b.switch_to(done);
    }

    /// A for statement with a condition or a for clause.
    pub fn for_stmt(
        &mut self,
        init: Option<StmtId>,
        cond: Option<ExprId>,
        post: Option<StmtId>,
        body: BlockId,
    ) {
        let label = self.flow.label.take();
        if let Some(init) = init {
            self.stmt(init);
        }
        let source = self.src();
        if let Some(cond) = cond
            && static_bool(source.tree, source.info, cond) == Some(false)
        {
            if self.const_bool(cond).is_none() {
                self.expr1(cond);
            }
            return;
        }
        let head = self.b.new_block();
        let body_block = self.b.new_block();
        let next = self.b.new_block();
        let done = self.b.new_block();
        let mark = self.mark();
        self.b.jump(head);
        self.b.switch_to(head);
        match cond {
            Some(cond) => self.condition(cond, body_block, done),
            None => self.b.jump(body_block),
        }
        self.b.seal_block(body_block);
        self.b.switch_to(body_block);
        self.flow.targets.push(Target {
            label,
            brk: done,
            cont: Some(next),
        });
        self.block(body);
        self.flow.targets.pop();
        self.leave_to(next);
        self.forget(mark);
        if !self.b.is_unreachable() {
            self.renew_loop_vars(init);
            if let Some(post) = post {
                self.stmt(post);
            }
            self.b.jump(head);
        }
        self.b.seal_block(head);
        self.b.seal_block(done);
        self.b.switch_to(done);
        self.forget(mark);
    }

    /// Each iteration has its own variables: those that live in cells move to new ones before the post statement.
    fn renew_loop_vars(&mut self, init: Option<StmtId>) {
        let Some(init) = init else { return };
        let source = self.src();
        let StmtKind::Define { lhs, .. } = &source.tree.stmt[init].kind else {
            return;
        };
        for &e in source.tree.exprs(*lhs) {
            let ExprKind::Ident(id) = source.tree.expr[e].kind else {
                continue;
            };
            if let Some(obj) = source.info.defs[id].expand() {
                self.renew_cell(obj);
            }
        }
    }

    fn renew_cell(&mut self, obj: ObjId) {
        if !self.in_cell(obj) {
            return;
        }
        let Some(Storage::Cell(var)) = self.vars.get(&obj).cloned() else {
            return;
        };
        let t = self.obj_type(obj);
        let old = self.b.use_var(var);
        let vals = self.load(t, old, 0);
        let new = self.new_object(t);
        self.store(t, new, 0, &vals);
        self.b.def_var(var, new);
    }
}
