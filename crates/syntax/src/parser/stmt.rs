//! Statements (*Statements*).

use super::{MAX_CHAIN, Parser};
use crate::ast::{
    BlockId, BranchKind, CaseClause, CommClause, ExprId, ExprKind, ExprList, IdentId, Pos, Span,
    StmtId, StmtKind,
};
use crate::error::ErrorCode;
use crate::print;
use crate::token::{Op, Token};

/// A simple statement as it has been read; some make sense in the header of a control statement only.
enum Simple {
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
struct RangeClause {
    /// The first iteration variable.
    key: Option<ExprId>,
    /// The second one.
    value: Option<ExprId>,
    /// Whether it declares them.
    define: bool,
    /// The operator, or else the keyword.
    op_pos: Pos,
    /// The range expression.
    x: ExprId,
}

/// The statement that a simple statement is the header of, as far as it matters.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Context {
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
    fn keyword(self) -> &'static str {
        match self {
            Context::For => "for",
            Context::If => "if",
            Context::Switch => "switch",
            Context::Other => "",
        }
    }
}

/// The header of an if, for or switch statement.
#[derive(Default)]
struct Header {
    /// The statement before the first semicolon.
    init: Option<StmtId>,
    /// The condition or tag.
    cond: Option<ExprId>,
    /// The name that a type switch guard binds; `cond` is then its assertion.
    bind: Option<IdentId>,
    /// The statement after the second semicolon.
    post: Option<StmtId>,
    /// The range clause, and then nothing else.
    range: Option<RangeClause>,
}

impl Parser<'_> {
    /// A simple statement. Its first expressions may have been read, from the given mark on.
    fn simple_stmt(&mut self, lhs: Option<usize>, context: Context) -> Simple {
        if context == Context::For && self.tok() == Token::Range {
            let op_pos = self.pos();
            return Simple::Range(self.range_clause(None, None, false, op_pos));
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
                let inc = op == Op::Binary(crate::ast::BinaryOp::Add);
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
            if let Some(&extra) = self.exprs.get(mark + 2) {
                let pos = self.start(extra);
                let message = "range clause permits at most two iteration variables".to_owned();
                self.rule_error(pos, ErrorCode::Form, message);
            }
            let key = self.exprs.get(mark).copied();
            let value = self.exprs.get(mark + 1).copied();
            if define {
                self.exprs.truncate(mark + 2);
                self.check_defined_names(mark);
            }
            self.exprs.truncate(mark);
            return Simple::Range(self.range_clause(key, value, define, op_pos));
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
        if define {
            self.check_defined_names(mark);
        }
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

    /// Reports what is no name among the expressions from `mark` on, the left side of a `:=`.
    fn check_defined_names(&mut self, mark: usize) {
        for i in mark..self.exprs.len() {
            let x = self.exprs[i];
            if !matches!(self.kind(x), ExprKind::Ident(_) | ExprKind::Bad) {
                let shown = print::short_expr(&self.file, x);
                let pos = self.start(x);
                self.rule_error(
                    pos,
                    ErrorCode::Form,
                    format!("non-name {shown} on left side of :="),
                );
            }
        }
    }

    /// A range clause, from `range` on.
    fn range_clause(
        &mut self,
        key: Option<ExprId>,
        value: Option<ExprId>,
        define: bool,
        op_pos: Pos,
    ) -> RangeClause {
        self.next();
        let x = self.expr();
        RangeClause {
            key,
            value,
            define,
            op_pos,
            x,
        }
    }

    /// A simple statement as a statement.
    fn simple_as_stmt(&mut self, simple: Simple) -> StmtId {
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

    /// A labeled statement, from the colon on; none where the statement is missing.
    fn labeled_stmt(&mut self, label: IdentId) -> Option<StmtId> {
        let start = self.file.idents[label].pos;
        let colon = self.pos();
        self.want(Token::Colon);
        let stmt = if self.tok() == Token::Rbrace {
            // The semicolon after an empty statement may be left out here.
            let pos = self.pos();
            self.file.stmt.push(crate::ast::Stmt {
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
                return self.new_block(crate::ast::StmtList::default(), lbrace, rbrace);
            }
        }
        let stmts = self.stmt_list();
        let rbrace = self.pos();
        self.want(Token::Rbrace);
        self.new_block(stmts, lbrace, rbrace)
    }

    /// The header of a control statement, from its keyword on.
    fn header(&mut self, context: Context) -> Header {
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
        let semi = (self.tok() == Token::Semi)
            .then(|| (self.pos(), self.at_written_semi(), self.lex.semi));
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
        let semi = semi
            .map(|(pos, written, semi)| (pos, if written { None } else { Some(semi.describe()) }));
        self.condition(cond, semi, context, header);
    }

    /// Turns the statement in the place of the condition into an expression. `semi` is the semicolon before it and,
    /// unless that is written, what it stands for.
    fn condition(
        &mut self,
        stmt: Option<Simple>,
        semi: Option<(Pos, Option<&'static str>)>,
        context: Context,
        header: &mut Header,
    ) {
        match stmt {
            None => {
                let (Context::If, Some((pos, stands_for))) = (context, semi) else {
                    return;
                };
                match stands_for {
                    Some(what) => {
                        self.syntax_error_at(
                            pos,
                            &format!("unexpected {what}, expected {{ after if clause"),
                        );
                    }
                    None => self.syntax_error_at(pos, "missing condition in if statement"),
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
    fn for_stmt(&mut self) -> StmtKind {
        let header = self.header(Context::For);
        let body = self.block("for clause");
        match header.range {
            Some(RangeClause {
                key,
                value,
                define,
                op_pos,
                x,
            }) => StmtKind::Range {
                key,
                value,
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
    fn if_stmt(&mut self) -> StmtId {
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
    fn switch_stmt(&mut self) -> StmtKind {
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
    fn select_stmt(&mut self) -> StmtKind {
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
                return Some(self.file.stmt.push(crate::ast::Stmt {
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
    fn stmt_list(&mut self) -> crate::ast::StmtList {
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
