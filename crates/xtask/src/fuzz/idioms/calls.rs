//! Methods, results, generics, iterators.

use super::{Idiom, block, text};
use crate::fuzz::code::Stmt;
use crate::fuzz::program::Gen;
use crate::fuzz::types::{INTS, Ty};

pub const IDIOMS: &[Idiom] = &[several_results, variadic, recursion, shared_captures];

/// Those that call methods, which must not come to call themselves.
pub const METHODS: &[Idiom] = &[method_values, method_expressions, embedded, dynamic_methods];

pub const GENERIC: &[Idiom] = &[generic_methods, generic_functions, constraints, linked_list];

pub const ITERATORS: &[Idiom] = &[leave_iterator, nested_iterators, lazy_iterators];

/// Method values keep a copy of a receiver that is no pointer.
fn method_values(g: &mut Gen<'_>, h: &str, _: usize, body: &mut Vec<Stmt>) {
    let i = g.random.below(g.structs.len());
    let (a, b) = (g.value(&Ty::Struct(i)), g.value(&Ty::Struct(i)));
    let (x, p) = (g.value(&Ty::INT), g.prefix);
    body.push(text(format!(
        "type counter struct {{ n int; s {p}S{i} }}\nv := {a}\nf, d := v.m, v.digest\nptr := &v\nk := ptr.m\nv = {b}\n{h} = mix(mix(mix({h}, f({x})), d()), k(2))\nvar face {p}I = ptr\nw := face.m\nface = nil\n*ptr = {a}\n{h} = mix(mix({h}, w(3)), v.digest())\nfs := []func(int) int{{f, k, w, (&v).m, func(x int) int {{ return v.m(x) }}}}\nv = {b}\nfor i, f := range fs {{ {h} = mix({h}, f(i)) }}"
    )));
}

/// Methods as functions of their receiver.
fn method_expressions(g: &mut Gen<'_>, h: &str, _: usize, body: &mut Vec<Stmt>) {
    let i = g.random.below(g.structs.len());
    let (a, x, p) = (g.value(&Ty::Struct(i)), g.value(&Ty::INT), g.prefix);
    body.push(text(format!(
        "v := {a}\nf := (*{p}S{i}).m\ng := {p}I.m\nd := {p}S{i}.digest\n{h} = mix(mix(mix({h}, f(&v, {x})), g(&v, {x})), d(v))\nk := (*{p}S{i}).digest\nfor _, fn := range []func({p}I, int) int{{g, func(y {p}I, n int) int {{ return y.m(n) + 1 }}, {p}I.m}} {{ {h} = mix(mix({h}, fn(&v, 4)), k(&v)) }}"
    )));
}

/// Fields and methods of embedded structs, values and pointers, through interfaces as well.
fn embedded(g: &mut Gen<'_>, h: &str, _: usize, body: &mut Vec<Stmt>) {
    let i = g.random.below(g.structs.len());
    let f = g.random.below(g.structs[i].len());
    let field = g.structs[i][f].clone();
    let (a, b, x) = (g.value(&Ty::Struct(i)), g.value(&field), g.value(&Ty::INT));
    let p = g.prefix;
    body.push(text(format!(
        "type inner struct {{ *{p}S{i}; n int }}\ntype face struct {{ {p}I; tag string }}\ntype outer struct {{ flag bool; inner; f int8 }}\nv := {a}\no := outer{{inner: inner{{&v, {x}}}}}\no.f{f} = {b}\n{h} = mix(mix(mix({h}, v), o.m(1)), o.digest())\nvar y {p}I = o\nz := face{{y, \"t\"}}\nvar u {p}I = &z\nv = {a}\n{h} = mix(mix(mix({h}, y.m(2)), z.m(3)), u.m(4))\nq := o\nq.n++\nw := *q.{p}S{i}\nw.f{f} = {b}\nq.{p}S{i} = &w\nt := q.m\n{h} = mix(mix(mix({h}, t(5)), o.n), q.n)\n{h} = mix(mix({h}, outer.m(q, 6)), (*outer).digest(&o))\nvar d interface{{ digest() int }} = q\n{h} = mix({h}, d.digest())"
    )));
}

