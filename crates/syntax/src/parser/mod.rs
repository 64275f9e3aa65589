//! The parser: tokens to a syntax tree, by recursive descent with one token of lookahead.
//!
//! It follows the structure of the official compiler's parser, so that texts and positions of errors agree, also
//! for what follows an error. After an error it skips to a token where going on makes sense.
//!
//! Nesting is bounded ([`MAX_NESTING`]): beyond it there is one error, and the rest of the file is passed over.
//! Chains of binary operators and of `else if` grow to the left or right without nesting in the source, so they
//! are parsed in loops and have a bound of their own ([`MAX_CHAIN`]). Whoever follows such chains in loops, too,
//! needs stack for at most `2 * MAX_NESTING` levels of recursion over a tree.

mod build;
mod control;
mod decl;
mod expr;
mod params;
mod simple;
mod stmt;
mod types;

use crate::ast::{ExprId, ExprKind, File, IdentId, Pos, Span, StmtId};
use crate::directive;
use crate::error::{ErrorCode, SyntaxError};
use crate::lexer::Lexer;
use crate::lines::LineTable;
use crate::names::Names;
use crate::source::Source;
use crate::token::{Token, TokenSet};

/// The deepest nesting that the parser accepts: of its own recursion, and of an expression seen from its root.
pub const MAX_NESTING: u32 = 1000;

/// The longest chain of binary operators of one precedence, or of `else if`, that the parser accepts.
pub const MAX_CHAIN: u32 = 20_000;

/// How a file is parsed.
#[derive(Clone, Debug)]
pub struct ParseOptions {
    /// The file's name, for messages that name a second position.
    pub file_name: String,
    /// Whether labels and branch statements of function bodies are checked.
    pub check_branches: bool,
}

impl Default for ParseOptions {
    fn default() -> Self {
        Self {
            file_name: String::new(),
            check_branches: true,
        }
    }
}

/// What parsing a file gives.
#[derive(Clone, Debug)]
pub struct ParseResult {
    /// The tree; with errors, as much of it as could be understood.
    pub file: File,
    /// All errors in order of position. [`crate::thin_out`] reduces them to those worth showing.
    pub errors: Vec<SyntaxError>,
}

/// Parses one Go source file. Text that is no Go gives errors, never a failure.
#[must_use]
pub fn parse_file(source: &[u8], options: &ParseOptions) -> ParseResult {
    if u32::try_from(source.len()).is_err() {
        let error = SyntaxError {
            pos: Pos(0),
            message: "file is too large: the limit is 4 GiB".to_owned(),
            code: ErrorCode::Encoding,
        };
        return ParseResult {
            file: File::default(),
            errors: vec![error],
        };
    }
    let Source {
        text,
        errors: encoding_errors,
    } = Source::new(source);
    let mut parser = Parser::new(&text, options, encoding_errors);
    parser.file();

    // Where parsing has stopped early, the rest of the file has not been looked at.
    let read = parser.encoding_errors_read();
    let mut errors = parser.lex.errors;
    errors.extend(parser.encoding_errors.drain(..read));
    errors.append(&mut parser.rule_errors);
    errors.sort_by_key(|error| error.pos);
    ParseResult {
        file: parser.file,
        errors,
    }
}

/// The state of parsing one file.
pub(crate) struct Parser<'s> {
    /// The lexer, with the current token and the errors of lexer and parser so far.
    pub(crate) lex: Lexer<'s>,
    /// The tree being made.
    pub(crate) file: File,
    /// How to parse.
    pub(crate) options: &'s ParseOptions,
    /// Every encoding error of the file.
    encoding_errors: Vec<SyntaxError>,
    /// Errors that have no influence on parsing: the text fits the grammar and breaks another rule.
    rule_errors: Vec<SyntaxError>,
    /// Whether the package clause is still to come.
    pub(crate) top: bool,
    /// First directive that no declaration has taken.
    pending_directives: u32,
    /// Nesting of function bodies.
    fnest: u32,
    /// Nesting of expressions; below 0 in the header of a control statement, where `{` starts a block
    /// (*Composite literals*).
    xnest: i32,
    /// Levels of recursion at the moment.
    depth: u32,
    /// The deepest level, `depth` plus height of an expression, met since the innermost [`Parser::enter_container`].
    deepest: u32,
    /// The height of each expression of the tree, in levels; a left operand of the binary operator's own kind does
    /// not count.
    heights: Vec<u16>,
    /// Expressions of the lists being read.
    exprs: Vec<ExprId>,
    /// Statements of the lists being read.
    stmts: Vec<StmtId>,
}

