//! Typed syntax to IR: everything that Go leaves implicit becomes explicit here.
//!
//! [`lower_program`] takes checked packages and gives one [`Module`](polkago_ir::Module) with what is reachable
//! from the program's roots: exported functions, `main.main` and the initialisers that have effects. Generic code
//! is made concrete on the way. Where to look: `program` walks what is reachable; `layout` and `scalars` say how
//! types become memory and values (decision record 0001); `expr`, `stmt` and their neighbours follow the sections
//! of the language specification; `descriptors`, `itabs`, `closure` and `wrappers` make the bytes of decision
//! record 0004.
//!
//! Invariants: never optimises; never touches the disk; a function's IR depends on the checked packages alone, so
//! that functions may be lowered on any thread; the order of the output is the order of reachability. What the
//! compiler does not support is one error with a position, and only where reachable code contains it.

mod ahead;
mod arith;
mod assign;
mod boundary;
mod builtins;
mod call;
mod call_closure;
mod channel;
mod closure;
mod compare;
mod composite;
mod conditional;
mod consts;
mod control;
mod convert;
mod cx;
mod defer;
mod descriptors;
mod effects;
mod embed;
mod equality;
mod exports;
mod expr;
mod flow;
mod func;
mod go;
mod hashing;
mod iface;
mod imports;
mod index;
mod init;
mod intrinsics;
mod itabs;
mod keep_alive;
mod layout;
mod linkname;
mod lit_names;
mod map_append;
mod map_types;
mod maps;
mod methods;
mod output;
mod place;
mod program;
mod range;
mod range_func;
mod recover;
mod reflect_uses;
mod reflection;
mod result_literal;
mod runtime;
mod scalars;
mod select;
mod statics;
mod stmt;
mod switch;
mod symbols;
mod transient;
mod type_names;
mod type_tables;
mod unsupported;
mod vars;
mod wrappers;

pub use embed::{Embedded, Embeds};
pub use output::LowerError;
pub use program::{Gc, LowerOptions, Target, lower_program};
