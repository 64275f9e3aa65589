//! Simple statements (*Expression statements*, *Send statements*, *IncDec statements*, *Assignment statements*,
//! *Short variable declarations*), with the forms that only the header of a control statement may have.

use super::Parser;
use crate::ast::{BinaryOp, ExprId, ExprKind, ExprList, Pos, StmtId, StmtKind};
use crate::token::{Op, Token};

/// A simple statement as it has been read; some make sense in the header of a control statement only.
pub(super) enum Simple {
    /// An expression.
    Expr(ExprId),
    /// `bind := x.(type)`, in the header of a switch.
    Guard {
        /// The bound name.
        bind: ExprId,
        /// The `:=`.
        op_pos: Pos,
        /// The type assertion without a type.
        assertion: ExprId,
    },
    /// A range clause, in the header of a for statement.
    Range(RangeClause),
    /// Any other statement.
    Stmt(StmtId),
}

/// `key, value := range x`.
pub(super) struct RangeClause {
    /// The first iteration variable.
    pub(super) key: Option<ExprId>,
    /// The second one.
    pub(super) value: Option<ExprId>,
    /// One that is too many.
    pub(super) extra: Option<ExprId>,
    /// Whether it declares them.
    pub(super) define: bool,
    /// The operator, or else the keyword.
    pub(super) op_pos: Pos,
    /// The range expression.
    pub(super) x: ExprId,
}

/// The statement that a simple statement is the header of, as far as it matters.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Context {
    /// A for statement, at its start, where a range clause may stand.
    For,
    /// An if statement.
    If,
    /// A switch statement, where a type switch guard may stand.
    Switch,
    /// None of these.
    Other,
}

impl Context {
    /// The keyword, for messages.
    pub(super) fn keyword(self) -> &'static str {
        match self {
            Context::For => "for",
            Context::If => "if",
            Context::Switch => "switch",
            Context::Other => "",
        }
    }
}

impl Parser<'_> {
    /// A simple statement. Its first expressions may have been read, from the given mark on.
    pub(super) fn simple_stmt(&mut self, lhs: Option<usize>, context: Context) -> Simple {
        if context == Context::For && self.tok() == Token::Range {
            let op_pos = self.pos();
            return Simple::Range(self.range_clause([None; 3], false, op_pos));
        }
        let mark = match lhs {
            Some(mark) => mark,
            None => self.expr_list(),
        };
        let first = self.exprs[mark];
        let start = self.start(first);
        let op_pos = self.pos();
        let tok = self.tok();

        if matches!(tok, Token::Assign | Token::Define) {
            return self.assignment(mark, start, context);
        }
        if self.exprs.len() - mark > 1 {
            self.syntax_error("expected := or = or comma");
            self.advance(&[Token::Semi, Token::Rbrace]);
            self.exprs.truncate(mark);
            return Simple::Expr(first);
        }
        match (tok, self.lex.op) {
            (Token::AssignOp, Op::Binary(op)) => {
                self.next();
                let (lhs, _) = self.take_exprs(mark);
                let rhs_mark = self.mark_exprs();
                let value = self.expr();
                self.exprs.push(value);
                let (rhs, _) = self.take_exprs(rhs_mark);
                Simple::Stmt(self.new_stmt(
                    StmtKind::Assign {
                        lhs,
                        op: Some(op),
                        op_pos,
                        rhs,
                    },
                    start,
                ))
            }
            (Token::IncOp, op) => {
                self.exprs.truncate(mark);
                self.next();
                let inc = op == Op::Binary(BinaryOp::Add);
                Simple::Stmt(self.new_stmt(
                    StmtKind::IncDec {
                        x: first,
                        inc,
                        op_pos,
                    },
                    start,
                ))
            }
            (Token::Arrow, _) => {
                self.exprs.truncate(mark);
                self.next();
                let value = self.expr();
                Simple::Stmt(self.new_stmt(
                    StmtKind::Send {
                        chan: first,
                        value,
                        arrow: op_pos,
                    },
                    start,
                ))
            }
            _ => {
                self.exprs.truncate(mark);
                Simple::Expr(first)
            }
        }
    }

    /// `lhs = rhs`, `lhs := rhs` or a range clause, from the operator on.
    fn assignment(&mut self, mark: usize, start: Pos, context: Context) -> Simple {
        let op_pos = self.pos();
        let define = self.tok() == Token::Define;
        self.next();

        if context == Context::For && self.tok() == Token::Range {
            let key = self.exprs.get(mark).copied();
            let value = self.exprs.get(mark + 1).copied();
            let extra = self.exprs.get(mark + 2).copied();
            self.exprs.truncate(mark);
            return Simple::Range(self.range_clause([key, value, extra], define, op_pos));
        }

        let rhs_mark = self.expr_list();
        if define
            && context == Context::Switch
            && rhs_mark - mark == 1
            && self.exprs.len() - rhs_mark == 1
            && matches!(
                self.kind(self.exprs[rhs_mark]),
                ExprKind::TypeAssert { typ: None, .. }
            )
            && matches!(self.kind(self.exprs[mark]), ExprKind::Ident(_))
        {
            let (bind, assertion) = (self.exprs[mark], self.exprs[rhs_mark]);
            self.exprs.truncate(mark);
            return Simple::Guard {
                bind,
                op_pos,
                assertion,
            };
        }
        let (rhs, _) = self.take_exprs(rhs_mark);
        let (lhs, _) = self.take_exprs(mark);
        let kind = if define {
            StmtKind::Define { lhs, op_pos, rhs }
        } else {
            StmtKind::Assign {
                lhs,
                op: None,
                op_pos,
                rhs,
            }
        };
        Simple::Stmt(self.new_stmt(kind, start))
    }

    /// A range clause, from `range` on.
    fn range_clause(
        &mut self,
        [key, value, extra]: [Option<ExprId>; 3],
        define: bool,
        op_pos: Pos,
    ) -> RangeClause {
        self.next();
        let x = self.expr();
        RangeClause {
            key,
            value,
            extra,
            define,
            op_pos,
            x,
        }
    }

    /// A simple statement as a statement.
    pub(super) fn simple_as_stmt(&mut self, simple: Simple) -> StmtId {
        match simple {
            Simple::Stmt(stmt) => stmt,
            Simple::Expr(x) => self.new_stmt(StmtKind::Expr(x), self.start(x)),
            Simple::Guard {
                bind,
                op_pos,
                assertion,
            } => {
                let lhs = self.single(bind);
                let rhs = self.single(assertion);
                self.new_stmt(StmtKind::Define { lhs, op_pos, rhs }, self.start(bind))
            }
            // Only the header of a for statement asks for one, and takes it.
            Simple::Range(clause) => self.new_stmt(StmtKind::Bad, clause.op_pos),
        }
    }

    /// A list of one expression.
    fn single(&mut self, x: ExprId) -> ExprList {
        let mark = self.mark_exprs();
        self.exprs.push(x);
        self.take_exprs(mark).0
    }
}
