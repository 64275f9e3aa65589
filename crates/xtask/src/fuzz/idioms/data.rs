//! Slices, arrays, structs, maps, pointers and interfaces: who shares memory with whom, and what is equal.

use super::{Idiom, text};
use crate::fuzz::code::Stmt;
use crate::fuzz::program::Gen;
use crate::fuzz::types::{INTS, Ty};

pub const IDIOMS: &[Idiom] = &[
    append_aliases,
    copy_overlaps,
    nested_arrays,
    array_of_slice,
    struct_copies,
    struct_equality,
    interface_equality,
    pointers_into,
    assign_together,
    swap_elements,
    constant_operands,
    conversions,
    shifts,
    min_max,
    zero_sizes,
    boxed_values,
    strings_built,
];

pub const WITH_MAPS: &[Idiom] = &[
    map_updates,
    interface_keys,
    struct_keys,
    float_keys,
    clear_all,
];

/// Slices of one array, appended to and written through; capacities are given, so that it is known who shares.
fn append_aliases(g: &mut Gen<'_>, h: &str, _: usize, body: &mut Vec<Stmt>) {
    let ty = g.plain_type();
    let (a, b, c) = (g.value(&ty), g.value(&ty), g.value(&ty));
    let ty = ty.text(g.prefix);
    let (low, high, most) = (g.index(3), g.index(3), g.index(2));
    body.push(text(format!(
        "s := make([]{ty}, 4, 8)\nlow := {low}\nhigh := low + {high}\nmost := high + {most}\ns[low] = {a}\nt := s[low:high:most]\nu := append(t, {b})\nw := append(s[:high], {c}, {a})\nif len(u) > 0 {{ u[0] = {c} }}\nu = append(u, w...)\n{h} = mix(mix({h}, len(t)), cap(t))\nfor _, x := range s[:8] {{ {h} = mix({h}, x) }}\nfor _, x := range u {{ {h} = mix({h}, x) }}\nfor _, x := range w {{ {h} = mix({h}, x) }}"
    )));
}

/// `copy` within a slice, and from strings.
fn copy_overlaps(g: &mut Gen<'_>, h: &str, _: usize, body: &mut Vec<Stmt>) {
    let ty = g.plain_type();
    let (a, b) = (g.value(&ty), g.value(&ty));
    let s = g.value(&Ty::Str);
    let ty = ty.text(g.prefix);
    let (to, from, end) = (g.index(5), g.index(5), g.index(5));
    body.push(text(format!(
        "s := []{ty}{{{a}, {b}, {a}, {b}, {a}}}\ns = append(s, {b})\nfrom, end := {from}, {end}\nif from > end {{ from, end = end, from }}\n{h} = mix({h}, copy(s[{to}:], s[from:end]))\nfor _, x := range s {{ {h} = mix({h}, x) }}\nvar bs [6]byte\n{h} = mix({h}, copy(bs[1:], {s}))\nbs[0] = byte(copy(bs[2:], bs[:4]))\n{h} = mix({h}, string(bs[:]))\ns = append(s[:1], s[2:]...)\n{h} = mix(mix({h}, s[len(s)-1]), len(s))"
    )));
}

/// Arrays of arrays: indices, copies, comparison.
fn nested_arrays(g: &mut Gen<'_>, h: &str, _: usize, body: &mut Vec<Stmt>) {
    let ty = g.equal_type();
    let (a, b) = (g.value(&ty), g.value(&ty));
    let ty = ty.text(g.prefix);
    let (i, j) = (g.index(3), g.index(2));
    body.push(text(format!(
        "var a [3][2]{ty}\ni, j := {i}, {j}\na[i][j] = {a}\nb := a\nrow := a[i]\np := &a[i]\np[1-j] = {b}\n{h} = mix({h}, a == b)\n{h} = mix({h}, row == a[i])\nb[2] = *p\na[0], b[1] = b[1], a[i]\nfor i := range a {{ for j, x := range b[i] {{ {h} = mix(mix({h}, x), a[i][j]) }} }}\nf := func(x [3][2]{ty}) [2]{ty} {{ x[0][0] = x[i][j]; return x[0] }}\n{h} = mix(mix({h}, f(a)[0]), f(b)[j])\n{h} = mix({h}, [2][2]{ty}{{a[0], row}} != [...][2]{ty}{{b[0], b[1]}})"
    )));
}

