//! The requirement graph and minimal version selection.
//!
//! Which version of each module takes part: the highest that any `go.mod` file in the graph asks for. Which files
//! are in the graph follows from the `go` lines: a module from 1.17 on names all that its packages need, so the
//! requirements of what it requires are pruned; those of an older one are followed all the way. The graph is read
//! level by level, the files of a level at once.
//!
//! Source of the rule: *Go Modules Reference*, sections *Minimal version selection (MVS)*, *Module graph pruning*
//! and *Workspaces*.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::fmt;
use std::sync::Arc;

use super::gomod::ModuleVersion;
use super::semver::Version;
use crate::error::ProjectError;
use crate::parallel;
use crate::version::GoVersion;

/// From this language version on a `go.mod` file names all modules that its packages need.
const PRUNED_SINCE: GoVersion = GoVersion::language(1, 17);

/// What a `go.mod` file says, as far as the graph needs it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Summary {
    /// The language version of the module's packages.
    pub go_version: GoVersion,
    /// Whether the requirements of what it requires can be left out.
    pub pruned: bool,
    /// The modules required, replacements not applied, exclusions left out.
    pub require: Vec<ModuleVersion>,
    /// Folders that patterns pass over.
    pub ignore: Vec<String>,
}

/// Whether a module with a `go` line supports pruning; without a line it does not.
pub(crate) fn supports_pruning(go: Option<GoVersion>) -> bool {
    go.is_some_and(|version| version >= PRUNED_SINCE)
}

/// A module in the graph: a main module, or one in a version.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub(crate) enum Node {
    /// A module that is worked on, by its path.
    Main(String),
    /// Any other.
    Version(ModuleVersion),
}

impl fmt::Display for Node {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Node::Main(path) => f.write_str(path),
            Node::Version(module) => module.fmt(f),
        }
    }
}

/// How far requirements are followed from a module.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub(crate) enum Pruning {
    /// Not beyond its own, if the module itself supports pruning.
    Pruned,
    /// All the way.
    Unpruned,
    /// Those of its requirements, each as far as the module's own `go` line says.
    Workspace,
}

/// Where the graph starts.
pub(crate) struct Roots {
    /// The main modules.
    pub mains: Vec<String>,
    /// What is enqueued first.
    pub nodes: Vec<Node>,
    /// How.
    pub pruning: Pruning,
}

/// The selected version of every module but the main ones.
pub(crate) type Selection = BTreeMap<String, Version>;

/// Reads the graph and selects versions.
///
/// # Errors
/// The first `go.mod` file, in the order of modules, that could not be read, with the way that leads to it.
pub(crate) fn select(
    roots: &Roots,
    summary: &(dyn Fn(&Node) -> Result<Arc<Summary>, ProjectError> + Sync),
) -> Result<Selection, ProjectError> {
    let mut graph = Graph {
        mains: roots.mains.iter().map(String::as_str).collect(),
        summary,
        summaries: HashMap::new(),
        seen: HashSet::new(),
        selected: BTreeMap::new(),
        required_by: HashMap::new(),
    };
    for node in &roots.nodes {
        graph.require(None, node);
    }
    graph.follow(roots.nodes.iter().map(|node| (node.clone(), roots.pruning)))?;
    if roots.pruning == Pruning::Workspace {
        graph.follow_selected(&roots.nodes)?;
    }
    Ok(graph.selected)
}

struct Graph<'a> {
    mains: HashSet<&'a str>,
    summary: &'a (dyn Fn(&Node) -> Result<Arc<Summary>, ProjectError> + Sync),
    summaries: HashMap<Node, Arc<Summary>>,
    /// What has been followed, and how.
    seen: HashSet<(Node, Pruning)>,
    selected: Selection,
    /// For messages: what required a module first.
    required_by: HashMap<Node, Node>,
}

