//! Diagnostics as text: plain lines as the official compiler prints them, or with source excerpts for a terminal.

use crate::{Diagnostic, Place, Severity};
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use std::fmt::Write as _;

/// `file:line:col: message`, then the related places and the advice indented by a tab.
#[must_use]
pub fn plain(diagnostics: &[Diagnostic]) -> String {
    let mut out = String::new();
    for d in diagnostics {
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
    out
}

fn show(p: &Place) -> String {
    format!("{}:{}:{}", p.file, p.line, p.column)
}

/// The same with source excerpts. `source` gives the text of a file by the name that stands in a place; a
/// diagnostic whose text is not to be had is shown without excerpt. `colour` asks for ANSI escapes.
#[must_use]
pub fn fancy(
    diagnostics: &[Diagnostic],
    source: &dyn Fn(&str) -> Option<String>,
    colour: bool,
) -> String {
    let renderer = if colour {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    let mut out = String::new();
    for d in diagnostics {
        let level = match d.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
        };
        let mut groups = Vec::new();
        let title = level.primary_title(d.message.as_str()).id(d.code.as_str());
        let excerpt = d
            .place
            .as_ref()
            .and_then(|p| Some((p, excerpt(&source(&p.file)?, p, d.length)?)));
        groups.push(match (&excerpt, &d.place) {
            (Some((p, e)), _) => Group::with_title(title).element(
                Snippet::source(e.line.as_str())
                    .path(p.file.as_str())
                    .line_start(p.line as usize)
                    .annotation(AnnotationKind::Primary.span(e.start..e.end)),
            ),
            (None, Some(p)) => {
                Group::with_title(title).element(Level::NOTE.message(format!("at {}", show(p))))
            }
            (None, None) => Group::with_title(title),
        });
        for (place, text) in &d.related {
            let text = match place {
                Some(p) => format!("{}: {text}", show(p)),
                None => text.clone(),
            };
            groups.push(Group::with_title(Level::NOTE.secondary_title(text)));
        }
        if let Some(help) = &d.help {
            groups.push(Group::with_title(
                Level::HELP.secondary_title(help.as_str()),
            ));
        }
        out.push_str(&renderer.render(&groups));
        out.push_str("\n\n");
    }
    out
}

struct Excerpt {
    line: String,
    start: usize,
    end: usize,
}

/// The line of a place, cut where it is very long, and what is to be marked in it.
fn excerpt(text: &str, place: &Place, length: u32) -> Option<Excerpt> {
    const LONGEST: usize = 400;
    let line = text.lines().nth(place.line as usize - 1)?;
    if line.len() > LONGEST {
        return None;
    }
    let mut start = (place.column as usize).saturating_sub(1).min(line.len());
    while !line.is_char_boundary(start) {
        start -= 1;
    }
    let mut end = (start + length.max(1) as usize).min(line.len());
    while !line.is_char_boundary(end) {
        end += 1;
    }
    Some(Excerpt {
        line: line.to_owned(),
        start,
        end: end.max(start),
    })
}