/// Conversions of slices to arrays and to pointers to arrays.
fn array_of_slice(g: &mut Gen<'_>, h: &str, _: usize, body: &mut Vec<Stmt>) {
    let ty = g.plain_type();
    let (a, b) = (g.value(&ty), g.value(&ty));
    let ty = ty.text(g.prefix);
    let n = g.random.between(1, 4);
    let tail = if g.features.panics {
        format!(
            "\nfunc() {{\n\tdefer func() {{ {h} = mix({h}, recovered(recover())) }}()\n\t{h} = mix({h}, [3]{ty}(s)[0])\n\ts = s[:{}]\n\t{h} = mix({h}, (*[2]{ty})(s)[1])\n}}()",
            g.index(3)
        )
    } else {
        String::new()
    };
    body.push(text(format!(
        "s := make([]{ty}, {n})\ns[len(s)-1] = {a}\nx := [1]{ty}(s)\np := (*[1]{ty})(s)\np[0] = {b}\n{h} = mix(mix(mix({h}, x[0]), s[0]), s[len(s)-1]){tail}"
    )));
}

/// Structs are copied by assignments, arguments, results, closures, elements.
fn struct_copies(g: &mut Gen<'_>, h: &str, _: usize, body: &mut Vec<Stmt>) {
    let i = g.random.below(g.structs.len());
    let f = g.random.below(g.structs[i].len());
    let field = g.structs[i][f].clone();
    let (a, b) = (g.value(&Ty::Struct(i)), g.value(&field));
    let p = g.prefix;
    body.push(text(format!(
        "type outer struct {{ n int8; in {p}S{i}; m bool; arr [2]{p}S{i} }}\no := outer{{n: 1, in: {a}}}\no.arr[1] = o.in\nq := o\nptr := &o.in\nptr.f{f} = {b}\no.arr[0] = *ptr\nget := func(x outer) (outer, {p}S{i}) {{ x.in = x.arr[1]; x.n++; return x, o.in }}\nr, in := get(o)\n{h} = mix(mix({h}, q.in), o.in)\n{h} = mix(mix(mix({h}, r.in), in), r.n)\n{h} = mix(mix({h}, o.arr[0]), r.arr[1])\nall := []outer{{o, q, r}}\nfor _, x := range all {{ x.n = 99; x.in = {p}S{i}{{}} }}\nfor i := range all {{ all[i].n += int8(i); {h} = mix(mix({h}, all[i].n), all[i].in) }}"
    )));
}

/// Structs are equal field by field, without what lies between fields and in blank ones.
fn struct_equality(g: &mut Gen<'_>, h: &str, _: usize, body: &mut Vec<Stmt>) {
    let fields: Vec<Ty> = (0..g.random.between(1, 5))
        .map(|_| match g.random.below(6) {
            0 => Ty::Str,
            1 => Ty::Float64,
            2 => Ty::Float32,
            3 => Ty::Bool,
            _ => Ty::Int(*g.random.pick(&INTS)),
        })
        .collect();
    let declared: Vec<String> = (0..)
        .zip(&fields)
        .map(|(i, ty)| {
            let name = if i == 1 && g.random.chance(20) {
                "_".to_owned()
            } else {
                format!("a{i}")
            };
            format!("{name} {}", ty.text(g.prefix))
        })
        .collect();
    let value = |g: &mut Gen<'_>| {
        let named = declared
            .iter()
            .zip(&fields)
            .filter(|(d, _)| !d.starts_with('_'));
        let parts: Vec<String> = named
            .map(|(d, ty)| {
                let name = d.split(' ').next().unwrap_or_default();
                format!("{name}: {}", g.expr(ty, 1))
            })
            .collect();
        parts.join(", ")
    };
    let (a, b) = (value(g), value(g));
    body.push(text(format!(
        "type t struct {{ {} }}\na, b := t{{{a}}}, t{{{b}}}\nc := a\nc.a0 = b.a0\n{h} = mix(mix(mix({h}, a == b), a == c), b != c)\n{h} = mix({h}, [2]t{{a, b}} == [2]t{{c, b}})\n{h} = mix({h}, any(a) == any(c))\n{h} = mix({h}, a == t{{{a}}})\np, q := &a, &b\n*p, *q = *q, *p\n{h} = mix(mix({h}, *p == c), *q == c)",
        declared.join("; ")
    )));
}

