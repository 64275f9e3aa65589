//! Loading: from command-line arguments to a graph of packages in dependency order.
//!
//! The graph is found level by level. All packages of a level are read at once, then all their import paths are
//! resolved at once, and what is new makes the next level; results are put together in a fixed order, so the
//! graph does not depend on threads. A depth-first walk then orders it and finds import cycles.

use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use cranelift_entity::PrimaryMap;
use indexmap::IndexMap;
use rayon::prelude::*;

use crate::display::Display;
use crate::environment::{Environment, ModFlag, WorkFile};
use crate::error::{ErrorKind, Position, ProjectError};
use crate::fetch::Fetcher;
use crate::fs::{EMBEDDED_ROOT, FileSystem, MemoryFs, Mounts, OsFs};
use crate::hash::content_hash;
use crate::module::{BuildList, Version, with_importer};
use crate::package::{
    ContentHash, Graph, Import, ImportTarget, Origin, Package, PackageId, SourceFile,
};
use crate::paths::clean;
use crate::pattern;
use crate::release::GoRelease;
use crate::requirements;
use crate::resolve::{Context, Importer, Resolved};
use crate::scan::{Part, Scanned, Unit, scan};
use crate::target::Target;
use crate::test_packages::TestPackages;
use crate::version::GoVersion;

/// What loading needs to know besides the arguments.
#[derive(Clone, Debug)]
pub struct Config {
    /// Where files are read from. The embedded trees are mounted at [`EMBEDDED_ROOT`].
    pub fs: Arc<dyn FileSystem>,
    /// The folder that relative arguments start from, absolute.
    pub current_dir: PathBuf,
    /// What the build is for.
    pub target: Target,
    /// The root of the Go release.
    pub goroot: PathBuf,
    /// The version of the Go release.
    pub go_version: GoVersion,
    /// The user's module cache, if there is one. It is read and never written.
    pub module_cache: Option<PathBuf>,
    /// Fetches modules that are in no cache; absent where nothing may be fetched.
    pub fetcher: Option<Arc<Fetcher>>,
    /// What `-mod` asks for, if anything.
    pub mod_flag: Option<ModFlag>,
    /// Which `go.work` file counts.
    pub work_file: WorkFile,
    /// Whether the packages named come with their tests.
    pub tests: bool,
    /// With `tests`: whether programs that run them come too, as [`Graph::test_programs`].
    pub test_programs: bool,
    /// Packages that every program needs although it does not import them. They and what they import come
    /// first in the graph.
    pub implicit: Vec<String>,
}

impl Config {
    /// The usual configuration: the machine's files, with the trees embedded in the compiler (`runtime`,
    /// `overlay/IMPORT/PATH` and `sdk` at the top of `embedded`), and for a target of this compiler package
    /// `runtime` in every build. Nothing is fetched unless a fetcher is set.
    ///
    /// # Errors
    /// Where a setting of the environment makes no sense.
    pub fn new(
        release: &GoRelease,
        env: &Environment,
        current_dir: PathBuf,
        target: Target,
        embedded: Arc<MemoryFs>,
    ) -> Result<Self, ProjectError> {
        // The official targets are only checked, so nothing is linked to a package.
        let implicit = target.is_polkago().then(|| "runtime".to_string());
        Ok(Self {
            fs: Arc::new(Mounts::new(Arc::new(OsFs)).mount(EMBEDDED_ROOT, embedded)),
            current_dir: clean(&current_dir),
            target: target.with_tags(env.build_tags()),
            goroot: release.root.clone(),
            go_version: release.version,
            module_cache: env.module_cache(),
            fetcher: None,
            mod_flag: env.mod_flag()?,
            work_file: env.work_file(),
            tests: false,
            test_programs: false,
            implicit: implicit.into_iter().collect(),
        })
    }
}

/// Loads the packages that the arguments name, and all that they import.
///
/// An argument is a folder (`./sub`, `examples/hello`), a pattern (`./...`, `example.com/m/...`), an import
/// path, `std`, or all of them are `.go` files, which then make one package. Without arguments the current
/// folder is meant. The module or workspace is that of the first folder or file named, else that of the current
/// folder.
pub fn load(config: &Config, arguments: &[String]) -> Graph {
    let display = display(config);
    let graph = load_shown(config, &display, arguments);
    if let Some(fetcher) = &config.fetcher {
        fetcher.finish();
    }
    graph
}

