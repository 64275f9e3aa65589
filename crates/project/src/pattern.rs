//! Command-line arguments: which packages they name.
//!
//! Source of the rule: `go help packages`. Two things are taken that the `go` command refuses: a folder without
//! the leading `./` where no package of that path exists, and a folder outside of the current module, whose
//! own module is then the main one.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::environment::WorkFile;
use crate::error::{ErrorKind, ProjectError};
use crate::fs::{FileKind, FileSystem};
use crate::load::Config;
use crate::module::{Location, Module, Start, is_std_like};
use crate::package::Origin;
use crate::paths::{clean, join_slash, relative, strip_path_prefix, to_slash};
use crate::resolve::{COMMAND_LINE, Context, Importer, Resolved};
use crate::scan::Unit;

/// The packages that arguments name.
#[derive(Debug, Default)]
pub(crate) struct Named {
    pub roots: Vec<Root>,
    pub errors: Vec<ProjectError>,
    pub warnings: Vec<String>,
    /// Whether all that the roots and their tests import is named as well.
    pub all: bool,
}

/// One package that an argument names.
#[derive(Debug)]
pub(crate) struct Root {
    pub unit: Unit,
    /// Whether it was found by a pattern, so that it may have no files for the target.
    pub from_pattern: bool,
}

/// Packages of std that `std` does not name: two that only document what is built into the language, and the
/// one that is of no use without cgo.
const NOT_IN_STD: [&str; 3] = ["builtin", "runtime/cgo", "unsafe"];

/// Arguments that name packages without being a path.
const META: [&str; 4] = ["all", "cmd", "std", "tool"];

/// Where the modules that are worked on are named: upward from the first folder or file named, else from the
/// current folder. A `go.work` file there goes before a `go.mod` file.
pub(crate) fn start(config: &Config, arguments: &[String]) -> Start {
    let fs = &*config.fs;
    let std_dir = config.goroot.join("src");
    let named = arguments.iter().find_map(|argument| {
        let text = argument
            .split_once("...")
            .map_or(argument.as_str(), |(dir, _)| dir);
        let path = clean(&config.current_dir.join(text));
        let local = is_local(text)
            || (!text.is_empty() && !META.contains(&text) && !is_std_dir(fs, &std_dir, text));
        match fs.kind(&path).filter(|_| local)? {
            FileKind::Directory => Some((FileKind::Directory, path)),
            FileKind::File => Some((FileKind::File, path.parent()?.to_path_buf())),
            FileKind::Other => None,
        }
    });
    let upward = |dir: &Path, name: &str| {
        // std is no module of its own here.
        let mut dirs = dir.ancestors().take_while(|dir| !dir.starts_with(&std_dir));
        dirs.find(|dir| fs.is_file(&dir.join(name)))
            .map(Path::to_path_buf)
    };
    let start_at = |dir: &Path| {
        let work = match &config.work_file {
            WorkFile::Off => None,
            WorkFile::File(file) => Some(clean(&config.current_dir.join(file))),
            WorkFile::Upward => upward(dir, "go.work").map(|dir| dir.join("go.work")),
        };
        work.map(Start::Workspace)
            .or_else(|| upward(dir, "go.mod").map(Start::Module))
    };
    let start = match named {
        // A folder outside of any module has none, a file may use the current one.
        Some((FileKind::Directory, dir)) => start_at(&dir),
        Some((_, dir)) => start_at(&dir).or_else(|| start_at(&config.current_dir)),
        None => start_at(&config.current_dir),
    };
    start.unwrap_or(Start::Nowhere)
}

/// Expands all arguments.
pub(crate) fn expand(context: &Context<'_>, arguments: &[String]) -> Named {
    let mut named = Named::default();
    let current = [".".to_string()];
    let arguments = if arguments.is_empty() {
        &current
    } else {
        arguments
    };
    if arguments.iter().any(|argument| argument.ends_with(".go")) {
        match files(context, arguments) {
            Ok(unit) => named.roots.push(Root {
                unit,
                from_pattern: false,
            }),
            Err(error) => named.errors.push(error),
        }
        return named;
    }
    for argument in arguments {
        if let Err(error) = expand_one(context, argument, &mut named) {
            named.errors.push(error);
        }
    }
    named
}

