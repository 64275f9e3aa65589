//! The `go.mod` file: its directives, each with its line.
//!
//! Source of the rule: *Go Modules Reference*, section *go.mod files*. In the main module everything must be
//! right; in the file of a dependency unknown directives and those that only matter in a main module are passed
//! over, so that newer files can be read. Error texts are the official ones.

use std::fmt;

use super::path::{is_directory_path, split_major};
use super::semver::Version;
use super::statements::{Dialect, Line, read_statements, unquote};
use crate::version::GoVersion;

/// A place in a `go.mod` file.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct At {
    /// Line, counted from 1.
    pub line: u32,
    /// Column in bytes, counted from 1.
    pub column: u32,
}

/// An error in a `go.mod` file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ModError {
    /// Where.
    pub at: At,
    /// What.
    pub message: String,
}

impl ModError {
    pub(super) fn new(at: At, message: impl Into<String>) -> Self {
        Self {
            at,
            message: message.into(),
        }
    }
}

/// A module path with a version.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct ModuleVersion {
    /// The module path.
    pub path: String,
    /// The version.
    pub version: Version,
}

impl fmt::Display for ModuleVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}@{}", self.path, self.version)
    }
}

/// A `require` line.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Require {
    /// What is required, at least in this version.
    pub module: ModuleVersion,
    /// Whether the line says `// indirect`: no package of the main module imports it.
    pub indirect: bool,
    /// Where.
    pub at: At,
}

/// A `replace` line.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Replace {
    /// The module that is replaced.
    pub path: String,
    /// The version that is replaced; absent for every version.
    pub version: Option<Version>,
    /// What takes its place.
    pub with: Replacement,
    /// Where.
    pub at: At,
}

/// What takes the place of a module.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Replacement {
    /// A folder, relative to that of the `go.mod` file.
    Directory(String),
    /// Another module, or another version of the same.
    Module(ModuleVersion),
}

/// A closed range of versions in a `retract` line.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Retract {
    /// The first version withdrawn.
    pub low: Version,
    /// The last version withdrawn.
    pub high: Version,
    /// Where.
    pub at: At,
}

/// A text with its place.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Item {
    /// The text.
    pub text: String,
    /// Where.
    pub at: At,
}

/// A `go.mod` file.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct GoMod {
    /// The path of this module; absent where the line is missing.
    pub module: Option<Item>,
    /// The language version of the `go` line, with its place.
    pub go: Option<(GoVersion, At)>,
    /// The `toolchain` line.
    pub toolchain: Option<Item>,
    /// The `godebug` settings, `key=value`.
    pub godebug: Vec<Item>,
    /// The `require` lines.
    pub require: Vec<Require>,
    /// The `exclude` lines.
    pub exclude: Vec<(ModuleVersion, At)>,
    /// The `replace` lines.
    pub replace: Vec<Replace>,
    /// The `retract` lines.
    pub retract: Vec<Retract>,
    /// The `tool` lines: package paths.
    pub tool: Vec<Item>,
    /// The `ignore` lines: folders that patterns pass over.
    pub ignore: Vec<Item>,
}

/// Whether a file is that of the main module or of a dependency.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Strictness {
    /// The main module: every line must be understood.
    Main,
    /// A dependency: unknown lines are passed over.
    Dependency,
}

/// The `go` line of a file that has none (*Go Modules Reference*, section *go directive*).
pub const DEFAULT_GO_VERSION: GoVersion = GoVersion::language(1, 16);

impl GoMod {
    /// Reads a file. A broken line is left out and reported; an error in the grammar of blocks or strings
    /// ends the reading.
    pub fn parse(text: &str, strictness: Strictness) -> (Self, Vec<ModError>) {
        let dialect = Dialect {
            file_name: "go.mod",
            blocks: &[
                "module", "godebug", "require", "exclude", "replace", "retract", "tool", "ignore",
            ],
            strict: strictness == Strictness::Main,
        };
        let mut file = Self::default();
        let errors = read_statements(text, dialect, &mut |verb, line| {
            file.directive(strictness, verb, line)
        });
        (file, errors)
    }

    /// The language version of this module's packages.
    pub fn go_version(&self) -> GoVersion {
        self.go.map_or(DEFAULT_GO_VERSION, |(version, _)| version)
    }

