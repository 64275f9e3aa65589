//! Valid Go programs made wrong, or differently right: one or two small changes of types, names, literals, operators,
//! expressions, statements or declarations, chosen along the syntax tree, so that most results still parse.

use std::ops::Range;

use polkago_syntax::{Decl, ExprKind, File, ParseOptions, Pos, Span, StmtKind, parse_file};

use crate::random::Random;

/// Types and values by which others are replaced.
const TYPES: [&str; 21] = [
    "int",
    "int8",
    "uint",
    "int64",
    "uint8",
    "float32",
    "float64",
    "complex128",
    "string",
    "bool",
    "byte",
    "rune",
    "error",
    "any",
    "uintptr",
    "[]int",
    "[4]int",
    "map[string]int",
    "chan int",
    "func()",
    "*int",
];
const LITERALS: [&str; 24] = [
    "0",
    "1",
    "-1",
    "256",
    "1000",
    "3.5",
    "1e100",
    "1 << 40",
    "0x7fffffff",
    "1i",
    "'a'",
    "\"s\"",
    "\"\"",
    "nil",
    "true",
    "iota",
    "1.0",
    "[]int{1}",
    "struct{}{}",
    "func() {}",
    "new(int)",
    "map[int]string{}",
    "(1)",
    "_",
];
const OPERATORS: [&str; 30] = [
    "+", "-", "*", "/", "%", "&", "|", "^", "&^", "<<", ">>", "&&", "||", "==", "!=", "<", "<=",
    ">", ">=", "=", ":=", "+=", "-=", "<<=", "&^=", "!", "<-", "++", "--", ",",
];
const STATEMENTS: [&str; 14] = [
    "return",
    "break",
    "continue",
    "fallthrough",
    "x := 1",
    "var unused int",
    "_ = 1",
    "goto L",
    "L:",
    "defer func() {}()",
    "for range 3 {}",
    "panic(1)",
    "return 1",
    "type T int",
];

/// Where the parts of a program are.
struct Parts {
    exprs: Vec<Range<usize>>,
    types: Vec<Range<usize>>,
    literals: Vec<Range<usize>>,
    operators: Vec<Range<usize>>,
    idents: Vec<Range<usize>>,
    stmts: Vec<Range<usize>>,
    decls: Vec<Range<usize>>,
}

fn range(span: Span) -> Range<usize> {
    span.start.0 as usize..span.end.0 as usize
}

/// The operator at a place.
fn operator(text: &[u8], at: Pos) -> Range<usize> {
    let start = at.0 as usize;
    let rest = text.get(start..).unwrap_or_default();
    let known = OPERATORS
        .iter()
        .filter(|op| rest.starts_with(op.as_bytes()));
    start..start + known.map(|op| op.len()).max().unwrap_or(0)
}

impl Parts {
    fn of(tree: &File, text: &[u8]) -> Self {
        let mut parts = Self {
            exprs: Vec::new(),
            types: Vec::new(),
            literals: Vec::new(),
            operators: Vec::new(),
            idents: Vec::new(),
            stmts: Vec::new(),
            decls: Vec::new(),
        };
        for expr in tree.expr.values() {
            let place = range(expr.span);
            match &expr.kind {
                ExprKind::BasicLit { .. } => parts.literals.push(place.clone()),
                ExprKind::Binary { op_pos, .. } => parts.operators.push(operator(text, *op_pos)),
                ExprKind::ArrayType { .. }
                | ExprKind::SliceType(_)
                | ExprKind::MapType { .. }
                | ExprKind::ChanType { .. }
                | ExprKind::FuncType(_)
                | ExprKind::StructType(_)
                | ExprKind::InterfaceType(_) => parts.types.push(place.clone()),
                ExprKind::Ident(ident) if TYPES.contains(&tree.ident_text(*ident)) => {
                    parts.types.push(place.clone());
                }
                _ => {}
            }
            parts.exprs.push(place);
        }
        for ident in tree.idents.values() {
            let start = ident.pos.0 as usize;
            parts
                .idents
                .push(start..start + tree.text(ident.name).len());
        }
        for stmt in tree.stmt.values() {
            match &stmt.kind {
                StmtKind::Assign { op_pos, .. } | StmtKind::Define { op_pos, .. } => {
                    parts.operators.push(operator(text, *op_pos));
                }
                _ => {}
            }
            parts.stmts.push(range(stmt.span));
        }
        for decl in &tree.decls {
            parts.decls.push(match decl {
                Decl::Import(decl) => range(decl.span),
                Decl::Const(decl) => range(decl.span),
                Decl::Type(decl) => range(decl.span),
                Decl::Var(decl) => range(decl.span),
                Decl::Func(decl) => range(decl.span),
                Decl::Bad(span) => range(*span),
            });
        }
        // After errors a span may be empty the wrong way round.
        let sound = |place: &Range<usize>| place.start <= place.end && place.end <= text.len();
        for list in [
            &mut parts.exprs,
            &mut parts.types,
            &mut parts.literals,
            &mut parts.operators,
            &mut parts.idents,
            &mut parts.stmts,
            &mut parts.decls,
        ] {
            list.retain(sound);
        }
        parts
    }
}

