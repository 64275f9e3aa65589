//! The errorcheck suite: programs of the Go release's `test` tree that state in comments `// ERROR "pattern" ...` which
//! errors their lines must give, judged as the official runner (`cmd/internal/testdir`) judges them: by line, every
//! stated pattern matched, nothing else reported. Packages of several files and packages are in it
//! (`errorcheckdir`), and programs that print the one to check (`errorcheckoutput`).
//!
//! What states decisions of the official compiler's optimiser or collector is skipped, by a list with reasons.

use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::process::Command;

use polkago_types::{NEWEST_GO_VERSION, PackageKind, PkgId};
use regex::Regex;

use crate::front_end::{self, Found, Std, Unit};
use crate::go;
use crate::ratchet::Ratchet;
use crate::run_suite::{FOLDERS, unmet_constraint};
use crate::suite::{self, Case, Options, Outcome, Tally};

/// The official compiler stops after this many errors unless told otherwise.
const MAX_ERRORS: usize = 10;

/// Runs the suite.
///
/// # Errors
/// Where the release or its tests are not there, or the list of skipped cases names one that is not there.
pub fn run(options: &Options) -> Result<Tally, String> {
    let root = go::test_tree()?;
    let skipped = Ratchet::read_list("tests/skip/errorcheck.txt")?;
    let mut programs = Vec::new();
    for folder in FOLDERS {
        programs.extend(programs_of(&root, folder)?);
    }
    programs.sort_by(|a, b| a.name.cmp(&b.name));
    if let Some(name) = skipped
        .names()
        .find(|name| programs.iter().all(|program| program.name != *name))
    {
        return Err(format!("{}: there is no {name}", skipped.path().display()));
    }
    let filter = options.filter.as_deref().unwrap_or_default();
    let mut imports = BTreeSet::new();
    for program in &mut programs {
        program.skip = skipped
            .reason(&program.name)
            .map(str::to_owned)
            .or_else(|| {
                unmet_constraint(&program.text, is_set)
                    .map(|line| format!("build constraint {line}"))
            });
        if program.skip.is_none() && program.name.contains(filter) {
            imports.extend(program.imports());
        }
    }
    let std = Std::check(&imports, "amd64")?;
    let cases: Vec<Checked<'_>> = programs
        .iter()
        .map(|program| Checked { std: &std, program })
        .collect();
    suite::run("errorcheck", &cases, options)
}

/// Whether a build tag is set for linux/amd64.
fn is_set(tag: &str) -> bool {
    matches!(tag, "linux" | "unix" | "amd64" | "gc" | "cgo" | "test_run")
        || tag.starts_with("go1.")
        || tag == "goexperiment.regabiargs"
        || tag == "goexperiment.regabiwrappers"
}

/// What is done with a program.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Action {
    /// It is checked.
    Check,
    /// The packages in the folder of its name are checked.
    Folder,
    /// It is run, and what it prints is checked.
    Output,
}

/// What stands behind `// errorcheck` and its like.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Recipe {
    action: Action,
    /// The language version, `N` of `go1.N`.
    version: u32,
    /// Whether each file of the folder is a package of its own.
    single_files: bool,
    /// What declarations may do.
    kind: PackageKind,
    /// Whether the compiler stops after ten errors.
    stops: bool,
    /// Further arguments: files of the program that is run.
    args: Vec<String>,
}

/// A program of the tree.
struct Program {
    root: PathBuf,
    name: String,
    text: String,
    recipe: Recipe,
    skip: Option<String>,
}

/// The marked programs of a folder.
fn programs_of(root: &Path, folder: &str) -> Result<Vec<Program>, String> {
    let programs = go::marked(root, folder, recipe)?.into_iter();
    Ok(programs
        .map(|marked| Program {
            root: root.to_owned(),
            name: marked.name,
            text: marked.text,
            recipe: marked.recipe,
            skip: None,
        })
        .collect())
}

