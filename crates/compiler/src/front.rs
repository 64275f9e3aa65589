//! The front end: loaded packages to checked ones, side by side on all cores.

use crate::findings::{self, Source, arrange};
use crate::places::Places;
use crate::schedule::{self, Unit, Work};
use crate::timings::Clock;
use crate::{Diagnostic, NarrowIntLevel, Place, Severity};
use cranelift_entity::EntityRef as _;
use polkago_generate::Marks;
use polkago_project::{
    ErrorKind, Graph, Import, ImportTarget, Origin, Package as Loaded, PackageId, Target,
};
use polkago_syntax::{ErrorCode, File, ParseOptions, SyntaxError, parse_file, thin_out};
use polkago_types::{
    Code, Package, PackageInput, PackageKind, PkgId, Sizes, SourceFile, SrcPos, Store,
    check_declarations, check_package, narrow_int,
};
use std::collections::HashSet;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

/// What is asked of the front end.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Options {
    /// Keep trees and side tables of packages: lowering needs them, checking alone does not.
    pub keep: bool,
    /// Report all errors, not ten for each package.
    pub all_errors: bool,
    /// Sizes of types on the target.
    pub sizes: Sizes,
    /// What becomes of code that means something else with a 32-bit `int`.
    pub narrow_int: NarrowIntLevel,
    /// Report what is wrong with the directives of the SDK.
    pub directives: bool,
}

/// What the front end made of a graph.
pub(crate) struct Checked {
    /// Types and objects.
    pub store: Store,
    /// The packages in dependency order, if they are kept.
    pub packages: Vec<Arc<Package>>,
    /// Everything found: what loading found, then package for package in dependency order.
    pub diagnostics: Vec<Diagnostic>,
    places: Places,
}

impl Checked {
    /// The place of a position as users see it.
    pub fn place(&self, pos: SrcPos) -> Option<Place> {
        self.places.place(pos)
    }

    /// The import path of the package of a position.
    pub fn package(&self, pos: SrcPos) -> &str {
        &self.store.pkg(pos.file.pkg).path
    }
}

/// Parses and checks every package of a graph. The texts of the files are taken out of it.
pub(crate) fn check(graph: &mut Graph, options: Options, clock: &mut Clock) -> Checked {
    let texts = take_texts(graph);
    let units: Vec<Unit> = graph
        .packages
        .values()
        .zip(&texts)
        .map(|(package, files)| Unit {
            imports: imported(package).map(|id| id.index()).collect(),
            files: files.iter().map(|text| lock(text).len()).collect(),
        })
        .collect();
    let front = Front {
        graph,
        options,
        texts,
        store: Store::new(),
        places: Places::default(),
        outcomes: units.iter().map(|_| OnceLock::new()).collect(),
        tested: with_tests(graph),
        marks: Mutex::default(),
    };
    let threads = rayon::current_num_threads();
    let done = clock.stage("check", || schedule::run(&units, threads, &front));
    let mut diagnostics = findings::from_loading(graph);
    let mut packages = Vec::new();
    for result in done {
        diagnostics.extend(result.diagnostics);
        packages.extend(result.package);
    }
    Checked {
        store: front.store,
        packages,
        diagnostics,
        places: front.places,
    }
}

/// The packages of which a variant with their own tests is named.
fn with_tests(graph: &Graph) -> HashSet<PackageId> {
    let variants = graph.roots.iter().map(|&id| &graph.packages[id]);
    variants
        .filter(|package| package.for_test.as_ref() == Some(&package.import_path))
        .filter_map(|package| graph.find(&package.import_path))
        .collect()
}

/// Parses and checks every package of a graph, and keeps them.
pub(crate) fn check_all(graph: &mut Graph, options: Options) -> Checked {
    check(graph, options, &mut Clock::start())
}

type Text = Mutex<Arc<[u8]>>;

fn lock(text: &Text) -> std::sync::MutexGuard<'_, Arc<[u8]>> {
    text.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The texts of all files, by package and file: each goes when its package is checked.
fn take_texts(graph: &mut Graph) -> Vec<Vec<Text>> {
    let packages = graph.packages.values_mut();
    packages
        .map(|package| {
            let files = package.files.iter_mut();
            files
                .map(|file| Mutex::new(std::mem::take(&mut file.content)))
                .collect()
        })
        .collect()
}

/// The packages that a package imports.
pub(crate) fn imported(loaded: &Loaded) -> impl Iterator<Item = PackageId> {
    loaded
        .imports
        .iter()
        .filter_map(|import| match import.target {
            ImportTarget::Package(id) => Some(id),
            ImportTarget::Unsafe | ImportTarget::Missing => None,
        })
}

/// The sizes of types on a platform.
pub(crate) fn sizes(target: &Target) -> Sizes {
    Sizes {
        word: target.word_bytes(),
        max_align: target.max_align(),
    }
}

