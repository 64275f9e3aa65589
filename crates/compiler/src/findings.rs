//! What the stages find, in the one form of [`Diagnostic`], in the official order and number.

use crate::places::{Places, place};
use crate::{Diagnostic, Place, TOO_MANY_ERRORS};
use polkago_project::{Graph, Position, ProjectError};
use polkago_syntax::{File, Pos, SyntaxError};
use polkago_types::{NarrowInt, SrcPos};
use rustc_hash::FxHashMap;

/// Errors of one package after which the official compiler stops.
const LIMIT: usize = 10;

/// A file of a package as findings see it.
pub(crate) struct Source<'a> {
    /// The path shown.
    pub path: &'a str,
    /// The text.
    pub text: &'a [u8],
    /// Its tree.
    pub tree: &'a File,
}

fn position(p: &Position) -> Place {
    Place {
        file: p.file.clone(),
        line: p.line,
        column: p.column,
    }
}

/// What went wrong when a graph was loaded.
pub(crate) fn from_loading(graph: &Graph) -> Vec<Diagnostic> {
    graph.errors.iter().map(from_project).collect()
}

/// A finding of `project`.
pub(crate) fn from_project(error: &ProjectError) -> Diagnostic {
    let mut d = Diagnostic::error(error.kind.code(), error.message.as_str());
    d.place = error.position.as_ref().map(position);
    d.help.clone_from(&error.help);
    d
}

/// A finding of the parser.
pub(crate) fn from_syntax(error: &SyntaxError, source: &Source<'_>) -> Diagnostic {
    let d = Diagnostic::error(error.code.as_str(), error.message.as_str());
    source.mark(d, error.pos, error.pos)
}

