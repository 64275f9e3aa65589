//! The result of loading: packages with their files, in dependency order.

use std::path::PathBuf;
use std::sync::Arc;

use cranelift_entity::{PrimaryMap, entity_impl};
use indexmap::IndexMap;

use crate::embed::EmbedPattern;
use crate::error::{Position, ProjectError};
use crate::header::Header;
use crate::module::Version;
use crate::version::GoVersion;

/// A package of a [`Graph`]. Ids follow the dependency order: what a package imports has smaller ids.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PackageId(u32);
entity_impl!(PackageId, "package");

/// Everything that a build needs, read from disk.
#[derive(Clone, Debug, Default)]
pub struct Graph {
    /// The packages, each after all that it imports.
    pub packages: PrimaryMap<PackageId, Package>,
    /// Those that the arguments name, in the order of the arguments; patterns give them sorted by path. With
    /// tests the variants for them follow.
    pub roots: Vec<PackageId>,
    /// Everything that went wrong. With errors the graph is still sound, but not all of it may be there.
    pub errors: Vec<ProjectError>,
    /// Things worth telling that stop nothing, such as a pattern that matches no package.
    pub warnings: Vec<String>,
    /// The packages by import path, without variants for tests.
    pub by_path: IndexMap<Arc<str>, PackageId>,
    /// The programs that run the tests of the roots, where they were asked for; of packages without tests there is
    /// none.
    pub test_programs: Vec<TestProgram>,
    /// The `godebug` lines, `key=value`, of the `go.work` file, or of the `go.mod` file of the one module that is worked
    /// on.
    pub godebug: Vec<String>,
}

/// A program that runs the tests of a package.
#[derive(Clone, Debug)]
pub struct TestProgram {
    /// Its package `main`, named after the tested one: `p.test`. It has one file, which is empty: what stands in there
    /// depends on the tests.
    pub main: PackageId,
    /// The package with its own tests, or without them where it has none; none if it has nothing but external tests.
    pub tested: Option<PackageId>,
    /// The external tests.
    pub external: Option<PackageId>,
}

impl Graph {
    /// The package with an import path.
    pub fn find(&self, import_path: &str) -> Option<PackageId> {
        self.by_path.get(import_path).copied()
    }
}

/// Where a package comes from.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Origin {
    /// The standard library of the Go release, perhaps with overlay files.
    Std,
    /// The embedded runtime, in place of std's package of that path.
    Runtime,
    /// The SDK that comes with the compiler.
    Sdk,
    /// The module that is worked on.
    Main {
        /// Its module path.
        module: String,
    },
    /// A module that is required, from the cache, a vendor folder or a replacement.
    Dependency {
        /// Its module path.
        module: String,
        /// The version required, if any.
        version: Option<Version>,
    },
    /// Files named outside of any module.
    CommandLine,
}

impl Origin {
    /// Whether the package may do what only std may: import its internal packages, go without function bodies,
    /// use compiler intrinsics.
    pub fn is_std(&self) -> bool {
        match self {
            Origin::Std | Origin::Runtime => true,
            Origin::Sdk | Origin::Main { .. } | Origin::Dependency { .. } | Origin::CommandLine => {
                false
            }
        }
    }
}

/// A package: the files of one folder that belong to the target.
#[derive(Clone, Debug)]
pub struct Package {
    /// The import path; `command-line-arguments` for files named one by one. It is unique in the graph among the
    /// packages that are no variants for tests.
    pub import_path: Arc<str>,
    /// The package that this is a variant for the tests of: the package itself with its `_test.go` files, its
    /// external test package, or one that has to be compiled anew because it imports the former.
    pub for_test: Option<Arc<str>>,
    /// The name in the package clauses; empty where no file has a readable one.
    pub name: String,
    /// The folder; that of std's files where overlay files are added.
    pub dir: PathBuf,
    /// The Go files: those of the package sorted by name, then those of the overlay sorted by name.
    pub files: Vec<SourceFile>,
    /// Names of the assembly files that belong to the target, sorted. A package that has some may declare
    /// functions without body.
    pub assembly: Vec<String>,
    /// Go files that stand beside these and belong to other builds, sorted by name. Of the module that is worked on
    /// alone.
    pub excluded: Vec<SourceFile>,
    /// What the files' `//go:embed` directives name, in order.
    pub embeds: Vec<EmbedPattern>,
    /// What the files import, sorted by path, without duplicates.
    pub imports: Vec<Import>,
    /// Where it comes from.
    pub origin: Origin,
    /// The language version that its `go.mod` file sets; that of the release for std and outside of modules.
    pub go_version: GoVersion,
    /// Names the whole input of its compilation; see [`crate::hash`].
    pub content_hash: ContentHash,
}

impl Package {
    /// Its name in messages: the import path, for a variant as `go list -test` writes it: `p [q.test]`.
    pub fn id(&self) -> String {
        match &self.for_test {
            Some(tested) => format!("{} [{tested}.test]", self.import_path),
            None => self.import_path.to_string(),
        }
    }

    /// Whether it belongs to the standard library, the embedded runtime included.
    pub fn is_std(&self) -> bool {
        self.origin.is_std()
    }

    /// The package that an import path means in this package's files. std's own files say `golang.org/x/...`
    /// for packages whose path is `vendor/golang.org/x/...`.
    pub fn import(&self, path: &str) -> Option<&Import> {
        let at = self
            .imports
            .binary_search_by(|import| import.path.as_str().cmp(path))
            .ok()?;
        self.imports.get(at)
    }
}

/// One import of a package.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Import {
    /// The path as written.
    pub path: String,
    /// What it means.
    pub target: ImportTarget,
    /// Where it stands first.
    pub position: Position,
}

/// What an import path means.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ImportTarget {
    /// The package `unsafe`, which has no files.
    Unsafe,
    /// A package of the graph.
    Package(PackageId),
    /// Nothing; an error has been reported.
    Missing,
}

/// A Go source file.
#[derive(Clone, Debug)]
pub struct SourceFile {
    /// The path that messages show: relative to the current folder, or under `$GOROOT`, `$GOMODCACHE` or
    /// `$POLKAGO`.
    pub path: Arc<str>,
    /// The path that may go into what is built: the same whatever the machine and the current folder, such as
    /// `example.com/m/sub/x.go`.
    pub stable_path: Arc<str>,
    /// The content. Not checked to be UTF-8; the lexer does that.
    pub content: Arc<[u8]>,
    /// Whether its declarations replace same-named ones of the other files.
    pub overlay: bool,
    /// Its package clause, imports and build constraint.
    pub header: Header,
}

/// A hash over everything that a package's compilation depends on.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct ContentHash(pub [u8; 32]);
