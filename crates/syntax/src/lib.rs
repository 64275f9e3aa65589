//! Lexer, parser, syntax tree, printer and positions for Go.
//!
//! One file in, one [`File`] out, with a list of errors beside it.
//!
//! Invariants: this crate never touches the disk and knows no types; the parser never fails, never panics and
//! takes time linear in its input (nesting is bounded); a tree does not refer to the source text it came from.

pub mod ast;
mod branches;
mod chars;
mod directive;
mod error;
mod lexer;
mod lines;
pub mod literal;
mod names;
mod parser;
pub mod print;
mod same_tree;
mod source;
mod token;
mod version;

pub use ast::*;
pub use error::{ErrorCode, SyntaxError, thin_out};
pub use lines::{LineTable, Location};
pub use names::Names;
pub use parser::{MAX_CHAIN, MAX_NESTING, ParseOptions, ParseResult, parse_file};
pub use same_tree::same_tree;
