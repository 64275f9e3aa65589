//! What the tests of this crate share: finding a Go release, reading its packages, checking them in order.

#![allow(dead_code, reason = "each test uses a part")]

pub mod expect;

use polkago_syntax::{Decl, ParseOptions, parse_file};
use polkago_types::{
    CheckResult, Diagnostic, PackageInput, PackageKind, PkgId, Sizes, SourceFile, SrcPos, Store,
    check_package,
};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

/// The release's folder: `GOROOT`, or what `go env GOROOT` prints.
pub fn goroot() -> Option<PathBuf> {
    if let Some(path) = std::env::var_os("GOROOT") {
        return Some(path.into());
    }
    let output = Command::new("go").args(["env", "GOROOT"]).output().ok()?;
    let path = String::from_utf8(output.stdout).ok()?;
    let path = Path::new(path.trim());
    path.join("src").is_dir().then(|| path.to_owned())
}

/// Build tags of the target.
const TAGS: &[&str] = &[
    "wasip1",
    "wasm",
    "purego",
    "math_big_pure_go",
    "gc",
    "goexperiment.swissmap",
];

/// Whether a build tag is set.
fn tag(name: &str) -> bool {
    match name.strip_prefix("go1.") {
        Some(minor) => minor.parse::<u32>().is_ok_and(|minor| minor <= 26),
        None => TAGS.contains(&name),
    }
}

/// Evaluates a `//go:build` expression.
fn constraint(text: &str) -> bool {
    /// `||`, `&&`, `!` and parentheses, by recursive descent; gives the rest.
    fn or(text: &str) -> (bool, &str) {
        let (mut value, mut rest) = and(text);
        while let Some(after) = rest.trim_start().strip_prefix("||") {
            let (right, after) = and(after);
            value |= right;
            rest = after;
        }
        (value, rest)
    }
    fn and(text: &str) -> (bool, &str) {
        let (mut value, mut rest) = not(text);
        while let Some(after) = rest.trim_start().strip_prefix("&&") {
            let (right, after) = not(after);
            value &= right;
            rest = after;
        }
        (value, rest)
    }
    fn not(text: &str) -> (bool, &str) {
        let text = text.trim_start();
        if let Some(rest) = text.strip_prefix('!') {
            let (value, rest) = not(rest);
            return (!value, rest);
        }
        if let Some(rest) = text.strip_prefix('(') {
            let (value, rest) = or(rest);
            return (value, rest.trim_start().strip_prefix(')').unwrap_or(rest));
        }
        let end = text
            .find(|c: char| !(c.is_alphanumeric() || c == '.' || c == '_'))
            .unwrap_or(text.len());
        (tag(&text[..end]), &text[end..])
    }
    or(text).0
}

/// Whether the target builds a file.
fn is_built(name: &str, source: &str) -> bool {
    const OSES: &[&str] = &[
        "aix",
        "android",
        "darwin",
        "dragonfly",
        "freebsd",
        "illumos",
        "ios",
        "js",
        "linux",
        "netbsd",
        "openbsd",
        "plan9",
        "solaris",
        "wasip1",
        "windows",
    ];
    const ARCHES: &[&str] = &[
        "386", "amd64", "arm", "arm64", "loong64", "mips", "mips64", "mips64le", "mipsle", "ppc64",
        "ppc64le", "riscv64", "s390x", "wasm",
    ];
    if !name.ends_with(".go") || name.ends_with("_test.go") || name.starts_with(['_', '.']) {
        return false;
    }
    let parts: Vec<_> = name.trim_end_matches(".go").split('_').skip(1).collect();
    let fits = |part: &str| !(OSES.contains(&part) || ARCHES.contains(&part)) || tag(part);
    let by_name = match parts.as_slice() {
        [.., os, arch] if OSES.contains(os) && ARCHES.contains(arch) => fits(os) && fits(arch),
        [.., last] => fits(last),
        [] => true,
    };
    let by_line = source
        .lines()
        .take_while(|line| !line.starts_with("package "))
        .find_map(|line| line.strip_prefix("//go:build "))
        .is_none_or(constraint);
    by_name && by_line
}

/// Checks packages of a Go release on demand, each once.
pub struct Std {
    /// The session.
    pub store: Store,
    src: PathBuf,
    done: BTreeMap<String, Option<PkgId>>,
    /// Errors of all packages, as lines `file:line:col: message`, by package.
    pub errors: BTreeMap<String, Vec<String>>,
    /// Results by package.
    pub results: BTreeMap<String, Arc<polkago_types::Package>>,
    /// The sizes that packages are checked with.
    pub sizes: Sizes,
    /// Time spent in the checker.
    pub time: std::time::Duration,
}

