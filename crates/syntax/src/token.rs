//! Tokens, operators and their precedences (*Lexical elements*, *Operators*).

use crate::ast::{BinaryOp, UnaryOp};

/// The kinds of tokens. Operators share a few kinds; [`Op`] tells them apart.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub(crate) enum Token {
    /// End of the file.
    Eof,
    /// Identifier.
    Name,
    /// Basic literal.
    Literal,
    /// Operator other than `*` and those below.
    Operator,
    /// `op=`.
    AssignOp,
    /// `++` or `--`.
    IncOp,
    /// `=`
    Assign,
    /// `:=`
    Define,
    /// `<-`
    Arrow,
    /// `*`
    Star,
    /// `(`
    Lparen,
    /// `[`
    Lbrack,
    /// `{`
    Lbrace,
    /// `)`
    Rparen,
    /// `]`
    Rbrack,
    /// `}`
    Rbrace,
    /// `,`
    Comma,
    /// `;`, written or inserted.
    Semi,
    /// `:`
    Colon,
    /// `.`
    Dot,
    /// `...`
    DotDotDot,
    /// `break`
    Break,
    /// `case`
    Case,
    /// `chan`
    Chan,
    /// `const`
    Const,
    /// `continue`
    Continue,
    /// `default`
    Default,
    /// `defer`
    Defer,
    /// `else`
    Else,
    /// `fallthrough`
    Fallthrough,
    /// `for`
    For,
    /// `func`
    Func,
    /// `go`
    Go,
    /// `goto`
    Goto,
    /// `if`
    If,
    /// `import`
    Import,
    /// `interface`
    Interface,
    /// `map`
    Map,
    /// `package`
    Package,
    /// `range`
    Range,
    /// `return`
    Return,
    /// `select`
    Select,
    /// `struct`
    Struct,
    /// `switch`
    Switch,
    /// `type`
    Type,
    /// `var`
    Var,
}

impl Token {
    /// The token as error messages name it.
    pub(crate) fn describe(self) -> &'static str {
        match self {
            Token::Eof => "EOF",
            Token::Name => "name",
            Token::Literal => "literal",
            Token::Operator => "op",
            Token::AssignOp => "op=",
            Token::IncOp => "opop",
            Token::Assign => "=",
            Token::Define => ":=",
            Token::Arrow => "<-",
            Token::Star => "*",
            Token::Lparen => "(",
            Token::Lbrack => "[",
            Token::Lbrace => "{",
            Token::Rparen => ")",
            Token::Rbrack => "]",
            Token::Rbrace => "}",
            Token::Comma => "comma",
            Token::Semi => "semicolon or newline",
            Token::Colon => ":",
            Token::Dot => ".",
            Token::DotDotDot => "...",
            Token::Break => "keyword break",
            Token::Case => "keyword case",
            Token::Chan => "keyword chan",
            Token::Const => "keyword const",
            Token::Continue => "keyword continue",
            Token::Default => "keyword default",
            Token::Defer => "keyword defer",
            Token::Else => "keyword else",
            Token::Fallthrough => "keyword fallthrough",
            Token::For => "keyword for",
            Token::Func => "keyword func",
            Token::Go => "keyword go",
            Token::Goto => "keyword goto",
            Token::If => "keyword if",
            Token::Import => "keyword import",
            Token::Interface => "keyword interface",
            Token::Map => "keyword map",
            Token::Package => "keyword package",
            Token::Range => "keyword range",
            Token::Return => "keyword return",
            Token::Select => "keyword select",
            Token::Struct => "keyword struct",
            Token::Switch => "keyword switch",
            Token::Type => "keyword type",
            Token::Var => "keyword var",
        }
    }

    /// The keyword with this spelling.
    pub(crate) fn keyword(text: &[u8]) -> Option<Token> {
        // The first byte and the length leave at most two candidates.
        let (spelling, token): (&[u8], Token) = match (text.first()?, text.len()) {
            (b'b', 5) => (b"break", Token::Break),
            (b'c', 4) if text[1] == b'a' => (b"case", Token::Case),
            (b'c', 4) => (b"chan", Token::Chan),
            (b'c', 5) => (b"const", Token::Const),
            (b'c', 8) => (b"continue", Token::Continue),
            (b'd', 5) => (b"defer", Token::Defer),
            (b'd', 7) => (b"default", Token::Default),
            (b'e', 4) => (b"else", Token::Else),
            (b'f', 3) => (b"for", Token::For),
            (b'f', 4) => (b"func", Token::Func),
            (b'f', 11) => (b"fallthrough", Token::Fallthrough),
            (b'g', 2) => (b"go", Token::Go),
            (b'g', 4) => (b"goto", Token::Goto),
            (b'i', 2) => (b"if", Token::If),
            (b'i', 6) => (b"import", Token::Import),
            (b'i', 9) => (b"interface", Token::Interface),
            (b'm', 3) => (b"map", Token::Map),
            (b'p', 7) => (b"package", Token::Package),
            (b'r', 5) => (b"range", Token::Range),
            (b'r', 6) => (b"return", Token::Return),
            (b's', 6) if text[1] == b'e' => (b"select", Token::Select),
            (b's', 6) if text[1] == b't' => (b"struct", Token::Struct),
            (b's', 6) => (b"switch", Token::Switch),
            (b't', 4) => (b"type", Token::Type),
            (b'v', 3) => (b"var", Token::Var),
            _ => return None,
        };
        (text == spelling).then_some(token)
    }

    /// Whether a newline after this keyword becomes a semicolon (*Semicolons*).
    pub(crate) fn keyword_ends_statement(self) -> bool {
        TokenSet::of(&[
            Token::Break,
            Token::Continue,
            Token::Fallthrough,
            Token::Return,
        ])
        .contains(self)
    }
}

