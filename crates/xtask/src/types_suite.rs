//! The types suite: the official type checker's own test data (`internal/types/testdata`), judged as its own test
//! (`types2.TestCheck` and its neighbours) judges it. A comment `/* ERROR "text" */` or `/* ERRORx "pattern" */`
//! stands behind the token where an error with such a text must be reported; nothing else may be.
//!
//! A case is a file; the files of a folder are one package, and each is judged by the errors in it.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use polkago_syntax::ExprKind;
use polkago_types::{NEWEST_GO_VERSION, Package};

use crate::expect::expected;
use crate::front_end::{self, Found, Std, Unit};
use crate::go;
use crate::suite::{self, Case, Options, Outcome, Tally};

/// The folders, and how far the column of an error may be from the stated one: the official checker's two variants
/// report some errors at different places of an expression, and its test allows this much.
const FOLDERS: [(&str, u32); 4] = [
    ("check", 50),
    ("examples", 125),
    ("fixedbugs", 100),
    ("spec", 20),
];

/// Runs the suite.
///
/// # Errors
/// Where the release is not there, or its files cannot be read.
pub fn run(options: &Options) -> Result<Tally, String> {
    let root = go::root()?.join("src/internal/types/testdata");
    let mut packages = Vec::new();
    for (folder, tolerance) in FOLDERS {
        for path in list(&root.join(folder))? {
            let files = if path.is_dir() {
                list(&path)?
            } else {
                vec![path]
            };
            packages.push(Arc::new(TestPackage::read(&root, &files, tolerance)?));
        }
    }
    let chosen = |package: &&Arc<TestPackage>| {
        let filter = options.filter.as_deref().unwrap_or_default();
        package.files.iter().any(|file| file.name.contains(filter))
    };
    let imports: BTreeSet<String> = packages
        .iter()
        .filter(chosen)
        .flat_map(|package| &package.files)
        .flat_map(|file| front_end::imports(&file.text))
        .collect();
    let std = Arc::new(Std::check(&imports, "amd64")?);
    let cases: Vec<FileCase> = packages
        .iter()
        .flat_map(|package| {
            let std = &std;
            (0..package.files.len()).map(move |file| FileCase {
                std: std.clone(),
                package: package.clone(),
                file,
            })
        })
        .collect();
    suite::run("types", &cases, options)
}

/// What is in a folder, sorted.
fn list(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let problem = |error| format!("cannot read {}: {error}", folder.display());
    let entries = std::fs::read_dir(folder).map_err(problem)?;
    let paths: Result<Vec<PathBuf>, _> = entries.map(|e| e.map(|e| e.path())).collect();
    let mut paths = paths.map_err(problem)?;
    paths.sort();
    Ok(paths)
}

/// A file of the test data.
struct TestFile {
    /// Its path below the test data.
    name: String,
    /// Its text, with calls of the test function `assert` replaced.
    text: Vec<u8>,
    /// Where calls of `assert` were.
    asserts: Vec<u32>,
}

/// The files of a package.
struct TestPackage {
    files: Vec<TestFile>,
    /// The language version that its flags ask for.
    version: u32,
    /// A flag that stands for something polkago does not have, and what that is.
    unknown: Option<String>,
    tolerance: u32,
}

impl TestPackage {
    fn read(root: &Path, paths: &[PathBuf], tolerance: u32) -> Result<Self, String> {
        let mut files = Vec::new();
        for path in paths {
            let problem = |error| format!("cannot read {}: {error}", path.display());
            let source = std::fs::read(path).map_err(problem)?;
            let (text, asserts) = replace_asserts(&String::from_utf8_lossy(&source));
            let name = path.strip_prefix(root).unwrap_or(path);
            files.push(TestFile {
                name: name.to_string_lossy().replace('\\', "/"),
                text: text.into_bytes(),
                asserts,
            });
        }
        let first = files.first().map_or("".into(), |file| {
            String::from_utf8_lossy(&file.text).into_owned()
        });
        let (mut version, mut unknown) = (NEWEST_GO_VERSION, None);
        for flag in flags(&first) {
            match flag.split_once('=') {
                Some(("-lang", lang)) => {
                    let minor = lang.strip_prefix("go1.").and_then(|n| n.parse().ok());
                    version = minor.ok_or_else(|| format!("unreadable flag {flag}"))?;
                }
                // Aliases are types of their own since go1.23; the way before goes with go1.27.
                Some(("-gotypesalias", "1")) => {}
                _ => unknown = Some(flag.to_owned()),
            }
        }
        Ok(Self {
            files,
            version,
            unknown,
            tolerance,
        })
    }
}

