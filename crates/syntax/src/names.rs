//! The texts of one file: identifiers and literals, each stored once and named by a [`Name`].
//!
//! All texts lie end to end in one string; an open-addressing table over their hashes finds a text again. So a
//! file costs three allocations however many names it has, and comparing two names is comparing two integers.

use std::hash::Hasher as _;

use cranelift_entity::EntityRef as _;
use rustc_hash::FxHasher;

use crate::ast::Name;

/// Marks a free slot of the table.
const FREE: u32 = u32::MAX;

/// One place of the hash table.
#[derive(Clone, Copy, Debug)]
struct Slot {
    /// Upper half of the text's hash, compared before the text itself.
    tag: u32,
    /// Index of the name, or [`FREE`].
    name: u32,
}

/// The interned texts of one file. Names are numbered from 0 in order of first appearance.
#[derive(Clone, Debug, Default)]
pub struct Names {
    /// All texts, one after the other.
    text: String,
    /// End of each text in `text`; it starts where the one before it ends.
    ends: Vec<u32>,
    /// Hash table; its length is 0 or a power of two, and at least a quarter of it is free.
    slots: Vec<Slot>,
}

impl Names {
    /// An empty table with room for the names that a source text of `source_len` bytes usually has.
    #[must_use]
    pub fn for_source(source_len: usize) -> Self {
        // Measured over the standard library: one distinct text for every 60 to 100 bytes of source.
        let names = (source_len / 64).clamp(16, 1 << 16);
        let mut table = Self {
            text: String::with_capacity(names * 8),
            ends: Vec::with_capacity(names),
            slots: Vec::new(),
        };
        table.resize((names * 4 / 3).next_power_of_two());
        table
    }

    /// The number of names.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there are no names.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The text of a name of this table.
    #[must_use]
    pub fn text(&self, name: Name) -> &str {
        self.text_at(name.index())
    }

    /// The name of `text`, made where it is new.
    pub fn intern(&mut self, text: &str) -> Name {
        if (self.ends.len() + 1) * 4 > self.slots.len() * 3 {
            self.resize((self.slots.len() * 2).max(16));
        }
        let hash = hash(text);
        match self.find(text, hash) {
            Ok(name) => name,
            Err(slot) => {
                let index =
                    u32::try_from(self.ends.len()).expect("fewer names than bytes of a file");
                self.text.push_str(text);
                self.ends
                    .push(u32::try_from(self.text.len()).expect("texts are shorter than the file"));
                self.slots[slot] = Slot {
                    tag: tag(hash),
                    name: index,
                };
                Name::from_u32(index)
            }
        }
    }

    /// The name of `text`, where the file has it.
    #[must_use]
    pub fn lookup(&self, text: &str) -> Option<Name> {
        if self.slots.is_empty() {
            None
        } else {
            self.find(text, hash(text)).ok()
        }
    }

    /// Every name with its text, in order of first appearance.
    pub fn iter(&self) -> impl Iterator<Item = (Name, &str)> {
        (0..self.ends.len()).map(|index| (Name::new(index), self.text_at(index)))
    }

    /// The text of the name with this index.
    fn text_at(&self, index: usize) -> &str {
        let start = if index == 0 {
            0
        } else {
            self.ends[index - 1] as usize
        };
        &self.text[start..self.ends[index] as usize]
    }

    /// The name of `text`, or the free slot where it belongs. The table must not be empty.
    fn find(&self, text: &str, hash: u64) -> Result<Name, usize> {
        let mask = self.slots.len() - 1;
        let tag = tag(hash);
        let mut at = hash as usize & mask;
        loop {
            let slot = self.slots[at];
            if slot.name == FREE {
                return Err(at);
            }
            if slot.tag == tag && self.text_at(slot.name as usize) == text {
                return Ok(Name::from_u32(slot.name));
            }
            at = (at + 1) & mask;
        }
    }

    /// Gives the table `len` slots, a power of two, and enters every name again.
    fn resize(&mut self, len: usize) {
        self.slots.clear();
        self.slots.resize(len, Slot { tag: 0, name: FREE });
        for index in 0..self.ends.len() {
            let text = self.text_at(index);
            let hash = hash(text);
            if let Err(slot) = self.find(text, hash) {
                self.slots[slot] = Slot {
                    tag: tag(hash),
                    name: index as u32,
                };
            }
        }
    }
}

/// The hash of a text; it must not leave the process.
fn hash(text: &str) -> u64 {
    let mut hasher = FxHasher::default();
    hasher.write(text.as_bytes());
    hasher.finish()
}

/// The part of a hash that slots keep.
fn tag(hash: u64) -> u32 {
    (hash >> 32) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_texts_share_a_name() {
        let mut names = Names::default();
        assert!(names.lookup("a").is_none());
        let a = names.intern("a");
        let empty = names.intern("");
        assert_eq!(names.intern("a"), a);
        assert_ne!(a, empty);
        assert_eq!((names.text(a), names.text(empty)), ("a", ""));
        assert_eq!(names.lookup(""), Some(empty));
    }

    #[test]
    fn growing_keeps_names() {
        let mut names = Names::for_source(0);
        let all: Vec<Name> = (0..10_000)
            .map(|i| names.intern(&format!("name{i}")))
            .collect();
        assert_eq!(names.len(), 10_000);
        for (i, &name) in all.iter().enumerate() {
            assert_eq!(names.text(name), format!("name{i}"));
            assert_eq!(names.lookup(&format!("name{i}")), Some(name));
        }
        assert!(names.iter().map(|(name, _)| name).eq(all));
    }
}
