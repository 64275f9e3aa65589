//! The lexer: source text to tokens, one at a time, with semicolons inserted (*Lexical elements*).
//!
//! It works on bytes and allocates nothing for a token; the parser takes a token's text from the source. What is
//! malformed is reported and still gives a token, so that the parser meets as few surprises as possible.
//! Comments are passed over, except for compiler directives, which go to [`crate::directive`].

mod number;
mod quoted;

use crate::ast::{BinaryOp, Directive, LitKind, Pos};
use crate::chars::{self, BOM};
use crate::error::{ErrorCode, SyntaxError};
use crate::token::{Op, Semi, Token};

/// A comment that the parser wants to see: a compiler directive.
#[derive(Clone, Copy, Debug)]
pub(crate) struct DirectiveComment {
    /// Offset of the comment.
    pub(crate) start: u32,
    /// One past the comment's last byte; a newline is not part of it.
    pub(crate) end: u32,
    /// Whether it is a `//` comment with only white space before it on its line.
    pub(crate) alone: bool,
}

/// The lexer and the token it has read last.
pub(crate) struct Lexer<'s> {
    /// The source text; NULs and byte order marks in it count as absent.
    src: &'s str,
    /// Offset of the next byte to read.
    pos: usize,
    /// Whether a newline now becomes a semicolon.
    nlsemi: bool,
    /// The token.
    pub(crate) tok: Token,
    /// Its operator, where it has one.
    pub(crate) op: Op,
    /// Its precedence as a binary operator, 0 for an operator that is none.
    pub(crate) prec: u8,
    /// The kind of a literal.
    pub(crate) kind: LitKind,
    /// Whether a literal is malformed; this has been reported.
    pub(crate) bad: bool,
    /// Where a semicolon comes from.
    pub(crate) semi: Semi,
    /// Offset of the token.
    pub(crate) start: u32,
    /// One past its last byte.
    pub(crate) end: u32,
    /// End of the token before it.
    pub(crate) prev_end: u32,
    /// Directive comments before the token, not yet taken by the parser.
    pub(crate) comments: Vec<DirectiveComment>,
    /// Errors of the tokens read so far.
    pub(crate) errors: Vec<SyntaxError>,
}

/// What a byte can start or continue: bit 0 an identifier's start, bit 1 its continuation.
const IDENT: [u8; 256] = {
    let mut table = [0; 256];
    let mut b = 0;
    while b < 256 {
        let byte = b as u8;
        if byte.is_ascii_alphabetic() || byte == b'_' {
            table[b] = 3;
        } else if byte.is_ascii_digit() {
            table[b] = 2;
        }
        b += 1;
    }
    table
};

impl<'s> Lexer<'s> {
    /// A lexer before the first token of `src`.
    pub(crate) fn new(src: &'s str) -> Self {
        Self {
            src,
            pos: 0,
            nlsemi: false,
            tok: Token::Eof,
            op: Op::Not,
            prec: 0,
            kind: LitKind::Int,
            bad: false,
            semi: Semi::Written,
            start: 0,
            end: 0,
            prev_end: 0,
            comments: Vec::new(),
            errors: Vec::new(),
        }
    }

