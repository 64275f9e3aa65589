//! One function: IR to code.

pub mod emit;
pub mod merge_traps;
pub mod node;
pub mod normalise;
pub mod operations;
pub mod select;
pub mod structure;
pub mod treeify;
