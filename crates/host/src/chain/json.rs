//! Files of states and blocks, in the forms that Polkadot's tools use.
//!
//! A **state** is what a chain specification has as its raw genesis, so that such a file can be
//! read as well, with members around it that say which block it belongs to:
//!
//! ```json
//! {
//!   "stateVersion": 1,
//!   "root": "0x...",
//!   "genesisHash": "0x...",
//!   "head": { "parentHash": "0x...", "number": "0x3", ... },
//!   "genesis": { "raw": { "top": { "0x3a636f6465": "0x..." }, "childrenDefault": {} } }
//! }
//! ```
//!
//! Without `root` the root is not checked; without `head` the state is that of a genesis block.
//! **Blocks** are an array of what the RPC method `chain_getBlock` answers as `block`:
//! `{"header": {...}, "extrinsics": ["0x..."]}`.

use std::collections::BTreeMap;

use parity_scale_codec::{DecodeAll, Encode};
use serde::{Deserialize, Serialize};
use sp_core::H256;
use sp_core::storage::StateVersion;
use sp_runtime::generic::{Digest, DigestItem};

use super::genesis::first_header;
use super::{Block, Chain, ChainError, Extrinsic, Header};
use crate::inspect::hex;
use crate::state::{Entries, State};

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct StateFile {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    state_version: Option<u8>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    root: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    genesis_hash: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    head: Option<HeaderFile>,
    genesis: GenesisFile,
}

