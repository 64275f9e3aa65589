//! Labels, `goto`, `switch`, loops and what closures keep of them.

use super::{Idiom, block, text};
use crate::fuzz::code::Stmt;
use crate::fuzz::program::Gen;
use crate::fuzz::types::{INTS, Ty};

pub const IDIOMS: &[Idiom] = &[
    leave_nested,
    leave_block,
    goto_back,
    goto_forward,
    bare_switch,
    string_switch,
    value_switch,
    switch_in_loop,
    types_together,
    loop_variables,
    loop_bounds,
    loop_over_copy,
    runes,
];

/// Three nested loops, left and continued through labels from within a switch.
fn leave_nested(g: &mut Gen<'_>, h: &str, depth: usize, body: &mut Vec<Stmt>) {
    let [outer, middle] = ["L", "L"].map(|stem| g.fresh(stem));
    let [i, j, k] = ["i", "j", "k"].map(|stem| g.fresh(stem));
    let int = Ty::INT;
    let vars = [(i.as_str(), &int), (j.as_str(), &int), (k.as_str(), &int)];
    let on = g.value_with(&int, &vars);
    let leave = |g: &mut Gen<'_>| {
        let word = *g.random.pick(&["break", "continue"]);
        let label = g.random.pick(&[&outer, &middle]).to_string();
        format!("{word} {label}")
    };
    let (first, second) = (leave(g), leave(g));
    let filler = g.inner(&vars, depth);
    let (n, at) = (g.random.between(3, 6), g.random.below(3));
    let switch = Stmt::Blocks(
        vec![
            (format!("switch uint(id({on})) % {n} {{"), Vec::new()),
            ("case 0:".to_owned(), vec![text(first)]),
            ("case 1:".to_owned(), filler),
            (
                format!("case 2, {}:", n + 1),
                vec![text(format!("if {k} == {at} {{ {second} }}"))],
            ),
            (
                "default:".to_owned(),
                vec![text(format!(
                    "if {j} == 2 {{ break }}; {h} = mix({h}, {k})"
                ))],
            ),
        ],
        "}",
    );
    let loops = block(
        format!("for {j} := 0; {j} < 3; {j}++ {{"),
        vec![
            text(format!("{h} = mix({h}, {i}*{j})")),
            block(
                format!("for {k} := range 4 {{"),
                vec![text("if burn() { break }"), switch],
            ),
            text(format!("{h} = mix({h}, {j})")),
            text(format!(
                "if {j} > 5 {{ break {middle} }}; if {j} > 6 {{ break {outer} }}"
            )),
        ],
    );
    body.push(text(format!("{outer}:")));
    body.push(block(
        format!("for {i} := range 3 {{"),
        vec![text(format!("{middle}:")), loops, text(format!("{h}++"))],
    ));
}

/// A labelled loop of one round, and a labelled switch, that are left early.
fn leave_block(g: &mut Gen<'_>, h: &str, depth: usize, body: &mut Vec<Stmt>) {
    let [first, second] = ["L", "L"].map(|stem| g.fresh(stem));
    let (a, b) = (g.condition(), g.condition());
    let filler = g.inner(&[], depth);
    body.push(text(format!("{first}:")));
    body.push(block(
        "for once := true; once; once = false {",
        vec![
            block(
                format!("if {a} {{"),
                [filler, vec![text(format!("break {first}"))]].concat(),
            ),
            text(format!("{h} = mix({h}, 5)")),
        ],
    ));
    body.push(text(format!(
        "{second}:\nswitch {{\ncase {b}:\n\tfor i := range 3 {{\n\t\tif i == 1 {{ break {second} }}\n\t\t{h} = mix({h}, i)\n\t}}\n\tfallthrough\ndefault:\n\t{h} = mix({h}, 9)\n}}"
    )));
}