/// The recipe of a marked program: the first line that is no build constraint.
fn recipe(text: &str) -> Option<Recipe> {
    let mut words = go::recipe_words(text)?;
    let action = match words.next()? {
        "errorcheck" | "errorcheckwithauto" => Action::Check,
        "errorcheckdir" | "errorcheckandrundir" => Action::Folder,
        "errorcheckoutput" => Action::Output,
        _ => return None,
    };
    let mut recipe = Recipe {
        action,
        version: NEWEST_GO_VERSION,
        single_files: false,
        kind: PackageKind::WithAssembly,
        stops: false,
        args: Vec::new(),
    };
    while let Some(word) = words.next() {
        if let Some(minor) = word.strip_prefix("-lang=go1.") {
            recipe.version = minor.parse().ok()?;
        } else if word == "-s" {
            recipe.single_files = true;
        } else if word == "-std" || word == "-+" {
            recipe.kind = PackageKind::Std;
        } else if word == "-complete" {
            recipe.kind = PackageKind::Plain;
        } else if word == "-e=0" {
            recipe.stops = true;
        } else if word == "-t" || word == "-goexperiment" {
            words.next();
        } else if !word.starts_with('-') {
            recipe.args.push(word.to_owned());
        }
        // Other flags choose among ways of the official compiler, or their cases are in the list of skipped ones.
    }
    Some(recipe)
}

/// A file of a package under test.
struct TestFile {
    name: String,
    text: Vec<u8>,
}

/// A package of a folder.
struct TestPackage {
    files: Vec<TestFile>,
}

impl Program {
    /// The paths that its files import.
    fn imports(&self) -> Vec<String> {
        match self.packages() {
            Ok(packages) => packages
                .iter()
                .flat_map(|package| &package.files)
                .flat_map(|file| front_end::imports(&file.text))
                .collect(),
            Err(_) => Vec::new(),
        }
    }

    /// What is to be checked, in order; of a program that prints what to check, itself.
    fn packages(&self) -> Result<Vec<TestPackage>, String> {
        let path = self.root.join(&self.name);
        if self.recipe.action != Action::Folder {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            let text = std::fs::read(&path).map_err(|error| error.to_string())?;
            let name = name.into_owned();
            return Ok(vec![TestPackage {
                files: vec![TestFile { name, text }],
            }]);
        }
        let folder = path.with_extension("dir");
        let problem = |error| format!("cannot read {}: {error}", folder.display());
        let mut paths = Vec::new();
        for entry in std::fs::read_dir(&folder).map_err(problem)? {
            let path = entry.map_err(problem)?.path();
            if path.extension().is_some_and(|extension| extension == "go") {
                paths.push(path);
            }
        }
        paths.sort();
        let mut packages: Vec<TestPackage> = Vec::new();
        let mut by_name: HashMap<String, usize> = HashMap::new();
        for path in paths {
            let text = std::fs::read(&path).map_err(problem)?;
            let name = package_name(&String::from_utf8_lossy(&text))
                .ok_or_else(|| format!("{}: no package clause", path.display()))?;
            let at = match by_name.get(&name) {
                Some(&at) if !self.recipe.single_files => at,
                _ => {
                    packages.push(TestPackage { files: Vec::new() });
                    packages.len() - 1
                }
            };
            by_name.insert(name, at);
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            let name = name.into_owned();
            packages[at].files.push(TestFile { name, text });
        }
        Ok(packages)
    }

    /// What the program prints, run by the official tools.
    fn output(&self) -> Result<Vec<TestPackage>, String> {
        let output = Command::new("go")
            .arg("run")
            .arg(&self.name)
            .args(&self.recipe.args)
            .current_dir(&self.root)
            .output()
            .map_err(|error| format!("the go command does not run: {error}"))?;
        if !output.status.success() {
            let text = String::from_utf8_lossy(&output.stderr);
            let first = text.lines().next().unwrap_or_default();
            return Err(format!("go run failed: {first}"));
        }
        let file = TestFile {
            name: "tmp__.go".to_owned(),
            text: output.stdout,
        };
        Ok(vec![TestPackage { files: vec![file] }])
    }
}

/// The name in the package clause.
fn package_name(text: &str) -> Option<String> {
    let line = text
        .lines()
        .find_map(|line| line.strip_prefix("package "))?;
    let end = line
        .find(|c: char| !(c.is_alphanumeric() || c == '_'))
        .unwrap_or(line.len());
    Some(line[..end].to_owned())
}

/// A program, to be judged.
struct Checked<'a> {
    std: &'a Std,
    program: &'a Program,
}

