//! Places where the grammar needs a rule beyond productions, and what the parser makes of them.

use polkago_syntax::{
    ChanDir, Decl, ExprId, ExprKind, File, ParseOptions, StmtKind, TypeDecl, parse_file, print,
};

/// Parses a file that has no errors.
fn parse(src: &str) -> File {
    let result = parse_file(
        format!("package p\n{src}\n").as_bytes(),
        &ParseOptions::default(),
    );
    assert_eq!(result.errors, [], "{src}");
    result.file
}

/// The first declaration of a text, a type.
fn type_decl(file: &File) -> &TypeDecl {
    match &file.decls[0] {
        Decl::Type(decl) => decl,
        other => panic!("{other:?}"),
    }
}

/// The value of the variable that a text declares first.
fn value(file: &File) -> ExprId {
    match &file.decls[0] {
        Decl::Var(decl) => file.exprs(decl.values)[0],
        other => panic!("{other:?}"),
    }
}

#[test]
fn type_parameters_or_array_length() {
    // The type parameters with their constraints, and the type.
    let cases = [
        ("type T[P any] int", "P any", "int"),
        ("type T[P] int", "", "[P]int"),
        ("type T[P *C] int", "", "[P * C]int"),
        ("type T[P *C,] int", "P *C", "int"),
        ("type T[P *C, Q any] int", "P *C; Q any", "int"),
        ("type T[P *C|D] int", "", "[P * C | D]int"),
        ("type T[P *C|~D] int", "P *C | ~D", "int"),
        ("type T[P *C|D|~E] int", "P *C | D | ~E", "int"),
        ("type T[P *struct{}] int", "P *struct{}", "int"),
        ("type T[P (C)] int", "", "[P(C)]int"),
        ("type T[P (C),] int", "P C", "int"),
        ("type T[P ([]int)] int", "P []int", "int"),
        ("type T[P []int] int", "P []int", "int"),
        ("type T[P [3]int] int", "P [3]int", "int"),
        ("type T[P ~int] int", "P ~int", "int"),
        ("type T[P a.B] int", "P a.B", "int"),
        ("type T[a.B] int", "", "[a.B]int"),
        ("type T[P Q[int]] int", "P Q[int]", "int"),
        (
            "type T[P, Q any, R C] struct{}",
            "P, Q any; R C",
            "struct{}",
        ),
        ("type T[P any] = []P", "P any", "[]P"),
        ("type T [P + 1]int", "", "[P + 1]int"),
        ("type T [f(1)]int", "", "[f(1)]int"),
        ("type T []P", "", "[]P"),
        ("type T [...]P", "", "[...]P"),
    ];
    for (src, tparams, typ) in cases {
        let file = parse(src);
        let decl = type_decl(&file);
        let found: Vec<String> = decl
            .tparams
            .iter()
            .map(|tparam| {
                let names: Vec<_> = tparam
                    .names
                    .iter()
                    .map(|&name| file.ident_text(name))
                    .collect();
                format!(
                    "{} {}",
                    names.join(", "),
                    print::short_expr(&file, tparam.constraint)
                )
            })
            .collect();
        assert_eq!(found.join("; "), tparams, "{src}");
        assert_eq!(print::short_expr(&file, decl.typ), typ, "{src}");
    }
}

#[test]
fn fields_and_embedded_instances() {
    let file = parse(
        "type T struct { a [n]int; b []int; C[int]; D[int, string]; *E[P]; f, g [n]int; H; i.J; K `tag` }",
    );
    let ExprKind::StructType(typ) = &file.expr[type_decl(&file).typ].kind else {
        panic!("a struct")
    };
    let found: Vec<_> = typ
        .fields
        .iter()
        .map(|field| (field.names.len(), print::short_expr(&file, field.typ)))
        .collect();
    let expected = [
        (1, "[n]int"),
        (1, "[]int"),
        (0, "C[int]"),
        (0, "D[int, string]"),
        (0, "*E[P]"),
        (2, "[n]int"),
        (0, "H"),
        (0, "i.J"),
        (0, "K"),
    ];
    assert!(
        found
            .iter()
            .map(|(names, typ)| (*names, typ.as_str()))
            .eq(expected),
        "{found:?}"
    );
    assert_eq!(
        typ.fields[8].tag.map(|(tag, _)| file.text(tag)),
        Some("`tag`")
    );
}

#[test]
fn arrows_of_channel_types() {
    let dirs = |src: &str| {
        let file = parse(src);
        let mut dirs = Vec::new();
        let mut typ = type_decl(&file).typ;
        loop {
            match file.expr[typ].kind {
                ExprKind::ChanType { dir, elem } => {
                    dirs.push(dir);
                    typ = elem;
                }
                ExprKind::Paren(inner) => typ = inner,
                _ => return dirs,
            }
        }
    };
    use ChanDir::{Both, Recv, Send};
    assert_eq!(dirs("type T chan<- chan int"), [Send, Both]);
    assert_eq!(dirs("type T chan<- <-chan int"), [Send, Recv]);
    assert_eq!(dirs("type T chan (<-chan int)"), [Both, Recv]);
    assert_eq!(dirs("type T <-chan <-chan int"), [Recv, Recv]);
    assert_eq!(dirs("type T <-chan chan<- int"), [Recv, Send]);

    // As an expression, the arrow is taken for a receive operator until the type shows.
    let texts = [
        ("var x = <-chan int(c)", "<-chan int(c)"),
        ("var x = (<-chan int)(c)", "(<-chan int)(c)"),
        ("var x = f(<-chan int(nil))", "f(<-chan int(nil))"),
        ("var x = make(<-chan<- chan int)", "make(<-chan <-chan int)"),
        (
            "var x = make(chan<- func() <-chan int)",
            "make(chan<- func() <-chan int)",
        ),
    ];
    for (src, text) in texts {
        let file = parse(src);
        assert_eq!(print::short_expr(&file, value(&file)), text);
    }
    let file = parse("var x = <-chan int(c)");
    assert!(matches!(
        file.expr[value(&file)].kind,
        ExprKind::Unary { .. }
    ));
}