fn expand_one(
    context: &Context<'_>,
    argument: &str,
    named: &mut Named,
) -> Result<(), ProjectError> {
    let before = named.roots.len();
    let pattern = argument.contains("...");
    if argument == "cmd" || argument == "tool" {
        let message = format!("{argument}: only std, all, import paths and folders are taken");
        return Err(ProjectError::new(ErrorKind::Argument, message));
    }
    if argument == "all" {
        let mains = context.modules.mains.modules.iter();
        let mains: Vec<_> = mains.map(|main| main.module.clone()).collect();
        named.roots.extend(walk_modules(context, &mains, &|_| true));
        named.all = true;
    } else if argument == "std" || (pattern && !is_local(argument)) {
        let matches = |path: &str| {
            if argument == "std" {
                !NOT_IN_STD.contains(&path)
            } else {
                matches_pattern(argument, path)
            }
        };
        named.roots.extend(walk_std(context, &matches));
        if argument != "std" {
            let modules = modules_for(context, argument)?;
            named
                .roots
                .extend(walk_modules(context, &modules, &matches));
        }
    } else if pattern {
        named.roots.extend(local_pattern(context, argument)?);
    } else {
        named.roots.push(Root {
            unit: single(context, argument)?,
            from_pattern: false,
        });
    }
    if named.roots.len() == before {
        named
            .warnings
            .push(format!("{argument:?} matched no packages"));
    }
    Ok(())
}

/// Whether an argument means a folder, whatever packages there are.
fn is_local(argument: &str) -> bool {
    let dot = |prefix: &str| argument == prefix || argument.starts_with(&format!("{prefix}/"));
    dot(".") || dot("..") || Path::new(argument).is_absolute() || argument.starts_with(['\\', '/'])
}

fn is_std_dir(fs: &dyn FileSystem, std_dir: &Path, path: &str) -> bool {
    is_std_like(path) && fs.is_dir(&join_slash(std_dir, path))
}

/// One argument without wildcard.
fn single(context: &Context<'_>, argument: &str) -> Result<Unit, ProjectError> {
    let dir = clean(&context.config.current_dir.join(argument));
    if is_local(argument) {
        return directory(context, &dir);
    }
    if let Some(unit) = context.std_unit(argument).filter(|_| is_std_like(argument)) {
        return Ok(unit);
    }
    if !argument.is_empty() && context.fs().is_dir(&dir) {
        return directory(context, &dir);
    }
    match context.resolve_fully(Importer::User, argument)? {
        Resolved::Unit(unit) => Ok(unit),
        Resolved::Unsafe | Resolved::NeedsGraph => Err(ProjectError::new(
            ErrorKind::Argument,
            "package unsafe has no files",
        )),
    }
}

/// The package in a folder.
fn directory(context: &Context<'_>, dir: &Path) -> Result<Unit, ProjectError> {
    let shown = context.display.short(dir);
    match context.fs().kind(dir) {
        Some(FileKind::Directory) => {}
        Some(FileKind::File | FileKind::Other) => {
            return Err(ProjectError::new(
                ErrorKind::Argument,
                format!("{shown} is not a directory"),
            ));
        }
        None => {
            return Err(ProjectError::new(
                ErrorKind::Argument,
                format!("stat {shown}: directory not found"),
            ));
        }
    }
    if let Ok(rest) = dir.strip_prefix(context.std_dir()) {
        let path = to_slash(rest);
        let none = || ProjectError::new(ErrorKind::NoGoFiles, format!("no Go files in {shown}"));
        return context.std_unit(&path).ok_or_else(none);
    }
    if context.modules.mains.modules.is_empty() && !context.modules.mains.workspace {
        return Ok(command_line(context, dir, None));
    }
    let (Some(main), Some(path)) = (context.modules.main_of(dir), context.path_in_main(dir)) else {
        return Err(outside(context, dir));
    };
    let root = &main.module;
    let mut between = dir.ancestors().take_while(|dir| *dir != root.dir);
    if between.any(|dir| context.fs().is_file(&dir.join("go.mod"))) {
        if context.modules.mains.workspace {
            return Err(outside(context, dir));
        }
        let message = format!(
            "main module ({}) does not contain package {path}",
            root.path
        );
        return Err(ProjectError::new(ErrorKind::Argument, message));
    }
    Ok(context.module_unit(
        &Location {
            module: root.clone(),
            dir: dir.to_path_buf(),
        },
        &path,
    ))
}

