//! `polkago test`: as `go test` does, on WASI.

use crate::cli::TestArgs;
use crate::progress::Activity;
use crate::report::{self, Failure};
use polkago_compiler::{Session, TestPackage, Trace};
use polkago_host::wasip1::{self, End, Options, Stdin, Stdio};
use std::io::Write as _;
use std::process::ExitCode;
use std::time::Duration;

pub fn run(args: &TestArgs) -> Result<ExitCode, Failure> {
    let timeout = match &args.timeout {
        Some(text) => parse_duration(text)?,
        None => DEFAULT_TIMEOUT,
    };
    let runner = Runner {
        args,
        timeout,
        // As with go test: what a package prints is of interest where it is the only one asked for.
        streams: args.packages.is_empty()
            || args.verbose
            || args.bench.is_some()
            || args.list.is_some(),
    };
    let activity = Activity::start("loading");
    let packages = runner.session(&activity)?.test_packages(&args.packages)?;
    drop(activity);
    let mut failed = false;
    for package in &packages {
        failed |= !runner.test(package)?;
    }
    if failed {
        println!("FAIL");
        return Ok(ExitCode::FAILURE);
    }
    Ok(ExitCode::SUCCESS)
}

/// After this time tests are stopped.
const DEFAULT_TIMEOUT: Duration = Duration::from_secs(600);

/// How much later than its own limit a program is stopped from outside.
const GRACE: Duration = Duration::from_secs(5);

/// A duration as flags of `go test` have it: numbers with units, such as `1m30s`; `0` for none.
fn parse_duration(text: &str) -> Result<Duration, Failure> {
    let wrong = || {
        Failure::message(
            format!("invalid duration {text:?} for --timeout"),
            "it is a number with a unit, such as 30s, 10m or 1h30m; 0 for no limit",
        )
    };
    if text == "0" {
        return Ok(Duration::ZERO);
    }
    let mut total = Duration::ZERO;
    let mut rest = text;
    while !rest.is_empty() {
        let digits = rest.find(|c: char| !c.is_ascii_digit() && c != '.');
        let (number, unit) = rest.split_at(digits.ok_or_else(wrong)?);
        let end = unit.find(|c: char| c.is_ascii_digit() || c == '.');
        let (unit, after) = unit.split_at(end.unwrap_or(unit.len()));
        let seconds = match unit {
            "ms" => 0.001,
            "s" => 1.0,
            "m" => 60.0,
            "h" => 3600.0,
            _ => return Err(wrong()),
        };
        let number: f64 = number.parse().map_err(|_| wrong())?;
        let part = Duration::try_from_secs_f64(number * seconds).map_err(|_| wrong())?;
        total = total.checked_add(part).ok_or_else(wrong)?;
        rest = after;
    }
    if total.is_zero() {
        return Err(wrong());
    }
    Ok(total)
}

/// How a program with tests ended.
struct Ended {
    good: bool,
    /// What it printed, unless that was passed on.
    output: Vec<u8>,
    /// How long it ran; the engine's compilation is no part of it.
    time: Duration,
}

struct Runner<'a> {
    args: &'a TestArgs,
    /// When tests are stopped; zero for never.
    timeout: Duration,
    /// Whether what tests print is passed on as it comes.
    streams: bool,
}

