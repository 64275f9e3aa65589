//! Packages with tests, and programs that run them.

use crate::findings::from_loading;
use crate::session::target;
use crate::timings::Clock;
use crate::{Artifact, BuildOptions, Diagnostic, Failure, Profile, Session};
use polkago_project::{Graph, PackageId};
use std::path::PathBuf;

/// A package that is to be tested.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TestPackage {
    /// Its import path.
    pub path: String,
    /// Its folder: where its tests run.
    pub dir: PathBuf,
    /// Whether it has tests.
    pub has_tests: bool,
    /// The root folder of the Go release that it is compiled with.
    pub goroot: PathBuf,
    /// What names it alone.
    arguments: Vec<String>,
}

impl Session {
    /// The packages that arguments name, each with whether it has tests: in their order.
    ///
    /// # Errors
    /// Where there is no Go release, or the arguments name nothing.
    pub fn test_packages(&self, arguments: &[String]) -> Result<Vec<TestPackage>, Failure> {
        let (graph, release) = self.load_with_release(arguments, Profile::Wasip1)?;
        let mut found: Vec<TestPackage> = Vec::new();
        let mut add = |id: PackageId, path: &str, has_tests: bool| {
            if let Some(known) = found.iter_mut().find(|package| package.path == path) {
                known.has_tests |= has_tests;
                return;
            }
            let package = &graph.packages[id];
            let arguments = if path == "command-line-arguments" {
                arguments.to_vec()
            } else if package.is_std() {
                vec![path.to_owned()]
            } else {
                // Its module need not be that of the current folder.
                vec![package.dir.display().to_string()]
            };
            found.push(TestPackage {
                path: path.to_owned(),
                dir: package.dir.clone(),
                has_tests,
                goroot: release.root.clone(),
                arguments,
            });
        };
        for &root in &graph.roots {
            let package = &graph.packages[root];
            if package.for_test.is_none() {
                add(root, &package.import_path, false);
            }
        }
        for program in &graph.test_programs {
            let path = &graph.packages[program.main].import_path;
            add(
                program.main,
                path.strip_suffix(".test").unwrap_or(path),
                true,
            );
        }
        // Those that patterns find are sorted; what has nothing but tests was added last.
        if arguments.iter().any(|argument| argument.contains("...")) {
            found.sort_by(|a, b| a.path.cmp(&b.path));
        }
        if found.is_empty() {
            let diagnostics = from_loading(&graph);
            if !diagnostics.is_empty() {
                return Err(Failure { diagnostics });
            }
        }
        Ok(found)
    }

    /// Builds the program that runs the tests of a package, for WASI.
    ///
    /// # Errors
    /// What is wrong with the package or its tests.
    pub fn build_tests(&self, package: &TestPackage, strip: bool) -> Result<Artifact, Failure> {
        let options = BuildOptions {
            profile: Profile::Wasip1,
            strip,
        };
        let mut clock = Clock::start();
        let target = target(options.profile);
        let (graph, version) = self.load(&package.arguments, target, &mut clock)?;
        let program = program(&graph, &package.path)?;
        self.compile(graph, version, Some(&program), &options, clock)
    }
}

/// The program that runs the tests of a package.
fn program(graph: &Graph, path: &str) -> Result<polkago_project::TestProgram, Failure> {
    let is_its = |program: &&polkago_project::TestProgram| {
        let main = &graph.packages[program.main].import_path;
        main.strip_suffix(".test") == Some(path)
    };
    let program = graph.test_programs.iter().find(is_its).cloned();
    program.ok_or_else(|| {
        let mut diagnostics = from_loading(graph);
        if diagnostics.is_empty() {
            let message = format!("package {path} has no tests");
            diagnostics.push(Diagnostic::error("InvalidArgument", message));
        }
        Failure { diagnostics }
    })
}
