//! What all conformance suites have in common: named cases, their outcomes, the file of known failures, and the
//! closing line.
//!
//! A suite is a list of cases and a function that runs one. What failed is compared with the suite's ratchet file
//! ([`crate::ratchet`]): a case that fails without standing there is unexpected, and so is one that stands there and
//! passes, so that the file can only shrink unnoticed by nobody.

use std::collections::BTreeMap;
use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use polkago_host::wasip1::PATIENCE;

use crate::mode::Mode;
use crate::ratchet::Ratchet;

/// At most this many cases are shown for each reason.
const SHOWN: usize = 8;

/// A case that takes longer than this and what its programs may take counts as a hang of the compiler, which no thread
/// can stop: the process ends.
const CASE_LIMIT: Duration = Duration::from_secs(90);

/// How a case ended.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Outcome {
    /// As it should.
    Pass,
    /// Otherwise, for this reason: one line.
    Fail(String),
    /// It does not apply, for this reason: one line.
    Skip(String),
}

/// A case by name.
pub trait Case: Sync {
    /// Its name: a path below the suite's folder, with slashes.
    fn name(&self) -> &str;
    /// Runs it. A panic counts as a failure.
    fn run(&self) -> Outcome;
}

/// How a suite is run.
#[derive(clap::Args, Clone, Default)]
pub struct Options {
    /// Run only cases whose name contains this.
    #[arg(long, value_name = "TEXT")]
    pub filter: Option<String>,
    /// Write what fails now into the file of known failures; reasons that stand there are kept.
    #[arg(long)]
    pub bless: bool,
    /// With --bless: write this run's reasons in place of those kept.
    #[arg(long, requires = "bless")]
    pub fresh_reasons: bool,
    /// Run only a sample: every Nth case, the same ones each time, without those that are known to fail.
    #[arg(long, value_name = "N", conflicts_with = "bless")]
    pub every: Option<usize>,
    /// Name each case with its outcome.
    #[arg(long)]
    pub list: bool,
}

/// The result of a suite. Shown, it is the suite's closing line.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Tally {
    /// The suite's name.
    pub suite: String,
    /// Number of cases that were run.
    pub run: usize,
    /// Number of cases that passed.
    pub passed: usize,
    /// Number of failures that are known.
    pub known: usize,
    /// Number of cases whose outcome is not the expected one.
    pub unexpected: usize,
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            suite,
            run,
            passed,
            known,
            unexpected,
        } = self;
        let percent = if *run == 0 {
            0.0
        } else {
            100.0 * *passed as f64 / *run as f64
        };
        write!(
            f,
            "{suite}: {passed} of {run} passed ({percent:.1} %), {known} known failures, {unexpected} unexpected"
        )
    }
}

/// Runs the cases of a suite on all processors, prints a report, and gives the closing line.
///
/// # Errors
/// Where the ratchet file cannot be read or written.
pub fn run(suite: &str, cases: &[impl Case], options: &Options) -> Result<Tally, String> {
    run_mode(suite, Mode::Plain, cases, options)
}

/// Like [`run`], in a mode. Each mode but the plain one has a file of its own for what fails in that mode alone; what is
/// known to fail in plain mode may fail or pass in the others.
///
/// # Errors
/// Where a ratchet file cannot be read or written.
pub fn run_mode(
    suite: &str,
    mode: Mode,
    cases: &[impl Case],
    options: &Options,
) -> Result<Tally, String> {
    run_since(Instant::now(), suite, mode, cases, options)
}

/// [`run_mode`] for a suite that began to run its cases at a time in the past.
///
/// # Errors
/// As for [`run`].
pub fn run_since(
    start: Instant,
    suite: &str,
    mode: Mode,
    cases: &[impl Case],
    options: &Options,
) -> Result<Tally, String> {
    let plain = match mode {
        Mode::Plain => None,
        _ => Some(Ratchet::read(suite)?),
    };
    let suite = mode.suite(suite);
    let mut ratchet = Ratchet::read(&suite)?;
    let every = options.every.unwrap_or(1).max(1);
    let chosen: Vec<_> = cases
        .iter()
        .filter(|case| {
            let filter = options.filter.as_deref().unwrap_or_default();
            case.name().contains(filter)
        })
        .step_by(every)
        // Many of these are slow, and pass on faster machines.
        .filter(|case| every == 1 || ratchet.reason(case.name()).is_none())
        .collect();
    let outcomes = run_all(&chosen, CASE_LIMIT + mode.time_limit() * PATIENCE);
    let elapsed = start.elapsed();

    let mut tally = Tally {
        suite,
        run: 0,
        passed: 0,
        known: 0,
        unexpected: 0,
    };
    let mut skipped: Groups = BTreeMap::new();
    let mut known: Groups = BTreeMap::new();
    let mut unexpected = Vec::new();
    for (case, outcome) in chosen.iter().zip(&outcomes) {
        let name = case.name();
        let anyway = plain.as_ref().and_then(|plain| plain.reason(name));
        let expected = ratchet.reason(name);
        let verdict = match (outcome, expected) {
            (Outcome::Fail(reason), None) if anyway.is_some() => {
                known.entry(reason.clone()).or_default().push(name);
                "known"
            }
            (Outcome::Skip(reason), _) => {
                skipped.entry(reason.clone()).or_default().push(name);
                "skip"
            }
            (Outcome::Pass, None) => "pass",
            (Outcome::Fail(reason), Some(_)) => {
                known.entry(reason.clone()).or_default().push(name);
                "known"
            }
            (Outcome::Fail(reason), None) => {
                unexpected.push(format!("FAIL {name}: {reason}"));
                "FAIL"
            }
            (Outcome::Pass, Some(reason)) => {
                unexpected.push(format!("PASS {name}, known to fail: {reason}"));
                "PASS"
            }
        };
        tally.run += usize::from(!matches!(outcome, Outcome::Skip(_)));
        tally.passed += usize::from(*outcome == Outcome::Pass);
        tally.known += usize::from(verdict == "known");
        if options.list {
            match outcome {
                Outcome::Pass => println!("{verdict} {name}"),
                Outcome::Fail(reason) | Outcome::Skip(reason) => {
                    println!("{verdict} {name} # {reason}");
                }
            }
        }
        if options.bless {
            match outcome {
                Outcome::Fail(reason) if anyway.is_none() => {
                    ratchet.set(name, reason, options.fresh_reasons);
                }
                _ => ratchet.remove(name),
            }
        }
    }
    if options.filter.is_none() {
        let stale = ratchet.retain(|name| cases.iter().any(|case| case.name() == name));
        unexpected.extend(
            stale
                .iter()
                .map(|name| format!("GONE {name}, known to fail")),
        );
    }

    print_groups("skipped", &skipped);
    print_groups("known to fail", &known);
    if options.bless {
        ratchet.write()?;
        println!("wrote {}", ratchet.path().display());
    } else {
        tally.unexpected = unexpected.len();
        unexpected.iter().for_each(|line| println!("{line}"));
    }
    println!("{} cases in {:.1} s", chosen.len(), elapsed.as_secs_f64());
    Ok(tally)
}

