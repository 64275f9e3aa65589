//! The modules that are worked on: one with its `go.mod` file, or those of a workspace with its `go.work` file.
//! They alone say what is replaced, what is excluded and which checksums hold.
//!
//! Source of the rule: *Go Modules Reference*, sections *go.mod files*, *Workspaces* and *Vendoring*; `go help
//! environment` for `GOFLAGS` and `GOWORK`.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::build_list::{Module, ModuleOrigin};
use super::gomod::{At, GoMod, ModError, ModuleVersion, Replace, Replacement, Strictness};
use super::gosum::GoSum;
use super::gowork::GoWork;
use super::graph::{Node, Pruning, Roots, Summary, supports_pruning};
use super::path::check_import_path;
use super::semver::Version;
use super::vendor::{self, KnownReplace, VendorList};
use crate::display::Display;
use crate::environment::ModFlag;
use crate::error::{ErrorKind, Position, ProjectError};
use crate::fs::FileSystem;
use crate::load::Config;
use crate::paths::{clean, relative, strip_path_prefix, to_slash};
use crate::version::GoVersion;

/// The largest `go.mod`, `go.sum` or similar file that is read, in bytes.
pub(crate) const MAX_FILE: usize = 16 << 20;

/// Where the modules that are worked on are named.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Start {
    /// The folder of a `go.mod` file.
    Module(PathBuf),
    /// A `go.work` file.
    Workspace(PathBuf),
    /// Nowhere: files are built outside of any module.
    Nowhere,
}

/// What takes the place of a module, with folders made absolute.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Actual {
    /// A folder, and how the file names it.
    Directory {
        /// The folder.
        dir: PathBuf,
        /// As written.
        text: String,
    },
    /// A module in a version; the same one where nothing replaces it.
    Module(ModuleVersion),
}

/// One module that is worked on.
#[derive(Clone, Debug)]
pub(crate) struct MainModule {
    pub module: Arc<Module>,
    pub go_mod: GoMod,
}

/// The packages of other modules, in one folder.
#[derive(Clone, Debug)]
pub(crate) struct Vendored {
    pub dir: PathBuf,
    pub list: VendorList,
    /// Whether a package must stand in the list to be found.
    pub listed_only: bool,
}

/// All modules that are worked on.
#[derive(Clone, Debug, Default)]
pub(crate) struct MainModules {
    pub modules: Vec<MainModule>,
    /// Whether a `go.work` file names them.
    pub workspace: bool,
    /// The settings of the `godebug` lines that count.
    pub godebug: Vec<String>,
    pub vendored: Option<Vendored>,
    pub sums: GoSum,
    replaced: HashMap<(String, Option<Version>), Actual>,
    excluded: HashSet<ModuleVersion>,
}

impl MainModules {
    /// Reads what belongs to a start.
    ///
    /// # Errors
    /// Everything that is wrong with the files.
    pub fn read(
        config: &Config,
        display: &Display,
        start: &Start,
    ) -> Result<Self, Vec<ProjectError>> {
        let reader = Reader {
            fs: &*config.fs,
            display,
            go_version: config.go_version,
        };
        let mut mains = Self::default();
        let (dir, work) = match start {
            Start::Nowhere => return Ok(mains),
            Start::Module(root) => {
                mains.modules.push(reader.module(root)?);
                (root.clone(), None)
            }
            Start::Workspace(file) => {
                let dir = file.parent().unwrap_or(Path::new(".")).to_path_buf();
                let work = reader.work(file)?;
                mains.workspace = true;
                mains.modules = reader.used(file, &dir, &work)?;
                (dir, Some(work))
            }
        };
        let settings = match (&work, &*mains.modules) {
            (Some(work), _) => &*work.godebug,
            (None, [only]) => &*only.go_mod.godebug,
            (None, _) => &[],
        };
        // In a workspace its own version counts, not that of the module.
        let version = work.as_ref().and_then(|work| work.go.as_ref());
        let version = version.map(|(version, _)| format!("default=go{version}"));
        let settings = settings.iter().map(|item| item.text.clone());
        mains.godebug = version.into_iter().chain(settings).collect();
        mains
            .add_replacements(display, &dir, work.as_ref())
            .map_err(|e| vec![e])?;
        let excluded = mains.modules.iter().flat_map(|main| &main.go_mod.exclude);
        mains.excluded = excluded.map(|(module, _)| module.clone()).collect();
        mains.add_sums(&reader, start).map_err(|e| vec![e])?;
        mains
            .add_vendored(&reader, config.mod_flag, &dir, work.as_ref())
            .map_err(|e| vec![e])?;
        Ok(mains)
    }

