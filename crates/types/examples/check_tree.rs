//! Checks packages of the Go release on this machine and prints what is wrong: `check_tree [--audit] [PACKAGE...]`, all
//! of the standard library without packages. With `--audit`, it also prints expressions that the side tables miss.

#[path = "../tests/support/mod.rs"]
mod support;

fn main() {
    let Some(goroot) = support::goroot() else {
        eprintln!("no Go release found");
        std::process::exit(1);
    };
    let mut std = support::Std::new(&goroot);
    let mut paths: Vec<String> = std::env::args().skip(1).collect();
    let audit = paths.iter().any(|path| path == "--audit");
    paths.retain(|path| path != "--audit");
    if paths.is_empty() {
        paths = std.packages();
    }
    for path in &paths {
        std.check(path);
    }
    let mut bad = 0;
    for (path, errors) in &std.errors {
        if !errors.is_empty() {
            bad += 1;
            println!("{path}: {} errors", errors.len());
            for error in errors.iter().take(8) {
                println!("    {error}");
            }
        }
    }
    if audit {
        for (path, package) in &std.results {
            if std.errors.get(path).is_some_and(Vec::is_empty) {
                support::audit(&std.store, package)
                    .iter()
                    .take(6)
                    .for_each(|line| println!("{path}: {line}"));
            }
        }
    }
    println!(
        "{} packages checked in {:?}, {bad} with errors",
        std.results.len(),
        std.time
    );
}
