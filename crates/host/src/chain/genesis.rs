//! The beginning of a chain: its first state comes from the runtime's `GenesisBuilder` API, its
//! first header from that state.

use std::collections::BTreeMap;

use parity_scale_codec::{Decode, Encode};
use sp_core::H256;
use sp_core::storage::StateVersion;
use sp_core::storage::well_known_keys::CODE;
use sp_runtime::generic::Digest;
use sp_runtime::traits::{BlakeTwo256, Hash};

use super::{Chain, ChainError, Header, decode};
use crate::blob::Blob;
use crate::executor::{CallOptions, Runtime};
use crate::state::State;

/// How a chain begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Genesis {
    /// With the configuration that the runtime has under a name.
    Preset(String),
    /// With a configuration in JSON.
    Config(Vec<u8>),
    /// With nothing but the code.
    Empty,
}

impl Chain {
    /// Begins a chain that runs `blob`.
    pub fn genesis(blob: &Blob, genesis: &Genesis) -> Result<Chain, ChainError> {
        let runtime = Runtime::compile(blob)?;
        let mut state = State::new(blob);
        let version: sp_version::RuntimeVersion = {
            let method = "Core_version";
            let answer = runtime.call(&mut state, method, &[], &CallOptions::default())?;
            decode(method, &answer.output)?
        };
        let mut state = State::empty(version.state_version());
        state.insert(CODE.to_vec(), blob.bytes().to_vec());
        let config = match genesis {
            Genesis::Preset(name) => Some(preset(&runtime, &mut state, name)?),
            Genesis::Config(json) => Some(json.clone()),
            Genesis::Empty => None,
        };
        if let Some(json) = config {
            let purpose = "to make a genesis state";
            let built: Result<(), String> = query(
                &runtime,
                &mut state,
                "GenesisBuilder_build_state",
                &json.encode(),
                purpose,
            )?;
            built.map_err(|reason| ChainError::Genesis { reason })?;
        }
        let root = state.commit();
        let head = first_header(root, version.state_version());
        Chain::at(state, head, BTreeMap::new())
    }
}

/// The header of a genesis block (Polkadot specification, "Genesis block").
pub(super) fn first_header(state_root: H256, version: StateVersion) -> Header {
    Header {
        parent_hash: H256::zero(),
        number: 0,
        state_root,
        extrinsics_root: BlakeTwo256::ordered_trie_root(Vec::new(), version),
        digest: Digest::default(),
    }
}

/// The configuration that the runtime has under a name.
fn preset(runtime: &Runtime, state: &mut State, name: &str) -> Result<Vec<u8>, ChainError> {
    let purpose = "to find a genesis preset";
    let input = Some(name).encode();
    let found: Option<Vec<u8>> =
        query(runtime, state, "GenesisBuilder_get_preset", &input, purpose)?;
    state.reset();
    if let Some(json) = found {
        return Ok(json);
    }
    let known = query(runtime, state, "GenesisBuilder_preset_names", &[], purpose)?;
    Err(ChainError::UnknownPreset {
        name: name.to_owned(),
        known,
    })
}

fn query<T: Decode>(
    runtime: &Runtime,
    state: &mut State,
    method: &str,
    input: &[u8],
    purpose: &'static str,
) -> Result<T, ChainError> {
    if !runtime.methods().any(|name| name == method) {
        return Err(ChainError::MissingApi {
            method: method.to_owned(),
            purpose,
        });
    }
    let answer = runtime
        .call(state, method, input, &CallOptions::default())
        .map_err(ChainError::refused)?;
    decode(method, &answer.output)
}
