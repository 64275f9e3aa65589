//! The front end against `go/types`: both check std for linux/amd64, function bodies included, in turn.
//!
//! Ours is the `polkago` beside this program, so build both as they are released. The other is `benches/check`, a
//! short program that checks each package once and on one thread, as the official type checker works.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::process::{self, Medians, Sample};
use crate::repository;

/// How the front end is measured.
#[derive(clap::Args)]
pub struct Options {
    /// How often each is run.
    #[arg(long, default_value_t = 7, value_name = "N")]
    runs: usize,
    /// The packages, for both.
    #[arg(default_value = "std", value_name = "PKG")]
    packages: Vec<String>,
}

/// Measures both and prints medians and ratios.
///
/// # Errors
/// Where one of them does not run or finds errors.
pub fn run(options: &Options) -> Result<bool, String> {
    let folder = repository().join("target/bench-check");
    std::fs::create_dir_all(&folder)
        .map_err(|e| format!("cannot make {}: {e}", folder.display()))?;
    let packages = list(&options.packages)?;
    let official = build(&folder)?;
    let ours = process::polkago()?;
    let mut samples: [Vec<Sample>; 2] = [Vec::new(), Vec::new()];
    for _ in 0..options.runs.max(1) {
        let mut command = Command::new(&ours);
        command.args([
            "check",
            "--goos",
            "linux",
            "--goarch",
            "amd64",
            "--narrow-int",
            "off",
        ]);
        samples[0].push(process::sample(command.args(&options.packages))?);
        samples[1].push(process::sample(Command::new(&official).args(&packages))?);
    }
    println!(
        "{} packages named, {} runs of each in turn, medians",
        packages.len(),
        samples[0].len()
    );
    println!(
        "{:<10} {:>10} {:>10} {:>10}",
        "", "wall ms", "cpu ms", "MiB"
    );
    let [a, b] = samples.each_ref().map(|list| Medians::of(list));
    for (name, m) in [("polkago", &a), ("go/types", &b)] {
        println!(
            "{name:<10} {:>10.0} {:>10.0} {:>10.0}",
            m.wall, m.cpu, m.memory
        );
    }
    println!(
        "{:<10} {:>10.3} {:>10.3} {:>10.3}",
        "ratio",
        a.wall / b.wall,
        a.cpu / b.cpu,
        a.memory / b.memory
    );
    Ok(true)
}

/// The import paths that patterns stand for.
fn list(patterns: &[String]) -> Result<Vec<String>, String> {
    let mut command = official_platform(Command::new("go"));
    let output = command.arg("list").args(patterns).output();
    let output = output.map_err(|e| format!("the go command does not run: {e}"))?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned());
    }
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    // The vendored packages of std are found by those that import them.
    let named = text.lines().filter(|path| !path.starts_with("vendor/"));
    Ok(named.map(str::to_owned).collect())
}

/// A command of the official tools for the platform that is checked.
fn official_platform(mut command: Command) -> Command {
    command.envs([("GOOS", "linux"), ("GOARCH", "amd64"), ("CGO_ENABLED", "0")]);
    command
}

/// Builds the official checker for this machine.
fn build(folder: &Path) -> Result<PathBuf, String> {
    let program = folder.join(format!("go-types{}", std::env::consts::EXE_SUFFIX));
    let source = repository().join("benches/check/main.go");
    let status = Command::new("go")
        .arg("build")
        .arg("-o")
        .args([&program, &source])
        .status()
        .map_err(|e| format!("the go command does not run: {e}"))?;
    if status.success() {
        Ok(program)
    } else {
        Err("benches/check does not build".to_owned())
    }
}
