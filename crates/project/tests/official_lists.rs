//! Build lists and package lists against the official `go list`, over modules on a proxy of our own, where a `go` of
//! the right release is installed.

#[path = "common/proxy.rs"]
mod proxy;

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::process::Command;

use polkago_project::{Config, Environment, GoRelease, NoProgress, WorkFile, build_list, load};
use proxy::Machine;

/// The installed release, if its `go` can be asked.
fn release() -> Option<GoRelease> {
    let env = Environment {
        goproxy: Some("off".to_string()),
        ..Environment::from_process()
    };
    let release = GoRelease::find(&env, &NoProgress).ok()?;
    go(&release).is_file().then_some(release)
}

fn go(release: &GoRelease) -> PathBuf {
    let name = if cfg!(windows) { "go.exe" } else { "go" };
    release.root.join("bin").join(name)
}

/// Runs the official command in a folder of the machine.
fn official(release: &GoRelease, machine: &Machine, dir: &str, arguments: &[&str]) -> Vec<String> {
    let output = Command::new(go(release))
        .args(arguments)
        .current_dir(machine.path(dir))
        .env_remove("GOWORK")
        .envs([
            ("GOPROXY", machine.goproxy.as_str()),
            ("GONOSUMDB", "*"),
            ("GOFLAGS", "-modcacherw"),
            ("GOOS", "linux"),
            ("GOARCH", "amd64"),
            ("CGO_ENABLED", "0"),
            ("GOTOOLCHAIN", "local"),
            ("GOENV", "off"),
        ])
        .env("GOMODCACHE", machine.path("official"))
        .env("GOROOT", &release.root)
        .output()
        .expect("go runs");
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "go {arguments:?}: {error}");
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    text.lines().map(String::from).collect()
}

/// Compares what both say of a folder of the machine.
fn compare(machine: &Machine, dir: &str) {
    let Some(release) = release() else {
        eprintln!("skipped: no Go release with a `go` command is installed");
        return;
    };
    let config = Config {
        current_dir: machine.path(dir),
        goroot: release.root.clone(),
        go_version: release.version,
        work_file: WorkFile::Upward,
        tests: true,
        test_programs: false,
        ..machine.config()
    };
    let ours = load(&config, &["./...".to_string()]);
    assert_eq!(ours.errors, [], "{dir}");
    let of_modules = |name: &String| {
        let first = name.split(['/', ' ']).next().unwrap_or(name);
        first.contains('.') && !name.ends_with(".test")
    };
    let ours: BTreeSet<String> = ours
        .packages
        .values()
        .map(|package| package.id())
        .filter(of_modules)
        .collect();
    // A package of tests only is no package of ours without them.
    let format = "{{if .GoFiles}}{{.ImportPath}}{{end}}";
    let theirs = official(
        &release,
        machine,
        dir,
        &["list", "-deps", "-test", "-f", format, "./..."],
    );
    let theirs: BTreeSet<String> = theirs.into_iter().filter(of_modules).collect();
    assert_eq!(ours, theirs, "packages of {dir}");
    assert!(!ours.is_empty());

    let all = Config {
        tests: false,
        test_programs: false,
        ..config.clone()
    };
    let ours = load(&all, &["all".to_string()]);
    assert_eq!(ours.errors, [], "all of {dir}");
    let ours: BTreeSet<String> = ours
        .roots
        .iter()
        .map(|&id| ours.packages[id].id())
        .filter(of_modules)
        .collect();
    let theirs = official(&release, machine, dir, &["list", "-f", format, "all"]);
    let theirs: BTreeSet<String> = theirs.into_iter().filter(of_modules).collect();
    assert_eq!(ours, theirs, "all of {dir}");

    // The command refuses to list all modules where a vendor folder holds.
    if machine.path(dir).join("vendor").is_dir() || machine.path("vendor").is_dir() {
        return;
    }
    let ours: Vec<String> = build_list(&config, &[])
        .expect("readable")
        .into_iter()
        .map(|(path, version)| match version {
            Some(version) => format!("{path} {version}"),
            None => path,
        })
        .collect();
    let theirs = official(
        &release,
        machine,
        dir,
        &["list", "-m", "-f", "{{.Path}} {{.Version}}", "all"],
    );
    let theirs: Vec<String> = theirs
        .iter()
        .map(|line| line.trim_end().to_string())
        .collect();
    assert_eq!(ours, theirs, "modules of {dir}");
}

fn package(name: &str, imports: &[&str]) -> String {
    let imports: String = imports
        .iter()
        .map(|path| format!("import _ \"{path}\"\n"))
        .collect();
    format!("package {name}\n\n{imports}")
}

