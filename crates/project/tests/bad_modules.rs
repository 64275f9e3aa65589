//! Modules from a proxy, and everything that can be wrong with them: a clear error, nothing half-written.

#[path = "common/proxy.rs"]
mod proxy;

use std::path::Path;

use polkago_project::{Graph, load};
use proxy::{Machine, zip_of};

const MAIN: &str = "package main\n\nimport _ \"a.b/c\"\n";
const GO_MOD: &str = "module example.com/m\n\ngo 1.26\n\nrequire a.b/c v1.0.0\n";

/// A machine whose main module imports `a.b/c`, which is not published yet.
fn machine() -> Machine {
    let machine = Machine::new();
    machine.write("m/go.mod", GO_MOD);
    machine.write("m/main.go", MAIN);
    machine
}

fn good() -> Machine {
    let mut machine = machine();
    let files = [
        ("go.mod", "module a.b/c\n\ngo 1.20\n"),
        ("c.go", "package c\n"),
    ];
    machine.publish("a.b/c", "v1.0.0", &files);
    machine
}

/// Writes `m/go.sum` and loads `./...`.
fn load_all(machine: &Machine) -> Graph {
    machine.write("m/go.sum", &machine.go_sum);
    load(&machine.config(), &["./...".to_string()])
}

/// The errors of loading, with the machine's folder cut out.
fn errors_of(machine: &Machine) -> Vec<String> {
    let root = machine.path("").display().to_string();
    let root = root.trim_end_matches(['/', '\\']);
    let graph = load_all(machine);
    let errors = graph.errors.iter();
    errors.map(|e| e.to_string().replace(root, "")).collect()
}

/// Every file below a folder of the machine, with slashes, sorted.
fn files(machine: &Machine, below: &str) -> Vec<String> {
    fn walk(dir: &Path, prefix: &str, found: &mut Vec<String>) {
        let Ok(entries) = std::fs::read_dir(dir) else {
            return;
        };
        for entry in entries {
            let entry = entry.expect("entry");
            let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
            if entry.path().is_dir() {
                walk(&entry.path(), &format!("{name}/"), found);
            } else {
                found.push(name);
            }
        }
    }
    let mut found = Vec::new();
    walk(&machine.path(below), "", &mut found);
    found.sort();
    found
}

#[test]
fn modules_are_fetched_once_into_our_own_cache() {
    let mut machine = good();
    assert_eq!(errors_of(&machine), [""; 0]);
    assert_eq!(
        files(&machine, "cache"),
        [
            "mod/a.b/c@v1.0.0/c.go",
            "mod/a.b/c@v1.0.0/go.mod",
            "mod/cache/download/a.b/c/@v/v1.0.0.ziphash"
        ]
    );
    assert_eq!(files(&machine, "gomodcache"), [""; 0]);
    machine.goproxy = "off".to_string();
    assert_eq!(errors_of(&machine), [""; 0]);
}

#[test]
fn the_users_cache_comes_first_and_stays_as_it_is() {
    let mut machine = good();
    machine.goproxy = "off".to_string();
    let zip = std::fs::read(machine.path("proxy/a.b/c/@v/v1.0.0.zip")).expect("published");
    machine.write("gomodcache/cache/download/a.b/c/@v/v1.0.0.zip", zip);
    let before = files(&machine, "gomodcache");
    assert_eq!(errors_of(&machine), [""; 0], "from the archive");
    machine.write(
        "gomodcache/a.b/c@v1.0.0/c.go",
        "package c\n\nimport \"none/x\"\n",
    );
    let errors = errors_of(&machine);
    assert!(
        errors[0].starts_with("$GOMODCACHE/a.b/c@v1.0.0/c.go:3:8: "),
        "{errors:?}"
    );
    // The official command has not finished with it.
    machine.write("gomodcache/cache/download/a.b/c/@v/v1.0.0.partial", "");
    assert_eq!(errors_of(&machine), [""; 0]);
    assert_eq!(files(&machine, "gomodcache").len(), before.len() + 2);
}

