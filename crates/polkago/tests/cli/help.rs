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
fn wrong_usage_has_its_own_exit_code() {
    for args in [
        &[][..],
        &["frobnicate"],
        &["build"],
        &["call", "a.wasm"],
        &["call", "--repeat", "0", "a.wasm", "M"],
    ] {
        polkago().args(args).assert().code(2).stdout_eq("");
    }
}