/// The files of a package with their texts.
pub(crate) fn sources<'a>(package: &'a Package, texts: &'a [Arc<[u8]>]) -> Vec<Source<'a>> {
    let files = package.files.iter().zip(texts);
    files
        .map(|(file, text)| Source {
            path: &file.path,
            text,
            tree: &file.tree,
        })
        .collect()
}

struct Front<'a> {
    graph: &'a Graph,
    options: Options,
    texts: Vec<Vec<Text>>,
    store: Store,
    places: Places,
    /// What importers must know of the packages checked.
    outcomes: Vec<OnceLock<Outcome>>,
    /// Packages that are there once more with their own tests.
    tested: HashSet<PackageId>,
    /// What the directives of the packages checked mark.
    marks: Mutex<Marks>,
}

#[derive(Clone, Copy, Debug)]
struct Outcome {
    id: PkgId,
    /// It has errors, or what it imports has.
    broken: bool,
}

/// A file that is read.
struct Parsed {
    text: Arc<[u8]>,
    tree: File,
    errors: Vec<SyntaxError>,
}

/// A package that is checked.
struct Done {
    package: Option<Arc<Package>>,
    diagnostics: Vec<Diagnostic>,
}

impl Work for Front<'_> {
    type Read = Parsed;
    type Done = Done;

    fn read(&self, unit: usize, file: usize) -> Parsed {
        let text = std::mem::take(&mut *lock(&self.texts[unit][file]));
        let source = &self.graph.packages[PackageId::new(unit)].files[file];
        let options = ParseOptions {
            file_name: source.path.to_string(),
            ..ParseOptions::default()
        };
        let mut result = parse_file(&text, &options);
        thin_out(&mut result.errors, &result.file.lines);
        Parsed {
            text,
            tree: result.file,
            errors: result.errors,
        }
    }

    fn finish(&self, unit: usize, parsed: Vec<Parsed>) -> Done {
        let id = PackageId::new(unit);
        let loaded = &self.graph.packages[id];
        // Where std has errors it is polkago that falls short, and the user's import that asks too much.
        // Of a package and its variant for tests, which has all its files, the variant reports.
        let for_others = loaded.is_std() || loaded.for_test.is_some();
        let hidden = (for_others && !self.graph.roots.contains(&id)) || self.tested.contains(&id);
        let syntax: Vec<Vec<SyntaxError>> = parsed.iter().map(|p| p.errors.clone()).collect();
        let stops = |errors: &Vec<SyntaxError>| errors.iter().any(SyntaxError::stops_checking);
        // What is said about a package whose imports have errors would be noise, as after a syntax error, when the
        // tree has holes.
        let unusable = self.imports_are_broken(loaded) || syntax.iter().any(stops);
        let mut texts = Vec::new();
        let mut files = Vec::new();
        for (source, parsed) in loaded.files.iter().zip(parsed) {
            texts.push(parsed.text);
            files.push(SourceFile {
                path: source.path.clone(),
                stable_path: source.stable_path.clone(),
                tree: Arc::new(parsed.tree),
                overlay: source.overlay,
            });
        }
        let input = self.input(loaded, files);
        // Nobody can mend the release, and most of its functions are in no program that imports their package.
        let result = if self.options.keep && hidden && loaded.is_std() {
            check_declarations(&self.store, input, Some(schedule::STACK - (1 << 20)))
        } else {
            check_package(&self.store, input)
        };
        let package = result.package;

        let mut found = Vec::new();
        if !hidden {
            let files = sources(&package, &texts);
            // Misplaced directives are worth a word once nothing else is wrong.
            let placed = |error: &&SyntaxError| error.code != ErrorCode::Placement;
            let others = !result.errors.is_empty() || syntax.iter().flatten().any(|e| placed(&e));
            for (errors, file) in syntax.iter().zip(&files) {
                let errors = errors.iter().filter(|error| !others || placed(error));
                found.extend(errors.map(|e| findings::from_syntax(e, file)));
            }
            found.extend(self.unsupported_imports(loaded, &files));
            if !unusable {
                let loading_told = self
                    .graph
                    .errors
                    .iter()
                    .any(|e| e.kind == ErrorKind::MixedPackages);
                let again = |code| loading_told && code == Code::MismatchedPkgName;
                let errors = result
                    .errors
                    .iter()
                    .filter(|e| !e.repeats && !again(e.code));
                found.extend(errors.map(|e| Diagnostic {
                    help: self.narrow_constant(e),
                    ..findings::from_types(e, &files, &self.places)
                }));
            }
        }
        let wrong = |errors: &Vec<SyntaxError>| !errors.is_empty();
        let directives = self.directives(&package, &texts);
        if found.is_empty() && self.is_users_own(id) {
            found = directives;
        }
        let whole = found.is_empty();
        let mut diagnostics = arrange(found, &loaded.id(), self.options.all_errors);
        if whole && self.is_users_own(id) {
            let warnings = self.narrow_int(&package, &texts);
            diagnostics.extend(arrange(warnings, &loaded.id(), true));
        }
        let outcome = Outcome {
            id: package.id,
            broken: unusable || !result.errors.is_empty() || syntax.iter().any(wrong),
        };
        let _ = self.outcomes[unit].set(outcome);
        let package = if self.options.keep {
            self.places.add(&package);
            Some(package)
        } else {
            if let Some(package) = Arc::into_inner(package) {
                self.places.take(package);
            }
            None
        };
        Done {
            package,
            diagnostics,
        }
    }
}