/// A module with one package that imports others, and the requirements for them.
fn publish(
    machine: &mut Machine,
    path: &str,
    version: &str,
    go: &str,
    require: &[&str],
    imports: &[&str],
) {
    let require: String = require
        .iter()
        .map(|line| format!("require {line}\n"))
        .collect();
    let go_mod = format!("module {path}\n{go}\n{require}");
    let source = package("x", imports);
    machine.publish(path, version, &[("go.mod", &go_mod), ("x.go", &source)]);
}

/// Modules with old and new `go` lines, in a diamond with different versions, and some that only a wrong reading
/// of pruning would see.
fn world(machine: &mut Machine) {
    publish(
        machine,
        "a.b/top",
        "v1.0.0",
        "go 1.20",
        &["a.b/left v1.0.0", "a.b/right v1.0.0"],
        &["a.b/left", "a.b/right"],
    );
    publish(
        machine,
        "a.b/left",
        "v1.0.0",
        "go 1.18",
        &["a.b/leaf v1.1.0", "a.b/hidden v1.0.0 // indirect"],
        &["a.b/leaf"],
    );
    publish(
        machine,
        "a.b/right",
        "v1.0.0",
        "go 1.15",
        &[
            "a.b/leaf v1.2.0",
            "a.b/old v0.0.0-20200101000000-abcdefabcdef",
        ],
        &["a.b/leaf", "a.b/old"],
    );
    publish(machine, "a.b/leaf", "v1.1.0", "go 1.20", &[], &[]);
    publish(
        machine,
        "a.b/leaf",
        "v1.2.0",
        "go 1.20",
        &["a.b/deep v1.0.0"],
        &[],
    );
    publish(
        machine,
        "a.b/leaf",
        "v1.3.0-rc.1",
        "go 1.20",
        &["a.b/deep v1.1.0"],
        &["a.b/deep"],
    );
    publish(
        machine,
        "a.b/hidden",
        "v1.0.0",
        "go 1.20",
        &["a.b/deep v1.9.0"],
        &[],
    );
    publish(machine, "a.b/deep", "v1.0.0", "go 1.20", &[], &[]);
    publish(machine, "a.b/deep", "v1.1.0", "go 1.20", &[], &[]);
    publish(machine, "a.b/deep", "v1.9.0", "go 1.20", &[], &[]);
    publish(
        machine,
        "a.b/old",
        "v0.0.0-20200101000000-abcdefabcdef",
        "",
        &["a.b/older v3.1.0+incompatible", "a.b/Upper v1.0.0"],
        &["a.b/older"],
    );
    machine.publish(
        "a.b/older",
        "v3.1.0+incompatible",
        &[("x.go", "package older\n")],
    );
    machine.publish(
        "a.b/Upper",
        "v1.0.0",
        &[
            ("go.mod", "module a.b/Upper\n"),
            ("x.go", "package upper\n"),
        ],
    );
    publish(machine, "a.b/major/v2", "v2.3.4", "go 1.26", &[], &[]);
    publish(machine, "gopkg.in/yaml.v3", "v3.0.1", "go 1.26", &[], &[]);
}

const ALL: &str = "require (\n\ta.b/deep v1.0.0 // indirect\n\ta.b/leaf v1.2.0 // indirect\n\ta.b/left v1.0.0 // indirect\n\t\
    a.b/old v0.0.0-20200101000000-abcdefabcdef // indirect\n\ta.b/older v3.1.0+incompatible // indirect\n\t\
    a.b/right v1.0.0 // indirect\n\ta.b/top v1.0.0\n)\n";

/// A machine with [`world`].
fn plain_world() -> Machine {
    let mut machine = Machine::new();
    world(&mut machine);
    machine
}

#[test]
fn graphs_are_read_as_the_official_command_reads_them() {
    for (go, require) in [
        ("go 1.26", ALL.to_string()),
        ("go 1.16", "require a.b/top v1.0.0\n".to_string()),
        ("go 1.12", "require a.b/top v1.0.0\nrequire a.b/leaf v1.3.0-rc.1\n".to_string()),
        ("go 1.26", format!("{ALL}exclude a.b/hidden v1.0.0\nexclude a.b/deep v1.9.0\n")),
        ("go 1.16", "require a.b/top v1.0.0\nexclude a.b/leaf v1.2.0\n".to_string()),
        ("go 1.16", "require a.b/top v1.0.0\nreplace a.b/leaf v1.2.0 => a.b/leaf v1.3.0-rc.1\n".to_string()),
        ("go 1.16", "require a.b/top v1.0.0\nreplace a.b/leaf => ../leaf\nreplace a.b/leaf v1.9.9 => ../none\n".to_string()),
        ("go 1.26", format!("{ALL}require a.b/major/v2 v2.3.4\nrequire gopkg.in/yaml.v3 v3.0.1\n")),
    ] {
        let machine = plain_world();
        machine.write("leaf/go.mod", "module a.b/leaf\ngo 1.20\nrequire a.b/deep v1.1.0\n");
        machine.write("leaf/x.go", package("leaf", &["a.b/deep"]));
        let go_mod = format!("module example.com/m\n{go}\n{require}");
        machine.write("m/go.mod", &go_mod);
        machine.write("m/go.sum", &machine.go_sum);
        let mut imports = vec!["a.b/top"];
        if go_mod.contains("major") {
            imports.extend(["a.b/major/v2", "gopkg.in/yaml.v3"]);
        }
        machine.write("m/main.go", package("main", &imports));
        compare(&machine, "m");
    }
}

