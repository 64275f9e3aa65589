//! Help: every command explains itself, with examples.

use crate::polkago;
use snapbox::file;

#[test]
fn polkago_explains_itself() {
    polkago()
        .arg("--help")
        .assert()
        .success()
        .stdout_eq(file!["help/polkago.txt"]);
}

#[test]
fn build_explains_itself() {
    polkago()
        .args(["build", "--help"])
        .assert()
        .success()
        .stdout_eq(file!["help/build.txt"]);
}

#[test]
fn run_explains_itself() {
    polkago()
        .args(["run", "--help"])
        .assert()
        .success()
        .stdout_eq(file!["help/run.txt"]);
}

#[test]
fn test_explains_itself() {
    polkago()
        .args(["test", "--help"])
        .assert()
        .success()
        .stdout_eq(file!["help/test.txt"]);
}

#[test]
fn check_explains_itself() {
    polkago()
        .args(["check", "--help"])
        .assert()
        .success()
        .stdout_eq(file!["help/check.txt"]);
}

#[test]
fn call_explains_itself() {
    polkago()
        .args(["call", "--help"])
        .assert()
        .success()
        .stdout_eq(file!["help/call.txt"]);
}

#[test]
fn inspect_explains_itself() {
    polkago()
        .args(["inspect", "--help"])
        .assert()
        .success()
        .stdout_eq(file!["help/inspect.txt"]);
}

#[test]
fn explain_explains_itself() {
    polkago()
        .args(["explain", "--help"])
        .assert()
        .success()
        .stdout_eq(file!["help/explain.txt"]);
}

#[test]
fn generate_explains_itself() {
    polkago()
        .args(["generate", "--help"])
        .assert()
        .success()
        .stdout_eq(file!["help/generate.txt"]);
}

#[test]
fn wrong_usage_has_its_own_exit_code() {
    for args in [
        &[][..],
        &["frobnicate"],
        &["run"],
        &["call"],
        &["call", "--repeat", "0", "a.wasm", "M"],
    ] {
        polkago().args(args).assert().code(2).stdout_eq("");
    }
}

#[test]
fn trace_explains_itself() {
    polkago()
        .args(["trace", "--help"])
        .assert()
        .success()
        .stdout_eq(file!["help/trace.txt"]);
}

#[test]
fn bench_call_explains_itself() {
    polkago()
        .args(["bench", "call", "--help"])
        .assert()
        .success()
        .stdout_eq(file!["help/bench_call.txt"]);
}

#[test]
fn bench_block_explains_itself() {
    polkago()
        .args(["bench", "block", "--help"])
        .assert()
        .success()
        .stdout_eq(file!["help/bench_block.txt"]);
}

#[test]
fn block_explains_itself() {
    polkago()
        .args(["block", "--help"])
        .assert()
        .success()
        .stdout_eq(file!["help/block.txt"]);
}

#[test]
fn block_build_explains_itself() {
    polkago()
        .args(["block", "build", "--help"])
        .assert()
        .success()
        .stdout_eq(file!["help/block_build.txt"]);
}

#[test]
fn block_execute_explains_itself() {
    polkago()
        .args(["block", "execute", "--help"])
        .assert()
        .success()
        .stdout_eq(file!["help/block_execute.txt"]);
}

#[test]
fn block_replay_explains_itself() {
    polkago()
        .args(["block", "replay", "--help"])
        .assert()
        .success()
        .stdout_eq(file!["help/block_replay.txt"]);
}

#[test]
fn new_explains_itself() {
    polkago()
        .args(["new", "--help"])
        .assert()
        .success()
        .stdout_eq(file!["help/new.txt"]);
}

#[test]
fn licenses_explains_itself() {
    polkago()
        .args(["licenses", "--help"])
        .assert()
        .success()
        .stdout_eq(file!["help/licenses.txt"]);
}
