//! Signed extrinsics of version 4 with sr25519 keys: the call, who signs it, and the signed
//! extensions in the order CheckSpecVersion, CheckTxVersion, CheckGenesis, CheckMortality,
//! CheckNonce, ChargeTransactionPayment (Polkadot specification, "Extrinsics").

use parity_scale_codec::{Compact, Encode};
use sp_core::{H256, Pair, sr25519};
use sp_runtime::generic::Era;

use super::{Chain, ChainError, Extrinsic};

/// Version 4, signed.
const SIGNED_V4: u8 = 0x84;

/// Payloads above this many bytes are hashed before they are signed.
const LONGEST_PAYLOAD: usize = 256;

/// A key that signs extrinsics.
pub struct Signer(sr25519::Pair);

/// How long an extrinsic is valid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Lifetime {
    /// For ever.
    #[default]
    Immortal,
    /// For about so many blocks from the head on; a power of two from 4 to 65,536, to which other
    /// numbers are rounded.
    Mortal(u64),
}

impl Signer {
    /// The key of a secret URI: `//Alice` and the like are derived from the development phrase.
    pub fn from_uri(uri: &str) -> Result<Signer, ChainError> {
        sr25519::Pair::from_string(uri, None)
            .map(Signer)
            .map_err(|error| ChainError::BadKey {
                uri: uri.to_owned(),
                reason: match error {
                    sp_core::crypto::SecretStringError::InvalidFormat(_) => {
                        "it is no secret URI".to_owned()
                    }
                    other => format!("{other:?}"),
                },
            })
    }

    /// The account that it signs for: its public key.
    pub fn account(&self) -> [u8; 32] {
        self.0.public().0
    }
}

impl Chain {
    /// Makes a signed extrinsic of an encoded call for the block after the head.
    pub fn sign(
        &self,
        signer: &Signer,
        call: &[u8],
        nonce: u32,
        tip: u128,
        lifetime: Lifetime,
    ) -> Result<Extrinsic, ChainError> {
        let (era, birth) = match lifetime {
            Lifetime::Immortal => (Era::Immortal, self.genesis_hash()),
            Lifetime::Mortal(period) => {
                let head = u64::from(self.head().number);
                let era = Era::mortal(period, head);
                (era, self.hash_of(era.birth(head))?)
            }
        };
        let extra = (era, Compact(nonce), Compact(tip)).encode();
        let additional = (
            self.version.spec_version,
            self.version.transaction_version,
            self.genesis_hash(),
            birth,
        )
            .encode();
        let mut payload = [call, &extra, &additional].concat();
        if payload.len() > LONGEST_PAYLOAD {
            payload = sp_crypto_hashing::blake2_256(&payload).to_vec();
        }
        let signature = signer.0.sign(&payload);
        let mut bytes = vec![SIGNED_V4];
        // The variants `Id` of MultiAddress and `Sr25519` of MultiSignature.
        (0u8, signer.account(), 1u8, signature.0).encode_to(&mut bytes);
        bytes.extend_from_slice(&extra);
        bytes.extend_from_slice(call);
        Ok(Extrinsic::from_blob(bytes))
    }

    /// The number of extrinsics that an account has signed so far, as the runtime tells it.
    pub fn nonce(&mut self, account: &[u8; 32]) -> Result<u32, ChainError> {
        let purpose = "to find the nonce of an account";
        self.query("AccountNonceApi_account_nonce", &account.encode(), purpose)
    }

    fn hash_of(&self, number: u64) -> Result<H256, ChainError> {
        u32::try_from(number)
            .ok()
            .and_then(|number| self.hashes.get(&number).copied())
            .ok_or(ChainError::UnknownBlock { number })
    }
}
