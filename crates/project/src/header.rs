//! A quick look at the top of a Go file: build constraint, package clause and imports.
//!
//! Which files belong to a package, and which packages those need, is known from the first lines of each file;
//! a full parse only follows for the files that remain. This scanner reads those lines and stops at the first
//! token that can be neither. It never fails: what is malformed is left out, and the parser reports it later
//! with its own message.
//!
//! Source of the rule: Go specification, *Source file organization*, *Package clause*, *Import declarations*;
//! `go help buildconstraint` for where a `//go:build` line may stand.

use polkago_syntax::literal::unquote_string;

use crate::constraint::Expr;

/// The top of a Go file.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Header {
    /// The package name; empty where the clause is missing or malformed.
    pub package: String,
    /// The imports in source order, duplicates included.
    pub imports: Vec<ImportSpec>,
    /// The build constraint, if there is one.
    pub constraint: Option<Expr>,
    /// What is wrong with the build constraint, if anything.
    pub constraint_error: Option<ConstraintError>,
}

/// One import specification.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ImportSpec {
    /// The import path, unquoted.
    pub path: String,
    /// Line of the specification, counted from 1.
    pub line: u32,
    /// Column in bytes of the specification (the local name where there is one), counted from 1.
    pub column: u32,
}

/// A build constraint that cannot be read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ConstraintError {
    /// Line, counted from 1.
    pub line: u32,
    /// Column in bytes, counted from 1.
    pub column: u32,
    /// The official text.
    pub message: String,
}

impl Header {
    /// Reads the top of a file.
    pub fn scan(content: &[u8]) -> Self {
        let content = content.strip_prefix(b"\xef\xbb\xbf").unwrap_or(content);
        let mut header = Self::default();
        header.scan_constraint(content);
        Scanner {
            text: content,
            pos: 0,
            line: 1,
            line_start: 0,
        }
        .scan(&mut header);
        header
    }

    /// Whether the file asks for cgo, which is always off here.
    pub fn uses_cgo(&self) -> bool {
        self.imports.iter().any(|spec| spec.path == "C")
    }

    /// Finds the `//go:build` line among the comments before the package clause. Without one, the `// +build`
    /// lines count that stand in the leading run of `//` comments and are followed by a blank line.
    fn scan_constraint(&mut self, content: &[u8]) {
        let mut go_build: Option<(u32, u32, String)> = None;
        let mut plus: Option<Expr> = None;
        let mut pending_plus: Option<Expr> = None;
        let mut in_leading_run = true;
        let mut in_block_comment = false;
        for (number, raw) in (1u32..).zip(content.split(|&b| b == b'\n')) {
            let mut line = raw.trim_ascii();
            if line.is_empty() {
                if in_leading_run && let Some(expr) = pending_plus.take() {
                    plus = Some(conjunction(plus, expr));
                }
                continue;
            }
            if !line.starts_with(b"//") {
                in_leading_run = false;
            }
            if !in_block_comment && let Some(text) = directive(line, b"//go:build") {
                if go_build.is_some() {
                    let message = "multiple //go:build comments".to_string();
                    self.constraint_error = Some(ConstraintError {
                        line: number,
                        column: 1,
                        message,
                    });
                    return;
                }
                let column = 1 + (text.as_ptr() as usize - raw.as_ptr() as usize) as u32;
                go_build = Some((number, column, String::from_utf8_lossy(text).into_owned()));
            } else if in_leading_run
                && let Some(comment) = line.strip_prefix(b"//")
                && let Some(text) = directive(comment.trim_ascii(), b"+build")
                && let Some(expr) = Expr::parse_plus_build(&String::from_utf8_lossy(text))
            {
                pending_plus = Some(conjunction(pending_plus, expr));
            }
            // Leave at the first byte outside of comments.
            loop {
                if in_block_comment {
                    let Some(end) = find(line, b"*/") else { break };
                    in_block_comment = false;
                    line = line[end + 2..].trim_ascii();
                } else if line.is_empty() || line.starts_with(b"//") {
                    break;
                } else if let Some(rest) = line.strip_prefix(b"/*") {
                    in_block_comment = true;
                    line = rest;
                } else {
                    return self.set_constraint(go_build, plus);
                }
            }
        }
        self.set_constraint(go_build, plus);
    }

