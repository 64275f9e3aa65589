//! `cargo xtask size`: how large runtimes are. The smallest is `tests/size/echo`, which tells its version and echoes.

use std::sync::Arc;

use polkago_compiler::{BuildOptions, Environment, NoProgress, Profile, Session, render};

/// The runtimes, as folders of the repository.
const RUNTIMES: [&str; 2] = ["tests/size/echo", "examples/hello"];

/// Prints the sizes of runtimes with and without names, and the sections of the stripped ones.
///
/// # Errors
/// Where one cannot be built.
pub fn run() -> Result<(), String> {
    for runtime in RUNTIMES {
        let stripped = build(runtime, true)?;
        let named = build(runtime, false)?;
        println!(
            "{runtime}: {} bytes, {} with names",
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

fn build(runtime: &str, strip: bool) -> Result<Vec<u8>, String> {
    let dir = crate::repository().join(runtime);
    let session = Session::new(dir, Environment::from_process(), Arc::new(NoProgress));
    let options = BuildOptions {
        profile: Profile::Polkadot,
        strip,
    };
    let artifact = session
        .build(&[".".to_owned()], &options)
        .map_err(|failure| render::plain(&failure.diagnostics))?;
    Ok(artifact.wasm)
}