impl<'s> Parser<'s> {
    /// A parser before the first token of `text`.
    fn new(text: &'s str, options: &'s ParseOptions, encoding_errors: Vec<SyntaxError>) -> Self {
        let len = text.len();
        let mut file = File {
            names: Names::for_source(len),
            lines: LineTable::new(text.as_bytes()),
            end: Pos(len as u32),
            ..File::default()
        };
        // Measured over the standard library, leaving out its big tables.
        file.idents.reserve(len / 16);
        file.expr.reserve(len / 10);
        file.expr_lists.reserve(len / 24);
        Self {
            lex: Lexer::new(text),
            file,
            options,
            encoding_errors,
            rule_errors: Vec::new(),
            top: true,
            pending_directives: 0,
            fnest: 0,
            xnest: 0,
            depth: 0,
            deepest: 0,
            heights: Vec::with_capacity(len / 10),
            exprs: Vec::new(),
            stmts: Vec::new(),
        }
    }

    // Tokens.

    /// The current token's kind.
    fn tok(&self) -> Token {
        self.lex.tok
    }

    /// Where the current token starts.
    fn pos(&self) -> Pos {
        Pos(self.lex.start)
    }

    /// The end of the token before the current one.
    fn prev_end(&self) -> Pos {
        Pos(self.lex.prev_end)
    }

    /// From `start` to the end of the token before the current one.
    fn span_from(&self, start: Pos) -> Span {
        Span {
            start,
            end: self.prev_end().max(start),
        }
    }

    /// Reads the next token.
    fn next(&mut self) {
        self.lex.next();
        if !self.lex.comments.is_empty() {
            directive::record(self);
        }
    }

    /// Moves past a token of kind `tok`, if it is the current one.
    fn got(&mut self, tok: Token) -> bool {
        let got = self.tok() == tok;
        if got {
            self.next();
        }
        got
    }

    /// Moves past a token of kind `tok`, which must be the current one.
    fn want(&mut self, tok: Token) {
        if !self.got(tok) {
            self.syntax_error(&format!("expected {}", tok.describe()));
            self.advance(&[]);
        }
    }

    /// Moves past `=`, and past `:=` with an error.
    fn got_assign(&mut self) -> bool {
        if self.tok() == Token::Define {
            self.syntax_error("expected =");
        }
        self.got(Token::Define) || self.got(Token::Assign)
    }

    /// Skips to a token of `follow`, or, inside a function, one that starts a statement. With an empty `follow`,
    /// skips one token.
    fn advance(&mut self, follow: &[Token]) {
        if follow.is_empty() {
            if self.tok() != Token::Eof {
                self.next();
            }
            return;
        }
        let mut stop = TokenSet::of(follow).union(TokenSet::of(&[Token::Eof]));
        if self.fnest > 0 {
            stop = stop.union(TokenSet::STATEMENT_START);
        }
        while !stop.contains(self.tok()) {
            self.next();
        }
    }

    /// Reads a list of elements separated by `sep`, which may also follow the last one, up to and with `close`.
    /// `element` returns true to end the list. Returns where the closing token stands.
    fn list(
        &mut self,
        context: &str,
        sep: Token,
        close: Token,
        mut element: impl FnMut(&mut Self) -> bool,
    ) -> Pos {
        let mut done = false;
        while self.tok() != Token::Eof && self.tok() != close && !done {
            done = element(self);
            if !self.got(sep) && self.tok() != close {
                self.syntax_error(&format!(
                    "in {context}; possibly missing {} or {}",
                    sep.describe(),
                    close.describe()
                ));
                self.advance(&[Token::Rparen, Token::Rbrack, Token::Rbrace]);
                if self.tok() != close {
                    return self.pos();
                }
            }
        }
        let pos = self.pos();
        self.want(close);
        pos
    }

    // Errors.

    /// Reports an error with its full text.
    pub(crate) fn error_at(&mut self, pos: Pos, code: ErrorCode, message: String) {
        self.lex.errors.push(SyntaxError { pos, message, code });
    }

    /// Reports that something in the grammar breaks another rule.
    pub(crate) fn rule_error(&mut self, pos: Pos, code: ErrorCode, message: String) {
        self.rule_errors.push(SyntaxError { pos, message, code });
    }

    /// The number of encoding errors in what has been read.
    fn encoding_errors_read(&self) -> usize {
        self.encoding_errors
            .partition_point(|error| error.pos.0 <= self.lex.end)
    }

    /// The number of errors in what has been read, apart from those that have no influence on parsing.
    fn error_count(&self) -> usize {
        self.lex.errors.len() + self.encoding_errors_read()
    }