    fn set_constraint(&mut self, go_build: Option<(u32, u32, String)>, plus: Option<Expr>) {
        let Some((line, column, text)) = go_build else {
            self.constraint = plus;
            return;
        };
        match Expr::parse(&text) {
            Ok(expr) => self.constraint = Some(expr),
            Err(error) => {
                let column = column.saturating_add(error.offset as u32);
                let message = format!("parsing //go:build line: {error}");
                self.constraint_error = Some(ConstraintError {
                    line,
                    column,
                    message,
                });
            }
        }
    }
}

fn conjunction(left: Option<Expr>, right: Expr) -> Expr {
    match left {
        Some(left) => left.and(right),
        None => right,
    }
}

/// The text after a directive that ends there or is followed by a blank.
fn directive<'a>(line: &'a [u8], name: &[u8]) -> Option<&'a [u8]> {
    let rest = line.strip_prefix(name)?;
    let text = rest.trim_ascii();
    (rest.is_empty() || text.len() < rest.len()).then_some(text)
}

fn find(text: &[u8], what: &[u8]) -> Option<usize> {
    text.windows(what.len()).position(|window| window == what)
}

/// Reads the package clause and the import declarations.
struct Scanner<'a> {
    text: &'a [u8],
    pos: usize,
    line: u32,
    line_start: usize,
}

