//! Where static data lies in memory, and the data segments.
//!
//! From address 0 up: a page that is never given out, so that small integers and fields of a null pointer are no
//! objects; the shadow stack, which grows downwards and so away from all data; then, in the order that the profile
//! asks for, read-only data, mutable data, data that is all zero, which has no bytes in the file, and the first heap
//! arena up to a page boundary. Where instances are short-lived, small data that most calls touch lies together. Inside
//! each part the objects with the widest alignment come first, otherwise in the order of the module.
//!
//! Equal `mergeable` objects are one, and bytes that occur inside other bytes (a string in a longer one) are not
//! written again.

use super::Error;
use crate::profile::ProfileFacts;
use memchr::memmem;
use polkago_ir::{Data, RelocKind, Symbol};
use rustc_hash::FxHashMap;
use std::ops::Range;

/// Addresses below are never given out.
const NULL_PAGE: u32 = 1024;

/// Bytes at the end of the stack that only the report of its overflow may use.
const STACK_RESERVE: u32 = 2048;

/// A run of zeros longer than this is left out of the segments: a new segment costs about so many bytes.
const ZERO_RUN: usize = 9;

/// Engines allow at most 100,000 segments.
const MAX_SEGMENTS: usize = 50_000;

/// Bytes searched at most for strings inside of others.
const SEARCH_BUDGET: usize = 64 << 20;

/// Alignment of the first arena: the allocator's pages, so that it loses nothing at the start.
const ARENA_ALIGN: u64 = 512;

/// Bytes of a page of Wasm memory.
pub const PAGE: u64 = 65536;

/// Addresses of everything.
#[derive(Clone, Default)]
pub struct Layout {
    addresses: FxHashMap<Symbol, u32>,
    /// The lowest address to which an ordinary frame may reach.
    pub stack_lo: u32,
    /// Behind the shadow stack.
    pub stack_hi: u32,
    /// Behind static data.
    pub data_end: u32,
    /// The first arena.
    pub arena_start: u32,
    /// Behind it.
    pub arena_end: u32,
    /// The first byte that the module does not use itself.
    pub heap_base: u32,
    /// Bytes of read-only, mutable and zero data, padding included.
    pub sizes: [u32; 3],
    /// Segments: address and bytes, ascending.
    pub segments: Vec<(u32, Vec<u8>)>,
}

/// What a layout is made of.
pub struct Input<'a> {
    /// The reachable objects in order, and those that the code generator adds. Names are unique.
    pub data: Vec<&'a Data>,
    /// Table index of a function.
    pub table_index: &'a dyn Fn(&Symbol) -> u32,
    /// Of the profile.
    pub facts: ProfileFacts,
    /// Bytes of the shadow stack.
    pub stack_size: u32,
    /// Least bytes of the first arena.
    pub arena_size: u32,
}

/// The parts that follow the stack.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    ReadOnly,
    Mutable,
    Zero,
    Arena,
    /// More that most calls touch, where that is to lie together.
    Near,
    /// Zero data too large to lie with them.
    LargeZero,
}

/// Their order in general: what has bytes in the file lies together.
const DENSE: [Part; 4] = [Part::ReadOnly, Part::Mutable, Part::Zero, Part::Arena];

/// Their order where instances are short-lived: what every call touches lies together, from the newest frames to the
/// first objects of the heap.
const WRITTEN_FIRST: [Part; 6] = [
    Part::Mutable,
    Part::Zero,
    Part::Near,
    Part::LargeZero,
    Part::Arena,
    Part::ReadOnly,
];

/// Zero data of more bytes are [`Part::LargeZero`].
const SMALL_ZERO: u32 = 256;

/// How the names of what is [`Part::Near`] begin: tables of interfaces, descriptors of what is allocated, and the first
/// objects of a call.
const NEAR: [&str; 3] = ["itab:", "layout:", "runtime.first"];

impl Part {
    /// Whether its data are zero, so that they have no bytes in the file behind the last of others.
    fn is_zero(self) -> bool {
        matches!(self, Self::Zero | Self::LargeZero)
    }
}

