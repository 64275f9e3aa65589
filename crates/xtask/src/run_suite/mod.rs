//! The run suite: the programs of the Go release's `test` tree that are marked `// run`, `// rundir` (a folder of
//! packages), `// runindir` (a folder that is a module), `// runoutput` (what the program prints is the program to judge),
//! or with what does one of these in another way (`buildrun`, `buildrundir`, `errorcheckandrundir`). Each must end with the exit code, and
//! print what it prints, when the official compiler builds it for 386, whose `int` is as wide as ours. These results are
//! recorded once for a release, with `--record`, in `tests/official/run.txt`. What cannot run on any WebAssembly host
//! is listed, with its reason, in `tests/ratchet/run-skip.txt`.
//!
//! | file | what it does |
//! | --- | --- |
//! | `recipe.rs` | what the first comment of a program says |
//! | `program.rs` | the steps of running a program, whatever compiles it |
//! | `official.rs` | the official compiler |
//! | `results.rs` | the file of its results |

mod official;
mod program;
mod recipe;
mod results;

use std::path::Path;

use polkago_host::wasip1::{Folder, Options as Wasi, Stdio};

pub use self::program::{Ended, Program};
pub use self::recipe::{Action, Recipe, is_set, unmet_constraint};

use self::program::Given;
use self::results::{Official, Results};
use crate::exec;
use crate::go;
use crate::mode::{self, Mode};
use crate::ratchet::Ratchet;
use crate::suite::{self, Case, Outcome, Tally};

/// The folders that the official runner looks into, beside the top one.
pub const FOLDERS: [&str; 14] = [
    ".",
    "abi",
    "arenas",
    "chan",
    "codegen",
    "dwarf",
    "fixedbugs",
    "interface",
    "internal/runtime/sys",
    "ken",
    "simd",
    "syntax",
    "typeparam",
    "typeparam/mdempsky",
];

/// How the suite is run.
#[derive(clap::Args, Clone, Default)]
pub struct Options {
    /// What suites that run in several modes have.
    #[command(flatten)]
    pub mode: mode::Options,
    /// Record what the programs of the official compiler do, instead of running ours.
    #[arg(long, conflicts_with_all = ["bless", "every", "mode"])]
    pub record: bool,
}

impl From<mode::Options> for Options {
    fn from(mode: mode::Options) -> Self {
        Self {
            mode,
            record: false,
        }
    }
}

/// Runs the suite.
///
/// # Errors
/// Where the release or its tests are not there.
pub fn run(options: &Options) -> Result<Tally, String> {
    let root = go::test_tree()?;
    let skipped = Ratchet::read_list("tests/ratchet/run-skip.txt")?;
    let mut programs = Vec::new();
    for folder in FOLDERS {
        programs.extend(in_folder(&root, folder)?);
    }
    for program in &mut programs {
        if let Some(reason) = skipped.reason(&program.name) {
            program.recipe.skip = Some(reason.to_owned());
        }
    }
    programs.sort_by(|a, b| a.name.cmp(&b.name));
    if options.record {
        return record(&programs, &options.mode.suite);
    }
    let mut results = Results::read()?;
    let release = go::version()?;
    if results.release != release {
        println!(
            "the release is {release}, the recorded results are those of {}: expect differences, or --record",
            results.release
        );
    }
    let mode = options.mode.mode;
    let cases: Vec<Judged> = programs
        .into_iter()
        .map(|program| Judged {
            official: results.programs.remove(&program.name),
            program,
            mode,
        })
        .collect();
    suite::run_mode("run", mode, &cases, &options.mode.suite)
}

/// The programs of a folder that are run.
fn in_folder(root: &Path, folder: &str) -> Result<Vec<Program>, String> {
    let programs = go::marked(root, folder, recipe::recipe)?.into_iter();
    Ok(programs
        .map(|marked| Program {
            root: root.to_owned(),
            name: marked.name,
            text: marked.text,
            recipe: marked.recipe,
        })
        .collect())
}

