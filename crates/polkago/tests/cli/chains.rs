//! Chains of the example runtime `examples/frameless`, from Go source to blocks on Polkadot's executor.

use std::sync::OnceLock;

use polkago_host::Blob;
use polkago_host::chain::{
    Chain, ChainError, Genesis, Lifetime, Outcome, Script, ScriptBlock, Signer, blocks_from_json,
    blocks_to_json,
};
use serde_json::json;
use snapbox::str;

use crate::hello::build;
use crate::{Folder, polkago, repository};

/// The runtime, built once.
fn blob() -> &'static Blob {
    static BLOB: OnceLock<Blob> = OnceLock::new();
    BLOB.get_or_init(|| {
        let folder = repository().join("examples/frameless");
        Blob::from_bytes(&build(&folder, &["."], true)).expect("it is Wasm")
    })
}

fn development() -> Chain {
    Chain::genesis(blob(), &Genesis::Preset("development".into())).expect("it has the preset")
}

fn transfer(signer: &str, dest: &str, value: u64) -> serde_json::Value {
    json!({
        "signer": signer,
        "call": { "Balances.transfer_keep_alive": { "dest": dest, "value": value } }
    })
}

/// A script of one block.
fn script(extrinsics: &[serde_json::Value]) -> ScriptBlock {
    let text = json!({ "blocks": [{ "extrinsics": extrinsics }] }).to_string();
    let script = Script::from_json(text.as_bytes()).expect("it is a script");
    script.blocks.into_iter().next().expect("it has a block")
}

