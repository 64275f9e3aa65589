//! Statements of `go.mod` and `go.work` files: lines and blocks of lines, each given to a reader of directives.
//!
//! Source of the rule: *Go Modules Reference*, section *go.mod files*, *Grammar*. Error texts are the official
//! ones.

use super::gomod::{At, ModError};
use super::lexer::{Kind, Lexer, Token};

/// Which file is read, and how.
#[derive(Clone, Copy)]
pub(super) struct Dialect {
    /// The file's name in messages about its grammar.
    pub file_name: &'static str,
    /// The directives that may have a block of lines.
    pub blocks: &'static [&'static str],
    /// Whether an unknown block is an error; it is passed over otherwise.
    pub strict: bool,
}

/// The words of one line, without the directive, and the comment behind them.
pub(super) struct Line<'a> {
    pub words: Vec<&'a str>,
    pub comment: &'a str,
    pub at: At,
}

impl Line<'_> {
    /// The only word of the line, without quotes; else how the line should look.
    pub fn one(&self, usage: &str) -> Result<String, String> {
        match self.words[..] {
            [word] => unquote(word),
            _ => Err(usage.to_string()),
        }
    }
}

/// Gives every line to `directive`, with the word that it or its block starts with, and collects the errors. An
/// error in the grammar of blocks or strings ends the reading, and then stands alone: nothing that was read
/// before a broken block counts, as with the official command.
pub(super) fn read_statements(
    text: &str,
    dialect: Dialect,
    directive: &mut dyn FnMut(&str, Line<'_>) -> Result<(), String>,
) -> Vec<ModError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut parser = Parser {
        lexer: Lexer::new(text),
        errors: Vec::new(),
        dialect,
        directive,
    };
    match parser.file() {
        Ok(()) => parser.errors,
        Err(error) => vec![error],
    }
}

struct Parser<'a, 'd> {
    lexer: Lexer<'a>,
    errors: Vec<ModError>,
    dialect: Dialect,
    directive: &'d mut dyn FnMut(&str, Line<'_>) -> Result<(), String>,
}

impl<'a> Parser<'a, '_> {
    fn file(&mut self) -> Result<(), ModError> {
        loop {
            let first = self.lexer.next()?;
            match first.kind {
                Kind::End => return Ok(()),
                Kind::LineEnd => {}
                Kind::Text | Kind::Open | Kind::Close => self.statement(first)?,
            }
        }
    }

    /// A line, or a block where the line ends in an opening parenthesis.
    fn statement(&mut self, first: Token<'a>) -> Result<(), ModError> {
        let mut words = vec![first.text];
        loop {
            let token = self.lexer.next()?;
            match token.kind {
                Kind::LineEnd | Kind::End => {
                    let line = Line {
                        words: words.split_off(1),
                        comment: token.text,
                        at: first.at,
                    };
                    self.add(first.text, line);
                    return Ok(());
                }
                Kind::Open => {
                    let next = self.lexer.next()?;
                    match next.kind {
                        Kind::LineEnd | Kind::End => return self.block(first, words.len() == 1),
                        Kind::Text | Kind::Open | Kind::Close => {
                            words.extend([token.text, next.text])
                        }
                    }
                    // "verb ( )" is an empty block, anything else a line with parentheses in it.
                    if next.kind == Kind::Close {
                        let end = self.lexer.next()?;
                        if matches!(end.kind, Kind::LineEnd | Kind::End) {
                            words.truncate(words.len() - 2);
                            return self.open_block(first, words.len() == 1).map(|_| ());
                        }
                        words.push(end.text);
                    }
                }
                Kind::Text | Kind::Close => words.push(token.text),
            }
        }
    }

    /// The lines up to the closing parenthesis.
    fn block(&mut self, verb: Token<'a>, plain: bool) -> Result<(), ModError> {
        let known = self.open_block(verb, plain)?;
        loop {
            let first = self.lexer.next()?;
            match first.kind {
                Kind::LineEnd => continue,
                Kind::End => {
                    let message = format!(
                        "syntax error (unterminated block started at {}:{}:{})",
                        self.dialect.file_name, verb.at.line, verb.at.column
                    );
                    return Err(ModError::new(first.at, message));
                }
                Kind::Close => {
                    let end = self.lexer.next()?;
                    return match end.kind {
                        Kind::LineEnd | Kind::End => Ok(()),
                        Kind::Text | Kind::Open | Kind::Close => Err(ModError::new(
                            end.at,
                            "syntax error (expected newline after closing paren)",
                        )),
                    };
                }
                Kind::Text | Kind::Open => {}
            }
            let mut words = vec![first.text];
            let comment = loop {
                let token = self.lexer.next()?;
                match token.kind {
                    Kind::LineEnd | Kind::End => break token.text,
                    Kind::Text | Kind::Open | Kind::Close => words.push(token.text),
                }
            };
            if known {
                self.add(
                    verb.text,
                    Line {
                        words,
                        comment,
                        at: first.at,
                    },
                );
            }
        }
    }

    /// Whether the lines of a block are to be read.
    fn open_block(&mut self, verb: Token<'a>, plain: bool) -> Result<bool, ModError> {
        let known = plain && self.dialect.blocks.contains(&verb.text);
        if !known && self.dialect.strict {
            self.errors.push(ModError::new(
                verb.at,
                format!("unknown block type: {}", verb.text),
            ));
        }
        Ok(known)
    }

    /// One line of a directive.
    fn add(&mut self, verb: &str, line: Line<'_>) {
        let at = line.at;
        if let Err(message) = (self.directive)(verb, line) {
            self.errors.push(ModError { at, message });
        }
    }
}

/// A word without its quotes.
pub(super) fn unquote(word: &str) -> Result<String, String> {
    let inner = |quote| {
        word.strip_prefix(quote)
            .and_then(|rest| rest.strip_suffix(quote))
    };
    if let Some(text) = inner('"') {
        // No legal path or version needs an escape.
        if text.contains('\\') {
            return Err("invalid quoted string: invalid syntax".to_string());
        }
        return Ok(text.to_string());
    }
    if let Some(text) = inner('`') {
        return Ok(text.to_string());
    }
    if word.contains(['"', '\'', '`']) {
        return Err("invalid quoted string: unquoted string cannot contain quote".to_string());
    }
    Ok(word.to_string())
}
