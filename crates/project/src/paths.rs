//! Paths as text: cleaning, relating one to another and showing them with forward slashes.
//!
//! Everything here is lexical. Symbolic links are not resolved, so that the names a user typed are the names
//! that come back, as with the `go` command.

use std::path::{Component, Path, PathBuf};

/// Resolves `.` and `..` without touching the disk. A path that climbs above its start keeps the leading `..`.
pub fn clean(path: &Path) -> PathBuf {
    let mut out = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => match out.components().next_back() {
                Some(Component::Normal(_)) => {
                    out.pop();
                }
                Some(Component::RootDir | Component::Prefix(_)) => {}
                Some(Component::ParentDir | Component::CurDir) | None => out.push(".."),
            },
            Component::Prefix(_) | Component::RootDir | Component::Normal(_) => out.push(part),
        }
    }
    if out.as_os_str().is_empty() {
        out.push(".");
    }
    out
}

/// The way from folder `base` to `path`, both cleaned and absolute; `None` where there is none, as between two
/// drives.
pub fn relative(base: &Path, path: &Path) -> Option<PathBuf> {
    let mut from = base.components().peekable();
    let mut to = path.components().peekable();
    let mut common = 0;
    while let (Some(a), Some(b)) = (from.peek(), to.peek()) {
        if a != b {
            break;
        }
        common += 1;
        from.next();
        to.next();
    }
    if common == 0 {
        return None;
    }
    let mut out = PathBuf::new();
    for _ in from {
        out.push("..");
    }
    out.extend(to);
    if out.as_os_str().is_empty() {
        out.push(".");
    }
    Some(out)
}

/// A path as text with forward slashes, on every platform.
pub fn to_slash(path: &Path) -> String {
    let text = path.to_string_lossy();
    if cfg!(windows) {
        text.replace('\\', "/")
    } else {
        text.into_owned()
    }
}

/// Adds a slash-separated path, such as the rest of an import path, to a folder.
pub fn join_slash(dir: &Path, rest: &str) -> PathBuf {
    let mut out = dir.to_path_buf();
    out.extend(rest.split('/').filter(|part| !part.is_empty()));
    out
}

/// Cuts `prefix` off an import path on a path boundary: the rest without leading slash, empty where equal.
pub fn strip_path_prefix<'a>(path: &'a str, prefix: &str) -> Option<&'a str> {
    let rest = path.strip_prefix(prefix)?;
    if rest.is_empty() {
        Some(rest)
    } else {
        rest.strip_prefix('/')
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cleaning_is_lexical() {
        for (given, want) in [
            ("a/./b/../c", "a/c"),
            ("./../e1", "../e1"),
            ("../../x/..", "../.."),
            ("/..", "/"),
            ("/a/../..", "/"),
            ("", "."),
            ("a/..", "."),
        ] {
            assert_eq!(clean(Path::new(given)), Path::new(want), "{given}");
        }
    }

    #[test]
    fn relating_goes_up_and_down() {
        for (base, path, want) in [
            ("/a/b", "/a/b", "."),
            ("/a/b", "/a/b/c.go", "c.go"),
            ("/a/b", "/a/x/c.go", "../x/c.go"),
            ("/a/b", "/", "../.."),
        ] {
            assert_eq!(
                relative(Path::new(base), Path::new(path)).as_deref(),
                Some(Path::new(want))
            );
        }
    }

    #[test]
    fn prefixes_end_at_a_slash() {
        assert_eq!(strip_path_prefix("a/b/c", "a/b"), Some("c"));
        assert_eq!(strip_path_prefix("a/b", "a/b"), Some(""));
        assert_eq!(strip_path_prefix("a/bc", "a/b"), None);
    }
}
