//! Both compilers on the programs of one binary.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use super::program::Features;
use super::{Program, source};
use crate::exec;
use crate::mode::Mode;

/// A program on which the compilers do not agree, or that tells nothing of them.
pub struct Finding {
    /// Its seed.
    pub seed: u64,
    /// What differs, or how it ended officially.
    pub text: String,
}

/// What each program of a binary printed, by seed.
type Chunks = BTreeMap<u64, String>;

/// What came out of comparing programs.
#[derive(Default)]
pub struct Outcome {
    /// How many gave the same.
    pub agreed: usize,
    /// How many ran too long to be compared.
    pub exhausted: usize,
    /// Those that did not.
    pub differences: Vec<Finding>,
    /// Those that end the official binary, which the generator must not make.
    pub faults: Vec<Finding>,
    /// Those that agree with the official compiler only where its optimiser is off: it contradicts itself there.
    pub contradicted: Vec<Finding>,
}

/// Compares the compilers on some programs. Those behind one that ends our binary are in none of the numbers; one that
/// ends the official binary is a fault of the generator, and the others are compared without it.
///
/// # Errors
/// Where the official compiler cannot be run, or refuses the programs: that is a fault of the generator too.
pub fn batch(mode: Mode, programs: &[Program], features: Features) -> Result<Outcome, String> {
    let mut programs = programs.to_vec();
    let mut faults = Vec::new();
    while !programs.is_empty() {
        match judge(mode, &programs, features)? {
            Judged::Compared(outcome) => return Ok(Outcome { faults, ..outcome }),
            Judged::Fault(fault) => {
                let left = programs.len();
                programs.retain(|p| p.seed != fault.seed);
                if programs.len() == left {
                    return Err(format!("program {}: {}", fault.seed, fault.text));
                }
                faults.push(fault);
            }
        }
    }
    Ok(Outcome {
        faults,
        ..Outcome::default()
    })
}

/// What came of running a binary.
enum Judged {
    Compared(Outcome),
    /// The official binary ended in this program.
    Fault(Finding),
}

fn judge(mode: Mode, programs: &[Program], features: Features) -> Result<Judged, String> {
    let folder = written(programs, features)?;
    let want = match official(folder.path(), &[])? {
        Ok(output) => chunks(&output),
        Err(fault) => return Ok(Judged::Fault(fault)),
    };
    let all = |text: &str| {
        let difference = |p: &Program| Finding {
            seed: p.seed,
            text: text.to_owned(),
        };
        Ok(Judged::Compared(Outcome {
            differences: programs.iter().take(1).map(difference).collect(),
            ..Outcome::default()
        }))
    };
    let wasm = match exec::compile(mode, folder.path().to_owned(), &[FILE.to_owned()]) {
        Ok(wasm) => wasm,
        Err(message) => return all(&format!("polkago refuses it: {message}")),
    };
    let ran = match exec::run(mode, &wasm, &[]) {
        Ok(ran) => ran,
        Err(message) => return all(&message),
    };
    let got = chunks(&String::from_utf8_lossy(&ran.output));
    let mut outcome = Outcome::default();
    for program in programs {
        let none = String::new();
        let want = want.get(&program.seed).unwrap_or(&none);
        let text = match got.get(&program.seed) {
            Some(got) if [want, got].iter().any(|text| text.contains("out of fuel")) => {
                outcome.exhausted += 1;
                continue;
            }
            Some(got) if got == want => {
                outcome.agreed += 1;
                continue;
            }
            Some(got) => {
                let text = exec::difference(want, got);
                if unoptimised(program, features)?.as_ref() == Some(got) {
                    outcome.contradicted.push(Finding {
                        seed: program.seed,
                        text,
                    });
                    continue;
                }
                text
            }
            None => format!("it was not reached: {:?}", ran.end),
        };
        outcome.differences.push(Finding {
            seed: program.seed,
            text,
        });
        if got.keys().next_back() == Some(&program.seed) && ran.end != Ok(0) {
            // Those that follow did not run.
            break;
        }
    }
    Ok(Judged::Compared(outcome))
}

/// The file of the programs in their folder.
const FILE: &str = "programs.go";

