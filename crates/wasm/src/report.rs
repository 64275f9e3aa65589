//! The result of emission, and the sizes of its parts.

use polkago_ir::Symbol;

/// A module and what it consists of.
#[derive(Clone, Debug)]
pub struct Output {
    /// The module.
    pub bytes: Vec<u8>,
    /// Sizes.
    pub report: Report,
}

/// Sizes of the parts of a module.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Report {
    /// Sections in order.
    pub sections: Vec<SectionSize>,
    /// Functions in order, those of the host not counted.
    pub functions: Vec<FunctionSize>,
    /// Bytes of read-only data.
    pub read_only_data: u32,
    /// Bytes of mutable data that is not all zero.
    pub mutable_data: u32,
    /// Bytes of data that is all zero.
    pub zero_data: u32,
    /// Address behind static data.
    pub data_end: u32,
    /// Address behind the first heap arena.
    pub heap_base: u32,
    /// Entries of the function table, the empty entry 0 counted.
    pub table_entries: u32,
}

/// A section.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SectionSize {
    /// As the specification names it; a custom section's own name.
    pub name: String,
    /// Bytes with its head.
    pub bytes: usize,
}

/// A function.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FunctionSize {
    /// Its symbol.
    pub name: Symbol,
    /// Bytes of its body.
    pub bytes: usize,
    /// Bytes of its shadow frame, if it has one.
    pub frame: Option<u32>,
}