impl Std {
    /// Nothing checked yet.
    pub fn new(goroot: &Path) -> Self {
        Self {
            store: Store::new(),
            src: goroot.join("src"),
            done: BTreeMap::new(),
            errors: BTreeMap::new(),
            results: BTreeMap::new(),
            sizes: Sizes::WASM32,
            time: std::time::Duration::ZERO,
        }
    }

    /// Parses the files of a folder that the target builds.
    fn parse(&mut self, path: &str) -> Vec<SourceFile> {
        let dir = self.src.join(path);
        let dir = if dir.is_dir() {
            dir
        } else {
            self.src.join("vendor").join(path)
        };
        let mut names: Vec<_> = std::fs::read_dir(&dir)
            .into_iter()
            .flatten()
            .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
            .collect();
        names.sort();
        let mut files = Vec::new();
        for name in names {
            if !name.ends_with(".go") {
                continue;
            }
            let Ok(source) = std::fs::read(dir.join(&name)) else {
                continue;
            };
            if !is_built(&name, &String::from_utf8_lossy(&source)) {
                continue;
            }
            let parsed = parse_file(&source, &ParseOptions::default());
            for error in &parsed.errors {
                let (line, col) = parsed.file.lines.line_col(error.pos);
                self.errors
                    .entry(path.to_owned())
                    .or_default()
                    .push(format!("{path}/{name}:{line}:{col}: {}", error.message));
            }
            files.push(SourceFile {
                path: format!("{path}/{name}").into(),
                stable_path: format!("{path}/{name}").into(),
                tree: Arc::new(parsed.file),
                overlay: false,
            });
        }
        files
    }

    /// The import paths in files, in order of their occurrence.
    pub fn imports(&self, files: &[SourceFile]) -> Vec<String> {
        let mut paths = Vec::new();
        for file in files {
            for decl in &file.tree.decls {
                if let Decl::Import(import) = decl {
                    let path = file
                        .tree
                        .text(import.path)
                        .trim_matches(['"', '`'])
                        .to_owned();
                    if !paths.contains(&path) {
                        paths.push(path);
                    }
                }
            }
        }
        paths
    }

    /// Checks a package and, before it, what it imports.
    pub fn check(&mut self, path: &str) -> Option<PkgId> {
        if path == "unsafe" {
            return Some(self.store.universe().unsafe_pkg);
        }
        if let Some(&pkg) = self.done.get(path) {
            return pkg;
        }
        self.done.insert(path.to_owned(), None);
        let files = self.parse(path);
        if files.is_empty() {
            return None;
        }
        let mut imports = rustc_hash::FxHashMap::default();
        for path in self.imports(&files) {
            if let Some(pkg) = self.check(&path) {
                imports.insert(Arc::from(path.as_str()), pkg);
            }
        }
        let input = PackageInput {
            path: path.into(),
            files,
            imports,
            go_version: 26,
            sizes: self.sizes,
            kind: PackageKind::Std,
        };
        let start = std::time::Instant::now();
        let CheckResult { package, errors } = check_package(&self.store, input);
        self.time += start.elapsed();
        let lines: Vec<_> = errors.iter().map(|error| show(&package, error)).collect();
        self.errors
            .entry(path.to_owned())
            .or_default()
            .extend(lines);
        self.done.insert(path.to_owned(), Some(package.id));
        let id = package.id;
        self.results.insert(path.to_owned(), package);
        Some(id)
    }

    /// All packages below `src` that the target builds, commands and test data aside.
    pub fn packages(&self) -> Vec<String> {
        let mut found = Vec::new();
        let mut todo = vec![self.src.clone()];
        while let Some(dir) = todo.pop() {
            let Ok(entries) = std::fs::read_dir(&dir) else {
                continue;
            };
            let mut has_go = false;
            for entry in entries.flatten() {
                let name = entry.file_name().to_string_lossy().into_owned();
                let path = entry.path();
                if path.is_dir() {
                    if !matches!(name.as_str(), "testdata" | "cmd" | "vendor")
                        && !name.starts_with(['_', '.'])
                    {
                        todo.push(path);
                    }
                } else if name.ends_with(".go")
                    && std::fs::read_to_string(&path).is_ok_and(|source| is_built(&name, &source))
                {
                    has_go = true;
                }
            }
            if has_go && let Ok(rel) = dir.strip_prefix(&self.src) {
                found.push(rel.to_string_lossy().replace('\\', "/"));
            }
        }
        found.sort();
        found
    }
}

