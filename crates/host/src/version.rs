//! What a runtime tells about itself: the answer of `Core_version`, and the same from the custom
//! sections of the blob. Decoding is `sp-version`'s, which knows the older forms.

use std::fmt;

use serde::Serialize;

use crate::error::Error;
use crate::inspect::hex;

/// Traits of polkadot-sdk whose runtime APIs nodes and wallets look for. An API's id is the
/// BLAKE2b-64 hash of its trait's name, so that a name can only be guessed.
const KNOWN_APIS: &[&str] = &[
    "Core",
    "Metadata",
    "BlockBuilder",
    "TaggedTransactionQueue",
    "OffchainWorkerApi",
    "SessionKeys",
    "AccountNonceApi",
    "TransactionPaymentApi",
    "TransactionPaymentCallApi",
    "GenesisBuilder",
    "AuraApi",
    "BabeApi",
    "GrandpaApi",
    "BeefyApi",
    "MmrApi",
    "AuthorityDiscoveryApi",
    "NominationPoolsApi",
    "StakingApi",
    "ParachainHost",
    "CollectCollationInfo",
    "AuraUnincludedSegmentApi",
    "GetParachainInfo",
    "RelayParentOffsetApi",
    "XcmPaymentApi",
    "DryRunApi",
    "LocationToAccountApi",
    "TrustedQueryApi",
    "AssetConversionApi",
    "FungiblesApi",
    "NftsApi",
    "ContractsApi",
    "ReviveApi",
    "Benchmark",
    "TryRuntime",
    "ViewFunction",
    "RuntimeViewFunction",
];

/// A runtime's version. See the Polkadot specification, appendix C, `Core_version`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RuntimeVersion {
    /// The chain's name; runtimes with the same name and `spec_version` behave alike.
    pub spec_name: String,
    /// Who made the runtime.
    pub impl_name: String,
    /// Version of the interface for block authors.
    pub authoring_version: u32,
    /// Raised with each change of what the runtime does.
    pub spec_version: u32,
    /// Raised with each change that leaves that alone.
    pub impl_version: u32,
    /// The runtime APIs, in the runtime's order.
    pub apis: Vec<ApiVersion>,
    /// Raised when extrinsics are encoded in another way.
    pub transaction_version: u32,
    /// Version of the trie's layout, and of what else the host does for the runtime.
    pub system_version: u8,
}

/// One runtime API and its version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ApiVersion {
    /// BLAKE2b-64 of the API's name, in hex with `0x`.
    pub id: String,
    /// The name, where it is one that polkadot-sdk uses.
    pub name: Option<&'static str>,
    /// The API's version.
    pub version: u32,
}

impl RuntimeVersion {
    /// Decodes the answer of `Core_version`. Bytes left over are an error: they mean that the
    /// runtime and this decoder disagree on the form.
    pub fn decode(mut bytes: &[u8]) -> Result<RuntimeVersion, Error> {
        use parity_scale_codec::Decode;
        let total = bytes.len();
        let version =
            sp_version::RuntimeVersion::decode(&mut bytes).map_err(|error| Error::BadVersion {
                reason: decode_reason(&error, total),
            })?;
        if !bytes.is_empty() {
            return Err(Error::BadVersion {
                reason: format!("{} of its {total} bytes are left over", bytes.len()),
            });
        }
        Ok(version.into())
    }
}

fn decode_reason(error: &parity_scale_codec::Error, total: usize) -> String {
    // The decoder's text has one cause a line, the outermost first.
    let causes: Vec<String> = error
        .to_string()
        .lines()
        .map(|line| line.trim().trim_end_matches(':').to_owned())
        .filter(|line| !line.is_empty())
        .collect();
    format!("{} (it has {total} bytes)", causes.join(": "))
}

impl From<sp_version::RuntimeVersion> for RuntimeVersion {
    fn from(version: sp_version::RuntimeVersion) -> Self {
        RuntimeVersion {
            spec_name: version.spec_name.into_owned(),
            impl_name: version.impl_name.into_owned(),
            authoring_version: version.authoring_version,
            spec_version: version.spec_version,
            impl_version: version.impl_version,
            apis: version
                .apis
                .iter()
                .map(|(id, version)| ApiVersion {
                    id: hex(id),
                    name: KNOWN_APIS
                        .iter()
                        .copied()
                        .find(|name| sp_crypto_hashing::blake2_64(name.as_bytes()) == *id),
                    version: *version,
                })
                .collect(),
            transaction_version: version.transaction_version,
            system_version: version.system_version,
        }
    }
}

/// One field a line, the runtime APIs last.
impl fmt::Display for RuntimeVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "spec name            {}", self.spec_name)?;
        writeln!(f, "impl name            {}", self.impl_name)?;
        writeln!(f, "authoring version    {}", self.authoring_version)?;
        writeln!(f, "spec version         {}", self.spec_version)?;
        writeln!(f, "impl version         {}", self.impl_version)?;
        writeln!(f, "transaction version  {}", self.transaction_version)?;
        write!(f, "system version       {}", self.system_version)?;
        for api in &self.apis {
            let name = api.name.unwrap_or("an API unknown here");
            write!(
                f,
                "\nruntime API          {} {name} {}",
                api.id, api.version
            )?;
        }
        Ok(())
    }
}
