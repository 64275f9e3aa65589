//! What is wrong with a directive or with what it is about.

use polkago_syntax::{Pos, Span};
use polkago_types::{FileRef, SrcPos};

/// The kinds of findings.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Code {
    /// A directive that is unknown, badly written, or about nothing it can be about.
    BadSdkDirective,
    /// A type without encoding where one is needed.
    NoEncoding,
    /// A field tag that is unknown or does not go with the field's type.
    BadScaleTag,
    /// A variant with an index or interface that cannot be, or an interface without variants.
    BadVariant,
    /// A runtime API, or a method of one, that cannot be called from outside.
    BadRuntimeApi,
    /// A runtime version that is not constant.
    BadRuntimeVersion,
    /// A name that generated code declares is declared by hand.
    GeneratedName,
    /// Generated code is missing or not what would be generated now.
    StaleGenerated,
}

impl Code {
    /// All codes.
    pub const ALL: &[Self] = &[
        Self::BadSdkDirective,
        Self::NoEncoding,
        Self::BadScaleTag,
        Self::BadVariant,
        Self::BadRuntimeApi,
        Self::BadRuntimeVersion,
        Self::GeneratedName,
        Self::StaleGenerated,
    ];

    /// The stable name that tools and `polkago explain` use.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::BadSdkDirective => "BadSdkDirective",
            Self::NoEncoding => "NoEncoding",
            Self::BadScaleTag => "BadScaleTag",
            Self::BadVariant => "BadVariant",
            Self::BadRuntimeApi => "BadRuntimeApi",
            Self::BadRuntimeVersion => "BadRuntimeVersion",
            Self::GeneratedName => "GeneratedName",
            Self::StaleGenerated => "StaleGenerated",
        }
    }
}

/// A finding.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Finding {
    /// Where.
    pub pos: SrcPos,
    /// One past its last byte.
    pub end: Pos,
    /// What kind.
    pub code: Code,
    /// What is wrong, in one line.
    pub msg: String,
    /// What to do, where that is not plain.
    pub help: Option<String>,
}

impl Finding {
    /// A finding about a span of a file.
    pub(crate) fn new(file: FileRef, span: Span, code: Code, msg: impl Into<String>) -> Self {
        Self {
            pos: SrcPos {
                file,
                pos: span.start,
            },
            end: span.end,
            code,
            msg: msg.into(),
            help: None,
        }
    }

    /// The same with advice.
    pub(crate) fn with_help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}