/// A loop made of `goto`.
fn goto_back(g: &mut Gen<'_>, h: &str, depth: usize, body: &mut Vec<Stmt>) {
    let (label, i) = (g.fresh("L"), g.fresh("i"));
    let filler = g.inner(&[(&i, &Ty::INT)], depth);
    let n = g.random.between(1, 5);
    let again = text(format!("if {i} < {n} && !burn() {{ goto {label} }}"));
    body.push(text(format!("{i} := 0")));
    body.push(text(format!("{label}:")));
    body.push(text(format!("{i}++; {h} = mix({h}, {i})")));
    body.push(block("{", filler));
    body.push(again);
}

/// Jumps forward, out of a loop and over statements.
fn goto_forward(g: &mut Gen<'_>, h: &str, depth: usize, body: &mut Vec<Stmt>) {
    let [end, skip] = ["L", "L"].map(|stem| g.fresh(stem));
    let i = g.fresh("i");
    let cond = g.value_with(&Ty::Bool, &[(&i, &Ty::INT)]);
    let other = g.condition();
    let filler = g.inner(&[], depth);
    body.push(block(
        format!("for {i} := range 4 {{"),
        vec![
            text(format!("if id({cond}) {{ goto {skip} }}")),
            text(format!("if {i} == 2 && {other} {{ goto {end} }}")),
            text(format!("{h} = mix({h}, {i})")),
        ],
    ));
    body.push(text(format!("{h} = mix({h}, 11)")));
    body.push(text(format!("{skip}:")));
    body.push(block("{", filler));
    body.push(text(format!("{h} = mix({h}, 13)")));
    body.push(text(format!("{end}:\n{h} = mix({h}, 17)")));
}

/// A switch over conditions, with `fallthrough` into and out of the default case, which stands anywhere.
fn bare_switch(g: &mut Gen<'_>, h: &str, depth: usize, body: &mut Vec<Stmt>) {
    let n = g.random.between(2, 5);
    let default = g.random.below(n);
    let mut blocks = vec![("switch {".to_owned(), Vec::new())];
    for case in 0..n {
        let open = if case == default {
            "default:".to_owned()
        } else if g.random.chance(30) {
            let (a, b) = (g.condition(), g.condition());
            format!("case {a}, {b}:")
        } else {
            format!("case {}:", g.condition())
        };
        let mut inner = g.inner(&[], depth);
        inner.push(text(format!("{h} = mix({h}, {case})")));
        if case + 1 < n && g.random.chance(35) {
            inner.push(text("fallthrough"));
        }
        blocks.push((open, inner));
    }
    body.push(Stmt::Blocks(blocks, "}"));
}

/// A switch over strings, enough of them for a search by halves.
fn string_switch(g: &mut Gen<'_>, h: &str, _: usize, body: &mut Vec<Stmt>) {
    let on = g.value(&Ty::Str);
    let words = [
        "",
        "a",
        "b",
        "hello",
        "world",
        "ab",
        "abc",
        "\\xff\\x00b",
        "0123",
        "z",
        "llo",
        "é漢z",
    ];
    let n = g.random.between(3, words.len());
    let mut cases = String::new();
    for (i, word) in words[..n].iter().enumerate() {
        let more = if i == 1 { ", \"0123456789abcdef\"" } else { "" };
        cases.push_str(&format!("case \"{word}\"{more}:\n\t{h} = mix({h}, {i})\n"));
    }
    let some = g.random.pick(&words);
    body.push(text(format!(
        "for _, s := range []string{{{on}, \"{some}\", cut(\"hel\" + id(\"lo\"))}} {{\nswitch x := s; x {{\n{cases}default:\n\t{h} = mix({h}, len(x))\n}}\n}}"
    )));
}

