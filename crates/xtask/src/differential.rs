//! `cargo xtask differential`: mutated programs, which polkago's front end and the official compiler must both accept or
//! both refuse. Where both refuse, the errors are compared as well: their texts and places are a user's only help.
//!
//! Both sides use the sizes of amd64. The official side is `go tool compile -e` with the release's own export data, a
//! process for each program.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;
use std::process::Command;
use std::sync::atomic::{AtomicU64, Ordering};

use rayon::prelude::*;

use crate::front_end::{self, Std, Unit};
use crate::program_mutate::mutate;
use crate::random::Random;
use crate::run_suite::FOLDERS;
use crate::suite::Tally;
use crate::{go, panics};

/// Larger programs are not mutated: most of their errors would be the same ones.
const MAX_PROGRAM: usize = 20_000;

/// What is run.
#[derive(clap::Args)]
pub struct Options {
    /// Number of programs.
    #[arg(long, default_value_t = 2000, value_name = "N")]
    programs: u64,
    /// The seed of the mutations.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Run only this case.
    #[arg(long, value_name = "NUMBER")]
    case: Option<u64>,
    /// Also show where errors differ though both refuse.
    #[arg(long)]
    messages: bool,
    /// Write the programs on which the two disagree into this folder.
    #[arg(long, value_name = "FOLDER")]
    keep: Option<PathBuf>,
}

impl Options {
    /// A short run, as part of all tests.
    pub fn short() -> Self {
        Self {
            programs: 300,
            seed: 1,
            case: None,
            messages: false,
            keep: None,
        }
    }
}

/// A valid program.
struct Seed {
    name: String,
    text: Vec<u8>,
}

/// How a case ended.
struct Compared {
    /// The official compiler refuses the program.
    refused: bool,
    /// The accept/refuse verdicts agree.
    agree: bool,
    /// The errors are the same, too.
    same: bool,
    /// What is different.
    report: String,
}

/// Runs the comparison and prints a report but for the closing line.
///
/// # Errors
/// Where there is no Go release with tests, or its tools do not run.
pub fn run(options: &Options) -> Result<Tally, String> {
    let seeds = seeds()?;
    let imports: BTreeSet<String> = seeds
        .iter()
        .flat_map(|seed| front_end::imports(&seed.text))
        .collect();
    let std = Std::check(&imports, "amd64")?;
    let official = Official::new(&imports)?;
    if let Some(folder) = &options.keep {
        fs::create_dir_all(folder).map_err(|error| error.to_string())?;
    }
    let cases = match options.case {
        Some(case) => case..case + 1,
        None => 0..options.programs,
    };
    let (run, failed) = (cases.end - cases.start, AtomicU64::new(0));
    let compared: Result<Vec<Option<(u64, Compared)>>, String> = cases
        .into_par_iter()
        .map(|case| {
            let mut random = Random::new(options.seed, case);
            let at = random.below(seeds.len());
            let text = mutate(&mut random, &seeds[at].text);
            let Some(compared) = compare(&std, &official, &seeds[at].name, &text, case)? else {
                failed.fetch_add(1, Ordering::Relaxed);
                return Ok(None);
            };
            if let Some(folder) = options.keep.as_ref().filter(|_| !compared.same) {
                let file = folder.join(format!("{}-{case}.go", options.seed));
                fs::write(file, text).map_err(|error| error.to_string())?;
            }
            Ok(Some((case, compared)))
        })
        .collect();
    let compared: Vec<(u64, Compared)> = compared?.into_iter().flatten().collect();
    let count = |is: fn(&Compared) -> bool| compared.iter().filter(|(_, c)| is(c)).count();
    for (case, compared) in &compared {
        if !compared.agree || options.messages && !compared.same {
            let what = if compared.agree { "differ" } else { "FAIL" };
            println!(
                "{what} case {case} of seed {}: {}",
                options.seed, compared.report
            );
        }
    }
    let (same, passed) = (count(|c| c.same), count(|c| c.agree));
    let refused = count(|c| c.refused);
    println!(
        "{run} programs: {} on which the official compiler fails, {refused} refused; {same} with the very same errors",
        failed.into_inner()
    );
    Ok(Tally {
        suite: "differential".to_owned(),
        run: compared.len(),
        passed,
        known: 0,
        unexpected: compared.len() - passed,
    })
}

/// Valid programs: those that the release's tests run or compile, and polkago's own.
fn seeds() -> Result<Vec<Seed>, String> {
    let root = go::test_tree()?;
    let src = go::root()?.join("src");
    let own = crate::repository().join("tests/programs");
    let mut paths = Vec::new();
    for folder in FOLDERS
        .iter()
        .map(|folder| root.join(folder))
        .chain([own.clone()])
    {
        let Ok(entries) = fs::read_dir(folder) else {
            continue;
        };
        paths.extend(entries.flatten().map(|entry| entry.path()));
    }
    paths.sort();
    let mut seeds = Vec::new();
    for path in paths {
        if path.extension().is_none_or(|extension| extension != "go") {
            continue;
        }
        let Ok(text) = fs::read(&path) else { continue };
        let first = String::from_utf8_lossy(&text);
        let first = first.lines().next().unwrap_or_default();
        let marked = matches!(first.trim_end(), "// run" | "// compile" | "// build");
        let importable = |path: &String| path == "unsafe" || src.join(path).is_dir();
        // These have no files for the target, or none without cgo; embedded files the official compiler is told of
        // by its build system alone.
        let foreign = |path: &String| {
            matches!(
                path.as_str(),
                "syscall/js" | "simd/archsimd" | "runtime/cgo" | "embed"
            )
        };
        let imports = front_end::imports(&text);
        let fits = imports
            .iter()
            .all(|path| importable(path) && !foreign(path));
        if (marked || path.starts_with(&own)) && text.len() <= MAX_PROGRAM && fits {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            seeds.push(Seed {
                name: name.into_owned(),
                text,
            });
        }
    }
    if seeds.is_empty() {
        return Err("no programs to mutate".to_owned());
    }
    Ok(seeds)
}

