//! Packages for tests: `p [p.test]`, the package with its own `_test.go` files; `p_test [p.test]`, its external
//! tests; and every package between the two, which has to be compiled anew against the former. With them, where it is
//! wanted, `p.test`: the program that runs the tests.
//!
//! Source of the rule: `go help test`; *Go Command Documentation*, section *List packages or modules*, flag
//! `-test`.

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

use cranelift_entity::PrimaryMap;

use crate::error::{ErrorKind, Position, ProjectError};
use crate::header::Header;
use crate::load::{Edge, Loader, RUN_TESTS, imports, push};
use crate::package::{Import, ImportTarget, Package, PackageId, SourceFile, TestProgram};
use crate::scan::first_of_each;

/// Adds variants for tests to a graph of plain packages.
pub(crate) struct TestPackages<'a, 'l> {
    pub loader: &'a Loader<'l>,
    /// The plain packages by node.
    pub ids: &'a [Option<PackageId>],
    pub packages: &'a mut PrimaryMap<PackageId, Package>,
    /// The test packages themselves.
    pub roots: Vec<PackageId>,
    /// The programs that run them.
    pub programs: Vec<TestProgram>,
    pub errors: Vec<ProjectError>,
}

impl TestPackages<'_, '_> {
    /// Adds the variants for the tests of a package, if it has tests.
    pub fn add(&mut self, root: usize) {
        let loader = self.loader;
        let node = &loader.nodes[root];
        let tested = &node.unit.import_path;
        let mut variants: HashMap<usize, PackageId> = HashMap::new();
        if !node.scanned.test.files.is_empty() {
            if let Some(cycle) = self.cycle(root) {
                self.errors.push(cycle);
                return;
            }
            let mut files = node.scanned.plain.files.clone();
            files.extend(node.scanned.test.files.iter().cloned());
            let mut specs = node.scanned.plain.imports.clone();
            specs.extend(node.scanned.test.imports.iter().cloned());
            let specs = first_of_each(specs);
            let targets: Vec<Edge> = specs
                .iter()
                .map(|(path, _)| self.edge(root, path))
                .collect();
            let imports = imports(&specs, &targets, &|node| self.ids[node]);
            let package = loader.package(node, files, imports, Some(tested.clone()));
            let id = self.push(package);
            variants.insert(root, id);
            self.roots.push(id);
        }
        let part = &node.scanned.external;
        if part.files.is_empty() && (variants.is_empty() || loader.run_tests.is_empty()) {
            self.program(root, &variants, None);
            return;
        }
        // Without tests of its own the package is the plain one, and nothing has to be compiled anew.
        if !variants.is_empty() {
            self.between(root, &mut variants);
        }
        let mut external = None;
        if !part.files.is_empty() {
            let imports = imports(&part.imports, &node.targets[2], &|node| {
                variants.get(&node).copied().or(self.ids[node])
            });
            let package = Package {
                import_path: Arc::from(format!("{tested}_test")),
                name: format!("{}_test", node.scanned.name),
                assembly: Vec::new(),
                excluded: Vec::new(),
                ..loader.package(node, part.files.clone(), imports, Some(tested.clone()))
            };
            let id = self.push(package);
            self.roots.push(id);
            external = Some(id);
        }
        self.program(root, &variants, external);
    }

    /// Adds the program that runs the tests of a package, if it has tests and programs are wanted.
    fn program(
        &mut self,
        root: usize,
        variants: &HashMap<usize, PackageId>,
        external: Option<PackageId>,
    ) {
        let loader = self.loader;
        let wanted = loader.context.config.test_programs;
        if !wanted || (variants.is_empty() && external.is_none()) {
            return;
        }
        let node = &loader.nodes[root];
        let import_path = &node.unit.import_path;
        let tested = variants.get(&root).copied().or(self.ids[root]);
        let name = "_testmain.go";
        let import = |path: String, id: PackageId| Import {
            path,
            target: ImportTarget::Package(id),
            position: Position {
                file: name.to_owned(),
                line: 1,
                column: 1,
            },
        };
        let mut imports: Vec<Import> = Vec::new();
        for (path, &node) in RUN_TESTS.into_iter().zip(&loader.run_tests) {
            let id = variants.get(&node).copied().or(self.ids[node]);
            imports.extend(id.map(|id| import(path.to_owned(), id)));
        }
        imports.extend(tested.map(|id| import(import_path.to_string(), id)));
        imports.extend(external.map(|id| import(format!("{import_path}_test"), id)));
        imports.sort_by(|a, b| a.path.cmp(&b.path));
        imports.dedup_by(|a, b| a.path == b.path);
        let file = SourceFile {
            path: name.into(),
            stable_path: name.into(),
            content: Arc::default(),
            overlay: false,
            header: Header::default(),
        };
        let package = Package {
            import_path: Arc::from(format!("{import_path}.test")),
            name: "main".to_owned(),
            assembly: Vec::new(),
            excluded: Vec::new(),
            ..loader.package(node, vec![file], imports, None)
        };
        let main = self.push(package);
        self.programs.push(TestProgram {
            main,
            tested,
            external,
        });
    }

