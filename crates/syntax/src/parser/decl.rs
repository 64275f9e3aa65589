//! Files and declarations (*Source file organization*, *Declarations and scope*).

use super::Parser;
use super::params::ParamEntry;
use crate::ast::{
    BinaryOp, BlockId, ConstDecl, Decl, ExprId, ExprKind, ExprList, FuncDecl, Group, IdentId,
    ImportDecl, LitKind, Param, Span, TypeDecl, TypeParam, UnaryOp, VarDecl,
};
use crate::branches;
use crate::directive::Place;
use crate::error::ErrorCode;
use crate::token::Token;

/// The tokens that start a top-level declaration.
const DECLARATION_START: [Token; 5] = [
    Token::Import,
    Token::Const,
    Token::Type,
    Token::Var,
    Token::Func,
];

/// Where a specification stands.
#[derive(Clone, Copy)]
struct SpecPlace {
    /// Its group, if it is in parentheses.
    group: Option<Group>,
    /// Its index in the group.
    index: u32,
}

/// Reads one specification.
type SpecParser<'s> = fn(&mut Parser<'s>, SpecPlace) -> Decl;

impl<'s> Parser<'s> {
    /// A source file.
    pub(super) fn file(&mut self) {
        self.next();
        self.top = false;
        self.file.package_pos = self.pos();
        if !self.got(Token::Package) {
            self.syntax_error("package statement must be first");
            return;
        }
        self.take_directives(Place::Package);
        self.file.package = Some(self.name());
        self.want(Token::Semi);
        if self.error_count() > 0 {
            return; // A file that starts like that is hardly Go.
        }

        let mut decls = Vec::new();
        let mut before = Token::Import;
        while self.tok() != Token::Eof {
            if self.tok() == Token::Import && before != Token::Import {
                self.syntax_error("imports must appear before other declarations");
            }
            before = self.tok();
            let start = self.pos();
            match self.tok() {
                Token::Import => self.group(&mut decls, Self::import_spec),
                Token::Const => self.group(&mut decls, Self::const_spec),
                Token::Type => self.group(&mut decls, Self::type_spec),
                Token::Var => self.group(&mut decls, Self::var_spec),
                Token::Func => {
                    let decl = self.func_decl();
                    decls.push(Decl::Func(Box::new(decl)));
                }
                _ => {
                    let after_header =
                        matches!(decls.last(), Some(Decl::Func(func)) if func.body.is_none());
                    if self.tok() == Token::Lbrace && after_header {
                        self.syntax_error("unexpected semicolon or newline before {");
                    } else {
                        self.syntax_error("non-declaration statement outside function body");
                    }
                    self.advance(&DECLARATION_START);
                    decls.push(Decl::Bad(self.span_from(start)));
                    continue;
                }
            }
            // Comments before the next token belong to the next declaration.
            self.drop_directives();
            if self.tok() != Token::Eof && !self.got(Token::Semi) {
                self.syntax_error("after top level declaration");
                self.advance(&DECLARATION_START);
            }
        }
        self.drop_directives();
        self.file.decls = decls;
    }

    /// A declaration, from its keyword on: one specification or a group of them in parentheses.
    fn group(&mut self, decls: &mut Vec<Decl>, spec: SpecParser<'s>) {
        self.next();
        if self.tok() != Token::Lparen {
            let decl = spec(
                self,
                SpecPlace {
                    group: None,
                    index: 0,
                },
            );
            decls.push(decl);
            return;
        }
        let group = Some(Group(self.pos()));
        self.drop_directives();
        self.next();
        let mut index = 0;
        self.list("grouped declaration", Token::Semi, Token::Rparen, |p| {
            let decl = spec(p, SpecPlace { group, index });
            decls.push(decl);
            index += 1;
            false
        });
    }

    /// The declarations of a declaration statement, from its keyword on.
    pub(super) fn local_decls(&mut self) -> Vec<Decl> {
        let spec = match self.tok() {
            Token::Const => Self::const_spec,
            Token::Type => Self::type_spec,
            _ => Self::var_spec,
        };
        let mut decls = Vec::new();
        self.group(&mut decls, spec);
        decls
    }

    /// An import specification.
    fn import_spec(&mut self, place: SpecPlace) -> Decl {
        let start = self.pos();
        self.take_directives(Place::Other);
        let name = match self.tok() {
            Token::Name => Some(self.name()),
            Token::Dot => {
                let dot = self.file.names.intern(".");
                let id = self.new_ident(dot, start);
                self.next();
                Some(id)
            }
            _ => None,
        };
        let path_pos = self.pos();
        if self.tok() != Token::Literal {
            self.syntax_error("missing import path");
            self.advance(&[Token::Semi, Token::Rparen]);
            return Decl::Bad(self.span_from(start));
        }
        let usable = !self.lex.bad && self.lex.kind == LitKind::String;
        if !self.lex.bad && !usable {
            self.syntax_error_at(path_pos, "import path must be a string");
        }
        let path = self.file.names.intern(self.lex.text());
        self.next();
        let span = self.span_from(start);
        if !usable {
            return Decl::Bad(span);
        }
        Decl::Import(ImportDecl {
            name,
            path,
            path_pos,
            span,
            group: place.group,
        })
    }

