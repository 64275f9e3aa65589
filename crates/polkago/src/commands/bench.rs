//! `polkago bench`.

use super::blob::{blob, decode_hex};
use crate::cli::chain::{BenchBlockArgs, BenchCallArgs, BenchCommand};
use crate::output;
use crate::progress::Activity;
use crate::report::{self, Failure};
use polkago_host::bench::{self, Timing};
use polkago_host::chain::Chain;
use polkago_host::{Blob, Runtime, State};
use serde::Serialize;
use std::process::ExitCode;

/// The word for the smallest module that the executor takes.
const SMALLEST: &str = "smallest";

pub fn run(command: &BenchCommand) -> Result<ExitCode, Failure> {
    match command {
        BenchCommand::Call(args) => call(args),
        BenchCommand::Block(args) => block(args),
    }
}

/// What `bench call --json` prints.
#[derive(Serialize)]
struct Compared {
    blob: String,
    #[serde(flatten)]
    timing: Timing,
    against: Option<Against>,
}

#[derive(Serialize)]
struct Against {
    blob: String,
    #[serde(flatten)]
    timing: Timing,
    /// The first blob's processor time over this one's, in the middle of their rounds.
    ratio: f64,
    /// This blob's processor time over that of a copy of it: how exact the ratio is.
    itself: f64,
}

fn call(args: &BenchCallArgs) -> Result<ExitCode, Failure> {
    let input = decode_hex(&args.input)?;
    let mut blobs = vec![(args.blob.clone(), blob(&args.blob)?)];
    if let Some(against) = &args.against {
        let second = if against == SMALLEST {
            Blob::from_bytes(&bench::smallest(&args.method))?
        } else {
            blob(against)?
        };
        blobs.push((against.clone(), second));
    }
    let activity = Activity::start("compiling to machine code");
    let mut contestants = Vec::new();
    // The last one again: its copy.
    let copy = args.against.as_ref().and(blobs.last());
    for (_, blob) in blobs.iter().chain(copy) {
        contestants.push((Runtime::compile(blob)?, state(args, blob)?));
    }
    drop(activity);
    let activity = Activity::start("calling");
    let mut turns: Vec<(&Runtime, &mut State)> = contestants
        .iter_mut()
        .map(|(runtime, state)| (&*runtime, state.get()))
        .collect();
    let turns = bench::by_turns(&mut turns, &args.method, &input, args.repeat)?;
    drop(activity);

    let (ratio, itself) = (turns.ratio(0, 1), turns.ratio(1, 2));
    let names = blobs.into_iter().map(|(name, _)| name);
    let mut rows = names.zip(turns.timings);
    let Some((blob, timing)) = rows.next() else {
        return Ok(ExitCode::SUCCESS);
    };
    let against = rows.next().map(|(blob, second)| Against {
        blob,
        ratio,
        itself,
        timing: second,
    });
    if args.json {
        report::pretty_json(&Compared {
            blob,
            timing,
            against,
        })?;
        return Ok(ExitCode::SUCCESS);
    }
    header();
    row(&blob, &timing);
    if let Some(second) = &against {
        row(&second.blob, &second.timing);
        anstream::println!(
            "ratio of processor times: {:.3} (of {} to its copy: {:.3})",
            second.ratio,
            second.blob,
            second.itself
        );
    }
    Ok(ExitCode::SUCCESS)
}

/// The state of one contestant.
enum Own {
    Fresh(Box<State>),
    Saved(Box<Chain>),
}

impl Own {
    fn get(&mut self) -> &mut State {
        match self {
            Own::Fresh(state) => state,
            Own::Saved(chain) => chain.state(),
        }
    }
}

fn state(args: &BenchCallArgs, blob: &Blob) -> Result<Own, Failure> {
    Ok(match &args.state {
        None => Own::Fresh(Box::new(State::new(blob))),
        Some(path) => Own::Saved(Box::new(Chain::from_json(&output::read(path)?)?)),
    })
}

fn block(args: &BenchBlockArgs) -> Result<ExitCode, Failure> {
    let call = match serde_json::from_str(&args.call) {
        Ok(call) => call,
        // Bytes in hexadecimal are no JSON.
        Err(_) if args.call.starts_with("0x") => serde_json::Value::from(args.call.clone()),
        Err(error) => {
            return Err(Failure::message(
                format!("the call is no JSON: {error}"),
                r#"write it as {"Pallet.call": {"field": value}}, or its bytes as 0x..."#,
            ));
        }
    };
    let blob = blob(&args.blob)?;
    let activity = Activity::start("building and executing blocks");
    let found = bench::block(&blob, &args.preset, &call, args.transfers, args.repeat)?;
    drop(activity);
    if args.json {
        report::pretty_json(&found)?;
        return Ok(ExitCode::SUCCESS);
    }
    header();
    for timing in &found.timings {
        row(&timing.name, timing);
    }
    let micros = |nanos: u128| nanos as f64 / 1e3;
    anstream::println!(
        "\nverification of a signature  {:>8.1} µs\ncall of the smallest module   {:>8.1} µs",
        micros(found.verification_ns),
        micros(found.smallest_ns)
    );
    anstream::println!(
        "an extrinsic over both       {:>8.3} applied, {:.3} in the executed block of {}",
        found.apply_ratio,
        found.execute_ratio,
        found.extrinsics
    );
    Ok(ExitCode::SUCCESS)
}

fn header() {
    anstream::println!(
        "{:<36} {:>7} {:>12} {:>12} {:>12} {:>12} {:>12}",
        "",
        "calls",
        "median µs",
        "cpu µs",
        "page faults",
        "allocated",
        "at a time"
    );
}

fn row(name: &str, timing: &Timing) {
    let micros = |nanos: u128| nanos as f64 / 1e3;
    anstream::println!(
        "{name:<36} {:>7} {:>12.1} {:>12.1} {:>12} {:>12} {:>12}",
        timing.count,
        micros(timing.median_ns),
        micros(timing.cpu_ns),
        timing
            .faults
            .map_or("-".into(), |faults| faults.to_string()),
        timing.allocations.sum,
        timing.allocations.peak
    );
}
