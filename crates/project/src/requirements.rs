//! What a `go.mod` file must name, given the packages that are built.
//!
//! From language version 1.17 on a file names every module that has a package of the build; before, those that the
//! packages of the module itself import. Where it does not, another build could pick other versions, so the
//! official command refuses to go on without changing the file.
//!
//! Source of the rule: *Go Modules Reference*, section *go.mod files*, *Automatic updates*; section *Module graph
//! pruning*.

use crate::error::{ErrorKind, ProjectError};
use crate::load::{Edge, Node};
use crate::module::{BuildList, Version};
use crate::package::Origin;

/// The errors about modules that the `go.mod` file of the main module does not name. Workspaces and vendor folders
/// have files of their own to say it.
pub(crate) fn check(modules: &BuildList<'_>, nodes: &[Node]) -> Vec<ProjectError> {
    let mains = &modules.mains;
    if mains.workspace || mains.vendored.is_some() || mains.modules.len() != 1 {
        return Vec::new();
    }
    let unnamed = |node: &Node| match &node.unit.origin {
        Origin::Dependency {
            module,
            version: Some(version),
        } if !modules.names(module, version) => Some((module.clone(), version.clone())),
        Origin::Dependency { .. }
        | Origin::Std
        | Origin::Runtime
        | Origin::Sdk
        | Origin::Main { .. }
        | Origin::CommandLine => None,
    };
    if modules.names_all() {
        // Packages of other modules that are named on their own have no say.
        let worked_on = |node: &Node| match &node.unit.origin {
            Origin::Main { .. } => true,
            Origin::Dependency { .. } => node.imported_at.is_some(),
            Origin::Std | Origin::Runtime | Origin::Sdk | Origin::CommandLine => true,
        };
        let missing =
            nodes.iter().all(worked_on) && nodes.iter().any(|node| unnamed(node).is_some());
        let message = "updates to go.mod needed; to update it:";
        let error = ProjectError::new(ErrorKind::GoMod, message).with_help("go mod tidy");
        return missing.then_some(error).into_iter().collect();
    }
    let mut errors = Vec::new();
    for node in nodes {
        if !matches!(node.unit.origin, Origin::Main { .. }) {
            continue;
        }
        let edges = node.targets.iter().flatten();
        let imported = edges.filter_map(|edge| match edge {
            Edge::Node(node) => nodes.get(*node),
            Edge::Unsafe | Edge::Missing => None,
        });
        let mut implicit = imported.filter_map(|imported| Some((imported, unnamed(imported)?)));
        if let Some((imported, (module, version))) = implicit.next() {
            errors.push(implicitly_required(node, imported, &module, &version));
        }
    }
    errors
}

fn implicitly_required(
    node: &Node,
    imported: &Node,
    module: &str,
    version: &Version,
) -> ProjectError {
    let message = format!(
        "package {} imports {} from implicitly required module; to add missing requirements, run:",
        node.unit.import_path, imported.unit.import_path
    );
    ProjectError::new(ErrorKind::GoMod, message).with_help(format!("go get {module}@{version}"))
}
