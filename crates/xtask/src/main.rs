//! Conformance suites and release chores

fn main() {}