/// Interfaces are equal by type and value; a type without equality panics, if the other one is the same.
fn interface_equality(g: &mut Gen<'_>, h: &str, _: usize, body: &mut Vec<Stmt>) {
    let (a, b) = (g.value(&Ty::Any), g.value(&Ty::Any));
    let i = g.random.below(g.structs.len());
    let s = g.value(&Ty::Struct(i));
    let int = g.random.pick(&INTS).name;
    let n = g.value(&Ty::INT);
    let guard = if g.features.panics {
        format!("defer func() {{ {h} = mix({h}, recovered(recover())) }}()")
    } else {
        return types(g, h, body);
    };
    body.push(text(format!(
        "type both struct {{ n int; a any }}\nxs := []any{{{a}, {b}, {s}, {int}({n}), nil, both{{1, {a}}}, [1]any{{{b}}}, &struct{{}}{{}}}}\nfor _, x := range xs {{\n\tfor _, y := range xs {{\n\t\tfunc() {{\n\t\t\t{guard}\n\t\t\tif x == y {{ {h}++ }}\n\t\t\t{h} = mix({h}, both{{2, x}} != both{{2, y}})\n\t\t}}()\n\t}}\n\tfunc() {{\n\t\t{guard}\n\t\t{h} = mix(mix({h}, x == any({s})), x == any({int}({n})))\n\t}}()\n}}"
    )));
}

/// Assertions that say whether they hold.
fn types(g: &mut Gen<'_>, h: &str, body: &mut Vec<Stmt>) {
    let a = g.value(&Ty::Any);
    let ty = g.plain_type().text(g.prefix);
    body.push(text(format!(
        "x := any({a})\ny, ok := x.({ty})\n{h} = mix(mix({h}, y), ok)\n_, ok = x.({}I)\n{h} = mix({h}, ok)",
        g.prefix
    )));
}

/// Pointers to fields and elements, and what is read and written beside them.
fn pointers_into(g: &mut Gen<'_>, h: &str, _: usize, body: &mut Vec<Stmt>) {
    let ty = g.plain_type();
    let (a, b, c) = (g.value(&ty), g.value(&ty), g.value(&ty));
    let ty = ty.text(g.prefix);
    let (i, j) = (g.index(3), g.index(3));
    let cond = g.condition();
    body.push(text(format!(
        "type t struct {{ x {ty}; y [3]{ty}; next *t }}\nv := t{{x: {a}}}\nw := t{{next: &v, y: [3]{ty}{{{b}, {c}}}}}\np, q := &v.x, &w.y[{i}]\nif {cond} {{ p, q = q, p }}\nbefore := v.x\n*p = {b}\n{h} = mix(mix({h}, before), v.x)\n*q = *p\nw.next.x = {c}\n{h} = mix(mix(mix({h}, v.x), *p), *q)\nset := func(to *{ty}) {{ *to = w.y[{j}] }}\nset(q)\nset(&w.next.y[{j}])\nw.next, v.next = v.next, &w\nv.next.x = v.y[{j}]\n{h} = mix(mix(mix({h}, w.x), w.y[{i}]), w.next == nil)"
    )));
}

