//! Blocks tampered with, each in one way that whoever executes it must refuse.

use sp_core::H256;
use sp_runtime::generic::DigestItem;

use super::{Block, Chain, ChainError, Extrinsic};

/// Where the signature begins in a signed extrinsic of version 4: after the version, the variant
/// and the account of the address, and the variant of the signature.
const SIGNATURE: usize = 1 + 1 + 32 + 1;

/// First byte of a signed extrinsic of version 4.
const SIGNED_V4: u8 = 0x84;

/// A block tampered with, and what became of it.
#[derive(Debug, Clone)]
pub struct Tampered {
    /// What was changed.
    pub what: &'static str,
    /// Why it was refused; `None` where it was not.
    pub refused: Option<ChainError>,
}

impl Chain {
    /// Executes changed forms of a block that follows on the head, and stays where it stands. Of
    /// the forms, those of a signature and of a body are there only where the block has a signed
    /// extrinsic, or any.
    pub fn try_tampered(&mut self, block: &Block) -> Vec<Tampered> {
        self.tampered(block)
            .into_iter()
            .map(|(what, block)| Tampered {
                what,
                refused: self.rehearse_execution(&block).err(),
            })
            .collect()
    }

    fn tampered(&self, block: &Block) -> Vec<(&'static str, Block)> {
        let mut list = Vec::new();
        let mut add = |what, change: &dyn Fn(&mut Block)| {
            let mut changed = block.clone();
            change(&mut changed);
            list.push((what, changed));
        };
        if let Some(last) = block.extrinsics.last() {
            add("body: a bit of the last extrinsic", &|block| {
                let end = last.inner().len().saturating_sub(1);
                replace_last(block, flip(last, end));
            });
            add("body: the last extrinsic left out", &|block| {
                block.extrinsics.pop();
            });
            add("body: the last extrinsic twice, with its root", &|block| {
                block.extrinsics.push(last.clone());
                block.header.extrinsics_root = self.extrinsics_root(&block.extrinsics);
            });
        }
        add("digest: an item added", &|block| {
            block
                .header
                .digest
                .push(DigestItem::Other(b"tampered".to_vec()));
        });
        add("state root", &|block| {
            flip_hash(&mut block.header.state_root)
        });
        add("extrinsics root", &|block| {
            flip_hash(&mut block.header.extrinsics_root);
        });
        add("parent hash", &|block| {
            flip_hash(&mut block.header.parent_hash)
        });
        add("number", &|block| {
            block.header.number = block.header.number.wrapping_add(1)
        });
        let signed = block.extrinsics.iter().position(is_signed);
        if let Some(index) = signed {
            add("signature: a bit, with the extrinsics root", &|block| {
                let changed = flip(&block.extrinsics[index], SIGNATURE);
                block.extrinsics[index] = changed;
                block.header.extrinsics_root = self.extrinsics_root(&block.extrinsics);
            });
        }
        list
    }
}

fn is_signed(extrinsic: &Extrinsic) -> bool {
    let bytes = extrinsic.inner();
    bytes.first() == Some(&SIGNED_V4) && bytes.len() > SIGNATURE + 64
}

fn replace_last(block: &mut Block, extrinsic: Extrinsic) {
    block.extrinsics.pop();
    block.extrinsics.push(extrinsic);
}

/// The extrinsic with the lowest bit of a byte changed.
fn flip(extrinsic: &Extrinsic, at: usize) -> Extrinsic {
    let mut bytes = extrinsic.inner().to_vec();
    if let Some(byte) = bytes.get_mut(at) {
        *byte ^= 1;
    }
    Extrinsic::from_blob(bytes)
}

fn flip_hash(hash: &mut H256) {
    hash.0[0] ^= 1;
}

#[cfg(test)]
mod tests {
    use super::*;
    use parity_scale_codec::Encode;

    #[test]
    fn signed_extrinsics_are_known_by_their_first_byte() {
        assert!(!is_signed(&Extrinsic::from_blob(vec![0x04, 1, 0])));
        let mut bytes = vec![SIGNED_V4];
        bytes.extend([0; SIGNATURE + 64]);
        let extrinsic = Extrinsic::from_blob(bytes);
        assert!(is_signed(&extrinsic));
        assert_ne!(flip(&extrinsic, SIGNATURE).encode(), extrinsic.encode());
    }
}