/// The error for a folder that belongs to no main module.
fn outside(context: &Context<'_>, dir: &Path) -> ProjectError {
    let shown = context.display.short(dir);
    let error = |message: String| ProjectError::new(ErrorKind::Argument, message);
    if !context.modules.mains.workspace {
        return error(format!(
            "directory {shown} outside main module or its selected dependencies"
        ));
    }
    let fs = context.fs();
    match dir.ancestors().find(|dir| fs.is_file(&dir.join("go.mod"))) {
        Some(root) => error(format!(
            "directory {shown} is contained in a module that is not one of the workspace modules listed in go.work. \
             You can add the module to the workspace using:"
        ))
        .with_help(format!("go work use {}", context.display.short(root))),
        None => error(format!(
            "directory {shown} outside modules listed in go.work or their selected dependencies"
        )),
    }
}

/// The package made from files named one by one.
fn files(context: &Context<'_>, arguments: &[String]) -> Result<Unit, ProjectError> {
    let error = |message: String| Err(ProjectError::new(ErrorKind::Argument, message));
    let mut dirs: Vec<PathBuf> = Vec::new();
    let mut names: Vec<String> = Vec::new();
    for argument in arguments {
        if !argument.ends_with(".go") {
            return error(format!("named files must be .go files: {argument}"));
        }
        let path = clean(&context.config.current_dir.join(argument));
        match context.fs().kind(&path) {
            Some(FileKind::File) => {}
            Some(FileKind::Directory | FileKind::Other) => {
                return error(format!("{argument} is a directory, should be a Go file"));
            }
            None => return error(format!("stat {argument}: no such file or directory")),
        }
        let name = path
            .file_name()
            .map(|name| name.to_string_lossy().into_owned())
            .unwrap_or_default();
        if name.ends_with("_test.go") {
            return error(format!("cannot run *_test.go files ({name})"));
        }
        if names.contains(&name) {
            return error(format!(
                "package {COMMAND_LINE}: case-insensitive file name collision: {name:?} and {name:?}"
            ));
        }
        names.push(name);
        dirs.extend(path.parent().map(Path::to_path_buf));
    }
    dirs.dedup();
    match &dirs[..] {
        [dir] => Ok(command_line(context, dir, Some(names))),
        [first, second, ..] => {
            let (first, second) = (context.display.short(first), context.display.short(second));
            error(format!(
                "named files must all be in one directory; have {first} and {second}"
            ))
        }
        [] => error("no files named".to_string()),
    }
}

/// A package outside of any module, or of files named one by one.
fn command_line(context: &Context<'_>, dir: &Path, named: Option<Vec<String>>) -> Unit {
    let mains = &context.modules.mains.modules;
    let main = context.modules.main_of(dir).or(mains.first());
    let go_version = match main {
        Some(main) => main.module.go_version,
        None => context.config.go_version.to_language(),
    };
    Unit {
        import_path: COMMAND_LINE.into(),
        dir: dir.to_path_buf(),
        overlay: None,
        named,
        origin: Origin::CommandLine,
        go_version,
        stable_dir: COMMAND_LINE.to_string(),
        tests: false,
    }
}

