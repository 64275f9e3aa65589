//! The modules suite: real modules from the module proxy, checked with all that they import for linux/amd64.
//!
//! `tests/modules.txt` names them in fixed versions with their checksums. Each is fetched with our own client, laid
//! out as a main module, and all its packages are checked. An error counts unless the official compiler, asked to
//! build the same tree, also reports one in that package, or the proxy refuses to hand out what is needed; both are
//! said by name.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::time::Instant;

use polkago_compiler::{CheckTarget, Diagnostic, Environment, NoProgress, Session, Severity};
use polkago_project::module::{ModuleVersion, Version};
use polkago_project::{ErrorKind, Fetcher, ProjectError};

use crate::module_lists;
use crate::suite::{self, Case, Outcome, Tally};

/// The list of modules.
const LIST: &str = "tests/modules.txt";

/// Errors that are shown for a module.
const SHOWN: usize = 20;

/// How the suite is run.
#[derive(clap::Args, Clone, Default)]
pub struct Options {
    #[command(flatten)]
    pub suite: suite::Options,
    /// Only the modules that are marked as small.
    #[arg(long)]
    pub small: bool,
    /// Compare build lists and package lists with those of the official `go list` as well.
    #[arg(long)]
    pub lists: bool,
}

/// A module of the list.
struct Entry {
    name: String,
    module: ModuleVersion,
    sum: String,
}

/// A module that has been checked.
struct Checked {
    name: String,
    outcome: Outcome,
}

impl Case for Checked {
    fn name(&self) -> &str {
        &self.name
    }

    fn run(&self) -> Outcome {
        self.outcome.clone()
    }
}

/// Runs the suite, one module after the other: each check takes all processors.
///
/// # Errors
/// Where the list cannot be read, or no proxy can be reached.
pub fn run(options: &Options) -> Result<Tally, String> {
    let entries = read_list(options)?;
    let env = Environment {
        // Nothing of the folders around the module counts.
        gowork: Some("off".into()),
        ..Environment::from_process()
    };
    let fetcher = Fetcher::new(&env, Arc::new(NoProgress)).map_err(|error| error.to_string())?;
    let mut cases = Vec::new();
    for entry in entries {
        let start = Instant::now();
        let mut outcome = check(&entry, &env, &fetcher)?;
        if options.lists && outcome == Outcome::Pass {
            let fetcher =
                Fetcher::new(&env, Arc::new(NoProgress)).map_err(|error| error.to_string())?;
            match module_lists::compare(&folder_of(&entry)?, &env, fetcher) {
                Ok(text) => println!("{}: {text}", entry.name),
                Err(reason) => outcome = Outcome::Fail(reason),
            }
        }
        println!(
            "{} in {:.1} s: {outcome:?}",
            entry.name,
            start.elapsed().as_secs_f64()
        );
        cases.push(Checked {
            name: entry.name,
            outcome,
        });
    }
    suite::run("modules", &cases, &options.suite)
}

fn read_list(options: &Options) -> Result<Vec<Entry>, String> {
    let file = crate::repository().join(LIST);
    let text = std::fs::read_to_string(&file)
        .map_err(|error| format!("cannot read {}: {error}", file.display()))?;
    let filter = options.suite.filter.as_deref().unwrap_or_default();
    let mut entries = Vec::new();
    for line in text.lines() {
        let words: Vec<&str> = line.split_whitespace().collect();
        let (path, version, sum, small) = match words[..] {
            [] | ["#", ..] => continue,
            [path, version, sum] => (path, version, sum, false),
            [path, version, sum, "small"] => (path, version, sum, true),
            _ => return Err(format!("{LIST}: malformed line: {line}")),
        };
        let version =
            Version::parse(version).ok_or_else(|| format!("{LIST}: no version: {line}"))?;
        if path.contains(filter) && (small || !options.small) {
            entries.push(Entry {
                name: format!("{path}@{version}"),
                module: ModuleVersion {
                    path: path.to_owned(),
                    version,
                },
                sum: sum.to_owned(),
            });
        }
    }
    Ok(entries)
}

/// Whether a proxy answered and refused, rather than not being there.
fn refused(error: &str) -> bool {
    ["403", "404", "410"]
        .iter()
        .any(|code| error.contains(&format!(": {code} ")))
}

/// The folder that a module is laid out in.
fn folder_of(entry: &Entry) -> Result<PathBuf, String> {
    let folder = crate::repository()
        .join("target/conformance/modules")
        .join(entry.name.replace('/', "_"));
    std::path::absolute(&folder).map_err(|error| error.to_string())
}