#[derive(Serialize, Deserialize)]
struct GenesisFile {
    raw: RawFile,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct RawFile {
    top: BTreeMap<String, String>,
    #[serde(default)]
    children_default: BTreeMap<String, BTreeMap<String, String>>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct HeaderFile {
    parent_hash: String,
    number: String,
    state_root: String,
    extrinsics_root: String,
    digest: DigestFile,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct DigestFile {
    logs: Vec<String>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct BlockFile {
    header: HeaderFile,
    extrinsics: Vec<String>,
}

const STATE: &str = "a state file";
const BLOCKS: &str = "a file of blocks";

impl Chain {
    /// The chain's state as a file.
    pub fn to_json(&mut self) -> String {
        let root = self.state.root();
        let entries = self.state.entries();
        let map = |list: Vec<(Vec<u8>, Vec<u8>)>| {
            list.iter()
                .map(|(key, value)| (hex(key), hex(value)))
                .collect::<BTreeMap<_, _>>()
        };
        let file = StateFile {
            state_version: Some(self.state.version() as u8),
            root: Some(hex(root.as_bytes())),
            genesis_hash: Some(hex(self.genesis_hash().as_bytes())),
            head: Some(HeaderFile::of(&self.head)),
            genesis: GenesisFile {
                raw: RawFile {
                    top: map(entries.top),
                    children_default: entries
                        .children
                        .into_iter()
                        .map(|(key, list)| (hex(&key), map(list)))
                        .collect(),
                },
            },
        };
        pretty(&file)
    }

    /// A chain from a file of its state, or from a chain specification with a raw genesis.
    pub fn from_json(text: &[u8]) -> Result<Chain, ChainError> {
        let file: StateFile = parse(STATE, text)?;
        let version = match file.state_version {
            Some(0) => StateVersion::V0,
            Some(1) | None => StateVersion::V1,
            Some(other) => {
                return bad(STATE, format!("there is no state version {other}"));
            }
        };
        let map = |map: BTreeMap<String, String>| {
            map.iter()
                .map(|(key, value)| Ok((bytes(STATE, key)?, bytes(STATE, value)?)))
                .collect::<Result<Vec<_>, ChainError>>()
        };
        let raw = file.genesis.raw;
        let entries = Entries {
            top: map(raw.top)?,
            children: raw
                .children_default
                .into_iter()
                .map(|(key, list)| Ok((bytes(STATE, &key)?, map(list)?)))
                .collect::<Result<_, ChainError>>()?,
        };
        if let Some((key, _)) = entries.top.iter().find(|(key, _)| State::is_child_key(key)) {
            return bad(
                STATE,
                format!(
                    "{} is the root of a child trie: give its entries in childrenDefault",
                    hex(key)
                ),
            );
        }
        let mut state = State::from_entries(entries, version);
        let found = state.root();
        let head = match &file.head {
            Some(head) => head.read(STATE)?,
            None => first_header(found, version),
        };
        let named = file.root.as_deref().map(|root| hash(STATE, root));
        for named in named.into_iter().chain([Ok(head.state_root)]) {
            let named = named?;
            if named != found {
                return Err(ChainError::WrongRoot { named, found });
            }
        }
        let genesis = match &file.genesis_hash {
            Some(text) => hash(STATE, text)?,
            None if head.number == 0 => head.hash(),
            None => return bad(STATE, "it has `head` but not `genesisHash`"),
        };
        Chain::at(state, head, BTreeMap::from([(0, genesis)]))
    }
}

/// Blocks as a file.
pub fn blocks_to_json(blocks: &[Block]) -> String {
    let files: Vec<BlockFile> = blocks
        .iter()
        .map(|block| BlockFile {
            header: HeaderFile::of(&block.header),
            extrinsics: block.extrinsics.iter().map(|x| hex(&x.encode())).collect(),
        })
        .collect();
    pretty(&files)
}

/// Blocks from a file.
pub fn blocks_from_json(text: &[u8]) -> Result<Vec<Block>, ChainError> {
    let files: Vec<BlockFile> = parse(BLOCKS, text)?;
    files
        .iter()
        .map(|file| {
            Ok(Block {
                header: file.header.read(BLOCKS)?,
                extrinsics: file
                    .extrinsics
                    .iter()
                    .map(|text| extrinsic(BLOCKS, text))
                    .collect::<Result<_, _>>()?,
            })
        })
        .collect()
}

impl HeaderFile {
    fn of(header: &Header) -> HeaderFile {
        HeaderFile {
            parent_hash: hex(header.parent_hash.as_bytes()),
            number: format!("{:#x}", header.number),
            state_root: hex(header.state_root.as_bytes()),
            extrinsics_root: hex(header.extrinsics_root.as_bytes()),
            digest: DigestFile {
                logs: header
                    .digest
                    .logs
                    .iter()
                    .map(|log| hex(&log.encode()))
                    .collect(),
            },
        }
    }

    fn read(&self, what: &'static str) -> Result<Header, ChainError> {
        let digits = self.number.strip_prefix("0x").unwrap_or_default();
        let Ok(number) = u32::from_str_radix(digits, 16) else {
            return bad(
                what,
                format!("{:?} is no block number in hexadecimal", self.number),
            );
        };
        let log = |text: &String| {
            DigestItem::decode_all(&mut &bytes(what, text)?[..])
                .or_else(|error| bad(what, format!("a digest item does not decode: {error}")))
        };
        Ok(Header {
            parent_hash: hash(what, &self.parent_hash)?,
            number,
            state_root: hash(what, &self.state_root)?,
            extrinsics_root: hash(what, &self.extrinsics_root)?,
            digest: Digest {
                logs: self.digest.logs.iter().map(log).collect::<Result<_, _>>()?,
            },
        })
    }
}

/// An extrinsic, length first, in hexadecimal.
pub(super) fn extrinsic(what: &'static str, text: &str) -> Result<Extrinsic, ChainError> {
    Extrinsic::decode_all(&mut &bytes(what, text)?[..])
        .or_else(|error| bad(what, format!("an extrinsic does not decode: {error}")))
}

pub(super) fn bytes(what: &'static str, text: &str) -> Result<Vec<u8>, ChainError> {
    match text.strip_prefix("0x") {
        Some(_) => sp_core::bytes::from_hex(text)
            .or_else(|error| bad(what, format!("{error} in {}", shorten(text)))),
        None => bad(what, format!("{} does not begin with 0x", shorten(text))),
    }
}

fn hash(what: &'static str, text: &str) -> Result<H256, ChainError> {
    let bytes = bytes(what, text)?;
    if bytes.len() == 32 {
        return Ok(H256::from_slice(&bytes));
    }
    bad(what, format!("{} is no hash of 32 bytes", shorten(text)))
}

fn shorten(text: &str) -> String {
    let start: String = text.chars().take(70).collect();
    let dots = if start.len() < text.len() { "..." } else { "" };
    format!("{start:?}{dots}")
}

pub(super) fn parse<'a, T: Deserialize<'a>>(
    what: &'static str,
    text: &'a [u8],
) -> Result<T, ChainError> {
    serde_json::from_slice(text).or_else(|error| bad(what, error.to_string()))
}

fn bad<T>(what: &'static str, reason: impl Into<String>) -> Result<T, ChainError> {
    Err(ChainError::BadFile {
        what,
        reason: reason.into(),
    })
}

fn pretty(value: &impl Serialize) -> String {
    // Maps with keys of strings are the only thing that JSON could refuse.
    let mut text = serde_json::to_string_pretty(value).unwrap_or_default();
    text.push('\n');
    text
}
