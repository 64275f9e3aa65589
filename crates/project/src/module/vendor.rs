//! The `vendor` folder: what `modules.txt` lists, and whether that agrees with the `go.mod` files.
//!
//! Source of the rule: *Go Modules Reference*, section *Vendoring*. Error texts are the official ones.

use std::collections::{BTreeMap, HashMap};

use super::gomod::{GoMod, ModuleVersion, Replace, Replacement};
use super::path::check_import_path;
use super::semver::Version;
use crate::error::{ErrorKind, ProjectError};
use crate::version::GoVersion;

/// The name of the list in a vendor folder.
pub(crate) const LIST: &str = "modules.txt";

/// A module as the list names it: without a version where all are replaced.
type Name = (String, Option<Version>);

/// What the list says of a module.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
struct Entry {
    explicit: bool,
    go_version: Option<GoVersion>,
    replacement: Option<Replacement>,
}

/// A `modules.txt` file.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct VendorList {
    entries: HashMap<Name, Entry>,
    /// Modules with a replacement, in the order of the file.
    replaced: Vec<Name>,
    /// Modules that provide packages, in the order of the file.
    modules: Vec<ModuleVersion>,
    /// The version that provides packages, by module path.
    versions: HashMap<String, Version>,
    /// The module of each package.
    packages: BTreeMap<String, ModuleVersion>,
}

/// A `replace` line that counts, and the file it stands in.
pub(crate) struct KnownReplace<'a> {
    pub replace: &'a Replace,
    /// What takes the place, as the list names it: in a workspace folders are relative to the `go.work` file.
    pub with: Replacement,
    pub file: &'a str,
}

impl VendorList {
    /// Reads the list. Lines: `# path [version] [=> replacement]`, followed by `## explicit; go 1.N` and the
    /// paths of the packages. What is not understood is passed over.
    pub fn parse(text: &str) -> Self {
        let mut list = Self::default();
        let mut current: Option<Name> = None;
        for line in text.lines() {
            if let Some(rest) = line.strip_prefix("# ") {
                current = list.module_line(rest, current);
            } else if let Some(annotations) = line.strip_prefix("## ") {
                let Some(name) = &current else { continue };
                let entry = list.entries.entry(name.clone()).or_default();
                for annotation in annotations.split(';').map(str::trim) {
                    entry.explicit |= annotation == "explicit";
                    if let Some(version) = annotation.strip_prefix("go ") {
                        entry.go_version = GoVersion::parse(version).or(entry.go_version);
                    }
                }
            } else if let Some((path, Some(version))) = &current
                && check_import_path(line.trim()).is_ok()
            {
                let module = ModuleVersion {
                    path: path.clone(),
                    version: version.clone(),
                };
                if list.versions.get(path).is_none_or(|known| known < version) {
                    list.versions.insert(path.clone(), version.clone());
                    list.modules.push(module.clone());
                }
                list.packages.insert(line.trim().to_string(), module);
            }
        }
        list
    }

    fn module_line(&mut self, rest: &str, current: Option<Name>) -> Option<Name> {
        let words: Vec<&str> = rest.split_whitespace().collect();
        let [path, second, ..] = words[..] else {
            return current;
        };
        let (name, rest) = match (Version::parse(second), second) {
            (Some(version), _) => ((path.to_string(), Some(version)), &words[2..]),
            (None, "=>") => ((path.to_string(), None), &words[1..]),
            (None, _) => return None,
        };
        let replacement = match rest {
            ["=>", dir] => Some(Replacement::Directory((*dir).to_string())),
            ["=>", path, version] => Version::parse(version).map(|version| {
                Replacement::Module(ModuleVersion {
                    path: (*path).to_string(),
                    version,
                })
            }),
            _ => None,
        };
        if replacement.is_some() {
            self.replaced.push(name.clone());
        }
        let entry = self.entries.entry(name.clone()).or_default();
        entry.replacement = replacement.or_else(|| entry.replacement.take());
        Some(name)
    }

