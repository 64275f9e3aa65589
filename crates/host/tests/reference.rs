//! The vectors that `go/sdk/primitives` is tested with, written by the types and the codec of the
//! reference implementation. `BLESS=1` writes the file anew.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use parity_scale_codec::{Compact, Decode, Encode};
use sp_core::{H256, crypto::AccountId32, ecdsa, ed25519, sr25519};
use sp_runtime::generic::{Digest, DigestItem, Era, Header, Preamble, UncheckedExtrinsic};
use sp_runtime::traits::BlakeTwo256;
use sp_runtime::transaction_validity::{
    InvalidTransaction, TransactionSource, TransactionValidity, TransactionValidityError,
    UnknownTransaction, ValidTransaction,
};
use sp_runtime::{
    ApplyExtrinsicResult, ArithmeticError, DispatchError, ExtrinsicInclusionMode, ModuleError,
    MultiAddress, MultiSignature, OpaqueExtrinsic, TokenError, TransactionalError,
};

type Vectors = Vec<(String, Vec<u8>)>;
type Extension = (Era, Compact<u32>, Compact<u128>);
type Extrinsic =
    UncheckedExtrinsic<MultiAddress<AccountId32, ()>, [u8; 5], MultiSignature, Extension>;

fn add(vectors: &mut Vectors, name: &str, value: &impl Encode) {
    vectors.push((name.to_owned(), value.encode()));
}

fn digest() -> Digest {
    Digest {
        logs: vec![
            DigestItem::PreRuntime(*b"aura", vec![1, 2, 3]),
            DigestItem::Consensus(*b"BABE", vec![]),
            DigestItem::Seal(*b"FRNK", vec![9; 64]),
            DigestItem::Other(b"other".to_vec()),
            DigestItem::RuntimeEnvironmentUpdated,
        ],
    }
}

fn headers(vectors: &mut Vectors) {
    add(vectors, "digest.empty", &Digest::default());
    add(vectors, "digest.all", &digest());
    for number in [0, 63, 64, 16_383, 16_384, 1 << 30, u32::MAX] {
        let header = Header::<u32, BlakeTwo256> {
            parent_hash: H256([1; 32]),
            number,
            state_root: H256([2; 32]),
            extrinsics_root: H256([3; 32]),
            digest: digest(),
        };
        add(vectors, &format!("header.{number}"), &header);
    }
    let header = Header::<u32, BlakeTwo256> {
        parent_hash: H256([1; 32]),
        number: 7,
        state_root: H256([2; 32]),
        extrinsics_root: H256([3; 32]),
        digest: Digest::default(),
    };
    let extrinsics = vec![
        OpaqueExtrinsic::from_blob(vec![4, 1, 2]),
        OpaqueExtrinsic::from_blob(vec![7; 100]),
    ];
    add(vectors, "block.two", &(header, extrinsics));
}

/// Every era there is, and the fate of every encoding of two bytes.
fn eras(vectors: &mut Vectors) {
    add(vectors, "era.immortal", &Era::Immortal);
    let mut all = Vec::new();
    for encoded in 0..=u16::MAX {
        match Era::decode(&mut &encoded.to_le_bytes()[..]) {
            Ok(era) => {
                let (period, phase) = match era {
                    Era::Immortal => (0, 0),
                    Era::Mortal(period, phase) => (period, phase),
                };
                (true, period as u32, phase as u32, era).encode_to(&mut all);
            }
            Err(_) => false.encode_to(&mut all),
        }
    }
    vectors.push((
        "sha256.eras".to_owned(),
        sp_crypto_hashing::sha2_256(&all).to_vec(),
    ));
    let mut spans = Vec::new();
    for period in [1, 4, 5, 64, 1000, 4096, 8192, 65_536, 100_000] {
        for current in [0, 1, 3, 63, 64, 65, 4095, 5000, 70_000, 4_000_000_000] {
            let era = Era::mortal(period, current);
            for at in [0, 1, current, current + 1, current + 64] {
                (era, era.birth(at), era.death(at)).encode_to(&mut spans);
            }
        }
    }
    vectors.push((
        "sha256.spans".to_owned(),
        sp_crypto_hashing::sha2_256(&spans).to_vec(),
    ));
}

fn extrinsics(vectors: &mut Vectors) {
    let alice = AccountId32::new([0xaa; 32]);
    type Address = MultiAddress<AccountId32, u32>;
    add(vectors, "address.id", &Address::Id(alice.clone()));
    add(vectors, "address.index", &Address::Index(70_000));
    add(vectors, "address.raw", &Address::Raw(vec![1, 2, 3]));
    add(vectors, "address.32", &Address::Address32([5; 32]));
    add(vectors, "address.20", &Address::Address20([6; 20]));
    let signatures = [
        (
            "ed25519",
            MultiSignature::Ed25519(ed25519::Signature::from_raw([1; 64])),
        ),
        (
            "sr25519",
            MultiSignature::Sr25519(sr25519::Signature::from_raw([2; 64])),
        ),
        (
            "ecdsa",
            MultiSignature::Ecdsa(ecdsa::Signature::from_raw([3; 65])),
        ),
        (
            "eth",
            MultiSignature::Eth(ecdsa::KeccakSignature::from_raw([4; 65])),
        ),
    ];
    for (name, signature) in &signatures {
        add(vectors, &format!("signature.{name}"), signature);
    }
    let signed = |era, nonce, tip| Extrinsic {
        preamble: Preamble::Signed(
            MultiAddress::Id(alice.clone()),
            signatures[1].1.clone(),
            (era, Compact(nonce), Compact(tip)),
        ),
        function: [2, 0, 7, 8, 9],
        encoded_call: None,
        encoded_len: None,
    };
    add(
        vectors,
        "extrinsic.signed",
        &signed(Era::mortal(64, 1000), 300, 1 << 100),
    );
    add(vectors, "extrinsic.immortal", &signed(Era::Immortal, 0, 0));
    let bare = Extrinsic {
        preamble: Preamble::Bare(4),
        function: [1; 5],
        encoded_call: None,
        encoded_len: None,
    };
    add(vectors, "extrinsic.bare", &bare);
}