/// The modules that take part in a build, as `go list -m all` names them: path and version, the modules that are
/// worked on first and without a version, then by path.
///
/// # Errors
/// Whatever is wrong with the files of the modules that are worked on, or why the requirement graph cannot be
/// read.
pub fn build_list(
    config: &Config,
    arguments: &[String],
) -> Result<Vec<(String, Option<Version>)>, Vec<ProjectError>> {
    let display = display(config);
    let start = pattern::start(config, arguments);
    let versions = BuildList::read(config, &display, &start)
        .and_then(|list| list.versions().map_err(|e| vec![e]));
    if let Some(fetcher) = &config.fetcher {
        fetcher.finish();
    }
    versions
}

fn display(config: &Config) -> Display {
    Display::new(
        &config.current_dir,
        &config.goroot,
        config.module_cache.as_deref(),
        config.fetcher.as_deref().map(Fetcher::root),
    )
}

fn load_shown(config: &Config, display: &Display, arguments: &[String]) -> Graph {
    let start = pattern::start(config, arguments);
    let modules = match BuildList::read(config, display, &start) {
        Ok(modules) => modules,
        Err(errors) => {
            return Graph {
                errors,
                ..Graph::default()
            };
        }
    };
    let context = Context {
        config,
        display,
        modules,
    };
    let mut loader = Loader::new(&context);
    let named = pattern::expand(&context, arguments);
    loader.errors.extend(named.errors);
    let implicit = config.implicit.iter().map(String::as_str);
    loader.implicit = loader.add_std(implicit);
    if config.test_programs {
        loader.run_tests = loader.add_std(RUN_TESTS.into_iter());
    }
    for root in named.roots {
        let node = loader.add(root.unit, None);
        loader.nodes[node].optional = root.from_pattern;
        loader.nodes[node].unit.tests = config.tests || named.all;
        if !loader.roots.contains(&node) {
            loader.roots.push(node);
        }
    }
    loader.read_all();
    if named.all {
        let implicit = &loader.implicit;
        loader.roots = (0..loader.nodes.len())
            .filter(|node| !implicit.contains(node))
            .collect();
    }
    loader.finish(named.warnings)
}

/// The version of the module that a package belongs to.
fn version(unit: &Unit) -> Option<&Version> {
    match &unit.origin {
        Origin::Dependency { version, .. } => version.as_ref(),
        Origin::Std | Origin::Runtime | Origin::Sdk | Origin::Main { .. } | Origin::CommandLine => {
            None
        }
    }
}

/// What programs that run tests import, sorted.
pub(crate) const RUN_TESTS: [&str; 4] = ["os", "reflect", "testing", "testing/internal/testdeps"];

/// A package while the graph is made.
pub(crate) struct Node {
    pub unit: Unit,
    pub scanned: Scanned,
    /// Where it is imported first; none for what arguments name.
    pub imported_at: Option<Position>,
    /// Whether a pattern found it, so that it may well have no files for the target.
    optional: bool,
    /// One entry for each import of the package, of its tests and of its external tests.
    pub targets: [Vec<Edge>; 3],
}

impl Node {
    /// The files with their imports, in the order of `targets`.
    pub fn parts(&self) -> [&Part; 3] {
        [
            &self.scanned.plain,
            &self.scanned.test,
            &self.scanned.external,
        ]
    }
}

/// What an import leads to while the graph is made.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Edge {
    Unsafe,
    Node(usize),
    Missing,
}

pub(crate) struct Loader<'a> {
    pub context: &'a Context<'a>,
    pub nodes: Vec<Node>,
    /// Looked up only, never iterated.
    by_path: HashMap<Arc<str>, usize>,
    resolved: HashMap<(Importer, String), Result<Resolved, ProjectError>>,
    /// What has been reported about imports, without position.
    reported: BTreeSet<String>,
    implicit: Vec<usize>,
    /// The nodes of [`RUN_TESTS`], where they are wanted.
    pub run_tests: Vec<usize>,
    roots: Vec<usize>,
    errors: Vec<ProjectError>,
}

impl<'a> Loader<'a> {
    fn new(context: &'a Context<'a>) -> Self {
        Self {
            context,
            nodes: Vec::new(),
            by_path: HashMap::new(),
            resolved: HashMap::new(),
            reported: BTreeSet::new(),
            implicit: Vec::new(),
            run_tests: Vec::new(),
            roots: Vec::new(),
            errors: Vec::new(),
        }
    }

