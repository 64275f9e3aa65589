//! Timing calls and blocks. A time is that of a call on a fresh instance, compilation not
//! included.
//!
//! What is compared runs by turns on one thread, in random order, after some calls that do not
//! count; ratios are the middle ones of all rounds, so that a machine that slows down for a while
//! does so for both. A module must be as fast as a copy of itself; how far it seems not to be
//! ([`Turns::ratio`] of two copies) is the error of the rest.

use std::time::Duration;

use cpu_time::ThreadTime;
use serde::Serialize;
use serde_json::Value;
use sp_core::{Pair, sr25519};

use crate::blob::Blob;
use crate::chain::{Chain, ChainError, Genesis, Script, ScriptBlock, Step};
use crate::error::Error;
use crate::executor::{Allocations, CallOptions, Runtime, STACK};
use crate::faults;
use crate::state::State;
use crate::thread;

/// Calls of each runtime that warm it up.
const WARM_UP: usize = 10;

/// Times of calls, in nanoseconds, and what one of them allocated.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Timing {
    /// What was called.
    pub name: String,
    /// How often.
    pub count: usize,
    /// The middle time.
    pub median_ns: u128,
    /// The shortest time.
    pub least_ns: u128,
    /// The longest time.
    pub most_ns: u128,
    /// The middle processor time, which other work of the machine does not add to.
    pub cpu_ns: u128,
    /// Pages of memory that were touched first during a call, the executor's and the host's own
    /// among them; `None` where the system does not tell, or where it was not asked.
    pub faults: Option<u64>,
    /// What the last call asked of the host's allocator.
    pub allocations: Allocations,
}

/// The same call on several runtimes, by turns.
#[derive(Debug, Clone, PartialEq)]
pub struct Turns {
    /// One row for each runtime.
    pub timings: Vec<Timing>,
    /// Processor times of each runtime's calls, in order.
    rounds: Vec<Vec<Duration>>,
}

/// Times of a block's calls.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct BlockTimings {
    /// Extrinsics that were signed and put into the block.
    pub extrinsics: usize,
    /// Rows: the calls that build the block, its execution, and single calls.
    pub timings: Vec<Timing>,
    /// Processor time of the verification of one sr25519 signature by the host's own code, in
    /// nanoseconds.
    pub verification_ns: u128,
    /// The same of a call of the smallest module that the executor takes.
    pub smallest_ns: u128,
    /// Processor time of one applied extrinsic over that of a verification and a smallest call,
    /// which follow it: the middle one of all.
    pub apply_ratio: f64,
    /// Processor time of the executed block over the sum of those for its extrinsics.
    pub execute_ratio: f64,
}

impl Timing {
    /// Sums up times and processor times.
    fn of(name: impl Into<String>, times: Times, allocations: Allocations) -> Timing {
        let Times { mut wall, mut cpu } = times;
        wall.sort_unstable();
        cpu.sort_unstable();
        let nanos = |time: Option<&Duration>| time.map_or(0, Duration::as_nanos);
        Timing {
            name: name.into(),
            count: wall.len(),
            median_ns: middle(&wall),
            least_ns: nanos(wall.first()),
            most_ns: nanos(wall.last()),
            cpu_ns: middle(&cpu),
            faults: None,
            allocations,
        }
    }
}

impl Turns {
    /// The middle of how much more processor time runtime `first` took than `second` did in the
    /// same round; 0 where one of them was not called.
    pub fn ratio(&self, first: usize, second: usize) -> f64 {
        let times = |index: usize| self.rounds.get(index).map_or(&[][..], Vec::as_slice);
        let pairs = times(first).iter().zip(times(second));
        middle_of(
            pairs
                .map(|(&first, &second)| quotient(first, second))
                .collect(),
        )
    }
}

/// One time over another one.
fn quotient(time: Duration, by: Duration) -> f64 {
    time.as_nanos() as f64 / by.as_nanos().max(1) as f64
}

