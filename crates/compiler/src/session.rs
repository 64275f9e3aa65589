//! Sessions: where a build happens and what it gives.

use crate::cache::Cache;
use crate::diagnostic::{Diagnostic, Severity};
use crate::embedded;
use crate::findings::{arrange, from_project};
use crate::front::{self, Checked};
use crate::generate;
use crate::test_main;
use crate::timings::{Clock, Timings};
use indexmap::IndexMap;
use polkago_lower::Embeds;
pub use polkago_lower::Gc;
use polkago_lower::{LowerError, LowerOptions, lower_program};
use polkago_project::{
    Config, Environment, Fetcher, GoRelease, GoVersion, Graph, PackageId, Progress, Target,
    TestProgram, load,
};
use polkago_types::{Package, SrcPos};
use std::collections::{BTreeMap, HashSet};
use std::path::PathBuf;
use std::sync::Arc;

pub use polkago_opt::Level as OptLevel;
pub use polkago_wasm::Profile;

/// What is built, and how.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct BuildOptions {
    /// What the module is made for.
    pub profile: Profile,
    /// Leave out names and source positions.
    pub strip: bool,
}

/// Who knows the stack of a running program.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub enum Trace {
    /// The program itself: panics print it, and `runtime.Callers` and what is built on it work.
    Full,
    /// The host alone, from the module's names. The program carries nothing for it.
    #[default]
    Host,
}

/// What packages are checked for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum CheckTarget {
    /// This compiler's own output.
    Profile(Profile),
    /// A platform of the official compiler, with cgo off and std as it is.
    Platform {
        /// The system, `GOOS`.
        goos: String,
        /// The architecture, `GOARCH`.
        goarch: String,
    },
}

impl CheckTarget {
    fn resolve(&self) -> Result<Target, Failure> {
        match self {
            Self::Profile(profile) => Ok(target(*profile)),
            Self::Platform { goos, goarch } => {
                Target::named(goos, goarch).map_err(|e| Failure::one(from_project(&e)))
            }
        }
    }
}

/// A built module.
#[derive(Clone, Debug)]
pub struct Artifact {
    /// The program's name: the last element of its import path, or its first file without ending.
    pub name: String,
    /// The module.
    pub wasm: Vec<u8>,
    /// What is worth knowing although the build succeeded.
    pub warnings: Vec<Diagnostic>,
    /// Where the time went.
    pub timings: Timings,
}

/// What becomes of code that means something else with a 32-bit `int` than with the official compiler's 64-bit one.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum NarrowIntLevel {
    /// It is not looked for.
    #[default]
    Off,
    /// It is reported as a warning.
    Warn,
    /// It is an error.
    Deny,
}

/// What checking found.
#[derive(Clone, Debug)]
pub struct CheckReport {
    /// What concerns no package first, then package for package in dependency order, sorted by place.
    pub diagnostics: Vec<Diagnostic>,
    /// Where the time went.
    pub timings: Timings,
}

/// What the `//go:embed` directives of packages name.
fn embeds(graph: &Graph) -> BTreeMap<Arc<str>, Embeds> {
    let packages = graph.packages.values().filter(|p| !p.embeds.is_empty());
    let embeds = packages.map(|p| {
        let patterns = p.embeds.iter().map(|e| {
            let files = e.files.clone();
            let files = files.map(|f| f.into_iter().map(|f| (f.name, f.content)).collect());
            (e.pattern.clone(), files)
        });
        (p.import_path.clone(), patterns.collect())
    });
    embeds.collect()
}

/// Why nothing was built.
#[derive(Clone, Debug)]
pub struct Failure {
    /// At least one error: what concerns no package first, then package for package, sorted by place.
    pub diagnostics: Vec<Diagnostic>,
}

impl Failure {
    fn one(diagnostic: Diagnostic) -> Self {
        Self {
            diagnostics: vec![diagnostic],
        }
    }
}

/// Where builds happen: a folder, the environment, and who is told of progress.
pub struct Session {
    dir: PathBuf,
    env: Environment,
    progress: Arc<dyn Progress + Send + Sync>,
    level: OptLevel,
    gc: Gc,
    trace: Trace,
    all_errors: bool,
    tests: bool,
    /// Whether packages come with the programs that run their tests.
    pub(crate) test_programs: bool,
    whole: bool,
    verify: bool,
    narrow_int: NarrowIntLevel,
    cache: Option<Cache>,
}