    fn push(&mut self, package: Package) -> PackageId {
        push(self.packages, &self.loader.context.config.target, package)
    }

    /// What an import path means in the package or its own tests.
    fn edge(&self, root: usize, path: &str) -> Edge {
        let node = &self.loader.nodes[root];
        for (part, targets) in node.parts().into_iter().zip(&node.targets).take(2) {
            if let Some(at) = part.imports.iter().position(|(spec, _)| spec == path) {
                return targets[at];
            }
        }
        Edge::Missing
    }

    /// Adds a variant of every package that the external tests, or the program that runs all tests, need and that needs
    /// the tested one, each after what it imports.
    fn between(&mut self, root: usize, variants: &mut HashMap<usize, PackageId>) {
        let loader = self.loader;
        let tested = loader.nodes[root].unit.import_path.clone();
        // Post-order without recursion; whether a node needs the tested one is known once its imports are done.
        let mut needs: HashMap<usize, bool> = HashMap::from([(root, true)]);
        let external = nodes(&loader.nodes[root].targets[2]);
        let starts = external.chain(loader.run_tests.iter().copied());
        let mut open: Vec<(usize, bool)> = starts.map(|node| (node, false)).collect();
        while let Some((at, done)) = open.pop() {
            if needs.contains_key(&at) {
                continue;
            }
            let targets = &loader.nodes[at].targets[0];
            if !done {
                open.push((at, true));
                let new = nodes(targets).filter(|node| !needs.contains_key(node));
                open.extend(new.map(|node| (node, false)).collect::<Vec<_>>());
                continue;
            }
            let needed = nodes(targets).any(|node| needs.get(&node) == Some(&true));
            needs.insert(at, needed);
            let Some(plain) = self.ids[at].filter(|_| needed) else {
                continue;
            };
            let node = &loader.nodes[at];
            let imports = imports(&node.scanned.plain.imports, targets, &|node| {
                variants.get(&node).copied().or(self.ids[node])
            });
            let package = Package {
                files: self.packages[plain].files.clone(),
                imports,
                for_test: Some(tested.clone()),
                ..self.packages[plain].clone()
            };
            let id = self.push(package);
            variants.insert(at, id);
        }
    }

    /// The error where a package's own tests import something that imports the package.
    fn cycle(&self, root: usize) -> Option<ProjectError> {
        let loader = self.loader;
        // Breadth first, so that the shortest way is told. For each node: from where, by which import.
        let mut from: HashMap<usize, (usize, usize)> = HashMap::new();
        let start = &loader.nodes[root].targets[1];
        let mut level: Vec<usize> = Vec::new();
        for (at, edge) in start.iter().enumerate() {
            if let Edge::Node(node) = *edge
                && !from.contains_key(&node)
            {
                from.insert(node, (root, at));
                level.push(node);
            }
        }
        while !from.contains_key(&root) && !level.is_empty() {
            let mut next = Vec::new();
            for node in level {
                for (at, edge) in loader.nodes[node].targets[0].iter().enumerate() {
                    if let Edge::Node(imported) = *edge
                        && !from.contains_key(&imported)
                    {
                        from.insert(imported, (node, at));
                        next.push(imported);
                    }
                }
            }
            level = next;
        }
        let mut steps = Vec::new();
        let mut at = root;
        loop {
            let &(importer, import) = from.get(&at)?;
            let node = &loader.nodes[importer];
            let part = usize::from(importer == root);
            let (path, position) = &node.parts()[part].imports[import];
            let file = Path::new(&position.file)
                .file_name()
                .map(|name| name.to_string_lossy().into_owned())
                .unwrap_or_default();
            steps.push(format!("\n\timports {path} from {file}"));
            if importer == root {
                break;
            }
            at = importer;
        }
        steps.reverse();
        let message = format!(
            "package {}{}: import cycle not allowed in test",
            loader.nodes[root].unit.import_path,
            steps.concat()
        );
        Some(ProjectError::new(ErrorKind::ImportCycle, message))
    }
}

/// The nodes that some imports lead to.
fn nodes(targets: &[Edge]) -> impl Iterator<Item = usize> + '_ {
    targets.iter().filter_map(|edge| match edge {
        Edge::Node(node) => Some(*node),
        Edge::Unsafe | Edge::Missing => None,
    })
}
