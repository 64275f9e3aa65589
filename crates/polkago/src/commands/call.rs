//! `polkago call`.

use super::blob::{blob, decode_hex, encode_hex};
use crate::cli::CallArgs;
use crate::progress::Activity;
use crate::report::{self, Failure};
use polkago_host::{Answer, CallOptions, Runtime, RuntimeVersion, State};
use std::process::ExitCode;

pub fn run(args: &CallArgs) -> Result<ExitCode, Failure> {
    let input = decode_hex(&args.input)?;
    let blob = blob(&args.blob)?;
    let activity = Activity::start("compiling the blob to machine code");
    let runtime = Runtime::compile(&blob)?;
    drop(activity);
    let Some(method) = &args.method else {
        let methods: Vec<&str> = runtime.methods().collect();
        let help = match methods.as_slice() {
            [] => "it exports none: mark a function with `//go:wasmexport NAME`".to_owned(),
            methods => format!("it has {}", methods.join(", ")),
        };
        return Err(Failure::message("no method is named", help));
    };
    let activity = Activity::start("calling");
    let result = runtime.repeat(
        &mut State::new(&blob),
        method,
        &input,
        &CallOptions::default(),
        args.repeat,
    );
    drop(activity);
    let repeated = result?;

    let Answer {
        output,
        time,
        cpu_time: _,
        allocations,
        logs,
    } = &repeated.last;
    report::logs(logs);
    anstream::println!("{}", encode_hex(output));
    if method == "Core_version" {
        anstream::println!("{}", RuntimeVersion::decode(output)?);
    }
    if args.repeat == 1 {
        anstream::eprintln!("time: {time:?}");
    } else {
        let median = repeated.median();
        anstream::eprintln!("time: {median:?} (median of {} calls)", args.repeat);
    }
    anstream::eprintln!(
        "allocated: {} bytes by the host, at most {} at a time",
        allocations.sum,
        allocations.peak
    );
    Ok(ExitCode::SUCCESS)
}
