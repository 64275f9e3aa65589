//! Expressions and types. Parentheses stand in the tree, so none are added; only spaces keep tokens apart.

use super::{Form, Printer};
use crate::ast::{
    ArrayLen, BinaryOp, ChanDir, ExprId, ExprKind, ExprList, InterfaceElem, InterfaceType,
    StructType, UnaryOp,
};

impl Printer<'_> {
    /// Prints expressions separated by commas.
    pub(super) fn exprs(&mut self, list: ExprList) {
        for (i, &x) in self.file.exprs(list).iter().enumerate() {
            if i > 0 {
                self.text(",");
                self.wrap_or_space();
            }
            self.expr(x);
        }
    }

    /// Prints an expression or type.
    pub(super) fn expr(&mut self, x: ExprId) {
        let file = self.file;
        match &file.expr[x].kind {
            ExprKind::Bad => self.text("<bad expr>"),
            ExprKind::Ident(id) => self.ident(*id),
            ExprKind::BasicLit { text, .. } => self.text(file.text(*text)),
            ExprKind::CompositeLit { typ, elems, .. } => {
                if let Some(typ) = typ {
                    self.expr(*typ);
                }
                self.text("{");
                self.elements(*elems);
                self.text("}");
            }
            ExprKind::KeyValue { key, value, .. } => {
                self.expr(*key);
                self.text(": ");
                self.expr(*value);
            }
            ExprKind::FuncLit { sig, body } => {
                self.text("func");
                self.signature(*sig);
                self.text(" ");
                match self.form {
                    Form::Full => self.block(*body),
                    Form::Short if file.blocks[*body].stmts.len == 0 => self.text("{}"),
                    Form::Short => self.text("{…}"),
                }
            }
            ExprKind::Paren(x) => {
                self.text("(");
                self.expr(*x);
                self.text(")");
            }
            ExprKind::Selector { x, sel } => {
                self.expr(*x);
                self.text(".");
                self.ident(*sel);
            }
            ExprKind::Index { x, indices, .. } => {
                self.expr(*x);
                self.text("[");
                self.exprs(*indices);
                self.text("]");
            }
            ExprKind::Slice {
                x,
                lo,
                hi,
                max,
                three,
                ..
            } => {
                self.expr(*x);
                self.text("[");
                self.optional(*lo);
                self.text(":");
                self.optional(*hi);
                if *three {
                    self.text(":");
                    self.optional(*max);
                }
                self.text("]");
            }
            ExprKind::TypeAssert { x, typ } => {
                self.expr(*x);
                self.text(".(");
                match typ {
                    Some(typ) => self.expr(*typ),
                    None => self.text("type"),
                }
                self.text(")");
            }
            ExprKind::Call {
                fun,
                args,
                ellipsis,
                ..
            } => {
                self.expr(*fun);
                self.text("(");
                self.exprs(*args);
                if ellipsis.is_some() {
                    self.text("...");
                }
                self.text(")");
            }
            ExprKind::Star(x) => {
                self.text("*");
                self.expr(*x);
            }
            ExprKind::Unary { op, x } => self.unary(*op, *x),
            ExprKind::Binary { .. } => self.binary(x),
            ExprKind::ArrayType { len, elem } => {
                self.text("[");
                match len {
                    ArrayLen::Expr(len) => self.expr(*len),
                    ArrayLen::Ellipsis(_) => self.text("..."),
                }
                self.text("]");
                self.expr(*elem);
            }
            ExprKind::SliceType(elem) => {
                self.text("[]");
                self.expr(*elem);
            }
            ExprKind::StructType(typ) => self.struct_type(typ),
            ExprKind::FuncType(sig) => {
                self.text("func");
                self.signature(*sig);
            }
            ExprKind::InterfaceType(typ) => self.interface_type(typ),
            ExprKind::MapType { key, value } => {
                self.text("map[");
                self.expr(*key);
                self.text("]");
                self.expr(*value);
            }
            ExprKind::ChanType { dir, elem } => {
                self.text(match dir {
                    ChanDir::Both => "chan ",
                    ChanDir::Send => "chan<- ",
                    ChanDir::Recv => "<-chan ",
                });
                self.expr(*elem);
            }
            ExprKind::Ellipsis(elem) => {
                self.text("...");
                self.expr(*elem);
            }
        }
    }

    /// Prints an expression that may be absent.
    fn optional(&mut self, x: Option<ExprId>) {
        if let Some(x) = x {
            self.expr(x);
        }
    }

    /// Prints a unary operation.
    fn unary(&mut self, op: UnaryOp, x: ExprId) {
        self.text(op.text());
        // `+ +x`, `- -x`, `& &x` and `& ^x` would be other tokens without the space.
        if let ExprKind::Unary { op: inner, .. } = self.file.expr[x].kind {
            let joins = match op {
                UnaryOp::Plus | UnaryOp::Minus => inner == op,
                UnaryOp::And => matches!(inner, UnaryOp::And | UnaryOp::Xor),
                UnaryOp::Not | UnaryOp::Xor | UnaryOp::Recv | UnaryOp::Tilde => false,
            };
            if joins {
                self.text(" ");
            }
        }
        self.expr(x);
    }

    /// Prints a binary operation, its left operands in a loop, for there may be thousands.
    fn binary(&mut self, x: ExprId) {
        let mut operations: Vec<(BinaryOp, ExprId)> = Vec::new();
        let mut first = x;
        while let ExprKind::Binary { op, x, y, .. } = self.file.expr[first].kind {
            operations.push((op, y));
            first = x;
        }
        self.expr(first);
        for (op, y) in operations.into_iter().rev() {
            self.text(" ");
            self.text(op.text());
            self.wrap_or_space();
            self.expr(y);
        }
    }

    /// Prints the elements of a composite literal, keyed ones on a line each.
    fn elements(&mut self, elems: ExprList) {
        let list = self.file.exprs(elems);
        if self.form == Form::Short {
            if !list.is_empty() {
                self.text("…");
            }
            return;
        }
        let keyed = list
            .iter()
            .any(|&elem| matches!(self.file.expr[elem].kind, ExprKind::KeyValue { .. }));
        if !keyed || list.len() < 2 {
            self.exprs(elems);
            return;
        }
        self.indent += 1;
        for &elem in list {
            self.newline();
            self.expr(elem);
            self.text(",");
        }
        self.indent -= 1;
        self.newline();
    }

    /// Prints a struct type.
    fn struct_type(&mut self, typ: &StructType) {
        if typ.fields.is_empty() {
            return self.text("struct{}");
        }
        self.open("struct");
        for (i, field) in typ.fields.iter().enumerate() {
            self.idents(&field.names);
            if !field.names.is_empty() {
                self.text(" ");
            }
            self.expr(field.typ);
            if let Some((tag, _)) = field.tag {
                self.text(" ");
                self.text(self.file.text(tag));
            }
            self.close_item(i + 1 == typ.fields.len());
        }
        self.text("}");
    }

    /// Prints an interface type.
    fn interface_type(&mut self, typ: &InterfaceType) {
        if typ.elems.is_empty() {
            return self.text("interface{}");
        }
        self.open("interface");
        for (i, elem) in typ.elems.iter().enumerate() {
            match elem {
                InterfaceElem::Method { name, sig } => {
                    self.ident(*name);
                    self.signature(*sig);
                }
                InterfaceElem::Embedded(typ) => self.expr(*typ),
            }
            self.close_item(i + 1 == typ.elems.len());
        }
        self.text("}");
    }

    /// Prints the keyword and opening brace of a type with items.
    fn open(&mut self, keyword: &str) {
        self.text(keyword);
        self.indent += 1;
        match self.form {
            Form::Full => {
                self.text(" {");
                self.newline();
            }
            Form::Short => self.text("{"),
        }
    }

    /// Ends an item of such a type; after the last comes the closing brace.
    fn close_item(&mut self, last: bool) {
        if last {
            self.indent -= 1;
        }
        self.end_item(last);
    }
}
