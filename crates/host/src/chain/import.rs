//! Executing blocks of somebody else, as nodes do on import: `Core_execute_block` on the state of
//! the parent.

use parity_scale_codec::Encode;

use super::{Block, Chain, ChainError, Step, step};

impl Chain {
    /// Executes a block on the head and moves on to it. The runtime checks the body, the digest
    /// and the roots; the host checks what comes before (parent and number), and the state root
    /// once more. After an error the chain stands where it stood.
    pub fn execute(&mut self, block: &Block) -> Result<Step, ChainError> {
        let step = self.execute_only(block);
        if step.is_err() {
            self.state.reset();
        }
        let step = step?;
        self.advance(block.header.clone())?;
        Ok(step)
    }

    /// Executes a block as [`Chain::execute`] does, but stays where it stands.
    pub(crate) fn rehearse_execution(&mut self, block: &Block) -> Result<Step, ChainError> {
        let step = self.execute_only(block);
        self.state.reset();
        step
    }

    fn execute_only(&mut self, block: &Block) -> Result<Step, ChainError> {
        self.need("Core_execute_block", "to execute a block")?;
        let head = self.head.hash();
        if block.header.parent_hash != head {
            return Err(ChainError::WrongParent {
                expected: head,
                found: block.header.parent_hash,
            });
        }
        let number = self.next_number()?;
        if block.header.number != number {
            return Err(ChainError::WrongNumber {
                expected: number,
                found: block.header.number,
            });
        }
        let (step, _) = step(
            &self.runtime,
            &mut self.state,
            "Core_execute_block",
            &block.encode(),
        )
        .map_err(ChainError::refused)?;
        let root = self.state.root();
        if block.header.state_root != root {
            return Err(ChainError::WrongHeader {
                what: "state root of the block, which the runtime took,",
                expected: format!("{root:?}"),
                found: format!("{:?}", block.header.state_root),
            });
        }
        Ok(step)
    }
}
