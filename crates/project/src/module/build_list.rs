//! Which modules a build is made from, and which of them has the package for an import path.
//!
//! Where the main module's `go.mod` file names all that its packages need (from language version 1.17 on), the
//! requirement graph is read only when an import is found in none of the modules named there. Then, and in older
//! modules and workspaces, minimal version selection over the graph says which versions take part.
//!
//! Source of the rule: *Go Modules Reference*, sections *Resolving a package to a module*, *Lazy module loading*
//! and *Vendoring*.

use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use super::gomod::{DEFAULT_GO_VERSION, GoMod, ModuleVersion, Strictness};
use super::graph::{Pruning, Roots, Selection, select};
use super::main_modules::{MainModule, MainModules, Start, Vendored};
use super::path::is_std_like;
use super::semver::Version;
use super::sources::Sources;
use crate::display::Display;
use crate::error::{ErrorKind, ProjectError};
use crate::fs::{EMBEDDED_ROOT, FileSystem};
use crate::load::Config;
use crate::parallel;
use crate::paths::{join_slash, strip_path_prefix};
use crate::version::GoVersion;

/// The module that comes with the compiler, unless a `go.mod` file names another source for it.
pub const SDK_MODULE: &str = "polkago.dev/sdk";

/// Where a module's files are.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ModuleOrigin {
    /// A module that is worked on.
    Main,
    /// The SDK that comes with the compiler.
    Sdk,
    /// A folder named by a `replace` line.
    Local,
    /// A module cache.
    Cache,
    /// A vendor folder.
    Vendor,
}

/// A module that takes part in a build.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Module {
    /// The module path, under which its packages are imported.
    pub path: String,
    /// The version selected; none for main modules and the SDK.
    pub version: Option<Version>,
    /// The folder of its root package.
    pub dir: PathBuf,
    /// The language version of its packages.
    pub go_version: GoVersion,
    /// Where its files are.
    pub origin: ModuleOrigin,
    /// Folders that patterns pass over: the `ignore` lines of its `go.mod` file.
    pub ignore: Vec<String>,
}

impl Module {
    /// Path and version as the module cache writes them; the path alone where there is no version.
    pub fn stable_name(&self) -> String {
        match (&self.version, self.origin) {
            (Some(version), ModuleOrigin::Cache | ModuleOrigin::Vendor) => {
                format!("{}@{version}", self.path)
            }
            _ => self.path.clone(),
        }
    }
}

/// Where the package for an import path lies.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Location {
    /// The module that provides it.
    pub module: Arc<Module>,
    /// Its folder.
    pub dir: PathBuf,
}

/// What is known of an import path so far.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Lookup {
    Found(Location),
    /// The requirement graph must be read first: [`BuildList::read_graph`].
    NeedsGraph,
}

/// The modules of a build.
#[derive(Debug)]
pub(crate) struct BuildList<'a> {
    config: &'a Config,
    display: &'a Display,
    /// The modules that are worked on.
    pub mains: MainModules,
    /// The SDK that comes with the compiler, unless a file names another source for it.
    sdk: Option<Arc<Module>>,
    /// The versions that the main module names; none where the graph must be read at any rate.
    roots: Option<Selection>,
    /// What the requirement graph selects, once it has been read.
    graph: OnceLock<Result<Selection, ProjectError>>,
    /// Modules that have been looked for.
    located: Mutex<HashMap<ModuleVersion, Result<Arc<Module>, ProjectError>>>,
}

impl<'a> BuildList<'a> {
    /// The list of what belongs to a start.
    ///
    /// # Errors
    /// Everything that is wrong with the files there.
    pub fn read(
        config: &'a Config,
        display: &'a Display,
        start: &Start,
    ) -> Result<Self, Vec<ProjectError>> {
        let mains = MainModules::read(config, display, start)?;
        let roots = mains.roots();
        let mut list = Self {
            config,
            display,
            sdk: None,
            roots: named_versions(&roots),
            mains,
            graph: OnceLock::new(),
            located: Mutex::new(HashMap::new()),
        };
        list.sdk = list.sdk().map(Arc::new);
        Ok(list)
    }