/// Functions with several results, handed on and spread.
fn several_results(g: &mut Gen<'_>, h: &str, _: usize, body: &mut Vec<Stmt>) {
    let (ta, tb) = (g.plain_type(), g.plain_type());
    let (a, b, c) = (g.value(&ta), g.value(&tb), g.value(&Ty::Bool));
    let (ta, tb) = (ta.text(g.prefix), tb.text(g.prefix));
    body.push(text(format!(
        "f := func(c bool) (x {ta}, y {tb}, err error) {{\n\tif c {{ x = {a}; return }}\n\ty = {b}\n\tif y := 3; y > 2 {{ err = problem(y) }}\n\treturn x, y, err\n}}\ng := func(x {ta}, y {tb}, err error) (int, string) {{ return mix(mix(1, x), y), text(err) }}\nfor _, c := range []bool{{{c}, false, true}} {{\n\tx, y, err := f(c)\n\t{h} = mix(mix(mix({h}, x), y), text(err))\n\tn, s := g(f(!c))\n\t{h} = mix(mix({h}, n), s)\n\tif _, _, err := f(c); err != nil {{ {h}++ }}\n}}"
    )));
}

/// Functions with any number of arguments.
fn variadic(g: &mut Gen<'_>, h: &str, _: usize, body: &mut Vec<Stmt>) {
    let ty = g.plain_type();
    let (a, b) = (g.value(&ty), g.value(&ty));
    let ty = ty.text(g.prefix);
    body.push(text(format!(
        "f := func(n int, xs ...{ty}) int {{\n\tfor i, x := range xs {{ n = mix(mix(n, i), x) }}\n\tif len(xs) > 1 {{ xs[0] = xs[1] }}\n\treturn mix(n, xs == nil)\n}}\ns := []{ty}{{{a}, {b}}}\n{h} = mix(mix(mix({h}, f(1)), f(2, {a}, {b}, {a})), f(3, s...))\n{h} = mix(mix(mix({h}, s[0]), f(4, nil...)), f(5, s[:0]...))\nshow := func(xs ...any) int {{ n := len(xs); for _, x := range xs {{ n = mix(n, x) }}; return n }}\n{h} = mix(mix({h}, show({a}, 1, \"x\", nil)), show(any({b})))"
    )));
}

/// Functions that call themselves and each other.
fn recursion(g: &mut Gen<'_>, h: &str, _: usize, body: &mut Vec<Stmt>) {
    let ty = g.plain_type();
    let a = g.value(&ty);
    let at = g.value_with(&ty, &[("n", &Ty::INT), ("x", &ty)]);
    let ty = ty.text(g.prefix);
    let n = g.random.between(1, 12);
    body.push(text(format!(
        "var even, odd func(n int, x {ty}) (int, {ty})\neven = func(n int, x {ty}) (int, {ty}) {{\n\tif n <= 0 {{ return 1, x }}\n\tm, y := odd(n-1, {at})\n\treturn mix(m, x), y\n}}\nodd = func(n int, x {ty}) (m int, y {ty}) {{\n\tif n <= 0 {{ y = x; return }}\n\tm, _ = even(n-1, x)\n\tk, y := even(n-2, x)\n\treturn m ^ k, y\n}}\nm, x := even({n}, {a})\n{h} = mix(mix({h}, m), x)"
    )));
}

