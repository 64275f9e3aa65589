//! Package `runtime` is ours whole: it must export what the release's package does, by the files in `GOROOT/api`.
//!
//! Each line of those files becomes a declaration of a Go program that holds only if the name exists with that type.

use polkago_compiler::{CheckTarget, Environment, NoProgress, Profile, Session, render};
use polkago_project::GoRelease;
use std::fmt::Write as _;
use std::path::Path;
use std::sync::Arc;

/// The lines about package `runtime` that hold on every platform, without `pkg runtime, ` and notes.
fn api_lines(goroot: &Path) -> Vec<String> {
    let mut files: Vec<_> = std::fs::read_dir(goroot.join("api"))
        .map(|dir| dir.flatten().map(|entry| entry.path()).collect())
        .unwrap_or_default();
    files.retain(|path: &std::path::PathBuf| {
        let name = path.file_name().and_then(|n| n.to_str()).unwrap_or("");
        name.starts_with("go1") && name.ends_with(".txt")
    });
    files.sort();
    let mut lines = Vec::new();
    for file in files {
        let text = std::fs::read_to_string(file).expect("api files are text");
        for line in text.lines() {
            if let Some(rest) = line.strip_prefix("pkg runtime, ") {
                let rest = rest.split(" #").next().unwrap_or(rest);
                if !rest.contains("//deprecated") {
                    lines.push(rest.to_owned());
                }
            }
        }
    }
    lines
}

/// The declaration that holds if a line of an API file does; `None` for lines that others imply.
fn declaration(line: &str) -> Option<String> {
    let (kind, rest) = line.split_once(' ')?;
    let end = |s: &str| s.find(|c: char| !c.is_alphanumeric()).unwrap_or(s.len());
    match kind {
        "const" => {
            let (name, what) = rest.split_once(' ')?;
            // A value is that of the official compiler.
            (!what.starts_with('=')).then(|| format!("const _ string = {name}"))
        }
        "var" => {
            let (name, typ) = rest.split_once(' ')?;
            Some(format!("var _ {typ} = {name}"))
        }
        "func" => {
            let (name, types) = rest.split_at(end(rest));
            match types.strip_prefix('[') {
                // A type parameter is written as $0: an instance must do.
                Some(_) => Some(format!(
                    "var _ func(*int, func(bool), bool) Cleanup = {name}[int, bool]"
                )),
                None => Some(format!("var _ func{types} = {name}")),
            }
        }
        "method" => {
            let (recv, method) = rest.strip_prefix('(')?.split_once(") ")?;
            let (name, types) = method.split_at(end(method));
            let types = match types.strip_prefix("()") {
                Some(results) => format!("({recv}){results}"),
                None => format!("({recv}, {}", types.strip_prefix('(')?),
            };
            Some(format!("var _ func{types} = ({recv}).{name}"))
        }
        "type" => {
            let (name, what) = rest.split_once(' ')?;
            let Some((_, member)) = what.split_once(", ") else {
                return Some(format!("var _ {name}"));
            };
            if what.starts_with("interface") {
                let (method, types) = member.split_at(end(member));
                return types
                    .strip_prefix("()")
                    .map(|results| format!("var _ func({name}) {results} = {name}.{method}"));
            }
            if let Some(embedded) = member.strip_prefix("embedded ") {
                return Some(format!("var _ {embedded} = {name}{{}}.{embedded}"));
            }
            let (field, typ) = member.split_once(' ')?;
            // The element of an array of structures is left out there.
            let whole = !typ.ends_with("struct");
            Some(match whole {
                true => format!("var _ {typ} = {name}{{}}.{field}"),
                false => format!("var _ = {name}{{}}.{field}"),
            })
        }
        _ => None,
    }
}

#[test]
fn exports_what_the_release_exports() {
    let env = Environment::from_process();
    let release = GoRelease::find(&env, &NoProgress).expect("a Go release");
    let lines = api_lines(&release.root);
    if lines.is_empty() {
        eprintln!("this Go release has no api files");
        return;
    }
    let mut program = String::from("package p\n\nimport (\n\t. \"runtime\"\n\t\"unsafe\"\n)\n\n");
    program.push_str("var _ unsafe.Pointer\n");
    let mut declarations = 0;
    for line in &lines {
        if let Some(text) = declaration(line) {
            let _ = writeln!(program, "{text}");
            declarations += 1;
        }
    }
    assert!(declarations > 90, "{declarations} of {} lines", lines.len());
    let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join("runtime_api");
    std::fs::create_dir_all(&dir).expect("a folder for the program");
    let file = dir.join("api.go");
    std::fs::write(&file, program).expect("the program");
    for profile in [Profile::Wasip1, Profile::Polkadot] {
        let session = Session::from_environment(dir.clone(), Arc::new(NoProgress));
        let found = session.check(&["api.go".to_owned()], &CheckTarget::Profile(profile));
        let found = match found {
            Ok(report) => report.diagnostics,
            Err(failure) => failure.diagnostics,
        };
        assert!(found.is_empty(), "{}", render::plain(&found));
    }
}
