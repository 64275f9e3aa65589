//! Compiler directives: comments such as `//go:noinline`, `//polkago:scale`, `//export name` and `//line file:line`.
//!
//! They are no part of the language. The tree keeps those of the first three kinds, known or not, and the parser
//! hands them to the declarations they stand before; what they mean is for later stages. `//line` goes into the
//! line table at once.

use crate::ast::{Directive, DirectiveList, Pos};
use crate::error::ErrorCode;
use crate::lexer::{DirectiveComment, comment_text};
use crate::lines::MAX_LINE_OR_COLUMN;
use crate::parser::Parser;
use crate::version;

/// What stands behind a directive.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Place {
    /// The package clause.
    Package,
    /// A function declaration.
    Func,
    /// A variable specification.
    Var,
    /// Something that no directive can be about.
    Other,
}

/// Directives about a function.
const ABOUT_FUNCTIONS: [&str; 13] = [
    "go:cgo_unsafe_args",
    "go:nocheckptr",
    "go:noescape",
    "go:noinline",
    "go:norace",
    "go:nosplit",
    "go:nowritebarrier",
    "go:nowritebarrierrec",
    "go:registerparams",
    "go:systemstack",
    "go:uintptrescapes",
    "go:uintptrkeepalive",
    "go:yeswritebarrierrec",
];

/// Reports those of the directives `list` that are known and make no sense where they stand, as errors of this kind.
pub(crate) fn check_place(
    parser: &mut Parser<'_>,
    list: DirectiveList,
    place: Place,
    code: ErrorCode,
) {
    for index in list.start..list.start + list.len {
        let Directive { pos, text } = parser.file.directives[index as usize];
        let text = parser.file.text(text);
        let verb = text.split(' ').next().unwrap_or(text);
        let (belongs_to, what) = match verb {
            "go:build" => (Place::Package, "compiler"),
            "go:embed" => (Place::Var, "go:embed"),
            "go:wasmexport" => (Place::Func, "go:wasmexport"),
            "go:wasmimport" => (Place::Func, "go:wasmimport"),
            _ if ABOUT_FUNCTIONS.contains(&verb) => (Place::Func, "compiler"),
            _ => continue,
        };
        if belongs_to != place {
            let message = format!("misplaced {what} directive");
            parser.rule_error(after_slashes(pos), code, message);
        }
    }
}

/// The usage of a directive that is not used like that.
fn wrong_usage(body: &str) -> Option<&'static str> {
    let mut fields = body.split_ascii_whitespace();
    let verb = fields.next()?;
    let arguments = fields.count();
    match verb {
        "go:embed" if arguments == 0 => Some("usage: //go:embed pattern..."),
        "go:linkname" if !(1..=2).contains(&arguments) => {
            Some("usage: //go:linkname localname [linkname]")
        }
        "go:wasmexport" if arguments != 1 => Some("usage: //go:wasmexport exportname"),
        "go:wasmimport" if arguments != 2 => Some("usage: //go:wasmimport importmodule importname"),
        _ => None,
    }
}

/// Where errors about a directive are reported: behind its slashes.
fn after_slashes(pos: Pos) -> Pos {
    Pos(pos.0 + 2)
}

/// Takes in the directive comments that the lexer has met before the current token.
#[cold]
pub(crate) fn record(parser: &mut Parser<'_>) {
    let comments = std::mem::take(&mut parser.lex.comments);
    for comment in comments {
        let source = parser.lex.source();
        let text = &source[comment.start as usize..comment.end as usize];
        let starts_line =
            comment.start == 0 || source.as_bytes()[comment.start as usize - 1] == b'\n';
        let body = comment_text(text);
        if let Some(place) = body.strip_prefix("line ") {
            if starts_line || text.starts_with("/*") {
                record_line(parser, comment, text, place);
            }
        } else if body.starts_with("go:") || body.starts_with("polkago:") {
            if parser.top && body.starts_with("go:build") {
                parser.file.go_version = version::of_build_line(body);
            }
            let pos = after_slashes(Pos(comment.start));
            if !comment.alone {
                let message = "misplaced compiler directive".to_owned();
                parser.rule_error(pos, ErrorCode::Directive, message);
            } else if let Some(usage) = wrong_usage(body) {
                parser.rule_error(pos, ErrorCode::Directive, usage.to_owned());
            } else {
                keep(parser, comment, body);
            }
        } else if starts_line {
            keep(parser, comment, body);
        }
    }
}

/// Adds a directive to the tree.
fn keep(parser: &mut Parser<'_>, comment: DirectiveComment, body: &str) {
    let text = parser.file.names.intern(body.trim_end());
    parser.file.directives.push(comment.in_tree(text));
}

/// Reads `file:line` or `file:line:column`, the text after `line `, into the line table.
fn record_line(parser: &mut Parser<'_>, comment: DirectiveComment, text: &str, place: &str) {
    let place_pos = comment.start + 2 + 5;
    let is_line_comment = text.starts_with("//");
    if !is_line_comment && text.contains('\n') {
        return; // Must stand on one line.
    }
    let Some((rest, last, last_at)) = split_number(place) else {
        return;
    };
    let Ok(last) = last else {
        return invalid(parser, "line", place_pos, place, last_at);
    };
    let (file, line, line_at, col) = match split_number(rest) {
        Some((file, Ok(line), line_at)) => {
            if last == 0 || last > MAX_LINE_OR_COLUMN {
                return invalid(parser, "column", place_pos, place, last_at);
            }
            (file, line, line_at, Some(last))
        }
        _ => (rest, last, last_at, None),
    };
    if line == 0 || line > MAX_LINE_OR_COLUMN {
        return invalid(parser, "line", place_pos, place, line_at);
    }
    // The directive holds from behind the comment on, and the newline is part of a line comment.
    let pos = Pos(comment.end + u32::from(is_line_comment));
    let keep_file = file.is_empty() && col.is_some();
    let file = (!keep_file).then_some(file);
    parser.file.lines.add_base(pos, file, keep_file, line, col);
}

/// Reports a malformed number, which starts at byte `at` of `place`.
fn invalid(parser: &mut Parser<'_>, what: &str, place_pos: u32, place: &str, at: usize) {
    let message = format!("invalid {what} number: {}", &place[at..]);
    parser.error_at(Pos(place_pos + at as u32), ErrorCode::Directive, message);
}

/// The text before the last colon, the number behind it, and where that starts; nothing without a colon.
fn split_number(text: &str) -> Option<(&str, Result<u32, ()>, usize)> {
    let colon = text.rfind(':')?;
    let digits = &text[colon + 1..];
    let number = if !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()) {
        // Too large a number is out of range in any case.
        Ok(digits.parse().unwrap_or(u32::MAX))
    } else {
        Err(())
    };
    Some((&text[..colon], number, colon + 1))
}
