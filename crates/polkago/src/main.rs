//! The polkago command line

fn main() {}