    fn sources(&self) -> Sources<'_> {
        Sources {
            config: self.config,
            display: self.display,
            mains: &self.mains,
        }
    }

    fn fs(&self) -> &dyn FileSystem {
        &*self.config.fs
    }

    /// The SDK that comes with the compiler, unless it is required or itself worked on. A `replace` line alone
    /// also counts as naming another source.
    fn sdk(&self) -> Option<Module> {
        let mut required = self
            .mains
            .modules
            .iter()
            .flat_map(|main| &main.go_mod.require);
        if self.mains.get(SDK_MODULE).is_some()
            || required.any(|require| require.module.path == SDK_MODULE)
        {
            return None;
        }
        let (dir, origin) = match self.mains.replaced_by_directory(SDK_MODULE) {
            Some(dir) => (dir, ModuleOrigin::Local),
            None => (Path::new(EMBEDDED_ROOT).join("sdk"), ModuleOrigin::Sdk),
        };
        let go_version = match self.fs().read(&dir.join("go.mod")) {
            Ok(content) => {
                let text = String::from_utf8_lossy(&content);
                GoMod::parse(&text, Strictness::Dependency).0.go_version()
            }
            Err(_) => DEFAULT_GO_VERSION,
        };
        Some(Module {
            path: SDK_MODULE.to_string(),
            version: None,
            dir,
            go_version,
            origin,
            ignore: Vec::new(),
        })
    }

    /// Reads the requirement graph, unless that has been done.
    ///
    /// # Errors
    /// The first `go.mod` file that could not be had or read.
    pub fn read_graph(&self) -> Result<&Selection, ProjectError> {
        let sources = self.sources();
        let read = || select(&self.mains.roots(), &|node| sources.summary(node));
        self.graph.get_or_init(read).as_ref().map_err(Clone::clone)
    }

    /// Whether the main module must name every module that has a package of the build.
    pub fn names_all(&self) -> bool {
        self.roots.is_some()
    }

    /// Whether a main module names a module in a version.
    pub fn names(&self, path: &str, version: &Version) -> bool {
        let mains = self.mains.modules.iter();
        let mut required = mains.flat_map(|main| &main.go_mod.require);
        required.any(|require| require.module.path == path && require.module.version == *version)
    }

    /// The versions that count now: those of the graph if it has been read, else those that the main module names.
    fn selection(&self) -> Option<Result<&Selection, ProjectError>> {
        match self.graph.get() {
            Some(read) => Some(read.as_ref().map_err(Clone::clone)),
            None => self.roots.as_ref().map(Ok),
        }
    }

    /// Finds the modules that may have the packages for some import paths, all at once: those that are on no
    /// disk are fetched side by side.
    pub fn prepare<'p>(&self, paths: impl Iterator<Item = &'p str>) {
        if self.mains.vendored.is_some() {
            return;
        }
        let Some(Ok(selection)) = self.selection() else {
            return;
        };
        let mut wanted: BTreeSet<ModuleVersion> = BTreeSet::new();
        for path in paths {
            wanted.extend(candidates(selection, path));
        }
        {
            let located = self.located.lock().unwrap_or_else(PoisonError::into_inner);
            wanted.retain(|module| !located.contains_key(module));
        }
        let wanted: Vec<ModuleVersion> = wanted.into_iter().collect();
        parallel::map(&wanted, |module| _ = self.locate(module));
    }

    /// The module in a version, found or fetched, each once.
    fn locate(&self, module: &ModuleVersion) -> Result<Arc<Module>, ProjectError> {
        let known = |located: &HashMap<_, Result<_, _>>| located.get(module).cloned();
        let lock = || self.located.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(answer) = known(&lock()) {
            return answer;
        }
        let answer = self.sources().module(module).map(Arc::new);
        lock().entry(module.clone()).or_insert(answer).clone()
    }

    /// The modules that take part and whose path is wanted, main modules first, as far as they can be found.
    ///
    /// # Errors
    /// Where the requirement graph could not be read.
    pub fn all(
        &self,
        wanted: &dyn Fn(&str) -> bool,
    ) -> Result<Vec<Result<Arc<Module>, ProjectError>>, ProjectError> {
        let mains = self.mains.modules.iter();
        let mut modules: Vec<_> = mains.map(|main| Ok(main.module.clone())).collect();
        modules.extend(self.sdk.iter().cloned().map(Ok));
        // A vendor folder is one tree for all modules; only what is imported from it counts.
        if self.mains.vendored.is_none() && !self.mains.modules.is_empty() {
            let selected: Vec<ModuleVersion> = versions(self.read_graph()?)
                .filter(|module| wanted(&module.path))
                .collect();
            modules.extend(parallel::map(&selected, |module| self.locate(module)));
        }
        Ok(modules)
    }

    /// The build list: paths and versions of all modules, main modules first, then by path.
    ///
    /// # Errors
    /// Where the requirement graph could not be read.
    pub fn versions(&self) -> Result<Vec<(String, Option<Version>)>, ProjectError> {
        let mains = self.mains.modules.iter();
        let mut list: Vec<_> = mains.map(|main| (main.module.path.clone(), None)).collect();
        if !list.is_empty() {
            let selected = self.read_graph()?.iter();
            list.extend(selected.map(|(path, version)| (path.clone(), Some(version.clone()))));
        }
        Ok(list)
    }

    /// Finds the package for an import path of a file outside of std.
    ///
    /// # Errors
    /// In the words of the `go` command: no module has the package, several have it, or one that would cannot
    /// be had.
    pub fn find(&self, path: &str) -> Result<Lookup, ProjectError> {
        let mut found: Vec<Location> = Vec::new();
        let local = self.mains.modules.iter().map(|main| &main.module);
        for module in local.chain(&self.sdk) {
            found.extend(self.find_in(module, path));
        }
        if let Some(vendored) = &self.mains.vendored {
            found.extend(self.find_vendored(vendored, path));
            return self.only(path, found);
        }
        // Without main modules nothing is required.
        if self.mains.modules.is_empty() {
            return self.only(path, found);
        }
        let Some(selection) = self.selection() else {
            return Ok(Lookup::NeedsGraph);
        };
        let mut without_sum: Vec<ModuleVersion> = Vec::new();
        for candidate in candidates(selection?, path) {
            match self.locate(&candidate) {
                Ok(module) => found.extend(self.find_in(&module, path)),
                Err(error) if error.kind == ErrorKind::MissingSum => without_sum.push(candidate),
                // It may have the package, so whether another has it alone cannot be told.
                Err(error) => return Err(error),
            }
        }
        if found.len() < 2 && !without_sum.is_empty() {
            return Err(missing_sum(path, !found.is_empty(), &without_sum));
        }
        if found.is_empty() && self.graph.get().is_none() {
            return Ok(Lookup::NeedsGraph);
        }
        self.only(path, found)
    }

    fn find_in(&self, module: &Arc<Module>, path: &str) -> Option<Location> {
        let rest = strip_path_prefix(path, &module.path)?;
        let dir = join_slash(&module.dir, rest);
        let fs = self.fs();
        (has_go_files(fs, &dir) && !crosses_module(fs, module, &dir)).then(|| Location {
            module: module.clone(),
            dir,
        })
    }

    fn find_vendored(&self, vendored: &Vendored, path: &str) -> Option<Location> {
        let dir = join_slash(&vendored.dir, path);
        if !has_go_files(self.fs(), &dir) {
            return None;
        }
        let (name, version, go_version) = match vendored.list.module_of(path) {
            Some(module) => (
                module.path.clone(),
                Some(module.version.clone()),
                vendored.list.go_version(module),
            ),
            None if vendored.listed_only => return None,
            None => (path.to_string(), None, None),
        };
        let module = Arc::new(Module {
            dir: join_slash(&vendored.dir, &name),
            path: name,
            version,
            go_version: go_version.unwrap_or(DEFAULT_GO_VERSION),
            origin: ModuleOrigin::Vendor,
            ignore: Vec::new(),
        });
        Some(Location { module, dir })
    }

    /// The only place where a package was found.
    fn only(&self, path: &str, mut found: Vec<Location>) -> Result<Lookup, ProjectError> {
        if found.len() > 1 {
            found.sort_by_key(|location| location.module.path.len());
            let list: String = found
                .iter()
                .map(|location| {
                    let dir = self.display.short(&location.dir);
                    let module = &location.module;
                    match &module.version {
                        _ if self.mains.vendored.is_some() => format!("\n\t{dir}"),
                        Some(version) => format!("\n\t{} {version} ({dir})", module.path),
                        None => format!("\n\t{} ({dir})", module.path),
                    }
                })
                .collect();
            let kind = match self.mains.vendored {
                Some(_) => "directories",
                None => "modules",
            };
            let message =
                format!("ambiguous import: found package {path} in multiple {kind}:{list}");
            return Err(ProjectError::new(ErrorKind::AmbiguousImport, message));
        }
        match found.pop() {
            Some(location) => Ok(Lookup::Found(location)),
            None => Err(self.not_found(path)),
        }
    }

    /// The main module that a folder belongs to, going by folders alone.
    pub fn main_of(&self, dir: &Path) -> Option<&MainModule> {
        let mains = self.mains.modules.iter();
        mains
            .filter(|main| dir.starts_with(&main.module.dir))
            .max_by_key(|main| main.module.dir.components().count())
    }

    /// Whether a module takes part, as far as is known.
    fn selects(&self, module: &str) -> bool {
        matches!(self.selection(), Some(Ok(selection)) if selection.contains_key(module))
    }

    /// Whether what replaces a module in all versions has Go files for an import path; true where it is no folder.
    fn replacement_may_have(&self, module: &str, path: &str) -> bool {
        let rest = strip_path_prefix(path, module).unwrap_or_default();
        self.mains
            .replaced_by_directory(module)
            .is_none_or(|dir| has_go_files(self.fs(), &join_slash(&dir, rest)))
    }

    fn not_found(&self, path: &str) -> ProjectError {
        let error = |message: String| ProjectError::new(ErrorKind::ImportNotFound, message);
        if is_std_like(path) {
            error(format!("package {path} is not in std ($GOROOT/src/{path})"))
        } else if self.mains.modules.is_empty() {
            error(format!(
                "no required module provides package {path}: go.mod file not found in current \
                 directory or any parent directory; see 'go help modules'"
            ))
        } else if self.mains.vendored.is_some() {
            error(format!(
                "cannot find module providing package {path}: import lookup disabled by -mod=vendor"
            ))
            .with_help("(Go version in go.mod is at least 1.14 and vendor directory exists.)")
        } else if let Some((module, version)) = self.mains.replaced_prefix(path)
            && !self.selects(module)
            && self.replacement_may_have(module, path)
        {
            let at = version.map_or_else(String::new, |version| format!("@{version}"));
            error(format!(
                "module {module} provides package {path} and is replaced but not required; to add it:"
            ))
            .with_help(format!("go get {module}{at}"))
        } else {
            error(format!(
                "no required module provides package {path}; to add it:"
            ))
            .with_help(format!("go get {path}"))
        }
    }
}

