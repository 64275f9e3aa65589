//! The parser of the text form: modules, and what they hold besides functions.

use super::lexer::{Lexer, Token};
use crate::{
    Data, Export, Function, Global, Import, Module, Reloc, RelocKind, Signature, Symbol, Type,
};
use std::fmt;
use std::str::FromStr;

/// Why a text could not be parsed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ParseError {
    /// Line from 1.
    pub line: u32,
    /// Column from 1, in characters.
    pub col: u32,
    /// What is wrong there.
    pub message: String,
}

impl ParseError {
    /// An error at a byte offset of the text.
    pub(super) fn at(text: &str, offset: usize, message: impl Into<String>) -> Self {
        let before = &text[..offset];
        let line_start = before.rfind('\n').map_or(0, |n| n + 1);
        Self {
            line: before.matches('\n').count() as u32 + 1,
            col: before[line_start..].chars().count() as u32 + 1,
            message: message.into(),
        }
    }
}

impl fmt::Display for ParseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.line, self.col, self.message)
    }
}

impl std::error::Error for ParseError {}

/// Parses the text form of a module.
///
/// # Errors
/// The first mistake found. The result is well-formed as data; whether it makes sense is asked of the verifier.
pub fn parse_module(text: &str) -> Result<Module, ParseError> {
    let mut parser = Parser::new(text)?;
    let mut module = Module::default();
    while parser.token != Token::End {
        parser.item(&mut module)?;
    }
    Ok(module)
}

/// Parses the text form of one function.
///
/// # Errors
/// As [`parse_module`].
pub fn parse_function(text: &str) -> Result<Function, ParseError> {
    let mut parser = Parser::new(text)?;
    parser.keyword("func")?;
    let func = parser.func()?;
    match parser.token {
        Token::End => Ok(func),
        _ => Err(parser.expected("the end of the text")),
    }
}

pub(super) type Result<T, E = ParseError> = std::result::Result<T, E>;

/// A recursive descent parser with one token of lookahead.
pub(super) struct Parser<'a> {
    text: &'a str,
    lexer: Lexer<'a>,
    /// The token to be read next.
    pub(super) token: Token<'a>,
    /// Where it starts.
    pub(super) start: usize,
}

impl<'a> Parser<'a> {
    fn new(text: &'a str) -> Result<Self> {
        let mut lexer = Lexer::new(text);
        let (token, start) = lexer.next()?;
        Ok(Self {
            text,
            lexer,
            token,
            start,
        })
    }

    // Small change, used for everything.