/// The flags in a first line `// -flag ...`.
fn flags(text: &str) -> impl Iterator<Item = &str> {
    let line = text.lines().next().unwrap_or_default();
    let flags = line
        .strip_prefix("//")
        .filter(|rest| rest.trim_start().starts_with('-'));
    flags.unwrap_or_default().split_whitespace()
}

/// Replaces calls of the test function `assert` by conversions to `bool`, which keep constants constant and lines and
/// columns as they are; gives where these are.
fn replace_asserts(source: &str) -> (String, Vec<u32>) {
    let mut text = source.to_owned();
    let mut places = Vec::new();
    for (at, call) in source.match_indices("assert(") {
        let before = source[..at].rsplit('\n').next().unwrap_or_default();
        let place = u32::try_from(at).unwrap_or(u32::MAX);
        if before.trim().is_empty() {
            text.replace_range(at..at + call.len(), "_=bool(");
            places.push(place + 2);
        } else if before.ends_with(|c: char| c.is_whitespace() || c == '=') {
            text.replace_range(at..at + call.len(), "bool  (");
            places.push(place);
        }
    }
    (text, places)
}

/// A file, to be judged.
struct FileCase {
    std: Arc<Std>,
    package: Arc<TestPackage>,
    file: usize,
}

impl Case for FileCase {
    fn name(&self) -> &str {
        &self.package.files[self.file].name
    }

    fn run(&self) -> Outcome {
        let problems = self.problems();
        match (problems.first(), &self.package.unknown) {
            (None, _) => Outcome::Pass,
            (Some(_), Some(flag)) => Outcome::Fail(format!("wants {flag}")),
            (Some(first), None) => {
                let more = match problems.len() - 1 {
                    0 => String::new(),
                    n => format!(" and {n} more"),
                };
                Outcome::Fail(format!("{first}{more}"))
            }
        }
    }
}

impl FileCase {
    /// What is wrong.
    fn problems(&self) -> Vec<String> {
        let files = &self.package.files;
        let named = |file: &TestFile| {
            let name = file.name.rsplit('/').next().unwrap_or_default();
            (name.to_owned(), file.text.clone())
        };
        let unit = Unit {
            version: self.package.version,
            all_errors: true,
            ..Unit::new("p", files.iter().map(named).collect())
        };
        let (package, mut found) = self.std.run(unit);
        // The official compiler finds cycles of anonymous interfaces outside of its type checker.
        found.retain(|error| !error.text.contains("go.dev/issue/56103"));
        found.extend(failed_asserts(
            &package,
            self.file,
            &files[self.file].asserts,
        ));
        found.retain(|error| error.file == self.file);
        for error in &mut found {
            if let Some(text) = in_type_checkers_words(&error.text) {
                error.text = text;
            }
        }
        compare(&files[self.file], found, self.package.tolerance)
    }
}

/// What the official type checker says about a label; the official compiler has its parser look at labels, in the
/// words that polkago uses.
fn in_type_checkers_words(text: &str) -> Option<String> {
    for branch in ["break", "continue"] {
        let undefined = text.strip_prefix(branch).unwrap_or_default();
        if let Some(name) = undefined.strip_prefix(" label not defined: ") {
            return Some(format!("invalid {branch} label {name}"));
        }
    }
    if text.starts_with("goto ") {
        if let Some((jump, _)) = text.split_once(" jumps into block starting at ") {
            return Some(format!("{jump} jumps into block"));
        }
        let (jump, place) = text.split_once(" jumps over declaration of ")?;
        let line = place.rsplit(':').nth(1)?;
        return Some(format!(
            "{jump} jumps over variable declaration at line {line}"
        ));
    }
    let (label, rest) = text.strip_prefix("label ")?.split_once(' ')?;
    let says = match rest {
        "defined and not used" => "declared and not used",
        "not defined" => "not declared",
        _ if rest.starts_with("already defined at ") => "already declared",
        _ => return None,
    };
    Some(format!("label {label} {says}"))
}