/// Assignments to several at once: operands first, then from left to right.
fn assign_together(g: &mut Gen<'_>, h: &str, _: usize, body: &mut Vec<Stmt>) {
    let (i, a, b) = (g.index(3), g.value(&Ty::INT), g.value(&Ty::INT));
    body.push(text(format!(
        "s := []int{{{a}, {b}, 2, 1}}\ni := {i}\ni, s[i] = i+1, i*7\ns[i], i = s[i-1], 0\ns[0], s[0] = 3, s[0]+1\ntwo := func(x, y int) (int, int) {{ return y - x, x }}\ni, s[1] = two(s[0], s[1])\np := &s[2]\np, *p = &s[3], s[i&1]\n*p, s = s[1], s[1:]\nvar k any = s[0]\nvar ok bool\ns[0], ok = k.(int)\nfor _, x := range s {{ {h} = mix({h}, x) }}\n{h} = mix(mix(mix({h}, i), ok), *p)"
    )));
}

/// Elements change places; operators that assign evaluate their place once.
fn swap_elements(g: &mut Gen<'_>, h: &str, _: usize, body: &mut Vec<Stmt>) {
    let int = g.random.pick(&INTS).name;
    let (a, b, i) = (g.value(&Ty::INT), g.value(&Ty::INT), g.index(4));
    let op = *g.random.pick(&["+", "-", "*", "&", "|", "^", "&^"]);
    let count = g.random.below(70);
    body.push(text(format!(
        "s := []{int}{{{int}({a}), {int}({b}), 3, 4}}\nn := 0\nnext := func() int {{ n++; return (n + {i}) % 4 }}\ns[next()], s[next()] = s[next()], s[next()]\ns[next()] {op}= s[next()]\ns[next()] <<= {count}\ns[next()]++\ns[next()] >>= {count} / 3\n*(&s[next()]) /= s[{i}] | 1\nfor _, x := range s {{ {h} = mix({h}, x) }}\n{h} = mix({h}, n)"
    )));
}

/// Operators whose right operand is a constant, which compilers replace by others.
fn constant_operands(g: &mut Gen<'_>, h: &str, _: usize, body: &mut Vec<Stmt>) {
    let int = *g.random.pick(&INTS);
    let values: Vec<String> = (0..3).map(|_| g.value(&Ty::Int(int))).collect();
    let mut lines = String::new();
    for _ in 0..g.random.between(3, 8) {
        let most = int.bits - u32::from(int.signed);
        let power = 1_u64 << g.random.below(most as usize);
        let all = u64::MAX >> (64 - most);
        let mut constant = match g.random.below(6) {
            0 => power,
            1 => power.wrapping_sub(1) & all,
            2 => (power + 1) & all,
            3 => all,
            4 => g.random.below(100) as u64,
            _ => g.random.next() & all,
        };
        let op = *g.random.pick(&[
            "/", "%", "*", "+", "-", "&", "|", "^", "&^", "<", ">=", "==",
        ]);
        if matches!(op, "/" | "%") {
            constant = constant.max(1);
        }
        let sign = if int.signed && g.random.chance(30) {
            "-"
        } else {
            ""
        };
        let form = match g.random.below(4) {
            0 => format!("({sign}{constant}) {op} (x | 1)"),
            1 => format!("(x - y) {op} ({sign}{constant})"),
            _ => format!("x {op} ({sign}{constant})"),
        };
        lines.push_str(&format!("\n{h} = mix({h}, {form})"));
        let (left, right) = (
            g.random.below(int.bits as usize + 3),
            g.random.below(int.bits as usize + 3),
        );
        lines.push_str(&format!("\n{h} = mix({h}, x << {left} >> {right})"));
        lines.push_str(&format!(
            "\n{h} = mix({h}, x >> {right} << {left} | y >> {left})"
        ));
    }
    body.push(text(format!(
        "xs := []{0}{{{1}}}\nfor i, x := range xs {{\ny := xs[len(xs)-1-i]{lines}\n}}",
        int.name,
        values.join(", ")
    )));
}

