//! Damaged Go files for the parser: it must neither panic nor hang, and where it finds no error, printing and
//! parsing again must give the same tree.
//!
//! The mutations depend on seed and case number only, so a failing case can be run again alone.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use polkago_syntax::{ParseOptions, parse_file};
use rayon::prelude::*;

use crate::random::Random;
use crate::syntax_suite::{SourceFile, second_tree_differs};

/// Larger files are not mutated.
const MAX_FILE: usize = 64 << 10;

/// A case that takes longer counts as a hang.
const TIME_LIMIT: Duration = Duration::from_secs(20);

/// Tokens that are inserted, chosen for what they do to the parser's state.
const TOKENS: [&str; 32] = [
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    ",",
    ";",
    ":",
    ":=",
    "=",
    "...",
    "<-",
    "*",
    "&",
    "~",
    "|",
    "func",
    "type",
    "struct",
    "interface",
    "chan",
    "map",
    "range",
    "if",
    "else",
    "switch",
    "case",
    "\"",
    "`",
    "/*",
    "\n",
];

/// What one thread is doing, for the watchdog.
#[derive(Default)]
struct Progress {
    /// Number of the case plus 1; 0 between cases.
    case: AtomicU64,
    /// When it has started, in milliseconds since the run has.
    started: AtomicU64,
}

/// Runs `count` cases and returns the number that failed. A hang ends the process.
pub fn run(files: &[SourceFile], count: u64, seed: u64) -> u64 {
    let small: Vec<&SourceFile> = files
        .iter()
        .filter(|file| file.text.len() <= MAX_FILE)
        .collect();
    if small.is_empty() {
        return 0;
    }
    let start = Instant::now();
    let progress: Vec<Progress> = (0..rayon::current_num_threads())
        .map(|_| Progress::default())
        .collect();
    let done = AtomicBool::new(false);
    thread::scope(|scope| {
        scope.spawn(|| watch(&progress, start, &done));
        let failed = (0..count)
            .into_par_iter()
            .filter(|&case| {
                let progress = &progress[rayon::current_thread_index().unwrap_or(0)];
                progress
                    .started
                    .store(start.elapsed().as_millis() as u64, Ordering::Relaxed);
                progress.case.store(case + 1, Ordering::Relaxed);
                let problem = run_case(&small, seed, case);
                progress.case.store(0, Ordering::Relaxed);
                if let Some(problem) = &problem {
                    println!("FAIL mutation {case} of seed {seed}: {problem}");
                }
                problem.is_some()
            })
            .count();
        done.store(true, Ordering::Relaxed);
        failed as u64
    })
}

/// Ends the process where a case takes too long: a thread cannot be stopped.
fn watch(progress: &[Progress], start: Instant, done: &AtomicBool) {
    while !done.load(Ordering::Relaxed) {
        thread::sleep(Duration::from_millis(100));
        let now = start.elapsed().as_millis() as u64;
        for thread in progress {
            let case = thread.case.load(Ordering::Relaxed);
            let elapsed = now.saturating_sub(thread.started.load(Ordering::Relaxed));
            if case > 0 && u128::from(elapsed) > TIME_LIMIT.as_millis() {
                println!(
                    "FAIL mutation {}: no end after {} s",
                    case - 1,
                    TIME_LIMIT.as_secs()
                );
                std::process::exit(1);
            }
        }
    }
}

/// Parses the text of one case. Returns what went wrong.
fn run_case(files: &[&SourceFile], seed: u64, case: u64) -> Option<String> {
    let mut random = Random::new(seed, case);
    let file = files[random.below(files.len())];
    let text = mutate(&mut random, files, file);
    let outcome = catch_unwind(AssertUnwindSafe(|| {
        let result = parse_file(&text, &ParseOptions::default());
        if result.errors.is_empty() {
            second_tree_differs(&result)
        } else {
            None
        }
    }));
    match outcome {
        Ok(None) => None,
        Ok(Some(problem)) => Some(format!("{}: {problem}", file.path.display())),
        Err(_) => Some(format!("{}: panic", file.path.display())),
    }
}

/// A damaged copy of a file.
fn mutate(random: &mut Random, files: &[&SourceFile], file: &SourceFile) -> Vec<u8> {
    let mut text = file.text.clone();
    for _ in 0..=random.below(6) {
        let len = text.len();
        match random.below(9) {
            0 => drop(text.drain(random.range(len, 200))),
            1 => {
                let copy = text[random.range(len, 200)].to_vec();
                let at = random.below(len + 1);
                text.splice(at..at, copy);
            }
            2 => {
                let from = random.range(len, 100);
                let copy = text[from.clone()].to_vec();
                drop(text.drain(from));
                let at = random.below(text.len() + 1);
                text.splice(at..at, copy);
            }
            3 => {
                let other = &files[random.below(files.len())].text;
                let part = &other[random.range(other.len(), 400)];
                let at = random.below(len + 1);
                text.splice(at..at, part.iter().copied());
            }
            4 if len > 0 => text[random.below(len)] ^= 1 << random.below(8),
            5 if len > 0 => text[random.below(len)] = random.next() as u8,
            6 => text.truncate(random.below(len + 1)),
            7 => {
                // One token many times over, for the bounds on nesting.
                let token = TOKENS[random.below(TOKENS.len())];
                let times = if random.below(20) == 0 {
                    5000
                } else {
                    1 + random.below(4)
                };
                let at = random.below(len + 1);
                text.splice(at..at, token.repeat(times).into_bytes());
            }
            _ => {
                let token = TOKENS[random.below(TOKENS.len())];
                let at = random.below(len + 1);
                text.splice(at..at, token.bytes());
            }
        }
    }
    text
}
