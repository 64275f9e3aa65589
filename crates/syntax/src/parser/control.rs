//! Control statements and their headers (*If statements*, *Switch statements*, *For statements*, *Select
//! statements*).

use super::simple::{Context, RangeClause, Simple};
use super::{MAX_CHAIN, Parser};
use crate::ast::{
    BlockId, CaseClause, CommClause, ExprId, ExprKind, ExprList, IdentId, Pos, Span, StmtId,
    StmtKind,
};
use crate::print;
use crate::token::{Semi, Token};

/// The header of an if, for or switch statement.
#[derive(Default)]
pub(super) struct Header {
    /// The statement before the first semicolon.
    pub(super) init: Option<StmtId>,
    /// The condition or tag.
    pub(super) cond: Option<ExprId>,
    /// The name that a type switch guard binds; `cond` is then its assertion.
    pub(super) bind: Option<IdentId>,
    /// The statement after the second semicolon.
    pub(super) post: Option<StmtId>,
    /// The range clause, and then nothing else.
    pub(super) range: Option<RangeClause>,
}

impl Parser<'_> {
    /// The header of a control statement, from its keyword on.
    pub(super) fn header(&mut self, context: Context) -> Header {
        let mut header = Header::default();
        self.next();
        if self.tok() == Token::Lbrace {
            if context == Context::If {
                self.syntax_error("missing condition in if statement");
            }
            return header;
        }
        let outer = std::mem::replace(&mut self.xnest, -1);
        self.header_parts(context, &mut header);
        self.xnest = outer;
        header
    }

    /// The statements and expressions of a header.
    fn header_parts(&mut self, context: Context, header: &mut Header) {
        let mut first = None;
        if self.tok() != Token::Semi {
            if self.got(Token::Var) {
                let keyword = context.keyword();
                self.syntax_error(&format!(
                    "var declaration not allowed in {keyword} initializer"
                ));
            }
            match self.simple_stmt(None, context) {
                Simple::Range(clause) => {
                    header.range = Some(clause);
                    return;
                }
                simple => first = Some(simple),
            }
        }
        if self.tok() == Token::Lbrace {
            self.condition(first, None, context, header);
            return;
        }

        // What comes before the first semicolon, if there is one, is the init statement.
        let semi = (self.tok() == Token::Semi).then(|| (self.pos(), self.lex.semi));
        header.init = first.map(|simple| self.simple_as_stmt(simple));
        if semi.is_some() {
            self.next();
        } else {
            self.want(Token::Lbrace);
            if self.tok() != Token::Lbrace {
                self.advance(&[Token::Lbrace, Token::Rbrace]);
            }
        }
        let mut cond = None;
        if context == Context::For {
            if self.tok() != Token::Semi {
                if self.tok() == Token::Lbrace {
                    self.syntax_error("expected for loop condition");
                    return;
                }
                cond = Some(self.simple_stmt(None, Context::Other));
            }
            self.want(Token::Semi);
            if self.tok() != Token::Lbrace {
                let post = self.simple_stmt(None, Context::Other);
                let post = self.simple_as_stmt(post);
                if let StmtKind::Define { op_pos, .. } = self.file.stmt[post].kind {
                    self.syntax_error_at(op_pos, "cannot declare in post statement of for loop");
                }
                header.post = Some(post);
            }
        } else if self.tok() != Token::Lbrace {
            cond = Some(self.simple_stmt(None, context));
        }
        self.condition(cond, semi, context, header);
    }

    /// Turns the statement in the place of the condition into an expression. `semi` is the
    /// semicolon before it.
    fn condition(
        &mut self,
        stmt: Option<Simple>,
        semi: Option<(Pos, Semi)>,
        context: Context,
        header: &mut Header,
    ) {
        match stmt {
            None => {
                let (Context::If, Some((pos, semi))) = (context, semi) else {
                    return;
                };
                match semi {
                    Semi::Written => self.syntax_error_at(pos, "missing condition in if statement"),
                    Semi::Newline | Semi::Eof => {
                        let what = semi.describe();
                        self.syntax_error_at(
                            pos,
                            &format!("unexpected {what}, expected {{ after if clause"),
                        );
                    }
                }
                header.cond = Some(self.bad_expr_at(pos));
            }
            Some(Simple::Expr(x)) => header.cond = Some(x),
            Some(Simple::Guard {
                bind, assertion, ..
            }) => {
                if let ExprKind::Ident(bind) = *self.kind(bind) {
                    header.bind = Some(bind);
                }
                header.cond = Some(assertion);
            }
            Some(simple @ (Simple::Stmt(_) | Simple::Range(_))) => {
                let stmt = self.simple_as_stmt(simple);
                // `=` in place of `==` is a common slip; parentheses make the `=` stand out.
                let shown = match self.file.stmt[stmt].kind {
                    StmtKind::Assign {
                        lhs, op: None, rhs, ..
                    } => {
                        format!(
                            "assignment {} = {}",
                            self.emphasized(lhs),
                            self.emphasized(rhs)
                        )
                    }
                    _ => print::short_stmt(&self.file, stmt),
                };
                let pos = self.operator_pos(stmt);
                self.syntax_error_at(pos, &format!("cannot use {shown} as value"));
            }
        }
    }

    /// Where the operator of a simple statement stands.
    fn operator_pos(&self, stmt: StmtId) -> Pos {
        let stmt = &self.file.stmt[stmt];
        match stmt.kind {
            StmtKind::Assign { op_pos, .. }
            | StmtKind::Define { op_pos, .. }
            | StmtKind::IncDec { op_pos, .. } => op_pos,
            StmtKind::Send { arrow, .. } => arrow,
            _ => stmt.span.start,
        }
    }

    /// An expression list for a message, a binary operation in parentheses.
    fn emphasized(&self, list: ExprList) -> String {
        match self.file.exprs(list) {
            &[x] if matches!(self.kind(x), ExprKind::Binary { .. }) => {
                format!("({})", print::short_expr(&self.file, x))
            }
            exprs => {
                let texts: Vec<_> = exprs
                    .iter()
                    .map(|&x| print::short_expr(&self.file, x))
                    .collect();
                texts.join(", ")
            }
        }
    }

    /// A for statement.
    pub(super) fn for_stmt(&mut self) -> StmtKind {
        let header = self.header(Context::For);
        let body = self.block("for clause");
        match header.range {
            Some(RangeClause {
                key,
                value,
                extra,
                define,
                op_pos,
                x,
            }) => StmtKind::Range {
                key,
                value,
                extra,
                define,
                op_pos,
                x,
                body,
            },
            None => StmtKind::For {
                init: header.init,
                cond: header.cond,
                post: header.post,
                body,
            },
        }
    }

    /// An if statement with all its `else if`s, which are read in a loop.
    pub(super) fn if_stmt(&mut self) -> StmtId {
        let mut chain: Vec<(Pos, Header, BlockId)> = Vec::new();
        let mut els = None;
        loop {
            let start = self.pos();
            let header = self.header(Context::If);
            let then = self.block("if clause");
            chain.push((start, header, then));
            if !self.got(Token::Else) {
                break;
            }
            match self.tok() {
                Token::If if chain.len() < MAX_CHAIN as usize => continue,
                Token::If => self.too_long("else-if branches in one statement"),
                Token::Lbrace => {
                    let start = self.pos();
                    let block = self.block("");
                    els = Some(self.new_stmt(StmtKind::Block(block), start));
                }
                _ => {
                    self.syntax_error("else must be followed by if or statement block");
                    self.advance(&[Token::Name, Token::Rbrace]);
                }
            }
            break;
        }
        let (start, header, then) = chain.remove(0);
        for (start, header, then) in chain.into_iter().rev() {
            let kind = StmtKind::If {
                init: header.init,
                cond: header.cond,
                then,
                els,
            };
            els = Some(self.new_stmt(kind, start));
        }
        self.new_stmt(
            StmtKind::If {
                init: header.init,
                cond: header.cond,
                then,
                els,
            },
            start,
        )
    }

    /// An expression switch or type switch.
    pub(super) fn switch_stmt(&mut self) -> StmtKind {
        let header = self.header(Context::Switch);
        let lbrace = self.pos();
        if !self.got(Token::Lbrace) {
            self.syntax_error("missing { after switch clause");
            self.advance(&[Token::Case, Token::Default, Token::Rbrace]);
        }
        let mut clauses = Vec::new();
        while !matches!(self.tok(), Token::Eof | Token::Rbrace) {
            clauses.push(self.case_clause());
        }
        let rbrace = self.pos();
        self.want(Token::Rbrace);
        match header.cond.map(|tag| self.kind(tag)) {
            Some(&ExprKind::TypeAssert { x, typ: None }) => StmtKind::TypeSwitch {
                init: header.init,
                bind: header.bind,
                x,
                clauses,
                lbrace,
                rbrace,
            },
            _ => StmtKind::Switch {
                init: header.init,
                tag: header.cond,
                clauses,
                lbrace,
                rbrace,
            },
        }
    }

    /// A select statement.
    pub(super) fn select_stmt(&mut self) -> StmtKind {
        self.next();
        let lbrace = self.pos();
        if !self.got(Token::Lbrace) {
            self.syntax_error("missing { after select clause");
            self.advance(&[Token::Case, Token::Default, Token::Rbrace]);
        }
        let mut clauses = Vec::new();
        while !matches!(self.tok(), Token::Eof | Token::Rbrace) {
            clauses.push(self.comm_clause());
        }
        let rbrace = self.pos();
        self.want(Token::Rbrace);
        StmtKind::Select {
            clauses,
            lbrace,
            rbrace,
        }
    }

    /// A case of a switch statement.
    fn case_clause(&mut self) -> CaseClause {
        let start = self.pos();
        let mut exprs = None;
        if self.got(Token::Case) {
            let mark = self.expr_list();
            exprs = Some(self.take_exprs(mark).0);
        } else {
            self.default_case();
        }
        let colon = self.pos();
        self.want(Token::Colon);
        let body = self.stmt_list();
        CaseClause {
            exprs,
            body,
            span: self.clause_span(start, colon),
            colon,
        }
    }

    /// A case of a select statement. Statements that are no communication are left to type checking.
    fn comm_clause(&mut self) -> CommClause {
        let start = self.pos();
        let mut comm = None;
        if self.got(Token::Case) {
            let simple = self.simple_stmt(None, Context::Other);
            comm = Some(self.simple_as_stmt(simple));
        } else {
            self.default_case();
        }
        let colon = self.pos();
        self.want(Token::Colon);
        let body = self.stmt_list();
        CommClause {
            comm,
            body,
            span: self.clause_span(start, colon),
            colon,
        }
    }

    /// `default`, or an error.
    fn default_case(&mut self) {
        if !self.got(Token::Default) {
            self.syntax_error("expected case or default or }");
            self.advance(&[Token::Colon, Token::Case, Token::Default, Token::Rbrace]);
        }
    }

    /// The place of a clause that ends with the last token read.
    fn clause_span(&self, start: Pos, colon: Pos) -> Span {
        Span {
            start,
            end: self.prev_end().max(colon),
        }
    }
}
