//! The state that calls see: chain storage in memory, on the trie and overlay that nodes use.

use std::sync::Arc;

use sc_executor::WasmExecutor;
use sp_core::storage::well_known_keys::{
    CODE, DEFAULT_CHILD_STORAGE_KEY_PREFIX, is_child_storage_key,
};
use sp_core::storage::{ChildInfo, StateVersion};
use sp_core::traits::ReadRuntimeVersionExt;
use sp_core::{Blake2Hasher, H256};
use sp_externalities::Extensions;
use sp_io::SubstrateHostFunctions;
use sp_keystore::KeystoreExt;
use sp_keystore::testing::MemoryKeystore;
use sp_state_machine::backend::{Backend, IterArgs};
use sp_state_machine::{Ext, InMemoryBackend, OverlayedChanges};

use crate::blob::Blob;
use crate::offchain::OffchainWorker;

/// Chain storage. It begins with the blob under `:code`, as in a chain that runs it.
///
/// Calls change an overlay above what [`State::insert`] put in: a later call sees what an
/// earlier one wrote, until [`State::reset`] drops it or [`State::commit`] keeps it.
///
/// Beside storage, calls find an empty in-memory keystore and the means to read the version of
/// another blob, as a node gives them. What a node gives to offchain workers alone is absent, and
/// the host functions that need it trap, unless [`State::become_offchain_worker`] provides it.
pub struct State {
    backend: InMemoryBackend<Blake2Hasher>,
    overlay: OverlayedChanges<Blake2Hasher>,
    extensions: Extensions,
    version: StateVersion,
}

/// Key and value.
pub type Entry = (Vec<u8>, Vec<u8>);

/// All entries of a state, sorted by key.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Entries {
    /// Those of the main trie, roots of child tries left out.
    pub top: Vec<Entry>,
    /// Those of each default child trie, by its key without the prefix.
    pub children: Vec<(Vec<u8>, Vec<Entry>)>,
}

impl State {
    /// Storage of a chain that runs `blob` and holds nothing else.
    pub fn new(blob: &Blob) -> State {
        let mut state = State::empty(StateVersion::V1);
        state.insert(CODE.to_vec(), blob.code().to_vec());
        state
    }

    /// Storage without a single entry, not even code.
    pub(crate) fn empty(version: StateVersion) -> State {
        let mut state = State {
            backend: InMemoryBackend::default(),
            overlay: OverlayedChanges::default(),
            extensions: Extensions::default(),
            version,
        };
        state.register_extensions();
        state
    }

    /// Storage that holds these entries. The layout of the trie is that of `version`.
    pub(crate) fn from_entries(entries: Entries, version: StateVersion) -> State {
        let mut state = State::empty(version);
        let set = |list: Vec<(Vec<u8>, Vec<u8>)>| {
            list.into_iter()
                .map(|(key, value)| (key, Some(value)))
                .collect::<Vec<_>>()
        };
        let mut changes = vec![(None, set(entries.top))];
        for (key, list) in entries.children {
            changes.push((Some(ChildInfo::new_default(&key)), set(list)));
        }
        state.backend.insert(changes, version);
        state
    }

    /// Sets a storage entry beneath whatever calls have written; it survives [`State::reset`].
    pub fn insert(&mut self, key: Vec<u8>, value: Vec<u8>) {
        self.backend
            .insert([(None, vec![(key, Some(value))])], self.version);
    }

    /// The value under `key` as the next call would read it.
    pub fn get(&mut self, key: &[u8]) -> Option<Vec<u8>> {
        match self.overlay.storage(key) {
            Some(value) => value.map(<[u8]>::to_vec),
            // A state in memory has all its nodes.
            None => self.backend.storage(key).ok().flatten(),
        }
    }

    /// Drops everything that calls have written, keys in the keystore included.
    pub fn reset(&mut self) {
        self.overlay = OverlayedChanges::default();
        self.register_extensions();
    }

    /// Makes the calls that follow those of an offchain worker, until [`State::reset`].
    pub fn become_offchain_worker(&mut self, worker: OffchainWorker) {
        worker.register(&mut self.extensions);
    }

    /// Keeps what calls have written, as after a block, and returns the root. What they wrote
    /// in storage transactions of their own that are still open is not kept.
    pub fn commit(&mut self) -> H256 {
        while self.overlay.transaction_depth() > 0 {
            if self.overlay.rollback_transaction().is_err() {
                break;
            }
        }
        if let Ok(changes) = self
            .overlay
            .drain_storage_changes(&self.backend, self.version)
        {
            self.backend
                .apply_transaction(changes.transaction_storage_root, changes.transaction);
        }
        *self.backend.root()
    }

    /// The root of the state as the next call would see it.
    pub fn root(&mut self) -> H256 {
        self.overlay.storage_root(&self.backend, self.version).0
    }

    /// The layout of the trie.
    pub(crate) fn version(&self) -> StateVersion {
        self.version
    }

    /// Does `work` and drops what it wrote if it fails.
    pub(crate) fn transaction<T, E>(
        &mut self,
        work: impl FnOnce(&mut State) -> Result<T, E>,
    ) -> Result<T, E> {
        let depth = self.overlay.transaction_depth();
        self.overlay.start_transaction();
        let result = work(self);
        while self.overlay.transaction_depth() > depth {
            let ended = match &result {
                Ok(_) => self.overlay.commit_transaction(),
                Err(_) => self.overlay.rollback_transaction(),
            };
            if ended.is_err() {
                break;
            }
        }
        result
    }

    /// All entries that are kept, without what calls have written since.
    pub fn entries(&self) -> Entries {
        let mut entries = Entries::default();
        let all = |child: Option<ChildInfo>| {
            let mut args = IterArgs::default();
            args.child_info = child;
            // A state in memory has all its nodes.
            self.backend
                .pairs(args)
                .into_iter()
                .flatten()
                .filter_map(Result::ok)
                .collect::<Vec<_>>()
        };
        for (key, value) in all(None) {
            match key.strip_prefix(DEFAULT_CHILD_STORAGE_KEY_PREFIX) {
                Some(child) => entries
                    .children
                    .push((child.to_vec(), all(Some(ChildInfo::new_default(child))))),
                None => entries.top.push((key, value)),
            }
        }
        entries
    }

    /// Whether a key is not for the main trie to hold: it would be the root of a child trie.
    pub(crate) fn is_child_key(key: &[u8]) -> bool {
        is_child_storage_key(key)
    }

    /// Runs `call` as a runtime's call: storage transactions that it leaves open are rolled back.
    pub(crate) fn enter<R>(
        &mut self,
        call: impl FnOnce(&mut Ext<'_, Blake2Hasher, InMemoryBackend<Blake2Hasher>>) -> R,
    ) -> R {
        // An error means that a call runs within this one, which `&mut self` excludes.
        let entered = self.overlay.enter_runtime().is_ok();
        let result = call(&mut Ext::new(
            &mut self.overlay,
            &self.backend,
            Some(&mut self.extensions),
        ));
        if entered {
            let _ = self.overlay.exit_runtime();
        }
        result
    }

    fn register_extensions(&mut self) {
        self.extensions = Extensions::default();
        self.extensions
            .register(KeystoreExt(Arc::new(MemoryKeystore::new())));
        let executor = WasmExecutor::<SubstrateHostFunctions>::builder().build();
        self.extensions
            .register(ReadRuntimeVersionExt::new(executor));
    }
}