impl Runner<'_> {
    fn session(&self, activity: &Activity) -> Result<Session, Failure> {
        let session = super::session(activity)?
            .with_level(self.args.opt.into())
            .with_gc((&self.args.gc).into())
            // Package testing asks for its callers.
            .with_trace(Trace::Full)
            .with_test_programs();
        Ok(if self.args.anew {
            session
        } else {
            session.with_cache()
        })
    }

    /// Tests one package, and says how that went. Gives whether it went well.
    fn test(&self, package: &TestPackage) -> Result<bool, Failure> {
        let path = &package.path;
        if !package.has_tests {
            println!("?   \t{path}\t[no test files]");
            return Ok(true);
        }
        let activity = Activity::start("compiling");
        let built = self.session(&activity)?.build_tests(package, false);
        drop(activity);
        let artifact = match built {
            Ok(artifact) => artifact,
            Err(failure) => {
                report::diagnostics(&failure.diagnostics);
                println!("FAIL\t{path} [build failed]");
                return Ok(false);
            }
        };
        report::diagnostics(&artifact.warnings);
        let ended = self.execute(package, &artifact.name, &artifact.wasm)?;
        let (output, seconds) = (ended.output, ended.time.as_secs_f64());
        if !ended.good {
            let mut out = std::io::stdout().lock();
            // Where standard output is closed there is nobody to tell.
            let _ = out.write_all(&output);
            println!("FAIL\t{path}\t{seconds:.3}s");
            return Ok(false);
        }
        let nothing = output.starts_with(b"testing: warning: no tests to run\n");
        let note = if nothing { " [no tests to run]" } else { "" };
        println!("ok  \t{path}\t{seconds:.3}s{note}");
        Ok(true)
    }

    /// Runs a program with tests in the package's folder.
    fn execute(&self, package: &TestPackage, name: &str, wasm: &[u8]) -> Result<Ended, Failure> {
        let dir = wasip1::guest_path(&package.dir);
        let mut env: Vec<_> = super::environment()
            .filter(|(name, _)| name != "PWD")
            .collect();
        env.push(("PWD".to_owned(), dir));
        // The official compiler puts it into the program.
        if env.iter().all(|(name, _)| name != "GOROOT") {
            env.push(("GOROOT".to_owned(), wasip1::guest_path(&package.goroot)));
        }
        let options = Options {
            args: self.arguments(name),
            env,
            folders: wasip1::open_folders(&[&package.dir, &package.goroot]),
            stdin: Stdin::Empty,
            stdio: if self.streams {
                Stdio::Inherit
            } else {
                Stdio::Merge
            },
            timeout: (!self.timeout.is_zero()).then(|| self.timeout + GRACE),
        };
        let run = wasip1::run(wasm, &options)?;
        let mut output = run.stdout;
        let good = match run.end {
            End::Exit(code) => code == 0,
            End::Trap(trap) => {
                output.extend(format!("polkago: {trap}\n").bytes());
                false
            }
            End::TimedOut => {
                output.extend(format!("panic: test timed out after {:?}\n", self.timeout).bytes());
                false
            }
        };
        Ok(Ended {
            good,
            output,
            time: run.run_time,
        })
    }

    /// The arguments of the program, in the words of package `testing`.
    fn arguments(&self, name: &str) -> Vec<String> {
        let args = self.args;
        let mut list = vec![name.to_owned(), "-test.paniconexit0".to_owned()];
        let mut flag = |name: &str, value: String| list.push(format!("-test.{name}={value}"));
        flag("timeout", format!("{}ms", self.timeout.as_millis()));
        let switches = [
            ("v", args.verbose),
            ("short", args.short),
            ("failfast", args.failfast),
            ("benchmem", args.benchmem),
        ];
        for (name, on) in switches {
            if on {
                flag(name, "true".to_owned());
            }
        }
        let values = [
            ("run", &args.run),
            ("skip", &args.skip),
            ("bench", &args.bench),
            ("benchtime", &args.benchtime),
            ("list", &args.list),
            ("shuffle", &args.shuffle),
        ];
        for (name, value) in values {
            if let Some(value) = value {
                flag(name, value.clone());
            }
        }
        if let Some(count) = args.count {
            flag("count", count.to_string());
        }
        list.extend_from_slice(&args.args);
        list
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations() {
        let seconds = |text| parse_duration(text).ok().map(|time| time.as_secs_f64());
        assert_eq!(seconds("0"), Some(0.0));
        assert_eq!(seconds("1m30s"), Some(90.0));
        assert_eq!(seconds("1.5h"), Some(5400.0));
        assert_eq!(seconds("250ms"), Some(0.25));
        for text in ["", "5", "s", "1x", "1s2", "-1s", "99999999999999999999h"] {
            assert_eq!(seconds(text), None, "{text}");
        }
    }
}