impl Session {
    /// A session in a folder, steered by the process's environment variables (`GOROOT`, `GOPROXY`, ...).
    #[must_use]
    pub fn from_environment(dir: PathBuf, progress: Arc<dyn Progress + Send + Sync>) -> Self {
        Self::new(dir, Environment::from_process(), progress)
    }

    /// A session in a folder.
    #[must_use]
    pub fn new(dir: PathBuf, env: Environment, progress: Arc<dyn Progress + Send + Sync>) -> Self {
        Self {
            dir,
            env,
            progress,
            level: OptLevel::default(),
            gc: Gc::default(),
            trace: Trace::default(),
            all_errors: false,
            tests: false,
            test_programs: false,
            whole: false,
            verify: false,
            narrow_int: NarrowIntLevel::default(),
            cache: None,
        }
    }

    /// The same session with another level of optimisation: to tell a bug of a pass from one of another stage.
    #[must_use]
    pub fn with_level(mut self, level: OptLevel) -> Self {
        self.level = level;
        self
    }

    /// The same session with another way to free memory.
    #[must_use]
    pub fn with_gc(mut self, gc: Gc) -> Self {
        self.gc = gc;
        self
    }

    /// The same session; packages come with their tests where they are checked.
    #[must_use]
    pub fn with_tests(mut self, tests: bool) -> Self {
        self.tests = tests;
        self
    }

    /// The same session; packages come with their tests and with the programs that run them, see
    /// [`Session::test_packages`] and [`Session::build_tests`].
    #[must_use]
    pub fn with_test_programs(mut self) -> Self {
        self.tests = true;
        self.test_programs = true;
        self
    }

    /// The same session; with `whole`, every function that the named packages declare is compiled, reachable or not, as
    /// `go build` does with packages that are no programs. They may be several, and need not be programs.
    #[must_use]
    pub fn with_whole_packages(mut self, whole: bool) -> Self {
        self.whole = whole;
        self
    }

    /// The same session; the intermediate code is verified behind each pass that changed it, as debug builds of this
    /// compiler always do. What is found is an internal error.
    #[must_use]
    pub fn with_verification(mut self) -> Self {
        self.verify = true;
        self
    }

    /// The same session with another way to show stacks.
    #[must_use]
    pub fn with_trace(mut self, trace: Trace) -> Self {
        self.trace = trace;
        self
    }

    /// The same session; `all` errors are reported, where the official compiler stops after ten of a package.
    #[must_use]
    pub fn with_all_errors(mut self, all: bool) -> Self {
        self.all_errors = all;
        self
    }

    /// The same session; says what becomes of code of the user's own packages, and of others named as arguments,
    /// that means something else where `int` has 32 bits.
    #[must_use]
    pub fn with_narrow_int(mut self, level: NarrowIntLevel) -> Self {
        self.narrow_int = level;
        self
    }

    /// The same session; what has been built before, by this very program out of the same sources, is taken from a
    /// cache. Where there can be none, everything is built.
    #[must_use]
    pub fn with_cache(mut self) -> Self {
        self.cache = Cache::open(&self.env);
        self
    }

    /// Checks packages and all that they import.
    ///
    /// # Errors
    /// Where there is no Go release or no such platform.
    pub fn check(
        &self,
        arguments: &[String],
        target: &CheckTarget,
    ) -> Result<CheckReport, Failure> {
        let mut clock = Clock::start();
        let target = target.resolve()?;
        let options = self.front(&target, false);
        let (mut graph, _) = self.load(arguments, target, &mut clock)?;
        let mut diagnostics = warnings(&graph);
        diagnostics.extend(front::check(&mut graph, options, &mut clock).diagnostics);
        Ok(CheckReport {
            diagnostics,
            timings: clock.finish(),
        })
    }

