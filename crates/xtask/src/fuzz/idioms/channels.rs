//! Channels, `select`, goroutines; the outcome does not depend on the order in which goroutines run.

use super::{Idiom, text};
use crate::fuzz::code::Stmt;
use crate::fuzz::program::Gen;
use crate::fuzz::types::Ty;

pub const IDIOMS: &[Idiom] = &[buffered, select_ready, select_evaluates];

pub const GOROUTINES: &[Idiom] = &[
    ping_pong,
    pipeline,
    select_loop,
    panics_recovered,
    shared_state,
];

/// A channel with a buffer, as a queue.
fn buffered(g: &mut Gen<'_>, h: &str, _: usize, body: &mut Vec<Stmt>) {
    let ty = g.plain_type();
    let (a, b) = (g.value(&ty), g.value(&ty));
    let ty = ty.text(g.prefix);
    let n = g.random.between(2, 5);
    body.push(text(format!(
        "c := make(chan {ty}, {n})\nc <- {a}\nc <- {b}\n{h} = mix(mix({h}, len(c)), cap(c))\n{h} = mix({h}, <-c)\nc <- {a}\nclose(c)\nx, ok := <-c\n{h} = mix(mix({h}, x), ok)\nfor x := range c {{ {h} = mix({h}, x) }}\nx, ok = <-c\n{h} = mix(mix(mix({h}, x), ok), len(c))\nvar d chan<- {ty} = c\nvar none chan {ty}\n{h} = mix(mix({h}, cap(d)), len(none))"
    )));
}

/// `select` where one case can go on, or none.
fn select_ready(g: &mut Gen<'_>, h: &str, depth: usize, body: &mut Vec<Stmt>) {
    let ty = g.plain_type();
    let (a, b) = (g.value(&ty), g.value(&ty));
    let x = g.fresh("x");
    let mut filler = g.inner(&[(&x, &ty)], depth);
    filler.insert(0, text(format!("{x} := x; _ = {x}")));
    let ty = ty.text(g.prefix);
    let label = g.fresh("L");
    let used = vec![text(format!("{h} = mix(mix({h}, x), ok)"))];
    body.push(text(format!(
        "full, empty := make(chan {ty}, 1), make(chan {ty})\nvar none chan {ty}\nn := 0\nfull <- {a}\n{label}:"
    )));
    let select = Stmt::Blocks(
        vec![
            ("select {".to_owned(), Vec::new()),
            ("case x, ok := <-full:".to_owned(), [used, filler].concat()),
            (
                "case empty <- func() ".to_owned() + &format!("{ty} {{ n++; return {b} }}():"),
                vec![text("panic(1)")],
            ),
            (
                "case none <- ".to_owned() + &format!("{b}:"),
                vec![text("panic(2)")],
            ),
            (
                "case <-none:".to_owned(),
                vec![text(format!("break {label}"))],
            ),
            (
                "default:".to_owned(),
                vec![
                    text(format!("{h} = mix({h}, 5)\nif n > 4 {{ break {label} }}")),
                    text("if n == 2 { break }\nfull <- ".to_owned() + &b),
                ],
            ),
        ],
        "}",
    );
    body.push(Stmt::Blocks(
        vec![(
            "for {".to_owned(),
            vec![
                text("if burn() { break }"),
                select,
                text(format!("{h} = mix({h}, n)")),
            ],
        )],
        "}",
    ));
}

/// Operands of `select` are evaluated once, in order; what is received goes where it is told.
fn select_evaluates(g: &mut Gen<'_>, h: &str, _: usize, body: &mut Vec<Stmt>) {
    let (a, i) = (g.value(&Ty::INT), g.index(3));
    body.push(text(format!(
        "c := make(chan int, 2)\nvar s [3]int\nvar ok bool\nlook := func(i int) int {{ {h} = mix({h}, i); return i }}\ngive := func(c chan int) chan int {{ {h} = mix({h}, len(c)); return c }}\nfor range 3 {{\n\tselect {{\n\tcase give(c) <- look({a}):\n\t\t{h}++\n\tdefault:\n\t\tselect {{\n\t\tcase s[look({i})], ok = <-give(c):\n\t\t\t{h} = mix({h}, ok)\n\t\tdefault:\n\t\t\t{h} = mix({h}, 4)\n\t\t}}\n\t}}\n}}\nfor _, x := range s {{ {h} = mix({h}, x) }}\nselect {{\ncase x := <-c:\n\t{h} = mix({h}, x)\n}}"
    )));
}

/// Two goroutines that take turns.
fn ping_pong(g: &mut Gen<'_>, h: &str, _: usize, body: &mut Vec<Stmt>) {
    let ty = g.plain_type();
    let (a, n) = (g.value(&ty), g.random.between(1, 5));
    let next = g.value_with(&ty, &[("x", &ty)]);
    let ty = ty.text(g.prefix);
    let guard = guard(g);
    body.push(text(format!(
        "ping, pong := make(chan {ty}), make(chan {ty})\ngo func() {{\n\tdefer close(pong)\n\tfor x := range ping {{ _ = x; pong <- func() (r {ty}) {{ {guard}return {next} }}() }}\n}}()\nx := {ty}({a})\nfor range {n} {{ ping <- x; x = <-pong; {h} = mix({h}, x) }}\nclose(ping)\n_, ok := <-pong\n{h} = mix({h}, ok)"
    )));
}