    /// Reports a syntax error at the current token; see [`Parser::syntax_error_at`].
    fn syntax_error(&mut self, message: &str) {
        self.syntax_error_at(self.pos(), message);
    }

    /// Reports a syntax error. A message that starts with `in`, `at`, `after` or `expected` is completed with what
    /// the current token is.
    fn syntax_error_at(&mut self, pos: Pos, message: &str) {
        if self.tok() == Token::Eof && self.error_count() > 0 {
            return; // Only says again that something is missing.
        }
        let joint = if message.starts_with("in ")
            || message.starts_with("at ")
            || message.starts_with("after ")
        {
            " "
        } else if message.starts_with("expected ") {
            ", "
        } else {
            self.error_at(pos, ErrorCode::Syntax, format!("syntax error: {message}"));
            return;
        };
        let text = self.lex.text();
        let found = match self.tok() {
            Token::Name => format!("name {text}"),
            Token::Semi => self.lex.semi.describe().to_owned(),
            Token::Literal => format!("literal {text}"),
            Token::Operator => self.lex.op.text().to_owned(),
            Token::AssignOp => format!("{}=", self.lex.op.text()),
            Token::IncOp => self.lex.op.text().repeat(2),
            other => other.describe().to_owned(),
        };
        self.error_at(
            pos,
            ErrorCode::Syntax,
            format!("syntax error: unexpected {found}{joint}{message}"),
        );
    }

    // Nesting.

    /// Goes one level deeper; [`Parser::leave`] must follow. Returns false, with nothing left to read, where
    /// that is too deep.
    #[inline(always)]
    fn enter(&mut self) -> bool {
        self.depth += 1;
        if self.depth > MAX_NESTING {
            self.too_deep();
            return false;
        }
        true
    }

    /// Comes back from one level.
    #[inline(always)]
    fn leave(&mut self) {
        self.depth -= 1;
    }

    /// Reports that nesting is too deep, once, and passes over the rest of the file.
    #[cold]
    fn too_deep(&mut self) {
        if !self
            .lex
            .errors
            .iter()
            .any(|error| error.code == ErrorCode::Nesting)
        {
            let message = format!("nesting is deeper than {MAX_NESTING} levels");
            self.error_at(self.pos(), ErrorCode::Nesting, message);
        }
        self.stop();
    }

    /// Reports that a chain of operators or statements is too long, and passes over the rest of the file.
    #[cold]
    fn too_long(&mut self, what: &str) {
        self.error_at(
            self.pos(),
            ErrorCode::Nesting,
            format!("more than {MAX_CHAIN} {what}"),
        );
        self.stop();
    }

    /// Passes over the rest of the file.
    fn stop(&mut self) {
        self.lex.stop();
        self.lex.comments.clear();
    }

    /// Starts to measure the height of what is read from here on.
    fn enter_container(&mut self) -> u32 {
        std::mem::replace(&mut self.deepest, self.depth)
    }

    /// Ends what [`Parser::enter_container`] has started and returns the height in levels.
    fn leave_container(&mut self, saved: u32) -> u32 {
        let height = self.deepest.saturating_sub(self.depth);
        self.deepest = self.deepest.max(saved);
        height
    }

    // Names and literals, which every part of the grammar uses.

    /// An identifier; without one an error, and the blank identifier in its place.
    fn name(&mut self) -> IdentId {
        if self.tok() == Token::Name {
            let name = self.file.names.intern(self.lex.text());
            let id = self.new_ident(name, self.pos());
            self.next();
            return id;
        }
        let id = self.missing_name(self.pos());
        self.syntax_error("expected name");
        self.advance(&[]);
        id
    }

    /// The blank identifier in place of a missing one.
    fn missing_name(&mut self, pos: Pos) -> IdentId {
        let name = self.file.names.intern("_");
        self.new_ident(name, pos)
    }

    /// `first { "," name }`, the first name having been read.
    fn name_list(&mut self, first: IdentId) -> Vec<IdentId> {
        let mut names = vec![first];
        while self.got(Token::Comma) {
            names.push(self.name());
        }
        names
    }

    /// A literal, where one comes next. A malformed one is [`ExprKind::Bad`].
    fn literal(&mut self) -> Option<ExprId> {
        if self.tok() != Token::Literal {
            return None;
        }
        let start = self.pos();
        let kind = if self.lex.bad {
            ExprKind::Bad
        } else {
            ExprKind::BasicLit {
                kind: self.lex.kind,
                text: self.file.names.intern(self.lex.text()),
            }
        };
        self.next();
        Some(self.leaf(kind, start))
    }
}