    /// Compiles a program.
    ///
    /// # Errors
    /// Everything that is wrong with the program, or why it could not be read.
    pub fn build(&self, arguments: &[String], options: &BuildOptions) -> Result<Artifact, Failure> {
        let mut clock = Clock::start();
        let (graph, version) = self.load(arguments, target(options.profile), &mut clock)?;
        self.compile(graph, version, None, options, clock)
    }

    /// Compiles the packages of a graph. The program is the one that runs tests if there is one, else the root.
    pub(crate) fn compile(
        &self,
        mut graph: Graph,
        version: GoVersion,
        tests: Option<&TestProgram>,
        options: &BuildOptions,
        mut clock: Clock,
    ) -> Result<Artifact, Failure> {
        let front_options = self.front(&target(options.profile), true);
        let main = tests
            .map(|tests| tests.main)
            .or(graph.roots.first().copied());
        let godebug = main.map_or_else(String::new, |main| graph.godebug(main));
        let key = self.cache.as_ref().and_then(|cache| {
            let main = tests.map(|tests| graph.packages[tests.main].content_hash);
            let settings = (
                options, self.level, self.gc, self.trace, self.whole, version, main, &godebug,
            );
            Some((cache, cache.key(&graph, &settings)?))
        });
        if let Some((cache, key)) = &key
            && let Some(wasm) = clock.stage("cache", || cache.get(key))
        {
            return Ok(Artifact {
                name: self.artifact_name(&graph, tests)?,
                wasm,
                warnings: Vec::new(),
                timings: clock.finish(),
            });
        }
        if let Some(tests) = tests {
            test_main::fill(&mut graph, tests).map_err(|diagnostics| Failure { diagnostics })?;
        }
        let embeds = embeds(&graph);
        let texts = generate::texts(&graph);
        let mut checked = front::check(&mut graph, front_options, &mut clock);
        without_errors(&checked)?;
        let name = self.artifact_name(&graph, tests)?;
        if let Some(tests) = tests {
            // Others are there twice, with the package's own tests and without.
            let needed = reachable(&graph, tests.main);
            let mut ids = graph.packages.keys();
            let is_needed = |_: &Arc<Package>| ids.next().is_some_and(|id| needed.contains(&id));
            checked.packages.retain(is_needed);
        }
        let whole = if self.whole {
            let roots = graph.roots.iter();
            roots
                .map(|&root| graph.packages[root].import_path.clone())
                .collect()
        } else {
            Vec::new()
        };
        let mut warnings = warnings(&graph);
        let mut custom_sections = Vec::new();
        if options.profile.is_polkadot() {
            custom_sections = self.sections(&checked)?;
            warnings.extend(generate::stale(&checked, &texts));
        }
        let lowered = clock.stage("lower", || {
            let target = match options.profile {
                Profile::Polkadot => polkago_lower::Target::Polkadot,
                Profile::PolkadotRfc145 => polkago_lower::Target::PolkadotRfc145,
                Profile::Wasip1 => polkago_lower::Target::Wasip1,
            };
            let options = LowerOptions {
                target,
                go_version: format!("go{version}"),
                godebug,
                tests: tests.is_some(),
                gc: self.gc,
                embeds,
                embed_patterns: polkago_project::embed_patterns,
                trace: self.trace == Trace::Full,
                whole,
            };
            lower_program(&checked.store, &checked.packages, &options)
        });
        let mut module = lowered.map_err(|errors| Failure {
            diagnostics: self.not_lowered(errors, &checked),
        })?;
        // Neither is needed any more: their memory is for what follows, and to free it takes a while.
        rayon::spawn(move || drop((checked, graph)));
        let mut opt_options = polkago_opt::Options {
            level: self.level,
            keep: vec![polkago_wasm::MORESTACK.into()],
            ..polkago_opt::Options::default()
        };
        opt_options.verify |= self.verify;
        let report = clock
            .stage("optimise", || {
                polkago_opt::optimize(&mut module, &opt_options)
            })
            .map_err(|broken| {
                internal(&format!(
                    "pass {} broke the program: {}",
                    broken.pass, broken.errors
                ))
            })?;
        for pass in &report.passes {
            clock.pass(pass.name, pass.time);
        }
        let wasm_options = polkago_wasm::Options {
            profile: options.profile,
            strip: options.strip,
            custom_sections,
            trace: self.trace == Trace::Full,
            ..Default::default()
        };
        let output = clock
            .stage("emit", || polkago_wasm::emit_module(&module, &wasm_options))
            .map_err(|e| Failure::one(Diagnostic::error("Emit", e.to_string())))?;
        rayon::spawn(move || drop(module));
        if let Some((cache, key)) = &key
            && warnings.is_empty()
        {
            clock.stage("keep", || cache.put(key, &output.bytes));
        }
        Ok(Artifact {
            name,
            wasm: output.bytes,
            warnings,
            timings: clock.finish(),
        })
    }

