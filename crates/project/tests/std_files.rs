//! The files of std's packages against what the official `go list` says, where a `go` of the right release is
//! installed.

use std::collections::BTreeMap;
use std::process::Command;
use std::sync::Arc;

use polkago_project::{Config, Environment, GoRelease, MemoryFs, NoProgress, Target, load};

/// Package by package: Go files, assembly files, imported packages.
type Listing = BTreeMap<String, [Vec<String>; 3]>;

/// The installed release, if its `go` can be asked.
fn release() -> Option<GoRelease> {
    let env = Environment {
        goproxy: Some("off".to_string()),
        ..Environment::from_process()
    };
    let release = GoRelease::find(&env, &NoProgress).ok()?;
    release
        .root
        .join("bin")
        .join(if cfg!(windows) { "go.exe" } else { "go" })
        .is_file()
        .then_some(release)
}

fn official(release: &GoRelease, goos: &str, goarch: &str, tags: &str) -> Listing {
    let format =
        "{{.ImportPath}}|{{join .GoFiles \" \"}}|{{join .SFiles \" \"}}|{{join .Imports \" \"}}";
    let output = Command::new(release.root.join("bin").join("go"))
        .args(["list", "-e", "-tags", tags, "-f", format, "std"])
        .current_dir(&release.root)
        .envs([
            ("GOOS", goos),
            ("GOARCH", goarch),
            ("CGO_ENABLED", "0"),
            ("GOFLAGS", ""),
            ("GOTOOLCHAIN", "local"),
        ])
        .env("GOROOT", &release.root)
        .output()
        .expect("go runs");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    let words = |field: Option<&str>| {
        field
            .unwrap_or("")
            .split_whitespace()
            .map(String::from)
            .collect()
    };
    let line = |line: &str| {
        let mut fields = line.split('|');
        let path = fields.next().unwrap_or("").to_string();
        (
            path,
            [
                words(fields.next()),
                words(fields.next()),
                words(fields.next()),
            ],
        )
    };
    let mut listing: Listing = text.lines().map(line).collect();
    // Ours names no package without files, and none that only documents the language.
    listing.retain(|path, package| !package[0].is_empty() && path != "builtin" && path != "unsafe");
    listing
}

fn ours(release: &GoRelease, target: Target) -> Listing {
    let embedded = Arc::new(MemoryFs::new());
    let config = Config {
        // The bare library, whatever the target overlays.
        implicit: Vec::new(),
        ..Config::new(
            release,
            &Environment::default(),
            std::env::temp_dir(),
            target,
            embedded,
        )
        .expect("plain environment")
    };
    let graph = load(&config, &["std".to_string()]);
    assert_eq!(graph.errors, []);
    let package = |package: &polkago_project::Package| {
        let names = package
            .files
            .iter()
            .map(|file| file.path.rsplit('/').next().unwrap_or("").to_string());
        let mut imports: Vec<String> = package
            .imports
            .iter()
            .map(|import| match import.target {
                polkago_project::ImportTarget::Package(id) => {
                    graph.packages[id].import_path.to_string()
                }
                polkago_project::ImportTarget::Unsafe => "unsafe".to_string(),
                polkago_project::ImportTarget::Missing => "missing".to_string(),
            })
            .collect();
        imports.sort();
        (
            package.import_path.to_string(),
            [names.collect(), package.assembly.clone(), imports],
        )
    };
    graph
        .roots
        .iter()
        .map(|&id| package(&graph.packages[id]))
        .collect()
}

fn compare(goos: &str, goarch: &str, tags: &str, target: Target) {
    let Some(release) = release() else {
        eprintln!("skipped: no Go release with a `go` command is installed");
        return;
    };
    let want = official(&release, goos, goarch, tags);
    let got = ours(&release, target);
    assert!(want.len() > 300, "{} packages", want.len());
    assert_eq!(
        want.keys().collect::<Vec<_>>(),
        got.keys().collect::<Vec<_>>()
    );
    for (path, package) in &want {
        let mut package = package.clone();
        package[2].sort();
        assert_eq!(&package, &got[path], "{path}");
    }
}

#[test]
fn std_for_our_target_equals_go_list() {
    let tags = "polkago,polkadot,purego,math_big_pure_go";
    compare("wasip1", "wasm", tags, Target::polkago("polkadot"));
}

#[test]
fn std_for_other_platforms_equals_go_list() {
    for (goos, goarch) in [
        ("linux", "amd64"),
        ("linux", "386"),
        ("darwin", "arm64"),
        ("windows", "amd64"),
        ("wasip1", "wasm"),
    ] {
        compare(goos, goarch, "", Target::official(goos, goarch));
    }
}
