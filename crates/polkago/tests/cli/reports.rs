//! What becomes of programs that do what no program may: Go's own report, under both targets, and never a trap without
//! a message. The programs are in the folder `reports`; the texts are those of the official compiler's programs.

use std::path::PathBuf;

use crate::{polkago, repository};

/// A program of the folder `reports`.
fn program(name: &str) -> PathBuf {
    repository()
        .join("crates/polkago/tests/cli/reports")
        .join(name)
}

/// What an exit code and standard error are for a program that is run, and for a call of one of its methods.
fn run(command: &str, name: &str, method: &[&str]) -> (Option<i32>, String) {
    let output = polkago()
        .arg(command)
        .arg(program(name))
        .args(method)
        .output()
        .expect("the command starts");
    let stderr = String::from_utf8(output.stderr).expect("reports are text");
    (output.status.code(), stderr)
}

/// Runs a program under `wasip1`, which must report `report` and end with exit code 2.
fn reports_wasip1(name: &str, report: &str) {
    let (code, stderr) = run("run", name, &[]);
    assert!(stderr.starts_with(report), "{name}: {stderr}");
    assert_eq!(code, Some(2), "{name}");
}

/// Calls a method of a program under `polkadot`, which must log `report` and then trap.
fn reports_polkadot(name: &str, method: &str, report: &str) {
    let (code, stderr) = run("call", name, &[method]);
    let mut log = String::new();
    for line in report.lines() {
        log += &format!("error runtime: {line}\n");
    }
    let log = log.trim_end();
    let after = stderr
        .strip_prefix(log)
        .unwrap_or_else(|| panic!("{name}: {stderr}"));
    let trap = format!("\npolkago: `{method}` trapped: wasm `unreachable` instruction executed\n");
    assert!(after.contains(&trap), "{name}: {stderr}");
    assert_eq!(code, Some(1), "{name}");
}

/// Both, with the same report.
fn reports(name: &str, report: &str) {
    reports_wasip1(name, report);
    reports_polkadot(name, "Test_run", report);
}

#[test]
fn recursion_for_ever() {
    // The official report has a line between these, with addresses of its stack.
    reports(
        "recurse.go",
        "runtime: goroutine stack exceeds 250000000-byte limit\nfatal error: stack overflow\n",
    );
}

/// Objects of a few kilobytes until there is no room for one more. (Under `wasip1` that are 4 GiB.)
#[test]
fn allocation_for_ever() {
    reports_polkadot("allocate.go", "Test_run", "fatal error: out of memory\n");
}

#[test]
fn allocation_of_more_than_there_is() {
    reports("allocate_large.go", "fatal error: out of memory\n");
}

#[test]
fn waiting_for_ever() {
    reports(
        "block.go",
        "fatal error: all goroutines are asleep - deadlock!\n\ngoroutine 1 [chan receive]:\n",
    );
}

#[test]
fn goroutines_that_wait_for_ever() {
    reports(
        "block_all.go",
        "fatal error: all goroutines are asleep - deadlock!\n\ngoroutine 1 [select (no cases)]:\n",
    );
}

/// The calls of goroutines that wait, and where these were made: names, files and lines are those of the official
/// report, but for the folders of files, the values of arguments, and functions of package `runtime`.
#[test]
fn calls_of_goroutines_that_wait() {
    let (code, stderr) = run("run", "frames.go", &[]);
    let mut shown = String::new();
    for line in stderr.lines() {
        let line = line.split(" +0x").next().unwrap_or_default();
        let line = match line
            .strip_suffix(')')
            .and_then(|line| line.rsplit_once('('))
        {
            Some((name, _)) => name,
            None => line,
        };
        shown += line.rsplit_once('/').map_or(line, |(_, file)| file);
        shown.push('\n');
    }
    let official = "\
fatal error: all goroutines are asleep - deadlock!

goroutine 1 [sync.WaitGroup.Wait]:
sync.(*WaitGroup).Wait
waitgroup.go:206
main.main
frames.go:47

goroutine 2 [chan send]:
main.send[...]
frames.go:21
created by main.start in goroutine 1
frames.go:25

goroutine 3 [chan receive]:
main.(*list).wait
frames.go:15
main.(*list).wait
frames.go:13
main.(*list).wait
frames.go:13
main.main.func1
frames.go:35
created by main.main in goroutine 1
frames.go:33

goroutine 4 [select (no cases)]:
main.main.func2.1
frames.go:42
panic
";
    assert!(shown.starts_with(official), "{shown}");
    assert_eq!(code, Some(2));
}

/// The official runtime goes on here. A recovered panic returns to the caller of the function that it was in, which for
/// us lies on Wasm's stack, below what waits for it.
#[test]
fn panics_that_wait_for_what_comes_after_another() {
    reports(
        "panics_wait.go",
        "fatal error: deferred calls of goroutines that panic wait for each other\n",
    );
}

#[test]
fn a_closed_channel_closed() {
    reports("close.go", "panic: close of closed channel\n");
}

#[test]
fn a_nil_map_written_during_a_panic() {
    reports(
        "nil_map.go",
        "panic: first\n\tpanic: assignment to entry in nil map\n",
    );
}

/// Goroutines take turns at the same places in every run, so that even a data race gives one result.
#[test]
fn a_data_race() {
    for _ in 0..3 {
        assert_eq!(run("run", "race.go", &[]), (Some(0), "50\n".into()));
        let (code, stderr) = run("call", "race.go", &["Test_run"]);
        assert!(stderr.starts_with("error runtime: 50\n"), "{stderr}");
        assert_eq!(code, Some(0));
    }
}

#[test]
fn a_line_without_an_end() {
    let (code, stderr) = run("call", "unfinished_line.go", &["Test_return"]);
    assert!(
        stderr.starts_with("error runtime: one two three\n"),
        "{stderr}"
    );
    assert_eq!(code, Some(0));
}

#[test]
fn an_exit_of_the_program() {
    reports_polkadot("unfinished_line.go", "Test_exit", "one \nexit status 0\n");
    reports_polkadot(
        "unfinished_line.go",
        "Test_fatal",
        "no block of number 0\nexit status 1\n",
    );
}
