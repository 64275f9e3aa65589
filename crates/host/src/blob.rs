//! A blob as it comes from a file or from chain storage: plain Wasm, or Wasm compressed with the
//! prefix and the method that nodes use (Zstandard behind eight magic bytes).

use std::borrow::Cow;

use sp_maybe_compressed_blob::{CODE_BLOB_BOMB_LIMIT, Error as CompressionError};

use crate::error::Error;

/// First four bytes of every Wasm binary (Wasm specification, section 5.5.16).
const WASM_MAGIC: &[u8; 4] = b"\0asm";

/// Version and layer of a core module: 1 and 0. A component has layer 1.
const CORE_MODULE: &[u8; 4] = &[1, 0, 0, 0];

/// A Wasm module's bytes, decompressed. It starts like a Wasm module, which is all that is known
/// of it: [`inspect()`](crate::inspect()) and [`Runtime::compile`](crate::Runtime::compile)
/// validate the rest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Blob {
    code: Vec<u8>,
    /// What was given, where that was compressed.
    compressed: Option<Vec<u8>>,
    hash: [u8; 32],
}

impl Blob {
    /// Reads a blob, decompressing it where it carries the prefix of a compressed one. At most
    /// 50 MiB come out of that, the limit that nodes set.
    pub fn from_bytes(bytes: &[u8]) -> Result<Blob, Error> {
        let code =
            sp_maybe_compressed_blob::decompress(bytes, CODE_BLOB_BOMB_LIMIT).map_err(|error| {
                let reason = match error {
                    CompressionError::PossibleBomb => format!(
                        "it unpacks to more than {} MiB",
                        CODE_BLOB_BOMB_LIMIT / (1024 * 1024)
                    ),
                    CompressionError::Invalid => "it is not a Zstandard stream".to_owned(),
                };
                Error::BadCompression { reason }
            })?;
        let compressed = matches!(code, Cow::Owned(_)).then(|| bytes.to_vec());
        if let Some(found) = not_wasm(&code) {
            return Err(Error::NotWasm { found });
        }
        Ok(Blob {
            hash: sp_crypto_hashing::blake2_256(bytes),
            code: code.into_owned(),
            compressed,
        })
    }

    /// The Wasm module, decompressed.
    pub fn code(&self) -> &[u8] {
        &self.code
    }

    /// Length in bytes of the compressed form that was given, `None` where it was plain.
    pub fn compressed_size(&self) -> Option<usize> {
        self.compressed.as_ref().map(Vec::len)
    }

    /// The bytes as they were given, compressed or not: what a chain stores under `:code`.
    pub fn bytes(&self) -> &[u8] {
        self.compressed.as_deref().unwrap_or(&self.code)
    }

    /// The module in the form that nodes compress runtimes to, at the strongest level. The same
    /// module gives the same bytes. A compressed blob is compressed anew.
    pub fn compress(&self) -> Result<Vec<u8>, Error> {
        sp_maybe_compressed_blob::compress_strongly(&self.code, CODE_BLOB_BOMB_LIMIT).ok_or_else(
            || Error::BadCompression {
                reason: format!(
                    "nodes unpack at most {} MiB",
                    CODE_BLOB_BOMB_LIMIT / (1024 * 1024)
                ),
            },
        )
    }

    /// BLAKE2b-256 of the bytes as they were given, compressed or not: the code hash that
    /// `system.authorizeUpgrade` takes.
    pub fn code_hash(&self) -> [u8; 32] {
        self.hash
    }
}

/// What `code` looks like if it cannot be a core Wasm module.
fn not_wasm(code: &[u8]) -> Option<String> {
    if code.is_empty() {
        return Some("it is empty".into());
    }
    let Some(rest) = code.strip_prefix(WASM_MAGIC) else {
        return Some(match code {
            [b'P', b'V', b'M', 0, ..] => "it is a PolkaVM program".into(),
            _ if code
                .iter()
                .take(64)
                .all(|b| b.is_ascii_graphic() || b.is_ascii_whitespace()) =>
            {
                "it is a text file".into()
            }
            _ => {
                let start: Vec<String> = code.iter().take(4).map(|b| format!("{b:02x}")).collect();
                format!(
                    "it starts with the bytes {} instead of 00 61 73 6d",
                    start.join(" ")
                )
            }
        });
    };
    match rest.first_chunk::<4>() {
        Some(CORE_MODULE) => None,
        Some([_, _, 1, 0]) => Some("it is a component, not a core module".into()),
        Some([a, b, c, d]) => Some(format!(
            "its version is {}, not 1",
            u32::from_le_bytes([*a, *b, *c, *d])
        )),
        None => Some("it ends after the magic number".into()),
    }
}
