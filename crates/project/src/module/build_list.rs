//! Which modules a build is made from, and which of them has the package for an import path.
//!
//! The list comes from the main module's `go.mod` alone: since Go 1.17 a tidy file names every module that its
//! packages need, in the version that minimal version selection chose. Selecting versions over the files of
//! the dependencies would replace [`BuildList::required`] and leave the rest as it is.
//!
//! Source of the rule: *Go Modules Reference*, sections *Resolving a package to a module* and *Vendoring*.

use std::path::{Path, PathBuf};

use cranelift_entity::{PrimaryMap, entity_impl};
use rayon::prelude::*;

use super::gomod::{At, GoMod, Replacement, Require, Strictness};
use super::path::is_std_like;
use super::semver::Version;
use crate::display::Display;
use crate::error::{ErrorKind, Position, ProjectError};
use crate::fs::{EMBEDDED_ROOT, FileSystem};
use crate::paths::{clean, join_slash, strip_path_prefix};
use crate::proxy::escape;
use crate::version::GoVersion;

/// The module that comes with the compiler, unless a `go.mod` file names another source for it.
pub const SDK_MODULE: &str = "polkago.dev/sdk";

/// A module of a [`BuildList`].
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ModuleId(u32);
entity_impl!(ModuleId, "module");

/// Where a module's files are.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ModuleOrigin {
    /// The module that is worked on.
    Main,
    /// The SDK that comes with the compiler.
    Sdk,
    /// A folder named by a `replace` line.
    Local,
    /// The module cache.
    Cache,
    /// The main module's `vendor` folder.
    Vendor,
}

/// A module that takes part in a build.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Module {
    /// The module path, under which its packages are imported.
    pub path: String,
    /// The version required; none for the main module and the SDK.
    pub version: Option<Version>,
    /// The folder of its root package.
    pub dir: PathBuf,
    /// The language version of its packages.
    pub go_version: GoVersion,
    /// Where its files are.
    pub origin: ModuleOrigin,
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
    pub module: ModuleId,
    /// Its folder.
    pub dir: PathBuf,
}

/// The modules of a build.
#[derive(Clone, Debug)]
pub struct BuildList {
    /// All of them: the main module first, then as in its `go.mod` file, the SDK last.
    pub modules: PrimaryMap<ModuleId, Module>,
    /// The module that is worked on; none where files are named outside of any module.
    pub main: Option<ModuleId>,
    /// The main module's `go.mod` file; empty where there is none.
    pub go_mod: GoMod,
    /// Whether packages of other modules come from the main module's `vendor` folder.
    pub vendored: bool,
}

impl BuildList {
    /// The list without a main module: nothing but the SDK.
    pub fn without_main(fs: &dyn FileSystem) -> Self {
        let mut list = Self {
            modules: PrimaryMap::new(),
            main: None,
            go_mod: GoMod::default(),
            vendored: false,
        };
        list.add_sdk(fs);
        list
    }

    /// The list of the module whose `go.mod` file lies in a folder, built with a version of the Go release.
    ///
    /// # Errors
    /// Everything that is wrong with the file.
    pub fn read(
        fs: &dyn FileSystem,
        root: &Path,
        go_version: GoVersion,
        module_cache: Option<&Path>,
        display: &Display,
    ) -> Result<Self, Vec<ProjectError>> {
        let file = root.join("go.mod");
        let shown = display.short(&file);
        let content = fs
            .read(&file)
            .map_err(|e| vec![ProjectError::io("open", &shown, &e)])?;
        let error = |at: At, message: String| {
            let position = Position {
                file: shown.clone(),
                line: at.line,
                column: at.column,
            };
            ProjectError::at(position, ErrorKind::GoMod, message)
        };
        let (go_mod, errors) = GoMod::parse(&String::from_utf8_lossy(&content), Strictness::Main);
        if !errors.is_empty() {
            return Err(errors.into_iter().map(|e| error(e.at, e.message)).collect());
        }
        let Some(module) = &go_mod.module else {
            let message = "missing module declaration. To specify the module path:";
            let help = "go mod edit -module=example.com/mod";
            return Err(vec![
                error(At { line: 1, column: 1 }, message.to_string()).with_help(help),
            ]);
        };
        if let Err(reason) = super::path::check_import_path(&module.text) {
            return Err(vec![error(
                module.at,
                format!("malformed module path {:?}: {reason}", module.text),
            )]);
        }
        if let Some((version, at)) = go_mod.go
            && version > go_version
        {
            let message = format!("go.mod requires go >= {version} (running go {go_version})");
            return Err(vec![error(at, message)]);
        }

        let main = Module {
            path: module.text.clone(),
            version: None,
            dir: clean(root),
            go_version: go_mod.go_version(),
            origin: ModuleOrigin::Main,
        };
        let mut list = Self {
            modules: PrimaryMap::new(),
            main: None,
            go_mod,
            vendored: false,
        };
        list.main = Some(list.modules.push(main));
        let vendor = root.join("vendor").join("modules.txt");
        list.vendored =
            fs.is_file(&vendor) && list.go_mod.go_version() >= GoVersion::language(1, 14);
        if list.vendored {
            let text = fs
                .read(&vendor)
                .map_err(|e| vec![ProjectError::io("open", &display.short(&vendor), &e)])?;
            list.add_vendored(&String::from_utf8_lossy(&text), &root.join("vendor"));
        } else {
            list.required(fs, root, module_cache);
        }
        list.add_sdk(fs);
        Ok(list)
    }

