//! Tests of single tokens and of what the lexer says about malformed ones.

use super::Lexer;
use crate::token::Token;

/// The tokens of a text, as kind and text, without the end.
fn tokens(src: &str) -> Vec<(Token, String)> {
    let mut lexer = Lexer::new(src);
    let mut tokens = Vec::new();
    loop {
        lexer.next();
        if lexer.tok == Token::Eof {
            return tokens;
        }
        let text = if lexer.tok == Token::Semi {
            lexer.semi.describe()
        } else {
            lexer.text()
        };
        tokens.push((lexer.tok, text.to_owned()));
    }
}

/// The errors of a text, as byte offset and message.
fn errors(src: &str) -> Vec<(u32, String)> {
    let mut lexer = Lexer::new(src);
    loop {
        lexer.next();
        if lexer.tok == Token::Eof {
            return lexer
                .errors
                .into_iter()
                .map(|error| (error.pos.0, error.message))
                .collect();
        }
    }
}

#[test]
fn operators_are_read_greedily() {
    let src = "+ += ++ & && &^ &^= < <- <= << <<= | || := : ... .. . ! != ~ * *=";
    let kinds: Vec<_> = tokens(src).into_iter().map(|(kind, _)| kind).collect();
    use Token::*;
    assert_eq!(
        kinds,
        [
            Operator, AssignOp, IncOp, Operator, Operator, Operator, AssignOp, Operator, Arrow,
            Operator, Operator, AssignOp, Operator, Operator, Define, Colon, DotDotDot, Dot, Dot,
            Dot, Operator, Operator, Operator, Star, AssignOp
        ]
    );
}

#[test]
fn keywords() {
    for keyword in [
        "break",
        "case",
        "chan",
        "const",
        "continue",
        "default",
        "defer",
        "else",
        "fallthrough",
        "for",
        "func",
        "go",
        "goto",
        "if",
        "import",
        "interface",
        "map",
        "package",
        "range",
        "return",
        "select",
        "struct",
        "switch",
        "type",
        "var",
    ] {
        assert_ne!(tokens(keyword)[0].0, Token::Name, "{keyword}");
        assert_eq!(tokens(&format!("{keyword}s"))[0].0, Token::Name);
    }
}

#[test]
fn semicolons() {
    let semis = |src| {
        tokens(src)
            .into_iter()
            .filter(|(kind, _)| *kind == Token::Semi)
            .map(|(_, text)| text)
    };
    assert!(semis("x\n\ny").eq(["newline", "EOF"]));
    assert!(semis("x + // comment\n y // comment").eq(["EOF"]));
    assert!(semis("x /* a\nb */ y ; return\n").eq(["newline", "semicolon", "newline"]));
    assert!(semis(") ] } ++ -- 1 'a' \"s\" `r`\n").eq(["newline"]));
    assert!(semis("for\nif\n( [ {\n,").eq([""; 0]));
}

#[test]
fn literals() {
    for literal in [
        "0",
        "0b1",
        "0o7",
        "017",
        "0x_f",
        "1_000",
        "1.",
        ".5",
        "1e3",
        "0x1p-2",
        "0x.8P1",
        "08.5",
        "09e1",
        "1i",
        "08i",
        "'a'",
        "'\\n'",
        "'\\u1234'",
        "\"\"",
        "\"\\\"\"",
        "`a\nb`",
    ] {
        let tokens = tokens(literal);
        assert_eq!(
            (tokens[0].0, tokens[0].1.as_str()),
            (Token::Literal, literal)
        );
        assert_eq!(errors(literal), [], "{literal}");
    }
}

#[test]
fn malformed_tokens() {
    let cases: &[(&str, u32, &str)] = &[
        ("089", 1, "invalid digit '8' in octal literal"),
        ("0b12", 3, "invalid digit '2' in binary literal"),
        ("0o8", 2, "invalid digit '8' in octal literal"),
        ("0x", 2, "hexadecimal literal has no digits"),
        ("0b", 2, "binary literal has no digits"),
        ("0b1.0", 3, "invalid radix point in binary literal"),
        ("1e", 2, "exponent has no digits"),
        ("1p3", 1, "'p' exponent requires hexadecimal mantissa"),
        ("0b1e3", 3, "'e' exponent requires decimal mantissa"),
        ("0x1.8", 5, "hexadecimal mantissa requires a 'p' exponent"),
        ("1__0", 2, "'_' must separate successive digits"),
        ("0_x", 1, "'_' must separate successive digits"),
        ("1_", 1, "'_' must separate successive digits"),
        ("''", 1, "empty rune literal or unescaped '"),
        ("'ab'", 0, "more than one character in rune literal"),
        ("'a", 0, "rune literal not terminated"),
        ("'\n'", 1, "newline in rune literal"),
        ("'\\q'", 2, "unknown escape"),
        ("'\\\"'", 2, "unknown escape"),
        ("\"\\'\"", 2, "unknown escape"),
        (
            "\"\\xg0\"",
            3,
            "invalid character 'g' in hexadecimal escape",
        ),
        ("'\\08'", 3, "invalid character '8' in octal escape"),
        ("'\\400'", 5, "octal escape value 256 > 255"),
        (
            "'\\uD800'",
            7,
            "escape is invalid Unicode code point U+D800",
        ),
        (
            "'\\U00110000'",
            11,
            "escape is invalid Unicode code point U+110000",
        ),
        ("\"abc", 0, "string not terminated"),
        ("\"a\nb", 2, "newline in string"),
        ("`abc", 0, "string not terminated"),
        ("/* abc", 0, "comment not terminated"),
        ("@", 0, "invalid character U+0040 '@'"),
        ("a\u{a0}b", 1, "invalid character U+00A0 in identifier"),
        ("x’y", 1, "invalid character U+2019 '’' in identifier"),
        ("٣x", 0, "identifier cannot begin with digit U+0663 '٣'"),
    ];
    for &(src, offset, message) in cases {
        let errors = errors(src);
        assert_eq!(
            errors.first().map(|(at, text)| (*at, text.as_str())),
            Some((offset, message)),
            "{src:?}"
        );
    }
}

#[test]
fn directives_are_kept() {
    let mut lexer = Lexer::new(
        "//go:noinline\n// go:no\n\t//go:b \nx //go:c\n//export f\n/*line a:1*/ //line b:2\n",
    );
    while {
        lexer.next();
        lexer.tok != Token::Eof
    } {}
    let kept: Vec<_> = lexer
        .comments
        .iter()
        .map(|c| (&lexer.src[c.start as usize..c.end as usize], c.alone))
        .collect();
    assert_eq!(
        kept,
        [
            ("//go:noinline", true),
            ("//go:b ", true),
            ("//go:c", false),
            ("//export f", true),
            ("/*line a:1*/", false),
            ("//line b:2", false),
        ]
    );
}