fn part(data: &Data, written_first: bool) -> Part {
    if written_first && NEAR.iter().any(|near| data.name.starts_with(near)) {
        Part::Near
    } else if data.relocs.is_empty() && data.bytes.iter().all(|&b| b == 0) {
        match written_first && data.size > SMALL_ZERO {
            true => Part::LargeZero,
            false => Part::Zero,
        }
    } else if data.mutable {
        Part::Mutable
    } else {
        Part::ReadOnly
    }
}

impl Layout {
    /// Places everything.
    pub fn new(input: &Input<'_>) -> Result<Self, Error> {
        let too_large = |bytes: u64| Error::MemoryTooLarge {
            bytes,
            limit: input.facts.memory_limit,
            profile: input.facts.name,
        };
        let stack_hi = u64::from(NULL_PAGE) + u64::from(input.stack_size.next_multiple_of(16));
        let mut at = stack_hi;
        let mut this = Self::default();
        let mut placed: Vec<(u64, &Data)> = Vec::new();
        let pool = Pool::new(&input.data);
        let (mut data_end, mut image_end, mut pool_at) = (at, at, at);

        let written_first = input.facts.written_first;
        let order: &[Part] = match written_first {
            true => &WRITTEN_FIRST,
            false => &DENSE,
        };
        for &kind in order {
            if kind == Part::Arena {
                at = at.next_multiple_of(ARENA_ALIGN);
                this.arena_start = u32::try_from(at).map_err(|_| too_large(at))?;
                at = (at + u64::from(input.arena_size)).next_multiple_of(PAGE);
                this.arena_end = u32::try_from(at).map_err(|_| too_large(at))?;
                continue;
            }
            let start = at;
            let mut objects: Vec<&Data> = input.data.clone();
            objects
                .retain(|d| part(d, written_first) == kind && !pool.places.contains_key(&d.name));
            objects.sort_by_key(|d| std::cmp::Reverse(d.align));
            let mut equal: FxHashMap<(&[u8], u32, u32), u64> = FxHashMap::default();
            for data in objects {
                let key = (data.bytes.as_slice(), data.size, data.align);
                let merge = data.mergeable && !data.mutable && data.relocs.is_empty();
                if merge && let Some(&same) = equal.get(&key) {
                    this.place(data, same, too_large)?;
                    continue;
                }
                at = at.next_multiple_of(u64::from(data.align.max(1)));
                if merge {
                    equal.insert(key, at);
                }
                this.place(data, at, too_large)?;
                placed.push((at, data));
                at += u64::from(data.size);
            }
            if kind == Part::ReadOnly {
                pool_at = at;
                for (name, offset) in &pool.places {
                    let address = u32::try_from(at).map_err(|_| too_large(at))?;
                    this.addresses
                        .insert((*name).clone(), address + *offset as u32);
                }
                at += pool.bytes.len() as u64;
            }
            let size = match kind {
                Part::Mutable => 1,
                Part::Zero | Part::LargeZero => 2,
                Part::ReadOnly | Part::Near | Part::Arena => 0,
            };
            this.sizes[size] += (at - start) as u32;
            data_end = at;
            if !kind.is_zero() {
                image_end = at;
            }
        }

        let heap_base = at.next_multiple_of(PAGE);
        if heap_base > input.facts.memory_limit {
            return Err(too_large(heap_base));
        }
        this.stack_hi = stack_hi as u32;
        this.stack_lo = NULL_PAGE + STACK_RESERVE.min(input.stack_size / 2);
        this.data_end = data_end as u32;
        this.heap_base = heap_base as u32;
        this.write(input, &placed, &pool, pool_at, stack_hi..image_end);
        Ok(this)
    }

    fn place(
        &mut self,
        data: &Data,
        at: u64,
        too_large: impl Fn(u64) -> Error,
    ) -> Result<(), Error> {
        let address = u32::try_from(at).map_err(|_| too_large(at))?;
        self.addresses.insert(data.name.clone(), address);
        Ok(())
    }

    /// The address of a data object.
    pub fn address(&self, symbol: &Symbol) -> Option<u32> {
        self.addresses.get(symbol).copied()
    }

