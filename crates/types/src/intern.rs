//! Interning: equal values get the same small index, from any thread.

use cranelift_entity::EntityRef;
use rustc_hash::{FxBuildHasher, FxHashMap};
use std::hash::{BuildHasher, Hash};
use std::marker::PhantomData;
use std::sync::{Mutex, OnceLock, PoisonError};

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

/// A table keyed by ids that is filled as results become known, from any thread and without locks.
#[derive(Debug)]
pub struct Memo<K, V> {
    /// One for each id, up to the largest that anybody has asked for.
    slots: boxcar::Vec<OnceLock<V>>,
    key: PhantomData<K>,
}

impl<K: EntityRef, V> Memo<K, V> {
    /// An empty table.
    #[must_use]
    pub fn new() -> Self {
        Self {
            slots: boxcar::Vec::new(),
            key: PhantomData,
        }
    }

    /// What is known for `key`.
    pub fn get(&self, key: K) -> Option<&V> {
        self.slots.get(key.index())?.get()
    }

    /// Makes a result known, unless another thread has been faster, and gives what is known.
    pub fn set(&self, key: K, value: V) -> &V {
        loop {
            if let Some(slot) = self.slots.get(key.index()) {
                return slot.get_or_init(|| value);
            }
            // Where several threads do that at once, there are a few more than necessary.
            self.slots.push(OnceLock::new());
        }
    }
}

impl<K: EntityRef, V> Default for Memo<K, V> {
    fn default() -> Self {
        Self::new()
    }
}
