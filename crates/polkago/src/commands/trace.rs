//! `polkago trace`.

use super::blob::{blob, decode_hex, encode_hex};
use crate::cli::chain::TraceArgs;
use crate::output;
use crate::progress::Activity;
use crate::report::{self, Failure};
use polkago_host::chain::blocks_from_json;
use polkago_host::{Answer, Blob, CallOptions, Error, HostCall, HostValue, Runtime, State};
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
    let (method, result, calls) = trace(args)?;
    let method = method.as_str();
    if args.json {
        let answer = result.as_ref().ok();
        report::pretty_json(&Traced {
            method,
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

/// What was called, how it ended, and which host functions it called.
type Outcome = (String, Result<Answer, Error>, Vec<HostCall>);

fn trace(args: &TraceArgs) -> Result<Outcome, Failure> {
    let options = CallOptions::default();
    let from_chain = args.start.state.is_some() || args.start.preset.is_some();
    if args.block.is_none() && args.start.genesis.is_none() && !from_chain {
        let input = decode_hex(&args.input)?;
        let blob = blob(&args.blob)?;
        let runtime = compile(&blob)?;
        let method = args.method.clone().unwrap_or_default();
        let (result, calls) = runtime.trace(&mut State::new(&blob), &method, &input, &options);
        return Ok((method, result, calls));
    }
    let mut chain = super::block::start(&args.start, Some(&args.blob))?;
    let (method, input) = match &args.block {
        None => (
            args.method.clone().unwrap_or_default(),
            decode_hex(&args.input)?,
        ),
        Some(path) => {
            let blocks = blocks_from_json(&output::read(path)?)?;
            let Some((last, before)) = blocks.split_last() else {
                return Err(Failure::message(
                    format!("{} holds no block", path.display()),
                    "build one with `polkago block build -o FILE`",
                ));
            };
            for block in before {
                chain.execute(block)?;
            }
            ("Core_execute_block".to_owned(), last.encoded())
        }
    };
    let runtime = compile(&Blob::from_bytes(chain.code())?)?;
    let (result, calls) = runtime.trace(chain.state(), &method, &input, &options);
    Ok((method, result, calls))
}

fn compile(blob: &Blob) -> Result<Runtime, Failure> {
    let activity = Activity::start("compiling the blob to machine code");
    let runtime = Runtime::compile_traced(blob)?;
    drop(activity);
    Ok(runtime)
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