    /// The module that a package in the folder belongs to.
    pub fn module_of(&self, package: &str) -> Option<&ModuleVersion> {
        self.packages.get(package)
    }

    /// The language version of a module's packages, where the list names it.
    pub fn go_version(&self, module: &ModuleVersion) -> Option<GoVersion> {
        self.entry(&module.path, Some(&module.version))?.go_version
    }

    fn entry(&self, path: &str, version: Option<&Version>) -> Option<&Entry> {
        self.entries.get(&(path.to_string(), version.cloned()))
    }

    /// Compares the list with the `go.mod` files of the main modules and with the replacements that count. `dir`
    /// is the folder that holds the vendor folder, as shown.
    ///
    /// # Errors
    /// All differences, in the words of the `go` command.
    pub fn check(
        &self,
        dir: &str,
        files: &[&GoMod],
        replaces: &[KnownReplace<'_>],
        workspace: bool,
    ) -> Result<(), ProjectError> {
        // Before, the list did not say what was required explicitly.
        let old = !workspace
            && files
                .first()
                .and_then(|file| file.go)
                .is_none_or(|(version, _)| version < GoVersion::language(1, 14));
        let mut differences = Vec::new();
        for require in files.iter().flat_map(|file| &file.require) {
            let module = &require.module;
            let entry = self.entry(&module.path, Some(&module.version));
            if entry.is_some_and(|entry| entry.explicit) {
                continue;
            }
            let vendored = self.versions.get(&module.path);
            if !old {
                differences.push(format!(
                    "{module}: is explicitly required in go.mod, but not marked as explicit in vendor/{LIST}"
                ));
            } else if let Some(version) = vendored.filter(|version| **version != module.version) {
                differences.push(format!(
                    "{module}: is explicitly required in go.mod, but vendor/{LIST} indicates {}@{version}",
                    module.path
                ));
            }
        }
        for known in replaces {
            differences.extend(self.replace_difference(known, old));
        }
        for module in &self.modules {
            let entry = self.entry(&module.path, Some(&module.version));
            let explicit = entry.is_some_and(|entry| entry.explicit);
            let mut required = files.iter().flat_map(|file| &file.require);
            if explicit && !required.any(|require| require.module == *module) {
                let article = if workspace { "a " } else { "" };
                differences.push(format!(
                    "{module}: is marked as explicit in vendor/{LIST}, but not explicitly required in {article}go.mod"
                ));
            }
        }
        for (path, version) in &self.replaced {
            let matches = |known: &KnownReplace<'_>| {
                known.replace.path == *path
                    && (known.replace.version.is_none() || known.replace.version == *version)
            };
            if !replaces.iter().any(matches) {
                let place = if workspace { "the workspace" } else { "go.mod" };
                differences.push(format!(
                    "{}: is marked as replaced in vendor/{LIST}, but not replaced in {place}",
                    describe(path, version.as_ref())
                ));
            }
        }
        if differences.is_empty() {
            return Ok(());
        }
        let list: String = differences
            .iter()
            .map(|difference| format!("\n\t{difference}"))
            .collect();
        let command = if workspace { "work" } else { "mod" };
        let message = format!("inconsistent vendoring in {dir}:{list}");
        let help = format!(
            "To ignore the vendor directory, set GOFLAGS=-mod=readonly. To sync it, run: go {command} vendor"
        );
        Err(ProjectError::new(ErrorKind::Vendor, message).with_help(help))
    }

    fn replace_difference(&self, known: &KnownReplace<'_>, old: bool) -> Option<String> {
        let KnownReplace {
            replace,
            with,
            file,
        } = known;
        let name = describe(&replace.path, replace.version.as_ref());
        let listed = self
            .entry(&replace.path, replace.version.as_ref())
            .and_then(|entry| entry.replacement.as_ref());
        match listed {
            None => {
                let provides = replace.version.is_some()
                    && self.versions.get(&replace.path) == replace.version.as_ref();
                (!old || provides).then(|| {
                    format!(
                        "{name}: is replaced in {file}, but not marked as replaced in vendor/{LIST}"
                    )
                })
            }
            Some(listed) if listed == with => None,
            Some(listed) => Some(format!(
                "{name}: is replaced by {} in {file}, but marked as replaced by {} in vendor/{LIST}",
                target(with),
                target(listed)
            )),
        }
    }
}

