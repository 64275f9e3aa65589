//! Checks packages of the Go release on this machine and prints what is wrong: `check_tree [PACKAGE...]`, all of the
//! standard library without arguments.

#[path = "../tests/support/mod.rs"]
mod support;

fn main() {
    let Some(goroot) = support::goroot() else {
        eprintln!("no Go release found");
        std::process::exit(1);
    };
    let mut std = support::Std::new(&goroot);
    let mut paths: Vec<String> = std::env::args().skip(1).collect();
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
    println!("{} packages checked in {:?}, {bad} with errors", std.results.len(), std.time);
}