    /// Takes the next token.
    pub(super) fn advance(&mut self) -> Result<Token<'a>> {
        let (next, start) = self.lexer.next()?;
        self.start = start;
        Ok(std::mem::replace(&mut self.token, next))
    }

    /// An error at a byte offset.
    pub(super) fn error_at(&self, offset: usize, message: impl Into<String>) -> ParseError {
        ParseError::at(self.text, offset, message)
    }

    /// An error that says what should stand in place of the next token.
    pub(super) fn expected(&self, what: &str) -> ParseError {
        let message = format!("expected {what}, found {}", self.token.describe());
        self.error_at(self.start, message)
    }

    /// Takes that punctuation if it is next.
    pub(super) fn eat(&mut self, c: char) -> Result<bool> {
        let is = self.token == Token::Punct(c);
        if is {
            self.advance()?;
        }
        Ok(is)
    }

    /// Takes that punctuation, which must be next.
    pub(super) fn punct(&mut self, c: char) -> Result<()> {
        if self.eat(c)? {
            Ok(())
        } else {
            Err(self.expected(&format!("`{c}`")))
        }
    }

    /// Takes that word if it is next.
    pub(super) fn eat_word(&mut self, word: &str) -> Result<bool> {
        let is = self.token == Token::Word(word);
        if is {
            self.advance()?;
        }
        Ok(is)
    }

    /// Takes that word, which must be next.
    pub(super) fn keyword(&mut self, word: &str) -> Result<()> {
        if self.eat_word(word)? {
            Ok(())
        } else {
            Err(self.expected(&format!("`{word}`")))
        }
    }

    /// Items with commas between them, until `close`, which is taken. `open` has been taken.
    pub(super) fn list<T>(
        &mut self,
        close: char,
        mut item: impl FnMut(&mut Self) -> Result<T>,
    ) -> Result<Vec<T>> {
        let mut items = Vec::new();
        if self.eat(close)? {
            return Ok(items);
        }
        loop {
            items.push(item(self)?);
            if !self.eat(',')? {
                self.punct(close)?;
                return Ok(items);
            }
        }
    }

    pub(super) fn symbol(&mut self) -> Result<Symbol> {
        let Token::Sym(name) = &self.token else {
            return Err(self.expected("a symbol"));
        };
        let name = name.as_str().into();
        self.advance()?;
        Ok(name)
    }

    fn bytes(&mut self) -> Result<Vec<u8>> {
        if !matches!(self.token, Token::Str(_)) {
            return Err(self.expected("a string"));
        }
        match self.advance()? {
            Token::Str(bytes) => Ok(bytes),
            _ => Ok(Vec::new()),
        }
    }

    pub(super) fn string(&mut self) -> Result<String> {
        let start = self.start;
        let bytes = self.bytes()?;
        String::from_utf8(bytes).map_err(|_| self.error_at(start, "string is not valid UTF-8"))
    }

    pub(super) fn ty(&mut self) -> Result<Type> {
        let ty = match &self.token {
            Token::Word(word) => Type::from_name(word),
            _ => None,
        };
        let ty = ty.ok_or_else(|| self.expected("a type"))?;
        self.advance()?;
        Ok(ty)
    }

    /// `(i32, ref) -> i64`
    pub(super) fn signature(&mut self) -> Result<Signature> {
        self.punct('(')?;
        let params = self.list(')', Self::ty)?;
        let mut results = Vec::new();
        if self.token == Token::Arrow {
            self.advance()?;
            results = if self.eat('(')? {
                self.list(')', Self::ty)?
            } else {
                vec![self.ty()?]
            };
        }
        Ok(Signature { params, results })
    }

    // Numbers.

    /// The digits of a number, and where it starts.
    fn number(&mut self) -> Result<(&'a str, usize)> {
        let Token::Num(digits) = self.token else {
            return Err(self.expected("a number"));
        };
        let start = self.start;
        self.advance()?;
        Ok((digits, start))
    }

    /// A whole number without sign.
    pub(super) fn unsigned<T: FromStr>(&mut self) -> Result<T> {
        let (digits, start) = self.number()?;
        let number = digits.parse();
        number.map_err(|_| self.error_at(start, format!("`{digits}` is no number in range")))
    }

    /// A number with or without `-`.
    pub(super) fn signed<T: FromStr>(&mut self) -> Result<T> {
        let minus = self.eat('-')?;
        let (digits, start) = self.number()?;
        let number = if minus {
            format!("-{digits}").parse()
        } else {
            digits.parse()
        };
        number.map_err(|_| self.error_at(start, format!("`{digits}` is no number in range")))
    }

    /// ` + 4`, ` - 4`, or nothing for 0.
    pub(super) fn offset<T: TryFrom<i64>>(&mut self) -> Result<T> {
        let start = self.start;
        let minus = self.token == Token::Punct('-');
        let n: i64 = if minus || self.eat('+')? {
            self.signed()?
        } else {
            0
        };
        T::try_from(n).map_err(|_| self.error_at(start, format!("offset {n} is out of range")))
    }

    /// `bits 0x...`, if it is next.
    fn bits(&mut self) -> Result<Option<u64>> {
        if !self.eat_word("bits")? {
            return Ok(None);
        }
        let (digits, start) = self.number()?;
        let number = digits
            .strip_prefix("0x")
            .map(|d| u64::from_str_radix(d, 16));
        match number {
            Some(Ok(bits)) => Ok(Some(bits)),
            Some(Err(_)) | None => {
                Err(self.error_at(start, "expected a hexadecimal number `0x...`"))
            }
        }
    }

    /// The bits of an f32 constant.
    pub(super) fn f32(&mut self) -> Result<u32> {
        let start = self.start;
        match self.bits()? {
            Some(bits) => {
                u32::try_from(bits).map_err(|_| self.error_at(start, "an f32 has 32 bits"))
            }
            None => Ok(self.signed::<f32>()?.to_bits()),
        }
    }

    /// The bits of an f64 constant.
    pub(super) fn f64(&mut self) -> Result<u64> {
        match self.bits()? {
            Some(bits) => Ok(bits),
            None => Ok(self.signed::<f64>()?.to_bits()),
        }
    }

    // Items of a module.

    fn item(&mut self, module: &mut Module) -> Result<()> {
        let Token::Word(word) = self.token else {
            return Err(self.expected("`import`, `global`, `data`, `export` or `func`"));
        };
        let what = "`import`, `global`, `data`, `export` or `func`";
        if !matches!(word, "import" | "global" | "data" | "export" | "func") {
            return Err(self.expected(what));
        }
        self.advance()?;
        let start = self.start;
        let before = match word {
            "import" => {
                let import = self.import()?;
                module
                    .imports
                    .insert(import.name.clone(), import)
                    .map(|i| i.name)
            }
            "global" => {
                let global = self.global()?;
                module
                    .globals
                    .insert(global.name.clone(), global)
                    .map(|g| g.name)
            }
            "data" => {
                let data = self.data()?;
                module.data.insert(data.name.clone(), data).map(|d| d.name)
            }
            "func" => {
                let func = self.func()?;
                module.funcs.insert(func.name.clone(), func).map(|f| f.name)
            }
            _ => {
                let name = self.string()?;
                let func = self.symbol()?;
                module.exports.push(Export { name, func });
                None
            }
        };
        match before {
            None => Ok(()),
            Some(name) => Err(self.error_at(start, format!("`@{name}` is defined twice"))),
        }
    }

    fn import(&mut self) -> Result<Import> {
        let name = self.symbol()?;
        self.punct('=')?;
        Ok(Import {
            name,
            module: self.string()?,
            field: self.string()?,
            sig: self.signature()?,
        })
    }

    fn global(&mut self) -> Result<Global> {
        let name = self.symbol()?;
        self.punct(':')?;
        let ty = self.ty()?;
        self.punct('=')?;
        let init = match ty {
            Type::I32 => u64::from(self.signed::<i32>()? as u32),
            Type::I64 | Type::Ref => self.signed::<i64>()? as u64,
            Type::F32 => u64::from(self.f32()?),
            Type::F64 => self.f64()?,
        };
        Ok(Global { name, ty, init })
    }

    fn data(&mut self) -> Result<Data> {
        let name = self.symbol()?;
        self.keyword("align")?;
        let align = self.unsigned()?;
        let size = if self.eat_word("size")? {
            Some(self.unsigned()?)
        } else {
            None
        };
        let mutable = self.eat_word("mutable")?;
        if !mutable {
            self.keyword("readonly")?;
        }
        let mergeable = self.eat_word("mergeable")?;
        let bytes = self.bytes()?;
        let mut data = Data {
            name,
            align,
            size: size.unwrap_or(bytes.len() as u32),
            bytes,
            relocs: Vec::new(),
            mutable,
            mergeable,
            refs: Vec::new(),
        };
        if self.eat('{')? {
            data.refs = self.refs()?;
            while !self.eat('}')? {
                data.relocs.push(self.reloc()?);
            }
        }
        Ok(data)
    }

    fn reloc(&mut self) -> Result<Reloc> {
        let offset = self.unsigned()?;
        self.punct(':')?;
        let kind = if self.eat_word("func")? {
            RelocKind::FuncIndex
        } else {
            self.keyword("addr")?;
            RelocKind::Addr
        };
        Ok(Reloc {
            offset,
            kind,
            sym: self.symbol()?,
            addend: self.offset()?,
        })
    }

    /// `refs 0, 4`, or nothing.
    pub(super) fn refs(&mut self) -> Result<Vec<u32>> {
        if self.eat_word("refs")? {
            self.numbers()
        } else {
            Ok(Vec::new())
        }
    }

    /// Numbers with commas between them.
    pub(super) fn numbers(&mut self) -> Result<Vec<u32>> {
        let mut numbers = vec![self.unsigned()?];
        while self.eat(',')? {
            numbers.push(self.unsigned()?);
        }
        Ok(numbers)
    }
}
