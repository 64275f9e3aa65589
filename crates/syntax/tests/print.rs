//! What the printer writes, in full and in short.

use polkago_syntax::{Decl, ParseOptions, parse_file, print};

/// Prints a file.
fn printed(src: &str) -> String {
    let result = parse_file(src.as_bytes(), &ParseOptions::default());
    assert_eq!(result.errors, [], "{src}");
    print::print_file(&result.file)
}

#[test]
fn full_form() {
    let src = r#"//go:build go1.22
package p // comments go

import ("fmt"; m "math"; _ "embed")
const (A, B = iota, "b"; C, D)
var x, y int = 1, 2
type ( T[P *C,] struct { a, b int `tag`; *E[P]; f func(int, ...string) (n int, err error) }
 I interface { m(x int) (y T[int]); ~int | string; I2 }; U = map[string]<-chan []T[int] )

//go:noinline
func (t *T[P]) m(a, b int, c ...string) (r P) {
  if x := f(a); x > -1 && !y { return } else if y { x++ } else { goto L }
L: for i, v := range []int{1, 2} { _, _ = i, v; continue L }
  for i := 0; i < 10; i++ { x <<= 1 }; for ; ; i++ {}; for x {}; for {}; for range 3 {}
  switch x := x.(type) { case int, nil: fallthrough; default: }
  switch x := 1; { case x == 1: ; }
  select { case v, ok := <-c: ; case c <- 1: ; default: }
  go func() { defer close(c) }()
  var p = &T{A: {1, 2}, 3: x[1:2:3], "k": func() {}}
  a, b = b, - -a & ^b
  { ; }
  return *p + x.y.(T)[0](1, s...)
}
"#;
    let expected = "\
//go:build go1.22

package p

import (
	\"fmt\"
	m \"math\"
	_ \"embed\"
)

const (
	A, B = iota, \"b\"
	C, D
)

var x, y int = 1, 2

type (
	T[P *C,] struct {
		a, b int `tag`
		*E[P]
		f func(int, ...string) (n int, err error)
	}
	I interface {
		m(x int) (y T[int])
		~int | string
		I2
	}
	U = map[string]<-chan []T[int]
)

//go:noinline
func (t *T[P]) m(a, b int, c ...string) (r P) {
	if x := f(a); x > -1 && !y {
		return
	} else if y {
		x++
	} else {
		goto L
	}
	L:
	for i, v := range []int{1, 2} {
		_, _ = i, v
		continue L
	}
	for i := 0; i < 10; i++ {
		x <<= 1
	}
	for ; ; i++ {}
	for x {}
	for {}
	for range 3 {}
	switch x := x.(type) {
	case int, nil:
		fallthrough
	default:
	}
	switch x := 1; {
	case x == 1:
		;
	}
	select {
	case v, ok := <-c:
		;
	case c <- 1:
		;
	default:
	}
	go func() {
		defer close(c)
	}()
	var p = &T{
		A: {1, 2},
		3: x[1:2:3],
		\"k\": func() {},
	}
	a, b = b, - -a & ^b
	{
		;
	}
	return *p + x.y.(T)[0](1, s...)
}
";
    // The fallthrough in a type switch is an error, but one of branches.
    let options = ParseOptions {
        check_branches: false,
        ..ParseOptions::default()
    };
    let result = parse_file(src.as_bytes(), &options);
    assert_eq!(result.errors, []);
    assert_eq!(print::print_file(&result.file), expected);
}

#[test]
fn long_lists_are_broken() {
    let elements = "0x12345678, ".repeat(40);
    let text = printed(&format!("package p\nvar x = []int{{{elements}}}\n"));
    assert!(text.lines().all(|line| line.len() < 130), "{text}");
    assert!(text.lines().count() > 4);
}

#[test]
fn short_form() {
    for (src, expected) in [
        (
            "struct { a, b int; c string `t` }",
            "struct{a, b int; c string `t`}",
        ),
        (
            "interface { m(); ~int | string }",
            "interface{m(); ~int | string}",
        ),
        ("interface{}", "interface{}"),
        (
            "func(x int) (int, error) { return }",
            "func(x int) (int, error) {…}",
        ),
        ("func() {}", "func() {}"),
        ("[]int{1, 2}", "[]int{…}"),
        ("T{}", "T{}"),
        ("map[string]func()", "map[string]func()"),
        ("x.f(a, b...)[i:j]", "x.f(a, b...)[i:j]"),
        ("a+b*-c", "a + b * -c"),
        ("f[int, string](x.(T))", "f[int, string](x.(T))"),
        ("<-chan<- chan int(nil)", "<-chan<- chan int(nil)"),
    ] {
        let result = parse_file(
            format!("package p\nvar x = {src}\n").as_bytes(),
            &ParseOptions::default(),
        );
        let Decl::Var(decl) = &result.file.decls[0] else {
            panic!("a variable")
        };
        let value = result.file.exprs(decl.values)[0];
        assert_eq!(print::short_expr(&result.file, value), expected);
    }
}
