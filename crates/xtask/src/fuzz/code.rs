//! Text of a program as a tree, so that a program can be made smaller statement by statement.

/// A statement: a line, or lines around blocks of statements.
#[derive(Clone, Debug)]
pub enum Stmt {
    /// A line.
    Line(String),
    /// Blocks, each with the line before it, and the line behind the last one.
    Blocks(Vec<(String, Vec<Stmt>)>, &'static str),
}

/// A declaration at package level: a header, statements, and the line behind them.
#[derive(Clone, Debug)]
pub struct Decl {
    /// The line before the statements.
    pub open: String,
    /// The statements.
    pub body: Vec<Stmt>,
    /// The line behind them.
    pub close: String,
}

impl Decl {
    /// A declaration without statements.
    pub fn line(text: String) -> Self {
        Self {
            open: text,
            body: Vec::new(),
            close: String::new(),
        }
    }

    /// Its text.
    pub fn text(&self, out: &mut String) {
        out.push_str(&self.open);
        out.push('\n');
        write(&self.body, 1, out);
        if !self.close.is_empty() {
            out.push_str(&self.close);
            out.push('\n');
        }
    }
}

fn write(body: &[Stmt], depth: usize, out: &mut String) {
    let line = |text: &str, out: &mut String| {
        out.extend(std::iter::repeat_n('\t', depth));
        out.push_str(text);
        out.push('\n');
    };
    for stmt in body {
        match stmt {
            Stmt::Line(text) => line(text, out),
            Stmt::Blocks(blocks, close) => {
                for (open, inner) in blocks {
                    line(open, out);
                    write(inner, depth + 1, out);
                }
                line(close, out);
            }
        }
    }
}

/// The number of statements.
pub fn count(body: &[Stmt]) -> usize {
    let inner = |stmt: &Stmt| match stmt {
        Stmt::Line(_) => 0,
        Stmt::Blocks(blocks, _) => blocks.iter().map(|(_, body)| count(body)).sum(),
    };
    body.iter().map(|stmt| 1 + inner(stmt)).sum()
}

/// Removes the statements numbered from `first` up to `end`, in the order of the text. `next` counts them.
pub fn without(body: &[Stmt], first: usize, end: usize, next: &mut usize) -> Vec<Stmt> {
    let mut kept = Vec::new();
    for stmt in body {
        let number = *next;
        *next += 1;
        let inner = match stmt {
            Stmt::Line(_) => stmt.clone(),
            Stmt::Blocks(blocks, close) => Stmt::Blocks(
                blocks
                    .iter()
                    .map(|(open, body)| (open.clone(), without(body, first, end, next)))
                    .collect(),
                close,
            ),
        };
        if !(first..end).contains(&number) {
            kept.push(inner);
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statements_are_removed_by_number() {
        let line = |text: &str| Stmt::Line(text.to_owned());
        let body = vec![
            line("a"),
            Stmt::Blocks(vec![("if x {".to_owned(), vec![line("b"), line("c")])], "}"),
            line("d"),
        ];
        assert_eq!(count(&body), 5);
        let mut out = String::new();
        write(&without(&body, 2, 4, &mut 0), 0, &mut out);
        assert_eq!(out, "a\nif x {\n}\nd\n");
    }
}
