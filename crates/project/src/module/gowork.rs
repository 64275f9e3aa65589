//! The `go.work` file: which modules make up a workspace.
//!
//! Source of the rule: *Go Modules Reference*, section *Workspaces*. Error texts are the official ones.

use super::gomod::{At, Item, ModError, Replace, parse_go, parse_godebug, parse_replace};
use super::gomod::{check_toolchain, once};
use super::statements::{Dialect, Line, read_statements};
use crate::version::GoVersion;

/// A `go.work` file.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct GoWork {
    /// The version of the `go` line, with its place.
    pub go: Option<(GoVersion, At)>,
    /// The `toolchain` line.
    pub toolchain: Option<Item>,
    /// The `godebug` settings, `key=value`.
    pub godebug: Vec<Item>,
    /// The folders of the modules, relative to that of the file or absolute.
    pub used: Vec<Item>,
    /// The `replace` lines, which win over those of the modules.
    pub replace: Vec<Replace>,
}

impl GoWork {
    /// Reads a file. A broken line is left out and reported.
    pub fn parse(text: &str) -> (Self, Vec<ModError>) {
        let dialect = Dialect {
            file_name: "go.work",
            blocks: &["godebug", "use", "replace"],
            strict: true,
        };
        let mut file = Self::default();
        let errors = read_statements(text, dialect, &mut |verb, line| file.directive(verb, &line));
        (file, errors)
    }

    fn directive(&mut self, verb: &str, line: &Line<'_>) -> Result<(), String> {
        let at = line.at;
        match verb {
            "go" => {
                once(self.go.is_some(), verb)?;
                self.go = Some((parse_go(&line.words, false)?, at));
            }
            "toolchain" => {
                once(self.toolchain.is_some(), verb)?;
                let text = line.one("toolchain directive expects exactly one argument")?;
                check_toolchain(&text)?;
                self.toolchain = Some(Item { text, at });
            }
            "godebug" => self.godebug.push(parse_godebug(line)?),
            "use" => {
                let text = line.one("usage: use local/dir")?;
                self.used.push(Item { text, at });
            }
            "replace" => self.replace.push(parse_replace(&line.words, at)?),
            _ => return Err(format!("unknown directive: {verb}")),
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_directive_is_kept() {
        let text = "go 1.26\ntoolchain go1.26.8\ngodebug default=go1.21\nuse ./a\nuse (\n\t./b // why\n\t\"/abs c\"\n)\n\
            replace example.com/x => ./x\n";
        let (file, errors) = GoWork::parse(text);
        assert_eq!(errors, []);
        assert_eq!(
            file.go.map(|(version, _)| version.to_string()).as_deref(),
            Some("1.26")
        );
        let used: Vec<_> = file.used.iter().map(|item| item.text.as_str()).collect();
        assert_eq!(used, ["./a", "./b", "/abs c"]);
        assert_eq!(
            (file.replace.len(), file.godebug.len(), file.used[1].at.line),
            (1, 1, 6)
        );
    }

    #[test]
    fn errors_have_places_and_the_official_text() {
        for (text, line, want) in [
            ("use\n", 1, "usage: use local/dir"),
            ("go 1.26\nmodule m\n", 2, "unknown directive: module"),
            ("go 1.26\ngo 1.25\n", 2, "repeated go statement"),
            ("require (\n)\n", 1, "unknown block type: require"),
            (
                "use (\n\t./a\n",
                3,
                "syntax error (unterminated block started at go.work:1:1)",
            ),
        ] {
            let (_, errors) = GoWork::parse(text);
            let first = errors.first().map(|e| (e.at.line, e.message.as_str()));
            assert_eq!(first, Some((line, want)), "{text}");
        }
    }
}