#[test]
fn workspaces_are_read_as_the_official_command_reads_them() {
    let machine = plain_world();
    machine.write(
        "go.work",
        "go 1.26\nuse (\n\t./m\n\t./n\n)\nreplace a.b/older => ./older\n",
    );
    machine.write("older/go.mod", "module a.b/older\n");
    machine.write("older/x.go", "package older\n");
    machine.write("m/go.mod", format!("module example.com/m\ngo 1.26\n{ALL}"));
    machine.write(
        "m/main.go",
        package("main", &["a.b/top", "example.com/n/sub"]),
    );
    machine.write(
        "n/go.mod",
        "module example.com/n\ngo 1.20\nrequire a.b/leaf v1.3.0-rc.1\nrequire a.b/deep v1.1.0 // indirect\n",
    );
    machine.write("n/sub/n.go", package("sub", &["a.b/leaf"]));
    machine.write("m/go.sum", &machine.go_sum);
    compare(&machine, "m");
    compare(&machine, "n");
    let Some(release) = release() else {
        return;
    };
    // A vendor folder for the whole workspace; replacements are named as seen from the go.work file.
    let go_mod = format!(
        "module example.com/m\ngo 1.26\n{ALL}replace a.b/old => ./old\nreplace a.b/hidden => ../hidden\n"
    );
    machine.write("m/go.mod", go_mod);
    machine.write(
        "m/old/go.mod",
        "module a.b/old\nrequire a.b/older v3.1.0+incompatible\n",
    );
    machine.write("m/old/x.go", package("old", &["a.b/older"]));
    machine.write("hidden/go.mod", "module a.b/hidden\n");
    machine.write("hidden/x.go", "package hidden\n");
    official(&release, &machine, "m", &["work", "vendor"]);
    compare(&machine, "m");
    compare(&machine, "n");
}

#[test]
fn vendor_folders_are_read_as_the_official_command_reads_them() {
    let Some(release) = release() else {
        eprintln!("skipped: no Go release with a `go` command is installed");
        return;
    };
    let machine = plain_world();
    machine.write("m/go.mod", format!("module example.com/m\ngo 1.26\n{ALL}"));
    machine.write("m/main.go", package("main", &["a.b/top"]));
    machine.write("m/go.sum", &machine.go_sum);
    official(&release, &machine, "m", &["mod", "vendor"]);
    compare(&machine, "m");
}

#[test]
fn tests_are_packages_as_the_official_command_names_them() {
    let machine = plain_world();
    machine.write("m/go.mod", format!("module example.com/m\ngo 1.26\n{ALL}"));
    machine.write("m/go.sum", &machine.go_sum);
    machine.write("m/main.go", package("main", &["example.com/m/p"]));
    machine.write("m/main_test.go", package("main", &["testing"]));
    machine.write("m/p/p.go", package("p", &[]));
    machine.write("m/p/in_test.go", package("p", &["testing", "a.b/leaf"]));
    machine.write(
        "m/p/out_test.go",
        package(
            "p_test",
            &[
                "testing",
                "example.com/m/q",
                "example.com/m/r",
                "example.com/m/p",
            ],
        ),
    );
    machine.write(
        "m/q/q.go",
        package("q", &["example.com/m/p", "example.com/m/r"]),
    );
    machine.write("m/r/r.go", package("r", &["a.b/top"]));
    machine.write("m/only/x_test.go", package("only_test", &["testing"]));
    machine.write(
        "m/inner/x_test.go",
        package("inner", &["testing", "example.com/m/q"]),
    );
    machine.write("m/external/e.go", package("external", &[]));
    machine.write(
        "m/external/e_test.go",
        package("external_test", &["testing", "example.com/m/external"]),
    );
    compare(&machine, "m");
}