/// The middle one of ratios; 0 where there are none.
fn middle_of(mut ratios: Vec<f64>) -> f64 {
    ratios.sort_by(f64::total_cmp);
    let at = |index: usize| ratios.get(index).copied().unwrap_or_default();
    f64::midpoint(at(ratios.len().saturating_sub(1) / 2), at(ratios.len() / 2))
}

/// Times of the same call, and processor times.
#[derive(Clone, Default)]
struct Times {
    wall: Vec<Duration>,
    cpu: Vec<Duration>,
}

impl Times {
    fn push(&mut self, wall: Duration, cpu: Duration) {
        self.wall.push(wall);
        self.cpu.push(cpu);
    }
}

/// The middle one of sorted times, in nanoseconds.
fn middle(sorted: &[Duration]) -> u128 {
    let at = |index: usize| sorted.get(index).map_or(0, Duration::as_nanos);
    (at(sorted.len().saturating_sub(1) / 2) + at(sorted.len() / 2)) / 2
}

/// Calls `method` on each of the runtimes by turns, `count` times (at least once) on each, on its
/// state as [`State::reset`] leaves it.
pub fn by_turns(
    contestants: &mut [(&Runtime, &mut State)],
    method: &str,
    input: &[u8],
    count: usize,
) -> Result<Turns, Error> {
    let count = count.max(1);
    let mut times = vec![Times::default(); contestants.len()];
    let mut faults = vec![Vec::new(); contestants.len()];
    let mut last = vec![Allocations::NONE; contestants.len()];
    thread::run(STACK, || {
        let mut order: Vec<usize> = (0..contestants.len()).collect();
        let mut random = 0x9e37_79b9_7f4a_7c15;
        for round in 0..WARM_UP + count {
            shuffle(&mut order, &mut random);
            for &index in &order {
                let (runtime, state) = &mut contestants[index];
                state.reset();
                let before = faults::of_thread();
                let answer = runtime.call(state, method, input, &CallOptions::default())?;
                let after = faults::of_thread();
                if round < WARM_UP {
                    continue;
                }
                times[index].push(answer.time, answer.cpu_time);
                faults[index].extend(after.zip(before).map(|(after, before)| after - before));
                last[index] = answer.allocations;
            }
        }
        Ok::<(), Error>(())
    })?;
    let rounds = times.iter().map(|times| times.cpu.clone()).collect();
    let timings = times
        .into_iter()
        .zip(faults)
        .zip(last)
        .map(|((times, mut faults), last)| {
            faults.sort_unstable();
            Timing {
                faults: faults.get(faults.len() / 2).copied(),
                ..Timing::of(method, times, last)
            }
        })
        .collect();
    Ok(Turns { timings, rounds })
}

/// Puts `order` into random order (Fisher and Yates), by Marsaglia's xorshift generator.
fn shuffle(order: &mut [usize], random: &mut u64) {
    for at in (1..order.len()).rev() {
        *random ^= *random << 13;
        *random ^= *random >> 7;
        *random ^= *random << 17;
        order.swap(at, (*random % (at as u64 + 1)) as usize);
    }
}

/// Builds and executes, `repeat` times, a block of `count` extrinsics that `//Alice` signs with
/// the same call, and times what that takes. The chain begins with a genesis preset.
pub fn block(
    blob: &Blob,
    preset: &str,
    call: &Value,
    count: usize,
    repeat: usize,
) -> Result<BlockTimings, ChainError> {
    thread::run(STACK, || block_here(blob, preset, call, count, repeat))
}

