//! Call sites (decision record 0014): a number for each place that a trace may name, and the tables that say what it
//! is.
//!
//! A site is a function, a file, a line, and the site of the call that the function was inlined through. Before a call
//! that may lead to somebody who asks, its site's number is stored in the caller's frame. Sites are numbered from 1, in
//! the order of functions and their code; what has no source location is 0 and is not shown.
//!
//! # Tables
//!
//! One data object. First a row for each site: offset of the function's name, offset of the file's name, line, number of
//! the outer site or 0; four words each. Then a row for each entry of the function table, from entry 1: offset of the
//! name, offset of the file's name, line. Then the names: a word with the length, and the bytes. Offsets are from the
//! start of the object.

use super::frames::Prepared;
use cranelift_entity::SecondaryMap;
use indexmap::{IndexMap, IndexSet};
use polkago_ir::{Data, Function, Inst, Loc, Symbol};
use std::sync::Arc;

/// The tables, as a data object.
pub const CALL_SITES: &str = "runtime.callSites";

/// Words of a row for a site.
const SITE_WORDS: usize = 4;
/// Words of a row for a function.
const FUNC_WORDS: usize = 3;

/// A site: function, file, line, outer site.
type Site = (Symbol, Arc<str>, u32, u32);

/// All sites of a program.
#[derive(Default)]
pub struct Sites {
    rows: IndexSet<Site>,
}

impl Sites {
    /// The number of a location in a function.
    pub fn number(&mut self, func: &Function, loc: Loc) -> u32 {
        let data = &func.locs[loc];
        let outer = match data.inlined_at.expand() {
            Some(outer) => self.number(func, outer),
            None => 0,
        };
        let name = data.func.as_ref().unwrap_or(&func.name).clone();
        let site = (name, data.file.clone(), data.line, outer);
        self.rows.insert_full(site).0 as u32 + 1
    }

    /// Numbers the calls of a function for which `asks` holds.
    pub fn number_calls(
        &mut self,
        prepared: &Prepared<'_>,
        asks: impl Fn(Inst) -> bool,
    ) -> SecondaryMap<Inst, Option<u32>> {
        let func: &Function = &prepared.func;
        let mut sites = SecondaryMap::new();
        for block in prepared.cfg.rpo() {
            for &inst in &func.blocks[block].insts {
                if func.insts[inst].is_call() && asks(inst) {
                    let loc = func.inst_locs[inst].expand();
                    sites[inst] = Some(loc.map_or(0, |loc| self.number(func, loc)));
                }
            }
        }
        sites
    }

    /// How many there are.
    pub fn len(&self) -> u32 {
        self.rows.len() as u32
    }

    /// The tables. `funcs` are the functions of the function table; those of the host are not known.
    pub fn tables<'f>(&self, funcs: impl Iterator<Item = Option<&'f Function>>) -> Data {
        let funcs = funcs.map(|f| f.map_or(("", ("", 0)), |f| (&*f.name, place(f))));
        let funcs: Vec<_> = funcs.collect();
        let words = self.rows.len() * SITE_WORDS + funcs.len() * FUNC_WORDS;
        let mut names = Names {
            bytes: Vec::new(),
            start: words as u32 * 4,
            known: IndexMap::new(),
        };
        let mut table: Vec<u32> = Vec::with_capacity(words);
        for (name, file, line, outer) in &self.rows {
            table.extend([names.offset(name), names.offset(file), *line, *outer]);
        }
        for (name, (file, line)) in funcs {
            table.extend([names.offset(name), names.offset(file), line]);
        }
        let mut bytes: Vec<u8> = table.into_iter().flat_map(u32::to_le_bytes).collect();
        bytes.append(&mut names.bytes);
        Data {
            name: Symbol::from(CALL_SITES),
            align: 4,
            size: bytes.len() as u32,
            bytes,
            relocs: Vec::new(),
            mutable: false,
            mergeable: false,
            refs: Vec::new(),
        }
    }
}

/// The first file and line of a function's own code.
fn place(func: &Function) -> (&str, u32) {
    let own = func.locs.values().find(|loc| loc.inlined_at.is_none());
    own.map_or(("", 0), |loc| (&loc.file, loc.line))
}

/// Names, each once.
struct Names {
    bytes: Vec<u8>,
    start: u32,
    known: IndexMap<String, u32>,
}

impl Names {
    fn offset(&mut self, name: &str) -> u32 {
        if let Some(&offset) = self.known.get(name) {
            return offset;
        }
        let offset = self.start + self.bytes.len() as u32;
        self.bytes.extend((name.len() as u32).to_le_bytes());
        self.bytes.extend(name.as_bytes());
        self.bytes.resize(self.bytes.len().next_multiple_of(4), 0);
        self.known.insert(name.to_owned(), offset);
        offset
    }
}