    /// What is built for a module: itself, or what replaces it. A line that names the version wins over one that
    /// names none.
    pub fn actual(&self, module: &ModuleVersion) -> Actual {
        let of = |version: Option<Version>| self.replaced.get(&(module.path.clone(), version));
        of(Some(module.version.clone()))
            .or_else(|| of(None))
            .cloned()
            .unwrap_or_else(|| Actual::Module(module.clone()))
    }

    /// The folder that takes the place of a module in all versions, if any.
    pub fn replaced_by_directory(&self, path: &str) -> Option<PathBuf> {
        match self.replaced.get(&(path.to_string(), None))? {
            Actual::Directory { dir, .. } => Some(dir.clone()),
            Actual::Module(_) => None,
        }
    }

    /// The longest module path that is replaced and that an import path starts with, with the highest version
    /// that the lines name, if any does.
    pub fn replaced_prefix(&self, path: &str) -> Option<(&str, Option<&Version>)> {
        let keys = self.replaced.keys();
        keys.filter(|(module, _)| strip_path_prefix(path, module).is_some())
            .map(|(module, version)| (module.as_str(), version.as_ref()))
            .max_by_key(|(module, version)| (module.len(), *version))
    }

    /// Whether a version is excluded, so that requirements on it do not count.
    pub fn excludes(&self, module: &ModuleVersion) -> bool {
        self.excluded.contains(module)
    }

    /// The main module with a path.
    pub fn get(&self, path: &str) -> Option<&MainModule> {
        self.modules.iter().find(|main| main.module.path == path)
    }

    /// Where the requirement graph starts.
    pub fn roots(&self) -> Roots {
        let mains: Vec<String> = self
            .modules
            .iter()
            .map(|main| main.module.path.clone())
            .collect();
        match &self.modules[..] {
            [main] if !self.workspace => Roots {
                nodes: self.required(main).map(Node::Version).collect(),
                pruning: if supports_pruning(main.go_mod.go.map(|(version, _)| version)) {
                    Pruning::Pruned
                } else {
                    Pruning::Unpruned
                },
                mains,
            },
            _ => Roots {
                nodes: mains.iter().cloned().map(Node::Main).collect(),
                pruning: Pruning::Workspace,
                mains,
            },
        }
    }

    /// What the `go.mod` file of a main module says to the graph.
    pub fn summary(&self, main: &MainModule) -> Summary {
        Summary {
            go_version: main.go_mod.go_version(),
            pruned: supports_pruning(main.go_mod.go.map(|(version, _)| version)),
            require: self.required(main).collect(),
            ignore: Vec::new(),
        }
    }

    fn required<'a>(&'a self, main: &'a MainModule) -> impl Iterator<Item = ModuleVersion> + 'a {
        let required = main.go_mod.require.iter().map(|require| &require.module);
        required.filter(|module| !self.excludes(module)).cloned()
    }

    /// Collects the replacements. Those of the `go.work` file win; the modules of a workspace must agree.
    fn add_replacements(
        &mut self,
        display: &Display,
        dir: &Path,
        work: Option<&GoWork>,
    ) -> Result<(), ProjectError> {
        let mut by_work: HashSet<&str> = HashSet::new();
        for replace in work.iter().flat_map(|work| &work.replace) {
            if replace.version.is_none() && self.get(&replace.path).is_some() {
                let path = &replace.path;
                let message = format!(
                    "workspace module {path} is replaced at all versions in the go.work file. To fix, remove the \
                     replacement from the go.work file or specify the version at which to replace the module."
                );
                return Err(ProjectError::new(ErrorKind::GoMod, message));
            }
            by_work.insert(&replace.path);
            let key = (replace.path.clone(), replace.version.clone());
            self.replaced.insert(key, target(replace, dir));
        }
        for main in &self.modules {
            let mut own: HashSet<(String, Option<Version>)> = HashSet::new();
            for replace in &main.go_mod.replace {
                if by_work.contains(replace.path.as_str()) {
                    continue;
                }
                let key = (replace.path.clone(), replace.version.clone());
                let actual = target(replace, &main.module.dir);
                if let Some(earlier) = self.replaced.get(&key)
                    && !own.contains(&key)
                    && !same(earlier, &actual)
                {
                    let name = match &replace.version {
                        Some(version) => format!("{}@{version}", replace.path),
                        None => replace.path.clone(),
                    };
                    let show = |actual: &Actual| match actual {
                        Actual::Directory { dir, .. } => display.short(dir),
                        Actual::Module(module) => module.to_string(),
                    };
                    let message = format!(
                        "conflicting replacements for {name}:\n\t{}\n\t{}",
                        show(earlier),
                        show(&actual)
                    );
                    let help =
                        format!("use \"go work edit -replace {name}=[override]\" to resolve");
                    return Err(ProjectError::new(ErrorKind::GoMod, message).with_help(help));
                }
                own.insert(key.clone());
                self.replaced.insert(key, actual);
            }
        }
        Ok(())
    }

