//! The files that `//go:embed` directives name (package `embed`): patterns as `path.Match` takes them, relative to
//! the package's folder; a folder stands for the files below it but those whose names begin with `.` or `_`, which
//! `all:` before the pattern includes.

use std::path::Path;
use std::sync::Arc;

use crate::fs::{FileKind, FileSystem};
use crate::module::glob;
use crate::package::SourceFile;

/// A pattern of a directive and what it names.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct EmbedPattern {
    /// The pattern as written, without quotes.
    pub pattern: String,
    /// The files sorted by name, or why there are none.
    pub files: Result<Vec<EmbedFile>, String>,
}

/// An embedded file.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct EmbedFile {
    /// Its path from the package's folder, with slashes.
    pub name: String,
    /// Its content.
    pub content: Arc<[u8]>,
}

/// Splits what follows `//go:embed` into patterns, which may be quoted as Go strings; absent where that is malformed.
#[must_use]
pub fn embed_patterns(text: &str) -> Option<Vec<String>> {
    let mut patterns = Vec::new();
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        let (pattern, after) = match first {
            '`' => {
                let end = rest[1..].find('`')?;
                (rest[1..=end].to_owned(), &rest[end + 2..])
            }
            '"' => quoted(&rest[1..])?,
            _ => {
                let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
                (rest[..end].to_owned(), &rest[end..])
            }
        };
        if after.chars().next().is_some_and(|c| !c.is_whitespace()) {
            return None;
        }
        patterns.push(pattern);
        rest = after.trim_start();
    }
    Some(patterns)
}

/// The content of a quoted string, and what follows it. Of the escapes only those of quotes and backslashes are known.
fn quoted(text: &str) -> Option<(String, &str)> {
    let mut content = String::new();
    let mut chars = text.char_indices();
    while let Some((at, c)) = chars.next() {
        match c {
            '"' => return Some((content, &text[at + 1..])),
            '\\' => match chars.next()?.1 {
                c @ ('"' | '\\') => content.push(c),
                _ => return None,
            },
            _ => content.push(c),
        }
    }
    None
}

/// What the directives in the files of a package name.
pub(crate) fn resolve(fs: &dyn FileSystem, dir: &Path, files: &[SourceFile]) -> Vec<EmbedPattern> {
    let mut found: Vec<EmbedPattern> = Vec::new();
    for file in files {
        let text = String::from_utf8_lossy(&file.content);
        let directives = text.lines().filter_map(|l| l.strip_prefix("//go:embed "));
        for pattern in directives.filter_map(embed_patterns).flatten() {
            if found.iter().all(|f| f.pattern != pattern) {
                let files = Search { fs, dir }.pattern(&pattern);
                found.push(EmbedPattern { pattern, files });
            }
        }
    }
    found
}

struct Search<'a> {
    fs: &'a dyn FileSystem,
    dir: &'a Path,
}