impl Case for Checked<'_> {
    fn name(&self) -> &str {
        &self.program.name
    }

    fn run(&self) -> Outcome {
        if let Some(reason) = &self.program.skip {
            return Outcome::Skip(reason.clone());
        }
        match self.problems() {
            Ok(problems) => match problems.as_slice() {
                [] => Outcome::Pass,
                [only] => Outcome::Fail(only.clone()),
                [first, rest @ ..] => Outcome::Fail(format!("{first} and {} more", rest.len())),
            },
            Err(problem) => Outcome::Fail(problem),
        }
    }
}

impl Checked<'_> {
    /// What is wrong.
    fn problems(&self) -> Result<Vec<String>, String> {
        let recipe = &self.program.recipe;
        let (packages, std) = match recipe.action {
            Action::Output => {
                let packages = self.program.output()?;
                let files = packages.iter().flat_map(|package| &package.files);
                let imports = files.flat_map(|file| front_end::imports(&file.text));
                let std = Std::check(&imports.collect(), "amd64")?;
                (packages, Some(std))
            }
            Action::Check | Action::Folder => (self.program.packages()?, None),
        };
        let std = std.as_ref().unwrap_or(self.std);
        let mut imports: HashMap<String, PkgId> = HashMap::new();
        let mut problems = Vec::new();
        for package in &packages {
            let first = package.files.first().map_or("", |file| file.name.as_str());
            let stem = first.trim_end_matches(".go");
            let path = match recipe.action {
                Action::Folder => format!("test/{stem}"),
                Action::Check | Action::Output => "p".to_owned(),
            };
            let named = |file: &TestFile| (file.name.clone(), file.text.clone());
            let unit = Unit {
                version: recipe.version,
                kind: recipe.kind,
                imports: imports.clone(),
                ..Unit::new(&path, package.files.iter().map(named).collect())
            };
            let (checked, mut found) = std.run(unit);
            if recipe.stops && found.len() > MAX_ERRORS {
                found.truncate(MAX_ERRORS);
                found.extend(found.last().cloned().map(|last| Found {
                    text: "too many errors".to_owned(),
                    ..last
                }));
            }
            problems.extend(compare(&package.files, found)?);
            imports.insert(format!("./{stem}"), checked.id);
        }
        Ok(problems)
    }
}

/// An error that a file states.
struct Wanted {
    name: String,
    line: u32,
    pattern: Regex,
}

/// Matches the errors of a package with those that its files state.
fn compare(files: &[TestFile], found: Vec<Found>) -> Result<Vec<String>, String> {
    let mut problems = Vec::new();
    let mut found = found;
    for error in &mut found {
        // The official runner looks at the last element of names, too.
        error.name = error.name.rsplit('/').next().unwrap_or_default().to_owned();
    }
    for file in files {
        for want in wanted(&file.name, &String::from_utf8_lossy(&file.text))? {
            let (here, mut rest): (Vec<_>, Vec<_>) = found
                .into_iter()
                .partition(|error| error.name == want.name && error.line == want.line);
            let (matching, other): (Vec<_>, Vec<_>) = here
                .into_iter()
                .partition(|error| want.pattern.is_match(&error.text));
            if matching.is_empty() {
                problems.push(format!(
                    "{}: no error {:?}",
                    want.line,
                    want.pattern.as_str()
                ));
            }
            rest.extend(other);
            found = rest;
        }
    }
    // Places outside of the files come from line directives; the official runner does not look at them.
    let own = |error: &&Found| files.iter().any(|file| file.name == error.name);
    let unmatched = found.iter().filter(own);
    problems.extend(unmatched.map(|error| format!("{}: got {:?}", error.line, error.text)));
    Ok(problems)
}

/// The errors that a file states.
fn wanted(name: &str, text: &str) -> Result<Vec<Wanted>, String> {
    let mut wanted = Vec::new();
    for (line, content) in (1u32..).zip(text.lines()) {
        // Two comments in one switch the expectation off.
        if content.contains("////") {
            continue;
        }
        let Some((_, rest)) = ["// ERROR ", "// GC_ERROR "]
            .iter()
            .find_map(|mark| content.split_once(mark))
        else {
            continue;
        };
        for text in quoted(rest) {
            let text = escape_braces(&with_lines(text, name, line));
            let pattern =
                Regex::new(&text).map_err(|_| format!("{line}: unreadable pattern {text:?}"))?;
            wanted.push(Wanted {
                name: name.to_owned(),
                line,
                pattern,
            });
        }
    }
    Ok(wanted)
}

