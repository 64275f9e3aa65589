//! Where the time of a build goes.

use std::time::{Duration, Instant};

/// Wall-clock time of each stage, in order.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Timings {
    /// Name and time of each stage.
    pub stages: Vec<(&'static str, Duration)>,
    /// Name and time of each optimiser pass, summed over its runs and over threads. All are part of one stage.
    pub passes: Vec<(&'static str, Duration)>,
    /// The whole build. The stages' times add up to it but for what stands between them.
    pub total: Duration,
}

/// Measures stages one after the other.
pub(crate) struct Clock {
    start: Instant,
    timings: Timings,
}

impl Clock {
    pub(crate) fn start() -> Self {
        Self {
            start: Instant::now(),
            timings: Timings::default(),
        }
    }

    /// Runs a stage.
    pub(crate) fn stage<T>(&mut self, name: &'static str, work: impl FnOnce() -> T) -> T {
        let start = Instant::now();
        let result = work();
        self.timings.stages.push((name, start.elapsed()));
        result
    }

    /// Adds to the time of a pass.
    pub(crate) fn pass(&mut self, name: &'static str, time: Duration) {
        let passes = &mut self.timings.passes;
        match passes.iter_mut().find(|(n, _)| *n == name) {
            Some((_, sum)) => *sum += time,
            None => passes.push((name, time)),
        }
    }

    pub(crate) fn finish(mut self) -> Timings {
        self.timings.total = self.start.elapsed();
        self.timings
    }
}
