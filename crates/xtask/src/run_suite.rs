//! The run suite: the programs of the Go release's `test` tree that are marked `// run`, `// rundir` (a folder of
//! packages) or `// runoutput` (what the program prints is the program to judge), judged as the official runner
//! (`cmd/internal/testdir`) judges them: exit code 0, and the output of the `.out` file beside the program, or none
//! where there is no such file. What cannot run on any WebAssembly host is listed, with its reason, in
//! `tests/ratchet/run-skip.txt`.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use polkago_host::wasip1::{Folder, Options as Given, Stdio};
use polkago_project::Expr;

use crate::exec;
use crate::go;
use crate::mode::{self, Mode};
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

/// Runs the suite.
///
/// # Errors
/// Where the release or its tests are not there.
pub fn run(options: &mode::Options) -> Result<Tally, String> {
    let root = go::test_tree()?;
    let skipped = skip_list()?;
    let mut cases = Vec::new();
    for folder in FOLDERS {
        cases.extend(programs(&root, folder)?);
    }
    for case in &mut cases {
        case.mode = options.mode;
        if let Some(reason) = skipped.get(&case.name) {
            case.recipe.skip = Some(reason.clone());
        }
    }
    cases.sort_by(|a, b| a.name.cmp(&b.name));
    suite::run_mode("run", options.mode, &cases, &options.suite)
}

/// The names of programs that are not run, with the reason. A line is `NAME # REASON`.
fn skip_list() -> Result<BTreeMap<String, String>, String> {
    let path = crate::repository().join("tests/ratchet/run-skip.txt");
    let text = std::fs::read_to_string(&path)
        .map_err(|error| format!("cannot read {}: {error}", path.display()))?;
    let lines = text.lines().filter(|line| !line.trim().is_empty());
    lines
        .map(|line| match line.split_once(" # ") {
            Some((name, reason)) => Ok((name.trim().to_owned(), reason.trim().to_owned())),
            None => Err(format!("{}: no reason in {line:?}", path.display())),
        })
        .collect()
}

/// A program of the tree.
struct Program {
    root: PathBuf,
    name: String,
    text: String,
    recipe: Recipe,
    mode: Mode,
}

/// What is done with a program.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Action {
    /// It is compiled and run.
    Run,
    /// The packages in the folder of the same name are; the last one is the program.
    RunDir,
    /// So is what it prints.
    RunOutput,
}

/// How a program is to be run: what stands behind `// run`.
#[derive(PartialEq, Eq, Debug)]
struct Recipe {
    action: Action,
    /// The program's arguments; for `runoutput` further files of the program.
    args: Vec<String>,
    /// Why it cannot be run here.
    skip: Option<String>,
}

/// The programs of a folder that are run.
fn programs(root: &Path, folder: &str) -> Result<Vec<Program>, String> {
    let programs = go::marked(root, folder, recipe)?.into_iter();
    Ok(programs
        .map(|marked| Program {
            root: root.to_owned(),
            name: marked.name,
            text: marked.text,
            recipe: marked.recipe,
            mode: Mode::default(),
        })
        .collect())
}

/// The recipe of a program that is run: the first line that is no build constraint.
fn recipe(text: &str) -> Option<Recipe> {
    let line = text
        .lines()
        .find(|line| !line.starts_with("//go:build") && !line.starts_with("// +build"))?;
    let mut words = line.strip_prefix("//")?.split_whitespace();
    let action = match words.next()? {
        "run" => Action::Run,
        "rundir" => Action::RunDir,
        "runoutput" => Action::RunOutput,
        _ => return None,
    };
    let mut words = words.peekable();
    let mut skip = None;
    while let Some(flag) = words.next_if(|word| word.starts_with('-')) {
        match flag {
            "-t" => drop(words.next()),
            // Flags of the official linker end the line.
            "-ldflags" => drop(words.by_ref().last()),
            "-goexperiment" | "-godebug" => {
                let value = words.next().unwrap_or_default();
                skip = Some(format!("needs {} {value}", flag.trim_start_matches('-')));
            }
            // The program counts on what this makes of each function.
            _ if flag.contains("maymorestack") => {
                skip = Some("needs -d=maymorestack of the official compiler".to_owned());
            }
            // Other flags of the official compiler choose among its own ways.
            _ => {}
        }
    }
    Some(Recipe {
        action,
        args: words.map(str::to_owned).collect(),
        skip,
    })
}