/// An error as `file:line:col: message`.
pub fn show(package: &polkago_types::Package, error: &Diagnostic) -> String {
    let place = |pos: SrcPos| match package.files.get(pos.file.file as usize) {
        Some(file) if pos.file.pkg == package.id => {
            let (line, col) = file.tree.lines.line_col(pos.pos);
            format!("{}:{line}:{col}", file.path)
        }
        _ => "?".to_owned(),
    };
    let mut text = format!("{}: {}", place(error.pos), error.msg);
    for (pos, msg) in &error.related {
        text.push_str("\n\t");
        if let Some(pos) = pos {
            text.push_str(&place(*pos));
            text.push_str(": ");
        }
        text.push_str(msg);
    }
    text
}

/// Expressions about which the side tables of a package without errors do not say what they should.
pub fn audit(store: &Store, package: &polkago_types::Package) -> Vec<String> {
    use cranelift_entity::EntityRef as _;
    use polkago_syntax::{ExprKind, StmtKind};
    use polkago_types::{Basic, Mode, TypeKind};
    let mut found = Vec::new();
    for (file, info) in package.files.iter().zip(&package.info) {
        let tree = &file.tree;
        // What is not evaluated: defined and blank identifiers, keys of struct literals.
        let mut exempt = rustc_hash::FxHashSet::default();
        for (_, expr) in tree.expr.iter() {
            if let ExprKind::CompositeLit { elems, .. } = &expr.kind {
                for &elem in tree.exprs(*elems) {
                    exempt.insert(elem);
                    if let ExprKind::KeyValue { key, .. } = tree.expr[elem].kind {
                        if matches!(tree.expr[key].kind, ExprKind::Ident(_)) {
                            exempt.insert(key);
                        }
                    } else {
                        exempt.remove(&elem);
                    }
                }
            }
        }
        let mut exempt_idents = rustc_hash::FxHashSet::default();
        for (_, stmt) in tree.stmt.iter() {
            match &stmt.kind {
                StmtKind::Define { lhs, .. } => exempt.extend(tree.exprs(*lhs)),
                StmtKind::Range {
                    key,
                    value,
                    define: true,
                    ..
                } => exempt.extend(key.iter().chain(value)),
                StmtKind::Labeled { label, .. } => exempt_idents.extend([*label]),
                StmtKind::TypeSwitch { bind, .. } => exempt_idents.extend(*bind),
                _ => {}
            }
        }
        for (id, expr) in tree.expr.iter() {
            let unused = match expr.kind {
                ExprKind::Ident(ident) => {
                    tree.ident_text(ident) == "_"
                        || exempt_idents.contains(&ident)
                        || info.defs[ident].is_some()
                }
                ExprKind::TypeAssert { typ, .. } => typ.is_none(),
                _ => false,
            };
            if unused || exempt.contains(&id) {
                continue;
            }
            let (line, col) = tree.lines.line_col(expr.span.start);
            let place = format!("{}:{line}:{col}", file.path);
            let text = || polkago_syntax::print::short_expr(tree, id);
            let data = info.exprs[id];
            match data.mode {
                Mode::Invalid => {
                    if !matches!(expr.kind, ExprKind::Ellipsis(_)) {
                        found.push(format!(
                            "{place}: nothing about {} (expression {})",
                            text(),
                            id.index()
                        ));
                    }
                }
                Mode::NoValue | Mode::Package | Mode::Builtin(_) => {}
                Mode::Type
                | Mode::Variable
                | Mode::MapIndex
                | Mode::Value
                | Mode::CommaOk
                | Mode::Nil => match data.typ.expand().map(|t| store.kind(t)) {
                    None | Some(TypeKind::Basic(Basic::Invalid)) => {
                        found.push(format!("{place}: no type of {}", text()));
                    }
                    Some(TypeKind::Basic(basic)) if basic.is_untyped() => {
                        found.push(format!("{place}: {} is {}", text(), basic.name()));
                    }
                    Some(TypeKind::Func(func))
                        if !func.tparams.is_empty() && data.mode != Mode::Type =>
                    {
                        found.push(format!("{place}: {} is generic", text()));
                    }
                    Some(_) => {}
                },
                Mode::Constant => {
                    if !info.consts.contains_key(&id) {
                        found.push(format!("{place}: no value of {}", text()));
                    }
                }
            }
        }
    }
    found
}
