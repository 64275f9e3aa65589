//! From a folder to the files that belong to a package.
//!
//! Source of the rule: `go help buildconstraint`, `go help packages` and `go help test`: names that start with `_` or `.` and
//! `_test.go` files count only where asked for, as files of the package or of an external test package, whose
//! name ends in `_test`; files of other platforms by name or by `//go:build` line never count, nor do files
//! that need cgo.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;

use crate::display::Display;
use crate::error::{ErrorKind, Position, ProjectError};
use crate::fs::{FileKind, FileSystem};
use crate::header::Header;
use crate::package::{Origin, SourceFile};
use crate::target::Target;
use crate::version::GoVersion;

/// A package that is to be read: everything known of it from its import path alone.
#[derive(Clone, Debug)]
pub(crate) struct Unit {
    pub import_path: Arc<str>,
    /// The folder of its files.
    pub dir: PathBuf,
    /// The folder of files whose declarations replace same-named ones.
    pub overlay: Option<PathBuf>,
    /// The files named one by one, for which no constraint counts; all of the folder where absent.
    pub named: Option<Vec<String>>,
    pub origin: Origin,
    pub go_version: GoVersion,
    /// What the stable paths of its files start with, without the last slash.
    pub stable_dir: String,
    /// Whether its `_test.go` files count.
    pub tests: bool,
}

/// Files that make up a package together.
#[derive(Debug, Default)]
pub(crate) struct Part {
    pub files: Vec<SourceFile>,
    /// Every import with the place of the first one, sorted by path.
    pub imports: Vec<(String, Position)>,
}

/// What the files of a package say about themselves.
#[derive(Debug, Default)]
pub(crate) struct Scanned {
    pub name: String,
    /// The package as others import it.
    pub plain: Part,
    /// The `_test.go` files that belong to the package itself.
    pub test: Part,
    /// Those of the external test package.
    pub external: Part,
    pub assembly: Vec<String>,
    /// Go files of other builds, sorted by name; of the module that is worked on alone.
    pub excluded: Vec<SourceFile>,
    pub errors: Vec<ProjectError>,
    /// Why there is no file at all, if so.
    pub empty: Option<ProjectError>,
}

/// Reads the files of a package.
pub(crate) fn scan(
    fs: &dyn FileSystem,
    target: &Target,
    display: &Display,
    unit: &Unit,
) -> Scanned {
    let mut scanned = Scanned::default();
    let mut folder = Folder {
        fs,
        target,
        display,
        unit,
        saw_excluded: false,
        saw_test: false,
    };
    folder.read(&unit.dir, false, &mut scanned);
    if let Some(overlay) = &unit.overlay {
        folder.read(overlay, true, &mut scanned);
    }
    let has_tests = !scanned.test.files.is_empty() || !scanned.external.files.is_empty();
    if scanned.plain.files.is_empty() && scanned.errors.is_empty() {
        let dir = display.short(&unit.dir);
        let message = if folder.saw_excluded {
            format!("build constraints exclude all Go files in {dir}")
        } else if folder.saw_test || has_tests {
            format!("no non-test Go files in {dir}")
        } else {
            format!("no Go files in {dir}")
        };
        scanned.empty = Some(ProjectError::new(ErrorKind::NoGoFiles, message));
    }
    check_names(display, unit, &mut scanned);
    for part in [&mut scanned.plain, &mut scanned.test, &mut scanned.external] {
        collect_imports(part);
    }
    scanned
}

struct Folder<'a> {
    fs: &'a dyn FileSystem,
    target: &'a Target,
    display: &'a Display,
    unit: &'a Unit,
    /// Whether a file was left out because of its constraints.
    saw_excluded: bool,
    /// Whether there was a `_test.go` file.
    saw_test: bool,
}

/// What reading one file gave.
enum Outcome {
    Belongs(Box<SourceFile>),
    Assembly(String),
    Excluded(Option<Box<SourceFile>>),
    Failed(ProjectError),
}

