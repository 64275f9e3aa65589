//! A file that says which blocks are to be built:
//!
//! ```json
//! {
//!   "blocks": [
//!     {
//!       "time": 1767225606000,
//!       "extrinsics": [
//!         { "signer": "//Alice", "call": { "Balances.transfer_keep_alive": { "dest": "//Bob", "value": 1 } } },
//!         { "signer": "//Bob", "call": "0x0000", "tip": 5, "nonce": 0, "lifetime": 64 },
//!         { "raw": "0x..." }
//!       ]
//!     }
//!   ]
//! }
//! ```
//!
//! `time` is in milliseconds of the Unix epoch; without it, a block comes 6 seconds after its
//! parent. `nonce` is asked of the runtime's `AccountNonceApi`, and where it has none, counted
//! from 0. `lifetime` is a number of blocks; without it an extrinsic is immortal. `raw` is an
//! extrinsic as it is, length first.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use serde::Deserialize;
use serde_json::{Map, Value};

use super::author::Built;
use super::calls::Calls;
use super::json::{self, bytes};
use super::sign::{Lifetime, Signer};
use super::{Chain, ChainError, Extrinsic};

/// The time of block 0 where a script names none: the first millisecond of 2026.
const EPOCH: u64 = 1_767_225_600_000;

/// Milliseconds from one block to the next.
const SLOT: u64 = 6_000;

const SCRIPT: &str = "a script of blocks";

/// Which blocks are to be built.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Script {
    /// The blocks, in order.
    pub blocks: Vec<ScriptBlock>,
}

/// What is to be in a block.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScriptBlock {
    /// What the timestamp inherent tells, in milliseconds of the Unix epoch.
    #[serde(default)]
    pub time: Option<u64>,
    /// The extrinsics, inherents aside.
    #[serde(default)]
    pub extrinsics: Vec<ScriptExtrinsic>,
}

/// An extrinsic.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(untagged)]
pub enum ScriptExtrinsic {
    /// One that is to be signed.
    Signed(ScriptCall),
    /// One as it is.
    Raw(ScriptRaw),
}

/// An extrinsic that is to be signed.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScriptCall {
    /// Secret URI of the key that signs.
    pub signer: String,
    /// What is called: bytes in hexadecimal, or a name with arguments.
    pub call: Value,
    /// Tip for the block's author.
    #[serde(default)]
    pub tip: u64,
    /// Number of extrinsics that the account has signed before.
    #[serde(default)]
    pub nonce: Option<u32>,
    /// For how many blocks it is valid.
    #[serde(default)]
    pub lifetime: Option<u64>,
}

/// An extrinsic as it is.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScriptRaw {
    /// Its bytes in hexadecimal, length first.
    pub raw: String,
}

/// What the extrinsics of a list share. To derive a key takes longer than to sign with it.
#[derive(Default)]
struct Known<'a> {
    /// Keys by their secret URIs.
    signers: BTreeMap<&'a str, Signer>,
    /// The nonce that each account's next extrinsic has.
    nonces: BTreeMap<[u8; 32], u32>,
    /// The calls that the runtime has, once one was given by name.
    calls: Option<Calls>,
    /// The last call, encoded.
    last_call: Option<(&'a Value, Vec<u8>)>,
}

impl Script {
    /// Reads a script.
    pub fn from_json(text: &[u8]) -> Result<Script, ChainError> {
        json::parse(SCRIPT, text)
    }

    /// The same call, signed `count` times by the same key.
    pub fn repeated(signer: &str, call: &Value, count: usize) -> Vec<ScriptExtrinsic> {
        let call = ScriptCall {
            signer: signer.to_owned(),
            call: call.clone(),
            tip: 0,
            nonce: None,
            lifetime: None,
        };
        vec![ScriptExtrinsic::Signed(call); count]
    }
}

impl Chain {
    /// Builds a block of a script on the head and moves on to it.
    pub fn build_script(&mut self, block: &ScriptBlock) -> Result<Built, ChainError> {
        let extrinsics = self.sign_script(&block.extrinsics)?;
        let time = block.time.unwrap_or(self.next_time());
        self.build(&extrinsics, time)
    }

    /// The time of the block after the head, where nothing else is said.
    pub(crate) fn next_time(&self) -> u64 {
        EPOCH + (u64::from(self.head().number) + 1) * SLOT
    }

    /// Makes the extrinsics of a script for the block after the head.
    pub fn sign_script(&mut self, list: &[ScriptExtrinsic]) -> Result<Vec<Extrinsic>, ChainError> {
        let mut known = Known::default();
        list.iter()
            .map(|extrinsic| match extrinsic {
                ScriptExtrinsic::Raw(raw) => json::extrinsic(SCRIPT, &raw.raw),
                ScriptExtrinsic::Signed(call) => self.sign_call(call, &mut known),
            })
            .collect()
    }

    fn sign_call<'a>(
        &mut self,
        extrinsic: &'a ScriptCall,
        known: &mut Known<'a>,
    ) -> Result<Extrinsic, ChainError> {
        let call = match &known.last_call {
            Some((call, encoded)) if *call == &extrinsic.call => encoded.clone(),
            _ => self.encode_call(&extrinsic.call, &mut known.calls)?,
        };
        known.last_call = Some((&extrinsic.call, call.clone()));
        let signer = match known.signers.entry(&extrinsic.signer) {
            Entry::Occupied(entry) => entry.into_mut(),
            Entry::Vacant(entry) => entry.insert(Signer::from_uri(&extrinsic.signer)?),
        };
        let account = signer.account();
        let nonce = match (extrinsic.nonce, known.nonces.get(&account)) {
            (Some(nonce), _) | (None, Some(&nonce)) => nonce,
            (None, None) if self.has("AccountNonceApi_account_nonce") => self.nonce(&account)?,
            (None, None) => 0,
        };
        known.nonces.insert(account, nonce.wrapping_add(1));
        let lifetime = extrinsic
            .lifetime
            .map_or(Lifetime::Immortal, Lifetime::Mortal);
        self.sign(signer, &call, nonce, extrinsic.tip.into(), lifetime)
    }

    fn encode_call(
        &mut self,
        call: &Value,
        calls: &mut Option<Calls>,
    ) -> Result<Vec<u8>, ChainError> {
        let named: &Map<String, Value> = match call {
            Value::String(text) => return bytes(SCRIPT, text),
            Value::Object(named) => named,
            _ => {
                return Err(ChainError::BadCall {
                    path: "call".into(),
                    reason: "it must be bytes in hexadecimal, or a name with arguments".into(),
                });
            }
        };
        if calls.is_none() {
            *calls = Some(self.calls()?);
        }
        match calls {
            Some(calls) => calls.encode(named),
            None => Ok(Vec::new()),
        }
    }
}