    /// Reads one line into the file.
    fn directive(
        &mut self,
        strictness: Strictness,
        verb: &str,
        line: Line<'_>,
    ) -> Result<(), String> {
        let main = strictness == Strictness::Main;
        if !main && !matches!(verb, "go" | "module" | "retract" | "require" | "ignore") {
            return Ok(());
        }
        let at = line.at;
        let one = |usage: &str| line.one(usage);
        let (words, comment) = (&line.words, line.comment);
        match verb {
            "module" => {
                once(self.module.is_some(), verb)?;
                let text = one("usage: module module/path")?;
                self.module = Some(Item { text, at });
            }
            "go" => {
                once(self.go.is_some(), verb)?;
                self.go = Some((parse_go(words, !main)?, at));
            }
            "toolchain" => {
                once(self.toolchain.is_some(), verb)?;
                let text = one("toolchain directive expects exactly one argument")?;
                check_toolchain(&text)?;
                self.toolchain = Some(Item { text, at });
            }
            "godebug" => self.godebug.push(parse_godebug(&line)?),
            "require" | "exclude" => {
                let [path, version] = words[..] else {
                    return Err(format!("usage: {verb} module/path v1.2.3"));
                };
                let path = unquote(path)?;
                let version = module_version(verb, &path, version)?;
                let module = ModuleVersion { path, version };
                if verb == "exclude" {
                    self.exclude.push((module, at));
                } else {
                    let indirect = comment == "indirect" || comment.starts_with("indirect;");
                    self.require.push(Require {
                        module,
                        indirect,
                        at,
                    });
                }
            }
            "replace" => self.replace.push(parse_replace(words, at)?),
            "retract" => match retract(words, at) {
                Ok(retract) => self.retract.push(retract),
                Err(message) if main => return Err(message),
                Err(_) => {}
            },
            "tool" => {
                let text = one("tool directive expects exactly one argument")?;
                self.tool.push(Item { text, at });
            }
            "ignore" => {
                let text = one("ignore directive expects exactly one argument")?;
                self.ignore.push(Item { text, at });
            }
            _ => return Err(format!("unknown directive: {verb}")),
        }
        Ok(())
    }
}

/// Refuses the second line of a directive that may stand once.
pub(super) fn once(seen: bool, verb: &str) -> Result<(), String> {
    if seen {
        return Err(format!("repeated {verb} statement"));
    }
    Ok(())
}

/// The words of a `go` line. A lax reading takes what newer or odd files of dependencies write.
pub(super) fn parse_go(words: &[&str], lax: bool) -> Result<GoVersion, String> {
    let [word] = words[..] else {
        return Err("go directive expects exactly one argument".to_string());
    };
    GoVersion::parse(word)
        .or_else(|| if lax { lax_go_version(word) } else { None })
        .ok_or_else(|| format!("invalid go version '{word}': must match format 1.23.0"))
}

/// Checks the name in a `toolchain` line.
pub(super) fn check_toolchain(name: &str) -> Result<(), String> {
    if name == "default" || name == "go1" || name.starts_with("go1.") {
        return Ok(());
    }
    Err(format!(
        "invalid toolchain version '{name}': must match format go1.23.0 or default"
    ))
}

/// The setting of a `godebug` line.
pub(super) fn parse_godebug(line: &Line<'_>) -> Result<Item, String> {
    match line.words[..] {
        [word] if word.contains('=') && !word.contains(['"', '`', '\'', ',']) => Ok(Item {
            text: word.to_string(),
            at: line.at,
        }),
        _ => Err("usage: godebug key=value".to_string()),
    }
}

/// The version as newer or odd files of dependencies write it: `v1.2`, `1.2-custom`.
fn lax_go_version(word: &str) -> Option<GoVersion> {
    let text = word.strip_prefix('v').unwrap_or(word);
    let (major, rest) = text.split_once('.')?;
    let digits = rest
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(rest.len());
    GoVersion::parse(&format!("{major}.{}", &rest[..digits]))
}

/// A canonical version that agrees with the major version in the module's path.
fn module_version(verb: &str, path: &str, word: &str) -> Result<Version, String> {
    let word = unquote(word)?;
    let version = Version::parse(&word)
        .ok_or_else(|| format!("{path}@{word}: invalid version: must be of the form v1.2.3"))?;
    let (_, suffix) = split_major(path)
        .ok_or_else(|| format!("malformed module path {path:?}: invalid version"))?;
    let want = suffix.trim_start_matches(['/', '.']);
    let want = want.strip_suffix("-unstable").unwrap_or(want);
    let major = version.major();
    let agrees = match want {
        "" => matches!(major, "v0" | "v1") || version.is_incompatible(),
        // gopkg.in serves versions 0 under v1 paths for pseudo-versions.
        "v1" => matches!(major, "v0" | "v1"),
        want => want == major,
    };
    if agrees {
        return Ok(version);
    }
    let want = if want.is_empty() { "v0 or v1" } else { want };
    Err(format!(
        "{verb} {path}: version {word:?} invalid: should be {want}, not {major}"
    ))
}

