//! The settings that a program starts with, as `GODEBUG` would state them: those of the Go version that the module of its
//! package `main` asks for, where they are others than the release's own, then what `godebug` lines of `go.mod` or
//! `go.work` say, then `//go:debug` directives in the package's files.
//!
//! Source of the rule: <https://go.dev/doc/godebug>. Which settings there are and when their defaults changed says the
//! release's package `internal/godebugs`; a program that does not need it has no settings.

use std::collections::BTreeMap;

use crate::package::{Graph, Package, PackageId};
use crate::version::GoVersion;

/// A setting whose default changed.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Change {
    name: String,
    /// The minor version with which it changed.
    minor: u32,
    /// The value that gives what was before.
    old: String,
}

impl Graph {
    /// The settings of a program by its package `main`, `key=value` with commas between, sorted. For a program that
    /// runs tests the directives of the packages with the tests count.
    pub fn godebug(&self, main: PackageId) -> String {
        let tests = self.test_programs.iter().find(|tests| tests.main == main);
        let tested = tests.map_or([None, None], |tests| [tests.tested, tests.external]);
        let packages = tested.into_iter().flatten().chain([main]);
        let mut stated: BTreeMap<String, String> = BTreeMap::new();
        for line in &self.godebug {
            stated.extend(key_value(line));
        }
        for id in packages {
            for file in &self.packages[id].files {
                stated.extend(directives(&file.content).filter_map(key_value));
            }
        }
        let mut version = self.packages[main].go_version;
        if let Some(text) = stated.remove("default") {
            let stated = GoVersion::parse(text.strip_prefix("go").unwrap_or(&text));
            version = stated.unwrap_or(version);
        }
        let table = self.find("internal/godebugs");
        let changes = table.map_or_else(Vec::new, |id| changes(&self.packages[id]));
        for change in changes.into_iter().filter(|c| version.minor < c.minor) {
            stated.entry(change.name).or_insert(change.old);
        }
        let settings = stated.iter().map(|(key, value)| format!("{key}={value}"));
        settings.collect::<Vec<_>>().join(",")
    }
}

/// The two sides of a setting that can stand among others.
fn key_value(text: &str) -> Option<(String, String)> {
    let (key, value) = text.split_once('=')?;
    let odd = |s: &str| s.contains([' ', '\t', ',']);
    (!odd(key) && !odd(value)).then(|| (key.to_owned(), value.to_owned()))
}

/// What the `//go:debug` lines before a file's package clause say.
fn directives(content: &[u8]) -> impl Iterator<Item = &str> {
    let lines = content.split(|&b| b == b'\n').map(<[u8]>::trim_ascii_end);
    let before = lines.take_while(|line| !line.starts_with(b"package "));
    before.filter_map(|line| {
        let rest = line.strip_prefix(b"//go:debug")?;
        let text = std::str::from_utf8(rest).ok()?;
        text.starts_with([' ', '\t']).then(|| text.trim())
    })
}

/// The settings in the release's table whose defaults changed: an element a line, as gofmt writes them.
fn changes(table: &Package) -> Vec<Change> {
    let files = table.files.iter();
    let texts = files.filter_map(|file| std::str::from_utf8(&file.content).ok());
    texts
        .flat_map(|text| text.lines().filter_map(change))
        .collect()
}

/// The change that a line of the table tells of.
fn change(line: &str) -> Option<Change> {
    let line = line.trim();
    let field = |name: &str| {
        let rest = &line[line.find(name)? + name.len()..];
        rest.get(..rest.find([',', '}'])?)
    };
    let text = |name: &str| field(name).map(|value| value.trim_matches('"').to_owned());
    line.starts_with("{Name: ").then_some(())?;
    Some(Change {
        name: text("Name: ")?,
        minor: field("Changed: ")?.parse().ok()?,
        old: text("Old: ")?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_the_table_tell_of_changes() {
        let panicnil = r#"	{Name: "panicnil", Package: "runtime", Changed: 21, Old: "1"},"#;
        let expected = Change {
            name: "panicnil".to_owned(),
            minor: 21,
            old: "1".to_owned(),
        };
        assert_eq!(change(panicnil), Some(expected));
        assert_eq!(
            change(r#"	{Name: "netdns", Package: "net", Opaque: true},"#),
            None
        );
        assert_eq!(
            change(r#"	//{Name: "x", Package: "y", Changed: 21, Old: "1"},"#),
            None
        );
    }

    #[test]
    fn directives_stand_before_the_package_clause() {
        let file = b"// A program.\n\n//go:debug panicnil=1\n//go:debugger x=1\n//go:debug\tdefault=go1.20 \r\npackage main\n\n//go:debug late=1\n";
        let found: Vec<&str> = directives(file).collect();
        assert_eq!(found, ["panicnil=1", "default=go1.20"]);
        assert_eq!(key_value("a=b,c=d"), None);
    }
}
