//! What can go wrong between a command-line argument and a list of source files.
//!
//! Errors are values: a kind with a stable code, a position where there is one, and a message worded as the
//! official `go` command words it, so that a user who searches for it finds the usual answers. Machine paths
//! never stand in a message: files show relative to the current directory, std files under `$GOROOT`.

use std::fmt;

/// A place in a file that the user can open.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Position {
    /// The file as shown to the user, see [`crate::display`].
    pub file: String,
    /// Line, counted from 1.
    pub line: u32,
    /// Column in bytes, counted from 1.
    pub column: u32,
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", self.file, self.line, self.column)
    }
}

macro_rules! kinds {
    ($($(#[$doc:meta])* $name:ident => $code:literal,)*) => {
        /// The kinds of errors, one code each.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        pub enum ErrorKind {
            $($(#[$doc])* $name,)*
        }

        impl ErrorKind {
            /// All kinds.
            pub const ALL: &[Self] = &[$(Self::$name,)*];

            /// The stable code that tools and `polkago explain` use.
            pub fn code(self) -> &'static str {
                match self {
                    $(Self::$name => $code,)*
                }
            }
        }
    };
}

kinds! {
    /// No Go release was found and none could be fetched.
    NoRelease => "NoGoRelease",
    /// The Go release found is not of the supported minor version.
    WrongRelease => "WrongGoRelease",
    /// A transfer from the module proxy failed.
    Download => "DownloadFailed",
    /// A download does not have the pinned checksum.
    Checksum => "ChecksumMismatch",
    /// An archive is damaged or holds a name that leads out of its folder.
    Archive => "BadArchive",
    /// A file or folder could not be read or written.
    Io => "FileAccess",
    /// `go.mod` does not follow its grammar or asks for what cannot be given.
    GoMod => "InvalidGoMod",
    /// `go.sum` does not follow its grammar.
    GoSum => "InvalidGoSum",
    /// `go.sum` has no checksum for a module that is needed.
    MissingSum => "MissingGoSumEntry",
    /// A vendor folder does not agree with `go.mod`.
    Vendor => "InconsistentVendoring",
    /// A `//go:build` line does not follow its grammar.
    BuildConstraint => "InvalidBuildConstraint",
    /// The Go release knows no such platform.
    Target => "UnsupportedTarget",
    /// An argument names no package.
    Argument => "InvalidArgument",
    /// No package was found for an import.
    ImportNotFound => "ImportNotFound",
    /// An import path is malformed.
    InvalidImportPath => "InvalidImportPath",
    /// An `internal` package is imported from outside of its tree.
    InternalPackage => "InternalPackage",
    /// Packages import one another in a circle.
    ImportCycle => "ImportCycle",
    /// A `package main` is imported.
    ImportsProgram => "ImportsProgram",
    /// A folder has no Go files for the target.
    NoGoFiles => "NoGoFiles",
    /// The files of one folder disagree about the package name.
    MixedPackages => "MixedPackages",
    /// A required module is not on this machine.
    ModuleNotFound => "ModuleNotFound",
    /// Two modules provide the same package.
    AmbiguousImport => "AmbiguousImport",
}

/// One error of this crate.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct ProjectError {
    /// Where, if it has a place in a file.
    pub position: Option<Position>,
    /// What kind.
    pub kind: ErrorKind,
    /// What happened, in the words of the `go` command. An import cycle has a line for each step.
    pub message: String,
    /// What to do about it, in one line, if there is something to say.
    pub help: Option<String>,
}

impl ProjectError {
    /// An error without a place in a file.
    pub fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self {
            position: None,
            kind,
            message: message.into(),
            help: None,
        }
    }

    /// An error at a place in a file.
    pub fn at(position: Position, kind: ErrorKind, message: impl Into<String>) -> Self {
        Self {
            position: Some(position),
            ..Self::new(kind, message)
        }
    }

    /// Adds what to do about it.
    #[must_use]
    pub fn with_help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// An error of the operating system while doing something with a file, worded `verb path: reason`.
    pub fn io(verb: &str, path: &str, error: &std::io::Error) -> Self {
        let reason = match error.kind() {
            std::io::ErrorKind::NotFound => "no such file or directory".to_string(),
            std::io::ErrorKind::PermissionDenied => "permission denied".to_string(),
            _ => error.to_string(),
        };
        Self::new(ErrorKind::Io, format!("{verb} {path}: {reason}"))
    }
}

impl fmt::Display for ProjectError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(position) = &self.position {
            write!(f, "{position}: ")?;
        }
        f.write_str(&self.message)?;
        match &self.help {
            Some(help) => write!(f, "\n\t{help}"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for ProjectError {}
