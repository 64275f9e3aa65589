//! What the official compiler's programs do for 386, whose `int` is as wide as ours: each is built with the `go`
//! command, with a build cache of its own below `target`, and run twice.

use std::fs::File;
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use rayon::prelude::*;

use super::program::{Ended, Given, Program};
use super::results::{Official, Results};
use crate::go;

/// Time after which a program is stopped.
const LIMIT: Duration = Duration::from_secs(120);

/// Runs programs as the official compiler builds them; `done` is told of each.
///
/// # Errors
/// Where the go command does not run.
pub fn record(
    programs: &[&Program],
    done: impl Fn(&Program, &Official) + Sync,
) -> Result<Results, String> {
    let release = go::version()?;
    let results: Vec<(String, Official)> = programs
        .par_iter()
        .map(|program| {
            let official = run(program);
            done(program, &official);
            (program.name.clone(), official)
        })
        .collect();
    Ok(Results {
        release,
        programs: results.into_iter().collect(),
    })
}

fn run(program: &Program) -> Official {
    let twice = [(); 2].map(|()| program.run(&build_and_run));
    match twice {
        [Ok(first), Ok(second)] if first == second => {
            Official::Ended(first.code, first.output.into())
        }
        [Ok(first), Ok(second)] if first.code == second.code => Official::Varies(first.code),
        [Ok(_), Ok(_)] => Official::Refused("its exit codes vary".to_owned()),
        [Err(why), _] | [_, Err(why)] => Official::Refused(why),
    }
}

/// Builds a program and runs it. What is built once is in the cache the second time.
fn build_and_run(given: &Given<'_>) -> Result<Ended, String> {
    let folder = tempfile::tempdir().map_err(|e| format!("no folder: {e}"))?;
    let binary = folder.path().join("program.exe");
    let cache = crate::repository().join("target/official-go-cache");
    std::fs::create_dir_all(&cache).map_err(|e| format!("no cache: {e}"))?;
    let cache = cache.canonicalize().map_err(|e| format!("no cache: {e}"))?;
    let mut command = go::command(given.folder, Some("386"));
    command
        .envs([("GOENV", "off"), ("GOFLAGS", ""), ("GOWORK", "off")])
        .env("GOCACHE", &cache)
        .args(["build", "-p", "1", "-o"])
        .arg(&binary)
        .args(given.files);
    go::output(&mut command).map_err(|text| {
        let first = text.lines().find(|line| !line.starts_with("# "));
        first.unwrap_or("no message").to_owned()
    })?;
    let file = folder.path().join("output");
    let problem = |e| format!("cannot write {}: {e}", file.display());
    let output = File::create(&file).map_err(problem)?;
    let same = output.try_clone().map_err(problem)?;
    let child = Command::new(&binary)
        .args(given.args)
        .current_dir(given.folder)
        .env("GOROOT", go::root()?)
        .stdin(Stdio::null())
        .stdout(output)
        .stderr(same)
        .spawn()
        .map_err(|e| format!("it does not run: {e}"))?;
    let status = wait(child)?;
    let code = status.code().ok_or("it was ended by a signal")?;
    Ok(Ended::new(code, &read(&file)?))
}

fn read(file: &Path) -> Result<Vec<u8>, String> {
    std::fs::read(file).map_err(|e| format!("cannot read {}: {e}", file.display()))
}

/// Waits for a program's end; not for longer than its time.
fn wait(mut child: Child) -> Result<ExitStatus, String> {
    let start = Instant::now();
    let problem = |e| format!("cannot wait for it: {e}");
    loop {
        if let Some(status) = child.try_wait().map_err(problem)? {
            return Ok(status);
        }
        if start.elapsed() > LIMIT {
            child.kill().map_err(problem)?;
            child.wait().map_err(problem)?;
            return Err(format!("no end after {} s", LIMIT.as_secs()));
        }
        std::thread::sleep(Duration::from_millis(5));
    }
}
