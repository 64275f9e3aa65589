//! The Go release on this machine, as far as suites need more of it than the compiler does.

use std::path::PathBuf;
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
