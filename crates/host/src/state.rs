//! The state that calls see: chain storage in memory, on the trie and overlay that nodes use.

use std::sync::Arc;

use sc_executor::WasmExecutor;
use sp_core::Blake2Hasher;
use sp_core::traits::{Externalities, ReadRuntimeVersionExt};
use sp_io::SubstrateHostFunctions;
use sp_keystore::KeystoreExt;
use sp_keystore::testing::MemoryKeystore;
use sp_state_machine::{Ext, InMemoryBackend, TestExternalities};

use crate::blob::Blob;

/// Chain storage. It begins with the blob under `:code`, as in a chain that runs it.
///
/// Calls change an overlay above what [`State::insert`] put in: a later call sees what an
/// earlier one wrote, until [`State::reset`] drops it.
///
/// Beside storage, calls find an empty in-memory keystore and the means to read the version of
/// another blob, as a node gives them. What a node gives to offchain workers alone is absent, and
/// the host functions that need it trap.
pub struct State {
    externalities: TestExternalities<Blake2Hasher>,
}

impl State {
    /// Storage of a chain that runs `blob` and holds nothing else.
    pub fn new(blob: &Blob) -> State {
        let mut state = State {
            externalities: TestExternalities::new_with_code(blob.code(), Default::default()),
        };
        state.register_extensions();
        state
    }

    /// Sets a storage entry beneath whatever calls have written; it survives [`State::reset`].
    pub fn insert(&mut self, key: Vec<u8>, value: Vec<u8>) {
        self.externalities.insert(key, value);
    }

    /// The value under `key` as the next call would read it.
    pub fn get(&mut self, key: &[u8]) -> Option<Vec<u8>> {
        self.externalities.ext().storage(key)
    }

    /// Drops everything that calls have written, keys in the keystore included.
    pub fn reset(&mut self) {
        self.externalities.reset_overlay();
        self.register_extensions();
    }

    pub(crate) fn ext(&mut self) -> Ext<'_, Blake2Hasher, InMemoryBackend<Blake2Hasher>> {
        self.externalities.ext()
    }

    fn register_extensions(&mut self) {
        self.externalities
            .register_extension(KeystoreExt(Arc::new(MemoryKeystore::new())));
        let executor = WasmExecutor::<SubstrateHostFunctions>::builder().build();
        self.externalities
            .register_extension(ReadRuntimeVersionExt::new(executor));
    }
}