#[test]
fn the_main_command_shows_that_everything_is_as_it_should_be() {
    polkago()
        .current_dir(repository())
        .args(["block", "replay", "examples/frameless"])
        .assert()
        .success()
        .stderr_eq("")
        .stdout_eq(str![[r#"
genesis  hash 0x[..]
  state root 0x[..]

block 1  hash 0x[..]
  built with 2 extrinsics in [..] ms
  state root 0x[..]
  extrinsics root 0x[..]
  block 1 executed in [..] ms
  state root 0x[..] on both

block 2  hash 0x[..]
  built with 3 extrinsics in [..] ms
  state root 0x[..]
  extrinsics root 0x[..]
  block 2 executed in [..] ms
  state root 0x[..] on both

block 3  hash 0x[..]
  built with 3 extrinsics in [..] ms
  state root 0x[..]
  extrinsics root 0x[..]

tampered with block 3
  body: a bit of the last extrinsic
    refused: `Core_execute_block` refused: block 3 is invalid: its body has the root 0x[..] and not 0x[..]
  body: the last extrinsic left out
    refused: `Core_execute_block` refused: block 3 is invalid: its body has the root 0x[..] and not 0x[..]
  body: the last extrinsic twice, with its root
    refused: `Core_execute_block` refused: block 3 is invalid: extrinsic 3 is invalid: nonce already used
  digest: an item added
    refused: `Core_execute_block` refused: block 3 is invalid: its digest has 1 items and not 0
  state root
    refused: `Core_execute_block` refused: block 3 is invalid: execution gives the state root 0x[..] and not 0x[..]
  extrinsics root
    refused: `Core_execute_block` refused: block 3 is invalid: its body has the root 0x[..] and not 0x[..]
  parent hash
    refused: the block's parent is 0x[..], but the chain's head is 0x[..]
  number
    refused: the block has number 4, but 3 is next
  signature: a bit, with the extrinsics root
    refused: `Core_execute_block` refused: block 3 is invalid: extrinsic 1 is invalid: bad signature

as it was built
  block 3 executed in [..] ms
  state root 0x[..] on both

3 blocks built and executed; roots agree, and what was tampered with is refused

"#]]);
}

#[test]
fn blocks_and_states_go_through_files() {
    let script = json!({ "blocks": [
        { "extrinsics": [transfer("//Alice", "//Bob", 5)] },
        { "extrinsics": [transfer("//Bob", "//Alice", 6), transfer("//Bob", "//Alice", 7)] },
    ]});
    let more = json!({ "blocks": [{ "extrinsics": [transfer("//Alice", "//Bob", 8)] }] });
    let folder = Folder::with(&[
        ("runtime.wasm", blob().bytes()),
        ("script.json", script.to_string().as_bytes()),
        ("more.json", more.to_string().as_bytes()),
    ]);
    let preset = ["--preset", "development"];
    let run = |first: &[&str], start: &[&str], rest: &[&str]| {
        folder.run(&[first, start, rest].concat()).success();
    };
    let build = [
        "--script",
        "script.json",
        "-o",
        "blocks.json",
        "--save-state",
        "a.json",
    ];
    run(
        &["block", "build"],
        &preset,
        &[&build[..], &["runtime.wasm"]].concat(),
    );
    let execute = ["--save-state", "b.json", "runtime.wasm", "blocks.json"];
    run(&["block", "execute"], &preset, &execute);
    let read = |name: &str| std::fs::read(folder.path().join(name)).expect("it was written");
    assert!(read("a.json") == read("b.json"));

    // Both chains go on from their files.
    let state = ["--state", "a.json"];
    let build = [
        "--script",
        "more.json",
        "-o",
        "more-blocks.json",
        "--save-state",
        "c.json",
    ];
    run(&["block", "build"], &state, &build);
    let execute = [
        "--state",
        "b.json",
        "--save-state",
        "d.json",
        "more-blocks.json",
    ];
    run(&["block", "execute"], &[], &execute);
    assert!(read("c.json") == read("d.json"));

    // The last block is traced after those before it; of its two transfers each signature is verified once.
    let trace = [
        "trace",
        "--json",
        "--preset",
        "development",
        "--block",
        "blocks.json",
    ];
    let output = folder
        .run(&[&trace[..], &["runtime.wasm"]].concat())
        .success();
    let traced: serde_json::Value =
        serde_json::from_slice(&output.get_output().stdout).expect("it is JSON");
    let calls = traced["calls"].as_array().expect("it lists calls");
    let verified = |call: &&serde_json::Value| {
        call["name"] == "ext_crypto_sr25519_verify_version_2"
            && call["args"][0]["bytes"] == 64
            && call["result"]["number"] == 1
    };
    assert_eq!(calls.iter().filter(verified).count(), 2);

    // A state that was changed is not taken.
    let text = String::from_utf8(read("a.json")).expect("it is JSON");
    let mut state: serde_json::Value = serde_json::from_str(&text).expect("it is JSON");
    state["genesis"]["raw"]["top"]["0x00"] = "0x01".into();
    std::fs::write(folder.path().join("a.json"), state.to_string()).expect("it can be written");
    folder.fails(
        &["block", "execute", "--state", "a.json", "more-blocks.json"],
        str![[r#"
polkago: the state file says that its root is 0x[..], but its entries have 0x[..]
	the file was changed after it was saved

"#]],
    );
    // A block of another parent is refused by name.
    folder.fails(
        &["block", "execute", "--state", "c.json", "more-blocks.json"],
        str![[r#"
polkago: the block's parent is 0x[..], but the chain's head is 0x[..]

"#]],
    );
}

#[test]
fn blocks_survive_their_json() {
    let mut chain = development();
    let built = chain
        .build_script(&script(&[transfer("//Alice", "//Bob", 5)]))
        .expect("it builds");
    let text = blocks_to_json(std::slice::from_ref(&built.block));
    let read = blocks_from_json(text.as_bytes()).expect("it reads its own writing");
    assert_eq!(read, [built.block]);
}

#[test]
fn extrinsics_that_the_runtime_refuses_are_left_out_with_a_reason() {
    let mut stale = transfer("//Alice", "//Bob", 5);
    stale["nonce"] = 0.into();
    let mut future = transfer("//Bob", "//Alice", 5);
    future["nonce"] = 7.into();
    let stranger = transfer("//Stranger", "//Alice", 5);
    let truncated = json!({ "raw": "0x0884ff" });
    let mut chain = development();
    let first = transfer("//Alice", "//Bob", 5);
    let built = chain
        .build_script(&script(&[first, stale, future, stranger, truncated]))
        .expect("the block is built without them");
    // The timestamp and the first transfer.
    assert_eq!(built.outcomes, [Outcome::Done, Outcome::Done]);
    let reasons: Vec<&str> = built.invalid.iter().map(|(_, why)| why.as_str()).collect();
    assert_eq!(
        reasons,
        [
            "Transaction is outdated",
            "Transaction will be valid in the future",
            "Inability to pay some fees (e.g. account balance too low)",
            "Transaction call is not expected",
        ]
    );
    let mut importer = development();
    importer.execute(&built.block).expect("the block is good");
}

#[test]
fn calls_that_fail_stay_in_the_block() {
    let mut chain = development();
    let built = chain
        .build_script(&script(&[transfer("//Alice", "//Nobody", 1)]))
        .expect("it builds");
    assert!(
        matches!(built.outcomes[..], [Outcome::Done, Outcome::Failed(_)]),
        "{:?}",
        built.outcomes
    );
    let alice = Signer::from_uri("//Alice").expect("it is a key").account();
    assert_eq!(chain.nonce(&alice), Ok(1));
}

#[test]
fn mortal_extrinsics_die() {
    let mut chain = development();
    let alice = Signer::from_uri("//Alice").expect("it is a key");
    let remark = [0, 0, 0];
    let sign = |chain: &Chain, lifetime| chain.sign(&alice, &remark, 0, 0, lifetime);
    let mortal = sign(&chain, Lifetime::Mortal(4)).expect("its era begins with genesis");
    let immortal = sign(&chain, Lifetime::Immortal).expect("it has no era");
    for _ in 0..5 {
        chain
            .build_script(&ScriptBlock::default())
            .expect("it builds");
    }
    let time = 1_800_000_000_000;
    let built = chain.build(&[mortal, immortal], time).expect("it builds");
    assert_eq!(built.invalid.len(), 1, "{:?}", built.invalid);
    assert_eq!(built.invalid[0].0, 0);
    assert_eq!(built.outcomes, [Outcome::Done, Outcome::Done]);
}

#[test]
fn a_wrong_genesis_is_refused_with_a_reason() {
    let refused = Chain::genesis(blob(), &Genesis::Config(br#"{"unknown": 1}"#.to_vec()));
    assert!(matches!(refused, Err(ChainError::Genesis { .. })));
    match Chain::genesis(blob(), &Genesis::Preset("missing".into())) {
        Err(ChainError::UnknownPreset { name, known }) => {
            assert_eq!(name, "missing");
            assert!(known.contains(&"development".to_owned()));
        }
        _ => panic!("there is no such preset"),
    }
}

#[test]
fn calls_are_encoded_by_the_metadata() {
    let mut chain = development();
    for (call, message) in [
        (
            json!({ "Balances.fly": {} }),
            "Balances.fly: the calls are transfer_keep_alive",
        ),
        (
            json!({ "Balances.transfer_keep_alive": { "dest": "//Bob" } }),
            "Balances.transfer_keep_alive.value: it is missing",
        ),
        (
            json!({ "Balances.transfer_keep_alive": { "dest": "nobody", "value": 1 } }),
            "Balances.transfer_keep_alive.dest: \"nobody\" is no account",
        ),
        (
            json!({ "Balances.transfer_keep_alive": { "dest": "//Bob", "value": -1 } }),
            "Balances.transfer_keep_alive.value: it must be a whole number from 0 to \
             340282366920938463463374607431768211455",
        ),
        (
            json!(7),
            "call: it must be bytes in hexadecimal, or a name with arguments",
        ),
    ] {
        let extrinsics = script(&[json!({ "signer": "//Alice", "call": call })]).extrinsics;
        let error = chain.sign_script(&extrinsics).expect_err("it must fail");
        assert_eq!(error.to_string(), message);
    }
}

#[test]
fn an_upgrade_takes_effect_with_the_next_block() {
    let source = repository().join("examples/frameless");
    let folder = Folder::empty();
    let copy = folder.path().join("examples/frameless");
    crate::hello::copy(&source, &copy);
    crate::hello::copy(&repository().join("go/sdk"), &folder.path().join("go/sdk"));
    let main = std::fs::read_to_string(copy.join("main.go")).expect("it is there");
    let raised: String = main
        .lines()
        .map(|line| match line.trim_start().starts_with("SpecVersion:") {
            true => "\tSpecVersion: 2,\n".to_owned(),
            false => format!("{line}\n"),
        })
        .collect();
    assert_ne!(main, raised);
    std::fs::write(copy.join("main.go"), raised).expect("it can be written");
    let code = build(&copy, &["."], true);
    let hex: String = code.iter().map(|byte| format!("{byte:02x}")).collect();

    let upgrade = json!({
        "signer": "//Alice",
        "call": { "System.set_code": { "code": format!("0x{hex}") } }
    });
    let (mut author, mut importer) = (development(), development());
    let built = author.build_script(&script(&[upgrade])).expect("it builds");
    assert_eq!(built.outcomes, [Outcome::Done, Outcome::Done]);
    importer.execute(&built.block).expect("the block is good");
    assert_eq!(
        (
            author.version().spec_version,
            importer.version().spec_version
        ),
        (2, 2)
    );
    let built = author
        .build_script(&script(&[transfer("//Alice", "//Bob", 5)]))
        .expect("it builds");
    assert_eq!(built.outcomes, [Outcome::Done, Outcome::Done]);
    importer.execute(&built.block).expect("the block is good");
}

/// The same runtime with an allocator of its own, whose host functions write into its buffers: blocks and refusals are
/// the same.
#[test]
fn blocks_of_a_runtime_with_its_own_allocator() {
    let folder = Folder::empty();
    let target = ["--target", "polkadot-rfc145", "-o"];
    for example in ["hello", "frameless"] {
        polkago()
            .args([&["build"], &target[..]].concat())
            .arg(folder.path().join(format!("{example}.wasm")))
            .arg(repository().join("examples").join(example))
            .assert()
            .success();
    }
    let script = repository().join("examples/frameless/blocks.json");
    let script = script.to_str().expect("it is Unicode");
    folder
        .run(&["block", "replay", "--script", script, "frameless.wasm"])
        .success()
        .stdout_eq(str![[r#"
...
3 blocks built and executed; roots agree, and what was tampered with is refused

"#]]);
    folder
        .run(&["call", "hello.wasm", "Hello_churn", "0x40420f00"])
        .success()
        .stdout_eq("0xc04de471\n");
    folder
        .run(&["call", "hello.wasm", "Hello_churn", "0x00"])
        .code(1)
        .stderr_eq(str![[r#"
error runtime: panic: Hello_churn takes a little-endian u32
polkago: `Hello_churn` trapped: wasm `unreachable` instruction executed
...
"#]]);
    let report = |name: &str| {
        let bytes = std::fs::read(folder.path().join(name)).expect("it was built");
        polkago_host::inspect(&bytes).expect("it is valid")
    };
    let hello = report("hello.wasm");
    assert!(hello.features.is_empty());
    let imports: Vec<&str> = hello.imports.iter().map(|i| i.name.as_str()).collect();
    assert_eq!(
        imports,
        ["ext_input_read_version_1", "ext_logging_log_version_1"]
    );
}
