//! The compile suite: every function of a package, reachable or not, becomes valid WebAssembly. Its cases are the programs
//! of the Go release's `test` tree that are marked `// compile`, `// compiledir`, `// build` or `// builddir`, most of
//! them reports of compiler crashes, and the packages of the release's standard library. The official compiler takes
//! all of them.
//!
//! What it does not take for 386, whose `int` is as wide as ours, is skipped, by a list with reasons.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use polkago_compiler::{BuildOptions, Environment, NoProgress, Profile, Session};

use crate::exec;
use crate::go;
use crate::mode::{self, Mode};
use crate::ratchet::Ratchet;
use crate::run_suite::{Action, Ended, FOLDERS, Program, Recipe, is_set, unmet_constraint};
use crate::suite::{self, Case, Outcome, Tally};

/// Runs the suite.
///
/// # Errors
/// Where the release or its tests are not there, or the list of skipped cases names one that is not there.
pub fn run(options: &mode::Options) -> Result<Tally, String> {
    let root = go::test_tree()?;
    let skipped = Ratchet::read_list("tests/skip/compile.txt")?;
    let mut cases = Vec::new();
    for folder in FOLDERS {
        for marked in go::marked(&root, folder, recipe)? {
            let program = Program {
                root: root.clone(),
                name: marked.name,
                text: marked.text,
                recipe: marked.recipe,
            };
            cases.push(Compiled::new(Source::Program(program), options.mode));
        }
    }
    let src = go::root()?.join("src");
    for path in packages(&src, &src)? {
        cases.push(Compiled::new(Source::Package(path), options.mode));
    }
    cases.sort_by(|a, b| a.name.cmp(&b.name));
    if let Some(name) = skipped
        .names()
        .find(|name| cases.iter().all(|case| case.name != *name))
    {
        return Err(format!("{}: there is no {name}", skipped.path().display()));
    }
    for case in &mut cases {
        case.skip = skipped.reason(&case.name).map(str::to_owned);
    }
    suite::run_mode("compile", options.mode, &cases, &options.suite)
}

/// What is done with a program: the first line that is no build constraint says so.
fn recipe(text: &str) -> Option<Recipe> {
    let mut words = go::recipe_words(text)?;
    let action = match words.next()? {
        "compile" | "build" => Action::Run,
        "compiledir" | "builddir" => Action::RunDir,
        _ => return None,
    };
    // Flags choose among ways of the official compiler, but for this one.
    let experiment = words.any(|word| word == "-goexperiment");
    Some(Recipe {
        action,
        args: Vec::new(),
        module_version: None,
        skip: experiment.then(|| "needs an experiment of the official compiler".to_owned()),
    })
}

/// The import paths of the packages below a folder of the standard library, in the order of their paths. Some have no
/// files for the target.
fn packages(src: &Path, folder: &Path) -> Result<Vec<String>, String> {
    let problem = |error| format!("cannot read {}: {error}", folder.display());
    let mut found = Vec::new();
    let mut is_package = false;
    for entry in std::fs::read_dir(folder).map_err(problem)? {
        let path = entry.map_err(problem)?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if path.is_dir() {
            let command = folder == src && name == "cmd";
            // The go command passes over names that begin so.
            let hidden = name.starts_with(['_', '.']);
            if !command && !hidden && !matches!(&*name, "testdata" | "vendor" | "builtin") {
                found.extend(packages(src, &path)?);
            }
        } else {
            is_package |= name.ends_with(".go") && !name.ends_with("_test.go");
        }
    }
    if is_package && folder != src {
        let path = folder.strip_prefix(src).unwrap_or(folder);
        let words: Vec<_> = path.iter().map(|word| word.to_string_lossy()).collect();
        found.push(words.join("/"));
    }
    found.sort();
    Ok(found)
}

enum Source {
    /// A program of the test tree.
    Program(Program),
    /// A package of the standard library, by its import path.
    Package(String),
}

struct Compiled {
    name: String,
    source: Source,
    mode: Mode,
    skip: Option<String>,
}

impl Compiled {
    fn new(source: Source, mode: Mode) -> Self {
        let name = match &source {
            Source::Program(program) => program.name.clone(),
            Source::Package(path) => format!("src/{path}"),
        };
        Self {
            name,
            source,
            mode,
            skip: None,
        }
    }

    fn compile(&self) -> Result<(), String> {
        match &self.source {
            Source::Program(program) => {
                // All packages of a folder.
                let all = ["./...".to_owned()];
                let run = program.run(&|given| {
                    let arguments = match program.recipe.action {
                        Action::RunDir => &all,
                        _ => given.files,
                    };
                    compile(self.mode, given.folder.to_owned(), arguments)?;
                    Ok(Ended::new(0, &[]))
                });
                run.map(drop)
            }
            Source::Package(path) => {
                let folder = tempfile::tempdir().map_err(|e| format!("no folder: {e}"))?;
                compile(
                    self.mode,
                    folder.path().to_owned(),
                    std::slice::from_ref(path),
                )
            }
        }
    }
}

impl Case for Compiled {
    fn name(&self) -> &str {
        &self.name
    }

    fn run(&self) -> Outcome {
        if let Some(reason) = &self.skip {
            return Outcome::Skip(reason.clone());
        }
        if let Source::Program(program) = &self.source {
            if let Some(reason) = &program.recipe.skip {
                return Outcome::Skip(reason.clone());
            }
            if let Some(line) = unmet_constraint(&program.text, is_set) {
                return Outcome::Skip(format!("build constraint {line}"));
            }
        }
        match self.compile() {
            Ok(()) => Outcome::Pass,
            Err(reason) if reason.contains("build constraints exclude all Go files") => {
                Outcome::Skip("no files for the target".to_owned())
            }
            Err(reason) => Outcome::Fail(reason),
        }
    }
}

/// Compiles all functions of packages. The error is the compiler's first message.
fn compile(mode: Mode, folder: PathBuf, arguments: &[String]) -> Result<(), String> {
    let session = Session::new(folder, Environment::from_process(), Arc::new(NoProgress));
    let session = mode.session(session.with_whole_packages(true).with_verification());
    let options = BuildOptions {
        profile: Profile::Wasip1,
        strip: true,
    };
    exec::build(&session, arguments, &options).map(drop)
}