/// The versions that a single main module names, if all that its packages need stands there. Where a path stands
/// twice the higher version counts.
fn named_versions(roots: &Roots) -> Option<Selection> {
    if roots.pruning != Pruning::Pruned {
        return None;
    }
    let mut named = Selection::new();
    for node in &roots.nodes {
        let super::graph::Node::Version(module) = node else {
            continue;
        };
        if named
            .get(&module.path)
            .is_none_or(|version| *version < module.version)
        {
            named.insert(module.path.clone(), module.version.clone());
        }
    }
    Some(named)
}

fn versions(selection: &Selection) -> impl Iterator<Item = ModuleVersion> {
    selection.iter().map(|(path, version)| ModuleVersion {
        path: path.clone(),
        version: version.clone(),
    })
}

/// The selected modules whose path a package's path starts with, the longest first.
fn candidates(selection: &Selection, path: &str) -> Vec<ModuleVersion> {
    let mut found = Vec::new();
    let mut prefix = path;
    loop {
        if let Some(version) = selection.get(prefix) {
            found.push(ModuleVersion {
                path: prefix.to_string(),
                version: version.clone(),
            });
        }
        match prefix.rsplit_once('/') {
            Some((shorter, _)) => prefix = shorter,
            None => return found,
        }
    }
}