/// The first build constraint that is not met. The rule is the official runner's.
pub fn unmet_constraint(text: &str, is_set: fn(&str) -> bool) -> Option<&str> {
    text.lines()
        .take_while(|line| !line.starts_with("package "))
        .find(|line| {
            let Some(expression) = line.strip_prefix("//go:build ") else {
                return false;
            };
            Expr::parse(expression).is_ok_and(|expression| !expression.eval(&|tag| is_set(tag)))
        })
}

/// Whether a build tag is set for wasip1/wasm.
fn is_set(tag: &str) -> bool {
    matches!(tag, "wasip1" | "wasm" | "gc" | "test_run") || tag.starts_with("go1.")
}

impl Case for Program {
    fn name(&self) -> &str {
        &self.name
    }

    fn run(&self) -> Outcome {
        if let Some(reason) = &self.recipe.skip {
            return Outcome::Skip(reason.clone());
        }
        if let Some(line) = unmet_constraint(&self.text, is_set) {
            return Outcome::Skip(format!("build constraint {line}"));
        }
        match self.judge() {
            Ok(()) => Outcome::Pass,
            Err(reason) => Outcome::Fail(reason),
        }
    }
}

impl Program {
    fn judge(&self) -> Result<(), String> {
        let got = match self.recipe.action {
            Action::Run => {
                // As with the go command, Go files that follow belong to the program.
                let is_go = |argument: &&String| argument.ends_with(".go");
                let (more, args): (Vec<_>, Vec<_>) = self.recipe.args.iter().partition(is_go);
                let mut files = vec![self.name.clone()];
                files.extend(more.into_iter().map(|file| self.beside(file)));
                let args: Vec<String> = args.into_iter().cloned().collect();
                self.output(self.root.clone(), &files, &args)?
            }
            Action::RunDir => self.run_folder()?,
            Action::RunOutput => {
                let mut files = vec![self.name.clone()];
                files.extend(self.recipe.args.iter().map(|file| self.beside(file)));
                let text = self.output(self.root.clone(), &files, &[])?;
                let folder = tempfile::tempdir().map_err(|e| format!("no folder: {e}"))?;
                write(&folder.path().join("tmp__.go"), &text)?;
                self.output(folder.path().to_owned(), &["tmp__.go".to_owned()], &[])?
            }
        };
        let out = self.root.join(&self.name).with_extension("out");
        let want = match std::fs::read(&out) {
            Ok(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
            Err(_) => String::new(),
        };
        if got == want {
            Ok(())
        } else {
            Err(format!("output: {}", exec::difference(&want, &got)))
        }
    }
}

impl Program {
    fn output(&self, root: PathBuf, files: &[String], args: &[String]) -> Result<String, String> {
        output(self.mode, root, files, args)
    }

    /// A file in the program's folder, as seen from the root.
    fn beside(&self, file: &str) -> String {
        let file = file.trim_start_matches("./");
        match self.name.rsplit_once('/') {
            Some((folder, _)) => format!("{folder}/{file}"),
            None => file.to_owned(),
        }
    }

