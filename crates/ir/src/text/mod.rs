//! The text form of modules and functions.
//!
//! It is made to be written by hand in tests; printing and parsing are exact inverses. One of everything:
//!
//! ```text
//! ; A comment runs to the end of the line. Line ends mean nothing else.
//! import @env.log = "env" "ext_logging_log_version_1" (i32, i64, i64)
//! global @counter: i32 = 0
//! data @str:hello align 1 readonly mergeable "hello\0a"
//! data @table align 4 size 16 mutable "" {
//!     refs 0, 4
//!     0: addr @str:hello + 2
//!     8: func @main.add
//! }
//! export "add" @main.add
//!
//! func @main.add(i32, i32) -> i32 noinline {
//!     ss0 = slot size 8 align 4 refs 0, 4
//!     loc0 = "hello.go":5:9
//!     loc1 = "math.go":12:2 in loc0
//! block0(v0: i32, v1: i32):
//!     v2 = iadd v0, v1 !loc1
//!     v3 = stack_addr ss0 + 4
//!     store.i32 v3 + 4, v2
//!     v4 = load.u8 v3
//!     v5 = call @"a name with (odd) characters"(v4, v3) : (i32, ref) -> i32
//!     v6 = call_indirect v5(v3) : (ref) -> i32
//!     brif v6, block1(v4), block2
//! block1(v7: i32):
//!     br_table v7, [block2, block1(v7)], block2
//! block2:
//!     return v2
//! }
//! ```
//!
//! Values and blocks keep their numbers, so the text says what a debugger shows. The type of an operation's result
//! follows from the operation and its operand; where [`InstData::Unary`](crate::InstData::Unary) holds another
//! one, which the verifier rejects, it is written behind: `v1 = clz v0 : f32`. Floats are written by value where
//! that is exact, else as `bits 0x7ff8000000000001`. In a string `\xx` is the byte with that hexadecimal number.

mod lexer;
mod names;
mod parse;
mod parse_func;
mod print;

pub use parse::{ParseError, parse_function, parse_module};