fn validity(vectors: &mut Vectors) {
    for source in [
        TransactionSource::InBlock,
        TransactionSource::Local,
        TransactionSource::External,
    ] {
        add(vectors, &format!("source.{source:?}"), &source);
    }
    let valid = ValidTransaction {
        priority: 5,
        requires: vec![vec![1, 2]],
        provides: vec![vec![], vec![3; 36]],
        longevity: 64,
        propagate: true,
    };
    add(vectors, "validity.valid", &TransactionValidity::Ok(valid));
    use InvalidTransaction as I;
    for reason in [
        I::Call,
        I::Payment,
        I::Future,
        I::Stale,
        I::BadProof,
        I::AncientBirthBlock,
        I::ExhaustsResources,
        I::Custom(77),
        I::BadMandatory,
        I::MandatoryValidation,
        I::BadSigner,
        I::IndeterminateImplicit,
        I::UnknownOrigin,
    ] {
        let error = TransactionValidityError::Invalid(reason);
        add(
            vectors,
            &format!("validity.{reason:?}"),
            &TransactionValidity::Err(error),
        );
    }
    use UnknownTransaction as U;
    for reason in [U::CannotLookup, U::NoUnsignedValidator, U::Custom(78)] {
        let error = TransactionValidityError::Unknown(reason);
        add(
            vectors,
            &format!("validity.unknown{reason:?}"),
            &TransactionValidity::Err(error),
        );
    }
}

fn dispatch(vectors: &mut Vectors) {
    add(vectors, "mode.all", &ExtrinsicInclusionMode::AllExtrinsics);
    add(
        vectors,
        "mode.inherents",
        &ExtrinsicInclusionMode::OnlyInherents,
    );
    add(vectors, "result.ok", &ApplyExtrinsicResult::Ok(Ok(())));
    let stale = TransactionValidityError::Invalid(InvalidTransaction::Stale);
    add(vectors, "result.stale", &ApplyExtrinsicResult::Err(stale));
    use DispatchError as E;
    for (name, error) in [
        ("other", E::Other("text")),
        ("cannotLookup", E::CannotLookup),
        ("badOrigin", E::BadOrigin),
        (
            "module",
            E::Module(ModuleError {
                index: 2,
                error: [1, 0, 0, 0],
                message: Some("text"),
            }),
        ),
        ("consumerRemaining", E::ConsumerRemaining),
        ("noProviders", E::NoProviders),
        ("tooManyConsumers", E::TooManyConsumers),
        ("fundsUnavailable", E::Token(TokenError::FundsUnavailable)),
        ("belowMinimum", E::Token(TokenError::BelowMinimum)),
        ("notExpendable", E::Token(TokenError::NotExpendable)),
        ("blocked", E::Token(TokenError::Blocked)),
        ("underflow", E::Arithmetic(ArithmeticError::Underflow)),
        ("overflow", E::Arithmetic(ArithmeticError::Overflow)),
        (
            "divisionByZero",
            E::Arithmetic(ArithmeticError::DivisionByZero),
        ),
        ("noLayer", E::Transactional(TransactionalError::NoLayer)),
        ("exhausted", E::Exhausted),
        ("corruption", E::Corruption),
        ("unavailable", E::Unavailable),
        ("rootNotAllowed", E::RootNotAllowed),
        (
            "trie",
            E::Trie(sp_runtime::proving_trie::TrieError::DecodeError),
        ),
    ] {
        add(
            vectors,
            &format!("result.{name}"),
            &ApplyExtrinsicResult::Ok(Err(error)),
        );
    }
}

fn others(vectors: &mut Vectors) {
    let version = sp_version::RuntimeVersion {
        spec_name: "frameless".into(),
        impl_name: "polkago".into(),
        authoring_version: 1,
        spec_version: 100,
        impl_version: 2,
        apis: vec![(*b"\xdf\x6a\xcb\x68\x99\x07\x60\x9b", 5), ([1; 8], 9)].into(),
        transaction_version: 3,
        system_version: 1,
    };
    add(vectors, "version.two", &version);
    let inherents: BTreeMap<[u8; 8], Vec<u8>> = [
        (*b"timstap0", 1_700_000_000_000u64.encode()),
        (*b"auraslot", vec![1]),
    ]
    .into();
    add(vectors, "inherents.two", &inherents);
    add(vectors, "checked.failed", &(false, true, inherents));
}

#[test]
fn vectors_of_the_primitives() {
    let mut vectors = Vectors::new();
    headers(&mut vectors);
    eras(&mut vectors);
    extrinsics(&mut vectors);
    validity(&mut vectors);
    dispatch(&mut vectors);
    others(&mut vectors);
    let mut text = String::new();
    for (name, bytes) in vectors {
        write!(text, "{name} ").unwrap();
        for byte in bytes {
            write!(text, "{byte:02x}").unwrap();
        }
        text.push('\n');
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../go/sdk/primitives/testdata/reference.txt");
    if std::env::var_os("BLESS").is_some_and(|v| v == "1") {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, &text).unwrap();
    }
    let committed = std::fs::read_to_string(&path)
        .unwrap()
        .replace("\r\n", "\n");
    assert_eq!(
        committed,
        text,
        "{}: BLESS=1 writes it anew",
        path.display()
    );
}
