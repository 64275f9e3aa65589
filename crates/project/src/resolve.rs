//! From an import path to the package that it means.
//!
//! Order: `unsafe`; std, where the embedded runtime and overlay take part; the SDK and the modules of the
//! build. std's own files find `golang.org/x/...` in std's `vendor` folder.
//!
//! Source of the rule: *Go Modules Reference*, section *Resolving a package to a module*; `go help packages`;
//! the `internal` rule of `go help internal` as the `go` command applies it to modules.

use std::path::{Path, PathBuf};

use crate::display::Display;
use crate::error::{ErrorKind, ProjectError};
use crate::fs::{EMBEDDED_ROOT, FileSystem};
use crate::load::Config;
use crate::module::{
    BuildList, Location, Lookup, Module, ModuleOrigin, check_import_path, has_go_files,
    has_illegal_import_char, internal_parent, is_relative_import, is_std_like,
};
use crate::package::Origin;
use crate::paths::{join_slash, strip_path_prefix, to_slash};
use crate::scan::Unit;

/// The import path of a package that is made from files named one by one.
pub(crate) const COMMAND_LINE: &str = "command-line-arguments";

/// What is known about the build as a whole while packages are looked for.
#[derive(Debug)]
pub(crate) struct Context<'a> {
    pub config: &'a Config,
    pub display: &'a Display,
    pub modules: BuildList<'a>,
}

/// How imports of a file are to be understood.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub(crate) enum Importer {
    /// A package of std: `golang.org/x/...` is vendored.
    Std,
    /// A package of the release's `cmd` tree, which has a vendor folder of its own.
    Cmd,
    /// Any other.
    User,
}

impl Importer {
    pub fn of(unit: &Unit) -> Self {
        match (
            unit.origin.is_std(),
            strip_path_prefix(&unit.import_path, "cmd"),
        ) {
            (true, Some(_)) => Importer::Cmd,
            (true, None) => Importer::Std,
            (false, _) => Importer::User,
        }
    }
}

/// What an import path means.
#[derive(Clone, Debug)]
pub(crate) enum Resolved {
    Unsafe,
    Unit(Unit),
    /// The answer depends on the requirement graph, which has not been read.
    NeedsGraph,
}