/// Closures that share the variables that they keep.
fn shared_captures(g: &mut Gen<'_>, h: &str, depth: usize, body: &mut Vec<Stmt>) {
    let ty = g.plain_type();
    let (a, b) = (g.value(&ty), g.value(&ty));
    let filler = g.inner(&[], depth);
    let ty = ty.text(g.prefix);
    let cond = g.condition();
    body.push(text(format!(
        "x, n := {ty}({a}), 0\nset := func(y {ty}) func() {ty} {{\n\tn++\n\told := x\n\tx = y\n\treturn func() {ty} {{ n *= 2; old, x = x, old; return old }}\n}}\nback := set({b})"
    )));
    body.push(block(format!("if {cond} {{"), filler));
    body.push(text(format!(
        "{h} = mix(mix({h}, x), n)\n{h} = mix({h}, back())\n{h} = mix({h}, x)\nagain := set(x)\nx = {a}\n{h} = mix(mix({h}, again()), back())\n{h} = mix({h}, n)\np := &x\nf := func() {{ *p = {b}; n-- }}\nfor range 3 {{ f(); {h} = mix(mix({h}, x), n) }}"
    )));
}

/// Calls through interfaces whose type changes.
fn dynamic_methods(g: &mut Gen<'_>, h: &str, _: usize, body: &mut Vec<Stmt>) {
    let p = g.prefix;
    let mut values = Vec::new();
    for i in 0..g.structs.len() {
        let value = g.value(&Ty::Struct(i));
        values.push(format!("ref({value})"));
        if !g.pointer_methods(i) {
            values.push(value);
        }
    }
    let n = g.random.between(1, 8);
    let i = g.random.below(g.structs.len());
    let v = g.value(&Ty::Struct(i));
    body.push(text(format!(
        "faces := []{p}I{{{}}}\nfor i := range {n} {{\n\tface := faces[i%len(faces)]\n\t{h} = mix({h}, face.m(i))\n\tif d, ok := face.(interface{{ digest() int; m(int) int }}); ok {{ {h} = mix(mix({h}, d.digest()), d.m(1)) }}\n\t_, ok := any(face).(interface{{ other() }})\n\t{h} = mix(mix({h}, ok), face == faces[0])\n}}\n{h} = mix(mix({h}, callAll(faces...)), callAll(ref({v}), ref({v})))",
        values.join(", ")
    )));
}

/// Methods of generic types, for some instances.
fn generic_methods(g: &mut Gen<'_>, h: &str, _: usize, body: &mut Vec<Stmt>) {
    let (ta, tb) = (g.equal_type(), g.equal_type());
    let (a, b, c) = (g.value(&ta), g.value(&ta), g.value(&tb));
    let (ta, tb) = (ta.text(g.prefix), tb.text(g.prefix));
    body.push(text(format!(
        "var s stack[{ta}]\ns.push({a})\ns.push({b})\ns.push({a})\nx, ok := s.pop()\n{h} = mix(mix(mix({h}, x), ok), s.size())\np := pair[{ta}, {tb}]{{{a}, {c}}}\nq := p.swap()\n{h} = mix(mix({h}, q.a), q.swap() == p)\nvar t stack[pair[{tb}, {ta}]]\nt.push(q)\nt.push(pair[{tb}, {ta}]{{}})\npush := t.push\npush(q)\nfor t.size() > 0 {{ x, _ := t.pop(); {h} = mix(mix({h}, x.a), x.b) }}\n_, ok = t.pop()\nvar sz sizer = &s\n{h} = mix(mix({h}, ok), sz.size())\npop := (*stack[{ta}]).pop\nx, _ = pop(&s)\n{h} = mix({h}, x)\n_, same := any(p).(pair[{tb}, {ta}])\n{h} = mix({h}, same)"
    )));
}

