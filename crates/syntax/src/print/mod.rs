//! The printer: a syntax tree back to Go source.
//!
//! Its text is canonical: it depends on the tree alone, and parsing it gives the same tree again
//! ([`same_tree`](fn@crate::same_tree)). It keeps directives and drops other comments. It is readable, but not what `gofmt` would
//! write. The short forms are for messages; they stay on one line and leave out bodies.

mod decl;
mod expr;
mod stmt;

use crate::ast::{Decl, Directive, ExprId, File, StmtId};

/// The width at which long lists are broken.
const WIDTH: usize = 100;

/// The text of a whole file.
#[must_use]
pub fn print_file(file: &File) -> String {
    let mut printer = Printer::new(file, Form::Full);
    printer.file();
    printer.out
}

/// An expression or type as messages show it: on one line, with `{…}` for the bodies of function literals and the
/// elements of composite literals.
#[must_use]
pub fn short_expr(file: &File, x: ExprId) -> String {
    let mut printer = Printer::new(file, Form::Short);
    printer.expr(x);
    printer.out
}

/// A simple statement as messages show it.
#[must_use]
pub fn short_stmt(file: &File, stmt: StmtId) -> String {
    let mut printer = Printer::new(file, Form::Short);
    printer.stmt(stmt);
    printer.out
}

/// How much is printed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    /// Everything.
    Full,
    /// What a message needs.
    Short,
}

/// The state of printing one file or a part of it.
struct Printer<'a> {
    /// The tree.
    file: &'a File,
    /// How much to print.
    form: Form,
    /// The text so far.
    out: String,
    /// Level of indentation.
    indent: usize,
    /// Where the last line of `out` starts.
    line: usize,
}

impl<'a> Printer<'a> {
    /// A printer with nothing printed.
    fn new(file: &'a File, form: Form) -> Self {
        Self {
            file,
            form,
            out: String::new(),
            indent: 0,
            line: 0,
        }
    }

    /// Prints a text.
    fn text(&mut self, text: &str) {
        self.out.push_str(text);
    }

    /// Prints an identifier.
    fn ident(&mut self, id: crate::ast::IdentId) {
        self.out.push_str(self.file.ident_text(id));
    }

    /// Prints identifiers separated by commas.
    fn idents(&mut self, ids: &[crate::ast::IdentId]) {
        for (i, &id) in ids.iter().enumerate() {
            if i > 0 {
                self.text(", ");
            }
            self.ident(id);
        }
    }

    /// Starts a new line, indented.
    fn newline(&mut self) {
        self.out.push('\n');
        self.line = self.out.len();
        for _ in 0..self.indent {
            self.out.push('\t');
        }
    }

    /// Prints a space, or where the line is too long already, starts a new one.
    fn wrap_or_space(&mut self) {
        if self.form == Form::Full && self.out.len() - self.line > WIDTH {
            self.indent += 1;
            self.newline();
            self.indent -= 1;
        } else {
            self.out.push(' ');
        }
    }

    /// Ends one item of a list in braces: a new line, or in short form a semicolon unless it is the last.
    fn end_item(&mut self, last: bool) {
        match self.form {
            Form::Full => self.newline(),
            Form::Short if last => {}
            Form::Short => self.text("; "),
        }
    }

    /// Prints directives, each on a line of its own at the left margin.
    fn directives(&mut self, directives: &[Directive]) {
        for directive in directives {
            // A directive of the `//export` kind must start its line.
            let blank = self.out[self.line..].trim_start().is_empty();
            if blank {
                self.out.truncate(self.line);
            } else {
                self.out.push('\n');
            }
            self.text("//");
            self.text(self.file.text(directive.text));
            self.newline();
        }
    }

    /// Prints the file.
    fn file(&mut self) {
        let file = self.file;
        let package = file.package_pos;
        let before: Vec<Directive> = file
            .directives
            .iter()
            .copied()
            .filter(|d| d.pos < package)
            .collect();
        self.directives(&before);
        if !before.is_empty() {
            self.newline();
        }
        let Some(name) = file.package else { return };
        self.text("package ");
        self.ident(name);
        self.newline();

        let mut rest = file.directives.as_slice();
        let mut printed_to = package;
        let mut decls = file.decls.as_slice();
        while !decls.is_empty() {
            let len = decl::group_len(decls);
            let (group, after) = decls.split_at(len);
            decls = after;
            let span = decl::span(&group[0]);
            let attached = match &group[0] {
                Decl::Type(decl) => decl.directives,
                Decl::Var(decl) => decl.directives,
                Decl::Func(decl) => decl.directives,
                Decl::Import(_) | Decl::Const(_) | Decl::Bad(_) => {
                    crate::ast::DirectiveList::default()
                }
            };
            let first_attached = file
                .directives(attached)
                .first()
                .map_or(span.start, |directive| directive.pos);
            rest = self.loose_directives(rest, printed_to, first_attached.min(span.start));
            printed_to = decl::span(&group[len - 1]).end;
            self.newline();
            self.decls(group);
            self.newline();
        }
        self.loose_directives(rest, printed_to, file.end);
    }

    /// Prints the directives from `from` up to `to`, which belong to no declaration. Returns those from `to` on.
    fn loose_directives(
        &mut self,
        rest: &'a [Directive],
        from: crate::ast::Pos,
        to: crate::ast::Pos,
    ) -> &'a [Directive] {
        let start = rest.partition_point(|directive| directive.pos < from);
        let end = rest
            .partition_point(|directive| directive.pos < to)
            .max(start);
        if start < end {
            self.newline();
            self.directives(&rest[start..end]);
        }
        &rest[end..]
    }
}
