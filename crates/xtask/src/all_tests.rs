//! `cargo xtask test`: every test of the repository, one step after the other, and what each gave.

use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use crate::mode::Mode;
use crate::suite::{Options, Tally};
use crate::{
    compile_suite, differential, errorcheck_suite, fuzz, generated, go, hostapi_suite, memory,
    mode, modules_suite, programs, run_suite, scale_suite, std_suite, syntax_suite, types_suite,
};

/// Which steps may be left out.
#[derive(clap::Args)]
pub struct Choice {
    /// Fail where something that a step needs is not there (the go command, the Go release's tests). Also asked for
    /// by the environment variable POLKAGO_CI=1.
    #[arg(long)]
    require_all: bool,
}

/// How a step ended.
enum Verdict {
    Passed(String),
    Failed(String),
    NotRun(String),
}

/// A part of the tests.
struct Step {
    name: &'static str,
    run: fn() -> Verdict,
}

const STEPS: &[Step] = &[
    Step {
        name: "Rust tests: crates, command line, example runtimes on Polkadot's executor",
        run: rust,
    },
    Step {
        name: "Go tests of go/sdk",
        run: || go_module("go/sdk"),
    },
    Step {
        name: "Go tests of examples/hello",
        run: || go_module("examples/hello"),
    },
    Step {
        name: "Go tests of examples/frameless",
        run: || go_module("examples/frameless"),
    },
    Step {
        name: "conformance programs",
        run: || suite(|| programs::run(&mode::Options::default())),
    },
    Step {
        name: "conformance syntax",
        run: || match go::root() {
            Ok(_) => suite(|| syntax_suite::run(&syntax_suite::Options::default())),
            Err(reason) => Verdict::NotRun(reason),
        },
    },
    Step {
        name: "conformance types",
        run: || match go::root() {
            Ok(_) => suite(|| types_suite::run(&Options::default())),
            Err(reason) => Verdict::NotRun(reason),
        },
    },
    Step {
        name: "conformance errorcheck",
        run: || match go::test_tree() {
            Ok(_) => suite(|| errorcheck_suite::run(&Options::default())),
            Err(reason) => Verdict::NotRun(reason),
        },
    },
    Step {
        name: "differential",
        run: || match (go::test_tree(), go::has_command()) {
            (Ok(_), true) => suite(|| differential::run(&differential::Options::short())),
            (Ok(_), false) => Verdict::NotRun("the go command does not run".to_owned()),
            (Err(reason), _) => Verdict::NotRun(reason),
        },
    },
    Step {
        name: "conformance compile",
        run: || match go::test_tree() {
            Ok(_) => suite(|| compile_suite::run(&mode::Options::default())),
            Err(reason) => Verdict::NotRun(reason),
        },
    },
    Step {
        name: "conformance run",
        run: || match go::test_tree() {
            Ok(_) => suite(|| run_suite::run(&run_suite::Options::default())),
            Err(reason) => Verdict::NotRun(reason),
        },
    },
    Step {
        name: "conformance std --quick",
        run: || match go::root() {
            Ok(_) => suite(|| std_suite::run(&std_suite::Options::quick())),
            Err(reason) => Verdict::NotRun(reason),
        },
    },
    Step {
        name: "conformance programs --mode gc-stress --every 6",
        run: || suite(|| programs::run(&mode::Options::sample(Mode::GcStress, 6))),
    },
    Step {
        name: "conformance programs --mode opt-none --every 3",
        run: || suite(|| programs::run(&mode::Options::sample(Mode::OptNone, 3))),
    },
    Step {
        name: "conformance run --mode gc-stress --every 12",
        run: || match go::test_tree() {
            Ok(_) => suite(|| run_suite::run(&mode::Options::sample(Mode::GcStress, 12).into())),
            Err(reason) => Verdict::NotRun(reason),
        },
    },
    Step {
        name: "conformance run --mode opt-none --every 12",
        run: || match go::test_tree() {
            Ok(_) => suite(|| run_suite::run(&mode::Options::sample(Mode::OptNone, 12).into())),
            Err(reason) => Verdict::NotRun(reason),
        },
    },
    Step {
        name: "conformance memory",
        run: || suite(|| memory::run(&Options::default())),
    },
    Step {
        name: "conformance hostapi",
        run: || suite(|| hostapi_suite::run(&Options::default())),
    },
    Step {
        name: "conformance scale",
        run: || suite(|| scale_suite::run(&Options::default())),
    },
    Step {
        name: "fuzz programs --count 400",
        run: fuzz_programs,
    },
    Step {
        name: "fuzz scale --seconds 20",
        run: fuzz_scale,
    },
    Step {
        name: "generated Go files are current",
        run: || match generated::check() {
            Ok(files) => Verdict::Passed(format!("{files} files")),
            Err(reason) => Verdict::Failed(reason),
        },
    },
    Step {
        name: "conformance modules --small",
        run: modules,
    },
];