impl Scanner<'_> {
    fn scan(&mut self, header: &mut Header) -> Option<()> {
        self.skip_space();
        if self.word()? != "package" {
            return None;
        }
        self.skip_space();
        header.package = self.word()?;
        loop {
            self.skip_space_and_semicolons();
            if self.word()? != "import" {
                return None;
            }
            self.skip_space();
            if !self.eat(b'(') {
                header.imports.push(self.import_spec()?);
                continue;
            }
            loop {
                self.skip_space_and_semicolons();
                if self.eat(b')') {
                    break;
                }
                header.imports.push(self.import_spec()?);
            }
        }
    }

    /// An optional local name or dot, and a string literal.
    fn import_spec(&mut self) -> Option<ImportSpec> {
        let line = self.line;
        let column = (self.pos - self.line_start) as u32 + 1;
        if !self.eat(b'.') {
            self.word();
        }
        self.skip_space();
        let path = self.string()?;
        Some(ImportSpec { path, line, column })
    }

    /// An identifier or keyword.
    fn word(&mut self) -> Option<String> {
        let rest = &self.text[self.pos..];
        // A byte from 0x80 on is part of a letter or an error that the parser will name.
        let is_letter = |b: u8| b.is_ascii_alphabetic() || b == b'_' || b >= 0x80;
        let len = rest
            .iter()
            .take_while(|&&b| is_letter(b) || b.is_ascii_digit())
            .count();
        if len == 0 || !is_letter(rest[0]) {
            return None;
        }
        self.pos += len;
        String::from_utf8(rest[..len].to_vec()).ok()
    }

    /// A string literal, unquoted.
    fn string(&mut self) -> Option<String> {
        let start = self.pos;
        let quote = *self.text.get(start)?;
        if quote != b'"' && quote != b'`' {
            return None;
        }
        self.pos += 1;
        loop {
            let byte = *self.text.get(self.pos)?;
            self.pos += 1;
            match byte {
                b'\n' => return None,
                // Whatever is escaped, it does not end the literal.
                b'\\' if quote == b'"' => self.pos += 1,
                _ if byte == quote => break,
                _ => {}
            }
        }
        let literal = std::str::from_utf8(&self.text[start..self.pos]).ok()?;
        String::from_utf8(unquote_string(literal)?).ok()
    }

    fn eat(&mut self, byte: u8) -> bool {
        let found = self.text.get(self.pos) == Some(&byte);
        self.pos += usize::from(found);
        found
    }

    fn skip_space_and_semicolons(&mut self) {
        self.skip_space();
        while self.eat(b';') {
            self.skip_space();
        }
    }

    /// Skips white space and comments.
    fn skip_space(&mut self) {
        loop {
            let rest = &self.text[self.pos..];
            match rest {
                [b' ' | b'\t' | b'\r', ..] => self.pos += 1,
                [b'\n', ..] => self.newline(),
                [b'/', b'/', ..] => {
                    self.pos += rest.iter().position(|&b| b == b'\n').unwrap_or(rest.len());
                }
                [b'/', b'*', ..] => {
                    let end = self.pos + find(&rest[2..], b"*/").map_or(rest.len(), |end| end + 4);
                    while self.pos < end {
                        if self.text[self.pos] == b'\n' {
                            self.newline();
                        } else {
                            self.pos += 1;
                        }
                    }
                }
                _ => return,
            }
        }
    }

    fn newline(&mut self) {
        self.pos += 1;
        self.line += 1;
        self.line_start = self.pos;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn imports(text: &str) -> Vec<(String, u32, u32)> {
        Header::scan(text.as_bytes())
            .imports
            .into_iter()
            .map(|i| (i.path, i.line, i.column))
            .collect()
    }

    #[test]
    fn imports_have_places() {
        let text = "// doc\npackage a // x\n\nimport \"fmt\"\nimport (\n\t_ \"os\" ; . `io`\n\t/* c\n */ b \"\\x61/b\"\n)\nvar x = \"import\"\n";
        let want = [("fmt", 4, 8), ("os", 6, 2), ("io", 6, 11), ("a/b", 8, 5)];
        assert_eq!(imports(text), want.map(|(p, l, c)| (p.to_string(), l, c)));
    }

    #[test]
    fn malformed_tops_yield_what_can_be_read() {
        for text in [
            "",
            "package",
            "package 1",
            "import \"x\"",
            "/* open",
            "\u{0}",
            "package a\nimport fmt\n",
        ] {
            assert_eq!(imports(text), [], "{text}");
        }
        assert_eq!(imports("package a\nimport (\"x\"\n\"open").len(), 1);
        assert_eq!(Header::scan(b"\xef\xbb\xbfpackage bom").package, "bom");
    }

    #[test]
    fn constraints_stand_above_the_package_clause() {
        for (text, want) in [
            ("//go:build a && b\n\npackage x\n", Some("a && b")),
            ("// c\n\n//go:build a\npackage x\n", Some("a")),
            ("/* c */ //go:build no\npackage x\n", None),
            ("/* c\n*/\n//go:build a\npackage x\n", Some("a")),
            ("/*\n//go:build a\n*/\npackage x\n", None),
            ("package x\n//go:build a\n", None),
            ("//go:buildx a\npackage x\n", None),
            (" \t//go:build a\r\npackage x\r\n", Some("a")),
            (
                "// +build a b\n// +build c\n\npackage x\n",
                Some("(a || b) && c"),
            ),
            ("// +build a\npackage x\n", None),
            ("//+build a\n\npackage x\n", Some("a")),
            ("//go:build b\n// +build a\n\npackage x\n", Some("b")),
        ] {
            let header = Header::scan(text.as_bytes());
            assert_eq!(
                header.constraint.map(|e| e.to_string()).as_deref(),
                want,
                "{text}"
            );
            assert_eq!(header.constraint_error, None);
        }
    }

    #[test]
    fn bad_constraints_are_reported_with_their_place() {
        let error = |text: &str| {
            let e = Header::scan(text.as_bytes())
                .constraint_error
                .expect("error");
            (e.line, e.column, e.message)
        };
        let message = "parsing //go:build line: unexpected token b".to_string();
        assert_eq!(
            error("// c\n//go:build a b\n\npackage x\n"),
            (2, 14, message)
        );
        let message = "multiple //go:build comments".to_string();
        assert_eq!(
            error("//go:build a\n//go:build b\n\npackage x\n"),
            (2, 1, message)
        );
    }
}