#[test]
fn checksums_are_compared() {
    let mut machine = good();
    machine.go_sum = machine.go_sum.replacen("h1:", "h1:x", 1);
    let errors = errors_of(&machine);
    assert!(
        errors[0].starts_with(
            "main.go:3:8: verifying a.b/c@v1.0.0: checksum mismatch\n\tdownloaded: h1:"
        ),
        "{errors:?}"
    );
    assert_eq!(files(&machine, "cache"), [""; 0]);

    // What is in the cache already is compared as well.
    let mut machine = good();
    assert_eq!(errors_of(&machine), [""; 0]);
    machine.go_sum = machine.go_sum.replacen("h1:", "h1:x", 1);
    let errors = errors_of(&machine);
    assert!(
        errors[0].contains("verifying a.b/c@v1.0.0: checksum mismatch"),
        "{errors:?}"
    );

    // In an older module the graph is read, and with it every go.mod file.
    let mut machine = good();
    machine.write("m/go.mod", GO_MOD.replace("1.26", "1.16"));
    machine.go_sum = machine.go_sum.replacen("/go.mod h1:", "/go.mod h1:x", 1);
    let errors = errors_of(&machine);
    assert!(
        errors[0].contains("verifying a.b/c@v1.0.0/go.mod: checksum mismatch"),
        "{errors:?}"
    );
    assert_eq!(files(&machine, "cache"), [""; 0]);
}

#[test]
fn missing_checksums_are_errors() {
    let mut machine = good();
    machine.go_sum.clear();
    assert_eq!(
        errors_of(&machine),
        [
            "main.go:3:8: missing go.sum entry for module providing package a.b/c (imported by example.com/m); to add:\n\tgo get example.com/m"
        ]
    );
    machine.write("m/go.mod", GO_MOD.replace("1.26", "1.16"));
    assert_eq!(
        errors_of(&machine),
        [
            "main.go:3:8: a.b/c@v1.0.0: missing go.sum entry for go.mod file; to add it:\n\tgo mod download a.b/c"
        ]
    );
    machine.go_sum = "a.b/c v1.0.0\n".to_string();
    assert_eq!(
        errors_of(&machine),
        ["go.sum:1:1: malformed go.sum: wrong number of fields 2, want 3"]
    );
}

#[test]
fn bad_archives_leave_nothing() {
    let c = |name: &str| format!("a.b/c@v1.0.0/{name}");
    let whole = zip_of(&[(c("c.go"), "package c\n")]);
    let cases: Vec<(&str, Vec<u8>, &str)> = vec![
        ("garbage", b"not a zip".to_vec(), "bad archive"),
        ("empty", Vec::new(), "bad archive"),
        (
            "truncated",
            whole[..whole.len() - 30].to_vec(),
            "bad archive",
        ),
        (
            "climbing",
            zip_of(&[(c("../../evil.go"), "package x\n")]),
            "illegal file name \"a.b/c@v1.0.0/../../evil.go\"",
        ),
        (
            "absolute",
            zip_of(&[("/evil.go", "package x\n")]),
            "illegal file name \"/evil.go\"",
        ),
        (
            "another module's",
            zip_of(&[("a.b/d@v1.0.0/d.go", "package d\n")]),
            "illegal file name \"a.b/d@v1.0.0/d.go\"",
        ),
        (
            "two in one",
            zip_of(&[(c("c.go"), "package c\n"), (c("C.go"), "package c\n")]),
            "case-insensitive file name collision",
        ),
    ];
    for (what, zip, want) in cases {
        let mut machine = machine();
        machine.publish_raw("a.b/c", "v1.0.0", "module a.b/c\n", &zip, "h1:x");
        let errors = errors_of(&machine);
        assert_eq!(errors.len(), 1, "{what}: {errors:?}");
        assert!(
            errors[0].contains("a.b/c@v1.0.0: bad archive: "),
            "{what}: {errors:?}"
        );
        assert!(errors[0].contains(want), "{what}: {errors:?}");
        assert_eq!(files(&machine, "cache"), [""; 0], "{what}");
        assert_eq!(
            files(&machine, "")
                .iter()
                .filter(|f| f.contains("evil"))
                .count(),
            0
        );
    }
}

