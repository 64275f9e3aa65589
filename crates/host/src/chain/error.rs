//! What can go wrong with a chain: its genesis, its blocks, its extrinsics and its files.

use sp_core::H256;

use crate::error::{Error, Trap};

/// Why a chain refused something, or could not go on.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ChainError {
    /// A call failed for a reason that has nothing to do with blocks.
    #[error("{0}")]
    Call(#[from] Error),

    /// The runtime does not implement what is needed.
    #[error("the runtime does not export `{method}`, which is needed {purpose}")]
    MissingApi {
        /// The method.
        method: String,
        /// What for.
        purpose: &'static str,
    },

    /// The runtime answered with bytes that do not decode as the protocol says.
    #[error("the answer of `{method}` is not as the protocol says: {reason}")]
    BadAnswer {
        /// The method.
        method: String,
        /// The decoder's reason.
        reason: String,
    },

    /// The runtime has no preset of that name.
    #[error("the runtime has no genesis preset {name:?}")]
    UnknownPreset {
        /// The name that was asked for.
        name: String,
        /// The names that it has.
        known: Vec<String>,
    },

    /// The runtime does not take the genesis configuration.
    #[error("the runtime refuses the genesis configuration: {reason}")]
    Genesis {
        /// The runtime's reason.
        reason: String,
    },

    /// The block's parent is not the head of the chain.
    #[error("the block's parent is {found:?}, but the chain's head is {expected:?}")]
    WrongParent {
        /// Hash of the head.
        expected: H256,
        /// What the block names.
        found: H256,
    },

    /// The block does not follow on the head.
    #[error("the block has number {found}, but {expected} is next")]
    WrongNumber {
        /// The number that is next.
        expected: u32,
        /// The block's.
        found: u32,
    },

    /// No block follows on the last number.
    #[error("the chain is at the last block number")]
    LastBlock,

    /// The runtime does not take the block, or cannot make it.
    #[error("`{}` refused: {reason}", .trap.method)]
    Refused {
        /// What the runtime said before it trapped.
        reason: String,
        /// How the call ended.
        trap: Box<Trap>,
    },

    /// What the runtime wrote in a header is not what the host finds.
    #[error("the {what} is {found}, but the host finds {expected}")]
    WrongHeader {
        /// The field.
        what: &'static str,
        /// What it should be.
        expected: String,
        /// What it is.
        found: String,
    },

    /// An extrinsic cannot be in a block.
    #[error("extrinsic {index} is invalid: {reason}")]
    InvalidExtrinsic {
        /// Its place among those given, inherents aside.
        index: usize,
        /// The runtime's reason.
        reason: String,
    },

    /// A signer's key cannot be made.
    #[error("{uri:?} names no key: {reason}")]
    BadKey {
        /// The secret URI.
        uri: String,
        /// What is wrong with it.
        reason: String,
    },

    /// The hash of a block that an extrinsic's era begins with is not known.
    #[error("the hash of block {number} is not known here, so that no era can begin with it")]
    UnknownBlock {
        /// The block's number.
        number: u64,
    },

    /// A call cannot be encoded by the runtime's metadata.
    #[error("{path}: {reason}")]
    BadCall {
        /// Where in the call.
        path: String,
        /// What is wrong.
        reason: String,
    },

    /// The runtime's metadata cannot be used.
    #[error("the runtime's metadata cannot be read: {reason}")]
    BadMetadata {
        /// What is wrong with it.
        reason: String,
    },

    /// A file is not what it should be.
    #[error("not {what}: {reason}")]
    BadFile {
        /// What it should be.
        what: &'static str,
        /// What is wrong with it.
        reason: String,
    },

    /// The entries of a state file do not have the root that it names.
    #[error("the state file says that its root is {named:?}, but its entries have {found:?}")]
    WrongRoot {
        /// The root in the file.
        named: H256,
        /// The root of the entries.
        found: H256,
    },
}

impl ChainError {
    /// What to do next, as one sentence without a full stop; `None` where the message says all.
    pub fn help(&self) -> Option<String> {
        match self {
            ChainError::Call(error) => error.help(),
            ChainError::UnknownPreset { known, .. } if known.is_empty() => {
                Some("it has no presets: give a genesis configuration".into())
            }
            ChainError::UnknownPreset { known, .. } => Some(format!("it has {}", known.join(", "))),
            ChainError::BadKey { .. } => Some(
                "write a development key such as //Alice, or a secret phrase with a derivation \
                 path"
                    .into(),
            ),
            ChainError::WrongRoot { .. } => Some("the file was changed after it was saved".into()),
            ChainError::MissingApi { .. }
            | ChainError::BadAnswer { .. }
            | ChainError::Genesis { .. }
            | ChainError::WrongParent { .. }
            | ChainError::WrongNumber { .. }
            | ChainError::LastBlock
            | ChainError::Refused { .. }
            | ChainError::WrongHeader { .. }
            | ChainError::InvalidExtrinsic { .. }
            | ChainError::UnknownBlock { .. }
            | ChainError::BadCall { .. }
            | ChainError::BadMetadata { .. }
            | ChainError::BadFile { .. } => None,
        }
    }

    /// A trap as a refusal, with what the runtime said last as the reason; other errors as they
    /// are.
    pub(crate) fn refused(error: Error) -> ChainError {
        match error {
            Error::Trap(trap) => {
                let said = trap
                    .logs
                    .iter()
                    .rev()
                    .find(|line| line.level == crate::LogLevel::Error)
                    .map(|line| line.message.lines().next().unwrap_or_default());
                let reason = said.unwrap_or(&trap.message);
                ChainError::Refused {
                    reason: reason.strip_prefix("panic: ").unwrap_or(reason).to_owned(),
                    trap,
                }
            }
            other => ChainError::Call(other),
        }
    }
}