impl Graph<'_> {
    /// Notes that something is required.
    fn require(&mut self, by: Option<&Node>, node: &Node) {
        let Node::Version(module) = node else { return };
        if let Some(by) = by
            && !self.required_by.contains_key(node)
        {
            self.required_by.insert(node.clone(), by.clone());
        }
        // A main module is newer than every version of it.
        if self.mains.contains(module.path.as_str()) {
            return;
        }
        match self.selected.get_mut(&module.path) {
            Some(version) if *version >= module.version => {}
            Some(version) => *version = module.version.clone(),
            None => {
                _ = self
                    .selected
                    .insert(module.path.clone(), module.version.clone())
            }
        }
    }

    /// Follows requirements from some modules.
    fn follow(&mut self, start: impl Iterator<Item = (Node, Pruning)>) -> Result<(), ProjectError> {
        let mut level: Vec<(Node, Pruning)> = Vec::new();
        for entry in start {
            if self.seen.insert(entry.clone()) {
                level.push(entry);
            }
        }
        while !level.is_empty() {
            self.read(&level)?;
            let mut next = Vec::new();
            for (node, pruning) in level {
                let Some(summary) = self.summaries.get(&node).cloned() else {
                    continue;
                };
                let follow = pruning != Pruning::Pruned || !summary.pruned;
                if !follow {
                    continue;
                }
                let inherited = match (pruning, summary.pruned) {
                    (Pruning::Unpruned, _) | (_, false) => Pruning::Unpruned,
                    (_, true) => Pruning::Pruned,
                };
                for module in &summary.require {
                    let entry = (Node::Version(module.clone()), inherited);
                    if self.seen.insert(entry.clone()) {
                        next.push(entry);
                    }
                }
            }
            level = next;
        }
        Ok(())
    }

    /// Reads the `go.mod` files of a level that have not been read, and notes what they require.
    fn read(&mut self, level: &[(Node, Pruning)]) -> Result<(), ProjectError> {
        let new: BTreeSet<&Node> = level
            .iter()
            .map(|(node, _)| node)
            .filter(|node| !self.summaries.contains_key(node))
            .collect();
        let new: Vec<&Node> = new.into_iter().collect();
        let summary = self.summary;
        for (node, answer) in new.iter().zip(parallel::map(&new, |node| summary(node))) {
            let answer = answer.map_err(|error| self.explain(node, error))?;
            for module in &answer.require {
                self.require(Some(node), &Node::Version(module.clone()));
            }
            self.summaries.insert((*node).clone(), answer);
        }
        Ok(())
    }

    /// In a workspace, requirements that are not at their selected version say nothing of what the selected one
    /// needs, so that is read as well.
    fn follow_selected(&mut self, roots: &[Node]) -> Result<(), ProjectError> {
        let mut followed: BTreeSet<String> = BTreeSet::new();
        let mut seen: HashSet<Node> = roots.iter().cloned().collect();
        loop {
            let mut wanted: BTreeSet<Node> = BTreeSet::new();
            let selected = followed
                .iter()
                .filter_map(|path| self.selected_node(path))
                .chain(roots.iter().cloned());
            for node in selected {
                if !seen.contains(&node) {
                    wanted.insert(node);
                    continue;
                }
                let required = self
                    .summaries
                    .get(&node)
                    .map(|summary| &summary.require[..]);
                for module in required.unwrap_or_default() {
                    if let Some(node) = self.selected_node(&module.path)
                        && node > Node::Version(module.clone())
                        && !seen.contains(&node)
                    {
                        wanted.insert(node);
                    }
                }
            }
            if wanted.is_empty() {
                return Ok(());
            }
            for node in &wanted {
                if let Node::Version(module) = node {
                    followed.insert(module.path.clone());
                }
            }
            seen.extend(wanted.iter().cloned());
            self.follow(wanted.into_iter().map(|node| (node, Pruning::Workspace)))?;
        }
    }

    fn selected_node(&self, path: &str) -> Option<Node> {
        Some(Node::Version(ModuleVersion {
            path: path.to_string(),
            version: self.selected.get(path)?.clone(),
        }))
    }

    /// The error with the way from a main module to where it happened, a line each.
    fn explain(&self, node: &Node, error: ProjectError) -> ProjectError {
        let mut way = Vec::new();
        let mut at = node;
        while let Some(by) = self.required_by.get(at) {
            // Requirements may go in circles.
            if way.contains(&by) {
                break;
            }
            way.push(by);
            at = by;
        }
        let mut message = String::new();
        for by in way.iter().rev().filter(|by| matches!(by, Node::Version(_))) {
            message.push_str(&format!("{by} requires\n\t"));
        }
        ProjectError {
            message: message + &error.message,
            ..error
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::ErrorKind;

    fn module(text: &str) -> ModuleVersion {
        let (path, version) = text.split_once('@').expect("path@version");
        ModuleVersion {
            path: path.to_string(),
            version: Version::parse(version).expect("valid"),
        }
    }

    /// Files: name, whether it supports pruning, what it requires.
    fn selected(files: &[(&str, bool, &[&str])], pruning: Pruning) -> Result<Vec<String>, String> {
        let (main, rest) = files.split_first().expect("a main module");
        let (main, pruned, require) = *main;
        assert_eq!(pruned, pruning == Pruning::Pruned);
        let summary = |node: &Node| {
            let name = node.to_string();
            let file = rest.iter().find(|(file, ..)| *file == name);
            let Some((_, pruned, require)) = file else {
                return Err(ProjectError::new(
                    ErrorKind::Download,
                    format!("{name}: gone"),
                ));
            };
            Ok(Arc::new(Summary {
                go_version: PRUNED_SINCE,
                pruned: *pruned,
                require: require.iter().map(|text| module(text)).collect(),
                ignore: Vec::new(),
            }))
        };
        let roots = Roots {
            mains: vec![main.to_string()],
            nodes: require
                .iter()
                .map(|text| Node::Version(module(text)))
                .collect(),
            pruning,
        };
        let selection = select(&roots, &summary).map_err(|e| e.message)?;
        Ok(selection
            .iter()
            .map(|(path, version)| format!("{path}@{version}"))
            .collect())
    }

    #[test]
    fn the_highest_version_asked_for_is_taken() {
        let files: &[(&str, bool, &[&str])] = &[
            ("m", false, &["a@v1.0.0", "b@v1.0.0"]),
            ("a@v1.0.0", false, &["c@v1.1.0"]),
            ("b@v1.0.0", false, &["c@v1.2.0", "a@v1.0.0"]),
            ("c@v1.1.0", false, &["d@v1.0.0"]),
            ("c@v1.2.0", false, &[]),
            ("d@v1.0.0", false, &[]),
        ];
        // What c@v1.1.0 asks for counts although that version is not taken.
        let want = ["a@v1.0.0", "b@v1.0.0", "c@v1.2.0", "d@v1.0.0"];
        assert_eq!(selected(files, Pruning::Unpruned).expect("valid"), want);
    }

    #[test]
    fn requirements_of_requirements_are_pruned() {
        let files: &[(&str, bool, &[&str])] = &[
            ("m", true, &["a@v1.0.0", "old@v1.0.0"]),
            ("a@v1.0.0", true, &["b@v1.0.0"]),
            // Never read, so it need not be there: "b@v1.0.0".
            ("old@v1.0.0", false, &["c@v1.0.0"]),
            ("c@v1.0.0", true, &["d@v1.0.0"]),
            ("d@v1.0.0", true, &["e@v1.0.0"]),
            ("e@v1.0.0", true, &[]),
        ];
        let want = [
            "a@v1.0.0",
            "b@v1.0.0",
            "c@v1.0.0",
            "d@v1.0.0",
            "e@v1.0.0",
            "old@v1.0.0",
        ];
        assert_eq!(selected(files, Pruning::Pruned).expect("valid"), want);
    }

    #[test]
    fn requirements_may_go_in_circles() {
        let files: &[(&str, bool, &[&str])] = &[
            ("m", false, &["a@v1.0.0"]),
            ("a@v1.0.0", false, &["b@v1.0.0", "m@v1.0.0"]),
            ("b@v1.0.0", false, &["a@v1.1.0"]),
            ("a@v1.1.0", false, &["b@v1.0.0"]),
            ("m@v1.0.0", false, &["a@v1.0.0"]),
        ];
        assert_eq!(
            selected(files, Pruning::Unpruned).expect("valid"),
            ["a@v1.1.0", "b@v1.0.0"]
        );
    }

    #[test]
    fn errors_tell_the_way() {
        let files: &[(&str, bool, &[&str])] = &[
            ("m", false, &["a@v1.0.0"]),
            ("a@v1.0.0", false, &["b@v1.0.0"]),
            ("b@v1.0.0", false, &["c@v1.0.0"]),
        ];
        assert_eq!(
            selected(files, Pruning::Unpruned),
            Err("a@v1.0.0 requires\n\tb@v1.0.0 requires\n\tc@v1.0.0: gone".to_string())
        );
    }
}
