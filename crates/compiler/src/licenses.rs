//! The notices that a module must carry for what was compiled into it.
//!
//! Licences of open source ask that their text goes along with copies, in binary form as well; the Apache licence asks
//! the same for the file NOTICE (its section 4). Which packages a program imports is known, and each comes from
//! somewhere: the Go release, the trees that come with this compiler, a module. The user's own modules are theirs to
//! license and left out.

use crate::diagnostic::Diagnostic;
use crate::session::{Failure, Profile, Session};
use indexmap::IndexMap;
use polkago_project::{FileSystem, Origin, OsFs, Package};
use std::path::{Path, PathBuf};

/// The licence of this compiler and of the Go code that it brings.
const OWN_LICENSE: &str = include_str!("../../../LICENSE");

/// What the repository says of itself. Only its first paragraph is about the Go code that goes into programs.
const OWN_NOTICE: &str = include_str!("../../../NOTICE");

/// The module path of the SDK.
const SDK: &str = "polkago.dev/sdk";

/// Beginnings of the names of files that hold notices, in capitals.
const NOTICES: [&str; 6] = [
    "LICENSE",
    "LICENCE",
    "COPYING",
    "COPYRIGHT",
    "NOTICE",
    "UNLICENSE",
];

/// One work that is part of a program, and the notices that come with it.
#[derive(Clone, PartialEq, Eq, Debug, serde::Serialize)]
pub struct Licensed {
    /// What it is: a module path, or a name for people.
    pub name: String,
    /// Its version, where it has one.
    pub version: Option<String>,
    /// The packages of it that are compiled in, sorted.
    pub packages: Vec<String>,
    /// Its notices; none where nothing was found.
    pub notices: Vec<Notice>,
}

/// A file with a licence or a notice.
#[derive(Clone, PartialEq, Eq, Debug, serde::Serialize)]
pub struct Notice {
    /// Its name within the work.
    pub file: String,
    /// What it says.
    pub text: String,
}

impl Session {
    /// The works that go into a program, the compiler's own first, then the Go release, then modules by path.
    ///
    /// # Errors
    /// Where the packages cannot be found.
    pub fn licenses(
        &self,
        arguments: &[String],
        profile: Profile,
    ) -> Result<Vec<Licensed>, Failure> {
        let (graph, release) = self.load_with_release(arguments, profile)?;
        if !graph.errors.is_empty() {
            return Err(Failure {
                diagnostics: crate::findings::from_loading(&graph),
            });
        }
        let mut works: IndexMap<(u8, String), Licensed> = IndexMap::new();
        for package in graph.packages.values() {
            let Some((rank, name, version)) = work(package, &release.version.to_string()) else {
                continue;
            };
            let work = works
                .entry((rank, name.clone()))
                .or_insert_with(|| Licensed {
                    name,
                    version,
                    packages: Vec::new(),
                    notices: Vec::new(),
                });
            work.packages.push(package.import_path.to_string());
            let notices = match rank {
                OWN => own(),
                STD => in_folder(&release.root, ""),
                _ => upwards(package),
            };
            for notice in notices {
                if !work.notices.contains(&notice) {
                    work.notices.push(notice);
                }
            }
        }
        works.sort_keys();
        Ok(works
            .into_values()
            .map(|mut work| {
                work.packages.sort();
                work.notices.sort_by(|a, b| a.file.cmp(&b.file));
                work
            })
            .collect())
    }
}

const OWN: u8 = 0;
const STD: u8 = 1;
const VENDORED: u8 = 2;
const MODULE: u8 = 3;

/// Which work a package belongs to: its place in the order, its name and its version.
fn work(package: &Package, go: &str) -> Option<(u8, String, Option<String>)> {
    let own = || Some((OWN, "polkago: runtime and SDK".to_owned(), None));
    match &package.origin {
        Origin::Runtime | Origin::Sdk => own(),
        Origin::Std => match package.import_path.strip_prefix("vendor/") {
            // The release's own copies of modules: golang.org/x/NAME.
            Some(path) => {
                let module: Vec<&str> = path.split('/').take(3).collect();
                Some((VENDORED, module.join("/"), Some(format!("as in go{go}"))))
            }
            None => Some((
                STD,
                "the Go standard library".to_owned(),
                Some(format!("go{go}")),
            )),
        },
        Origin::Dependency { module, .. } if module == SDK => own(),
        Origin::Dependency { module, version } => {
            let version = version.as_ref().map(ToString::to_string);
            Some((MODULE, module.clone(), version))
        }
        Origin::Main { .. } | Origin::CommandLine => None,
    }
}

