//! Which Wasm proposals a module needs.
//!
//! The validator is the judge: a feature is needed if the module does not validate without it.
//! The search starts from the smallest published edition of Wasm that takes the module, and
//! drops one feature after the other, the newest first, as long as the module stays valid. So a
//! strict MVP module, the common case here, costs a single validation, another one about thirty.

use wasmparser::{Validator, WasmFeatures};

/// A proposal: its name, the flags that must be on for it to work, and the flag that is its own.
/// The last two differ where the validator splits a smaller proposal off.
struct Feature {
    name: &'static str,
    flags: WasmFeatures,
    own: WasmFeatures,
}

const fn feature(name: &'static str, flags: WasmFeatures) -> Feature {
    Feature {
        name,
        flags,
        own: flags,
    }
}

const fn wider(name: &'static str, flags: WasmFeatures, part: WasmFeatures) -> Feature {
    Feature {
        name,
        flags,
        own: flags.difference(part),
    }
}

/// Every proposal for core modules that the validator knows, about in the order in which they
/// came. What builds upon another one stands behind it.
const FEATURES: &[Feature] = &[
    feature("mutable-globals", WasmFeatures::MUTABLE_GLOBAL),
    feature("sign-extension", WasmFeatures::SIGN_EXTENSION),
    feature(
        "saturating-float-to-int",
        WasmFeatures::SATURATING_FLOAT_TO_INT,
    ),
    feature("multi-value", WasmFeatures::MULTI_VALUE),
    feature("bulk-memory-opt", WasmFeatures::BULK_MEMORY_OPT),
    wider(
        "bulk-memory",
        WasmFeatures::BULK_MEMORY,
        WasmFeatures::BULK_MEMORY_OPT,
    ),
    feature(
        "call-indirect-overlong",
        WasmFeatures::CALL_INDIRECT_OVERLONG,
    ),
    wider(
        "reference-types",
        WasmFeatures::REFERENCE_TYPES,
        WasmFeatures::CALL_INDIRECT_OVERLONG,
    ),
    feature("simd", WasmFeatures::SIMD),
    feature("extended-const", WasmFeatures::EXTENDED_CONST),
    feature("tail-call", WasmFeatures::TAIL_CALL),
    feature("multi-memory", WasmFeatures::MULTI_MEMORY),
    feature("threads", WasmFeatures::THREADS),
    feature("exceptions", WasmFeatures::EXCEPTIONS),
    feature("legacy-exceptions", WasmFeatures::LEGACY_EXCEPTIONS),
    feature("memory64", WasmFeatures::MEMORY64),
    feature("relaxed-simd", WasmFeatures::RELAXED_SIMD),
    feature("function-references", WasmFeatures::FUNCTION_REFERENCES),
    feature("gc", WasmFeatures::GC),
    feature("wide-arithmetic", WasmFeatures::WIDE_ARITHMETIC),
    feature("compact-imports", WasmFeatures::COMPACT_IMPORTS),
    feature("custom-page-sizes", WasmFeatures::CUSTOM_PAGE_SIZES),
    feature("memory-control", WasmFeatures::MEMORY_CONTROL),
    feature("stack-switching", WasmFeatures::STACK_SWITCHING),
    feature("custom-descriptors", WasmFeatures::CUSTOM_DESCRIPTORS),
    feature(
        "shared-everything-threads",
        WasmFeatures::SHARED_EVERYTHING_THREADS,
    ),
    feature(
        "acquire-release-atomics",
        WasmFeatures::ACQUIRE_RELEASE_ATOMICS,
    ),
    feature(
        "multibyte-array-access",
        WasmFeatures::MULTIBYTE_ARRAY_ACCESS,
    ),
];

/// Everything that [`FEATURES`] lists.
pub(crate) fn all() -> WasmFeatures {
    FEATURES
        .iter()
        .fold(WasmFeatures::MVP, |set, feature| set.union(feature.flags))
}

/// Names of the proposals beyond the Wasm MVP that `code` needs, in the order of [`FEATURES`].
/// `code` is known to validate with [`all()`] of them.
pub(crate) fn needed(code: &[u8]) -> Vec<String> {
    if validates(code, WasmFeatures::MVP) {
        return Vec::new();
    }
    let mut set = [
        WasmFeatures::LIME1,
        WasmFeatures::WASM2,
        WasmFeatures::WASM3,
    ]
    .into_iter()
    .find(|edition| validates(code, *edition))
    .unwrap_or_else(all);
    for feature in FEATURES.iter().rev() {
        let without = set.difference(feature.own);
        if without != set && validates(code, without) {
            set = without;
        }
    }
    FEATURES
        .iter()
        .filter(|feature| set.contains(feature.flags))
        // What is on only as a part of a wider proposal needs no mention.
        .filter(|feature| {
            !FEATURES.iter().any(|other| {
                other.flags != feature.flags
                    && other.flags.contains(feature.flags)
                    && set.contains(other.flags)
            })
        })
        .map(|feature| feature.name.to_owned())
        .collect()
}

fn validates(code: &[u8], features: WasmFeatures) -> bool {
    Validator::new_with_features(features)
        .validate_all(code)
        .is_ok()
}
