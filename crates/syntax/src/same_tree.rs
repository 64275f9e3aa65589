//! Structural equality of two syntax trees, whatever their positions and the numbering of their nodes.

use crate::ast::{
    ArrayLen, BlockId, CaseClause, CommClause, Decl, DirectiveList, ExprId, ExprKind, ExprList,
    FieldDecl, File, Group, IdentId, InterfaceElem, Name, Param, SigId, StmtId, StmtKind, StmtList,
    TypeParam,
};

/// Whether two files have the same declarations, with the same directives attached. Positions do not count.
#[must_use]
pub fn same_tree(a: &File, b: &File) -> bool {
    let both = Both { a, b };
    both.option(a.package, b.package, Both::ident)
        && a.go_version == b.go_version
        && both.decls(&a.decls, &b.decls)
}

/// Two trees; its methods compare a part of the first with a part of the second.
struct Both<'a> {
    /// The first tree.
    a: &'a File,
    /// The second tree.
    b: &'a File,
}

impl Both<'_> {
    fn option<T>(&self, a: Option<T>, b: Option<T>, same: impl Fn(&Self, T, T) -> bool) -> bool {
        match (a, b) {
            (Some(a), Some(b)) => same(self, a, b),
            (None, None) => true,
            (Some(_), None) | (None, Some(_)) => false,
        }
    }

    fn slices<T>(&self, a: &[T], b: &[T], same: impl Fn(&Self, &T, &T) -> bool) -> bool {
        a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(self, a, b))
    }

    fn text(&self, a: Name, b: Name) -> bool {
        self.a.text(a) == self.b.text(b)
    }

    fn ident(&self, a: IdentId, b: IdentId) -> bool {
        self.a.ident_text(a) == self.b.ident_text(b)
    }

    fn idents(&self, a: &[IdentId], b: &[IdentId]) -> bool {
        self.slices(a, b, |s, &a, &b| s.ident(a, b))
    }

    fn directives(&self, a: DirectiveList, b: DirectiveList) -> bool {
        self.slices(self.a.directives(a), self.b.directives(b), |s, a, b| {
            s.text(a.text, b.text)
        })
    }

    fn exprs(&self, a: ExprList, b: ExprList) -> bool {
        self.slices(self.a.exprs(a), self.b.exprs(b), |s, &a, &b| s.expr(a, b))
    }

    fn stmts(&self, a: StmtList, b: StmtList) -> bool {
        self.slices(self.a.stmts(a), self.b.stmts(b), |s, &a, &b| s.stmt(a, b))
    }

    /// Declarations; groups must match, too, as constants depend on them.
    fn decls(&self, a: &[Decl], b: &[Decl]) -> bool {
        let mut groups: Option<(Group, Group)> = None;
        self.slices(a, b, Self::decl)
            && a.iter().zip(b).all(|(a, b)| match (group(a), group(b)) {
                (None, None) => true,
                (Some(a), Some(b)) => {
                    let same = groups.is_none_or(|(last_a, last_b)| (last_a == a) == (last_b == b));
                    groups = Some((a, b));
                    same
                }
                (Some(_), None) | (None, Some(_)) => false,
            })
    }

    fn decl(&self, a: &Decl, b: &Decl) -> bool {
        match (a, b) {
            (Decl::Import(a), Decl::Import(b)) => {
                self.option(a.name, b.name, Self::ident) && self.text(a.path, b.path)
            }
            (Decl::Const(a), Decl::Const(b)) => {
                self.idents(&a.names, &b.names)
                    && self.option(a.typ, b.typ, Self::expr)
                    && self.exprs(a.values, b.values)
                    && a.iota == b.iota
            }
            (Decl::Var(a), Decl::Var(b)) => {
                self.idents(&a.names, &b.names)
                    && self.option(a.typ, b.typ, Self::expr)
                    && self.exprs(a.values, b.values)
                    && self.directives(a.directives, b.directives)
            }
            (Decl::Type(a), Decl::Type(b)) => {
                self.ident(a.name, b.name)
                    && self.slices(&a.tparams, &b.tparams, Self::type_param)
                    && a.alias == b.alias
                    && self.expr(a.typ, b.typ)
                    && self.directives(a.directives, b.directives)
            }
            (Decl::Func(a), Decl::Func(b)) => {
                self.option(a.recv.as_deref(), b.recv.as_deref(), |s, a, b| {
                    s.slices(a, b, Self::param)
                }) && self.ident(a.name, b.name)
                    && self.slices(&a.tparams, &b.tparams, Self::type_param)
                    && self.sig(a.sig, b.sig)
                    && self.option(a.body, b.body, Self::block)
                    && self.directives(a.directives, b.directives)
            }
            (Decl::Bad(_), Decl::Bad(_)) => true,
            (
                Decl::Import(_)
                | Decl::Const(_)
                | Decl::Var(_)
                | Decl::Type(_)
                | Decl::Func(_)
                | Decl::Bad(_),
                _,
            ) => false,
        }
    }

    fn type_param(&self, a: &TypeParam, b: &TypeParam) -> bool {
        self.idents(&a.names, &b.names) && self.expr(a.constraint, b.constraint)
    }

    fn param(&self, a: &Param, b: &Param) -> bool {
        self.idents(&a.names, &b.names) && self.expr(a.typ, b.typ)
    }

    fn sig(&self, a: SigId, b: SigId) -> bool {
        let (a, b) = (&self.a.sigs[a], &self.b.sigs[b]);
        self.slices(&a.params, &b.params, Self::param)
            && self.slices(&a.results, &b.results, Self::param)
    }

    fn block(&self, a: BlockId, b: BlockId) -> bool {
        self.stmts(self.a.blocks[a].stmts, self.b.blocks[b].stmts)
    }

    /// Expressions; chains of binary operators are followed in a loop.
    fn expr(&self, mut a: ExprId, mut b: ExprId) -> bool {
        while let (
            &ExprKind::Binary {
                op: op_a,
                x: x_a,
                y: y_a,
                ..
            },
            &ExprKind::Binary {
                op: op_b,
                x: x_b,
                y: y_b,
                ..
            },
        ) = (&self.a.expr[a].kind, &self.b.expr[b].kind)
        {
            if op_a != op_b || !self.expr(y_a, y_b) {
                return false;
            }
            (a, b) = (x_a, x_b);
        }
        self.expr_kind(&self.a.expr[a].kind, &self.b.expr[b].kind)
    }

    fn expr_kind(&self, a: &ExprKind, b: &ExprKind) -> bool {
        use ExprKind as E;
        match (a, b) {
            (E::Bad, E::Bad) => true,
            (E::Ident(a), E::Ident(b)) => self.ident(*a, *b),
            (
                E::BasicLit { kind, text },
                E::BasicLit {
                    kind: kind_b,
                    text: text_b,
                },
            ) => kind == kind_b && self.text(*text, *text_b),
            (
                E::CompositeLit { typ, elems, .. },
                E::CompositeLit {
                    typ: typ_b,
                    elems: elems_b,
                    ..
                },
            ) => self.option(*typ, *typ_b, Self::expr) && self.exprs(*elems, *elems_b),
            (
                E::KeyValue { key, value, .. },
                E::KeyValue {
                    key: key_b,
                    value: value_b,
                    ..
                },
            )
            | (
                E::MapType { key, value },
                E::MapType {
                    key: key_b,
                    value: value_b,
                },
            ) => self.expr(*key, *key_b) && self.expr(*value, *value_b),
            (
                E::FuncLit { sig, body },
                E::FuncLit {
                    sig: sig_b,
                    body: body_b,
                },
            ) => self.sig(*sig, *sig_b) && self.block(*body, *body_b),
            (E::Selector { x, sel }, E::Selector { x: x_b, sel: sel_b }) => {
                self.ident(*sel, *sel_b) && self.expr(*x, *x_b)
            }
            (
                E::Index { x, indices, .. },
                E::Index {
                    x: x_b,
                    indices: indices_b,
                    ..
                },
            ) => self.exprs(*indices, *indices_b) && self.expr(*x, *x_b),
            (
                E::Slice {
                    x,
                    lo,
                    hi,
                    max,
                    three,
                    ..
                },
                E::Slice {
                    x: x_b,
                    lo: lo_b,
                    hi: hi_b,
                    max: max_b,
                    three: three_b,
                    ..
                },
            ) => {
                self.option(*lo, *lo_b, Self::expr)
                    && self.option(*hi, *hi_b, Self::expr)
                    && self.option(*max, *max_b, Self::expr)
                    && three == three_b
                    && self.expr(*x, *x_b)
            }
            (E::TypeAssert { x, typ }, E::TypeAssert { x: x_b, typ: typ_b }) => {
                self.option(*typ, *typ_b, Self::expr) && self.expr(*x, *x_b)
            }
            (
                E::Call {
                    fun,
                    args,
                    ellipsis,
                    ..
                },
                E::Call {
                    fun: fun_b,
                    args: args_b,
                    ellipsis: ellipsis_b,
                    ..
                },
            ) => {
                self.exprs(*args, *args_b)
                    && ellipsis.is_some() == ellipsis_b.is_some()
                    && self.expr(*fun, *fun_b)
            }
            (E::Paren(a), E::Paren(b))
            | (E::Star(a), E::Star(b))
            | (E::SliceType(a), E::SliceType(b))
            | (E::Ellipsis(a), E::Ellipsis(b)) => self.expr(*a, *b),
            (E::Unary { op, x }, E::Unary { op: op_b, x: x_b }) => {
                op == op_b && self.expr(*x, *x_b)
            }
            (
                E::ArrayType { len, elem },
                E::ArrayType {
                    len: len_b,
                    elem: elem_b,
                },
            ) => {
                let same_len = match (len, len_b) {
                    (ArrayLen::Expr(len), ArrayLen::Expr(len_b)) => self.expr(*len, *len_b),
                    (ArrayLen::Ellipsis(_), ArrayLen::Ellipsis(_)) => true,
                    (ArrayLen::Expr(_), ArrayLen::Ellipsis(_))
                    | (ArrayLen::Ellipsis(_), ArrayLen::Expr(_)) => false,
                };
                same_len && self.expr(*elem, *elem_b)
            }
            (E::StructType(a), E::StructType(b)) => self.slices(&a.fields, &b.fields, Self::field),
            (E::FuncType(a), E::FuncType(b)) => self.sig(*a, *b),
            (E::InterfaceType(a), E::InterfaceType(b)) => {
                self.slices(&a.elems, &b.elems, Self::interface_elem)
            }
            (
                E::ChanType { dir, elem },
                E::ChanType {
                    dir: dir_b,
                    elem: elem_b,
                },
            ) => dir == dir_b && self.expr(*elem, *elem_b),
            (
                E::Bad
                | E::Ident(_)
                | E::BasicLit { .. }
                | E::CompositeLit { .. }
                | E::KeyValue { .. }
                | E::FuncLit { .. }
                | E::Paren(_)
                | E::Selector { .. }
                | E::Index { .. }
                | E::Slice { .. }
                | E::TypeAssert { .. }
                | E::Call { .. }
                | E::Star(_)
                | E::Unary { .. }
                | E::Binary { .. }
                | E::ArrayType { .. }
                | E::SliceType(_)
                | E::StructType(_)
                | E::FuncType(_)
                | E::InterfaceType(_)
                | E::MapType { .. }
                | E::ChanType { .. }
                | E::Ellipsis(_),
                _,
            ) => false,
        }
    }

    fn field(&self, a: &FieldDecl, b: &FieldDecl) -> bool {
        self.idents(&a.names, &b.names)
            && self.expr(a.typ, b.typ)
            && self.option(a.tag, b.tag, |s, (a, _), (b, _)| s.text(a, b))
    }

    fn interface_elem(&self, a: &InterfaceElem, b: &InterfaceElem) -> bool {
        match (a, b) {
            (
                InterfaceElem::Method { name, sig },
                InterfaceElem::Method {
                    name: name_b,
                    sig: sig_b,
                },
            ) => self.ident(*name, *name_b) && self.sig(*sig, *sig_b),
            (InterfaceElem::Embedded(a), InterfaceElem::Embedded(b)) => self.expr(*a, *b),
            (InterfaceElem::Method { .. }, InterfaceElem::Embedded(_))
            | (InterfaceElem::Embedded(_), InterfaceElem::Method { .. }) => false,
        }
    }

    fn case_clause(&self, a: &CaseClause, b: &CaseClause) -> bool {
        self.option(a.exprs, b.exprs, Self::exprs) && self.stmts(a.body, b.body)
    }

    fn comm_clause(&self, a: &CommClause, b: &CommClause) -> bool {
        self.option(a.comm, b.comm, Self::stmt) && self.stmts(a.body, b.body)
    }

    /// Statements; chains of `else if` are followed in a loop.
    fn stmt(&self, mut a: StmtId, mut b: StmtId) -> bool {
        while let (
            &StmtKind::If {
                init,
                cond,
                then,
                els: Some(els),
            },
            &StmtKind::If {
                init: init_b,
                cond: cond_b,
                then: then_b,
                els: Some(els_b),
            },
        ) = (&self.a.stmt[a].kind, &self.b.stmt[b].kind)
        {
            if !(self.option(init, init_b, Self::stmt)
                && self.option(cond, cond_b, Self::expr)
                && self.block(then, then_b))
            {
                return false;
            }
            (a, b) = (els, els_b);
        }
        self.stmt_kind(&self.a.stmt[a].kind, &self.b.stmt[b].kind)
    }

    fn stmt_kind(&self, a: &StmtKind, b: &StmtKind) -> bool {
        use StmtKind as S;
        match (a, b) {
            (S::Bad, S::Bad) | (S::Empty, S::Empty) => true,
            (S::Decl(a), S::Decl(b)) => self.decls(a, b),
            (
                S::Labeled { label, stmt },
                S::Labeled {
                    label: label_b,
                    stmt: stmt_b,
                },
            ) => self.ident(*label, *label_b) && self.stmt(*stmt, *stmt_b),
            (S::Expr(a), S::Expr(b)) | (S::Go(a), S::Go(b)) | (S::Defer(a), S::Defer(b)) => {
                self.expr(*a, *b)
            }
            (
                S::Send { chan, value, .. },
                S::Send {
                    chan: chan_b,
                    value: value_b,
                    ..
                },
            ) => self.expr(*chan, *chan_b) && self.expr(*value, *value_b),
            (
                S::IncDec { x, inc, .. },
                S::IncDec {
                    x: x_b, inc: inc_b, ..
                },
            ) => inc == inc_b && self.expr(*x, *x_b),
            (
                S::Assign { lhs, op, rhs, .. },
                S::Assign {
                    lhs: lhs_b,
                    op: op_b,
                    rhs: rhs_b,
                    ..
                },
            ) => op == op_b && self.exprs(*lhs, *lhs_b) && self.exprs(*rhs, *rhs_b),
            (
                S::Define { lhs, rhs, .. },
                S::Define {
                    lhs: lhs_b,
                    rhs: rhs_b,
                    ..
                },
            ) => self.exprs(*lhs, *lhs_b) && self.exprs(*rhs, *rhs_b),
            (S::Return(a), S::Return(b)) => self.exprs(*a, *b),
            (
                S::Branch { kind, label },
                S::Branch {
                    kind: kind_b,
                    label: label_b,
                },
            ) => kind == kind_b && self.option(*label, *label_b, Self::ident),
            (S::Block(a), S::Block(b)) => self.block(*a, *b),
            (
                S::If {
                    init,
                    cond,
                    then,
                    els,
                },
                S::If {
                    init: init_b,
                    cond: cond_b,
                    then: then_b,
                    els: els_b,
                },
            ) => {
                self.option(*init, *init_b, Self::stmt)
                    && self.option(*cond, *cond_b, Self::expr)
                    && self.block(*then, *then_b)
                    && self.option(*els, *els_b, Self::stmt)
            }
            (
                S::Switch {
                    init, tag, clauses, ..
                },
                S::Switch {
                    init: init_b,
                    tag: tag_b,
                    clauses: clauses_b,
                    ..
                },
            ) => {
                self.option(*init, *init_b, Self::stmt)
                    && self.option(*tag, *tag_b, Self::expr)
                    && self.slices(clauses, clauses_b, Self::case_clause)
            }
            (
                S::TypeSwitch {
                    init,
                    bind,
                    x,
                    clauses,
                    ..
                },
                S::TypeSwitch {
                    init: init_b,
                    bind: bind_b,
                    x: x_b,
                    clauses: clauses_b,
                    ..
                },
            ) => {
                self.option(*init, *init_b, Self::stmt)
                    && self.option(*bind, *bind_b, Self::ident)
                    && self.expr(*x, *x_b)
                    && self.slices(clauses, clauses_b, Self::case_clause)
            }
            (
                S::Select { clauses, .. },
                S::Select {
                    clauses: clauses_b, ..
                },
            ) => self.slices(clauses, clauses_b, Self::comm_clause),
            (
                S::For {
                    init,
                    cond,
                    post,
                    body,
                },
                S::For {
                    init: init_b,
                    cond: cond_b,
                    post: post_b,
                    body: body_b,
                },
            ) => {
                self.option(*init, *init_b, Self::stmt)
                    && self.option(*cond, *cond_b, Self::expr)
                    && self.option(*post, *post_b, Self::stmt)
                    && self.block(*body, *body_b)
            }
            (
                S::Range {
                    key,
                    value,
                    extra,
                    define,
                    x,
                    body,
                    ..
                },
                S::Range {
                    key: key_b,
                    value: value_b,
                    extra: extra_b,
                    define: define_b,
                    x: x_b,
                    body: body_b,
                    ..
                },
            ) => {
                self.option(*key, *key_b, Self::expr)
                    && self.option(*value, *value_b, Self::expr)
                    && self.option(*extra, *extra_b, Self::expr)
                    && define == define_b
                    && self.expr(*x, *x_b)
                    && self.block(*body, *body_b)
            }
            (
                S::Bad
                | S::Empty
                | S::Decl(_)
                | S::Labeled { .. }
                | S::Expr(_)
                | S::Send { .. }
                | S::IncDec { .. }
                | S::Assign { .. }
                | S::Define { .. }
                | S::Go(_)
                | S::Defer(_)
                | S::Return(_)
                | S::Branch { .. }
                | S::Block(_)
                | S::If { .. }
                | S::Switch { .. }
                | S::TypeSwitch { .. }
                | S::Select { .. }
                | S::For { .. }
                | S::Range { .. },
                _,
            ) => false,
        }
    }
}

/// The group of a declaration.
fn group(decl: &Decl) -> Option<Group> {
    match decl {
        Decl::Import(decl) => decl.group,
        Decl::Const(decl) => decl.group,
        Decl::Type(decl) => decl.group,
        Decl::Var(decl) => decl.group,
        Decl::Func(_) | Decl::Bad(_) => None,
    }
}
