//! Diagnostics as text: plain lines as `go build` prints them, or with source excerpts for a terminal.

use crate::{Diagnostic, Place, Severity};
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use std::fmt::Write as _;

/// `file:line:col: message`, then the related places and the advice indented by a tab. Before the findings of a
/// package stands `# import/path`.
#[must_use]
pub fn plain(diagnostics: &[Diagnostic]) -> String {
    let mut out = String::new();
    for_packages(diagnostics, &mut out, plain_one);
    out
}

fn plain_one(d: &Diagnostic, out: &mut String) {
    if let Some(p) = &d.place {
        let _ = write!(out, "{}: ", show(p));
    }
    if d.severity == Severity::Warning {
        out.push_str("warning: ");
    }
    out.push_str(&d.message);
    out.push('\n');
    for (place, text) in &d.related {
        match place {
            Some(p) => _ = writeln!(out, "\t{}: {text}", show(p)),
            None => _ = writeln!(out, "\t{text}"),
        }
    }
    if let Some(help) = &d.help {
        let _ = writeln!(out, "\t{help}");
    }
}

/// Writes each diagnostic, and a line with the package's import path where another package's begin.
fn for_packages(
    diagnostics: &[Diagnostic],
    out: &mut String,
    mut write: impl FnMut(&Diagnostic, &mut String),
) {
    let mut current = None;
    for d in diagnostics {
        if let Some(package) = &d.package
            && current != Some(package)
        {
            let _ = writeln!(out, "# {package}");
        }
        current = d.package.as_ref();
        write(d, out);
    }
}

fn show(p: &Place) -> String {
    format!("{}:{}:{}", p.file, p.line, p.column)
}

/// The same with source excerpts, codes, and a last line that counts. `colour` asks for ANSI escapes.
#[must_use]
pub fn fancy(diagnostics: &[Diagnostic], colour: bool) -> String {
    let renderer = if colour {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    let mut out = String::new();
    for_packages(diagnostics, &mut out, |d, out| {
        out.push_str(&renderer.render(&groups(d)));
        out.push_str("\n\n");
    });
    if let Some(summary) = summary(diagnostics) {
        let _ = writeln!(out, "{summary}");
    }
    out
}

fn groups(d: &Diagnostic) -> Vec<Group<'_>> {
    let level = match d.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let title = level.primary_title(d.message.as_str()).id(d.code.as_str());
    let mut main = Group::with_title(title);
    if let Some(p) = &d.place {
        main = match &d.excerpt {
            Some(line) => {
                let snippet = Snippet::source(line.as_str())
                    .path(p.file.as_str())
                    .line_start(p.line as usize)
                    .annotation(AnnotationKind::Primary.span(marked(line, p, d.end)));
                main.element(snippet)
            }
            None => main.element(Level::NOTE.message(format!("at {}", show(p)))),
        };
    }
    let mut groups = vec![main];
    for (place, text) in &d.related {
        let text = match place {
            Some(p) => format!("{}: {text}", show(p)),
            None => text.clone(),
        };
        groups.push(Group::with_title(Level::NOTE.secondary_title(text)));
    }
    if let Some(help) = &d.help {
        let help = Level::HELP.secondary_title(help.as_str());
        groups.push(Group::with_title(help));
    }
    groups
}

/// Which bytes of the line are marked: from the place to the end, or to the end of the line where that comes first;
/// a character where the end is not known.
fn marked(line: &str, place: &Place, end: Option<(u32, u32)>) -> std::ops::Range<usize> {
    let offset = |column: u32| (column as usize).saturating_sub(1).min(line.len());
    let mut start = offset(place.column);
    while !line.is_char_boundary(start) {
        start -= 1;
    }
    let mut stop = match end {
        Some((end_line, column)) if end_line == place.line => offset(column),
        Some(_) => line.len(),
        None => 0,
    };
    stop = stop.max((start + 1).min(line.len()));
    while !line.is_char_boundary(stop) {
        stop += 1;
    }
    start..stop
}

/// `2 errors, 1 warning`; nothing where there is none.
fn summary(diagnostics: &[Diagnostic]) -> Option<String> {
    let count = |severity, one: &str| {
        let of = |d: &&Diagnostic| d.severity == severity && d.code != crate::TOO_MANY_ERRORS;
        match diagnostics.iter().filter(of).count() {
            0 => None,
            1 => Some(format!("1 {one}")),
            n => Some(format!("{n} {one}s")),
        }
    };
    let errors = count(Severity::Error, "error");
    let warnings = count(Severity::Warning, "warning");
    let parts: Vec<String> = errors.into_iter().chain(warnings).collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}
