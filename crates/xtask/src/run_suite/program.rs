//! The steps of running a program of the test tree, the same for every compiler.

use std::path::{Path, PathBuf};

use super::recipe::{Action, Recipe};
use crate::transcript::transcript;

/// A program of the tree.
pub struct Program {
    /// The test tree.
    pub root: PathBuf,
    /// Its path there, with slashes.
    pub name: String,
    /// Its source.
    pub text: String,
    /// What is done with it.
    pub recipe: Recipe,
}

/// How a program ended.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Ended {
    /// Its exit code.
    pub code: i32,
    /// Standard output and standard error, in the order in which they were written.
    pub output: String,
}

impl Ended {
    /// Code and output, without what depends on the machine: see [`transcript`].
    pub fn new(code: i32, output: &[u8]) -> Self {
        let text = String::from_utf8_lossy(output).replace("\r\n", "\n");
        Self {
            code,
            output: transcript(&text),
        }
    }

    /// What it was, in one line.
    pub fn summary(&self) -> String {
        let panic = self.output.lines().find(|line| line.starts_with("panic: "));
        let line = panic.or(self.output.lines().next());
        format!("exit code {}: {}", self.code, line.unwrap_or("no output"))
    }
}

/// What a compiler is given: a folder, files or a package in it, and the program's arguments.
pub struct Given<'a> {
    /// The folder.
    pub folder: &'a Path,
    /// Go files in it, or a package.
    pub files: &'a [String],
    /// What the program is given.
    pub args: &'a [String],
}

/// Compiles and runs a program. The error says why it could not, or that it did not end of itself.
pub type Run<'a> = dyn Fn(&Given<'_>) -> Result<Ended, String> + 'a;

impl Program {
    /// Runs the program as its recipe says.
    ///
    /// # Errors
    /// Where one of the steps could not be done.
    pub fn run(&self, run: &Run<'_>) -> Result<Ended, String> {
        match self.recipe.action {
            Action::Run => {
                // As with the go command, Go files that follow belong to the program.
                let is_go = |argument: &&String| argument.ends_with(".go");
                let (more, args): (Vec<_>, Vec<_>) = self.recipe.args.iter().partition(is_go);
                let mut files = vec![self.name.clone()];
                files.extend(more.into_iter().map(|file| self.beside(file)));
                let args: Vec<String> = args.into_iter().cloned().collect();
                self.in_tree(run, &files, &args)
            }
            Action::RunDir => self.run_folder(run),
            Action::RunInDir => self.run_module(run),
            Action::RunOutput => {
                let mut files = vec![self.name.clone()];
                files.extend(self.recipe.args.iter().map(|file| self.beside(file)));
                let first = self.in_tree(run, &files, &[])?;
                if first.code != 0 {
                    return Ok(first);
                }
                let folder = tempfile::tempdir().map_err(|e| format!("no folder: {e}"))?;
                write(&folder.path().join("tmp__.go"), &first.output)?;
                run(&Given {
                    folder: folder.path(),
                    files: &["tmp__.go".to_owned()],
                    args: &[],
                })
            }
        }
    }

    /// Makes a module of the folder, named like it, and runs the package at its top.
    fn run_module(&self, run: &Run<'_>) -> Result<Ended, String> {
        let dir = self.root.join(&self.name).with_extension("dir");
        let name = dir.file_name().unwrap_or_default().to_string_lossy();
        let folder = tempfile::tempdir().map_err(|e| format!("no folder: {e}"))?;
        copy(&dir, folder.path()).map_err(|e| format!("cannot copy {}: {e}", dir.display()))?;
        // The version is that of the official runner.
        let version = self.recipe.module_version.as_deref().unwrap_or("1.14");
        let module = format!("module {name}\n\ngo {version}\n");
        write(&folder.path().join("go.mod"), &module)?;
        run(&Given {
            folder: folder.path(),
            files: &[".".to_owned()],
            args: &self.recipe.args,
        })
    }

    fn in_tree(&self, run: &Run<'_>, files: &[String], args: &[String]) -> Result<Ended, String> {
        run(&Given {
            folder: &self.root,
            files,
            args,
        })
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
    fn run_folder(&self, run: &Run<'_>) -> Result<Ended, String> {
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
        run(&Given {
            folder: module.path(),
            files: &[format!("./{main}")],
            args: &self.recipe.args,
        })
    }
}

/// Copies what is in a folder into another one.
fn copy(from: &Path, to: &Path) -> std::io::Result<()> {
    for entry in std::fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            std::fs::create_dir(&target)?;
            copy(&entry.path(), &target)?;
        } else {
            std::fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}

/// Writes a file, and the folder that it is in.
fn write(path: &Path, text: &str) -> Result<(), String> {
    let folder = path.parent().unwrap_or(path);
    std::fs::create_dir_all(folder)
        .and_then(|()| std::fs::write(path, text))
        .map_err(|e| format!("cannot write {}: {e}", path.display()))
}