/// `path [version] => path version` or `path [version] => folder`.
pub(super) fn parse_replace(words: &[&str], at: At) -> Result<Replace, String> {
    let usage = || {
        "usage: replace module/path [v1.2.3] => other/module v1.4\n\t or replace module/path [v1.2.3] => ../local/directory"
            .to_string()
    };
    let arrow = words
        .iter()
        .position(|&word| word == "=>")
        .ok_or_else(usage)?;
    let (path, version) = match words[..arrow] {
        [path] => (unquote(path)?, None),
        [path, version] => {
            let path = unquote(path)?;
            let version = module_version("replace", &path, version)?;
            (path, Some(version))
        }
        _ => return Err(usage()),
    };
    let with = match words[arrow + 1..] {
        [target] => {
            let target = unquote(target)?;
            if !is_directory_path(&target) {
                return Err(if target.contains('@') {
                    "replacement module must match format 'path version', not 'path@version'"
                } else {
                    "replacement module without version must be directory path (rooted or starting with . or ..)"
                }
                .to_string());
            }
            Replacement::Directory(target)
        }
        [target, version] => {
            let target = unquote(target)?;
            if is_directory_path(&target) {
                return Err(format!(
                    "replacement module directory path {target:?} cannot have version"
                ));
            }
            let version = module_version("replace", &target, version)?;
            Replacement::Module(ModuleVersion {
                path: target,
                version,
            })
        }
        _ => return Err(usage()),
    };
    Ok(Replace {
        path,
        version,
        with,
        at,
    })
}