    /// Makes a module of the folder's files, where each package has a folder of its own, and runs the last package.
    /// Imports of `./name` mean the package whose first file is `name.go`.
    fn run_folder(&self) -> Result<String, String> {
        let dir = self.root.join(&self.name).with_extension("dir");
        let entries = std::fs::read_dir(&dir);
        let entries = entries.map_err(|e| format!("cannot read {}: {e}", dir.display()))?;
        let files = entries.filter_map(|entry| Some(entry.ok()?.path()));
        let mut files: Vec<PathBuf> = files
            .filter(|file| file.extension().is_some_and(|ending| ending == "go"))
            .collect();
        files.sort();
        let module = tempfile::tempdir().map_err(|e| format!("no folder: {e}"))?;
        write(&module.path().join("go.mod"), "module test\n\ngo 1.26\n")?;
        // Packages in the order of their first files, each with the name of its folder.
        let mut packages: Vec<(String, String)> = Vec::new();
        for file in files {
            let text = std::fs::read(&file).map_err(|e| format!("{}: {e}", file.display()))?;
            let text = String::from_utf8_lossy(&text);
            let clause = text.lines().find_map(|line| line.strip_prefix("package "));
            let words = clause.and_then(|rest| rest.split([' ', ';', '/']).next());
            let package = words.unwrap_or("main").trim().to_owned();
            let stem = file.file_stem().unwrap_or_default().to_string_lossy();
            let known = packages.iter().find(|(name, _)| *name == package);
            let folder = match known {
                Some((_, folder)) => module.path().join(folder),
                None => {
                    packages.push((package, stem.clone().into_owned()));
                    module.path().join(&*stem)
                }
            };
            // The official runner names the files to the compiler, so that no name is that of a test.
            let name = match stem.strip_suffix("_test") {
                Some(name) => format!("{name}-test.go"),
                None => format!("{stem}.go"),
            };
            write(&folder.join(name), &text.replace("\"./", "\"test/"))?;
            // It also lets functions have no body, which the go command does where there is assembly.
            write(&folder.join("bodies.s"), "")?;
        }
        let last = packages.pop();
        let (_, main) = last.ok_or_else(|| format!("no Go files in {}", dir.display()))?;
        let package = format!("./{main}");
        self.output(module.path().to_owned(), &[package], &self.recipe.args)
    }
}

/// Writes a file, and the folder that it is in.
fn write(path: &Path, text: &str) -> Result<(), String> {
    let folder = path.parent().unwrap_or(path);
    std::fs::create_dir_all(folder)
        .and_then(|()| std::fs::write(path, text))
        .map_err(|e| format!("cannot write {}: {e}", path.display()))
}

/// Compiles and runs a program that must end well, and gives what it prints.
fn output(mode: Mode, root: PathBuf, files: &[String], args: &[String]) -> Result<String, String> {
    let wasm = exec::compile(mode, root, files).map_err(|message| general(&message))?;
    let release = go::root()?;
    // What the official wrapper for WASI gives a program of its runner.
    let options = Given {
        args: args.to_vec(),
        env: vec![
            ("PATH".to_owned(), "/bin:/usr/bin".to_owned()),
            ("GOROOT".to_owned(), release.display().to_string()),
        ],
        folders: vec![Folder {
            guest: release.display().to_string(),
            host: release,
        }],
        stdio: Stdio::Merge,
        ..Given::default()
    };
    let ran = exec::run_as(mode, &wasm, options)?;
    let got = String::from_utf8_lossy(&ran.output).replace("\r\n", "\n");
    match ran.end {
        Ok(0) => Ok(got),
        Ok(code) => {
            let last = got.lines().find(|line| line.starts_with("panic: "));
            let why = last.or(got.lines().next()).unwrap_or("no output");
            Err(format!("exit code {code}: {why}"))
        }
        Err(end) => Err(end),
    }
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
    use super::*;

    #[test]
    fn recipes() {
        let recipe = |text| super::recipe(text);
        let run = |args: &[&str]| {
            Some(Recipe {
                action: Action::Run,
                args: args.iter().map(|&a| a.to_owned()).collect(),
                skip: None,
            })
        };
        assert_eq!(recipe("// run\n\npackage main\n"), run(&[]));
        assert_eq!(recipe("//go:build wasm\n\n// run\n"), None);
        assert_eq!(recipe("//go:build wasm\n// run\n"), run(&[]));
        assert_eq!(recipe("// run -gcflags=-l a b\n"), run(&["a", "b"]));
        assert_eq!(recipe("// run -t 45\n"), run(&[]));
        assert_eq!(recipe("// errorcheck\n"), None);
        let dir = recipe("// rundir -ldflags -strictdups=2 -w=0\n").expect("a recipe");
        assert_eq!((dir.action, dir.args), (Action::RunDir, vec![]));
        let printed = recipe("// runoutput ./rotate.go\n").expect("a recipe");
        assert_eq!(printed.action, Action::RunOutput);
        assert_eq!(printed.args, ["./rotate.go"]);
        assert!(recipe("// run -goexperiment fieldtrack\n").is_some_and(|r| r.skip.is_some()));
    }

    #[test]
    fn constraints_are_those_of_the_target() {
        assert_eq!(
            unmet_constraint("//go:build !wasm\npackage p\n", is_set),
            Some("//go:build !wasm")
        );
        assert_eq!(
            unmet_constraint("//go:build wasm && !cgo\npackage p\n", is_set),
            None
        );
        assert_eq!(
            unmet_constraint("package p\n//go:build !wasm\n", is_set),
            None
        );
    }

    #[test]
    fn places_do_not_matter() {
        assert_eq!(
            general("a.go:1:2: maps are not supported"),
            "maps are not supported"
        );
        assert_eq!(general("no Go release: none"), "no Go release: none");
    }
}