impl Search<'_> {
    fn pattern(&self, pattern: &str) -> Result<Vec<EmbedFile>, String> {
        let (text, all) = match pattern.strip_prefix("all:") {
            Some(rest) => (rest, true),
            None => (pattern, false),
        };
        let elements: Vec<&str> = text.split('/').collect();
        if text.is_empty() || elements.iter().any(|e| matches!(*e, "" | "." | "..")) {
            return Err("invalid pattern syntax".to_owned());
        }
        let mut names = vec![String::new()];
        for (i, element) in elements.iter().enumerate() {
            let last = i + 1 == elements.len();
            names = (names.iter())
                .flat_map(|name| self.matches(name, element, last))
                .collect();
        }
        let mut files = Vec::new();
        for name in names {
            match self.fs.kind(&self.dir.join(&name)) {
                Some(FileKind::File) => files.push(self.read(&name)?),
                Some(FileKind::Directory) => {
                    let before = files.len();
                    self.walk(&name, all, &mut files)?;
                    if files.len() == before {
                        return Err(format!(
                            "cannot embed directory {name}: contains no embeddable files"
                        ));
                    }
                }
                _ => return Err(format!("cannot embed irregular file {name}")),
            }
        }
        if files.is_empty() {
            return Err("no matching files found".to_owned());
        }
        files.sort();
        files.dedup();
        Ok(files)
    }

    /// The names in a folder that match an element of a pattern. Modules of their own are not looked into.
    fn matches(&self, folder: &str, element: &str, last: bool) -> Vec<String> {
        let entries = self.fs.list(&self.dir.join(folder)).unwrap_or_default();
        (entries.into_iter())
            .filter(|e| glob(element.as_bytes(), e.name.as_bytes()))
            .map(|e| join(folder, &e.name))
            .filter(|name| last || self.fs.is_dir(&self.dir.join(name)))
            .filter(|name| !self.fs.is_file(&self.dir.join(name).join("go.mod")))
            .collect()
    }

    fn walk(&self, folder: &str, all: bool, files: &mut Vec<EmbedFile>) -> Result<(), String> {
        for entry in self.fs.list(&self.dir.join(folder)).unwrap_or_default() {
            if !all && entry.name.starts_with(['.', '_']) {
                continue;
            }
            let name = join(folder, &entry.name);
            match entry.kind {
                FileKind::File => files.push(self.read(&name)?),
                FileKind::Directory => {
                    if !self.fs.is_file(&self.dir.join(&name).join("go.mod")) {
                        self.walk(&name, all, files)?;
                    }
                }
                FileKind::Other => {}
            }
        }
        Ok(())
    }

    fn read(&self, name: &str) -> Result<EmbedFile, String> {
        match self.fs.read(&self.dir.join(name)) {
            Ok(content) => Ok(EmbedFile {
                name: name.to_owned(),
                content,
            }),
            Err(error) => Err(format!("cannot read {name}: {error}")),
        }
    }
}

fn join(folder: &str, name: &str) -> String {
    if folder.is_empty() {
        name.to_owned()
    } else {
        format!("{folder}/{name}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fs::MemoryFs;

    fn names(pattern: &str) -> Result<Vec<String>, String> {
        let fs = MemoryFs::from_files([
            ("/m/a.txt", "a"),
            ("/m/sub/b.txt", "b"),
            ("/m/sub/.hidden", "h"),
            ("/m/sub/deep/_c.txt", "c"),
            ("/m/other/go.mod", "module other"),
            ("/m/other/d.txt", "d"),
        ]);
        let search = Search {
            fs: &fs,
            dir: Path::new("/m"),
        };
        let files = search.pattern(pattern)?;
        Ok(files.into_iter().map(|f| f.name).collect())
    }

    #[test]
    fn patterns_name_files_and_folders() {
        assert_eq!(names("*.txt").unwrap(), ["a.txt"]);
        assert_eq!(names("sub").unwrap(), ["sub/b.txt"]);
        assert_eq!(
            names("all:sub").unwrap(),
            ["sub/.hidden", "sub/b.txt", "sub/deep/_c.txt"]
        );
        assert_eq!(names("s*/[a-b].txt").unwrap(), ["sub/b.txt"]);
        assert_eq!(names("../m/a.txt").unwrap_err(), "invalid pattern syntax");
        assert_eq!(names("none").unwrap_err(), "no matching files found");
        assert_eq!(names("other").unwrap_err(), "no matching files found");
        assert_eq!(
            names("sub/deep").unwrap_err(),
            "cannot embed directory sub/deep: contains no embeddable files"
        );
    }

    #[test]
    fn patterns_may_be_quoted() {
        let want = |list: &[&str]| Some(list.iter().map(|s| (*s).to_owned()).collect());
        assert_eq!(
            embed_patterns("a  \"b c\" `d e`"),
            want(&["a", "b c", "d e"])
        );
        assert_eq!(embed_patterns("\"a"), None);
    }
}
