//! The answer of `Core_version`.

mod common;

use common::error;
use parity_scale_codec::Encode;
use polkago_host::RuntimeVersion;

fn version() -> sp_version::RuntimeVersion {
    sp_version::RuntimeVersion {
        spec_name: "hello".into(),
        impl_name: "polkago".into(),
        authoring_version: 1,
        spec_version: 100,
        impl_version: 2,
        apis: vec![
            ([0xdf, 0x6a, 0xcb, 0x68, 0x99, 0x07, 0x60, 0x9b], 5),
            ([1, 2, 3, 4, 5, 6, 7, 8], 9),
        ]
        .into(),
        transaction_version: 3,
        system_version: 1,
    }
}

#[test]
fn versions_are_decoded() {
    let decoded = RuntimeVersion::decode(&version().encode()).unwrap();
    assert_eq!(
        decoded.to_string(),
        "spec name            hello\n\
         impl name            polkago\n\
         authoring version    1\n\
         spec version         100\n\
         impl version         2\n\
         transaction version  3\n\
         system version       1\n\
         runtime API          0xdf6acb689907609b Core 5\n\
         runtime API          0x0102030405060708 an API unknown here 9"
    );
}

#[test]
fn what_is_no_version_is_refused() {
    let mut bytes = version().encode();
    bytes.push(0);
    assert_eq!(
        error(RuntimeVersion::decode(&bytes)).to_string(),
        "this is not a SCALE-encoded RuntimeVersion: 1 of its 57 bytes are left over"
    );
    for end in 0..bytes.len() - 1 {
        let error = error(RuntimeVersion::decode(&bytes[..end]));
        assert!(
            error.to_string().contains(&format!("(it has {end} bytes)")),
            "{error}"
        );
    }
}
