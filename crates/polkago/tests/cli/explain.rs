//! `polkago explain`.

use crate::{Folder, polkago};
use snapbox::str;

#[test]
fn a_code_is_explained() {
    // The letters' case does not matter.
    polkago()
        .args(["explain", "unusedvar"])
        .assert()
        .success()
        .stderr_eq("")
        .stdout_eq(str![[r#""#]]);
}

#[test]
fn an_unknown_code() {
    Folder::empty().fails(&["explain", "E0001"], str![[r#""#]]);
}

#[test]
fn all_codes_are_listed() {
    polkago()
        .args(["explain", "--list"])
        .assert()
        .success()
        .stderr_eq("")
        .stdout_eq(str![[r#"
Texts, tokens and grammar
...
  UnusedVar                 a local variable is not used
...
The compiler
...
"#]]);
}
