//! Interning: equal values get the same small index, from any thread.

use rustc_hash::{FxBuildHasher, FxHashMap};
use std::hash::{BuildHasher, Hash};
use std::sync::{Mutex, PoisonError};

/// Number of independently locked parts of a table; a power of two.
const SHARDS: usize = 16;

/// A table from values to the indices at which an arena holds them.
///
/// Each shard has a lock of its own, held only while one value is looked up or added, so that packages checked side
/// by side rarely meet.
#[derive(Debug)]
pub(crate) struct Interner<K> {
    shards: [Mutex<FxHashMap<K, u32>>; SHARDS],
}

impl<K: Eq + Hash> Interner<K> {
    /// An empty table.
    pub(crate) fn new() -> Self {
        Self {
            shards: std::array::from_fn(|_| Mutex::new(FxHashMap::default())),
        }
    }

    /// The index of `key`; `add` puts a new value into the arena and gives its index.
    pub(crate) fn intern(&self, key: K, add: impl FnOnce(&K) -> u32) -> u32 {
        let mut shard = self
            .shard(&key)
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        match shard.entry(key) {
            std::collections::hash_map::Entry::Occupied(entry) => *entry.get(),
            std::collections::hash_map::Entry::Vacant(entry) => {
                let index = add(entry.key());
                *entry.insert(index)
            }
        }
    }

    /// The index of `key` if it is there.
    pub(crate) fn get<Q>(&self, key: &Q) -> Option<u32>
    where
        K: std::borrow::Borrow<Q>,
        Q: Eq + Hash + ?Sized,
    {
        self.shard(key)
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .get(key)
            .copied()
    }

    /// The shard that holds `key`.
    fn shard<Q: Hash + ?Sized>(&self, key: &Q) -> &Mutex<FxHashMap<K, u32>> {
        // The map's own hasher uses the low bits; take others.
        let hash = FxBuildHasher.hash_one(key);
        &self.shards[(hash >> 40) as usize % SHARDS]
    }
}

/// A table from type ids to type ids that is filled as results become known.
#[derive(Debug)]
pub(crate) struct Memo {
    shards: [Mutex<FxHashMap<u32, u32>>; SHARDS],
}

impl Memo {
    /// An empty table.
    pub(crate) fn new() -> Self {
        Self {
            shards: std::array::from_fn(|_| Mutex::new(FxHashMap::default())),
        }
    }

    /// What is known for `key`.
    pub(crate) fn get(&self, key: u32) -> Option<u32> {
        self.shard(key)
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .get(&key)
            .copied()
    }

    /// Makes a result known.
    pub(crate) fn insert(&self, key: u32, value: u32) {
        self.shard(key)
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(key, value);
    }

    /// The shard that holds `key`.
    fn shard(&self, key: u32) -> &Mutex<FxHashMap<u32, u32>> {
        &self.shards[key as usize % SHARDS]
    }
}
