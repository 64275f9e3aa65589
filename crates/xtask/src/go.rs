//! The Go release on this machine, as far as suites need more of it than the compiler does.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

/// The root of the release: what `GOROOT` names, else the one that the `go` command belongs to.
///
/// # Errors
/// Where there is none.
pub fn root() -> Result<PathBuf, String> {
    static ROOT: OnceLock<Result<PathBuf, String>> = OnceLock::new();
    ROOT.get_or_init(find_root).clone()
}

fn find_root() -> Result<PathBuf, String> {
    if let Some(root) = std::env::var_os("GOROOT").filter(|root| !root.is_empty()) {
        return Ok(root.into());
    }
    let output = Command::new("go")
        .args(["env", "GOROOT"])
        .output()
        .map_err(|error| {
            format!("no Go release: GOROOT is not set, and the go command does not run: {error}")
        })?;
    let root = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    if root.is_empty() {
        Err("no Go release: go env GOROOT names none".to_owned())
    } else {
        Ok(root.into())
    }
}

/// The release's version, such as `go1.26.8`.
///
/// # Errors
/// Where there is no release, or it does not say.
pub fn version() -> Result<String, String> {
    let path = root()?.join("VERSION");
    let text = std::fs::read_to_string(&path)
        .map_err(|error| format!("cannot read {}: {error}", path.display()))?;
    Ok(text.lines().next().unwrap_or_default().trim().to_owned())
}

/// The release's tests, which the archives of the module proxy lack.
///
/// # Errors
/// Where there is no release, or it has none.
pub fn test_tree() -> Result<PathBuf, String> {
    let tests = root()?.join("test");
    if tests.is_dir() {
        Ok(tests)
    } else {
        Err(format!(
            "no Go tests: {} is no folder; install Go from go.dev/dl",
            tests.display()
        ))
    }
}

/// Whether the go command runs.
pub fn has_command() -> bool {
    Command::new("go")
        .arg("version")
        .output()
        .is_ok_and(|output| output.status.success())
}

/// The go command in a folder, without cgo, for this machine or another architecture.
pub fn command(folder: &Path, arch: Option<&str>) -> Command {
    let mut command = Command::new("go");
    command.current_dir(folder).env("CGO_ENABLED", "0");
    if let Some(arch) = arch {
        command.env("GOARCH", arch);
    }
    command
}

/// Runs a go command to its end: what it prints.
///
/// # Errors
/// What it prints as an error, where it fails.
pub fn output(command: &mut Command) -> Result<String, String> {
    let output = command
        .output()
        .map_err(|e| format!("the go command does not run: {e}"))?;
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    if output.status.success() {
        Ok(text(&output.stdout))
    } else {
        Err(text(&output.stderr))
    }
}

/// A program of the release's test tree whose first comment says how it is tested.
pub struct Marked<R> {
    /// Its path in the tree, with slashes.
    pub name: String,
    /// Its source.
    pub text: String,
    /// What the comment says.
    pub recipe: R,
}

/// The words that say what is done with a program of the test tree: the comment on the first line that is no build
/// constraint.
pub fn recipe_words(text: &str) -> Option<std::str::SplitWhitespace<'_>> {
    let line = text
        .lines()
        .find(|line| !line.starts_with("//go:build") && !line.starts_with("// +build"))?;
    Some(line.strip_prefix("//")?.split_whitespace())
}

/// The programs of a folder of the test tree for which there is a recipe; none if there is no such folder.
///
/// # Errors
/// Where one cannot be read.
pub fn marked<R>(
    root: &Path,
    folder: &str,
    recipe: impl Fn(&str) -> Option<R>,
) -> Result<Vec<Marked<R>>, String> {
    let path = root.join(folder);
    let Ok(entries) = std::fs::read_dir(&path) else {
        return Ok(Vec::new());
    };
    let mut programs = Vec::new();
    for entry in entries {
        let problem = |error| format!("cannot read {}: {error}", path.display());
        let file = entry.map_err(problem)?.path();
        if file.extension().is_none_or(|extension| extension != "go") {
            continue;
        }
        // A file that is no text is a test of the lexer.
        let text = String::from_utf8_lossy(&std::fs::read(&file).map_err(problem)?).into_owned();
        let Some(recipe) = recipe(&text) else {
            continue;
        };
        let base = file.file_name().unwrap_or_default().to_string_lossy();
        let name = if folder == "." {
            base.into_owned()
        } else {
            format!("{folder}/{base}")
        };
        programs.push(Marked { name, text, recipe });
    }
    Ok(programs)
}