/// What [`block`] does, on the current thread.
fn block_here(
    blob: &Blob,
    preset: &str,
    call: &Value,
    count: usize,
    repeat: usize,
) -> Result<BlockTimings, ChainError> {
    let mut chain = Chain::genesis(blob, &Genesis::Preset(preset.to_owned()))?;
    let script = ScriptBlock {
        extrinsics: Script::repeated("//Alice", call, count),
        ..ScriptBlock::default()
    };
    let time = chain.next_time();
    let extrinsics = chain.sign_script(&script.extrinsics)?;

    let smallest = Blob::from_bytes(&smallest("Core_version"))?;
    let (least, mut empty) = (Runtime::compile(&smallest)?, State::new(&smallest));
    let mut steps = Vec::new();
    let (mut smallest_calls, mut verifications) = (Times::default(), Times::default());
    let (mut apply_ratios, mut execute_ratios) = (Vec::new(), Vec::new());
    for _ in 0..repeat.max(1) {
        // Each extrinsic by turns with what it is compared with.
        let mut yardsticks = Vec::with_capacity(count);
        let built = chain.rehearse_build(&extrinsics, time, || {
            let time = verification();
            verifications.push(time, time);
            let options = CallOptions::default();
            let answer = least.call(&mut empty, "Core_version", &[], &options)?;
            smallest_calls.push(answer.time, answer.cpu_time);
            yardsticks.push(time + answer.cpu_time);
            Ok(())
        })?;
        if let Some((index, reason)) = built.invalid.into_iter().next() {
            return Err(ChainError::InvalidExtrinsic { index, reason });
        }
        let apply = |step: &&Step| step.method == "BlockBuilder_apply_extrinsic";
        let applied: Vec<Duration> = built
            .steps
            .iter()
            .filter(apply)
            .map(|s| s.cpu_time)
            .collect();
        // Inherents come first.
        let given = applied.iter().skip(applied.len().saturating_sub(count));
        apply_ratios.extend(
            given
                .zip(&yardsticks)
                .map(|(&time, &by)| quotient(time, by)),
        );
        steps.extend(built.steps);
        let executed = chain.rehearse_execution(&built.block)?;
        execute_ratios.push(quotient(executed.cpu_time, yardsticks.iter().sum()));
        steps.push(executed);
    }
    let mut timings = by_method(steps);
    for method in ["Core_version", "Metadata_metadata"] {
        if chain.has(method) {
            let (runtime, state) = chain.parts();
            timings.extend(by_turns(&mut [(runtime, state)], method, &[], 200)?.timings);
        }
    }

    let smallest_ns = Timing::of("", smallest_calls, Allocations::NONE).cpu_ns;
    let verification_ns = Timing::of("", verifications, Allocations::NONE).cpu_ns;
    Ok(BlockTimings {
        extrinsics: count,
        apply_ratio: middle_of(apply_ratios),
        execute_ratio: middle_of(execute_ratios),
        timings,
        verification_ns,
        smallest_ns,
    })
}

/// One row for each method, in the order of the first calls.
fn by_method(steps: Vec<Step>) -> Vec<Timing> {
    let mut rows: Vec<(&str, Times, Allocations)> = Vec::new();
    for step in steps {
        match rows.iter_mut().find(|(method, ..)| *method == step.method) {
            Some((_, times, last)) => {
                times.push(step.time, step.cpu_time);
                *last = step.allocations;
            }
            None => {
                let mut times = Times::default();
                times.push(step.time, step.cpu_time);
                rows.push((step.method, times, step.allocations));
            }
        }
    }
    rows.into_iter()
        .map(|(method, times, last)| Timing::of(method, times, last))
        .collect()
}

/// Time of the verification of a signature over a message of a transfer's length, by the host's
/// own code, in processor time.
fn verification() -> Duration {
    let pair = sr25519::Pair::from_seed(&[1; 32]);
    let message = [7; 120];
    let signature = pair.sign(&message);
    let start = ThreadTime::now();
    let valid = sr25519::Pair::verify(&signature, message, &pair.public());
    let time = start.elapsed();
    // What is not looked at need not be computed.
    if valid { time } else { Duration::MAX }
}