    /// The bytes between two addresses, behind which all data is zero, cut into segments.
    fn write(
        &mut self,
        input: &Input<'_>,
        placed: &[(u64, &Data)],
        pool: &Pool<'_>,
        pool_at: u64,
        range: Range<u64>,
    ) {
        let start = range.start;
        let written_first = input.facts.written_first;
        let mut image = vec![0; (range.end - start) as usize];
        let pool_at = (pool_at - start) as usize;
        image[pool_at..pool_at + pool.bytes.len()].copy_from_slice(&pool.bytes);
        for &(at, data) in placed {
            // Behind the end of the image there may be nothing else.
            if part(data, written_first).is_zero() {
                continue;
            }
            let at = (at - start) as usize;
            image[at..at + data.bytes.len()].copy_from_slice(&data.bytes);
            for reloc in &data.relocs {
                let value = match reloc.kind {
                    RelocKind::Addr => self.address(&reloc.sym).unwrap_or(0),
                    RelocKind::FuncIndex => (input.table_index)(&reloc.sym),
                };
                let value = value.wrapping_add_signed(reloc.addend);
                let at = at + reloc.offset as usize;
                image[at..at + 4].copy_from_slice(&value.to_le_bytes());
            }
        }
        let mut run = ZERO_RUN;
        loop {
            self.segments = segments(&image, start as u32, run);
            if self.segments.len() <= MAX_SEGMENTS {
                return;
            }
            run *= 4;
        }
    }
}

/// Cuts an image at runs of more than `run` zeros.
fn segments(image: &[u8], start: u32, run: usize) -> Vec<(u32, Vec<u8>)> {
    let mut segments = Vec::new();
    let mut at = 0;
    while let Some(skip) = image[at..].iter().position(|&b| b != 0) {
        let begin = at + skip;
        let mut end = begin;
        let mut zeros = 0;
        for (i, &b) in image[begin..].iter().enumerate() {
            if b != 0 {
                zeros = 0;
                end = begin + i + 1;
            } else {
                zeros += 1;
                if zeros > run {
                    break;
                }
            }
        }
        segments.push((start + begin as u32, image[begin..end].to_vec()));
        at = end;
    }
    segments
}

/// Bytes without alignment, one string inside another where that is possible.
struct Pool<'a> {
    bytes: Vec<u8>,
    /// Offset of each object in `bytes`; to be looked up, not iterated into the output.
    places: FxHashMap<&'a Symbol, usize>,
}

impl<'a> Pool<'a> {
    fn new(data: &[&'a Data]) -> Self {
        let mut strings: Vec<&Data> = data.to_vec();
        strings.retain(|d| {
            d.mergeable
                && !d.mutable
                && d.align <= 1
                && d.relocs.is_empty()
                && d.size as usize == d.bytes.len()
                && d.size > 0
        });
        // The longest first, so that whatever is inside another finds it there.
        strings.sort_by_key(|d| std::cmp::Reverse(d.size));
        let mut pool = Self {
            bytes: Vec::new(),
            places: FxHashMap::default(),
        };
        let mut equal: FxHashMap<&[u8], usize> = FxHashMap::default();
        let mut budget = SEARCH_BUDGET;
        for data in strings {
            let bytes = data.bytes.as_slice();
            let found = equal.get(bytes).copied().or_else(|| {
                budget = budget.checked_sub(pool.bytes.len())?;
                memmem::find(&pool.bytes, bytes)
            });
            let at = found.unwrap_or_else(|| {
                pool.bytes.extend(bytes);
                pool.bytes.len() - bytes.len()
            });
            equal.insert(bytes, at);
            pool.places.insert(&data.name, at);
        }
        pool
    }
}

#[cfg(test)]
mod tests {
    use super::segments;

    #[test]
    fn long_runs_of_zeros_are_left_out() {
        let mut image = vec![0; 100];
        image[3] = 1;
        image[6] = 2;
        image[50] = 3;
        let cut = segments(&image, 1000, 9);
        assert_eq!(cut, [(1003, vec![1, 0, 0, 2]), (1050, vec![3])]);
        assert_eq!(segments(&[0; 8], 0, 9), []);
    }
}
