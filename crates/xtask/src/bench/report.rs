//! What was measured, as a table or as JSON.

use std::fmt;
use std::time::Duration;

use serde::Serialize;

use super::build::Sample;

/// What a program is about.
#[derive(Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// It spends little on memory management.
    Computes,
    /// Much of it is memory management, or the library's.
    Allocates,
}

/// The medians of one variant of a program.
#[derive(Clone, Copy, Default, Serialize)]
pub struct Measured {
    /// Processor time in milliseconds.
    pub cpu_ms: f64,
    /// Time by the clock in milliseconds.
    pub wall_ms: f64,
    /// Bytes; see [`Sample::memory`].
    pub memory: u64,
    /// Bytes of the module or executable.
    pub size: u64,
}

impl Measured {
    /// The medians of samples.
    pub fn new(samples: &[Sample], size: u64) -> Self {
        let ms = |time: fn(&Sample) -> Duration| {
            let times = samples.iter().map(|s| time(s).as_secs_f64() * 1e3);
            median(times.collect())
        };
        Self {
            cpu_ms: ms(|s| s.cpu),
            wall_ms: ms(|s| s.wall),
            memory: samples.iter().map(|s| s.memory).max().unwrap_or_default(),
            size,
        }
    }
}

/// The middle value; zero if there is none.
pub fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or_default()
}

/// A program.
#[derive(Serialize)]
pub struct Row {
    name: String,
    kind: Kind,
    ours: Measured,
    official: Measured,
    native: Measured,
    /// Processor time over that with `--gc leaking`, where the program never collects.
    to_leaking: Option<f64>,
}

impl Row {
    /// What was measured of a program.
    pub fn new(
        name: String,
        kind: Kind,
        [ours, official, native]: [Measured; 3],
        to_leaking: Option<f64>,
    ) -> Self {
        Self {
            name,
            kind,
            ours,
            official,
            native,
            to_leaking,
        }
    }

    fn to_official(&self) -> f64 {
        self.ours.cpu_ms / self.official.cpu_ms
    }

    fn to_native(&self) -> f64 {
        self.ours.cpu_ms / self.native.cpu_ms
    }
}

/// All programs.
#[derive(Default)]
pub struct Report {
    /// Those that ran.
    pub rows: Vec<Row>,
    /// Those that did not, with the reason.
    pub failed: Vec<(String, String)>,
}

/// Geometric means of our figures over those of another variant.
#[derive(Serialize)]
struct Means {
    /// Processor time over the official compiler's for WASI.
    time_to_official: f64,
    /// Processor time over native code.
    time_to_native: f64,
    /// The same, of programs that compute.
    computing_to_native: f64,
    /// Bytes of the module over those of the official compiler's for WASI.
    size_to_official: f64,
    /// Linear memory over that of the official compiler's for WASI.
    memory_to_official: f64,
    /// Processor time over that with `--gc leaking`, of programs that never collect: what it costs to know the roots.
    precise_to_leaking: f64,
    /// How many those are.
    never_collect: usize,
}

impl Report {
    fn means(&self) -> Means {
        let mean = |of: &dyn Fn(&Row) -> Option<f64>| {
            let logs: Vec<f64> = self.rows.iter().filter_map(of).map(f64::ln).collect();
            (logs.iter().sum::<f64>() / logs.len() as f64).exp()
        };
        Means {
            time_to_official: mean(&|r| Some(r.to_official())),
            time_to_native: mean(&|r| Some(r.to_native())),
            computing_to_native: mean(&|r| (r.kind == Kind::Computes).then(|| r.to_native())),
            size_to_official: mean(&|r| Some(r.ours.size as f64 / r.official.size as f64)),
            memory_to_official: mean(&|r| Some(r.ours.memory as f64 / r.official.memory as f64)),
            precise_to_leaking: mean(&|r| r.to_leaking),
            never_collect: self.rows.iter().filter_map(|r| r.to_leaking).count(),
        }
    }

    /// One JSON object.
    ///
    /// # Errors
    /// Never, in practice.
    pub fn json(&self) -> Result<String, String> {
        #[derive(Serialize)]
        struct All<'a> {
            programs: &'a [Row],
            failed: &'a [(String, String)],
            means: Means,
        }
        let all = All {
            programs: &self.rows,
            failed: &self.failed,
            means: self.means(),
        };
        serde_json::to_string_pretty(&all).map_err(|error| error.to_string())
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "{:<16} {:>9} {:>9} {:>9} {:>9} {:>7} {:>8} {:>8} {:>8} {:>8} {:>8}",
            "processor ms",
            "ours",
            "official",
            "native",
            "/official",
            "/native",
            "/leaking",
            "MiB",
            "official",
            "kB",
            "official"
        )?;
        for row in &self.rows {
            let mib = |m: Measured| m.memory as f64 / f64::from(1 << 20);
            let kb = |m: Measured| m.size as f64 / 1e3;
            let mark = match row.kind {
                Kind::Computes => "",
                Kind::Allocates => "*",
            };
            writeln!(
                f,
                "{:<16} {:>9.1} {:>9.1} {:>9.1} {:>9.2} {:>7.2} {:>8} {:>8.1} {:>8.1} {:>8.1} {:>8.1}",
                format!("{}{mark}", row.name),
                row.ours.cpu_ms,
                row.official.cpu_ms,
                row.native.cpu_ms,
                row.to_official(),
                row.to_native(),
                row.to_leaking
                    .map_or_else(String::new, |r| format!("{r:.3}")),
                mib(row.ours),
                mib(row.official),
                kb(row.ours),
                kb(row.official),
            )?;
        }
        if !self.rows.is_empty() {
            let means = self.means();
            writeln!(
                f,
                "geometric means of {}: time {:.3} of official, {:.3} of native ({:.3} without those marked *); \
                 size {:.3}, memory {:.3} of official",
                self.rows.len(),
                means.time_to_official,
                means.time_to_native,
                means.computing_to_native,
                means.size_to_official,
                means.memory_to_official,
            )?;
            writeln!(
                f,
                "of the {} that never collect: time {:.3} of that with --gc leaking",
                means.never_collect, means.precise_to_leaking,
            )?;
        }
        for (name, problem) in &self.failed {
            writeln!(f, "{name}: {}", problem.lines().next().unwrap_or_default())?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::{Kind, Measured, Report, Row};

    #[test]
    fn means_are_geometric() {
        let time = |cpu_ms| Measured {
            cpu_ms,
            memory: 1,
            size: 1,
            ..Measured::default()
        };
        let row = |kind, ours| {
            Row::new(
                String::new(),
                kind,
                [time(ours), time(2.0), time(1.0)],
                None,
            )
        };
        let report = Report {
            rows: vec![row(Kind::Computes, 1.0), row(Kind::Allocates, 4.0)],
            failed: Vec::new(),
        };
        let means = report.means();
        assert!((means.time_to_official - 1.0).abs() < 1e-9);
        assert!((means.time_to_native - 2.0).abs() < 1e-9);
        assert!((means.computing_to_native - 1.0).abs() < 1e-9);
    }
}