/// `./...`, `../x/...` and the like: folders below a folder of the main module.
fn local_pattern(context: &Context<'_>, argument: &str) -> Result<Vec<Root>, ProjectError> {
    let config = context.config;
    // Only whole folders before the wildcard bound the walk.
    let prefix = argument
        .split_once("...")
        .map_or(argument, |(prefix, _)| prefix);
    let start = prefix
        .rsplit_once(['/', '\\'])
        .map_or(".", |(dir, _)| if dir.is_empty() { "/" } else { dir });
    let dir = clean(&config.current_dir.join(start));
    if !context.fs().is_dir(&dir) {
        let message = format!("pattern {argument}: lstat {start}/: no such file or directory");
        return Err(ProjectError::new(ErrorKind::Argument, message));
    }
    let pattern = to_slash(&clean(&config.current_dir.join(argument)));
    let found = |dir: &Path| matches_pattern(&pattern, &to_slash(dir));
    if dir.starts_with(context.std_dir()) {
        let std_dir = context.std_dir();
        let matches = |path: &str| found(&join_slash(&std_dir, path));
        return Ok(walk_std(context, &matches));
    }
    // A workspace's modules may lie below a folder that belongs to none of them.
    let mains: Vec<&Arc<Module>> = context
        .modules
        .mains
        .modules
        .iter()
        .map(|main| &main.module)
        .filter(|module| dir.starts_with(&module.dir) || module.dir.starts_with(&dir))
        .collect();
    if mains.is_empty() {
        let what = if context.modules.mains.workspace {
            "modules listed in go.work or their selected dependencies"
        } else {
            "main module or its selected dependencies"
        };
        let message = format!(
            "pattern {argument}: directory prefix {} does not contain {what}",
            context.display.short(&dir)
        );
        return Err(ProjectError::new(ErrorKind::Argument, message));
    }
    let mut roots = Vec::new();
    for module in mains {
        let top = if dir.starts_with(&module.dir) {
            &dir
        } else {
            &module.dir
        };
        // A folder of a module nested in this one is not part of it.
        let nested = |dir: &Path| {
            let mut between = dir.ancestors().take_while(|dir| *dir != module.dir);
            between.any(|dir| context.fs().is_file(&dir.join("go.mod")))
        };
        if nested(top) {
            continue;
        }
        let dirs = walk(context, top, &|dir| is_package_tree(context, module, dir));
        for dir in dirs.into_iter().filter(|dir| found(dir)) {
            let Some(rest) = relative(&module.dir, &dir) else {
                continue;
            };
            roots.push(module_root(context, module, dir, &to_slash(&rest)));
        }
    }
    Ok(roots)
}

/// A package of a module that a pattern found, at a path below the module's root.
fn module_root(context: &Context<'_>, module: &Arc<Module>, dir: PathBuf, rest: &str) -> Root {
    let path = if rest == "." {
        module.path.clone()
    } else {
        format!("{}/{rest}", module.path)
    };
    let location = Location {
        module: module.clone(),
        dir,
    };
    Root {
        unit: context.module_unit(&location, &path),
        from_pattern: true,
    }
}

/// The packages of std whose path matches.
fn walk_std(context: &Context<'_>, matches: &dyn Fn(&str) -> bool) -> Vec<Root> {
    let std_dir = context.std_dir();
    // The release's own commands are a module of their own.
    let cmd = std_dir.join("cmd");
    let dirs = walk(context, &std_dir, &|dir| dir != cmd);
    let paths = dirs
        .iter()
        .filter_map(|dir| Some(to_slash(dir.strip_prefix(&std_dir).ok()?)));
    paths
        .filter(|path| !path.is_empty() && matches(path))
        .filter_map(|path| {
            Some(Root {
                unit: context.std_unit(&path)?,
                from_pattern: true,
            })
        })
        .collect()
}

/// The packages of some modules whose path matches.
fn walk_modules(
    context: &Context<'_>,
    modules: &[Arc<Module>],
    matches: &dyn Fn(&str) -> bool,
) -> Vec<Root> {
    let mut roots = Vec::new();
    for module in modules {
        if !context.fs().is_dir(&module.dir) {
            continue;
        }
        for dir in walk(context, &module.dir, &|dir| {
            is_package_tree(context, module, dir)
        }) {
            let Some(rest) = relative(&module.dir, &dir) else {
                continue;
            };
            let root = module_root(context, module, dir, &to_slash(&rest));
            if matches(&root.unit.import_path) {
                roots.push(root);
            }
        }
    }
    roots
}

