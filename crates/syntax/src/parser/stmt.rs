//! Statements in general, blocks and labels (*Statements*, *Blocks*, *Labeled statements*).

use super::Parser;
use super::simple::Context;
use crate::ast::{
    BlockId, BranchKind, ExprKind, ExprList, IdentId, Span, Stmt, StmtId, StmtKind, StmtList,
};
use crate::token::{Op, Token};

impl Parser<'_> {
    /// A labeled statement, from the colon on; none where the statement is missing.
    fn labeled_stmt(&mut self, label: IdentId) -> Option<StmtId> {
        let start = self.file.idents[label].pos;
        let colon = self.pos();
        self.want(Token::Colon);
        let stmt = if self.tok() == Token::Rbrace {
            // The semicolon after an empty statement may be left out here.
            let pos = self.pos();
            self.file.stmt.push(Stmt {
                kind: StmtKind::Empty,
                span: Span {
                    start: pos,
                    end: pos,
                },
            })
        } else {
            match self.stmt_or_none() {
                Some(stmt) => stmt,
                None => {
                    self.syntax_error_at(colon, "missing statement after label");
                    return None;
                }
            }
        };
        Some(self.new_stmt(StmtKind::Labeled { label, stmt }, start))
    }

    /// A block. The context, what it follows, must be given unless the next token is `{`.
    pub(super) fn block(&mut self, context: &str) -> BlockId {
        let lbrace = self.pos();
        if !self.got(Token::Lbrace) {
            self.syntax_error(&format!("expected {{ after {context}"));
            self.advance(&[Token::Name, Token::Rbrace]);
            let rbrace = self.pos();
            if self.got(Token::Rbrace) {
                return self.new_block(StmtList::default(), lbrace, rbrace);
            }
        }
        let stmts = self.stmt_list();
        let rbrace = self.pos();
        self.want(Token::Rbrace);
        self.new_block(stmts, lbrace, rbrace)
    }

    /// A statement, where one comes next.
    fn stmt_or_none(&mut self) -> Option<StmtId> {
        if !self.enter() {
            self.leave();
            return None;
        }
        let stmt = self.statement();
        self.leave();
        stmt
    }

    /// A statement, where one comes next.
    fn statement(&mut self) -> Option<StmtId> {
        let start = self.pos();
        let kind = match self.tok() {
            Token::Name => {
                self.drop_directives();
                let mark = self.expr_list();
                if self.tok() == Token::Colon
                    && self.exprs.len() - mark == 1
                    && let ExprKind::Ident(label) = *self.kind(self.exprs[mark])
                {
                    self.exprs.truncate(mark);
                    return self.labeled_stmt(label);
                }
                let simple = self.simple_stmt(Some(mark), Context::Other);
                return Some(self.simple_as_stmt(simple));
            }
            Token::Var | Token::Const | Token::Type => StmtKind::Decl(self.local_decls()),
            Token::Lbrace => StmtKind::Block(self.block("")),
            Token::Operator | Token::Star if !self.starts_statement() => return None,
            Token::Operator
            | Token::Star
            | Token::Literal
            | Token::Func
            | Token::Lparen
            | Token::Lbrack
            | Token::Struct
            | Token::Map
            | Token::Chan
            | Token::Interface
            | Token::Arrow => {
                self.drop_directives();
                let simple = self.simple_stmt(None, Context::Other);
                return Some(self.simple_as_stmt(simple));
            }
            Token::For => self.for_stmt(),
            Token::Switch => self.switch_stmt(),
            Token::Select => self.select_stmt(),
            Token::If => return Some(self.if_stmt()),
            Token::Fallthrough => {
                self.next();
                StmtKind::Branch {
                    kind: BranchKind::Fallthrough,
                    label: None,
                }
            }
            Token::Break => self.loop_branch(BranchKind::Break),
            Token::Continue => self.loop_branch(BranchKind::Continue),
            Token::Go | Token::Defer => self.call_stmt(),
            Token::Goto => {
                self.next();
                StmtKind::Branch {
                    kind: BranchKind::Goto,
                    label: Some(self.name()),
                }
            }
            Token::Return => {
                self.next();
                let mut results = ExprList::default();
                if !matches!(self.tok(), Token::Semi | Token::Rbrace) {
                    let mark = self.expr_list();
                    results = self.take_exprs(mark).0;
                }
                StmtKind::Return(results)
            }
            Token::Semi => {
                let span = Span { start, end: start };
                return Some(self.file.stmt.push(Stmt {
                    kind: StmtKind::Empty,
                    span,
                }));
            }
            Token::Eof
            | Token::AssignOp
            | Token::IncOp
            | Token::Assign
            | Token::Define
            | Token::Rparen
            | Token::Rbrack
            | Token::Rbrace
            | Token::Comma
            | Token::Colon
            | Token::Dot
            | Token::DotDotDot
            | Token::Case
            | Token::Default
            | Token::Else
            | Token::Import
            | Token::Package
            | Token::Range => return None,
        };
        Some(self.new_stmt(kind, start))
    }

    /// Whether the current operator can start a statement, as a unary one.
    fn starts_statement(&self) -> bool {
        use crate::ast::BinaryOp::{Add, And, Mul, Sub, Xor};
        match self.lex.op {
            Op::Not => true,
            Op::Tilde => false,
            Op::Binary(op) => matches!(op, Add | Sub | Mul | And | Xor),
        }
    }

    /// A break or continue statement.
    fn loop_branch(&mut self, kind: BranchKind) -> StmtKind {
        self.next();
        let label = (self.tok() == Token::Name).then(|| self.name());
        StmtKind::Branch { kind, label }
    }

    /// Statements up to a closing brace or the next case.
    pub(super) fn stmt_list(&mut self) -> StmtList {
        let mark = self.stmts.len();
        while !matches!(
            self.tok(),
            Token::Eof | Token::Rbrace | Token::Case | Token::Default
        ) {
            let stmt = self.stmt_or_none();
            self.drop_directives();
            let Some(stmt) = stmt else { break };
            self.stmts.push(stmt);
            if !self.got(Token::Semi) && self.tok() != Token::Rbrace {
                self.syntax_error("at end of statement");
                self.advance(&[Token::Semi, Token::Rbrace, Token::Case, Token::Default]);
                self.got(Token::Semi);
            }
        }
        self.take_stmts(mark)
    }
}