/// Records the official results of programs. Those that the filter leaves out keep theirs if they are of the same
/// release. A program counts as passed if it does what its `.out` file says, as the official runner has it.
fn record(programs: &[Program], options: &suite::Options) -> Result<Tally, String> {
    let filter = options.filter.as_deref().unwrap_or_default();
    let runnable: Vec<&Program> = programs.iter().filter(|p| skip(p).is_none()).collect();
    let chosen: Vec<&Program> = runnable
        .iter()
        .copied()
        .filter(|program| program.name.contains(filter))
        .collect();
    let mut results = official::record(&chosen, |program, official| {
        if options.list {
            println!("{} # {official}", program.name);
        }
    })?;
    let mut tally = Tally {
        suite: "run, official".to_owned(),
        run: chosen.len(),
        passed: 0,
        known: 0,
        unexpected: 0,
    };
    for program in &chosen {
        let Some(official) = results.programs.get(&program.name) else {
            continue;
        };
        match official.judge(&stated(program)) {
            Ok(()) => tally.passed += 1,
            Err(_) => println!("not as its .out file says: {} # {official}", program.name),
        }
    }
    if options.filter.is_some() {
        let before = Results::read()?;
        if before.release != results.release {
            return Err(format!(
                "the recorded results are those of {}: record all",
                before.release
            ));
        }
        for (name, official) in before.programs {
            if runnable.iter().any(|program| program.name == name) {
                results.programs.entry(name).or_insert(official);
            }
        }
    }
    println!("wrote {}", results.write()?.display());
    Ok(tally)
}

/// What the test tree itself says of a program: exit code 0, and the output of the `.out` file beside it or none.
fn stated(program: &Program) -> Ended {
    let out = program.root.join(&program.name).with_extension("out");
    Ended::new(0, &std::fs::read(out).unwrap_or_default())
}

/// Why a program is not run.
fn skip(program: &Program) -> Option<String> {
    if let Some(reason) = &program.recipe.skip {
        return Some(reason.clone());
    }
    let line = unmet_constraint(&program.text, is_set)?;
    Some(format!("build constraint {line}"))
}

/// A program and what it must do.
struct Judged {
    program: Program,
    official: Option<Official>,
    mode: Mode,
}

impl Case for Judged {
    fn name(&self) -> &str {
        &self.program.name
    }

    fn run(&self) -> Outcome {
        if let Some(reason) = skip(&self.program) {
            return Outcome::Skip(reason);
        }
        match self.judge() {
            Ok(()) => Outcome::Pass,
            Err(reason) => Outcome::Fail(reason),
        }
    }
}

impl Judged {
    fn judge(&self) -> Result<(), String> {
        let official = self.official.as_ref();
        let official = official.ok_or("no official result is recorded; run with --record")?;
        let ended = self
            .program
            .run(&|given| compile_and_run(self.mode, given))?;
        official.judge(&ended)
    }
}

/// Compiles and runs a program.
fn compile_and_run(mode: Mode, given: &Given<'_>) -> Result<Ended, String> {
    let wasm = exec::compile(mode, given.folder.to_owned(), given.files)
        .map_err(|message| general(&message))?;
    let release = go::root()?;
    // What the official wrapper for WASI gives a program of its runner.
    let options = Wasi {
        args: given.args.to_vec(),
        env: vec![
            ("PATH".to_owned(), "/bin:/usr/bin".to_owned()),
            ("GOROOT".to_owned(), release.display().to_string()),
        ],
        folders: vec![Folder {
            guest: release.display().to_string(),
            host: release,
        }],
        stdio: Stdio::Merge,
        ..Wasi::default()
    };
    let ran = exec::run_as(mode, &wasm, options)?;
    Ok(Ended::new(ran.end?, &ran.output))
}

/// A compiler message without its place, so that equal reasons look equal.
fn general(message: &str) -> String {
    match message.split_once(": ") {
        Some((place, rest)) if place.contains(".go:") => rest.to_owned(),
        _ => message.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::general;

    #[test]
    fn places_do_not_matter() {
        assert_eq!(
            general("a.go:1:2: maps are not supported"),
            "maps are not supported"
        );
        assert_eq!(general("no Go release: none"), "no Go release: none");
    }
}
