//! Builds a program and writes the module to `out.wasm`, or prints what is wrong. For work on the compiler itself.

use polkago_compiler::{BuildOptions, NoProgress, OptLevel, Profile, Session, render};
use std::sync::Arc;

fn main() {
    let mut args: Vec<String> = std::env::args().skip(1).collect();
    let profile = if args.first().is_some_and(|a| a == "--wasip1") {
        args.remove(0);
        Profile::Wasip1
    } else {
        Profile::Polkadot
    };
    let dir = std::env::current_dir().expect("a current folder");
    let level = match args.first().map(String::as_str) {
        Some("-O0") => OptLevel::None,
        Some("-Os") => OptLevel::Size,
        _ => OptLevel::Speed,
    };
    args.retain(|a| !a.starts_with("-O"));
    let session = Session::from_environment(dir, Arc::new(NoProgress)).with_level(level);
    match session.build(
        &args,
        &BuildOptions {
            profile,
            strip: false,
        },
    ) {
        Ok(artifact) => {
            for (stage, time) in &artifact.timings.stages {
                println!("{stage:<10} {time:?}");
            }
            println!("{} bytes", artifact.wasm.len());
            std::fs::write("out.wasm", artifact.wasm).expect("out.wasm");
        }
        Err(failure) => print!("{}", render::plain(&failure.diagnostics)),
    }
}
