//! Declarations and signatures.

use super::{Form, Printer};
use crate::ast::{Decl, ExprId, ExprKind, Group, Param, SigId, Signature, Span, TypeParam};

/// The place of a declaration's specification.
pub(super) fn span(decl: &Decl) -> Span {
    match decl {
        Decl::Import(decl) => decl.span,
        Decl::Const(decl) => decl.span,
        Decl::Type(decl) => decl.span,
        Decl::Var(decl) => decl.span,
        Decl::Func(decl) => decl.span,
        Decl::Bad(span) => *span,
    }
}

/// The parenthesised group that a declaration stands in.
fn group(decl: &Decl) -> Option<Group> {
    match decl {
        Decl::Import(decl) => decl.group,
        Decl::Const(decl) => decl.group,
        Decl::Type(decl) => decl.group,
        Decl::Var(decl) => decl.group,
        Decl::Func(_) | Decl::Bad(_) => None,
    }
}

/// The number of declarations in the group that the first of `decls`, which there must be, belongs to.
pub(super) fn group_len(decls: &[Decl]) -> usize {
    match group(&decls[0]) {
        Some(first) => decls
            .iter()
            .take_while(|decl| group(decl) == Some(first))
            .count(),
        None => 1,
    }
}

impl Printer<'_> {
    /// Prints the declarations of one group, or a single one.
    pub(super) fn decls(&mut self, decls: &[Decl]) {
        let keyword = match decls.first() {
            Some(Decl::Import(_)) => "import",
            Some(Decl::Const(_)) => "const",
            Some(Decl::Type(_)) => "type",
            // An empty group can be of any kind.
            Some(Decl::Var(_)) | None => "var",
            Some(Decl::Func(_) | Decl::Bad(_)) => "",
        };
        let grouped = decls.first().is_none_or(|decl| group(decl).is_some());
        if !grouped {
            for decl in decls {
                self.decl(decl, keyword);
            }
            return;
        }
        self.text(keyword);
        self.text(" (");
        self.indent += 1;
        for (i, decl) in decls.iter().enumerate() {
            if self.form == Form::Full || i > 0 {
                self.end_item(false);
            }
            self.decl(decl, "");
        }
        self.indent -= 1;
        self.end_item(true);
        self.text(")");
    }

    /// Prints one specification or function, with its keyword where that is not empty.
    fn decl(&mut self, decl: &Decl, keyword: &str) {
        let directives = match decl {
            Decl::Type(decl) => decl.directives,
            Decl::Var(decl) => decl.directives,
            Decl::Func(decl) => decl.directives,
            Decl::Import(_) | Decl::Const(_) | Decl::Bad(_) => crate::ast::DirectiveList::default(),
        };
        self.directives(self.file.directives(directives));
        if !keyword.is_empty() {
            self.text(keyword);
            self.text(" ");
        }
        match decl {
            Decl::Import(decl) => {
                if let Some(name) = decl.name {
                    self.ident(name);
                    self.text(" ");
                }
                self.text(self.file.text(decl.path));
            }
            Decl::Const(decl) => {
                self.idents(&decl.names);
                self.typ_and_values(decl.typ, decl.values);
            }
            Decl::Var(decl) => {
                self.idents(&decl.names);
                self.typ_and_values(decl.typ, decl.values);
            }
            Decl::Type(decl) => {
                self.ident(decl.name);
                if !decl.tparams.is_empty() {
                    self.type_params(&decl.tparams, true);
                }
                self.text(if decl.alias { " = " } else { " " });
                self.expr(decl.typ);
            }
            Decl::Func(decl) => {
                self.text("func ");
                if let Some(recv) = &decl.recv {
                    self.params(recv);
                    self.text(" ");
                }
                self.ident(decl.name);
                if !decl.tparams.is_empty() {
                    self.type_params(&decl.tparams, false);
                }
                self.signature(decl.sig);
                if let Some(body) = decl.body {
                    self.text(" ");
                    self.block(body);
                }
            }
            Decl::Bad(_) => self.text("<bad declaration>"),
        }
    }

    /// Prints what follows the names of a constant or variable specification.
    fn typ_and_values(&mut self, typ: Option<ExprId>, values: crate::ast::ExprList) {
        if let Some(typ) = typ {
            self.text(" ");
            self.expr(typ);
        }
        if values.len > 0 {
            self.text(" = ");
            self.exprs(values);
        }
    }

    /// Prints the type parameters of a function or of a type, where they must not look like an array length.
    fn type_params(&mut self, tparams: &[TypeParam], of_type: bool) {
        self.text("[");
        for (i, tparam) in tparams.iter().enumerate() {
            if i > 0 {
                self.text(", ");
            }
            self.idents(&tparam.names);
            self.text(" ");
            self.expr(tparam.constraint);
        }
        // `[P *C]` alone would be a product, `[P *C,]` is not.
        if of_type && let [only] = tparams {
            let mut first = only.constraint;
            while let ExprKind::Binary { x, .. } = self.file.expr[first].kind {
                first = x;
            }
            if only.names.len() == 1
                && matches!(
                    self.file.expr[first].kind,
                    ExprKind::Star(_) | ExprKind::Paren(_)
                )
            {
                self.text(",");
            }
        }
        self.text("]");
    }

    /// Prints the parameters and results of a signature.
    pub(super) fn signature(&mut self, sig: SigId) {
        let file = self.file;
        let Signature {
            params, results, ..
        } = &file.sigs[sig];
        self.params(params);
        match results.as_slice() {
            [] => {}
            // A parenthesis here would start a list of results.
            [one]
                if one.names.is_empty()
                    && !matches!(file.expr[one.typ].kind, ExprKind::Paren(_)) =>
            {
                self.text(" ");
                self.expr(one.typ);
            }
            results => {
                self.text(" ");
                self.params(results);
            }
        }
    }

    /// Prints parameters in parentheses.
    fn params(&mut self, params: &[Param]) {
        self.text("(");
        for (i, param) in params.iter().enumerate() {
            if i > 0 {
                self.text(", ");
            }
            if !param.names.is_empty() {
                self.idents(&param.names);
                self.text(" ");
            }
            self.expr(param.typ);
        }
        self.text(")");
    }
}