/// The official compiler.
struct Official {
    compile: PathBuf,
    folder: tempfile::TempDir,
}

impl Official {
    /// Finds the compiler and has the export data of packages made.
    fn new(imports: &BTreeSet<String>) -> Result<Self, String> {
        let go = |arguments: &[&str]| {
            let output = Command::new("go")
                .args(arguments)
                .env("GOFLAGS", "")
                .env("GOARCH", "amd64")
                .env("GOOS", "linux")
                .env("CGO_ENABLED", "0")
                .output()
                .map_err(|error| format!("the go command does not run: {error}"))?;
            Ok::<_, String>(String::from_utf8_lossy(&output.stdout).into_owned())
        };
        let compile = PathBuf::from(go(&["tool", "-n", "compile"])?.trim());
        let root = go::root()?.join("src");
        let format = "{{if .Export}}packagefile {{.ImportPath}}={{.Export}}{{end}}";
        let mut arguments = vec!["list", "-e", "-export", "-deps", "-f", format];
        arguments.extend(
            imports
                .iter()
                .map(String::as_str)
                .filter(|path| !path.is_empty() && root.join(path).is_dir()),
        );
        let config = go(&arguments)?;
        let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
        fs::write(folder.path().join("importcfg"), config).map_err(|error| error.to_string())?;
        Ok(Self { compile, folder })
    }

    /// The errors of a program, a string each, sorted; nothing where the compiler itself fails or gives up at a limit
    /// of its back end.
    ///
    /// # Errors
    /// Where it does not run.
    fn errors(&self, file: &str) -> Result<Option<Vec<String>>, String> {
        let folder = self.folder.path();
        // A file of its own: the compiler removes its output where there are errors, were it a device.
        let object = folder.join(file).with_extension("o");
        let output = Command::new(&self.compile)
            .args(["-e", "-complete", "-p", "main", "-o"])
            .arg(&object)
            .arg("-importcfg")
            .arg(folder.join("importcfg"))
            .arg(file)
            .current_dir(folder)
            .output()
            .map_err(|error| format!("{} does not run: {error}", self.compile.display()))?;
        // There is none after errors.
        let _ = fs::remove_file(&object);
        let text = [output.stdout, output.stderr].concat();
        let text = String::from_utf8_lossy(&text);
        if text.contains("internal compiler error") || text.contains("stack frame too large") {
            return Ok(None);
        }
        let mut errors: Vec<String> = Vec::new();
        for line in text.lines() {
            match errors.last_mut() {
                Some(last) if line.starts_with('\t') => {
                    last.push('\n');
                    last.push_str(line);
                }
                _ => errors.push(line.to_owned()),
            }
        }
        errors.sort();
        if errors.is_empty() != output.status.success() {
            return Err(format!(
                "the official compiler ended with {}: {text}",
                output.status
            ));
        }
        Ok(Some(errors))
    }
}

/// Has both sides check a program. Nothing where the official compiler fails.
///
/// # Errors
/// Where a program cannot be written, or the official compiler does not run.
fn compare(
    std: &Std,
    official: &Official,
    name: &str,
    text: &[u8],
    case: u64,
) -> Result<Option<Compared>, String> {
    let own = format!("{case}.go");
    let file = official.folder.path().join(&own);
    fs::write(&file, text).map_err(|error| format!("cannot write a program: {error}"))?;
    let theirs = official.errors(&own);
    // The folder goes with all that is left in it.
    let _ = fs::remove_file(&file);
    let Some(theirs) = theirs? else {
        return Ok(None);
    };
    let unit = Unit {
        kind: polkago_types::PackageKind::Plain,
        ..Unit::new("main", vec![(own, text.to_vec())])
    };
    panics::forget();
    let ours = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| std.run(unit).1));
    let Ok(ours) = ours else {
        return Ok(Some(Compared {
            refused: !theirs.is_empty(),
            agree: false,
            same: false,
            report: format!("{name}: panic: {}", panics::last()),
        }));
    };
    let mut ours: Vec<String> = ours
        .iter()
        .map(|error| {
            // The official compiler has no columns that do not fit a byte.
            let col = match error.col {
                0 | 256.. => String::new(),
                col => format!(":{col}"),
            };
            format!("{}:{}{col}: {}", error.name, error.line, error.text)
        })
        .collect();
    ours.sort();
    let only = |a: &[String], b: &[String]| {
        let only = a.iter().filter(|error| !b.contains(error));
        only.map(|error| format!("{error:?}"))
            .collect::<Vec<_>>()
            .join(" ")
    };
    Ok(Some(Compared {
        refused: !theirs.is_empty(),
        agree: ours.is_empty() == theirs.is_empty(),
        same: ours == theirs,
        report: format!(
            "{name}\n    official: {}\n    polkago:  {}",
            only(&theirs, &ours),
            only(&ours, &theirs)
        ),
    }))
}