/// A switch over the values of an interface, an array or an integer of some width.
fn value_switch(g: &mut Gen<'_>, h: &str, _: usize, body: &mut Vec<Stmt>) {
    match g.random.below(3) {
        0 => {
            let on = g.value(&Ty::Any);
            body.push(text(format!(
                "func() {{\n{}switch x := any({on}); x {{\ncase 1, \"a\", nil:\n\t{h} = mix({h}, 1)\ncase int8(1), uint64(3), 2.5:\n\t{h} = mix({h}, 2)\ncase any(true):\n\t{h} = mix({h}, 3)\ndefault:\n\t{h} = mix({h}, 4)\n}}\n}}()",
                if g.features.panics {
                    format!("defer func() {{ {h} = mix({h}, recovered(recover())) }}()\n")
                } else {
                    String::new()
                }
            )));
        }
        1 => {
            let (a, b, c) = (g.value(&Ty::INT), g.value(&Ty::INT), g.value(&Ty::INT));
            body.push(text(format!(
                "switch x := [2]int{{{a}, {b}}}; x {{\ncase [2]int{{{c}, {b}}}:\n\t{h} = mix({h}, 1)\ncase [2]int{{{b}, {a}}}:\n\t{h} = mix({h}, 2)\ncase [2]int{{}}:\n\t{h} = mix({h}, 3)\n}}"
            )));
        }
        _ => {
            let int = *g.random.pick(&INTS);
            let on = g.value(&Ty::Int(int));
            // Many cases, in no order, some beside each other.
            let numbers = [5, 7, 6, 8, 1, 0, 100, 99, 42, 64, 63, 127, 2];
            let n = g.random.between(4, numbers.len());
            let mut cases = String::new();
            for (i, number) in numbers[..n].iter().enumerate() {
                cases.push_str(&format!("case {number}:\n\t{h} = mix({h}, {i})\n"));
            }
            let some = g.random.below(128);
            body.push(text(format!(
                "for _, x := range []{0}{{{on}, {some}, id({0}(7))}} {{\nswitch x {{\n{cases}default:\n\t{h} = mix({h}, -1)\n}}\n}}",
                int.name
            )));
        }
    }
}

/// `break` in a switch leaves the switch, `continue` the round.
fn switch_in_loop(g: &mut Gen<'_>, h: &str, _: usize, body: &mut Vec<Stmt>) {
    let cond = g.condition();
    let n = g.random.between(2, 9);
    body.push(text(format!(
        "for i := {n}; i >= 0; i-- {{\n\tswitch i % 4 {{\n\tcase 0:\n\t\tif {cond} {{ break }}\n\t\t{h} = mix({h}, 1)\n\tcase 1:\n\t\tcontinue\n\tcase 2:\n\t\tfallthrough\n\tdefault:\n\t\t{h} = mix({h}, i)\n\t}}\n\t{h}++\n}}"
    )));
}

/// A type switch with several types in a case, nil, interfaces.
fn types_together(g: &mut Gen<'_>, h: &str, _: usize, body: &mut Vec<Stmt>) {
    let (a, b) = (g.value(&Ty::Any), g.value(&Ty::Any));
    let i = g.random.below(g.structs.len());
    let p = g.prefix;
    let third = g.value(&Ty::Struct(i));
    body.push(text(format!(
        "for _, x := range []any{{{a}, {b}, {third}, nil, ref({third})}} {{\nswitch y := x.(type) {{\ncase nil:\n\t{h} = mix({h}, 1)\ncase int, int8, string:\n\t{h} = mix({h}, y)\ncase {p}S{i}:\n\t{h} = mix({h}, y.digest())\ncase {p}I:\n\t{h} = mix({h}, 2)\ncase interface{{ m(int) int }}, func():\n\t{h} = mix({h}, 3)\ncase float32, float64:\n\t{h} = mix({h}, y)\ncase []int, [2]int, map[string]int:\n\t{h} = mix({h}, 4)\ndefault:\n\t{h} = mix({h}, y)\n}}\n}}"
    )));
}