impl Front<'_> {
    fn outcome(&self, id: PackageId) -> Outcome {
        let outcome = self.outcomes[id.index()].get();
        *outcome.expect("packages are checked after what they import")
    }

    fn imports_are_broken(&self, loaded: &Loaded) -> bool {
        loaded.imports.iter().any(|import| match import.target {
            ImportTarget::Unsafe => false,
            ImportTarget::Package(id) => self.outcome(id).broken,
            ImportTarget::Missing => true,
        })
    }

    /// Advice for a constant that does not fit, where that is because `int` has 32 bits.
    fn narrow_constant(&self, error: &polkago_types::Diagnostic) -> Option<String> {
        let narrow = self.options.sizes.word == 4;
        let help = narrow.then(|| findings::narrow_constant(error));
        help.flatten().map(str::to_owned)
    }

    /// Whether users can mend a package: it is theirs, or they ask for it by name.
    fn is_users_own(&self, id: PackageId) -> bool {
        let package = &self.graph.packages[id];
        let own = matches!(package.origin, Origin::Main { .. } | Origin::CommandLine);
        own || self.graph.roots.contains(&id) && !package.is_std()
    }

    /// What is wrong with the directives of the SDK in a package, which those that import it get to know.
    fn directives(&self, package: &Package, texts: &[Arc<[u8]>]) -> Vec<Diagnostic> {
        if !self.options.directives || !polkago_generate::has_directives(package) {
            return Vec::new();
        }
        let mut marks = self.marks.lock().unwrap_or_else(PoisonError::into_inner);
        let generated = polkago_generate::generate_one(&self.store, package, &mut marks);
        drop(marks);
        let files = sources(package, texts);
        let findings = generated.findings.iter();
        findings
            .map(|finding| findings::from_generate(finding, &files))
            .collect()
    }

    /// What means something else in a package with a 32-bit `int` than with a 64-bit one.
    fn narrow_int(&self, package: &Package, texts: &[Arc<[u8]>]) -> Vec<Diagnostic> {
        let severity = match self.options.narrow_int {
            NarrowIntLevel::Off => return Vec::new(),
            NarrowIntLevel::Warn => Severity::Warning,
            NarrowIntLevel::Deny => Severity::Error,
        };
        let found = narrow_int(&self.store, package, self.options.sizes);
        if found.is_empty() {
            return Vec::new();
        }
        let files = sources(package, texts);
        let diagnostics = found.iter();
        diagnostics
            .map(|narrow| Diagnostic {
                severity,
                ..findings::from_narrow(narrow, &files)
            })
            .collect()
    }

    /// Errors about imports of std packages that polkago cannot compile.
    fn unsupported_imports(&self, loaded: &Loaded, files: &[Source<'_>]) -> Vec<Diagnostic> {
        let asks_too_much = |import: &&Import| match import.target {
            ImportTarget::Package(id) => {
                self.graph.packages[id].is_std() && self.outcome(id).broken
            }
            ImportTarget::Unsafe | ImportTarget::Missing => false,
        };
        let imports = loaded.imports.iter().filter(asks_too_much);
        imports
            .map(|import| {
                let message = format!("package {} is not supported yet", import.path);
                let d = Diagnostic::error("Unsupported", message);
                findings::at_import(d, &import.position, files)
            })
            .collect()
    }

    /// What the checker takes for a loaded package.
    fn input(&self, loaded: &Loaded, files: Vec<SourceFile>) -> PackageInput {
        let imports = loaded.imports.iter();
        let imports = imports
            .filter_map(|import| {
                let id = match import.target {
                    ImportTarget::Package(id) => self.outcome(id).id,
                    ImportTarget::Unsafe | ImportTarget::Missing => return None,
                };
                Some((Arc::from(import.path.as_str()), id))
            })
            .collect();
        PackageInput {
            path: loaded.import_path.clone(),
            files,
            imports,
            go_version: loaded.go_version.minor,
            sizes: self.options.sizes,
            kind: if loaded.is_std() {
                PackageKind::Std
            } else if loaded.assembly.is_empty() {
                PackageKind::Plain
            } else {
                PackageKind::WithAssembly
            },
        }
    }
}
