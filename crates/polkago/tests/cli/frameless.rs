//! The example runtime with accounts, on Polkadot's executor: its metadata, read by the crate that clients use.

use std::collections::BTreeSet;

use frame_metadata::v14::{RuntimeMetadataV14, StorageEntryType};
use frame_metadata::{RuntimeMetadata, RuntimeMetadataPrefixed};
use parity_scale_codec::{Decode, DecodeAll};
use polkago_host::{Blob, CallOptions, Runtime, State};
use scale_info::{TypeDef, form::PortableForm};

use crate::hello::build;
use crate::repository;

/// The answers of the runtime to calls on an empty state.
fn answers(calls: &[(&str, &[u8])]) -> Vec<Vec<u8>> {
    let bytes = build(&repository().join("examples/frameless"), &["."], true);
    let blob = Blob::from_bytes(&bytes).expect("it is Wasm");
    let runtime = Runtime::compile(&blob).expect("the executor takes it");
    let mut state = State::new(&blob);
    let options = CallOptions::default();
    let mut call = |method, input| runtime.call(&mut state, method, input, &options);
    calls
        .iter()
        .map(|(method, input)| call(method, input).expect("the call succeeds").output)
        .collect()
}

/// Decodes all of a document of version 14.
fn decode(document: &[u8]) -> RuntimeMetadataV14 {
    match RuntimeMetadataPrefixed::decode_all(&mut &document[..]) {
        Ok(RuntimeMetadataPrefixed(_, RuntimeMetadata::V14(metadata))) => metadata,
        other => panic!("not a document of version 14: {other:?}"),
    }
}

/// The types that a type refers to.
fn refers(def: &TypeDef<PortableForm>) -> Vec<u32> {
    match def {
        TypeDef::Composite(t) => t.fields.iter().map(|f| f.ty.id).collect(),
        TypeDef::Variant(t) => t
            .variants
            .iter()
            .flat_map(|v| &v.fields)
            .map(|f| f.ty.id)
            .collect(),
        TypeDef::Sequence(t) => vec![t.type_param.id],
        TypeDef::Array(t) => vec![t.type_param.id],
        TypeDef::Tuple(t) => t.fields.iter().map(|f| f.id).collect(),
        TypeDef::Primitive(_) => vec![],
        TypeDef::Compact(t) => vec![t.type_param.id],
        TypeDef::BitSequence(t) => vec![t.bit_store_type.id, t.bit_order_type.id],
    }
}

/// The types that the rest of the document refers to.
fn roots(metadata: &RuntimeMetadataV14) -> Vec<u32> {
    let mut ids = vec![metadata.ty.id, metadata.extrinsic.ty.id];
    for extension in &metadata.extrinsic.signed_extensions {
        ids.extend([extension.ty.id, extension.additional_signed.id]);
    }
    for pallet in &metadata.pallets {
        ids.extend(pallet.calls.iter().map(|t| t.ty.id));
        ids.extend(pallet.event.iter().map(|t| t.ty.id));
        ids.extend(pallet.error.iter().map(|t| t.ty.id));
        ids.extend(pallet.constants.iter().map(|c| c.ty.id));
        for entry in pallet.storage.iter().flat_map(|s| &s.entries) {
            match &entry.ty {
                StorageEntryType::Plain(ty) => ids.push(ty.id),
                StorageEntryType::Map { key, value, .. } => ids.extend([key.id, value.id]),
            }
        }
    }
    ids
}

#[test]
fn metadata_is_read_by_the_reference_implementation() {
    let answers = answers(&[
        ("Metadata_metadata", &[]),
        ("Metadata_metadata_at_version", &14u32.to_le_bytes()),
        ("Metadata_metadata_at_version", &15u32.to_le_bytes()),
        ("Metadata_metadata_versions", &[]),
    ]);
    let document = Vec::<u8>::decode_all(&mut &answers[0][..]).unwrap();
    assert_eq!(
        Option::<Vec<u8>>::decode_all(&mut &answers[1][..]),
        Ok(Some(document.clone()))
    );
    assert_eq!(
        Option::<Vec<u8>>::decode_all(&mut &answers[2][..]),
        Ok(None)
    );
    assert_eq!(Vec::<u32>::decode_all(&mut &answers[3][..]), Ok(vec![14]));

    let metadata = decode(&document);
    for (at, ty) in metadata.types.types.iter().enumerate() {
        assert_eq!(at as u32, ty.id, "types are numbered in their order");
        let parameters = ty.ty.type_params.iter().filter_map(|p| p.ty.map(|t| t.id));
        for id in refers(&ty.ty.type_def).into_iter().chain(parameters) {
            assert!(
                metadata.types.resolve(id).is_some(),
                "type {at} refers to {id}"
            );
        }
    }
    // Every type is there for something.
    let mut used = BTreeSet::new();
    let mut open = roots(&metadata);
    while let Some(id) = open.pop() {
        let ty = metadata
            .types
            .resolve(id)
            .unwrap_or_else(|| panic!("no type {id}"));
        if used.insert(id) {
            open.extend(refers(&ty.type_def));
            open.extend(ty.type_params.iter().filter_map(|p| p.ty.map(|t| t.id)));
        }
    }
    assert_eq!(
        used.len(),
        metadata.types.types.len(),
        "types that nothing refers to"
    );

    let pallets: Vec<_> = metadata
        .pallets
        .iter()
        .map(|p| (p.index, p.name.as_str()))
        .collect();
    assert_eq!(
        pallets,
        [
            (0, "System"),
            (1, "Timestamp"),
            (2, "Balances"),
            (3, "Storage")
        ]
    );
    let extensions: Vec<_> = metadata
        .extrinsic
        .signed_extensions
        .iter()
        .map(|e| e.identifier.as_str())
        .collect();
    assert_eq!(
        extensions,
        [
            "CheckSpecVersion",
            "CheckTxVersion",
            "CheckGenesis",
            "CheckMortality",
            "CheckNonce",
            "ChargeTransactionPayment"
        ]
    );
    let system = &metadata.pallets[0];
    let constant = |name| {
        &system
            .constants
            .iter()
            .find(|c| c.name == name)
            .unwrap()
            .value
    };
    let version = sp_version::RuntimeVersion::decode(&mut &constant("Version")[..]).unwrap();
    assert_eq!(
        (version.spec_name.as_ref(), version.apis.len()),
        ("frameless", 6)
    );
    assert_eq!(
        u32::decode_all(&mut &constant("BlockHashCount")[..]),
        Ok(256)
    );
}

#[test]
fn sections_say_what_the_version_call_answers() {
    let bytes = build(&repository().join("examples/frameless"), &["."], true);
    let report = polkago_host::inspect(&bytes).expect("it is a runtime");
    let embedded = report
        .version
        .expect("the executor reads a version from the sections");
    let answer = answers(&[("Core_version", &[])]).remove(0);
    let answered = polkago_host::RuntimeVersion::decode(&answer).expect("it is a version");
    assert_eq!(embedded, answered);
    assert_eq!(embedded.apis.len(), 6);
    assert!(embedded.apis.iter().all(|api| api.name.is_some()));
}
