//! Lexer, parser, syntax tree, printer and positions for Go.
//!
//! One file in, one [`File`] out, with a list of errors beside it.
//!
//! Invariants: this crate never touches the disk and knows no types; the parser never fails, never panics and
//! takes time linear in its input (nesting is bounded); a tree does not refer to the source text it came from.

pub mod ast;
mod lines;
mod names;

pub use ast::*;
pub use lines::{LineTable, Location};
pub use names::Names;