    /// Adds packages of std by path.
    fn add_std<'p>(&mut self, paths: impl Iterator<Item = &'p str>) -> Vec<usize> {
        let mut nodes = Vec::new();
        for path in paths {
            match self.context.std_unit(path) {
                Some(unit) => nodes.push(self.add(unit, None)),
                None => {
                    let message = format!("package {path} is not in std ($GOROOT/src/{path})");
                    self.errors
                        .push(ProjectError::new(ErrorKind::ImportNotFound, message));
                }
            }
        }
        nodes
    }

    /// The node of a package, new or known.
    fn add(&mut self, unit: Unit, imported_at: Option<&Position>) -> usize {
        if let Some(&node) = self.by_path.get(&unit.import_path) {
            return node;
        }
        let node = self.nodes.len();
        self.by_path.insert(unit.import_path.clone(), node);
        self.nodes.push(Node {
            unit,
            scanned: Scanned::default(),
            imported_at: imported_at.cloned(),
            optional: false,
            targets: Default::default(),
        });
        node
    }

    /// Reads every package that has been added, and all that those need.
    fn read_all(&mut self) {
        let mut done = 0;
        while done < self.nodes.len() {
            let level = done..self.nodes.len();
            done = self.nodes.len();
            let Config { fs, target, .. } = self.context.config;
            let display = self.context.display;
            self.nodes[level.clone()]
                .par_iter_mut()
                .for_each(|node| node.scanned = scan(&**fs, target, display, &node.unit));
            self.resolve_imports(level.clone());
            for node in level {
                self.link(node);
            }
        }
    }

    /// Finds out what the import paths of some nodes mean, each once.
    fn resolve_imports(&mut self, level: std::ops::Range<usize>) {
        let mut wanted = BTreeSet::new();
        for node in &self.nodes[level] {
            let importer = Importer::of(&node.unit);
            for (path, _) in node.parts().into_iter().flat_map(|part| &part.imports) {
                let key = (importer, path.clone());
                if !self.resolved.contains_key(&key) {
                    wanted.insert(key);
                }
            }
        }
        let wanted: Vec<_> = wanted.into_iter().collect();
        let unsettled = self.resolve_all(&wanted);
        if unsettled.is_empty() {
            return;
        }
        match self.context.modules.read_graph() {
            Ok(_) => _ = self.resolve_all(&unsettled),
            Err(error) => {
                let answers = unsettled.into_iter().map(|key| (key, Err(error.clone())));
                self.resolved.extend(answers);
            }
        }
    }

    /// Resolves import paths as far as that goes without the requirement graph; gives the others.
    fn resolve_all(&mut self, wanted: &[(Importer, String)]) -> Vec<(Importer, String)> {
        let context = self.context;
        context
            .modules
            .prepare(wanted.iter().map(|(_, path)| path.as_str()));
        let answers: Vec<_> = wanted
            .par_iter()
            .map(|(importer, path)| context.resolve(*importer, path))
            .collect();
        let mut unsettled = Vec::new();
        for (key, answer) in wanted.iter().zip(answers) {
            if let Ok(Resolved::NeedsGraph) = answer {
                unsettled.push(key.clone());
            } else {
                self.resolved.insert(key.clone(), answer);
            }
        }
        unsettled
    }

    /// Sets what the imports of a node lead to, and collects its errors.
    fn link(&mut self, node: usize) {
        let imports = self.nodes[node].parts().map(|part| part.imports.clone());
        let targets = imports.map(|imports| self.targets(node, imports));
        let node = &mut self.nodes[node];
        node.targets = targets;
        self.errors.append(&mut node.scanned.errors);
    }

    /// What some imports of a node lead to.
    fn targets(&mut self, node: usize, imports: Vec<(String, Position)>) -> Vec<Edge> {
        let importer = Importer::of(&self.nodes[node].unit);
        let mut targets = Vec::with_capacity(imports.len());
        for (path, position) in imports {
            let target = match self.resolved.get(&(importer, path.clone())).cloned() {
                Some(Ok(Resolved::Unsafe)) => Edge::Unsafe,
                Some(Ok(Resolved::Unit(unit))) => {
                    if !self.context.may_import(&self.nodes[node].unit, &unit) {
                        let message =
                            format!("use of internal package {} not allowed", unit.import_path);
                        self.errors.push(ProjectError::at(
                            position.clone(),
                            ErrorKind::InternalPackage,
                            message,
                        ));
                    }
                    let at = self.add(unit, Some(&position));
                    if std::mem::take(&mut self.nodes[at].optional) {
                        // A pattern found it, and now it is needed.
                        self.nodes[at].imported_at = Some(position);
                    }
                    Edge::Node(at)
                }
                Some(Err(error)) => {
                    if self.reported.insert(error.message.clone()) {
                        let unit = &self.nodes[node].unit;
                        let error = if unit.origin == Origin::CommandLine {
                            error
                        } else {
                            with_importer(error, &path, &unit.import_path, version(unit))
                        };
                        self.errors.push(ProjectError {
                            position: Some(position),
                            ..error
                        });
                    }
                    Edge::Missing
                }
                // Every path of the level has been resolved, with the graph if need be.
                Some(Ok(Resolved::NeedsGraph)) | None => Edge::Missing,
            };
            targets.push(target);
        }
        targets
    }

    /// Reports the folders without Go files that are needed.
    fn report_empty(&mut self) {
        for node in self.nodes.iter_mut().filter(|node| !node.optional) {
            let Some(error) = node.scanned.empty.take() else {
                continue;
            };
            let [_, test, external] = node.parts();
            let only_tests = !test.files.is_empty() || !external.files.is_empty();
            // Tests alone are something to look at, and nothing to import.
            if only_tests && node.imported_at.is_none() {
                continue;
            }
            let excluded = error.message.starts_with("build constraints");
            let message = match &node.imported_at {
                None if excluded => format!("package {}: {}", node.unit.import_path, error.message),
                _ => error.message.clone(),
            };
            self.errors.push(ProjectError {
                position: node.imported_at.clone(),
                message,
                ..error
            });
        }
    }

    /// Orders the graph and makes the packages.
    fn finish(mut self, warnings: Vec<String>) -> Graph {
        self.report_empty();
        self.errors
            .extend(requirements::check(&self.context.modules, &self.nodes));
        self.check_programs();
        let order = self.order();
        let mut ids: Vec<Option<PackageId>> = vec![None; self.nodes.len()];
        let mut packages: PrimaryMap<PackageId, Package> = PrimaryMap::with_capacity(order.len());
        let mut by_path = IndexMap::with_capacity(order.len());
        for &at in &order {
            let node = &mut self.nodes[at];
            // With tests the files are needed once more.
            let plain = if node.unit.tests {
                node.scanned.plain.files.clone()
            } else {
                std::mem::take(&mut node.scanned.plain.files)
            };
            if plain.is_empty() {
                continue;
            }
            let node = &self.nodes[at];
            let imports = imports(&node.scanned.plain.imports, &node.targets[0], &|node| {
                ids[node]
            });
            let package = self.package(node, plain, imports, None);
            let import_path = package.import_path.clone();
            let id = push(&mut packages, &self.context.config.target, package);
            ids[at] = Some(id);
            by_path.insert(import_path, id);
        }
        let mut roots: Vec<PackageId> = self.roots.iter().filter_map(|&node| ids[node]).collect();
        let mut test_programs = Vec::new();
        if self.context.config.tests {
            let mut tests = TestPackages {
                loader: &self,
                ids: &ids,
                packages: &mut packages,
                roots: Vec::new(),
                programs: Vec::new(),
                errors: Vec::new(),
            };
            for &root in &self.roots {
                tests.add(root);
            }
            let TestPackages {
                roots: added,
                programs,
                errors,
                ..
            } = tests;
            roots.extend(added);
            test_programs = programs;
            self.errors.extend(errors);
        }
        Graph {
            packages,
            roots,
            errors: self.errors,
            warnings,
            by_path,
            test_programs,
            godebug: self.context.modules.mains.godebug.clone(),
        }
    }

    /// A package of the files of a node.
    pub(crate) fn package(
        &self,
        node: &Node,
        files: Vec<SourceFile>,
        imports: Vec<Import>,
        for_test: Option<Arc<str>>,
    ) -> Package {
        let embeds = if imports.iter().any(|i| i.path == "embed") {
            crate::embed::resolve(&*self.context.config.fs, &node.unit.dir, &files)
        } else {
            Vec::new()
        };
        Package {
            embeds,
            import_path: node.unit.import_path.clone(),
            for_test,
            name: node.scanned.name.clone(),
            dir: node.unit.dir.clone(),
            files,
            assembly: node.scanned.assembly.clone(),
            excluded: node.scanned.excluded.clone(),
            imports,
            origin: node.unit.origin.clone(),
            go_version: node.unit.go_version,
            content_hash: ContentHash::default(),
        }
    }

    /// No package may import a program, but its own external tests.
    fn check_programs(&mut self) {
        for (at, node) in self.nodes.iter().enumerate() {
            let parts = node.parts().into_iter().zip(&node.targets);
            let all = parts.flat_map(|(part, targets)| part.imports.iter().zip(targets));
            for ((path, position), target) in all {
                let Edge::Node(imported) = *target else {
                    continue;
                };
                if imported != at && self.nodes[imported].scanned.name == "main" {
                    let message =
                        format!("import {path:?} is a program, not an importable package");
                    self.errors.push(ProjectError::at(
                        position.clone(),
                        ErrorKind::ImportsProgram,
                        message,
                    ));
                }
            }
        }
    }

    /// The nodes, each after all that it imports; the implicit ones first. Import cycles are reported and cut
    /// at the import that closes them. Without recursion, so that a long chain of packages does no harm.
    fn order(&mut self) -> Vec<usize> {
        #[derive(Clone, Copy, PartialEq, Eq)]
        enum State {
            New,
            Open,
            Done,
        }
        let mut state = vec![State::New; self.nodes.len()];
        let mut order = Vec::with_capacity(self.nodes.len());
        let tests = |root: &usize| {
            let [_, test, external] = &self.nodes[*root].targets;
            let edges = test.iter().chain(external);
            edges
                .filter_map(|edge| match edge {
                    Edge::Node(node) => Some(*node),
                    Edge::Unsafe | Edge::Missing => None,
                })
                .collect::<Vec<_>>()
        };
        let imported_by_tests = self.roots.iter().flat_map(tests);
        let starts = self.implicit.iter().chain(&self.roots).copied();
        let run_tests = self.run_tests.iter().copied();
        let starts: Vec<usize> = starts.chain(imported_by_tests).chain(run_tests).collect();
        for start in starts {
            if state[start] != State::New {
                continue;
            }
            // Each entry: a node and how many of its imports have been followed.
            let mut path: Vec<(usize, usize)> = vec![(start, 0)];
            state[start] = State::Open;
            while let Some((node, followed)) = path.last_mut() {
                let Some(&target) = self.nodes[*node].targets[0].get(*followed) else {
                    state[*node] = State::Done;
                    order.push(*node);
                    path.pop();
                    continue;
                };
                *followed += 1;
                let Edge::Node(next) = target else { continue };
                match state[next] {
                    State::Done => {}
                    State::New => {
                        state[next] = State::Open;
                        path.push((next, 0));
                    }
                    State::Open => {
                        self.errors.push(self.cycle(&path));
                        let Some(&(node, followed)) = path.last() else {
                            continue;
                        };
                        self.nodes[node].targets[0][followed - 1] = Edge::Missing;
                    }
                }
            }
        }
        order
    }

    /// The error for a walk whose last import leads back into it.
    fn cycle(&self, path: &[(usize, usize)]) -> ProjectError {
        let mut message = String::new();
        if let Some(&(first, _)) = path.first() {
            message = format!("package {}", self.nodes[first].unit.import_path);
        }
        for &(node, followed) in path {
            let (import, position) = &self.nodes[node].scanned.plain.imports[followed - 1];
            let file = Path::new(&position.file)
                .file_name()
                .map(|name| name.to_string_lossy());
            message.push_str(&format!(
                "\n\timports {import} from {}",
                file.unwrap_or_default()
            ));
        }
        message.push_str(": import cycle not allowed");
        ProjectError::new(ErrorKind::ImportCycle, message)
    }
}

/// The imports of a package, given what their targets have become.
pub(crate) fn imports(
    specs: &[(String, Position)],
    targets: &[Edge],
    id: &dyn Fn(usize) -> Option<PackageId>,
) -> Vec<Import> {
    let import = |((path, position), target): (&(String, Position), &Edge)| Import {
        path: path.clone(),
        position: position.clone(),
        target: match *target {
            Edge::Unsafe => ImportTarget::Unsafe,
            Edge::Missing => ImportTarget::Missing,
            Edge::Node(node) => id(node).map_or(ImportTarget::Missing, ImportTarget::Package),
        },
    };
    specs.iter().zip(targets).map(import).collect()
}

/// Adds a package, with its hash, to those before it.
pub(crate) fn push(
    packages: &mut PrimaryMap<PackageId, Package>,
    target: &Target,
    mut package: Package,
) -> PackageId {
    package.content_hash = content_hash(target, &package, &|id| packages[id].content_hash);
    packages.push(package)
}