/// A set of tokens.
#[derive(Clone, Copy)]
pub(crate) struct TokenSet(u64);

impl TokenSet {
    /// Keywords that start a statement: good places to go on after an error inside a function.
    pub(crate) const STATEMENT_START: TokenSet = TokenSet::of(&[
        Token::Break,
        Token::Const,
        Token::Continue,
        Token::Defer,
        Token::Fallthrough,
        Token::For,
        Token::Go,
        Token::Goto,
        Token::If,
        Token::Return,
        Token::Select,
        Token::Switch,
        Token::Type,
        Token::Var,
    ]);

    /// The set of the given tokens.
    pub(crate) const fn of(tokens: &[Token]) -> TokenSet {
        let mut bits = 0;
        let mut i = 0;
        while i < tokens.len() {
            bits |= 1 << tokens[i] as u64;
            i += 1;
        }
        TokenSet(bits)
    }

    /// Whether `token` is in the set.
    pub(crate) const fn contains(self, token: Token) -> bool {
        self.0 & 1 << token as u64 != 0
    }

    /// The elements of both sets.
    pub(crate) const fn union(self, other: TokenSet) -> TokenSet {
        TokenSet(self.0 | other.0)
    }
}

/// The operators of [`Token::Operator`], [`Token::Star`], [`Token::AssignOp`] and [`Token::IncOp`].
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Op {
    /// `!`
    Not,
    /// `~`
    Tilde,
    /// A binary operator; some of them are unary ones too.
    Binary(BinaryOp),
}

impl Op {
    /// The operator's text.
    pub(crate) fn text(self) -> &'static str {
        match self {
            Op::Not => "!",
            Op::Tilde => "~",
            Op::Binary(op) => op.text(),
        }
    }
}

impl BinaryOp {
    /// The operator as written.
    #[must_use]
    pub const fn text(self) -> &'static str {
        match self {
            BinaryOp::LogOr => "||",
            BinaryOp::LogAnd => "&&",
            BinaryOp::Eq => "==",
            BinaryOp::Ne => "!=",
            BinaryOp::Lt => "<",
            BinaryOp::Le => "<=",
            BinaryOp::Gt => ">",
            BinaryOp::Ge => ">=",
            BinaryOp::Add => "+",
            BinaryOp::Sub => "-",
            BinaryOp::Or => "|",
            BinaryOp::Xor => "^",
            BinaryOp::Mul => "*",
            BinaryOp::Div => "/",
            BinaryOp::Rem => "%",
            BinaryOp::And => "&",
            BinaryOp::AndNot => "&^",
            BinaryOp::Shl => "<<",
            BinaryOp::Shr => ">>",
        }
    }

    /// The precedence, from 1 for `||` to 5 for the multiplicative operators (*Operator precedence*).
    #[must_use]
    pub const fn precedence(self) -> u8 {
        match self {
            BinaryOp::LogOr => 1,
            BinaryOp::LogAnd => 2,
            BinaryOp::Eq
            | BinaryOp::Ne
            | BinaryOp::Lt
            | BinaryOp::Le
            | BinaryOp::Gt
            | BinaryOp::Ge => 3,
            BinaryOp::Add | BinaryOp::Sub | BinaryOp::Or | BinaryOp::Xor => 4,
            BinaryOp::Mul
            | BinaryOp::Div
            | BinaryOp::Rem
            | BinaryOp::And
            | BinaryOp::AndNot
            | BinaryOp::Shl
            | BinaryOp::Shr => 5,
        }
    }
}

impl UnaryOp {
    /// The operator as written.
    #[must_use]
    pub const fn text(self) -> &'static str {
        match self {
            UnaryOp::Plus => "+",
            UnaryOp::Minus => "-",
            UnaryOp::Not => "!",
            UnaryOp::Xor => "^",
            UnaryOp::And => "&",
            UnaryOp::Recv => "<-",
            UnaryOp::Tilde => "~",
        }
    }
}

/// Where a semicolon token comes from.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Semi {
    /// It is written.
    Written,
    /// It stands for the end of a line.
    Newline,
    /// It stands for the end of the file.
    Eof,
}

impl Semi {
    /// The semicolon as error messages name it.
    pub(crate) fn describe(self) -> &'static str {
        match self {
            Semi::Written => "semicolon",
            Semi::Newline => "newline",
            Semi::Eof => "EOF",
        }
    }
}