/// The notices of the compiler's own trees.
fn own() -> Vec<Notice> {
    let notice = OWN_NOTICE.split("\n\n").next().unwrap_or_default();
    [
        ("LICENSE", OWN_LICENSE.trim_matches('\n')),
        ("NOTICE", notice),
    ]
    .map(|(file, text)| Notice {
        file: file.to_owned(),
        text: format!("{text}\n"),
    })
    .into()
}

/// The notices from a package's folder up to the root of its module.
fn upwards(package: &Package) -> Vec<Notice> {
    let (module, path) = match &package.origin {
        Origin::Dependency { module, .. } => (module.as_str(), &*package.import_path),
        _ => {
            let path = package.import_path.trim_start_matches("vendor/");
            let end = path
                .match_indices('/')
                .nth(2)
                .map_or(path.len(), |(at, _)| at);
            (path.get(..end).unwrap_or(path), path)
        }
    };
    let below = path.strip_prefix(module).unwrap_or_default();
    let mut parts: Vec<&str> = below.split('/').filter(|part| !part.is_empty()).collect();
    let mut folder: PathBuf = package.dir.clone();
    let mut found = Vec::new();
    loop {
        found.extend(in_folder(&folder, &parts.join("/")));
        if parts.pop().is_none() || !folder.pop() {
            return found;
        }
    }
}

/// The notices in one folder, named from the root of the work.
fn in_folder(folder: &Path, below: &str) -> Vec<Notice> {
    let entries = OsFs.list(folder).unwrap_or_default();
    entries
        .into_iter()
        .filter(|entry| is_notice(&entry.name))
        .filter_map(|entry| {
            let bytes = OsFs.read(&folder.join(&entry.name)).ok()?;
            let slash = if below.is_empty() { "" } else { "/" };
            Some(Notice {
                file: format!("{below}{slash}{}", entry.name),
                text: String::from_utf8_lossy(&bytes).into_owned(),
            })
        })
        .collect()
}

/// Whether a file of this name holds a notice: `LICENSE`, `LICENSE.txt`, `LICENSE-MIT`, `NOTICE.md`, but no Go file.
fn is_notice(name: &str) -> bool {
    let upper = name.to_ascii_uppercase();
    let beginning = NOTICES.iter().find_map(|notice| upper.strip_prefix(notice));
    beginning.is_some_and(|rest| {
        !upper.ends_with(".GO") && !rest.starts_with(|c: char| c.is_ascii_alphabetic())
    })
}

impl Licensed {
    /// What is wrong with it: nothing, or that its notices are missing.
    #[must_use]
    pub fn finding(&self) -> Option<Diagnostic> {
        if !self.notices.is_empty() {
            return None;
        }
        let message = format!("{} has no file with a licence", self.name);
        let help = "ask its authors under which terms it may be used and passed on";
        Some(Diagnostic::error("NoLicense", message).with_help(help))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_with_notices_are_known_by_name() {
        for name in [
            "LICENSE",
            "License.txt",
            "LICENSE-MIT",
            "NOTICE",
            "COPYING.LESSER",
            "licence.md",
        ] {
            assert!(is_notice(name), "{name}");
        }
        for name in [
            "license.go",
            "licenses_test.go",
            "README.md",
            "noticeboard.md",
            "LICENSES",
        ] {
            assert!(!is_notice(name), "{name}");
        }
    }

    #[test]
    fn the_notice_for_programs_is_not_that_of_the_command_line() {
        let own = own();
        assert!(own[0].text.contains("Apache License"));
        assert!(own[1].text.contains("polkago authors"));
        assert!(!own[1].text.contains("GPL"));
    }
}
