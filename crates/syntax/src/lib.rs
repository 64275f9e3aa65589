//! Lexer, parser, syntax tree, printer and positions for Go.
//!
//! One file in, one [`File`] out, with a list of errors beside it.
//!
//! Invariants: this crate never touches the disk and knows no types; the parser never fails, never panics and
//! takes time linear in its input (nesting is bounded); a tree does not refer to the source text it came from.
//!
//! | module | subject |
//! | --- | --- |
//! | [`ast`] | the tree |
//! | `names`, `lines` | the texts and the lines of a file |
//! | `source`, `chars` | encoding, and which characters are letters |
//! | `lexer`, `token` | tokens |
//! | `parser` | the grammar, a file for each of its parts |
//! | `branches` | labels and the statements that name them |
//! | `directive`, `version` | `//go:` comments, and the Go version a file asks for |
//! | `error` | errors, and which of them are worth showing |
//! | [`literal`] | values of string and rune literals |
//! | [`mod@print`], `same_tree` | trees back to text, and whether two are equal |
//!
//! ```
//! use polkago_syntax::{ParseOptions, parse_file, print};
//!
//! let result = parse_file(b"package p; var x = f(1,2)", &ParseOptions::default());
//! assert!(result.errors.is_empty());
//! assert_eq!(print::print_file(&result.file), "package p\n\nvar x = f(1, 2)\n");
//!
//! let result = parse_file(b"package p\nvar x = f(1 2)\n", &ParseOptions::default());
//! let error = &result.errors[0];
//! assert_eq!(result.file.lines.line_col(error.pos), (2, 13));
//! assert_eq!(
//!     error.message,
//!     "syntax error: unexpected literal 2 in argument list; possibly missing comma or )"
//! );
//! ```

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