impl Folder<'_> {
    fn read(&mut self, dir: &Path, overlay: bool, scanned: &mut Scanned) {
        let names = match &self.unit.named {
            Some(named) => named.clone(),
            None => self.candidates(dir, scanned),
        };
        let outcomes: Vec<Outcome> = names
            .into_par_iter()
            .map(|name| self.read_file(dir, name, overlay))
            .collect();
        for outcome in outcomes {
            match outcome {
                Outcome::Belongs(file) => {
                    let part = if !file.path.ends_with("_test.go") {
                        &mut scanned.plain
                    } else if file.header.package.ends_with("_test") {
                        &mut scanned.external
                    } else {
                        &mut scanned.test
                    };
                    part.files.push(*file);
                }
                Outcome::Assembly(name) => scanned.assembly.push(name),
                Outcome::Excluded(file) => {
                    self.saw_excluded = true;
                    scanned.excluded.extend(file.map(|file| *file));
                }
                Outcome::Failed(error) => scanned.errors.push(error),
            }
        }
    }

    /// The files that belong to the target as far as their names say, sorted.
    fn candidates(&mut self, dir: &Path, scanned: &mut Scanned) -> Vec<String> {
        let entries = match self.fs.list(dir) {
            Ok(entries) => entries,
            // An overlay may add a package that std does not have.
            Err(e) if e.kind() == std::io::ErrorKind::NotFound && self.unit.overlay.is_some() => {
                Vec::new()
            }
            Err(e) => {
                scanned
                    .errors
                    .push(ProjectError::io("open", &self.display.short(dir), &e));
                Vec::new()
            }
        };
        let mut names = Vec::new();
        for entry in entries {
            let name = entry.name;
            let go = name.ends_with(".go");
            if entry.kind != FileKind::File
                || name.starts_with(['_', '.'])
                || !(go || is_assembly(&name))
            {
                continue;
            }
            if name.ends_with("_test.go") && !self.unit.tests {
                self.saw_test = true;
            } else if self.target.matches_file_name(&name) || (go && self.keeps_excluded()) {
                names.push(name);
            } else {
                self.saw_excluded |= go;
            }
        }
        names
    }

    /// Whether somebody may want to know what the files of other builds hold.
    fn keeps_excluded(&self) -> bool {
        matches!(self.unit.origin, Origin::Main { .. })
    }

    fn read_file(&self, dir: &Path, name: String, overlay: bool) -> Outcome {
        let path = dir.join(&name);
        let content = match self.fs.read(&path) {
            Ok(content) => content,
            Err(e) => {
                return Outcome::Failed(ProjectError::io("open", &self.display.short(&path), &e));
            }
        };
        let header = Header::scan(&content);
        let constrained = self.unit.named.is_none();
        let of_other_platform = constrained && !self.target.matches_file_name(&name);
        let constraint_error = header.constraint_error.as_ref();
        if let Some(error) = constraint_error.filter(|_| constrained && !of_other_platform) {
            let file = self.display.short(&path);
            let position = Position {
                file,
                line: error.line,
                column: error.column,
            };
            return Outcome::Failed(ProjectError::at(
                position,
                ErrorKind::BuildConstraint,
                &error.message,
            ));
        }
        let satisfied = header
            .constraint
            .as_ref()
            .is_none_or(|expr| self.target.satisfies(expr));
        if is_assembly(&name) {
            return if satisfied {
                Outcome::Assembly(name)
            } else {
                Outcome::Excluded(None)
            };
        }
        // "package documentation" marks a file that is only there to be read.
        let excluded = of_other_platform
            || (constrained && (!satisfied || header.package == "documentation"))
            || header.uses_cgo();
        if excluded && !self.keeps_excluded() {
            return Outcome::Excluded(None);
        }
        let stable_dir = match self
            .display
            .named(dir)
            .filter(|_| self.unit.origin.is_std())
        {
            Some(dir) => dir,
            None => self.unit.stable_dir.clone(),
        };
        let file = Box::new(SourceFile {
            path: self.display.file(&path).into(),
            stable_path: format!("{stable_dir}/{name}").into(),
            content,
            overlay,
            header,
        });
        if excluded {
            Outcome::Excluded(Some(file))
        } else {
            Outcome::Belongs(file)
        }
    }
}

fn is_assembly(name: &str) -> bool {
    name.ends_with(".s") || name.ends_with(".S")
}

/// All files of a folder must name the same package; an external test package has that name with `_test`.
fn check_names(display: &Display, unit: &Unit, scanned: &mut Scanned) {
    fn name(file: &SourceFile) -> &str {
        let package = file.header.package.as_str();
        let external = file.path.ends_with("_test.go");
        package
            .strip_suffix("_test")
            .filter(|_| external)
            .unwrap_or(package)
    }
    let parts = [&scanned.plain, &scanned.test, &scanned.external];
    let files = parts.into_iter().flat_map(|part| &part.files);
    // Where the name is missing the parser will say so.
    let mut named = files.filter(|file| !file.header.package.is_empty());
    let Some(first) = named.next() else { return };
    let package = name(first).to_string();
    let other = named.find(|file| name(file) != package);
    let base = |file: &SourceFile| file.path.rsplit('/').next().unwrap_or_default().to_string();
    let error = other.map(|other| {
        let message = format!(
            "found packages {} ({}) and {} ({}) in {}",
            first.header.package,
            base(first),
            other.header.package,
            base(other),
            display.short(&unit.dir)
        );
        ProjectError::new(ErrorKind::MixedPackages, message)
    });
    scanned.name = package;
    scanned.errors.extend(error);
}

fn collect_imports(part: &mut Part) {
    let mut imports: Vec<(String, Position)> = Vec::new();
    for file in &part.files {
        let shown = file.path.strip_prefix("./").unwrap_or(&file.path);
        imports.extend(file.header.imports.iter().map(|spec| {
            (
                spec.path.clone(),
                Position {
                    file: shown.to_string(),
                    line: spec.line,
                    column: spec.column,
                },
            )
        }));
    }
    part.imports = first_of_each(imports);
}

/// Sorts imports by path and keeps the first of equal ones.
pub(crate) fn first_of_each(mut imports: Vec<(String, Position)>) -> Vec<(String, Position)> {
    // Stable: the first of equal paths is the first in file order.
    imports.sort_by(|a, b| a.0.cmp(&b.0));
    imports.dedup_by(|later, first| later.0 == first.0);
    imports
}
