//! Statements (*Statements*).

use crate::func::FuncLowering;
use crate::scalars::Vals;
use polkago_ir::{Block, Value};
use polkago_syntax::{
    BlockId, BranchKind, Decl, ExprId, ExprKind, IdentId, Name, StmtId, StmtKind, StmtList,
    UnaryOp, VarDecl,
};
use polkago_types::{TypeId, TypeKind};

impl FuncLowering<'_> {
    /// The body of a function, and its end.
    pub fn body(&mut self, body: BlockId) {
        self.begin_defers(body);
        self.block(body);
        if self.b.is_unreachable() {
            // A block that nothing reaches needs its end as well.
            if !self.b.is_terminated() {
                self.b.trap(polkago_ir::TrapCode::Unreachable);
            }
            return;
        }
        let end = self.src().tree.blocks[body].rbrace;
        self.at(end);
        self.return_vars();
    }

    /// A block.
    pub fn block(&mut self, block: BlockId) {
        let stmts = self.src().tree.blocks[block].stmts;
        self.stmts(stmts);
    }

    /// Statements in order. Those that cannot be reached are left out, up to the next label.
    pub fn stmts(&mut self, list: StmtList) {
        let source = self.src();
        for &stmt in source.tree.stmts(list) {
            if self.b.is_unreachable()
                && !matches!(source.tree.stmt[stmt].kind, StmtKind::Labeled { .. })
            {
                continue;
            }
            self.stmt(stmt);
        }
    }

    /// A statement.
    pub fn stmt(&mut self, s: StmtId) {
        let tree = self.src().tree;
        let stmt = &tree.stmt[s];
        self.at(stmt.span.start);
        match &stmt.kind {
            StmtKind::Bad | StmtKind::Empty => {}
            StmtKind::Decl(decls) => self.decls(decls),
            StmtKind::Labeled { label, stmt } => self.labeled(*label, *stmt),
            StmtKind::Expr(e) => self.expr_stmt(*e),
            StmtKind::Send { chan, value, .. } => self.send_stmt(*chan, *value),
            StmtKind::IncDec { x, inc, op_pos } => self.inc_dec(*x, *inc, *op_pos),
            StmtKind::Assign {
                lhs,
                op,
                op_pos,
                rhs,
            } => {
                let (lhs, rhs) = (tree.exprs(*lhs), tree.exprs(*rhs));
                match op {
                    Some(op) => self.assign_op(lhs[0], *op, *op_pos, rhs[0]),
                    None => self.assignment(lhs, rhs, false),
                }
            }
            StmtKind::Define { lhs, rhs, .. } => {
                self.assignment(tree.exprs(*lhs), tree.exprs(*rhs), true);
            }
            StmtKind::Go(call) => self.go_stmt(*call),
            StmtKind::Defer(call) => self.defer_stmt(*call),
            StmtKind::Return(results) => self.return_stmt(tree.exprs(*results)),
            StmtKind::Branch { kind, label } => {
                self.branch(*kind, label.map(|l| tree.idents[l].name));
            }
            StmtKind::Block(block) => self.labeled_block(*block),
            StmtKind::If {
                init,
                cond,
                then,
                els,
            } => self.if_stmt(*init, *cond, *then, *els),
            StmtKind::Switch {
                init, tag, clauses, ..
            } => self.switch_stmt(*init, *tag, clauses),
            StmtKind::TypeSwitch {
                init, x, clauses, ..
            } => self.type_switch(s, *init, *x, clauses),
            StmtKind::Select { clauses, .. } => self.select_stmt(clauses),
            StmtKind::For {
                init,
                cond,
                post,
                body,
            } => self.for_stmt(*init, *cond, *post, *body),
            StmtKind::Range { .. } => self.range_stmt(s),
        }
    }

    fn expr_stmt(&mut self, e: ExprId) {
        let e = self.unparen(e);
        match self.kind(e) {
            ExprKind::Call { .. } => {
                let before = self.at(self.expr_pos(e));
                self.call(e);
                self.set_pos(before);
            }
            ExprKind::Unary {
                op: UnaryOp::Recv,
                x,
            } => self.recv_stmt(*x),
            _ => {
                self.expr(e);
            }
        }
    }

    fn decls(&mut self, decls: &[Decl]) {
        for decl in decls {
            match decl {
                Decl::Var(var) => self.var_decl(var),
                Decl::Import(_) | Decl::Const(_) | Decl::Type(_) | Decl::Func(_) | Decl::Bad(_) => {
                }
            }
        }
    }

    /// *Variable declarations* in a function.
    fn var_decl(&mut self, decl: &VarDecl) {
        let source = self.src();
        self.at(decl.span.start);
        let values = source.tree.exprs(decl.values);
        let defined = |id: &IdentId| {
            let blank = source.tree.ident_text(*id) == "_";
            source.info.defs[*id].expand().filter(|_| !blank)
        };
        if values.is_empty() {
            for obj in decl.names.iter().filter_map(defined) {
                self.declare_zero(obj);
            }
            return;
        }
        let declared = decl.typ.map(|t| self.typ(t));
        let targets: Vec<_> = decl
            .names
            .iter()
            .map(|id| match defined(id) {
                Some(obj) => crate::assign::Target::New(obj),
                None => crate::assign::Target::Blank(declared),
            })
            .collect();
        self.assign_all(&targets, values);
    }

    // Leaving.

    fn return_stmt(&mut self, exprs: &[ExprId]) {
        if exprs.is_empty() {
            self.return_vars();
            return;
        }
        let types: Vec<TypeId> = self.results.iter().map(|r| r.typ).collect();
        if self.return_literal(exprs, &types) {
            return;
        }
        let values = match exprs {
            [e] if types.len() != 1 => {
                let e = self.unparen(*e);
                let from: Vec<TypeId> = match self.cx.kind(self.typ(e)) {
                    TypeKind::Tuple(from) => from
                        .iter()
                        .map(|&t| self.cx.subst(t, &self.subst))
                        .collect(),
                    _ => Vec::new(),
                };
                let vals = self.call(e);
                vals.into_iter()
                    .zip(from)
                    .zip(&types)
                    .map(|((v, from), &to)| self.implicit(v, from, to))
                    .collect()
            }
            [e] => vec![self.expr_to(*e, types[0])],
            _ => {
                let pairs = exprs.iter().zip(&types);
                pairs.map(|(&e, &t)| self.expr_kept(e, t)).collect()
            }
        };
        self.return_from(&types, values);
    }

    /// Returns the values of the result variables.
    pub fn return_vars(&mut self) {
        if self.leave_range_bare() {
            return;
        }
        if self.defers.is_some() {
            self.jump_to_epilogue();
            return;
        }
        let types: Vec<TypeId> = self.results.iter().map(|r| r.typ).collect();
        let vars: Vec<_> = self.results.iter().map(|r| r.var).collect();
        let values: Vec<Vals> = vars
            .into_iter()
            .zip(&types)
            .map(|(var, &t)| match var {
                Some(obj) => {
                    let place = self.var_place(obj);
                    self.read(t, &place)
                }
                None => self.zero(t),
            })
            .collect();
        self.return_now(&types, values);
    }

    /// Returns values.
    pub fn return_from(&mut self, types: &[TypeId], values: Vec<Vals>) {
        if self.leave_range_with(&values) {
            return;
        }
        if self.defers.is_some() {
            self.return_deferred(values);
            return;
        }
        // Somebody may see the result variables after the function has returned.
        for (i, vals) in values.iter().enumerate() {
            if let Some(obj) = self.results[i].var
                && self.in_cell(obj)
            {
                let place = self.var_place(obj);
                self.assign(types[i], &place, vals);
            }
        }
        self.return_now(types, values);
    }

    fn return_now(&mut self, types: &[TypeId], values: Vec<Vals>) {
        let dests: Vec<Value> = self.results.iter().filter_map(|r| r.dest).collect();
        self.return_values(types, values, &dests);
    }

    // Branches and labels.

    pub fn branch(&mut self, kind: BranchKind, label: Option<Name>) {
        if let Some(label) = label
            && self.leave_range_by(kind, label)
        {
            return;
        }
        let target = match kind {
            BranchKind::Break => self.flow.find(label, false),
            BranchKind::Continue => self.flow.find(label, true),
            BranchKind::Fallthrough => self.flow.fallthrough,
            BranchKind::Goto => label.map(|l| self.label_block(l)),
        };
        // The parser has reported branches without a target.
        if let Some(block) = target {
            self.b.jump(block);
        }
    }

    fn label_block(&mut self, label: Name) -> Block {
        if let Some(&block) = self.flow.labels.get(&label) {
            return block;
        }
        let block = self.b.new_block();
        self.flow.labels.insert(label, block);
        block
    }

    fn labeled(&mut self, label: IdentId, stmt: StmtId) {
        let tree = self.src().tree;
        let name = tree.idents[label].name;
        let is_goto = |kind: &StmtKind| {
            matches!(kind, StmtKind::Branch { kind: BranchKind::Goto, label: Some(l) }
                if tree.idents[*l].name == name)
        };
        if tree.stmt.values().any(|s| is_goto(&s.kind)) {
            let block = self.label_block(name);
            if !self.b.is_terminated() {
                self.b.jump(block);
            }
            // Unsealed until the end: more jumps may come from anywhere.
            self.b.switch_to(block);
            self.forget_all();
        } else if self.b.is_unreachable() {
            return;
        }
        self.flow.label = Some(name);
        self.stmt(stmt);
        self.flow.label = None;
    }

    /// A block, which `break` may leave if it has a label.
    fn labeled_block(&mut self, block: BlockId) {
        let Some(label) = self.flow.label.take() else {
            self.block(block);
            return;
        };
        let done = self.b.new_block();
        let mark = self.mark();
        self.flow.targets.push(crate::flow::Target {
            label: Some(label),
            brk: done,
            cont: None,
        });
        self.block(block);
        self.flow.targets.pop();
        self.leave_to(done);
        self.forget(mark);
    }

    /// Goes on in a block that nothing else jumps to from here on.
    pub fn leave_to(&mut self, block: Block) {
        if !self.b.is_terminated() {
            self.b.jump(block);
        }
        self.b.seal_block(block);
        self.b.switch_to(block);
    }
}
