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
//! the outer site or 0, offset of the bit map of what the call leaves alive or 0; five words each. The last of them is `runtime.goexit`, where goroutines end. Then a row for each entry of the function table, from entry 1: offset of the
//! name, offset of the file's name, line. Then the names and bit maps: a word with the length in bytes or bits, and the
//! bytes. Offsets are from the start of the object. The highest bit of a line says that the function takes no parameters. A bit stands for a word of the frame, as in its descriptor, and says
//! whether it holds a ref that is needed during or after the call.

use super::frames::Prepared;
use cranelift_entity::SecondaryMap;
use indexmap::{IndexMap, IndexSet};
use polkago_ir::{Data, Function, Inst, Loc, Symbol};
use rustc_hash::FxBuildHasher;
use std::collections::HashSet;
use std::sync::Arc;

/// The tables, as a data object.
pub const CALL_SITES: &str = "runtime.callSites";

/// Words of a row for a site.
const SITE_WORDS: usize = 5;
/// Words of a row for a function.
const FUNC_WORDS: usize = 3;

/// In the word for the line: the function takes no parameters.
const NO_PARAMS: u32 = 1 << 31;

/// A site: function, file, line, outer site, and the words of the frame that are alive, where the collector may ask.
type Site = (Symbol, Arc<str>, u32, u32, Option<Vec<u32>>);

/// All sites of a program.
pub struct Sites {
    rows: IndexSet<Site, FxBuildHasher>,
    /// Suspended functions without parameters.
    plain: HashSet<Symbol>,
}

impl Sites {
    /// No sites yet of a program with these functions.
    pub fn new(prepared: &[Prepared<'_>]) -> Self {
        let resumed = prepared.iter().filter_map(|p| p.func.resumes.as_ref());
        let resumed: HashSet<&Symbol> = resumed.collect();
        let plain = prepared.iter().map(|p| &p.func).filter(|func| {
            has_no_arguments(func) && func.resumes.is_none() && resumed.contains(&func.name)
        });
        Self {
            rows: IndexSet::default(),
            plain: plain.map(|func| func.name.clone()).collect(),
        }
    }

    /// The number of a location in a function.
    fn number(&mut self, func: &Function, loc: Loc, live: Option<Vec<u32>>) -> u32 {
        let data = &func.locs[loc];
        let outer = match data.inlined_at.expand() {
            Some(outer) => self.number(func, outer, None),
            None => 0,
        };
        // What goes on with a suspended function is that function to whoever asks.
        let own = func.resumes.as_ref().unwrap_or(&func.name);
        let name = data.func.as_ref().unwrap_or(own).clone();
        let plain = match &func.resumes {
            _ if data.func.is_some() => false,
            Some(resumed) => self.plain.contains(resumed),
            None => has_no_arguments(func),
        };
        let line = data.line | if plain { NO_PARAMS } else { 0 };
        let site = (name, data.file.clone(), line, outer, live);
        self.rows.insert_full(site).0 as u32 + 1
    }

    /// The number of a call without location, which only the collector looks at: its line is 0.
    fn number_hidden(&mut self, live: Vec<u32>) -> u32 {
        let site = ("".into(), "".into(), 0, 0, Some(live));
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
                    let frame = prepared.frame.as_ref();
                    let live = frame.and_then(|frame| frame.live[inst].clone());
                    sites[inst] = Some(match (loc, live) {
                        (Some(loc), live) => self.number(func, loc, live),
                        (None, Some(live)) => self.number_hidden(live),
                        (None, None) => 0,
                    });
                }
            }
        }
        sites
    }

    /// How many there are, with that of `runtime.goexit`.
    pub fn len(&self) -> u32 {
        self.rows.len() as u32 + 1
    }

    /// The tables. `funcs` are the functions of the function table; those of the host are not known.
    pub fn tables<'f>(&self, funcs: impl Iterator<Item = Option<&'f Function>>) -> Data {
        let funcs = funcs.map(|f| f.map_or(("", ("", 0)), |f| (&*f.name, place(f))));
        let funcs: Vec<_> = funcs.collect();
        let words = (self.rows.len() + 1) * SITE_WORDS + funcs.len() * FUNC_WORDS;
        let mut names = Names {
            bytes: Vec::new(),
            start: words as u32 * 4,
            known: IndexMap::default(),
        };
        let mut table: Vec<u32> = Vec::with_capacity(words);
        for (name, file, line, outer, live) in &self.rows {
            let live = live.as_ref().map_or(0, |live| names.map(live));
            table.extend([names.offset(name), names.offset(file), *line, *outer, live]);
        }
        let end = (
            names.offset("runtime.goexit"),
            names.offset("<autogenerated>"),
        );
        table.extend([end.0, end.1, 1, 0, 0]);
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

/// Names and bit maps, each once.
struct Names {
    bytes: Vec<u8>,
    start: u32,
    known: IndexMap<(u32, Vec<u8>), u32, FxBuildHasher>,
}

impl Names {
    fn offset(&mut self, name: &str) -> u32 {
        self.counted(name.len() as u32, name.as_bytes().to_vec())
    }

    /// The bit map of words, by their byte offsets in the frame.
    fn map(&mut self, words: &[u32]) -> u32 {
        let bits = words.last().map_or(0, |w| w / 4 + 1);
        let mut map = vec![0_u8; bits.div_ceil(8) as usize];
        for w in words {
            map[(w / 32) as usize] |= 1 << (w / 4 % 8);
        }
        self.counted(bits, map)
    }

    fn counted(&mut self, count: u32, bytes: Vec<u8>) -> u32 {
        if let Some(&offset) = self.known.get(&(count, bytes.clone())) {
            return offset;
        }
        let offset = self.start + self.bytes.len() as u32;
        self.bytes.extend(count.to_le_bytes());
        self.bytes.extend(&bytes);
        self.bytes.resize(self.bytes.len().next_multiple_of(4), 0);
        self.known.insert((count, bytes), offset);
        offset
    }
}

/// Whether a function takes no parameters in the source.
fn has_no_arguments(func: &Function) -> bool {
    func.sig.params.is_empty() || func.attrs.no_arguments
}