    /// A constant specification.
    fn const_spec(&mut self, place: SpecPlace) -> Decl {
        let start = self.pos();
        self.take_directives(Place::Other);
        let first = self.name();
        let names = self.name_list(first);
        let mut typ = None;
        let mut values = ExprList::default();
        if !matches!(self.tok(), Token::Eof | Token::Semi | Token::Rparen) {
            typ = self.type_or_none();
            values = self.initial_values();
        }
        let span = self.span_from(start);
        Decl::Const(ConstDecl {
            names,
            typ,
            values,
            iota: place.index,
            span,
            group: place.group,
        })
    }

    /// A variable specification.
    fn var_spec(&mut self, place: SpecPlace) -> Decl {
        let start = self.pos();
        let directives = self.take_directives(Place::Var);
        let first = self.name();
        let names = self.name_list(first);
        let typ = if matches!(self.tok(), Token::Assign | Token::Define) {
            None
        } else {
            Some(self.typ())
        };
        let values = self.initial_values();
        let span = self.span_from(start);
        Decl::Var(VarDecl {
            names,
            typ,
            values,
            span,
            group: place.group,
            directives,
        })
    }

    /// `= values`, where it comes next.
    fn initial_values(&mut self) -> ExprList {
        if !self.got_assign() {
            return ExprList::default();
        }
        let mark = self.expr_list();
        self.take_exprs(mark).0
    }

    /// A type specification.
    fn type_spec(&mut self, place: SpecPlace) -> Decl {
        let start = self.pos();
        let directives = self.take_directives(Place::Other);
        let name = self.name();
        let mut tparams = Vec::new();
        let mut alias = false;
        let typ = if self.tok() == Token::Lbrack {
            let lbrack = self.pos();
            self.next();
            match self.tok() {
                Token::Name => match self.first_type_param() {
                    Ok(first) => {
                        let list = self.param_list(Some(first), Token::Rbrack, true, false);
                        tparams = self.type_params(&list);
                        alias = self.got_assign();
                        self.type_or_none()
                    }
                    Err(len) => Some(self.array_type(lbrack, Some(len))),
                },
                Token::Rbrack => {
                    self.next();
                    Some(self.slice_type(lbrack))
                }
                _ => Some(self.array_type(lbrack, None)),
            }
        } else {
            alias = self.got_assign();
            self.type_or_none()
        };
        let typ = typ.unwrap_or_else(|| {
            let bad = self.bad_expr();
            self.syntax_error("in type declaration");
            self.advance(&[Token::Semi, Token::Rparen]);
            bad
        });
        let span = self.span_from(start);
        Decl::Type(TypeDecl {
            name,
            tparams,
            alias,
            typ,
            span,
            group: place.group,
            directives,
        })
    }

    /// After `type T [` and before a name: the start of a type parameter list, or else an array length. Which it
    /// is may show only after an expression (*Type parameter declarations*, on the parsing ambiguity).
    fn first_type_param(&mut self) -> Result<ParamEntry, ExprId> {
        let name = self.name();
        let name_expr = self.ident_expr(name);
        // A bracket after the name starts a constraint: no index expression is a constant array length.
        let mut x = name_expr;
        if self.tok() != Token::Lbrack {
            self.xnest += 1;
            let first = self.primary_expr(Some(name_expr));
            x = self.binary_expr(Some(first), 0);
            self.xnest -= 1;
        }
        match self.split_type_param(x, self.tok() == Token::Comma) {
            Some(entry) if entry.typ.is_some() || self.tok() != Token::Rbrack => Ok(entry),
            _ => Err(x),
        }
    }

