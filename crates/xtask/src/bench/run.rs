//! `cargo xtask bench run`: the programs of `benches`.
//!
//! Each is built three times ([`VARIANTS`]); all three must print the same. They are run in turn, again and again,
//! so that what else the machine does meets all alike, and medians are compared. A program says in its opening
//! comment what it is about, by a line `//bench:computes` or `//bench:allocates`: the first kind spends little on
//! memory management and is compared with native code.

use std::path::{Path, PathBuf};

use super::build::{Built, Sample, VARIANTS, Variant};
use super::report::{Kind, Measured, Report, Row};

/// What is run, and how.
#[derive(clap::Args)]
pub struct Options {
    /// Only programs with this text in their name.
    #[arg(long)]
    filter: Option<String>,
    /// How often each is run.
    #[arg(long, default_value_t = 5)]
    rounds: usize,
    /// One JSON object instead of a table.
    #[arg(long)]
    json: bool,
}

/// Measures and prints. True where all programs ran and printed the same.
///
/// # Errors
/// Where `benches` cannot be read.
pub fn run(options: &Options) -> Result<bool, String> {
    let scratch = tempfile::tempdir().map_err(|error| format!("no temporary folder: {error}"))?;
    let mut report = Report::default();
    for file in files()? {
        let name = file.file_stem().unwrap_or_default().to_string_lossy();
        if !name.contains(options.filter.as_deref().unwrap_or_default()) {
            continue;
        }
        if !options.json {
            eprintln!("{name}");
        }
        match measure(&file, scratch.path(), options.rounds.max(1)) {
            Ok((kind, measured)) => report
                .rows
                .push(Row::new(name.into_owned(), kind, measured)),
            Err(problem) => report.failed.push((name.into_owned(), problem)),
        }
    }
    if options.json {
        println!("{}", report.json()?);
    } else {
        println!("{report}");
    }
    Ok(report.failed.is_empty())
}

/// The programs, sorted by name.
fn files() -> Result<Vec<PathBuf>, String> {
    let folder = crate::repository().join("benches");
    let problem = |error| format!("cannot read {}: {error}", folder.display());
    let mut files = Vec::new();
    for entry in std::fs::read_dir(&folder).map_err(problem)? {
        let path = entry.map_err(problem)?.path();
        if path.extension().is_some_and(|extension| extension == "go") {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

fn measure(file: &Path, scratch: &Path, rounds: usize) -> Result<(Kind, [Measured; 3]), String> {
    let source = std::fs::read_to_string(file).map_err(|error| error.to_string())?;
    let is = |line: &str| source.lines().any(|l| l == line);
    let kind = match (is("//bench:computes"), is("//bench:allocates")) {
        (true, false) => Kind::Computes,
        (false, true) => Kind::Allocates,
        _ => return Err("no line says what it is about".to_owned()),
    };
    let mut programs = Vec::new();
    for variant in VARIANTS {
        let built = Built::new(file, variant, scratch);
        programs.push(built.map_err(|message| format!("{variant:?}: {message}"))?);
    }
    let mut samples: [Vec<Sample>; 3] = Default::default();
    for round in 0..rounds {
        for turn in 0..VARIANTS.len() {
            let n = (round + turn) % VARIANTS.len();
            let sample = programs[n].run();
            samples[n].push(sample.map_err(|problem| format!("{:?}: {problem}", VARIANTS[n]))?);
        }
    }
    let printed = |n: usize| String::from_utf8_lossy(&samples[n][0].output).into_owned();
    for (n, variant) in VARIANTS.into_iter().enumerate() {
        if samples[n].iter().any(|s| s.output != samples[0][0].output) {
            return Err(format!(
                "{variant:?} printed {:?}, {:?} printed {:?}",
                printed(n),
                Variant::Ours,
                printed(0)
            ));
        }
    }
    let mut measured: [Measured; 3] = Default::default();
    for (n, program) in programs.iter().enumerate() {
        measured[n] = Measured::new(&samples[n], program.size);
    }
    Ok((kind, measured))
}
