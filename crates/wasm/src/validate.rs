//! Validation of the output with every feature switched off that was not asked for.

use crate::{Error, Features};
use rayon::prelude::*;
use wasmparser::{
    BinaryReaderError, FuncValidatorAllocations, Parser, ValidPayload, Validator, WasmFeatures,
};

/// Validates a module against Wasm's MVP and the given features.
///
/// # Errors
/// [`Error::Invalid`], which means an error of the compiler.
pub fn validate(bytes: &[u8], features: Features) -> Result<(), Error> {
    let mut allowed = WasmFeatures::MVP;
    allowed.set(WasmFeatures::SIGN_EXTENSION, features.sign_ext);
    allowed.set(WasmFeatures::BULK_MEMORY, features.bulk_memory);
    allowed.set(WasmFeatures::SATURATING_FLOAT_TO_INT, features.sat_float);
    valid(bytes, allowed).map_err(|e| Error::Invalid {
        message: e.message().to_owned(),
        offset: e.offset(),
    })
}

/// The same in terms of the library: sections in order, then the bodies of functions side by side.
fn valid(bytes: &[u8], allowed: WasmFeatures) -> Result<(), BinaryReaderError> {
    let mut validator = Validator::new_with_features(allowed);
    let mut bodies = Vec::new();
    for payload in Parser::new(0).parse_all(bytes) {
        if let ValidPayload::Func(func, body) = validator.payload(&payload?)? {
            bodies.push((func, body));
        }
    }
    // Of several mistakes the first one is told.
    let found = bodies.into_par_iter().map_init(
        FuncValidatorAllocations::default,
        |allocations, (func, body)| {
            let mut validator = func.into_validator(std::mem::take(allocations));
            let result = validator.validate(&body);
            *allocations = validator.into_allocations();
            result.err()
        },
    );
    match found.find_first(Option::is_some).flatten() {
        Some(error) => Err(error),
        None => Ok(()),
    }
}
