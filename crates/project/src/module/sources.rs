//! Where modules are: in a folder that a `replace` line names, in the user's module cache, in this program's own
//! cache, or on a module proxy.
//!
//! The checksums of `go.sum` hold for all of them but folders. The user's module cache is read and never written.
//!
//! Source of the rule: *Go Modules Reference*, sections *Module cache* and *Authenticating modules*.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::build_list::{Module, ModuleOrigin};
use super::gomod::{GoMod, ModuleVersion, Strictness};
use super::gosum::SumOf;
use super::graph::{Node, Summary, supports_pruning};
use super::main_modules::{Actual, MAX_FILE, MainModules};
use super::path::check_module_path;
use crate::display::Display;
use crate::error::{ErrorKind, ProjectError};
use crate::fetch::CachePaths;
use crate::load::Config;
use crate::release::{FileHash, hash1};

/// Finds modules for a build.
pub(crate) struct Sources<'a> {
    pub config: &'a Config,
    pub display: &'a Display,
    pub mains: &'a MainModules,
}

impl Sources<'_> {
    /// What the `go.mod` file of a module says to the graph.
    ///
    /// # Errors
    /// Where the file is nowhere, is not the one that `go.sum` was written for, or cannot be read.
    pub fn summary(&self, node: &Node) -> Result<Arc<Summary>, ProjectError> {
        match node {
            Node::Main(path) => {
                let main = self.mains.get(path).map(|main| self.mains.summary(main));
                // Only main modules are made such nodes.
                main.map(Arc::new).ok_or_else(|| not_cached(path, path))
            }
            Node::Version(module) => {
                let mut summary = self.raw_summary(module)?;
                summary
                    .require
                    .retain(|module| !self.mains.excludes(module));
                Ok(Arc::new(summary))
            }
        }
    }

    fn raw_summary(&self, module: &ModuleVersion) -> Result<Summary, ProjectError> {
        let failed = |message: String| ProjectError::new(ErrorKind::GoMod, message);
        let actual = self.mains.actual(module);
        let (content, name) = match &actual {
            Actual::Directory { dir, text } => {
                let file = dir.join("go.mod");
                let shown = self.display.short(&file);
                if !self.config.fs.is_dir(dir) {
                    return Err(no_directory(module, text));
                }
                let content = self.config.fs.read(&file).map_err(|e| {
                    let error = ProjectError::io("open", &shown, &e);
                    failed(format!("module {text}: reading {shown}: {}", error.message))
                })?;
                (content, shown)
            }
            Actual::Module(actual) => (self.go_mod(actual, module)?, "go.mod".to_string()),
        };
        if content.len() > MAX_FILE {
            return Err(failed(format!("{module}: {name}: file is too large")));
        }
        let (file, errors) =
            GoMod::parse(&String::from_utf8_lossy(&content), Strictness::Dependency);
        if let Some(error) = errors.first() {
            let message = format!(
                "{module}: parsing {name}: {}:{}: {}",
                name, error.at.line, error.message
            );
            return Err(failed(message));
        }
        if let Actual::Module(actual) = &actual {
            let Some(declared) = &file.module else {
                return Err(failed(format!(
                    "{actual}: parsing go.mod: missing module line"
                )));
            };
            if declared.text != module.path && declared.text != actual.path {
                return Err(failed(format!(
                    "{actual}: parsing go.mod:\n\tmodule declares its path as: {}\n\t        but was required as: {}",
                    declared.text, module.path
                )));
            }
        }
        if let Some((version, _)) = file.go
            && version > self.config.go_version
        {
            let running = self.config.go_version;
            let name = match &actual {
                Actual::Directory { text, .. } => text.clone(),
                Actual::Module(actual) => actual.to_string(),
            };
            let message = format!("module {name} requires go >= {version} (running go {running})");
            return Err(failed(message));
        }
        Ok(Summary {
            go_version: file.go_version(),
            pruned: supports_pruning(file.go.map(|(version, _)| version)),
            require: file
                .require
                .into_iter()
                .map(|require| require.module)
                .collect(),
            ignore: file.ignore.into_iter().map(|item| item.text).collect(),
        })
    }

    /// The roots of the caches, the user's first.
    fn caches(&self) -> impl Iterator<Item = &Path> {
        let own = self.config.fetcher.as_deref().map(|fetcher| fetcher.root());
        self.config.module_cache.as_deref().into_iter().chain(own)
    }

    /// The content of a module's `go.mod` file; `required` is the module that it stands in for.
    fn go_mod(
        &self,
        module: &ModuleVersion,
        required: &ModuleVersion,
    ) -> Result<Arc<[u8]>, ProjectError> {
        check_path(module)?;
        if !self.mains.sums.has(module, SumOf::GoMod) {
            let message = format!("{module}: missing go.sum entry for go.mod file; to add it:");
            let help = format!("go mod download {}", required.path);
            return Err(ProjectError::new(ErrorKind::MissingSum, message).with_help(help));
        }
        let verify = |content: &[u8]| {
            let sum = hash1(vec![FileHash::new("go.mod", content)]);
            self.mains.sums.check(module, SumOf::GoMod, &sum)
        };
        let fs = &self.config.fs;
        for root in self.caches() {
            let paths = CachePaths::new(root, module);
            if let Ok(content) = fs.read(&paths.go_mod) {
                verify(&content)?;
                return Ok(content);
            }
        }
        for root in self.caches() {
            let paths = CachePaths::new(root, module);
            if fs.is_dir(&paths.dir) && !fs.is_file(&paths.partial) {
                let content = fs.read(&paths.dir.join("go.mod")).unwrap_or_else(|_| {
                    // A module from the time before modules: what the official command makes up.
                    Arc::from(format!("module {}\n", module.path).into_bytes())
                });
                // The archive's checksum covers the file.
                return Ok(content);
            }
        }
        let Some(fetcher) = &self.config.fetcher else {
            return Err(not_cached(&module.to_string(), &required.path));
        };
        let content = fetcher.go_mod(module)?;
        verify(&content)?;
        fetcher.keep_go_mod(module, &content);
        Ok(content.into())
    }

    /// The folder of a module and what its `go.mod` file says.
    ///
    /// # Errors
    /// [`ErrorKind::MissingSum`] where `go.sum` has no checksum; else why it cannot be had.
    pub fn module(&self, module: &ModuleVersion) -> Result<Module, ProjectError> {
        let (dir, origin) = match self.mains.actual(module) {
            Actual::Directory { dir, text } => {
                if !self.config.fs.is_dir(&dir) {
                    return Err(no_directory(module, &text));
                }
                (dir, ModuleOrigin::Local)
            }
            Actual::Module(actual) => (self.dir(&actual, module)?, ModuleOrigin::Cache),
        };
        let summary = self.raw_summary(module)?;
        Ok(Module {
            path: module.path.clone(),
            version: Some(module.version.clone()),
            dir,
            go_version: summary.go_version,
            origin,
            ignore: summary.ignore,
        })
    }

    /// The folder of a module in one of the caches.
    fn dir(
        &self,
        module: &ModuleVersion,
        required: &ModuleVersion,
    ) -> Result<PathBuf, ProjectError> {
        check_path(module)?;
        if !self.mains.sums.has(module, SumOf::Zip) {
            let message = format!("{module}: missing go.sum entry");
            let help = format!("go mod download {}", required.path);
            return Err(ProjectError::new(ErrorKind::MissingSum, message).with_help(help));
        }
        let verify = |sum: &str| self.mains.sums.check(module, SumOf::Zip, sum);
        let fs = &self.config.fs;
        for root in self.caches() {
            let paths = CachePaths::new(root, module);
            if !fs.is_dir(&paths.dir) || fs.is_file(&paths.partial) {
                continue;
            }
            // Without the file nothing can be compared, as for the official command.
            if let Ok(sum) = fs.read(&paths.ziphash) {
                verify(String::from_utf8_lossy(&sum).trim())?;
            }
            return Ok(paths.dir);
        }
        let Some(fetcher) = &self.config.fetcher else {
            return Err(not_cached(&module.to_string(), &required.path));
        };
        for root in self.caches() {
            let paths = CachePaths::new(root, module);
            if fs.is_file(&paths.zip) {
                return fetcher.unpack(module, &paths.zip, &verify);
            }
        }
        fetcher.module(module, &verify)
    }
}

/// A path that no proxy can have is refused before one is asked.
fn check_path(module: &ModuleVersion) -> Result<(), ProjectError> {
    check_module_path(&module.path).map_err(|reason| {
        let message = format!("malformed module path {:?}: {reason}", module.path);
        ProjectError::new(ErrorKind::GoMod, message)
    })
}

fn no_directory(module: &ModuleVersion, text: &str) -> ProjectError {
    let message = format!("{module}: replacement directory {text} does not exist");
    ProjectError::new(ErrorKind::ModuleNotFound, message)
}

fn not_cached(name: &str, path: &str) -> ProjectError {
    let message = format!("{name}: module is not in the module cache; to fetch it:");
    ProjectError::new(ErrorKind::ModuleNotFound, message)
        .with_help(format!("go mod download {path}"))
}
