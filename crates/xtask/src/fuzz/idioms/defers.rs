//! `defer`, `panic` and `recover`.

use super::{Idiom, text};
use crate::fuzz::code::Stmt;
use crate::fuzz::program::Gen;
use crate::fuzz::types::Ty;

pub const IDIOMS: &[Idiom] = &[
    deferred_in_loops,
    results_changed,
    deferred_arguments,
    panic_again,
    panic_in_deferred,
    recover_elsewhere,
    custom_errors,
    runtime_errors,
    deferred_methods,
];

pub const METHODS: &[Idiom] = &[failed_assertions];

pub const WITH_ITERATORS: &[Idiom] = &[defer_in_iterator, panic_in_iterator];

/// Deferred calls in loops and branches run in reverse, with what their arguments were.
fn deferred_in_loops(g: &mut Gen<'_>, h: &str, _: usize, body: &mut Vec<Stmt>) {
    let ty = g.plain_type();
    let a = g.value(&ty);
    let cond = g.value_with(&Ty::Bool, &[("i", &Ty::INT)]);
    let ty = ty.text(g.prefix);
    let n = g.random.between(1, 5);
    body.push(text(format!(
        "f := func(x {ty}) (r int) {{\n\tfor i := range {n} {{\n\t\tif id({cond}) {{ defer func() {{ r = mix(r, i) }}() }}\n\t\tdefer func(n int, y {ty}) {{ r = mix(mix(r, n), y) }}(i*2, x)\n\t\tif i == 3 {{ return 7 }}\n\t\tx = {a}\n\t}}\n\tdefer func() {{ r++ }}()\n\treturn mix(r, x)\n}}\n{h} = mix(mix({h}, f({a})), f({ty}({a})))"
    )));
}

/// Named results that deferred calls read and change.
fn results_changed(g: &mut Gen<'_>, h: &str, _: usize, body: &mut Vec<Stmt>) {
    let (ta, tb) = (g.plain_type(), g.plain_type());
    let (a, b, c) = (g.value(&ta), g.value(&tb), g.value(&ta));
    let (ta, tb) = (ta.text(g.prefix), tb.text(g.prefix));
    let cond = g.condition();
    body.push(text(format!(
        "f := func(c bool) (x {ta}, y {tb}, err error) {{\n\tdefer func() {{\n\t\tif e := recover(); e != nil {{ err = problem(mix(mix(1, x), e)); x = {c} }}\n\t}}()\n\tdefer func() {{ if c {{ y, x = {b}, {a} }} }}()\n\tx = {c}\n\tif c && {cond} {{ panic(any({b})) }}\n\tif {cond} {{ return {a}, y, nil }}\n\ty = {b}\n\treturn\n}}\nfor _, c := range []bool{{true, false}} {{\n\tx, y, err := f(c)\n\t{h} = mix(mix(mix({h}, x), y), text(err))\n}}"
    )));
}

/// Arguments, receivers and functions of deferred calls are evaluated at once.
fn deferred_arguments(g: &mut Gen<'_>, h: &str, _: usize, body: &mut Vec<Stmt>) {
    let ty = g.plain_type();
    let (a, b) = (g.value(&ty), g.value(&ty));
    let ty = ty.text(g.prefix);
    body.push(text(format!(
        "note := func(xs ...any) {{ for _, x := range xs {{ {h} = mix({h}, x) }} }}\nfunc() {{\n\tx, s := {ty}({a}), []{ty}{{{b}}}\n\tf := func() {{ note(\"first\", x) }}\n\tdefer f()\n\tdefer note(x, s[0])\n\tdefer func(s []{ty}, t [1]{ty}) {{ note(s[0], t[0]) }}(s, [1]{ty}(s))\n\tf = func() {{ note(\"second\") }}\n\tx, s[0] = {b}, {a}\n\tdefer f()\n\tdefer copy(s, []{ty}{{x}})\n\tvar none func()\n\tdefer func() {{ note(recovered(recover())) }}()\n\tdefer none()\n\tnote(x)\n}}()"
    )));
}

/// A panic that is recovered and raised again, through several functions.
fn panic_again(g: &mut Gen<'_>, h: &str, _: usize, body: &mut Vec<Stmt>) {
    let (a, b) = (g.value(&Ty::Any), g.value(&Ty::Any));
    let n = g.random.between(1, 4);
    let cond = g.value_with(&Ty::Bool, &[("n", &Ty::INT)]);
    body.push(text(format!(
        "var f func(n int) int\nf = func(n int) (r int) {{\n\tdefer func() {{\n\t\te := recover()\n\t\t{h} = mix(mix({h}, recovered(e)), n)\n\t\tif e != nil && n < {n} && id({cond}) {{ panic(e) }}\n\t\tif n == 2 {{ panic(any({b})) }}\n\t\tr += n\n\t}}()\n\tif n == 0 {{ panic(any({a})) }}\n\tdefer func() {{ {h} = mix({h}, n) }}()\n\treturn f(n-1) + 1\n}}\nfunc() {{\n\tdefer func() {{ {h} = mix({h}, recovered(recover())) }}()\n\tx := f({n})\n\t{h} = mix({h}, x)\n}}()"
    )));
}

