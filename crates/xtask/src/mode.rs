//! In which ways suites compile programs: other levels of optimisation must not change what a program does, and neither
//! must a collection at every allocation.

use std::fmt;
use std::time::Duration;

use polkago_compiler::{Gc, OptLevel, Session};

/// A way to compile.
#[derive(clap::ValueEnum, Clone, Copy, PartialEq, Eq, Default, Debug)]
pub enum Mode {
    /// As users do.
    #[default]
    Plain,
    /// With a collection at every allocation, or less often where much is alive.
    GcStress,
    /// Without collections.
    GcLeaking,
    /// With every optimisation off.
    OptNone,
    /// For small modules.
    OptSize,
}

impl Mode {
    /// A session that compiles so.
    pub fn session(self, session: Session) -> Session {
        match self {
            Self::Plain => session,
            Self::GcStress => session.with_gc(Gc::Stress),
            Self::GcLeaking => session.with_gc(Gc::Leaking),
            Self::OptNone => session.with_level(OptLevel::None),
            Self::OptSize => session.with_level(OptLevel::Size),
        }
    }

    /// Processor time after which a program is stopped.
    pub fn time_limit(self) -> Duration {
        Duration::from_secs(match self {
            Self::Plain | Self::GcLeaking | Self::OptSize => 30,
            Self::OptNone => 60,
            Self::GcStress => 120,
        })
    }

    /// The name of a suite that compiles so: that of its file of known failures.
    pub fn suite(self, name: &str) -> String {
        match self {
            Self::Plain => name.to_owned(),
            mode => format!("{name}-{mode}"),
        }
    }
}

impl fmt::Display for Mode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Plain => "plain",
            Self::GcStress => "gc-stress",
            Self::GcLeaking => "gc-leaking",
            Self::OptNone => "opt-none",
            Self::OptSize => "opt-size",
        })
    }
}

/// The options of a suite that can be run in several modes.
#[derive(clap::Args, Clone, Default)]
pub struct Options {
    /// What all suites have.
    #[command(flatten)]
    pub suite: crate::suite::Options,
    /// How programs are compiled.
    #[arg(long, value_enum, default_value_t)]
    pub mode: Mode,
}

impl Options {
    /// Every `n`th case, in a mode.
    pub fn sample(mode: Mode, n: usize) -> Self {
        Self {
            suite: crate::suite::Options {
                every: Some(n),
                ..crate::suite::Options::default()
            },
            mode,
        }
    }
}