/// Conversions among all widths and floats, as far as the value fits.
fn conversions(g: &mut Gen<'_>, h: &str, _: usize, body: &mut Vec<Stmt>) {
    let a = *g.random.pick(&INTS);
    let (b, c) = (g.random.pick(&INTS).name, g.random.pick(&INTS).name);
    let value = g.value(&Ty::Int(a));
    let (f, s) = (g.value(&Ty::Float64), g.value(&Ty::Float32));
    let a = a.name;
    body.push(text(format!(
        "x := {a}({value})\n{h} = mix({h}, {c}({b}(x)))\n{h} = mix(mix({h}, float32(x)), float64(x))\n{h} = mix({h}, float32({b}(x)))\n{h} = mix({h}, {c}({b}(x)+{b}(x)) >> 1)\n{h} = mix(mix({h}, {a}(small({f}))), {b}(small(float64({s}))))\n{h} = mix({h}, {c}(float32(small({f}))))\n{h} = mix(mix({h}, uint64(large({f}))), uint64(float32(large(float64({s})))))\n{h} = mix(mix({h}, float32({f})), float64({s})*{f})\n{h} = mix({h}, complex64(complex({f}, float64({s}))))\n{h} = mix({h}, {f} < float64(x) == ({f} >= float64(x)))"
    )));
}

/// Shifts of and by all widths; a count may be larger than the width, and a signed one not negative.
fn shifts(g: &mut Gen<'_>, h: &str, _: usize, body: &mut Vec<Stmt>) {
    let a = *g.random.pick(&INTS);
    let count = *g.random.pick(&INTS);
    let (x, n) = (g.value(&Ty::Int(a)), g.value(&Ty::Int(count)));
    let b = g.random.pick(&INTS).name;
    let (mask, constant) = (*g.random.pick(&[7, 15, 31, 63, 127]), g.random.below(1000));
    let (a, negative) = (a.name, count.signed && g.features.panics);
    let tail = if negative {
        format!(
            "\nfunc() {{\n\tdefer func() {{ {h} = mix({h}, recovered(recover())) }}()\n\t{h} = mix({h}, x << n)\n\tx >>= n\n\t{h} = mix({h}, x)\n}}()"
        )
    } else {
        String::new()
    };
    body.push(text(format!(
        "x, n := {a}({x}), {}({n})\nm := n & {mask}\n{h} = mix(mix({h}, x << m), x >> m)\n{h} = mix({h}, {b}(x) << (m & 7) >> m)\nvar y {b} = 1 << m\n{h} = mix({h}, y)\nx <<= m\n{h} = mix({h}, x)\nvar k int64 = {constant} << (m & 31)\n{h} = mix(mix({h}, k), -k >> m)\nif m < 8 && m > 0 {{ {h} = mix(mix({h}, x << m >> m), x >> (8 - m) | x << m) }}{tail}",
        count.name
    )));
}

/// `min` and `max` of integers, strings and floats; NaN and the sign of zero included.
fn min_max(g: &mut Gen<'_>, h: &str, _: usize, body: &mut Vec<Stmt>) {
    let ty = match g.random.below(4) {
        0 => Ty::Str,
        1 => Ty::Float64,
        2 => Ty::Float32,
        _ => Ty::Int(*g.random.pick(&INTS)),
    };
    let (a, b, c) = (g.value(&ty), g.value(&ty), g.value(&ty));
    let float = matches!(ty, Ty::Float64 | Ty::Float32);
    let ty = ty.text(g.prefix);
    let more = if float {
        format!(
            "\nz := a - a\nfor _, x := range []{ty}{{a, z, -z, {ty}(math.NaN()), {ty}(math.Inf(1)), b / z}} {{ {h} = mix(mix({h}, min(x, -z)), max(z, x, c)) }}"
        )
    } else {
        String::new()
    };
    body.push(text(format!(
        "a, b, c := {ty}({a}), {ty}({b}), {ty}({c})\n{h} = mix(mix({h}, min(a, b, c)), max(a, b, c))\n{h} = mix(mix({h}, min(a, max(b, c))), max(b, c) == max(c, b)){more}"
    )));
}