    /// Adds what the `go.mod` file requires, with replacements applied.
    fn required(&mut self, fs: &dyn FileSystem, root: &Path, module_cache: Option<&Path>) {
        let module = |require: &Require| {
            let wanted = &require.module;
            let replace = self.go_mod.replacement(&wanted.path, &wanted.version);
            let (dir, origin) = match replace.map(|replace| &replace.with) {
                Some(Replacement::Directory(dir)) => (clean(&root.join(dir)), ModuleOrigin::Local),
                Some(Replacement::Module(other)) => (
                    cached(module_cache, &other.path, &other.version),
                    ModuleOrigin::Cache,
                ),
                None => (
                    cached(module_cache, &wanted.path, &wanted.version),
                    ModuleOrigin::Cache,
                ),
            };
            Module {
                path: wanted.path.clone(),
                version: Some(wanted.version.clone()),
                go_version: go_version_in(fs, &dir),
                dir,
                origin,
            }
        };
        let modules: Vec<Module> = self.go_mod.require.par_iter().map(module).collect();
        for module in modules {
            self.modules.push(module);
        }
    }

    /// Adds the modules that `vendor/modules.txt` lists. Lines: `# path version [=> replacement]`, followed by
    /// `## explicit; go 1.N` and the paths of the packages.
    fn add_vendored(&mut self, text: &str, vendor: &Path) {
        let mut current: Option<ModuleId> = None;
        for line in text.lines() {
            if let Some(annotations) = line.strip_prefix("## ") {
                let version = annotations
                    .split(';')
                    .find_map(|a| GoVersion::parse(a.trim().strip_prefix("go ")?));
                if let (Some(version), Some(module)) = (version, current) {
                    self.modules[module].go_version = version;
                }
            } else if let Some(rest) = line.strip_prefix("# ") {
                let mut words = rest.split_whitespace();
                let path = words.next().unwrap_or_default();
                current = (!path.is_empty()).then(|| {
                    self.modules.push(Module {
                        path: path.to_string(),
                        version: words.next().and_then(Version::parse),
                        dir: join_slash(vendor, path),
                        go_version: super::gomod::DEFAULT_GO_VERSION,
                        origin: ModuleOrigin::Vendor,
                    })
                });
            }
        }
    }

    /// Adds the SDK that comes with the compiler, unless it is required or itself worked on. A `replace` line
    /// alone also counts as naming another source.
    fn add_sdk(&mut self, fs: &dyn FileSystem) {
        if self
            .modules
            .values()
            .any(|module| module.path == SDK_MODULE)
        {
            return;
        }
        let replaced = self
            .go_mod
            .replace
            .iter()
            .find(|replace| replace.path == SDK_MODULE);
        let main_dir = self.main.map(|main| self.modules[main].dir.clone());
        let (dir, origin) = match (replaced.map(|replace| &replace.with), main_dir) {
            (Some(Replacement::Directory(dir)), Some(root)) => {
                (clean(&root.join(dir)), ModuleOrigin::Local)
            }
            _ => (Path::new(EMBEDDED_ROOT).join("sdk"), ModuleOrigin::Sdk),
        };
        let go_version = go_version_in(fs, &dir);
        self.modules.push(Module {
            path: SDK_MODULE.to_string(),
            version: None,
            dir,
            go_version,
            origin,
        });
    }

    /// Finds the package for an import path of a file outside of std.
    ///
    /// # Errors
    /// In the words of the `go` command: no module has the package, several have it, or one that would is not
    /// on this machine.
    pub fn find(
        &self,
        fs: &dyn FileSystem,
        path: &str,
        display: &Display,
    ) -> Result<Location, ProjectError> {
        let mut found: Vec<Location> = Vec::new();
        let mut absent: Option<ProjectError> = None;
        for (id, module) in &self.modules {
            let Some(rest) = strip_path_prefix(path, &module.path) else {
                continue;
            };
            let dir = join_slash(&module.dir, rest);
            if has_go_files(fs, &dir) && !crosses_module(fs, module, &dir) {
                // The main module and a vendor folder cannot both have it: the latter holds other modules only.
                found.push(Location { module: id, dir });
            } else if !fs.is_dir(&module.dir) && absent.is_none() {
                absent = self.absent(module, display);
            }
        }
        if let Some(error) = absent.filter(|_| found.is_empty()) {
            return Err(error);
        }
        if found.len() > 1 {
            found.sort_by_key(|location| {
                std::cmp::Reverse(self.modules[location.module].path.len())
            });
            let names = found
                .iter()
                .map(|location| format!("\n\t{}", self.modules[location.module].stable_name()));
            let message = format!(
                "ambiguous import: found package {path} in multiple modules:{}",
                names.collect::<String>()
            );
            return Err(ProjectError::new(ErrorKind::AmbiguousImport, message));
        }
        found.pop().ok_or_else(|| self.not_found(path))
    }