/// A deferred call that panics takes the place of the panic before it.
fn panic_in_deferred(g: &mut Gen<'_>, h: &str, _: usize, body: &mut Vec<Stmt>) {
    let (a, b, c) = (g.value(&Ty::Any), g.value(&Ty::Any), g.condition());
    body.push(text(format!(
        "func() {{\n\tdefer func() {{ {h} = mix({h}, recovered(recover())); {h} = mix({h}, recover() == nil) }}()\n\tdefer func() {{\n\t\tdefer func() {{\n\t\t\tif {c} {{ {h} = mix({h}, recovered(recover())) }}\n\t\t\t{h}++\n\t\t}}()\n\t\tpanic(any({b}))\n\t}}()\n\tdefer func() {{ {h} = mix({h}, 3) }}()\n\tpanic(any({a}))\n}}()"
    )));
}

/// `recover` stops a panic only where a deferred function itself calls it.
fn recover_elsewhere(g: &mut Gen<'_>, h: &str, _: usize, body: &mut Vec<Stmt>) {
    let (a, c) = (g.value(&Ty::Any), g.condition());
    body.push(text(format!(
        "{h} = mix({h}, recover() == nil)\nhelp := func() {{ {h} = mix({h}, recovered(recover())) }}\nfunc() {{\n\tdefer func() {{ {h} = mix({h}, recovered(recover())) }}()\n\tdefer func() {{ help(); func() {{ {h} = mix({h}, recover() == nil) }}() }}()\n\tif {c} {{ defer help() }}\n\tdefer func() {{ defer func() {{ {h} = mix({h}, recover() == nil) }}() }}()\n\tif {c} {{ panic(any({a})) }}\n\tvar p *int\n\t*p = 1\n}}()"
    )));
}

/// Errors of a type of the program, wrapped, compared and found again.
fn custom_errors(g: &mut Gen<'_>, h: &str, _: usize, body: &mut Vec<Stmt>) {
    let (a, b) = (g.value(&Ty::INT), g.value(&Ty::Str));
    body.push(text(format!(
        "f := func(n int) (err error) {{\n\tdefer func() {{\n\t\tif e := recover(); e != nil {{\n\t\t\tif inner, ok := e.(error); ok {{ err = &wrapped{{cut({b}), inner}} }} else {{ err = problem(n) }}\n\t\t}}\n\t}}()\n\tswitch n {{\n\tcase 0:\n\t\tpanic(problem({a}))\n\tcase 1:\n\t\tpanic(&wrapped{{\"w\", problem(n)}})\n\tcase 2:\n\t\tpanic(\"text\")\n\tcase 3:\n\t\tvar m []int\n\t\tm[n] = 1\n\t}}\n\treturn nil\n}}\nfor i := range 5 {{\n\terr := f(i)\n\t{h} = mix({h}, text(err))\n\tfor err != nil {{\n\t\tif p, ok := err.(problem); ok {{ {h} = mix(mix({h}, int(p)), err == problem({a})) }}\n\t\tw, ok := err.(*wrapped)\n\t\tif !ok {{ break }}\n\t\terr = w.inner\n\t}}\n}}"
    )));
}

/// Errors of the run-time system, with their texts.
fn runtime_errors(g: &mut Gen<'_>, h: &str, _: usize, body: &mut Vec<Stmt>) {
    let index = *g
        .random
        .pick(&["int", "int8", "uint8", "int64", "uint64", "uint16", "uint"]);
    let (a, b, c) = (g.value(&Ty::INT), g.index(8), g.index(8));
    let n = g.random.between(0, 6);
    let forms = [
        "_ = s[i]",
        "_ = s[j:k]",
        "_ = s[:j:k]",
        "_ = s[j:]",
        "_ = t[i]",
        "_ = t[j:k]",
        "_ = arr[i]",
        "_ = arr[j:k]",
        "_ = s[j:k:i]",
        "_ = 7 / (j - k)",
        "_ = make([]int, i%5-3)",
        "_ = make([]int8, j, k)",
        "s[i]++",
        "arr[i], s[j] = 1, 2",
        "_ = p.x",
        "p.y[i&3] = 3",
        "_ = face.m(1)",
        "f()",
        "_ = [3]int(s)",
        "_ = any(s) == any(s)",
        "_ = map[any]int{face: 1, any(s): 2}",
        "ch := make(chan int); close(ch); close(ch)",
        "ch := make(chan int, 1); close(ch); ch <- 1",
        "_ = 1 << (j - k)",
    ];
    let chosen: Vec<String> = (0..6)
        .map(|_| format!("func() {{ {} }}", g.random.pick(&forms)))
        .collect();
    body.push(text(format!(
        "s := make([]int, {n})\nt := cut(\"string\")\nvar arr [4]int\nvar p *struct {{ x int; y [4]int }}\nvar face {}I\nvar f func()\ni, j, k := {index}({a}), {b}, {c}\n_, _, _, _, _, _, _, _, _ = s, t, arr, p, face, f, i, j, k\nfor _, try := range []func(){{{}}} {{\n\tfunc() {{\n\t\tdefer func() {{ {h} = mix({h}, recovered(recover())) }}()\n\t\ttry()\n\t}}()\n}}\n{h} = mix(mix({h}, arr[0]), len(s))",
        g.prefix,
        chosen.join(", ")
    )));
}