/// Types without bytes.
fn zero_sizes(g: &mut Gen<'_>, h: &str, _: usize, body: &mut Vec<Stmt>) {
    let (n, a) = (g.index(5), g.value(&Ty::INT));
    body.push(text(format!(
        "type none struct{{}}\ns := make([]none, {n}, 9)\ns = append(s, none{{}}, none{{}})\n{h} = mix({h}, len(s))\nvar x [0]int\ntype t struct {{ a int8; _ none; b int; e [0]string; c none }}\ny := t{{a: 1, b: {a}}}\nz := y\nz.a = int8(len(x))\n{h} = mix(mix(mix({h}, y == z), z.b), z.c == none{{}})\nfor i := range s[1:] {{ {h} = mix({h}, i) }}\nvar e any = none{{}}\n{h} = mix(mix({h}, e == any(struct{{}}{{}})), e == any(none{{}}))"
    )));
}

/// Values in interfaces do not change with the variables that they come from.
fn boxed_values(g: &mut Gen<'_>, h: &str, _: usize, body: &mut Vec<Stmt>) {
    let ty = g.plain_type();
    let (a, b) = (g.value(&ty), g.value(&ty));
    let ty = ty.text(g.prefix);
    let other = g.plain_type().text(g.prefix);
    body.push(text(format!(
        "v := {ty}({a})\nvar x any = v\np := &v\nvar y any = [2]{ty}{{v, v}}\n*p = {b}\nvar z any = p\nw, ok := x.({ty})\n{h} = mix(mix(mix({h}, w), ok), v)\narr := y.([2]{ty})\narr[0] = v\n{h} = mix(mix({h}, y.([2]{ty})[0]), arr[0])\n*z.(*{ty}) = w\n{h} = mix({h}, v)\nu, ok := x.({other})\n{h} = mix(mix({h}, u), ok)\nf := func(xs ...any) int {{ xs[0] = 1; return len(xs) }}\nall := []any{{x, y, nil}}\n{h} = mix(mix(mix({h}, f(all...)), f(x, y)), all[0])"
    )));
}

/// Strings put together, cut and compared.
fn strings_built(g: &mut Gen<'_>, h: &str, _: usize, body: &mut Vec<Stmt>) {
    let (a, b, c) = (g.value(&Ty::Str), g.value(&Ty::Str), g.value(&Ty::Str));
    let n = g.random.between(1, 6);
    body.push(text(format!(
        "a, b, c := cut({a}), cut({b}), cut({c})\ns := a + b + c + a\nfor range {n} {{ s += b; s = cut(s[len(s)/3:] + \"-\") }}\n{h} = mix(mix(mix({h}, s), s == a+b), a < b)\n{h} = mix(mix({h}, a+\"x\"+b <= c), string([]byte(a)) == b)\nt := s\ns += c\n{h} = mix(mix({h}, t), s[:len(t)] == t)\nbs := []byte(t)\nbs = append(append(bs, a...), bs...)\nfor i := range bs {{ if bs[i] == '-' {{ bs[i] = t[i%len(t)] + 1 }} }}\n{h} = mix({h}, string(bs[len(bs)/2:]))\nif i := len(t) / 2; i > 0 {{ {h} = mix(mix({h}, t[i:][0]), t[:i][i-1]) }}"
    )));
}

