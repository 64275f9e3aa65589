//! The syntax suite: every Go file of a release parses without error, and printing its tree and parsing the text
//! gives the same tree; files with syntax errors give those that they state, see [`crate::syntax_errors`]. With
//! `--mutate N` also N damaged files, see [`crate::syntax_mutate`].

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use polkago_syntax::{ParseOptions, ParseResult, parse_file, print, same_tree};
use rayon::prelude::*;

use crate::go;
use crate::suite::Tally;
use crate::{syntax_errors, syntax_mutate};

/// At most this many failures are shown.
const SHOWN: usize = 20;

/// What the suite runs over.
#[derive(clap::Args, Default)]
pub struct Options {
    /// The Go release; default: the one that `go env GOROOT` names.
    #[arg(long)]
    goroot: Option<PathBuf>,
    /// Also parse this many mutated files.
    #[arg(long, default_value_t = 0, value_name = "N")]
    mutate: u64,
    /// The seed of the mutations.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Parse this many times and report the fastest time.
    #[arg(long, default_value_t = 3, value_name = "N")]
    repeat: u32,
}

/// One Go file.
pub struct SourceFile {
    /// Where it is.
    pub path: PathBuf,
    /// Its bytes.
    pub text: Vec<u8>,
}

/// Runs the suite and prints its report, but for the closing line.
///
/// # Errors
///
/// Where there is no Go release, or it cannot be read.
pub fn run(options: &Options) -> Result<Tally, String> {
    let goroot = match &options.goroot {
        Some(goroot) => goroot.clone(),
        None => go::root()?,
    };
    let src = goroot.join("src");
    let start = Instant::now();
    let files = read_files(&src)?;
    let bytes: usize = files.iter().map(|file| file.text.len()).sum();
    let megabytes = bytes as f64 / 1e6;
    println!(
        "read {} files, {megabytes:.1} MB in {}",
        files.len(),
        seconds(start.elapsed())
    );

    let fastest = (0..options.repeat.max(1))
        .map(|_| time_parsing(&files))
        .min()
        .unwrap_or_default();
    println!(
        "parsed in {} on {} threads, {:.1} MB/s",
        seconds(fastest),
        rayon::current_num_threads(),
        megabytes / fastest.as_secs_f64()
    );

    let start = Instant::now();
    let failures: Vec<String> = files.par_iter().filter_map(round_trip).collect();
    println!(
        "parsed, printed, parsed again and compared in {}",
        seconds(start.elapsed())
    );
    for failure in failures.iter().take(SHOWN) {
        println!("FAIL {failure}");
    }
    if failures.len() > SHOWN {
        println!("... and {} more", failures.len() - SHOWN);
    }

    let errors = syntax_errors::run(&goroot);
    println!("{} files with syntax errors", errors.run);
    for failure in &errors.failures {
        println!("FAIL {failure}");
    }

    let mut run = files.len() + errors.run;
    let mut passed = run - failures.len() - errors.failures.len();
    if options.mutate > 0 {
        let start = Instant::now();
        let failed = syntax_mutate::run(&files, options.mutate, options.seed);
        println!(
            "{} mutated files in {}, {failed} failed",
            options.mutate,
            seconds(start.elapsed())
        );
        run += options.mutate as usize;
        passed += (options.mutate - failed) as usize;
    }
    Ok(Tally {
        suite: "syntax".to_owned(),
        run,
        passed,
        known: 0,
        unexpected: run - passed,
    })
}

/// The time of parsing all files, without reading them.
fn time_parsing(files: &[SourceFile]) -> Duration {
    let options = ParseOptions::default();
    let start = Instant::now();
    let expressions: usize = files
        .par_iter()
        .map(|file| parse_file(&file.text, &options).file.expr.len())
        .sum();
    let elapsed = start.elapsed();
    std::hint::black_box(expressions);
    elapsed
}

/// Parses a file, prints it and parses that. Returns what went wrong.
fn round_trip(source: &SourceFile) -> Option<String> {
    let options = ParseOptions::default();
    let first = parse_file(&source.text, &options);
    let shown = source.path.display();
    if let Some(error) = first_error(&first) {
        return Some(format!("{shown}:{error}"));
    }
    second_tree_differs(&first).map(|problem| format!("{shown}: {problem}"))
}

/// Prints a tree without errors and parses the text. Returns how that differs from the tree, if it does.
pub fn second_tree_differs(first: &ParseResult) -> Option<String> {
    let printed = print::print_file(&first.file);
    let second = parse_file(printed.as_bytes(), &ParseOptions::default());
    if let Some(error) = first_error(&second) {
        let line = second
            .errors
            .first()
            .map_or(1, |error| second.file.lines.line(error.pos));
        let text = printed.lines().nth(line as usize - 1).unwrap_or_default();
        return Some(format!("printed text does not parse: {error}: {text}"));
    }
    (!same_tree(&first.file, &second.file)).then(|| "printed text has another tree".to_owned())
}

/// The first error with line and column.
fn first_error(result: &ParseResult) -> Option<String> {
    let error = result.errors.first()?;
    let (line, col) = result.file.lines.line_col(error.pos);
    Some(format!("{line}:{col}: {}", error.message))
}

/// Every Go file below `dir` that is not in a `testdata` folder, in order of path.
fn read_files(dir: &Path) -> Result<Vec<SourceFile>, String> {
    let mut paths = Vec::new();
    let mut folders = vec![dir.to_path_buf()];
    while let Some(folder) = folders.pop() {
        let problem = |error| format!("cannot read {}: {error}", folder.display());
        for entry in fs::read_dir(&folder).map_err(problem)? {
            let entry = entry.map_err(problem)?;
            let path = entry.path();
            if entry.file_type().map_err(problem)?.is_dir() {
                if entry.file_name() != "testdata" {
                    folders.push(path);
                }
            } else if path.extension().is_some_and(|extension| extension == "go") {
                paths.push(path);
            }
        }
    }
    paths.sort();
    paths
        .into_par_iter()
        .map(|path| match fs::read(&path) {
            Ok(text) => Ok(SourceFile { path, text }),
            Err(error) => Err(format!("cannot read {}: {error}", path.display())),
        })
        .collect()
}

/// A time in seconds.
fn seconds(time: Duration) -> String {
    format!("{:.2} s", time.as_secs_f64())
}
