//! Code that constants rule out. The official compiler leaves it out before its back end sees it
//! (`cmd/compile/internal/noder`), so what only its back end would refuse is no error there, and a function that is
//! called only there needs no body.

use crate::constant::{CompareOp, Constant};
use crate::info::{FileInfo, Mode};
use crate::object::Builtin;
use polkago_syntax::{
    BinaryOp, BlockId, BranchKind, CaseClause, ExprId, ExprKind, File, Span, StmtId, StmtKind,
    StmtList, UnaryOp,
};

/// The value of a boolean expression that constants decide. Operands that are no constants may still have effects. As
/// in the official compiler, what stands in parentheses is decided only if it is a constant.
#[must_use]
pub fn static_bool(tree: &File, info: &FileInfo, e: ExprId) -> Option<bool> {
    if let Some(c) = info.consts.get(&e) {
        return c.as_bool();
    }
    match tree.expr[e].kind {
        ExprKind::Unary {
            op: UnaryOp::Not,
            x,
        } => static_bool(tree, info, x).map(|b| !b),
        ExprKind::Binary {
            op: op @ (BinaryOp::LogAnd | BinaryOp::LogOr),
            x,
            y,
            ..
        } => {
            let decides = op == BinaryOp::LogOr;
            let first = static_bool(tree, info, x);
            if first == Some(decides) {
                return first;
            }
            let second = static_bool(tree, info, y);
            let both = first.is_some() || second == Some(decides);
            second.filter(|_| both)
        }
        _ => None,
    }
}

/// The clause that a switch over a constant always takes, where constants decide that: none, or the one with this
/// number.
#[must_use]
pub fn static_clause(
    tree: &File,
    info: &FileInfo,
    tag: Option<ExprId>,
    clauses: &[CaseClause],
) -> Option<Option<usize>> {
    let truth = Constant::Bool(true);
    let tag = match tag {
        Some(tag) => info.consts.get(&tag)?,
        None => &truth,
    };
    let mut target = None;
    'clauses: for (i, clause) in clauses.iter().enumerate() {
        let Some(exprs) = clause.exprs else {
            target = Some(i);
            continue;
        };
        for e in tree.exprs(exprs) {
            if tag.compare(CompareOp::Eq, info.consts.get(e)?) {
                target = Some(i);
                break 'clauses;
            }
        }
    }
    let goes_on = |i: usize| {
        let last = last_stmt(tree, clauses[i].body).map(|s| &tree.stmt[s].kind);
        let fallthrough = BranchKind::Fallthrough;
        matches!(last, Some(StmtKind::Branch { kind, .. }) if *kind == fallthrough)
    };
    match target {
        Some(i) if goes_on(i) => None,
        target => Some(target),
    }
}

/// The last statement that is not empty.
fn last_stmt(tree: &File, list: StmtList) -> Option<StmtId> {
    let stmts = tree.stmts(list).iter().rev();
    let mut stmts = stmts.filter(|&&s| !matches!(tree.stmt[s].kind, StmtKind::Empty));
    stmts.next().copied()
}

/// Where the statements of a file stand that constants rule out.
pub(crate) fn dead_code(tree: &File, info: &FileInfo) -> Vec<Span> {
    let mut dead = Dead {
        tree,
        info,
        spans: Vec::new(),
    };
    for stmt in tree.stmt.values() {
        dead.inside(&stmt.kind);
    }
    for block in tree.blocks.values() {
        dead.behind(block.stmts);
    }
    dead.spans
}

struct Dead<'a> {
    tree: &'a File,
    info: &'a FileInfo,
    spans: Vec<Span>,
}

impl Dead<'_> {
    fn stmt(&mut self, stmt: StmtId) {
        self.spans.push(self.tree.stmt[stmt].span);
    }

    fn list(&mut self, list: StmtList) {
        for &stmt in self.tree.stmts(list) {
            self.stmt(stmt);
        }
    }

    fn block(&mut self, block: BlockId) {
        self.list(self.tree.blocks[block].stmts);
    }

    /// What a statement never does.
    fn inside(&mut self, stmt: &StmtKind) {
        let (tree, info) = (self.tree, self.info);
        match stmt {
            StmtKind::If {
                cond: Some(cond),
                then,
                els,
                ..
            } => match static_bool(tree, info, *cond) {
                Some(false) => self.block(*then),
                Some(true) => {
                    if let Some(els) = els {
                        self.stmt(*els);
                    }
                }
                None => {}
            },
            StmtKind::For {
                cond: Some(cond),
                post,
                body,
                ..
            } if static_bool(tree, info, *cond) == Some(false) => {
                self.block(*body);
                if let Some(post) = post {
                    self.stmt(*post);
                }
            }
            StmtKind::Switch { tag, clauses, .. } => {
                if let Some(target) = static_clause(tree, info, *tag, clauses) {
                    for (i, clause) in clauses.iter().enumerate() {
                        if Some(i) != target {
                            self.list(clause.body);
                        }
                    }
                }
                self.clauses(clauses);
            }
            StmtKind::TypeSwitch { clauses, .. } => self.clauses(clauses),
            StmtKind::Select { clauses, .. } => {
                for clause in clauses {
                    self.behind(clause.body);
                }
            }
            _ => {}
        }
    }

    fn clauses(&mut self, clauses: &[CaseClause]) {
        for clause in clauses {
            self.behind(clause.body);
        }
    }

    /// What stands behind a statement that does not end, and behind the last label.
    fn behind(&mut self, list: StmtList) {
        let stmts = self.tree.stmts(list);
        let is_label = |s: &StmtId| matches!(self.tree.stmt[*s].kind, StmtKind::Labeled { .. });
        let label = stmts.iter().rposition(is_label);
        let mut dead = false;
        for (i, &stmt) in stmts.iter().enumerate() {
            if dead && label.is_none_or(|label| i > label) {
                self.stmt(stmt);
            } else {
                dead = self.terminates(stmt);
            }
        }
    }

    /// Whether nothing follows a statement, as the official compiler sees it.
    fn terminates(&self, stmt: StmtId) -> bool {
        let (tree, info) = (self.tree, self.info);
        match &tree.stmt[stmt].kind {
            StmtKind::Branch { kind, .. } => *kind == BranchKind::Goto,
            StmtKind::Return(_) => true,
            StmtKind::Expr(e) => {
                let unparen = |mut e: ExprId| {
                    while let ExprKind::Paren(x) = tree.expr[e].kind {
                        e = x;
                    }
                    e
                };
                match tree.expr[unparen(*e)].kind {
                    ExprKind::Call { fun, .. } => {
                        info.exprs[unparen(fun)].mode == Mode::Builtin(Builtin::Panic)
                    }
                    _ => false,
                }
            }
            StmtKind::If {
                cond: Some(cond),
                then,
                els,
                ..
            } => {
                let cond = static_bool(tree, info, *cond);
                let els = els.is_some_and(|els| self.terminates(els));
                (cond == Some(false) || self.ends(*then)) && (cond == Some(true) || els)
            }
            StmtKind::Block(block) => self.ends(*block),
            _ => false,
        }
    }

    fn ends(&self, block: BlockId) -> bool {
        let last = last_stmt(self.tree, self.tree.blocks[block].stmts);
        last.is_some_and(|last| self.terminates(last))
    }
}
