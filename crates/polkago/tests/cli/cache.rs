//! Modules that have been built before.

use std::path::Path;

use crate::{Folder, polkago};

const ARGS: [&str; 5] = ["build", "--timings", "--target", "wasip1", "p.go"];

/// Builds with a cache in the folder. Gives the module, and whether it was compiled.
fn build(folder: &Folder, args: &[&str]) -> (Vec<u8>, bool) {
    let assert = polkago()
        .current_dir(folder.path())
        .env("POLKAGO_CACHE", folder.path().join("cache"))
        .args(args)
        .assert()
        .success();
    let stages = String::from_utf8_lossy(&assert.get_output().stderr).into_owned();
    let module = std::fs::read(folder.path().join("p.wasm")).expect("a module is written");
    (module, stages.contains("optimise"))
}

/// Builds once more. The module must be that one; it is compiled or not.
fn check(folder: &Folder, args: &[&str], module: &[u8], compiled: bool) {
    let (again, anew) = build(folder, args);
    assert!(again == module, "{args:?} gave another module");
    assert_eq!(anew, compiled, "whether {args:?} compiled");
}

fn program(message: &str) -> String {
    format!("package main\n\nfunc main() {{ println({message:?}) }}\n")
}

fn write(path: &Path, content: &str) {
    std::fs::write(path, content).expect("the folder can be written");
}

#[test]
fn what_has_been_built_is_not_built_again() {
    let folder = Folder::with(&[("p.go", program("one"))]);
    let source = folder.path().join("p.go");
    let (one, compiled) = build(&folder, &ARGS);
    assert!(compiled, "there is nothing in the cache yet");
    check(&folder, &ARGS, &one, false);

    write(&source, &program("two"));
    let (two, compiled) = build(&folder, &ARGS);
    assert!(compiled, "the source is another");
    assert!(one != two, "the modules are the same");
    write(&source, &program("one"));
    check(&folder, &ARGS, &one, false);

    for flags in [
        &["--strip"][..],
        &["--opt", "size"],
        &["--gc", "leaking"],
        &["--trace", "full"],
    ] {
        let args = [&ARGS[..], flags].concat();
        let (other, compiled) = build(&folder, &args);
        assert!(compiled, "{flags:?} were not asked for before");
        check(&folder, &args, &other, false);
    }

    check(&folder, &[&ARGS[..], &["-a"]].concat(), &one, true);
}

#[test]
fn a_damaged_cache_harms_nothing() {
    let folder = Folder::with(&[("p.go", program("one"))]);
    let (module, _) = build(&folder, &ARGS);
    let cache = folder.path().join("cache/build");
    let mut entries = 0;
    for file in folder.files() {
        if file.starts_with(&cache) {
            write(&file, "damaged");
            entries += 1;
        }
    }
    assert!(entries > 0, "nothing is kept in {}", cache.display());
    check(&folder, &ARGS, &module, true);
    check(&folder, &ARGS, &module, false);
    // Where no folder can be.
    std::fs::remove_dir_all(&cache).expect("it can be removed");
    write(&cache, "a file");
    check(&folder, &ARGS, &module, true);
}

#[test]
fn mistakes_are_reported_each_time() {
    let folder = Folder::with(&[("p.go", "package main\n\nfunc main() { x := 1 }\n")]);
    for _ in 0..2 {
        let assert = polkago()
            .current_dir(folder.path())
            .env("POLKAGO_CACHE", folder.path().join("cache"))
            .args(ARGS)
            .assert()
            .code(1);
        let errors = String::from_utf8_lossy(&assert.get_output().stderr).into_owned();
        assert!(errors.contains("declared and not used: x"), "{errors}");
    }
}