    fn absent(&self, module: &Module, display: &Display) -> Option<ProjectError> {
        let name = match &module.version {
            Some(version) => format!("{}@{version}", module.path),
            None => module.path.clone(),
        };
        let error = |message: String| ProjectError::new(ErrorKind::ModuleNotFound, message);
        match module.origin {
            ModuleOrigin::Main | ModuleOrigin::Vendor | ModuleOrigin::Sdk => None,
            ModuleOrigin::Local => {
                let dir = display.short(&module.dir);
                Some(error(format!(
                    "{name}: replacement directory {dir} does not exist"
                )))
            }
            ModuleOrigin::Cache => {
                let message = format!("{name}: module is not in the module cache; to fetch it:");
                Some(error(message).with_help(format!("go mod download {}", module.path)))
            }
        }
    }

    fn not_found(&self, path: &str) -> ProjectError {
        let error = |message: String| ProjectError::new(ErrorKind::ImportNotFound, message);
        if is_std_like(path) {
            error(format!("package {path} is not in std ($GOROOT/src/{path})"))
        } else if self.main.is_none() {
            error(format!(
                "no required module provides package {path}: go.mod file not found in current \
                 directory or any parent directory; see 'go help modules'"
            ))
        } else if self.vendored {
            error(format!(
                "cannot find module providing package {path}: import lookup disabled by -mod=vendor"
            ))
            .with_help("(Go version in go.mod is at least 1.14 and vendor directory exists.)")
        } else {
            error(format!(
                "no required module provides package {path}; to add it:"
            ))
            .with_help(format!("go get {path}"))
        }
    }
}

/// The folder of a module in the module cache. Without a cache it is a folder that does not exist.
fn cached(module_cache: Option<&Path>, path: &str, version: &Version) -> PathBuf {
    let cache = module_cache.unwrap_or(Path::new("$GOMODCACHE"));
    join_slash(
        cache,
        &format!("{}@{}", escape(path), escape(version.as_str())),
    )
}

/// The `go` line of the module in a folder; the default where there is none.
fn go_version_in(fs: &dyn FileSystem, dir: &Path) -> GoVersion {
    let Ok(content) = fs.read(&dir.join("go.mod")) else {
        return super::gomod::DEFAULT_GO_VERSION;
    };
    GoMod::parse(&String::from_utf8_lossy(&content), Strictness::Dependency)
        .0
        .go_version()
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
    use crate::fs::MemoryFs;
    use crate::release::RELEASE;

    fn list(files: &[(&str, &str)]) -> (MemoryFs, Display, BuildList) {
        let fs = MemoryFs::from_files(files.iter().copied());
        let display = Display::new(Path::new("/m"), Path::new("/go"), Some(Path::new("/cache")));
        let list = BuildList::read(
            &fs,
            Path::new("/m"),
            RELEASE.version(),
            Some(Path::new("/cache")),
            &display,
        )
        .expect("valid go.mod");
        (fs, display, list)
    }

    fn find(files: &[(&str, &str)], path: &str) -> Result<String, String> {
        let (fs, display, list) = list(files);
        let found = list.find(&fs, path, &display).map_err(|e| e.to_string())?;
        Ok(format!(
            "{} in {}",
            crate::paths::to_slash(&found.dir),
            list.modules[found.module].stable_name()
        ))
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
        ];
        for (path, want) in [
            ("example.com/m/sub", Ok("/m/sub in example.com/m")),
            (
                "a.b/Cache/p",
                Ok("/cache/a.b/!cache@v1.2.0/p in a.b/Cache@v1.2.0"),
            ),
            ("a.b/local", Ok("/local in a.b/local")),
            (
                "example.com/m/nested",
                Err(
                    "no required module provides package example.com/m/nested; to add it:\n\tgo get example.com/m/nested",
                ),
            ),
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
        ] {
            assert_eq!(
                find(&files, path),
                want.map(String::from).map_err(String::from),
                "{path}"
            );
        }
        let (_, _, list) = list(&files);
        let go = list
            .modules
            .values()
            .map(|m| m.go_version.to_string())
            .collect::<Vec<_>>();
        assert_eq!(go, ["1.26", "1.20", "1.16", "1.16", "1.16"]);
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
        ];
        let want = "ambiguous import: found package a.b/c/d in multiple modules:\n\ta.b/c/d@v1.0.0\n\ta.b/c@v1.0.0";
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
            let fs = MemoryFs::from_files([("/m/go.mod", text)]);
            let display = Display::new(Path::new("/m"), Path::new("/go"), None);
            let errors = BuildList::read(&fs, Path::new("/m"), RELEASE.version(), None, &display)
                .expect_err("invalid");
            assert_eq!(errors[0].to_string(), want);
        }
    }
}