/// A changed copy of a program that parses.
pub fn mutate(random: &mut Random, program: &[u8]) -> Vec<u8> {
    let mut text = program.to_vec();
    for _ in 0..=random.below(2) {
        let tree = parse_file(&text, &ParseOptions::default()).file;
        let parts = Parts::of(&tree, &text);
        change(random, &parts, &mut text);
    }
    text
}

/// Changes one thing.
fn change(random: &mut Random, parts: &Parts, text: &mut Vec<u8>) {
    let len = text.len();
    let mut replace = |place: Option<&Range<usize>>, new: Vec<u8>| {
        if let Some(place) = place
            && place.start <= place.end
            && place.end <= len
        {
            text.splice(place.clone(), new);
        }
    };
    let copy = |text: &[u8], place: Option<&Range<usize>>| {
        let slice = place.and_then(|place| text.get(place.clone()));
        slice.unwrap_or_default().to_vec()
    };
    let source = replace_source(parts, random);
    match source {
        Change::Type => {
            let new = random.choose(&TYPES).copied().unwrap_or_default();
            replace(random.choose(&parts.types), new.into());
        }
        Change::Literal => {
            let new = random.choose(&LITERALS).copied().unwrap_or_default();
            let place = if random.below(3) == 0 {
                random.choose(&parts.exprs)
            } else {
                random.choose(&parts.literals)
            };
            replace(place, new.into());
        }
        Change::Operator => {
            let new = random.choose(&OPERATORS).copied().unwrap_or_default();
            replace(random.choose(&parts.operators), new.into());
        }
        Change::Rename => {
            let place = random.choose(&parts.idents);
            let mut name = copy(text, place);
            name.push(b'9');
            if let Some(place) = place {
                text.splice(place.clone(), name);
            }
        }
        Change::SwapName => {
            let new = copy(text, random.choose(&parts.idents));
            if let Some(place) = random.choose(&parts.idents) {
                text.splice(place.clone(), new);
            }
        }
        Change::SwapExpr => {
            let new = copy(text, random.choose(&parts.exprs));
            if let Some(place) = random.choose(&parts.exprs) {
                text.splice(place.clone(), new);
            }
        }
        Change::DropStmt => {
            replace(random.choose(&parts.stmts), Vec::new());
        }
        Change::AddStmt => {
            let new = if random.below(2) == 0 {
                random
                    .choose(&STATEMENTS)
                    .copied()
                    .unwrap_or_default()
                    .into()
            } else {
                copy(text, random.choose(&parts.stmts))
            };
            if let Some(place) = random.choose(&parts.stmts) {
                let mut new = new;
                new.extend(b"; ");
                text.splice(place.start..place.start, new);
            }
        }
        Change::DropDecl => {
            replace(random.choose(&parts.decls), Vec::new());
        }
        Change::DropText => {
            // A piece inside of an expression, such as an argument with its comma.
            if let Some(place) = random.choose(&parts.exprs)
                && !place.is_empty()
            {
                let piece = random.range(place.len(), 12);
                text.drain(place.start + piece.start..place.start + piece.end);
            }
        }
        Change::Wrap => {
            let (before, after) = *random
                .choose(&[
                    ("(", ")"),
                    ("*", ""),
                    ("&", ""),
                    ("-", ""),
                    ("!", ""),
                    ("<-", ""),
                    ("", "[0]"),
                    ("", "()"),
                    ("", ".x"),
                    ("", ".(int)"),
                    ("", "[:]"),
                    ("len(", ")"),
                    ("string(", ")"),
                    ("int8(", ")"),
                    ("any(", ")"),
                    ("append(", ")"),
                    ("[]", ""),
                    ("func() {", "}"),
                ])
                .unwrap_or(&("", ""));
            if let Some(place) = random.choose(&parts.exprs) {
                text.splice(place.end..place.end, after.bytes());
                text.splice(place.start..place.start, before.bytes());
            }
        }
    }
}

/// The kinds of changes.
#[derive(Clone, Copy)]
enum Change {
    Type,
    Literal,
    Operator,
    Rename,
    SwapName,
    SwapExpr,
    DropStmt,
    AddStmt,
    DropDecl,
    DropText,
    Wrap,
}

/// A kind of change that the program has a place for.
fn replace_source(parts: &Parts, random: &mut Random) -> Change {
    match random.below(22) {
        0..3 if !parts.types.is_empty() => Change::Type,
        3..6 if !parts.literals.is_empty() => Change::Literal,
        6..8 if !parts.operators.is_empty() => Change::Operator,
        8 => Change::Rename,
        9..11 => Change::SwapName,
        11..14 => Change::SwapExpr,
        14..16 => Change::DropStmt,
        16..18 => Change::AddStmt,
        18 => Change::DropDecl,
        19 => Change::DropText,
        _ => Change::Wrap,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_case_is_the_same_each_time() {
        let program = b"package main\n\nfunc main() {\n\tx := 1 + 2\n\tprintln(x)\n}\n";
        let make = |case| mutate(&mut Random::new(7, case), program);
        assert_eq!(make(3), make(3));
        assert!((0..20).any(|case| make(case) != program));
    }
}