/// The modules that may have packages matching a pattern. Those that are worked on are enough where the pattern
/// starts with the path of one of them.
fn modules_for(context: &Context<'_>, pattern: &str) -> Result<Vec<Arc<Module>>, ProjectError> {
    let prefix = pattern
        .split_once("...")
        .map_or(pattern, |(prefix, _)| prefix);
    let may_match = |path: &str| path.starts_with(prefix) || prefix.starts_with(path);
    let mains = context.modules.mains.modules.iter();
    let mains: Vec<_> = mains.map(|main| main.module.clone()).collect();
    if mains
        .iter()
        .any(|module| strip_path_prefix(prefix.trim_end_matches('/'), &module.path).is_some())
    {
        return Ok(mains);
    }
    let all = context.modules.all(&may_match)?;
    all.into_iter().collect()
}

/// Whether a folder below a module's root can hold packages of it.
fn is_package_tree(context: &Context<'_>, module: &Module, dir: &Path) -> bool {
    let ignored = || {
        let Some(rest) = dir.strip_prefix(&module.dir).ok().map(to_slash) else {
            return false;
        };
        module
            .ignore
            .iter()
            .any(|item| match item.strip_prefix("./") {
                Some(anchored) => {
                    strip_path_prefix(&rest, anchored.trim_end_matches('/')).is_some()
                }
                None => rest == *item || rest.ends_with(&format!("/{item}")),
            })
    };
    let vendor = dir.file_name().is_some_and(|name| name == "vendor");
    !vendor && !context.fs().is_file(&dir.join("go.mod")) && !ignored()
}

/// The folders below one, itself included, that have Go files, sorted by path. Folders whose name starts with
/// `_` or `.` and those named `testdata` are passed over, and those that `enter` refuses.
fn walk(context: &Context<'_>, top: &Path, enter: &dyn Fn(&Path) -> bool) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut open = vec![top.to_path_buf()];
    while let Some(dir) = open.pop() {
        let Ok(entries) = context.fs().list(&dir) else {
            continue;
        };
        if entries
            .iter()
            .any(|entry| entry.kind == FileKind::File && entry.name.ends_with(".go"))
        {
            found.push(dir.clone());
        }
        for entry in entries {
            let name = &entry.name;
            if entry.kind == FileKind::Directory
                && !name.starts_with(['_', '.'])
                && name != "testdata"
            {
                let child = dir.join(name);
                if enter(&child) {
                    open.push(child);
                }
            }
        }
    }
    found.sort_by_key(|dir| to_slash(dir));
    found
}

/// Whether a path matches a pattern in which `...` stands for any text; a final `/...` also for none.
fn matches_pattern(pattern: &str, path: &str) -> bool {
    if pattern
        .strip_suffix("/...")
        .is_some_and(|prefix| !prefix.contains("...") && prefix == path)
    {
        return true;
    }
    let mut parts = pattern.split("...");
    let Some(mut rest) = parts.next().and_then(|first| path.strip_prefix(first)) else {
        return false;
    };
    let mut parts = parts.peekable();
    while let Some(part) = parts.next() {
        if parts.peek().is_none() {
            return rest.ends_with(part);
        }
        match rest.find(part) {
            Some(at) => rest = &rest[at + part.len()..],
            None => return false,
        }
    }
    rest.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wildcards_stand_for_any_text() {
        for (pattern, path, want) in [
            ("fmt", "fmt", true),
            ("a/...", "a", true),
            ("a/...", "a/b/c", true),
            ("a/...", "ab", false),
            ("a...", "ab/c", true),
            (".../b", "a/x/b", true),
            ("a/.../c", "a/b/c", true),
            ("a/.../c", "a/c", false),
            ("...", "anything/at/all", true),
            ("a...b...c", "axbxc", true),
            ("a...b...c", "axcxb", false),
        ] {
            assert_eq!(matches_pattern(pattern, path), want, "{pattern} {path}");
        }
    }
}