/// The smallest module that the executor takes as a runtime: its one method, of the name given,
/// answers with nothing.
pub fn smallest(method: &str) -> Vec<u8> {
    let section = |id: u8, body: &[u8]| [&[id], &*leb(body.len()), body].concat();
    let name = |text: &str| [&*leb(text.len()), text.as_bytes()].concat();
    [
        b"\0asm\x01\0\0\0".to_vec(),
        // (type (func (param i32 i32) (result i64)))
        section(1, &[1, 0x60, 2, 0x7f, 0x7f, 1, 0x7e]),
        // (import "env" "memory" (memory 1))
        section(
            2,
            &[&[1], &*name("env"), &name("memory"), &[2, 0, 1]].concat(),
        ),
        // one function of type 0
        section(3, &[1, 0]),
        // (global i32 (i32.const 1024))
        section(6, &[1, 0x7f, 0, 0x41, 0x80, 0x08, 0x0b]),
        // (export "__heap_base" (global 0)) (export METHOD (func 0))
        section(
            7,
            &[&[2], &*name("__heap_base"), &[3, 0], &name(method), &[0, 0]].concat(),
        ),
        // (i64.const 0)
        section(10, &[1, 4, 0, 0x42, 0, 0x0b]),
    ]
    .concat()
}

/// An unsigned number in LEB128.
fn leb(mut number: usize) -> Vec<u8> {
    let mut out = Vec::new();
    loop {
        let low = (number & 0x7f) as u8;
        number >>= 7;
        if number == 0 {
            out.push(low);
            return out;
        }
        out.push(low | 0x80);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Runtimes whose calls took these processor times, in microseconds.
    fn turns(rounds: &[&[u64]]) -> Turns {
        let micros = |times: &&[u64]| times.iter().copied().map(Duration::from_micros).collect();
        Turns {
            timings: Vec::new(),
            rounds: rounds.iter().map(micros).collect(),
        }
    }

    #[test]
    fn ratios_are_the_middle_ones_of_the_rounds() {
        // A machine that is ten times slower in one round is so for both.
        let both = turns(&[&[30, 330, 32, 45], &[20, 220, 16, 30]]);
        assert_eq!(both.ratio(0, 1), 1.5);
        assert_eq!(both.ratio(1, 1), 1.0);
        // Slow calls of one runtime alone, fewer than half, do not count.
        assert_eq!(turns(&[&[10, 900, 10], &[10, 10, 10]]).ratio(0, 1), 1.0);
        assert_eq!(both.ratio(0, 2), 0.0);
        assert_eq!(turns(&[]).ratio(0, 1), 0.0);
    }

    #[test]
    fn every_runtime_is_called_in_every_round() {
        let blob = Blob::from_bytes(&smallest("Core_version")).unwrap();
        let runtimes = [(); 2].map(|()| Runtime::compile(&blob).unwrap());
        let mut states = [(); 2].map(|()| State::new(&blob));
        let mut contestants: Vec<_> = runtimes.iter().zip(&mut states).collect();
        let turns = by_turns(&mut contestants, "Core_version", &[], 7).unwrap();
        assert_eq!(
            turns.rounds.iter().map(Vec::len).collect::<Vec<_>>(),
            [7, 7]
        );
        assert!(turns.timings.iter().all(|timing| timing.count == 7));
        // Warm-up calls count neither, and one call is the least.
        let turns = by_turns(&mut contestants, "Core_version", &[], 0).unwrap();
        assert_eq!(turns.timings[0].count, 1);
    }

    #[test]
    fn orders_are_as_frequent_as_each_other() {
        let (mut order, mut random) = (vec![0, 1], 1);
        let first = (0..1000).filter(|_| {
            shuffle(&mut order, &mut random);
            order[0] == 0
        });
        assert!((400..600).contains(&first.count()));
    }

    #[test]
    fn the_smallest_module_is_as_its_text() {
        let method = "M".repeat(200);
        let text = format!(
            r#"(module (import "env" "memory" (memory 1))
                (global (export "__heap_base") i32 (i32.const 1024))
                (func (export "{method}") (param i32 i32) (result i64) (i64.const 0)))"#
        );
        assert_eq!(smallest(&method), wat::parse_str(text).unwrap());
    }
}