/// Generic functions over slices, with functions as arguments.
fn generic_functions(g: &mut Gen<'_>, h: &str, _: usize, body: &mut Vec<Stmt>) {
    let (ta, tb) = (g.equal_type(), g.plain_type());
    let (a, b) = (g.value(&ta), g.value(&ta));
    let c = g.value_with(&tb, &[("x", &ta)]);
    let (ta, tb) = (ta.text(g.prefix), tb.text(g.prefix));
    body.push(text(format!(
        "s := []{ta}{{{a}, {b}, {a}}}\nt := convert(s, func(x {ta}) {tb} {{ return {c} }})\nfor _, x := range t {{ {h} = mix({h}, x) }}\n{h} = mix({h}, fold(s, 1, func(n int, x {ta}) int {{ return mix(n, x) }}))\n{h} = mix({h}, fold(t, s[:1], func(all []{ta}, x {tb}) []{ta} {{ return append(all, {a}) }})[0])\nf := mix[[]{ta}]\n{h} = f({h}, s)\n{h} = mix(mix({h}, find(s, {b})), find([]any{{1, \"a\", {a}}}, any(1)))\nu := convert(t, func(x {tb}) *{tb} {{ return &x }})\n*u[0] = *u[2]\n{h} = mix(mix({h}, *u[0]), t[0])"
    )));
}

/// Type parameters with constraints: operators, conversions, methods, types that refer to themselves.
fn constraints(g: &mut Gen<'_>, h: &str, _: usize, body: &mut Vec<Stmt>) {
    let (ia, ib) = (*g.random.pick(&INTS), *g.random.pick(&INTS));
    let (a, b) = (g.value(&Ty::Int(ia)), g.value(&Ty::Int(ia)));
    let (f, s) = (g.value(&Ty::Float64), g.value(&Ty::Str));
    let (ia, ib) = (ia.name, ib.name);
    body.push(text(format!(
        "{h} = mix({h}, total({ia}({a}), {b}, {a}))\n{h} = mix(mix({h}, total(float64({f}), 0.5)), total(cut({s}), \"x\"))\n{h} = mix({h}, recast[{ia}, {ib}]({a}))\n{h} = mix({h}, recast[wide, {ib}](wide({a})))\n{h} = mix({h}, total(named({a}), named(3)).twice())\n{h} = mix({h}, each3(named({a}), named.twice))\n{h} = mix({h}, bits({ia}({a}), 3) ^ bits({ia}({b}), 70))\n{h} = mix({h}, lengthOf([]byte({s})) + lengthOf({s}))\n{h} = mix({h}, *fresh[{ia}]() + *setTo(fresh[{ia}](), {a}))"
    )));
}

/// A list of a generic type that refers to itself.
fn linked_list(g: &mut Gen<'_>, h: &str, _: usize, body: &mut Vec<Stmt>) {
    let ty = g.plain_type();
    let values: Vec<String> = (0..g.random.between(1, 4)).map(|_| g.value(&ty)).collect();
    let ty = ty.text(g.prefix);
    body.push(text(format!(
        "var l *list[{ty}]\nfor i, x := range []{ty}{{{}}} {{\n\tl = l.with(x)\n\tif i == 2 {{ l.next = nil }}\n}}\n{h} = mix({h}, l.length())\nl = l.reversed()\nfor n := l; n != nil; n = n.next {{ {h} = mix({h}, n.value) }}\nk := l\nl = l.with(k.value)\n{h} = mix(mix(mix({h}, l.length()), k.length()), l.next == k)",
        values.join(", ")
    )));
}

