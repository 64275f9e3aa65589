//! `polkago trace`.

use super::blob::{blob, decode_hex, encode_hex};
use crate::cli::chain::TraceArgs;
use crate::output;
use crate::progress::Activity;
use crate::report::{self, Failure};
use polkago_host::chain::Chain;
use polkago_host::{CallOptions, HostCall, HostValue, Runtime, State};
use serde::Serialize;
use std::process::ExitCode;
use std::time::Duration;

/// What `--json` prints.
#[derive(Serialize)]
struct Traced<'a> {
    method: &'a str,
    /// In hexadecimal; `None` where the call failed.
    output: Option<String>,
    error: Option<String>,
    time: Option<Duration>,
    calls: &'a [HostCall],
}

pub fn run(args: &TraceArgs) -> Result<ExitCode, Failure> {
    let input = decode_hex(&args.input)?;
    let blob = blob(&args.blob)?;
    let activity = Activity::start("compiling the blob to machine code");
    let runtime = Runtime::compile_traced(&blob)?;
    drop(activity);
    let options = CallOptions::default();
    let (result, calls) = match &args.state {
        Some(path) => {
            let mut chain = Chain::from_json(&output::read(path)?)?;
            runtime.trace(chain.state(), &args.method, &input, &options)
        }
        None => runtime.trace(&mut State::new(&blob), &args.method, &input, &options),
    };
    if args.json {
        let answer = result.as_ref().ok();
        report::pretty_json(&Traced {
            method: &args.method,
            output: answer.map(|answer| encode_hex(&answer.output)),
            error: result.as_ref().err().map(ToString::to_string),
            time: answer.map(|answer| answer.time),
            calls: &calls,
        })?;
    } else if args.summary {
        summary(&calls);
    } else {
        calls.iter().for_each(one);
    }
    let answer = result?;
    if !args.json {
        report::logs(&answer.logs);
        let host: Duration = calls.iter().map(|call| call.time).sum();
        anstream::eprintln!(
            "{} host calls: {host:.1?} of {:.1?}; the output has {} bytes",
            calls.len(),
            answer.time,
            answer.output.len()
        );
    }
    Ok(ExitCode::SUCCESS)
}

/// One call a line.
fn one(call: &HostCall) {
    let args: Vec<String> = call.args.iter().map(value).collect();
    let result = match (&call.result, &call.error) {
        (Some(result), _) => format!(" -> {}", value(result)),
        (None, Some(error)) => format!(" failed: {error}"),
        (None, None) => String::new(),
    };
    anstream::println!(
        "{:>10} {}({}){result}",
        micros(call.time),
        call.name,
        args.join(", ")
    );
}

fn value(value: &HostValue) -> String {
    match value {
        HostValue::Number(number) => number.to_string(),
        HostValue::Bytes(1) => "1 byte".to_owned(),
        HostValue::Bytes(length) => format!("{length} bytes"),
    }
}

/// One function a line: how often, how many bytes in and out, how long.
fn summary(calls: &[HostCall]) {
    /// What is summed up.
    #[derive(Default)]
    struct Row {
        count: u64,
        given: u64,
        got: u64,
        time: Duration,
    }
    let bytes = |value: &HostValue| match value {
        HostValue::Number(_) => 0,
        HostValue::Bytes(length) => u64::from(*length),
    };
    let mut rows: Vec<(&str, Row)> = Vec::new();
    for call in calls {
        let at = match rows.iter().position(|(name, _)| *name == call.name) {
            Some(at) => at,
            None => {
                rows.push((call.name, Row::default()));
                rows.len() - 1
            }
        };
        let row = &mut rows[at].1;
        row.count += 1;
        row.given += call.args.iter().map(bytes).sum::<u64>();
        row.got += call.result.iter().map(bytes).sum::<u64>();
        row.time += call.time;
    }
    rows.sort_by_key(|(name, row)| (std::cmp::Reverse(row.time), *name));
    anstream::println!(
        "{:>10} {:>8} {:>12} {:>12} function",
        "time",
        "calls",
        "bytes given",
        "bytes got"
    );
    for (name, row) in rows {
        anstream::println!(
            "{:>10} {:>8} {:>12} {:>12} {name}",
            micros(row.time),
            row.count,
            row.given,
            row.got
        );
    }
}

fn micros(time: Duration) -> String {
    format!("{:.1} µs", time.as_secs_f64() * 1e6)
}
