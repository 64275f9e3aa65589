//! Reading files through a trait, so that embedded trees and tests need no disk.
//!
//! [`OsFs`] is the machine's file system, [`MemoryFs`] a tree in memory, and [`Mounts`] puts several of them
//! under one roof: the compiler mounts its embedded runtime, overlay and SDK at [`EMBEDDED_ROOT`]. A listing is
//! always sorted by name, so nothing that is made from one depends on the platform.

use std::collections::BTreeMap;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::paths::{clean, to_slash};

/// Where the trees that come with the compiler are mounted: `runtime`, `overlay` and `sdk` below it. Real paths
/// are absolute, so no real folder can be meant by it.
pub const EMBEDDED_ROOT: &str = "$POLKAGO";

/// What a name in a folder stands for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum FileKind {
    /// A regular file, or a symbolic link to one.
    File,
    /// A folder.
    Directory,
    /// Anything else: a device, a broken link, or a symbolic link to a folder. Patterns with `...` do not go
    /// through links, as in the `go` command.
    Other,
}

/// One name in a folder.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DirEntry {
    /// The name alone, without the folder.
    pub name: String,
    /// What it stands for.
    pub kind: FileKind,
}

/// Read access to files and folders.
pub trait FileSystem: Send + Sync + fmt::Debug {
    /// The whole content of a file.
    ///
    /// # Errors
    /// As the system reports them; [`io::ErrorKind::NotFound`] where there is no such file.
    fn read(&self, path: &Path) -> io::Result<Arc<[u8]>>;

    /// The names in a folder, sorted. Names that are not UTF-8 are left out: no import can spell them.
    ///
    /// # Errors
    /// As the system reports them; [`io::ErrorKind::NotFound`] where there is no such folder.
    fn list(&self, path: &Path) -> io::Result<Vec<DirEntry>>;

    /// What stands at a path, following symbolic links; `None` where nothing does or it cannot be seen.
    fn kind(&self, path: &Path) -> Option<FileKind>;

    /// Whether a path is a folder.
    fn is_dir(&self, path: &Path) -> bool {
        self.kind(path) == Some(FileKind::Directory)
    }

    /// Whether a path is a file.
    fn is_file(&self, path: &Path) -> bool {
        self.kind(path) == Some(FileKind::File)
    }
}

/// The machine's own file system.
#[derive(Clone, Copy, Debug, Default)]
pub struct OsFs;

impl FileSystem for OsFs {
    fn read(&self, path: &Path) -> io::Result<Arc<[u8]>> {
        std::fs::read(path).map(Arc::from)
    }

    fn list(&self, path: &Path) -> io::Result<Vec<DirEntry>> {
        let mut entries = Vec::new();
        for entry in std::fs::read_dir(path)? {
            let entry = entry?;
            let Ok(name) = entry.file_name().into_string() else {
                continue;
            };
            let file_type = entry.file_type()?;
            let kind = if file_type.is_dir() {
                FileKind::Directory
            } else if file_type.is_file() || (file_type.is_symlink() && entry.path().is_file()) {
                FileKind::File
            } else {
                FileKind::Other
            };
            entries.push(DirEntry { name, kind });
        }
        entries.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(entries)
    }

    fn kind(&self, path: &Path) -> Option<FileKind> {
        let meta = std::fs::metadata(path).ok()?;
        Some(if meta.is_dir() {
            FileKind::Directory
        } else if meta.is_file() {
            FileKind::File
        } else {
            FileKind::Other
        })
    }
}

/// A tree of files in memory. Folders exist as far as files lie in them.
#[derive(Clone, Debug, Default)]
pub struct MemoryFs {
    /// Cleaned, slash-separated paths; a sorted map, so that a folder is one contiguous range.
    files: BTreeMap<String, Arc<[u8]>>,
}

impl MemoryFs {
    /// An empty tree.
    pub fn new() -> Self {
        Self::default()
    }

    /// Puts a file into the tree, in place of an earlier one of that name.
    pub fn insert(&mut self, path: impl AsRef<Path>, content: impl AsRef<[u8]>) {
        self.files
            .insert(Self::key(path.as_ref()), Arc::from(content.as_ref()));
    }

    /// A tree made from pairs of path and content.
    pub fn from_files<P: AsRef<Path>, C: AsRef<[u8]>>(
        files: impl IntoIterator<Item = (P, C)>,
    ) -> Self {
        let mut fs = Self::new();
        for (path, content) in files {
            fs.insert(path, content);
        }
        fs
    }

    fn key(path: &Path) -> String {
        to_slash(&clean(path))
    }

    /// What every path inside this folder starts with.
    fn folder_prefix(path: &Path) -> String {
        let key = Self::key(path);
        match key.as_str() {
            "." => String::new(),
            "/" => key,
            _ => key + "/",
        }
    }

    fn not_found(path: &Path) -> io::Error {
        io::Error::new(
            io::ErrorKind::NotFound,
            format!("{} not found", to_slash(path)),
        )
    }
}

