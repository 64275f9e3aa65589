//! Syntax errors. Their texts follow the official compiler's.

use crate::ast::Pos;
use crate::lines::LineTable;

/// One error of the lexer, the parser or the check of branches.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SyntaxError {
    /// Where it stands.
    pub pos: Pos,
    /// What is wrong, in the official compiler's words.
    pub message: String,
    /// What kind of error it is.
    pub code: ErrorCode,
}

/// The kinds of syntax errors.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum ErrorCode {
    /// The text is not UTF-8, or holds a NUL or a byte order mark; or it is too long.
    Encoding,
    /// A malformed token: a character that no token has, a literal, an open comment.
    Token,
    /// The tokens do not fit the grammar.
    Syntax,
    /// Nesting is deeper than the parser's bound.
    Nesting,
    /// A malformed or misplaced compiler directive.
    Directive,
    /// A misused label or branch statement.
    Branch,
    /// A compiler directive before a declaration that it is not for. The official compiler looks for these once
    /// nothing else is wrong with a package.
    Placement,
}

impl SyntaxError {
    /// Whether the official compiler leaves a package with this error unchecked. Errors without it, such as those
    /// of literals and labels, are reported next to those that type checking finds.
    #[must_use]
    pub fn stops_checking(&self) -> bool {
        self.message.starts_with("syntax error") || self.code == ErrorCode::Nesting
    }
}

impl ErrorCode {
    /// All kinds.
    pub const ALL: &[Self] = &[
        Self::Encoding,
        Self::Token,
        Self::Syntax,
        Self::Nesting,
        Self::Directive,
        Self::Branch,
        Self::Placement,
    ];

    /// The stable code that tools and `polkago explain` use.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            ErrorCode::Encoding => "InvalidEncoding",
            ErrorCode::Token => "InvalidToken",
            ErrorCode::Syntax => "SyntaxError",
            ErrorCode::Nesting => "NestingTooDeep",
            ErrorCode::Directive => "InvalidDirective",
            ErrorCode::Branch => "InvalidBranch",
            ErrorCode::Placement => "MisplacedDirective",
        }
    }
}

/// Thins out follow-up errors as the official compiler does: of the errors whose text starts with `syntax error`,
/// one a line stays, and of equal texts on one line, one. Next to others, those of [`ErrorCode::Placement`] go. The
/// errors must be sorted by position.
pub fn thin_out(errors: &mut Vec<SyntaxError>, lines: &LineTable) {
    if errors
        .iter()
        .any(|error| error.code != ErrorCode::Placement)
    {
        errors.retain(|error| error.code != ErrorCode::Placement);
    }
    let mut syntax_line = 0;
    let mut seen: Vec<(u32, String)> = Vec::new();
    errors.retain(|error| {
        let line = lines.line(error.pos);
        if error.message.starts_with("syntax error") {
            if line == syntax_line {
                return false;
            }
            syntax_line = line;
        }
        seen.retain(|(seen_line, _)| *seen_line == line);
        if seen.iter().any(|(_, message)| *message == error.message) {
            return false;
        }
        seen.push((line, error.message.clone()));
        true
    });
}

#[cfg(test)]
mod tests {
    use crate::{ErrorCode, ParseOptions, parse_file, thin_out};

    fn shown(src: &str) -> Vec<(u32, ErrorCode)> {
        let mut result = parse_file(src.as_bytes(), &ParseOptions::default());
        thin_out(&mut result.errors, &result.file.lines);
        result
            .errors
            .iter()
            .map(|error| (result.file.lines.line(error.pos), error.code))
            .collect()
    }

    #[test]
    fn one_syntax_error_a_line() {
        use ErrorCode::{Placement, Syntax, Token};
        assert_eq!(
            shown("package p\nvar x = ( 1 2 ] }\nvar y int 3\n"),
            [(2, Syntax), (3, Syntax)]
        );
        assert_eq!(
            shown("package p\nvar x = @ @ 1 $\n"),
            [(2, Token), (2, Token)]
        );
        assert_eq!(
            shown("package p\n//go:noinline\ntype T int\n"),
            [(2, Placement)]
        );
        assert_eq!(
            shown("package p\n//go:noinline\ntype T int\nvar z\n"),
            [(4, Syntax)]
        );
    }
}