    /// The name of what is built.
    fn artifact_name(&self, graph: &Graph, tests: Option<&TestProgram>) -> Result<String, Failure> {
        match tests {
            Some(tests) => Ok(stem(&graph.packages[tests.main].import_path).to_owned()),
            None if self.whole => Ok("packages".to_owned()),
            None => program(graph),
        }
    }

    /// The packages to generate code for, and how they are checked.
    pub(crate) fn load_for(
        &self,
        arguments: &[String],
        profile: Profile,
    ) -> Result<(Graph, front::Options), Failure> {
        let target = target(profile);
        let options = self.front(&target, true);
        let (graph, _) = self.load(arguments, target, &mut Clock::start())?;
        Ok((graph, options))
    }

    /// The packages of a program, and the Go release that its standard library is of.
    pub(crate) fn load_with_release(
        &self,
        arguments: &[String],
        profile: Profile,
    ) -> Result<(Graph, GoRelease), Failure> {
        let mut clock = Clock::start();
        let release = self.release(&mut clock)?;
        let graph = self.load_from(&release, arguments, target(profile), &mut clock)?;
        Ok((graph, release))
    }

    /// Whether all errors are reported.
    pub(crate) fn reports_all_errors(&self) -> bool {
        self.all_errors
    }

    fn front(&self, target: &Target, keep: bool) -> front::Options {
        front::Options {
            keep,
            sizes: front::sizes(target),
            all_errors: self.all_errors,
            narrow_int: self.narrow_int,
            directives: true,
        }
    }

    /// The custom sections by which hosts know a runtime.
    fn sections(&self, checked: &Checked) -> Result<Vec<(String, Vec<u8>)>, Failure> {
        let found = polkago_generate::sections(&checked.store, &checked.packages);
        if found.findings.is_empty() {
            return Ok(found.sections);
        }
        let errors = found.findings.into_iter().map(|finding| {
            let mut d = Diagnostic::error(finding.code.name(), finding.msg);
            d.help = finding.help;
            (Some(finding.pos), d)
        });
        Err(Failure {
            diagnostics: self.by_package(errors, checked),
        })
    }

    /// What lowering cannot do, package for package.
    fn not_lowered(&self, errors: Vec<LowerError>, checked: &Checked) -> Vec<Diagnostic> {
        let errors = errors.into_iter();
        let errors = errors.map(|e| (e.pos, Diagnostic::error("Unsupported", e.message)));
        self.by_package(errors, checked)
    }

    /// Errors with their places, package for package.
    fn by_package(
        &self,
        errors: impl Iterator<Item = (Option<SrcPos>, Diagnostic)>,
        checked: &Checked,
    ) -> Vec<Diagnostic> {
        let mut nowhere = Vec::new();
        let mut packages: IndexMap<&str, Vec<Diagnostic>> = IndexMap::new();
        for (pos, d) in errors {
            let Some((pos, place)) = pos.and_then(|p| Some((p, checked.place(p)?))) else {
                nowhere.push(d);
                continue;
            };
            let of_package = packages.entry(checked.package(pos)).or_default();
            of_package.push(d.at(place));
        }
        let packages = packages.into_iter();
        nowhere.extend(packages.flat_map(|(path, found)| arrange(found, path, self.all_errors)));
        nowhere
    }

    /// The packages to build, and the version of the Go release whose standard library they use.
    pub(crate) fn load(
        &self,
        arguments: &[String],
        target: Target,
        clock: &mut Clock,
    ) -> Result<(Graph, GoVersion), Failure> {
        let release = self.release(clock)?;
        let graph = self.load_from(&release, arguments, target, clock)?;
        Ok((graph, release.version))
    }

