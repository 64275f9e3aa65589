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
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Place {
    /// The file as shown to users: relative to the working folder, or below `$GOROOT`.
    pub file: String,
    /// Line from 1.
    pub line: u32,
    /// Column from 1, in bytes.
    pub column: u32,
}

/// The code of what stands after the last error of a package where more are not reported.
pub const TOO_MANY_ERRORS: &str = "TooManyErrors";

/// One finding of the compiler.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Diagnostic {
    /// Error or warning.
    pub severity: Severity,
    /// A stable code, as `UnusedImport`.
    pub code: String,
    /// Import path of the package whose compilation found it.
    pub package: Option<String>,
    /// Where, if it is about a place in a file.
    pub place: Option<Place>,
    /// Line and column one past the last byte of what it is about, where that is known.
    pub end: Option<(u32, u32)>,
    /// The text of the line of `place`, where it is short enough to be shown.
    pub excerpt: Option<String>,
    /// As the official compiler words it; where it has several lines, those after the first begin with tabs.
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
            package: None,
            place: None,
            end: None,
            excerpt: None,
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
