//! Whole processes, measured from outside.

use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use wait4::Wait4;

use super::report::median;

/// One run.
pub struct Sample {
    /// Time by the clock.
    pub wall: Duration,
    /// Processor time, of the processes that it started too.
    pub cpu: Duration,
    /// Bytes: the largest resident set of one process.
    pub memory: u64,
}

/// Medians of time in milliseconds and of memory in MiB.
pub struct Medians {
    /// By the clock.
    pub wall: f64,
    /// Of the processor.
    pub cpu: f64,
    /// Resident.
    pub memory: f64,
}

impl Medians {
    /// Of some runs; zeros if there are none.
    pub fn of(samples: &[Sample]) -> Self {
        let of = |value: fn(&Sample) -> f64| median(samples.iter().map(value).collect());
        Self {
            wall: of(|s| s.wall.as_secs_f64() * 1e3),
            cpu: of(|s| s.cpu.as_secs_f64() * 1e3),
            memory: of(|s| s.memory as f64 / f64::from(1 << 20)),
        }
    }
}

/// Runs a command to its end; its output is dropped.
///
/// # Errors
/// Where it does not start, or fails.
pub fn sample(command: &mut Command) -> Result<Sample, String> {
    let start = Instant::now();
    let mut child = command
        .stdout(Stdio::null())
        .spawn()
        .map_err(|e| format!("cannot start: {e}"))?;
    let used = child.wait4().map_err(|e| format!("cannot wait: {e}"))?;
    if !used.status.success() {
        return Err(format!("{:?}: {}", command.get_program(), used.status));
    }
    Ok(Sample {
        wall: start.elapsed(),
        cpu: used.rusage.utime + used.rusage.stime,
        memory: used.rusage.maxrss,
    })
}

/// The `polkago` that was built with this program.
///
/// # Errors
/// There is none.
pub fn polkago() -> Result<PathBuf, String> {
    let own = std::env::current_exe().map_err(|e| format!("no name of this program: {e}"))?;
    let path = own.with_file_name(format!("polkago{}", std::env::consts::EXE_SUFFIX));
    if path.is_file() {
        Ok(path)
    } else {
        Err("no polkago beside xtask: cargo build --release -p polkago".to_owned())
    }
}