/// Stages, each a goroutine, that keep the order of what passes.
fn pipeline(g: &mut Gen<'_>, h: &str, _: usize, body: &mut Vec<Stmt>) {
    let (n, size) = (g.random.between(1, 8), g.random.below(3));
    let (a, stages) = (guarded(g, &Ty::INT), g.random.between(1, 4));
    body.push(text(format!(
        "stage := func(in <-chan int, k int) <-chan int {{\n\tout := make(chan int, {size})\n\tgo func() {{\n\t\tdefer close(out)\n\t\tfor x := range in {{ if x%7 != k {{ out <- x*k + 1 }} }}\n\t}}()\n\treturn out\n}}\nsource := make(chan int)\ngo func() {{ for i := range {n} {{ source <- i + {a} }}; close(source) }}()\nvar c <-chan int = source\nfor k := range {stages} {{ c = stage(c, k+2) }}\nfor x := range c {{ {h} = mix({h}, x) }}"
    )));
}

/// A goroutine that waits for several channels, some of which become nil.
fn select_loop(g: &mut Gen<'_>, h: &str, _: usize, body: &mut Vec<Stmt>) {
    let (n, m) = (g.random.between(1, 6), g.random.between(1, 6));
    let size = g.random.below(3);
    body.push(text(format!(
        "a, b, quit := make(chan int, {size}), make(chan string), make(chan struct{{}})\ngo func() {{ for i := range {n} {{ a <- i }}; close(a) }}()\ngo func() {{ for i := range {m} {{ b <- string(rune('a' + i)) }}; close(b) }}()\nsum := 0\nas, bs := a, b\nfor as != nil || bs != nil {{\n\tselect {{\n\tcase x, ok := <-as:\n\t\tif !ok {{ as = nil; continue }}\n\t\tsum += x\n\tcase s, ok := <-bs:\n\t\tif !ok {{ bs = nil; break }}\n\t\tsum += int(s[0])\n\t}}\n}}\n{h} = mix({h}, sum)\nresult := make(chan int)\ngo func() {{ <-quit; select {{ case <-quit: result <- 1; case <-as: result <- 2 }} }}()\nclose(quit)\n{h} = mix({h}, <-result)"
    )));
}

/// Goroutines that panic and recover.
fn panics_recovered(g: &mut Gen<'_>, h: &str, _: usize, body: &mut Vec<Stmt>) {
    if !g.features.panics {
        return pipeline(g, h, 0, body);
    }
    let (a, n) = (g.value(&Ty::Any), g.random.between(1, 4));
    body.push(text(format!(
        "errs := make(chan int)\nfor i := range {n} {{\n\tgo func() {{\n\t\tdefer func() {{ errs <- mix(i, recovered(recover())) }}()\n\t\tdefer func() {{ if i == 1 {{ panic(problem(i)) }} }}()\n\t\tif i == 2 {{ var m map[int]int; m[i] = 1 }}\n\t\tif i != 3 {{ panic(any({a})) }}\n\t}}()\n}}\nsum := 0\nfor range {n} {{ sum ^= <-errs }}\n{h} = mix({h}, sum)"
    )));
}

/// State shared under locks.
fn shared_state(g: &mut Gen<'_>, h: &str, _: usize, body: &mut Vec<Stmt>) {
    let (n, m) = (g.random.between(1, 5), g.random.between(1, 5));
    let a = guarded(g, &Ty::INT);
    body.push(text(format!(
        "var mu sync.RWMutex\nvar wg sync.WaitGroup\nvar once sync.Once\nseen, total := make([]int, {n}), 0\nfor i := range {n} {{\n\twg.Add(1)\n\tgo func() {{\n\t\tdefer wg.Done()\n\t\tonce.Do(func() {{ total = {a} }})\n\t\tfor j := range {m} {{\n\t\t\tmu.Lock()\n\t\t\ttotal += i * j\n\t\t\tmu.Unlock()\n\t\t\tmu.RLock()\n\t\t\tseen[i] = total - total + j\n\t\t\tmu.RUnlock()\n\t\t}}\n\t}}()\n}}\nwg.Wait()\n{h} = mix({h}, total)\nfor _, x := range seen {{ {h} = mix({h}, x) }}"
    )));
}

/// A small expression for a goroutine: a panic that nobody recovers there ends all programs of the binary.
fn guarded(g: &mut Gen<'_>, ty: &Ty) -> String {
    let value = g.value(ty);
    let guard = guard(g);
    let ty = ty.text(g.prefix);
    format!("func() (r {ty}) {{ {guard}return {value} }}()")
}

/// What keeps a function from panicking.
fn guard(g: &Gen<'_>) -> &'static str {
    if g.features.panics {
        "defer func() { recover() }(); "
    } else {
        ""
    }
}