#[test]
fn proxies_that_have_nothing_say_why() {
    let mut machine = machine();
    machine.go_sum = "a.b/c v1.0.0 h1:x\na.b/c v1.0.0/go.mod h1:y\n".to_string();
    let errors = errors_of(&machine);
    assert!(
        errors[0].starts_with("main.go:3:8: a.b/c@v1.0.0: reading /proxy/a.b/c/@v/v1.0.0.zip: "),
        "{errors:?}"
    );
    for (goproxy, want) in [
        ("off", "a.b/c@v1.0.0: module lookup disabled by GOPROXY=off"),
        (
            "direct",
            "a.b/c@v1.0.0: GOPROXY=direct is not supported, only module proxies are",
        ),
        ("ftp://x", "invalid proxy URL in GOPROXY: \"ftp://x\""),
    ] {
        machine.goproxy = goproxy.to_string();
        assert_eq!(errors_of(&machine), [format!("main.go:3:8: {want}")]);
    }
    machine.goprivate = Some("*.b".to_string());
    let errors = errors_of(&machine);
    assert!(
        errors[0].contains("a.b/c@v1.0.0: GONOPROXY or GOPRIVATE asks to fetch"),
        "{errors:?}"
    );
    assert_eq!(files(&machine, "cache"), [""; 0]);
}

#[test]
fn bad_go_mod_files_have_one_clear_error() {
    let huge = format!("module example.com/m\n{}", "// x\n".repeat(4 << 20));
    for (go_mod, want) in [
        (
            "module example.com/m\nfuture x\n",
            "go.mod:2:1: unknown directive: future",
        ),
        (
            "module example.com/m\ngo 9.99\n",
            "go.mod:2:1: go.mod requires go >= 9.99 (running go 1.26.8)",
        ),
        (
            "module example.com/m\n\0\n",
            "go.mod:2:1: unexpected input character '\\x00'",
        ),
        (
            "module example.com/m\nrequire (\n",
            "go.mod:3:1: syntax error (unterminated block started at go.mod:2:1)",
        ),
        (&huge, "go.mod: file is larger than 16 MiB"),
    ] {
        let machine = machine();
        machine.write("m/go.mod", go_mod);
        assert_eq!(errors_of(&machine), [want]);
    }
}

#[test]
fn bad_go_mod_files_of_dependencies_are_named() {
    for (go_mod, want) in [
        ("", "a.b/c@v1.0.0: parsing go.mod: missing module line"),
        (
            "module a.b/other\n",
            "a.b/c@v1.0.0: parsing go.mod:\n\tmodule declares its path as: a.b/other\n\t        but was required as: a.b/c",
        ),
        (
            "module a.b/c\nrequire (\n",
            "a.b/c@v1.0.0: parsing go.mod: go.mod:3: syntax error (unterminated block started at go.mod:2:1)",
        ),
        (
            "module a.b/c\ngo 9.99\n",
            "module a.b/c@v1.0.0 requires go >= 9.99 (running go 1.26.8)",
        ),
        (
            "module a.b/c\nrequire a.b/d v2.0.0\n",
            "a.b/c@v1.0.0: parsing go.mod: go.mod:2: require a.b/d: version \"v2.0.0\" invalid: should be v0 or v1, not v2",
        ),
    ] {
        let mut machine = machine();
        machine.publish(
            "a.b/c",
            "v1.0.0",
            &[("go.mod", go_mod), ("c.go", "package c\n")],
        );
        assert_eq!(
            errors_of(&machine),
            [format!("main.go:3:8: {want}")],
            "{go_mod}"
        );
    }
}