/// Operators and appends on elements of maps, and reads of keys that are not there.
fn map_updates(g: &mut Gen<'_>, h: &str, _: usize, body: &mut Vec<Stmt>) {
    let key = match g.random.below(3) {
        0 => Ty::Str,
        1 => Ty::Int(*g.random.pick(&INTS)),
        _ => Ty::Array(2, Box::new(Ty::Int(*g.random.pick(&INTS)))),
    };
    let (a, b, c) = (g.value(&key), g.value(&key), g.value(&key));
    let (x, y) = (g.value(&Ty::INT), g.value(&Ty::Str));
    let key = key.text(g.prefix);
    let tail = if g.features.panics {
        format!(
            "\nfunc() {{\n\tdefer func() {{ {h} = mix(mix({h}, recovered(recover())), len(m)) }}()\n\tzero := m[a] - m[a]\n\tdelete(m, c)\n\tm[c] /= zero\n}}()\nfunc() {{\n\tdefer func() {{ {h} = mix({h}, recovered(recover())) }}()\n\tvar none map[{key}]int\n\t{h} = mix(mix({h}, none[a]), len(none))\n\tdelete(none, a)\n\tnone[a]++\n}}()"
        )
    } else {
        String::new()
    };
    body.push(text(format!(
        "a, b, c := {key}({a}), {key}({b}), {key}({c})\nm := map[{key}]int{{a: {x}}}\nm[b]++\nm[c] -= m[a]\nm[a] <<= 3\nm[b] = m[a] + len(m)\ns := map[{key}][]string{{}}\ns[a] = append(s[a], {y})\ns[b] = append(s[b], \"q\", {y})\ns[a] = append(s[a], s[b]...)\nw := make(map[{key}]string, 2)\nw[a] += {y}\nw[c] += w[a] + \"!\"\nin := map[{key}]map[int]bool{{}}\nif in[b] == nil {{ in[b] = map[int]bool{{}} }}\nin[b][len(in)] = true\nfor _, k := range []{key}{{a, b, c}} {{\n\tv, ok := m[k]\n\t{h} = mix(mix(mix({h}, v), ok), len(s[k]))\n\t{h} = mix(mix({h}, w[k]), in[k][1])\n\tfor _, x := range s[k] {{ {h} = mix({h}, x) }}\n}}\ndelete(m, b)\n_, ok := m[b]\n{h} = mix(mix({h}, ok), len(m)){tail}"
    )));
}

/// Maps whose keys are interfaces; keys without equality panic.
fn interface_keys(g: &mut Gen<'_>, h: &str, _: usize, body: &mut Vec<Stmt>) {
    let keys: Vec<String> = (0..4).map(|_| g.value(&Ty::Any)).collect();
    let i = g.random.below(g.structs.len());
    let s = g.value(&Ty::Struct(i));
    let int = g.random.pick(&INTS).name;
    let guard = if g.features.panics {
        format!("defer func() {{ {h} = mix({h}, recovered(recover())) }}()")
    } else {
        body.push(text(format!(
            "m := map[any]int{{}}\nfor i := range 5 {{ m[i%3]++; m[{int}(i)]++; m[\"k\"] += i }}\n{h} = mix(mix(mix({h}, len(m)), m[{int}(2)]), m[2])"
        )));
        return;
    };
    body.push(text(format!(
        "m := map[any]int{{}}\nkeys := []any{{{}, {s}, {int}(1), 1, nil, [2]any{{1, \"a\"}}, struct{{ a any }}{{2.5}}, true, []int{{}}, [1]any{{func() {{}}}}}}\nfor i, k := range keys {{\n\tfunc() {{\n\t\t{guard}\n\t\tm[k] += i\n\t\tm[k]++\n\t}}()\n}}\nfor _, k := range keys {{\n\tfunc() {{\n\t\t{guard}\n\t\tv, ok := m[k]\n\t\t{h} = mix(mix({h}, v), ok)\n\t\tif v%3 == 1 {{ delete(m, k) }}\n\t}}()\n}}\n{h} = mix({h}, len(m))\nsum := 0\nfor k, v := range m {{ if _, ok := k.(int); ok {{ sum += v }}; sum += 3 }}\n{h} = mix({h}, sum)",
        keys.join(", ")
    )));
}