impl Context<'_> {
    pub fn fs(&self) -> &dyn FileSystem {
        &*self.config.fs
    }

    /// The folder of the standard library.
    pub fn std_dir(&self) -> PathBuf {
        self.config.goroot.join("src")
    }

    /// The package that an import path means in a file of `importer`.
    ///
    /// # Errors
    /// In the words of the `go` command, without position.
    pub fn resolve(&self, importer: Importer, path: &str) -> Result<Resolved, ProjectError> {
        if path == "unsafe" {
            return Ok(Resolved::Unsafe);
        }
        check_syntax(path)?;
        let vendored = match importer {
            Importer::Std => Some(format!("vendor/{path}")),
            Importer::Cmd => Some(format!("cmd/vendor/{path}")),
            Importer::User => None,
        };
        // Only paths with a domain name are vendored.
        let vendored = vendored
            .filter(|_| !is_std_like(path))
            .and_then(|path| self.std_unit(&path));
        if let Some(unit) = vendored {
            return Ok(Resolved::Unit(unit));
        }
        if importer == Importer::User && strip_path_prefix(path, "vendor").is_some() {
            let message = "use of vendored package not allowed";
            return Err(ProjectError::new(ErrorKind::InvalidImportPath, message));
        }
        if is_std_like(path)
            && let Some(unit) = self.std_unit(path)
        {
            return Ok(Resolved::Unit(unit));
        }
        match self.modules.find(path)? {
            Lookup::Found(location) => Ok(Resolved::Unit(self.module_unit(&location, path))),
            Lookup::NeedsGraph => Ok(Resolved::NeedsGraph),
        }
    }

    /// As [`Self::resolve`], reading the requirement graph if that is needed.
    ///
    /// # Errors
    /// In the words of the `go` command, without position.
    pub fn resolve_fully(&self, importer: Importer, path: &str) -> Result<Resolved, ProjectError> {
        match self.resolve(importer, path)? {
            Resolved::NeedsGraph => {
                self.modules.read_graph()?;
                self.resolve(importer, path)
            }
            resolved => Ok(resolved),
        }
    }

    /// The package of std with a path, if there is one. For a target of this compiler a folder of the embedded
    /// runtime stands in for std's, and the overlay's files come on top; the overlay may also add packages.
    pub fn std_unit(&self, path: &str) -> Option<Unit> {
        let fs = self.fs();
        let unit = |dir: PathBuf, overlay: Option<PathBuf>, origin: Origin| Unit {
            import_path: path.into(),
            stable_dir: self.display.named(&dir).unwrap_or_else(|| to_slash(&dir)),
            dir,
            overlay,
            named: None,
            origin,
            go_version: self.config.go_version.to_language(),
            tests: false,
        };
        let mut overlay = None;
        if self.config.target.is_polkago() {
            let embedded = Path::new(EMBEDDED_ROOT);
            if let Some(rest) = strip_path_prefix(path, "runtime") {
                let dir = join_slash(&embedded.join("runtime"), rest);
                if has_go_files(fs, &dir) {
                    return Some(unit(dir, None, Origin::Runtime));
                }
            }
            overlay = Some(join_slash(&embedded.join("overlay"), path))
                .filter(|dir| has_go_files(fs, dir));
        }
        let dir = join_slash(&self.std_dir(), path);
        (overlay.is_some() || has_go_files(fs, &dir)).then(|| unit(dir, overlay, Origin::Std))
    }

    /// The package of a module at a place.
    pub fn module_unit(&self, location: &Location, path: &str) -> Unit {
        let module = &location.module;
        let rest = strip_path_prefix(path, &module.path).unwrap_or_default();
        let mut stable_dir = module.stable_name();
        if !rest.is_empty() {
            stable_dir = format!("{stable_dir}/{rest}");
        }
        Unit {
            import_path: path.into(),
            dir: location.dir.clone(),
            overlay: None,
            named: None,
            origin: module_origin(module),
            go_version: module.go_version,
            stable_dir,
            tests: false,
        }
    }

    /// The import path of a folder of a main module.
    pub fn path_in_main(&self, dir: &Path) -> Option<String> {
        let module = &self.modules.main_of(dir)?.module;
        let rest = to_slash(dir.strip_prefix(&module.dir).ok()?);
        Some(if rest.is_empty() {
            module.path.clone()
        } else {
            format!("{}/{rest}", module.path)
        })
    }

    /// Whether one package may import another, as far as the `internal` rule goes.
    pub fn may_import(&self, importer: &Unit, imported: &Unit) -> bool {
        let Some(parent) = internal_parent(&imported.import_path) else {
            return true;
        };
        if imported.origin.is_std() {
            // std's internal packages are for std; below a deeper folder for that folder.
            return importer.origin.is_std()
                && (parent.is_empty() || is_below(&importer.import_path, parent));
        }
        // Files named one by one count as a package of their folder.
        match &*importer.import_path {
            COMMAND_LINE => self
                .path_in_main(&importer.dir)
                .is_some_and(|path| is_below(&path, parent)),
            path => is_below(path, parent),
        }
    }
}

fn module_origin(module: &Module) -> Origin {
    match module.origin {
        ModuleOrigin::Main => Origin::Main {
            module: module.path.clone(),
        },
        ModuleOrigin::Sdk => Origin::Sdk,
        ModuleOrigin::Local | ModuleOrigin::Cache | ModuleOrigin::Vendor => Origin::Dependency {
            module: module.path.clone(),
            version: module.version.clone(),
        },
    }
}

fn is_below(path: &str, parent: &str) -> bool {
    strip_path_prefix(path, parent).is_some()
}

/// What can be said against an import path before any package is looked for.
fn check_syntax(path: &str) -> Result<(), ProjectError> {
    let message = if is_relative_import(path) {
        format!("{path:?} is relative, but relative import paths are not supported in module mode")
    } else if has_illegal_import_char(path) {
        format!("invalid import path: {path}")
    } else if path.starts_with('/') {
        format!("{path:?} is not a package path; see 'go help packages'")
    } else if path.contains('@') {
        "can only use path@version syntax with 'go get' and 'go install' in module-aware mode"
            .to_string()
    } else if let Err(reason) = check_import_path(path) {
        format!("malformed import path {path:?}: {reason}")
    } else {
        return Ok(());
    };
    Err(ProjectError::new(ErrorKind::InvalidImportPath, message))
}
