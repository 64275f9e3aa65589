//! The front end alone, as the official compiler's `compile` command runs its own: packages of given files against
//! the release's std, checked with the sizes of the official target, and what is wrong with them.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use polkago_project::{
    Config, Environment, GoRelease, ImportTarget, MemoryFs, NoProgress, Target, load,
};
use polkago_syntax::{Decl, ErrorCode, ParseOptions, SyntaxError, literal, parse_file, thin_out};
use polkago_types::{
    NEWEST_GO_VERSION, Package, PackageInput, PackageKind, PkgId, Sizes, SourceFile, Store,
    check_package,
};

/// Packages of std, checked once for all cases of a suite.
pub struct Std {
    /// The session that the cases are checked in, too.
    pub store: Store,
    packages: HashMap<Arc<str>, PkgId>,
    sizes: Sizes,
}

/// A package to check.
pub struct Unit<'a> {
    /// Its import path.
    pub path: &'a str,
    /// Its files: the names that messages show, and their texts.
    pub files: Vec<(String, Vec<u8>)>,
    /// The language version, `N` of `go1.N`.
    pub version: u32,
    /// What its declarations may do.
    pub kind: PackageKind,
    /// Whether checking goes on after syntax errors, and all of these are reported: so the official type checker's own
    /// tests want it.
    pub all_errors: bool,
    /// What import paths mean beside packages of std.
    pub imports: HashMap<String, PkgId>,
}

/// Something wrong.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Found {
    /// The file, an index of [`Unit::files`].
    pub file: usize,
    /// The name of the file, which a line directive may have set.
    pub name: String,
    /// The line, likewise.
    pub line: u32,
    /// The column; 0 where line directives leave it open.
    pub col: u32,
    /// The text with its further lines, as the official compiler prints it behind the place.
    pub text: String,
}

impl<'a> Unit<'a> {
    /// A package of the newest language version, which may lack function bodies and imports nothing but std.
    pub fn new(path: &'a str, files: Vec<(String, Vec<u8>)>) -> Self {
        Self {
            path,
            files,
            version: NEWEST_GO_VERSION,
            kind: PackageKind::WithAssembly,
            all_errors: false,
            imports: HashMap::new(),
        }
    }
}

/// The import paths in a file, unquoted.
pub fn imports(text: &[u8]) -> Vec<String> {
    imports_of(&parse_file(text, &ParseOptions::default()).file)
}

impl Std {
    /// Checks those of the given import paths that std has, and all that they import, for linux and an architecture
    /// of the official compiler. Other paths mean nothing.
    ///
    /// # Errors
    /// Where there is no Go release, or a package has errors.
    pub fn check(paths: &BTreeSet<String>, goarch: &str) -> Result<Self, String> {
        let env = Environment::from_process();
        let release =
            GoRelease::find(&env, &NoProgress).map_err(|error| error.message.to_string())?;
        let src = release.root.join("src");
        let arguments: Vec<String> = paths
            .iter()
            .filter(|path| is_std(path) && src.join(path).is_dir())
            .cloned()
            .collect();
        let target = Target::official("linux", goarch);
        let embedded = Arc::new(MemoryFs::new());
        let config = Config::new(&release, &env, src, target, embedded);
        let config = config.map_err(|error| error.message)?;
        let mut std = Self {
            store: Store::new(),
            packages: HashMap::new(),
            sizes: if goarch == "386" {
                Sizes::I386
            } else {
                Sizes::AMD64
            },
        };
        if arguments.is_empty() {
            return Ok(std);
        }
        // Packages that are not for this target mean nothing, like those that std does not have.
        let graph = load(&config, &arguments);
        let mut ids: Vec<PkgId> = Vec::new();
        for loaded in graph.packages.values() {
            let target = |import: &polkago_project::Import| match import.target {
                ImportTarget::Package(id) => ids.get(id.as_u32() as usize).copied(),
                ImportTarget::Unsafe | ImportTarget::Missing => None,
            };
            let imports = loaded
                .imports
                .iter()
                .filter_map(|import| Some((Arc::from(import.path.as_str()), target(import)?)))
                .collect();
            let files = loaded
                .files
                .iter()
                .map(|file| SourceFile {
                    path: file.path.clone(),
                    stable_path: file.stable_path.clone(),
                    tree: Arc::new(parse_file(&file.content, &ParseOptions::default()).file),
                    overlay: false,
                })
                .collect();
            let input = PackageInput {
                path: loaded.import_path.clone(),
                files,
                imports,
                go_version: loaded.go_version.minor,
                sizes: std.sizes,
                kind: PackageKind::Std,
            };
            let result = check_package(&std.store, input);
            if let Some(error) = result.errors.first() {
                return Err(format!("package {}: {}", loaded.import_path, error.msg));
            }
            ids.push(result.package.id);
            std.packages
                .insert(loaded.import_path.clone(), result.package.id);
        }
        Ok(std)
    }