/// Maps whose keys are structs, large enough to grow.
fn struct_keys(g: &mut Gen<'_>, h: &str, _: usize, body: &mut Vec<Stmt>) {
    let a = g.random.pick(&INTS).name;
    let b = g.random.pick(&INTS).name;
    let (s, n) = (g.value(&Ty::Str), g.random.between(1, 70));
    let (step, x) = (g.random.between(1, 9), g.value(&Ty::INT));
    body.push(text(format!(
        "type key struct {{ a {a}; s string; b {b}; f float64 }}\nm := map[key]int{{}}\nfor i := range {n} {{\n\tk := key{{{a}(i * {step}), cut({s})[:0], {b}(i % 5), float64(i / 2)}}\n\tif i%2 == 0 {{ k.s = \"even\" }}\n\tm[k] += i + 1\n\tif i%7 == 3 {{ delete(m, k) }}\n}}\nsum := 0\nfor k, v := range m {{ sum += v*int(k.b) + len(k.s) + int(k.f) + {x}; if v%2 == 0 {{ delete(m, k) }} }}\n{h} = mix(mix({h}, sum), len(m))\nv, ok := m[key{{a: {a}({step}), b: 1}}]\n{h} = mix(mix({h}, v), ok)"
    )));
}

/// Maps whose keys are floats: a NaN is a new key each time, both zeros are one.
fn float_keys(g: &mut Gen<'_>, h: &str, _: usize, body: &mut Vec<Stmt>) {
    let (a, b, n) = (g.value(&Ty::Float64), g.value(&Ty::Float64), g.index(20));
    body.push(text(format!(
        "m := map[float64]int{{}}\nnan, zero := math.NaN(), {a} * 0\nfor i := range {n} {{ m[nan] = i; m[float64(i)/2]++ }}\nm[zero] += 2\nm[-zero]++\nm[{a}/{b}] += 5\n_, ok := m[nan]\n{h} = mix(mix({h}, len(m)), ok)\nsum := 0\nfor _, v := range m {{ sum += v }}\n{h} = mix(mix({h}, sum), m[0])\ndelete(m, nan)\n{h} = mix({h}, len(m))\nclear(m)\n{h} = mix({h}, len(m))\nc := map[complex128]string{{complex({a}, {b}): \"x\"}}\nc[complex(-zero, zero)] += \"y\"\n{h} = mix(mix({h}, len(c)), c[0])"
    )));
}

/// `clear`, and maps that change while they are ranged over.
fn clear_all(g: &mut Gen<'_>, h: &str, _: usize, body: &mut Vec<Stmt>) {
    let ty = g.plain_type();
    let a = g.value(&ty);
    let ty = ty.text(g.prefix);
    let (n, from) = (g.random.between(1, 40), g.index(3));
    body.push(text(format!(
        "s := []{ty}{{{a}, {a}, {a}}}\nclear(s[{from}:])\nfor _, x := range s {{ {h} = mix({h}, x) }}\nm := map[int]{ty}{{}}\nfor i := range {n} {{ m[i] = {a} }}\nseen := 0\nfor k := range m {{ seen++; delete(m, k); delete(m, k^1) }}\n{h} = mix(mix({h}, len(m)), seen == {n}/2 + {n}%2)\nfor i := range {n} {{ m[i*i] = {a} }}\nfor k := range m {{ if k > 3 {{ clear(m) }} }}\n{h} = mix({h}, len(m) <= 2)\nclear(m)\nm[3] = {a}\n{h} = mix(mix({h}, m[3]), len(m))"
    )));
}
