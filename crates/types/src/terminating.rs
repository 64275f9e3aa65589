//! Whether a function body ends in a terminating statement (*Terminating statements*).

use crate::checker::Checker;
use polkago_syntax::{BlockId, BranchKind, CaseClause, ExprKind, Name, StmtId, StmtKind};

impl Checker<'_> {
    /// Whether a block ends in a terminating statement.
    pub(crate) fn is_terminating_block(&self, block: BlockId) -> bool {
        self.is_terminating_list(self.tree().stmts(self.tree().blocks[block].stmts))
    }

    /// Whether the last statement that is not empty is terminating.
    fn is_terminating_list(&self, stmts: &[StmtId]) -> bool {
        stmts
            .iter()
            .rev()
            .find(|&&stmt| !matches!(self.tree().stmt[stmt].kind, StmtKind::Empty))
            .is_some_and(|&stmt| self.is_terminating(stmt, None))
    }

    /// Whether a statement, with the label before it, is terminating.
    fn is_terminating(&self, stmt: StmtId, label: Option<Name>) -> bool {
        let tree = self.tree();
        match &tree.stmt[stmt].kind {
            StmtKind::Bad
            | StmtKind::Empty
            | StmtKind::Decl(_)
            | StmtKind::Send { .. }
            | StmtKind::IncDec { .. }
            | StmtKind::Assign { .. }
            | StmtKind::Define { .. }
            | StmtKind::Go(_)
            | StmtKind::Defer(_)
            | StmtKind::Range { .. } => false,
            StmtKind::Labeled { label, stmt } => {
                self.is_terminating(*stmt, Some(tree.idents[*label].name))
            }
            StmtKind::Expr(e) => {
                let call = self.unparen(*e);
                matches!(tree.expr[call].kind, ExprKind::Call { .. })
                    && self.panic_calls.contains(&(self.env.file, call))
            }
            StmtKind::Return(_) => true,
            StmtKind::Branch { kind, label: _ } => {
                matches!(kind, BranchKind::Goto | BranchKind::Fallthrough)
            }
            StmtKind::Block(block) => self.is_terminating_block(*block),
            StmtKind::If { then, els, .. } => els.is_some_and(|els| {
                self.is_terminating_block(*then) && self.is_terminating(els, None)
            }),
            StmtKind::Switch { clauses, .. } | StmtKind::TypeSwitch { clauses, .. } => {
                self.is_terminating_switch(clauses, label)
            }
            StmtKind::Select { clauses, .. } => clauses.iter().all(|clause| {
                let body = tree.stmts(clause.body);
                self.is_terminating_list(body) && !self.has_break_list(body, label, true)
            }),
            StmtKind::For { cond, body, .. } => {
                cond.is_none() && !self.has_break_block(*body, label, true)
            }
        }
    }

    /// Whether a switch has a default case, all cases terminate, and none breaks.
    fn is_terminating_switch(&self, clauses: &[CaseClause], label: Option<Name>) -> bool {
        clauses.iter().any(|clause| clause.exprs.is_none())
            && clauses.iter().all(|clause| {
                let body = self.tree().stmts(clause.body);
                self.is_terminating_list(body) && !self.has_break_list(body, label, true)
            })
    }

    /// Whether one of the statements breaks: see [`Checker::has_break`].
    fn has_break_list(&self, stmts: &[StmtId], label: Option<Name>, implicit: bool) -> bool {
        stmts
            .iter()
            .any(|&stmt| self.has_break(stmt, label, implicit))
    }

    /// Whether a statement of a block breaks: see [`Checker::has_break`].
    fn has_break_block(&self, block: BlockId, label: Option<Name>, implicit: bool) -> bool {
        let tree = self.tree();
        self.has_break_list(tree.stmts(tree.blocks[block].stmts), label, implicit)
    }

    /// Whether a statement is or contains a break that refers to the label, or, with `implicit`, one without label
    /// that refers to the enclosing statement.
    fn has_break(&self, stmt: StmtId, label: Option<Name>, implicit: bool) -> bool {
        let tree = self.tree();
        match &tree.stmt[stmt].kind {
            StmtKind::Bad
            | StmtKind::Empty
            | StmtKind::Decl(_)
            | StmtKind::Expr(_)
            | StmtKind::Send { .. }
            | StmtKind::IncDec { .. }
            | StmtKind::Assign { .. }
            | StmtKind::Define { .. }
            | StmtKind::Go(_)
            | StmtKind::Defer(_)
            | StmtKind::Return(_) => false,
            StmtKind::Labeled { label: _, stmt } => self.has_break(*stmt, label, implicit),
            StmtKind::Branch {
                kind: BranchKind::Break,
                label: target,
            } => match target {
                None => implicit,
                Some(target) => Some(tree.idents[*target].name) == label,
            },
            StmtKind::Branch { .. } => false,
            StmtKind::Block(block) => self.has_break_block(*block, label, implicit),
            StmtKind::If { then, els, .. } => {
                self.has_break_block(*then, label, implicit)
                    || els.is_some_and(|els| self.has_break(els, label, implicit))
            }
            StmtKind::Switch { clauses, .. } | StmtKind::TypeSwitch { clauses, .. } => {
                label.is_some()
                    && clauses
                        .iter()
                        .any(|clause| self.has_break_list(tree.stmts(clause.body), label, false))
            }
            StmtKind::Select { clauses, .. } => {
                label.is_some()
                    && clauses
                        .iter()
                        .any(|clause| self.has_break_list(tree.stmts(clause.body), label, false))
            }
            StmtKind::For { body, .. } | StmtKind::Range { body, .. } => {
                label.is_some() && self.has_break_block(*body, label, false)
            }
        }
    }
}