impl FileSystem for MemoryFs {
    fn read(&self, path: &Path) -> io::Result<Arc<[u8]>> {
        self.files
            .get(&Self::key(path))
            .cloned()
            .ok_or_else(|| Self::not_found(path))
    }

    fn list(&self, path: &Path) -> io::Result<Vec<DirEntry>> {
        let prefix = Self::folder_prefix(path);
        let mut entries: BTreeMap<&str, FileKind> = BTreeMap::new();
        for key in self.files.range(prefix.clone()..).map(|(key, _)| key) {
            let Some(rest) = key.strip_prefix(&prefix) else {
                break;
            };
            match rest.split_once('/') {
                Some((dir, _)) => entries.insert(dir, FileKind::Directory),
                None => entries.insert(rest, FileKind::File),
            };
        }
        if entries.is_empty() {
            return Err(Self::not_found(path));
        }
        Ok(entries
            .into_iter()
            .map(|(name, kind)| DirEntry {
                name: name.to_string(),
                kind,
            })
            .collect())
    }

    fn kind(&self, path: &Path) -> Option<FileKind> {
        if self.files.contains_key(&Self::key(path)) {
            return Some(FileKind::File);
        }
        let prefix = Self::folder_prefix(path);
        let (first, _) = self.files.range(prefix.clone()..).next()?;
        first.starts_with(&prefix).then_some(FileKind::Directory)
    }
}

/// Several file systems under one roof. A path is answered by the mount with the longest matching prefix, with
/// the prefix cut off; all other paths by the base.
#[derive(Debug)]
pub struct Mounts {
    base: Arc<dyn FileSystem>,
    mounts: Vec<(PathBuf, Arc<dyn FileSystem>)>,
}

impl Mounts {
    /// Only the base so far.
    pub fn new(base: Arc<dyn FileSystem>) -> Self {
        Self {
            base,
            mounts: Vec::new(),
        }
    }

    /// Mounts a file system at a folder.
    #[must_use]
    pub fn mount(mut self, at: impl AsRef<Path>, fs: Arc<dyn FileSystem>) -> Self {
        self.mounts.push((clean(at.as_ref()), fs));
        self.mounts
            .sort_by_key(|(at, _)| std::cmp::Reverse(at.components().count()));
        self
    }

    fn route(&self, path: &Path) -> (&dyn FileSystem, PathBuf) {
        let path = clean(path);
        for (at, fs) in &self.mounts {
            if let Ok(rest) = path.strip_prefix(at) {
                return (&**fs, clean(rest));
            }
        }
        (&*self.base, path)
    }
}

impl FileSystem for Mounts {
    fn read(&self, path: &Path) -> io::Result<Arc<[u8]>> {
        let (fs, path) = self.route(path);
        fs.read(&path)
    }

    fn list(&self, path: &Path) -> io::Result<Vec<DirEntry>> {
        let (fs, path) = self.route(path);
        fs.list(&path)
    }

    fn kind(&self, path: &Path) -> Option<FileKind> {
        let (fs, path) = self.route(path);
        fs.kind(&path)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(fs: &dyn FileSystem, path: &str) -> Vec<String> {
        fs.list(Path::new(path))
            .expect("folder")
            .into_iter()
            .map(|e| e.name)
            .collect()
    }

    #[test]
    fn memory_lists_sorted_and_only_one_level() {
        let fs = MemoryFs::from_files([
            ("b/y.go", "y"),
            ("b/x/z.go", "z"),
            ("a.go", "a"),
            ("b-c/q.go", "q"),
        ]);
        assert_eq!(names(&fs, "."), ["a.go", "b", "b-c"]);
        assert_eq!(names(&fs, "b"), ["x", "y.go"]);
        assert!(fs.is_dir(Path::new("b/x")));
        assert!(fs.is_file(Path::new("./b/../a.go")));
        assert!(fs.list(Path::new("nope")).is_err());
        assert_eq!(&*fs.read(Path::new("b/y.go")).expect("file"), b"y");
    }

    #[test]
    fn the_longest_mount_answers() {
        let base = MemoryFs::from_files([("/src/a.go", "base")]);
        let outer = MemoryFs::from_files([("a.go", "outer"), ("in/a.go", "hidden")]);
        let inner = MemoryFs::from_files([("a.go", "inner")]);
        let fs = Mounts::new(Arc::new(base))
            .mount("$POLKAGO", Arc::new(outer))
            .mount("$POLKAGO/in", Arc::new(inner));
        for (path, want) in [
            ("/src/a.go", "base"),
            ("$POLKAGO/a.go", "outer"),
            ("$POLKAGO/in/a.go", "inner"),
        ] {
            assert_eq!(
                &*fs.read(Path::new(path)).expect("file"),
                want.as_bytes(),
                "{path}"
            );
        }
        assert!(fs.is_dir(Path::new("$POLKAGO")));
    }
}