/// The error for modules that may have a package and stand without checksum in `go.sum`. Who imports the package is
/// added where that is known: [`with_importer`].
fn missing_sum(path: &str, found: bool, modules: &[ModuleVersion]) -> ProjectError {
    if modules.iter().any(|module| module.path == SDK_MODULE) {
        // No proxy has it, so that no command could add the checksum.
        let message = format!("go.mod requires {SDK_MODULE}, and go.sum has no checksum of it");
        return ProjectError::new(ErrorKind::MissingSum, message).with_help(
            "take the requirement out, since the SDK comes with polkago; for the official go replace it by a copy, as polkago new does",
        );
    }
    let message = if found {
        format!(
            "missing go.sum entry needed to verify package {path} is provided by exactly one module; to add:"
        )
    } else {
        format!("missing go.sum entry for module providing package {path}; to add:")
    };
    let names: Vec<&str> = modules
        .iter()
        .rev()
        .map(|module| module.path.as_str())
        .collect();
    ProjectError::new(ErrorKind::MissingSum, message)
        .with_help(format!("go mod download {}", names.join(" ")))
}

/// The error about a missing checksum with the package that imports the one in question, as the `go` command
/// words it.
pub(crate) fn with_importer(
    error: ProjectError,
    path: &str,
    importer: &str,
    version: Option<&Version>,
) -> ProjectError {
    let package = format!("package {path}");
    // What is said of a go.mod file holds for all importers.
    if error.kind != ErrorKind::MissingSum || !error.message.contains(&package) {
        return error;
    }
    let at = version.map_or_else(String::new, |version| format!("@{version}"));
    ProjectError {
        message: error.message.replacen(
            &package,
            &format!("{package} (imported by {importer})"),
            1,
        ),
        help: Some(format!("go get {importer}{at}")),
        ..error
    }
}