/// What stands in quotes: from the left, as the official runner finds it, so that a quote too many shifts the rest.
fn quoted(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some((_, after)) = rest.split_once('"') {
        let Some((inside, after)) = after.split_once('"') else {
            break;
        };
        found.push(inside);
        rest = after;
    }
    found
}

/// A pattern with `LINE`, `LINE+n` and `LINE-n` replaced by `name:line`.
fn with_lines(pattern: &str, name: &str, line: u32) -> String {
    let mut text = String::new();
    let mut rest = pattern;
    while let Some((before, after)) = rest.split_once("LINE") {
        text += before;
        let digits =
            |text: &str| text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let (delta, len) = match after.as_bytes().first() {
            Some(sign @ (b'+' | b'-')) => {
                let len = digits(&after[1..]);
                let delta: i64 = after[1..=len].parse().unwrap_or(0);
                (if *sign == b'-' { -delta } else { delta }, len + 1)
            }
            _ => (0, 0),
        };
        text += &format!("{name}:{}", i64::from(line) + delta);
        rest = &after[len..];
    }
    text + rest
}

/// Go's regular expressions take a brace that starts no repetition as itself.
fn escape_braces(text: &str) -> String {
    let mut out = String::new();
    let mut previous = ' ';
    for (at, c) in text.char_indices() {
        let next = text[at..].chars().nth(1);
        let alone = match c {
            '{' => !next.is_some_and(|next| next.is_ascii_digit()),
            '}' => !previous.is_ascii_digit(),
            _ => false,
        };
        if alone && previous != '\\' {
            out.push('\\');
        }
        out.push(c);
        previous = c;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn recipes() {
        let recipe = |text| super::recipe(text).map(|r| (r.action, r.version, r.args));
        let plain = |action| Some((action, NEWEST_GO_VERSION, Vec::new()));
        assert_eq!(recipe("// errorcheck\n"), plain(Action::Check));
        assert_eq!(
            recipe("//go:build x\n\n// errorcheck\n"),
            None,
            "the line must follow"
        );
        assert_eq!(recipe("// errorcheckdir -s\n"), plain(Action::Folder));
        assert_eq!(recipe("// errorcheck -t 10\n"), plain(Action::Check));
        assert_eq!(
            recipe("// errorcheck -lang=go1.17\n"),
            Some((Action::Check, 17, Vec::new()))
        );
        assert_eq!(
            recipe("// errorcheckoutput ./index.go\n"),
            Some((
                Action::Output,
                NEWEST_GO_VERSION,
                vec!["./index.go".to_owned()]
            ))
        );
        assert_eq!(recipe("// run\n"), None);
    }

    #[test]
    fn lines_in_patterns() {
        assert_eq!(
            with_lines("at LINE-1|LINE+20, LINE", "x.go", 10),
            "at x.go:9|x.go:30, x.go:10"
        );
        assert_eq!(quoted("\"a\" \"b\""), ["a", "b"]);
        assert_eq!(quoted("\"\"a\""), [""]);
        assert_eq!(escape_braces("a{}b{2}\\{"), "a\\{\\}b{2}\\{");
    }

    fn judge(text: &str, found: &[(u32, &str)]) -> usize {
        let files = [TestFile {
            name: "x.go".to_owned(),
            text: text.into(),
        }];
        let found = found.iter().map(|(line, text)| Found {
            file: 0,
            name: "x.go".to_owned(),
            line: *line,
            col: 1,
            text: (*text).to_owned(),
        });
        compare(&files, found.collect())
            .expect("patterns are readable")
            .len()
    }

    #[test]
    fn errors_are_matched_by_line_and_pattern() {
        let text = "package p\nvar x y // ERROR \"bad\" \"worse\"\n";
        assert_eq!(judge(text, &[(2, "bad"), (2, "worse")]), 0);
        assert_eq!(judge(text, &[(2, "bad")]), 1);
        assert_eq!(judge(text, &[(2, "bad"), (2, "worse"), (2, "worst")]), 1);
        assert_eq!(judge(text, &[(1, "bad"), (2, "worse")]), 2);
    }
}