    /// Checks a package. What is wrong is in the order in which the official compiler shows it.
    pub fn run(&self, unit: Unit<'_>) -> (Arc<Package>, Vec<Found>) {
        let (mut found, mut placement) = (Vec::new(), Vec::new());
        let mut files = Vec::new();
        let mut stops = false;
        let mut paths = BTreeSet::new();
        for (number, (name, text)) in unit.files.iter().enumerate() {
            let options = ParseOptions {
                file_name: name.clone(),
                check_branches: true,
            };
            let mut parsed = parse_file(text, &options);
            if !unit.all_errors {
                thin_out(&mut parsed.errors, &parsed.file.lines);
                stops |= parsed.errors.iter().any(SyntaxError::stops_checking);
            }
            paths.extend(imports_of(&parsed.file));
            for error in &parsed.errors {
                let list = match error.code {
                    ErrorCode::Placement => &mut placement,
                    _ => &mut found,
                };
                let location = parsed.file.lines.location(error.pos);
                list.push(Found {
                    file: number,
                    name: location.file.unwrap_or(name).to_owned(),
                    line: location.line,
                    col: location.col.unwrap_or(0),
                    text: error.message.clone(),
                });
            }
            let path: Arc<str> = name.as_str().into();
            files.push(SourceFile {
                path: path.clone(),
                stable_path: path,
                tree: Arc::new(parsed.file),
                overlay: false,
            });
        }
        let meaning = |path: &String| {
            let id = unit.imports.get(path);
            id.or_else(|| self.packages.get(path.as_str())).copied()
        };
        let imports = paths
            .iter()
            .filter_map(|path| Some((Arc::from(path.as_str()), meaning(path)?)));
        let input = PackageInput {
            path: unit.path.into(),
            files,
            imports: imports.collect(),
            go_version: unit.version,
            sizes: self.sizes,
            kind: unit.kind,
        };
        let result = check_package(&self.store, input);
        if !stops {
            let errors = result.errors.iter();
            let shown = errors.filter(|error| unit.all_errors || !error.repeats);
            found.extend(shown.map(|error| self.shown(&result.package, error)));
        }
        if found.is_empty() {
            found = placement;
        }
        found.sort_by_key(|error| (error.file, error.line, error.col));
        (result.package, found)
    }

    /// An error of the checker with its further lines.
    fn shown(&self, package: &Package, error: &polkago_types::Diagnostic) -> Found {
        let place = |pos: polkago_types::SrcPos| {
            let file = package.files.get(pos.file.file as usize)?;
            if pos.file.pkg != package.id {
                return None;
            }
            let location = file.tree.lines.location(pos.pos);
            let name = location.file.unwrap_or(&file.path).to_owned();
            Some((name, location.line, location.col.unwrap_or(0)))
        };
        let (name, line, col) = place(error.pos).unwrap_or_default();
        let mut text = error.msg.clone();
        for (pos, message) in &error.related {
            text.push_str("\n\t");
            if let Some((name, line, col)) = pos.and_then(place) {
                text.push_str(&format!("{name}:{line}:{col}: "));
            }
            text.push_str(message);
        }
        Found {
            file: error.pos.file.file as usize,
            name,
            line,
            col,
            text,
        }
    }
}

/// Whether a path has the form of one of std that programs may import.
fn is_std(path: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '/' || c == '_';
    path != "unsafe" && path.chars().all(plain) && !path.split('/').any(str::is_empty)
}

/// The import paths of a tree.
fn imports_of(tree: &polkago_syntax::File) -> Vec<String> {
    let imports = tree.decls.iter().filter_map(|decl| match decl {
        Decl::Import(import) => literal::unquote_string(tree.text(import.path)),
        _ => None,
    });
    imports
        .filter_map(|path| String::from_utf8(path).ok())
        .collect()
}
