//! The front end: loaded packages to checked ones.

use crate::timings::Clock;
use crate::{Diagnostic, Place, Severity};
use polkago_project::{
    Graph, Import, ImportTarget, Package as Loaded, PackageId, Position, ProjectError, Target,
};
use polkago_syntax::{File, ParseOptions, Pos, SyntaxError, parse_file, thin_out};
use polkago_types::{
    Package, PackageInput, PkgId, Sizes, SourceFile, SrcPos, Store, check_package,
};
use rayon::prelude::*;
use std::sync::Arc;

/// What the front end made of a graph.
pub(crate) struct Checked {
    /// Types and objects.
    pub store: Store,
    /// The packages in dependency order.
    pub packages: Vec<Arc<Package>>,
    /// Everything found, unsorted.
    pub diagnostics: Vec<Diagnostic>,
}

impl Checked {
    /// The place of a position as users see it.
    pub fn place(&self, pos: SrcPos) -> Option<Place> {
        place_in(&self.packages, pos)
    }
}

/// Parses and checks every package of a graph.
pub(crate) fn check(graph: &Graph, sizes: Sizes, clock: &mut Clock) -> Checked {
    let mut diagnostics: Vec<Diagnostic> = graph.errors.iter().map(from_project).collect();
    let parsed = clock.stage("parse", || parse(graph));
    let store = Store::new();
    let mut packages: Vec<Arc<Package>> = Vec::new();
    let mut ids: Vec<PkgId> = Vec::new();
    let mut broken: Vec<bool> = Vec::new();
    clock.stage("check", || {
        for ((id, loaded), trees) in graph.packages.iter().zip(parsed) {
            // Where std has errors it is polkago that falls short, and the user's import that asks too much.
            let hidden = loaded.is_std() && !graph.roots.contains(&id);
            // What is said about a package whose imports have errors would be noise, as after a syntax error, when
            // the tree has holes.
            let mut unusable = loaded.imports.iter().any(|import| match import.target {
                ImportTarget::Unsafe => false,
                ImportTarget::Package(id) => broken[index(id)],
                ImportTarget::Missing => true,
            });
            let mut wrong = unusable;
            let mut files = Vec::new();
            for (source, (tree, errors)) in loaded.files.iter().zip(trees) {
                unusable |= errors.iter().any(SyntaxError::stops_checking);
                wrong |= !errors.is_empty();
                if !hidden {
                    diagnostics.extend(errors.iter().map(|e| from_syntax(e, &source.path, &tree)));
                }
                files.push(SourceFile {
                    path: source.path.clone(),
                    stable_path: source.stable_path.clone(),
                    tree: Arc::new(tree),
                    overlay: source.overlay,
                });
            }
            let result = check_package(&store, input(loaded, files, &ids, sizes));
            wrong |= !result.errors.is_empty();
            ids.push(result.package.id);
            packages.push(result.package);
            if !hidden {
                diagnostics.extend(unsupported_imports(loaded, graph, &broken));
                if !unusable {
                    diagnostics.extend(result.errors.iter().map(|e| from_types(e, &packages)));
                }
            }
            broken.push(wrong);
        }
    });
    Checked {
        store,
        packages,
        diagnostics,
    }
}

/// Errors about imports of std packages that polkago cannot compile.
fn unsupported_imports(loaded: &Loaded, graph: &Graph, broken: &[bool]) -> Vec<Diagnostic> {
    let asks_too_much = |import: &&Import| match import.target {
        ImportTarget::Package(id) => graph.packages[id].is_std() && broken[index(id)],
        ImportTarget::Unsafe | ImportTarget::Missing => false,
    };
    let imports = loaded.imports.iter().filter(asks_too_much);
    imports
        .map(|import| {
            let message = format!("package {} is not supported yet", import.path);
            Diagnostic::error("Unsupported", message).at(from_position(&import.position))
        })
        .collect()
}

/// A tree and the errors worth showing, for each file of each package.
type Trees = Vec<Vec<(File, Vec<SyntaxError>)>>;

/// Parses every file, on all cores.
fn parse(graph: &Graph) -> Trees {
    let packages: Vec<&Loaded> = graph.packages.values().collect();
    packages
        .par_iter()
        .map(|package| {
            package
                .files
                .par_iter()
                .map(|source| {
                    let options = ParseOptions {
                        file_name: source.path.to_string(),
                        ..ParseOptions::default()
                    };
                    let mut result = parse_file(&source.content, &options);
                    thin_out(&mut result.errors, &result.file.lines);
                    (result.file, result.errors)
                })
                .collect()
        })
        .collect()
}

/// What the checker takes for a loaded package; `ids` are the checked packages by graph id.
fn input(loaded: &Loaded, files: Vec<SourceFile>, ids: &[PkgId], sizes: Sizes) -> PackageInput {
    let imports = loaded
        .imports
        .iter()
        .filter_map(|import| {
            let id = match import.target {
                ImportTarget::Package(id) => ids[index(id)],
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
        sizes,
    }
}

/// The sizes of types on a platform.
pub(crate) fn sizes(target: &Target) -> Sizes {
    Sizes {
        word: target.word_bytes(),
        max_align: target.max_align(),
    }
}

fn index(id: PackageId) -> usize {
    use cranelift_entity::EntityRef as _;
    id.index()
}

fn place(path: &str, tree: &File, pos: Pos) -> Place {
    let location = tree.lines.location(pos);
    Place {
        file: location.file.unwrap_or(path).to_owned(),
        line: location.line,
        column: location.col.unwrap_or(1),
    }
}

fn from_position(p: &Position) -> Place {
    Place {
        file: p.file.clone(),
        line: p.line,
        column: p.column,
    }
}

/// A finding of `project`.
pub(crate) fn from_project(error: &ProjectError) -> Diagnostic {
    let mut d = Diagnostic::error(error.kind.code(), error.message.as_str());
    d.place = error.position.as_ref().map(from_position);
    d.help.clone_from(&error.help);
    d
}

fn from_syntax(error: &SyntaxError, path: &str, tree: &File) -> Diagnostic {
    Diagnostic::error(error.code.as_str(), error.message.as_str()).at(place(path, tree, error.pos))
}

/// The place of a position in one of the packages.
fn place_in(packages: &[Arc<Package>], pos: SrcPos) -> Option<Place> {
    let package = packages.iter().find(|p| p.id == pos.file.pkg)?;
    let file = package.files.get(pos.file.file as usize)?;
    Some(place(&file.path, &file.tree, pos.pos))
}

/// A finding of the checker. A related place may be in a package checked before.
fn from_types(error: &polkago_types::Diagnostic, packages: &[Arc<Package>]) -> Diagnostic {
    let show = |pos| place_in(packages, pos);
    Diagnostic {
        severity: Severity::Error,
        code: format!("{:?}", error.code),
        place: show(error.pos),
        length: error.end.0.saturating_sub(error.pos.pos.0).max(1),
        message: error.msg.clone(),
        related: error
            .related
            .iter()
            .map(|(pos, text)| (pos.and_then(show), text.clone()))
            .collect(),
        help: None,
    }
}