/// Range over a function, left by `break`, `return`, `goto` and through labels; what the function does after that.
fn leave_iterator(g: &mut Gen<'_>, h: &str, depth: usize, body: &mut Vec<Stmt>) {
    let ty = g.plain_type();
    let (a, b) = (g.value(&ty), g.value(&ty));
    let (i, x) = (g.fresh("i"), g.fresh("x"));
    let mut filler = g.inner(&[(&i, &Ty::INT), (&x, &ty)], depth);
    filler.insert(0, text(format!("{i}, {x} := i, x; _, _ = {i}, {x}")));
    let cond = g.value_with(&Ty::Bool, &[("i", &Ty::INT), ("x", &ty)]);
    let ty = ty.text(g.prefix);
    let (out, l) = (g.fresh("L"), g.fresh("L"));
    let leave = match g.random.below(6) {
        0 => "break".to_owned(),
        1 => "continue".to_owned(),
        2 => format!("break {out}"),
        3 => format!("continue {out}"),
        4 => "return mix(r, x), i".to_owned(),
        _ => format!("goto {l}"),
    };
    let inner = [
        filler,
        vec![text(format!(
            "r = mix(mix(r, i), x)\nif id({cond}) && i > 0 {{ {leave} }}\nif i == 9 {{ break {out} }}\nif i == 8 {{ goto {l} }}"
        ))],
    ]
    .concat();
    body.push(Stmt::Blocks(
        vec![(
            "f := func() (r, n int) {".to_owned(),
            vec![
                text(format!("{out}:")),
                block(
                    "for range 3 {",
                    vec![
                        block(
                            format!("for i, x := range noted(&n, []{ty}{{{a}, {b}, {a}, {b}}}) {{"),
                            inner,
                        ),
                        text("r = mix(r, n)"),
                    ],
                ),
                text("r++"),
                text(format!("{l}:\nreturn r, n + 1")),
            ],
        )],
        "}",
    ));
    body.push(text(format!(
        "{{ r, n := f(); {h} = mix(mix({h}, r), n) }}"
    )));
}

/// Iterators in iterators, with functions that see the variables of both.
fn nested_iterators(g: &mut Gen<'_>, h: &str, _: usize, body: &mut Vec<Stmt>) {
    let cond = g.value_with(&Ty::Bool, &[("i", &Ty::INT), ("j", &Ty::INT)]);
    let other = g.value_with(&Ty::Bool, &[("i", &Ty::INT), ("j", &Ty::INT)]);
    let [l, m] = ["L", "L"].map(|stem| g.fresh(stem));
    let first = *g.random.pick(&["break", "continue"]);
    let second = *g.random.pick(&["break", "continue"]);
    body.push(text(format!(
        "f := func() (n int) {{\n\tvar fs []func() int\n{l}:\n\tfor i := range upTo(4) {{\n{m}:\n\t\tfor j := range upTo(i + 2) {{\n\t\t\tfor k := range 3 {{\n\t\t\t\tfs = append(fs, func() int {{ i++; j += k; return i * j }})\n\t\t\t\tif k == 1 && id({cond}) {{ {first} {l} }}\n\t\t\t\tif k == 2 && id({other}) {{ {second} {m} }}\n\t\t\t\tif n > 1000000 {{ return -1 }}\n\t\t\t\tn = mix(n, i*9+j*3+k)\n\t\t\t}}\n\t\t}}\n\t}}\n\tfor _, f := range fs {{ n = mix(n, f()) }}\n\treturn n\n}}\n{h} = mix({h}, f())"
    )));
}

/// Iterators made of iterators.
fn lazy_iterators(g: &mut Gen<'_>, h: &str, _: usize, body: &mut Vec<Stmt>) {
    let ty = g.plain_type();
    let (a, b) = (g.value(&ty), g.value(&ty));
    let keep = g.value_with(&Ty::Bool, &[("x", &ty)]);
    let ty = ty.text(g.prefix);
    let n = g.random.between(0, 6);
    body.push(text(format!(
        "n := 0\nfor x := range keep(values([]{ty}{{{a}, {b}, {a}}}), func(x {ty}) bool {{ n++; return id({keep}) }}) {{ {h} = mix(mix({h}, x), n) }}\nfor i := range take(upTo(100), {n}) {{ {h} = mix({h}, i); if i == 3 {{ break }} }}\nfor range take(keep(upTo(9), func(i int) bool {{ n += i; return i%2 == 1 }}), 2) {{ {h}++ }}\n{h} = mix({h}, n)"
    )));
}