    /// Reads the expression `x` as a name with a constraint, as in `P *C` or `P (C)`; a name alone gives an entry
    /// without type. This needs the constraint to be a type for sure, or `force`.
    fn split_type_param(&mut self, x: ExprId, force: bool) -> Option<ParamEntry> {
        // Down the left operands of unions, `P *A | B | C`.
        let mut unions = Vec::new();
        let mut first = x;
        let mut force = force;
        while let ExprKind::Binary {
            op: BinaryOp::Or,
            x,
            y,
            ..
        } = *self.kind(first)
        {
            unions.push(first);
            force |= self.is_type_elem(y);
            first = x;
        }
        let entry = match *self.kind(first) {
            ExprKind::Ident(name) if unions.is_empty() => {
                return Some(ParamEntry {
                    name: Some(name),
                    typ: None,
                });
            }
            ExprKind::Binary {
                op: BinaryOp::Mul,
                op_pos,
                x,
                y,
            } if force || self.is_type_elem(y) => {
                let ExprKind::Ident(name) = *self.kind(x) else {
                    return None;
                };
                let span = Span {
                    start: op_pos,
                    end: self.file.expr[y].span.end,
                };
                let height = self.height(y) + 1;
                let pointer = self.expr_at(ExprKind::Star(y), span, height);
                (name, pointer)
            }
            ExprKind::Call {
                fun,
                args,
                ellipsis: None,
                ..
            } => {
                let ExprKind::Ident(name) = *self.kind(fun) else {
                    return None;
                };
                let &[arg] = self.file.exprs(args) else {
                    return None;
                };
                if !force && !self.is_type_elem(arg) {
                    return None;
                }
                (name, self.unparen(arg))
            }
            _ => return None,
        };
        let (name, mut constraint) = entry;
        for union in unions.into_iter().rev() {
            let start = self.start(constraint);
            let expr = &mut self.file.expr[union];
            if let ExprKind::Binary { x, .. } = &mut expr.kind {
                *x = constraint;
            }
            expr.span.start = start;
            constraint = union;
        }
        Some(ParamEntry {
            name: Some(name),
            typ: Some(constraint),
        })
    }

    /// Whether `x` can only be a type, not a value.
    fn is_type_elem(&self, mut x: ExprId) -> bool {
        loop {
            match *self.kind(x) {
                ExprKind::ArrayType { .. }
                | ExprKind::StructType(_)
                | ExprKind::FuncType(_)
                | ExprKind::InterfaceType(_)
                | ExprKind::SliceType(_)
                | ExprKind::MapType { .. }
                | ExprKind::ChanType { .. }
                | ExprKind::Unary {
                    op: UnaryOp::Tilde, ..
                } => return true,
                ExprKind::Binary { x: left, y, .. } => {
                    if self.is_type_elem(y) {
                        return true;
                    }
                    x = left;
                }
                ExprKind::Unary { x: inner, .. }
                | ExprKind::Star(inner)
                | ExprKind::Paren(inner) => x = inner,
                ExprKind::Bad
                | ExprKind::Ident(_)
                | ExprKind::BasicLit { .. }
                | ExprKind::CompositeLit { .. }
                | ExprKind::KeyValue { .. }
                | ExprKind::FuncLit { .. }
                | ExprKind::Selector { .. }
                | ExprKind::Index { .. }
                | ExprKind::Slice { .. }
                | ExprKind::TypeAssert { .. }
                | ExprKind::Call { .. }
                | ExprKind::Ellipsis(_) => return false,
            }
        }
    }

    /// A function or method declaration.
    fn func_decl(&mut self) -> FuncDecl {
        let start = self.pos();
        self.next();
        let directives = self.take_directives(Place::Func);
        let mut recv = None;
        let mut context = "";
        if self.got(Token::Lparen) {
            context = "method";
            let list = self.param_list(None, Token::Rparen, false, false);
            match list.len() {
                0 => self.error_at(
                    self.pos(),
                    ErrorCode::Syntax,
                    "method has no receiver".to_owned(),
                ),
                1 => {}
                _ => self.error_at(
                    self.pos(),
                    ErrorCode::Syntax,
                    "method has multiple receivers".to_owned(),
                ),
            }
            recv = Some(self.params(&list));
        }
        let (name, tparams, sig) = if self.tok() == Token::Name {
            let name = self.name();
            let (tparams, sig) = self.func_type(self.pos(), context);
            (name, tparams, sig)
        } else {
            self.missing_func_name(context)
        };
        let body = (self.tok() == Token::Lbrace).then(|| self.func_body());
        FuncDecl {
            recv,
            name,
            tparams,
            sig,
            body,
            span: self.span_from(start),
            directives,
        }
    }

    /// Stands in for the name and signature of a function without name.
    fn missing_func_name(&mut self, context: &str) -> (IdentId, Vec<TypeParam>, crate::ast::SigId) {
        let pos = self.pos();
        let name = self.missing_name(pos);
        self.syntax_error(if context.is_empty() {
            "expected name or ("
        } else {
            "expected name"
        });
        self.advance(&[Token::Lbrace, Token::Semi]);
        let params: Vec<Param> = Vec::new();
        let sig = self.new_sig(crate::ast::Signature {
            params,
            results: Vec::new(),
            span: Span {
                start: pos,
                end: pos,
            },
        });
        (name, Vec::new(), sig)
    }

    /// The body of a function, from the brace on.
    pub(super) fn func_body(&mut self) -> BlockId {
        self.fnest += 1;
        let errors = self.error_count();
        let body = self.block("");
        self.fnest -= 1;
        // After syntax errors, a body may lack the labels that its statements name.
        if self.options.check_branches && errors == self.error_count() {
            branches::check(
                &self.file,
                body,
                &self.options.file_name,
                &mut self.rule_errors,
            );
        }
        body
    }
}
