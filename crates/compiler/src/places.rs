//! From positions of the checker to places that users see.

use crate::Place;
use polkago_syntax::{File, LineTable, Pos};
use polkago_types::{Package, PkgId, SrcPos};
use rustc_hash::FxHashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// Where the lines of the files of checked packages are.
#[derive(Default)]
pub(crate) struct Places {
    packages: Mutex<FxHashMap<PkgId, Arc<[FileLines]>>>,
}

/// A file as far as places need it.
struct FileLines {
    path: Arc<str>,
    lines: Lines,
}

enum Lines {
    /// Those of a tree that is kept.
    Tree(Arc<File>),
    /// The tree is gone.
    Table(LineTable),
}

impl FileLines {
    fn lines(&self) -> &LineTable {
        match &self.lines {
            Lines::Tree(tree) => &tree.lines,
            Lines::Table(lines) => lines,
        }
    }
}

impl Places {
    /// Remembers the lines of a package that is kept.
    pub fn add(&self, package: &Package) {
        let files = package.files.iter().map(|file| FileLines {
            path: file.path.clone(),
            lines: Lines::Tree(file.tree.clone()),
        });
        self.insert(package.id, files.collect());
    }

    /// Takes the lines out of a package that nobody needs any more.
    pub fn take(&self, package: Package) {
        let files = package.files.into_iter().map(|file| FileLines {
            lines: match Arc::try_unwrap(file.tree) {
                Ok(tree) => Lines::Table(tree.lines),
                Err(tree) => Lines::Tree(tree),
            },
            path: file.path,
        });
        self.insert(package.id, files.collect());
    }

    fn insert(&self, id: PkgId, files: Arc<[FileLines]>) {
        let mut packages = self.packages.lock().unwrap_or_else(PoisonError::into_inner);
        packages.insert(id, files);
    }

    /// The place of a position in one of the packages.
    pub fn place(&self, pos: SrcPos) -> Option<Place> {
        let packages = self.packages.lock().unwrap_or_else(PoisonError::into_inner);
        let files = packages.get(&pos.file.pkg)?.clone();
        drop(packages);
        let file = files.get(pos.file.file as usize)?;
        Some(place(&file.path, file.lines(), pos.pos))
    }
}

/// The place of a position in a file.
pub(crate) fn place(path: &str, lines: &LineTable, pos: Pos) -> Place {
    let location = lines.location(pos);
    Place {
        file: location.file.unwrap_or(path).to_owned(),
        line: location.line,
        column: location.col.unwrap_or(1),
    }
}