    fn release(&self, clock: &mut Clock) -> Result<GoRelease, Failure> {
        clock
            .stage("find go", || GoRelease::find(&self.env, &*self.progress))
            .map_err(|e| Failure::one(from_project(&e)))
    }

    fn load_from(
        &self,
        release: &GoRelease,
        arguments: &[String],
        target: Target,
        clock: &mut Clock,
    ) -> Result<Graph, Failure> {
        let mut config = Config::new(
            release,
            &self.env,
            self.dir.clone(),
            target,
            embedded::files(),
        )
        .map_err(|e| Failure::one(from_project(&e)))?;
        // Without a folder for a cache nothing can be fetched; what is on disk may be enough.
        config.fetcher = Fetcher::new(&self.env, self.progress.clone())
            .ok()
            .map(Arc::new);
        config.tests = self.tests;
        config.test_programs = self.test_programs;
        Ok(clock.stage("load", || load(&config, arguments)))
    }
}

/// The packages that one needs, and package `runtime` with what it needs, unless there is a variant of it among those.
fn reachable(graph: &Graph, main: PackageId) -> HashSet<PackageId> {
    let mut found: HashSet<PackageId> = HashSet::new();
    let mut add = |first: PackageId| {
        let mut open = vec![first];
        while let Some(id) = open.pop() {
            if found.insert(id) {
                open.extend(front::imported(&graph.packages[id]));
            }
        }
        let mut paths = found.iter().map(|&id| &*graph.packages[id].import_path);
        paths.any(|path| path == "runtime")
    };
    if !add(main)
        && let Some(runtime) = graph.find("runtime")
    {
        add(runtime);
    }
    found
}

/// The platform of a profile.
pub(crate) fn target(profile: Profile) -> Target {
    match profile {
        Profile::Polkadot => Target::polkago("polkadot"),
        // What differs is few files: those for a runtime's own allocator.
        Profile::PolkadotRfc145 => Target::polkago("polkadot").with_tags(["polkago_rfc145"]),
        Profile::Wasip1 => Target::polkago("wasip1"),
    }
}

fn warnings(graph: &Graph) -> Vec<Diagnostic> {
    graph
        .warnings
        .iter()
        .map(|text| Diagnostic {
            severity: Severity::Warning,
            ..Diagnostic::error("Load", text.as_str())
        })
        .collect()
}

fn without_errors(checked: &Checked) -> Result<(), Failure> {
    if checked
        .diagnostics
        .iter()
        .any(|d| d.severity == Severity::Error)
    {
        return Err(Failure {
            diagnostics: checked.diagnostics.clone(),
        });
    }
    Ok(())
}

/// The name of the program to build, or why there is none: exactly one package, named main.
fn program(graph: &Graph) -> Result<String, Failure> {
    let [root] = graph.roots.as_slice() else {
        let d = Diagnostic::error(
            "InvalidArgument",
            format!("{} packages to build", graph.roots.len()),
        );
        return Err(Failure::one(
            d.with_help("name exactly one package, or the Go files of one"),
        ));
    };
    let package = &graph.packages[*root];
    if package.name != "main" {
        let d = Diagnostic::error(
            "NotAProgram",
            format!("package {} is not a main package", package.import_path),
        );
        return Err(Failure::one(d.with_help(
            "a program or runtime is a package whose files begin with package main",
        )));
    }
    let name = match package.files.first() {
        Some(file) if &*package.import_path == "command-line-arguments" => stem(&file.path),
        _ => stem(&package.import_path),
    };
    Ok(name.to_owned())
}

/// A broken invariant of the compiler's own, found by the verifier.
fn internal(what: &str) -> Failure {
    let d = Diagnostic::error("Internal", format!("internal compiler error: {what}"));
    Failure::one(d.with_help("this is a bug of polkago: please report it with the program"))
}

/// The last element of a path, without the ending .go.
fn stem(path: &str) -> &str {
    let last = path.rsplit('/').next().unwrap_or(path);
    last.strip_suffix(".go").unwrap_or(last)
}
