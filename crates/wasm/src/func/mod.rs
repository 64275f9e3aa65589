//! One function: IR to code.

pub mod emit;
pub mod normalise;
pub mod select;
pub mod structure;
pub mod treeify;
