//! Validation of the output with every feature switched off that was not asked for.

use crate::{Error, Features};
use wasmparser::{Validator, WasmFeatures};

/// Validates a module against Wasm's MVP and the given features.
///
/// # Errors
/// [`Error::Invalid`], which means an error of the compiler.
pub fn validate(bytes: &[u8], features: Features) -> Result<(), Error> {
    let mut allowed = WasmFeatures::MVP;
    allowed.set(WasmFeatures::SIGN_EXTENSION, features.sign_ext);
    allowed.set(WasmFeatures::BULK_MEMORY, features.bulk_memory);
    allowed.set(WasmFeatures::SATURATING_FLOAT_TO_INT, features.sat_float);
    match Validator::new_with_features(allowed).validate_all(bytes) {
        Ok(_) => Ok(()),
        Err(e) => Err(Error::Invalid {
            message: e.message().to_owned(),
            offset: e.offset(),
        }),
    }
}
