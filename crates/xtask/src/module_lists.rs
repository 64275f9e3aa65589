//! Build lists and package lists of a real module against what the official `go list` says of the same tree.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;

use polkago_compiler::{Environment, NoProgress};
use polkago_project::{Config, Fetcher, GoRelease, MemoryFs, Target, build_list, load};

/// Compares both lists of a module laid out in a folder, its tests included.
///
/// # Errors
/// The first differences, in one line.
pub fn compare(dir: &Path, env: &Environment, fetcher: Fetcher) -> Result<String, String> {
    let release = GoRelease::find(env, &NoProgress).map_err(|error| error.to_string())?;
    let target = Target::official("linux", "amd64");
    let embedded = Arc::new(MemoryFs::new());
    let mut config = Config::new(&release, env, dir.to_path_buf(), target, embedded)
        .map_err(|error| error.to_string())?;
    config.fetcher = Some(Arc::new(fetcher));
    config.tests = true;

    let modules = build_list(&config, &[]).map_err(|errors| {
        let texts: Vec<String> = errors.iter().map(ToString::to_string).collect();
        texts.join("; ").replace('\n', " ")
    })?;
    let modules: BTreeSet<String> = modules
        .into_iter()
        .map(|(path, version)| match version {
            Some(version) => format!("{path} {version}"),
            None => path,
        })
        .collect();
    let official = go(dir, &["list", "-m", "-f", "{{.Path}} {{.Version}}", "all"])?;
    same("modules", &modules, &official)?;

    let graph = load(&config, &["./...".to_owned()]);
    let packages: BTreeSet<String> = graph
        .packages
        .values()
        .map(|package| package.id())
        .filter(|name| of_modules(name))
        .collect();
    // With a profile every package has a variant of its own for the program.
    let arguments = [
        "list",
        "-pgo=off",
        "-e",
        "-deps",
        "-test",
        "-f",
        "{{if .GoFiles}}{{.ImportPath}}{{end}}",
        "./...",
    ];
    let mut official = go(dir, &arguments)?;
    official.retain(|name| of_modules(name));
    same("packages", &packages, &official)?;
    Ok(format!(
        "{} modules and {} packages as go list names them",
        modules.len(),
        packages.len()
    ))
}

/// Whether a package is from a module and no program that runs tests.
fn of_modules(name: &str) -> bool {
    let first = name.split(['/', ' ']).next().unwrap_or(name);
    first.contains('.') && !name.ends_with(".test")
}

fn go(dir: &Path, arguments: &[&str]) -> Result<BTreeSet<String>, String> {
    let output = Command::new("go")
        .args(arguments)
        .current_dir(dir)
        .envs([
            ("GOOS", "linux"),
            ("GOARCH", "amd64"),
            ("CGO_ENABLED", "0"),
            ("GOFLAGS", "-mod=readonly"),
            ("GOWORK", "off"),
            ("GOTOOLCHAIN", "local"),
        ])
        .output()
        .map_err(|error| format!("the go command does not run: {error}"))?;
    if !output.status.success() {
        let text = String::from_utf8_lossy(&output.stderr).replace('\n', " ");
        return Err(format!("go {}: {text}", arguments.join(" ")));
    }
    let text = String::from_utf8_lossy(&output.stdout);
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    Ok(lines.map(str::to_owned).collect())
}

fn same(what: &str, ours: &BTreeSet<String>, official: &BTreeSet<String>) -> Result<(), String> {
    let only = |a: &BTreeSet<String>, b: &BTreeSet<String>| {
        let names: Vec<&str> = a.difference(b).take(5).map(String::as_str).collect();
        names.join(", ")
    };
    if ours == official {
        return Ok(());
    }
    Err(format!(
        "{what} differ from go list's: only ours: {}; only official: {}",
        only(ours, official),
        only(official, ours)
    ))
}