/// Deferred methods and interface methods; their receivers are evaluated at once.
fn deferred_methods(g: &mut Gen<'_>, h: &str, _: usize, body: &mut Vec<Stmt>) {
    let i = g.random.below(g.structs.len());
    let (a, b, p) = (g.value(&Ty::Struct(i)), g.value(&Ty::Struct(i)), g.prefix);
    body.push(text(format!(
        "func() {{\n\tdefer func() {{ {h} = mix({h}, recovered(recover())) }}()\n\tn := noter{{sum: &{h}, of: {a}}}\n\tdefer n.note()\n\tdefer (&n).notePtr()\n\tvar face interface{{ note() }} = n\n\tn.of = {b}\n\tdefer face.note()\n\tface = nil\n\tn.of = 3\n\tdefer noter.note(n)\n\tvar q {p}I\n\tdefer func() {{ {h} = mix({h}, recovered(recover())) }}()\n\tdefer q.m(1)\n\t{h}++\n}}()"
    )));
}

/// Assertions that fail, with their texts.
fn failed_assertions(g: &mut Gen<'_>, h: &str, _: usize, body: &mut Vec<Stmt>) {
    let (a, p) = (g.value(&Ty::Any), g.prefix);
    let ty = g.ty(1).text(p);
    body.push(text(format!(
        "for _, x := range []any{{{a}, 1, nil, \"s\", problem(2)}} {{\n\tfunc() {{\n\t\tdefer func() {{ {h} = mix({h}, recovered(recover())) }}()\n\t\ty := x.({ty})\n\t\t_ = y\n\t\t{h}++\n\t}}()\n\tfunc() {{\n\t\tdefer func() {{ {h} = mix({h}, recovered(recover())) }}()\n\t\t{h} = mix({h}, x.({p}I).m(2))\n\t}}()\n\tfunc() {{\n\t\tdefer func() {{ {h} = mix({h}, recovered(recover())) }}()\n\t\t{h} = mix({h}, x.(error).Error())\n\t}}()\n}}"
    )));
}

/// Deferred calls in the body of a range over a function belong to the function around it.
fn defer_in_iterator(g: &mut Gen<'_>, h: &str, _: usize, body: &mut Vec<Stmt>) {
    let ty = g.plain_type();
    let (a, b) = (g.value(&ty), g.value(&ty));
    let cond = g.value_with(&Ty::Bool, &[("i", &Ty::INT), ("x", &ty)]);
    let ty = ty.text(g.prefix);
    body.push(text(format!(
        "f := func() (r int) {{\n\tdefer func() {{ r = mix(r, recovered(recover())) }}()\n\tfor i, x := range noted(&{h}, []{ty}{{{a}, {b}, {a}}}) {{\n\t\tdefer func() {{ r = mix(mix(r, i), x) }}()\n\t\tfor j := range upTo(i) {{ defer func(n int) {{ r = mix(r, n*j) }}(r) }}\n\t\tif id({cond}) {{ return mix(r, 5) }}\n\t\tif i == 2 {{ panic(any(x)) }}\n\t\tr++\n\t}}\n\treturn r\n}}\nx := f()\n{h} = mix({h}, x)"
    )));
}

/// Panics that pass through iterators, and iterators that recover or go on when they must not.
fn panic_in_iterator(g: &mut Gen<'_>, h: &str, _: usize, body: &mut Vec<Stmt>) {
    let a = g.value(&Ty::Any);
    let (c, d) = (g.condition(), g.condition());
    body.push(text(format!(
        "guarded := func(yield func(int) bool) {{\n\tdefer func() {{\n\t\tif {c} {{ {h} = mix({h}, recovered(recover())) }}\n\t\t{h}++\n\t}}()\n\tfor i := range 4 {{ if !yield(i) {{ {h} = mix({h}, 2); if {d} {{ return }} }} }}\n}}\nfor _, form := range []int{{0, 1, 2}} {{\n\tfunc() {{\n\t\tdefer func() {{ {h} = mix({h}, recovered(recover())) }}()\n\t\tfor i := range guarded {{\n\t\t\t{h} = mix({h}, i)\n\t\t\tif i == 1 && form == 0 {{ panic(any({a})) }}\n\t\t\tif i == 2 && form == 1 {{ break }}\n\t\t\tif i == 2 && form == 2 {{ return }}\n\t\t}}\n\t\t{h} = mix({h}, form)\n\t}}()\n}}"
    )));
}
