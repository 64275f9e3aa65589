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
    /// A form that the grammar allows and another rule forbids. The official compiler finds these while it checks
    /// types, so with such errors only, checking can go on.
    Form,
}

impl ErrorCode {
    /// A stable name for reports and tests.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            ErrorCode::Encoding => "encoding",
            ErrorCode::Token => "token",
            ErrorCode::Syntax => "syntax",
            ErrorCode::Nesting => "nesting",
            ErrorCode::Directive => "directive",
            ErrorCode::Branch => "branch",
            ErrorCode::Form => "form",
        }
    }
}

/// Thins out follow-up errors as the official compiler does when it prints: of the errors whose text starts with
/// `syntax error`, one a line stays, and of equal texts on one line, one. The errors must be sorted by position.
pub fn thin_out(errors: &mut Vec<SyntaxError>, lines: &LineTable) {
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