/// A finding of the checker in one of the files. A related place may be in a package checked before.
pub(crate) fn from_types(
    error: &polkago_types::Diagnostic,
    files: &[Source<'_>],
    places: &Places,
) -> Diagnostic {
    let own = |pos: SrcPos| {
        let file = files.get(pos.file.file as usize)?;
        Some(place(file.path, &file.tree.lines, pos.pos))
    };
    let related = |pos: SrcPos| {
        if pos.file.pkg == error.pos.file.pkg {
            own(pos)
        } else {
            places.place(pos)
        }
    };
    let d = Diagnostic {
        related: error
            .related
            .iter()
            .map(|(pos, text)| (pos.and_then(related), text.clone()))
            .collect(),
        ..Diagnostic::error(error.code.name(), error.msg.as_str())
    };
    match files.get(error.pos.file.file as usize) {
        Some(file) => file.mark(d, error.pos.pos, error.end),
        None => d,
    }
}

/// A place that means something else with a 32-bit `int`.
pub(crate) fn from_narrow(narrow: &NarrowInt, files: &[Source<'_>]) -> Diagnostic {
    let d = Diagnostic::error(narrow.kind.code(), narrow.msg.as_str()).with_help(narrow.help);
    match files.get(narrow.pos.file.file as usize) {
        Some(file) => file.mark(d, narrow.pos.pos, narrow.end),
        None => d,
    }
}

/// A finding about a directive.
pub(crate) fn from_generate(
    finding: &polkago_generate::Finding,
    files: &[Source<'_>],
) -> Diagnostic {
    let mut d = Diagnostic::error(finding.code.name(), finding.msg.as_str());
    d.help.clone_from(&finding.help);
    match files.get(finding.pos.file.file as usize) {
        Some(file) => file.mark(d, finding.pos.pos, finding.end),
        None => d,
    }
}

/// What to do about a constant that would fit where `int` has 64 bits.
pub(crate) fn narrow_constant(error: &polkago_types::Diagnostic) -> Option<&'static str> {
    let overflows = error.code == polkago_types::Code::NumericOverflow;
    // The official wording names the type: "cannot use C as int value in ...", "C overflows int".
    let words: Vec<&str> = error.msg.split([' ', ')', '(', ':']).collect();
    let names_word = words.windows(2).any(|pair| {
        matches!(pair[0], "as" | "overflows" | "to" | "type" | "overflow")
            && matches!(pair[1], "int" | "uint" | "uintptr")
    });
    (overflows && names_word)
        .then_some("int, uint and uintptr have 32 bits here; int64 and uint64 hold larger values")
}

/// A finding about an import of a package with these files.
pub(crate) fn at_import(d: Diagnostic, p: &Position, files: &[Source<'_>]) -> Diagnostic {
    // Loading shows `x.go` where compiling shows `./x.go`.
    let same = |file: &&Source<'_>| file.path.strip_prefix("./").unwrap_or(file.path) == p.file;
    let found = files.iter().find(same).and_then(|file| {
        let start = file.tree.lines.line_start(p.line)?;
        Some((file, Pos(start.0 + p.column - 1)))
    });
    match found {
        Some((file, pos)) => file.mark(d, pos, pos),
        None => d.at(position(p)),
    }
}

impl Source<'_> {
    /// The finding with its place, end and excerpt.
    pub fn mark(&self, d: Diagnostic, start: Pos, end: Pos) -> Diagnostic {
        let lines = &self.tree.lines;
        let d = d.at(place(self.path, lines, start));
        // A `//line` directive may give the end another file; then it tells nothing.
        let end = (end > start)
            .then(|| place(self.path, lines, end))
            .filter(|end| d.place.as_ref().is_some_and(|start| start.file == end.file));
        Diagnostic {
            end: end.map(|end| (end.line, end.column)),
            excerpt: self.line(start),
            ..d
        }
    }

    /// The line of a position, if it is text of a length that can be shown.
    fn line(&self, pos: Pos) -> Option<String> {
        const LONGEST: usize = 400;
        let (line, _) = self.tree.lines.line_col(pos);
        let start = self.tree.lines.line_start(line)?.0 as usize;
        let end = match self.tree.lines.line_start(line + 1) {
            Some(next) => next.0 as usize,
            None => self.text.len(),
        };
        let text = self.text.get(start..end)?.trim_ascii_end();
        if text.len() > LONGEST {
            return None;
        }
        String::from_utf8(text.to_vec()).ok()
    }
}

/// Brings the errors of one package, in the order in which they were found, into the order in which the official
/// compiler prints them: files in the order of their first error, lines within a file. `package` is its import path.
/// Unless `all` are asked for, it ends with the tenth error, and says so.
pub(crate) fn arrange(mut found: Vec<Diagnostic>, package: &str, all: bool) -> Vec<Diagnostic> {
    // Equal errors on one line are reported once and count once.
    found.dedup_by(|b, a| line(a) == line(b) && a.message == b.message);
    let full = (!all && found.len() >= LIMIT).then(|| {
        found.truncate(LIMIT);
        let mut d = Diagnostic::error(TOO_MANY_ERRORS, "too many errors");
        d.place = found.last().and_then(|last| last.place.clone());
        d
    });
    let mut files: FxHashMap<String, usize> = FxHashMap::default();
    for place in found.iter().filter_map(|d| d.place.as_ref()) {
        let next = files.len();
        files.entry(place.file.clone()).or_insert(next);
    }
    let key = |d: &Diagnostic| {
        let place = d.place.as_ref();
        place.map(|p| (files.get(&p.file).copied(), p.line, p.column))
    };
    found.sort_by_key(key);
    found.dedup_by(|b, a| a.place == b.place && a.message == b.message);
    found.extend(full);
    for d in &mut found {
        d.package = Some(package.to_owned());
    }
    found
}

fn line(d: &Diagnostic) -> Option<(&str, u32)> {
    d.place.as_ref().map(|p| (p.file.as_str(), p.line))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(places: &[(&str, u32)]) -> Vec<Diagnostic> {
        let at = |&(file, line): &(&str, u32)| {
            Diagnostic::error("Code", format!("{file} {line}")).at(Place {
                file: file.to_owned(),
                line,
                column: 1,
            })
        };
        places.iter().map(at).collect()
    }

    fn shown(list: &[Diagnostic]) -> Vec<String> {
        list.iter().map(|d| d.message.clone()).collect()
    }

    #[test]
    fn files_come_in_the_order_of_their_first_error() {
        let list = arrange(
            found(&[("b", 5), ("a", 2), ("b", 3), ("a", 1), ("a", 1)]),
            "p",
            false,
        );
        assert_eq!(shown(&list), ["b 3", "b 5", "a 1", "a 2"]);
        assert_eq!(list[0].package.as_deref(), Some("p"));
    }

    #[test]
    fn the_tenth_error_is_the_last() {
        let many: Vec<_> = (1..=12).rev().map(|line| ("a", line)).collect();
        let list = arrange(found(&many), "p", false);
        assert_eq!(list.len(), 11);
        assert_eq!(list[0].message, "a 3");
        assert_eq!(list[10].message, "too many errors");
        assert_eq!(list[10].place.as_ref().map(|p| p.line), Some(3));
        assert_eq!(arrange(found(&many), "p", true).len(), 12);
        assert_eq!(arrange(found(&many[..9]), "p", false).len(), 9);
    }
}
