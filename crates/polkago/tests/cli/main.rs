//! The command line as users meet it: help, mistakes, and the example runtime on Polkadot's executor.
//!
//! Texts are snapshots; `SNAPSHOTS=overwrite cargo test --release -p polkago` writes them anew.

mod bad_input;
mod blobs;
mod blocks;
mod cache;
mod chains;
mod explain;
mod frameless;
mod heap;
mod hello;
mod help;
mod modules;
mod programs;
mod projects;
mod reports;
mod testing;

use std::path::{Path, PathBuf};

use snapbox::IntoData;
use snapbox::cmd::{Command, OutputAssert};
use tempfile::TempDir;

/// The command, in an English terminal of a fixed width.
fn polkago() -> Command {
    Command::new(env!("CARGO_BIN_EXE_polkago"))
        .env("COLUMNS", "100")
        .env_remove("NO_COLOR")
}

/// The root of the repository.
fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// A folder with files, to run commands in.
struct Folder(TempDir);

impl Folder {
    /// Makes one. Names of files may have slashes.
    fn with(files: &[(&str, impl AsRef<[u8]>)]) -> Self {
        let folder = tempfile::tempdir().expect("there is room for a folder");
        for (name, contents) in files {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().expect("it is in the folder"))
                .expect("folders can be made");
            std::fs::write(path, contents).expect("files can be written");
        }
        Self(folder)
    }

    fn empty() -> Self {
        Self::with(&[("", ""); 0])
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    /// Runs a command in the folder.
    fn run(&self, args: &[&str]) -> OutputAssert {
        polkago().current_dir(self.path()).args(args).assert()
    }

    /// Runs a command that must fail with this text, exit code 1, no output, and no file left behind.
    fn fails(&self, args: &[&str], message: impl IntoData) {
        let before = self.files();
        self.run(args).code(1).stdout_eq("").stderr_eq(message);
        assert_eq!(before, self.files(), "a file was left behind");
    }

    /// Every file in the folder and below, sorted.
    fn files(&self) -> Vec<PathBuf> {
        let mut files = Vec::new();
        let mut folders = vec![self.path().to_owned()];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).expect("the folder can be read") {
                let path = entry.expect("the entry can be read").path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    files.push(path);
                }
            }
        }
        files.sort();
        files
    }
}
