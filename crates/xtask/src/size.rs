//! `cargo xtask size`: how large runtimes are, examples/hello whole and without `Hello_churn`.

use std::sync::Arc;

use polkago_compiler::{BuildOptions, Environment, NoProgress, Profile, Session, render};

/// What is built in examples/hello. Two of its files make a runtime that tells its version and echoes.
const RUNTIMES: [&[&str]; 2] = [&["main.go", "version.go"], &["."]];

/// Prints the sizes of runtimes with and without names, and the sections of the stripped ones.
///
/// # Errors
/// Where one cannot be built.
pub fn run() -> Result<(), String> {
    for runtime in RUNTIMES {
        let stripped = build(runtime, true)?;
        let named = build(runtime, false)?;
        println!(
            "examples/hello {}: {} bytes, {} with names",
            runtime.join(" "),
            stripped.len(),
            named.len()
        );
        let report = polkago_host::inspect(&stripped).map_err(|error| error.to_string())?;
        for section in report.sections {
            println!("  {:<10} {:>7} bytes", section.kind, section.size);
        }
    }
    Ok(())
}

fn build(runtime: &[&str], strip: bool) -> Result<Vec<u8>, String> {
    let dir = crate::repository().join("examples/hello");
    let session = Session::new(dir, Environment::from_process(), Arc::new(NoProgress));
    let options = BuildOptions {
        profile: Profile::Polkadot,
        strip,
    };
    let arguments: Vec<String> = runtime.iter().map(|&a| a.to_owned()).collect();
    let artifact = session
        .build(&arguments, &options)
        .map_err(|failure| render::plain(&failure.diagnostics))?;
    Ok(artifact.wasm)
}
