//! The name section, and `polkago.lines`: which code comes from which source line (decision record 0005).
//!
//! # Format of `polkago.lines`
//!
//! All numbers are LEB128. A byte 1 (version); the files: count, then length and bytes of each name; the locations:
//! count, then for each its file number, line (signed difference from the one before), column, and the number of
//! the location of the call it was inlined through plus 1, or 0; the functions: count, then for each its Wasm
//! index, the number of its entries, and for each entry the difference of code offsets (from the start of the
//! function's body behind its size) and the signed difference of location numbers.

use crate::program::Program;
use indexmap::IndexSet;
use polkago_ir::{Function, Loc};
use rustc_hash::{FxBuildHasher, FxHashMap};
use std::sync::Arc;
use wasm_encoder::{Encode, NameMap, NameSection};

/// Name of the section with source lines.
pub const LINES: &str = "polkago.lines";

/// The name section: the module's functions and globals. `funcs` are the functions in the order of their indices.
pub fn name_section<'n>(
    funcs: impl Iterator<Item = &'n str>,
    program: &Program<'_>,
) -> NameSection {
    let mut names = NameSection::new();
    let mut map = NameMap::new();
    for (i, name) in funcs.enumerate() {
        map.append(i as u32, name);
    }
    names.functions(&map);
    let mut map = NameMap::new();
    for (i, global) in program.globals.iter().enumerate() {
        map.append(i as u32, &global.name);
    }
    if !program.globals.is_empty() {
        names.globals(&map);
    }
    names
}

/// One location: file, line, column, call it was inlined through plus 1.
type Row = (u32, u32, u32, u32);

/// Collects lines, function by function.
#[derive(Default)]
pub struct Lines {
    files: IndexSet<Arc<str>, FxBuildHasher>,
    rows: IndexSet<Row, FxBuildHasher>,
    funcs: Vec<u8>,
    count: u32,
}

impl Lines {
    /// Adds the lines of a function, as [`encode`](crate::code::encode::encode) gives them.
    pub fn add(&mut self, index: u32, func: &Function, lines: &[(u32, Loc)]) {
        if lines.is_empty() {
            return;
        }
        self.count += 1;
        index.encode(&mut self.funcs);
        (lines.len() as u32).encode(&mut self.funcs);
        let mut known = FxHashMap::default();
        let (mut last_offset, mut last_row) = (0, 0);
        for &(offset, loc) in lines {
            let row = self.row(func, loc, &mut known);
            (offset - last_offset).encode(&mut self.funcs);
            (row as i32 - last_row).encode(&mut self.funcs);
            (last_offset, last_row) = (offset, row as i32);
        }
    }

    /// The number of a location. Those it was inlined through come before it.
    fn row(&mut self, func: &Function, loc: Loc, known: &mut FxHashMap<Loc, u32>) -> u32 {
        let mut chain = Vec::new();
        let mut at = Some(loc);
        while let Some(loc) = at
            && !known.contains_key(&loc)
        {
            chain.push(loc);
            at = func.locs[loc].inlined_at.expand();
        }
        for loc in chain.into_iter().rev() {
            let data = &func.locs[loc];
            let file = self.files.insert_full(data.file.clone()).0 as u32;
            let parent = data.inlined_at.expand().map_or(0, |p| known[&p] + 1);
            let row = self.rows.insert_full((file, data.line, data.col, parent));
            known.insert(loc, row.0 as u32);
        }
        known[&loc]
    }

    /// The contents of the section.
    pub fn finish(self) -> Vec<u8> {
        let mut out = vec![1];
        (self.files.len() as u32).encode(&mut out);
        for file in &self.files {
            file.as_bytes().encode(&mut out);
        }
        (self.rows.len() as u32).encode(&mut out);
        let mut last_line = 0;
        for (file, line, col, parent) in self.rows {
            file.encode(&mut out);
            (line as i32 - last_line).encode(&mut out);
            col.encode(&mut out);
            parent.encode(&mut out);
            last_line = line as i32;
        }
        self.count.encode(&mut out);
        out.extend(self.funcs);
        out
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }
}