/// Closures that keep the variables of rounds of a loop, which are new in each.
fn loop_variables(g: &mut Gen<'_>, h: &str, _: usize, body: &mut Vec<Stmt>) {
    let ty = g.plain_type();
    let value = g.value(&ty);
    let ty = ty.text(g.prefix);
    let n = g.random.between(1, 5);
    let step = g.random.between(1, 2);
    let early = g.condition();
    body.push(text(format!(
        "var fs []func() int\nfor i, x := 0, {ty}({value}); i < {n}; i += {step} {{\n\tfs = append(fs, func() int {{ i += 2; return mix(i, x) }})\n\tif i == 1 && {early} {{ continue }}\n\ti++\n\tif i == 4 {{ fs = append(fs, func() int {{ i *= 3; return i }}) }}\n}}\nfor i := range 3 {{ fs = append(fs, func() int {{ i++; return i }}) }}\nfor _, f := range fs {{ {h} = mix({h}, f()); {h} = mix({h}, f()) }}"
    )));
}

/// Loops that run over the ends of a type, and whose bound changes on the way.
fn loop_bounds(g: &mut Gen<'_>, h: &str, _: usize, body: &mut Vec<Stmt>) {
    let int = *g.random.pick(&INTS);
    let start = g.value(&Ty::Int(int));
    let (name, n, step) = (int.name, g.random.between(1, 9), g.random.between(1, 3));
    body.push(text(format!(
        "for i, n := {name}({start}), 0; n < {n}; i, n = i+{step}, n+1 {{ {h} = mix({h}, i) }}\nfor i := {name}({n}); i <= {name}({n})+3; i++ {{ if i % 2 == 0 {{ {h} = mix({h}, i) }} else if burn() {{ break }} }}\nlast := {n}\nfor i := range last {{ last = 1; i += 2; {h} = mix({h}, i+last) }}\nfor i := len({start_text}) - 1; i >= 0; i-- {{ {h} = mix({h}, {start_text}[i]) }}",
        start_text = "cut(\"loop\")"
    )));
}

/// `range` over an array is over a copy; over its address, or a slice, it is not.
fn loop_over_copy(g: &mut Gen<'_>, h: &str, _: usize, body: &mut Vec<Stmt>) {
    let ty = g.plain_type();
    let (a, b, c) = (g.value(&ty), g.value(&ty), g.value(&ty));
    let ty = ty.text(g.prefix);
    let over = *g.random.pick(&["a", "&a", "a[:]", "s", "s[:2]"]);
    let at = g.random.below(3);
    body.push(text(format!(
        "a := [3]{ty}{{{a}, {b}, {c}}}\ns := a[:]\nfor i, x := range {over} {{\n\ta[(i+1)%3] = a[{at}]\n\ts = append(s, x)\n\tif i == 1 {{ a[2] = x; s = s[1:] }}\n\t{h} = mix(mix({h}, x), i)\n}}\nfor i := range a {{ {h} = mix({h}, a[i]) }}\n{h} = mix({h}, len(s))"
    )));
}

/// The runes of strings, valid and not, and conversions from and to them.
fn runes(g: &mut Gen<'_>, h: &str, _: usize, body: &mut Vec<Stmt>) {
    let (a, b) = (g.value(&Ty::Str), g.value(&Ty::Str));
    let cp = g.value(&Ty::Int(INTS[3]));
    let from = g.random.below(5);
    body.push(text(format!(
        "s := cut({a} + string(rune({cp}))) + cut({b})\nfor i, r := range s {{ {h} = mix(mix({h}, i), r) }}\nfor i := range s {{ {h} = mix({h}, s[i]) }}\nrs := []rune(s)\n{h} = mix({h}, len(rs))\nif len(rs) > {from} {{ {h} = mix({h}, string(rs[{from}:])) }}\nbs := []byte(s)\nfor i := range bs {{ bs[i] ^= byte(i) }}\n{h} = mix({h}, string(bs)); {h} = mix({h}, s)\n{h} = mix({h}, string(append(bs, s...)) > s)"
    )));
}
