//! One file a command.

mod bench;
mod blob;
mod block;
mod build;
mod call;
mod check;
mod explain;
mod generate;
mod inspect;
mod licenses;
mod new;
mod run;
mod test;
mod trace;

use crate::cli::{Command, FindingsArgs, GcArgs, NarrowInt, Opt, Target};
use crate::progress::Activity;
use crate::report::{self, Failure};
use polkago_compiler::{
    Artifact, BuildOptions, Diagnostic, Gc, NarrowIntLevel, OptLevel, Profile, Session, Trace,
};
use std::process::ExitCode;

/// Runs a command.
pub fn dispatch(command: Command) -> Result<ExitCode, Failure> {
    match command {
        Command::New(args) => new::run(&args),
        Command::Licenses(args) => licenses::run(&args),
        Command::Build(args) => build::run(&args),
        Command::Run(args) => run::run(&args),
        Command::Test(args) => test::run(&args),
        Command::Check(args) => check::run(&args),
        Command::Explain(args) => explain::run(&args),
        Command::Generate(args) => generate::run(&args),
        Command::Call(args) => call::run(&args),
        Command::Trace(args) => trace::run(&args),
        Command::Bench(command) => bench::run(&command),
        Command::Block(command) => block::run(&command),
        Command::Inspect(args) => inspect::run(&args),
    }
}

impl From<Target> for Profile {
    fn from(target: Target) -> Self {
        match target {
            Target::Polkadot => Self::Polkadot,
            Target::PolkadotRfc145 => Self::PolkadotRfc145,
            Target::Wasip1 => Self::Wasip1,
        }
    }
}

impl From<&GcArgs> for Gc {
    fn from(args: &GcArgs) -> Self {
        match args.gc {
            _ if args.gc_stress => Self::Stress,
            crate::cli::Gc::Precise => Self::Precise,
            crate::cli::Gc::Leaking => Self::Leaking,
        }
    }
}

impl From<crate::cli::Trace> for Trace {
    fn from(trace: crate::cli::Trace) -> Self {
        match trace {
            crate::cli::Trace::Full => Self::Full,
            crate::cli::Trace::Host => Self::Host,
        }
    }
}

impl From<Opt> for OptLevel {
    fn from(opt: Opt) -> Self {
        match opt {
            Opt::None => Self::None,
            Opt::Size => Self::Size,
            Opt::Speed => Self::Speed,
        }
    }
}

impl From<NarrowInt> for NarrowIntLevel {
    fn from(level: NarrowInt) -> Self {
        match level {
            NarrowInt::Off => Self::Off,
            NarrowInt::Warn => Self::Warn,
            NarrowInt::Deny => Self::Deny,
        }
    }
}

/// A compiler session in the current folder, with the user's environment.
fn session(activity: &Activity) -> Result<Session, Failure> {
    let dir = std::env::current_dir().map_err(|e| {
        Failure::message(
            format!("cannot tell the current folder: {e}"),
            "change to a folder that exists",
        )
    })?;
    Ok(Session::from_environment(dir, activity.reporter()))
}

/// The environment for a program. What is not Unicode cannot be passed on.
fn environment() -> impl Iterator<Item = (String, String)> {
    std::env::vars_os()
        .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)))
}

/// How a package is compiled.
#[derive(Default)]
struct Settings {
    level: OptLevel,
    gc: Gc,
    trace: Trace,
    /// Whether all errors are reported.
    all_errors: bool,
    /// Whether it is compiled even if that has been done before.
    anew: bool,
}

/// Builds a package and prints the warnings.
fn build(
    arguments: &[String],
    options: &BuildOptions,
    settings: &Settings,
) -> Result<Artifact, Failure> {
    let artifact = compile(arguments, options, settings)?;
    report::diagnostics(&artifact.warnings);
    Ok(artifact)
}

/// Builds a package.
fn compile(
    arguments: &[String],
    options: &BuildOptions,
    settings: &Settings,
) -> Result<Artifact, Failure> {
    let activity = Activity::start("compiling");
    let mut session = session(&activity)?
        .with_level(settings.level)
        .with_gc(settings.gc)
        .with_trace(settings.trace)
        .with_all_errors(settings.all_errors);
    if !settings.anew {
        session = session.with_cache();
    }
    let result = session.build(arguments, options);
    drop(activity);
    Ok(result?)
}

/// Prints findings in the form that is asked for.
fn show(list: &[Diagnostic], args: &FindingsArgs) -> Result<(), Failure> {
    if args.json {
        return report::json_diagnostics(list);
    }
    report::diagnostics(list);
    Ok(())
}
