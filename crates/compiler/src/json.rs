//! Diagnostics for tools: one JSON object each.

use crate::{Diagnostic, Severity};
use serde::Serialize;

/// A diagnostic as `--json` prints it. Fields may be added; those that are here keep name and meaning. What is not
/// known is left out.
#[derive(Serialize, Debug)]
pub struct JsonDiagnostic<'a> {
    /// `error` or `warning`.
    severity: Severity,
    /// What `polkago explain` explains.
    code: &'a str,
    /// Import path of the package whose compilation found it.
    #[serde(skip_serializing_if = "Option::is_none")]
    package: Option<&'a str>,
    /// The file as seen from the current folder; those of the Go release begin with `$GOROOT`.
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<&'a str>,
    /// Line from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<u32>,
    /// Column from 1, in bytes.
    #[serde(skip_serializing_if = "Option::is_none")]
    column: Option<u32>,
    /// One past the last byte.
    #[serde(skip_serializing_if = "Option::is_none")]
    end: Option<End>,
    /// What is wrong; lines after the first begin with tabs.
    message: &'a str,
    /// Further places.
    related: Vec<Related<'a>>,
    /// What to do next.
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<&'a str>,
}

#[derive(Serialize, Debug)]
struct End {
    line: u32,
    column: u32,
}

#[derive(Serialize, Debug)]
struct Related<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    column: Option<u32>,
    message: &'a str,
}

impl<'a> From<&'a Diagnostic> for JsonDiagnostic<'a> {
    fn from(d: &'a Diagnostic) -> Self {
        let place = d.place.as_ref();
        Self {
            severity: d.severity,
            code: &d.code,
            package: d.package.as_deref(),
            file: place.map(|p| p.file.as_str()),
            line: place.map(|p| p.line),
            column: place.map(|p| p.column),
            end: d.end.map(|(line, column)| End { line, column }),
            message: &d.message,
            related: d
                .related
                .iter()
                .map(|(place, message)| Related {
                    file: place.as_ref().map(|p| p.file.as_str()),
                    line: place.as_ref().map(|p| p.line),
                    column: place.as_ref().map(|p| p.column),
                    message,
                })
                .collect(),
            help: d.help.as_deref(),
        }
    }
}