/// The calls of `assert` in a file whose operand is constant and false.
fn failed_asserts(package: &Package, file: usize, places: &[u32]) -> Vec<Found> {
    let tree = &package.files[file].tree;
    let failed = tree.expr.iter().filter(|(id, expr)| {
        matches!(expr.kind, ExprKind::Call { .. })
            && places.contains(&expr.span.start.0)
            && package.info[file]
                .consts
                .get(id)
                .is_some_and(|value| value.as_bool() != Some(true))
    });
    failed
        .map(|(_, expr)| {
            let (line, col) = tree.lines.line_col(expr.span.start);
            Found {
                file,
                name: String::new(),
                line,
                col,
                text: "assert(...) failed".to_owned(),
            }
        })
        .collect()
}

/// Matches each error with the nearest stated one that fits.
fn compare(file: &TestFile, found: Vec<Found>, tolerance: u32) -> Vec<String> {
    let mut problems = Vec::new();
    let mut wanted = expected(&String::from_utf8_lossy(&file.text));
    for error in found {
        let nearest = wanted
            .iter()
            .enumerate()
            .filter(|(_, want)| want.line == error.line && want.matches(&error.text))
            .min_by_key(|(_, want)| want.col.abs_diff(error.col));
        match nearest {
            Some((at, want)) => {
                if want.col.abs_diff(error.col) > tolerance {
                    problems.push(format!(
                        "{}: got column {}, want {}: {}",
                        error.line, error.col, want.col, error.text
                    ));
                }
                wanted.remove(at);
            }
            None => problems.push(format!("{}: got {:?}", error.line, error.text)),
        }
    }
    let missing = wanted
        .iter()
        .map(|want| format!("{}: no error {:?}", want.line, want.text));
    problems.extend(missing);
    problems
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(text: &str) -> TestFile {
        TestFile {
            name: "check/x.go".to_owned(),
            text: text.into(),
            asserts: Vec::new(),
        }
    }

    fn error(line: u32, col: u32, text: &str) -> Found {
        Found {
            file: 0,
            name: "x.go".to_owned(),
            line,
            col,
            text: text.to_owned(),
        }
    }

    #[test]
    fn errors_are_matched_by_line_text_and_column() {
        let stated = file("package p\nvar x /* ERROR \"bad\" */ y\n");
        assert!(compare(&stated, vec![error(2, 5, "a bad thing")], 0).is_empty());
        for wrong in [
            vec![],
            vec![error(2, 6, "a bad thing")],
            vec![error(2, 5, "good")],
            vec![error(1, 5, "bad")],
            vec![error(2, 5, "bad"), error(2, 5, "bad")],
        ] {
            assert!(!compare(&stated, wrong, 0).is_empty());
        }
    }

    #[test]
    fn asserts_become_conversions() {
        let (text, places) = replace_asserts("\tassert(a)\n\tx = assert(b)\n");
        assert_eq!(text, "\t_=bool(a)\n\tx = bool  (b)\n");
        assert_eq!(places, [3, 16]);
    }

    #[test]
    fn labels_have_two_wordings() {
        let said = |text| in_type_checkers_words(text);
        assert_eq!(
            said("label L defined and not used").as_deref(),
            Some("label L declared and not used")
        );
        assert_eq!(
            said("goto L jumps into block starting at x.go:1:2").as_deref(),
            Some("goto L jumps into block")
        );
        assert_eq!(said("label L is not used"), None);
        assert_eq!(
            said("goto L jumps over declaration of x at x.go:3:4").as_deref(),
            Some("goto L jumps over variable declaration at line 3")
        );
        assert_eq!(
            said("break label not defined: L").as_deref(),
            Some("invalid break label L")
        );
    }

    #[test]
    fn flags_stand_in_the_first_line() {
        assert_eq!(
            flags("// -lang=go1.8 -x\n").collect::<Vec<_>>(),
            ["-lang=go1.8", "-x"]
        );
        assert_eq!(flags("// a -lang=go1.8\n").count(), 0);
    }
}