/// Whether a folder has a Go file, whatever its constraints.
pub(crate) fn has_go_files(fs: &dyn FileSystem, dir: &Path) -> bool {
    use crate::fs::FileKind;
    fs.list(dir).is_ok_and(|entries| {
        entries
            .iter()
            .any(|entry| entry.kind == FileKind::File && entry.name.ends_with(".go"))
    })
}

/// Whether a folder belongs to another module nested in this one.
fn crosses_module(fs: &dyn FileSystem, module: &Module, dir: &Path) -> bool {
    match module.origin {
        // Archives hold no nested modules.
        ModuleOrigin::Cache | ModuleOrigin::Vendor => false,
        ModuleOrigin::Main | ModuleOrigin::Sdk | ModuleOrigin::Local => dir
            .ancestors()
            .take_while(|dir| **dir != module.dir && dir.starts_with(&module.dir))
            .any(|dir| fs.is_file(&dir.join("go.mod"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::environment::WorkFile;
    use crate::fs::MemoryFs;
    use crate::release::RELEASE;
    use crate::target::Target;

    /// Runs something with the list of the module in `/m`.
    fn with_list<T>(
        files: &[(&str, &str)],
        work: impl FnOnce(&BuildList<'_>) -> T,
    ) -> Result<T, Vec<String>> {
        let config = Config {
            fs: Arc::new(MemoryFs::from_files(files.iter().copied())),
            current_dir: PathBuf::from("/m"),
            target: Target::polkago("polkadot"),
            goroot: PathBuf::from("/go"),
            go_version: RELEASE.version(),
            module_cache: Some(PathBuf::from("/cache")),
            fetcher: None,
            mod_flag: None,
            work_file: WorkFile::Off,
            tests: false,
            test_programs: false,
            implicit: Vec::new(),
        };
        let cache = config.module_cache.as_deref();
        let display = Display::new(Path::new("/m"), Path::new("/go"), cache, None);
        let list = BuildList::read(&config, &display, &Start::Module(PathBuf::from("/m")))
            .map_err(|errors| errors.iter().map(ToString::to_string).collect::<Vec<_>>())?;
        Ok(work(&list))
    }

    fn find(files: &[(&str, &str)], path: &str) -> Result<String, String> {
        let found = with_list(files, |list| {
            if list.find(path) == Ok(Lookup::NeedsGraph) {
                list.read_graph().map_err(|e| e.to_string())?;
            }
            list.find(path).map_err(|e| e.to_string())
        });
        match found.map_err(|errors| errors.concat())?? {
            Lookup::Found(found) => Ok(format!(
                "{} in {}",
                crate::paths::to_slash(&found.dir),
                found.module.stable_name()
            )),
            Lookup::NeedsGraph => Err("needs the graph".to_string()),
        }
    }

    const MAIN: &str = "module example.com/m\ngo 1.26\n";

    #[test]
    fn packages_are_found_in_the_main_module_the_cache_and_replacements() {
        let files = [
            (
                "/m/go.mod",
                "module example.com/m\ngo 1.26\nrequire (\n a.b/Cache v1.2.0\n a.b/local v1.0.0\n a.b/gone v1.0.0\n)\nreplace a.b/local => ../local\n",
            ),
            ("/m/sub/x.go", "package sub"),
            ("/m/nested/go.mod", "module example.com/nested"),
            ("/m/nested/x.go", "package nested"),
            ("/cache/a.b/!cache@v1.2.0/p/x.go", "package p"),
            (
                "/cache/a.b/!cache@v1.2.0/go.mod",
                "module a.b/Cache\ngo 1.20\n",
            ),
            ("/local/x.go", "package local"),
            ("/local/go.mod", "module a.b/local\n"),
            (
                "/m/go.sum",
                "a.b/Cache v1.2.0 h1:x\na.b/Cache v1.2.0/go.mod h1:y\na.b/gone v1.0.0 h1:x\na.b/gone v1.0.0/go.mod h1:y\n",
            ),
        ];
        for (path, want) in [
            ("example.com/m/sub", Ok("/m/sub in example.com/m")),
            (
                "a.b/Cache/p",
                Ok("/cache/a.b/!cache@v1.2.0/p in a.b/Cache@v1.2.0"),
            ),
            ("a.b/local", Ok("/local in a.b/local")),
            (
                "a.b/gone/x",
                Err(
                    "a.b/gone@v1.0.0: module is not in the module cache; to fetch it:\n\tgo mod download a.b/gone",
                ),
            ),
            (
                "foo/bar",
                Err("package foo/bar is not in std ($GOROOT/src/foo/bar)"),
            ),
            (
                "example.com/m/nested",
                Err(
                    "no required module provides package example.com/m/nested; to add it:\n\tgo get example.com/m/nested",
                ),
            ),
        ] {
            // Only with the whole graph is it known that a package is nowhere.
            let go_mod = files[0].1.replace(" a.b/gone v1.0.0\n", "");
            let mut files = files;
            if !path.starts_with("a.b/gone") {
                files[0].1 = &go_mod;
            }
            assert_eq!(
                find(&files, path),
                want.map(String::from).map_err(String::from),
                "{path}"
            );
        }
    }

    #[test]
    fn two_modules_with_one_package_are_ambiguous() {
        let files = [
            (
                "/m/go.mod",
                "module example.com/m\ngo 1.26\nrequire a.b/c v1.0.0\nrequire a.b/c/d v1.0.0\n",
            ),
            ("/cache/a.b/c@v1.0.0/d/x.go", "package d"),
            ("/cache/a.b/c/d@v1.0.0/x.go", "package d"),
            (
                "/m/go.sum",
                "a.b/c v1.0.0 h1:x\na.b/c v1.0.0/go.mod h1:y\na.b/c/d v1.0.0 h1:x\na.b/c/d v1.0.0/go.mod h1:y\n",
            ),
        ];
        let want = "ambiguous import: found package a.b/c/d in multiple modules:\n\t\
                    a.b/c v1.0.0 ($GOMODCACHE/a.b/c@v1.0.0/d)\n\ta.b/c/d v1.0.0 ($GOMODCACHE/a.b/c/d@v1.0.0)";
        assert_eq!(find(&files, "a.b/c/d"), Err(want.to_string()));
    }

    #[test]
    fn a_vendor_folder_provides_other_modules() {
        let files = [
            (
                "/m/go.mod",
                "module example.com/m\ngo 1.26\nrequire a.b/c v1.0.0\n",
            ),
            (
                "/m/vendor/modules.txt",
                "# a.b/c v1.0.0\n## explicit; go 1.19\na.b/c\n",
            ),
            ("/m/vendor/a.b/c/x.go", "package c"),
        ];
        assert_eq!(
            find(&files, "a.b/c").as_deref(),
            Ok("/m/vendor/a.b/c in a.b/c@v1.0.0")
        );
        assert!(
            find(&files, "a.b/d")
                .expect_err("not vendored")
                .contains("import lookup disabled by -mod=vendor")
        );
    }

    #[test]
    fn the_sdk_is_there_unless_replaced() {
        let embedded = ("$POLKAGO/sdk/abi/abi.go", "package abi");
        let files = [("/m/go.mod", MAIN), embedded];
        assert_eq!(
            find(&files, "polkago.dev/sdk/abi").as_deref(),
            Ok("$POLKAGO/sdk/abi in polkago.dev/sdk")
        );
        let replaced = "module example.com/m\nreplace polkago.dev/sdk => ./sdk\n";
        let files = [
            ("/m/go.mod", replaced),
            embedded,
            ("/m/sdk/abi/abi.go", "package abi"),
        ];
        assert_eq!(
            find(&files, "polkago.dev/sdk/abi").as_deref(),
            Ok("/m/sdk/abi in polkago.dev/sdk")
        );
    }

    #[test]
    fn go_mod_errors_have_places() {
        for (text, want) in [
            (
                "go 1.26\n",
                "go.mod:1:1: missing module declaration. To specify the module path:\n\tgo mod edit -module=example.com/mod",
            ),
            (
                "module m\n\ngo 1.99\n",
                "go.mod:3:1: go.mod requires go >= 1.99 (running go 1.26.8)",
            ),
            (
                "module \"a b\"\n",
                "go.mod:1:1: malformed module path \"a b\": invalid char ' '",
            ),
            ("module m\nfoo\n", "go.mod:2:1: unknown directive: foo"),
        ] {
            let errors = with_list(&[("/m/go.mod", text)], |_| ()).expect_err("invalid");
            assert_eq!(errors[0], want);
        }
    }
}