#[test]
fn circles_are_no_trap() {
    // Requirements in a circle are legal, also on an older version of the main module.
    let mut machine = machine();
    machine.write("m/go.mod", GO_MOD.replace("1.26", "1.16"));
    let c = "module a.b/c\nrequire a.b/d v1.0.0\n";
    let d = "module a.b/d\nrequire a.b/c v1.0.0\nrequire example.com/m v0.1.0\n";
    let old = "module example.com/m\nrequire a.b/c v1.0.0\n";
    machine.publish(
        "a.b/c",
        "v1.0.0",
        &[("go.mod", c), ("c.go", "package c\n\nimport _ \"a.b/d\"\n")],
    );
    machine.publish("a.b/d", "v1.0.0", &[("go.mod", d), ("d.go", "package d\n")]);
    machine.publish("example.com/m", "v0.1.0", &[("go.mod", old)]);
    assert_eq!(errors_of(&machine), [""; 0]);

    // A replacement is not itself replaced.
    let mut machine = good();
    machine.publish(
        "a.b/d",
        "v1.0.0",
        &[("go.mod", "module a.b/d\n"), ("c.go", "package c\n")],
    );
    let replaced =
        format!("{GO_MOD}replace a.b/c => a.b/d v1.0.0\nreplace a.b/d => a.b/c v1.0.0\n");
    machine.write("m/go.mod", replaced);
    assert_eq!(errors_of(&machine), [""; 0]);

    // Imports in a circle are not legal, across modules either.
    let mut machine = Machine::new();
    machine.write(
        "m/go.mod",
        "module example.com/m\n\ngo 1.26\n\nrequire (\n\ta.b/c v1.0.0\n\ta.b/d v1.0.0\n)\n",
    );
    machine.write("m/main.go", MAIN);
    for (path, other) in [("a.b/c", "a.b/d"), ("a.b/d", "a.b/c")] {
        let source = format!("package x\n\nimport _ \"{other}\"\n");
        let go_mod = format!("module {path}\n\ngo 1.26\n\nrequire {other} v1.0.0\n");
        machine.publish(path, "v1.0.0", &[("go.mod", &go_mod), ("x.go", &source)]);
    }
    assert_eq!(
        errors_of(&machine),
        [
            "package example.com/m\n\timports a.b/c from main.go\n\timports a.b/d from x.go\n\timports a.b/c from x.go: import cycle not allowed"
        ]
    );
}

#[test]
fn runs_side_by_side_do_no_harm() {
    let machine = good();
    machine.write("m/go.sum", &machine.go_sum);
    std::thread::scope(|scope| {
        let runs: Vec<_> = (0..8)
            .map(|_| scope.spawn(|| load(&machine.config(), &["./...".to_string()])))
            .collect();
        for run in runs {
            assert_eq!(run.join().expect("no panic").errors, []);
        }
    });
    assert_eq!(files(&machine, "cache").len(), 3);
}

#[test]
fn go_mod_must_name_what_is_used() {
    let d = ("go.mod", "module a.b/d\n\ngo 1.15\n");
    let c = (
        "go.mod",
        "module a.b/c\n\ngo 1.15\n\nrequire a.b/d v1.0.0\n",
    );
    let both = "package main\n\nimport _ \"a.b/c\"\nimport _ \"a.b/d\"\n";
    let implicit = "package example.com/m imports a.b/d from implicitly required module; to add missing requirements, run:\n\tgo get a.b/d@v1.0.0";
    let update = "updates to go.mod needed; to update it:\n\tgo mod tidy";
    for (go, main, want) in [
        ("1.16", MAIN, None),
        ("1.16", both, Some(implicit)),
        ("1.17", MAIN, Some(update)),
        ("1.26", both, Some(update)),
    ] {
        let mut machine = Machine::new();
        machine.write("m/go.mod", GO_MOD.replace("1.26", go));
        machine.write("m/main.go", main);
        machine.publish(
            "a.b/c",
            "v1.0.0",
            &[c, ("c.go", "package c\n\nimport _ \"a.b/d\"\n")],
        );
        machine.publish("a.b/d", "v1.0.0", &[d, ("d.go", "package d\n")]);
        assert_eq!(errors_of(&machine), Vec::from_iter(want), "{go} {main}");
    }
}
