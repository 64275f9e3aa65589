//! Diagnostics of every stage in one form.

use serde::Serialize;

/// How grave a diagnostic is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// No output is made.
    Error,
    /// Worth knowing; output is made.
    Warning,
}

/// A place in a source file.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize)]
pub struct Place {
    /// The file as shown to users: relative to the working folder, or below `$GOROOT`.
    pub file: String,
    /// Line from 1.
    pub line: u32,
    /// Column from 1, in bytes.
    pub column: u32,
}

/// One finding of the compiler.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Diagnostic {
    /// Error or warning.
    pub severity: Severity,
    /// A stable code, as `UnusedImport`.
    pub code: String,
    /// Where, if it is about a place in a file.
    pub place: Option<Place>,
    /// Length in bytes of what it is about, at least 1.
    pub length: u32,
    /// One line, as the official compiler words it.
    pub message: String,
    /// Further places, with a text each.
    pub related: Vec<(Option<Place>, String)>,
    /// What to do next, where that is not plain from the message.
    pub help: Option<String>,
}

impl Diagnostic {
    /// An error without position.
    #[must_use]
    pub fn error(code: impl Into<String>, message: impl Into<String>) -> Self {
        Self {
            severity: Severity::Error,
            code: code.into(),
            place: None,
            length: 1,
            message: message.into(),
            related: Vec::new(),
            help: None,
        }
    }

    /// The same with a place.
    #[must_use]
    pub fn at(mut self, place: Place) -> Self {
        self.place = Some(place);
        self
    }

    /// The same with advice.
    #[must_use]
    pub fn with_help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

/// Sorts diagnostics by place, those without one first, and drops repetitions.
pub fn sort(list: &mut Vec<Diagnostic>) {
    list.sort_by(|a, b| (&a.place, &a.message).cmp(&(&b.place, &b.message)));
    list.dedup_by(|a, b| a.place == b.place && a.message == b.message);
}
