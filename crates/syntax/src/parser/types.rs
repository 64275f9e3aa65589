//! Types (*Types*, *Instantiations*).

use super::{MAX_CHAIN, Parser};
use crate::ast::{
    ArrayLen, BinaryOp, ChanDir, ExprId, ExprKind, FieldDecl, IdentId, InterfaceElem,
    InterfaceType, Name, Pos, StructType, UnaryOp,
};
use crate::error::ErrorCode;
use crate::token::{Op, Token};

impl Parser<'_> {
    /// A type; without one an error.
    pub(super) fn typ(&mut self) -> ExprId {
        if let Some(typ) = self.type_or_none() {
            return typ;
        }
        let bad = self.bad_expr();
        self.syntax_error("expected type");
        self.advance(&[
            Token::Comma,
            Token::Colon,
            Token::Semi,
            Token::Rparen,
            Token::Rbrack,
            Token::Rbrace,
        ]);
        bad
    }

    /// A type, where one comes next.
    pub(super) fn type_or_none(&mut self) -> Option<ExprId> {
        if !self.enter() {
            self.leave();
            return None;
        }
        let start = self.pos();
        let typ = match self.tok() {
            Token::Star => {
                self.next();
                let base = self.typ();
                Some(self.with_operand(ExprKind::Star(base), start, base))
            }
            Token::Arrow => {
                self.next();
                self.want(Token::Chan);
                let elem = self.chan_elem();
                Some(self.with_operand(
                    ExprKind::ChanType {
                        dir: ChanDir::Recv,
                        elem,
                    },
                    start,
                    elem,
                ))
            }
            Token::Func => {
                self.next();
                let container = self.enter_container();
                let (_, sig) = self.func_type(start, "function type");
                let height = self.leave_container(container);
                Some(self.new_expr(ExprKind::FuncType(sig), start, height + 1))
            }
            Token::Lbrack => {
                self.next();
                Some(if self.got(Token::Rbrack) {
                    self.slice_type(start)
                } else {
                    self.array_type(start, None)
                })
            }
            Token::Chan => {
                self.next();
                let dir = if self.got(Token::Arrow) {
                    ChanDir::Send
                } else {
                    ChanDir::Both
                };
                let elem = self.chan_elem();
                Some(self.with_operand(ExprKind::ChanType { dir, elem }, start, elem))
            }
            Token::Map => {
                self.next();
                self.want(Token::Lbrack);
                let key = self.typ();
                self.want(Token::Rbrack);
                let value = self.typ();
                Some(self.with_operands(ExprKind::MapType { key, value }, start, key, value))
            }
            Token::Struct => Some(self.struct_type()),
            Token::Interface => Some(self.interface_type()),
            Token::Name => Some(self.qualified_name(None)),
            Token::Lparen => {
                self.next();
                let typ = self.typ();
                self.want(Token::Rparen);
                Some(self.with_operand(ExprKind::Paren(typ), start, typ))
            }
            _ => None,
        };
        self.leave();
        typ
    }

    /// `[len]elem`, whose bracket at `start` and possibly length have been read.
    pub(super) fn array_type(&mut self, start: Pos, len: Option<ExprId>) -> ExprId {
        let len = match len {
            Some(len) => ArrayLen::Expr(len),
            None if self.tok() == Token::DotDotDot => {
                let pos = self.pos();
                self.next();
                ArrayLen::Ellipsis(pos)
            }
            None => ArrayLen::Expr(self.bracketed_expr()),
        };
        if self.tok() == Token::Comma {
            self.syntax_error("unexpected comma; expected ]");
            self.next();
        }
        self.want(Token::Rbrack);
        let elem = self.typ();
        self.new_array_type(start, len, elem)
    }

    /// An array type.
    fn new_array_type(&mut self, start: Pos, len: ArrayLen, elem: ExprId) -> ExprId {
        let operand = match len {
            ArrayLen::Expr(len) => len,
            ArrayLen::Ellipsis(_) => elem,
        };
        self.with_operands(ExprKind::ArrayType { len, elem }, start, operand, elem)
    }

    /// `[]elem`, whose brackets, from `start` on, have been read.
    pub(super) fn slice_type(&mut self, start: Pos) -> ExprId {
        let elem = self.typ();
        self.with_operand(ExprKind::SliceType(elem), start, elem)
    }

    /// The element type of a channel.
    fn chan_elem(&mut self) -> ExprId {
        if let Some(elem) = self.type_or_none() {
            return elem;
        }
        let bad = self.bad_expr();
        self.syntax_error("missing channel element type");
        bad
    }

    /// A type name, qualified or not, with type arguments where they follow; its first name may have been read.
    pub(super) fn qualified_name(&mut self, name: Option<IdentId>) -> ExprId {
        let mut x = match name {
            Some(name) => self.ident_expr(name),
            None if self.tok() == Token::Name => {
                let name = self.name();
                self.ident_expr(name)
            }
            None => {
                let name = self.missing_name(self.pos());
                let x = self.ident_expr(name);
                self.syntax_error("expected name");
                self.advance(&[Token::Dot, Token::Semi, Token::Rbrace]);
                x
            }
        };
        let start = self.start(x);
        if self.got(Token::Dot) {
            let sel = self.name();
            x = self.with_operand(ExprKind::Selector { x, sel }, start, x);
        }
        if self.tok() == Token::Lbrack {
            self.type_instance(x)
        } else {
            x
        }
    }

    /// The type arguments of `x`, from the bracket on.
    fn type_instance(&mut self, x: ExprId) -> ExprId {
        let lbrack = self.pos();
        self.next();
        let mark = if self.tok() == Token::Rbrack {
            self.syntax_error("expected type argument list");
            let mark = self.mark_exprs();
            let bad = self.bad_expr();
            self.exprs.push(bad);
            mark
        } else {
            self.type_list(true).0
        };
        self.want(Token::Rbrack);
        self.new_index(x, mark, lbrack)
    }

    /// `x[indices]` with the indices from `mark` on.
    pub(super) fn new_index(&mut self, x: ExprId, mark: usize, lbrack: Pos) -> ExprId {
        let (indices, height) = self.take_exprs(mark);
        let height = height.max(self.height(x)) + 1;
        self.new_expr(
            ExprKind::Index { x, indices, lbrack },
            self.start(x),
            height,
        )
    }

    /// One or more types separated by commas, left in `self.exprs` from the returned mark on; also whether there
    /// is a comma. The first may be any expression unless `strict`.
    pub(super) fn type_list(&mut self, strict: bool) -> (usize, bool) {
        let mark = self.mark_exprs();
        let mut comma = false;
        self.xnest += 1;
        let first = if strict { self.typ() } else { self.expr() };
        self.exprs.push(first);
        while self.got(Token::Comma) {
            comma = true;
            let Some(typ) = self.type_or_none() else {
                break;
            };
            self.exprs.push(typ);
        }
        self.xnest -= 1;
        (mark, comma)
    }

    /// A struct type.
    fn struct_type(&mut self) -> ExprId {
        let start = self.pos();
        let container = self.enter_container();
        self.next();
        self.want(Token::Lbrace);
        let mut fields = Vec::new();
        let rbrace = self.list("struct type", Token::Semi, Token::Rbrace, |p| {
            fields.extend(p.field_decl());
            false
        });
        let height = self.leave_container(container);
        self.new_expr(
            ExprKind::StructType(Box::new(StructType { fields, rbrace })),
            start,
            height + 1,
        )
    }

    /// The fields declared by one item of a struct type.
    fn field_decl(&mut self) -> Option<FieldDecl> {
        let start = self.pos();
        match self.tok() {
            Token::Name => {
                let name = self.name();
                if matches!(
                    self.tok(),
                    Token::Dot | Token::Literal | Token::Semi | Token::Rbrace
                ) {
                    let typ = self.qualified_name(Some(name));
                    return Some(self.embedded_field(typ));
                }
                let names = self.name_list(name);
                let typ = if names.len() == 1 && self.tok() == Token::Lbrack {
                    // A field of array or slice type, or an embedded type with arguments.
                    let typ = self.array_or_instance(name);
                    if matches!(self.kind(typ), ExprKind::Index { .. }) {
                        return Some(self.embedded_field(typ));
                    }
                    typ
                } else {
                    self.typ()
                };
                let tag = self.tag();
                Some(FieldDecl { names, typ, tag })
            }
            Token::Star => {
                self.next();
                let base = if self.tok() == Token::Lparen {
                    self.syntax_error("cannot parenthesize embedded type");
                    self.next();
                    let base = self.qualified_name(None);
                    self.got(Token::Rparen);
                    base
                } else {
                    self.qualified_name(None)
                };
                let typ = self.with_operand(ExprKind::Star(base), start, base);
                Some(self.embedded_field(typ))
            }
            Token::Lparen => {
                self.syntax_error("cannot parenthesize embedded type");
                self.next();
                let start = self.pos();
                let typ = if self.got(Token::Star) {
                    let base = self.qualified_name(None);
                    self.with_operand(ExprKind::Star(base), start, base)
                } else {
                    self.qualified_name(None)
                };
                self.got(Token::Rparen);
                Some(self.embedded_field(typ))
            }
            _ => {
                self.syntax_error("expected field name or embedded type");
                self.advance(&[Token::Semi, Token::Rbrace]);
                None
            }
        }
    }

    /// An embedded field whose type has been read.
    fn embedded_field(&mut self, typ: ExprId) -> FieldDecl {
        FieldDecl {
            names: Vec::new(),
            typ,
            tag: self.tag(),
        }
    }

    /// The tag of a field, where there is one. The official compiler accepts any literal here and leaves it to
    /// type checking to want a string.
    fn tag(&mut self) -> Option<(Name, Pos)> {
        if self.tok() != Token::Literal {
            return None;
        }
        let tag = (!self.lex.bad).then(|| (self.file.names.intern(self.lex.text()), self.pos()));
        self.next();
        tag
    }

    /// After a name: `[n]E` or `[]E`, or `name[T1, T2]`, which gives an [`ExprKind::Index`].
    pub(super) fn array_or_instance(&mut self, name: IdentId) -> ExprId {
        let lbrack = self.pos();
        self.next();
        if self.got(Token::Rbrack) {
            return self.slice_type(lbrack);
        }
        let (mark, comma) = self.type_list(false);
        self.want(Token::Rbrack);
        if !comma && let Some(elem) = self.type_or_none() {
            let len = self.exprs[mark];
            self.exprs.truncate(mark);
            return self.new_array_type(lbrack, ArrayLen::Expr(len), elem);
        }
        let x = self.ident_expr(name);
        self.new_index(x, mark, lbrack)
    }

    /// An interface type.
    fn interface_type(&mut self) -> ExprId {
        let start = self.pos();
        let container = self.enter_container();
        self.next();
        self.want(Token::Lbrace);
        let mut elems = Vec::new();
        let rbrace = self.list("interface type", Token::Semi, Token::Rbrace, |p| {
            let elem = if p.tok() == Token::Name {
                p.method_or_embedded()
            } else {
                p.embedded_elem(None)
            };
            elems.push(elem);
            false
        });
        let height = self.leave_container(container);
        self.new_expr(
            ExprKind::InterfaceType(Box::new(InterfaceType { elems, rbrace })),
            start,
            height + 1,
        )
    }

    /// An embedded element as part of an interface type.
    fn embedded_elem(&mut self, first: Option<ExprId>) -> InterfaceElem {
        InterfaceElem::Embedded(self.union(first))
    }

    /// A method, or an embedded element that starts with a name.
    fn method_or_embedded(&mut self) -> InterfaceElem {
        const CONTEXT: &str = "interface method";
        let name = self.name();
        match self.tok() {
            Token::Lparen => {
                let start = self.pos();
                let (_, sig) = self.func_type(start, CONTEXT);
                InterfaceElem::Method { name, sig }
            }
            Token::Lbrack => {
                // Type arguments, or type parameters, which methods must not have.
                let lbrack = self.pos();
                self.next();
                if self.tok() == Token::Rbrack {
                    let pos = self.pos();
                    self.next();
                    let kind = if self.tok() == Token::Lparen {
                        "parameter"
                    } else {
                        "argument"
                    };
                    self.error_at(pos, ErrorCode::Syntax, format!("empty type {kind} list"));
                    return self.method_or_name(name, CONTEXT);
                }
                let list = self.param_list(None, Token::Rbrack, false, false);
                if list.is_empty() {
                    return self.method_or_name(name, CONTEXT);
                }
                if list[0].name.is_some() {
                    let start = self.pos();
                    let (_, sig) = self.func_type(start, CONTEXT);
                    let message = "interface method must have no type parameters".to_owned();
                    self.error_at(lbrack, ErrorCode::Syntax, message);
                    return InterfaceElem::Method { name, sig };
                }
                let x = self.ident_expr(name);
                let mark = self.mark_exprs();
                self.exprs.extend(list.iter().filter_map(|param| param.typ));
                let instance = self.new_index(x, mark, lbrack);
                self.embedded_elem(Some(instance))
            }
            _ => {
                let typ = self.qualified_name(Some(name));
                self.embedded_elem(Some(typ))
            }
        }
    }

    /// A method where parameters follow its name, else an embedded type of that name.
    fn method_or_name(&mut self, name: IdentId, context: &str) -> InterfaceElem {
        if self.tok() == Token::Lparen {
            let start = self.pos();
            let (_, sig) = self.func_type(start, context);
            InterfaceElem::Method { name, sig }
        } else {
            let typ = self.ident_expr(name);
            self.embedded_elem(Some(typ))
        }
    }

    /// Whether the current token is `|`.
    pub(super) fn at_union(&self) -> bool {
        self.tok() == Token::Operator && self.lex.op == Op::Binary(BinaryOp::Or)
    }

    /// Whether the current token is `~`.
    pub(super) fn at_tilde(&self) -> bool {
        self.tok() == Token::Operator && self.lex.op == Op::Tilde
    }

    /// Terms separated by `|`; the first may have been read (*General interfaces*).
    pub(super) fn union(&mut self, first: Option<ExprId>) -> ExprId {
        let mut x = match first {
            Some(x) => x,
            None => self.term(),
        };
        let mut chain = 0;
        while self.at_union() {
            let op_pos = self.pos();
            self.next();
            let y = self.term();
            chain += 1;
            if chain > MAX_CHAIN {
                self.too_long("terms in one union");
            }
            x = self.new_binary(BinaryOp::Or, op_pos, x, y);
        }
        x
    }

    /// A term of a union: `T` or `~T`.
    fn term(&mut self) -> ExprId {
        let start = self.pos();
        if self.at_tilde() {
            self.next();
            let x = self.typ();
            return self.with_operand(
                ExprKind::Unary {
                    op: UnaryOp::Tilde,
                    x,
                },
                start,
                x,
            );
        }
        if let Some(typ) = self.type_or_none() {
            return typ;
        }
        let bad = self.bad_expr();
        self.syntax_error("expected ~ term or type");
        self.advance(&[
            Token::Operator,
            Token::Semi,
            Token::Rparen,
            Token::Rbrack,
            Token::Rbrace,
        ]);
        bad
    }
}
