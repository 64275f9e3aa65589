//! Typed syntax to IR