    fn add_sums(&mut self, reader: &Reader<'_>, start: &Start) -> Result<(), ProjectError> {
        let mut files: Vec<PathBuf> = self
            .modules
            .iter()
            .map(|main| main.module.dir.join("go.sum"))
            .collect();
        if let Start::Workspace(file) = start {
            files.push(file.with_extension("work.sum"));
        }
        for file in files {
            if !reader.fs.is_file(&file) {
                continue;
            }
            let shown = reader.display.short(&file);
            self.sums.add(&reader.text(&file)?, &shown)?;
        }
        Ok(())
    }

    /// Decides whether packages come from a vendor folder, and reads its list.
    fn add_vendored(
        &mut self,
        reader: &Reader<'_>,
        flag: Option<ModFlag>,
        dir: &Path,
        work: Option<&GoWork>,
    ) -> Result<(), ProjectError> {
        let vendor = dir.join("vendor");
        let go = match work {
            Some(work) => work.go,
            None => self.modules.first().and_then(|main| main.go_mod.go),
        };
        let go = go.map(|(version, _)| version);
        let file = vendor.join(vendor::LIST);
        let text = if reader.fs.is_file(&file) {
            reader.text(&file)?
        } else {
            String::new()
        };
        let vendored = match flag {
            Some(ModFlag::Vendor) => true,
            Some(ModFlag::Readonly) => false,
            None => {
                // A list made for a workspace says so in its first line.
                let for_workspace = text.starts_with("## workspace");
                reader.fs.is_dir(&vendor)
                    && go.is_some_and(|version| version >= GoVersion::language(1, 14))
                    && for_workspace == self.workspace
            }
        };
        if !vendored {
            return Ok(());
        }
        let list = VendorList::parse(&text);
        let files: Vec<&GoMod> = self.modules.iter().map(|main| &main.go_mod).collect();
        let mut replaces: Vec<KnownReplace<'_>> = Vec::new();
        let by_work = work.iter().flat_map(|work| &work.replace);
        let by_work = by_work.map(|replace| (replace, dir, "go.work"));
        let by_modules = self.modules.iter().flat_map(|main| {
            let replaces = main.go_mod.replace.iter();
            replaces.map(|replace| (replace, &*main.module.dir, "go.mod"))
        });
        for (replace, base, file) in by_work.chain(by_modules) {
            let known = |other: &KnownReplace<'_>| {
                other.replace.path == replace.path && other.replace.version == replace.version
            };
            if !replaces.iter().any(known) {
                let with = if self.workspace {
                    from_workspace(&replace.with, base, dir)
                } else {
                    replace.with.clone()
                };
                replaces.push(KnownReplace {
                    replace,
                    with,
                    file,
                });
            }
        }
        list.check(
            &reader.display.short(dir),
            &files,
            &replaces,
            self.workspace,
        )?;
        self.vendored = Some(Vendored {
            dir: vendor,
            list,
            listed_only: go.is_some_and(|version| version >= GoVersion::language(1, 23)),
        });
        Ok(())
    }
}

fn target(replace: &Replace, base: &Path) -> Actual {
    match &replace.with {
        Replacement::Directory(text) => Actual::Directory {
            dir: clean(&base.join(text)),
            text: text.clone(),
        },
        Replacement::Module(module) => Actual::Module(module.clone()),
    }
}

/// What takes the place of a module with a relative folder seen from that of the `go.work` file.
fn from_workspace(with: &Replacement, base: &Path, dir: &Path) -> Replacement {
    let Replacement::Directory(text) = with else {
        return with.clone();
    };
    if Path::new(text).is_absolute() {
        return with.clone();
    }
    match relative(dir, &clean(&base.join(text))) {
        Some(path) => {
            let path = to_slash(&path);
            Replacement::Directory(if path.starts_with('.') {
                path
            } else {
                format!("./{path}")
            })
        }
        None => with.clone(),
    }
}

fn same(a: &Actual, b: &Actual) -> bool {
    match (a, b) {
        (Actual::Directory { dir: a, .. }, Actual::Directory { dir: b, .. }) => a == b,
        (a, b) => a == b,
    }
}

/// Reads the files of main modules.
struct Reader<'a> {
    fs: &'a dyn FileSystem,
    display: &'a Display,
    go_version: GoVersion,
}

