//! Statements.

use super::Printer;
use crate::ast::{BlockId, BranchKind, ExprId, StmtId, StmtKind, StmtList};

impl Printer<'_> {
    /// Prints a block.
    pub(super) fn block(&mut self, block: BlockId) {
        let stmts = self.file.blocks[block].stmts;
        self.text("{");
        self.indented_stmts(stmts);
        if stmts.len > 0 {
            self.newline();
        }
        self.text("}");
    }

    /// Prints statements, each on a line of its own.
    fn indented_stmts(&mut self, stmts: StmtList) {
        self.indent += 1;
        for &stmt in self.file.stmts(stmts) {
            self.newline();
            self.stmt(stmt);
        }
        self.indent -= 1;
    }

    /// Prints a statement.
    pub(super) fn stmt(&mut self, stmt: StmtId) {
        let file = self.file;
        match &file.stmt[stmt].kind {
            StmtKind::Bad => self.text("<bad statement>"),
            StmtKind::Empty => self.text(";"),
            StmtKind::Decl(decls) => self.decls(decls),
            StmtKind::Labeled { label, stmt } => {
                self.ident(*label);
                self.text(":");
                self.newline();
                self.stmt(*stmt);
            }
            StmtKind::Expr(x) => self.expr(*x),
            StmtKind::Send { chan, value, .. } => {
                self.expr(*chan);
                self.text(" <- ");
                self.expr(*value);
            }
            StmtKind::IncDec { x, inc, .. } => {
                self.expr(*x);
                self.text(if *inc { "++" } else { "--" });
            }
            StmtKind::Assign { lhs, op, rhs, .. } => {
                self.exprs(*lhs);
                self.text(" ");
                if let Some(op) = op {
                    self.text(op.text());
                }
                self.text("= ");
                self.exprs(*rhs);
            }
            StmtKind::Define { lhs, rhs, .. } => {
                self.exprs(*lhs);
                self.text(" := ");
                self.exprs(*rhs);
            }
            StmtKind::Go(call) => {
                self.text("go ");
                self.expr(*call);
            }
            StmtKind::Defer(call) => {
                self.text("defer ");
                self.expr(*call);
            }
            StmtKind::Return(results) => {
                self.text("return");
                if results.len > 0 {
                    self.text(" ");
                    self.exprs(*results);
                }
            }
            StmtKind::Branch { kind, label } => {
                self.text(match kind {
                    BranchKind::Break => "break",
                    BranchKind::Continue => "continue",
                    BranchKind::Goto => "goto",
                    BranchKind::Fallthrough => "fallthrough",
                });
                if let Some(label) = label {
                    self.text(" ");
                    self.ident(*label);
                }
            }
            StmtKind::Block(block) => self.block(*block),
            StmtKind::If { .. } => self.if_chain(stmt),
            StmtKind::Switch {
                init, tag, clauses, ..
            } => {
                self.text("switch ");
                self.init(*init);
                if let Some(tag) = tag {
                    self.expr(*tag);
                    self.text(" ");
                }
                self.text("{");
                for clause in clauses {
                    self.newline();
                    match clause.exprs {
                        Some(exprs) => {
                            self.text("case ");
                            self.exprs(exprs);
                        }
                        None => self.text("default"),
                    }
                    self.text(":");
                    self.indented_stmts(clause.body);
                }
                self.close(clauses.is_empty());
            }
            StmtKind::TypeSwitch {
                init,
                bind,
                x,
                clauses,
                ..
            } => {
                self.text("switch ");
                self.init(*init);
                if let Some(bind) = bind {
                    self.ident(*bind);
                    self.text(" := ");
                }
                self.expr(*x);
                self.text(".(type) {");
                for clause in clauses {
                    self.newline();
                    match clause.exprs {
                        Some(types) => {
                            self.text("case ");
                            self.exprs(types);
                        }
                        None => self.text("default"),
                    }
                    self.text(":");
                    self.indented_stmts(clause.body);
                }
                self.close(clauses.is_empty());
            }
            StmtKind::Select { clauses, .. } => {
                self.text("select {");
                for clause in clauses {
                    self.newline();
                    match clause.comm {
                        Some(comm) => {
                            self.text("case ");
                            self.stmt(comm);
                        }
                        None => self.text("default"),
                    }
                    self.text(":");
                    self.indented_stmts(clause.body);
                }
                self.close(clauses.is_empty());
            }
            StmtKind::For {
                init,
                cond,
                post,
                body,
            } => {
                self.text("for ");
                self.for_header(*init, *cond, *post);
                self.block(*body);
            }
            StmtKind::Range {
                key,
                value,
                extra,
                define,
                x,
                body,
                ..
            } => {
                self.text("for ");
                if let Some(key) = key {
                    self.expr(*key);
                    for next in value.iter().chain(extra) {
                        self.text(", ");
                        self.expr(*next);
                    }
                    self.text(if *define { " := " } else { " = " });
                }
                self.text("range ");
                self.expr(*x);
                self.text(" ");
                self.block(*body);
            }
        }
    }

    /// Prints what precedes the first semicolon of a header, with the semicolon.
    fn init(&mut self, init: Option<StmtId>) {
        if let Some(init) = init {
            self.stmt(init);
            self.text("; ");
        }
    }

    /// Prints the header of a for statement without range clause.
    fn for_header(&mut self, init: Option<StmtId>, cond: Option<ExprId>, post: Option<StmtId>) {
        let three = init.is_some() || post.is_some();
        if let Some(init) = init {
            self.stmt(init);
        }
        if three {
            self.text("; ");
        }
        if let Some(cond) = cond {
            self.expr(cond);
        }
        if three {
            self.text("; ");
        }
        if let Some(post) = post {
            self.stmt(post);
        }
        if post.is_some() || cond.is_some() && !three {
            self.text(" ");
        }
    }

    /// Prints the closing brace of a statement with clauses.
    fn close(&mut self, empty: bool) {
        if !empty {
            self.newline();
        }
        self.text("}");
    }

    /// Prints an if statement, its else branches in a loop, for there may be thousands.
    fn if_chain(&mut self, stmt: StmtId) {
        let file = self.file;
        let mut next = stmt;
        while let StmtKind::If {
            init,
            cond,
            then,
            els,
        } = file.stmt[next].kind
        {
            self.text("if ");
            self.init(init);
            if let Some(cond) = cond {
                self.expr(cond);
                self.text(" ");
            }
            self.block(then);
            let Some(els) = els else { return };
            self.text(" else ");
            next = els;
        }
        self.stmt(next);
    }
}