fn describe(path: &str, version: Option<&Version>) -> String {
    match version {
        Some(version) => format!("{path}@{version}"),
        None => path.to_string(),
    }
}

fn target(replacement: &Replacement) -> String {
    match replacement {
        Replacement::Directory(dir) => dir.clone(),
        Replacement::Module(module) => module.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::module::Strictness;

    fn check(go_mod: &str, list: &str) -> Result<(), String> {
        let (file, errors) = GoMod::parse(go_mod, Strictness::Main);
        assert_eq!(errors, []);
        let replaces: Vec<_> = file
            .replace
            .iter()
            .map(|replace| KnownReplace {
                replace,
                with: replace.with.clone(),
                file: "go.mod",
            })
            .collect();
        VendorList::parse(list)
            .check(".", &[&file], &replaces, false)
            .map_err(|e| e.message)
    }

    #[test]
    fn packages_have_modules() {
        let list = VendorList::parse(
            "# a.b/c v1.0.0\n## explicit; go 1.19\na.b/c\na.b/c/d\n# x.y/z v1.2.0 => ../z\nx.y/z\n# x.y/z => ../z\n",
        );
        let c = list.module_of("a.b/c/d").expect("listed");
        assert_eq!(
            (c.to_string().as_str(), list.modules.len()),
            ("a.b/c@v1.0.0", 2)
        );
        assert_eq!(list.go_version(c), Some(GoVersion::language(1, 19)));
        assert_eq!(list.module_of("a.b/e"), None);
    }

    #[test]
    fn differences_are_told_in_the_official_words() {
        let list = "# a.b/c v1.0.0\n## explicit; go 1.19\na.b/c\n";
        let go_mod = "module m\ngo 1.26\nrequire a.b/c v1.0.0\n";
        assert_eq!(check(go_mod, list), Ok(()));
        for (go_mod, list, want) in [
            (
                "module m\ngo 1.26\nrequire a.b/c v1.1.0\n",
                list,
                "a.b/c@v1.1.0: is explicitly required in go.mod, but not marked as explicit in vendor/modules.txt\n\t\
                 a.b/c@v1.0.0: is marked as explicit in vendor/modules.txt, but not explicitly required in go.mod",
            ),
            (
                "module m\ngo 1.13\nrequire a.b/c v1.1.0\n",
                "# a.b/c v1.0.0\na.b/c\n",
                "a.b/c@v1.1.0: is explicitly required in go.mod, but vendor/modules.txt indicates a.b/c@v1.0.0",
            ),
            (
                "module m\ngo 1.26\nrequire a.b/c v1.0.0\nreplace a.b/c => ../c\n",
                list,
                "a.b/c: is replaced in go.mod, but not marked as replaced in vendor/modules.txt",
            ),
            (
                "module m\ngo 1.26\nrequire a.b/c v1.0.0\nreplace a.b/c => ../c\n",
                "# a.b/c v1.0.0 => ../d\n## explicit\na.b/c\n# a.b/c => ../d\n",
                "a.b/c: is replaced by ../c in go.mod, but marked as replaced by ../d in vendor/modules.txt",
            ),
            (
                go_mod,
                "# a.b/c v1.0.0 => ../c\n## explicit\na.b/c\n",
                "a.b/c@v1.0.0: is marked as replaced in vendor/modules.txt, but not replaced in go.mod",
            ),
        ] {
            let want = format!("inconsistent vendoring in .:\n\t{want}");
            assert_eq!(check(go_mod, list), Err(want), "{go_mod} {list}");
        }
    }
}