#[test]
fn braces_after_control_headers() {
    // Whether the header's expression is a composite literal.
    for (src, literal) in [
        ("if (T{}) == x { }", true),
        ("if f(T{}) { }", true),
        ("if a[T{}] { }", true),
        ("if []int{} != nil { }", true),
        ("if x { }", false),
        ("if x.y { }", false),
        ("if x[i] { }", false),
        ("if func() bool { return T{} }() { }", true),
        ("switch x { }", false),
        ("switch (T{}) { }", true),
        ("for range x { }", false),
        ("for range []T{{}} { }", true),
        ("for x = range (T{}) { }", true),
        ("switch x := (T{}); x { }", true),
    ] {
        let file = parse(&format!("func f() {{\n{src}\n}}"));
        let found = file
            .expr
            .values()
            .any(|expr| matches!(expr.kind, ExprKind::CompositeLit { .. }));
        assert_eq!(found, literal, "{src}");
    }
}

#[test]
fn switches_on_types() {
    for (src, is_type_switch, bind) in [
        ("switch x.(type) { }", true, None),
        ("switch y := x.(type) { }", true, Some("y")),
        ("switch f(); y := x.(type) { }", true, Some("y")),
        ("switch y := f(); y.(type) { }", true, None),
        ("switch y := x.(type); y { }", false, None),
        ("switch x.(T) { }", false, None),
    ] {
        let file = parse(&format!("func f() {{\n{src}\n}}"));
        let found = file.stmt.values().find_map(|stmt| match stmt.kind {
            StmtKind::TypeSwitch { bind, .. } => Some(bind.map(|bind| file.ident_text(bind))),
            _ => None,
        });
        assert_eq!(found.is_some(), is_type_switch, "{src}");
        assert_eq!(found.flatten(), bind, "{src}");
    }
}

#[test]
fn precedence_and_associativity() {
    /// An expression with every operation in brackets.
    fn bracketed(file: &File, x: ExprId) -> String {
        match file.expr[x].kind {
            ExprKind::Binary { op, x, y, .. } => {
                format!(
                    "[{} {} {}]",
                    bracketed(file, x),
                    op.text(),
                    bracketed(file, y)
                )
            }
            ExprKind::Unary { op, x } => format!("[{}{}]", op.text(), bracketed(file, x)),
            ExprKind::Star(x) => format!("[*{}]", bracketed(file, x)),
            _ => print::short_expr(file, x),
        }
    }
    for (src, text) in [
        ("a - b - c", "[[a - b] - c]"),
        ("a + b * c", "[a + [b * c]]"),
        ("a || b && c == d", "[a || [b && [c == d]]]"),
        ("a == b || c", "[[a == b] || c]"),
        ("a << b + c", "[[a << b] + c]"),
        ("a | b ^ c &^ d", "[[a | b] ^ [c &^ d]]"),
        ("-a * -b", "[[-a] * [-b]]"),
        ("a * *b", "[a * [*b]]"),
        ("!a.b == ^c[0]", "[[!a.b] == [^c[0]]]"),
        ("<-a + <-b", "[[<-a] + [<-b]]"),
        ("*p.x", "[*p.x]"),
        ("&a[i]", "[&a[i]]"),
        ("a & ^b", "[a & [^b]]"),
        ("a - -b", "[a - [-b]]"),
    ] {
        let file = parse(&format!("var x = {src}"));
        assert_eq!(bracketed(&file, value(&file)), text);
    }
}

#[test]
fn parameters_share_types() {
    let groups = |src: &str| {
        let file = parse(src);
        let Decl::Func(decl) = &file.decls[0] else {
            panic!("a function")
        };
        let texts: Vec<_> = file.sigs[decl.sig]
            .params
            .iter()
            .map(|param| {
                format!(
                    "{}:{}",
                    param.names.len(),
                    print::short_expr(&file, param.typ)
                )
            })
            .collect();
        texts.join(" ")
    };
    assert_eq!(groups("func f(a, b int, c string)"), "2:int 1:string");
    assert_eq!(groups("func f(a, b, c)"), "0:a 0:b 0:c");
    assert_eq!(groups("func f(a.b, []c, *d)"), "0:a.b 0:[]c 0:*d");
    assert_eq!(
        groups("func f(a []b, c [n]d, e T[f])"),
        "1:[]b 1:[n]d 1:T[f]"
    );
    assert_eq!(groups("func f(T[a], b.C[d])"), "0:T[a] 0:b.C[d]");
    assert_eq!(groups("func f(a ...b)"), "1:...b");
    assert_eq!(groups("func f(...b)"), "0:...b");
    assert_eq!(
        groups("func f(a func(b) c, d func())"),
        "1:func(b) c 1:func()"
    );
}

#[test]
fn constants_count_in_their_group() {
    let file = parse("const (\na = iota\nb\n\nc, d = 1, 2\n)\nconst e = iota");
    let counted: Vec<_> = file
        .decls
        .iter()
        .map(|decl| match decl {
            Decl::Const(decl) => (decl.iota, decl.values.len, decl.group.is_some()),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(
        counted,
        [(0, 1, true), (1, 0, true), (2, 2, true), (0, 1, false)]
    );
}
