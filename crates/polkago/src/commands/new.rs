//! `polkago new`.

use crate::cli::chain::NewArgs;
use crate::progress::Activity;
use crate::report::Failure;
use polkago_compiler::sdk_files;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// The files of a new project, by path. `NAME` stands for its name and `MODULE` for its module path.
const FILES: [(&str, &str); 6] = [
    (".gitignore", include_str!("new/gitignore.txt")),
    (
        ".vscode/settings.json",
        include_str!("new/settings.json.txt"),
    ),
    ("README.md", include_str!("new/README.md.txt")),
    ("go.mod", include_str!("new/go.mod.txt")),
    ("main.go", include_str!("new/main.go.txt")),
    ("main_test.go", include_str!("new/main_test.go.txt")),
];

/// Names of the standard library's packages and folders, which a module of the same path would hide or be hidden by.
const STD: &str = "archive bufio builtin bytes cmd cmp compress container context crypto database debug embed encoding \
    errors expvar flag fmt go hash html image index internal io iter log main maps math mime net os path plugin reflect \
    regexp runtime slices sort std strconv strings structs sync syscall test testing text time unicode unique unsafe \
    vendor weak";

/// Names that Windows keeps for devices.
const DEVICES: &str = "aux con nul prn com1 com2 com3 com4 com5 com6 com7 com8 com9 lpt1 lpt2 lpt3 lpt4 lpt5 lpt6 lpt7 \
    lpt8 lpt9";

pub fn run(args: &NewArgs) -> Result<ExitCode, Failure> {
    let name = args
        .path
        .file_name()
        .and_then(|name| name.to_str())
        .unwrap_or_default();
    if let Some(reason) = bad_name(name) {
        return Err(Failure::message(
            format!("{name:?} cannot be a project's name: {reason}"),
            "choose letters, digits, - and _, beginning with a letter, such as my-runtime",
        ));
    }
    let module = args.module.as_deref().unwrap_or(name);
    if let Some(reason) = bad_module(module) {
        return Err(Failure::message(
            format!("{module:?} cannot be a module path: {reason}"),
            "choose a path such as example.com/me/my-runtime",
        ));
    }
    refuse_existing(&args.path)?;

    // All is written into a folder beside the place, which then takes the place: nothing is left half-written.
    let parent = match args.path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    let fail = |e: std::io::Error| {
        Failure::message(
            format!("cannot make {}: {e}", args.path.display()),
            "choose a place that can be written",
        )
    };
    let folder = tempfile::Builder::new()
        .prefix(".polkago-new-")
        .tempdir_in(parent)
        .map_err(fail)?;
    // A folder of its own within, since temporary folders are private.
    let root = folder.path().join(name);
    write(&root, name, module).map_err(fail)?;
    generate(&root)?;
    if args.path.exists() {
        std::fs::remove_dir(&args.path).map_err(fail)?;
    }
    std::fs::rename(&root, &args.path).map_err(fail)?;

    let shown = args.path.display();
    anstream::println!("{shown}: a runtime that builds and runs; try");
    anstream::println!("  cd {shown}\n  polkago call . Core_version\n  go test ./...");
    Ok(ExitCode::SUCCESS)
}

/// Why a name is none for a project.
fn bad_name(name: &str) -> Option<&'static str> {
    let one_of = |list: &str| {
        list.split_ascii_whitespace()
            .any(|word| word.eq_ignore_ascii_case(name))
    };
    if name.is_empty() {
        return Some("it is empty");
    }
    if name.len() > 64 {
        return Some("it is longer than 64 bytes");
    }
    if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return Some("it does not begin with a letter");
    }
    if !name
        .bytes()
        .all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
    {
        return Some("it holds something other than letters, digits, - and _");
    }
    if one_of(STD) {
        return Some("the standard library has it");
    }
    if one_of(DEVICES) {
        return Some("Windows keeps it for a device");
    }
    None
}

/// Why a path is none for a module (Go modules reference, "Module paths"), as far as a new project may have one.
fn bad_module(path: &str) -> Option<&'static str> {
    let good = |c: u8| c.is_ascii_alphanumeric() || b"-_.~".contains(&c);
    for element in path.split('/') {
        if element.is_empty() {
            return Some("one of its elements is empty");
        }
        if !element.bytes().all(good) {
            return Some("it holds something other than letters, digits, -, _, ., ~ and /");
        }
        if element.starts_with('.') || element.ends_with('.') {
            return Some("one of its elements begins or ends with a dot");
        }
    }
    let first = path.split('/').next().unwrap_or_default();
    if first.starts_with('-') {
        return Some("it begins with a dash");
    }
    STD.split_ascii_whitespace()
        .any(|word| word == first)
        .then_some("the standard library has its first element")
}

/// Only a place where nothing is, or an empty folder, is taken.
fn refuse_existing(path: &Path) -> Result<(), Failure> {
    let refuse = |what: &str| {
        Err(Failure::message(
            format!("{} exists already{what}", path.display()),
            "choose another name, or remove it first",
        ))
    };
    if std::fs::symlink_metadata(path).is_err() {
        return Ok(());
    }
    match std::fs::read_dir(path).map(|mut entries| entries.next().is_none()) {
        Ok(true) => Ok(()),
        Ok(false) => refuse(" and is not empty"),
        Err(_) => refuse(""),
    }
}

fn write(root: &Path, name: &str, module: &str) -> std::io::Result<()> {
    let put = |path: PathBuf, bytes: &[u8]| {
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder)?;
        }
        std::fs::write(path, bytes)
    };
    for (path, text) in FILES {
        let text = text.replace("MODULE", module).replace("NAME", name);
        put(root.join(path), text.as_bytes())?;
    }
    for (path, bytes) in sdk_files() {
        put(root.join(".polkago/sdk").join(path), bytes)?;
    }
    Ok(())
}

/// Writes the code that the directives of the new project ask for.
fn generate(root: &Path) -> Result<(), Failure> {
    let activity = Activity::start("generating");
    let root = std::path::absolute(root).map_err(|e| {
        Failure::message(
            format!("cannot tell the current folder: {e}"),
            "change to a folder that exists",
        )
    })?;
    let session = polkago_compiler::Session::from_environment(root, activity.reporter());
    let report = session.generate(&[".".to_owned()])?;
    drop(activity);
    if !report.diagnostics.is_empty() {
        return Err(Failure::Diagnostics(report.diagnostics));
    }
    for file in &report.files {
        if let Some(text) = &file.text {
            crate::output::write(&file.path, text.as_bytes())?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names() {
        for name in ["my-runtime", "a", "Node7", "x_y"] {
            assert_eq!(bad_name(name), None, "{name}");
        }
        for name in ["", "7up", "-x", "a b", "a/b", "a.b", "fmt", "NUL", "über"] {
            assert!(bad_name(name).is_some(), "{name}");
        }
    }

    #[test]
    fn module_paths() {
        for path in ["example.com/me/x", "my-runtime"] {
            assert_eq!(bad_module(path), None, "{path}");
        }
        for path in ["", "a//b", "/a", "fmt/x", "a b", ".x/y", "-a"] {
            assert!(bad_module(path).is_some(), "{path}");
        }
    }
}