/// Runs everything and prints a summary. Returns whether all is well.
pub fn run(choice: &Choice) -> bool {
    let require_all =
        choice.require_all || std::env::var_os("POLKAGO_CI").is_some_and(|v| v == "1");
    let mut results = Vec::new();
    for Step { name, run } in STEPS {
        println!("\n== {name}");
        let start = Instant::now();
        let verdict = run();
        results.push((name, verdict, start.elapsed()));
    }
    println!("\n== summary");
    let mut well = true;
    for (name, verdict, time) in &results {
        let (word, text) = match verdict {
            Verdict::Passed(text) => ("ok", text),
            Verdict::Failed(text) => ("FAILED", text),
            Verdict::NotRun(text) => ("NOT RUN", text),
        };
        well &= match verdict {
            Verdict::Passed(_) => true,
            Verdict::Failed(_) => false,
            Verdict::NotRun(_) => !require_all,
        };
        println!("{word:<8}{:>8}  {name}{}", seconds(*time), after(text));
    }
    well
}

fn fuzz_programs() -> Verdict {
    against_official(
        || fuzz::programs(&fuzz::Options::of(400)),
        "a program differs",
    )
}

fn fuzz_scale() -> Verdict {
    let run = || fuzz::scale::run(&fuzz::scale::Options::of(20));
    against_official(run, "an input is decoded wrongly")
}

/// A comparison with the official compiler, which says whether all is well.
fn against_official(run: impl FnOnce() -> Result<bool, String>, wrong: &str) -> Verdict {
    if !go::has_command() {
        return Verdict::NotRun(
            "the go command does not run; install Go from go.dev/dl".to_owned(),
        );
    }
    match run() {
        Ok(true) => Verdict::Passed(String::new()),
        Ok(false) => Verdict::Failed(wrong.to_owned()),
        Err(reason) => Verdict::Failed(reason),
    }
}

fn rust() -> Verdict {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    // The profile of the command line, so that Polkadot's executor is compiled once.
    command.args(["test", "--release", "--workspace", "--no-fail-fast"]);
    // `cargo xtask` describes this package in variables that some build scripts look at: they would run anew, and
    // what depends on them be compiled twice.
    for (name, _) in std::env::vars_os() {
        let text = name.to_string_lossy();
        if text.starts_with("CARGO_PKG_") || text.starts_with("CARGO_MANIFEST_") {
            command.env_remove(name);
        }
    }
    finish(command.current_dir(crate::repository()))
}

fn go_module(folder: &str) -> Verdict {
    if !go::has_command() {
        return Verdict::NotRun(
            "the go command does not run; install Go from go.dev/dl".to_owned(),
        );
    }
    let folder: &Path = &crate::repository().join(folder);
    match finish(
        Command::new("go")
            .args(["vet", "./..."])
            .current_dir(folder),
    ) {
        Verdict::Passed(_) => finish(
            Command::new("go")
                .args(["test", "./..."])
                .current_dir(folder),
        ),
        other => other,
    }
}

/// The small modules of the suite, where a proxy answers.
fn modules() -> Verdict {
    let options = modules_suite::Options {
        small: true,
        ..modules_suite::Options::default()
    };
    match modules_suite::run(&options) {
        Err(reason) => Verdict::NotRun(reason),
        Ok(tally) => suite(|| Ok(tally)),
    }
}

fn suite(run: impl FnOnce() -> Result<Tally, String>) -> Verdict {
    match run() {
        Ok(tally) => {
            println!("{tally}");
            if tally.unexpected == 0 {
                Verdict::Passed(tally.to_string())
            } else {
                Verdict::Failed(tally.to_string())
            }
        }
        Err(message) => {
            println!("error: {message}");
            Verdict::Failed(message)
        }
    }
}

fn finish(command: &mut Command) -> Verdict {
    match command.status() {
        Ok(status) if status.success() => Verdict::Passed(String::new()),
        Ok(status) => Verdict::Failed(status.to_string()),
        Err(error) => Verdict::Failed(error.to_string()),
    }
}

fn seconds(time: Duration) -> String {
    format!("{:.1} s", time.as_secs_f64())
}

/// What is said of a step behind its name.
fn after(text: &str) -> String {
    if text.is_empty() {
        String::new()
    } else {
        format!(" ({text})")
    }
}
