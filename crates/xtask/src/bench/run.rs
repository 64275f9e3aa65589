//! `cargo xtask bench run`: the programs of `benches`.
//!
//! Each is built three times ([`VARIANTS`]), and once more without a collector; all must print the same. They are run in turn, again and again,
//! so that what else the machine does meets all alike, and medians are compared. A program says in its opening
//! comment what it is about, by a line `//bench:computes` or `//bench:allocates`: the first kind spends little on
//! memory management and is compared with native code.
//!
//! What it costs to know the roots shows where a program never collects: then it is compared with itself without a
//! collector, run right after it in each round.

use std::path::{Path, PathBuf};

use super::build::{Built, Sample, VARIANTS, Variant};
use super::report::{Kind, Measured, Report, Row, median};

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
            Ok((kind, measured, to_leaking)) => {
                let row = Row::new(name.into_owned(), kind, measured, to_leaking);
                report.rows.push(row);
            }
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

/// What a program is about, the medians of its variants, and its time over that without a collector where it never
/// collects.
type Measurement = (Kind, [Measured; 3], Option<f64>);

fn measure(file: &Path, scratch: &Path, rounds: usize) -> Result<Measurement, String> {
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
    let leaking = Built::new(file, Variant::Leaking, scratch)
        .map_err(|message| format!("{:?}: {message}", Variant::Leaking))?;
    // Memory never shrinks, so whoever ends with as much of it as without a collector has had no use for one.
    let used = programs[0].run().map(|sample| sample.memory);
    let collects = leaking.run().map(|sample| sample.memory) != used;

    let mut samples: [Vec<Sample>; 3] = Default::default();
    let mut ratios = Vec::new();
    for round in 0..rounds {
        for turn in 0..VARIANTS.len() {
            let n = (round + turn) % VARIANTS.len();
            let sample = programs[n].run();
            let sample = sample.map_err(|problem| format!("{:?}: {problem}", VARIANTS[n]))?;
            if VARIANTS[n] == Variant::Ours && !collects {
                let without = leaking.run()?;
                same(&without, Variant::Leaking, &sample)?;
                ratios.push(sample.cpu.as_secs_f64() / without.cpu.as_secs_f64());
            }
            samples[n].push(sample);
        }
    }
    let mut measured: [Measured; 3] = Default::default();
    for (n, variant) in VARIANTS.into_iter().enumerate() {
        for sample in &samples[n] {
            same(sample, variant, &samples[0][0])?;
        }
        measured[n] = Measured::new(&samples[n], programs[n].size);
    }
    Ok((kind, measured, (!collects).then(|| median(ratios))))
}

/// Compares what a variant printed with what ours did.
fn same(sample: &Sample, variant: Variant, ours: &Sample) -> Result<(), String> {
    if sample.output == ours.output {
        return Ok(());
    }
    Err(format!(
        "{variant:?} printed {:?}, {:?} printed {:?}",
        String::from_utf8_lossy(&sample.output),
        Variant::Ours,
        String::from_utf8_lossy(&ours.output)
    ))
}
