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
        .stdout_eq(str![[r#"
UnusedVar: a local variable is not used

Every variable declared in a function is used: read, or passed on by its address. Assigning to it is no use. Where a value is of no interest, assign it to `_`.

Specification: Variable declarations (https://go.dev/ref/spec#Variable_declarations)

Wrong:

    func f() {
    	n := 1
    }

Right:

    func f() int {
    	n := 1
    	return n
    }

"#]]);
}

#[test]
fn an_unknown_code() {
    Folder::empty().fails(
        &["explain", "E0001"],
        str![[r#"
polkago: there is no code "E0001"
	polkago explain --list shows all codes

"#]],
    );
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
