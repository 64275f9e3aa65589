//! Building blocks, as nodes do: `Core_initialize_block`, inherents, one
//! `BlockBuilder_apply_extrinsic` each, `BlockBuilder_finalize_block`.

use std::collections::BTreeMap;
use std::time::Duration;

use parity_scale_codec::Encode;
use serde::Serialize;
use sp_core::H256;
use sp_runtime::generic::Digest;
use sp_runtime::traits::{BlakeTwo256, Hash};
use sp_runtime::{ApplyExtrinsicResult, DispatchError, ModuleError};

use super::{Block, Chain, ChainError, Extrinsic, Header, decode, step};
use crate::executor::Allocations;
use crate::logs::LogLine;

/// Identifier of the timestamp inherent.
const TIMESTAMP: [u8; 8] = *b"timstap0";

/// A call that was made on the way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Step {
    /// The method.
    pub method: &'static str,
    /// Time from the fresh instance to the output.
    pub time: Duration,
    /// Processor time of the same.
    pub cpu_time: Duration,
    /// What the host's allocator was asked for.
    pub allocations: Allocations,
    /// What the runtime logged.
    pub logs: Vec<LogLine>,
}

/// A block that was built, and how.
#[derive(Debug, Clone)]
pub struct Built {
    /// The block.
    pub block: Block,
    /// What became of each extrinsic of the block, inherents included.
    pub outcomes: Vec<Outcome>,
    /// The extrinsics that the runtime did not take, by their place among those given, and why.
    pub invalid: Vec<(usize, String)>,
    /// The calls that were made, in order.
    pub steps: Vec<Step>,
}

/// What became of an extrinsic in a block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It did what it says.
    Done,
    /// It is in the block, but its call failed.
    Failed(String),
}

impl Chain {
    /// Builds a block on the head and moves on to it. `time` is what the timestamp inherent
    /// tells, in milliseconds of the Unix epoch. Extrinsics that the runtime finds invalid are
    /// left out and named in the result. After an error the chain stands where it stood.
    pub fn build(&mut self, extrinsics: &[Extrinsic], time: u64) -> Result<Built, ChainError> {
        let built = self.build_only(extrinsics, time, || Ok(()));
        if built.is_err() {
            self.state.reset();
        }
        let built = built?;
        self.advance(built.block.header.clone())?;
        Ok(built)
    }

    /// Builds a block as [`Chain::build`] does, but stays where it stands. `applied` is called
    /// behind each of the extrinsics.
    pub(crate) fn rehearse_build(
        &mut self,
        extrinsics: &[Extrinsic],
        time: u64,
        applied: impl FnMut() -> Result<(), ChainError>,
    ) -> Result<Built, ChainError> {
        let built = self.build_only(extrinsics, time, applied);
        self.state.reset();
        built
    }

    fn build_only(
        &mut self,
        given: &[Extrinsic],
        time: u64,
        mut applied: impl FnMut() -> Result<(), ChainError>,
    ) -> Result<Built, ChainError> {
        let purpose = "to build a block";
        for method in [
            "Core_initialize_block",
            "BlockBuilder_inherent_extrinsics",
            "BlockBuilder_apply_extrinsic",
            "BlockBuilder_finalize_block",
        ] {
            self.need(method, purpose)?;
        }
        let number = self.next_number()?;
        let header = Header {
            parent_hash: self.head.hash(),
            number,
            state_root: H256::zero(),
            extrinsics_root: H256::zero(),
            digest: Digest::default(),
        };
        let mut steps = Vec::new();
        // Since version 5 of `Core` it answers which extrinsics may come; before, nothing.
        self.step("Core_initialize_block", &header.encode(), &mut steps)?;

        let inherents = BTreeMap::from([(TIMESTAMP, time.encode())]);
        let method = "BlockBuilder_inherent_extrinsics";
        let output = self.step(method, &inherents.encode(), &mut steps)?;
        let inherents: Vec<Extrinsic> = decode(method, &output)?;

        let (mut body, mut outcomes, mut invalid) = (Vec::new(), Vec::new(), Vec::new());
        let count = inherents.len();
        for (index, extrinsic) in inherents.iter().chain(given).enumerate() {
            match self.apply(extrinsic, &mut steps)? {
                Ok(outcome) => {
                    body.push(extrinsic.clone());
                    outcomes.push(outcome);
                }
                Err(reason) if index < count => {
                    return Err(ChainError::InvalidExtrinsic {
                        index,
                        reason: format!("the runtime made this inherent itself: {reason}"),
                    });
                }
                Err(reason) => invalid.push((index - count, reason)),
            }
            if index >= count {
                applied()?;
            }
        }

        let method = "BlockBuilder_finalize_block";
        let output = self.step(method, &[], &mut steps)?;
        let header: Header = decode(method, &output)?;
        self.check_built(&header, number, &body)?;
        Ok(Built {
            block: Block {
                header,
                extrinsics: body,
            },
            outcomes,
            invalid,
            steps,
        })
    }