/// A folder with a module of the programs.
fn written(programs: &[Program], features: Features) -> Result<tempfile::TempDir, String> {
    let folder = tempfile::tempdir().map_err(|e| format!("no temporary folder: {e}"))?;
    // Without a module the official command takes the defaults of an old release, such as recover giving nil after
    // panic(nil).
    let files = [
        (FILE, source(programs, features)),
        ("go.mod", "module programs\n\ngo 1.26\n".to_owned()),
    ];
    for (name, text) in files {
        std::fs::write(folder.path().join(name), text)
            .map_err(|e| format!("cannot write {name}: {e}"))?;
    }
    Ok(folder)
}

/// What a program prints that the official compiler compiles without optimisation; nothing if it does not get to its
/// end.
fn unoptimised(program: &Program, features: Features) -> Result<Option<String>, String> {
    let folder = written(std::slice::from_ref(program), features)?;
    let output = official(folder.path(), &["-gcflags=-N -l"])?;
    let output = output.ok();
    Ok(output.and_then(|output| chunks(&output).remove(&program.seed)))
}

/// Builds and runs the programs of a folder with the official compiler for 386: what they printed on standard error, or
/// the program in which it ended before all had run.
fn official(folder: &Path, flags: &[&str]) -> Result<Result<String, Finding>, String> {
    let binary = folder.join("programs.exe");
    let built = Command::new("go")
        .arg("build")
        .args(flags)
        .arg("-o")
        .arg(&binary)
        .arg(FILE)
        .envs([("GOARCH", "386"), ("CGO_ENABLED", "0")])
        .current_dir(folder)
        .output()
        .map_err(|e| format!("the go command does not run: {e}"))?;
    if !built.status.success() {
        let text = String::from_utf8_lossy(&built.stderr);
        let shown: Vec<&str> = text.lines().take(12).collect();
        return Err(format!(
            "the official compiler refuses what was generated:\n{}",
            shown.join("\n")
        ));
    }
    let ran = Command::new(&binary)
        .env("GOMAXPROCS", "1")
        .output()
        .map_err(|e| format!("the program does not run: {e}"))?;
    let text = String::from_utf8_lossy(&ran.stderr).into_owned();
    if ran.status.success() {
        return Ok(Ok(text));
    }
    let text = ended(&text).map_err(|why| {
        format!(
            "the official binary ends with {} before any program: {why}",
            ran.status
        )
    });
    Ok(Err(text?))
}

/// The program in which a binary with this output ended, and why; the error is why, where no program had begun.
fn ended(output: &str) -> Result<Finding, String> {
    let seed = output
        .lines()
        .rev()
        .find_map(|line| line.strip_prefix(HEAD)?.parse().ok());
    let why = output.lines().filter(|line| {
        ["panic: ", "fatal error: "]
            .iter()
            .any(|head| line.starts_with(head))
    });
    let text = why.collect::<Vec<_>>().join(", ");
    match seed {
        Some(seed) => Ok(Finding { seed, text }),
        None => Err(text),
    }
}

/// What stands before the output of each program, followed by its seed.
const HEAD: &str = "== program ";

/// Divides an output into what each program printed.
fn chunks(output: &str) -> Chunks {
    let mut chunks = Chunks::new();
    let mut current = None;
    for line in output.lines() {
        if let Some(seed) = line.strip_prefix(HEAD) {
            current = seed.parse::<u64>().ok();
            if let Some(seed) = current {
                chunks.entry(seed).or_default();
            }
        } else if let Some(text) = current.and_then(|seed| chunks.get_mut(&seed)) {
            text.push_str(line);
            text.push('\n');
        }
    }
    chunks
}

#[cfg(test)]
mod tests {
    use super::{chunks, ended};

    #[test]
    fn outputs_are_divided() {
        let chunks = chunks("== program 1\na\nb\n== program 2\n== program 3\nc\n");
        let all: Vec<_> = chunks.iter().map(|(s, t)| (*s, t.as_str())).collect();
        assert_eq!(all, [(1, "a\nb\n"), (2, ""), (3, "c\n")]);
    }

    #[test]
    fn what_ends_a_binary_is_named() {
        let found = ended("== program 1\na\n== program 2\nb\npanic: no\n\ngoroutine 1:\n");
        let found = found.map(|f| (f.seed, f.text));
        assert_eq!(found, Ok((2, "panic: no".to_owned())));
        assert!(ended("fatal error: no\n").is_err());
    }
}