fn check(entry: &Entry, env: &Environment, fetcher: &Fetcher) -> Result<Outcome, String> {
    let to = folder_of(entry)?;
    match fetcher.check_out(&entry.module, &entry.sum, &to) {
        Ok(()) => {}
        Err(error) if error.kind == ErrorKind::Download && refused(&error.message) => {
            return Ok(Outcome::Skip(format!(
                "refused by the proxy: {}",
                one_line(&error)
            )));
        }
        Err(error) if error.kind == ErrorKind::Download => return Err(error.to_string()),
        Err(error) => return Ok(Outcome::Fail(one_line(&error))),
    }
    let session = Session::new(to.clone(), env.clone(), Arc::new(NoProgress)).with_all_errors(true);
    let target = CheckTarget::Platform {
        goos: "linux".to_owned(),
        goarch: "amd64".to_owned(),
    };
    let diagnostics = match session.check(&["./...".to_owned()], &target) {
        Ok(report) => report.diagnostics,
        Err(failure) => failure.diagnostics,
    };
    let errors: Vec<&Diagnostic> = diagnostics
        .iter()
        .filter(|diagnostic| diagnostic.severity == Severity::Error)
        .collect();
    if errors.is_empty() {
        return Ok(Outcome::Pass);
    }
    Ok(judge(&entry.name, &to, &errors))
}

/// Holds errors against what the official compiler says of the same tree.
fn judge(name: &str, dir: &Path, errors: &[&Diagnostic]) -> Outcome {
    let official = match official_errors(dir) {
        Ok(official) => official,
        Err(reason) => return Outcome::Fail(reason),
    };
    let mut agreed = BTreeSet::new();
    let mut refusals = BTreeSet::new();
    let mut ours = Vec::new();
    for error in errors {
        let place = error.place.as_ref();
        let folder = place.map(|place| folder(&place.file));
        if error.code == ErrorKind::Download.code() && refused(&error.message) {
            refusals.insert(error.message.lines().next().unwrap_or_default().to_owned());
        } else if let Some(folder) = folder.filter(|folder| official.contains(folder)) {
            agreed.insert(folder);
        } else {
            let at = place.map_or_else(String::new, |p| {
                format!("{}:{}:{}: ", p.file, p.line, p.column)
            });
            ours.push(format!("{at}{}", error.message));
        }
    }
    for folder in &agreed {
        println!("{name}: the official compiler also refuses {folder}");
    }
    for refusal in &refusals {
        println!("{name}: refused by the proxy: {refusal}");
    }
    for error in ours.iter().take(SHOWN) {
        println!("{name}: {error}");
    }
    match ours.first() {
        None => Outcome::Pass,
        Some(first) => Outcome::Fail(format!(
            "{} errors, the first: {}",
            ours.len(),
            first.replace('\n', " ")
        )),
    }
}

/// The folders of packages that the official compiler refuses, with module caches cut off.
fn official_errors(dir: &Path) -> Result<BTreeSet<String>, String> {
    let output = Command::new("go")
        .args(["build", "-gcflags=-e", "./..."])
        .current_dir(dir)
        .envs([
            ("GOOS", "linux"),
            ("GOARCH", "amd64"),
            ("CGO_ENABLED", "0"),
            ("GOFLAGS", "-mod=readonly"),
            ("GOWORK", "off"),
            ("GOTOOLCHAIN", "local"),
        ])
        .output()
        .map_err(|error| format!("there are errors, and the go command does not run: {error}"))?;
    let text = String::from_utf8_lossy(&output.stderr).into_owned();
    let file = |line: &str| {
        let (file, _) = line.split_once(".go:")?;
        Some(folder(&format!("{}.go", file.trim())))
    };
    Ok(text.lines().filter_map(file).collect())
}

/// The folder of a file in the same words for both compilers: below a module cache, else below the module.
fn folder(file: &str) -> String {
    let file = file.replace('\\', "/");
    let folder = file.rsplit_once('/').map_or(".", |(folder, _)| folder);
    for cache in ["/pkg/mod/", "$GOMODCACHE/", "$POLKAGO_CACHE/mod/"] {
        if let Some((_, rest)) = folder.split_once(cache) {
            return rest.to_owned();
        }
    }
    folder.trim_start_matches("./").to_owned()
}

fn one_line(error: &ProjectError) -> String {
    error.to_string().replace("\n\t", " ").replace('\n', " ")
}