    /// Applies an extrinsic. What an invalid one wrote is dropped.
    fn apply(
        &mut self,
        extrinsic: &Extrinsic,
        steps: &mut Vec<Step>,
    ) -> Result<Result<Outcome, String>, ChainError> {
        /// Why what was written is dropped.
        enum Drop {
            Invalid(String),
            Error(ChainError),
        }
        let method = "BlockBuilder_apply_extrinsic";
        let runtime = &self.runtime;
        let applied = self.state.transaction(|state| {
            let (step, output) = step(runtime, state, method, &extrinsic.encode())
                .map_err(|error| Drop::Error(ChainError::refused(error)))?;
            steps.push(step);
            let result: ApplyExtrinsicResult = decode(method, &output).map_err(Drop::Error)?;
            match result {
                Ok(Ok(())) => Ok(Outcome::Done),
                Ok(Err(error)) => Ok(Outcome::Failed(dispatch_error(error))),
                Err(error) => Err(Drop::Invalid(<&'static str>::from(error).to_owned())),
            }
        });
        match applied {
            Ok(outcome) => Ok(Ok(outcome)),
            Err(Drop::Invalid(reason)) => Ok(Err(reason)),
            Err(Drop::Error(error)) => Err(error),
        }
    }

    fn step(
        &mut self,
        method: &'static str,
        input: &[u8],
        steps: &mut Vec<Step>,
    ) -> Result<Vec<u8>, ChainError> {
        let (step, output) =
            step(&self.runtime, &mut self.state, method, input).map_err(ChainError::refused)?;
        steps.push(step);
        Ok(output)
    }

    /// Compares the header that the runtime made with what the host finds itself.
    fn check_built(
        &mut self,
        header: &Header,
        number: u32,
        body: &[Extrinsic],
    ) -> Result<(), ChainError> {
        let wrong = |what, expected: String, found: String| {
            Err(ChainError::WrongHeader {
                what,
                expected,
                found,
            })
        };
        if header.number != number {
            return wrong(
                "number in the header of the built block",
                number.to_string(),
                header.number.to_string(),
            );
        }
        let hashes = [
            (
                "parent hash of the built block",
                self.head.hash(),
                header.parent_hash,
            ),
            (
                "extrinsics root of the built block",
                self.extrinsics_root(body),
                header.extrinsics_root,
            ),
            (
                "state root of the built block",
                self.state.root(),
                header.state_root,
            ),
        ];
        for (what, expected, found) in hashes {
            if expected != found {
                return wrong(what, format!("{expected:?}"), format!("{found:?}"));
            }
        }
        Ok(())
    }

    /// The root of a body: that of a trie from each extrinsic's index to its bytes.
    pub fn extrinsics_root(&self, body: &[Extrinsic]) -> H256 {
        let list = body.iter().map(Encode::encode).collect();
        BlakeTwo256::ordered_trie_root(list, self.version.extrinsics_root_state_version())
    }
}

/// A runtime's own error by its numbers, any other by its text.
fn dispatch_error(error: DispatchError) -> String {
    match error {
        DispatchError::Module(ModuleError { index, error, .. }) => {
            let [code, ..] = error;
            format!("error {code} of pallet {index}")
        }
        other => <&'static str>::from(other).to_owned(),
    }
}
