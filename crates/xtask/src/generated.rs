//! Generated Go files of the repository are what `polkago generate` would write now.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use polkago_compiler::{Environment, NoProgress, Session, render};

/// The folders of Go packages that have a generated file, below these.
const TREES: [&str; 3] = ["examples", "go/sdk", "tests/scale"];

/// Checks all generated files. Returns how many there are.
///
/// # Errors
/// What is out of date or wrong.
pub fn check() -> Result<usize, String> {
    let mut folders = Vec::new();
    for tree in TREES {
        collect(&crate::repository().join(tree), &mut folders)
            .map_err(|e| format!("cannot read {tree}: {e}"))?;
    }
    for folder in &folders {
        let session = Session::new(
            folder.clone(),
            Environment::from_process(),
            Arc::new(NoProgress),
        );
        let report = session
            .generate(&[])
            .map_err(|failure| render::plain(&failure.diagnostics))?;
        if !report.diagnostics.is_empty() {
            return Err(render::plain(&report.diagnostics));
        }
        if let Some(file) = report.files.iter().find(|file| !file.is_current()) {
            return Err(format!("{} is out of date", file.path.display()));
        }
    }
    Ok(folders.len())
}

fn collect(folder: &Path, out: &mut Vec<PathBuf>) -> std::io::Result<()> {
    let mut entries: Vec<PathBuf> = std::fs::read_dir(folder)?
        .map(|entry| entry.map(|e| e.path()))
        .collect::<Result<_, _>>()?;
    entries.sort();
    for path in entries {
        if path.is_dir() {
            collect(&path, out)?;
        } else if path
            .file_name()
            .is_some_and(|name| name == "polkago_gen.go")
        {
            out.push(folder.to_owned());
        }
    }
    Ok(())
}