    /// The text of the current token.
    pub(crate) fn text(&self) -> &'s str {
        &self.src[self.start as usize..self.end as usize]
    }

    /// The source text.
    pub(crate) fn source(&self) -> &'s str {
        self.src
    }

    /// The byte at the reading position; 0 at the end of the file.
    #[inline]
    fn peek(&self) -> u8 {
        self.src.as_bytes().get(self.pos).copied().unwrap_or(0)
    }

    /// The byte after that at the reading position.
    fn peek_second(&self) -> u8 {
        self.src.as_bytes().get(self.pos + 1).copied().unwrap_or(0)
    }

    /// Whether everything has been read.
    fn at_end(&self) -> bool {
        self.pos >= self.src.len()
    }

    /// The character at the reading position, which is not the end.
    fn peek_char(&self) -> char {
        self.src[self.pos..].chars().next().unwrap_or('\0')
    }

    /// Moves past the character at the reading position, if there is one.
    fn skip_char(&mut self) {
        if !self.at_end() {
            self.pos += self.peek_char().len_utf8();
        }
    }

    /// Reports an error at a byte offset.
    fn error(&mut self, at: usize, message: impl Into<String>) {
        self.errors.push(SyntaxError {
            pos: Pos(at as u32),
            message: message.into(),
            code: ErrorCode::Token,
        });
    }

    /// Reports an error at the reading position.
    fn error_here(&mut self, message: impl Into<String>) {
        self.error(self.pos, message);
    }

    /// Passes over the rest of the file. The next token is the end of it.
    pub(crate) fn stop(&mut self) {
        self.pos = self.src.len();
        self.nlsemi = false;
        self.next();
    }

    /// Reads the next token.
    pub(crate) fn next(&mut self) {
        self.prev_end = self.end;
        let nlsemi = std::mem::replace(&mut self.nlsemi, false);
        self.tok = self.scan(nlsemi);
        self.end = self.pos as u32;
    }

    /// Passes over white space and comments, then reads one token from `self.start` on.
    fn scan(&mut self, nlsemi: bool) -> Token {
        loop {
            let bytes = self.src.as_bytes();
            while let Some(b' ' | b'\t' | b'\r' | b'\n') = bytes.get(self.pos) {
                if nlsemi && bytes[self.pos] == b'\n' {
                    break;
                }
                self.pos += 1;
            }
            self.start = self.pos as u32;
            let Some(&byte) = bytes.get(self.pos) else {
                if nlsemi {
                    self.semi = Semi::Eof;
                    return Token::Semi;
                }
                return Token::Eof;
            };
            if IDENT[byte as usize] & 1 != 0 {
                return self.ident();
            }
            self.pos += 1;
            return match byte {
                b'\n' => {
                    self.semi = Semi::Newline;
                    Token::Semi
                }
                b'0'..=b'9' => self.number(byte),
                b'"' => self.interpreted_string(),
                b'`' => self.raw_string(),
                b'\'' => self.rune(),
                b'(' => Token::Lparen,
                b'[' => Token::Lbrack,
                b'{' => Token::Lbrace,
                b',' => Token::Comma,
                b';' => {
                    self.semi = Semi::Written;
                    Token::Semi
                }
                b')' => self.closing(Token::Rparen),
                b']' => self.closing(Token::Rbrack),
                b'}' => self.closing(Token::Rbrace),
                b':' if self.eat(b'=') => Token::Define,
                b':' => Token::Colon,
                b'.' if self.peek().is_ascii_digit() => self.number(byte),
                b'.' if self.peek() == b'.' && self.peek_second() == b'.' => {
                    self.pos += 2;
                    Token::DotDotDot
                }
                b'.' => Token::Dot,
                b'+' if self.eat(b'+') => self.inc_op(BinaryOp::Add),
                b'+' => self.maybe_assign(BinaryOp::Add),
                b'-' if self.eat(b'-') => self.inc_op(BinaryOp::Sub),
                b'-' => self.maybe_assign(BinaryOp::Sub),
                b'*' => match self.maybe_assign(BinaryOp::Mul) {
                    Token::Operator => Token::Star,
                    token => token,
                },
                b'/' if self.peek() == b'/' => {
                    self.line_comment();
                    continue;
                }
                b'/' if self.eat(b'*') => {
                    if self.block_comment() && nlsemi {
                        // A comment with a newline in it acts like a newline.
                        self.semi = Semi::Newline;
                        return Token::Semi;
                    }
                    continue;
                }
                b'/' => self.maybe_assign(BinaryOp::Div),
                b'%' => self.maybe_assign(BinaryOp::Rem),
                b'&' if self.eat(b'&') => self.operator(BinaryOp::LogAnd),
                b'&' if self.eat(b'^') => self.maybe_assign(BinaryOp::AndNot),
                b'&' => self.maybe_assign(BinaryOp::And),
                b'|' if self.eat(b'|') => self.operator(BinaryOp::LogOr),
                b'|' => self.maybe_assign(BinaryOp::Or),
                b'^' => self.maybe_assign(BinaryOp::Xor),
                b'<' if self.eat(b'=') => self.operator(BinaryOp::Le),
                b'<' if self.eat(b'<') => self.maybe_assign(BinaryOp::Shl),
                b'<' if self.eat(b'-') => Token::Arrow,
                b'<' => self.operator(BinaryOp::Lt),
                b'>' if self.eat(b'=') => self.operator(BinaryOp::Ge),
                b'>' if self.eat(b'>') => self.maybe_assign(BinaryOp::Shr),
                b'>' => self.operator(BinaryOp::Gt),
                b'=' if self.eat(b'=') => self.operator(BinaryOp::Eq),
                b'=' => Token::Assign,
                b'!' if self.eat(b'=') => self.operator(BinaryOp::Ne),
                b'!' => self.unary_operator(Op::Not),
                b'~' => self.unary_operator(Op::Tilde),
                // Absent; reported with the file's encoding.
                0 => continue,
                0x80.. => {
                    self.pos -= 1;
                    if self.peek_char() == BOM {
                        self.skip_char();
                        continue;
                    }
                    self.ident()
                }
                _ => {
                    let message =
                        format!("invalid character {}", chars::code_point(u32::from(byte)));
                    self.error(self.pos - 1, message);
                    continue;
                }
            };
        }
    }

    /// Moves past `byte` where it comes next.
    fn eat(&mut self, byte: u8) -> bool {
        let eaten = self.peek() == byte;
        self.pos += usize::from(eaten);
        eaten
    }

    /// A closing bracket, which can end a statement.
    fn closing(&mut self, token: Token) -> Token {
        self.nlsemi = true;
        token
    }

    /// An operator that has no `op=` form.
    fn operator(&mut self, op: BinaryOp) -> Token {
        self.op = Op::Binary(op);
        self.prec = op.precedence();
        Token::Operator
    }

    /// An operator that is unary only.
    fn unary_operator(&mut self, op: Op) -> Token {
        self.op = op;
        self.prec = 0;
        Token::Operator
    }

    /// `op` or `op=`.
    fn maybe_assign(&mut self, op: BinaryOp) -> Token {
        self.operator(op);
        if self.eat(b'=') {
            Token::AssignOp
        } else {
            Token::Operator
        }
    }

    /// `++` or `--`, which can end a statement.
    fn inc_op(&mut self, op: BinaryOp) -> Token {
        self.operator(op);
        self.nlsemi = true;
        Token::IncOp
    }

    /// An identifier or a keyword, from the reading position on.
    fn ident(&mut self) -> Token {
        let bytes = self.src.as_bytes();
        let mut pos = self.pos;
        while pos < bytes.len() && IDENT[bytes[pos] as usize] != 0 {
            pos += 1;
        }
        self.pos = pos;
        if pos < bytes.len() && (bytes[pos] >= 0x80 || bytes[pos] == 0) {
            self.rest_of_ident();
        } else if let Some(keyword) = Token::keyword(&bytes[self.start as usize..pos]) {
            self.nlsemi = keyword.keyword_ends_statement();
            return keyword;
        }
        self.nlsemi = true;
        Token::Name
    }

    /// The rest of an identifier that is not ASCII only.
    fn rest_of_ident(&mut self) {
        while !self.at_end() {
            let c = self.peek_char();
            if c == '\0' || c == BOM || c == '_' || chars::is_letter(c) {
                // Part of the identifier, or absent.
            } else if chars::is_digit(c) {
                if self.pos == self.start as usize {
                    let shown = chars::code_point(u32::from(c));
                    self.error_here(format!("identifier cannot begin with digit {shown}"));
                }
            } else if !c.is_ascii() {
                self.error_here(format!(
                    "invalid character {} in identifier",
                    chars::code_point(u32::from(c))
                ));
            } else {
                break;
            }
            self.skip_char();
        }
    }

    /// A `//` comment; the first slash has been read, the newline is left.
    fn line_comment(&mut self) {
        let start = self.pos - 1;
        let rest = &self.src.as_bytes()[start..];
        let len = memchr::memchr(b'\n', rest).unwrap_or(rest.len());
        self.pos = start + len;
        // A directive has no space after the slashes.
        match rest.get(2) {
            Some(b'g') if rest.starts_with(b"//go:") => self.directive(start),
            Some(b'l') if rest.starts_with(b"//line ") => self.directive(start),
            Some(b'e') if rest.starts_with(b"//export ") => self.directive(start),
            Some(b'p') if rest.starts_with(b"//polkago:") => self.directive(start),
            _ => {}
        }
    }

    /// A `/*` comment, whose opening has been read. Returns whether there is a newline in it.
    fn block_comment(&mut self) -> bool {
        let start = self.pos - 2;
        let bytes = self.src.as_bytes();
        match memchr::memmem::find(&bytes[self.pos..], b"*/") {
            Some(len) => self.pos += len + 2,
            None => {
                self.error(start, "comment not terminated");
                self.pos = bytes.len();
                return memchr::memchr(b'\n', &bytes[start..]).is_some();
            }
        }
        if bytes[start..].starts_with(b"/*line ") {
            self.directive(start);
        }
        memchr::memchr(b'\n', &bytes[start..self.pos]).is_some()
    }

    /// Keeps the comment from `start` to the reading position for the parser.
    fn directive(&mut self, start: usize) {
        let before = &self.src.as_bytes()[..start];
        // Only comments that end their line ask for this, so the line is searched once.
        let alone = self.src.as_bytes()[start + 1] == b'/' && {
            let line = memchr::memrchr(b'\n', before).map_or(0, |at| at + 1);
            before[line..]
                .iter()
                .all(|b| matches!(b, b' ' | b'\t' | b'\r'))
        };
        self.comments.push(DirectiveComment {
            start: start as u32,
            end: self.pos as u32,
            alone,
        });
    }

    /// The token is a literal.
    fn literal(&mut self, kind: LitKind, ok: bool) -> Token {
        self.nlsemi = true;
        self.kind = kind;
        self.bad = !ok;
        Token::Literal
    }
}

/// The text of a comment without its markers, and without the carriage return of a line end.
pub(crate) fn comment_text(comment: &str) -> &str {
    if let Some(text) = comment.strip_prefix("//") {
        text.strip_suffix('\r').unwrap_or(text)
    } else {
        &comment[2..comment.len() - 2]
    }
}

impl DirectiveComment {
    /// The directive as the tree keeps it.
    pub(crate) fn in_tree(self, text: crate::ast::Name) -> Directive {
        Directive {
            pos: Pos(self.start),
            text,
        }
    }
}

#[cfg(test)]
mod tests;
