//! How long a build takes, for WASI, against `go build`: from nothing, after an edit, and once more.
//!
//! Ours is the `polkago` beside this program. It keeps whole modules, so after an edit it does everything again; the
//! official compiler finds all packages but the edited one in its cache.

use std::path::Path;
use std::process::Command;

use tempfile::TempDir;

use super::process::{self, Medians, Sample};
use crate::repository;

/// How builds are measured.
#[derive(clap::Args)]
pub struct Options {
    /// How often each is built.
    #[arg(long, default_value_t = 5, value_name = "N")]
    runs: usize,
}

/// What was done to the program since the last build.
const CASES: [&str; 3] = ["from nothing", "after an edit", "unchanged"];

/// Measures both and prints medians and ratios.
///
/// # Errors
/// Where one of them does not build.
pub fn run(options: &Options) -> Result<bool, String> {
    let source = repository().join("benches/build/main.go");
    let source = std::fs::read_to_string(&source)
        .map_err(|e| format!("cannot read {}: {e}", source.display()))?;
    let polkago = process::polkago()?;
    let folder = TempDir::new().map_err(|e| format!("no temporary folder: {e}"))?;
    let folder = folder.path();
    let file = folder.join("main.go");
    let mut samples: [[Vec<Sample>; 2]; 3] = Default::default();
    for run in 0..options.runs.max(1) {
        let cache = TempDir::new_in(folder).map_err(|e| format!("no temporary folder: {e}"))?;
        for (case, samples) in samples.iter_mut().enumerate() {
            // Only the last case leaves the file as it was built before.
            let edition = format!("edition = {run}{}", case.min(1));
            write(&file, &source.replace("edition = 0", &edition))?;
            let mut commands = [ours(&polkago, &file, folder), official(&file, folder)];
            for (command, samples) in commands.iter_mut().zip(samples) {
                command.env("POLKAGO_CACHE", cache.path().join("polkago"));
                command.env("GOCACHE", cache.path().join("go"));
                samples.push(process::sample(command)?);
            }
        }
    }
    println!(
        "{} builds of each in turn, medians of wall time",
        samples[0][0].len()
    );
    println!(
        "{:<14} {:>12} {:>12} {:>8} {:>12} {:>12}",
        "", "polkago ms", "go ms", "ratio", "cpu ms", "cpu ms"
    );
    for (case, samples) in CASES.iter().zip(&samples) {
        let [ours, official] = samples.each_ref().map(|list| Medians::of(list));
        println!(
            "{case:<14} {:>12.0} {:>12.0} {:>8.3} {:>12.0} {:>12.0}",
            ours.wall,
            official.wall,
            ours.wall / official.wall,
            ours.cpu,
            official.cpu
        );
    }
    Ok(true)
}

fn write(file: &Path, text: &str) -> Result<(), String> {
    std::fs::write(file, text).map_err(|e| format!("cannot write {}: {e}", file.display()))
}

fn ours(polkago: &Path, file: &Path, folder: &Path) -> Command {
    let mut command = Command::new(polkago);
    command
        .args(["build", "--target", "wasip1", "-o"])
        .arg(folder.join("ours.wasm"))
        .arg(file);
    command
}

fn official(file: &Path, folder: &Path) -> Command {
    let mut command = Command::new("go");
    command
        .args(["build", "-o"])
        .arg(folder.join("official.wasm"))
        .arg(file)
        .envs([("GOOS", "wasip1"), ("GOARCH", "wasm"), ("CGO_ENABLED", "0")]);
    command
}