impl Reader<'_> {
    fn text(&self, file: &Path) -> Result<String, ProjectError> {
        let shown = self.display.short(file);
        let content = self
            .fs
            .read(file)
            .map_err(|e| ProjectError::io("open", &shown, &e))?;
        if content.len() > MAX_FILE {
            let message = format!("{shown}: file is larger than {} MiB", MAX_FILE >> 20);
            return Err(ProjectError::new(ErrorKind::GoMod, message));
        }
        Ok(String::from_utf8_lossy(&content).into_owned())
    }

    fn errors(&self, file: &Path, errors: Vec<ModError>) -> Vec<ProjectError> {
        errors
            .into_iter()
            .map(|e| self.error(file, e.at, e.message))
            .collect()
    }

    fn error(&self, file: &Path, at: At, message: String) -> ProjectError {
        let position = Position {
            file: self.display.short(file),
            line: at.line,
            column: at.column,
        };
        ProjectError::at(position, ErrorKind::GoMod, message)
    }

    /// The module whose `go.mod` file lies in a folder.
    fn module(&self, root: &Path) -> Result<MainModule, Vec<ProjectError>> {
        let file = root.join("go.mod");
        let text = self.text(&file).map_err(|e| vec![e])?;
        let (go_mod, errors) = GoMod::parse(&text, Strictness::Main);
        if !errors.is_empty() {
            return Err(self.errors(&file, errors));
        }
        let one = |at: At, message: String| Err(vec![self.error(&file, at, message)]);
        let Some(module) = &go_mod.module else {
            let message = "missing module declaration. To specify the module path:";
            let error = self.error(&file, At { line: 1, column: 1 }, message.to_string());
            return Err(vec![error.with_help("go mod edit -module=example.com/mod")]);
        };
        if let Err(reason) = check_import_path(&module.text) {
            let message = format!("malformed module path {:?}: {reason}", module.text);
            return one(module.at, message);
        }
        if let Some((version, at)) = go_mod.go
            && version > self.go_version
        {
            let running = self.go_version;
            let message = format!("go.mod requires go >= {version} (running go {running})");
            return one(at, message);
        }
        let module = Module {
            path: module.text.clone(),
            version: None,
            dir: clean(root),
            go_version: go_mod.go_version(),
            origin: ModuleOrigin::Main,
            ignore: go_mod.ignore.iter().map(|item| item.text.clone()).collect(),
        };
        Ok(MainModule {
            module: Arc::new(module),
            go_mod,
        })
    }

    fn work(&self, file: &Path) -> Result<GoWork, Vec<ProjectError>> {
        let text = self.text(file).map_err(|e| vec![e])?;
        let (work, errors) = GoWork::parse(&text);
        if !errors.is_empty() {
            return Err(self.errors(file, errors));
        }
        if let Some((version, at)) = work.go
            && version > self.go_version
        {
            let running = self.go_version;
            let message = format!("go.work requires go >= {version} (running go {running})");
            return Err(vec![self.error(file, at, message)]);
        }
        Ok(work)
    }

    /// The modules that a `go.work` file uses.
    fn used(
        &self,
        file: &Path,
        dir: &Path,
        work: &GoWork,
    ) -> Result<Vec<MainModule>, Vec<ProjectError>> {
        let mut modules: Vec<MainModule> = Vec::new();
        let mut errors = Vec::new();
        let work_version = work
            .go
            .map_or(GoVersion::language(1, 18), |(version, _)| version);
        for used in &work.used {
            let root = clean(&dir.join(&used.text));
            if modules.iter().any(|main| main.module.dir == root) {
                let message = format!("path {} appears multiple times in workspace", used.text);
                errors.push(self.error(file, used.at, message));
                continue;
            }
            match self.module(&root) {
                Ok(main) if modules.iter().any(|m| m.module.path == main.module.path) => {
                    let message = format!(
                        "module {} appears multiple times in workspace",
                        main.module.path
                    );
                    errors.push(self.error(file, used.at, message));
                }
                // Before 1.21 the line of a module asked for nothing.
                Ok(main)
                    if main.module.go_version > work_version
                        && main.module.go_version >= GoVersion::language(1, 21) =>
                {
                    let message = format!(
                        "module {} listed in go.work file requires go >= {}, but go.work lists go {work_version}; \
                         to update it:",
                        self.display.short(&root),
                        main.module.go_version
                    );
                    errors.push(self.error(file, used.at, message).with_help("go work use"));
                }
                Ok(main) => modules.push(main),
                Err(found) => errors.extend(found.into_iter().map(|e| {
                    let shown = to_slash(Path::new(&self.display.short(&root)));
                    ProjectError {
                        message: format!(
                            "cannot load module {shown} listed in go.work file: {}",
                            e.message
                        ),
                        ..e
                    }
                })),
            }
        }
        if errors.is_empty() {
            Ok(modules)
        } else {
            Err(errors)
        }
    }
}
