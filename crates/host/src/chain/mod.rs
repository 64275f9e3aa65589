//! A chain in memory: genesis, blocks built as nodes build them, blocks executed as nodes import
//! them.
//!
//! | file | what it answers |
//! | --- | --- |
//! | `mod.rs` | where does the chain stand, and what does a call on its state answer? |
//! | `genesis.rs` | how does it begin? |
//! | `author.rs` | how is a block built? |
//! | `import.rs` | how is a block of somebody else executed? |
//! | `json.rs` | which files hold a state or blocks? |
//! | `tamper.rs` | which changes of a block must a runtime refuse? |
//! | `sign.rs` | how is an extrinsic signed? |
//! | `calls.rs` | how is a call encoded that is given by name? |
//! | `script.rs` | what does a file of blocks to be built look like? |
//! | `error.rs` | what went wrong? |

mod author;
mod calls;
mod error;
mod genesis;
mod import;
mod json;
mod script;
mod sign;
mod tamper;

pub use author::{Built, Outcome, Step};
pub use error::ChainError;
pub use genesis::Genesis;
pub use json::{blocks_from_json, blocks_to_json};
pub use script::{Script, ScriptBlock, ScriptExtrinsic};
pub use sign::{Lifetime, Signer};
pub use tamper::Tampered;

use std::collections::BTreeMap;

use parity_scale_codec::{Decode, DecodeAll, Encode};
use sp_core::H256;
use sp_core::storage::well_known_keys::CODE;
use sp_runtime::generic;
use sp_runtime::traits::BlakeTwo256;

use crate::blob::Blob;
use crate::error::Error;
use crate::executor::{Answer, CallOptions, Runtime};
use crate::inspect::hex;
use crate::state::State;

/// A block's header: numbers of 32 bits and BLAKE2b-256, as on Polkadot.
pub type Header = generic::Header<u32, BlakeTwo256>;

/// An extrinsic whose inside only the runtime knows.
pub type Extrinsic = sp_runtime::OpaqueExtrinsic;

/// A header and a body.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub struct Block {
    /// The header.
    pub header: Header,
    /// The body.
    pub extrinsics: Vec<Extrinsic>,
}

impl Block {
    /// The block in SCALE, as `Core_execute_block` takes it.
    pub fn encoded(&self) -> Vec<u8> {
        self.encode()
    }
}

/// A chain in memory, at one of its blocks.
pub struct Chain {
    state: State,
    runtime: Runtime,
    /// The blob of `runtime`, as it stands under `:code`.
    code: Vec<u8>,
    version: sp_version::RuntimeVersion,
    head: Header,
    /// Hashes of the blocks that are known, by number; the genesis block's is always there.
    hashes: BTreeMap<u32, H256>,
}

impl Chain {
    /// A chain that stands at `head` with `state`, which holds the code.
    fn at(
        mut state: State,
        head: Header,
        mut hashes: BTreeMap<u32, H256>,
    ) -> Result<Chain, ChainError> {
        let Some(code) = state.get(CODE) else {
            return Err(ChainError::BadFile {
                what: "the state of a chain",
                reason: "it has no entry `:code` (0x3a636f6465)".into(),
            });
        };
        let (runtime, version) = compile(&code, &mut state)?;
        hashes.insert(head.number, head.hash());
        Ok(Chain {
            state,
            runtime,
            code,
            version,
            head,
            hashes,
        })
    }

    /// The header of the last block.
    pub fn head(&self) -> &Header {
        &self.head
    }

    /// Hash of the genesis block.
    pub fn genesis_hash(&self) -> H256 {
        self.hashes.get(&0).copied().unwrap_or_default()
    }

    /// The runtime that makes the next block.
    pub fn runtime(&self) -> &Runtime {
        &self.runtime
    }

    /// The blob of that runtime, as it stands under `:code`.
    pub fn code(&self) -> &[u8] {
        &self.code
    }

    /// The version of that runtime.
    pub fn version(&self) -> crate::RuntimeVersion {
        self.version.clone().into()
    }

    /// The state after the last block.
    pub fn state(&mut self) -> &mut State {
        &mut self.state
    }

    /// The runtime and the state that it is called on.
    pub(crate) fn parts(&mut self) -> (&Runtime, &mut State) {
        (&self.runtime, &mut self.state)
    }

    /// Calls a method on the state after the last block. What it writes is dropped.
    pub fn call(&mut self, method: &str, input: &[u8]) -> Result<Answer, ChainError> {
        let answer = self
            .runtime
            .call(&mut self.state, method, input, &CallOptions::default());
        self.state.reset();
        answer.map_err(ChainError::refused)
    }

    /// As [`Chain::call`], and decodes the answer.
    fn query<T: Decode>(
        &mut self,
        method: &str,
        input: &[u8],
        purpose: &'static str,
    ) -> Result<T, ChainError> {
        self.need(method, purpose)?;
        let answer = self.call(method, input)?;
        decode(method, &answer.output)
    }

    /// Whether the runtime exports a method.
    pub fn has(&self, method: &str) -> bool {
        self.runtime.methods().any(|name| name == method)
    }

    fn need(&self, method: &str, purpose: &'static str) -> Result<(), ChainError> {
        if self.has(method) {
            return Ok(());
        }
        Err(ChainError::MissingApi {
            method: method.to_owned(),
            purpose,
        })
    }

    /// Keeps what a block has written, and moves on to it. Where it changed the code, the next
    /// block runs on the new one.
    fn advance(&mut self, header: Header) -> Result<(), ChainError> {
        self.state.commit();
        self.hashes.insert(header.number, header.hash());
        self.head = header;
        let code = self.state.get(CODE).unwrap_or_default();
        if code != self.code {
            (self.runtime, self.version) = compile(&code, &mut self.state)?;
            self.code = code;
        }
        Ok(())
    }

    /// The number of the block after the last.
    fn next_number(&self) -> Result<u32, ChainError> {
        self.head.number.checked_add(1).ok_or(ChainError::LastBlock)
    }
}

/// A runtime and its version.
fn compile(
    code: &[u8],
    state: &mut State,
) -> Result<(Runtime, sp_version::RuntimeVersion), ChainError> {
    let runtime = Runtime::compile(&Blob::from_bytes(code)?)?;
    let answer = runtime.call(state, "Core_version", &[], &CallOptions::default())?;
    state.reset();
    let version = decode("Core_version", &answer.output)?;
    Ok((runtime, version))
}

/// Decodes an answer, with nothing left over.
fn decode<T: Decode>(method: &str, mut output: &[u8]) -> Result<T, ChainError> {
    T::decode_all(&mut output).map_err(|error| ChainError::BadAnswer {
        method: method.to_owned(),
        reason: format!(
            "{} ({} bytes: {})",
            error.to_string().replace('\n', " "),
            output.len(),
            hex(output.get(..output.len().min(64)).unwrap_or_default())
        ),
    })
}

/// A call on a chain that is being built on or executed.
fn step(
    runtime: &Runtime,
    state: &mut State,
    method: &'static str,
    input: &[u8],
) -> Result<(Step, Vec<u8>), Error> {
    let answer = runtime.call(state, method, input, &CallOptions::default())?;
    Ok((
        Step {
            method,
            time: answer.time,
            cpu_time: answer.cpu_time,
            allocations: answer.allocations,
            logs: answer.logs,
        },
        answer.output,
    ))
}