/// Names of cases by reason.
type Groups<'a> = BTreeMap<String, Vec<&'a str>>;

/// Prints the reasons, the commonest first.
fn print_groups(what: &str, groups: &Groups<'_>) {
    let mut order: Vec<_> = groups.iter().collect();
    order.sort_by_key(|(_, names)| std::cmp::Reverse(names.len()));
    for (reason, names) in order {
        let shown = names[..names.len().min(SHOWN)].join(" ");
        let more = match names.len().saturating_sub(SHOWN) {
            0 => String::new(),
            n => format!(" and {n} more"),
        };
        println!("{what}: {:>4} {reason}: {shown}{more}", names.len());
    }
}

/// Runs cases on as many threads as there are processors. The outcomes are in the order of the cases.
fn run_all(cases: &[&impl Case], limit: Duration) -> Vec<Outcome> {
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let next = AtomicUsize::new(0);
    let outcomes: Vec<Mutex<Option<Outcome>>> = cases.iter().map(|_| Mutex::new(None)).collect();
    let watch = Watch::new(threads);
    std::thread::scope(|scope| {
        let workers: Vec<_> = (0..threads)
            .map(|thread| {
                let (next, outcomes, watch) = (&next, &outcomes, &watch);
                scope.spawn(move || {
                    loop {
                        let at = next.fetch_add(1, Ordering::Relaxed);
                        let (Some(case), Some(slot)) = (cases.get(at), outcomes.get(at)) else {
                            break;
                        };
                        watch.begin(thread, case.name());
                        let outcome = guarded(*case);
                        watch.end(thread);
                        *slot.lock().unwrap_or_else(PoisonError::into_inner) = Some(outcome);
                    }
                })
            })
            .collect();
        while workers.iter().any(|worker| !worker.is_finished()) {
            std::thread::sleep(Duration::from_millis(20));
            watch.check(limit);
        }
    });
    let outcome = |slot: Mutex<Option<Outcome>>| {
        slot.into_inner()
            .unwrap_or_else(PoisonError::into_inner)
            .unwrap_or_else(|| Outcome::Fail("not run".to_owned()))
    };
    outcomes.into_iter().map(outcome).collect()
}

/// Runs a case; a panic is a failure.
fn guarded(case: &impl Case) -> Outcome {
    crate::panics::forget();
    match catch_unwind(AssertUnwindSafe(|| case.run())) {
        Ok(outcome) => outcome,
        Err(_) => Outcome::Fail(format!("panic: {}", crate::panics::last())),
    }
}

/// What each thread runs, and since when.
struct Watch(Vec<Mutex<Option<(String, Instant)>>>);

impl Watch {
    fn new(threads: usize) -> Self {
        Self((0..threads).map(|_| Mutex::new(None)).collect())
    }

    fn set(&self, thread: usize, what: Option<(String, Instant)>) {
        if let Some(slot) = self.0.get(thread) {
            *slot.lock().unwrap_or_else(PoisonError::into_inner) = what;
        }
    }

    fn begin(&self, thread: usize, name: &str) {
        self.set(thread, Some((name.to_owned(), Instant::now())));
    }

    fn end(&self, thread: usize) {
        self.set(thread, None);
    }

    /// Ends the process where a case takes too long.
    fn check(&self, limit: Duration) {
        for slot in &self.0 {
            let slot = slot.lock().unwrap_or_else(PoisonError::into_inner);
            if let Some((name, since)) = &*slot
                && since.elapsed() > limit
            {
                println!("FAIL {name}: no end after {} s", limit.as_secs());
                std::process::exit(1);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_closing_line_has_its_form() {
        let tally = Tally {
            suite: "run".to_owned(),
            run: 8,
            passed: 5,
            known: 2,
            unexpected: 1,
        };
        assert_eq!(
            tally.to_string(),
            "run: 5 of 8 passed (62.5 %), 2 known failures, 1 unexpected"
        );
    }
}
