//! `polkago test`: what it says of tests, and its exit code.

use crate::Folder;
use snapbox::str;

const LIBRARY: (&str, &str) = (
    "a.go",
    "package a\n\n// Double doubles.\nfunc Double(n int) int { return 2 * n }\n",
);
const MODULE: (&str, &str) = ("go.mod", "module example.com/a\n\ngo 1.26\n");

#[test]
fn tests_of_both_kinds_and_examples_run_in_their_folder() {
    let own = r#"package a

import (
	"fmt"
	"os"
	"testing"
)

func TestDouble(t *testing.T) {
	if _, err := os.ReadFile("testdata/in.txt"); err != nil {
		t.Fatal(err)
	}
	for _, n := range []int{1, 2} {
		t.Run(fmt.Sprint(n), func(t *testing.T) {
			t.Parallel()
			if Double(n) != n+n {
				t.Error(n)
			}
		})
	}
}

func ExampleDouble() {
	fmt.Println(Double(4))
	// Output: 8
}
"#;
    let external = r#"package a_test

import (
	"testing"

	"example.com/a"
)

func TestMain(m *testing.M) {
	println("before")
	m.Run()
}

func TestOutside(t *testing.T) { t.Skip(a.Double(21)) }
"#;
    Folder::with(&[
        MODULE,
        LIBRARY,
        ("a_test.go", own),
        ("x_test.go", external),
        ("testdata/in.txt", ""),
    ])
    .run(&["test", "-v"])
    .success()
    .stderr_eq("before\n")
    .stdout_eq(str![[r#"
=== RUN   TestDouble
=== RUN   TestDouble/1
=== PAUSE TestDouble/1
=== RUN   TestDouble/2
=== PAUSE TestDouble/2
=== CONT  TestDouble/1
=== CONT  TestDouble/2
--- PASS: TestDouble ([..]s)
    --- PASS: TestDouble/1 ([..]s)
    --- PASS: TestDouble/2 ([..]s)
=== RUN   TestOutside
    x_test.go:14: 42
--- SKIP: TestOutside ([..]s)
=== RUN   ExampleDouble
--- PASS: ExampleDouble ([..]s)
PASS
ok  	example.com/a	[..]s

"#]]);
}

#[test]
fn packages_of_a_pattern_have_a_line_each() {
    Folder::with(&[
        MODULE,
        LIBRARY,
        ("a_test.go", "package a\n\nimport \"testing\"\n\nfunc TestGood(t *testing.T) {}\n"),
        ("bad/b_test.go", "package bad\n\nimport \"testing\"\n\nfunc TestBad(t *testing.T) { t.Error(\"wrong\") }\n"),
        ("broken/c_test.go", "package broken\n\nimport \"testing\"\n\nfunc TestTypes(t *testing.T) { t.Error(1 + \"\") }\n"),
        ("odd/d_test.go", "package odd\n\nfunc TestOdd(n int) {}\n"),
        ("without/e.go", "package without\n"),
    ])
    .run(&["test", "./..."])
    .code(1)
    .stderr_eq(str![[r##"
# example.com/a/broken [example.com/a/broken.test]
broken/c_test.go:5:40: invalid operation: 1 + "" (mismatched types untyped int and untyped string)
odd/d_test.go:3: wrong signature for TestOdd, must be: func TestOdd(t *testing.T)

"##]])
    .stdout_eq(str![[r#"
ok  	example.com/a	[..]s
--- FAIL: TestBad ([..]s)
    b_test.go:5: wrong
FAIL
FAIL	example.com/a/bad	[..]s
FAIL	example.com/a/broken [build failed]
FAIL	example.com/a/odd [build failed]
?   	example.com/a/without	[no test files]
FAIL

"#]]);
}

#[test]
fn flags_are_those_of_go_test() {
    let file = "package a\n\nimport \"testing\"\n\nfunc TestOne(t *testing.T) { t.Error() }\n\nfunc TestTwo(t *testing.T) {}\n\nfunc BenchmarkDouble(b *testing.B) {\n\tfor b.Loop() {\n\t\tDouble(b.N)\n\t}\n}\n";
    let folder = Folder::with(&[MODULE, LIBRARY, ("a_test.go", file)]);
    let summary = str![[r#"
ok  	example.com/a	[..]s

"#]];
    folder
        .run(&["test", "-run", "Two", "."])
        .success()
        .stdout_eq(summary.clone());
    folder
        .run(&["test", "--skip=One", "."])
        .success()
        .stdout_eq(summary);
    folder
        .run(&["test", "-run=Three", "."])
        .success()
        .stdout_eq("ok  \texample.com/a\t[..]s [no tests to run]\n");
    folder
        .run(&["test", "-run=NONE", "-bench=.", "-benchtime=10x"])
        .success()
        .stdout_eq(str![[r#"
goos: wasip1
goarch: wasm
pkg: example.com/a
BenchmarkDouble 	      10	[..] ns/op
PASS
ok  	example.com/a	[..]s

"#]]);
    folder
        .run(&["test", "--timeout", "soon"])
        .code(1)
        .stderr_eq(str![[r#"
polkago: invalid duration "soon" for --timeout
	it is a number with a unit, such as 30s, 10m or 1h30m; 0 for no limit

"#]]);
}

#[test]
fn tests_that_do_not_end_are_stopped() {
    let file = "package a\n\nimport \"testing\"\n\nfunc TestLong(t *testing.T) { select {} }\n\nfunc TestLoop(t *testing.T) {\n\tfor {\n\t}\n}\n";
    let folder = Folder::with(&[MODULE, LIBRARY, ("a_test.go", file)]);
    let output = folder
        .run(&["test", "-timeout=300ms", "-run=Long", "."])
        .code(1);
    let text = String::from_utf8_lossy(&output.get_output().stdout).into_owned();
    assert!(
        text.starts_with("panic: test timed out after 300ms"),
        "{text}"
    );
}

#[test]
fn a_runtime_is_tested_on_the_host_in_memory() {
    let frameless = crate::repository().join("examples/frameless");
    let package = frameless.display().to_string();
    Folder::empty()
        .run(&["test", "-run", "Transfer|Genesis", &package])
        .success();
}
