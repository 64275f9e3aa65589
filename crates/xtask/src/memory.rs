//! The memory suite: a program that allocates 20 GiB and keeps at most 8 MiB of them stays small, under WASI and on
//! Polkadot's executor, and a call that does the same work a thousand times needs no more than one that does it ten
//! times. The program is `tests/memory`.

use std::sync::Arc;
use std::time::Duration;

use polkago_compiler::{BuildOptions, Environment, NoProgress, Profile, Session, render};
use polkago_host::wasip1::{self, End};
use polkago_host::{Blob, CallOptions, Runtime, State};

use crate::suite::{self, Case, Options, Outcome, Tally};

/// What the programs may have, in bytes.
const LIMIT: u64 = 64 << 20;

/// Time after which the program is stopped.
const TIME_LIMIT: Duration = Duration::from_secs(110);

/// Runs the suite.
///
/// # Errors
/// Where the file of known failures cannot be read or written.
pub fn run(options: &Options) -> Result<Tally, String> {
    let cases = [
        Check("wasip1/20GiB", wasip1_churn),
        Check("polkadot/20GiB", polkadot_churn),
        Check("polkadot/1000-rounds", polkadot_rounds),
    ];
    suite::run("memory", &cases, options)
}

/// A name, and what gives a problem or a figure worth printing.
struct Check(&'static str, fn() -> Result<String, String>);

impl Case for Check {
    fn name(&self) -> &str {
        self.0
    }

    fn run(&self) -> Outcome {
        match (self.1)() {
            Ok(figure) => {
                println!("{}: {figure}", self.0);
                Outcome::Pass
            }
            Err(reason) => Outcome::Fail(reason),
        }
    }
}

fn build(profile: Profile) -> Result<Vec<u8>, String> {
    let dir = crate::repository().join("tests/memory");
    let session = Session::new(dir, Environment::from_process(), Arc::new(NoProgress));
    let options = BuildOptions {
        profile,
        strip: false,
    };
    let artifact = session
        .build(&[".".to_owned()], &options)
        .map_err(|failure| render::plain(&failure.diagnostics))?;
    Ok(artifact.wasm)
}

fn within(bytes: u64) -> Result<String, String> {
    if bytes < LIMIT {
        Ok(format!("{} KiB", bytes >> 10))
    } else {
        Err(format!("{bytes} bytes, the limit is {LIMIT}"))
    }
}

/// The size of linear memory.
fn wasip1_churn() -> Result<String, String> {
    let options = wasip1::Options {
        timeout: Some(TIME_LIMIT),
        ..wasip1::Options::default()
    };
    let run = wasip1::run(&build(Profile::Wasip1)?, &options).map_err(|e| e.to_string())?;
    let said = String::from_utf8_lossy(&run.stderr).into_owned();
    match run.end {
        End::Exit(0) => {}
        End::Exit(code) => return Err(format!("exit code {code}: {said}")),
        End::Trap(trap) => return Err(format!("trap: {}", trap.message)),
        End::TimedOut => return Err(format!("no end after {} s", TIME_LIMIT.as_secs())),
    }
    let bytes = said.trim().strip_prefix("true ").map(str::parse);
    match bytes {
        Some(Ok(bytes)) => within(bytes),
        _ => Err(format!("it said {said:?}")),
    }
}

/// The address space that the host's allocator used in a call.
fn address_space(runtime: &Runtime, blob: &Blob, method: &str) -> Result<u64, String> {
    let mut state = State::new(blob);
    let answer = runtime
        .call(&mut state, method, &[], &CallOptions::default())
        .map_err(|e| e.to_string())?;
    Ok(answer.allocations.address_space.into())
}

fn polkadot() -> Result<(Runtime, Blob), String> {
    let blob = Blob::from_bytes(&build(Profile::Polkadot)?).map_err(|e| e.to_string())?;
    let runtime = Runtime::compile(&blob).map_err(|e| e.to_string())?;
    Ok((runtime, blob))
}

fn polkadot_churn() -> Result<String, String> {
    let (runtime, blob) = polkadot()?;
    within(address_space(&runtime, &blob, "Memory_churn")?)
}

fn polkadot_rounds() -> Result<String, String> {
    let (runtime, blob) = polkadot()?;
    let ten = address_space(&runtime, &blob, "Memory_rounds_10")?;
    let thousand = address_space(&runtime, &blob, "Memory_rounds_1000")?;
    if thousand > ten {
        return Err(format!(
            "{thousand} bytes after 1,000 rounds, {ten} after 10"
        ));
    }
    within(thousand)
}
