//! How files show: to the user, and inside of what is built.
//!
//! A user sees paths as the `go` command prints them, relative to the current folder. What is built must not
//! depend on where it was built, so there a file goes by its module: `example.com/m/sub/x.go`.

use std::path::{Path, PathBuf};

use crate::fs::EMBEDDED_ROOT;
use crate::paths::{clean, relative, to_slash};

/// The folders that paths are shown relative to.
#[derive(Clone, Debug)]
pub struct Display {
    /// The current folder, absolute and clean.
    current_dir: PathBuf,
    /// Folders that show under a fixed name, in the order tried.
    named: Vec<(PathBuf, &'static str)>,
}

impl Display {
    /// Shows paths as seen from a folder, with a Go release, the user's module cache and this program's own one
    /// under their own names.
    pub fn new(
        current_dir: &Path,
        goroot: &Path,
        module_cache: Option<&Path>,
        own_cache: Option<&Path>,
    ) -> Self {
        let mut named = vec![
            (PathBuf::from(EMBEDDED_ROOT), EMBEDDED_ROOT),
            (clean(goroot), "$GOROOT"),
        ];
        named.extend(module_cache.map(|dir| (clean(dir), "$GOMODCACHE")));
        named.extend(own_cache.map(|dir| (clean(dir), "$POLKAGO_CACHE/mod")));
        Self {
            current_dir: clean(current_dir),
            named,
        }
    }

    /// A file as compiler messages name it: `./x.go`, `sub/x.go`, `../x.go`, `$GOROOT/src/fmt/print.go`.
    pub fn file(&self, path: &Path) -> String {
        let shown = self.short(path);
        if shown.contains('/') {
            shown
        } else {
            format!("./{shown}")
        }
    }

    /// A file or folder as messages about packages name it: like [`Self::file`], but without `./`.
    pub fn short(&self, path: &Path) -> String {
        if let Some(shown) = self.named(path) {
            return shown;
        }
        let path = clean(path);
        to_slash(&relative(&self.current_dir, &path).unwrap_or(path))
    }

    /// The text for a path below one of the folders with a fixed name.
    pub fn named(&self, path: &Path) -> Option<String> {
        let path = clean(path);
        self.named.iter().find_map(|(dir, name)| {
            let rest = to_slash(path.strip_prefix(dir).ok()?);
            Some(if rest.is_empty() {
                (*name).to_string()
            } else {
                format!("{name}/{rest}")
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_show_as_from_here() {
        let display = Display::new(
            Path::new("/home/u/m"),
            Path::new("/opt/go"),
            Some(Path::new("/home/u/go/pkg/mod")),
            Some(Path::new("/home/u/.cache/polkago/mod")),
        );
        for (path, file, short) in [
            ("/home/u/m/x.go", "./x.go", "x.go"),
            ("/home/u/m/sub/x.go", "sub/x.go", "sub/x.go"),
            ("/home/u/x.go", "../x.go", "../x.go"),
            (
                "/opt/go/src/fmt/print.go",
                "$GOROOT/src/fmt/print.go",
                "$GOROOT/src/fmt/print.go",
            ),
            (
                "/home/u/go/pkg/mod/a.b/c@v1.0.0/x.go",
                "$GOMODCACHE/a.b/c@v1.0.0/x.go",
                "$GOMODCACHE/a.b/c@v1.0.0/x.go",
            ),
            (
                "/home/u/.cache/polkago/mod/a.b/c@v1.0.0/x.go",
                "$POLKAGO_CACHE/mod/a.b/c@v1.0.0/x.go",
                "$POLKAGO_CACHE/mod/a.b/c@v1.0.0/x.go",
            ),
            (
                "$POLKAGO/runtime/x.go",
                "$POLKAGO/runtime/x.go",
                "$POLKAGO/runtime/x.go",
            ),
            ("/home/u/m", "./.", "."),
        ] {
            assert_eq!(display.file(Path::new(path)), file);
            assert_eq!(display.short(Path::new(path)), short);
        }
    }
}