/// `version` or `[ low , high ]`.
fn retract(words: &[&str], at: At) -> Result<Retract, String> {
    let version = |word: Option<&&str>, missing: &str| {
        let word = word.ok_or_else(|| missing.to_string())?;
        Version::parse(word)
            .ok_or_else(|| format!("invalid version: {word:?} must be of the form v1.2.3"))
    };
    let punctuation = |word: Option<&&str>, want: &str, missing: &str| {
        if word == Some(&want) {
            Ok(())
        } else {
            Err(missing.to_string())
        }
    };
    let mut words = words.iter();
    let retract = match words.next() {
        None | Some(&"(") => return Err("expected '[' or version".to_string()),
        Some(&"[") => {
            let low = version(words.next(), "expected version after '['")?;
            punctuation(words.next(), ",", "expected ',' after version")?;
            let high = version(words.next(), "expected version after ','")?;
            punctuation(words.next(), "]", "expected ']' after version")?;
            Retract { low, high, at }
        }
        word => {
            let low = version(word, "expected '[' or version")?;
            Retract {
                high: low.clone(),
                low,
                at,
            }
        }
    };
    match words.next() {
        None => Ok(retract),
        Some(word) => Err(format!("unexpected token after version: {word:?}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn errors(text: &str) -> Vec<(u32, u32, String)> {
        let (_, errors) = GoMod::parse(text, Strictness::Main);
        errors
            .into_iter()
            .map(|e| (e.at.line, e.at.column, e.message))
            .collect()
    }

    #[test]
    fn every_directive_is_kept() {
        let text = "// top\nmodule example.com/m // why\n\ngo 1.26.1\ntoolchain go1.26.8\ngodebug default=go1.21\n\
            require (\n\texample.com/a v1.2.3\n\texample.com/b/v2 v2.0.0 // indirect\n\n\t\"example.com/c\" v3.0.0+incompatible\n)\n\
            exclude example.com/a v1.2.2\nreplace example.com/a => ../a\n\
            replace (\n\texample.com/b/v2 v2.0.0 => example.com/x v0.0.0-20200101000000-abcdefabcdef\n)\n\
            retract v1.0.0 // bad\nretract [v1.1.0, v1.1.9]\ntool example.com/a/cmd\nignore ./node_modules\nrequire ()\n";
        let (file, errors) = GoMod::parse(text, Strictness::Main);
        assert_eq!(errors, []);
        assert_eq!(
            file.module.map(|m| m.text).as_deref(),
            Some("example.com/m")
        );
        assert_eq!(
            file.go.map(|(v, at)| (v.to_string(), at.line)),
            Some(("1.26.1".to_string(), 4))
        );
        let required: Vec<_> = file
            .require
            .iter()
            .map(|r| (r.module.to_string(), r.indirect, r.at.line))
            .collect();
        assert_eq!(
            required,
            [
                ("example.com/a@v1.2.3".to_string(), false, 8),
                ("example.com/b/v2@v2.0.0".to_string(), true, 9),
                ("example.com/c@v3.0.0+incompatible".to_string(), false, 11)
            ]
        );
        assert_eq!(file.exclude.len(), 1);
        assert_eq!(
            file.replace[0].with,
            Replacement::Directory("../a".to_string())
        );
        assert!(
            matches!(&file.replace[1].with, Replacement::Module(m) if m.path == "example.com/x")
        );
        assert_eq!(file.retract.len(), 2);
        assert_eq!(file.retract[1].high.as_str(), "v1.1.9");
        assert_eq!(
            (file.tool.len(), file.ignore.len(), file.godebug.len()),
            (1, 1, 1)
        );
        assert_eq!(file.toolchain.map(|t| t.text).as_deref(), Some("go1.26.8"));
    }

    #[test]
    fn errors_have_places_and_the_official_text() {
        for (text, line, column, want) in [
            ("module m\nfoo bar\n", 2, 1, "unknown directive: foo"),
            ("module a b\n", 1, 1, "usage: module module/path"),
            (
                "go 1.x\n",
                1,
                1,
                "invalid go version '1.x': must match format 1.23.0",
            ),
            ("go 1.26\ngo 1.26\n", 2, 1, "repeated go statement"),
            (
                "require (\n\texample.com/a\n)\n",
                2,
                2,
                "usage: require module/path v1.2.3",
            ),
            (
                "require example.com/a/v01 v1.0.0\n",
                1,
                1,
                "malformed module path \"example.com/a/v01\": invalid version",
            ),
            (
                "require example.com/a v2.0.0\n",
                1,
                1,
                "require example.com/a: version \"v2.0.0\" invalid: should be v0 or v1, not v2",
            ),
            (
                "require example.com/a/v3 v2.0.0\n",
                1,
                1,
                "require example.com/a/v3: version \"v2.0.0\" invalid: should be v3, not v2",
            ),
            (
                "require example.com/a master\n",
                1,
                1,
                "example.com/a@master: invalid version: must be of the form v1.2.3",
            ),
            (
                "replace example.com/a => b\n",
                1,
                1,
                "replacement module without version must be directory path (rooted or starting with . or ..)",
            ),
            (
                "replace example.com/a => ./b v1.0.0\n",
                1,
                1,
                "replacement module directory path \"./b\" cannot have version",
            ),
            ("retract [v1.0.0]\n", 1, 1, "expected ',' after version"),
            (
                "module /* c */ m\n",
                1,
                8,
                "mod files must use // comments (not /* */ comments)",
            ),
            ("module \"m\n", 1, 8, "unexpected newline in string"),
            ("foo bad (\n)\n", 1, 1, "unknown block type: foo"),
            (
                "module m\nrequire (\n",
                3,
                1,
                "syntax error (unterminated block started at go.mod:2:1)",
            ),
            (
                "require (\n) x\n",
                2,
                3,
                "syntax error (expected newline after closing paren)",
            ),
            (
                "module 'm'\n",
                1,
                1,
                "invalid quoted string: unquoted string cannot contain quote",
            ),
        ] {
            assert_eq!(
                errors(text).first(),
                Some(&(line, column, want.to_string())),
                "{text}"
            );
        }
    }

    #[test]
    fn dependencies_are_read_leniently() {
        let text =
            "module m\ngo 1.21-custom\nfuture x\nreplace a => b\nretract (oops)\nnew (\n\tx\n)\n";
        let (file, errors) = GoMod::parse(text, Strictness::Dependency);
        assert_eq!(errors, []);
        assert_eq!(file.go_version(), GoVersion::language(1, 21));
        assert_eq!(file.replace, []);
    }

    #[test]
    fn junk_never_loops_or_panics() {
        let text = "module m\nrequire (\n\ta.b/c v1.0.0 // indirect\n)\nreplace a.b/c => \"..\\x\" \u{0}\n";
        for cut in 0..text.len() {
            let _ = GoMod::parse(&text[..cut], Strictness::Main);
            let _ = GoMod::parse(&text[cut..], Strictness::Dependency);
        }
        let _ = GoMod::parse(&"(".repeat(100_000), Strictness::Main);
        let _ = GoMod::parse(&"é`\n".repeat(1000), Strictness::Main);
    }
}
