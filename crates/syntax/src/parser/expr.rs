//! Expressions (*Expressions*, *Operands*, *Primary expressions*, *Operators*, *Composite literals*).

use super::{MAX_CHAIN, Parser};
use crate::ast::{BinaryOp, ChanDir, ExprId, ExprKind, Pos, StmtKind, UnaryOp};
use crate::error::ErrorCode;
use crate::print;
use crate::token::{Op, Token};

impl Parser<'_> {
    /// An expression.
    pub(super) fn expr(&mut self) -> ExprId {
        self.binary_expr(None, 0)
    }

    /// An expression inside brackets, where `{` belongs to a composite literal again.
    pub(super) fn bracketed_expr(&mut self) -> ExprId {
        self.xnest += 1;
        let x = self.expr();
        self.xnest -= 1;
        x
    }

    /// One or more expressions separated by commas, left in `self.exprs` from the returned mark on.
    pub(super) fn expr_list(&mut self) -> usize {
        let mark = self.mark_exprs();
        loop {
            let x = self.expr();
            self.exprs.push(x);
            if !self.got(Token::Comma) {
                return mark;
            }
        }
    }

    /// Operators of higher precedence than `prec` and their operands; the first operand may have been read.
    pub(super) fn binary_expr(&mut self, x: Option<ExprId>, prec: u8) -> ExprId {
        let mut x = match x {
            Some(x) => x,
            None => self.unary_expr(),
        };
        let mut chain = 0;
        while matches!(self.tok(), Token::Operator | Token::Star) && self.lex.prec > prec {
            let Op::Binary(op) = self.lex.op else { break };
            let op_pos = self.pos();
            self.next();
            let y = self.binary_expr(None, op.precedence());
            chain += 1;
            if chain > MAX_CHAIN {
                self.too_long("binary operators in one expression");
            }
            x = self.new_binary(op, op_pos, x, y);
        }
        x
    }

    /// `x op y`. A left operand that is a binary operation itself does not add to the height: consumers follow it
    /// in a loop.
    pub(super) fn new_binary(&mut self, op: BinaryOp, op_pos: Pos, x: ExprId, y: ExprId) -> ExprId {
        let left = if matches!(self.kind(x), ExprKind::Binary { .. }) {
            self.height(x)
        } else {
            self.height(x) + 1
        };
        let height = left.max(self.height(y) + 1);
        let start = self.start(x);
        self.new_expr(ExprKind::Binary { op, op_pos, x, y }, start, height)
    }

    /// A unary expression.
    pub(super) fn unary_expr(&mut self) -> ExprId {
        if !self.enter() {
            self.leave();
            return self.bad_expr();
        }
        let start = self.pos();
        let x = match self.tok() {
            Token::Star => {
                self.next();
                let x = self.unary_expr();
                self.with_operand(ExprKind::Star(x), start, x)
            }
            Token::Operator => match unary_op(self.lex.op) {
                Some(op) => {
                    self.next();
                    let x = self.unary_expr();
                    self.with_operand(ExprKind::Unary { op, x }, start, x)
                }
                None => self.primary_expr(None),
            },
            Token::Arrow => {
                self.next();
                let x = self.unary_expr();
                if matches!(self.kind(x), ExprKind::ChanType { .. }) {
                    self.receive_only(x, start);
                    x
                } else {
                    self.with_operand(
                        ExprKind::Unary {
                            op: UnaryOp::Recv,
                            x,
                        },
                        start,
                        x,
                    )
                }
            }
            _ => self.primary_expr(None),
        };
        self.leave();
        x
    }

    /// Gives a `<-` that stands before the channel type `x` to that type: `<-(chan E)` is `<-chan E`, and
    /// `<-(chan<- E)` is `<-chan (<-E)`, where `E` must be a channel type, too (*Channel types*).
    fn receive_only(&mut self, x: ExprId, arrow: Pos) {
        let mut typ = x;
        let mut start = arrow;
        loop {
            let ExprKind::ChanType { dir, elem } = *self.kind(typ) else {
                let shown = print::short_expr(&self.file, typ);
                self.syntax_error(&format!("unexpected {shown}, expected chan"));
                return;
            };
            if dir == ChanDir::Recv {
                self.syntax_error("unexpected <-, expected chan");
            }
            let expr = &mut self.file.expr[typ];
            expr.kind = ExprKind::ChanType {
                dir: ChanDir::Recv,
                elem,
            };
            // The arrow between `chan` and its element has become part of the element.
            let after_chan = Pos(expr.span.start.0 + 4);
            expr.span.start = start;
            if dir != ChanDir::Send {
                return;
            }
            start = self.arrow_after(after_chan);
            typ = elem;
        }
    }

    /// Where the next `<-` of the source stands.
    fn arrow_after(&self, pos: Pos) -> Pos {
        let rest = &self.lex.source()[pos.0 as usize..];
        Pos(pos.0 + rest.find("<-").unwrap_or(0) as u32)
    }

    /// An operand.
    fn operand(&mut self) -> ExprId {
        let start = self.pos();
        match self.tok() {
            Token::Name => {
                let name = self.name();
                self.ident_expr(name)
            }
            Token::Lparen => {
                self.next();
                let x = self.bracketed_expr();
                self.want(Token::Rparen);
                self.with_operand(ExprKind::Paren(x), start, x)
            }
            Token::Func => {
                self.next();
                let container = self.enter_container();
                let (_, sig) = self.func_type(start, "function type");
                if self.tok() != Token::Lbrace {
                    let height = self.leave_container(container);
                    return self.new_expr(ExprKind::FuncType(sig), start, height + 1);
                }
                self.xnest += 1;
                let body = self.func_body();
                self.xnest -= 1;
                let height = self.leave_container(container);
                self.new_expr(ExprKind::FuncLit { sig, body }, start, height + 1)
            }
            Token::Lbrack | Token::Chan | Token::Map | Token::Struct | Token::Interface => {
                self.typ()
            }
            _ => {
                if let Some(literal) = self.literal() {
                    return literal;
                }
                let x = self.bad_expr();
                self.syntax_error("expected expression");
                self.advance(&[Token::Rparen, Token::Rbrack, Token::Rbrace]);
                x
            }
        }
    }

    /// A primary expression; its operand may have been read.
    pub(super) fn primary_expr(&mut self, x: Option<ExprId>) -> ExprId {
        let mut x = match x {
            Some(x) => x,
            None => self.operand(),
        };
        loop {
            match self.tok() {
                Token::Dot => x = self.selector_or_assertion(x),
                Token::Lbrack => x = self.index_or_slice(x),
                Token::Lparen => x = self.call(x),
                Token::Lbrace => {
                    let typ = self.unparen(x);
                    if !self.may_be_literal_type(typ) {
                        return x;
                    }
                    if typ != x {
                        self.syntax_error("cannot parenthesize type in composite literal");
                    }
                    x = self.literal_value(Some(x));
                }
                _ => return x,
            }
        }
    }

    /// Whether a `{` after `x` starts a composite literal rather than a block.
    fn may_be_literal_type(&self, x: ExprId) -> bool {
        match self.kind(x) {
            ExprKind::Ident(_) | ExprKind::Selector { .. } => self.xnest >= 0,
            ExprKind::Index { .. } => self.xnest >= 0 && !self.is_value(x),
            ExprKind::ArrayType { .. }
            | ExprKind::SliceType(_)
            | ExprKind::StructType(_)
            | ExprKind::MapType { .. } => true,
            ExprKind::Bad
            | ExprKind::BasicLit { .. }
            | ExprKind::CompositeLit { .. }
            | ExprKind::KeyValue { .. }
            | ExprKind::FuncLit { .. }
            | ExprKind::Paren(_)
            | ExprKind::Slice { .. }
            | ExprKind::TypeAssert { .. }
            | ExprKind::Call { .. }
            | ExprKind::Star(_)
            | ExprKind::Unary { .. }
            | ExprKind::Binary { .. }
            | ExprKind::FuncType(_)
            | ExprKind::InterfaceType(_)
            | ExprKind::ChanType { .. }
            | ExprKind::Ellipsis(_) => false,
        }
    }

    /// Whether `x` can only be a value, never a type.
    fn is_value(&self, x: ExprId) -> bool {
        match self.kind(x) {
            ExprKind::BasicLit { .. }
            | ExprKind::CompositeLit { .. }
            | ExprKind::FuncLit { .. }
            | ExprKind::Slice { .. }
            | ExprKind::TypeAssert { .. }
            | ExprKind::Call { .. }
            | ExprKind::Unary { .. }
            | ExprKind::Binary { .. } => true,
            ExprKind::Paren(x) => self.is_value(*x),
            ExprKind::Index { x, indices, .. } => {
                self.is_value(*x)
                    || matches!(self.file.exprs(*indices), &[index] if self.is_value(index))
            }
            ExprKind::Bad
            | ExprKind::Ident(_)
            | ExprKind::KeyValue { .. }
            | ExprKind::Selector { .. }
            | ExprKind::Star(_)
            | ExprKind::ArrayType { .. }
            | ExprKind::SliceType(_)
            | ExprKind::StructType(_)
            | ExprKind::FuncType(_)
            | ExprKind::InterfaceType(_)
            | ExprKind::MapType { .. }
            | ExprKind::ChanType { .. }
            | ExprKind::Ellipsis(_) => false,
        }
    }

    /// `x.sel`, `x.(T)` or `x.(type)`, from the dot on.
    fn selector_or_assertion(&mut self, x: ExprId) -> ExprId {
        let start = self.start(x);
        self.next();
        match self.tok() {
            Token::Name => {
                let sel = self.name();
                self.with_operand(ExprKind::Selector { x, sel }, start, x)
            }
            Token::Lparen => {
                self.next();
                let typ = if self.got(Token::Type) {
                    None
                } else {
                    Some(self.typ())
                };
                self.want(Token::Rparen);
                let kind = ExprKind::TypeAssert { x, typ };
                self.with_operands(kind, start, x, typ.unwrap_or(x))
            }
            _ => {
                self.syntax_error("expected name or (");
                self.advance(&[Token::Semi, Token::Rparen]);
                x
            }
        }
    }

    /// `x[i]`, `x[T1, T2]`, `x[lo:hi]` or `x[lo:hi:max]`, from the bracket on.
    fn index_or_slice(&mut self, x: ExprId) -> ExprId {
        let start = self.start(x);
        let lbrack = self.pos();
        self.next();

        let mut lo = None;
        if self.tok() != Token::Colon {
            let (mark, comma) = if self.tok() == Token::Rbrack {
                self.syntax_error("expected operand");
                let mark = self.mark_exprs();
                let bad = self.bad_expr();
                self.exprs.push(bad);
                (mark, false)
            } else {
                self.type_list(false)
            };
            if comma || self.tok() == Token::Rbrack {
                self.want(Token::Rbrack);
                let (indices, height) = self.take_exprs(mark);
                let height = height.max(self.height(x)) + 1;
                return self.new_expr(ExprKind::Index { x, indices, lbrack }, start, height);
            }
            lo = self.exprs.pop();
        }

        if !self.got(Token::Colon) {
            self.syntax_error("expected comma, : or ]");
            self.advance(&[Token::Comma, Token::Colon, Token::Rbrack]);
        }
        self.xnest += 1;
        let mut hi = None;
        let mut max = None;
        if self.tok() != Token::Colon && self.tok() != Token::Rbrack {
            hi = Some(self.expr());
        }
        let three = self.tok() == Token::Colon;
        if three {
            if hi.is_none() {
                self.error_at(
                    self.pos(),
                    ErrorCode::Syntax,
                    "middle index required in 3-index slice".to_owned(),
                );
                hi = Some(self.bad_expr());
            }
            self.next();
            max = Some(if self.tok() == Token::Rbrack {
                self.error_at(
                    self.pos(),
                    ErrorCode::Syntax,
                    "final index required in 3-index slice".to_owned(),
                );
                self.bad_expr()
            } else {
                self.expr()
            });
        }
        self.xnest -= 1;
        self.want(Token::Rbrack);
        let operands = [Some(x), lo, hi, max];
        let height = operands
            .into_iter()
            .flatten()
            .map(|x| self.height(x))
            .max()
            .unwrap_or(0)
            + 1;
        self.new_expr(
            ExprKind::Slice {
                x,
                lo,
                hi,
                max,
                three,
                lbrack,
            },
            start,
            height,
        )
    }

    /// A call, from the parenthesis on.
    fn call(&mut self, fun: ExprId) -> ExprId {
        let lparen = self.pos();
        self.next();
        let mark = self.mark_exprs();
        let mut ellipsis = None;
        self.xnest += 1;
        let rparen = self.list("argument list", Token::Comma, Token::Rparen, |p| {
            let arg = p.expr();
            p.exprs.push(arg);
            if p.tok() == Token::DotDotDot {
                ellipsis = Some(p.pos());
                p.next();
            }
            ellipsis.is_some()
        });
        self.xnest -= 1;
        let (args, height) = self.take_exprs(mark);
        let height = height.max(self.height(fun)) + 1;
        self.new_expr(
            ExprKind::Call {
                fun,
                args,
                ellipsis,
                lparen,
                rparen,
            },
            self.start(fun),
            height,
        )
    }

    /// The braces of a composite literal and what is in them.
    fn literal_value(&mut self, typ: Option<ExprId>) -> ExprId {
        let lbrace = self.pos();
        let start = typ.map_or(lbrace, |typ| self.start(typ));
        if !self.enter() {
            self.leave();
            return self.bad_expr();
        }
        self.xnest += 1;
        self.want(Token::Lbrace);
        let mark = self.mark_exprs();
        let rbrace = self.list("composite literal", Token::Comma, Token::Rbrace, |p| {
            let mut elem = p.element();
            if p.tok() == Token::Colon {
                let colon = p.pos();
                p.next();
                let value = p.element();
                let kind = ExprKind::KeyValue {
                    key: elem,
                    value,
                    colon,
                };
                elem = p.with_operands(kind, p.start(elem), elem, value);
            }
            p.exprs.push(elem);
            false
        });
        self.xnest -= 1;
        self.leave();
        let (elems, height) = self.take_exprs(mark);
        let height = height.max(typ.map_or(0, |typ| self.height(typ))) + 1;
        self.new_expr(
            ExprKind::CompositeLit {
                typ,
                elems,
                lbrace,
                rbrace,
            },
            start,
            height,
        )
    }

    /// An element or key of a composite literal.
    fn element(&mut self) -> ExprId {
        if self.tok() == Token::Lbrace {
            self.literal_value(None)
        } else {
            self.expr()
        }
    }

    /// The call of a go or defer statement, from the keyword on.
    pub(super) fn call_stmt(&mut self) -> StmtKind {
        let deferred = self.tok() == Token::Defer;
        self.next();
        let x = self.primary_expr(None);
        let call = self.unparen(x);
        if call != x {
            let keyword = if deferred { "defer" } else { "go" };
            let message = format!("expression in {keyword} must not be parenthesized");
            self.error_at(self.start(x), ErrorCode::Syntax, message);
        }
        if deferred {
            StmtKind::Defer(call)
        } else {
            StmtKind::Go(call)
        }
    }
}

/// The unary operator that is written like `op`. Indirection has a token of its own.
fn unary_op(op: Op) -> Option<UnaryOp> {
    match op {
        Op::Not => Some(UnaryOp::Not),
        Op::Tilde => Some(UnaryOp::Tilde),
        Op::Binary(BinaryOp::Add) => Some(UnaryOp::Plus),
        Op::Binary(BinaryOp::Sub) => Some(UnaryOp::Minus),
        Op::Binary(BinaryOp::Xor) => Some(UnaryOp::Xor),
        Op::Binary(BinaryOp::And) => Some(UnaryOp::And),
        Op::Binary(_) => None,
    }
}
