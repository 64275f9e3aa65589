//! The std suite: the tests of the release's standard library, each test, example and set of seed inputs a case of its
//! own, `PACKAGE.NAME`. The packages stand in `tests/std.txt`. A package is built once and run as `polkago test -short`
//! does; where a test ends the program or its time, the rest is run again without it. What ends a package before its
//! first test, or does not build, is a case by the name of the package.
//!
//! Tests that cannot run on a WebAssembly host skip themselves; others may be left out by a list with reasons,
//! `tests/skip/std.txt`, where there is one.
//!
//! | file | what it does |
//! | --- | --- |
//! | `program.rs` | building a package's tests and running them to the last one |
//! | `transcript.rs` | what the output says of each test |

mod program;
mod transcript;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use rayon::prelude::*;

use self::program::Tests;
use crate::go;
use crate::mode;
use crate::ratchet::Ratchet;
use crate::suite::{self, Case, Outcome, Tally};

/// How the suite is run.
#[derive(clap::Args, Clone, Default)]
pub struct Options {
    /// What suites that run in several modes have.
    #[command(flatten)]
    pub mode: mode::Options,
    /// Only the packages that are marked as quick.
    #[arg(long, conflicts_with = "bless")]
    pub quick: bool,
}

impl Options {
    /// The quick packages.
    pub fn quick() -> Self {
        Self {
            quick: true,
            ..Self::default()
        }
    }
}

/// A test, and how it ended.
struct Tested {
    name: String,
    outcome: Outcome,
}

impl Case for Tested {
    fn name(&self) -> &str {
        &self.name
    }

    fn run(&self) -> Outcome {
        self.outcome.clone()
    }
}

/// Runs the suite.
///
/// # Errors
/// Where the release or its tests are not there, or a list names what is not there.
pub fn run(options: &Options) -> Result<Tally, String> {
    let src = go::root()?.join("src");
    let skipped = Ratchet::read_list("tests/skip/std.txt")?;
    let packages = packages(&src)?;
    let filter = options.mode.suite.filter.as_deref().unwrap_or_default();
    let (chosen, left): (Vec<_>, Vec<_>) = packages.iter().partition(|package| {
        let named = format!("{}.", package.path);
        (package.quick || !options.quick) && (named.contains(filter) || filter.starts_with(&named))
    });
    let start = Instant::now();
    let done = AtomicUsize::new(0);
    let mut cases: Vec<Tested> = chosen
        .par_iter()
        .flat_map_iter(|package| {
            let ended = tested(&package.path, filter, &skipped, options);
            let number = done.fetch_add(1, Ordering::Relaxed) + 1;
            eprintln!("{number} of {}: {}", chosen.len(), package.path);
            ended
        })
        .collect();
    for name in skipped.names() {
        if packages.iter().all(|package| !package.has(name)) {
            let file = skipped.path().display();
            return Err(format!("{file}: {name} is of no package in {LIST}"));
        }
    }
    // What is known of packages that were left out stays so.
    let known = Ratchet::read(&options.mode.mode.suite("std"))?;
    for name in known.names() {
        if left.iter().any(|package| package.has(name)) {
            cases.push(Tested {
                name: name.to_owned(),
                outcome: Outcome::Skip("of a package that was left out".to_owned()),
            });
        }
    }
    cases.sort_by(|a, b| a.name.cmp(&b.name));
    let mode = options.mode.mode;
    suite::run_since(start, "std", mode, &cases, &options.mode.suite)
}

/// Where the packages are named.
const LIST: &str = "tests/std.txt";

/// A package of the list.
struct Package {
    path: String,
    quick: bool,
}

impl Package {
    /// Whether a case is the package's.
    fn has(&self, case: &str) -> bool {
        let rest = case.strip_prefix(self.path.as_str());
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    }
}

/// The packages of the list.
fn packages(src: &Path) -> Result<Vec<Package>, String> {
    let file = crate::repository().join(LIST);
    let text = std::fs::read_to_string(&file);
    let text = text.map_err(|error| format!("cannot read {}: {error}", file.display()))?;
    let mut packages = Vec::new();
    for line in text.lines() {
        let (path, quick) = match line.split_once(" # ") {
            None => (line, false),
            Some((path, "quick")) => (path, true),
            Some((path, mark)) => return Err(format!("{LIST}: {path}: what is {mark:?}?")),
        };
        if !has_tests(&src.join(path)) {
            return Err(format!(
                "no tests of package {path} below {}; install Go from go.dev/dl",
                src.display()
            ));
        }
        packages.push(Package {
            path: path.to_owned(),
            quick,
        });
    }
    Ok(packages)
}

fn has_tests(folder: &Path) -> bool {
    let Ok(mut entries) = std::fs::read_dir(folder) else {
        return false;
    };
    entries.any(|entry| {
        entry.is_ok_and(|entry| entry.file_name().to_string_lossy().ends_with("_test.go"))
    })
}

/// Runs the tests of a package.
fn tested(path: &str, filter: &str, skipped: &Ratchet, options: &Options) -> Vec<Tested> {
    let case = |name: &str, outcome| Tested {
        name: name.to_owned(),
        outcome,
    };
    if let Some(reason) = skipped.reason(path) {
        return vec![case(path, Outcome::Skip(reason.to_owned()))];
    }
    let prefix = format!("{path}.");
    let names = skipped
        .names()
        .filter_map(|name| name.strip_prefix(&prefix));
    let without: Vec<&str> = names.collect();
    let only = filter.strip_prefix(&prefix);
    crate::panics::forget();
    let run = || Tests::build(path, options.mode.mode)?.run(only, &without);
    let outcomes = match catch_unwind(AssertUnwindSafe(run)) {
        Ok(Ok(outcomes)) => outcomes,
        Ok(Err(reason)) => return vec![case(path, Outcome::Fail(reason))],
        Err(_) => {
            let reason = format!("panic: {}", crate::panics::last());
            return vec![case(path, Outcome::Fail(reason))];
        }
    };
    let mut cases = Vec::new();
    for (name, outcome) in outcomes {
        let name = match name.as_str() {
            "" => path.to_owned(),
            name => format!("{prefix}{name}"),
        };
        cases.push(Tested { name, outcome });
    }
    for name in without {
        let name = format!("{prefix}{name}");
        let reason = skipped.reason(&name).unwrap_or_default();
        cases.push(case(&name, Outcome::Skip(reason.to_owned())));
    }
    cases
}
